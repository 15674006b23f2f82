package cheque

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/ethereum/go-ethereum/common"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/eip712"
	"github.com/candela-les/candela/pay/watch"
	"github.com/candela-les/candela/unit"
)

// gasEach is what cashing a cheque costs, in gas: each is a transaction of its own.
const gasEach = 110_000

// Gas implements pay.Collectable.
func (p *Provider) Gas(ctx context.Context) (once, each unit.Amount, err error) {
	return pay.GasOf(ctx, p.cfg.GasCost, 0, gasEach)
}

// Look implements pay.Collectable. A chequebook at which this process has not looked yet is read.
func (p *Provider) Look(ctx context.Context, e pay.Entry) (pay.OnChain, error) {
	c, _, err := p.entered(e)
	if err != nil {
		return pay.OnChain{}, pay.Refuse(pay.Malformed, "%v", err)
	}
	now, err := p.seen.Get(ctx, c.opening.Book)
	if err != nil {
		return pay.OnChain{}, err
	}
	on := pay.OnChain{Collected: now.sure.paid, Cover: now.locked(), Most: now.deposit(), ClosingS: now.endsS()}
	if e.Keep().Cmp(on.Most) > 0 { // some of it is on credit
		there, err := p.there(ctx, c)
		if err != nil {
			return pay.OnChain{}, err
		}
		on.Most = now.head.paid.Plus(there)
	}
	return on, nil
}

// there is what a chequebook could pay us now: what is set aside for us, and what is in it for anybody, which no log tells of.
func (p *Provider) there(ctx context.Context, c *Channel) (unit.Amount, error) {
	v := p.seen.View()
	n, err := ask(ctx, p.contract, v.Head.Hash, c.opening.Book,
		p.contract.book.PackLiquidBalanceFor(common.Address(c.opening.Beneficiary)), p.contract.book.UnpackLiquidBalanceFor)
	if err != nil {
		return unit.Amount{}, err
	}
	return unit.NearestAmount(n), nil
}

// entered makes a channel and its last promise of what the ledger has of it.
func (p *Provider) entered(e pay.Entry) (*Channel, Promise, error) {
	kept, err := DecodeEvidence(e.Evidence)
	if err != nil {
		return nil, Promise{}, err
	}
	c, err := p.channel(e.Client, e.Evidence[:openingSize])
	switch {
	case err != nil:
		return nil, Promise{}, err
	case c.id != e.ID:
		return nil, Promise{}, fmt.Errorf("the evidence is of channel %x", c.id)
	}
	return c, kept.Promise, nil
}

// errNoSender says that this process cannot send transactions.
var errNoSender = errors.New("cheques are not collected here: no key to pay for gas with is configured")

// Collect implements pay.Collectable. A cheque is cashed as a whole, whatever part of it is ordered: nothing of it was given back, for
// that cannot be done.
func (p *Provider) Collect(ctx context.Context, orders []pay.Order) error {
	if p.cfg.Sender == nil {
		return errNoSender
	}
	if err := p.cashing.Acquire(ctx, 1); err != nil {
		return err
	}
	defer p.cashing.Release(1)
	// What is cashed now is what the chain does not have yet; and when all is done, what it has then is known.
	if _, err := p.cfg.Watcher.Look(ctx); err != nil {
		return err
	}
	var all sync.WaitGroup
	errs := make([]error, len(orders))
	begun := map[pay.Hash]bool{}
	for i, o := range orders {
		if begun[o.ID] {
			continue
		}
		c, promise, err := p.ordered(o)
		if err != nil {
			errs[i] = fmt.Errorf("channel %x: %w", o.ID, err)
			continue
		}
		begun[o.ID] = true
		all.Go(func() {
			if err := p.cash(ctx, c, promise); err != nil {
				errs[i] = fmt.Errorf("channel %x: %w", o.ID, err)
			}
		})
	}
	all.Wait()
	return errors.Join(errs...)
}

