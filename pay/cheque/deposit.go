package cheque

import (
	"context"
	"fmt"

	"github.com/ethereum/go-ethereum/common"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/unit"
)

// Increase implements pay.Payer.
//
// What is to be set aside is noted before it is transferred. The names of both transactions say from what to what amount they lead: so when
// notes were lost between them, the same is not transferred twice.
func (p *Payer) Increase(ctx context.Context, id pay.Hash, total unit.Amount) error {
	release, err := take(ctx, p.lock(id).chain)
	if err != nil {
		return err
	}
	defer release()
	for {
		viewed := p.nextView()
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
	err = p.change(ctx, id, func(d *noted) (err error) {
		n = d
		if n.Closing || n.Closed {
			return pay.Refuse(pay.Closing, "channel %x is being closed", id)
		}
		if now, _, err = p.pair(ctx, &n.opening); err != nil {
			return err
		}
		begin := n.Depositing == nil && now.head.locked().Cmp(total) < 0
		if !begin && n.Deposit == now.locked() {
			return errSame
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
	amount := n.Depositing.To.Minus(n.Depositing.From)
	if !amount.IsZero() {
		token, err := p.token(ctx, &n.opening)
		if err != nil {
			return err
		}
		data := p.contract.token.PackTransfer(common.Address(n.opening.Book), amount.Big())
		if err := p.once(ctx, p.cfg.Funds, n.depositName("transfer"), callOf(token, data)); err != nil {
			return err
		}
	}
	data := p.contract.book.PackIncreaseHardDeposit(common.Address(n.opening.Beneficiary), amount.Big())
	if err := p.issue(ctx, n.depositName("set aside"), n.opening.Book, data); err != nil {
		return err
	}
	return p.change(ctx, n.ID, func(n *noted) error {
		n.Deposits, n.Depositing = n.Deposits+1, nil
		return nil
	})
}

// token returns what a chequebook is of.
func (p *Payer) token(ctx context.Context, o *Opening) (pay.Address, error) {
	v, err := p.view(ctx)
	if err != nil {
		return pay.Address{}, err
	}
	token, err := ask(ctx, p.contract, v.Head.Hash, o.Book, p.contract.book.PackToken(), p.contract.book.UnpackToken)
	return pay.Address(token), err
}
