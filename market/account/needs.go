package account

import (
	"math"

	"github.com/holiman/uint256"

	"github.com/candela-les/candela/unit"
)

// Needs is what a standing bid asks of its client's account. The first three are the bid's own prices over all
// units that it bids for, over a span of time: auction.Cover of CoverSpan, RefillSpan and PrepaidSpan.
type Needs struct {
	Cover   unit.Amount // 20 s: there when the bid is made
	Refill  unit.Amount // 30 s: with less, the balance is low
	Prepaid unit.Amount // 60 s: what is held, and the most that is prepaid
	Fee     unit.Amount // for making the bid; nothing once it stands
}

// Bid returns what limit a server wants for the bid, and with which it is content, of a client that
// already owes something that was not charged yet.
func (n Needs) Bid(owed unit.Amount) (want, atLeast unit.Amount) {
	besides := n.Fee.Plus(owed)
	return n.Prepaid.Plus(besides), n.Cover.Plus(besides)
}

// Gauge says when a balance has become low. The zero value belongs to one that is not.
type Gauge struct{ low bool }

// Falls reports whether what is left has fallen below refill: once, and again only after it was refill or more.
func (g *Gauge) Falls(left, refill unit.Amount) bool {
	was := g.low
	g.low = left.Cmp(refill) < 0
	return g.low && !was
}

// Parts is how many parts a base unit has in a remainder: a price is in millionths of a base unit per
// hour, and time in nanoseconds.
const Parts = 3_600_000_000_000_000_000

// UsedUp returns the first instant at which what is owed reaches balance: owed base units and remainder parts of
// one as of now, and from then on what rate comes to. ok is false if that is never, or beyond the last instant.
func UsedUp(now unit.Instant, balance, owed unit.Amount, remainder uint64, rate unit.Price) (at unit.Instant, ok bool) {
	left := parts(balance.Minus(owed))
	done := uint256.NewInt(remainder)
	if left.Cmp(done) <= 0 {
		return now, true
	}
	left.Sub(left, done)
	each := wide(rate.Words())
	if each.IsZero() {
		return 0, false
	}
	span, rest := new(uint256.Int).DivMod(left, each, new(uint256.Int))
	if !rest.IsZero() {
		span.AddUint64(span, 1)
	}
	if !span.IsUint64() || span.Uint64() > uint64(math.MaxInt64)-uint64(max(now, 0)) {
		return 0, false
	}
	return now + unit.Instant(span.Uint64()), true
}

// parts returns an amount in parts of a base unit.
func parts(a unit.Amount) *uint256.Int {
	n := wide(a.Words())
	return n.Mul(n, uint256.NewInt(Parts))
}

func wide(hi, lo uint64) *uint256.Int { return &uint256.Int{lo, hi} }
