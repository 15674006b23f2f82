package auction

import (
	"fmt"
	"slices"
)

// broken returns which of its own rules an auction has broken, nil if none. It looks at
// everything, from scratch.
func broken(a *Auction) error {
	for _, rule := range []func(*Auction) error{brokenBook, brokenWaits, brokenCorrections} {
		if err := rule(a); err != nil {
			return err
		}
	}
	return nil
}

// brokenBook: the book holds the prices of all bids and nothing else, and its first
// entries, up to the edge, are those that clients count as theirs.
func brokenBook(a *Auction) error {
	var all []entry
	var won uint64
	for id, c := range a.clients {
		if !c.open && (len(c.prices) > 0 || c.units > 0) {
			return fmt.Errorf("client %d is not open and bids", id)
		}
		won += uint64(c.units)
		for i, p := range c.prices {
			e := newEntry(p, c.age, i, Client(id))
			all = append(all, e)
			if wins := !precedes(a.edge, e); wins != (i < c.units) {
				return fmt.Errorf("price %d of client %d: wins %v, with %d units", i, id, wins, c.units)
			}
		}
	}
	slices.SortFunc(all, func(e, f entry) int {
		if precedes(e, f) {
			return -1
		}
		return 1
	})
	if held := a.book.beyond(first, a.book.size); !slices.Equal(all, held) {
		return fmt.Errorf("book of %d entries, bids have %d", len(held), len(all))
	}
	if won != a.won || won > a.units {
		return fmt.Errorf("%d of %d win, %d counted", won, a.units, a.won)
	}
	return nil
}

// brokenWaits: each winner waits in the heap of its units, at the place that is noted,
// unless it is corrected.
func brokenWaits(a *Auction) error {
	waiting := 0
	for k := range a.waits.heaps {
		h := &a.waits.heaps[k]
		for i, w := range h.list {
			if got := (*h.spots)[w.client]; int(got) != i || int(a.clients[w.client].queued) != k {
				return fmt.Errorf("heap %d at %d: client %d thinks it is at %d of %d", k, i, w.client, got, a.clients[w.client].queued)
			}
			if i > 0 && w.due.Lt(&h.list[(i-1)/arity].due) {
				return fmt.Errorf("heap %d at %d: before its parent", k, i)
			}
		}
		waiting += len(h.list)
	}
	for id, c := range a.clients {
		want := c.units
		if !c.corr.IsZero() {
			want = 0
		}
		if int(c.queued) != want {
			return fmt.Errorf("client %d with %d units waits in %d", id, c.units, c.queued)
		}
		if want != 0 {
			waiting--
		}
	}
	if waiting != 0 {
		return fmt.Errorf("%d wait too many", waiting)
	}
	return nil
}

// brokenCorrections: those on the list are those with a correction, at most K.
func brokenCorrections(a *Auction) error {
	var want []Client
	for id, c := range a.clients {
		if !c.corr.IsZero() {
			want = append(want, Client(id))
		}
	}
	got := slices.Sorted(slices.Values(a.corrected))
	if !slices.Equal(want, got) || len(got) > a.prices {
		return fmt.Errorf("corrected %v, should be %v", got, want)
	}
	return nil
}
