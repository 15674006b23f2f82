package auction

import (
	"github.com/holiman/uint256"

	"github.com/candela-les/candela/unit"
)

// What an account has to hold for a bid, as time at the bid's own prices over all of its
// units. A client is never charged more than that.
const (
	// CoverSpan (C) is what has to be there when a bid is made.
	CoverSpan = 20 * unit.Second
	// RefillSpan is what a buyer refills at.
	RefillSpan = 30 * unit.Second
	// PrepaidSpan (X) is the most that a client prepays.
	PrepaidSpan = 60 * unit.Second
)

// Cover returns what all prices of a bid come to over a span of time, rounded up to a base
// unit; ok is false if that does not fit. It costs nothing for no time or less.
func Cover(bid []unit.Price, span unit.Span) (cover unit.Amount, ok bool) {
	var sum, more uint256.Int
	for _, p := range bid {
		more = wide(p)
		sum.Add(&sum, &more)
	}
	sum.Mul(&sum, uint256.NewInt(uint64(max(span, 0))))
	sum.AddUint64(&sum, Divisor-1)
	sum.Div(&sum, uint256.NewInt(Divisor))
	return unit.AmountOfWords(sum[1], sum[0]), sum[2]|sum[3] == 0
}

// Fee returns what it costs to replace a standing bid: each for one that is new or
// changed, nothing for the same again or for leaving, and nothing is to be asked for when
// the bid fell by force.
func Fee(standing, bid []unit.Price, each unit.Amount) unit.Amount {
	if len(bid) == 0 || same(standing, bid) {
		return unit.Amount{}
	}
	return each
}
