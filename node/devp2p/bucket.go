package devp2p

import "time"

// bucket bounds processor time that is spent at a rate: a second's worth of it may
// be taken at once. It is for one goroutine, or under a lock.
type bucket struct {
	rate  float64   // ns of processor time for a second
	level float64   // ns; a float, so that nothing is lost however often one looks
	at    time.Time // when level was right
}

func newBucket(now time.Time, rate time.Duration) bucket {
	return bucket{rate: float64(rate), level: float64(rate), at: now}
}

// take takes a cost if it is there, or says how long it will take until it is. A cost
// of more than a second's worth is let through when the bucket is full.
func (b *bucket) take(now time.Time, cost time.Duration) (wait time.Duration) {
	b.fill(now)
	if lacks := min(float64(cost), b.rate) - b.level; lacks > 0 {
		return time.Duration(lacks/b.rate*float64(time.Second)) + 1
	}
	b.level -= float64(cost)
	return 0
}

func (b *bucket) fill(now time.Time) {
	if passed := now.Sub(b.at); passed > 0 {
		b.level = min(b.level+passed.Seconds()*b.rate, b.rate)
		b.at = now
	}
}
