package server

import (
	"math"
	"runtime"
	"runtime/metrics"
	"slices"
	"time"

	"github.com/candela-les/candela/market"
	"github.com/candela-les/candela/unit"
)

// capacityMeter finds out, once a second, what the machine can do: it samples, and a
// market.Governor decides.
type capacityMeter struct {
	governor *market.Governor // nil: the capacity is what was configured
	fixed    unit.Cost        // then
	cpu      func() time.Duration
	cpuWait  func() time.Duration // may be nil
	cpuIdle  func() time.Duration // the same
	runtime  []metrics.Sample     // latencyMetric and idleGCMetric

	last   reading
	sample market.GovernorSample // the last one
	loads  loads
}

// reading is what all sums were at some moment.
type reading struct {
	at               unit.Instant
	booked           [2]bookedSums // of free clients, and of paid ones
	waits, waitNanos uint64
	cpu, cpuWait, gc time.Duration
	cpuIdle          time.Duration
	latencies        []uint64  // counts, by bucket
	bounds           []float64 // of the buckets
}

type bookedSums struct{ serving, overhead, cost uint64 }

// loads is what clients were lately charged, in cost per ms.
type loads struct{ paid, free unit.Cost }

// loadTau is the time constant of loads, in seconds.
const loadTau = 3.0

// What is read of the runtime, in this order.
const (
	latencyMetric = "/sched/latencies:seconds"
	idleGCMetric  = "/cpu/classes/gc/mark/idle:cpu-seconds"
	// latencyQuantile of goroutines wait less than what the governor is told.
	latencyQuantile = 0.95
)

func newCapacityMeter(cfg *Config) capacityMeter {
	c := capacityMeter{fixed: cfg.Capacity, cpu: cfg.CPUTime, cpuWait: cfg.CPUWait, cpuIdle: cfg.CPUIdle}
	if cfg.CPUTime != nil {
		c.governor = market.NewGovernor(market.GovernorConfig{
			Threads: uint64(runtime.GOMAXPROCS(0)), Nominal: cfg.Capacity,
		})
		c.runtime = []metrics.Sample{{Name: latencyMetric}, {Name: idleGCMetric}}
	}
	return c
}

// recharge is TR now; best is what it is at best.
func (c *capacityMeter) recharge() unit.Cost {
	if c.governor == nil {
		return c.fixed
	}
	return c.governor.View().Recharge
}

func (c *capacityMeter) best() unit.Cost {
	if c.governor == nil {
		return c.fixed
	}
	return c.governor.View().Best
}

// Measured is what a server has found out of its machine.
type Measured struct {
	Recharge, Best, Other       unit.Cost // per ms: for clients now, at best, and what else is done
	Level                       float64   // share of the machine that others leave, at most 1
	ServingScale, OverheadScale float64   // of measured times, so that they add up to processor time
	Latency                     time.Duration
	Stolen                      float64 // threads that waited for a processor, on average
}

// Measured returns what the server has found out of its machine. Only Recharge and Best
// are known without Config.CPUTime.
func (s *Server) Measured() Measured {
	m := s.meter
	m.mu.Lock()
	defer m.mu.Unlock()
	c := &m.mu.capacity
	if c.governor == nil {
		return Measured{Recharge: c.fixed, Best: c.fixed, Level: 1, ServingScale: 1, OverheadScale: 1}
	}
	v := c.governor.View()
	return Measured{
		Recharge: v.Recharge, Best: v.Best, Other: v.Other, Level: float64(v.Level) / 1000,
		ServingScale: float64(v.ServingScale) / 1000, OverheadScale: float64(v.OverheadScale) / 1000,
		Latency: time.Duration(c.sample.Latency), Stolen: float64(c.sample.Stolen) / float64(max(c.sample.Span, 1)),
	}
}

// capacity returns what there is now, and what there is at best, in cost per ms.
func (m *meter) capacity() (total, nominal unit.Cost) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.mu.capacity.recharge(), m.mu.capacity.best()
}

// loads returns what was lately spent on paid and on free clients, and on all else that the
// process does as far as that is known; in cost per ms.
func (m *meter) loads() (paid, free, other unit.Cost) {
	m.mu.Lock()
	defer m.mu.Unlock()
	c := &m.mu.capacity
	if c.governor != nil {
		other = c.governor.View().Other
	}
	return c.loads.paid, c.loads.free, other
}

