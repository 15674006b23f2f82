package channel

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/ethereum/go-ethereum/common"

	"github.com/candela-les/candela/contracts/bind"
	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/eip712"
	"github.com/candela-les/candela/pay/watch"
	"github.com/candela-les/candela/unit"
)

// What claiming costs, in gas: for a transaction that claims and pays out, and for each claim in it.
const (
	gasOnce = 88_000
	gasEach = 30_000
)

// Gas implements pay.Collectable.
func (p *Provider) Gas(ctx context.Context) (once, each unit.Amount, err error) {
	return pay.GasOf(ctx, p.cfg.GasCost, gasOnce, gasEach)
}

// Look implements pay.Collectable. A channel at which this process has not looked yet is read.
func (p *Provider) Look(ctx context.Context, e pay.Entry) (pay.OnChain, error) {
	evidence, err := DecodeEvidence(e.Evidence)
	if err != nil {
		return pay.OnChain{}, pay.Refuse(pay.Malformed, "%v", err)
	}
	now, err := p.seen.Get(ctx, e.ID)
	if err != nil {
		return pay.OnChain{}, err
	}
	return pay.OnChain{
		Collected: now.sure.claimed, Cover: now.collectible(), Most: now.head.balance, ClosingS: now.endsS(evidence.Opening.Config.WithdrawDelayS),
	}, nil
}

// errNoSender says that this process cannot send transactions.
var errNoSender = errors.New("channels are not collected here: no key to pay for gas with is configured")

// Collect implements pay.Collectable.
func (p *Provider) Collect(ctx context.Context, orders []pay.Order) error {
	if p.cfg.Sender == nil {
		return errNoSender
	}
	if err := p.claiming.Acquire(ctx, 1); err != nil {
		return err
	}
	defer p.claiming.Release(1)
	if _, err := p.claims.Wait(ctx); err != nil && !watch.IsOver(err) {
		return err
	}
	// What is claimed now is what the chain does not have yet; and when all is done, what it has then is known.
	if _, err := p.cfg.Watcher.Look(ctx); err != nil {
		return err
	}
	var claims []claim
	var errs []error
	for _, o := range orders {
		c, due, err := p.claimOf(ctx, o)
		if err != nil {
			errs = append(errs, fmt.Errorf("channel %x: %w", o.ID, err))
		}
		if due {
			claims = append(claims, c)
		}
	}
	if len(claims) == 0 {
		return errors.Join(errs...)
	}
	errs = append(errs, p.claim(ctx, claims))
	_, err := p.cfg.Watcher.Look(ctx)
	return errors.Join(append(errs, err)...)
}

// claim is what is taken of a promise.
type claim struct {
	id       pay.Hash
	evidence Evidence
	total    unit.Amount
}

// claimOf makes a claim of an order. due is false if there is nothing to be claimed, or not any more; an error says
// what of the order cannot be.
func (p *Provider) claimOf(ctx context.Context, o pay.Order) (c claim, due bool, err error) {
	e, err := DecodeEvidence(o.Evidence)
	if err != nil {
		return claim{}, false, err
	}
	own, err := p.channel(o.Client, o.Evidence[:openingSize])
	switch {
	case err != nil:
		return claim{}, false, err
	case own.id != o.ID:
		return claim{}, false, fmt.Errorf("the evidence is of channel %x", own.id)
	case o.Total.Cmp(e.Promise.Cumulative) > 0:
		return claim{}, false, fmt.Errorf("%s were ordered, and %s are promised", o.Total, e.Promise.Cumulative)
	}
	now, err := p.seen.Get(ctx, o.ID)
	if err != nil {
		return claim{}, false, err
	}
	c = claim{id: o.ID, evidence: e, total: o.Total.Min(now.head.balance)}
	if c.total.Cmp(o.Total) < 0 {
		err = fmt.Errorf("%s were ordered, and the chain has no more than %s", o.Total, c.total)
	}
	return c, c.total.Cmp(now.head.claimed) > 0, err
}

