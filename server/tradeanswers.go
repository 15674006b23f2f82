package server

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/candela-les/candela/ledger"
	"github.com/candela-les/candela/market"
	"github.com/candela-les/candela/market/account"
	"github.com/candela-les/candela/market/auction"
	"github.com/candela-les/candela/server/till"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire"
	"github.com/candela-les/candela/wire/marketwire"
)

// answer serves a request and returns its reply.
func (t *trade) answer(req marketwire.Request) marketwire.Message {
	reply, err := t.reply(req)
	if err == nil {
		return reply
	}
	refused, ok := errors.AsType[*marketwire.Refused](err)
	if !ok {
		if t.ctx.Err() == nil { // else there is nobody to be refused anything
			t.srv.cfg.Logger.Warn("a request of market/1 is refused", "peer", t.peer.Addr,
				"request", marketwire.CodeName(req.Code()), "err", err)
		}
		refused = &marketwire.Refused{Reason: marketwire.Busy, RetryAfterMs: millis(unit.Second), Text: "not now"}
	}
	newest, _ := t.seller.curves.newest()
	refused.ReqID, refused.Seq = req.ID(), newest.Curve.Seq
	return refused
}

func (t *trade) reply(req marketwire.Request) (marketwire.Message, error) {
	tag := marketwire.Tag{ReqID: req.ID()}
	switch req := req.(type) {
	case *marketwire.GetConditions:
		var terms marketwire.Terms
		t.srv.desk.do(func(now unit.Instant, m *market.Market) { terms = t.seller.termsNow(now, m) })
		said, err := signed(t.seller, terms)
		return &marketwire.Conditions{Tag: tag, Terms: said}, err
	case *marketwire.GetCurves:
		list, err := t.curves(req)
		return &marketwire.Curves{Tag: tag, Curves: list}, err
	case *marketwire.Bid:
		said, err := t.bid(&req.Order)
		return &marketwire.BidAccepted{Tag: tag, Allocation: said}, err
	case *marketwire.GetAccount:
		said, err := t.balance()
		return &marketwire.Account{Tag: tag, Balance: said}, err
	case *marketwire.GetStatement:
		said, err := t.statement(req)
		return &marketwire.Statement{Tag: tag, Page: said}, err
	case *marketwire.GetCharge:
		said, err := t.charge(req.Number)
		return &marketwire.Charged{Tag: tag, Receipt: said}, err
	case *marketwire.Close:
		return t.end(tag)
	case *marketwire.Establish, *marketwire.Promise, *marketwire.Increase, *marketwire.Settle:
		return t.payment(t.ctx, req)
	default:
		return nil, refusef(marketwire.Unknown, "%s is not answered here", marketwire.CodeName(req.Code()))
	}
}

func refusef(reason marketwire.Reason, format string, args ...any) *marketwire.Refused {
	return &marketwire.Refused{Reason: reason, Text: brief(fmt.Sprintf(format, args...))}
}

// needs makes it say how much there must be.
func needs(r *marketwire.Refused, need unit.Amount) *marketwire.Refused {
	r.Need = need
	return r
}

func (t *trade) curves(req *marketwire.GetCurves) ([]marketwire.SignedCurve, error) {
	first := req.First
	if first == 0 {
		newest, ok := t.seller.curves.newest()
		if !ok {
			return nil, refusef(marketwire.NotSold, "there is no curve yet")
		}
		first = newest.Curve.Seq
	}
	list, ok := t.seller.curves.from(first, int(req.Max)) //nolint:gosec // at most MaxCurves
	if !ok {
		return nil, refusef(marketwire.Unknown, "curve %d is not known here, or no longer", first)
	}
	return t.seller.signedCurves(list)
}

// bid makes an order the client's standing bid.
func (t *trade) bid(signedOrder *marketwire.Signed[marketwire.Order]) (said marketwire.Signed[marketwire.Allocation], err error) {
	e, order := t.seller, &signedOrder.Body
	address := t.address
	digest := marketwire.Digest(*order)
	var again, known bool
	var latest marketwire.Allocation
	var nonce uint64
	t.srv.desk.do(func(unit.Instant, *market.Market) {
		if c := e.byAddress[address]; c != nil {
			known, again, latest, nonce = true, !c.fell && c.order == digest, c.latest, c.nonce
		}
	})
	if again {
		return signed(e, latest)
	}
	if err := t.checkOrder(signedOrder, address, nonce); err != nil {
		return said, err
	}
	if !known && len(order.Prices) == 0 { // strangers are not remembered
		return said, needs(refusef(marketwire.AccountUnknown, "there is nothing to take back"), e.cfg.LeastAccount)
	}
	var purse till.Purse
	if len(order.Prices) > 0 {
		if purse, err = t.reserve(address, order); err != nil {
			return said, err
		}
	}
	t.srv.desk.do(func(now unit.Instant, m *market.Market) {
		latest, err = t.place(now, m, order, digest, purse.Remainder)
	})
	if err != nil {
		return said, err
	}
	if len(order.Prices) == 0 {
		if err := e.till.Release(t.ctx, ledger.Address(address)); err != nil {
			t.srv.cfg.Logger.Debug("a hold is not given back yet", "err", err)
		}
	}
	return signed(e, latest)
}

