package wire

import (
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire/internal/codec"
)

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
	dst, at := codec.OpenList(dst)
	for i := range t {
		var item int
		dst, item = codec.OpenList(dst)
		dst = codec.AppendUint(dst, t[i].Code)
		dst = codec.AppendUint(dst, uint64(t[i].Base))
		dst = codec.AppendUint(dst, uint64(t[i].PerItem))
		dst = codec.CloseList(dst, item)
	}
	return codec.CloseList(dst, at)
}

// readCosts reads a table. Codes that the version does not have are left out and
// the last of several entries for one code counts, as geth does it.
func readCosts(r *reader, version uint) CostTable {
	l := r.List()
	out := make(CostTable, 0, min(l.Count("cost table", MaxStatusBytes), int(Length(version))))
	for l.More() {
		item := l.List()
		e := CostEntry{Code: item.Uint(), Base: unit.Cost(item.Uint()), PerItem: unit.Cost(item.Uint())}
		l.Leave(&item)
		if l.Err == nil && e.Code < Length(version) {
			out = out.set(e)
		}
	}
	r.Leave(&l)
	return out
}
