package channel

import (
	"bytes"
	"context"
	"fmt"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/voucher"
)

// Agree implements pay.Payer. The provider is believed nothing that this client has not signed itself: chain's total claimed ≤
// accepted ≤ signed has to hold, as x402's clients want it.
func (p *Payer) Agree(ctx context.Context, id pay.Hash, opening []byte, s pay.Standing) error {
	o, err := p.own(id, opening, s)
	if err != nil {
		return err
	}
	now, _, err := p.pair(ctx, id)
	if err != nil {
		return err
	}
	last, err := p.vouchers(id).Shown(s, now.sure.claimed)
	if err != nil {
		return err
	}
	refund, err := p.refundIn(&o.Config, id, s.State)
	if err != nil {
		return err
	}
	if err := p.known(ctx, id, o, now); err != nil {
		return err
	}
	return p.notes.Change(ctx, id, func(n *noted) error {
		if err := voucher.Accepted(&n.Note, s, last); err != nil {
			return err
		}
		if refund != nil {
			n.Closing, n.Refund = true, s.State
		}
		return nil
	})
}

// own decodes an opening, if it is of a channel of this payer.
func (p *Payer) own(id pay.Hash, opening []byte, s pay.Standing) (Opening, error) {
	o, err := DecodeOpening(opening)
	switch {
	case err != nil:
		return o, pay.Refuse(pay.Malformed, "%v", err)
	case o.ChainID != p.cfg.Watcher.ChainID():
		return o, pay.Refuse(pay.WrongChain, "the channel is on chain %d, and this is chain %d", o.ChainID, p.cfg.Watcher.ChainID())
	case p.types.ChannelID(&o.Config) != id || s.ID != id || s.Method != Method:
		return o, pay.Refuse(pay.Contradicts, "asked for channel %x, the provider tells of channel %x", id, s.ID)
	case o.Config.PayerAuthorizer != pay.Address(p.cfg.Session.Address()) || o.Config.Payer != pay.Address(p.cfg.Funds.Address()):
		return o, pay.Refuse(pay.WrongClient, "channel %x is of other keys", id)
	}
	return o, nil
}

// refundIn decodes what a provider has handed out; nil if that is nothing.
func (p *Payer) refundIn(c *Config, id pay.Hash, b []byte) (*Refund, error) {
	if len(b) == 0 {
		return nil, nil
	}
	r, err := DecodeRefund(b)
	switch {
	case err != nil:
		return nil, pay.Refuse(pay.Malformed, "%v", err)
	case r.Amount.IsZero():
		return &r, nil
	}
	by, err := r.Signature.Recover(p.types.Refund(id, r.Nonce, r.Amount))
	if err != nil || by != c.ReceiverAuthorizer {
		return nil, pay.Refuse(pay.BadSign, "the refund of channel %x is not signed by %x", id, c.ReceiverAuthorizer)
	}
	return &r, nil
}

// known makes a note of a channel of which there is none.
func (p *Payer) known(ctx context.Context, id pay.Hash, o Opening, now *pair) error {
	opening := o.Encode()
	return p.notes.Edit(ctx, id, func(n *noted, known bool) (*noted, error) {
		switch {
		case known && !bytes.Equal(n.Opening, opening):
			return nil, fmt.Errorf("the note of channel %x is of another channel", id)
		case known:
			return nil, pay.ErrSame
		}
		to := pay.Payee{Asset: pay.Asset{ChainID: o.ChainID, Token: o.Config.Token}}
		return &noted{Note: pay.Note{Method: Method, ID: id, To: to, Opening: opening, Deposit: now.balance()}}, nil
	})
}
