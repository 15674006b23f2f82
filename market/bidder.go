package market

import (
	"slices"

	"github.com/candela-les/candela/market/auction"
	"github.com/candela-les/candela/unit"
)

// Allocation is what a client's bid has won, and what for.
type Allocation struct {
	At         unit.Instant
	Was, Units uint64 // before, and now
	Reason     auction.Reason
	Rate       unit.Price // for all of them, an hour
	Seq        uint64     // of the curve by which that is the rate
}

// Standing is what a client has in the auction now.
type Standing struct {
	Prices []unit.Price // the standing bid; good until the next call of any method
	Units  uint64       // won
	Rate   unit.Price   // for all of them, an hour
	Owed   unit.Amount  // not debited yet, and
	Rest   uint64       // the part of a base unit on top of it, of which auction.Divisor make one
	Limit  unit.Amount  // of what may be owed
	Seq    uint64       // of the curve that holds
}

// Debit is what was taken of what a client owes.
type Debit struct {
	Amount unit.Amount
	Rest   uint64 // stays owed, in parts of a base unit
}

// Enter lets a client bid that may owe so much, and owes rest, in parts of a base unit, from
// before. It is for a client that is connected and has not entered yet.
func (m *Market) Enter(now unit.Instant, s *Session, limit unit.Amount, rest uint64) error {
	m.advance(now)
	if m.sale.auction == nil {
		return ErrNotSold
	}
	h := s.holder
	switch {
	case h == nil:
		h = &holder{id: s.id, session: s}
	case h.bids:
		return auction.ErrClient
	}
	number := auction.Client(len(m.sale.bidders)) //nolint:gosec // as many as there are clients
	if n := len(m.sale.vacant); n > 0 {
		number = m.sale.vacant[n-1]
	}
	if err := m.sale.auction.Open(now, number, limit, rest); err != nil {
		return err
	}
	if n := len(m.sale.vacant); n > 0 {
		m.sale.vacant = m.sale.vacant[:n-1]
		m.sale.bidders[number] = h
	} else {
		m.sale.bidders = append(m.sale.bidders, h)
	}
	h.bidder, h.bids = number, true
	s.holder, m.byID[h.id] = h, h
	return nil
}

// bidder returns who has entered under this id.
func (m *Market) bidder(id ID) (*holder, error) {
	if h := m.byID[id]; h != nil && h.bids {
		return h, nil
	}
	return nil, ErrNotSold
}

// Entered reports whether a client can bid.
func (m *Market) Entered(id ID) bool {
	_, err := m.bidder(id)
	return err == nil
}

// Fund changes how much a client may owe that was not debited yet.
func (m *Market) Fund(now unit.Instant, id ID, limit unit.Amount) error {
	m.advance(now)
	h, err := m.bidder(id)
	if err != nil {
		return err
	}
	err = m.sale.auction.SetLimit(now, h.bidder, limit)
	m.takeResults(now)
	m.dispatch(now)
	return err
}

// Debit takes what a client owes in whole base units. Its limit falls by as much.
func (m *Market) Debit(now unit.Instant, id ID) (d Debit, err error) {
	m.advance(now)
	h, err := m.bidder(id)
	if err != nil {
		return Debit{}, err
	}
	d.Amount, d.Rest, err = m.sale.auction.Debit(now, h.bidder)
	return d, err
}

// Bid replaces a client's standing bid; without prices it takes it back. If what it would
// win at once costs more than most, all together an hour, it fails with ErrDear, and if no
// price reaches the reserve with ErrBelowReserve; nothing is changed then.
func (m *Market) Bid(now unit.Instant, id ID, prices []unit.Price, most unit.Price) error {
	m.advance(now)
	h, err := m.bidder(id)
	if err != nil {
		return err
	}
	if len(prices) > 0 {
		if prices[0].Cmp(m.sale.auction.Curve().Reserve) < 0 {
			return ErrBelowReserve
		}
		if cost := m.wouldCost(h, prices); cost.Cmp(most) > 0 {
			return &DearError{Cost: cost}
		}
	}
	if err := m.sale.auction.Bid(now, h.bidder, prices); err != nil {
		return err
	}
	m.takeResults(now)
	m.deliverShort(now)
	m.dispatch(now)
	return nil
}

// DearError says what a bid would cost that is not accepted for that. It is ErrDear.
type DearError struct{ Cost unit.Price }

func (e *DearError) Error() string { return ErrDear.Error() + ": " + e.Cost.String() }

// Unwrap returns ErrDear.
func (e *DearError) Unwrap() error { return ErrDear }

// wouldCost is what a bid would pay an hour for all that it would win at once.
func (m *Market) wouldCost(h *holder, prices []unit.Price) unit.Price {
	standing, err := m.sale.auction.View(h.bidder)
	if err != nil {
		return unit.Price{}
	}
	_, cost := m.sale.auction.Curve().Win(standing.Prices, standing.Units, prices)
	return cost
}

// Standing returns what a client has in the auction; ok is false if it has not entered.
func (m *Market) Standing(now unit.Instant, id ID) (s Standing, ok bool) {
	m.advance(now)
	h, err := m.bidder(id)
	if err != nil {
		return s, false
	}
	v, err := m.sale.auction.View(h.bidder)
	return Standing{
		Prices: v.Prices, Units: h.won, Rate: v.Rate, Owed: v.Owed, Rest: v.Rest, Limit: v.Limit,
		Seq: m.sale.auction.Curve().Seq,
	}, err == nil
}

// Exit takes a client's bid back, debits what it owes and forgets it. It is served for free
// from then on.
func (m *Market) Exit(now unit.Instant, id ID) (Debit, error) {
	if err := m.Bid(now, id, nil, unit.Price{}); err != nil {
		return Debit{}, err
	}
	h := m.byID[id]
	amount, rest, err := m.sale.auction.Close(now, h.bidder)
	m.sale.bidders[h.bidder] = nil
	m.sale.vacant = append(m.sale.vacant, h.bidder)
	h.bids = false
	m.stay(h)
	m.forget(h)
	return Debit{amount, rest}, err
}

// linger begins the time for which the bid of a client stands that has left.
func (m *Market) linger(now unit.Instant, h *holder) {
	if h.bids {
		h.lingers = now.Add(LingerSpan)
		m.sale.gone = append(m.sale.gone, h)
	}
}

// stay ends it: the client is back, or has no bid.
func (m *Market) stay(h *holder) {
	if h.lingers != 0 {
		h.lingers = 0
		m.sale.gone = slices.DeleteFunc(m.sale.gone, func(one *holder) bool { return one == h })
	}
}

// lapse takes back the bids of those who have been gone for too long, and says so.
func (m *Market) lapse(now unit.Instant) {
	for len(m.sale.gone) > 0 && m.sale.gone[0].lingers <= now {
		h := m.sale.gone[0]
		m.stay(h)
		if err := m.sale.auction.Bid(now, h.bidder, nil); err == nil {
			m.takeResults(now)
		}
		m.emit(Effect{Action: Lapse, Client: h.id})
	}
}
