package bidder

import (
	"context"
	"encoding/hex"
	"errors"

	"github.com/candela-les/candela/market/buyer"
	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire/marketwire"
)

// carryOut does what the buyer wants done.
func (b *Bidder) carryOut(now unit.Instant, e buyer.Effect) {
	if e.Action == buyer.Report {
		b.reportWhy(now, e.Reason)
		return
	}
	v := b.find(e.Server)
	if v == nil {
		return
	}
	switch e.Action {
	case buyer.Bid:
		v.wants(intent{e.Number, e.Prices})
	case buyer.Withdraw:
		v.wants(intent{number: e.Number})
	case buyer.Refill:
		b.refill(now, v, e.Amount)
	case buyer.Fetch:
		v.wanted = e.Seq
		b.fetch(now, v)
	case buyer.Try:
		b.cfg.Client.Try(e.Server)
	case buyer.Leave:
		b.left(now, v, e)
	case buyer.Report:
	}
}

// reportWhy tells the person why there is no paid service, or that there is.
func (b *Bidder) reportWhy(now unit.Instant, why error) {
	b.why, b.untold = why, false
	switch {
	case why == nil:
		b.log.Info("service is bid for", "demand", b.words)
		b.served = true
	case b.served:
		b.log.Warn("no service is bid for any more", "why", why)
	case errors.Is(why, buyer.ErrTrying): // it passes by itself
		b.log.Info("no service is bid for yet", "why", why)
	case now < b.meetBy && errors.Is(why, buyer.ErrNoServer): // servers are still to be met
		b.untold = true
	default:
		b.log.Warn("no service is bid for yet", "why", why)
	}
}

// remind says what was not worth saying before servers could be met.
func (b *Bidder) remind(now unit.Instant) {
	if b.untold && now >= b.meetBy {
		b.reportWhy(now, b.why)
	}
}

// fetch asks for the curves that a charge is checked with.
func (b *Bidder) fetch(now unit.Instant, v *seller) {
	if v.wanted == 0 || v.session == nil || v.session.asks(askCurves) {
		return
	}
	v.asked, v.wanted = v.wanted, 0
	v.session.ask(now, askCurves, &marketwire.GetCurves{First: v.asked, Max: marketwire.MaxCurves})
}

// left carries out that the buyer leaves a server.
func (b *Bidder) left(now unit.Instant, v *seller, e buyer.Effect) {
	if e.Proof != nil {
		b.leave(now, v, e.Reason, b.proof(v, e.Reason, e.Proof))
		return
	}
	if v.left != nil && now < v.shunned {
		return // it is left already
	}
	b.log.Warn("server is left", "server", short(v.id), "why", e.Reason)
	b.part(now, v)
	b.shun(now, v, e.Reason, now.Add(shunSpan), false)
}

// leave ends business for good with a server that is proven to cheat.
func (b *Bidder) leave(now unit.Instant, v *seller, reason error, proof []byte) {
	if v.proven {
		return
	}
	b.log.Error("server is proven to cheat", "server", short(v.id), "why", reason)
	b.part(now, v)
	b.shun(now, v, reason, never, true)
	b.write(now, v, proof)
	v.ending, v.endAt = reason, now.Add(leaveSpan)
	if v.session == nil {
		b.ended(now, v)
	}
}

// part takes back what stands, and has the last of it charged.
func (b *Bidder) part(now unit.Instant, v *seller) {
	v.wants(intent{})
	v.settled = true
	if v.session != nil {
		v.session.ask(now, askClose, new(marketwire.Close))
	}
}

// ended tells the client of a cheat, when there is nothing more to be said by it.
func (b *Bidder) ended(now unit.Instant, v *seller) {
	reason := v.ending
	v.ending = nil
	if v.session != nil {
		b.detach(now, v.session)
	}
	b.cfg.Client.Lied(v.id, lie("%w", reason))
}

