package devp2p

import "time"

// bucket bounds processor time that is spent at a rate: a second's worth of it may
// be taken at once. It is for one goroutine, or under a lock.
type bucket struct {
	rate  time.Duration // of processor time for a second
	level time.Duration
	at    time.Time // when level was right
}

func newBucket(now time.Time, rate time.Duration) bucket {
	return bucket{rate: rate, level: rate, at: now}
}

// take takes a cost if it is there, or says how long it will take until it is. A cost
// of more than a second's worth is let through when the bucket is full.
func (b *bucket) take(now time.Time, cost time.Duration) (wait time.Duration) {
	b.fill(now)
	want := min(cost, b.rate)
	if b.level < want {
		// In floating point: the product of two durations does not fit.
		return time.Duration(float64(want-b.level)/float64(b.rate)*float64(time.Second)) + 1
	}
	b.level -= cost
	return 0
}

func (b *bucket) fill(now time.Time) {
	if passed := now.Sub(b.at); passed > 0 {
		b.level += time.Duration(passed.Seconds() * float64(b.rate))
		b.level = min(b.level, b.rate)
		b.at = now
	}
}
