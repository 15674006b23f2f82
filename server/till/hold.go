package till

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/candela-les/candela/ledger"
	"github.com/candela-les/candela/unit"
)

// Reserve sets aside what a client may be charged from now on, be it more than before or less: want, or what there is, but
// not less than atLeast. It is kept at that until the next Reserve or Release. What the client owes and was not charged yet is
// part of both; account.Needs says how much a bid wants. A limit that falls does so at once, before the ledger is
// asked.
//
// Charges that are made meanwhile count, so what the market is told is Limit at the moment when it is told.
//
// Errors: *ledger.InsufficientError with the limit that there could be, and nothing has changed; the ledger's others;
// the context's.
func (t *Till) Reserve(ctx context.Context, client ledger.Address, want, atLeast unit.Amount) (Purse, error) {
	c, err := t.enter(client)
	if err != nil {
		return Purse{}, err
	}
	defer t.leave(c)
	if err := c.take(ctx); err != nil {
		return Purse{}, err
	}
	defer t.give(c)
	if want.Cmp(atLeast) < 0 {
		want = atLeast
	}
	if err := t.hold(ctx, c, want, atLeast); err != nil {
		return Purse{}, fmt.Errorf("reserving for %s: %w", client, err)
	}
	t.mu.Lock()
	c.want = want
	t.mu.Unlock()
	if err := t.look(ctx, c); err != nil {
		return Purse{}, fmt.Errorf("reserving for %s: %w", client, err)
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	return c.purse(), nil
}

// Want says without waiting what is to be set aside for a client from now on: the next renewal sees to it. It is for a
// caller whose last word counts, whatever Reserve and Release are doing meanwhile.
func (t *Till) Want(client ledger.Address, amount unit.Amount) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if c := t.mu.clients[client]; c != nil {
		c.want = amount
	}
}

// Release waits until all that the client was charged is posted, and returns what is held for it. If it fails, what is
// held is returned later, or expires.
func (t *Till) Release(ctx context.Context, client ledger.Address) error {
	c, err := t.enter(client)
	if err != nil {
		return err
	}
	defer t.leave(c)
	t.mu.Lock()
	c.want = unit.Amount{}
	t.mu.Unlock()
	if err := t.drain(ctx, func() int { return len(c.charges) }); err != nil {
		return err
	}
	if err := c.take(ctx); err != nil {
		return err
	}
	defer t.give(c)
	if err := t.hold(ctx, c, unit.Amount{}, unit.Amount{}); err != nil {
		return fmt.Errorf("returning what is held of %s: %w", client, err)
	}
	return nil
}

// hold has the ledger make the client's hold such that its limit is want, for another while. Whoever calls it has the turn.
func (t *Till) hold(ctx context.Context, c *client, want, atLeast unit.Amount) error {
	t.mu.Lock()
	if t.mu.fenced != nil {
		defer t.mu.Unlock()
		return t.mu.fenced
	}
	unposted := c.account.Unposted()
	r := ledger.HoldRequest{
		Owner: t.Owner, Epoch: t.epoch, Token: t.Token, Client: c.address,
		Amount: c.account.Size(want), Until: t.Now().Add(t.HoldFor),
	}
	if !atLeast.IsZero() { // else what there is will do, be it less than what waits
		r.AtLeast = c.account.Size(atLeast)
	}
	c.account.Ask(r.Amount)
	t.mu.Unlock()
	h, err := t.Ledger.Hold(ctx, r)
	t.mu.Lock()
	switch {
	case err == nil:
		c.account.Held(h.Amount, h.Charges, h.Remainder)
		t.settle(len(c.posted())) // none, unless somebody else has charged in this epoch
		c.until, c.holds = time.Time{}, !h.Amount.IsZero()
		if c.holds {
			c.until = r.Until
		}
	case errors.Is(err, ledger.ErrUnknown):
		c.account.Unanswered()
		c.holds = true
	default:
		c.account.Refused()
	}
	t.mu.Unlock()
	var short *ledger.InsufficientError
	switch {
	case errors.Is(err, ledger.ErrFenced):
		t.fence(err)
	case errors.As(err, &short): // of the limit, not of the hold
		have, ok := short.Have.Sub(unposted)
		if !ok {
			have = unit.Amount{}
		}
		return &ledger.InsufficientError{Have: have, Need: atLeast}
	}
	return err
}

// look reads the client's balance. Whoever calls it has the turn, so no charge of this till is on its way there.
func (t *Till) look(ctx context.Context, c *client) error {
	b, err := t.Ledger.Balance(ctx, ledger.ClientAccount(t.Token, c.address))
	if err != nil {
		return err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	c.balance = b
	return nil
}

// renew looks after all holds, again and again.
func (t *Till) renew(ctx context.Context) {
	ticker := time.NewTicker(t.HoldFor / 16)
	defer ticker.Stop()
	failed := false
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		err := t.Renew(ctx)
		if err != nil && !failed && ctx.Err() == nil {
			t.Logger.Warn("clients' money cannot be set aside", "err", err)
		}
		failed = err != nil
	}
}

// Renew looks after all holds: it makes those good again of which it is time, enlarges those that were too small and whose
// clients have more now, and counts those as lost that have expired. The till does so by itself, 16 times in HoldFor.
func (t *Till) Renew(ctx context.Context) error {
	return t.each(ctx, t.list(), func(ctx context.Context, c *client) error {
		t.expire(c)
		if !c.try() { // something is being done for it, and it will be looked at next time
			return nil
		}
		defer t.give(c)
		return t.tend(ctx, c)
	})
}

// expire notices that a hold's time is over.
func (t *Till) expire(c *client) {
	t.mu.Lock()
	lost := !c.until.IsZero() && !t.Now().Before(c.until) && c.lose()
	t.mu.Unlock()
	if lost {
		t.Listener.Lost(c.address, ledger.ErrExpired)
	}
}

// tend looks after one client's hold, with its turn.
func (t *Till) tend(ctx context.Context, c *client) error {
	t.mu.Lock()
	want, holds := c.want, c.holds
	before, entries := c.account.Limit(), c.balance.Entries
	t.mu.Unlock()
	if want.IsZero() {
		if !holds {
			return nil
		}
		err := t.hold(ctx, c, want, unit.Amount{}) // which Release could not
		t.mu.Lock()
		defer t.mu.Unlock()
		t.forget(c)
		return err
	}
	if err := t.look(ctx, c); err != nil {
		return err
	}
	t.mu.Lock()
	old := c.until.Sub(t.Now()) <= t.HoldFor/2
	short := c.account.Due(want) && c.balance.Free.Sign() > 0
	t.mu.Unlock()
	if old || short {
		if err := t.hold(ctx, c, want, unit.Amount{}); err != nil {
			return err
		}
		if err := t.look(ctx, c); err != nil {
			return err
		}
	}
	t.mu.Lock()
	p := c.purse()
	t.mu.Unlock()
	if p.Limit != before || p.Entries != entries {
		t.Listener.Changed(c.address, p)
	}
	return nil
}
