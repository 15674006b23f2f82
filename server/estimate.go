package server

import (
	"math"

	"github.com/candela-les/candela/market/flow"
	"github.com/candela-les/candela/unit"
)

// How prices follow what requests cost.
const (
	estimateTau   = 20.0 // seconds over which a mean is taken
	estimateLeast = 16.0 // requests without which there is no mean
	priceRise     = 0.25 // of what a price is too low, in a second
	priceFall     = 1.0 / 300
	priceStep     = 0.05 // a change that is worth a new table
	maxFactor     = 16.0 // nothing costs more of its long-run average
)

// estimate is what one kind of request costs here, as a multiple of its long-run
// average. Base and cost per item go up and down together: the ratio between them is
// the protocol's, how fast they run is the machine's.
//
// The price is twice the estimate, so that it covers what costs twice the mean. It
// follows the mean and no quantile: what a request costs beyond its price its sender
// pays from a reserve that the cheaper ones fill (decision 0006), so what must not
// happen is that requests cost more than their price on average.
type estimate struct {
	kind   kind
	factor float64 // ≥ 1
	priced float64 // the factor that the announced price was made with

	seen struct{ count, amount, cost uint64 } // as counted up to now
	// Decaying sums: requests, items, cost, and what the cost would have been by the
	// long-run average.
	count, amount, cost, expected float64
}

// newEstimate begins with the measured cost of an amount of one, 0 if unknown.
func newEstimate(k kind, measured unit.Cost) estimate {
	e := estimate{kind: k, factor: 1}
	if average := k.average(1); average > 0 {
		e.factor = min(max(float64(measured)/average, 1), maxFactor)
	}
	e.priced = e.factor
	return e
}

// average is the long-run cost of so many requests for amount items each.
func (k *kind) average(amount uint64) float64 {
	return float64(k.base) + float64(k.per)*float64(amount)
}

// second takes in the sums as counted up to now, and reports whether the price has to
// change.
func (e *estimate) second(count, amount, cost uint64) bool {
	decay := math.Exp(-1 / estimateTau)
	newCount, newAmount := float64(count-e.seen.count), float64(amount-e.seen.amount)
	e.count = e.count*decay + newCount
	e.amount = e.amount*decay + newAmount
	e.cost = e.cost*decay + float64(cost-e.seen.cost)
	e.expected = e.expected*decay + float64(e.kind.base)*newCount + float64(e.kind.per)*newAmount
	e.seen.count, e.seen.amount, e.seen.cost = count, amount, cost
	if e.count < estimateLeast || e.expected <= 0 {
		return false // nobody asks for it; the price stays
	}
	want := min(max(e.cost/e.expected, 1), maxFactor)
	if want > e.factor {
		e.factor += (want - e.factor) * priceRise
	} else {
		e.factor += (want - e.factor) * priceFall
	}
	if math.Abs(e.factor-e.priced) <= priceStep*e.priced {
		return false
	}
	e.priced = e.factor
	return true
}

// offer is the kind at its price: twice what it is expected to cost.
func (e *estimate) offer() flow.Offer {
	times := func(c unit.Cost) unit.Cost { return unit.Cost(float64(c.Mul(safety)) * e.priced) }
	return flow.Offer{
		Entry:     flow.Entry{Code: e.kind.code, Price: flow.Price{Base: times(e.kind.base), PerItem: times(e.kind.per)}},
		MaxAmount: e.kind.maxAmount,
	}
}

// perItem returns the recent mean cost of one item, 0 if there was none.
func (e *estimate) perItem() unit.Cost {
	if e.amount < 1 {
		return 0
	}
	return unit.Cost(e.cost / e.amount)
}
