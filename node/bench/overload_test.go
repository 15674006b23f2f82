package bench

import (
	"math"
	"strings"
	"testing"
	"time"
)

// group is a group of clients that got so many items in ten seconds.
func group(items uint64, latency time.Duration) *Group {
	t := Tally{Requests: items, Items: items, Drawn: 5e6, Promised: 1e7}
	for range 100 {
		t.Latency.add(latency)
	}
	return (*Group)(nil).with(&answer{Clients: 4, Tally: &t, Seconds: 10, CPU: 2, Price: 100})
}

func sample() *OverloadResult {
	r := newOverloadResult(&OverloadConfig{Paid: 4, Free: 100, Cheaters: 100, PaidLoad: Load{Kind: "proofs", Batch: 1}, FreeLoad: Load{Kind: "proofs", Batch: 1}})
	r.One.Free = group(20_000, time.Millisecond)
	one := newRound()
	one.FreeAlone.Free, one.FreeAlone.Cheaters = group(90_000, time.Millisecond), group(10_000, time.Millisecond)
	one.PaidAlone.Paid = group(50_000, 2*time.Millisecond)
	one.Together.Paid = group(40_000, 3*time.Millisecond)
	one.Together.Free, one.Together.Cheaters = group(53_000, time.Millisecond), group(1_000, time.Millisecond)
	r.Rounds = []Round{one}
	return r
}

func TestOverloadArithmetic(t *testing.T) {
	const cheaters, honest = 10, 90
	near := func(name string, got, want float64) {
		t.Helper()
		if math.Abs(got-want) > 0.01*want {
			t.Errorf("%s %v, want %v", name, got, want)
		}
	}
	r := sample()
	r.conclude()
	if r.Cheaters != cheaters || r.Free-r.Cheaters != honest {
		t.Errorf("%d of %d cheat", r.Cheaters, r.Free)
	}
	near("p99", r.PaidP99, 1.5)
	near("throughput", r.PaidThroughput, 0.8)
	near("demand", r.FreeDemand, honest*2000/10_000.)
	near("weight", r.Weight, 1)
	near("share", r.PaidShare, 0.4)
	near("kept", r.FreeKept, 5400/6000.)
	near("cost", r.Together.Paid.Cost, 500)
	near("promised", r.Together.Paid.Promised, 1000)
	if r.PaidHarmed != 0 {
		t.Errorf("%d harmed", r.PaidHarmed)
	}

	// Unlike requests are weighed: by announced prices, or better by what the server used.
	r = sample()
	r.FreeLoad.Batch, r.Rounds[0].FreeAlone.Free.price = 8, 50
	r.conclude()
	near("weight", r.Weight, 2)
	near("kept", r.FreeKept, 5400/2000.)
	r = sample()
	r.FreeLoad.Batch = 8
	r.Rounds[0].PaidAlone.ServerCPU, r.Rounds[0].PaidAlone.Seconds = 0.6, 10
	r.Rounds[0].FreeAlone.ServerCPU, r.Rounds[0].FreeAlone.Seconds = 0.8, 10
	r.conclude()
	near("weight", r.Weight, 1.5)
	near("kept", r.FreeKept, 5400/4000.)

	// Nothing left, nothing served, and whatever goes wrong for the paid is seen.
	r = sample()
	r.Rounds[0].Together.Paid = group(100_000, time.Millisecond)
	r.conclude()
	if r.FreeKept != 0 {
		t.Errorf("kept %v of nothing", r.FreeKept)
	}
	r = sample()
	one := &r.Rounds[0]
	one.PaidAlone.Paid, one.FreeAlone = group(0, 0), Phase{Free: group(0, 0)}
	one.Together.Paid.tally.Refused, one.Together.Paid.tally.Lost, one.Together.Paid.tally.Ignored = 1, 2, 4
	r.conclude()
	if r.PaidHarmed != 7 || r.PaidThroughput != 0 || r.FreeKept != 0 || math.IsInf(r.FreeDemand, 0) {
		t.Errorf("%+v", r)
	}
}

// A round in which the machine was twice as fast counts for what was served in it, and
// each round is compared with itself.
func TestRoundsAddUp(t *testing.T) {
	r := sample()
	fast := newRound()
	fast.FreeAlone.Free, fast.FreeAlone.ServerCPU, fast.FreeAlone.Seconds = group(200_000, time.Millisecond), 0.9, 30
	fast.PaidAlone.Paid = group(50_000, time.Millisecond)
	fast.Together.Paid = group(50_000, time.Millisecond)
	fast.Together.Free = group(75_000, time.Millisecond)
	fast.FreeAlone.Cheaters, fast.Together.Cheaters = group(0, 0), group(0, 0)
	fast.Together.Paid.tally.Lost = 1
	slow := &r.Rounds[0]
	slow.FreeAlone.ServerCPU, slow.FreeAlone.Seconds = 0.5, 10
	r.Rounds = append(r.Rounds, fast)
	r.conclude()
	for name, c := range map[string][2]float64{
		"free alone":     {r.FreeAlone.Free.Items, 14_500},
		"its seconds":    {r.FreeAlone.Free.Seconds, 20},
		"its processor":  {r.FreeAlone.ServerCPU, 0.8},
		"clients":        {float64(r.FreeAlone.Free.Clients), 4},
		"own processors": {r.Together.Free.CPU, 0.2},
		"kept":           {r.FreeKept, 6450. / (15_000 - 4500)},
		"kept, slow":     {r.Rounds[0].FreeKept, 0.9},
		"kept, fast":     {r.Rounds[1].FreeKept, 0.5},
		"throughput":     {r.PaidThroughput, 0.9},
		"p99":            {r.PaidP99, 1.5},
		"p99, fast":      {r.Rounds[1].PaidP99, 1},
		"harmed":         {float64(r.PaidHarmed), 1},
	} {
		if math.Abs(c[0]-c[1]) > 0.01*c[1] {
			t.Errorf("%s: %v, want %v", name, c[0], c[1])
		}
	}
}

