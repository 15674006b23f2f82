package server

import (
	"context"
	"errors"

	"github.com/candela-les/candela/market"
	"github.com/candela-les/candela/market/flow"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire"
)

// turn is what became of a request that waited.
type turn struct {
	action     market.Action // Serve, Evict or Expire
	yields     bool          // between items, when a paid request waits
	bv         unit.Cost     // Expire
	retryAfter unit.Span
}

// preferable is a transport that can have one client's messages read before others'.
type preferable interface {
	Prefer(on bool)
}

// paid reports whether the session's latest request was one that pays.
func (s *session) paid() bool { return !s.service.yields }

// errNoTurn: the market has taken a request back that was being served.
var errNoTurn = errors.New("no turn")

// enter hands a request to the market, and waits until it is decided what becomes of it.
// ok is false if it is to be dropped: the client was told Stop.
//
// In les/2, which has neither Stop nor Resume, the request waits here until the freeze
// is over, and nothing is read meanwhile: the client finds its answers late, and
// nothing is lost.
func (s *session) enter(maxCost unit.Cost) (t turn, ok bool, err error) {
	for {
		var verdict flow.Verdict
		s.srv.desk.do(func(now unit.Instant, m *market.Market) { verdict = m.Request(now, s.seat, maxCost) })
		if verdict == flow.Accepted {
			if t, err = s.await(); err != nil {
				return t, false, err
			}
			if t.action == market.Serve || t.action == market.Expire && wire.CanStop(s.version) {
				return t, true, nil
			}
		}
		if wire.CanStop(s.version) {
			return t, false, nil
		}
		if err := s.waitThaw(); err != nil {
			return t, false, err
		}
	}
}

// await waits for the market to say what becomes of the session's request.
func (s *session) await() (turn, error) {
	select {
	case t := <-s.turn:
		return t, nil
	case <-s.ctx.Done():
		return turn{}, context.Cause(s.ctx)
	}
}

// service is a request while it is served.
type service struct {
	turn
	since  unit.Instant // served since then, and
	before unit.Span    // for so long before it yielded
	lost   bool         // the market has taken it back
}

// yield lets paid requests go first, between two items of a free one. If it fails, the
// market has taken the request back.
func (s *session) yield() error {
	if !s.service.yields {
		return nil
	}
	// The time until it goes on is others': what is read meanwhile is booked for them.
	at := s.srv.now()
	gave := s.srv.cfg.GiveWay()
	waits := s.srv.desk.paidWaiting.Load()
	if !gave && !waits {
		return nil
	}
	s.service.before += at.Since(s.service.since)
	if waits {
		s.srv.desk.do(func(now unit.Instant, m *market.Market) { m.Yield(now, s.seat) })
		t, err := s.await()
		if err == nil && t.action != market.Serve {
			err = errNoTurn
		}
		if err != nil {
			s.service.turn, s.service.lost = t, true
			return err
		}
	}
	s.service.since = s.srv.now()
	return nil
}

// settle pays for the request that was served, and returns the BV to report. Its worker
// is kept until letGo: making and sending the reply is work too.
func (s *session) settle(cost unit.Cost) (bv unit.Cost) {
	s.srv.desk.do(func(now unit.Instant, m *market.Market) { bv = m.Settle(now, s.seat, cost) })
	s.holds.Store(true)
	if s.waits == nil || !s.waits.WhenWaiting(s.letGo) {
		s.letGo()
	}
	return bv
}

// letGo gives the worker back, if the session still has one. Any goroutine may call it,
// and the transport does as soon as the client does not read: others must not wait
// for that. When it returns the market knows, whoever told it.
func (s *session) letGo() {
	if !s.holds.Load() {
		return
	}
	s.srv.desk.do(func(now unit.Instant, m *market.Market) {
		if s.holds.CompareAndSwap(true, false) {
			m.Release(now, s.seat)
		}
	})
}

// patient is a transport that can tell when a write has to wait for the other end.
type patient interface {
	WhenWaiting(f func()) bool
}

// takenBack answers a request that is not served, or not to its end.
func (s *session) takenBack(req wire.Request, t turn) error {
	switch {
	case s.ctx.Err() != nil:
		return context.Cause(s.ctx)
	case t.action == market.Evict:
		return nil // the client was told Stop
	case wire.Legacy(s.version):
		s.srv.desk.do(func(now unit.Instant, m *market.Market) { m.Freeze(now, s.seat) })
		return nil
	}
	busy := &refusal{wire.Busy, millis(t.retryAfter), "others come first, and there is more to do than can be done"}
	return s.refuse(wire.ReplyHead{ReqID: req.ID(), BV: t.bv}, busy)
}
