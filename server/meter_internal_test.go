package server

import (
	"math"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"github.com/candela-les/candela/market/flow"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire"
)

func testMeter(tb rapid.TB, measured [2]map[uint64]unit.Cost) *meter {
	tb.Helper()
	m, err := newMeter(&Config{MessageCost: 1000, KiBCost: 2048}, measured)
	if err != nil {
		tb.Fatal(err)
	}
	return m
}

// proofs books so many les/4 proofs at a cost each, message and bytes left out.
func proofs(m *meter, count int, each unit.Cost) {
	for range count {
		m.book(wire.LES4, wire.CodeGetProofs, 1, false, unit.Span(each-2000), 0, 0)
	}
}

func proofPrice(m *meter) unit.Cost {
	p, _ := m.pricing(wire.LES4).table.Price(wire.CodeGetProofs)
	return p.PerItem
}

const proofAverage = 600_000 // as kinds has it

func TestBookedIsTimeAndTransport(t *testing.T) {
	m := testMeter(t, [2]map[uint64]unit.Cost{})
	if got, want := m.book(wire.LES5, wire.CodeGetState, 3, true, 5000, 100, 924), unit.Cost(5000+2*1000+2048); got != want {
		t.Errorf("cost %d, want %d", got, want)
	}
	if got, want := m.bookRefused(false, 10, 512), unit.Cost(10+1000+1024); got != want {
		t.Errorf("cost of a refused message %d, want %d", got, want)
	}
	m.scales.overhead.Store(1500)
	if got, want := m.book(wire.LES5, wire.CodeGetState, 3, true, 5000, 100, 924), unit.Cost(5000+3000+3072); got != want {
		t.Errorf("scaled cost %d, want %d", got, want)
	}
	if got := m.book(wire.LES2, wire.CodeGetProofs, 1, true, -1, 0, 0); got != 3000 {
		t.Errorf("cost of no time %d, want 3000", got)
	}
}

// What start-up measured counts at once, and no more than maxFactor times the average.
func TestPricesBeginAsMeasured(t *testing.T) {
	m := testMeter(t, [2]map[uint64]unit.Cost{{wire.CodeGetProofs: 3 * proofAverage}, {wire.CodeGetState: 1 << 60}})
	if got := proofPrice(m); got != 6*proofAverage {
		t.Errorf("price %d, want %d", got, 6*proofAverage)
	}
	p, _ := m.pricing(wire.LES5).table.Price(wire.CodeGetState)
	if got := p.PerItem; got != safety*maxFactor*600_000 {
		t.Errorf("price %d, want %d", got, int(safety*maxFactor*600_000))
	}
	if got := m.pricing(wire.LES2); got != m.pricing(wire.LES4) {
		t.Error("les/2 has other prices than les/4")
	}
}

// Prices follow what requests cost, up at once, down slowly, never below twice the
// average; a session keeps what it was told.
func TestPricesFollowCosts(t *testing.T) {
	m := testMeter(t, [2]map[uint64]unit.Cost{})
	told := m.pricing(wire.LES4)
	before, _ := told.table.Price(wire.CodeGetProofs)
	for range 120 {
		proofs(m, 20, proofAverage/10)
		m.reprice()
	}
	if m.pricing(wire.LES4) != told {
		t.Fatal("cheap requests have changed the prices")
	}
	for range 30 {
		proofs(m, 100, 4*proofAverage)
		m.reprice()
	}
	dear := proofPrice(m)
	if dear < 7*proofAverage || dear > 8*proofAverage {
		t.Errorf("price %d after half a minute at %d, want nearly twice that", dear, 4*proofAverage)
	}
	if limit := m.pricing(wire.LES4).limit; limit < dear*wire.MaxProofs {
		t.Errorf("limit %d does not hold the largest batch, %d", limit, dear*wire.MaxProofs)
	}
	if now, _ := told.table.Price(wire.CodeGetProofs); now != before {
		t.Error("the prices of a session have changed")
	}
	for range 60 {
		proofs(m, 100, proofAverage)
		m.reprice()
	}
	if now := proofPrice(m); now < 5*proofAverage {
		t.Errorf("price %d a minute later: it fell too fast", now)
	}
	for range 1800 {
		proofs(m, 20, proofAverage/10)
		m.reprice()
	}
	if now := proofPrice(m); now < 2*proofAverage || now > 2*proofAverage*11/10 {
		t.Errorf("price %d half an hour later, want about %d", now, 2*proofAverage)
	}
}

// A few requests say nothing: neither a hiccup nor a single client's odd ones make a
// price.
func TestFewRequestsMakeNoPrice(t *testing.T) {
	m := testMeter(t, [2]map[uint64]unit.Cost{})
	before := m.pricing(wire.LES4)
	for range 10 {
		proofs(m, 1, 100*proofAverage)
		m.reprice()
	}
	if m.pricing(wire.LES4) != before {
		t.Error("ten requests have changed the prices")
	}
}

