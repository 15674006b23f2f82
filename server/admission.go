package server

import (
	"fmt"
	"slices"
	"time"

	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire"
)

// Bounds of what a client that finds no place is told to wait.
const (
	minRetry = unit.Second
	maxRetry = 10 * 60 * unit.Second
	// DefaultRetryAfter is told while no client has left yet, so that nothing is known.
	DefaultRetryAfter = 30 * time.Second
	// gapWeight is the weight of one departure in the mean of the gaps between them.
	gapWeight = 8
	// maxWaiting is how many refused clients are counted as waiting for a place.
	maxWaiting = 256
)

// admission estimates when a place comes free. It knows how often clients have
// left, and how many were sent away and will be back.
type admission struct {
	first   unit.Span // the gap that is assumed while none is known
	gap     unit.Span // decaying mean of the gaps between departures, 0 for unknown
	last    unit.Instant
	waiting []unit.Instant // when refused clients are due, ascending
}

// left takes in that a client gave its place back.
func (a *admission) left(now unit.Instant) {
	gap := now.Since(a.last)
	a.last = now
	if a.gap == 0 {
		a.gap = max(gap, 1)
		return
	}
	a.gap = max(a.gap+(gap-a.gap)/gapWeight, 1)
}

// wait estimates how long it takes until there is a place for one more client. If
// nobody has left for longer than usual, that will probably go on.
func (a *admission) wait(now unit.Instant) unit.Span {
	gap := a.first
	if a.gap != 0 {
		gap = max(a.gap, now.Since(a.last))
	}
	for len(a.waiting) > 0 && a.waiting[0] <= now {
		a.waiting = a.waiting[1:]
	}
	turn := unit.Span(len(a.waiting) + 1)
	if gap > maxRetry/turn {
		return maxRetry
	}
	return max(gap*turn, minRetry)
}

// refuse returns what a client is told that finds no place. It counts as waiting
// until then.
func (a *admission) refuse(now unit.Instant, jitter func(time.Duration) time.Duration) unit.Span {
	wait := jittered(a.wait(now), jitter)
	due := now.Add(wait)
	at, _ := slices.BinarySearch(a.waiting, due)
	a.waiting = slices.Insert(a.waiting, at, due)
	if len(a.waiting) > maxWaiting {
		a.waiting = a.waiting[:maxWaiting]
	}
	return wait
}

// jittered lengthens a wait by up to half of it, so that those who were told the same
// do not come back together.
func jittered(wait unit.Span, jitter func(time.Duration) time.Duration) unit.Span {
	return wait + unit.Span(jitter(time.Duration(wait/2)))
}

// Conditions says what a client finds here, without giving it anything: for whoever
// asks before it connects.
func (s *Server) Conditions() wire.Conditions {
	latest := s.latest()
	c := wire.Conditions{
		Version: wire.ConditionsVersion, Protocols: s.protocols,
		Genesis: s.info.Genesis, ForkID: s.forks.ID(latest.head.Number, latest.time),
	}
	if !s.cfg.OnlyAnnounce {
		c.Serves = serves(s.caps)
	}
	now := s.now()
	s.mu.Lock()
	defer s.mu.Unlock()
	c.Total = uint64(s.cfg.MaxSessions)
	c.Free = uint64(max(s.cfg.MaxSessions-s.mu.reserved, 0))
	if c.Free == 0 {
		c.RetryAfterMs = millis(jittered(s.mu.admission.wait(now), s.cfg.Jitter))
	}
	return c
}

func millis(d unit.Span) uint64 { return uint64((d + unit.Millisecond - 1) / unit.Millisecond) }

// partingTime is how long a client that is sent away may take to hear it.
const partingTime = 2 * time.Second

// turnAway tells a client that there is no place for it, and when to come again.
// les/4 has no message for that. The client's Status is read because a connection
// that is closed on unread data may lose what was sent on it.
func (s *session) turnAway() error {
	full := leavef(ReasonTooMany, "all %d places are taken", s.srv.cfg.MaxSessions)
	if s.version != wire.LES5 {
		return full
	}
	timer := time.AfterFunc(partingTime, func() { s.kill(full) })
	defer timer.Stop()
	text := fmt.Sprintf("all %d places are taken", s.srv.cfg.MaxSessions)
	s.refuse(wire.ReplyHead{}, &refusal{wire.Busy, millis(s.unwelcome), text}) //nolint:errcheck // it leaves either way
	s.conn.ReadMsg()                                                           //nolint:errcheck // see above
	return full
}
