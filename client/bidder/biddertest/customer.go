package biddertest

import (
	"errors"
	"time"

	"github.com/candela-les/candela/market/auction"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire/marketwire"
)

// customer is one client's account and bid.
type customer struct {
	address marketwire.Address
	id      auction.Client
	open    bool
	line    *Line
	left    time.Time // when its last connection ended

	entries []marketwire.Entry
	balance unit.Amount
	rest    uint64 // owed and not charged, in parts of a base unit

	order  *marketwire.Signed[marketwire.Order] // that stands
	nonce  uint64
	prices []unit.Price
	alloc  *marketwire.Allocation

	lines    []marketwire.Line // since the last charge
	at       unit.Instant      // since when the last one holds
	since    unit.Instant      // of the next charge
	opened   unit.Instant      // by the first bid in this book
	receipts map[uint64]marketwire.Receipt
}

func (s *Seller) customer(address marketwire.Address) *customer {
	c, ok := s.mu.clients[address]
	if !ok {
		c = &customer{address: address}
		s.mu.clients[address] = c
	}
	if c.receipts == nil {
		c.receipts = make(map[uint64]marketwire.Receipt)
	}
	return c
}

// open makes a client known to the auction.
func (s *Seller) open(c *customer) {
	if c.open {
		return
	}
	c.id, c.open, c.since, c.opened = s.mu.next, true, s.now(), s.now()
	s.mu.next++
	s.mu.ids[c.id] = c
	if err := s.mu.auction.Open(s.now(), c.id, c.balance, c.rest); err != nil {
		panic(err)
	}
}

func (s *Seller) limit(c *customer) {
	if c.open {
		if err := s.mu.auction.SetLimit(s.now(), c.id, c.balance); err != nil && !errors.Is(err, auction.ErrOwed) {
			panic(err)
		}
		s.after(nil)
	}
}

// enter makes an entry. The seller's own bidders have none.
func (s *Seller) enter(c *customer, e marketwire.Entry) {
	e.Number = uint64(len(c.entries) + 1)
	if e.AtNs == 0 {
		e.AtNs = uint64(s.now())
	}
	if e.SinceNs == 0 {
		e.SinceNs = e.AtNs
	}
	if e.Debit {
		c.balance, _ = c.balance.Sub(e.Amount)
	} else {
		c.balance, _ = c.balance.Add(e.Amount)
	}
	e.Balance = c.balance
	c.entries = append(c.entries, e)
}

// accrue closes the line that holds, for what changed after it.
func (s *Seller) accrue(c *customer) {
	now := s.now()
	if n := len(c.lines); n > 0 && now > c.at {
		c.lines[n-1].SpanNs += uint64(now - c.at)
	}
	c.at = now
	v, err := s.mu.auction.View(c.id)
	if err != nil || v.Units == 0 {
		if n := len(c.lines); n > 0 && c.lines[n-1].Units > 0 {
			c.lines = append(c.lines, marketwire.Line{Seq: s.mu.auction.Curve().Seq})
		}
		return
	}
	line := marketwire.Line{Seq: s.mu.auction.Curve().Seq, Units: uint64(v.Units), Rate: v.Rate}
	if n := len(c.lines); n > 0 && c.lines[n-1].Seq == line.Seq && c.lines[n-1].Units == line.Units && c.lines[n-1].Rate == line.Rate {
		return
	}
	c.lines = append(c.lines, line)
}

