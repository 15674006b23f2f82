package buyer

import (
	"math/bits"

	"github.com/holiman/uint256"

	"github.com/candela-les/candela/unit"
)

// divisor is how much price·ns make a base unit: 10⁶ parts of a base unit, 3.6·10¹² ns of an
// hour.
const divisor = 3_600_000_000_000_000_000

// hour is what prices are for.
const hour = 3600 * unit.Second

func wideOf(p unit.Price) *uint256.Int {
	hi, lo := p.Words()
	return &uint256.Int{lo, hi}
}

func wideAmount(a unit.Amount) *uint256.Int {
	hi, lo := a.Words()
	return &uint256.Int{lo, hi}
}

// priceOf returns x as a price, the highest one that there is if it does not fit.
func priceOf(x *uint256.Int) unit.Price {
	if x[2]|x[3] != 0 {
		return unit.PriceOfWords(1<<64-1, 1<<64-1)
	}
	return unit.PriceOfWords(x[1], x[0])
}

// amountOf returns x as an amount, the largest one that there is if it does not fit.
func amountOf(x *uint256.Int) unit.Amount {
	if x[2]|x[3] != 0 {
		return unit.AmountOfWords(1<<64-1, 1<<64-1)
	}
	return unit.AmountOfWords(x[1], x[0])
}

// scale returns p · num / den, rounded down, and zero for den = 0.
func scale(p unit.Price, num, den uint64) unit.Price {
	if hi, lo := p.Words(); hi == 0 {
		if over, low := bits.Mul64(lo, num); over < den {
			quotient, _ := bits.Div64(over, low, den)
			return unit.NewPrice(quotient)
		}
	}
	x := wideOf(p)
	x.Mul(x, uint256.NewInt(num))
	return priceOf(x.Div(x, uint256.NewInt(den)))
}

// scaleUp is scale, rounded up: for limits, which must not vanish when prices are a few millionths.
func scaleUp(p unit.Price, num, den uint64) unit.Price {
	x := wideOf(p)
	x.Mul(x, uint256.NewInt(num))
	x.AddUint64(x, den-1)
	return priceOf(x.Div(x, uint256.NewInt(den)))
}

// add returns p + q, saturating.
func add(p, q unit.Price) unit.Price {
	if ph, pl := p.Words(); ph == 0 {
		if qh, ql := q.Words(); qh == 0 {
			low, carry := bits.Add64(pl, ql, 0)
			return unit.PriceOfWords(carry, low)
		}
	}
	return priceOf(new(uint256.Int).Add(wideOf(p), wideOf(q)))
}

// higher returns the higher one of two prices.
func higher(p, q unit.Price) unit.Price {
	if p.Cmp(q) >= 0 {
		return p
	}
	return q
}

// total is the sum of prices: at most 64 of them, so it always fits.
func total(prices []unit.Price) *uint256.Int {
	sum := new(uint256.Int)
	for _, p := range prices {
		sum.Add(sum, wideOf(p))
	}
	return sum
}

// over is what a rate costs over a span, in price·ns.
func over(rate *uint256.Int, span unit.Span) *uint256.Int {
	return new(uint256.Int).Mul(rate, uint256.NewInt(uint64(max(span, 0))))
}

// worth returns price·ns as base units, rounded up.
func worth(x *uint256.Int) unit.Amount {
	return amountOf(new(uint256.Int).Div(new(uint256.Int).AddUint64(x, divisor-1), uint256.NewInt(divisor)))
}

// hourly returns what an amount comes to as a price, if it is paid once an hour for so
// many units.
func hourly(a unit.Amount, units uint64) unit.Price {
	x := wideAmount(a)
	x.Mul(x, uint256.NewInt(1_000_000))
	return priceOf(x.Div(x, uint256.NewInt(max(units, 1))))
}
