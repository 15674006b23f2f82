package server

import (
	"errors"
	"slices"

	"github.com/candela-les/candela/ledger"
	"github.com/candela-les/candela/market"
	"github.com/candela-les/candela/market/account"
	"github.com/candela-les/candela/market/auction"
	"github.com/candela-les/candela/server/till"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire"
	"github.com/candela-les/candela/wire/marketwire"
)

// customer is a client that has done business since the server was started. The desk's lock guards
// it, but for what never changes.
type customer struct {
	id      market.ID
	address wire.Address

	at *session // where it does business; nil if it is not connected

	order  marketwire.Hash // digest of the standing bid, or of the one that fell; zero without one
	fell   bool            // it fell, and is yet to be charged
	prices []unit.Price    // of it
	needs  account.Needs   // what it asks of the account
	nonce  uint64          // of the last bid that was accepted
	latest marketwire.Allocation
	gauge  account.Gauge

	// What it owes since the last charge: since when, what of a base unit was owed then, and the units
	// that it had from then on.
	since   unit.Instant
	seq     uint64 // a curve's number then
	rest    uint64
	had     []stretch
	charges []charge // the newest, oldest first
	debits  uint64   // how many charges there were
}

// stretch is how many units a client has had since an instant.
type stretch struct {
	at    unit.Instant
	units uint64
}

// charge is what is needed to explain one.
type charge struct {
	entry         uint64 // its number in the client's account; 0 until it is in the ledger
	since, at     unit.Instant
	order         marketwire.Hash
	prices        []unit.Price
	before, after uint64
	amount        unit.Amount
	had           []stretch
}

// keepCharges is how many charges of a client can be explained, as long as their curves are kept.
const keepCharges = 64

// customer returns what is known of a session's client. The desk is locked.
func (e *seller) customer(s *session) *customer {
	address := wire.AddressOf(s.peer.Key)
	c := e.byAddress[address]
	if c == nil {
		c = &customer{id: s.peer.ID, address: address}
		c.latest = marketwire.Allocation{Market: e.id, Client: address, Epoch: e.epoch}
		e.byAddress[address], e.byID[c.id] = c, c
	}
	c.at = s
	return c
}

// allocated takes note of what the auction has decided about a client, and tells it. The desk is
// locked.
func (e *seller) allocated(eff market.Effect) {
	c := e.byID[eff.Client]
	if c == nil {
		return
	}
	if eff.Action == market.Lapse {
		e.fell(c, marketwire.Left, e.srv.now())
		return
	}
	a := eff.Allocation
	c.had = append(c.had, stretch{a.At, a.Units})
	if a.Reason == auction.BidChanged {
		return // who has bid answers for that
	}
	if a.Reason == auction.Depleted {
		e.fell(c, marketwire.Depleted, a.At)
		return
	}
	said := c.allocate(e, a.At, causeOf(a.Reason), a.Units, a.Rate, a.Seq)
	if one := c.at; one != nil {
		one.trade.later(func() { one.trade.notice(said) })
	}
}

// fell notes that a client's bid is gone, not by its own will.
func (e *seller) fell(c *customer, why marketwire.Cause, at unit.Instant) {
	newest, _ := e.curves.newest()
	c.fell = true
	c.allocate(e, at, why, 0, unit.Price{}, newest.Curve.Seq)
	e.fallen = append(e.fallen, c)
	select {
	case e.wake <- struct{}{}:
	default: // it has been told
	}
}

// allocate makes the client's next allocation. The desk is locked.
func (c *customer) allocate(e *seller, at unit.Instant, why marketwire.Cause, units uint64, rate unit.Price, seq uint64) marketwire.Allocation {
	c.latest.Number++
	c.latest.Order = marketwire.Hash{}
	if !c.fell {
		c.latest.Order = c.order
	}
	c.latest.Units, c.latest.SinceNs = units, e.srv.nanoseconds(at)
	c.latest.Cause, c.latest.Rate, c.latest.Seq = why, rate, seq
	return c.latest
}

func causeOf(r auction.Reason) marketwire.Cause {
	switch r {
	case auction.Won:
		return marketwire.Won
	case auction.Outbid:
		return marketwire.Outbid
	case auction.UnitsFell:
		return marketwire.UnitsFell
	case auction.ReserveRose:
		return marketwire.ReserveRose
	case auction.Depleted:
		return marketwire.Depleted
	default:
		return marketwire.BidChanged
	}
}

