package auction

import (
	"math"
	"slices"

	"github.com/holiman/uint256"

	"github.com/candela-les/candela/unit"
)

// deadline remembers when the next bid falls, until something changes.
type deadline struct {
	known, ever bool
	at          unit.Instant
}

// advance lets time pass until now, with every depletion at its own instant. A clock that
// goes back stands still.
func (a *Auction) advance(now unit.Instant) {
	a.deplete(now)
	a.now = max(a.now, now)
}

// deplete lets all bids fall that are due until end.
func (a *Auction) deplete(end unit.Instant) {
	for {
		at, ok := a.nextDepletion()
		if !ok || at > end {
			return
		}
		a.now = at
		ids := a.depleted()
		a.begin()
		for _, id := range ids {
			c := a.touch(id)
			if c.owed.Gt(&c.limit) {
				c.owed = c.limit // for less than a nanosecond
			}
			a.withdraw(id)
		}
		a.commit(cause{kind: byDepletion})
	}
}

// depleted returns the clients whose limit is reached now and that pay something. They
// fall together, so their order decides nothing; it is that of their numbers.
func (a *Auction) depleted() (ids []Client) {
	for k := 1; k <= a.prices; k++ {
		h := &a.waits.heaps[k]
		if len(h.list) == 0 || a.meter.rates[k].IsZero() {
			continue
		}
		level := a.meter.integral(k, a.now)
		for len(h.list) > 0 && !h.list[0].due.Gt(&level) {
			id := h.list[0].client
			h.remove(0)
			a.clients[id].queued = 0
			ids = append(ids, id)
		}
	}
	for _, id := range a.corrected {
		c := &a.clients[id]
		rate, debt := a.rate(c), a.debt(c)
		if !rate.IsZero() && !debt.Lt(&c.limit) {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// nextDepletion returns the first instant, not before now, at which some client that pays
// something owes what it may.
func (a *Auction) nextDepletion() (at unit.Instant, ok bool) {
	d := &a.due
	if d.known {
		return max(d.at, a.now), d.ever
	}
	*d = deadline{known: true, at: math.MaxInt64}
	for k := 1; k <= a.prices; k++ {
		if h := &a.waits.heaps[k]; len(h.list) > 0 {
			d.take(a.meter.asOf, &h.list[0].due, &a.meter.integrals[k], &a.meter.rates[k])
		}
	}
	for _, id := range a.corrected {
		c := &a.clients[id]
		debt, rate := a.debt(c), a.rate(c)
		d.take(a.now, &c.limit, &debt, &rate)
	}
	return max(d.at, a.now), d.ever
}

// take counts in that something which has a level now and grows at a rate reaches a
// limit. The level has passed it at the first instant that is not too early.
func (d *deadline) take(now unit.Instant, limit, level, rate *uint256.Int) {
	if rate.IsZero() {
		return
	}
	var span uint256.Int
	if limit.Gt(level) {
		span.Sub(limit, level)
		span.Add(&span, rate)
		span.SubUint64(&span, 1)
		span.Div(&span, rate)
	}
	if !span.IsUint64() || span[0] > uint64(d.at)-uint64(now) {
		return
	}
	if at := now + unit.Instant(span[0]); !d.ever || at < d.at {
		d.at, d.ever = at, true
	}
}
