package flow

import (
	"math/bits"

	"github.com/candela-les/candela/unit"
)

// fine is how many parts a unit of cost is kept in while it recharges: one for
// each nanosecond of the millisecond that rates are counted in. With them nothing
// is ever rounded, and it makes no difference how often a bucket is looked at.
const fine = uint64(unit.Millisecond)

// bucket is a level that rises with time up to a limit. The level may be below
// zero: then there is a debt to be refilled first.
type bucket struct {
	level int64  // whole units, at most limit, at least −limit
	part  uint64 // 1/fine units on top of level, less than one unit
	limit int64
	rate  uint64 // units per millisecond
	last  unit.Instant
}

// advance lets the bucket fill until now. A clock that went back does nothing.
func (b *bucket) advance(now unit.Instant) {
	span := now.Since(b.last)
	if span <= 0 {
		return
	}
	b.last = now
	hi, lo := bits.Mul64(b.rate, uint64(span))
	lo, carry := bits.Add64(lo, b.part, 0)
	hi += carry
	room := uint64(b.limit - b.level)
	if hi >= fine {
		b.fill()
		return
	}
	whole, part := bits.Div64(hi, lo, fine)
	if whole >= room {
		b.fill()
		return
	}
	b.level += int64(whole)
	b.part = part
}

// add changes the level by d and keeps it within the limits.
func (b *bucket) add(d int64) {
	b.level += d
	switch {
	case b.level >= b.limit:
		b.fill()
	case b.level < -b.limit:
		b.level, b.part = -b.limit, 0
	}
}

// resize sets a new limit; what does not fit any more is lost.
func (b *bucket) resize(limit unit.Cost) {
	b.limit = int64(limit)
	b.add(0)
}

func (b *bucket) fill() { b.level, b.part = b.limit, 0 }

// value is the level as it can be told to others: never negative.
func (b *bucket) value() unit.Cost { return unit.Cost(max(b.level, 0)) }

// until is how long the bucket takes to reach level, or Never.
func (b *bucket) until(level int64) unit.Span {
	switch {
	case b.level >= level:
		return 0
	case level > b.limit || b.rate == 0:
		return Never
	}
	// Rounded up: after this span the level is there, not nearly there.
	hi, lo := bits.Mul64(uint64(level-b.level), fine)
	lo, borrow := bits.Sub64(lo, b.part, 0)
	hi -= borrow
	if hi >= b.rate {
		return Never
	}
	span, rest := bits.Div64(hi, lo, b.rate)
	if rest != 0 {
		span++
	}
	return unit.Span(min(span, uint64(Never)))
}
