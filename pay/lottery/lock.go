package lottery

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"github.com/ethereum/go-ethereum/common"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/watch"
	"github.com/candela-les/candela/unit"
)

// Increase implements pay.Payer. What is locked is noted before it is, and each lock has a name of its own.
func (p *Payer) Increase(ctx context.Context, id pay.Hash, total unit.Amount) error {
	if err := p.turn.Acquire(ctx, 1); err != nil {
		return err
	}
	defer p.turn.Release(1)
	if n, err := p.notes.Load(ctx, id); err != nil {
		return err
	} else if n.Open {
		return p.allot(ctx, id, total)
	}
	for {
		n, err := p.toLock(ctx, id, total)
		if err != nil || n.Locking.IsZero() {
			return err
		}
		if err := p.lock(ctx, n); err != nil {
			return err
		}
	}
}

// toLock notes what is to be locked, if that is anything.
func (p *Payer) toLock(ctx context.Context, id pay.Hash, total unit.Amount) (n *noted, err error) {
	if n, err = p.notes.Load(ctx, id); err != nil {
		return nil, err
	}
	if begins, err := n.begins(total); err != nil || !begins {
		return n, err
	}
	now, err := p.read(ctx, n)
	if err != nil {
		return nil, err
	}
	err = p.notes.Change(ctx, id, func(d *noted) error {
		n = d
		if begins, err := n.begins(total); err != nil || !begins {
			return cmp.Or(err, pay.ErrSame)
		}
		n.seen(now)
		n.Locking, n.From = total.Minus(n.Deposit), n.ever(now).Max(n.Locked)
		return nil
	})
	return n, err
}

// begins reports whether something is to be locked now, and nothing is yet.
func (n *noted) begins(total unit.Amount) (bool, error) {
	switch {
	case n.Closing || n.Closed:
		return false, pay.Refuse(pay.Closing, "channel %x is being closed", n.ID)
	case !n.Locking.IsZero() || n.Deposit.Cmp(total) >= 0:
		return false, nil
	}
	if face, left := n.face(), n.left(); left.Plus(total.Minus(n.Deposit)).Cmp(face) < 0 {
		return false, &pay.Refusal{
			Reason: pay.TooSmall, Most: face.Minus(left),
			Text: fmt.Sprintf("a winner of channel %x gets %s, so a lock of less is of no use", n.ID, face),
		}
	}
	return true, nil
}

// ever is what was ever locked, by what the chain says and of which seen has taken note.
func (n *noted) ever(now *pair) unit.Amount { return now.sure.lock.amount.Plus(n.Drawn) }

// lock has the lock mined that is noted, or gives it up: if there are not as many tokens that is so before anything is spent on gas.
func (p *Payer) lock(ctx context.Context, n *noted) error {
	o, c := &n.opening, newContract(n.opening.Contract, p.cfg.Reader)
	_, begun, err := p.cfg.Sender.Known(ctx, n.lockName())
	if err != nil {
		return err
	}
	var failed error
	if !begun {
		failed = p.allow(ctx, n, c)
	}
	if failed == nil {
		failed = p.do(ctx, n.lockName(), c.call(c.PackLockFor(
			common.Address(o.Token), common.Address(o.Funder), common.Address(o.Payer), common.Address(o.Payee), n.Locking.Big())))
		if reverted, ok := errors.AsType[*watch.RevertError](failed); ok {
			failed = p.poor(ctx, n, c, reverted)
		} else if displaced, ok := errors.AsType[*watch.DisplacedError](failed); ok {
			failed = p.mined(ctx, n, displaced)
		}
	}
	return p.locked(ctx, n, failed)
}

// locked notes that the lock that is noted is over, unless it failed and may still be mined.
func (p *Payer) locked(ctx context.Context, n *noted, failed error) error {
	var refused *pay.Refusal
	if failed != nil && !watch.IsOver(failed) && !errors.As(failed, &refused) {
		return failed
	}
	_, begun, err := p.cfg.Sender.Known(ctx, n.lockName())
	if err != nil {
		return errors.Join(failed, err)
	}
	return errors.Join(failed, p.notes.Change(ctx, n.ID, func(n *noted) error {
		if failed == nil {
			n.Locked = n.Locked.Plus(n.Locking)
		}
		n.giveUp()
		if begun { // so that no number is left out, and who loses its notes finds the next one
			n.Locks++
		}
		return nil
	}))
}

func (n *noted) giveUp() { n.Locking, n.From = unit.Amount{}, unit.Amount{} }

