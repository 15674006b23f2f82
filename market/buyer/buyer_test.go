package buyer

import (
	"fmt"
	"testing"

	"github.com/holiman/uint256"
	"pgregory.net/rapid"

	"github.com/candela-les/candela/unit"
)

// randomWorld is a demand and sellers as they come.
func randomWorld(t *rapid.T, tb fataler) *world {
	d := Demand{
		Need:        unit.Cost(rapid.SampledFrom([]uint64{1, 1, 2, 5}).Draw(t, "need")) * StandardUnit,
		Servers:     rapid.IntRange(1, 3).Draw(t, "servers"),
		MaxPrice:    unit.PricePerHour(rapid.SampledFrom([]uint64{1, 100, 300, 500, 1000}).Draw(t, "price")),
		DailyBudget: unit.NewAmount(rapid.Uint64Range(1, 30_000).Draw(t, "budget") * rapid.SampledFrom([]uint64{1, 100}).Draw(t, "times")),
	}
	w := newWorld(tb, Config{
		Demand: d, Seed: rapid.Uint64().Draw(t, "seed"),
		DayAt: -unit.Instant(rapid.Int64Range(0, int64(day)).Draw(t, "day")),
	})
	w.late = unit.Span(rapid.Int64Range(0, int64(stepSpan)).Draw(t, "late"))
	for i := range rapid.SampledFrom([]int{1, 2, 3, 4, 5}).Draw(t, "sellers") {
		s := w.seller(fmt.Sprintf("s%d", i))
		s.units = rapid.IntRange(1, 5).Draw(t, "units")
		s.reserve = rapid.SampledFrom([]uint64{0, 1, 10_000_000, 100_000_000}).Draw(t, "reserve")
		s.fee = rapid.Uint64Range(0, 3).Draw(t, "fee")
		s.size = unit.Cost(rapid.Uint64Range(5_000, 20_000).Draw(t, "size"))
		s.prepaid = rapid.Bool().Draw(t, "prepaid")
		s.others = someBids(t)
		s.join()
	}
	return w
}

// someBids are others' prices around what a demand may be worth, now and then at the reserve or twice.
func someBids(t *rapid.T) []uint64 {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) uint64 {
		return rapid.Uint64Range(0, 40).Draw(t, "other") * 25_000_000
	}), 0, 12).Draw(t, "others")
}

// The budget of a day is not exceeded when every unit that is bid for is won and costs its own price, and
// ticks are late.
func TestBudgetHolds(t *testing.T) {
	spent, exhausted := 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		w := randomWorld(rt, t)
		for _, s := range w.sellers {
			s.greedy = true
		}
		budget := w.b.demand.DailyBudget
		began, before := w.b.pacer.dayAt, unit.Amount{}
		for range rapid.IntRange(1, 40).Draw(rt, "spans") {
			w.run(300 * unit.Second)
			if w.b.pacer.dayAt != began {
				began, before = w.b.pacer.dayAt, w.paid
			}
			if today := w.paid.Minus(before); today.Cmp(budget) > 0 {
				rt.Fatalf("%v of %v spent in a day\n%s", today, budget, w.out.String())
			}
		}
		if !w.paid.IsZero() {
			spent++
		}
		if w.b.said == ErrSpent { //nolint:errorlint // a sentinel, unwrapped
			exhausted++
		}
	})
	if spent < 10 || exhausted < 5 {
		t.Errorf("in %d worlds something was spent, in %d all of it: nothing was tested", spent, exhausted)
	}
}

