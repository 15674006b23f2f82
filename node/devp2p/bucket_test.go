package devp2p

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

// Over any span, no more is taken than its share and one second's worth, and whoever
// waits as long as it is told to gets what it wants.
func TestBucket(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rate := time.Duration(rapid.Int64Range(1000, int64(4*time.Second)).Draw(t, "rate"))
		start := time.Unix(1, 0)
		now := start
		b := newBucket(now, rate)
		var taken time.Duration
		for range rapid.IntRange(1, 200).Draw(t, "steps") {
			now = now.Add(time.Duration(rapid.Int64Range(0, int64(100*time.Millisecond)).Draw(t, "passed")))
			cost := time.Duration(rapid.Int64Range(1, int64(rate)).Draw(t, "cost"))
			if wait := b.take(now, cost); wait > 0 {
				now = now.Add(wait)
				if again := b.take(now, cost); again > time.Microsecond {
					t.Fatalf("after waiting %v as told, wait %v more", wait, again)
				} else if again > 0 {
					continue // rounding
				}
			}
			taken += cost
			if most := float64(rate) * (now.Sub(start).Seconds() + 1); float64(taken) > most*1.000001+float64(time.Microsecond) {
				t.Fatalf("%v taken in %v at %v per second", taken, now.Sub(start), rate)
			}
		}
	})
}

// What costs more than a second's worth is let through, and paid for afterwards.
func TestBucketDear(t *testing.T) {
	now := time.Unix(1, 0)
	b := newBucket(now, time.Millisecond)
	if wait := b.take(now, 3*time.Millisecond); wait != 0 {
		t.Fatalf("a full bucket wants %v", wait)
	}
	wait := b.take(now, time.Millisecond)
	if wait < 2900*time.Millisecond || wait > 3100*time.Millisecond {
		t.Errorf("wait %v, want about 3 s", wait)
	}
}