// checkOrder says what is wrong with an order, whatever else there is in the book.
func (t *trade) checkOrder(o *marketwire.Signed[marketwire.Order], address wire.Address, nonce uint64) error {
	e, order := t.seller, &o.Body
	if err := o.Verify(&e.market, address); err != nil {
		return refusef(marketwire.BadSignature, "%v", err)
	}
	curve, ok := e.curves.newest()
	switch reserve := curve.Curve.Reserve; {
	case !ok || curve.Curve.Units == 0 && len(order.Prices) > 0:
		return refusef(marketwire.NotSold, "there is nothing for sale now")
	case order.Epoch != e.epoch:
		return refusef(marketwire.StaleCurve, "the book was begun anew")
	case order.ExpiresNs <= t.srv.nanoseconds(t.srv.now()):
		return needs(refusef(marketwire.BadNonce, "the bid has expired"), unit.NewAmount(nonce))
	case order.Nonce <= nonce:
		return needs(refusef(marketwire.BadNonce, "the last bid had nonce %d", nonce), unit.NewAmount(nonce))
	case len(order.Prices) > e.cfg.MaxUnits:
		return needs(refusef(marketwire.TooManyUnits, "at most %d units", e.cfg.MaxUnits), unit.NewAmount(uint64(e.cfg.MaxUnits))) //nolint:gosec // 1 to 64
	case len(order.Prices) > 0 && order.Prices[0].Cmp(reserve) < 0:
		return needs(refusef(marketwire.BelowReserve, "the reserve is higher"), unit.AmountOfBytes(reserve.Bytes()))
	}
	return nil
}

// needsOf is what a bid asks of its account.
func (e *seller) needsOf(prices []unit.Price, fee unit.Amount) (n account.Needs, ok bool) {
	n.Fee = fee
	for _, one := range []struct {
		to   *unit.Amount
		span unit.Span
	}{{&n.Cover, auction.CoverSpan}, {&n.Refill, auction.RefillSpan}, {&n.Prepaid, auction.PrepaidSpan}} {
		if *one.to, ok = auction.Cover(prices, one.span); !ok {
			return n, false
		}
	}
	return n, true
}

// leastOf is what is set aside for a bid, and what there must be: something, also for a bid of nothing.
func leastOf(n account.Needs) (want, atLeast unit.Amount) {
	want, atLeast = n.Bid(unit.Amount{})
	if atLeast.IsZero() {
		atLeast = unit.NewAmount(1)
	}
	if want.Cmp(atLeast) < 0 {
		want = atLeast
	}
	return want, atLeast
}

// reserve sets money aside for a bid, or says that there is not enough.
func (t *trade) reserve(address wire.Address, order *marketwire.Order) (till.Purse, error) {
	e := t.seller
	need, ok := e.needsOf(order.Prices, e.cfg.BidFee)
	if !ok {
		return till.Purse{}, needs(refusef(marketwire.NoCover, "no account holds so much"), unit.MaxAmount())
	}
	t.srv.desk.do(func(now unit.Instant, m *market.Market) {
		if c := e.byAddress[address]; c != nil {
			e.debit(now, m, c)
		}
	})
	want, least := leastOf(need)
	purse, err := e.till.Reserve(t.ctx, ledger.Address(address), want, least)
	if short, ok := errors.AsType[*ledger.InsufficientError](err); ok {
		return purse, t.short(address, short, least)
	}
	return purse, err
}

// short refuses a bid that its account does not cover.
func (t *trade) short(address wire.Address, short *ledger.InsufficientError, least unit.Amount) error {
	if state, err := t.seller.till.Account(t.ctx, ledger.Address(address)); err == nil && state.Entries == 0 {
		return needs(refusef(marketwire.AccountUnknown, "there is no account of %x", address), t.seller.cfg.LeastAccount)
	}
	return needs(refusef(marketwire.NoCover, "the account has %s that are free", short.Have), least)
}