// Paid clients begin after a pause once in two rounds, and no phase is always before or
// after another one.
func TestTurns(t *testing.T) {
	begins := 0
	for i := range 10 {
		turns, next := turnsOf(i), turnsOf(i+1)
		if turns[2] != next[0] {
			t.Errorf("round %d ends with %v, and then comes %v", i, turns[2], next[0])
		}
		seen := make(map[phaseKind]bool)
		for j, k := range turns {
			seen[k] = true
			if k.paid() && j > 0 && !turns[j-1].paid() {
				begins++
			}
		}
		if len(seen) != 3 || seen[nobodyAsks] || seen[oneAsks] {
			t.Errorf("round %d: %v", i, turns)
		}
	}
	if begins != 5 {
		t.Errorf("paid clients begin %d times in ten rounds", begins)
	}
}

func TestWorkersAddUp(t *testing.T) {
	one, two := Tally{Items: 100, Requests: 50, Lost: 1}, Tally{Items: 300, Requests: 60}
	one.because("timeout", 1)
	two.because("timeout", 2)
	one.Latency.add(time.Millisecond)
	two.Latency.add(3 * time.Millisecond)
	g := (*Group)(nil).with(&answer{Clients: 2, Silent: 1, Tally: &one, Seconds: 10, CPU: 5})
	g = g.with(&answer{Clients: 3, Tally: &two, Seconds: 10, CPU: 1})
	if g.Items != 40 || g.Requests != 11 || g.Clients != 5 || g.Silent != 1 || g.Lost != 1 || g.Why["timeout"] != 3 || g.CPU != 0.6 || g.Longest != 3 {
		t.Errorf("%+v", g)
	}
}

func TestOverloadForPeople(t *testing.T) {
	r := sample()
	r.Rounds[0].Together.Free.tally.Why = map[string]uint64{"rare": 1, "often": 2}
	r.conclude()
	text := r.String()
	for _, want := range []string{
		"4 paid and 100 free clients, 10 of these cheating",
		"1 rounds, ", "paid p99 ms", "1.50 × alone; rounds 1.50 to 1.50", "80.0 % of alone; rounds 80.0 to 80.0", "2 × often\n  connections: 1 × rare",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
}

func TestOverloadConfig(t *testing.T) {
	good := func() OverloadConfig {
		load := Load{Kind: "proofs", Version: 5, Batch: 1, Pipeline: 1, Accounts: 1, Address: DefaultAddress}
		return OverloadConfig{
			Target: nobody, Paid: 1, Free: 10, Rounds: 1, Duration: 1, PaidLoad: load, FreeLoad: load, Workers: 1, CheatRate: 1,
		}
	}
	c := good()
	if err := c.check(); err != nil || c.Hosts != 10 {
		t.Errorf("%v, %d hosts", err, c.Hosts)
	}
	for want, spoil := range map[string]func(*OverloadConfig){
		"--target":     func(c *OverloadConfig) { c.Target = "enode://" },
		"--paid 0":     func(c *OverloadConfig) { c.Paid = 0 },
		"--cheaters":   func(c *OverloadConfig) { c.Cheaters = 1001 },
		"be honest":    func(c *OverloadConfig) { c.Cheaters = 1000 },
		"--rounds 0":   func(c *OverloadConfig) { c.Rounds = 0 },
		"--learn":      func(c *OverloadConfig) { c.Learn = -1 },
		"--duration":   func(c *OverloadConfig) { c.Duration = 0 },
		"--cheat-rate": func(c *OverloadConfig) { c.CheatRate = 0 },
		"--processes":  func(c *OverloadConfig) { c.Free = 2 * MaxPerWorker },
		"--hosts":      func(c *OverloadConfig) { c.Hosts = -1 },
		"--paid-batch": func(c *OverloadConfig) { c.PaidLoad.Batch = 65 },
		"--free-requ":  func(c *OverloadConfig) { c.FreeLoad.Kind = "gossip" },
		"--pid":        func(c *OverloadConfig) { c.PID = 1 << 30 },
		"--les 9":      func(c *OverloadConfig) { c.PaidLoad.Version = 9 },
	} {
		c := good()
		spoil(&c)
		if err := c.check(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", want, err)
		}
	}
}
