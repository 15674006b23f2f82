package bench

import (
	"encoding/json"
	"math"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// A histogram's percentiles are those of the list of all durations, to half a percent
// and a microsecond; also when it was put together from parts that were written down
// and read again.
func TestHistogramAgainstAList(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var (
			list  []time.Duration
			whole histogram
		)
		for range rapid.IntRange(1, 3).Draw(t, "parts") {
			var part histogram
			for _, shift := range rapid.SliceOfN(rapid.IntRange(0, 45), 0, 20).Draw(t, "durations") {
				d := time.Duration(rapid.Int64Range(0, 1<<shift).Draw(t, "ns"))
				list = append(list, d)
				part.add(d)
			}
			text, err := json.Marshal(&part)
			if err != nil {
				t.Fatal(err)
			}
			var read histogram
			if err := json.Unmarshal(text, &read); err != nil {
				t.Fatal(err)
			}
			whole.merge(&read)
		}
		slices.Sort(list)
		for _, p := range []uint64{0, 1, 50, 99, 100} {
			want := 0.0
			if len(list) > 0 {
				want = milliseconds(list[(len(list)-1)*int(p)/100])
			}
			if got := whole.percentile(p); math.Abs(got-want) > 0.001+want/200 {
				t.Fatalf("percentile %d of %v: %v ms, want %v ms", p, list, got, want)
			}
		}
		if len(list) > 0 && whole.most != list[len(list)-1] {
			t.Fatalf("longest %v, want %v", whole.most, list[len(list)-1])
		}
	})
}

func TestBucketsAreInOrder(t *testing.T) {
	last := bucketAt(0)
	for b := 1; b < maxBucket; b++ {
		at := bucketAt(b)
		if at <= last || bucketOf(at) != b {
			t.Fatalf("bucket %d is at %v, the one before at %v; %v is in bucket %d", b, at, last, at, bucketOf(at))
		}
		last = at
	}
	if b := bucketOf(math.MaxInt64); b != maxBucket-1 {
		t.Errorf("the longest duration is in bucket %d of %d", b, maxBucket)
	}
	if b := bucketOf(-1); b != 0 {
		t.Errorf("a negative duration is in bucket %d", b)
	}
}

func TestHistogramRefusesNonsense(t *testing.T) {
	for _, text := range []string{`{"buckets":[[99999,1]]}`, `[]`, `{"buckets":[[-1,1]]}`} {
		if json.Unmarshal([]byte(text), new(histogram)) == nil {
			t.Errorf("taken: %s", text)
		}
	}
}
