package server

import (
	"context"
	"time"

	"github.com/candela-les/candela/market"
	"github.com/candela-les/candela/unit"
)

// What a client may send after Stop: what was under way when Stop reached it. More than
// that is read slowly, for what is read at once costs more than it costs to send; a
// client that goes on with it has to leave.
const (
	maxUnderWay     = 256
	slowly          = 5 * time.Millisecond
	maxFlood        = 2_000 // messages beyond that, in all its freezes
	maxDroppedBytes = 64 << 20
)

// dropCost is charged, besides its bytes, for a message that is not served: what
// decoding and throwing it away takes.
const dropCost = 20_000

// drop takes care of a message that came after Stop.
func (s *session) drop(size int) error {
	cost := s.srv.meter.bookRefused(s.paid(), 0, size).Add(dropCost)
	s.srv.desk.do(func(now unit.Instant, m *market.Market) { m.Charge(now, s.seat, cost) })
	s.srv.stats.dropped.Add(1)
	s.dropped++
	s.droppedBytes += size
	if s.dropped <= maxUnderWay && s.droppedBytes <= maxDroppedBytes {
		return nil
	}
	if s.flood++; s.flood > maxFlood || s.droppedBytes > maxDroppedBytes {
		return leavef(ReasonFlood, "%d messages, %d bytes after Stop", s.dropped, s.droppedBytes)
	}
	timer := time.NewTimer(slowly)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-s.ctx.Done():
		return context.Cause(s.ctx)
	}
}

// waitThaw returns when the client is not frozen any more, or has to leave.
func (s *session) waitThaw() error {
	for s.stopped.Load() {
		select {
		case <-s.thawed:
		case <-s.ctx.Done():
			return context.Cause(s.ctx)
		}
	}
	return nil
}
