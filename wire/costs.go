package wire

import "github.com/candela-les/candela/unit"

// Flow is what flow control grants one client.
type Flow struct {
	BL  unit.Cost // buffer limit
	MRR unit.Cost // minimum recharge rate, cost per millisecond
}

// CostTable says what requests cost at most (MRC): cost = Base + PerItem·Amount.
// On the wire it is [[code, base, perItem]…].
type CostTable []CostEntry

// CostEntry is the cost of one kind of request.
type CostEntry struct {
	Code          uint64
	Base, PerItem unit.Cost
}

// Cost returns the most that a request may be charged, and whether the table has
// its code at all. A server serves no request that its table lacks.
func (t CostTable) Cost(code, amount uint64) (cost unit.Cost, ok bool) {
	for i := range t {
		if t[i].Code == code {
			return t[i].Base.Add(t[i].PerItem.Mul(amount)), true
		}
	}
	return 0, false
}

// Of returns the most that this request may be charged, as Cost does.
func (t CostTable) Of(req Request) (cost unit.Cost, ok bool) {
	return t.Cost(req.Code(), req.Amount())
}

// Merge returns t with the entries of update put in place of its own.
func (t CostTable) Merge(update CostTable) CostTable {
	out := append(CostTable(nil), t...)
	for _, e := range update {
		out = out.set(e)
	}
	return out
}

func (t CostTable) set(e CostEntry) CostTable {
	for i := range t {
		if t[i].Code == e.Code {
			t[i] = e
			return t
		}
	}
	return append(t, e)
}

func (t CostTable) append(dst []byte) []byte {
	dst, at := openList(dst)
	for i := range t {
		var item int
		dst, item = openList(dst)
		dst = appendUint(dst, t[i].Code)
		dst = appendUint(dst, uint64(t[i].Base))
		dst = appendUint(dst, uint64(t[i].PerItem))
		dst = closeList(dst, item)
	}
	return closeList(dst, at)
}

// readCosts reads a table. Codes that the version does not have are left out and
// the last of several entries for one code counts, as geth does it.
func readCosts(r *reader, version uint) CostTable {
	l := r.list()
	out := make(CostTable, 0, min(l.count("cost table", MaxStatusBytes), int(Length(version))))
	for l.more() {
		item := l.list()
		e := CostEntry{Code: item.uint(), Base: unit.Cost(item.uint()), PerItem: unit.Cost(item.uint())}
		l.leave(&item)
		if l.err == nil && e.Code < Length(version) {
			out = out.set(e)
		}
	}
	r.leave(&l)
	return out
}
