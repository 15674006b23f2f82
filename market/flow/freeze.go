package flow

import "github.com/candela-les/candela/unit"

// FreezeSpan is the least time that a client stays frozen. A server adds a random
// part of FreezeJitter, so that clients frozen together do not return together.
const (
	FreezeSpan   = 700 * unit.Millisecond
	FreezeJitter = 600 * unit.Millisecond
)

// thawPart is the part of the limit that a frozen client has to have before it may go
// on, one in so many: enough to do something with, little enough not to wait for long
// where a buffer recharges slowly.
const thawPart = 64

// thawLevel is the buffer value at which a frozen client may go on.
func (s *Server) thawLevel() int64 { return s.bucket.limit/thawPart + 1 }

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

// NewEarning returns the account of a client that has just been promised p and has
// to earn its buffer, and its cover: it holds what a frozen client needs to go on.
func NewEarning(now unit.Instant, p Params) *Server {
	s := NewServer(now, p)
	s.cover.level = 0
	s.bucket.level, s.bucket.part = min(s.thawLevel(), s.bucket.limit), 0
	return s
}

// Rejoin goes on with the account of a client that has connected again and was told p.
// If the buffer is not full, which the client takes for granted, it is frozen.
func (s *Server) Rejoin(now unit.Instant, p Params) {
	s.advance(now)
	s.older = nil
	s.params = p.bounded()
	s.apply()
	s.frozen = false
	if s.bucket.level < s.bucket.limit {
		s.Freeze(now)
	}
}
