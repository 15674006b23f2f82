package node

import (
	"slices"
	"testing"
	"time"
)

func TestIdleProcessors(t *testing.T) {
	const stat = "cpu  100 0 50 1100 33 0 0 0 0 0\n" +
		"cpu0 40 0 20 500 10 0 0 0 0 0\n" +
		"cpu1 60 0 30 600 23 0 0 0 0 0\n" +
		"intr 1 2 3 4 5 6\nctxt 7\n"
	for name, test := range map[string]struct {
		stat string
		may  []int
		want time.Duration
		ok   bool
	}{
		"one":            {stat, []int{1}, 6230 * time.Millisecond, true},
		"both":           {stat, []int{0, 1}, 11_330 * time.Millisecond, true},
		"another one":    {stat, []int{2}, 0, false},
		"nothing":        {"", []int{0}, 0, false},
		"not a number":   {"cpu0 1 2 3 x 5 6\n", []int{0}, 0, false},
		"an old system":  {"cpu0 1 2 3 4\n", []int{0}, 0, false},
		"not a number 2": {"cpux 1 2 3 4 5 6\n", []int{0}, 0, false},
	} {
		may := func(cpu int) bool { return slices.Contains(test.may, cpu) }
		if got, ok := idleOf([]byte(test.stat), may); got != test.want || ok != test.ok {
			t.Errorf("%s: %v %v, want %v %v", name, got, ok, test.want, test.ok)
		}
	}
}

// Time in which a processor is idle is counted once, and does not run backwards.
func TestIdleProcessorsHere(t *testing.T) {
	idle := cpuIdle()
	if idle == nil {
		t.Skip("this system does not say")
	}
	if first, second := idle(), idle(); first <= 0 || second < first {
		t.Errorf("%v, then %v", first, second)
	}
}
