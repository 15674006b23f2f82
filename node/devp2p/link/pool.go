package link

import (
	"math/bits"
	"sync"
)

// Buffers are kept by the power of two that is their size: nobody holds one that is more
// than twice as large as what it is for, however long its network takes.
const (
	smallest = 9  // 512 bytes
	largest  = 20 // 1 MiB; larger ones are not kept
)

// buffers are shared by all connections, because nearly all of them are idle nearly
// always.
var buffers [largest + 1]sync.Pool //nolint:gochecknoglobals // pools have no state of their own

func class(n int) int { return max(bits.Len(uint(n-1)), smallest) } //nolint:gosec // not negative

// take returns a buffer of this length, at least 1, with anything in it.
func take(n int) *[]byte {
	k := class(n)
	if k > largest {
		buf := make([]byte, n)
		return &buf
	}
	buf, ok := buffers[k].Get().(*[]byte)
	if !ok {
		made := make([]byte, 1<<k)
		buf = &made
	}
	*buf = (*buf)[:n]
	return buf
}

// release gives it back.
func release(buf *[]byte) {
	if k := class(cap(*buf)); k <= largest && cap(*buf) == 1<<k {
		buffers[k].Put(buf)
	}
}
