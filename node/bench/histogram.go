package bench

import (
	"encoding/json"
	"errors"
	"math/bits"
	"slices"
	"time"
)

// fineBits is how finely a histogram tells durations apart: up to 2^fineBits µs to
// the microsecond, beyond that to one part in 2^fineBits, 0.4 %.
const fineBits = 8

// maxBucket bounds what another process may say: durations of 2^40 µs, twelve days.
const maxBucket = (40 - fineBits + 1) << fineBits

// histogram counts durations. Unlike a list of them it does not grow with time, and
// those of several processes can be put together.
type histogram struct {
	counts []uint64 // by bucket, as far as there is anything
	total  uint64
	most   time.Duration
}

func bucketOf(d time.Duration) int {
	us := uint64(max(d, 0) / time.Microsecond) //nolint:gosec // not negative
	shift := max(bits.Len64(us)-fineBits-1, 0)
	return min(shift<<fineBits+int(us>>shift), maxBucket-1) //nolint:gosec // at most 2^(fineBits+1)
}

// bucketAt is the middle of a bucket.
func bucketAt(bucket int) time.Duration {
	shift := max(bucket>>fineBits-1, 0)
	low := time.Duration(bucket-shift<<fineBits) << shift
	return (low*2 + 1<<shift - 1) * time.Microsecond / 2
}

func (h *histogram) add(d time.Duration) {
	h.count(bucketOf(d), 1)
	h.most = max(h.most, d)
}

func (h *histogram) count(bucket int, n uint64) {
	if bucket >= len(h.counts) {
		h.counts = append(h.counts, make([]uint64, bucket+1-len(h.counts))...)
	}
	h.counts[bucket] += n
	h.total += n
}

func (h *histogram) merge(other *histogram) {
	for bucket, n := range other.counts {
		if n != 0 {
			h.count(bucket, n)
		}
	}
	h.most = max(h.most, other.most)
}

func (h *histogram) clone() histogram {
	return histogram{slices.Clone(h.counts), h.total, h.most}
}

// percentile is the duration that p percent of all do not exceed, in milliseconds;
// 0 if there is none.
func (h *histogram) percentile(p uint64) float64 {
	if h.total == 0 {
		return 0
	}
	rank, seen := (h.total-1)*p/100, uint64(0)
	for bucket, n := range h.counts {
		if seen += n; seen > rank {
			return milliseconds(bucketAt(bucket))
		}
	}
	return milliseconds(h.most)
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// wireHistogram is a histogram between processes.
type wireHistogram struct {
	Buckets [][2]uint64 `json:"buckets"` // bucket and count, for those that have one
	Most    int64       `json:"mostNs"`
}

func (h *histogram) MarshalJSON() ([]byte, error) {
	out := wireHistogram{Most: int64(h.most), Buckets: [][2]uint64{}}
	for bucket, n := range h.counts {
		if n != 0 {
			out.Buckets = append(out.Buckets, [2]uint64{uint64(bucket), n}) //nolint:gosec // an index
		}
	}
	return json.Marshal(out)
}

func (h *histogram) UnmarshalJSON(data []byte) error {
	var in wireHistogram
	if err := json.Unmarshal(data, &in); err != nil {
		return err
	}
	*h = histogram{most: time.Duration(in.Most)}
	for _, b := range in.Buckets {
		if b[0] >= maxBucket {
			return errors.New("no such bucket in a histogram")
		}
		h.count(int(b[0]), b[1]) //nolint:gosec // checked
	}
	return nil
}
