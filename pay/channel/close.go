package channel

import (
	"context"
	"errors"
	"fmt"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/watch"
)

// Close implements pay.Payer. From its first call on nothing is promised over the channel. By consent it is over once the refund is
// confirmed: what is left is the provider's. Without it is over when nothing is left that was not claimed.
func (p *Payer) Close(ctx context.Context, id pay.Hash, settled []byte) error {
	release, err := p.turns.Take(ctx, id)
	if err != nil {
		return err
	}
	defer release()
	if err := p.noteClosing(ctx, id, settled); err != nil {
		return err
	}
	for {
		n, err := p.notes.Load(ctx, id)
		if err != nil || n.Closed {
			return err
		}
		now, v, err := p.pair(ctx, id)
		if err != nil {
			return err
		}
		step, err := p.nextStep(n, now, v)
		switch {
		case err != nil:
			return err
		case step == nil:
			return p.endWithdrawal(ctx, n)
		}
		if err := step(ctx); err != nil {
			return err
		}
	}
}

// noteClosing notes that a channel is being closed, and with what.
func (p *Payer) noteClosing(ctx context.Context, id pay.Hash, settled []byte) error {
	n, err := p.notes.Load(ctx, id)
	if err != nil {
		return err
	}
	refund, err := p.refundIn(&n.config, id, settled)
	if err != nil {
		return err
	}
	if refund != nil {
		now, _, err := p.pair(ctx, id)
		if err != nil {
			return err
		}
		unpromised := now.collectible().Minus(n.Promised) // the refund is not of what is asked back already
		if used := now.sure.refunds > refund.Nonce; !used && refund.Amount.Cmp(unpromised) < 0 {
			return &pay.Refusal{Reason: pay.Contradicts, Most: unpromised, Text: fmt.Sprintf(
				"a refund of %s was handed out for channel %x, of which %s were never promised", refund.Amount, id, unpromised)}
		}
	}
	return p.notes.Change(ctx, id, func(n *noted) error {
		n.Closing = true
		if refund != nil {
			n.Refund = settled
		}
		return nil
	})
}

// nextStep is what has to be done next to close a channel; nil if nothing can be done now.
func (p *Payer) nextStep(n *noted, now *pair, v watch.View) (func(context.Context) error, error) {
	if n.Depositing != nil {
		return func(ctx context.Context) error { return p.endDeposit(ctx, n) }, nil
	}
	if n.Refund != nil {
		r, err := DecodeRefund(n.Refund)
		if err != nil {
			return nil, err
		}
		if r.Amount.IsZero() || now.sure.refunds > r.Nonce {
			return func(ctx context.Context) error { return p.refunded(ctx, n, now) }, nil
		}
		return func(ctx context.Context) error { return p.refund(ctx, n, r) }, nil
	}
	switch end := now.endsS(n.config.WithdrawDelayS); {
	case end == 0 && now.head.free().IsZero() && now.sure.free().IsZero():
		return func(ctx context.Context) error { return p.closed(ctx, n, now) }, nil
	case end == 0:
		return func(ctx context.Context) error {
			name, data := fmt.Sprintf("withdraw/%d", n.Withdrawals), p.contract.PackInitiateWithdraw(n.config.bound(), now.head.free().Big())
			return p.do(ctx, n, name, data, func(n *noted) { n.Withdrawals++ })
		}, nil
	case v.Head.TimeS >= end:
		return func(ctx context.Context) error {
			name, data := fmt.Sprintf("finalize/%d", n.Ends), p.contract.PackFinalizeWithdraw(n.config.bound())
			return p.do(ctx, n, name, data, func(n *noted) { n.Ends++ })
		}, nil
	}
	return nil, nil // it waits
}

// endWithdrawal waits for a withdrawal that another process has sent: the newest block may show it before it is told of, and it is part of the history.
func (p *Payer) endWithdrawal(ctx context.Context, n *noted) error {
	name := n.transaction(fmt.Sprintf("withdraw/%d", n.Withdrawals))
	_, begun, err := p.cfg.Sender.Known(ctx, name)
	if err != nil || !begun {
		return err
	}
	_, err = p.cfg.Sender.Do(ctx, name, func(context.Context) (watch.Call, error) {
		return watch.Call{}, fmt.Errorf("%s was sent, and is not known any more", name)
	})
	if err != nil && !watch.IsOver(err) {
		return err
	}
	return p.notes.Change(ctx, n.ID, func(n *noted) error {
		n.Withdrawals++
		return nil
	})
}

// transaction is the name of a transaction about a channel.
func (n *noted) transaction(name string) string { return fmt.Sprintf("%s/%x/%s", Method, n.ID, name) }

// endDeposit waits for a deposit that is on its way, or forgets it if it is not.
func (p *Payer) endDeposit(ctx context.Context, n *noted) error {
	_, begun, err := p.cfg.Sender.Known(ctx, n.depositName())
	if err != nil {
		return err
	}
	if begun {
		to := n.Depositing.To
		switch err := p.deposit(ctx, n); {
		case err == nil:
			return p.notes.Change(ctx, n.ID, func(n *noted) error {
				n.Deposit = n.Deposit.Max(to)
				return nil
			})
		case !watch.IsOver(err):
			return err
		}
		return nil
	}
	return p.notes.Change(ctx, n.ID, func(n *noted) error {
		n.Depositing = nil
		return nil
	})
}

// refund brings a refund to the chain. If the contract refuses it, it is forgotten, so that the channel can be closed without, and the
// error is a *pay.Refusal.
func (p *Payer) refund(ctx context.Context, n *noted, r Refund) error {
	data := p.contract.PackRefundWithSignature(n.config.bound(), r.Amount.Big(), number(r.Nonce), r.Signature[:])
	err := p.do(ctx, n, fmt.Sprintf("refund/%d", r.Nonce), data, func(*noted) {})
	if !watch.IsOver(err) {
		return err
	}
	forgotten := p.notes.Change(ctx, n.ID, func(n *noted) error {
		n.Refund = nil
		return nil
	})
	if forgotten != nil {
		return errors.Join(err, forgotten)
	}
	refused := pay.Refuse(pay.Contradicts, "the refund of %s with nonce %d that was handed out for channel %x is of no use", r.Amount, r.Nonce, n.ID)
	return fmt.Errorf("%w: %w", refused, err)
}

// refunded is what is to be done when a refund was used: the channel is over if it gave back all that was not promised.
func (p *Payer) refunded(ctx context.Context, n *noted, now *pair) error {
	return p.notes.Change(ctx, n.ID, func(n *noted) error {
		n.Refund, n.Deposit = nil, now.balance()
		n.Closed = now.balance().Cmp(n.Promised.Max(now.claimed())) <= 0
		return nil
	})
}

// closed notes that a channel is over, and what was locked for the provider until then.
func (p *Payer) closed(ctx context.Context, n *noted, now *pair) error {
	return p.notes.Change(ctx, n.ID, func(n *noted) error {
		n.Closed, n.Deposit = true, now.balance()
		return nil
	})
}

// do has a transaction about a channel mined, and notes it once it is over. Whether it is needed again says the chain.
func (p *Payer) do(ctx context.Context, n *noted, name string, data []byte, over func(*noted)) error {
	_, failed := p.cfg.Sender.Do(ctx, n.transaction(name), func(context.Context) (watch.Call, error) {
		call := p.call(data)
		call.Passing = true
		return call, nil
	})
	if failed != nil && !watch.IsOver(failed) {
		return failed
	}
	return errors.Join(failed, p.notes.Change(ctx, n.ID, func(n *noted) error {
		over(n)
		return nil
	}))
}
