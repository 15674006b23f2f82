package payments

import (
	"cmp"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/candela-les/candela/client/bidder"
	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/offset"
	"github.com/candela-les/candela/pay/watch"
	"github.com/candela-les/candela/unit"
)

// status says how everything stands.
func (d *Desk) status(ctx context.Context) (Status, error) {
	spending, err := d.cfg.Servers.Spending()
	if err != nil {
		return Status{}, err
	}
	demand, err := d.cfg.Servers.Demand()
	if err != nil {
		return Status{}, err
	}
	met, err := d.cfg.Servers.Met()
	if err != nil {
		return Status{}, err
	}
	stake := d.cfg.Wallet.StakeAfter(spentAt(&spending))
	s := Status{
		Methods: d.cfg.Methods, Funds: Account{Address: d.cfg.Funds}, Session: Account{Address: d.cfg.Session},
		Limits: Limits(stake.Limits), Locked: stake.Locked, Prepaid: stake.Prepaid, Promised: stake.Today, Spent: spending.Today,
		Budget: spending.Budget, Demand: demand.Demand, Idle: d.cfg.Idle, Channels: []Channel{}, Servers: peersOf(met), Unopened: d.cfg.Unopened(),
	}
	for i := range stake.Tabs {
		if t := &stake.Tabs[i]; !unlocked(t) {
			s.Channels = append(s.Channels, d.channelOf(t, met))
		}
	}
	for _, o := range stake.Begun {
		c := Channel{Method: o.Method, Seller: o.Seller, State: Opening, Locking: &o.Deposit}
		c.meet(met)
		s.Channels = append(s.Channels, c)
	}
	for _, l := range stake.Left {
		s.Left = append(s.Left, leftOf(l, met))
	}
	slices.SortStableFunc(s.Channels, func(a, b Channel) int { return cmp.Compare(rank(&a), rank(&b)) })
	if err := d.see(ctx, &s); err != nil {
		s.Unseen = err.Error()
	}
	s.Money = d.money()
	return s, nil
}

// peersOf are servers as an owner is shown them.
func peersOf(met []Server) []Peer {
	list := make([]Peer, 0, len(met))
	for i := range met {
		list = append(list, Peer{met[i].Place.Seller, hex.EncodeToString(met[i].ID[:]), met[i].Connected})
	}
	return list
}

// spentAt is what each seller has served for. It signs by the key of its node id.
func spentAt(s *bidder.SpendingStatus) map[pay.Address]unit.Amount {
	spent := make(map[pay.Address]unit.Amount, len(s.Servers))
	for i := range s.Servers {
		if who, err := sellerOf(s.Servers[i].ID); err == nil {
			spent[who] = s.Servers[i].Served
		}
	}
	return spent
}

// leftOf is a server that is left, as its owner is shown it.
func leftOf(l pay.Left, met []Server) Left {
	one := Left{Seller: l.Seller, Until: l.Until, Why: l.Why}
	if m := metSeller(met, l.Seller); m != nil {
		one.Server = hex.EncodeToString(m.ID[:])
	}
	return one
}

// rank puts channels that are over behind the others.
func rank(c *Channel) int {
	if c.State == Closed {
		return 1
	}
	return 0
}

// unlocked reports whether nothing was ever locked in a channel, or is about to be: its payer could not, and there is nothing in it to be told of, or to be
// taken back.
func unlocked(t *pay.Tab) bool {
	return t.Deposit.IsZero() && t.Promised.IsZero() && !t.Opening && t.Locking.IsZero() && !t.Closed
}

