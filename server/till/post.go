package till

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/candela-les/candela/ledger"
	"github.com/candela-les/candela/market/account"
	"github.com/candela-les/candela/unit"
)

// Charge is what a client is charged. Amount and Fee are entries of their own in its account.
type Charge struct {
	Amount    unit.Amount // for units, from SinceNs to AtNs
	Fee       unit.Amount // for a bid
	Remainder uint64      // owed and not charged, in parts of a base unit: fewer than ledger.RemainderParts
	SinceNs   uint64      // Unix time
	AtNs      uint64
	Bid       [32]byte // the bid's digest
}

// Charge charges a client, and returns the limit that is left. It counts from now on and is posted soon. It may be beyond the
// limit: what the hold does not cover then is forgiven.
//
// A till that is closed or fenced charges nothing.
func (t *Till) Charge(client ledger.Address, charge Charge) (limit unit.Amount) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.mu.closing || t.mu.fenced != nil {
		return unit.Amount{}
	}
	c := t.client(client)
	made := account.Charge{Amount: charge.Amount, Fee: charge.Fee, Remainder: charge.Remainder}
	if charge.Remainder >= ledger.RemainderParts || !c.account.Make(made) {
		panic(fmt.Sprintf("till: a charge of %s and %s with a remainder of %d", charge.Amount, charge.Fee, charge.Remainder))
	}
	c.charges = append(c.charges, charge)
	t.mu.waiting++
	if !c.queued {
		c.queued = true
		t.mu.ready = append(t.mu.ready, c)
	}
	t.rouse()
	return c.account.Limit()
}

// Limit returns what a client may be charged now. It does not wait.
func (t *Till) Limit(client ledger.Address) unit.Amount {
	t.mu.Lock()
	defer t.mu.Unlock()
	if c := t.mu.clients[client]; c != nil {
		return c.account.Limit()
	}
	return unit.Amount{}
}

// item is a client whose first charge is being posted. Its turn is taken.
type item struct {
	*client
	first Charge
	call  ledger.Charge
	held  bool // the client has a number for it
}

// post posts what waits until the till is closed.
func (t *Till) post() {
	var batch []item
	doubt, failures := false, 0
	for {
		if batch == nil {
			batch = t.gather()
		}
		if batch == nil {
			select {
			case <-t.wake:
				continue
			case <-t.ctx.Done():
				return
			}
		}
		// A batch whose answer was lost is repeated as it is until there is one: that a later call was not
		// carried out says nothing of the earlier one.
		charged, err := t.Ledger.Charge(t.ctx, calls(batch))
		doubt = err != nil && (doubt || errors.Is(err, ledger.ErrUnknown))
		if err == nil {
			err = t.results(batch, charged)
		}
		if !doubt {
			t.giveBack(batch)
			batch = nil
		}
		if err == nil {
			failures = 0
			continue
		}
		if failures == 0 {
			t.Logger.Warn("charges wait for the ledger", "err", err)
		}
		failures = min(failures+1, 6)
		if !t.rest(t.Pause << (failures - 1)) {
			return
		}
	}
}

// rest waits, and reports whether there is still something to do.
func (t *Till) rest(d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-t.ctx.Done():
		return false
	}
}

// gather takes the first charge of each client whose turn is free, or returns nil.
func (t *Till) gather() (batch []item) {
	t.mu.Lock()
	defer t.mu.Unlock()
	var later []*client
	for _, c := range t.mu.ready {
		switch {
		case len(c.charges) == 0:
			c.queued = false
			t.forget(c)
		case len(batch) == ledger.MaxCharges || !c.try():
			later = append(later, c)
		default:
			batch = append(batch, t.item(c))
			later = append(later, c)
		}
	}
	t.mu.ready = later
	return batch
}

