package market

import (
	"errors"

	"github.com/candela-les/candela/market/auction"
	"github.com/candela-les/candela/market/flow"
	"github.com/candela-les/candela/unit"
)

// FallSpan is how long ahead clients are told that there will be fewer units for sale.
const FallSpan = 10 * unit.Second

// LingerSpan is how long a bid stands after its client has gone.
const LingerSpan = 30 * unit.Second

// maxFalls is how many falls may be announced at a time.
const maxFalls = 8

// Sale is how units are sold: by a continuous auction.
type Sale struct {
	// Prices is K: the most units that one bid may ask for, 1 to auction.MaxPrices.
	Prices int
	// Most is how many units are for sale at most; 0: all that are not granted.
	Most uint64
	// Reserve is the price below which none is sold.
	Reserve unit.Price
	// FirstSeq numbers the first price curve; see auction.Config.
	FirstSeq uint64
}

// Fall is an announced change of the number of units for sale.
type Fall struct {
	At    unit.Instant
	Units uint64
}

// sale is the selling part of a market.
type sale struct {
	auction *auction.Auction
	most    uint64
	units   uint64 // N: for sale now
	falls   []Fall // ascending in time, descending in units
	// bidders by their number in the auction; vacant are the numbers that are free.
	bidders []*holder
	vacant  []auction.Client
	// short are those who have won units that others still use, in the order of winning;
	// gone those whose client has left, in that order.
	short, gone []*holder
	sold        uint64 // Σ holder.sold
	ripe        queue  // sessions whose free request will be a paid one, the next on top
}

// Errors of selling.
var (
	// ErrNotSold: nothing is sold here, or the client has not entered.
	ErrNotSold = errors.New("nothing is sold here")
	// ErrBelowReserve: no price of a bid reaches the reserve.
	ErrBelowReserve = errors.New("no price reaches the reserve")
	// ErrDear: what a bid would win costs more than its client accepts.
	ErrDear = errors.New("it would cost more than is accepted")
)

// openSale begins to sell.
func (m *Market) openSale(now unit.Instant, s *Sale) error {
	m.sale.ripe = queue{slot: inRipe, less: func(a, b *Session) bool { return a.work.ripe < b.work.ripe }}
	if s == nil {
		return nil
	}
	a, err := auction.New(now, auction.Config{
		Prices: s.Prices, Reserve: s.Reserve, FirstSeq: s.FirstSeq, Curves: true,
	})
	m.sale.auction, m.sale.most = a, s.Most
	return err
}

// Selling reports whether units are sold here.
func (m *Market) Selling() bool { return m.sale.auction != nil }

// ForSale returns how many units are for sale now, and what is announced of that.
func (m *Market) ForSale() (units uint64, falls []Fall) { return m.sale.units, m.sale.falls }

// Curve returns the prices as anybody may see them.
func (m *Market) Curve() auction.Curve {
	if m.sale.auction == nil {
		return auction.Curve{}
	}
	return m.sale.auction.Curve()
}

// Curves returns all curves since it was last called, oldest first. The list is good until
// the next call of any method.
func (m *Market) Curves() []auction.Dated {
	if m.sale.auction == nil {
		return nil
	}
	return m.sale.auction.Curves()
}

// supply brings the number of units for sale up to date: what is measured, without what is
// granted. More is for sale at once; less only after it was announced. Until then the
// reserve has to do for what was measured too much.
func (m *Market) supply(now unit.Instant) {
	s := &m.sale
	if s.auction == nil {
		return
	}
	target := m.Units()
	for _, h := range m.holders {
		target -= min(h.want, target)
	}
	if s.most > 0 {
		target = min(target, s.most)
	}
	at := now.Add(FallSpan)
	for len(s.falls) > 0 && s.falls[len(s.falls)-1].Units < target {
		at = s.falls[len(s.falls)-1].At
		s.falls = s.falls[:len(s.falls)-1]
	}
	planned := s.units
	if len(s.falls) > 0 {
		planned = s.falls[len(s.falls)-1].Units
	}
	switch {
	case target > s.units:
		m.setSupply(now, target)
	case target < planned && len(s.falls) == maxFalls:
		s.falls[maxFalls-1] = Fall{now.Add(FallSpan), target}
	case target < planned:
		s.falls = append(s.falls, Fall{at, target})
	}
}

