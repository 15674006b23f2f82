package market

import "github.com/candela-les/candela/unit"

// governorSum adds up samples until there is enough to decide on.
type governorSum struct {
	span                                       unit.Span
	serving, overhead, paid, cpu, idle, stolen unit.Cost
	vacant                                     unit.Cost
	latency, waited                            int64 // ns · µs of the spans they are of
}

// longestWait bounds what goroutines and requests are said to have waited.
const longestWait = 10 * unit.Second

func (s *governorSum) add(o GovernorSample) {
	span := min(max(o.Span, 0), governorLongest)
	s.span += span
	s.serving, s.overhead, s.paid = s.serving.Add(o.Serving), s.overhead.Add(o.Overhead), s.paid.Add(o.Paid)
	s.cpu = s.cpu.Add(unit.Cost(max(o.CPU, 0)))
	s.idle = s.idle.Add(unit.Cost(max(o.IdleGC, 0)))
	s.stolen = s.stolen.Add(unit.Cost(max(o.Stolen, 0)))
	s.vacant = s.vacant.Add(unit.Cost(max(o.Vacant, 0)))
	weight := int64(span / unit.Microsecond)
	s.latency += int64(min(max(o.Latency, 0), longestWait)) * weight
	s.waited += int64(min(max(o.Waited, 0), longestWait)) * weight
}

// governorRates are sums as rates, in cost per ms, and waits as means.
type governorRates struct {
	ms                                         int64
	serving, overhead, paid, cpu, idle, stolen int64
	vacant                                     int64
	latency, waited                            unit.Span
}

// maxRate bounds all rates, in cost per ms, so that no product of them overflows.
const maxRate = 1 << 40

// rates is for sums of at least a millisecond.
func (s *governorSum) rates() governorRates {
	ms := int64(s.span / unit.Millisecond)
	rate := func(c unit.Cost) int64 { return int64(min(c/unit.Cost(ms), maxRate)) }
	micros := int64(s.span / unit.Microsecond)
	return governorRates{
		ms:      ms,
		serving: rate(s.serving), overhead: rate(s.overhead), paid: rate(s.paid),
		cpu: rate(s.cpu), idle: rate(s.idle), stolen: rate(s.stolen), vacant: rate(s.vacant),
		latency: unit.Span(s.latency / micros), waited: unit.Span(s.waited / micros),
	}
}

// decay moves a mean towards what was seen for so many ms, with a time constant of
// tau ms.
func decay(mean, seen, ms, tau int64) int64 { return mean + (seen-mean)*ms/(tau+ms) }

// toward moves a value towards another one, by one step at most.
func toward(value, want, step int64) int64 {
	return value + within(want-value, -step, step)
}

func within(value, least, most int64) int64 { return min(max(value, least), most) }
