package channel

import (
	"context"
	"errors"
	"sync"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/eip712"
	"github.com/candela-les/candela/pay/voucher"
	"github.com/candela-les/candela/unit"
)

// Channel is one client's channel, as the provider sees it.
type Channel struct {
	p       *Provider
	id      pay.Hash
	opening Opening

	mu struct {
		sync.Mutex
		settled *Refund // what was handed out last; nil while the channel is open
	}
}

var (
	_ pay.Settler = (*Channel)(nil)
	_ pay.Looker  = (*Channel)(nil)

	_ pay.Accountable = (*Channel)(nil)
)

// ID implements pay.Channel.
func (c *Channel) ID() pay.Hash { return c.id }

// vouchers are the channel's promises.
func (t *Types) vouchers(id pay.Hash, payer pay.Address) voucher.Channel {
	return voucher.Channel{ID: id, Payer: payer, Digest: func(cumulative unit.Amount) pay.Hash { return t.Voucher(id, cumulative) }}
}

// Read implements pay.Channel.
func (c *Channel) Read(promise []byte) (unit.Amount, error) { return voucher.Read(promise) }

// Verify implements pay.Channel.
func (c *Channel) Verify(promise []byte) (pay.Promised, error) {
	p, err := c.p.types.vouchers(c.id, c.opening.Config.PayerAuthorizer).Verify(promise)
	if err != nil {
		return pay.Promised{}, err
	}
	e := Evidence{Opening: c.opening, Promise: p}
	return pay.Promised{Cumulative: p.Cumulative, Evidence: e.Encode()}, nil
}

// Cover implements pay.Channel. A channel that was settled is over for good: its payer holds a refund of all
// that is not spent, and may use it at any time.
func (c *Channel) Cover() (unit.Amount, error) {
	now, err := c.p.seen.Known(c.id)
	if err != nil {
		return unit.Amount{}, err
	}
	if err := c.safe(); err != nil {
		return unit.Amount{}, err
	}
	if c.settled() != nil {
		return unit.Amount{}, pay.Refuse(pay.Closing, "channel %x was settled; open another one", c.id)
	}
	if now.emptied() {
		return unit.Amount{}, pay.Refuse(pay.Closing, "the deposit of channel %x is being taken back", c.id)
	}
	return now.collectible(), nil
}

func (c *Channel) settled() *Refund {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.mu.settled
}

// State implements pay.Channel: the refund, if the channel was settled and there was one.
func (c *Channel) State() []byte {
	s := c.settled()
	if s == nil || s.Amount.IsZero() {
		return nil
	}
	return s.Encode()
}

// Collected implements pay.Accountable.
func (c *Channel) Collected() unit.Amount {
	now := c.p.seen.At(c.id)
	if now == nil {
		return unit.Amount{}
	}
	return now.claimed()
}

// Look implements pay.Looker.
func (c *Channel) Look(ctx context.Context) error {
	_, err := c.p.cfg.Watcher.Look(ctx)
	return err
}

// errOverclaimed: more was claimed than spent, which nobody here does.
var errOverclaimed = errors.New("more of the channel was claimed on the chain than its client has spent")

// Remember implements pay.Settler.
func (c *Channel) Remember(settled []byte) error {
	r, err := DecodeRefund(settled)
	if err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.mu.settled = &r
	return nil
}

// Settle implements pay.Settler: it signs a refund of all that is not spent, whether it was promised or not, and that the payer has not asked
// back by itself already. The channel is over once that was kept, which Remember says.
//
// What is spent is left for the receiver, in whatever order refund, withdrawal and claims come to the chain. A withdrawal that waits is
// taken off, for it may end at any moment, and the refund be used after it. If the refund is used first, the contract takes it
// off the withdrawal, and the two take less. One that begins later takes its whole delay, in which what is spent is claimed. What counts is the less
// favourable of both blocks, or a reorganization that drops a deposit would let the refund eat into what is spent; and it is only
// signed when both have the same nonce, so that no two refunds of this channel can both be good.
func (c *Channel) Settle(ctx context.Context, spent, _ unit.Amount) ([]byte, error) {
	now, err := c.p.seen.Get(ctx, c.id)
	if err != nil {
		return nil, err
	}
	if now.claimed().Cmp(spent) > 0 {
		return nil, errOverclaimed
	}
	refund := Refund{Amount: now.collectible().Minus(spent), Nonce: now.head.refunds}
	if r := c.settled(); r != nil && (refund.Amount.IsZero() || r.Amount == refund.Amount && r.Nonce == refund.Nonce) {
		return r.Encode(), nil // it was used, or is as good as another one
	}
	if !refund.Amount.IsZero() {
		if now.head.refunds != now.sure.refunds {
			return nil, pay.Refuse(pay.Unconfirmed, "a refund of channel %x is not confirmed yet", c.id)
		}
		digest := c.p.types.Refund(c.id, refund.Nonce, refund.Amount)
		if refund.Signature, err = eip712.Sign(c.p.cfg.Authorizer, digest); err != nil {
			return nil, err
		}
	}
	return refund.Encode(), nil
}
