package lottery

import (
	"context"
	"errors"
	"fmt"

	"github.com/candela-les/candela/contracts/bind"
	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/watch"
	"github.com/candela-les/candela/unit"
)

// What redeeming costs, in gas: for a transaction, and for each winner in it.
const (
	gasOnce = 55_000
	gasEach = 43_000
)

// perRedemption is how many winners are redeemed by one transaction.
const perRedemption = 50

// Gas implements pay.Collectable.
func (p *Provider) Gas(ctx context.Context) (once, each unit.Amount, err error) {
	return pay.GasOf(ctx, p.cfg.GasCost, gasOnce, gasEach)
}

// Look implements pay.Collectable: only winners are collected, so all that was promised counts as collected.
func (p *Provider) Look(ctx context.Context, e pay.Entry) (pay.OnChain, error) {
	evidence, err := DecodeEvidence(e.Evidence)
	if err != nil {
		return pay.OnChain{}, pay.Refuse(pay.Malformed, "%v", err)
	}
	o := evidence.Opening
	now, err := p.pair(ctx, &Channel{p: p, id: o.ID(), opening: o})
	if err != nil {
		return pay.OnChain{}, err
	}
	return pay.OnChain{Collected: e.Keep(), Cover: e.Keep(), Most: e.Keep(), ClosingS: now.closingS()}, nil
}

// Collect implements pay.Collectable. There is nothing to do: what is to be collected are claims.
func (p *Provider) Collect(context.Context, []pay.Order) error { return nil }

// errNoSender says that this process cannot send transactions.
var errNoSender = errors.New("winners are not redeemed here: no key to pay for gas with is configured")

// Draw implements pay.Drawer. That a claim is in the ledger means that its series is retired, so its reveal may be seen.
func (p *Provider) Draw(ctx context.Context, claims []pay.OpenClaim, gas unit.Amount) ([]pay.Drawn, error) {
	drawn := make([]pay.Drawn, len(claims))
	if p.cfg.Sender == nil {
		return drawn, errNoSender
	}
	if err := p.redeeming.Acquire(ctx, 1); err != nil {
		return drawn, err
	}
	defer p.redeeming.Release(1)
	if _, err := p.redemptions.Wait(ctx); err != nil && !watch.IsOver(err) {
		return drawn, err
	}
	if _, err := p.cfg.Watcher.Look(ctx); err != nil {
		return drawn, err
	}
	todo, errs := p.look(ctx, claims, gas, drawn)
	var failed []error
	for due := todo.due; len(due) > 0; {
		some := due[:min(len(due), perRedemption)]
		due = due[len(some):]
		if err := p.redeem(ctx, some); err != nil {
			failed = append(failed, err)
		}
	}
	for _, answer := range todo.answers {
		if err := p.redemptions.Do(ctx, answer); err != nil {
			failed = append(failed, err)
		}
	}
	if _, err := p.cfg.Watcher.Look(ctx); err != nil {
		return drawn, errors.Join(append(append(errs, failed...), err)...)
	}
	_, errs = p.look(ctx, claims, gas, drawn)
	return drawn, errors.Join(append(failed, errs...)...)
}

// todo is what is to be done about claims: those that can be redeemed, and what answers overspending.
type todo struct {
	due     []Claim
	answers []watch.Build
}

// look says what has become of claims, and what can be done about the others now.
func (p *Provider) look(ctx context.Context, claims []pay.OpenClaim, gas unit.Amount, drawn []pay.Drawn) (all todo, errs []error) {
	for i := range claims {
		if err := p.lookAt(ctx, &claims[i], gas, &drawn[i], &all); err != nil {
			errs = append(errs, fmt.Errorf("claim %x: %w", claims[i].Key, err))
		}
	}
	return all, errs
}

