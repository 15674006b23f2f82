package bench

import (
	"sync"
	"sync/atomic"
)

// tap lets the first few clients of a crew make load, and keeps the others waiting.
type tap struct {
	flowing atomic.Int64 // how many
	mu      struct {
		sync.Mutex
		changed chan struct{} // closed at the next change
	}
}

func newTap() *tap {
	t := new(tap)
	t.mu.changed = make(chan struct{})
	return t
}

// set lets the first n clients flow, and wakes all that wait.
func (t *tap) set(n int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.flowing.Store(int64(n))
	close(t.mu.changed)
	t.mu.changed = make(chan struct{})
}

func (t *tap) open(index int) bool { return int64(index) < t.flowing.Load() }

// shut is closed at the next change, and nil if the client may flow now.
func (t *tap) shut(index int) <-chan struct{} {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.open(index) {
		return nil
	}
	return t.mu.changed
}
