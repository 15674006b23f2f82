package market_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/candela-les/candela/market"
	"github.com/candela-les/candela/unit"
)

const perThread = unit.Cost(unit.Millisecond)

// anySample is what might be reported, sense or nonsense.
func anySample(t *rapid.T) market.GovernorSample {
	span := rapid.OneOf(rapid.Int64Range(0, int64(3*unit.Second)), rapid.Int64())
	cost := rapid.OneOf(rapid.Uint64Range(0, 4e9), rapid.Uint64())
	draw := func(name string) unit.Span { return unit.Span(span.Draw(t, name)) }
	return market.GovernorSample{
		Span: draw("span"), CPU: draw("cpu"), IdleGC: draw("idle"), Stolen: draw("stolen"), Vacant: draw("vacant"),
		Threads: rapid.Uint64Range(0, 100).Draw(t, "now"), Latency: draw("latency"), Waited: draw("waited"),
		Serving: unit.Cost(cost.Draw(t, "serving")), Overhead: unit.Cost(cost.Draw(t, "overhead")),
		Paid: unit.Cost(cost.Draw(t, "paid")),
	}
}

// Whatever is reported, what is announced is between the floor and what there is at
// best, and no scale leaves its bounds.
func TestGovernorKeepsItsBounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		threads := rapid.Uint64Range(0, 1<<20).Draw(t, "threads")
		nominal := unit.Cost(rapid.OneOf(rapid.Just(uint64(0)), rapid.Uint64Min(1000)).Draw(t, "nominal"))
		g := market.NewGovernor(market.GovernorConfig{Threads: threads, Nominal: nominal})
		best := g.View().Best
		for range rapid.IntRange(1, 60).Draw(t, "steps") {
			v := g.Step(anySample(t))
			floor := best * market.GovernorFloor / market.GovernorTarget
			if v.Best != best || v.Recharge > best || v.Recharge < floor-floor/50-1 {
				t.Fatalf("announced %d, not within %d and %d", v.Recharge, floor, best)
			}
			if v.Level > 1000 || v.Level < market.GovernorFloor || v.ServingScale < 250 || v.ServingScale > 1000 ||
				v.OverheadScale < 500 || v.OverheadScale > 3000 {
				t.Fatalf("%+v", v)
			}
		}
	})
}

// steady is a second in which clients and other work keep the threads busy to such
// shares, and what was booked is right.
func steady(threads uint64, clients, other unit.Cost) market.GovernorSample {
	second := unit.Cost(threads) * unit.Cost(unit.Second)
	served := second * clients / 1000
	return market.GovernorSample{
		Span: unit.Second, Serving: served / 3, Overhead: served - served/3,
		CPU: unit.Span(served + second*other/1000), Latency: unit.Millisecond,
	}
}

// Once it is known, work that goes up and down by 15 thousandths is no reason to announce
// less more than once, however it goes, nor often to announce more.
func TestGovernorDoesNotFlap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		threads := rapid.Uint64Range(1, 16).Draw(t, "threads")
		level := rapid.Uint64Range(0, 300).Draw(t, "other")
		g := market.NewGovernor(market.GovernorConfig{Threads: threads})
		noise := rapid.SliceOfN(rapid.Uint64Range(0, 15), 600, 600).Draw(t, "noise")
		var last unit.Cost
		fallen, raised := 0, 0
		for i, n := range noise {
			v := g.Step(steady(threads, 100, unit.Cost(level+n)))
			switch {
			case i < 60:
			case v.Recharge < last:
				fallen++
			case v.Recharge > last:
				raised++
			}
			last = v.Recharge
		}
		if fallen > 1 || raised > 9 {
			t.Fatalf("fallen %d times and raised %d times in nine minutes", fallen, raised)
		}
	})
}

// Work that has come to stay is taken off within six seconds, all but what is not worth
// telling and, while much is idle, what the clients' messages may have cost; when it has gone,
// all is there again within four minutes.
func TestGovernorFollowsOtherWork(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		threads := rapid.Uint64Range(1, 64).Draw(t, "threads")
		other := unit.Cost(rapid.Uint64Range(50, 700).Draw(t, "other"))
		g := market.NewGovernor(market.GovernorConfig{Threads: threads})
		for range rapid.IntRange(0, 100).Draw(t, "calm") {
			g.Step(steady(threads, 100, 0))
		}
		for range 6 {
			g.Step(steady(threads, 100, other))
		}
		whole := unit.Cost(threads) * perThread
		v := g.View()
		want := whole * (market.GovernorTarget - other) / 1000
		most := want + want/20
		if other < 500 {
			most += whole * 67 / 1000
		}
		if v.Recharge > most || v.Recharge < want-want/20 {
			t.Fatalf("%d announced beside other work of %d, want about %d", v.Recharge, other, want)
		}
		for range 240 {
			v = g.Step(steady(threads, 100, 0))
		}
		if v.Recharge < v.Best-v.Best/100 {
			t.Fatalf("%d of %d announced long afterwards", v.Recharge, v.Best)
		}
	})
}