// Whatever is booked: each permitted batch fits into the limit, prices are never below
// twice the average nor above what maxFactor allows, and a price is at most a step
// below twice the mean once that has lasted.
func TestPricesKeepTheirBounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := testMeter(t, [2]map[uint64]unit.Cost{})
		for range rapid.IntRange(1, 40).Draw(t, "phases") {
			class := rapid.IntRange(0, 1).Draw(t, "class")
			k := rapid.SampledFrom(kinds(versionOf(class))).Draw(t, "kind")
			amount := rapid.Uint64Range(1, k.maxAmount).Draw(t, "amount")
			spent := unit.Span(rapid.Uint64Range(0, uint64(100*k.average(amount))).Draw(t, "spent"))
			count := rapid.IntRange(0, 50).Draw(t, "count")
			for range rapid.IntRange(1, 60).Draw(t, "seconds") {
				for range count {
					m.book(versionOf(class), k.code, amount, false, spent, 0, 0)
				}
				m.reprice()
			}
			checkPrices(t, m)
		}
	})
}

func checkPrices(t *rapid.T, m *meter) {
	for class := range m.prices {
		p := m.pricing(versionOf(class))
		for _, k := range kinds(versionOf(class)) {
			price, _ := p.table.Price(k.code)
			if full := price.Of(k.maxAmount); full > p.limit {
				t.Fatalf("%#x: the largest batch costs %d of %d", k.code, full, p.limit)
			}
			least, most := flow.Price{Base: 2 * k.base, PerItem: 2 * k.per}, 2*maxFactor*k.average(1)
			if price.Base < least.Base || price.PerItem < least.PerItem || float64(price.Of(1)) > most+1 {
				t.Fatalf("%#x: price %v, not within %v and %v", k.code, price, least, most)
			}
		}
	}
}

// The decaying mean against a naive one: all seconds kept and weighted anew.
func TestEstimateAgainstNaive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := kind{code: 1, per: 1000, maxAmount: 10}
		e := newEstimate(k, 0)
		type second struct{ amount, cost float64 }
		var seconds []second
		var count, amount, cost uint64
		for range rapid.IntRange(1, 100).Draw(t, "seconds") {
			n, items := rapid.Uint64Range(0, 30).Draw(t, "n"), rapid.Uint64Range(1, 10).Draw(t, "items")
			each := rapid.Uint64Range(0, 100_000).Draw(t, "each")
			count, amount, cost = count+n, amount+n*items, cost+n*each
			e.second(count, amount, cost)
			seconds = append(seconds, second{float64(n * items), float64(n * each)})
			var a, c float64
			for i, s := range seconds {
				w := math.Exp(-float64(len(seconds)-1-i) / estimateTau)
				a, c = a+w*s.amount, c+w*s.cost
			}
			want := unit.Cost(0)
			if a >= 1 {
				want = unit.Cost(c / a)
			}
			if got := e.perItem(); max(got, want)-min(got, want) > 1 {
				t.Fatalf("mean %d, want %d", got, want)
			}
		}
	})
}

// Many book at once while prices are made and read. With -race it checks the locking.
func TestBookWhilePricing(t *testing.T) {
	m := testMeter(t, [2]map[uint64]unit.Cost{})
	var all sync.WaitGroup
	const goroutines, each = 8, 500
	for range goroutines {
		all.Go(func() {
			for range each {
				m.book(wire.LES4, wire.CodeGetProofs, 2, true, 3_000_000, 10, 10)
				m.pricing(wire.LES4)
			}
		})
	}
	for range 20 {
		m.reprice()
		m.kinds()
	}
	all.Wait()
	if got := m.counts[0][wire.CodeGetProofs].count.Load(); got != goroutines*each {
		t.Errorf("%d requests counted, want %d", got, goroutines*each)
	}
}

func TestKinds(t *testing.T) {
	m := testMeter(t, [2]map[uint64]unit.Cost{})
	m.book(wire.LES5, wire.CodeGetState, 4, false, 8000-2000, 0, 0)
	m.reprice()
	list := m.kinds()
	if want := len(kinds(wire.LES4)) + len(kinds(wire.LES5)); len(list) != want {
		t.Fatalf("%d kinds, want %d", len(list), want)
	}
	for _, k := range list {
		want := unit.Cost(0)
		if k.Version == wire.LES5 && k.Name == wire.CodeName(wire.LES5, wire.CodeGetState) {
			want = 2000
			if k.Announced.PerItem != 1_200_000 {
				t.Errorf("state is announced at %d an item", k.Announced.PerItem)
			}
		}
		if k.Measured != want {
			t.Errorf("les/%d %s: %d an item, want %d", k.Version, k.Name, k.Measured, want)
		}
	}
}

// BenchmarkBook is what counting adds to each request.
func BenchmarkBook(b *testing.B) {
	m := testMeter(b, [2]map[uint64]unit.Cost{})
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			m.book(wire.LES4, wire.CodeGetProofs, 1, false, 6000, 80, 2200)
		}
	})
}
