package node

import (
	"strings"
	"testing"

	"github.com/candela-les/candela/node/usage"
)

func TestEnoughFiles(t *testing.T) {
	limit := func(have uint64) func(uint64) (uint64, bool) {
		return func(uint64) (uint64, bool) { return have, true }
	}
	need := filesFor(10_000)
	for _, tt := range []struct {
		name  string
		raise func(uint64) (uint64, bool)
		ok    bool
	}{
		{"just enough", limit(need), true},
		{"one too few", limit(need - 1), false},
		{"unknown", func(uint64) (uint64, bool) { return 0, false }, true},
	} {
		err := enoughFiles(10_000, tt.raise)
		if (err == nil) != tt.ok {
			t.Errorf("%s: %v", tt.name, err)
		}
		if err != nil && (!usage.Is(err) || !strings.Contains(err.Error(), "ulimit -n")) {
			t.Errorf("%s: %q does not say what to do", tt.name, err)
		}
	}
}

// The real limit is that of the process, and asking for less than it is leaves it.
func TestRaiseFiles(t *testing.T) {
	have, ok := raiseFiles(1)
	if !ok {
		return // not on this system
	}
	if again, _ := raiseFiles(have); again != have {
		t.Errorf("the limit was %d and is %d", have, again)
	}
	if err := enoughFiles(1<<40, raiseFiles); !usage.Is(err) {
		t.Errorf("a million million clients: %v", err)
	}
}