// lookAt is look for one claim.
func (p *Provider) lookAt(ctx context.Context, open *pay.OpenClaim, gas unit.Amount, drawn *pay.Drawn, all *todo) error {
	c, err := DecodeClaim(open.Data)
	if err != nil {
		return err
	}
	if err := p.won(&c); err != nil { // it would take the others with it
		return err
	}
	now, err := p.stateOf(ctx, &c)
	if err != nil {
		return err
	}
	u := c.unpaid()
	covered := now.head.lock.amount.Max(now.head.open.amount).Cmp(u.Face) >= 0
	p.doubtful.set(open.Key, u.Face, !covered && !now.head.paid[u])
	p.credit.note(c.Opening, u, now.head.paid[u] || now.head.lock.amount.Cmp(u.Face) >= 0) // out of a lock nobody can take it
	switch {
	case now.head.paid[u] && now.sure.paid[u]:
		*drawn = pay.Drawn{Done: true, Paid: c.Series.Face}
		return nil
	case now.head.paid[u]: // it is in the chain, and not sure yet
		return nil
	}
	var s stands
	if !covered || p.seen.timeS() > u.ExpiryS {
		if s, err = p.standing(ctx, &c); err != nil {
			return err
		}
	}
	switch {
	case s.over(u.ExpiryS):
		*drawn = pay.Drawn{Done: true}
		p.doubtful.set(open.Key, u.Face, false)
	case !covered:
		answer, trouble := p.answer(ctx, open, &c, now.head.open.escrow, s)
		if answer != nil {
			all.answers = append(all.answers, answer)
		}
		return trouble
	case s.headS > u.ExpiryS && !s.head.open(s.headS): // it has expired, and that is not sure yet
	case u.Face.Cmp(gas) <= 0: // until gas is cheaper, or it has expired
	default:
		all.due = append(all.due, c)
	}
	return nil
}

// errNoWinner says that a claim is not one.
var errNoWinner = errors.New("this is no winner that was signed for this payee")

// won is nil if a claim's ticket is of a series that was announced, was signed, and has won.
func (p *Provider) won(c *Claim) error {
	k := c.Signed()
	digest := p.types.Digest(&k)
	by, err := c.Ticket.Signature.Recover(digest)
	if err != nil || by != c.Opening.Payer || c.Opening.Payee != p.cfg.Payee || !p.cfg.Secret.Announced(&c.Opening, &c.Series) ||
		!Wins(digest, p.cfg.Secret.Reveal(&c.Opening, c.Series.Number), c.Series.Ratio) {
		return errNoWinner
	}
	return nil
}

func (c *Claim) unpaid() Unpaid {
	return Unpaid{Series: c.Series.Number, Face: c.Series.Face, ExpiryS: c.Series.ExpiryS}
}

// stateOf returns how the chain stands for a claim.
func (p *Provider) stateOf(ctx context.Context, c *Claim) (*pair, error) {
	u := c.unpaid()
	p.seen.ask(c.Opening, u)
	now, err := p.seen.Get(ctx, c.Opening)
	if err != nil {
		return nil, err
	}
	// What was read before holds until a log says otherwise; but no log says that a winner has expired.
	if _, read := now.head.paid[u]; read && (p.seen.View().Sure.TimeS <= u.ExpiryS || now.sure.timeS > u.ExpiryS) {
		return now, nil
	}
	return p.seen.Read(ctx, c.Opening)
}

// redeem has one transaction mined that redeems winners.
func (p *Provider) redeem(ctx context.Context, claims []Claim) error {
	tickets, reveals, signatures := make([]bind.LotteryTicket, len(claims)), make([][32]byte, len(claims)), make([][]byte, len(claims))
	for i := range claims {
		c := &claims[i]
		ticket := c.Signed()
		tickets[i], signatures[i] = ticket.bound(), c.Ticket.Signature[:]
		reveals[i] = p.cfg.Secret.Reveal(&c.Opening, c.Series.Number)
	}
	return p.redemptions.Do(ctx, func(context.Context) (watch.Call, error) {
		return p.contract.call(p.contract.PackRedeemMany(tickets, reveals, signatures)), nil
	})
}
