package server

import (
	"time"

	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire"
)

// busyTimeout is how long a request may wait for a worker slot.
const busyTimeout = 3 * time.Second

// hire waits for a worker slot. It returns how long that took, and ok unless the
// server was too busy.
func (s *session) hire() (waited unit.Span, ok bool) {
	select {
	case s.srv.workers <- struct{}{}:
		return 0, true
	default:
	}
	from := s.srv.now()
	var late <-chan time.Time // never for who cannot be told to come back (les/2)
	if wire.CanStop(s.version) {
		timer := time.NewTimer(busyTimeout)
		defer timer.Stop()
		late = timer.C
	}
	select {
	case s.srv.workers <- struct{}{}:
		return s.srv.now().Since(from), true
	case <-late:
	case <-s.ctx.Done():
	}
	return s.srv.now().Since(from), false
}

func (s *session) fire() { <-s.srv.workers }
