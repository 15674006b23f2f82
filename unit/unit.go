// Package unit holds the integers that the rest of Candela counts in: instants,
// spans of time, serving cost, and money.
//
// Nothing here reads a clock. An Instant is handed in by whoever owns one, so
// that every rule built on top can be replayed, simulated and fuzzed. All
// arithmetic of time and cost saturates instead of wrapping: a rule that is fed absurd
// numbers gives an extreme answer, never a small one that looks sane. That of money
// says when something does not fit.
package unit

import "math/bits"

// Instant is a moment on some monotonic clock, in nanoseconds since an origin
// that only its owner knows. Two instants compare only if one clock made them.
type Instant int64

// Span is a length of time in nanoseconds.
type Span int64

// Spans of time, as the time package counts them.
const (
	Nanosecond  Span = 1
	Microsecond      = 1000 * Nanosecond
	Millisecond      = 1000 * Microsecond
	Second           = 1000 * Millisecond
)

// Since returns the span from earlier to t, or zero if earlier is not earlier.
func (t Instant) Since(earlier Instant) Span {
	if t <= earlier {
		return 0
	}
	if d := uint64(t) - uint64(earlier); d <= 1<<63-1 {
		return Span(d)
	}
	return 1<<63 - 1
}

// Add returns the instant d after t, saturating at the last instant there is.
func (t Instant) Add(d Span) Instant {
	sum := t + Instant(d)
	if d > 0 && sum < t {
		return 1<<63 - 1
	}
	return sum
}

// Cost is the unit of flow control: nanoseconds of one serving thread, scaled
// so that the numbers a server announces stay true on its machine.
type Cost uint64

// MaxCost is the largest cost; saturated arithmetic ends here.
const MaxCost Cost = 1<<64 - 1

// Add returns c + d, or MaxCost if that does not fit.
func (c Cost) Add(d Cost) Cost {
	sum, carry := bits.Add64(uint64(c), uint64(d), 0)
	if carry != 0 {
		return MaxCost
	}
	return Cost(sum)
}

// Sub returns c − d, or zero if d is larger.
func (c Cost) Sub(d Cost) Cost {
	if d >= c {
		return 0
	}
	return c - d
}

// Mul returns c · n, or MaxCost if that does not fit.
func (c Cost) Mul(n uint64) Cost {
	hi, lo := bits.Mul64(uint64(c), n)
	if hi != 0 {
		return MaxCost
	}
	return Cost(lo)
}
