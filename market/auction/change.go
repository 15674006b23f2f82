package auction

import (
	"slices"

	"github.com/candela-les/candela/unit"
)

// change is what a change under way has come to.
type change struct {
	number  uint64
	touched []Client // in the order in which they were
	entries [MaxPrices]entry
	// stale: prices may not be what was published; otherwise all that is the same for
	// everybody stays.
	stale bool
	// As of the last publishing: which entries are shown, from the highest winner to
	// the lowest loser, and what divides them.
	top, bottom entry
	edge        entry
	won         uint64
}

// begin starts a change. Clients are touched before their units move, edits are made,
// and commit does the rest.
func (a *Auction) begin() {
	a.change.number++
	a.change.touched = a.change.touched[:0]
	a.change.stale = false
}

// touch has a client's debt brought up to now, once in a change and before anything that
// it depends on moves.
func (a *Auction) touch(id Client) *client {
	c := &a.clients[id]
	if c.touched != a.change.number {
		c.touched = a.change.number
		c.was = c.units
		a.settle(c)
		a.change.touched = append(a.change.touched, id)
	}
	return c
}

// withdraw takes a client's bid out of the book.
func (a *Auction) withdraw(id Client) {
	c := a.touch(id)
	a.book.remove(a.entries(id, c))
	a.won -= uint64(c.units)
	c.units = 0
	c.prices = c.prices[:0]
}

// place puts a new bid into the book, as the newest. What is better than the worst
// winner wins for now.
func (a *Auction) place(id Client, prices []unit.Price) {
	c := a.touch(id)
	a.age++
	c.age = a.age
	c.prices = append(c.prices, prices...)
	list := a.entries(id, c)
	a.book.add(list)
	for _, e := range list {
		if precedes(e, a.edge) {
			c.units++
			a.won++
		}
	}
}

// entries are those of a client's bid, about to come or go. The list is good until the
// next one.
func (a *Auction) entries(id Client, c *client) []entry {
	list := a.change.entries[:len(c.prices)]
	for i, p := range c.prices {
		list[i] = newEntry(p, c.age, i, id)
		a.noticed(list[i])
	}
	return list
}

// noticed looks whether an entry that comes or goes is among those that are shown.
func (a *Auction) noticed(e entry) {
	ch := &a.change
	if !precedes(e, ch.top) && !precedes(ch.bottom, e) && !e.below(a.reserve) {
		ch.stale = true
	}
}

// pop lets the worst winner lose.
func (a *Auction) pop() {
	list := a.book.until(a.edge, 2)
	a.touch(list[0].client).units--
	a.won--
	a.edge = first
	if len(list) > 1 {
		a.edge = list[1]
	}
}

// push lets the best loser win, if there is one that is not below the reserve.
func (a *Auction) push() bool {
	list := a.book.beyond(a.edge, 1)
	if len(list) == 0 || list[0].below(a.reserve) {
		return false
	}
	a.touch(list[0].client).units++
	a.won++
	a.edge = list[0]
	return true
}

// commit moves the edge to where it belongs and finds out what everybody pays now.
func (a *Auction) commit(why cause) {
	for a.won > a.units {
		a.pop()
	}
	for a.won < a.units && a.push() {
	}
	ch := &a.change
	if ch.stale || a.edge != ch.edge || a.won != ch.won {
		for _, id := range a.corrected {
			a.touch(id)
		}
		a.corrected = a.corrected[:0]
		a.publish()
	}
	for _, id := range ch.touched {
		a.reprice(id)
	}
	a.due.known = false
	a.report(why)
}

// publish looks at both sides of the edge and sets rates and the curve by what it sees.
// Clients that have winning prices and some of the best losing ones are touched.
func (a *Auction) publish() {
	a.meter.fold(a.now)
	ch := &a.change
	ch.edge, ch.won = a.edge, a.won

	winners := a.book.until(a.edge, a.prices)
	ch.top = first // while fewer are shown than could be, all above count
	if len(winners) == a.prices {
		ch.top = winners[len(winners)-1]
	}
	changed := a.shown.setWinning(winners)

	losers := a.book.beyond(a.edge, a.prices)
	for i, e := range losers {
		if e.below(a.reserve) {
			losers = losers[:i]
			break
		}
	}
	a.losers = append(a.losers[:0], losers...)
	ch.bottom = lastAt(a.reserve)
	if len(losers) == a.prices {
		ch.bottom = losers[len(losers)-1]
	}
	changed = a.shown.setLosing(losers) || changed

	a.meter.setRates(a.losers, a.reserve, a.prices)
	for _, e := range a.losers {
		if a.clients[e.client].units > 0 {
			a.touch(e.client)
		}
	}
	if a.shown.setRest(a.reserve, a.units, a.units-a.won) || changed {
		a.shown.next(a.now)
	}
}

// reprice sets what a touched client pays from now on, and puts it where its depletion
// is watched.
func (a *Auction) reprice(id Client) {
	c := &a.clients[id]
	c.base, c.since = a.meter.integral(c.units, a.now), a.now
	c.corr = a.correction(id, c.units)
	isCorrected := !c.corr.IsZero()
	if i := slices.Index(a.corrected, id); i >= 0 {
		if !isCorrected {
			a.corrected = slices.Delete(a.corrected, i, i+1)
		}
	} else if isCorrected {
		a.corrected = append(a.corrected, id)
	}
	queue := uint8(c.units)
	if isCorrected {
		queue = 0
	}
	a.watch(id, c, queue)
}
