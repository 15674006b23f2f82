package attacks

import (
	"fmt"
	"maps"
	"math"
	"os"
	"regexp"
	"runtime"
	"runtime/metrics"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/candela-les/candela/node/devp2p"
)

// reading is what the server's process has taken at one moment.
type reading struct {
	at      time.Time
	cpu     time.Duration
	host    devp2p.Stats
	answers uint64
}

func cpuTime(t *testing.T) time.Duration {
	t.Helper()
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		t.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

func (s *scene) read() reading {
	r := reading{at: time.Now(), cpu: cpuTime(s.t), host: s.server.Connections()}
	for _, kind := range s.server.Stats().Requests {
		r.answers += kind.Count
	}
	return r
}

// memory is what this process holds: what a collection found in use, and stacks. What
// has become garbage since does not count.
func memory() float64 {
	runtime.GC()
	runtime.GC() // what pools keep survives the first
	samples := []metrics.Sample{{Name: "/gc/heap/live:bytes"}, {Name: "/memory/classes/heap/stacks:bytes"}}
	metrics.Read(samples)
	return float64(samples[0].Value.Uint64() + samples[1].Value.Uint64())
}

// kernelMemory is what the system holds for TCP connections, 0 where it does not say.
func kernelMemory() float64 {
	text, err := os.ReadFile("/proc/net/sockstat")
	if err != nil {
		return 0
	}
	found := regexp.MustCompile(`(?m)^TCP: .* mem (\d+)`).FindSubmatch(text)
	if found == nil {
		return 0
	}
	pages, err := strconv.ParseFloat(string(found[1]), 64)
	if err != nil {
		return 0
	}
	return pages * float64(os.Getpagesize())
}

// figures are what was measured, by name.
type figures map[string]float64

// measure looks at server and clients for a while.
func (s *scene) measure(name string, span time.Duration) {
	for _, c := range s.children() {
		c.do(job{Do: "report"})
	}
	before := s.read()
	time.Sleep(span)
	after := s.read()
	f := figures{}
	seconds := after.at.Sub(before.at).Seconds()
	f["cpu"] = (after.cpu - before.cpu).Seconds() / seconds
	f["connections"] = float64(s.server.Stats().Sessions)
	f["pending"] = float64(after.host.Pending)
	f["handshakes"] = float64(after.host.Begun-before.host.Begun) / seconds
	f["accepted"] = float64(after.host.Accepted-before.host.Accepted) / seconds
	f["served"] = float64(after.answers-before.answers) / seconds
	for why, n := range after.host.Failed {
		f["failed."+strings.ReplaceAll(why, " ", "-")] = float64(n-before.host.Failed[why]) / seconds
	}
	for role, c := range s.loads {
		f.add(role, c.do(job{Do: "report"}), seconds)
	}
	if s.attacker != nil {
		f.add("attack", s.attacker.do(job{Do: "report"}), seconds)
	}
	// Last, because collecting garbage is work.
	f["goroutines"] = float64(runtime.NumGoroutine())
	f["memory"] = memory()
	f["kernel"] = kernelMemory()
	if calm, ok := s.measured["calm"]; ok && s.attacker != nil {
		f["memory-per-attacker"] = max(f["memory"]-calm["memory"], 0) / float64(s.attacker.count)
		f["goroutines-per-attacker"] = max(f["goroutines"]-calm["goroutines"], 0) / float64(s.attacker.count)
	}
	s.measured[name] = f
	s.order = append(s.order, name)
}

func (f figures) add(role string, r report, seconds float64) {
	for name, value := range map[string]float64{
		"connected": float64(r.Connected),
		"dials":     float64(r.Dials) / seconds,
		"unreached": float64(r.Failed),
		"answers":   float64(r.Answers) / seconds,
		"refused":   float64(r.Refused),
		"stops":     float64(r.Stops),
		"lost":      float64(r.Lost),
		"wrong":     float64(r.Wrong),
		"p50":       float64(r.P50) / float64(time.Millisecond),
		"p99":       float64(r.P99) / float64(time.Millisecond),
	} {
		f[role+"."+name] = value
	}
}

// expectation is one line of what a scenario expects, such as
//
//	attack: paid.answers / calm: paid.answers > 0.9
//
// Each name is of a measurement and a figure of it.
var expectation = regexp.MustCompile(`^([\w-]+): ([\w.-]+)(?: / ([\w-]+): ([\w.-]+))? (=|<|>) ([\d.]+)(k|M|)$`) //nolint:gochecknoglobals // a constant

// check returns ok, or what is the case instead.
func (s *scene) check(line string) string {
	m := expectation.FindStringSubmatch(line)
	if m == nil {
		return "cannot be understood"
	}
	value, ok := s.figure(m[1], m[2])
	if !ok {
		return "was not measured"
	}
	if m[3] != "" {
		base, ok := s.figure(m[3], m[4])
		if !ok {
			return "was not measured"
		}
		value /= base
	}
	want, err := strconv.ParseFloat(m[6], 64)
	if err != nil {
		return err.Error()
	}
	want *= map[string]float64{"": 1, "k": 1e3, "M": 1e6}[m[7]]
	holds := map[string]bool{"=": value == want, "<": value < want, ">": value > want}[m[5]]
	if holds && !math.IsNaN(value) {
		return "ok"
	}
	return fmt.Sprintf("it is %.4g", value)
}

func (s *scene) figure(measurement, name string) (float64, bool) {
	f, ok := s.measured[measurement]
	if !ok {
		return 0, false
	}
	value, ok := f[name]
	return value, ok
}

// describe is all that was measured, for the log.
func (f figures) describe() string {
	var b strings.Builder
	for _, name := range sorted(maps.Keys(f)) {
		if f[name] == 0 {
			continue
		}
		switch name {
		case "memory", "kernel", "memory-per-attacker":
			fmt.Fprintf(&b, "  %s %.0f kB", name, f[name]/1000)
		default:
			fmt.Fprintf(&b, "  %s %.4g", name, f[name])
		}
	}
	return b.String()
}
