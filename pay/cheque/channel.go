package cheque

import (
	"context"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/voucher"
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

// cheques are a channel's promises.
func (t *Types) cheques(o *Opening, issuer pay.Address) voucher.Channel {
	return voucher.Channel{ID: o.ID(), Payer: issuer, Digest: func(cumulative unit.Amount) pay.Hash {
		return t.Cheque(o.Book, o.Beneficiary, cumulative)
	}}
}

// Read implements pay.Channel.
func (c *Channel) Read(promise []byte) (unit.Amount, error) { return voucher.Read(promise) }

// Verify implements pay.Channel: a cheque is signed by the chequebook's issuer, which is the client.
func (c *Channel) Verify(promise []byte) (pay.Promised, error) {
	p, err := c.p.types.cheques(&c.opening, c.client).Verify(promise)
	if err != nil {
		return pay.Promised{}, err
	}
	e := Evidence{Opening: c.opening, Promise: p}
	return pay.Promised{Cumulative: p.Cumulative, Evidence: e.Encode()}, nil
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
