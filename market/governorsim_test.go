package market_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/cockroachdb/datadriven"

	"github.com/candela-les/candela/market"
	"github.com/candela-les/candela/unit"
)

// machine is a server's machine as a Governor sees it, second by second: a model for
// tests. Shares are in thousandths of all its threads.
type machine struct {
	governor *market.Governor
	threads  int64
	now      int // seconds
	truth    int64
	part     int64 // of a request's true cost that is the transport's
	told     bool  // the system says what was stolen
	booked   int64 // for 1000 of true cost, in the last second
}

// weather is what goes on in a second.
type weather struct {
	demand    int64 // of clients; what is served of it is at most TR
	paid      int64 // of demand
	unpaced   bool  // clients are served whatever TR is
	other     int64 // other work of the process
	neighbour int64 // wanted by other processes
	slow      int64 // ms that goroutines wait, whatever else is
	waited    int64 // ms that paid requests wait
	disk      int64 // ms that serving waits for the disk, per thousand ms of work
	waking    int64 // what messages cost on top because they find threads idle
	mutual    int64 // threads of the process that wait for each other
}

// second lets one second pass.
func (m *machine) second(w weather) market.GovernorView {
	before := m.governor.View()
	serve := w.demand
	if !w.unpaced {
		serve = min(serve, int64(before.Recharge)/m.threads/m.booked)
	}
	want := serve + w.other + w.waking
	got := min(want, 1000)
	stolen := int64(0)
	if w.neighbour > 0 { // a fair system gives each of two who want it half
		got = min(want, max(1000-w.neighbour, 500))
		stolen = min(want-got+got*w.neighbour/4000, 2000)
	}
	other := min(w.other+w.waking, got)
	served := got - other
	stolen += w.mutual
	vacant := max(1000-got-w.neighbour, 0)
	ofThreads := func(share int64) int64 { return share * m.threads * int64(unit.Millisecond) }
	part := served * m.part / 1000
	serving := (served - part) * (1000 + w.disk) / 1000
	if got > 0 {
		serving += serving * stolen / got
	}
	latency := max(w.slow, 1)
	if got >= 970 {
		latency = max(latency, 40)
	}
	if !m.told {
		stolen, vacant = 0, 0
	}
	if served > 0 {
		m.booked = (serving*int64(before.ServingScale)/1000 + part*int64(before.OverheadScale)/m.truth) * 1000 / served
	}
	m.now++
	return m.governor.Step(market.GovernorSample{
		Span:    unit.Second,
		Serving: unit.Cost(ofThreads(serving)), Overhead: unit.Cost(ofThreads(part) * 1000 / m.truth),
		Paid: unit.Cost(ofThreads(served * w.paid / 1000)), CPU: unit.Span(ofThreads(got)), Stolen: unit.Span(ofThreads(stolen)), Vacant: unit.Span(ofThreads(vacant)),
		Latency: unit.Span(latency) * unit.Millisecond, Waited: unit.Span(w.waited) * unit.Millisecond,
	})
}

// TestGovernorScenarios plays what happens to machines. Commands:
//
//	machine threads=N [truth=‰] [part=‰] [blind]
//	truth ‰
//	run seconds=N [demand=‰] [other=‰] [burst=‰,EVERY] [neighbour=‰] [slow=MS] …
//
// A run prints what is announced each `every` seconds, in thousandths of all threads, how
// often it changed, and what is known at the end.
func TestGovernorScenarios(t *testing.T) {
	datadriven.Walk(t, "testdata/governor", func(t *testing.T, path string) {
		var m *machine
		datadriven.RunTest(t, path, func(t *testing.T, d *datadriven.TestData) string {
			switch d.Cmd {
			case "machine":
				m = &machine{threads: 1, truth: 1000, part: 700, told: !d.HasArg("blind"), booked: 1000}
				d.MaybeScanArgs(t, "threads", &m.threads)
				d.MaybeScanArgs(t, "truth", &m.truth)
				d.MaybeScanArgs(t, "part", &m.part)
				m.governor = market.NewGovernor(market.GovernorConfig{Threads: uint64(m.threads)})
				return m.String() + "\n"
			case "truth": // messages cost so much from now on
				if _, err := fmt.Sscan(d.CmdArgs[0].Key, &m.truth); err != nil {
					t.Fatal(err)
				}
				return m.String() + "\n"
			case "run":
				return m.run(t, d)
			default:
				t.Fatalf("unknown command %q", d.Cmd)
				return ""
			}
		})
	})
}

func (m *machine) run(t *testing.T, d *datadriven.TestData) string {
	seconds, every := 60, 5
	w := weather{unpaced: d.HasArg("unpaced")}
	burst, burstEvery := int64(0), 12
	for name, to := range map[string]any{
		"seconds": &seconds, "every": &every, "demand": &w.demand, "paid": &w.paid, "other": &w.other,
		"neighbour": &w.neighbour, "slow": &w.slow, "waited": &w.waited, "disk": &w.disk,
		"waking": &w.waking, "mutual": &w.mutual,
		"burst": &burst, "burst-every": &burstEvery,
	} {
		d.MaybeScanArgs(t, name, to)
	}
	var line strings.Builder
	last, changes := m.governor.View().Recharge, 0
	for i := range seconds {
		now := w
		if burst > 0 && i%burstEvery == 0 {
			now.other += burst
			now.slow = max(now.slow, 60)
		}
		v := m.second(now)
		if v.Recharge != last {
			last = v.Recharge
			changes++
		}
		if (i+1)%every == 0 {
			fmt.Fprintf(&line, " %d", int64(v.Recharge)/m.threads/1000)
		}
	}
	return fmt.Sprintf("announced%s\nchanges %d\n%s\n", line.String(), changes, m)
}

func (m *machine) String() string {
	v := m.governor.View()
	share := func(c unit.Cost) int64 { return int64(c) / m.threads / 1000 }
	return fmt.Sprintf("%d s: announced %d of %d, other %d, level %d, scales %d %d",
		m.now, share(v.Recharge), share(v.Best), share(v.Other), v.Level, v.ServingScale, v.OverheadScale)
}