// debit charges what a client owes. The desk is locked.
func (e *seller) debit(now unit.Instant, m *market.Market, c *customer) {
	if d, err := m.Debit(now, c.id); err == nil {
		newest, _ := e.curves.newest()
		e.charge(now, c, d, newest.Curve.Seq-c.seq >= debitCurves)
		e.fund(now, m, c, unit.Amount{})
	}
}

// charge hands to the till what was taken. A charge is for one bid, and of few curves; when they end, what does
// not make a base unit is handed over too. The desk is locked.
func (e *seller) charge(now unit.Instant, c *customer, d market.Debit, ends bool) {
	if d.Amount.IsZero() && !ends {
		return
	}
	one := charge{
		since: c.since, at: now, order: c.order, prices: c.prices, before: c.rest, after: d.Rest,
		amount: d.Amount, had: slices.Clone(c.had),
	}
	e.begin(now, c, d.Rest)
	if d.Amount.IsZero() {
		if d.Rest != one.before {
			at := e.srv.nanoseconds(now)
			e.till.Charge(ledger.Address(c.address), till.Charge{Remainder: d.Rest, Bid: one.order, SinceNs: at, AtNs: at})
		}
		return
	}
	c.debits++
	if len(c.charges) == keepCharges {
		c.charges = slices.Delete(c.charges, 0, 1)
	}
	c.charges = append(c.charges, one)
	e.till.Charge(ledger.Address(c.address), till.Charge{
		Amount: d.Amount, Remainder: d.Rest, Bid: one.order,
		SinceNs: e.srv.nanoseconds(one.since), AtNs: e.srv.nanoseconds(one.at),
	})
}

// begin begins the time of the next charge.
func (e *seller) begin(now unit.Instant, c *customer, rest uint64) {
	newest, _ := e.curves.newest()
	c.since, c.seq, c.rest = now, newest.Curve.Seq, rest
	if n := len(c.had); n > 0 {
		c.had = append(c.had[:0], stretch{now, c.had[n-1].units})
	}
}

// fund lets a client owe what is held for it, without what is kept for a fee. The desk is locked.
func (e *seller) fund(now unit.Instant, m *market.Market, c *customer, fee unit.Amount) {
	limit := e.till.Limit(ledger.Address(c.address)).Minus(fee)
	if err := m.Fund(now, c.id, limit); !errors.Is(err, auction.ErrOwed) {
		return // or has no bid
	}
	// It owes more than is held: what was held is gone. It falls now, and what it owes is charged as far
	// as there is money for it.
	if st, ok := m.Standing(now, c.id); ok {
		most, _ := st.Owed.Add(unit.NewAmount(1))
		m.Fund(now, c.id, most) //nolint:errcheck // not less than is owed
	}
}

// watch tells a client once when its balance has become low. The desk is locked.
func (e *seller) watch(now unit.Instant, m *market.Market, c *customer) {
	st, ok := m.Standing(now, c.id)
	if !ok || len(st.Prices) == 0 {
		return
	}
	if !c.gauge.Falls(st.Limit.Minus(st.Owed), c.needs.Refill) {
		return
	}
	if c.at != nil {
		c.at.trade.later(c.at.trade.balanceLow)
	}
}

// exit takes a client's bid back and charges what it owes. The desk is locked.
func (e *seller) exit(now unit.Instant, m *market.Market, c *customer) {
	if d, err := m.Exit(now, c.id); err == nil {
		e.charge(now, c, d, true)
	}
	c.order, c.prices, c.needs, c.fell = marketwire.Hash{}, nil, account.Needs{}, false
	c.had, c.rest = nil, 0
}

// receipt explains a charge; ok is false if that is not possible any more.
func (e *seller) receipt(c *customer, one charge) (r marketwire.Receipt, ok bool) {
	r = marketwire.Receipt{
		Market: e.id, Client: c.address, Epoch: e.epoch, Number: one.entry, Order: one.order,
		Before: one.before, After: one.after, Amount: one.amount,
	}
	ok = true
	for i, s := range one.had {
		until := one.at
		if i+1 < len(one.had) {
			until = one.had[i+1].at
		}
		since := max(s.at, one.since)
		if s.units == 0 || until <= since {
			continue
		}
		there := e.curves.during(since, until, func(curve auction.Curve, span unit.Span) {
			rate, fits := curve.Charge(one.prices, int(s.units)) //nolint:gosec // at most K
			ok = ok && fits
			r.Lines = append(r.Lines, marketwire.Line{Seq: curve.Seq, Units: s.units, Rate: rate, SpanNs: uint64(span)})
		})
		ok = ok && there
	}
	return r, ok && len(r.Lines) <= marketwire.MaxLines
}
