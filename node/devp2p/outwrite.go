package devp2p

import (
	"net"
	"sync"
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
	hook := w.waiting.Load()
	if hook == nil {
		return w.Conn.Write(p)
	}
	n := w.try(p)
	if n == len(p) {
		return n, nil
	}
	(*hook)()
	more, err := w.Conn.Write(p[n:])
	return n + more, err
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

// writers finds the connection that a session runs on: p2p does not hand it on.
type writers struct {
	mu sync.Mutex
	by map[string]*writer // by the other end's address
}

func (w *writers) add(one *writer) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.by == nil {
		w.by = make(map[string]*writer)
	}
	w.by[one.RemoteAddr().String()] = one
}

func (w *writers) find(addr string) *writer {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.by[addr]
}

func (w *writers) remove(one *writer) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if addr := one.RemoteAddr().String(); w.by[addr] == one {
		delete(w.by, addr)
	}
}
