package biddertest

import (
	"bytes"
	"fmt"

	"github.com/candela-les/candela/market/auction"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire/marketwire"
)

// Line is a client's connection.
type Line struct {
	s      *Seller
	client marketwire.Address
	write  func(code uint64, payload []byte)

	established map[marketwire.Hash]bool // channels
}

// Open begins a connection. What the seller sends goes to write, which must not call back; Hello is the
// first.
func (s *Seller) Open(client marketwire.Address, write func(code uint64, payload []byte)) *Line {
	s.mu.Lock()
	defer s.mu.Unlock()
	l := &Line{s: s, client: client, write: write, established: make(map[marketwire.Hash]bool)}
	m := s.Market()
	if s.mu.cheats.WrongNode {
		m.Node[0]++
	}
	l.send(&marketwire.Hello{Version: 1, Market: &m, Epoch: s.mu.epoch})
	s.customer(client).line = l
	return l
}

// Close ends the connection.
func (l *Line) Close() {
	s := l.s
	s.mu.Lock()
	defer s.mu.Unlock()
	if c := s.customer(l.client); c.line == l {
		c.line, c.left = nil, s.Now()
	}
}

// Send sends any message.
func (l *Line) Send(m marketwire.Message) {
	l.s.mu.Lock()
	defer l.s.mu.Unlock()
	l.send(m)
}

func (l *Line) send(m marketwire.Message) {
	if mangle := l.s.mu.cheats.Mangle; mangle != nil {
		if m = mangle(m); m == nil {
			return
		}
	}
	l.write(m.Code(), marketwire.Append(nil, m))
}