// refill has an account filled.
func (b *Bidder) refill(now unit.Instant, v *seller, amount unit.Amount) {
	if b.cfg.Fund == nil {
		v.needs = amount
		b.buyer.Unfilled(now, v.id, amount)
		if !v.begged {
			v.begged = true
			b.log.Warn("ask the operator of this server to credit this client", "server", short(v.id), "address", v.addr,
				"account", "0x"+hex.EncodeToString(b.address[:]), "amount", amount, "currency", v.market.Currency)
		}
		return
	}
	v.more = v.more.Plus(amount)
	b.fund(now, v)
}

// fund has the money moved that is to be moved, one payment after the other.
func (b *Bidder) fund(now unit.Instant, v *seller) {
	if now < v.shunned {
		b.keepMoney(now, v)
		return
	}
	if v.funding || v.more.IsZero() || v.terms == nil || !v.doubt.amount.IsZero() {
		return
	}
	amount, at, id := v.more, b.counter(v), v.id
	v.funding, v.more = true, unit.Amount{}
	ctx, cancel := context.WithTimeout(b.ctx, fundSpan)
	v.unfund = cancel
	b.work.Go(func() {
		defer cancel()
		err := b.cfg.Fund(ctx, at, amount)
		b.post(func(now unit.Instant) { b.funded(now, id, amount, err) })
	})
}

// keepMoney keeps back from a server what was to be moved there, and ends the payment that is under way: one that waits for its turn at the
// wallet, behind the close of a channel, would open another one.
func (b *Bidder) keepMoney(now unit.Instant, v *seller) {
	if v.funding {
		v.unfund()
	}
	if !v.more.IsZero() {
		b.buyer.Unfilled(now, v.id, v.more)
		v.more = unit.Amount{}
	}
}

// funded takes in how a payment went.
func (b *Bidder) funded(now unit.Instant, id buyer.ID, amount unit.Amount, err error) {
	v := b.find(id)
	if v == nil {
		return
	}
	v.funding, v.pollAt = false, now
	if err != nil {
		v.needs, v.doubt = amount, doubt{amount: amount, at: now}
		if gone, is := errors.AsType[*pay.LeftError](err); is {
			b.unpaid(now, v, gone)
		} else if !errors.Is(err, context.Canceled) {
			b.log.Warn("account could not be filled", "server", short(id), "amount", amount, "err", err)
		}
	}
	b.fund(now, v)
}

// unpaid leaves a server that the wallet does not pay. It is tried again after a while at most, for its owner may have it paid again.
func (b *Bidder) unpaid(now unit.Instant, v *seller, why *pay.LeftError) {
	if v.left != nil && now < v.shunned {
		return // it is left already
	}
	b.log.Warn("server is left", "server", short(v.id), "why", why)
	b.part(now, v)
	b.shun(now, v, why, min(now.Add(shunSpan), unit.Instant(why.Until.UnixNano())), false)
}

// doubt is a payment that has failed: the server may have it all the same, for an answer can be lost. Until the account was looked at
// after that, it counts as on its way, and no other one begins.
type doubt struct {
	amount unit.Amount  // zero: there is none
	at     unit.Instant // when it failed
	looked bool         // the server has said since what it has
}

// looks takes in that the server says what it has, as it was asked to at an instant.
func (v *seller) looks(now, asked unit.Instant) {
	switch d := &v.doubt; {
	case d.amount.IsZero() || d.looked:
	case asked < d.at: // it may have been said before
		v.pollAt = now
	default:
		d.looked = true
	}
}

// cleared goes on after a payment that has failed, when it is known whether the server has it.
func (b *Bidder) cleared(now unit.Instant, v *seller) {
	if !v.doubt.looked {
		return
	}
	amount := v.doubt.amount
	v.doubt = doubt{}
	b.buyer.Unfilled(now, v.id, amount)
	b.fund(now, v)
}

var errSettled = errors.New("its account is settled, as was wished")

// withdraw ends business with a server for a while.
func (b *Bidder) withdraw(now unit.Instant, id buyer.ID) {
	v := b.find(id)
	if v == nil {
		return
	}
	b.part(now, v)
	if now.Add(partedSpan) > v.shunned {
		b.shun(now, v, errSettled, now.Add(partedSpan), false)
	}
}