// place puts an order into the book. The desk is locked.
func (t *trade) place(now unit.Instant, m *market.Market, order *marketwire.Order, digest marketwire.Hash, rest uint64) (marketwire.Allocation, error) {
	e := t.seller
	c := e.customer(t.session)
	if c.fell { // the teller is about to say so, and no allocation may be missing
		busy := refusef(marketwire.Busy, "the bid before it has just fallen")
		busy.RetryAfterMs = 1
		return c.latest, busy
	}
	if order.Nonce <= c.nonce {
		return c.latest, needs(refusef(marketwire.BadNonce, "the last bid had nonce %d", c.nonce), unit.NewAmount(c.nonce))
	}
	if len(order.Prices) == 0 {
		e.exit(now, m, c)
		c.nonce = order.Nonce
		return c.allocate(e, now, marketwire.BidChanged, 0, unit.Price{}, m.Curve().Seq), nil
	}
	need, _ := e.needsOf(order.Prices, auction.Fee(c.prices, order.Prices, e.cfg.BidFee))
	if err := t.enterBook(now, m, c, need, order, rest); err != nil {
		return c.latest, err
	}
	want, _ := leastOf(need)
	e.till.Want(ledger.Address(c.address), want) // the bid before may have fallen since that was set aside
	c.order, c.prices, c.needs, c.nonce = digest, order.Prices, need, order.Nonce
	if !need.Fee.IsZero() {
		at := e.srv.nanoseconds(now)
		e.till.Charge(ledger.Address(c.address), till.Charge{Fee: need.Fee, Remainder: c.rest, Bid: digest, SinceNs: at, AtNs: at})
	}
	st, _ := m.Standing(now, c.id)
	c.needs.Fee = unit.Amount{}
	return c.allocate(e, now, marketwire.BidChanged, st.Units, st.Rate, st.Seq), nil
}

// enterBook charges what the bid before has cost, and makes the bid, if there is money for it.
// The desk is locked.
func (t *trade) enterBook(now unit.Instant, m *market.Market, c *customer, need account.Needs, order *marketwire.Order, rest uint64) error {
	e := t.seller
	if d, err := m.Debit(now, c.id); err == nil {
		e.charge(now, c, d, true)
	}
	limit := e.till.Limit(ledger.Address(c.address))
	_, least := leastOf(need)
	if limit.Cmp(least) < 0 {
		return needs(refusef(marketwire.NoCover, "%s are left of what is set aside", limit), least)
	}
	if !m.Entered(c.id) {
		e.begin(now, c, rest)
		if err := m.Enter(now, t.seat, limit, c.rest); err != nil {
			return refusef(marketwire.NotSold, "%v", err)
		}
	}
	e.fund(now, m, c, need.Fee)
	err := m.Bid(now, c.id, order.Prices, order.Most)
	if err == nil {
		return nil
	}
	e.fund(now, m, c, unit.Amount{})
	if dear, ok := errors.AsType[*market.DearError](err); ok {
		return needs(refusef(marketwire.StaleCurve, "it would cost more than it accepts"), unit.AmountOfBytes(dear.Cost.Bytes()))
	}
	return refusef(marketwire.Malformed, "%v", err)
}

// balance is what the client's account comes to.
func (t *trade) balance() (said marketwire.Signed[marketwire.Balance], err error) {
	return t.balanceIn(t.ctx)
}

func (t *trade) balanceIn(ctx context.Context) (said marketwire.Signed[marketwire.Balance], err error) {
	body, err := t.account(ctx)
	if err != nil {
		return said, err
	}
	return signed(t.seller, body)
}

// tries is how often an account is looked at that changes while it is looked at.
const tries = 5

func (t *trade) account(ctx context.Context) (b marketwire.Balance, err error) {
	e, address := t.seller, t.address
	for range tries {
		before := t.debits(address)
		state, err := e.till.Account(ctx, ledger.Address(address))
		if err != nil {
			return b, err
		}
		if state.Entries == 0 && state.Balance.IsZero() {
			return b, needs(refusef(marketwire.AccountUnknown, "there is no account of %x", address), e.cfg.LeastAccount)
		}
		var after uint64
		t.srv.desk.do(func(now unit.Instant, m *market.Market) {
			b = e.balanceOf(now, m, address, state)
			if c := e.byAddress[address]; c != nil {
				after = c.debits
			}
		})
		if before == after {
			return b, nil
		}
	}
	return b, refusef(marketwire.Busy, "the account changes too fast")
}

// debits is how often a client was charged.
func (t *trade) debits(address wire.Address) (n uint64) {
	t.srv.desk.do(func(unit.Instant, *market.Market) {
		if c := t.seller.byAddress[address]; c != nil {
			n = c.debits
		}
	})
	return n
}