// ordered makes a channel and a promise of an order, if it can be carried out.
func (p *Provider) ordered(o pay.Order) (*Channel, Promise, error) {
	c, promise, err := p.entered(o.Entry)
	switch {
	case err != nil:
		return nil, promise, err
	case o.Total.Cmp(promise.Cumulative) > 0:
		return nil, promise, fmt.Errorf("%s were ordered, and %s are promised", o.Total, promise.Cumulative)
	}
	_, err = c.Verify(promise.Encode())
	return c, promise, err
}

// cash has a cheque cashed, if it is not, and waits for that. If a transaction of the channel is on its way, it waits for that before it sends another.
func (p *Provider) cash(ctx context.Context, c *Channel, promise Promise) error {
	cashing := watch.Sequence{By: p.cfg.Sender, Kind: fmt.Sprintf("%s/%x/cash", Method, c.id)}
	waited, err := cashing.Wait(ctx)
	if err != nil && !watch.IsOver(err) {
		return err
	}
	if waited {
		if _, err := p.cfg.Watcher.Look(ctx); err != nil {
			return err
		}
	}
	now, err := p.seen.Get(ctx, c.opening.Book)
	switch {
	case err != nil:
		return err
	case now.sure.paid.Cmp(promise.Cumulative) >= 0:
		return nil
	case now.head.paid.Cmp(promise.Cumulative) >= 0:
		return nil // somebody else has cashed it; it is not sure yet
	}
	if err := p.worth(ctx, c, promise, now); err != nil {
		return err
	}
	failed := cashing.Do(ctx, func(context.Context) (watch.Call, error) { return p.cashCall(c, promise) })
	if _, err := p.cfg.Watcher.Look(ctx); err != nil {
		return errors.Join(failed, err)
	}
	return errors.Join(failed, p.short(ctx, c, promise, failed))
}

// worth is nil if cashing a cheque now would pay more than its gas. An issuer that promises more than it has, and pays it in by drops,
// cannot have its beneficiary pay for gas again and again.
func (p *Provider) worth(ctx context.Context, c *Channel, promise Promise, now *pair) error {
	_, gas, err := p.Gas(ctx)
	if err != nil {
		return err
	}
	there, err := p.there(ctx, c)
	if err != nil {
		return err
	}
	due := promise.Cumulative.Minus(now.head.paid)
	if pays := due.Min(there); pays.Cmp(gas) <= 0 {
		return fmt.Errorf("of %s that are due the chequebook could pay %s, and gas costs %s", due, pays, gas)
	}
	return nil
}

// short is an error if a cheque was cashed and less was there than it is worth.
func (p *Provider) short(ctx context.Context, c *Channel, promise Promise, failed error) error {
	if failed != nil {
		return nil
	}
	now, err := p.seen.Get(ctx, c.opening.Book)
	if err == nil && now.sure.paid.Cmp(promise.Cumulative) < 0 {
		err = fmt.Errorf("the cheque is over %s, and has bounced: %s is all that was paid", promise.Cumulative, now.sure.paid)
	}
	return err
}

// isReverted reports whether a contract has not done what was asked of it.
func isReverted(err error) bool {
	_, reverted := errors.AsType[*watch.RevertError](err)
	return reverted
}

// cashCall is a call of the chequebook that cashes a cheque for the recipient. Who is not the beneficiary itself needs its signature,
// which gives it no fee.
func (p *Provider) cashCall(c *Channel, promise Promise) (watch.Call, error) {
	book, sender := p.contract.book, pay.Address(p.cfg.Sender.Address())
	to, total := common.Address(c.opening.Book), promise.Cumulative.Big()
	if sender == c.opening.Beneficiary {
		return watch.Call{To: &to, Data: book.PackCashChequeBeneficiary(common.Address(p.cfg.Recipient), total, promise.Signature[:])}, nil
	}
	signature, err := eip712.Sign(p.cfg.Beneficiary, p.types.Cashout(&Cashout{
		Book: c.opening.Book, Sender: sender, Payout: promise.Cumulative, Recipient: p.cfg.Recipient,
	}))
	if err != nil {
		return watch.Call{}, err
	}
	return watch.Call{To: &to, Data: book.PackCashCheque(common.Address(c.opening.Beneficiary), common.Address(p.cfg.Recipient),
		total, signature[:], number(0), promise.Signature[:])}, nil
}
