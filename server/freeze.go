package server

import (
	"context"
	"time"

	"github.com/candela-les/candela/market/flow"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire"
)

// What a client may send after Stop, in messages and in bytes. What was under way
// when Stop reached it is far less; more is a flood.
const (
	maxDropped      = 10_000
	maxDroppedBytes = 64 << 20
)

// dropCost is charged, besides its bytes, for a message that is not served: what
// decoding and throwing it away takes.
const dropCost = 20_000

// frozen reports whether the client is frozen, and if so drops a message of it.
func (s *session) frozen(now unit.Instant, size int) (bool, error) {
	s.account.Lock()
	defer s.account.Unlock()
	if !s.account.flow.Frozen() {
		return false, nil
	}
	s.account.flow.Charge(now, s.srv.meter.bookRefused(false, 0, size).Add(dropCost))
	s.srv.stats.dropped.Add(1)
	s.account.dropped++
	s.account.droppedBytes += size
	if s.account.dropped > maxDropped || s.account.droppedBytes > maxDroppedBytes {
		return true, leavef(ReasonFlood, "%d messages, %d bytes after Stop", s.account.dropped, s.account.droppedBytes)
	}
	return true, nil
}

// accept takes a request's maximum cost from the client's buffer. If it is not
// there, the client is told Stop, or waits where there is no such message.
func (s *session) accept(now unit.Instant, maxCost unit.Cost) (flow.Ticket, bool, error) {
	for {
		ticket, verdict := s.take(now, maxCost)
		if verdict != flow.Underrun {
			return ticket, verdict == flow.Accepted, nil
		}
		if err := s.stop(); err != nil || wire.CanStop(s.version) {
			return ticket, false, err
		}
		now = s.resumed
	}
}

func (s *session) take(now unit.Instant, maxCost unit.Cost) (flow.Ticket, flow.Verdict) {
	s.account.Lock()
	defer s.account.Unlock()
	s.account.flow.SetBoost(now, s.srv.boost.Load())
	ticket, verdict := s.account.flow.Accept(now, maxCost)
	if verdict == flow.Underrun {
		s.scheduleThaw(now)
	}
	return ticket, verdict
}

// done gives back what a request did not cost and returns the BV to report.
func (s *session) done(now unit.Instant, ticket flow.Ticket, realCost unit.Cost) unit.Cost {
	s.account.Lock()
	defer s.account.Unlock()
	return s.account.flow.Done(now, ticket, realCost)
}

// freeze stops the client because the server is overloaded.
func (s *session) freeze(now unit.Instant) error {
	s.account.Lock()
	s.account.flow.Freeze(now)
	s.scheduleThaw(now)
	s.account.Unlock()
	return s.stop()
}

// stopFrozen tells a client whose account was opened frozen.
func (s *session) stopFrozen() error {
	now := s.srv.now()
	s.account.Lock()
	frozen := s.account.flow.Frozen()
	if frozen {
		s.account.flow.SetBoost(now, s.srv.boost.Load())
		s.scheduleThaw(now)
	}
	s.account.Unlock()
	if !frozen {
		return nil
	}
	return s.stop()
}

// stop keeps a client that has just been frozen from being served. In les/2, which
// has neither Stop nor Resume, it waits until the freeze is over and reads nothing
// meanwhile: the client finds its answers late, and nothing is lost.
func (s *session) stop() error {
	s.srv.stats.stops.Add(1)
	if wire.CanStop(s.version) {
		return s.write(wire.CodeStop, wire.AppendStop(nil))
	}
	select {
	case <-s.thawed:
		s.resumed = s.srv.now()
		return nil
	case <-s.ctx.Done():
		return context.Cause(s.ctx)
	}
}

// scheduleThaw makes sure that the client is resumed. account is locked.
func (s *session) scheduleThaw(now unit.Instant) {
	if s.account.thaw != nil {
		return
	}
	wait := s.account.flow.ThawAt(now).Since(now)
	jitter := s.srv.cfg.Jitter(time.Duration(flow.FreezeJitter))
	s.jobs.Add(1)
	s.account.thaw = time.AfterFunc(time.Duration(min(wait, maxThaw))+jitter, s.resume)
}

// maxThaw bounds the wait for one look at a frozen client's buffer, so that a
// change of its parameters is noticed.
const maxThaw = 10 * unit.Second

// resume lets a frozen client go on, or looks again later.
func (s *session) resume() {
	defer s.jobs.Done()
	now := s.srv.now()
	s.account.Lock()
	defer s.account.Unlock()
	if s.account.thaw == nil || s.ctx.Err() != nil {
		return // the session is ending
	}
	s.account.thaw = nil
	bv, ok := s.account.flow.Resume(now)
	if !ok {
		s.scheduleThaw(now)
		return
	}
	s.account.dropped, s.account.droppedBytes = 0, 0
	if !wire.CanStop(s.version) {
		s.thawed <- struct{}{} // has room: the reader waits before there can be another
		return
	}
	s.push(wire.CodeResume, wire.AppendResume(nil, bv))
}
