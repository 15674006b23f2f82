package sim

import (
	"math/rand/v2"

	"github.com/candela-les/candela/market/auction"
	"github.com/candela-les/candela/market/buyer"
	"github.com/candela-les/candela/unit"
)

// weather is what happens to a server by itself: it goes and comes back, is overloaded and recovers.
func (s *seller) weather(now unit.Instant) {
	k := s.scenario()
	r := rand.New(&s.pcg)
	after := func(mean unit.Span) unit.Instant { return now.Add(1 + unit.Span(r.ExpFloat64()*float64(mean))) }
	if k.Up > 0 && now >= s.turns {
		if s.up {
			s.leave(now)
			s.turns = after(unit.Span(k.Down))
		} else {
			s.up = true
			s.turns = after(unit.Span(k.Up))
		}
	}
	if k.Overload.Every > 0 && now >= s.strains {
		s.strained = !s.strained
		units := s.units
		if s.strained {
			s.strains = after(unit.Span(k.Overload.Lasts))
			units = uint64(float64(units) * k.Overload.Left)
		} else {
			s.strains = after(unit.Span(k.Overload.Every))
		}
		if k.Overload.Frank {
			s.auction.SetUnits(now, units)
			s.settle(now, noSlot)
		}
	}
}

// first sets when a server first leaves and is overloaded.
func (s *seller) first() {
	k := s.scenario()
	r := rand.New(&s.pcg)
	s.turns = unit.Instant(r.ExpFloat64() * float64(k.Up))
	s.strains = unit.Instant(r.ExpFloat64() * float64(k.Overload.Every))
}

// leave ends all connections. Bids fall, and what is left on the accounts stays there.
func (s *seller) leave(now unit.Instant) {
	for slot := range s.accounts {
		d := &s.accounts[slot]
		if d.open {
			s.close(now, uint32(slot))
		}
		if d.number > 0 || d.paid+d.free > 0 {
			s.tell(d, notice{news: gone})
		}
		d.paid, d.free, d.counts = 0, 0, 0
	}
	s.up, s.paid, s.free = false, 0, 0
}

// publish shows clients how things are.
func (s *seller) publish(now unit.Instant) {
	k := s.scenario()
	capacity := s.capacity
	if s.strained {
		capacity *= k.Overload.Left
	}
	s.view.up = s.up
	s.view.is = serve(capacity, k.Slow, k.Free, float64(s.paid), float64(s.free))
	switch n := len(s.history); {
	case n > 0:
		s.view.curve = s.history[n-1]
	case s.view.curve.Units == 0 || s.view.curve.Seq != s.auction.Curve().Seq:
		s.view.curve = buyer.Signed{Curve: s.auction.Curve(), At: now}
	}
}

// terms are what a server says it sells.
func (s *seller) terms() buyer.Conditions {
	return buyer.Conditions{
		Unit: buyer.StandardUnit, Fee: unit.NewAmount(s.scenario().Fee), MaxBid: uint64(s.w.scenario.Prices),
		Refill: unit.Span(s.w.scenario.Refill), Prepaid: unit.Span(s.w.scenario.Prepaid),
		Least: unit.NewAmount(1),
	}
}

// count adds a round to the totals.
func (s *seller) count(from, to unit.Instant) {
	if from < unit.Instant(s.w.scenario.WarmUp) {
		s.total.revenue = s.books.revenue
		return
	}
	hours := float64(to.Since(from)) / float64(hour)
	const size = float64(buyer.StandardUnit)
	if s.up {
		s.total.upTime += to.Since(from)
	}
	s.total.promised += float64(s.sold) * hours
	q := &s.view.is
	s.total.offered += q.PaidOffered / size * hours
	s.total.served += q.PaidServed / size * hours
	s.total.freeOffered += q.FreeOffered / size * hours
	s.total.freeHad += q.FreeServed / size * hours
}

const hour = 3600 * unit.Second

// margin is what one more unit costs at a server now.
func (s *seller) margin() unit.Price {
	c := &s.view.curve
	if c.Free == 0 && len(c.Winning) > 0 {
		return c.Winning[0]
	}
	return c.Reserve
}

func newAuction(s *seller, keeps bool) (*auction.Auction, error) {
	return auction.New(0, auction.Config{
		Prices: s.w.scenario.Prices, Units: s.units, Reserve: unit.PricePerHour(s.scenario().Reserve),
		FirstSeq: 1, Curves: keeps,
	})
}
