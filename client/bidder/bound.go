package bidder

import (
	"github.com/holiman/uint256"

	"github.com/candela-les/candela/market/auction"
	"github.com/candela-les/candela/unit"
)

// bound is the most that charges for units can be, one after the other, by the prices of the bids that they are for. It holds
// whatever a server says of curves and of what was won: no bid ever costs more than all of its prices. The zero bound is that of
// an account of which nothing is known, so that the first charge may have in it what was owed before: less than a base unit.
type bound struct {
	// paid is how far below that it is known to be what is owed and not charged, in parts of a base unit. So a part of a base
	// unit is allowed for once, and not in each of a thousand charges.
	paid uint64
}

// take returns the most that a charge can be for so many ns at a rate, and goes on after it.
func (b *bound) take(rate unit.Price, ns uint64, amount unit.Amount) (most unit.Amount) {
	const part = auction.Divisor - 1
	hi, lo := rate.Words()
	owed := new(uint256.Int).Mul(&uint256.Int{lo, hi}, uint256.NewInt(ns)) // of 192 bits at most
	owed.AddUint64(owed, part-b.paid)
	quotient := new(uint256.Int).Div(owed, uint256.NewInt(auction.Divisor))
	most = unit.MaxAmount()
	if quotient[2]|quotient[3] == 0 {
		most = unit.AmountOfWords(quotient[1], quotient[0])
	}
	hi, lo = amount.Min(most).Words()
	owed.Sub(owed, new(uint256.Int).Mul(&uint256.Int{lo, hi}, uint256.NewInt(auction.Divisor)))
	b.paid = 0
	if owed.LtUint64(part) {
		b.paid = part - owed.Uint64()
	}
	return most
}

// dearest is the most that all units of a bid come to an hour which may have stood after an instant.
func (v *seller) dearest(since uint64) (rate unit.Price) {
	if v.earlier(since) {
		rate = v.before
	}
	for _, o := range v.orders {
		if r := sum(o.signed.Body.Prices); rate.Cmp(r) < 0 {
			rate = r
		}
	}
	return rate
}

// earlier reports whether an instant was before all that this run of the client has bid here.
func (v *seller) earlier(since uint64) bool { return v.first == 0 || since < v.first }
