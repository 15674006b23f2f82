package wire

import (
	"encoding/binary"

	"github.com/ethereum/go-ethereum/crypto"
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
	dst, list := openList(dst)
	dst = appendUint(dst, h.Section)
	dst = appendHash(dst, h.Last)
	dst = appendHash(dst, h.CHT)
	dst = closeList(appendHash(dst, h.Bloom), list)
	return closeList(dst, at)
}

const keyHelper = "helper"

// readHelper reads the roots beside a head, nil if there are none. They must be
// those that the head names.
func readHelper(m *keyMap, head *Head) (roots *HelperRoots) {
	read := m.get(keyHelper, func(r *reader) {
		l := r.list()
		roots = &HelperRoots{Section: l.uint(), Last: l.hash(), CHT: l.hash(), Bloom: l.hash()}
		r.leave(&l)
	})
	if read && roots.Hash() != head.HelperRoot {
		m.err = malformed("helper section is not the one that the head names")
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
	dst, at := openList(dst)
	dst = appendUint(dst, q.ReqID)
	dst, list := openList(dst)
	for i := range q.Queries {
		p := &q.Queries[i]
		var item int
		dst, item = openList(dst)
		dst = appendUint(dst, p.Type)
		dst = appendUint(dst, p.Section)
		dst = appendString(dst, p.Key)
		dst = appendUint(dst, p.FromLevel)
		dst = appendUint(dst, p.Aux)
		dst = closeList(dst, item)
	}
	return closeList(closeList(dst, list), at)
}

func (q *GetHelperProofs) decode(r *reader) {
	l := r.list()
	n := l.count("helper", MaxHelperProofs)
	if l.err == nil && l.some("helper", uint64(n), MaxHelperProofs) {
		q.Queries = make([]HelperQuery, n)
		for i := range q.Queries {
			item := l.list()
			q.Queries[i] = HelperQuery{
				Type: item.uint(), Section: item.uint(),
				Key:       item.bytes("key", MaxKey),
				FromLevel: item.uint(), Aux: item.uint(),
			}
			l.leave(&item)
		}
	}
	r.leave(&l)
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
	dst, at := openList(dst)
	dst = p.append(dst)
	dst, data := openList(dst)
	dst = appendRaws(dst, p.Nodes)
	dst = appendStrings(dst, p.Aux)
	return closeList(closeList(dst, data), at)
}

func (p *HelperProofs) decode(r *reader) {
	l := r.list()
	p.Nodes = l.raws("nodes", MaxNodes)
	p.Aux = l.strings("helper", MaxHelperProofs)
	r.leave(&l)
}
