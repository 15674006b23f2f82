package auction

import (
	"github.com/holiman/uint256"

	"github.com/candela-les/candela/unit"
)

// Divisor is how many price·ns make a base unit: prices are in millionths of one per
// hour, and an hour has 3.6·10¹² ns. A price is below 2¹²², a sum of them below 2¹²⁸ and
// a span below 2⁶³, so an integral and a debt stay far below 2²⁵⁶.
const Divisor = 3_600_000_000_000_000_000

// meter holds, for k units, what they cost a client that has none of the best losing
// prices, and the integral of that over time.
type meter struct {
	rates     [MaxPrices + 1]uint256.Int // by k; 0 for 0
	integrals [MaxPrices + 1]uint256.Int // as of asOf
	asOf      unit.Instant
}

// integral returns the integral for k units at an instant, not before the last fold.
func (m *meter) integral(k int, now unit.Instant) uint256.Int {
	sum := accrued(&m.rates[k], now.Since(m.asOf))
	sum.Add(&sum, &m.integrals[k])
	return sum
}

// fold brings all integrals up to now, so that rates can change.
func (m *meter) fold(now unit.Instant) {
	span := now.Since(m.asOf)
	m.asOf = now
	if span == 0 {
		return
	}
	for k := range m.rates {
		if m.rates[k].IsZero() {
			continue
		}
		more := accrued(&m.rates[k], span)
		m.integrals[k].Add(&m.integrals[k], &more)
	}
}

// setRates makes the rate of k units the sum of the k best losing prices, missing ones
// being the reserve.
func (m *meter) setRates(losers []entry, reserve unit.Price, most int) {
	floor := wide(reserve)
	for k := 1; k <= most; k++ {
		if k <= len(losers) {
			more := wide(losers[k-1].price())
			m.rates[k].Add(&m.rates[k-1], &more)
		} else {
			m.rates[k].Add(&m.rates[k-1], &floor)
		}
	}
}

// accrued returns rate · span.
func accrued(rate *uint256.Int, span unit.Span) (sum uint256.Int) {
	sum.Mul(rate, uint256.NewInt(uint64(span)))
	return sum
}

// debt returns what a client owes now.
func (a *Auction) debt(c *client) uint256.Int {
	sum := a.meter.integral(c.units, a.now)
	sum.Add(&sum, &c.owed)
	sum.Sub(&sum, &c.base)
	less := accrued(&c.corr, a.now.Since(c.since))
	sum.Sub(&sum, &less)
	return sum
}

// settle brings what is known of a client's debt up to now. What it has to pay by then
// does not change, nor when its limit is reached.
func (a *Auction) settle(c *client) {
	c.owed = a.debt(c)
	c.base, c.since = a.meter.integral(c.units, a.now), a.now
}

// rate returns what a client pays per hour.
func (a *Auction) rate(c *client) (rate uint256.Int) {
	rate.Sub(&a.meter.rates[c.units], &c.corr)
	return rate
}

// correction returns how much less a client with k units pays than the rate for k says:
// its own losing prices do not count, so those behind them do. The best K losers are
// enough for that, for of a bid's K prices at most K − k lose.
func (a *Auction) correction(id Client, k int) (corr uint256.Int) {
	own := false
	var sum uint256.Int
	left := k
	for _, e := range a.losers {
		if left == 0 {
			break
		}
		if e.client == id {
			own = true
			continue
		}
		more := wide(e.price())
		sum.Add(&sum, &more)
		left--
	}
	if !own {
		return corr
	}
	floor := wide(a.reserve)
	floor.Mul(&floor, uint256.NewInt(uint64(left)))
	sum.Add(&sum, &floor)
	corr.Sub(&a.meter.rates[k], &sum)
	return corr
}

func wide(p unit.Price) uint256.Int {
	hi, lo := p.Words()
	return uint256.Int{lo, hi}
}

// priceOf returns a sum of prices as one; ok is false if it does not fit.
func priceOf(sum *uint256.Int) (p unit.Price, ok bool) {
	return unit.PriceOfWords(sum[1], sum[0]), sum[2]|sum[3] == 0
}

// parts returns an amount in price·ns.
func parts(a unit.Amount) (n uint256.Int) {
	hi, lo := a.Words()
	n.Mul(&uint256.Int{lo, hi}, uint256.NewInt(Divisor))
	return n
}

// whole returns the whole base units of a sum in price·ns, and the rest. A client owes no
// more than its limit, so it fits.
func whole(sum *uint256.Int) (a unit.Amount, rest uint64) {
	var quotient, remainder uint256.Int
	quotient.DivMod(sum, uint256.NewInt(Divisor), &remainder)
	if quotient[2]|quotient[3] != 0 {
		panic("auction: a debt above every limit")
	}
	return unit.AmountOfWords(quotient[1], quotient[0]), remainder[0]
}
