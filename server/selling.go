package server

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/candela-les/candela/ledger"
	"github.com/candela-les/candela/market"
	"github.com/candela-les/candela/market/auction"
	"github.com/candela-les/candela/market/flow"
	"github.com/candela-les/candela/server/till"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire"
	"github.com/candela-les/candela/wire/marketwire"
)

// Sale is what a server sells for money, and how.
type Sale struct {
	// Ledger keeps the clients' accounts, and Owner is this server's name in it, which no other may have.
	// The server does not close it.
	Ledger ledger.Ledger
	Owner  ledger.Owner
	// Money that prices are in: a token of a chain, see marketwire.Market.
	ChainID  uint64
	Token    wire.Address
	Decimals uint64
	Currency string

	// Bound is kept with the key, so that no time that is told is earlier than one that was told before a restart. Nil
	// keeps nothing: then a clock that is set back between two starts makes the server prove itself a fraud.
	Bound Bound

	MaxUnits int         // K: most units that one bid may ask for; 0: DefaultMaxUnits
	Units    uint64      // for sale at most; 0: all that are not granted or kept
	Reserve  unit.Price  // the least price of a unit for an hour
	BidFee   unit.Amount // for a bid that is new or changed
	// LeastAccount is the least first deposit, Methods are how it may be made: "grant", which says nothing of itself, and
	// what Payments takes.
	LeastAccount unit.Amount
	Methods      []marketwire.Method
	// Payments takes in what clients pay; nil: only the operator's hand fills accounts. The server does not close it.
	Payments Payments
}

// DefaultMaxUnits is K where none is configured.
const DefaultMaxUnits = 16

// seller is the selling side of a server: the market/1 protocol over the market's auction and
// the till. Where a comment says desk, the desk's lock guards it.
type seller struct {
	srv    *Server
	cfg    Sale
	market marketwire.Market
	id     marketwire.Hash // of market
	till   *till.Till
	epoch  uint64 // when the book was begun, ns
	curves curves

	// desk:
	byID      map[market.ID]*customer
	byAddress map[wire.Address]*customer
	terms     marketwire.Terms // as last told, without Free
	fallen    []*customer      // their bids fell because of money or absence; the teller looks after them
	fresh     int              // curves since the teller was told to enter what is owed

	bounded unit.Instant // no time is told beyond it without that being kept; the teller's

	hurry chan struct{} // for the teller, when there are many curves
	wake  chan struct{} // for the teller, when somebody has fallen
	quiz  budget        // of those who have no account: answers cost signatures
	// lookups are what strangers may have the chain looked at.
	lookups budget
}

// openSale makes the selling side; desk.open begins with what it returns.
func (s *Server) openSale(ctx context.Context) (*market.Sale, error) {
	cfg := s.cfg.Sale
	if cfg == nil {
		return nil, nil
	}
	if err := checkMethods(cfg.Methods); err != nil {
		return nil, err
	}
	if cfg.MaxUnits == 0 {
		cfg.MaxUnits = DefaultMaxUnits
	}
	key := &s.cfg.Key.PublicKey
	s.seller = &seller{
		srv: s, cfg: *cfg,
		market: marketwire.Market{
			ChainID: cfg.ChainID, Token: cfg.Token, Decimals: cfg.Decimals, Currency: cfg.Currency,
			Seller: wire.AddressOf(key), Node: wire.NodeOf(key),
		},
		byID: make(map[market.ID]*customer), byAddress: make(map[wire.Address]*customer),
		wake: make(chan struct{}, 1), hurry: make(chan struct{}, 1), quiz: newBudget(quizBurst, quizEvery), lookups: newBudget(strangerBurst, strangerEvery),
	}
	s.seller.id = s.seller.market.ID()
	err := s.beginBook()
	if err != nil {
		return nil, err
	}
	s.seller.epoch = s.nanoseconds(s.now())
	s.seller.till, err = till.Open(ctx, till.Config{
		Ledger: cfg.Ledger, Owner: cfg.Owner, Token: ledger.Address(cfg.Token), Logger: s.cfg.Logger, Listener: s.seller,
		Now: func() time.Time { return s.cfg.Now().Add(time.Duration(s.ahead)) }, //nolint:gosec // bounded by beginBook
	})
	return &market.Sale{
		Prices: cfg.MaxUnits, Most: cfg.Units, Reserve: cfg.Reserve,
		FirstSeq: s.seller.epoch / uint64(time.Microsecond), // above all of earlier books, as the epoch is
	}, err
}

// closeSale posts what is owed, within closePatience, and gives back what is held.
func (s *Server) closeSale() error {
	if s.seller == nil || s.seller.till == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), closePatience)
	defer cancel()
	return errors.Join(s.seller.till.Close(ctx), s.keepBound(s.now(), 0))
}