// An honest seller is never accused, whatever the book does; and nobody pays more than was bid.
func TestHonestSellersAreNotAccused(t *testing.T) {
	charged := 0
	rapid.Check(t, func(rt *rapid.T) {
		w := randomWorld(rt, t)
		w.late = 0
		w.b.demand.DailyBudget = unit.NewAmount(1_000_000)
		for range rapid.IntRange(1, 40).Draw(rt, "changes") {
			s := rapid.SampledFrom(w.sellers).Draw(rt, "seller")
			switch rapid.IntRange(0, 5).Draw(rt, "what") {
			case 0:
				s.units = rapid.IntRange(0, 5).Draw(rt, "units")
			case 1:
				w.b.SetDemand(w.now, rapid.SampledFrom([]Demand{w.b.demand, FreeDemand()}).Draw(rt, "demand"))
			default:
				s.others = someBids(rt)
			}
			s.changed(false)
			if s.rate.Gt(total(s.bid)) {
				rt.Fatalf("%v for a bid of %v", s.rate, s.bid)
			}
			w.run(rapid.SampledFrom([]unit.Span{1, 3 * unit.Second, 61 * unit.Second, 200 * unit.Second}).Draw(rt, "span"))
		}
		if len(w.left) > 0 {
			rt.Fatalf("left %v\n%s", w.left, w.out.String())
		}
		if !w.paid.IsZero() {
			charged++
		}
	})
	if charged < 30 {
		t.Errorf("charged in %d worlds only", charged)
	}
}

// A seller that charges two base units too much is left with proof at its next charge; one can be a
// remainder from before.
func TestOverchargeIsProven(t *testing.T) {
	tried := 0
	rapid.Check(t, func(rt *rapid.T) {
		w := randomWorld(rt, t)
		w.late = 0
		w.b.demand.DailyBudget = unit.NewAmount(1_000_000)
		w.run(300 * unit.Second)
		for _, s := range w.sellers {
			if s.have > 0 {
				tried++
				s.bill()
				s.overcharge = 2
				w.run(2 * newsSpan)
				if w.left[s.name] != ErrCharge { //nolint:errorlint // a sentinel, unwrapped
					rt.Fatalf("%s was believed: %v", s.name, w.left)
				}
			}
		}
	})
	if tried < 10 {
		t.Errorf("only %d cheats", tried)
	}
}

// When prices stand still, a buyer has what it needs or no bid at all: never for long anything in between.
func TestEnoughOrNothing(t *testing.T) {
	enough, nothing := 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		w := randomWorld(rt, t)
		w.late = 0
		for n := 0; ; n++ {
			w.run(300 * unit.Second)
			have, asked, bids := w.state()
			switch {
			case bids == 0:
				nothing++
				return
			case have >= min(w.b.demand.Need, asked):
				enough++
				return
			case n > 6:
				rt.Fatalf("%d of %d, with %d bids\n%s", have, w.b.demand.Need, bids, w.out.String())
			}
		}
	})
	if enough < 10 || nothing < 10 {
		t.Errorf("enough %d times, nothing %d times", enough, nothing)
	}
}

// state is what is had, what may be asked for at servers with bids, and how many these are.
func (w *world) state() (have, asked unit.Cost, bids int) {
	for _, s := range w.sellers {
		have += s.size.Mul(s.have)
		if s.bid != nil {
			bids++
			v := w.b.find(s.id)
			asked += s.size.Mul(min(v.growth.limit(), w.b.share(v)))
		}
	}
	return have, asked, bids
}

// noise is uniform in [0, n), from a seed.
type noise coins

func (x *noise) below(n uint64) (sum uint64) {
	for range 32 {
		sum <<= 1
		if (*coins)(x).toss() {
			sum |= 1
		}
	}
	return sum % n
}

