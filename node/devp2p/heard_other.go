//go:build !linux

package devp2p

import (
	"sync/atomic"
	"time"
)

// heardEvery is how often it is worth looking where the system is not asked which
// connections can be read.
const heardEvery = 250 * time.Microsecond

// heard knows nothing of connections here: it says every now and then that something may
// have come.
type heard struct {
	start time.Time
	next  atomic.Int64
}

func (h *heard) open() error {
	h.start = time.Now()
	return nil
}

func (h *heard) close() {}

func (h *heard) set(uintptr, bool) bool { return true }

func (h *heard) any() bool {
	now, next := int64(time.Since(h.start)), h.next.Load()
	return now >= next && h.next.CompareAndSwap(next, now+int64(heardEvery))
}
