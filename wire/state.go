package wire

import "github.com/candela-les/candela/wire/internal/codec"

// GetState asks for proofs of accounts, some of their storage and their codes, by
// plain address and slot, in one trip:
// [reqID, [[blockHash, address, [slot…], code]…]]. les/5.
type GetState struct {
	Tag
	Queries []StateQuery // Amount 1 … MaxState
}

// StateQuery asks for one account in the state after a block.
type StateQuery struct {
	Block   Hash
	Address Address
	Slots   []Hash // at most MaxSlots
	Code    bool   // its code too
}

// Code implements Request.
func (*GetState) Code() uint64 { return CodeGetState }

// ReplyCode implements Request.
func (*GetState) ReplyCode() uint64 { return CodeState }

// Amount counts the accounts, the slots, and the codes that are asked for.
func (q *GetState) Amount() uint64 {
	var n uint64
	for i := range q.Queries {
		n += 1 + uint64(len(q.Queries[i].Slots))
		if q.Queries[i].Code {
			n++
		}
	}
	return n
}

// Append implements Request.
func (q *GetState) Append(dst []byte) []byte {
	dst, at := codec.OpenList(dst)
	dst = codec.AppendUint(dst, q.ReqID)
	dst, list := codec.OpenList(dst)
	for i := range q.Queries {
		s := &q.Queries[i]
		var item int
		dst, item = codec.OpenList(dst)
		dst = codec.AppendHash(dst, s.Block)
		dst = codec.AppendAddress(dst, s.Address)
		dst = codec.AppendHashes(dst, s.Slots)
		dst = codec.AppendBool(dst, s.Code)
		dst = codec.CloseList(dst, item)
	}
	return codec.CloseList(codec.CloseList(dst, list), at)
}

func (q *GetState) decode(r *reader) {
	l := r.List()
	n := l.Count("state", MaxState)
	if l.Err == nil && l.Some("state", uint64(n), MaxState) {
		q.Queries = make([]StateQuery, n)
		for i := range q.Queries {
			item := l.List()
			q.Queries[i] = StateQuery{
				Block: item.Hash(), Address: item.Address(),
				Slots: item.Hashes("slots", MaxSlots), Code: item.Bool(),
			}
			l.Leave(&item)
		}
	}
	r.Leave(&l)
	if r.Err == nil {
		r.Some("state", q.Amount(), MaxState)
	}
}

// State answers GetState: [reqID, BV, [[node…], [code…]]]. Nodes and codes come
// each once, in no promised order: they are found by their hashes. Unlike in
// les/4, nodes are strings, as codes are.
type State struct {
	ReplyHead
	Nodes, Codes [][]byte
}

// Code implements Reply.
func (*State) Code() uint64 { return CodeState }

// Append implements Reply.
func (p *State) Append(dst []byte) []byte {
	dst, at := codec.OpenList(dst)
	dst = p.append(dst)
	dst, data := codec.OpenList(dst)
	dst = codec.AppendStrings(dst, p.Nodes)
	dst = codec.AppendStrings(dst, p.Codes)
	return codec.CloseList(codec.CloseList(dst, data), at)
}

func (p *State) decode(r *reader) {
	l := r.List()
	p.Nodes = l.Strings("nodes", MaxNodes)
	p.Codes = l.Strings("codes", MaxReplyCodes)
	r.Leave(&l)
}
