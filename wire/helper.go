package wire

import (
	"encoding/binary"

	"github.com/ethereum/go-ethereum/crypto"

	"github.com/candela-les/candela/wire/internal/codec"
)

// HelperRoots are the helper tries as they are after one section of 32768 blocks:
// [section, last, cht, bloom]. Their hash is what signed heads of les/5 name.
type HelperRoots struct {
	Section    uint64
	Last       Hash // hash of the section's last block
	CHT, Bloom Hash // roots of the canonical hash trie and the bloom trie
}

// Hash commits to the section and its roots: keccak256(section as 8 bytes
// big-endian ‖ last ‖ cht ‖ bloom). Source: go-ethereum 1.10.26,
// params.TrustedCheckpoint.
func (h *HelperRoots) Hash() Hash {
	buf := binary.BigEndian.AppendUint64(make([]byte, 0, 8+3*32), h.Section)
	buf = append(buf, h.Last[:]...)
	buf = append(buf, h.CHT[:]...)
	return crypto.Keccak256Hash(append(buf, h.Bloom[:]...))
}

// append appends the roots as a key of Status and of updates.
func (h *HelperRoots) append(dst []byte) []byte {
	dst, at := openKey(dst, keyHelper)
	dst, list := codec.OpenList(dst)
	dst = codec.AppendUint(dst, h.Section)
	dst = codec.AppendHash(dst, h.Last)
	dst = codec.AppendHash(dst, h.CHT)
	dst = codec.CloseList(codec.AppendHash(dst, h.Bloom), list)
	return codec.CloseList(dst, at)
}

const keyHelper = "helper"

// readHelper reads the roots beside a head, nil if there are none. They must be
// those that the head names.
func readHelper(m *keyMap, head *Head) (roots *HelperRoots) {
	read := m.get(keyHelper, func(r *reader) {
		l := r.List()
		roots = &HelperRoots{Section: l.Uint(), Last: l.Hash(), CHT: l.Hash(), Bloom: l.Hash()}
		r.Leave(&l)
	})
	if read && roots.Hash() != head.HelperRoot {
		m.err = codec.Malformed("helper section is not the one that the head names")
	}
	return roots
}

// The kinds of helper trie, and the one kind of auxiliary data, that LES has.
const (
	HelperCanonical = 0 // canonical hash trie: number → hash, total difficulty
	HelperBloom     = 1 // bloom bit trie
	AuxHeader       = 2 // with HelperCanonical: the header too
)

// GetHelperProofs asks for proofs in helper tries:
// [reqID, [[type, section, key, fromLevel, auxReq]…]]. Both versions.
type GetHelperProofs struct {
	Tag
	Queries []HelperQuery // 1 … MaxHelperProofs
}

// HelperQuery asks for one proof in the trie of a section of 32768 blocks.
type HelperQuery struct {
	Type, Section uint64
	// Key is at most 32 bytes: a block number as 8, big-endian, or a bit of the bloom
	// as 2 and a section as 8.
	Key            []byte
	FromLevel, Aux uint64
}

// Code implements Request.
func (*GetHelperProofs) Code() uint64 { return CodeGetHelperProofs }

// ReplyCode implements Request.
func (*GetHelperProofs) ReplyCode() uint64 { return CodeHelperProofs }

// Amount is the number of proofs asked for.
func (q *GetHelperProofs) Amount() uint64 { return uint64(len(q.Queries)) }

// Append implements Request.
func (q *GetHelperProofs) Append(dst []byte) []byte {
	dst, at := codec.OpenList(dst)
	dst = codec.AppendUint(dst, q.ReqID)
	dst, list := codec.OpenList(dst)
	for i := range q.Queries {
		p := &q.Queries[i]
		var item int
		dst, item = codec.OpenList(dst)
		dst = codec.AppendUint(dst, p.Type)
		dst = codec.AppendUint(dst, p.Section)
		dst = codec.AppendString(dst, p.Key)
		dst = codec.AppendUint(dst, p.FromLevel)
		dst = codec.AppendUint(dst, p.Aux)
		dst = codec.CloseList(dst, item)
	}
	return codec.CloseList(codec.CloseList(dst, list), at)
}

func (q *GetHelperProofs) decode(r *reader) {
	l := r.List()
	n := l.Count("helper", MaxHelperProofs)
	if l.Err == nil && l.Some("helper", uint64(n), MaxHelperProofs) {
		q.Queries = make([]HelperQuery, n)
		for i := range q.Queries {
			item := l.List()
			q.Queries[i] = HelperQuery{
				Type: item.Uint(), Section: item.Uint(),
				Key:       item.Bytes("key", MaxKey),
				FromLevel: item.Uint(), Aux: item.Uint(),
			}
			l.Leave(&item)
		}
	}
	r.Leave(&l)
}

// HelperProofs answers GetHelperProofs: [reqID, BV, [[node…], [aux…]]],
// nodes as in Proofs of les/4, each once, and auxiliary data as strings.
type HelperProofs struct {
	ReplyHead
	Nodes, Aux [][]byte
}

// Code implements Reply.
func (*HelperProofs) Code() uint64 { return CodeHelperProofs }

// Append implements Reply.
func (p *HelperProofs) Append(dst []byte) []byte {
	dst, at := codec.OpenList(dst)
	dst = p.append(dst)
	dst, data := codec.OpenList(dst)
	dst = codec.AppendRaws(dst, p.Nodes)
	dst = codec.AppendStrings(dst, p.Aux)
	return codec.CloseList(codec.CloseList(dst, data), at)
}

func (p *HelperProofs) decode(r *reader) {
	l := r.List()
	p.Nodes = l.Raws("nodes", MaxNodes)
	p.Aux = l.Strings("helper", MaxHelperProofs)
	r.Leave(&l)
}
