package server

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/candela-les/candela/unit"
)

func noJitter(time.Duration) time.Duration { return 0 }

// The estimate is the mean gap between departures, for each who waits.
func TestAdmissionEstimate(t *testing.T) {
	a := admission{first: 30 * unit.Second}
	now := unit.Instant(0)
	if got := a.wait(now); got != 30*unit.Second {
		t.Errorf("%v before anybody has left", time.Duration(got))
	}
	for range 100 {
		now = now.Add(10 * unit.Second)
		a.left(now)
	}
	if got := a.wait(now); got != 10*unit.Second {
		t.Errorf("%v when one leaves every 10 s", time.Duration(got))
	}
	// Those sent away are waited for, until they come back.
	for i := range 3 {
		if got := a.refuse(now, noJitter); got != unit.Span(i+1)*10*unit.Second {
			t.Errorf("%v for the one after %d", time.Duration(got), i)
		}
	}
	now = now.Add(10 * unit.Second)
	a.left(now)
	if got := a.wait(now); got != 30*unit.Second {
		t.Errorf("%v with two waiting", time.Duration(got))
	}
	// Nobody has left for long.
	now = now.Add(100 * unit.Second)
	if got := a.wait(now); got != 100*unit.Second {
		t.Errorf("%v after 100 s without a departure", time.Duration(got))
	}
}

// Whatever happens, what a client is told is within bounds, grows with those who
// wait, and is spread.
func TestAdmissionBounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := admission{first: unit.Span(rapid.Int64Range(1, int64(time.Hour)).Draw(t, "first"))}
		now := unit.Instant(0)
		t.Repeat(map[string]func(*rapid.T){
			"pass": func(t *rapid.T) { now = now.Add(unit.Span(rapid.Int64Range(0, int64(24*time.Hour)).Draw(t, "span"))) },
			"left": func(*rapid.T) { a.left(now) },
			"refuse": func(t *rapid.T) {
				before := a.wait(now)
				share := rapid.Float64Range(0, 1).Draw(t, "jitter")
				told := a.refuse(now, func(most time.Duration) time.Duration { return time.Duration(share * float64(most)) })
				if told < before || told > before+before/2+1 {
					t.Fatalf("told %v where %v is the estimate", told, before)
				}
				if a.wait(now) < before {
					t.Fatalf("one more waits, and the wait is shorter")
				}
			},
			"": func(t *rapid.T) {
				if got := a.wait(now); got < minRetry || got > maxRetry {
					t.Fatalf("wait of %v", time.Duration(got))
				}
				if len(a.waiting) > maxWaiting {
					t.Fatalf("%d waiting", len(a.waiting))
				}
			},
		})
	})
}
