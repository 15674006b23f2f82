package quality

import (
	"math"
	"time"
)

const (
	// MinSoft is the shortest soft time-out.
	MinSoft = 500 * time.Millisecond
	// MaxSoft is the longest one, and the end of the histogram.
	MaxSoft = 10 * time.Second

	buckets = 32
	first   = 50 * time.Millisecond // end of the first bucket
	// fade is what the old counts are multiplied by at each new sample: a memory of
	// about the last 200 replies.
	fade = 0.995
)

// Times is a fading histogram of response times, in logarithmic buckets from 50 ms
// to 10 s. It sets the soft time-out, after which another server is asked the
// same: twice the median or the slowest tenth, whichever is more (the rule of LES).
// The zero Times is ready to use.
type Times struct {
	counts [buckets]float64
	total  float64
}

// Add takes in one response time.
func (t *Times) Add(took time.Duration) {
	for i := range t.counts {
		t.counts[i] *= fade
	}
	t.counts[bucket(took)]++
	t.total = t.total*fade + 1
}

// Soft returns the soft time-out.
func (t *Times) Soft() time.Duration {
	if t.total < 5 {
		return MinSoft * 2 // nothing known yet: neither hasty nor asleep
	}
	soft := max(t.quantile(0.9), 2*t.quantile(0.5), MinSoft)
	return min(soft, MaxSoft)
}

// quantile returns the end of the bucket in which the quantile lies.
func (t *Times) quantile(q float64) time.Duration {
	sum := 0.0
	for i, n := range t.counts {
		if sum += n; sum >= q*t.total {
			return end(i)
		}
	}
	return MaxSoft
}

// step is the ratio of neighbouring bucket ends.
var step = math.Pow(float64(MaxSoft)/float64(first), 1.0/(buckets-1))

func end(i int) time.Duration { return time.Duration(float64(first) * math.Pow(step, float64(i))) }

func bucket(took time.Duration) int {
	if took <= first {
		return 0
	}
	i := int(math.Ceil(math.Log(float64(took)/float64(first)) / math.Log(step)))
	return min(i, buckets-1)
}
