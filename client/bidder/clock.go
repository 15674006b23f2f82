package bidder

import (
	"time"

	"github.com/candela-les/candela/unit"
)

// clock makes instants of times: nanoseconds since 1970 that never go back, and do not stand still while
// the machine sleeps. If the time is set back they run ahead of it.
type clock struct {
	read func() time.Time
	last time.Time
	now  unit.Instant
}

func newClock(read func() time.Time) *clock {
	at := read()
	return &clock{read, at, unit.Instant(at.UnixNano())}
}

func (c *clock) instant() unit.Instant {
	at := c.read()
	// The one is by the monotonic clock, the other by the time of day.
	passed := max(at.Sub(c.last), at.Round(0).Sub(c.last.Round(0)), 0)
	c.last = at
	c.now = c.now.Add(unit.Span(passed))
	return c.now
}

const day = 24 * 3600 * unit.Second

// midnight is when the day of an instant began, UTC.
func midnight(now unit.Instant) unit.Instant { return now - now%unit.Instant(day) }

// instantOf takes over an instant of a server's clock, and spanOf a span. What is absurd is the last one
// that there is.
func instantOf(ns uint64) unit.Instant { return unit.Instant(min(ns, 1<<63-1)) } //nolint:gosec // bounded

func spanOf(ms uint64) unit.Span {
	return unit.Span(min(ms, uint64(1<<62/unit.Millisecond))) * unit.Millisecond //nolint:gosec // bounded
}
