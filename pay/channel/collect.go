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
	if p.cfg.GasCost == nil {
		return unit.Amount{}, unit.Amount{}, nil
	}
	if once, err = p.cfg.GasCost(ctx, gasOnce); err != nil {
		return unit.Amount{}, unit.Amount{}, err
	}
	each, err = p.cfg.GasCost(ctx, gasEach)
	return once, each, err
}

// Look implements pay.Collectable. A channel at which this process has not looked yet is read.
func (p *Provider) Look(ctx context.Context, e pay.Entry) (pay.OnChain, error) {
	evidence, err := DecodeEvidence(e.Evidence)
	if err != nil {
		return pay.OnChain{}, pay.Refuse(pay.Malformed, "%v", err)
	}
	now, err := p.pair(ctx, e.ID)
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
	k := p.claiming
	select {
	case <-k.turn:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { k.turn <- struct{}{} }()
	if err := k.catchUp(ctx); err != nil {
		return err
	}
	// What is claimed now is what the chain does not have yet; and when all is done, what it has then is known.
	if _, err := p.cfg.Watcher.Look(ctx); err != nil {
		return err
	}
	var claims []claim
	var errs []error
	for _, o := range orders {
		c, due, err := k.claimOf(ctx, o)
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
	errs = append(errs, k.claim(ctx, claims))
	_, err := p.cfg.Watcher.Look(ctx)
	return errors.Join(append(errs, err)...)
}

// claiming brings claims to the chain, one transaction after the other, so that none is paid for twice: what was claimed in
// a transaction that is on its way is not claimed in another one.
//
// The transactions have numbers, which are part of their names. So a process that begins finds the one that is on its way.
type claiming struct {
	p    *Provider
	turn chan struct{} // has one token: who has it may claim
	next uint64        // number of the next transaction, at least; belongs to who has the token
}

// claim is what is taken of a promise.
type claim struct {
	id       pay.Hash
	evidence Evidence
	total    unit.Amount
}

func newClaiming(p *Provider) *claiming {
	k := &claiming{p: p, turn: make(chan struct{}, 1)}
	k.turn <- struct{}{}
	return k
}

func (k *claiming) name(n uint64) string {
	return fmt.Sprintf("%s/%x/claim/%d", Method, k.p.cfg.Asset.Token, n)
}

// catchUp finds the number of the next transaction, and waits for the one before it.
func (k *claiming) catchUp(ctx context.Context) error {
	used := func(n uint64) (watch.State, bool, error) { return k.p.cfg.Sender.Known(ctx, k.name(n)) }
	// All numbers below low were used; when the first loop ends, high was not.
	low, high := k.next, k.next
	for step := uint64(1); ; step *= 2 {
		_, was, err := used(high)
		if err != nil {
			return err
		}
		if !was {
			break
		}
		low, high = high+1, high+step
	}
	for low < high {
		middle := low + (high-low)/2
		_, was, err := used(middle)
		switch {
		case err != nil:
			return err
		case was:
			low = middle + 1
		default:
			high = middle
		}
	}
	if k.next = low; low == 0 {
		return nil
	}
	state, _, err := used(low - 1)
	if err != nil || state != watch.Waiting {
		return err
	}
	_, err = k.p.cfg.Sender.Do(ctx, k.name(low-1), func(context.Context) (watch.Call, error) {
		return watch.Call{}, errors.New("a transaction that was sent is not known any more")
	})
	if isOver(err) {
		return nil
	}
	return err
}

// isOver reports whether a transaction will not have an effect any more.
func isOver(err error) bool {
	var reverted *watch.RevertError
	var displaced *watch.DisplacedError
	return errors.As(err, &reverted) || errors.As(err, &displaced)
}

// claimOf makes a claim of an order. due is false if there is nothing to be claimed, or not any more; an error says
// what of the order cannot be.
func (k *claiming) claimOf(ctx context.Context, o pay.Order) (c claim, due bool, err error) {
	e, err := DecodeEvidence(o.Evidence)
	if err != nil {
		return claim{}, false, err
	}
	own, err := k.p.channel(o.Client, o.Evidence[:openingSize])
	switch {
	case err != nil:
		return claim{}, false, err
	case own.id != o.ID:
		return claim{}, false, fmt.Errorf("the evidence is of channel %x", own.id)
	case o.Total.Cmp(e.Promise.Cumulative) > 0:
		return claim{}, false, fmt.Errorf("%s were ordered, and %s are promised", o.Total, e.Promise.Cumulative)
	}
	now, err := k.p.pair(ctx, o.ID)
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
func (k *claiming) claim(ctx context.Context, claims []claim) error {
	to := receivers(claims)
	err := k.send(ctx, claims, to)
	if !isReverted(err) {
		return err
	}
	claimed, errs := k.claimOnly(ctx, claims)
	if claimed > 0 && ctx.Err() == nil {
		errs = append(errs, k.send(ctx, nil, to))
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
func (k *claiming) claimOnly(ctx context.Context, claims []claim) (int, []error) {
	err := k.send(ctx, claims, nil)
	switch {
	case err == nil:
		return len(claims), nil
	case !isReverted(err) || ctx.Err() != nil:
		return 0, []error{err}
	case len(claims) == 1:
		return 0, []error{fmt.Errorf("channel %x: %w", claims[0].id, err)}
	}
	half := len(claims) / 2
	first, wrong := k.claimOnly(ctx, claims[:half])
	second, wrong2 := k.claimOnly(ctx, claims[half:])
	return first + second, append(wrong, wrong2...)
}

func isReverted(err error) bool {
	var reverted *watch.RevertError
	return errors.As(err, &reverted)
}

// send has one transaction mined.
func (k *claiming) send(ctx context.Context, claims []claim, to []pay.Address) error {
	_, err := k.p.cfg.Sender.Do(ctx, k.name(k.next), func(context.Context) (watch.Call, error) {
		data, err := k.call(claims, to)
		at := common.Address(Settlement)
		return watch.Call{To: &at, Data: data}, err
	})
	var reverted *watch.RevertError
	if err == nil || isOver(err) && (!errors.As(err, &reverted) || reverted.Mined) {
		k.next++ // else nothing is kept under the name
	}
	return err
}

// call is a call of the contract that claims, and pays out to whom that is wanted.
func (k *claiming) call(claims []claim, to []pay.Address) ([]byte, error) {
	var calls [][]byte
	contract := k.p.contract
	if len(claims) > 0 {
		bound := make([]bind.VoucherClaim, len(claims))
		entries := make([]ClaimEntry, len(claims))
		for i, c := range claims {
			bound[i], entries[i] = c.bound(), ClaimEntry{c.id, c.evidence.Promise.Cumulative, c.total}
		}
		data := contract.PackClaim(bound)
		mayClaim := func(c claim) bool {
			sender, config := pay.Address(k.p.cfg.Sender.Address()), &c.evidence.Opening.Config
			return sender == config.Receiver || sender == config.ReceiverAuthorizer
		}
		if slices.ContainsFunc(claims, func(c claim) bool { return !mayClaim(c) }) {
			signature, err := eip712.Sign(k.p.cfg.Authorizer, k.p.types.ClaimBatch(entries))
			if err != nil {
				return nil, err
			}
			data = contract.PackClaimWithSignature(bound, signature[:])
		}
		calls = append(calls, data)
	}
	for _, receiver := range to {
		calls = append(calls, contract.PackSettle(common.Address(receiver), common.Address(k.p.cfg.Asset.Token)))
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
