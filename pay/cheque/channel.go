package cheque

import (
	"context"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/unit"
)

// Channel is one client's chequebook, as the provider sees it that is its beneficiary.
//
// It cannot be closed by consent: whoever holds a cheque can cash it, and a decrease of the hard deposit has to wait for its timeout. So it is
// no pay.Settler; what a client has promised and not spent stays in its account.
type Channel struct {
	p       *Provider
	id      pay.Hash
	client  pay.Address
	opening Opening
}

var (
	_ pay.Looker      = (*Channel)(nil)
	_ pay.Accountable = (*Channel)(nil)
)

// ID implements pay.Channel.
func (c *Channel) ID() pay.Hash { return c.id }

// Read implements pay.Channel.
func (c *Channel) Read(promise []byte) (unit.Amount, error) {
	p, err := DecodePromise(promise)
	if err != nil {
		return unit.Amount{}, pay.Refuse(pay.Malformed, "%v", err)
	}
	return p.Cumulative, nil
}

// Verify implements pay.Channel.
func (c *Channel) Verify(promise []byte) (pay.Promised, error) {
	p, err := DecodePromise(promise)
	if err != nil {
		return pay.Promised{}, pay.Refuse(pay.Malformed, "%v", err)
	}
	if err := c.signed(p); err != nil {
		return pay.Promised{}, err
	}
	e := Evidence{Opening: c.opening, Promise: p}
	return pay.Promised{Cumulative: p.Cumulative, Evidence: e.Encode()}, nil
}

// signed is nil if a promise is signed by the chequebook's issuer, which is the client.
func (c *Channel) signed(p Promise) error {
	by, err := p.Signature.Recover(c.p.types.Cheque(c.opening.Book, c.opening.Beneficiary, p.Cumulative))
	switch {
	case err != nil:
		return pay.Refuse(pay.BadSign, "%v", err)
	case by != c.client:
		return pay.Refuse(pay.BadSign, "the cheque is not signed by %x for channel %x", c.client, c.id)
	}
	return nil
}

// Cover implements pay.Channel: what the chain locks, and the credit that the operator gives beyond for one chequebook of a client's. One that has
// bounced gets none.
func (c *Channel) Cover() (unit.Amount, error) {
	now, err := c.p.seen.Known(c.opening.Book)
	switch {
	case err != nil:
		return unit.Amount{}, err
	case !now.waits(c.p.timeoutS()):
		return unit.Amount{}, c.p.tooShort(c.id, now)
	case now.emptied():
		return unit.Amount{}, pay.Refuse(pay.Closing, "the hard deposit of channel %x is being taken back", c.id)
	case now.bounced() || c.p.cfg.Credit.IsZero() || !c.p.trusted(c):
		return now.locked(), nil
	}
	return now.locked().Plus(c.p.cfg.Credit), nil
}

// State implements pay.Channel: there is nothing to say.
func (c *Channel) State() []byte { return nil }

// Collected implements pay.Accountable.
func (c *Channel) Collected() unit.Amount {
	now := c.p.seen.At(c.opening.Book)
	if now == nil {
		return unit.Amount{}
	}
	return now.head.paid.Max(now.sure.paid)
}

// Look implements pay.Looker.
func (c *Channel) Look(ctx context.Context) error {
	_, err := c.p.cfg.Watcher.Look(ctx)
	return err
}
