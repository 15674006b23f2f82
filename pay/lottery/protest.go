package lottery

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/watch"
	"github.com/candela-les/candela/unit"
)

// What the contract gives a payer to make good after a protest, and then a payee to enforce it.
const (
	Grace  = 24 * time.Hour
	Window = 24 * time.Hour
)

// protestGas is what a protest and its enforcement cost together, in gas.
const protestGas = 200_000

// punished is what the contract says of a ticket for which the escrow was burned. Higher numbers are when it was protested, Unix seconds.
const punished = 1

// protested is what the contract says of a ticket: 0, punished, or when it was protested.
type protested uint64

// open reports whether a protest goes on at a time, Unix seconds: the ticket is paid then, even if it has expired.
func (p protested) open(atS uint64) bool {
	return p > punished && atS <= uint64(p)+uint64((Grace+Window)/time.Second)
}

// enforcedFromS is when it can be enforced, Unix seconds.
func (p protested) enforcedFromS() uint64 { return uint64(p) + uint64(Grace/time.Second) }

// protested asks what the contract says of a ticket at a block.
func (c *contract) protested(ctx context.Context, block common.Hash, digest pay.Hash) (protested, error) {
	n, err := watch.Read(ctx, c.reader, block, c.at, c.PackProtests(digest), c.UnpackProtests)
	if err != nil {
		return 0, err
	}
	return protested(n.Uint64()), nil
}

// UncoveredError says that a winner can not be redeemed, for its payer has overspent, and what is done about that.
type UncoveredError struct {
	Claim pay.Hash
	Payer pay.Address
	Face  unit.Amount
	// Protested is when that was said on the chain, Unix seconds; 0: it was not. Burned: the payer has not made good, and has lost its escrow.
	Protested uint64
	Burned    bool
	Why       string // nothing is done about it
}

func (e *UncoveredError) Error() string {
	text := fmt.Sprintf("claim %x of %s is not covered: %x has overspent", e.Claim[:4], e.Face, e.Payer)
	switch {
	case e.Burned:
		return text + ", and has lost its escrow"
	case e.Protested != 0:
		return fmt.Sprintf("%s; protested at %s", text, time.Unix(int64(e.Protested), 0).UTC().Format(time.RFC3339)) //nolint:gosec // a block's time
	case e.Why != "":
		return text + "; " + e.Why
	}
	return text
}

// doubtful is what is known of claims that are not covered, as of when each was looked at last.
type doubtful struct {
	sync.Mutex
	claims map[pay.Hash]unit.Amount
}

func (d *doubtful) set(claim pay.Hash, face unit.Amount, is bool) {
	d.Lock()
	defer d.Unlock()
	delete(d.claims, claim)
	if is {
		d.claims[claim] = face
	}
}

// Doubtful implements pay.Doubter.
func (p *Provider) Doubtful() (claims int, sum unit.Amount) {
	d := &p.doubtful
	d.Lock()
	defer d.Unlock()
	for _, face := range d.claims {
		sum = sum.Plus(face)
	}
	return len(d.claims), sum
}

// stands is how a claim stands that is neither paid nor simply to be redeemed.
type stands struct {
	headS, sureS uint64
	head, sure   protested
}

// over reports whether it will never be paid.
func (s *stands) over(expiryS uint64) bool {
	return s.sureS > expiryS && !s.sure.open(s.sureS) && !s.head.open(s.headS)
}

// standing asks the chain whether a claim is protested.
func (p *Provider) standing(ctx context.Context, c *Claim) (s stands, err error) {
	v, ok := p.cfg.Watcher.View()
	if !ok {
		return s, pay.Refuse(pay.Stale, "the chain has not been seen yet")
	}
	ticket := c.Signed()
	digest := p.types.Digest(&ticket)
	s.headS, s.sureS = v.Head.TimeS, v.Sure.TimeS
	if s.head, err = p.contract.protested(ctx, v.Head.Hash, digest); err != nil {
		return s, err
	}
	s.sure, err = p.contract.protested(ctx, v.Sure.Hash, digest)
	return s, err
}

// answer is what is done about a claim that is not covered: nil if nothing is, now.
func (p *Provider) answer(ctx context.Context, open *pay.OpenClaim, c *Claim, escrow unit.Amount, s stands) (watch.Build, *UncoveredError) {
	trouble := &UncoveredError{Claim: open.Key, Payer: c.Opening.Payer, Face: c.Series.Face, Burned: s.head == punished}
	if s.head > punished {
		trouble.Protested = uint64(s.head)
	}
	ticket := c.Signed()
	bound, signature, ours := ticket.bound(), c.Ticket.Signature, p.contract
	switch {
	case s.head == punished:
	case escrow.IsZero():
		trouble.Why = "there is no escrow"
	case s.head == 0 && s.headS > c.Series.ExpiryS:
		trouble.Why = "it has expired"
	case s.head == 0:
		if err := p.worthProtest(ctx, c.Series.Face); err != nil {
			trouble.Why = err.Error()
			return nil, trouble
		}
		reveal := p.cfg.Secret.Reveal(&c.Opening, c.Series.Number)
		return func(context.Context) (watch.Call, error) {
			return ours.call(ours.PackProtest(bound, reveal, signature[:])), nil
		}, trouble
	case s.head.open(s.headS) && s.headS >= s.head.enforcedFromS():
		return func(context.Context) (watch.Call, error) { return ours.call(ours.PackEnforce(bound)), nil }, trouble
	}
	return nil, trouble
}

// worthProtest is nil if protest and enforcement cost no more gas than the winner is worth. A burn brings the payee nothing: it is done because a payer
// that knew that nobody does would have nothing to fear. But it mostly does not come to that, for a payer that is there makes good.
func (p *Provider) worthProtest(ctx context.Context, face unit.Amount) error {
	if p.cfg.GasCost == nil {
		return nil
	}
	cost, err := p.cfg.GasCost(ctx, protestGas)
	if err != nil {
		return fmt.Errorf("what a protest costs is not known: %w", err)
	}
	if cost.Cmp(face) > 0 {
		return fmt.Errorf("a protest would cost %s", cost)
	}
	return nil
}
