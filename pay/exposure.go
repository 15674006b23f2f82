package pay

import (
	"context"
	"time"

	"github.com/candela-les/candela/unit"
)

// Exposure is what is at stake by a method.
type Exposure struct {
	Method     string
	Channels   int         // of which something is due
	Closing    int         // of them, whose clients take their deposits back
	Due        unit.Amount // promised, and neither given back nor collected
	Collecting unit.Amount // of it, what is on its way to the chain
	Covered    unit.Amount // of it, what the chain locks for it now
	Uncovered  unit.Amount // and what it does not: it is on credit, and a client that lies keeps it
	Unspent    unit.Amount // of Due, what clients have in their accounts: if it is lost, no service was given for it yet
	Claims     int         // that are not settled
	Claimed    unit.Amount // what they will pay
	Doubtful   int         // of them, which the chain does not cover now: their clients have overspent
	Doubted    unit.Amount // and what they would pay
	// Credit is the most that can be uncovered of all clients together, by what is configured now; zero if the method knows no such bound.
	Credit unit.Amount
	// Worst is what is lost if nothing more can be collected: what is due and was spent. Claims are no part of it, for what they will pay
	// beyond their promises' worth was never promised.
	Worst unit.Amount
	Since time.Time // from when on the chain was not seen; zero if it is
}

// Lender is a Collectable that takes promises on credit, and knows how much of all clients together at most.
type Lender interface {
	Collectable
	Credit() unit.Amount
}

// Exposure looks at all channels of a method. While the chain is not seen nothing counts as covered, and what is known of the
// channels is what the ledger says.
func (k *Collector) Exposure(ctx context.Context, method string) (Exposure, error) {
	m := k.methods[method]
	if m == nil {
		return Exposure{}, Refuse(NoMethod, "there is no method %.16q here", method)
	}
	x := Exposure{Method: method}
	if l, ok := m.Collectable.(Lender); ok {
		x.Credit = l.Credit()
	}
	unspent := map[Address]unit.Amount{} // that no channel was taken for yet
	err := k.walk(ctx, method, m.lookIfSeen, func(e Entry, on OnChain) error {
		if on.ClosingS != 0 {
			x.Closing++
		}
		return x.add(ctx, k.Dues, unspent, e, on)
	})
	if err != nil {
		return Exposure{}, err
	}
	if err := x.addClaims(ctx, k.Dues); err != nil {
		return Exposure{}, err
	}
	if d, doubts := m.Collectable.(Doubter); doubts {
		x.Doubtful, x.Doubted = d.Doubtful()
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	x.Since = m.since
	return x, nil
}

// add adds a channel.
func (x *Exposure) add(ctx context.Context, dues Dues, unspent map[Address]unit.Amount, e Entry, on OnChain) error {
	collected := e.Collected.Max(on.Collected)
	due := e.Keep().Minus(collected)
	if due.IsZero() {
		return nil
	}
	covered := due.Min(on.Cover.Minus(collected))
	x.Channels++
	x.Due, x.Covered = x.Due.Plus(due), x.Covered.Plus(covered)
	x.Uncovered = x.Uncovered.Plus(due.Minus(covered))
	x.Collecting = x.Collecting.Plus(e.Collecting.Minus(collected))
	left, known := unspent[e.Client]
	if !known {
		var err error
		if left, err = dues.Unspent(ctx, e.Client); err != nil {
			return err
		}
	}
	own := left.Min(due)
	unspent[e.Client] = left.Minus(own)
	x.Unspent = x.Unspent.Plus(own)
	x.Worst = x.Due.Minus(x.Unspent)
	return nil
}

func (x *Exposure) addClaims(ctx context.Context, dues Dues) error {
	var after Hash
	for {
		page, err := dues.Claims(ctx, x.Method, after, pageSize)
		if err != nil {
			return err
		}
		for _, c := range page {
			after = c.Key
			x.Claims++
			x.Claimed = x.Claimed.Plus(c.Amount)
		}
		if len(page) < pageSize {
			return nil
		}
	}
}

// lookIfSeen takes what is not seen for nothing.
func (m *collecting) lookIfSeen(ctx context.Context, e Entry) (OnChain, error) {
	on, err := m.Look(ctx, e)
	if isRefused(err, Stale) {
		return OnChain{}, nil
	}
	return on, err
}