// closePatience is how long the ledger may take when the server closes.
const closePatience = 10 * time.Second

// Posted implements till.Listener: a charge has its number in the client's account.
func (e *seller) Posted(client ledger.Address, p till.Posted) {
	if p.Entry == 0 {
		return
	}
	e.srv.desk.do(func(unit.Instant, *market.Market) {
		c := e.byAddress[wire.Address(client)]
		if c == nil {
			return
		}
		for i := range c.charges {
			if one := &c.charges[i]; e.srv.nanoseconds(one.at) == p.AtNs {
				one.entry = p.Entry
			}
		}
	})
}

// Changed implements till.Listener: the client has more or less to spend.
func (e *seller) Changed(client ledger.Address, _ till.Purse) {
	e.srv.desk.do(func(now unit.Instant, m *market.Market) {
		if c := e.byAddress[wire.Address(client)]; c != nil {
			e.fund(now, m, c, unit.Amount{})
		}
	})
}

// Lost implements till.Listener: nothing is held for the client any more.
func (e *seller) Lost(client ledger.Address, err error) {
	e.srv.cfg.Logger.Warn("what was set aside for a client is gone", "client", client, "err", err)
	e.srv.desk.do(func(now unit.Instant, m *market.Market) {
		if c := e.byAddress[wire.Address(client)]; c != nil {
			e.fund(now, m, c, unit.Amount{})
		}
	})
}

// nanoseconds is an instant as clients are told of it: since 1970, by this server's clock, and ahead of it if that
// was set back.
func (s *Server) nanoseconds(at unit.Instant) uint64 {
	return uint64(max(s.start.UnixNano(), 0)) + s.ahead + uint64(max(at, 0)) //nolint:gosec // neither is negative
}

// Market says who sells here and for what money; ok is false if nothing is sold.
func (s *Server) Market() (m marketwire.Market, ok bool) {
	if s.seller == nil {
		return m, false
	}
	return s.seller.market, true
}

// follow notes what a step of the market has changed. The desk is locked.
func (e *seller) follow(m *market.Market) {
	for _, d := range m.Curves() {
		e.curves.add(d)
		e.fresh++
	}
	if e.fresh < debitCurves {
		return
	}
	e.fresh = 0
	select {
	case e.hurry <- struct{}{}:
	default: // it has been told
	}
}

// termsNow are the conditions at the moment. The desk is locked.
func (e *seller) termsNow(now unit.Instant, m *market.Market) marketwire.Terms {
	units, falls := m.ForSale()
	curve := m.Curve()
	of := m.UnitParams(e.srv.pricing(wire.LES5).limit)
	t := marketwire.Terms{
		Market: e.id, Epoch: e.epoch, Reserve: curve.Reserve, Units: units, Free: curve.Free,
		UnitRate: uint64(of.Recharge), UnitBuffer: uint64(of.Limit), MaxUnits: uint64(e.cfg.MaxUnits), //nolint:gosec // 1 to 64
		BidFee: e.cfg.BidFee, LeastAccount: e.cfg.LeastAccount, Methods: e.cfg.Methods,
		CoverMs: millis(auction.CoverSpan), RefillMs: millis(auction.RefillSpan), PrepaidMs: millis(auction.PrepaidSpan),
		LingerMs: millis(market.LingerSpan), GraceMs: millis(flow.HonourSpan),
	}
	for _, f := range falls {
		t.Falls = append(t.Falls, marketwire.Fall{AtNs: e.srv.nanoseconds(f.At), Units: f.Units})
	}
	t.Seq, t.AtNs = e.terms.Seq, e.terms.AtNs
	if t.Seq == 0 || !sameTerms(t, e.terms) {
		t.Seq, t.AtNs = t.Seq+1, e.srv.nanoseconds(now)
		e.terms = t
	}
	return t
}

// sameTerms compares all but what is unsold.
func sameTerms(a, b marketwire.Terms) bool {
	a.Free, b.Free = 0, 0
	return marketwire.Digest(a) == marketwire.Digest(b)
}

// offer is what is said to those who are not connected; nil if nothing is sold.
func (e *seller) offer() []byte {
	var terms marketwire.Terms
	var curve marketwire.Curve
	e.srv.desk.do(func(now unit.Instant, m *market.Market) {
		terms = e.termsNow(now, m)
	})
	if newest, ok := e.curves.newest(); ok {
		curve = e.curveOf(newest)
	}
	offer := marketwire.NewOffer(&e.market, &terms, &curve)
	return offer.Append(nil)
}

// curveOf is a curve as it is signed.
func (e *seller) curveOf(d auction.Dated) marketwire.Curve {
	return marketwire.Curve{
		Market: e.id, Epoch: e.epoch, Seq: d.Curve.Seq, AtNs: e.srv.nanoseconds(d.At),
		Reserve: d.Curve.Reserve, Units: d.Curve.Units, Free: d.Curve.Free,
		Losing: d.Curve.Losing, Winning: d.Curve.Winning,
	}
}