// balanceOf is an account of which the ledger says this. The desk is locked.
func (e *seller) balanceOf(now unit.Instant, m *market.Market, address wire.Address, state till.Purse) marketwire.Balance {
	b := marketwire.Balance{
		Market: e.id, Client: address, Epoch: e.epoch, AtNs: e.srv.nanoseconds(now), Seq: m.Curve().Seq,
		Number: state.Entries, Balance: state.Balance, Owed: state.Unposted,
	}
	c := e.byAddress[address]
	if c == nil {
		return b
	}
	st, ok := m.Standing(now, c.id)
	if !ok {
		return b
	}
	owed, fits := b.Owed.Add(st.Owed)
	if !fits || owed.Cmp(b.Balance) > 0 {
		owed = b.Balance
	}
	b.Owed, b.Held, b.Units, b.Rate = owed, state.Held, st.Units, st.Rate
	if at, ok := account.UsedUp(now, b.Balance, b.Owed, st.Rest, st.Rate); ok {
		b.DepletesNs = e.srv.nanoseconds(at)
	}
	return b
}

func (t *trade) statement(req *marketwire.GetStatement) (said marketwire.Signed[marketwire.Page], err error) {
	e, address := t.seller, t.address
	entries, newest, err := e.till.Statement(t.ctx, ledger.Address(address), req.First, int(req.Max)) //nolint:gosec // at most MaxEntries
	if err != nil {
		return said, err
	}
	if newest == 0 {
		return said, needs(refusef(marketwire.AccountUnknown, "there is no account of %x", address), e.cfg.LeastAccount)
	}
	page := marketwire.Page{Market: e.id, Client: address, AtNs: t.srv.nanoseconds(t.srv.now()), Newest: newest, Entries: entries}
	for _, one := range entries { // the ledger has a clock of its own
		page.AtNs = max(page.AtNs, one.AtNs)
	}
	return signed(e, page)
}

// charge explains a charge.
func (t *trade) charge(entry uint64) (said marketwire.Signed[marketwire.Receipt], err error) {
	var found *charge
	var c *customer
	t.srv.desk.do(func(unit.Instant, *market.Market) {
		if c = t.seller.byID[t.peer.ID]; c == nil {
			return
		}
		for _, one := range c.charges {
			if one.entry == entry && entry != 0 {
				found = &one
			}
		}
	})
	if found == nil {
		return said, refusef(marketwire.Unknown, "entry %d is no charge that can be explained", entry)
	}
	receipt, ok := t.seller.receipt(c, *found)
	if !ok {
		return said, refusef(marketwire.Unknown, "the curves of entry %d are not kept any more", entry)
	}
	return signed(t.seller, receipt)
}

// end ends the client's business on this connection.
func (t *trade) end(tag marketwire.Tag) (marketwire.Message, error) {
	e := t.seller
	var c *customer
	t.srv.desk.do(func(now unit.Instant, m *market.Market) {
		if c = e.byID[t.peer.ID]; c != nil {
			e.exit(now, m, c)
		}
	})
	closed := &marketwire.Closed{Tag: tag, End: marketwire.Asked}
	if c == nil {
		return closed, nil
	}
	if err := e.till.Release(t.ctx, ledger.Address(t.address)); err != nil { // all is posted then
		return nil, err
	}
	said, err := t.balance()
	closed.Balance = &said
	return closed, err
}

// notice tells the client of a new allocation.
func (t *trade) notice(a marketwire.Allocation) {
	if said, err := signed(t.seller, a); err == nil {
		t.tell(&marketwire.Notice{Allocation: said})
	}
}

// balanceLow tells the client that its balance will not last for long.
func (t *trade) balanceLow() {
	if said, err := t.balance(); err == nil {
		t.tell(&marketwire.BalanceLow{Balance: said})
	}
}

// credited tells the client that money has come in.
func (t *trade) credited() {
	if said, err := t.balance(); err == nil {
		t.tell(&marketwire.Account{Balance: said})
	}
}

// demotePatience is how long a demotion waits for the ledger.
const demotePatience = 2 * time.Second

// demoted tells the client that its bid fell.
func (t *trade) demoted() {
	var latest marketwire.Allocation
	t.srv.desk.do(func(unit.Instant, *market.Market) {
		if c := t.seller.byID[t.peer.ID]; c != nil {
			latest = c.latest
		}
	})
	allocation, err := signed(t.seller, latest)
	if err != nil {
		return
	}
	ctx, cancel := context.WithTimeout(t.ctx, demotePatience)
	defer cancel()
	said, err := t.balanceIn(ctx)
	if err != nil { // the ledger does not answer; no allocation may be missing
		t.tell(&marketwire.Notice{Allocation: allocation})
		return
	}
	t.tell(&marketwire.Demoted{Allocation: allocation, Balance: said})
}
