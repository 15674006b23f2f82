package server

import (
	"sync"
	"sync/atomic"
	"time"

	"github.com/candela-les/candela/market"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire"
)

// desk is where sessions meet the market: one at a time, under a lock that nothing
// waits for while it is held. What the market decides is carried out before the lock is
// given back, so clients are told things in the order in which they were decided.
// Decision 0010 says why it is a lock and not a goroutine.
type desk struct {
	srv *Server
	// paidWaiting is the market's, for those who look between two items of a batch.
	paidWaiting atomic.Bool
	mu          struct {
		sync.Mutex
		market *market.Market
		timer  *time.Timer
		due    unit.Instant // when timer fires, 0 if it does not
		closed bool
	}
}

// open makes the market.
func (d *desk) open(s *Server, cfg market.Config) (err error) {
	d.srv = s
	if d.mu.market, err = market.New(s.now(), cfg); err != nil {
		return err
	}
	d.mu.timer = time.AfterFunc(time.Hour, func() {
		d.do(func(now unit.Instant, m *market.Market) {
			d.mu.due = 0
			m.Tick(now)
		})
	})
	d.do(func(unit.Instant, *market.Market) {})
	return nil
}

// close ends what the desk has started. Sessions may still come to leave.
func (d *desk) close() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.mu.closed = true
	d.mu.timer.Stop()
}

// do tells the market something, and does what it says.
func (d *desk) do(tell func(now unit.Instant, m *market.Market)) {
	d.mu.Lock()
	defer d.mu.Unlock()
	m, now := d.mu.market, d.srv.now()
	tell(now, m)
	if d.srv.seller != nil {
		d.srv.seller.follow(m)
	}
	for _, e := range m.Effects() {
		if e.Action == market.Allocate || e.Action == market.Lapse {
			d.srv.seller.allocated(e)
			continue
		}
		e.Session.Owner.(*session).carryOut(e)
	}
	d.paidWaiting.Store(m.PaidWaiting())
	d.arm(now, m.Next(now))
}

// arm sees to it that the timer fires when the market next has something to do.
func (d *desk) arm(now, next unit.Instant) {
	if d.mu.closed || d.mu.due != 0 && d.mu.due <= next {
		return
	}
	d.mu.due = next
	d.mu.timer.Reset(time.Duration(next.Since(now)))
}

// carryOut does what the market decided for a session. The desk is locked.
func (s *session) carryOut(e market.Effect) {
	switch e.Action {
	case market.Serve, market.Evict, market.Expire:
		s.turn <- turn{e.Action, e.Session.Yields(), e.BV, e.RetryAfter} // has room: one request at a time
	case market.Stop:
		s.stopped.Store(true)
		s.srv.stats.stops.Add(1)
		if wire.CanStop(s.version) {
			s.push(wire.CodeStop, wire.AppendStop(nil))
		}
	case market.Resume:
		s.stopped.Store(false)
		select {
		case s.thawed <- struct{}{}:
		default: // nobody waited for the last one either
		}
		if wire.CanStop(s.version) {
			s.push(wire.CodeResume, wire.AppendResume(nil, e.BV))
		}
	case market.Announce:
		s.announceFlow(e.Params)
	case market.Drop:
		s.dismiss(e.RetryAfter)
	case market.Allocate, market.Lapse: // the seller's
	}
}
