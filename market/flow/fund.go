package flow

import "github.com/candela-les/candela/unit"

const (
	// FundSpan is how much of the capacity a full Fund holds, as time: what the usual
	// buffers of all clients hold.
	FundSpan = RefillSpan

	// fundShare is the part of the capacity that recharges a Fund: one in so many.
	fundShare = 10
)

// Fund pays for the buffers that clients have when they come.
//
// A client expects a full buffer when it connects, and identities are free: if each
// of them brought a full buffer of its own, one client under many names would get
// any amount of work done. So full buffers are paid from one purse that all
// newcomers share. It recharges with a small part of the capacity, whoever comes. A
// newcomer that it cannot pay for starts with less, frozen, and learns of its
// buffer value by Resume, like every client that has used its buffer up.
//
// A Fund is not safe for concurrent use.
type Fund struct {
	bucket bucket
	least  unit.Cost // the limit is never less
}

// NewFund returns a full fund of a server with so much capacity, in cost per
// millisecond. It can pay at least for one account with parameters dearest.
func NewFund(now unit.Instant, capacity unit.Cost, dearest Params) *Fund {
	f := &Fund{least: worth(dearest.bounded())}
	f.bucket.last = now
	f.SetCapacity(now, capacity)
	f.bucket.fill()
	return f
}

// worth is what a full account holds.
func worth(p Params) unit.Cost { return p.Limit.Add(spare(p.Limit)) }

// SetCapacity changes the capacity that the fund is a part of.
func (f *Fund) SetCapacity(now unit.Instant, capacity unit.Cost) {
	f.bucket.advance(now)
	f.bucket.rate = uint64(capacity / fundShare)
	limit := max(capacity.Mul(uint64(FundSpan/unit.Millisecond)), f.least)
	f.bucket.resize(min(limit, MaxLimit))
}

// Value returns what is in the fund.
func (f *Fund) Value(now unit.Instant) unit.Cost {
	f.bucket.advance(now)
	return f.bucket.value()
}

// Open returns the account of a client that nothing is known of. While the fund is
// more than half full the account is full; else it is frozen, with just enough to
// resume as soon as any frozen client may, or with what little there is.
func (f *Fund) Open(now unit.Instant, p Params) *Server {
	f.bucket.advance(now)
	s := NewServer(now, p)
	have, full := f.bucket.value(), worth(s.params)
	if full == 0 || have >= max(full, unit.Cost(f.bucket.limit/2)) {
		f.bucket.add(-int64(full))
		return s
	}
	s.reserve = 0
	s.bucket.level = min(int64(have), s.thawLevel())
	f.bucket.add(-s.bucket.level)
	s.Freeze(now)
	return s
}

// Return puts back what an account holds that will not be used any more. If it owes
// something, the fund pays that: a new name is no way out of a debt.
func (f *Fund) Return(now unit.Instant, s *Server) {
	f.bucket.advance(now)
	f.bucket.add(min(s.bucket.level, int64(MaxLimit)) + int64(s.reserve))
}

// Leave returns a copy of the account for when its client comes back. While it is
// away nothing recharges: the capacity that its share came from is another's now.
func (s *Server) Leave(now unit.Instant) *Server {
	s.advance(now)
	s.SetBoost(now, 0)
	away := *s
	away.older = nil
	away.apply()
	return &away
}

// Rejoin goes on with the account of a client that is back and was told p. If the
// buffer is not full, which the client takes for granted, it is frozen.
func (s *Server) Rejoin(now unit.Instant, p Params) {
	s.bucket.last = now
	p = p.bounded()
	s.params = p
	s.reserve = min(s.reserve, spare(p.Limit))
	s.apply()
	if s.bucket.level < s.bucket.limit {
		s.Freeze(now)
	} else {
		s.frozen = false
	}
}
