package auction

import (
	"flag"
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/candela-les/candela/unit"
)

var (
	seedFlag  = flag.Uint64("auction.seed", 0, "seed of TestAgainstNaiveTwin; 0: its usual ones")
	stepsFlag = flag.Int("auction.steps", 12_500, "inputs for each seed of TestAgainstNaiveTwin")
)

// style is what kind of inputs a run draws.
type style struct {
	k       int
	clients int
	units   int // N is at most so many
	price   func(r *rand.Rand) unit.Price
	limit   func(r *rand.Rand) unit.Amount
	span    int64 // time between inputs is at most so long
}

// few draws from a few prices, so that there are many ties.
func few(n uint64) func(r *rand.Rand) unit.Price {
	return func(r *rand.Rand) unit.Price {
		p := r.Uint64N(n) * 500_000_000_000_000_000
		if r.IntN(8) == 0 {
			p += r.Uint64N(3)
		}
		return unit.NewPrice(p)
	}
}

func upTo(most uint64) func(r *rand.Rand) unit.Amount {
	return func(r *rand.Rand) unit.Amount { return unit.NewAmount(r.Uint64N(most)) }
}

func hugePrice(r *rand.Rand) unit.Price  { return unit.PriceOfWords(r.Uint64N(1<<58), r.Uint64()) }
func hugeLimit(r *rand.Rand) unit.Amount { return unit.AmountOfWords(r.Uint64(), r.Uint64()) }

func styles() []style {
	return []style{
		{k: 3, clients: 6, units: 8, price: few(7), limit: upTo(2_000_000), span: 2_000_000},
		{k: 8, clients: 12, units: 24, price: few(12), limit: upTo(3_000_000), span: 1_000_000},
		{k: 5, clients: 10, units: 3, price: few(4), limit: upTo(500_000), span: 1_000_000},
		{k: 1, clients: 8, units: 6, price: few(5), limit: upTo(1_000_000), span: 1_000_000},
		{k: 8, clients: 9, units: 20, price: hugePrice, limit: hugeLimit, span: 1 << 40},
		{k: 16, clients: 5, units: 30, price: few(9), limit: upTo(6_000_000), span: 1_000_000},
	}
}

// input draws one that the auction takes.
func (s style) input(r *rand.Rand, p *pair) Input {
	in := Input{At: p.w.now, Client: Client(r.IntN(s.clients))}
	if r.IntN(5) > 0 {
		in.At += unit.Instant(r.Int64N(s.span))
	}
	if at, ok := p.a.Next(); ok && r.IntN(12) == 0 {
		in.At = at - unit.Instant(r.IntN(2)) // as near as can be
		in.At = max(in.At, p.w.now)
	}
	open := int(in.Client) < len(p.w.clients) && p.w.clients[in.Client].open
	if !open {
		in.Verb, in.Limit, in.Number = Open, s.limit(r), r.Uint64N(Divisor)
		if in.Limit.IsZero() {
			in.Number = 0
		}
		return in
	}
	switch n := r.IntN(100); {
	case n < 50:
		in.Verb = Bid
		if r.IntN(10) > 0 {
			for range 1 + r.IntN(s.k) {
				in.Prices = append(in.Prices, s.price(r))
			}
			slices.SortFunc(in.Prices, func(x, y unit.Price) int { return y.Cmp(x) })
		}
	case n < 65:
		in.Verb, in.Limit = Limit, s.limit(r)
		if v, _ := p.a.View(in.Client); v.Limit.Cmp(in.Limit) > 0 {
			// Less than it owes by then would be refused.
			in.Limit = v.Limit
		}
	case n < 75:
		in.Verb = Debit
	case n < 84:
		in.Verb, in.Number = Units, r.Uint64N(uint64(s.units)+1)
	case n < 90:
		in.Verb, in.Price = Reserve, s.price(r)
		if r.IntN(2) == 0 {
			in.Price = unit.Price{}
		}
	case n < 93:
		in.Verb = Close
	default:
		in.Verb = Tick
	}
	return in
}

// An auction is what it says, to the last part of a base unit, after each of many random
// inputs: who wins, what each pays and owes, when the next one is depleted, what is
// published and who is told.
func TestAgainstNaiveTwin(t *testing.T) {
	var depletions, corrected int
	for i, s := range styles() {
		seed := uint64(i + 1)
		if *seedFlag != 0 {
			seed = *seedFlag
		}
		t.Run(fmt.Sprintf("style=%d/seed=%d", i, seed), func(t *testing.T) {
			r := rand.New(rand.NewPCG(seed, uint64(i)))
			p := newPair(s.k, uint64(s.units/2), unit.Price{})
			for step := range *stepsFlag {
				in := s.input(r, p)
				if err := p.do(in); err != nil {
					text, _ := in.MarshalText()
					t.Fatalf("input %d, %s: %v\nagain: -run %s -auction.seed=%d", step, text, err, t.Name(), seed)
				}
				if step%50 == 0 {
					p.vcg(t)
				}
			}
			t.Logf("%d depletions, %d corrections, curve %d", p.depletions, p.corrected, p.a.Curve().Seq)
			depletions += p.depletions
			corrected += p.corrected
			replayed(t, Config{Prices: s.k, Units: uint64(s.units / 2), FirstSeq: 5}, p)
		})
	}
	if *seedFlag == 0 && *stepsFlag >= 10_000 && (depletions < 1000 || corrected < 1000) {
		t.Errorf("only %d depletions and %d corrections", depletions, corrected)
	}
}

// vcg: what is paid is what the others lose, and not more than was bid.
func (p *pair) vcg(t *testing.T) {
	t.Helper()
	for id, b := range p.w.clients {
		if !b.open {
			continue
		}
		v, _ := p.a.View(Client(id))
		if want := p.w.vcg(id); v.Rate.String() != want.String() {
			t.Fatalf("client %d pays %s, the others lose %s", id, v.Rate, want)
		}
		bid := new(big.Int)
		for _, price := range v.Prices[:v.Units] {
			bid.Add(bid, bigPrice(price))
		}
		if bigPrice(v.Rate).Cmp(bid) > 0 {
			t.Fatalf("client %d pays %s of a bid of %s", id, v.Rate, bid)
		}
	}
}

// A change looks at few clients, however many win: the one that bids, those whose units
// move, and those that have some of the K best losing prices before or after it.
func TestFewAreTouched(t *testing.T) {
	const k, clients = 6, 20_000
	r := rand.New(rand.NewPCG(8, 8))
	a, err := New(0, Config{Prices: k, Units: clients})
	if err != nil {
		t.Fatal(err)
	}
	draw := func() (prices []unit.Price) {
		for range 1 + r.IntN(k) {
			prices = append(prices, unit.NewPrice(1_000_000+r.Uint64N(1_000_000)))
		}
		slices.SortFunc(prices, func(x, y unit.Price) int { return y.Cmp(x) })
		return prices
	}
	most := 0
	for step := range 3 * clients {
		id := Client(step % clients)
		if step < clients {
			if err := a.Open(0, id, unit.NewAmount(1_000_000_000), 0); err != nil {
				t.Fatal(err)
			}
		}
		if err := a.Bid(unit.Instant(step)*1000, id, draw()); err != nil {
			t.Fatal(err)
		}
		if most = max(most, len(a.change.touched)); most > 1+k+k+k {
			t.Fatalf("%d clients were touched", most)
		}
		a.Effects()
	}
	if err := broken(a); err != nil {
		t.Fatal(err)
	}
	if _, won := a.Bids(); won != clients || most < 4 {
		t.Errorf("%d win, at most %d were touched", won, most)
	}
}
