package pay

import (
	"cmp"
	"context"
	"errors"
	"runtime"

	"github.com/candela-les/candela/unit"
)

// CashierConfig says what a Cashier takes, and how much of it at a time. What is zero has a default.
type CashierConfig struct {
	Book      Book
	Providers []Provider // one for each method
	// Least is what a promise that credits anything has to credit, so that it is worth its place on disk.
	Least unit.Amount

	Verifying  int // promises that are verified at the same time; one for each processor
	Asking     int // calls of a provider that may wait for a chain, at the same time; 16
	Channels   int // that are kept in memory; 16384
	PerClient  int // of them, of one client; 8
	PerChannel int // promises of one channel that wait; 64
}

// Cashier takes in promises, for all methods in one asset: has them verified, compares them with what the chain covers,
// and has them written into the ledger before it says what they have credited. Its methods may be called from many goroutines, and take the
// time of their callers: it has no goroutine of its own.
//
// Promises of one channel do not wait for each other's way to the disk. Those that have come while one is being verified are looked
// at together: only the highest is verified, unless it goes on from others that are missing, and the others are acknowledged once it is
// written. Only a channel that is a Follower has one looked at when it is known what has become of the one before. Clients have their turns at the processors one by one, whatever they send.
//
// Errors of all methods are a *Refusal, the Book's, the Provider's or the context's.
type Cashier struct {
	CashierConfig
	methods map[string]Provider
	verify  *gate
	ask     *gate
	desks   *desks
}

// NewCashier returns a cashier.
func NewCashier(c CashierConfig) *Cashier {
	c.Verifying, c.Asking = cmp.Or(c.Verifying, runtime.GOMAXPROCS(0)), cmp.Or(c.Asking, 16)
	c.Channels, c.PerClient = cmp.Or(c.Channels, 16384), cmp.Or(c.PerClient, 8)
	c.PerChannel = cmp.Or(c.PerChannel, 64)
	k := &Cashier{
		CashierConfig: c, methods: map[string]Provider{}, verify: newGate(c.Verifying), ask: newGate(c.Asking),
		desks: newDesks(c.Channels, c.PerClient),
	}
	for _, p := range c.Providers {
		k.methods[p.Method()] = p
	}
	return k
}

// Establish looks at a channel that a client says it has opened, and says how the two stand. It is called again whenever the
// client has come back.
func (k *Cashier) Establish(ctx context.Context, client Address, method string, opening []byte) (Standing, error) {
	p := k.methods[method]
	if p == nil {
		return Standing{}, Refuse(NoMethod, "there is no method %.16q here", method)
	}
	if len(opening) > MaxOpening {
		return Standing{}, Refuse(Malformed, "an opening of %d bytes, more than %d", len(opening), MaxOpening)
	}
	d, err := k.open(ctx, p, client, opening)
	if err != nil {
		return Standing{}, err
	}
	defer k.desks.leave(d)
	if err := k.account(ctx, d); err != nil {
		return Standing{}, err
	}
	return d.standing()
}

// Promise takes in a promise of a client. It returns once that is in the ledger, or was before.
func (k *Cashier) Promise(ctx context.Context, client Address, id Hash, promise []byte) (Accepted, error) {
	if len(promise) == 0 || len(promise) > MaxPromise {
		return Accepted{}, Refuse(Malformed, "a promise of %d bytes, more than %d or nothing", len(promise), MaxPromise)
	}
	d, err := k.at(ctx, client, id)
	if err != nil {
		return Accepted{}, err
	}
	defer k.desks.leave(d)
	if cumulative, same := d.lastIs(promise); same {
		return Accepted{Cumulative: cumulative}, nil
	}
	if err := k.account(ctx, d); err != nil {
		return Accepted{}, err
	}
	cumulative, err := d.read(promise)
	if err != nil {
		return Accepted{}, err
	}
	w := &waiter{promise: promise, cumulative: cumulative, done: make(chan struct{})}
	if !d.queue(w, k.PerChannel) {
		return Accepted{}, Refuse(Busy, "%d promises of this channel wait already", k.PerChannel)
	}
	for {
		select {
		case <-w.done:
			return w.accepted, w.err
		case <-d.turn:
			if w.answered() { // others are not to have their work done by who may go
				d.looked()
				return w.accepted, w.err
			}
			k.round(ctx, d)
		case <-ctx.Done():
			d.withdraw(w)
			return Accepted{}, ctx.Err()
		}
	}
}

// Increase has the chain looked at, and the ledger, because the client has locked more, and says how the two stand.
func (k *Cashier) Increase(ctx context.Context, client Address, id Hash) (Standing, error) {
	d, err := k.at(ctx, client, id)
	if err != nil {
		return Standing{}, err
	}
	defer k.desks.leave(d)
	if l, ok := d.present().(Looker); ok {
		if err := k.ask.enter(ctx, client); err != nil {
			return Standing{}, err
		}
		err := l.Look(ctx)
		k.ask.leave()
		if err != nil {
			return Standing{}, err
		}
	}
	if err := k.refresh(ctx, d); err != nil {
		return Standing{}, err
	}
	return d.standing()
}

// Settle gives back what a client has not spent, as much of it as came by this channel and was not collected, and returns what it closes
// the channel with. Nothing of the client's may be set aside any more. What is given back is in the ledger before the
// method signs anything, and that is there before it is handed out; after a crash between them the client asks again, and gets what it would have
// got.
func (k *Cashier) Settle(ctx context.Context, client Address, id Hash) (Settled, error) {
	d, err := k.at(ctx, client, id)
	if err != nil {
		return Settled{}, err
	}
	defer k.desks.leave(d)
	s, ok := d.present().(Settler)
	if !ok {
		return Settled{}, Refuse(NoConsent, "a channel of %s is closed without the provider's consent", d.method.Method())
	}
	if _, err := s.Cover(); isRefused(err, Stale) { // or it would be given back and nothing be handed out
		return Settled{}, err
	}
	for range attempts {
		out, err := k.settle(ctx, d)
		if !errors.Is(err, ErrSettled) {
			return out, err
		}
		if err := k.refresh(ctx, d); err != nil {
			return Settled{}, err
		}
	}
	return Settled{}, Refuse(Busy, "the channel is in use")
}

// attempts is how often something is done anew because a channel was settled, or promised over, meanwhile.
const attempts = 3

// settle settles a channel, unless another server does, or something is promised over it meanwhile: ErrSettled.
func (k *Cashier) settle(ctx context.Context, d *desk) (Settled, error) {
	if err := d.book(ctx); err != nil {
		return Settled{}, err
	}
	defer d.booked()
	e, err := k.Book.GiveBack(ctx, d.claimant())
	if err != nil {
		return Settled{}, err
	}
	s, settlements, err := d.settler()
	if err != nil {
		return Settled{}, err
	}
	if e.Settlements != settlements { // the channel does not know what was handed out
		return Settled{}, ErrSettled
	}
	spent := e.Settled.Minus(e.Returned)
	data, err := s.Settle(ctx, spent, e.Returned)
	if err != nil {
		return Settled{}, err
	}
	if e, err = k.Book.HandOut(ctx, d.claimant(), settlements, data); err != nil {
		return Settled{}, err
	}
	if err := d.remember(s, e); err != nil {
		return Settled{}, err
	}
	return Settled{Spent: spent, Unspent: e.Returned, Data: data}, nil
}

// isRefused reports whether an error is a refusal for that reason.
func isRefused(err error, why Reason) bool {
	var r *Refusal
	return errors.As(err, &r) && r.Reason == why
}
