package buyer

import (
	"slices"

	"github.com/candela-les/candela/unit"
)

// leastLook is how soon accounts are looked at again at the soonest.
const leastLook = unit.Second

// Next is when Tick has to be called. A Tick that is later than stepSpan may exceed the budget.
func (b *Buyer) Next() unit.Instant {
	next := min(b.step, b.look)
	for _, s := range b.servers {
		if len(s.audit.open) > 0 && s.audit.asked != 0 {
			next = min(next, s.audit.until)
		}
	}
	return next
}

// Tick does what is due.
func (b *Buyer) Tick(now unit.Instant) {
	b.pacer.today(now)
	for _, s := range b.servers {
		s.quality.age(now)
		if c := s.audit.overdue(now); c != nil {
			s.audit.open = nil
			b.leave(now, s, ErrUnproven, nil)
		}
		s.refill(b, now)
	}
	if now >= b.step {
		b.decide(now)
	}
	b.look = never
	for _, s := range b.servers {
		b.watch(now, s)
	}
}

// watch sees to it that an account is looked at when it may have to be filled.
func (b *Buyer) watch(now unit.Instant, s *server) { b.look = min(b.look, s.dueAt(now)) }

// decide looks at everything again.
func (b *Buyer) decide(now unit.Instant) {
	b.step = now.Add(stepSpan)
	b.forgetMoves(now)
	b.pacer.pace(now, b.owed(now), b.demand.DailyBudget)
	b.guard = b.carried(now)
	b.try()
	if b.demand.Free {
		b.withdrawAll(now, nil)
		b.out, b.short = false, false
		b.step = never // nothing changes by itself
		return
	}
	p := b.makePlan(now)
	if why := b.lacking(&p); why != nil {
		b.wait(now, why)
		return
	}
	changes, dropped := b.changes(now, &p)
	if !b.fits(now, changes) {
		b.giveUp(now, ErrSpent)
		return
	}
	b.out, b.short = false, false
	b.say(nil)
	b.carryOut(now, changes, dropped)
}

// lacking says what keeps a plan from covering the least that is needed, if anything does.
func (b *Buyer) lacking(p *plan) error {
	switch {
	case p.least == 0 && p.trying:
		return ErrTrying
	case p.least == 0:
		return ErrNoServer
	case p.covers >= p.least:
		return nil
	case b.guard < b.pacer.factor:
		return ErrSpent
	}
	return ErrTooDear
}

// wait leaves the bids that stand for a while, in case it passes, and withdraws them then.
func (b *Buyer) wait(now unit.Instant, why error) {
	if !b.short {
		b.short, b.shortAt = true, now
	}
	if b.urgent || b.out || now.Since(b.shortAt) >= patience || !b.bids() || !b.fits(now, nil) {
		b.giveUp(now, why)
		return
	}
	b.step = b.shortAt.Add(patience)
}

// giveUp withdraws all bids until prices are lower.
func (b *Buyer) giveUp(now unit.Instant, why error) {
	b.out, b.urgent = true, false
	b.withdrawAll(now, why)
}

func (b *Buyer) bids() bool {
	return slices.ContainsFunc(b.servers, func(s *server) bool { return s.bid != nil })
}

// change is a bid to be placed.
type change struct {
	choice
	prices []unit.Price
	coin   bool
}

// changes lists the bids that a plan needs, and the servers whose bids it does not.
func (b *Buyer) changes(now unit.Instant, p *plan) (changes []change, dropped []*server) {
	var won, asked unit.Cost
	chosen := func(s *server) bool {
		return slices.ContainsFunc(p.choices, func(c choice) bool { return c.server == s })
	}
	for _, c := range p.choices {
		won = won.Add(c.terms.Unit.Mul(min(c.server.units, c.units)))
		asked = asked.Add(c.terms.Unit.Mul(c.units))
		if b.urgent || c.differs(now) {
			changes = append(changes, b.dither(c))
		}
	}
	for _, s := range b.servers {
		// What is moved away from serves until there is as much elsewhere.
		if s.bid != nil && !chosen(s) && (s.units == 0 || b.urgent || won >= min(asked, b.demand.Need)) {
			dropped = append(dropped, s)
		}
	}
	b.urgent = false
	return changes, dropped
}

// differs reports whether the bid that stands is to be replaced.
func (c *choice) differs(now unit.Instant) bool {
	s := c.server
	switch {
	case s.bid == nil:
		return true
	case now.Since(s.bidAt) < changeSpan:
		return false
	case uint64(len(s.base)) > c.most || len(s.base) < len(c.bid):
		return true
	}
	for k, p := range c.bid {
		q := s.base[k]
		if band := scale(q, 1, changePart); p.Cmp(add(q, band)) > 0 || add(p, band).Cmp(q) < 0 {
			return true
		}
	}
	return c.probes(now)
}

