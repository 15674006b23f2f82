package channel

import (
	"bytes"
	"context"
	"fmt"

	"github.com/candela-les/candela/pay"
)

// Agree implements pay.Payer. The provider is believed nothing that this client has not signed itself: chain's total claimed ≤
// accepted ≤ signed has to hold, as x402's clients want it.
func (p *Payer) Agree(ctx context.Context, id pay.Hash, opening []byte, s pay.Standing) error {
	o, err := p.own(id, opening, s)
	if err != nil {
		return err
	}
	last, err := p.ownLast(id, s)
	if err != nil {
		return err
	}
	now, _, err := p.pair(ctx, id)
	if err != nil {
		return err
	}
	switch {
	case last.Cumulative.Cmp(s.Cumulative) < 0:
		return pay.Refuse(pay.Contradicts, "%s are said to be accepted over channel %x, and the promise shown for it comes to %s", s.Cumulative, id, last.Cumulative)
	case now.sure.claimed.Cmp(s.Cumulative) > 0:
		return pay.Refuse(pay.Contradicts, "%s were collected from channel %x, and only %s are said to be accepted", now.sure.claimed, id, s.Cumulative)
	}
	refund, err := p.refundIn(&o.Config, id, s.State)
	if err != nil {
		return err
	}
	if err := p.known(ctx, id, o, now); err != nil {
		return err
	}
	return p.notes.Change(ctx, id, func(n *noted) error {
		if s.Cumulative.Cmp(n.Accepted) < 0 {
			return pay.Refuse(pay.Contradicts, "%s were accepted over channel %x before, and now only %s", n.Accepted, id, s.Cumulative)
		}
		n.Accepted = s.Cumulative
		if last.Cumulative.Cmp(n.Promised) > 0 { // the notes were lost, or are old
			n.Promised, n.Promise = last.Cumulative, s.Last
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

// ownLast decodes the promise that a provider shows as this client's last one. It is zero if the provider shows none.
func (p *Payer) ownLast(id pay.Hash, s pay.Standing) (Promise, error) {
	if len(s.Last) == 0 {
		return Promise{}, nil
	}
	last, err := DecodePromise(s.Last)
	if err != nil {
		return Promise{}, pay.Refuse(pay.Malformed, "%v", err)
	}
	by, err := last.Signature.Recover(p.types.Voucher(id, last.Cumulative))
	if err != nil || by != pay.Address(p.cfg.Session.Address()) {
		return Promise{}, pay.Refuse(pay.Contradicts, "the promise of %s over channel %x that is shown is not signed by this client", last.Cumulative, id)
	}
	return last, nil
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