// mined is nil if a lock that is taken for displaced is in the chain: a provider may not have known it. Its nonce is used up for sure, so if it was used
// by the lock then what was locked for sure has become more by that. It is the error if not, and another one if that is not known.
func (p *Payer) mined(ctx context.Context, n *noted, displaced error) error {
	if _, err := p.cfg.Watcher.Look(ctx); err != nil {
		return err
	}
	now, err := p.read(ctx, n)
	if err != nil {
		return err
	}
	return p.notes.Change(ctx, n.ID, func(n *noted) error {
		if n.seen(now); n.ever(now).Cmp(n.From.Plus(n.Locking)) < 0 {
			return displaced
		}
		return nil
	})
}

// endLock ends the lock that is noted, of a channel that is being closed: one that is not on its way is given up.
func (p *Payer) endLock(ctx context.Context, n *noted) error {
	_, begun, err := p.cfg.Sender.Known(ctx, n.lockName())
	if err != nil {
		return err
	}
	if !begun {
		return p.notes.Change(ctx, n.ID, func(n *noted) error {
			n.giveUp()
			return nil
		})
	}
	var refused *pay.Refusal
	if err := p.lock(ctx, n); err != nil && !watch.IsOver(err) && !errors.As(err, &refused) {
		return err
	}
	return nil
}

// allow makes sure that there is what is to be locked, and that the contract may take it.
func (p *Payer) allow(ctx context.Context, n *noted, c *contract) error {
	has, allowed, err := p.tokens(ctx, n, c)
	switch {
	case err != nil:
		return err
	case has.Cmp(n.Locking) < 0:
		return n.uncovered(has)
	}
	return p.allowed(ctx, n, c, allowed, n.Locking)
}

// tokens is what the funds have, and what of that the contract may take, at the newest block.
func (p *Payer) tokens(ctx context.Context, n *noted, c *contract) (has, allowed unit.Amount, err error) {
	v, err := p.cfg.Watcher.Look(ctx)
	if err != nil {
		return has, allowed, err
	}
	token, funds := common.Address(n.opening.Token), common.Address(n.opening.Funder)
	if has, err = c.balance(ctx, v.Head.Hash, token, funds); err != nil {
		return has, allowed, err
	}
	allowed, err = c.allowance(ctx, v.Head.Hash, token, funds)
	return has, allowed, err
}

// poor is the error of a lock that was reverted: that there are too few tokens. What may be the reason beside that is in it, too.
func (p *Payer) poor(ctx context.Context, n *noted, c *contract, failed error) error {
	has, _, err := p.tokens(ctx, n, c)
	if err != nil {
		return errors.Join(failed, err)
	}
	return fmt.Errorf("%w: %w", n.uncovered(has), failed)
}

// uncovered says that the funds have less than is to be locked.
func (n *noted) uncovered(has unit.Amount) error {
	return &pay.Refusal{
		Reason: pay.Uncovered, Most: n.Deposit.Plus(has),
		Text: fmt.Sprintf("channel %x is to have %s more locked, and %x has %s", n.ID, n.Locking, n.opening.Funder, has),
	}
}

// lockName is that of the lock that is noted, or will be next.
func (n *noted) lockName() string { return n.lockNumber(n.Locks) }

func (n *noted) lockNumber(number uint64) string {
	return fmt.Sprintf("%s/%x/lock/%d", Method, n.ID, number)
}

func (p *Payer) do(ctx context.Context, name string, call watch.Call) error {
	_, err := p.cfg.Sender.Do(ctx, name, func(context.Context) (watch.Call, error) { return call, nil })
	return err
}

// doNext has a transaction mined that may be needed again: what it does is seen on the chain. One that waits is not sent twice.
func (p *Payer) doNext(ctx context.Context, n *noted, what string, call watch.Call) error {
	s := watch.Sequence{By: p.cfg.Sender, Kind: fmt.Sprintf("%s/%x/%s", Method, n.ID, what)}
	if waited, err := s.Wait(ctx); waited || err != nil {
		return err
	}
	return s.Do(ctx, func(context.Context) (watch.Call, error) { return call, nil })
}

// locks is the number of the lock that waits, or that will be the next one, for who has lost its notes. Of all others that is noted.
func (p *Payer) locks(ctx context.Context, n *noted) (uint64, error) {
	for number := uint64(0); ; number++ {
		state, begun, err := p.cfg.Sender.Known(ctx, n.lockNumber(number))
		if err != nil || !begun || state == watch.Waiting {
			return number, err
		}
	}
}