// probes reports whether it is time to toss the coin again: when that costs next to nothing.
func (c *choice) probes(now unit.Instant) bool {
	s := c.server
	if s.units == 0 || now.Since(s.bidAt) < probeSpan {
		return false
	}
	paid := over(s.seen().charge(s.units), probeSpan/100)
	return s.terms.Fee.IsZero() || s.terms.Fee.Cmp(worth(paid)) < 0
}

// dither tosses the coin for a bid.
func (b *Buyer) dither(c choice) change {
	ch := change{choice: c, prices: slices.Clone(c.bid), coin: b.coins.toss()}
	if !ch.coin && !c.tight {
		for k, p := range ch.prices {
			ch.prices[k] = dithered(p)
		}
	}
	return ch
}

// dithered is the lower one of the two bids that the coin decides between.
func dithered(p unit.Price) unit.Price { return scale(p, ditherPart-1, ditherPart) }

// carryOut places and withdraws, accounts first.
func (b *Buyer) carryOut(now unit.Instant, changes []change, dropped []*server) {
	begun := slices.ContainsFunc(changes, func(c change) bool { return c.server.bid == nil })
	for _, s := range dropped {
		if s.units > 0 || begun {
			b.moves = append(b.moves, now)
		}
		b.withdraw(now, s)
	}
	for _, c := range changes {
		b.place(now, c)
	}
}

func (b *Buyer) place(now unit.Instant, c change) {
	s := c.server
	if amount := s.due(now, c.prices); !amount.IsZero() {
		s.sent = s.sent.Plus(amount)
		b.emit(Effect{Action: Refill, Server: s.id, Amount: amount})
	}
	s.remember(c.prices)
	if s.bid == nil {
		s.live = s.number
	}
	s.shill.open = false
	if !c.tight {
		s.shill.toss(now, c.coin, s.seen(), s.units)
	}
	s.bid, s.base, s.bidAt = c.prices, c.bid, now
	s.debt.set(now, total(s.bid), grace)
	s.debt.fees = s.debt.fees.Plus(s.terms.Fee)
	b.emit(Effect{Action: Bid, Server: s.id, Number: s.number, Prices: slices.Clone(s.bid)})
}

func (b *Buyer) withdraw(now unit.Instant, s *server) {
	s.remember(nil)
	s.bid, s.base, s.units, s.behind = nil, nil, 0, 0
	s.shill.open = false
	s.debt.set(now, total(nil), grace)
	b.emit(Effect{Action: Withdraw, Server: s.id, Number: s.number})
}

func (b *Buyer) withdrawAll(now unit.Instant, why error) {
	for _, s := range b.servers {
		if s.bid != nil {
			b.withdraw(now, s)
		}
	}
	b.say(why)
}

// say reports what has changed.
func (b *Buyer) say(why error) {
	if b.said != why { //nolint:errorlint // only ever one of the sentinels, unwrapped
		b.said = why
		b.emit(Effect{Action: Report, Reason: why})
	}
}

// try asks for unknown servers to be tried, once for each connection.
func (b *Buyer) try() {
	for _, s := range b.servers {
		if s.present && !s.tried && !s.quality.known() {
			s.tried = true
			b.emit(Effect{Action: Try, Server: s.id})
		}
	}
}

func (b *Buyer) forgetMoves(now unit.Instant) {
	for len(b.moves) > 0 && now.Since(b.moves[0]) >= moveMemory {
		b.moves = b.moves[1:]
	}
}

// owed is the most that today can have cost by now.
func (b *Buyer) owed(now unit.Instant) unit.Amount {
	sum := b.pacer.spent
	for _, s := range b.servers {
		sum = sum.Plus(s.debt.bound(now))
	}
	return sum
}

// left is what may still be spent today.
func (b *Buyer) left(now unit.Instant) unit.Amount { return b.demand.DailyBudget.Minus(b.owed(now)) }

// carried is the factor at which the budget's rest carries all that could be bid: what is wanted,
// and once more while it is moved.
func (b *Buyer) carried(now unit.Instant) uint64 {
	left := b.left(now)
	for _, s := range b.servers {
		if s.present && s.sells {
			left = left.Minus(s.terms.Fee)
		}
	}
	units := (b.demand.Want()+StandardUnit-1)/StandardUnit + 1
	return carries(left, 2*uint64(units), b.demand.Price())
}

// fits reports whether the budget carries all bids, those that stand and those to be placed, each at its own
// price until reach.
func (b *Buyer) fits(now unit.Instant, changes []change) bool {
	sum := b.pacer.spent
	for _, s := range b.servers {
		d := s.debt.clone()
		for _, c := range changes {
			if c.server == s {
				d.set(now, total(c.prices), grace)
				d.fees = d.fees.Plus(s.terms.Fee)
			}
		}
		sum = sum.Plus(d.bound(now.Add(reach)))
	}
	return sum.Cmp(b.demand.DailyBudget) <= 0
}