// Receive takes a message of the client.
func (l *Line) Receive(code uint64, payload []byte) {
	s := l.s
	m, err := marketwire.Decode(code, payload)
	if err != nil {
		panic(fmt.Errorf("client sends %s: %w", marketwire.CodeName(code), err))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mu.got[code]++
	if s.mu.cheats.Mute[code] {
		return
	}
	c := s.customer(l.client)
	s.mu.auction.Tick(s.now())
	s.after(nil)
	if l.pays(c, m) {
		return
	}
	switch m := m.(type) {
	case *marketwire.Hello:
	case *marketwire.GetConditions:
		l.send(&marketwire.Conditions{Tag: m.Tag, Terms: sign(s, s.terms())})
	case *marketwire.GetCurves:
		l.curves(m)
	case *marketwire.Bid:
		l.bid(c, m)
	case *marketwire.GetAccount:
		if len(c.entries) == 0 {
			l.send(&marketwire.Refused{Tag: m.Tag, Reason: marketwire.AccountUnknown, Need: unit.NewAmount(1)})
			return
		}
		l.send(&marketwire.Account{Tag: m.Tag, Balance: sign(s, s.said(c))})
	case *marketwire.GetStatement:
		page := marketwire.Page{Market: s.marketID(), Client: c.address, AtNs: uint64(s.now()), Newest: uint64(len(c.entries))}
		for i := m.First; i <= page.Newest && uint64(len(page.Entries)) < m.Max; i++ {
			page.Entries = append(page.Entries, c.entries[i-1])
		}
		l.send(&marketwire.Statement{Tag: m.Tag, Page: sign(s, page)})
	case *marketwire.GetCharge:
		r, ok := c.receipts[m.Number]
		if !ok {
			l.send(&marketwire.Refused{Tag: m.Tag, Reason: marketwire.Unknown})
			return
		}
		l.send(&marketwire.Charged{Tag: m.Tag, Receipt: sign(s, r)})
	case *marketwire.Close:
		s.fall(c)
		closed := &marketwire.Closed{Tag: m.Tag, End: marketwire.Asked}
		if len(c.entries) > 0 {
			b := sign(s, s.said(c))
			closed.Balance = &b
		}
		l.send(closed)
	default:
		panic(fmt.Errorf("client sends %s", marketwire.CodeName(code)))
	}
}

func (s *Seller) terms() marketwire.Terms {
	curve := s.mu.auction.Curve()
	return marketwire.Terms{
		Market: s.marketID(), Epoch: s.mu.epoch, Seq: 1, AtNs: s.mu.epoch, Reserve: s.Reserve, Units: s.Units, Free: curve.Free,
		UnitRate: s.Rate, UnitBuffer: 60_000 * s.Rate / 10, MaxUnits: uint64(s.Prices), BidFee: unit.NewAmount(s.Fee),
		CoverMs: 20_000, RefillMs: 30_000, PrepaidMs: 60_000, LingerMs: uint64(Linger.Milliseconds()), GraceMs: 5_000,
		LeastAccount: unit.NewAmount(1), Methods: []marketwire.Method{{Name: "grant"}, {Name: Method, Info: []byte(Info)}},
	}
}

func (l *Line) curves(m *marketwire.GetCurves) {
	s := l.s
	answer := &marketwire.Curves{Tag: m.Tag}
	newest := s.mu.auction.Curve().Seq
	first := m.First
	if first == 0 {
		first = newest
	}
	if _, ok := s.mu.curves[first]; !ok && first != newest+1 {
		l.send(&marketwire.Refused{Tag: m.Tag, Reason: marketwire.Unknown})
		return
	}
	for seq := first; seq <= newest && uint64(len(answer.Curves)) < m.Max; seq++ {
		answer.Curves = append(answer.Curves, sign(s, s.curve(seq)))
	}
	l.send(answer)
}

func (s *Seller) curve(seq uint64) marketwire.Curve {
	d := s.mu.curves[seq]
	c := marketwire.Curve{
		Market: s.marketID(), Epoch: s.mu.epoch, Seq: seq, AtNs: uint64(d.At), Reserve: d.Curve.Reserve,
		Units: d.Curve.Units, Free: d.Curve.Free, Losing: d.Curve.Losing, Winning: d.Curve.Winning,
	}
	if s.mu.shown[seq]++; s.mu.cheats.TwoCurves && s.mu.shown[seq] > 1 {
		c.Units, c.Free = c.Units+1, c.Free+1
		c.Losing = nil
	}
	return c
}

// bid checks in the order of the specification.
func (l *Line) bid(c *customer, m *marketwire.Bid) {
	s := l.s
	market := s.Market()
	body := &m.Order.Body
	refuse := func(reason marketwire.Reason, need unit.Amount) {
		l.send(&marketwire.Refused{Tag: m.Tag, Reason: reason, Seq: s.mu.auction.Curve().Seq, Need: need})
	}
	if c.order != nil && bytes.Equal(digest(m.Order), digest(*c.order)) {
		l.send(&marketwire.BidAccepted{Tag: m.Tag, Allocation: sign(s, *c.alloc)})
		return
	}
	fee := auction.Fee(c.prices, body.Prices, unit.NewAmount(s.Fee))
	cover, _ := auction.Cover(body.Prices, auction.CoverSpan)
	need, _ := cover.Add(fee)
	switch {
	case m.Order.Verify(&market, l.client) != nil:
		refuse(marketwire.BadSignature, unit.Amount{})
	case body.Epoch != s.mu.epoch:
		refuse(marketwire.StaleCurve, unit.Amount{})
	case body.ExpiresNs <= uint64(s.now()) || body.Nonce <= c.nonce:
		refuse(marketwire.BadNonce, unit.NewAmount(c.nonce))
	case len(body.Prices) > s.Prices:
		refuse(marketwire.TooManyUnits, unit.NewAmount(uint64(s.Prices)))
	case len(body.Prices) > 0 && body.Prices[0].Cmp(s.Reserve) < 0:
		refuse(marketwire.BelowReserve, unit.Amount{})
	case len(body.Prices) > 0 && len(c.entries) == 0:
		refuse(marketwire.AccountUnknown, unit.NewAmount(1))
	case len(body.Prices) > 0 && c.balance.Cmp(need) < 0:
		refuse(marketwire.NoCover, need)
	default:
		l.accept(c, m, fee)
	}
}

func digest(o marketwire.Signed[marketwire.Order]) []byte {
	d := marketwire.Digest(o.Body)
	return d[:]
}

func (l *Line) accept(c *customer, m *marketwire.Bid, fee unit.Amount) {
	s := l.s
	s.open(c)
	s.charge(c, true)
	if !fee.IsZero() {
		reference := marketwire.Digest(m.Order.Body)
		s.enter(c, marketwire.Entry{Kind: marketwire.Fee, Debit: true, Amount: fee, Reference: reference[:]})
		s.limit(c)
	}
	if err := s.mu.auction.Bid(s.now(), c.id, m.Order.Body.Prices); err != nil {
		panic(err)
	}
	c.nonce, c.order, c.prices = m.Order.Body.Nonce, &m.Order, m.Order.Body.Prices
	if len(c.prices) == 0 {
		c.order = nil
	}
	s.allocate(c, marketwire.BidChanged, s.now(), s.mu.auction.Curve().Seq)
	l.send(&marketwire.BidAccepted{Tag: m.Tag, Allocation: sign(s, *c.alloc)})
	s.after(c)
}
