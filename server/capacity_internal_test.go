package server

import (
	"math"
	"runtime"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire"
)

// processor is a clock of processor time that a test turns.
type processor struct{ used, waited time.Duration }

func meterOn(t *testing.T, p *processor) *meter {
	t.Helper()
	m, err := newMeter(&Config{
		MessageCost: 1000, KiBCost: 1024, Capacity: unit.Cost(unit.Millisecond),
		CPUTime: func() time.Duration { return p.used }, CPUWait: func() time.Duration { return p.waited },
	}, [2]map[uint64]unit.Cost{})
	if err != nil {
		t.Fatal(err)
	}
	// Whatever this machine has, and whoever else tests on it now.
	m.mu.capacity.runtime = nil
	return m
}

func at(seconds int) unit.Instant { return unit.Instant(seconds) * unit.Instant(unit.Second) }

// Other work of the process is taken off what clients may take, and given back.
func TestCapacityFollowsOtherWork(t *testing.T) {
	var p processor
	m := meterOn(t, &p)
	best, nominal := m.capacity()
	if best != nominal || best == 0 || best >= unit.Cost(unit.Millisecond) {
		t.Fatalf("capacity %d of %d at first", best, nominal)
	}
	seconds := 0
	second := func(used time.Duration) {
		p.used += used
		seconds++
		m.second(at(seconds))
	}
	second(0)
	for range 10 {
		m.book(wire.LES5, wire.CodeGetState, 1, true, 100*unit.Millisecond, 0, 0)
		second(400*time.Millisecond + 102*time.Microsecond)
	}
	now, _ := m.capacity()
	// One thread here; with more of them, 300 ms is less of what there is.
	if now >= best {
		t.Errorf("capacity %d of %d beside other work", now, best)
	}
	paid, free, other := m.loads()
	if paid < 80_000 || paid > 101_000 || free != 0 || other < 299_000 || other > 301_000 {
		t.Errorf("loads %d paid, %d free, %d other", paid, free, other)
	}
	for range 300 {
		second(time.Millisecond)
	}
	if now, _ := m.capacity(); now < best*99/100 {
		t.Errorf("capacity %d of %d when all is over", now, best)
	}
	if paid, _, _ := m.loads(); paid != 0 {
		t.Errorf("paid load %d when all is over", paid)
	}
}

// Without a clock of processor time the capacity is what was configured.
func TestCapacityWithoutClock(t *testing.T) {
	m := testMeter(t, [2]map[uint64]unit.Cost{})
	m.mu.capacity.fixed = 777
	for i := range 10 {
		m.book(wire.LES5, wire.CodeGetState, 1, false, unit.Span(unit.Second), 0, 0)
		if _, changed := m.second(at(i)); changed {
			t.Fatal("changed")
		}
	}
	if now, best := m.capacity(); now != 777 || best != 777 {
		t.Errorf("capacity %d of %d", now, best)
	}
	if _, free, _ := m.loads(); free == 0 {
		t.Error("no load seen")
	}
}

// What the runtime reports is read for what it is.
func TestReadsTheRuntime(t *testing.T) {
	m, err := newMeter(&Config{Capacity: 1000, CPUTime: func() time.Duration { return 1 }}, [2]map[uint64]unit.Cost{})
	if err != nil {
		t.Fatal(err)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	var others sync.WaitGroup
	for range 1000 { // the runtime measures one in a few
		others.Go(runtime.Gosched)
	}
	others.Wait()
	r := m.read(at(1))
	var events uint64
	for _, n := range r.latencies {
		events += n
	}
	if events == 0 {
		t.Errorf("no goroutine was ever scheduled: %s is not as it was", latencyMetric)
	}
	if m.mu.capacity.runtime[1].Value.Kind() == 0 {
		t.Errorf("%s is not known", idleGCMetric)
	}
}

// Against the slow way: every event written out and sorted.
func TestQuantile(t *testing.T) {
	bounds := []float64{0, 0.001, 0.002, 0.004, 0.008, math.Inf(1)}
	rapid.Check(t, func(t *rapid.T) {
		old := rapid.SliceOfN(rapid.Uint64Range(0, 5), 5, 5).Draw(t, "old")
		more := rapid.SliceOfN(rapid.Uint64Range(0, 20), 5, 5).Draw(t, "more")
		share := rapid.Float64Range(0.01, 1).Draw(t, "share")
		now := make([]uint64, 5)
		var events []float64
		for i := range now {
			now[i] = old[i] + more[i]
			for range more[i] {
				events = append(events, min(bounds[i+1], 0.008))
			}
		}
		want := unit.Span(0)
		if len(events) > 0 {
			want = unit.Span(events[int(math.Ceil(float64(len(events))*share))-1] * float64(unit.Second))
		}
		if got := quantile(bounds, old, now, share); got != want {
			t.Fatalf("%d, want %d", got, want)
		}
	})
}

func TestWaitedOnAverage(t *testing.T) {
	var p processor
	m := meterOn(t, &p)
	m.second(at(1))
	m.waited(true, 3*unit.Millisecond)
	m.waited(true, -unit.Millisecond)
	m.waited(false, unit.Second)
	m.second(at(2))
	if got, want := m.mu.capacity.sample.Waited, 1500*unit.Microsecond; got != want {
		t.Errorf("waited %d, want %d", got, want)
	}
}
