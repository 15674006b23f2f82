package pay

import (
	"context"
	"fmt"
)

// open has a provider look at a channel, and returns its desk, which whoever called it leaves.
func (k *Cashier) open(ctx context.Context, p Provider, client Address, opening []byte) (*desk, error) {
	if err := k.ask.enter(ctx, client); err != nil {
		return nil, err
	}
	defer k.ask.leave()
	c, err := p.Open(ctx, client, opening)
	if err != nil {
		return nil, err
	}
	if d := k.desks.enter(c.ID()); d != nil {
		if d.client != client || d.method.Method() != p.Method() {
			err = wrongClient(d.id)
		} else {
			err = k.refresh(ctx, d)
		}
		if err != nil {
			k.desks.leave(d)
			return nil, err
		}
		return d, nil
	}
	e, known, err := k.Book.Entry(ctx, p.Method(), c.ID())
	if err != nil {
		return nil, err
	}
	if !known {
		e = Entry{Method: p.Method(), ID: c.ID(), Client: client}
	}
	s, err := k.restore(ctx, p, client, c, e)
	if err != nil {
		return nil, err
	}
	return k.seat(newDesk(p, c.ID(), client, s))
}

// at returns the desk of a client's channel, which whoever called it leaves. One that is not in memory is made anew of the ledger's
// evidence.
func (k *Cashier) at(ctx context.Context, client Address, id Hash) (*desk, error) {
	if d := k.desks.enter(id); d != nil {
		return k.bound(d, client)
	}
	if err := k.ask.enter(ctx, client); err != nil {
		return nil, err
	}
	defer k.ask.leave()
	if d := k.desks.enter(id); d != nil { // somebody else was faster
		return k.bound(d, client)
	}
	for _, p := range k.Providers {
		e, ok, err := k.Book.Entry(ctx, p.Method(), id)
		if err != nil {
			return nil, err
		}
		if !ok || len(e.Evidence) == 0 {
			continue
		}
		s, err := k.restore(ctx, p, client, nil, e)
		if err != nil {
			return nil, err
		}
		return k.seat(newDesk(p, id, client, s))
	}
	return nil, Refuse(NoChannel, "channel %x is not known; establish it", id)
}

// seat gives a desk its place.
func (k *Cashier) seat(d *desk) (*desk, error) {
	d2, err := k.desks.add(d)
	if err != nil {
		return nil, err
	}
	return k.bound(d2, d.client)
}

// bound leaves a desk that is another client's.
func (k *Cashier) bound(d *desk, client Address) (*desk, error) {
	if d.client != client {
		k.desks.leave(d)
		return nil, wrongClient(d.id)
	}
	return d, nil
}

func wrongClient(id Hash) error { return Refuse(WrongClient, "channel %x is another client's", id) }

// restore makes a channel of what the ledger knows of it; if that is no promise, it is the one that was opened.
func (k *Cashier) restore(ctx context.Context, p Provider, client Address, opened Channel, e Entry) (s standingOf, err error) {
	if e.Client != client {
		return s, wrongClient(e.ID)
	}
	s = standingOf{channel: opened, cumulative: e.Cumulative, returned: e.Returned, settlements: e.Settlements}
	if len(e.Evidence) > 0 {
		s.channel, s.promise, err = p.Restore(ctx, client, e.Evidence)
		if err != nil {
			return s, fmt.Errorf("channel %x is in the ledger and can not be made anew: %w", e.ID, err)
		}
		if s.channel.ID() != e.ID {
			return s, fmt.Errorf("channel %x is %x when it is made anew", e.ID, s.channel.ID())
		}
	}
	if e.Settlements == 0 {
		return s, nil
	}
	settler, ok := s.channel.(Settler)
	if !ok {
		return s, fmt.Errorf("channel %x was settled, which %s can not do", e.ID, p.Method())
	}
	return s, settler.Remember(e.Handed)
}

// account makes sure that no more of a channel is on the chain than the ledger says was promised. Otherwise its client has paid with it
// elsewhere, and promises that are credited here would pay for nothing up to what was collected there.
func (k *Cashier) account(ctx context.Context, d *desk) error {
	a, ok := d.present().(Accountable)
	if !ok {
		return nil
	}
	collected := a.Collected()
	if collected.Cmp(d.keep()) <= 0 {
		return nil
	}
	if err := k.refresh(ctx, d); err != nil { // another server on the ledger may have taken what was collected
		return err
	}
	if has := d.keep(); collected.Cmp(has) > 0 {
		return Refuse(Expired, "%s of channel %x were collected on the chain, and the ledger of this server knows of %s; open another one", collected, d.id, has)
	}
	return nil
}

// refresh brings a desk up to what the ledger says, if another server has had to do with its channel.
func (k *Cashier) refresh(ctx context.Context, d *desk) error {
	if err := d.book(ctx); err != nil {
		return err
	}
	defer d.booked()
	for range attempts {
		done, err := k.renew(ctx, d)
		if done || err != nil {
			return err
		}
	}
	return Refuse(Busy, "the channel is in use")
}

// renew is refresh, unless a promise came in meanwhile: a channel that knows of it is not replaced by one that does not.
func (k *Cashier) renew(ctx context.Context, d *desk) (done bool, err error) {
	e, known, err := k.Book.Entry(ctx, d.method.Method(), d.id)
	if err != nil || !known {
		return true, err
	}
	d.mu.Lock()
	has := d.mu.standingOf
	d.mu.Unlock()
	if has.cumulative.Cmp(e.Cumulative) >= 0 && (has.promise != nil || len(e.Evidence) == 0) {
		if e.Settlements == has.settlements {
			d.mu.Lock()
			d.mu.returned = e.Returned
			d.mu.Unlock()
			return true, nil
		}
		s, _, err := d.settler()
		if err != nil {
			return false, err
		}
		return true, d.remember(s, e)
	}
	s, err := k.restore(ctx, d.method, d.client, has.channel, e)
	if err != nil {
		return false, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.mu.cumulative.Cmp(s.cumulative) > 0 {
		return false, nil
	}
	d.mu.standingOf = s
	d.mu.submitted = d.mu.submitted.Max(s.cumulative)
	return true, nil
}
