package sim

import (
	"fmt"
	"strings"
)

// Result is what a run has come to.
type Result struct {
	Scenario string  `json:"scenario"`
	Seed     uint64  `json:"seed"`
	Clients  int     `json:"clients"`
	Servers  int     `json:"servers"`
	Hours    float64 `json:"hours"` // simulated
	// Welfare is that of all samples after the warm-up, as a part of the optimum.
	Welfare  float64       `json:"welfare"`
	Price    float64       `json:"price"`    // median server's, averaged
	Sold     float64       `json:"sold"`     // part of the units for sale
	PaidGood float64       `json:"paidGood"` // part of paid requests answered in time
	Filled   uint64        `json:"filled"`   // base units that clients have paid in
	Revenue  uint64        `json:"revenue"`  // of these, earned, fees included
	Refunds  uint64        `json:"refunds"`
	Depleted uint64        `json:"depleted"` // bids that fell for lack of money
	Refused  uint64        `json:"refused"`  // bids without cover
	Kinds    []KindResult  `json:"kinds"`
	Buyers   []BuyerResult `json:"buyers"`
	Left     []Left        `json:"left"`

	series []Point
	kinds  []string
	warmUp float64 // hours
	expect float64 // part of the optimum
}

// KindResult is what one kind of servers has come to since the warm-up.
type KindResult struct {
	Kind    string `json:"kind"`
	Servers int    `json:"servers"`
	Honest  bool   `json:"honest"`
	Units   uint64 `json:"units"` // for sale, altogether
	// Revenue is for each unit for sale and hour, in base units.
	Revenue float64 `json:"revenue"`
	// Sold, Served: parts of the units for sale, and of what was asked of sold ones. FreeServed: of what was asked for free.
	Sold       float64 `json:"sold"`
	Served     float64 `json:"served"`
	FreeServed float64 `json:"freeServed"`
}

// BuyerResult is what one kind of clients has come to, from the beginning, in base units for each client and hour.
type BuyerResult struct {
	Kind    string  `json:"kind"`
	Clients int     `json:"clients"`
	Had     float64 `json:"had"` // what its units were worth to it
	Paid    float64 `json:"paid"`
	Gain    float64 `json:"gain"` // what that leaves
}

// Left counts why clients have left servers of a kind.
type Left struct {
	Kind   string `json:"kind"`
	Reason string `json:"reason"`
	Proven bool   `json:"proven"`
	Count  int    `json:"count"`
}

func (w *world) result(seed uint64) *Result {
	sc := w.scenario
	r := &Result{
		Scenario: sc.Name, Seed: seed, Clients: len(w.clients), Servers: len(w.sellers),
		Hours: sc.Span.Hours(), series: w.series, warmUp: sc.WarmUp.Hours(), expect: sc.Expect.Welfare,
		Left: []Left{},
	}
	var n, had, best, sold, forSale float64
	for _, p := range w.series {
		if p.Seconds <= sc.WarmUp.Seconds() {
			continue
		}
		n++
		had, best = had+p.Welfare, best+p.Optimum
		sold, forSale = sold+p.Sold, forSale+p.ForSale
		r.Price += p.Price
		r.PaidGood += p.PaidGood
	}
	if n > 0 {
		r.Price, r.PaidGood = r.Price/n, r.PaidGood/n
	}
	r.Welfare, r.Sold = ratio(had, best), ratio(sold, forSale)
	w.sumKinds(r)
	w.sumBuyers(r)
	w.sumLeft(r)
	return r
}

func ratio(part, all float64) float64 {
	if all == 0 {
		return 0
	}
	return part / all
}

