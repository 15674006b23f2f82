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

// Increase implements pay.Payer.
//
// What is to be set aside is noted before it is transferred. The names of both transactions say from what to what amount they lead: so when
// notes were lost between them, the same is not transferred twice.
func (p *Payer) Increase(ctx context.Context, id pay.Hash, total unit.Amount) error {
	release, err := p.turns.Take(ctx, id)
	if err != nil {
		return err
	}
	defer release()
	for {
		viewed := p.cfg.Watcher.Next()
		n, now, err := p.toDeposit(ctx, id, total)
		switch {
		case err != nil:
			return err
		case n.Depositing != nil:
			if err := p.deposit(ctx, n); err != nil {
				return err
			}
		case now.locked().Cmp(total) >= 0:
			return nil
		default: // it is in the chain, and not sure yet
			select {
			case <-viewed:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
	}
}

// toDeposit notes what is confirmed, and what is to be set aside if that is less than total. A decrease that was prepared is taken back by
// that.
func (p *Payer) toDeposit(ctx context.Context, id pay.Hash, total unit.Amount) (n *noted, now *pair, err error) {
	err = p.notes.Change(ctx, id, func(d *noted) (err error) {
		n = d
		if n.Closing || n.Closed {
			return pay.Refuse(pay.Closing, "channel %x is being closed", id)
		}
		if now, _, err = p.pair(ctx, &n.opening); err != nil {
			return err
		}
		begin := n.Depositing == nil && now.head.locked().Cmp(total) < 0
		if !begin && n.Deposit == now.locked() {
			return pay.ErrSame
		}
		if begin {
			if err := p.unowing(ctx, n); err != nil {
				return err
			}
		}
		n.Deposit = now.locked()
		if begin {
			from := now.head.deposit()
			n.Depositing = &deposit{From: from, To: from.Max(total)}
		}
		return nil
	})
	return n, now, err
}

// depositName is the name of the deposit that is noted.
func (n *noted) depositName(what string) string {
	return fmt.Sprintf("%x/deposit/%d/%s-%s/%s", n.ID, n.Deposits, n.Depositing.From, n.Depositing.To, what)
}

// deposit transfers what is noted into the chequebook, and sets it aside there.
func (p *Payer) deposit(ctx context.Context, n *noted) error {
	amount := n.Depositing.amount()
	if !amount.IsZero() {
		token, err := p.token(ctx, &n.opening)
		if err != nil {
			return err
		}
		call := callOf(token, p.contract.token.PackTransfer(common.Address(n.opening.Book), amount.Big()))
		err = p.once(ctx, p.cfg.Funds, n.depositName("transfer"), call, func(ctx context.Context) (bool, error) { return p.arrived(ctx, n) })
		if err != nil {
			return p.undone(ctx, n, token, err)
		}
	}
	data := p.contract.book.PackIncreaseHardDeposit(common.Address(n.opening.Beneficiary), amount.Big())
	if err := p.issue(ctx, n.depositName("set aside"), n.opening.Book, data); err != nil {
		return p.taken(ctx, n, err)
	}
	return p.deposited(ctx, n)
}

// deposited notes that the deposit is over.
func (p *Payer) deposited(ctx context.Context, n *noted) error {
	return p.notes.Change(ctx, n.ID, func(n *noted) error {
		n.Deposits, n.Depositing = n.Deposits+1, nil
		return nil
	})
}

// unowing is nil if an old cheque of a channel's chequebook cannot be cashed out of what would be transferred there.
func (p *Payer) unowing(ctx context.Context, n *noted) error {
	books, err := p.books(ctx)
	if err != nil {
		return err
	}
	owing, err := p.owing(ctx, books[n.opening.Book])
	if err == nil && owing {
		err = pay.Refuse(pay.Expired, "a cheque of chequebook %x to somebody else can still be cashed: open another channel", n.opening.Book)
	}
	return err
}

// taken is the error of what was transferred and could not be set aside. If it is not there, a cheque to somebody else has been cashed out of it, of a
// channel that was closed since. Then the deposit is given up, and the error is a *pay.Refusal; what is left comes back when a channel is closed.
func (p *Payer) taken(ctx context.Context, n *noted, failed error) error {
	if !isReverted(failed) {
		return failed
	}
	v, err := p.cfg.Watcher.Look(ctx)
	if err != nil {
		return errors.Join(failed, err)
	}
	free, err := p.liquid(ctx, &n.opening, v.Head)
	if err != nil || free.Cmp(n.Depositing.amount()) >= 0 {
		return errors.Join(failed, err)
	}
	if err := p.deposited(ctx, n); err != nil {
		return errors.Join(failed, err)
	}
	return fmt.Errorf("%w: %w", pay.Refuse(pay.Expired, "of %s that were to be set aside in channel %x, %s are there: a cheque to somebody else was cashed",
		n.Depositing.amount(), n.ID, free), failed)
}

// undone is the error of a transfer that was not made. If the token has refused it, and nothing was transferred before, the deposit is
// forgotten, and the error is a *pay.Refusal. The number in its name stays, so that who has lost the notes comes upon the same names.
func (p *Payer) undone(ctx context.Context, n *noted, token pay.Address, failed error) error {
	if !isReverted(failed) {
		return failed
	}
	if before, err := p.tried(ctx, p.cfg.Funds, n.depositName("transfer")); err != nil || before.on() {
		return errors.Join(failed, err)
	}
	v, err := p.cfg.Watcher.Look(ctx)
	if err != nil {
		return errors.Join(failed, err)
	}
	balance, err := ask(ctx, p.contract, v.Head.Hash, token, p.contract.token.PackBalanceOf(p.cfg.Funds.Address()), p.contract.token.UnpackBalanceOf)
	if err != nil {
		return errors.Join(failed, err)
	}
	has, now := unit.NearestAmount(balance), *n.Depositing
	if err := p.notes.Change(ctx, n.ID, func(n *noted) error {
		n.Depositing = nil
		return nil
	}); err != nil {
		return errors.Join(failed, err)
	}
	refused := &pay.Refusal{Reason: pay.Uncovered, Most: now.From.Plus(has), Text: fmt.Sprintf(
		"channel %x is to have %s set aside, has %s, and %v has %s", n.ID, now.To, now.From, p.cfg.Funds.Address(), has)}
	return fmt.Errorf("%w: %w", refused, failed)
}

// arrived reports whether what is noted is in the chequebook, though no transfer of it is known to be mined. What others have transferred
// there is not taken for it. The newest sure block tells: a nonce that is used up for sure was used up there.
func (p *Payer) arrived(ctx context.Context, n *noted) (bool, error) {
	v, err := p.cfg.Watcher.Latest(ctx)
	if err != nil {
		return false, err
	}
	free, err := p.liquid(ctx, &n.opening, v.Sure)
	if err != nil {
		return false, err
	}
	set, err := p.tried(ctx, p.cfg.Sender, n.depositName("set aside"))
	if err != nil {
		return false, err
	}
	if set.on() { // it was there
		return true, nil
	}
	others, err := p.depositing(ctx, &n.opening)
	if err != nil {
		return false, err
	}
	for _, o := range others {
		a, err := p.tried(ctx, p.cfg.Funds, o.depositName("transfer"))
		if err != nil {
			return false, err
		}
		if o.ID == n.ID || !a.begun || a.state != watch.Done {
			continue
		}
		left, err := p.unset(ctx, o, v.Sure)
		if err != nil {
			return false, err
		}
		free = free.Minus(left)
	}
	return free.Cmp(n.Depositing.amount()) >= 0, nil
}

// liquid is what was not set aside in a chequebook at a block. One that is not there has nothing.
func (p *Payer) liquid(ctx context.Context, o *Opening, at watch.Block) (unit.Amount, error) {
	liquid, err := ask(ctx, p.contract, at.Hash, o.Book, p.contract.book.PackLiquidBalance(), p.contract.book.UnpackLiquidBalance)
	if errors.Is(err, watch.ErrNoContract) {
		return unit.Amount{}, nil
	}
	if err != nil {
		return unit.Amount{}, err
	}
	return unit.NearestAmount(liquid), nil
}

// depositing are the channels of a chequebook with a deposit that is noted.
func (p *Payer) depositing(ctx context.Context, o *Opening) (list []*noted, err error) {
	books, err := p.books(ctx)
	for _, n := range books[o.Book] {
		if n.Depositing != nil {
			list = append(list, n)
		}
	}
	return list, err
}

// unset is what was not set aside at a block of the deposit that is noted.
func (p *Payer) unset(ctx context.Context, n *noted, at watch.Block) (unit.Amount, error) {
	now, err := p.contract.read(ctx, at.Hash, n.opening.Book, n.opening.Beneficiary)
	if err != nil || now.deposit().Cmp(n.Depositing.To) >= 0 {
		return unit.Amount{}, err
	}
	return n.Depositing.amount(), nil
}

// token returns what a chequebook is of.
func (p *Payer) token(ctx context.Context, o *Opening) (pay.Address, error) {
	v, err := p.cfg.Watcher.Latest(ctx)
	if err != nil {
		return pay.Address{}, err
	}
	token, err := ask(ctx, p.contract, v.Head.Hash, o.Book, p.contract.book.PackToken(), p.contract.book.UnpackToken)
	return pay.Address(token), err
}
