package bench

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Result is what a load measured.
type Result struct {
	Target      string  `json:"target"`
	Requests    string  `json:"requests"` // the kind
	Version     uint    `json:"les"`
	Connections int     `json:"connections"`
	Batch       int     `json:"batch"`
	Pipeline    int     `json:"pipeline"`
	Seconds     float64 `json:"seconds"`

	RequestsPerSecond float64 `json:"requestsPerSecond"`
	ItemsPerSecond    float64 `json:"itemsPerSecond"`
	MBPerSecond       float64 `json:"mbPerSecond"` // 10⁶ bytes, as on the wire (compressed)
	P50               float64 `json:"p50Ms"`       // milliseconds from sending to the reply
	P99               float64 `json:"p99Ms"`

	// Errors is the sum of what went wrong: Lost connections, Empty, Wrong and
	// Refused replies. Stops are not errors but time without service.
	Errors   uint64 `json:"errors"`
	Lost     uint64 `json:"lost"`
	Empty    uint64 `json:"empty"`
	Wrong    uint64 `json:"wrong"` // of the replies that were proven, one in 64
	Refused  uint64 `json:"refused"`
	Stops    uint64 `json:"stops"`
	LostWhy  string `json:"lostWhy,omitempty"` // the first reason
	Measured int    `json:"replies"`
}

func newResult(cfg *Config, clients []*loader, took time.Duration) *Result {
	r := &Result{
		Target: cfg.Target, Requests: cfg.Kind, Version: cfg.Version,
		Connections: cfg.Connections, Batch: cfg.Batch, Pipeline: cfg.Pipeline, Seconds: took.Seconds(),
	}
	var (
		latencies              []time.Duration
		requests, items, bytes uint64
	)
	for _, c := range clients {
		s := &c.stats
		requests, items, bytes = requests+s.requests, items+s.items, bytes+s.bytes
		r.Empty, r.Wrong, r.Refused, r.Stops = r.Empty+s.empty, r.Wrong+s.wrong, r.Refused+s.refused, r.Stops+s.stops
		if s.lost != nil {
			r.Lost++
			if r.LostWhy == "" {
				r.LostWhy = s.lost.Error()
			}
		}
		latencies = append(latencies, s.latencies...)
	}
	slices.Sort(latencies)
	r.Measured = len(latencies)
	r.P50, r.P99 = percentile(latencies, 50), percentile(latencies, 99)
	r.RequestsPerSecond = float64(requests) / r.Seconds
	r.ItemsPerSecond = float64(items) / r.Seconds
	r.MBPerSecond = float64(bytes) / 1e6 / r.Seconds
	r.Errors = r.Lost + r.Empty + r.Wrong + r.Refused
	return r
}

// percentile of sorted durations, in milliseconds.
func percentile(sorted []time.Duration, p int) float64 {
	if len(sorted) == 0 {
		return 0
	}
	return float64(sorted[(len(sorted)-1)*p/100].Microseconds()) / 1000
}

// String is the result for people.
func (r *Result) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s over les/%d, %d connections, %d items a request, %d requests under way on each, %.1f s\n",
		r.Requests, r.Version, r.Connections, r.Batch, r.Pipeline, r.Seconds)
	fmt.Fprintf(&b, "  requests  %12.0f /s\n  items     %12.0f /s\n  received  %12.2f MB/s\n", r.RequestsPerSecond, r.ItemsPerSecond, r.MBPerSecond)
	fmt.Fprintf(&b, "  p50       %12.2f ms\n  p99       %12.2f ms\n  errors    %12d    (%d connections lost, %d replies empty, %d wrong, %d refused)\n",
		r.P50, r.P99, r.Errors, r.Lost, r.Empty, r.Wrong, r.Refused)
	fmt.Fprintf(&b, "  stops     %12d", r.Stops)
	if r.LostWhy != "" {
		fmt.Fprintf(&b, "\n  first loss: %s", r.LostWhy)
	}
	return b.String()
}
