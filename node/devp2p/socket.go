package devp2p

import (
	"net"
	"sync/atomic"
	"syscall"
)

// socket is a connection with what the system's has besides. It says when a write has to
// wait because the other end does not read: whoever holds something that others need can
// give it back then. And what has been read waits until preferred connections were.
type socket struct {
	net.Conn
	raw     syscall.RawConn        // nil if the connection has no file descriptor
	waiting atomic.Pointer[func()] // called at most once a write, before it waits

	precedence *Precedence // nil for none
	preferred  bool        // belongs to who reads
}

func newSocket(conn net.Conn, precedence *Precedence) *socket {
	s := &socket{Conn: conn, precedence: precedence}
	if c, ok := conn.(syscall.Conn); ok {
		s.raw, _ = c.SyscallConn() //nolint:errcheck // then it is written to the ordinary way
	}
	return s
}

// Write writes all of p. What the system takes at once is written at once; only the
// rest, if there is any, waits.
func (s *socket) Write(p []byte) (int, error) {
	if s.waiting.Load() == nil {
		return s.Conn.Write(p)
	}
	n := s.try(p)
	if n == len(p) {
		return n, nil
	}
	s.waits()
	more, err := s.Conn.Write(p[n:])
	return n + more, err
}

// Read returns what has come when it may be worked at.
func (s *socket) Read(p []byte) (int, error) {
	n, err := s.Conn.Read(p)
	if s.precedence != nil && !s.preferred {
		s.precedence.GiveWay()
	}
	return n, err
}

// prefer makes the connection one of those that go first, or ends that.
func (s *socket) prefer(on bool) {
	if s.precedence == nil || s.raw == nil || on == s.preferred {
		return
	}
	if s.precedence.prefer(s.raw, on) {
		s.preferred = on
	}
}

// waits says that a write has to wait.
func (s *socket) waits() {
	if hook := s.waiting.Load(); hook != nil {
		(*hook)()
	}
}

// try writes what can be written without waiting. What goes wrong will go wrong again
// in the write that follows.
func (s *socket) try(p []byte) (n int) {
	if s.raw == nil {
		return 0
	}
	s.raw.Write(func(fd uintptr) bool { //nolint:errcheck // see above
		n, _ = syscall.Write(int(fd), p) //nolint:errcheck // see above
		return true
	})
	return max(n, 0)
}