func (w *world) sumKinds(r *Result) {
	sc := w.scenario
	sums := make([]totals, len(sc.Servers))
	r.Kinds = make([]KindResult, len(sc.Servers))
	for i := range sc.Servers {
		k := &sc.Servers[i]
		r.Kinds[i] = KindResult{Kind: k.Kind, Servers: k.Count, Honest: k.honest()}
		r.kinds = append(r.kinds, k.Kind)
	}
	for _, s := range w.sellers {
		t := &sums[s.kind]
		r.Kinds[s.kind].Units += s.units
		t.revenue += s.books.revenue - s.total.revenue
		t.promised += s.total.promised
		t.offered += s.total.offered
		t.served += s.total.served
		t.freeOffered += s.total.freeOffered
		t.freeHad += s.total.freeHad
		r.Filled += s.books.filled
		r.Revenue += s.books.revenue
		r.Refunds += s.books.refunds
		r.Depleted += s.books.depleted
		r.Refused += s.books.refused
	}
	hours := (sc.Span - sc.WarmUp).Hours()
	for i := range sums {
		k, t := &r.Kinds[i], &sums[i]
		k.Revenue = float64(t.revenue) / float64(k.Units) / hours
		k.Sold = t.promised / float64(k.Units) / hours
		k.Served, k.FreeServed = ratio(t.served, t.offered), ratio(t.freeHad, t.freeOffered)
	}
}

func (w *world) sumBuyers(r *Result) {
	sc := w.scenario
	paid := make([]uint64, len(sc.Clients))
	for i := range w.clients {
		paid[w.clients[i].kind] += w.clients[i].charged
	}
	for i := range sc.Clients {
		k := &sc.Clients[i]
		var had float64
		for n := range w.series {
			had += w.series[n].Had[i] * sc.Sample.Hours()
		}
		hours := float64(k.Count) * sc.Span.Hours()
		b := BuyerResult{Kind: k.Kind, Clients: k.Count, Had: had / hours, Paid: float64(paid[i]) / hours}
		b.Gain = b.Had - b.Paid
		r.Buyers = append(r.Buyers, b)
	}
}

func (w *world) sumLeft(r *Result) {
next:
	for _, d := range w.departures {
		kind := w.scenario.Servers[w.sellers[d.server].kind].Kind
		for i := range r.Left {
			if l := &r.Left[i]; l.Kind == kind && l.Reason == d.reason.Error() && l.Proven == d.proven {
				l.Count++
				continue next
			}
		}
		r.Left = append(r.Left, Left{Kind: kind, Reason: d.reason.Error(), Proven: d.proven, Count: 1})
	}
}

// String is the result in words.
func (r *Result) String() string {
	var text strings.Builder
	fmt.Fprintf(&text, "%s: %d clients, %d servers, %.4g hours, seed %d\n", r.Scenario, r.Clients, r.Servers, r.Hours, r.Seed)
	fmt.Fprintf(&text, "  welfare    %9.2f %% of the optimum\n", 100*r.Welfare)
	fmt.Fprintf(&text, "  price      %9.1f base units an hour, %.1f %% of all units sold\n", r.Price, 100*r.Sold)
	fmt.Fprintf(&text, "  in time    %9.2f %% of paid requests\n", 100*r.PaidGood)
	fmt.Fprintf(&text, "  money      %d paid in = %d earned + %d paid back\n", r.Filled, r.Revenue, r.Refunds)
	fmt.Fprintf(&text, "  bids       %d fell for lack of money, %d refused for lack of cover\n", r.Depleted, r.Refused)
	for _, k := range r.Kinds {
		fmt.Fprintf(&text, "  %-16s %8.1f an hour for each unit, %5.1f %% sold, %6.2f %% of it served, free %5.1f %%\n",
			k.Kind, k.Revenue, 100*k.Sold, 100*k.Served, 100*k.FreeServed)
	}
	for _, b := range r.Buyers {
		fmt.Fprintf(&text, "  %-16s had %.1f an hour for each client, paid %.1f, gained %.1f\n", b.Kind, b.Had, b.Paid, b.Gain)
	}
	for _, l := range r.Left {
		fmt.Fprintf(&text, "  left %s %d times: %s\n", l.Kind, l.Count, l.Reason)
	}
	return strings.TrimSuffix(text.String(), "\n")
}
