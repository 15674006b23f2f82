package devp2p

import (
	"net"
	"sync/atomic"
	"syscall"
)

// writer writes to a connection, and says when that has to wait because the other end
// does not read: whoever holds something that others need can give it back then.
type writer struct {
	net.Conn
	raw     syscall.RawConn        // nil if the connection has no file descriptor
	waiting atomic.Pointer[func()] // called at most once a write, before it waits
}

func newWriter(conn net.Conn) *writer {
	w := &writer{Conn: conn}
	if c, ok := conn.(syscall.Conn); ok {
		w.raw, _ = c.SyscallConn() //nolint:errcheck // then it is written to the ordinary way
	}
	return w
}

// Write writes all of p. What the system takes at once is written at once; only the
// rest, if there is any, waits.
func (w *writer) Write(p []byte) (int, error) {
	if w.waiting.Load() == nil {
		return w.Conn.Write(p)
	}
	n := w.try(p)
	if n == len(p) {
		return n, nil
	}
	w.waits()
	more, err := w.Conn.Write(p[n:])
	return n + more, err
}

// waits says that a write has to wait.
func (w *writer) waits() {
	if hook := w.waiting.Load(); hook != nil {
		(*hook)()
	}
}

// try writes what can be written without waiting. What goes wrong will go wrong again
// in the write that follows.
func (w *writer) try(p []byte) (n int) {
	if w.raw == nil {
		return 0
	}
	w.raw.Write(func(fd uintptr) bool { //nolint:errcheck // see above
		n, _ = syscall.Write(int(fd), p) //nolint:errcheck // see above
		return true
	})
	return max(n, 0)
}
