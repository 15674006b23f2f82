package wire

import "github.com/candela-les/candela/wire/internal/codec"

// This file holds what les/4 has for state: proofs and codes by hashed keys. A
// block's state is named by the block's hash.

// GetCode asks for contract codes: [reqID, [[blockHash, accountKey]…]]. les/4.
type GetCode struct {
	Tag
	Queries []CodeQuery // 1 … MaxCodes
}

// CodeQuery asks for the code of the account with this hashed address.
type CodeQuery struct {
	Block   Hash
	Account []byte // at most 32 bytes
}

// Code implements Request.
func (*GetCode) Code() uint64 { return CodeGetCode }

// ReplyCode implements Request.
func (*GetCode) ReplyCode() uint64 { return CodeCode }

// Amount is the number of codes asked for.
func (q *GetCode) Amount() uint64 { return uint64(len(q.Queries)) }

// Append implements Request.
func (q *GetCode) Append(dst []byte) []byte {
	dst, at := codec.OpenList(dst)
	dst = codec.AppendUint(dst, q.ReqID)
	dst, list := codec.OpenList(dst)
	for i := range q.Queries {
		var item int
		dst, item = codec.OpenList(dst)
		dst = codec.AppendHash(dst, q.Queries[i].Block)
		dst = codec.AppendString(dst, q.Queries[i].Account)
		dst = codec.CloseList(dst, item)
	}
	return codec.CloseList(codec.CloseList(dst, list), at)
}

func (q *GetCode) decode(r *reader) {
	l := r.List()
	n := l.Count("code", MaxCodes)
	if l.Err == nil && l.Some("code", uint64(n), MaxCodes) {
		q.Queries = make([]CodeQuery, n)
		for i := range q.Queries {
			item := l.List()
			q.Queries[i] = CodeQuery{Block: item.Hash(), Account: item.Bytes("key", MaxKey)}
			l.Leave(&item)
		}
	}
	r.Leave(&l)
}

// Codes answers GetCode: [reqID, BV, [code…]]. Codes that are not available are
// left out, so they are told apart by their hashes.
type Codes struct {
	ReplyHead
	Codes [][]byte
}

// Code implements Reply.
func (*Codes) Code() uint64 { return CodeCode }

// Append implements Reply.
func (p *Codes) Append(dst []byte) []byte { return appendStringReply(dst, &p.ReplyHead, p.Codes) }

func (p *Codes) decode(r *reader) { p.Codes = r.Strings("code", MaxCodes) }

// GetProofs asks for Merkle proofs of accounts and storage slots:
// [reqID, [[blockHash, accountKey, key, fromLevel]…]]. les/4.
type GetProofs struct {
	Tag
	Queries []ProofQuery // 1 … MaxProofs
}

// ProofQuery asks for one proof. An empty Account asks for the account whose
// hashed address is Key; otherwise Key is a hashed slot of Account's storage.
type ProofQuery struct {
	Block        Hash
	Account, Key []byte // each at most 32 bytes
	FromLevel    uint64 // nodes to leave out at the root's end
}

// Code implements Request.
func (*GetProofs) Code() uint64 { return CodeGetProofs }

// ReplyCode implements Request.
func (*GetProofs) ReplyCode() uint64 { return CodeProofs }

// Amount is the number of proofs asked for.
func (q *GetProofs) Amount() uint64 { return uint64(len(q.Queries)) }

// Append implements Request.
func (q *GetProofs) Append(dst []byte) []byte {
	dst, at := codec.OpenList(dst)
	dst = codec.AppendUint(dst, q.ReqID)
	dst, list := codec.OpenList(dst)
	for i := range q.Queries {
		p := &q.Queries[i]
		var item int
		dst, item = codec.OpenList(dst)
		dst = codec.AppendHash(dst, p.Block)
		dst = codec.AppendString(dst, p.Account)
		dst = codec.AppendString(dst, p.Key)
		dst = codec.AppendUint(dst, p.FromLevel)
		dst = codec.CloseList(dst, item)
	}
	return codec.CloseList(codec.CloseList(dst, list), at)
}

func (q *GetProofs) decode(r *reader) {
	l := r.List()
	n := l.Count("proofs", MaxProofs)
	if l.Err == nil && l.Some("proofs", uint64(n), MaxProofs) {
		q.Queries = make([]ProofQuery, n)
		for i := range q.Queries {
			item := l.List()
			q.Queries[i] = ProofQuery{
				Block:   item.Hash(),
				Account: item.Bytes("key", MaxKey), Key: item.Bytes("key", MaxKey),
				FromLevel: item.Uint(),
			}
			l.Leave(&item)
		}
	}
	r.Leave(&l)
}

// Proofs answers GetProofs: [reqID, BV, [node…]], the trie nodes of all proofs in
// one set, each once, in no promised order. A node is RLP itself and stands in the
// list as it is, not wrapped in a string.
type Proofs struct {
	ReplyHead
	Nodes [][]byte
}

// Code implements Reply.
func (*Proofs) Code() uint64 { return CodeProofs }

// Append implements Reply.
func (p *Proofs) Append(dst []byte) []byte { return appendRawReply(dst, &p.ReplyHead, p.Nodes) }

func (p *Proofs) decode(r *reader) { p.Nodes = r.Raws("nodes", MaxNodes) }
