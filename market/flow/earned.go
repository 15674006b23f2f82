package flow

import "github.com/candela-les/candela/unit"

// Earned is what a client has earned of a promise and not yet used: it begins empty, fills
// at the promised rate and no faster, and may be overdrawn by what turns out to cost more
// than was taken for it. Make one with NewEarned.
//
// A buffer (Server) says what a client may ask for; this says how much of that comes before
// others, for a promise that is sold by the moment.
type Earned struct {
	bucket bucket
	limit  int64 // as promised; that of bucket is more while there is more than that
}

// NewEarned returns one that has nothing, and earns nothing until Promise.
func NewEarned(now unit.Instant) Earned { return Earned{bucket: bucket{last: now}} }

// Promise changes what is earned from now on. What is there stays, even if it is more than
// the new limit.
func (e *Earned) Promise(now unit.Instant, p Params) {
	e.bucket.advance(now)
	p = p.bounded()
	e.bucket.rate, e.limit = uint64(p.Recharge), int64(p.Limit)
	e.fit()
}

// fit makes the bucket as large as it has to be.
func (e *Earned) fit() { e.bucket.resize(unit.Cost(max(e.limit, e.bucket.level))) }

// Value returns what is there.
func (e *Earned) Value(now unit.Instant) unit.Cost {
	e.bucket.advance(now)
	return e.bucket.value()
}

// Take uses a cost if there is as much, and reports whether there was.
func (e *Earned) Take(now unit.Instant, cost unit.Cost) bool {
	if e.Value(now) < cost {
		return false
	}
	e.bucket.level -= int64(cost)
	e.fit()
	return true
}

// Settle sets right what was taken for something, once it is known what it cost.
func (e *Earned) Settle(now unit.Instant, taken, cost unit.Cost) {
	e.bucket.advance(now)
	if cost > taken {
		e.bucket.add(-int64(min(cost-taken, MaxLimit)))
	} else {
		e.bucket.add(int64(min(taken-cost, MaxLimit)))
	}
	e.fit()
}

// Wait returns how long it takes until there is so much, or Never.
func (e *Earned) Wait(now unit.Instant, cost unit.Cost) unit.Span {
	e.bucket.advance(now)
	if cost > MaxLimit {
		return Never
	}
	return e.bucket.until(int64(cost))
}
