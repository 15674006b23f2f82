package bench

import (
	"fmt"
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
	Measured uint64 `json:"replies"`
}

func newResult(cfg *Config, t Tally, took time.Duration) *Result {
	r := &Result{
		Target: cfg.Target, Requests: cfg.Load.Kind, Version: cfg.Load.Version,
		Connections: cfg.Connections, Batch: cfg.Load.Batch, Pipeline: cfg.Load.Pipeline, Seconds: took.Seconds(),

		Lost: t.Lost, LostWhy: t.First, Empty: t.Empty, Wrong: t.Wrong, Refused: t.Refused, Stops: t.Stops,
		Errors:   t.Lost + t.Empty + t.Wrong + t.Refused,
		Measured: t.Requests, P50: t.Latency.percentile(50), P99: t.Latency.percentile(99),
	}
	r.RequestsPerSecond = float64(t.Requests) / r.Seconds
	r.ItemsPerSecond = float64(t.Items) / r.Seconds
	r.MBPerSecond = float64(t.Bytes) / 1e6 / r.Seconds
	return r
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