// measure samples and decides. mu is locked.
func (m *meter) measure(now unit.Instant) (capacity unit.Cost, changed bool) {
	c := &m.mu.capacity
	old, r := c.last, m.read(now)
	c.last = r
	span := now.Since(old.at)
	if span == 0 {
		return 0, false
	}
	c.loads.see(old, r, span)
	if c.governor == nil || old.at == 0 {
		return 0, false
	}
	before := c.recharge()
	c.sample = sampleOf(old, r)
	c.sample.Threads = uint64(runtime.GOMAXPROCS(0)) //nolint:gosec // the runtime follows the system's limits
	view := c.governor.Step(c.sample)
	m.scales.serving.Store(view.ServingScale)
	m.scales.overhead.Store(view.OverheadScale)
	return view.Recharge, view.Recharge != before
}

// read reads all sums.
func (m *meter) read(now unit.Instant) reading {
	r := reading{at: now, waits: m.waits.count.Load(), waitNanos: m.waits.nanos.Load()}
	for i := range m.booked {
		b := &m.booked[i]
		r.booked[i] = bookedSums{b.serving.Load(), b.overhead.Load(), b.cost.Load()}
	}
	c := &m.mu.capacity
	if c.governor == nil {
		return r
	}
	if len(c.runtime) > 0 {
		metrics.Read(c.runtime)
	}
	for _, one := range c.runtime {
		switch one.Value.Kind() {
		case metrics.KindFloat64Histogram:
			h := one.Value.Float64Histogram()
			r.latencies, r.bounds = slices.Clone(h.Counts), h.Buckets
		case metrics.KindFloat64:
			r.gc = time.Duration(one.Value.Float64() * float64(time.Second))
		default: // this runtime does not say
		}
	}
	r.cpu = c.cpu()
	if c.cpuWait != nil {
		r.cpuWait = c.cpuWait()
	}
	if c.cpuIdle != nil {
		r.cpuIdle = c.cpuIdle()
	}
	return r
}

// sampleOf is what happened between two readings.
func sampleOf(old, r reading) market.GovernorSample {
	s := market.GovernorSample{
		Span: r.at.Since(old.at),
		Paid: unit.Cost(r.booked[1].cost - old.booked[1].cost),
		CPU:  unit.Span(r.cpu - old.cpu), IdleGC: unit.Span(r.gc - old.gc),
		Stolen: unit.Span(r.cpuWait - old.cpuWait), Vacant: unit.Span(r.cpuIdle - old.cpuIdle),
	}
	for i := range r.booked {
		s.Serving += unit.Cost(r.booked[i].serving - old.booked[i].serving)
		s.Overhead += unit.Cost(r.booked[i].overhead - old.booked[i].overhead)
	}
	if n := r.waits - old.waits; n > 0 {
		s.Waited = unit.Span((r.waitNanos - old.waitNanos) / n)
	}
	s.Latency = quantile(r.bounds, old.latencies, r.latencies, latencyQuantile)
	return s
}

// quantile returns what a share of the events between two counts of a histogram
// did not exceed, in ns: the upper bound of a bucket.
func quantile(bounds []float64, old, now []uint64, share float64) unit.Span {
	var all uint64
	for i := range now {
		all += now[i] - old[i]
	}
	rank := uint64(math.Ceil(float64(all) * share))
	var sum uint64
	for i := range now {
		if sum += now[i] - old[i]; sum >= rank && sum > 0 {
			bound := bounds[i+1]
			if math.IsInf(bound, 1) {
				bound = bounds[i]
			}
			return unit.Span(bound * float64(unit.Second))
		}
	}
	return 0
}

// see moves the loads towards what was booked in a span of time.
func (l *loads) see(old, r reading, span unit.Span) {
	seconds := float64(span) / float64(unit.Second)
	weight := 1 - math.Exp(-seconds/loadTau)
	mean := func(of *unit.Cost, booked uint64) {
		rate := float64(booked) / (seconds * 1000)
		*of = unit.Cost(float64(*of) + (rate-float64(*of))*weight)
	}
	mean(&l.free, r.booked[0].cost-old.booked[0].cost)
	mean(&l.paid, r.booked[1].cost-old.booked[1].cost)
}