// charge enters what is owed. Less than a base unit is left for the next charge, which is of this time too
// unless another bid begins.
func (s *Seller) charge(c *customer, another bool) {
	if !c.open || c.address[0] == 0xff {
		return
	}
	now := s.now()
	s.accrue(c)
	if now.Since(c.since) < unit.Span(s.mu.cheats.Seldom) {
		return
	}
	before := c.rest
	amount, rest, err := s.mu.auction.Debit(now, c.id)
	if err != nil {
		panic(err)
	}
	if amount.IsZero() && !another {
		return
	}
	c.rest = rest
	lines := c.lines
	c.lines = nil
	s.accrue(c)
	if more := s.mu.cheats.Overcharge; more > 0 && !amount.IsZero() {
		amount, _ = amount.Add(unit.NewAmount(more))
		if s.mu.cheats.LinesToo {
			for i := range lines {
				hi, lo := lines[i].Rate.Words()
				lines[i].Rate = unit.PriceOfWords(hi, lo+more*uint64(3600*time.Second)/max(lines[i].SpanNs, 1)*1_000_000)
			}
		}
	}
	since := c.since
	c.since = now
	if amount.IsZero() {
		return
	}
	e := marketwire.Entry{Kind: marketwire.Charge, Debit: true, SinceNs: uint64(since), Amount: amount}
	if back := s.mu.cheats.Backdate; back > 0 {
		e.SinceNs = uint64(now) - uint64(back)
	}
	if s.mu.cheats.Timeless {
		e.SinceNs, e.AtNs = uint64(c.opened)-1, uint64(c.opened)-1
	}
	s.enter(c, e)
	r := marketwire.Receipt{
		Market: s.marketID(), Client: c.address, Epoch: s.mu.epoch, Number: uint64(len(c.entries)),
		Before: before, After: rest, Amount: amount, Lines: lines,
	}
	if c.order != nil {
		r.Order = marketwire.Digest(c.order.Body)
	}
	c.receipts[r.Number] = r
	s.limit(c)
}

func (s *Seller) marketID() marketwire.Hash {
	m := s.Market()
	return m.ID()
}

// fall takes a client's bid back.
func (s *Seller) fall(c *customer) {
	if !c.open {
		return
	}
	s.charge(c, true)
	if err := s.mu.auction.Bid(s.now(), c.id, nil); err != nil {
		panic(err)
	}
	c.order, c.prices = nil, nil
	s.allocate(c, marketwire.Left, s.now(), s.mu.auction.Curve().Seq)
	s.after(c)
}

// allocate makes the client's next allocation.
func (s *Seller) allocate(c *customer, cause marketwire.Cause, at unit.Instant, seq uint64) {
	v, err := s.mu.auction.View(c.id)
	if err != nil {
		panic(err)
	}
	a := &marketwire.Allocation{
		Market: s.marketID(), Client: c.address, Epoch: s.mu.epoch, Number: 1,
		Units: uint64(v.Units), SinceNs: uint64(at), Cause: cause, Rate: v.Rate, Seq: seq,
	}
	if c.alloc != nil {
		a.Number = c.alloc.Number + 1
	}
	if c.order != nil {
		a.Order = marketwire.Digest(c.order.Body)
	}
	if cut := s.mu.cheats.Cut; cut > 0 && a.Units >= cut {
		a.Units -= cut
	}
	c.alloc = a
}

// after carries out what an input to the auction has changed, for all but one client.
func (s *Seller) after(but *customer) {
	s.take()
	for _, e := range append([]auction.Effect(nil), s.mu.auction.Effects()...) {
		c := s.mu.ids[e.Client]
		if c == but || c.address[0] == 0xff {
			continue
		}
		if e.Reason == auction.Depleted {
			s.charge(c, true)
			c.order, c.prices = nil, nil
			s.allocate(c, marketwire.Depleted, e.At, e.Seq)
			if c.line != nil {
				c.line.send(&marketwire.Demoted{Allocation: sign(s, *c.alloc), Balance: sign(s, s.said(c))})
			}
			continue
		}
		cause := marketwire.Outbid
		if e.Units > e.Was {
			cause = marketwire.Won
		}
		s.allocate(c, cause, e.At, e.Seq)
		if c.line != nil {
			c.line.send(&marketwire.Notice{Allocation: sign(s, *c.alloc)})
		}
	}
	for _, c := range s.mu.clients {
		if c.open {
			s.accrue(c)
		}
	}
}

// take takes over the curves that are new.
func (s *Seller) take() {
	for _, d := range s.mu.auction.Curves() {
		s.mu.curves[d.Curve.Seq] = d
	}
}

// said is what the seller says of an account.
func (s *Seller) said(c *customer) marketwire.Balance {
	b := marketwire.Balance{
		Market: s.marketID(), Client: c.address, Epoch: s.mu.epoch, AtNs: uint64(s.now()), Seq: s.mu.auction.Curve().Seq,
		Number: uint64(len(c.entries)), Balance: c.balance,
	}
	if !c.open {
		return b
	}
	s.mu.auction.Tick(s.now())
	if v, err := s.mu.auction.View(c.id); err == nil {
		b.Owed, b.Units, b.Rate = v.Owed, uint64(v.Units), v.Rate
		b.Held, _ = auction.Cover(v.Prices, auction.CoverSpan)
	}
	return b
}
