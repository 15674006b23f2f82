package wire

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
	dst, at := openList(dst)
	dst = appendUint(dst, q.ReqID)
	dst, list := openList(dst)
	for i := range q.Queries {
		s := &q.Queries[i]
		var item int
		dst, item = openList(dst)
		dst = appendHash(dst, s.Block)
		dst = appendAddress(dst, s.Address)
		dst = appendHashes(dst, s.Slots)
		dst = appendBool(dst, s.Code)
		dst = closeList(dst, item)
	}
	return closeList(closeList(dst, list), at)
}

func (q *GetState) decode(r *reader) {
	l := r.list()
	n := l.count("state", MaxState)
	if l.err == nil && l.some("state", uint64(n), MaxState) {
		q.Queries = make([]StateQuery, n)
		for i := range q.Queries {
			item := l.list()
			q.Queries[i] = StateQuery{
				Block: item.hash(), Address: item.address(),
				Slots: item.hashes("slots", MaxSlots), Code: item.bool(),
			}
			l.leave(&item)
		}
	}
	r.leave(&l)
	if r.err == nil {
		r.some("state", q.Amount(), MaxState)
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
	dst, at := openList(dst)
	dst = p.append(dst)
	dst, data := openList(dst)
	dst = appendStrings(dst, p.Nodes)
	dst = appendStrings(dst, p.Codes)
	return closeList(closeList(dst, data), at)
}

func (p *State) decode(r *reader) {
	l := r.list()
	p.Nodes = l.strings("nodes", MaxNodes)
	p.Codes = l.strings("codes", MaxReplyCodes)
	r.leave(&l)
}
