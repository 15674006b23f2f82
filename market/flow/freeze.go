package flow

import "github.com/candela-les/candela/unit"

// FreezeSpan is the least time that a client stays frozen. A server adds a random
// part of FreezeJitter, so that clients frozen together do not return together.
const (
	FreezeSpan   = 700 * unit.Millisecond
	FreezeJitter = 600 * unit.Millisecond
)

// thawLevel is the buffer value above which a frozen client may go on: an eighth
// of the limit, so that it can do something with it.
func (s *Server) thawLevel() int64 { return s.bucket.limit/8 + 1 }

// Freeze stops the client: nothing is accepted until it resumes. It is for
// overload; Accept itself freezes a client that asks for more than it has.
func (s *Server) Freeze(now unit.Instant) {
	s.advance(now)
	s.frozen, s.thawFrom = true, now.Add(FreezeSpan)
}

// Frozen reports whether the client is frozen.
func (s *Server) Frozen() bool { return s.frozen }

// ThawAt returns when a frozen client can resume at the earliest, if it costs
// nothing more until then.
func (s *Server) ThawAt(now unit.Instant) unit.Instant {
	s.advance(now)
	return max(s.thawFrom, now.Add(s.bucket.until(s.thawLevel())))
}

// Resume ends the freeze if it is time, and returns the buffer value to tell the
// client. If it is not, ok is false and ThawAt says when to try again.
func (s *Server) Resume(now unit.Instant) (bv unit.Cost, ok bool) {
	s.advance(now)
	if !s.frozen || now < s.thawFrom || s.bucket.level < s.thawLevel() {
		return 0, false
	}
	s.frozen = false
	return s.bucket.value(), true
}