// What messages cost more because they find the threads idle is no other work: the
// capacity is there when somebody asks for it.
func TestGovernorOfIdleThreads(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		threads := rapid.Uint64Range(1, 16).Draw(t, "threads")
		g := market.NewGovernor(market.GovernorConfig{Threads: threads})
		clients := unit.Cost(rapid.Uint64Range(100, 340).Draw(t, "clients"))
		waking := unit.Cost(rapid.Uint64Range(0, 666).Draw(t, "waking"))
		for range rapid.IntRange(1, 100).Draw(t, "seconds") {
			v := g.Step(steady(threads, clients, clients*waking/1000))
			if v.Recharge != v.Best || v.OverheadScale != 1000 {
				t.Fatalf("%+v", v)
			}
		}
	})
}

// A burst now and then is nothing to announce, whatever its size.
func TestGovernorDoesNotAnnounceBursts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := market.NewGovernor(market.GovernorConfig{Threads: 2})
		every := rapid.IntRange(10, 30).Draw(t, "every")
		size := unit.Cost(rapid.Uint64Range(0, 250).Draw(t, "size"))
		for i := range 300 {
			s := steady(2, 300, 0)
			if i%every == 0 {
				s = steady(2, 300, size)
				s.Latency = 100 * unit.Millisecond
			}
			if v := g.Step(s); v.Recharge < v.Best*95/100 {
				t.Fatalf("%d of %d announced", v.Recharge, v.Best)
			}
		}
	})
}

// A decision does not depend on how finely a second is sampled.
func TestGovernorAddsSamplesUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		whole := market.NewGovernor(market.GovernorConfig{Threads: 4})
		parts := market.NewGovernor(market.GovernorConfig{Threads: 4})
		for range rapid.IntRange(1, 30).Draw(t, "seconds") {
			s := steady(4, unit.Cost(rapid.Uint64Range(0, 1000).Draw(t, "clients")/4*4), unit.Cost(rapid.Uint64Range(0, 250).Draw(t, "other")/4*4))
			s.Latency = unit.Span(rapid.Int64Range(0, 100).Draw(t, "latency")) * unit.Millisecond
			want := whole.Step(s)
			s.Span, s.Serving, s.Overhead, s.CPU = s.Span/4, s.Serving/4, s.Overhead/4, s.CPU/4
			for range 3 {
				parts.Step(s)
			}
			if got := parts.Step(s); want.Recharge.Sub(got.Recharge)+got.Recharge.Sub(want.Recharge) > want.Recharge/1000 {
				t.Fatalf("%d by quarters, %d by seconds", got.Recharge, want.Recharge)
			}
		}
	})
}

// A system may give a process fewer processors than it began with, and more again.
func TestGovernorFollowsThreads(t *testing.T) {
	g := market.NewGovernor(market.GovernorConfig{Threads: 4})
	run := func(threads uint64) unit.Cost {
		for range 200 {
			s := steady(threads, 300, 0)
			s.Threads = threads
			g.Step(s)
		}
		return g.View().Recharge
	}
	best := g.View().Best
	for _, c := range []struct {
		threads uint64
		want    unit.Cost
	}{{4, best}, {1, best / 4}, {3, best * 3 / 4}, {8, best}} {
		if got := run(c.threads); got != c.want {
			t.Errorf("%d threads: %d announced, want %d", c.threads, got, c.want)
		}
	}
}

// The cost of what is served elsewhere says nothing about processors here.
func TestGovernorOfAnotherMachinesWork(t *testing.T) {
	g := market.NewGovernor(market.GovernorConfig{Threads: 2, Nominal: 32 * perThread})
	for range 300 {
		v := g.Step(market.GovernorSample{
			Span: unit.Second, Serving: 20 * unit.Cost(unit.Second), Overhead: unit.Cost(unit.Second) / 2,
			CPU: unit.Second, Stolen: unit.Second / 2, Latency: unit.Millisecond,
		})
		if v.Recharge != v.Best || v.ServingScale != 1000 || v.OverheadScale != 1000 {
			t.Fatalf("%+v", v)
		}
	}
}

func BenchmarkGovernor(b *testing.B) {
	g := market.NewGovernor(market.GovernorConfig{Threads: 8})
	s := steady(8, 500, 100)
	for b.Loop() {
		g.Step(s)
	}
}
