package server

import (
	"fmt"
	"time"

	"github.com/candela-les/candela/unit"
)

// Bound keeps a time over restarts, with the key that signs what is sold. Its methods are called by one
// goroutine at a time.
type Bound interface {
	// Load returns what was kept last, in ns since 1970; 0 if nothing was.
	Load() (uint64, error)
	// Keep keeps a time. When it returns it outlasts a crash.
	Keep(ns uint64) error
}

// boundAhead is how far the bound is ahead of the time when it is kept, which is again when half of that has
// passed. After a crash the times that are told run ahead of the clock by so much at most.
const boundAhead = 30 * unit.Second

// beginBook makes the times that are told later than all that were told before, whatever the clock says:
// two curves that contradict each other prove fraud, and a clock that was set back would make them.
func (s *Server) beginBook() error {
	bound := s.cfg.Sale.Bound
	if bound == nil {
		return nil
	}
	last, err := bound.Load()
	if err != nil {
		return fmt.Errorf("the last time that was told to clients cannot be read: %w", err)
	}
	if now := s.nanoseconds(s.now()); last >= now {
		if s.ahead = last - now + 1; s.ahead > 1<<62 {
			return fmt.Errorf("the last time that was told to clients is said to be %d ns after 1970", last)
		}
		if s.ahead > uint64(boundAhead) {
			s.cfg.Logger.Warn("the clock was set back: times told to clients run ahead of it, so that the server does not contradict itself",
				"by", time.Duration(s.ahead)) //nolint:gosec // see above
		}
	}
	return s.keepBound(s.now(), boundAhead)
}

// keepBound has it known after a crash that no time is told until a span from now that is later.
func (s *Server) keepBound(now unit.Instant, ahead unit.Span) error {
	if s.cfg.Sale.Bound == nil {
		return nil
	}
	if err := s.cfg.Sale.Bound.Keep(s.nanoseconds(now.Add(ahead))); err != nil {
		return fmt.Errorf("the last time that was told to clients cannot be kept: %w", err)
	}
	s.seller.bounded = now.Add(ahead)
	return nil
}

// extendBound keeps a later bound when half of the time until the last one has passed.
func (s *Server) extendBound(now unit.Instant) {
	if s.seller.bounded.Since(now) > boundAhead/2 {
		return
	}
	if err := s.keepBound(now, boundAhead); err != nil {
		s.cfg.Logger.Error("if this server crashes now and its clock is set back, it will contradict itself", "err", err)
	}
}
