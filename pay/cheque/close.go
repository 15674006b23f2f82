package cheque

import (
	"context"
	"errors"
	"fmt"

	"github.com/ethereum/go-ethereum/common"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/watch"
	"github.com/candela-les/candela/unit"
)

// Close implements pay.Payer. From its first call on nothing is promised over the channel. It prepares a decrease of all that is set
// aside, and after the timeout carries it out, withdraws what is not set aside for anybody, and hands it to the funds.
func (p *Payer) Close(ctx context.Context, id pay.Hash, settled []byte) error {
	if len(settled) > 0 {
		return pay.Refuse(pay.Malformed, "a channel of cheques is not closed by consent")
	}
	release, err := p.turns.Take(ctx, id)
	if err != nil {
		return err
	}
	defer release()
	if err := p.noteClosing(ctx, id); err != nil {
		return err
	}
	for {
		n, err := p.notes.Load(ctx, id)
		if err != nil || n.Closed {
			return err
		}
		now, v, err := p.pair(ctx, &n.opening)
		if err != nil {
			return err
		}
		step := p.nextStep(n, now, v)
		if step == nil {
			return nil
		}
		if err := step(ctx, n); err != nil {
			return err
		}
	}
}

func (p *Payer) noteClosing(ctx context.Context, id pay.Hash) error {
	return p.notes.Change(ctx, id, func(n *noted) error {
		if n.Closing {
			return pay.ErrSame
		}
		n.Closing = true
		return nil
	})
}

// nextStep is what has to be done next to close a channel; nil if nothing can be done now.
func (p *Payer) nextStep(n *noted, now *pair, v watch.View) func(context.Context, *noted) error {
	switch {
	case n.Depositing != nil:
		return p.endDeposit
	case now.head.hard.IsZero() && now.sure.hard.IsZero():
		return func(ctx context.Context, n *noted) error { return p.withdraw(ctx, n, now) }
	case now.head.hard.IsZero(): // it was cashed or taken back, and that is not sure yet
		return nil
	case !now.head.leaving():
		return func(ctx context.Context, n *noted) error {
			data := p.contract.book.PackPrepareDecreaseHardDeposit(common.Address(n.opening.Beneficiary), now.head.hard.Big())
			return p.step(ctx, n, "prepare", data)
		}
	case v.Head.TimeS >= now.head.atS:
		return func(ctx context.Context, n *noted) error {
			return p.step(ctx, n, "decrease", p.contract.book.PackDecreaseHardDeposit(common.Address(n.opening.Beneficiary)))
		}
	}
	return nil // it waits
}

// step has a transaction of closing mined. They are counted, for each may be needed again: a cheque that is cashed in between changes
// what there is to be taken back, and what was closed may be opened again.
func (p *Payer) step(ctx context.Context, n *noted, what string, data []byte) error {
	failed := p.issue(ctx, fmt.Sprintf("%x/close/%d/%s", n.ID, n.Steps, what), n.opening.Book, data)
	if failed != nil && !watch.IsOver(failed) {
		return failed
	}
	err := p.notes.Change(ctx, n.ID, func(n *noted) error {
		n.Steps++
		return nil
	})
	if failed != nil { // the chain has moved on since it was seen
		_, look := p.cfg.Watcher.Look(ctx)
		err = errors.Join(failed, err, look)
	}
	return err
}

// endDeposit waits for a deposit that is on its way, or forgets it if it is not.
func (p *Payer) endDeposit(ctx context.Context, n *noted) error {
	transfer, err := p.tried(ctx, p.cfg.Funds, n.depositName("transfer"))
	if err != nil {
		return err
	}
	set, err := p.tried(ctx, p.cfg.Sender, n.depositName("set aside"))
	if err != nil {
		return err
	}
	if transfer.on() || set.on() {
		var refused *pay.Refusal
		if err := p.deposit(ctx, n); !errors.As(err, &refused) {
			return err
		}
		return nil
	}
	return p.notes.Change(ctx, n.ID, func(n *noted) error {
		n.Depositing = nil
		return nil
	})
}

// withdraw takes what is free out of the chequebook and hands it to the funds; if nothing is but dust, the channel is closed. The amount is noted
// first, so that both transactions are of the same.
func (p *Payer) withdraw(ctx context.Context, n *noted, now *pair) error {
	if err := p.withdrawing.Acquire(ctx, 1); err != nil {
		return err
	}
	defer p.withdrawing.Release(1)
	if n.Withdrawing.IsZero() {
		free, err := p.free(ctx, &n.opening)
		if err != nil {
			return err
		}
		if free.Cmp(p.cfg.Dust) <= 0 {
			free = unit.Amount{}
		}
		err = p.notes.Change(ctx, n.ID, func(d *noted) error {
			if d.Withdrawing, d.Closed = free, free.IsZero(); d.Closed {
				d.Deposit = now.locked() // less what was taken back
			}
			*n = *d
			return nil
		})
		if err != nil || free.IsZero() {
			return err
		}
	}
	name := fmt.Sprintf("%x/withdraw/%d/%s", n.ID, n.Withdrawals, n.Withdrawing)
	failed := p.issue(ctx, name, n.opening.Book, p.contract.book.PackWithdraw(n.Withdrawing.Big()))
	if failed == nil {
		token, err := p.token(ctx, &n.opening)
		if err != nil {
			return err
		}
		data := p.contract.token.PackTransfer(p.cfg.Funds.Address(), n.Withdrawing.Big())
		if err := p.issue(ctx, name+"/hand over", token, data); err != nil {
			return err
		}
	}
	if failed != nil && !watch.IsOver(failed) {
		return failed
	}
	return errors.Join(failed, p.notes.Change(ctx, n.ID, func(n *noted) error {
		n.Withdrawals, n.Withdrawing = n.Withdrawals+1, unit.Amount{}
		return nil
	}))
}

// free is what in a chequebook is neither set aside nor on its way to be. What is there is read before the notes: whatever was
// transferred by then was noted before.
func (p *Payer) free(ctx context.Context, o *Opening) (unit.Amount, error) {
	v, err := p.cfg.Watcher.Latest(ctx)
	if err != nil {
		return unit.Amount{}, err
	}
	free, err := p.liquid(ctx, o, v.Head)
	if err != nil || free.IsZero() {
		return unit.Amount{}, err
	}
	list, err := p.depositing(ctx, o)
	if err != nil {
		return unit.Amount{}, err
	}
	for _, n := range list {
		unset, err := p.unset(ctx, n, v.Head)
		if err != nil {
			return unit.Amount{}, err
		}
		free = free.Minus(unset)
	}
	return free, nil
}
