package bench

import (
	"math"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
)

// near compares to the half percent that a histogram tells apart.
func near(a, b float64) bool { return math.Abs(a-b) <= b/200+0.001 }

func TestSpreadOverWorkers(t *testing.T) {
	hash := func(b byte) common.Hash { return common.Hash{b} }
	const ms = 1_000_000
	answers := []answer{
		{Heads: []sight{
			{Hash: hash(1), First: 10 * ms, After: []uint32{0, 1000}},
			{Hash: hash(2), First: 22 * ms, After: []uint32{0, 500}},
			{Hash: hash(3), First: 30 * ms, After: []uint32{0}},
		}},
		{Heads: []sight{
			{Hash: hash(2), First: 20 * ms, After: []uint32{0}},
			{Hash: hash(3), First: 130 * ms, After: []uint32{0}},
			{Hash: hash(4), First: 140 * ms, After: []uint32{0}},
		}},
	}
	var r CrowdResult
	r.spread(answers)
	if r.Heads != 4 || r.Told != 8 || !near(r.AnnounceMax, 100) || r.LeastTold != 2 {
		t.Errorf("%+v", r)
	}
	// 0 0 0 0 1 2 2.5 100
	if r.AnnounceP50 != 0 || !near(r.AnnounceP99, 2.5) {
		t.Errorf("p50 %v, p99 %v", r.AnnounceP50, r.AnnounceP99)
	}
}

func TestCrowdArithmetic(t *testing.T) {
	r := CrowdResult{Seconds: 10, RSS: [3]uint64{100e6, 400e6, 440e6}}
	turned := Tally{Turned: 2, Why: map[string]uint64{"told to come again later": 2}}
	r.arrived([]answer{{Clients: 1000, Tally: &turned}})
	if r.Arrived != 1000 || r.TurnedAway != 2 {
		t.Errorf("%+v", r)
	}
	t1, t2 := Tally{Requests: 100, Refused: 1, Stops: 3}, Tally{Requests: 200, Wrong: 1, Empty: 1, Lost: 4}
	r.conclude([]answer{{Clients: 600, Tally: &t1, Seconds: 10, CPU: 1}, {Clients: 400, Tally: &t2, Seconds: 10, CPU: 2}})
	if r.Connected != 1000 || r.Answers != 30 || r.Errors != 3 || r.Stops != 3 || r.Lost != 4 || r.PerClient != 340_000 || !near(r.CPU, 0.3) {
		t.Errorf("%+v", r)
	}
	if text := r.String(); !strings.Contains(text, "340.0 kB a client") || !strings.Contains(text, "2 × told to come again later") {
		t.Error(text)
	}
}

func TestCrowdConfig(t *testing.T) {
	good := func() CrowdConfig {
		return CrowdConfig{Target: nobody, Clients: 10_000, Duration: 1, Every: 1e9, Connect: 1, Version: 5, Accounts: 1}
	}
	c := good()
	if err := c.check(); err != nil || c.Workers != 2 || c.Hosts != 10_000 {
		t.Errorf("%v, %d workers, %d hosts", err, c.Workers, c.Hosts)
	}
	for want, spoil := range map[string]func(*CrowdConfig){
		"--target":    func(c *CrowdConfig) { c.Target = "" },
		"--clients":   func(c *CrowdConfig) { c.Clients = 0 },
		"--duration":  func(c *CrowdConfig) { c.Connect = 0 },
		"--every":     func(c *CrowdConfig) { c.Every = 0 },
		"--accounts":  func(c *CrowdConfig) { c.Accounts = 0 },
		"--les":       func(c *CrowdConfig) { c.Version = 1 },
		"--processes": func(c *CrowdConfig) { c.Workers = 1 },
		"--hosts 3":   func(c *CrowdConfig) { c.Hosts, c.Target = 3, strings.Replace(nobody, "127.0.0.1", "10.1.2.3", 1) },
	} {
		c := good()
		spoil(&c)
		if err := c.check(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", want, err)
		}
	}
}
