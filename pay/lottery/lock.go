package lottery

import (
	"context"
	"errors"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum/common"

	"github.com/candela-les/candela/contracts/bind"
	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/watch"
	"github.com/candela-les/candela/unit"
)

// Increase implements pay.Payer. What is locked is noted before it is, and each lock has a name of its own.
func (p *Payer) Increase(ctx context.Context, id pay.Hash, total unit.Amount) error {
	release, err := p.take(ctx)
	if err != nil {
		return err
	}
	defer release()
	for {
		var n *noted
		err := p.change(ctx, id, func(d *noted) error {
			n = d
			switch {
			case n.Closing || n.Closed:
				return pay.Refuse(pay.Closing, "channel %x is being closed", id)
			case !n.Locking.IsZero() || n.Deposit.Cmp(total) >= 0:
				return errSame
			}
			n.Locking = total.Minus(n.Deposit)
			if face := n.face(); n.left().Plus(n.Locking).Cmp(face) < 0 {
				return &pay.Refusal{
					Reason: pay.TooSmall, Most: face.Minus(n.left()),
					Text: fmt.Sprintf("a winner of channel %x gets %s, so a lock of less is of no use", id, face),
				}
			}
			return nil
		})
		if err != nil || n.Locking.IsZero() {
			return err
		}
		if err := p.lock(ctx, n); err != nil {
			return err
		}
	}
}

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
		}
	}
	return p.locked(ctx, n, failed)
}

// locked notes that the lock that is noted is over, unless it failed and may still be mined.
func (p *Payer) locked(ctx context.Context, n *noted, failed error) error {
	var refused *pay.Refusal
	if failed != nil && !isOver(failed) && !errors.As(failed, &refused) {
		return failed
	}
	return errors.Join(failed, p.change(ctx, n.ID, func(n *noted) error {
		if failed == nil {
			n.Locked = n.Locked.Plus(n.Locking)
		}
		n.Locks, n.Locking = n.Locks+1, unit.Amount{}
		return nil
	}))
}

// endLock ends the lock that is noted, of a channel that is being closed: one that is not on its way is given up.
func (p *Payer) endLock(ctx context.Context, n *noted) error {
	_, begun, err := p.cfg.Sender.Known(ctx, n.lockName())
	if err != nil {
		return err
	}
	if !begun {
		return p.change(ctx, n.ID, func(n *noted) error {
			n.Locks, n.Locking = n.Locks+1, unit.Amount{}
			return nil
		})
	}
	var refused *pay.Refusal
	if err := p.lock(ctx, n); err != nil && !isOver(err) && !errors.As(err, &refused) {
		return err
	}
	return nil
}

// allow makes sure that there is what is to be locked, and that the contract may take it. The allowance lasts for several locks, so that most of them
// are one transaction. It is made of nothing always, for some tokens take no other change.
func (p *Payer) allow(ctx context.Context, n *noted, c *contract) error {
	has, allowed, err := p.tokens(ctx, n, c)
	switch {
	case err != nil:
		return err
	case has.Cmp(n.Locking) < 0:
		return n.uncovered(has)
	case allowed.Cmp(n.Locking) >= 0:
		return nil
	}
	token, erc := common.Address(n.opening.Token), bind.NewTestToken()
	if !allowed.IsZero() {
		none := watch.Call{To: &token, Data: erc.PackApprove(c.at, new(big.Int))}
		if err := p.do(ctx, n.transaction("approve none", n.Locks), none); err != nil {
			return err
		}
	}
	several := new(big.Int).Lsh(n.Locking.Big(), 3)
	return p.do(ctx, n.transaction("approve", n.Locks), watch.Call{To: &token, Data: erc.PackApprove(c.at, several)})
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

// transaction is the name of one, of which there are several.
func (n *noted) transaction(what string, number uint64) string {
	return fmt.Sprintf("%s/%x/%s/%d", Method, n.ID, what, number)
}

// lockName is that of the lock that is noted, or will be next.
func (n *noted) lockName() string { return n.transaction("lock", n.Locks) }

func (p *Payer) do(ctx context.Context, name string, call watch.Call) error {
	_, err := p.cfg.Sender.Do(ctx, name, func(context.Context) (watch.Call, error) { return call, nil })
	return err
}
