package cache_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/candela-les/candela/client/cache"
)

func TestTooLargeIsNotKept(t *testing.T) {
	c := cache.New[int, string](1000)
	c.Put(1, "small", 10)
	c.Put(2, "large", 1000)
	if _, ok := c.Get(2); ok {
		t.Error("an entry larger than the cache was kept")
	}
	if v, ok := c.Get(1); !ok || v != "small" {
		t.Error("the large entry drove out the small one")
	}
}

// TestEqualsNaive compares with a slice that is kept in order of use.
func TestEqualsNaive(t *testing.T) {
	type entry struct{ key, value, cost int }
	const limit, overhead = 2000, 160
	rapid.Check(t, func(rt *rapid.T) {
		c := cache.New[int, int](limit)
		var naive []entry // most recently used first
		find := func(key int) int {
			for i, e := range naive {
				if e.key == key {
					return i
				}
			}
			return -1
		}
		total := func() (sum int) {
			for _, e := range naive {
				sum += e.cost
			}
			return sum
		}
		touch := func(i int) {
			e := naive[i]
			naive = append(naive[:i], naive[i+1:]...)
			naive = append([]entry{e}, naive...)
		}
		for step := range rapid.IntRange(1, 60).Draw(rt, "steps") {
			key := rapid.IntRange(0, 20).Draw(rt, "key")
			i := find(key)
			if rapid.Bool().Draw(rt, "put") {
				size := rapid.IntRange(0, 600).Draw(rt, "size")
				c.Put(key, step, size)
				if i >= 0 {
					touch(i)
					continue
				}
				naive = append([]entry{{key, step, size + overhead}}, naive...)
				for sum := total(); sum > limit; sum = total() {
					naive = naive[:len(naive)-1]
				}
				continue
			}
			v, ok := c.Get(key)
			if ok != (i >= 0) || (ok && v != naive[i].value) {
				rt.Fatalf("get %d: %d %v, naive index %d", key, v, ok, i)
			}
			if ok {
				touch(i)
			}
		}
		if got := c.Bytes(); got > limit {
			rt.Fatalf("%d bytes held", got)
		}
	})
}
