package sim

import (
	"errors"
	"fmt"

	"github.com/candela-les/candela/unit"
)

// ErrPromise: a promise was broken by a server that means to keep them, or more was promised than there is.
var ErrPromise = errors.New("promise broken")

// checkPromises looks at what all servers have promised and how they serve.
func (w *world) checkPromises(now unit.Instant) error {
	for _, s := range w.sellers {
		var sold uint64
		for slot := range s.accounts {
			d := &s.accounts[slot]
			sold += uint64(d.units)
			if d.units > 0 && !d.bids {
				return fmt.Errorf("%w: server %d at %d: client %d has units and no bid", ErrPromise, s.index, now, d.client)
			}
		}
		_, winning := s.auction.Bids()
		if forSale := s.auction.Curve().Units; sold > forSale || sold != winning || sold != s.sold {
			return fmt.Errorf("%w: server %d at %d: clients have %d units, counted %d, winning %d, for sale %d",
				ErrPromise, s.index, now, sold, s.sold, winning, forSale)
		}
		q := &s.view.is
		if s.scenario().honest() && (q.PaidServed < q.PaidOffered || q.Paid99 > promised) {
			return fmt.Errorf("%w: server %d at %d: serves %.0f of %.0f, 99 %% within %.1f ms",
				ErrPromise, s.index, now, q.PaidServed, q.PaidOffered, q.Paid99*1000)
		}
	}
	return nil
}

// checkLeft looks whether a server that charges what it should was proven a cheat.
func (w *world) checkLeft() error {
	for i := range w.clients {
		c := &w.clients[i]
		if l := c.left; l != nil && l.proven && w.scenario.Servers[w.sellers[l.server].kind].Tax == 0 {
			return fmt.Errorf("%w: client %d says that server %d, which charges as it should, cheats: %w", ErrPromise, i, l.server, l.reason)
		}
	}
	return nil
}