// claim has claims mined, and paid out to the receiver. If the contract refuses them together it tries without paying out, which is the
// token's business and may fail by its will, and then by halves, so that one that cannot be claimed does not hold up the others.
func (p *Provider) claim(ctx context.Context, claims []claim) error {
	to := receivers(claims)
	err := p.send(ctx, claims, to)
	if !isReverted(err) {
		return err
	}
	claimed, errs := p.claimOnly(ctx, claims)
	if claimed > 0 && ctx.Err() == nil {
		errs = append(errs, p.send(ctx, nil, to))
	}
	return errors.Join(errs...)
}

// receivers are who is paid by claims: who is now, and who was when older channels were opened.
func receivers(claims []claim) (all []pay.Address) {
	for _, c := range claims {
		if r := c.evidence.Opening.Config.Receiver; !slices.Contains(all, r) {
			all = append(all, r)
		}
	}
	return all
}

// claimOnly claims without paying out. It returns how many claims were mined, and what is wrong with the others.
func (p *Provider) claimOnly(ctx context.Context, claims []claim) (int, []error) {
	err := p.send(ctx, claims, nil)
	switch {
	case err == nil:
		return len(claims), nil
	case !isReverted(err) || ctx.Err() != nil:
		return 0, []error{err}
	case len(claims) == 1:
		return 0, []error{fmt.Errorf("channel %x: %w", claims[0].id, err)}
	}
	half := len(claims) / 2
	first, wrong := p.claimOnly(ctx, claims[:half])
	second, wrong2 := p.claimOnly(ctx, claims[half:])
	return first + second, append(wrong, wrong2...)
}

func isReverted(err error) bool {
	_, reverted := errors.AsType[*watch.RevertError](err)
	return reverted
}

// send has one transaction mined.
func (p *Provider) send(ctx context.Context, claims []claim, to []pay.Address) error {
	return p.claims.Do(ctx, func(context.Context) (watch.Call, error) {
		data, err := p.call(claims, to)
		at := common.Address(Settlement)
		return watch.Call{To: &at, Data: data}, err
	})
}

// call is a call of the contract that claims, and pays out to whom that is wanted.
func (p *Provider) call(claims []claim, to []pay.Address) ([]byte, error) {
	var calls [][]byte
	contract := p.contract
	if len(claims) > 0 {
		bound := make([]bind.VoucherClaim, len(claims))
		entries := make([]ClaimEntry, len(claims))
		for i, c := range claims {
			bound[i], entries[i] = c.bound(), ClaimEntry{c.id, c.evidence.Promise.Cumulative, c.total}
		}
		data := contract.PackClaim(bound)
		mayClaim := func(c claim) bool {
			sender, config := pay.Address(p.cfg.Sender.Address()), &c.evidence.Opening.Config
			return sender == config.Receiver || sender == config.ReceiverAuthorizer
		}
		if slices.ContainsFunc(claims, func(c claim) bool { return !mayClaim(c) }) {
			signature, err := eip712.Sign(p.cfg.Authorizer, p.types.ClaimBatch(entries))
			if err != nil {
				return nil, err
			}
			data = contract.PackClaimWithSignature(bound, signature[:])
		}
		calls = append(calls, data)
	}
	for _, receiver := range to {
		calls = append(calls, contract.PackSettle(common.Address(receiver), common.Address(p.cfg.Asset.Token)))
	}
	return contract.PackMulticall(calls), nil
}

// bound returns a claim as the contract's binding has it.
func (c *claim) bound() bind.VoucherClaim {
	return bind.VoucherClaim{
		Voucher: bind.Voucher{
			Channel: c.evidence.Opening.Config.bound(), MaxClaimableAmount: c.evidence.Promise.Cumulative.Big(),
		},
		Signature: c.evidence.Promise.Signature[:], TotalClaimed: c.total.Big(),
	}
}