// fallDue carries out what was announced.
func (m *Market) fallDue(now unit.Instant) {
	for len(m.sale.falls) > 0 && m.sale.falls[0].At <= now {
		units := m.sale.falls[0].Units
		m.sale.falls = append(m.sale.falls[:0], m.sale.falls[1:]...)
		m.setSupply(now, units)
		m.allocate(now) // grants may wait for them
	}
}

func (m *Market) setSupply(now unit.Instant, units uint64) {
	m.sale.units = units
	m.sale.auction.SetUnits(now, units)
	m.takeResults(now)
}

// takeResults carries out what the auction has decided.
func (m *Market) takeResults(now unit.Instant) {
	for _, e := range m.sale.auction.Effects() {
		h := m.sale.bidders[e.Client]
		if h == nil {
			continue // it has just left
		}
		h.won = uint64(e.Units)
		if h.sold > h.won {
			m.unsell(now, h, e.Reason == auction.BidChanged)
		}
		m.deliver(now, h)
		m.emit(Effect{Action: Allocate, Session: h.session, Client: h.id, Allocation: Allocation{
			At: e.At, Was: uint64(e.Was), Units: h.won, Reason: e.Reason, Rate: m.rate(h), Seq: e.Seq,
		}})
	}
}

func (m *Market) rate(h *holder) unit.Price {
	v, err := m.sale.auction.View(h.bidder)
	if err != nil {
		return unit.Price{}
	}
	return v.Rate
}

// unsell takes delivered units back. Who gives them up himself does not use them any longer.
func (m *Market) unsell(now unit.Instant, h *holder, willing bool) {
	m.sale.sold -= h.sold - h.won
	if !willing {
		h.spend = now.Add(flow.HonourSpan)
		m.leave(h, h.sold-h.won, h.spend)
	}
	h.sold = h.won
	m.changed(now, h)
}

// deliver gives a client the units that it has won, as far as nobody else uses them any
// more. What those who lost units were promised before is served from the reserve; beyond
// that winners wait until it is over, for HonourSpan at most.
func (m *Market) deliver(now unit.Instant, h *holder) {
	if h.sold >= h.won {
		return
	}
	m.rejoin(h, h.won-h.sold)
	allocated, leaving := m.Allocated()
	room := m.Units() + m.settings.reserve(m.capacity, UnitRecharge)
	room = max(room, m.sale.units) // before an announced fall more are sold than there are
	if more := min(h.won-h.sold, room-min(allocated+leaving, room)); more > 0 {
		h.sold += more
		m.sale.sold += more
		m.changed(now, h)
	}
	if h.sold < h.won && !h.short {
		h.short = true
		m.sale.short = append(m.sale.short, h)
	}
}

// deliverShort looks again after those who wait for units that they have won.
func (m *Market) deliverShort(now unit.Instant) {
	waiting := m.sale.short
	m.sale.short = nil
	for _, h := range waiting {
		h.short = false
		m.deliver(now, h)
	}
}

// saleDue lets time pass for the auction, each result at its own instant.
func (m *Market) saleDue(now unit.Instant) {
	a := m.sale.auction
	if a == nil {
		return
	}
	for at, ok := a.Next(); ok && at <= now; at, ok = a.Next() {
		a.Tick(at)
		m.takeResults(now)
	}
	a.Tick(now)
	m.fallDue(now)
	m.lapse(now)
}

// saleNext is when the sale needs a tick at the latest.
func (m *Market) saleNext(next unit.Instant) unit.Instant {
	if m.sale.auction == nil {
		return next
	}
	if at, ok := m.sale.auction.Next(); ok {
		next = min(next, at)
	}
	if len(m.sale.falls) > 0 {
		next = min(next, m.sale.falls[0].At)
	}
	if len(m.sale.gone) > 0 {
		next = min(next, m.sale.gone[0].lingers)
	}
	if s := m.sale.ripe.top(); s != nil {
		next = min(next, s.work.ripe)
	}
	return next
}