// signed signs a statement of the seller's.
func signed[B marketwire.Body](e *seller, body B) (marketwire.Signed[B], error) {
	out, err := marketwire.Sign(body, e.srv.cfg.Key)
	if err != nil {
		return out, fmt.Errorf("a statement cannot be signed: %w", err)
	}
	return out, nil
}

// debitEvery is how often what clients owe is entered, and debitCurves after how many curves at the
// latest: a charge has a line for each, and while the teller is at it more of them come.
const (
	debitEvery  = 9 * unit.Second // ten are promised, and it is looked at once a second
	debitCurves = marketwire.MaxLines / 4
	debitChunk  = 256 // clients, for each of which the desk is locked once
)

// teller enters what clients owe, watches their balances and looks after those whose bid fell,
// until the server closes. Then everybody's bid is taken back and what they owe is entered.
func (e *seller) teller() {
	defer e.srv.wg.Done()
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	var last unit.Instant
	for {
		select {
		case <-e.srv.ctx.Done():
			e.closeAll()
			return
		case <-e.wake:
			e.tendFallen()
			continue
		case <-e.hurry:
			last = e.srv.now()
			e.debitAll()
			continue
		case <-tick.C:
		}
		now := e.srv.now()
		e.srv.extendBound(now)
		if now.Since(last) >= debitEvery {
			last = now
			e.debitAll()
		}
		e.tendFallen()
		e.tellTerms()
	}
}

// customers returns all clients that have done business, in the order of their addresses.
func (e *seller) customers() (list []*customer) {
	e.srv.desk.do(func(unit.Instant, *market.Market) {
		for _, c := range e.byAddress {
			list = append(list, c)
		}
	})
	slices.SortFunc(list, func(a, b *customer) int { return slices.Compare(a.address[:], b.address[:]) })
	return list
}

// debitAll enters what everybody owes.
func (e *seller) debitAll() {
	for chunk := range slices.Chunk(e.customers(), debitChunk) {
		e.srv.desk.do(func(now unit.Instant, m *market.Market) {
			for _, c := range chunk {
				e.debit(now, m, c)
				e.watch(now, m, c)
			}
		})
	}
}

// tendFallen ends the business of those whose bid fell. It does not wait for the ledger, which they
// are many to use: what is held for them is given back when it is looked at next.
func (e *seller) tendFallen() {
	var list []*customer
	e.srv.desk.do(func(unit.Instant, *market.Market) { list, e.fallen = e.fallen, nil })
	for _, c := range list {
		var one *session
		e.srv.desk.do(func(now unit.Instant, m *market.Market) {
			e.exit(now, m, c)
			e.till.Want(ledger.Address(c.address), unit.Amount{})
			one = c.at
		})
		if one != nil {
			one.trade.later(one.trade.demoted)
		}
	}
}

// closeAll takes all bids back and enters what is owed.
func (e *seller) closeAll() {
	for _, c := range e.customers() {
		e.srv.desk.do(func(now unit.Instant, m *market.Market) { e.exit(now, m, c) })
	}
}

// tellTerms tells all who do business when the conditions have changed.
func (e *seller) tellTerms() {
	var changed bool
	var terms marketwire.Terms
	e.srv.desk.do(func(now unit.Instant, m *market.Market) {
		before := e.terms.Seq
		terms = e.termsNow(now, m)
		changed = before != 0 && terms.Seq != before
	})
	if !changed {
		return
	}
	said, err := signed(e, terms)
	if err != nil {
		e.srv.cfg.Logger.Error("conditions are not told", "err", err)
		return
	}
	payload := marketwire.Append(nil, &marketwire.Conditions{Terms: said})
	for _, one := range e.srv.all() {
		if one.trade != nil && one.trade.greeted.Load() {
			one.push(wire.FirstMarket+marketwire.CodeConditions, payload)
		}
	}
}

// budget is a bucket of messages: so many at once, and one more after each span.
type budget struct {
	mu    sync.Mutex
	burst int
	every unit.Span
	left  int
	since unit.Instant
}

func newBudget(burst int, every unit.Span) budget {
	return budget{burst: burst, every: every, left: burst}
}

// take uses one, or says how long to wait for it.
func (b *budget) take(now unit.Instant) (ok bool, wait unit.Span) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if gained := now.Since(b.since) / b.every; gained > 0 {
		b.left = int(min(unit.Span(b.left)+gained, unit.Span(b.burst)))
		b.since = b.since.Add(gained * b.every)
	}
	if b.left == 0 {
		return false, b.every - now.Since(b.since)
	}
	b.left--
	return true, 0
}