// Servers that are equally good and equally dear, but never the same for two minutes, are not moved between.
func TestNoFlapping(t *testing.T) {
	for seed := range uint64(5) {
		d, err := ParseDemand("wallet budget=100000000 price=1000000000")
		if err != nil {
			t.Fatal(err)
		}
		w := newWorld(t, Config{Demand: d, Seed: seed})
		for i := range 5 {
			s := w.seller(fmt.Sprintf("s%d", i))
			s.units, s.fee = 3, 1
			s.others = []uint64{100_000_000_000, 100_000_000_000, 100_000_000_000, 100_000_000_000}
			s.join()
		}
		random := noise(seed)
		w.tick = func(s *seller) {
			s.answers = 5 + random.below(20)
			s.late, s.failed = random.below(s.answers/4+1), random.below(3)
			for i := range s.others {
				s.others[i] = 80_000_000_000 + random.below(40_000_000_000)
			}
			s.changed(false)
		}
		w.run(2 * hour)
		before, moves := w.placed, 0
		for range 24 {
			n := len(w.b.moves)
			w.run(hour)
			moves += max(len(w.b.moves)-n, 0)
		}
		bids := w.placed - before
		t.Logf("in a day %d moves, %d bids", moves, bids)
		if moves > 8 || bids > 24*2*8 || w.have() < 1 {
			t.Errorf("in a day %d moves, %d bids, %d units at the end", moves, bids, w.have())
		}
	}
}

// The same inputs have the same effects.
func TestSameInputsSameEffects(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		play := func(seed int) string {
			return rapid.Custom(func(t *rapid.T) string {
				w := randomWorld(t, rt)
				for range 5 {
					s := rapid.SampledFrom(w.sellers).Draw(t, "seller")
					s.others = someBids(t)
					s.changed(false)
					w.run(100 * unit.Second)
				}
				return w.out.String()
			}).Example(seed)
		}
		seed := rapid.IntRange(0, 1<<20).Draw(rt, "example")
		if a, b := play(seed), play(seed); a != b || a == "" {
			rt.Fatalf("%s\nand then\n%s", a, b)
		}
	})
}

// Losing any one server leaves what is needed.
func TestOneServerCanBeLost(t *testing.T) {
	for _, preset := range []string{"wallet", "dapp", "indexer"} {
		d, err := ParseDemand(preset + " budget=1000000000 price=1000000")
		if err != nil {
			t.Fatal(err)
		}
		w := newWorld(t, Config{Demand: d, Seed: 1})
		for i := range 6 {
			s := w.seller(fmt.Sprintf("s%d", i))
			s.units, s.reserve = 64, 1000
			s.join()
		}
		w.run(900 * unit.Second)
		for _, s := range w.sellers {
			if rest := StandardUnit.Mul(w.have() - s.have); rest < d.Need {
				t.Errorf("%s: without %s %d of %d is left\n%s", preset, s.name, rest, d.Need, w.out.String())
			}
		}
	}
}

// What a server can have charged is never more than the bound, whenever it noticed a change within
// the grace, and never more than the highest bid all the time.
func TestDebtBound(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		var d debt
		now, taken := unit.Instant(0), new(uint256.Int)
		rate, highest := new(uint256.Int), new(uint256.Int)
		var settled unit.Instant
		for range rapid.IntRange(1, 100).Draw(rt, "changes") {
			next := uint256.NewInt(rapid.Uint64Range(0, 1<<62).Draw(rt, "rate"))
			if next.Gt(highest) {
				highest = next
			}
			d.set(now, next, grace)
			delay := unit.Span(rapid.Int64Range(0, int64(grace)).Draw(rt, "delay"))
			span := delay + unit.Span(rapid.Int64Range(0, int64(20*unit.Second)).Draw(rt, "span"))
			taken.Add(taken, over(rate, delay))
			taken.Add(taken, over(next, span-delay))
			rate, now = next, now.Add(span)
			if rapid.IntRange(0, 9).Draw(rt, "settle") == 0 {
				d.settle(now)
				taken, settled = new(uint256.Int), now
			}
			bound := d.bound(now)
			if bound.Cmp(worth(taken)) < 0 || bound.Cmp(worth(over(highest, now.Since(settled)))) > 0 {
				rt.Fatalf("bound %v, charged %v", bound, worth(taken))
			}
		}
	})
}
