package sim

import (
	"cmp"
	"slices"

	"github.com/candela-les/candela/unit"
)

// Point is the market at one time.
type Point struct {
	Seconds float64 // since the beginning
	// What one more unit costs an hour, in base units: at the median server, and those cheaper and dearer than nine of ten.
	Price, PriceLow, PriceHigh float64
	ForSale, Sold, Wanted      float64 // units
	Welfare, Optimum           float64 // base units an hour
	Paying, Wanting            int     // clients
	PaidMean, Paid99           float64 // ms, of an average paid request
	PaidGood                   float64 // part of paid requests that was answered in time
	FreeMean                   float64 // ms
	FreeAsked, FreeServed      float64 // units of capacity
	// Loyal is the part of all paid units that is had where the last free service was good, Expected what it would be
	// if they were spread evenly over the servers that their owners know.
	Loyal, Expected float64
	Kinds           []KindPoint // of servers
	Had             []float64   // welfare by kinds of clients
}

// KindPoint is one kind of servers at a time.
type KindPoint struct {
	Sold, ForSale float64 // units
	Paid99        float64 // ms, of an average paid request; 0 if there are none
	Revenue       float64 // base units, since the beginning
}

// sample looks at everything.
func (w *world) sample(now unit.Instant, workers int) Point {
	p := Point{Seconds: float64(now) / float64(unit.Second), Kinds: make([]KindPoint, len(w.scenario.Servers))}
	p.Had, p.Optimum = w.welfare(workers)
	for _, sum := range p.Had {
		p.Welfare += sum
	}
	w.samplePrices(&p)
	w.sampleService(&p)
	w.sampleClients(&p)
	return p
}

const priceParts = 1_000_000

func (w *world) samplePrices(p *Point) {
	var prices []float64
	for _, s := range w.sellers {
		k := &p.Kinds[s.kind]
		k.Revenue += float64(s.books.revenue)
		if !s.up {
			continue
		}
		_, lo := s.margin().Words()
		prices = append(prices, float64(lo)/priceParts)
		k.Sold += float64(s.sold)
		k.ForSale += float64(s.auction.Curve().Units)
	}
	for i := range p.Kinds {
		p.Sold += p.Kinds[i].Sold
		p.ForSale += p.Kinds[i].ForSale
	}
	if n := len(prices); n > 0 {
		slices.SortFunc(prices, cmp.Compare[float64])
		p.PriceLow, p.Price, p.PriceHigh = prices[n/10], prices[n/2], prices[n-1-n/10]
	}
}

func (w *world) sampleService(p *Point) {
	const size = 10_000
	var paid, good, free float64
	byKind := make([]float64, len(p.Kinds)) // paid
	for _, s := range w.sellers {
		if !s.up {
			continue
		}
		q := &s.view.is
		paid += q.PaidOffered
		p.PaidMean += q.PaidMean * 1000 * q.PaidOffered
		p.Paid99 += q.Paid99 * 1000 * q.PaidOffered
		byKind[s.kind] += q.PaidOffered
		p.Kinds[s.kind].Paid99 += q.Paid99 * 1000 * q.PaidOffered
		good += (1 - q.PaidFailed - q.PaidLate) * q.PaidOffered
		free += q.FreeServed
		p.FreeMean += q.FreeMean * 1000 * q.FreeServed
		p.FreeAsked += q.FreeOffered / size
		p.FreeServed += q.FreeServed / size
	}
	if paid > 0 {
		p.PaidMean, p.Paid99, p.PaidGood = p.PaidMean/paid, p.Paid99/paid, good/paid
	}
	for i := range byKind {
		p.Kinds[i].Paid99 = ratio(p.Kinds[i].Paid99, byKind[i])
	}
	if free > 0 {
		p.FreeMean /= free
	}
}

func (w *world) sampleClients(p *Point) {
	var units, loyal, expected float64
	for i := range w.clients {
		c := &w.clients[i]
		k := &w.scenario.Clients[c.kind]
		if c.person.need > 0 && !k.Free {
			p.Wanting++
			d := c.person.truth(k)
			p.Wanted += float64((d.Want() + 9_999) / 10_000)
		}
		var own, well, good, known float64
		for j := range c.links {
			l := &c.links[j]
			own += float64(l.units)
			if l.up {
				known++
			}
			if l.up && l.good {
				good++
				well += float64(l.units)
			}
		}
		if own > 0 {
			p.Paying++
			units += own
			loyal += well
			expected += own * good / max(known, 1)
		}
	}
	if units > 0 {
		p.Loyal, p.Expected = loyal/units, expected/units
	}
}
