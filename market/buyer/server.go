package buyer

import (
	"github.com/holiman/uint256"

	"github.com/candela-les/candela/unit"
)

const (
	// trialSpan is how long unknown servers are tried for free before they are bid at unknown, if
	// the known ones do not do.
	trialSpan = 60 * unit.Second
	// keptBids is how many bids are remembered for allocations that are still on their way.
	keptBids = 8
	// shunSpan is for how long a server that is suspected, not proven, to cheat is left alone.
	shunSpan = 24 * hour
	// forgottenMax is how many servers that are gone are remembered.
	forgottenMax = 1024
)

// server is all that is known of one.
type server struct {
	id      ID
	present bool
	since   unit.Instant // joined or, if it is not present, gone
	shunned unit.Instant // until then it is not bid at
	rests   unit.Instant // the same, because it did not take a bid
	tried   bool         // was asked for a trial

	terms Conditions
	sells bool // conditions are known
	audit auditor

	quality quality
	growth  growth
	shill   shill
	sight   sight

	number uint64       // of the last bid or withdrawal
	live   uint64       // of the first bid since there was none
	bid    []unit.Price // that stands, or nil
	base   []unit.Price // the same before the coin was tossed
	bidAt  unit.Instant
	past   []pastBid
	units  uint64       // won
	behind unit.Instant // since when others are better; zero if they are not

	debt     debt
	balance  unit.Amount
	credited unit.Amount // as the server says
	sent     unit.Amount // as much should have been credited
	reported bool        // the server has told of the account
	balAt    unit.Instant
}

// pastBid is a bid as it was placed.
type pastBid struct {
	number uint64
	prices []unit.Price
}

// seen is the last known book without own prices, or nil.
func (s *server) seen() *book {
	c := s.audit.latest()
	if c == nil {
		return nil
	}
	t := s.audit.at(c.Seq)
	b := look(c, t.bid, t.Units)
	return &b
}

// remember numbers a bid, or a withdrawal, for the allocation that answers it.
func (s *server) remember(prices []unit.Price) {
	s.number++
	s.past = append(s.past, pastBid{s.number, prices})
	if len(s.past) > keptBids {
		s.past = s.past[1:]
	}
}

// prepaid reports whether an account has to be filled before a bid is taken.
func (s *server) prepaid() bool { return s.terms.Prepaid > 0 }

// maxBid is the most units that a bid may ask for here.
func (s *server) maxBid() uint64 {
	if s.terms.MaxBid == 0 {
		return MaxUnits
	}
	return min(s.terms.MaxBid, MaxUnits)
}

// standard converts the price of a unit here to that of a standard unit.
func (s *server) standard(p unit.Price) unit.Price {
	return scale(p, uint64(StandardUnit), uint64(s.terms.Unit))
}

// local converts the price of a standard unit to that of a unit here.
func (s *server) local(p unit.Price) unit.Price {
	return scale(p, uint64(s.terms.Unit), uint64(StandardUnit))
}

// ready reports whether it can be bid at.
func (s *server) ready(now unit.Instant) bool {
	return s.present && s.sells && now >= max(s.shunned, s.rests) && s.audit.latest() != nil && (s.reported || !s.prepaid())
}

// due is the refill that a bid needs now, nothing if the account holds enough. The trigger
// reckons that everything was charged that can have been; the refill itself is measured against what the server
// last said, so that no more than is to be prepaid is ever there.
func (s *server) due(now unit.Instant, bid []unit.Price) unit.Amount {
	if !s.prepaid() || len(bid) == 0 {
		return unit.Amount{}
	}
	rate := total(bid)
	there := s.balance.Plus(s.sent.Minus(s.credited))
	least := worth(over(rate, s.terms.Refill)).Plus(s.terms.Fee)
	if there.Minus(s.chargedSince(now)).Cmp(least) >= 0 {
		return unit.Amount{}
	}
	// What is worth less than a base unit is covered by one.
	full := worth(over(rate, s.terms.Prepaid)).Plus(s.terms.Fee)
	amount := full.Minus(there)
	if there.IsZero() {
		amount = amount.Max(s.terms.Least)
	}
	return amount
}

// never is after all instants.
const never unit.Instant = 1<<63 - 1

// dueAt is when the account may need a refill: never, if more may not be prepaid until the server says
// that some of it was used up. Every Tick, and every word of the server about the account, may change it.
func (s *server) dueAt(now unit.Instant) unit.Instant {
	if !s.prepaid() || len(s.bid) == 0 {
		return never
	}
	rate := total(s.bid)
	there := s.balance.Plus(s.sent.Minus(s.credited))
	if there.Cmp(worth(over(rate, s.terms.Prepaid)).Plus(s.terms.Fee)) >= 0 {
		return never
	}
	least := worth(over(rate, s.terms.Refill)).Plus(s.terms.Fee)
	for i := range s.debt.stretches { // a higher rate may hold for a moment
		if s.debt.stretches[i].rate.Gt(rate) {
			rate = s.debt.stretches[i].rate
		}
	}
	slack := new(uint256.Int).Mul(wideAmount(there.Minus(s.chargedSince(now)).Minus(least)), uint256.NewInt(divisor))
	if rate.IsZero() || slack.Div(slack, rate).Gt(uint256.NewInt(uint64(day))) {
		return now.Add(day)
	}
	return now.Add(max(unit.Span(slack.Uint64()), leastLook))
}

// chargedSince is the most that the server can have taken from the account since it last told of it.
func (s *server) chargedSince(now unit.Instant) unit.Amount {
	d := s.debt.clone()
	d.settle(s.balAt)
	return d.bound(now)
}

// sight remembers at what price a server could have been entered: an alternative is what it was at the
// worst of the last five to ten minutes.
type sight struct {
	since, at unit.Instant
	old, now  unit.Price
	known     bool
}

// look takes in the price of one more unit.
func (s *sight) look(now unit.Instant, p unit.Price) {
	switch {
	case !s.known || now.Since(s.at) >= 2*moveSpan:
		*s = sight{now, now, p, p, true}
	case now.Since(s.at) >= moveSpan:
		s.at, s.old, s.now = now, s.now, p
	default:
		s.now = higher(s.now, p)
	}
}

// lasts reports whether it was seen for long enough to be an alternative: longer than it takes until
// a better server is moved to, so that nothing is given up before.
func (s *sight) lasts(now unit.Instant) bool {
	return s.known && now.Since(s.since) >= moveSpan+2*stepSpan && now.Since(s.at) < 2*moveSpan
}

// worst is the highest price of that time.
func (s *sight) worst() unit.Price { return higher(s.old, s.now) }