// channelOf is a channel as it is noted.
func (d *Desk) channelOf(t *pay.Tab, met []Server) Channel {
	c := Channel{
		Method: t.Method, ID: &t.ID, Seller: t.To.Seller, State: Open, Consent: t.Settled, Asking: t.Asking, Locked: t.Deposit, Promised: t.Promised,
		Acknowledged: t.Acknowledged, Asked: t.Agreed, Left: t.Deposit.Minus(t.Promised),
	}
	switch {
	case t.Closed:
		c.State, c.Left, c.Consent, c.Asking = Closed, unit.Amount{}, false, false
	case t.Closing:
		c.State = Closing
	case t.Opening, t.Deposit.IsZero() && t.Promised.IsZero():
		c.State = Opening
	}
	if t.Method == offset.Method {
		if owed, err := offset.Owed(&t.Note); err == nil {
			c.Owed = &owed
		}
	}
	if !t.Locking.IsZero() && c.State != Closed {
		c.Locking = &t.Locking
	}
	if by, other := d.openedBy(t); other && c.State != Closed {
		c.OpenedBy = &by
	}
	c.meet(met)
	return c
}

// openedBy is the session key that has opened a channel, if that is not here any more.
func (d *Desk) openedBy(t *pay.Tab) (by pay.Address, other bool) {
	if d.cfg.OpenedBy == nil {
		return by, false
	}
	return d.cfg.OpenedBy(t.Method, t.ID)
}

// keyed returns an error that says what can be done about a channel whose session key is not here any more; nil if it is.
func (d *Desk) keyed(t *pay.Tab) error {
	by, other := d.openedBy(t)
	if !other {
		return nil
	}
	return fail(CodeRefused, "channel 0x%x was opened by session key 0x%x, which is not here: put its session.key back; or close it with --force, by which comes back "+
		"after the delay what was never promised, but of cheque, whose chequebook is that key's", t.ID, by)
}

// see fills in what only the chain knows.
func (d *Desk) see(ctx context.Context, s *Status) error {
	ctx, cancel := context.WithTimeout(ctx, d.cfg.Patience)
	defer cancel()
	v, err := d.view(ctx)
	if err != nil {
		return err
	}
	if err := d.learn(ctx, v.Head.Hash); err != nil {
		return err
	}
	for _, a := range []*Account{&s.Funds, &s.Session} {
		if err := d.has(ctx, v.Head.Hash, a); err != nil {
			return err
		}
	}
	s.Block = &Block{v.Head.Number, seconds(v.Head.TimeS)}
	if d.cfg.Pots != nil {
		if s.Pots, err = d.cfg.Pots(ctx); err != nil {
			return fmt.Errorf("the open pot: %w", err)
		}
	}
	for i := range s.Channels {
		if bad := d.back(ctx, &s.Channels[i]); bad != nil && err == nil {
			err = fmt.Errorf("of channel 0x%x: %w", *s.Channels[i].ID, d.explain(bad))
		}
	}
	return err
}

// view looks at the chain now. A client that was just started is waited for.
func (d *Desk) view(ctx context.Context) (v watch.View, err error) {
	err = d.await(ctx, func() (bool, error) {
		v, err = d.cfg.Chain.Look(ctx)
		return err == nil, err
	})
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return v, fmt.Errorf("the chain is not seen: nobody has shown it in %v", d.cfg.Patience)
	case err != nil:
		return v, fmt.Errorf("the chain is not seen: %w", err)
	}
	return v, nil
}

// await asks until something is so, or the context ends; then the error is what was said last before that.
func (d *Desk) await(ctx context.Context, ask func() (bool, error)) error {
	ticker := time.NewTicker(d.cfg.Pause)
	defer ticker.Stop()
	var why error
	for {
		so, err := ask()
		if so {
			return nil
		}
		if err != nil && (why == nil || ctx.Err() == nil) {
			why = err
		}
		select {
		case <-ticker.C:
			continue
		case <-ctx.Done():
			return cmp.Or(why, ctx.Err())
		case <-d.ctx.Done():
			return context.Canceled
		}
	}
}

// back says when a channel that is being closed gives back what is left.
func (d *Desk) back(ctx context.Context, c *Channel) error {
	if c.State != Closing {
		return nil
	}
	b, err := d.cfg.Wallet.Balance(ctx, c.Method, *c.ID)
	if err != nil {
		return err
	}
	if b.ClosingS != 0 {
		at := seconds(b.ClosingS)
		c.Back = &at
	}
	return nil
}

func seconds(s uint64) time.Time { return time.Unix(int64(min(s, 1<<40)), 0).UTC() } //nolint:gosec // bounded
