package sim

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// The optimum is what trying all ways to give away so many units finds: values of one client in any
// order, as long as each counts once.
func TestOptimumIsTheBestOfAll(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Uint64Range(0, 20), 0, 12).Draw(t, "values")
		units := rapid.IntRange(0, 14).Draw(t, "units")
		var best uint64
		for set := range 1 << len(values) {
			var sum uint64
			count := 0
			for i, v := range values {
				if set>>i&1 == 1 {
					sum, count = sum+v, count+1
				}
			}
			if count <= units {
				best = max(best, sum)
			}
		}
		if got := optimum(slices.Clone(values), units); got != float64(best) {
			t.Fatalf("%v, %d units: %v, not %d", values, units, got, best)
		}
	})
}

func TestHighest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		most := rapid.SampledFrom([]uint64{1, 3, 1000, 1 << 60}).Draw(t, "most")
		list := rapid.SliceOfN(rapid.Uint64Range(0, most), 1, 200).Draw(t, "list")
		n := rapid.IntRange(0, len(list)).Draw(t, "n")
		want := slices.Sorted(slices.Values(list))
		slices.Reverse(want)
		highest(list, n)
		got := slices.Sorted(slices.Values(list[:n]))
		slices.Reverse(got)
		if !slices.Equal(got, want[:n]) {
			t.Fatalf("the %d highest are %v, not %v", n, got, want[:n])
		}
	})
}