// item is the client's first charge as the ledger wants it.
func (t *Till) item(c *client) item {
	_, number, held := c.account.Next()
	first := c.charges[0]
	text := reference{first.SinceNs, first.AtNs, first.Bid}.String()
	return item{client: c, first: first, held: held, call: ledger.Charge{
		Owner: t.Owner, Epoch: t.epoch, Token: t.Token, Client: c.address, Number: number,
		Amount: first.Amount, Fee: first.Fee, Remainder: first.Remainder, Ref: text, FeeRef: text,
	}}
}

func (t *Till) giveBack(batch []item) {
	for _, i := range batch {
		t.give(i.client)
	}
}

// calls is what the ledger is asked for. A client of whom nothing was held yet has no number for its charge.
func calls(batch []item) (calls []ledger.Charge) {
	for _, i := range batch {
		if i.held {
			calls = append(calls, i.call)
		}
	}
	return calls
}

// results takes notice of what became of a batch, and has new holds of those clients whose charge was refused. An error
// is one of the latter; what waits for it still waits.
func (t *Till) results(batch []item, charged []ledger.Charged) error {
	var refused []*client
	for _, i := range batch {
		good := false
		if i.held {
			good, charged = t.charged(i, charged[0]), charged[1:]
		}
		if !good {
			refused = append(refused, i.client)
		}
	}
	return t.each(t.ctx, refused, t.restore)
}

// charged takes notice of a result, and reports whether the hold is as good as it was.
func (t *Till) charged(i item, result ledger.Charged) bool {
	switch {
	case result.Err == nil:
		t.mu.Lock()
		i.account.Posted(i.call.Number)
		t.settle(len(i.posted()))
		i.booked(i.call, result)
		t.mu.Unlock()
		t.Listener.Posted(i.address, Posted{Charge: i.first, Entry: result.Entry, FeeEntry: result.FeeEntry})
		return true
	case errors.Is(result.Err, ledger.ErrFenced):
		t.fence(result.Err)
		return true
	case errors.Is(result.Err, ledger.ErrExpired), errors.Is(result.Err, ledger.ErrNoHold):
		t.mu.Lock()
		lost := i.lose()
		t.mu.Unlock()
		if lost {
			t.Listener.Lost(i.address, result.Err)
		}
		return false
	case errors.Is(result.Err, ledger.ErrInsufficient):
		return false
	default: // which happens to nobody who is alone in its epoch
		t.mu.Lock()
		t.writeOff(i.client, result.Err)
		t.mu.Unlock()
		return false
	}
}

// booked keeps the balance that was read last up to date, unless others have changed it since: then the next look shows that.
func (c *client) booked(call ledger.Charge, result ledger.Charged) {
	b := &c.balance
	for _, part := range []struct {
		entry  uint64
		amount unit.Amount
	}{{result.Entry, call.Amount}, {result.FeeEntry, call.Fee}} {
		if total, ok := b.Total.Add(ledger.Minus(part.amount)); ok && part.entry == b.Entries+1 {
			b.Entries, b.Total = part.entry, total
		}
	}
}

// writeOff forgives the client's first charge. Whoever calls it has the lock, and the turn.
func (t *Till) writeOff(c *client, why error) {
	if len(c.charges) == 0 {
		return
	}
	lost := c.forgive()
	t.settle(1)
	t.Logger.Warn("a charge is forgiven", "client", c.address, "amount", lost.Amount, "fee", lost.Fee, "err", why)
}

// restore has a hold again after the ledger has refused a charge. What it does not cover is forgiven.
func (t *Till) restore(ctx context.Context, c *client) error {
	t.mu.Lock()
	want := c.want
	t.mu.Unlock()
	if err := t.hold(ctx, c, want, unit.Amount{}); err != nil {
		return err
	}
	t.mu.Lock()
	for len(c.charges) > 0 {
		held := c.account.Hold()
		if cost, ok := c.charges[0].Amount.Add(c.charges[0].Fee); ok && cost.Cmp(held) <= 0 && !held.IsZero() {
			break
		}
		t.writeOff(c, ledger.ErrInsufficient)
	}
	p := c.purse()
	t.mu.Unlock()
	t.Listener.Changed(c.address, p)
	return nil
}
