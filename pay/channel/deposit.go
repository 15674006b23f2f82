package channel

import (
	"context"
	"errors"
	"fmt"

	"github.com/ethereum/go-ethereum/common"

	"github.com/candela-les/candela/contracts/bind"
	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/eip712"
	"github.com/candela-les/candela/pay/watch"
	"github.com/candela-les/candela/unit"
)

// Increase implements pay.Payer.
//
// A deposit is noted before it is signed, with what was locked before it, which is the salt of its authorization. The token
// takes an authorization once: so even two deposits that know nothing of each other, because the notes were lost between them,
// do not both lock the same.
func (p *Payer) Increase(ctx context.Context, id pay.Hash, total unit.Amount) error {
	release, err := p.turns.Take(ctx, id)
	if err != nil {
		return err
	}
	defer release()
	for {
		viewed := p.cfg.Watcher.Next()
		now, v, err := p.pair(ctx, id)
		if err != nil {
			return err
		}
		n, err := p.toDeposit(ctx, id, total, now, v)
		switch {
		case err != nil:
			return err
		case n.Depositing != nil:
			if err := p.deposit(ctx, n); err != nil {
				if err := p.undone(ctx, n, err); err != nil {
					return err
				}
			}
		case now.balance().Cmp(total) >= 0:
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

// toDeposit notes what is confirmed, and what is to be deposited if that is less than total.
func (p *Payer) toDeposit(ctx context.Context, id pay.Hash, total unit.Amount, now *pair, v watch.View) (n *noted, err error) {
	err = p.notes.Change(ctx, id, func(d *noted) error {
		n = d
		if n.Closing || n.Closed {
			return pay.Refuse(pay.Closing, "channel %x is being closed", id)
		}
		begin := n.Depositing == nil && now.head.balance.Cmp(total) < 0
		if !begin && n.Deposit == now.balance() {
			return pay.ErrSame
		}
		n.Deposit = now.balance()
		if begin {
			n.Depositing = &deposit{From: now.head.balance, To: total, ValidBeforeS: v.Head.TimeS + uint64(p.cfg.Valid.Seconds())}
		}
		return nil
	})
	return n, err
}

// undone is the error of a deposit that was not made: a *pay.Refusal if the contract has refused it, so that it never will be. It is nil if
// something else was locked meanwhile, so that it may be in the chain already.
func (p *Payer) undone(ctx context.Context, n *noted, failed error) error {
	if !watch.IsOver(failed) {
		return failed
	}
	if _, err := p.cfg.Watcher.Look(ctx); err != nil {
		return failed
	}
	now, v, err := p.pair(ctx, n.ID)
	if err != nil {
		return failed
	}
	if now.head.balance != n.Depositing.From {
		return nil
	}
	if !isReverted(failed) {
		return failed // what was signed may be in the chain yet
	}
	erc := bind.NewTestToken()
	has, err := watch.Read(ctx, p.cfg.Reader, v.Head.Hash, common.Address(n.config.Token), erc.PackBalanceOf(common.Address(n.config.Payer)), erc.UnpackBalanceOf)
	if err != nil {
		return failed
	}
	refused := &pay.Refusal{Reason: pay.Uncovered, Most: now.head.balance.Plus(unit.NearestAmount(has)), Text: fmt.Sprintf(
		"channel %x is to hold %s, holds %s, and %x has %v", n.ID, n.Depositing.To, now.head.balance, n.config.Payer, has)}
	return fmt.Errorf("%w: %w", refused, failed)
}

// depositName is the name of the deposit that is noted.
func (n *noted) depositName() string {
	return n.transaction(fmt.Sprintf("deposit/%d", n.Deposits))
}

// deposit has the deposit mined that is noted.
func (p *Payer) deposit(ctx context.Context, n *noted) error {
	_, failed := p.cfg.Sender.Do(ctx, n.depositName(), func(ctx context.Context) (watch.Call, error) { return p.depositCall(ctx, n) })
	if failed != nil && !watch.IsOver(failed) {
		return failed
	}
	err := p.notes.Change(ctx, n.ID, func(n *noted) error {
		n.Deposits, n.Depositing = n.Deposits+1, nil
		return nil
	})
	return errors.Join(failed, err)
}

// depositCall signs the deposit that is noted.
func (p *Payer) depositCall(ctx context.Context, n *noted) (watch.Call, error) {
	domain, err := p.domain(ctx, n.config.Token)
	if err != nil {
		return watch.Call{}, err
	}
	d := Deposit{
		ChannelID: n.ID, Payer: n.config.Payer, Amount: n.Depositing.To.Minus(n.Depositing.From),
		ValidBeforeS: n.Depositing.ValidBeforeS, Salt: eip712.OfAmount(n.Depositing.From),
	}
	signature, err := eip712.Sign(p.cfg.Funds, p.types.Authorization(domain, &d))
	if err != nil {
		return watch.Call{}, err
	}
	return p.call(p.contract.PackDeposit(n.config.bound(), d.Amount.Big(), common.Address(Collector), d.CollectorData(&signature))), nil
}

func (p *Payer) call(data []byte) watch.Call {
	to := common.Address(Settlement)
	return watch.Call{To: &to, Data: data}
}

// domain asks a token for the domain that its authorizations are signed in.
//
// It is not checked, and need not be: an authorization is made out to the collector, which takes it only for the channel that
// its nonce names, and a channel is of one token. In another token's domain it is worth nothing to anybody.
func (p *Payer) domain(ctx context.Context, token pay.Address) (eip712.Domain, error) {
	p.mu.Lock()
	d, ok := p.mu.domains[token]
	p.mu.Unlock()
	if ok {
		return d, nil
	}
	v, err := p.cfg.Watcher.Latest(ctx)
	if err != nil {
		return d, err
	}
	erc := bind.NewTestToken()
	separator, err := watch.Read(ctx, p.cfg.Reader, v.Head.Hash, common.Address(token), erc.PackDOMAINSEPARATOR(), erc.UnpackDOMAINSEPARATOR)
	if err != nil {
		return d, fmt.Errorf("the domain for signed transfers (ERC-3009): %w", err)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.mu.domains[token] = separator
	return separator, nil
}
