package market

import (
	"github.com/candela-les/candela/market/flow"
	"github.com/candela-les/candela/unit"
)

// patience is how long a free request may wait.
const patience = 3 * unit.Second

// queueSpan is how much free work may wait, as time of the whole capacity.
const queueSpan = unit.Second

// Request takes in a request of a session that has no other, by the cost that its
// price says. If it is accepted, Serve, Evict or Expire follows; else the client is
// frozen and the request is to be dropped.
func (m *Market) Request(now unit.Instant, s *Session, maxCost unit.Cost) flow.Verdict {
	m.advance(now)
	m.ask(s)
	m.boost(now, s)
	ticket, verdict := s.account.Accept(now, maxCost)
	if verdict == flow.Underrun {
		m.stopped(now, s)
	}
	if verdict != flow.Accepted {
		return verdict
	}
	m.seq++
	s.work = work{ticket: ticket, maxCost: maxCost, since: now, seq: m.seq, free: true}
	if m.classify(now, s); s.work.free {
		s.work.guess = m.ratio.of(maxCost)
		m.groups.add(now, s, s.work.guess, m.queued)
		s.work.key = s.rank()
	}
	m.enqueue(s)
	m.limitQueue(now)
	m.dispatch(now)
	return verdict
}

// Yield interrupts a request that is being served between two of its items: it waits for
// its turn again. If its client was frozen meanwhile, it is evicted.
func (m *Market) Yield(now unit.Instant, s *Session) {
	m.advance(now)
	m.release(now, s)
	m.classify(now, s) // it may have units by now
	m.enqueue(s)
	if s.account.Frozen() {
		m.evict(now, s)
	}
	m.dispatch(now)
}

// pays makes a session's request a paid one.
func (s *Session) pays(now unit.Instant) { s.work.free, s.work.refill = false, s.account.FullAt(now) }

// sofar is what a request costs that is thrown away after it has been served in part: what
// it took, which in times of hurry is longer than was paid for.
func (w *work) sofar() unit.Cost { return min(unit.Cost(w.served), w.maxCost) }

// evict throws a waiting request away. If it has been served in part, that is paid for.
func (m *Market) evict(now unit.Instant, s *Session) {
	m.dequeue(s)
	m.settle(now, s, s.work.sofar())
	m.emit(Effect{Action: Evict, Session: s})
}

// Done ends a request that was served and settles it with what all of it cost. It
// returns the BV to report in the reply.
func (m *Market) Done(now unit.Instant, s *Session, cost unit.Cost) unit.Cost {
	bv := m.Settle(now, s, cost)
	m.Release(now, s)
	return bv
}

// Settle is the first part of Done: the reply can be made, and is yet to be sent.
// Release has to follow.
func (m *Market) Settle(now unit.Instant, s *Session, cost unit.Cost) unit.Cost {
	m.advance(now)
	s.work.cost = cost
	if s.work.free {
		m.ratio.learn(s.work.maxCost, cost)
	}
	return m.settle(now, s, cost)
}

// Release is the second part: the worker is free for another request.
func (m *Market) Release(now unit.Instant, s *Session) {
	m.advance(now)
	m.release(now, s)
	if cost, served := s.work.cost, unit.Cost(s.work.served); cost >= served {
		m.room.take(now, cost-served, s.work.free)
	} else {
		m.room.back(now, served-cost)
	}
	m.dispatch(now)
}

// settle lets a client pay for a request that is over, and returns the BV to report.
func (m *Market) settle(now unit.Instant, s *Session, cost unit.Cost) unit.Cost {
	s.requests++
	s.spent = s.spent.Add(cost)
	if h := s.work.purse; h != nil {
		h.earned.Settle(now, s.work.maxCost, cost)
		s.work.purse = nil
	}
	return s.account.Done(now, s.work.ticket, cost)
}

// Charge takes from a client's buffer what it cost without a request: messages that
// were dropped, for one.
func (m *Market) Charge(now unit.Instant, s *Session, cost unit.Cost) {
	m.advance(now)
	m.room.take(now, cost, !s.paid(now))
	s.spent = s.spent.Add(cost)
	s.account.Charge(now, cost)
}

// Refuse settles a message that is answered without being served, such as a request for too
// much: it cost so much. If the client's buffer does not hold that, ok is false, and
// the client is frozen.
func (m *Market) Refuse(now unit.Instant, s *Session, cost unit.Cost) (bv unit.Cost, ok bool) {
	m.advance(now)
	m.room.take(now, cost, !s.paid(now))
	ticket, verdict := s.account.Accept(now, cost)
	if verdict == flow.Underrun {
		m.stopped(now, s)
	}
	if verdict != flow.Accepted {
		return 0, false
	}
	s.spent = s.spent.Add(cost)
	return s.account.Done(now, ticket, cost), true
}

// PaidWaiting reports whether a paid request waits for a worker: then those who serve
// free ones should Yield.
func (m *Market) PaidWaiting() bool { return m.paid.Len() > 0 }

func (m *Market) enqueue(s *Session) {
	s.state = waiting
	if !s.work.free {
		m.paid.put(s)
		return
	}
	m.free.put(s)
	m.queued += s.work.guess
	if s.work.ripe != 0 { // it is paid, if not yet: others come before it, nobody sends it away
		m.sale.ripe.put(s)
	} else {
		m.worst.put(s)
	}
}

// dequeue takes a waiting request back.
func (m *Market) dequeue(s *Session) {
	if s.state != waiting {
		return
	}
	s.state = idle
	if !s.work.free {
		m.paid.take(s)
		return
	}
	m.free.take(s)
	m.worst.take(s)
	m.sale.ripe.take(s)
	m.queued -= s.work.guess
}

// release gives back the worker that served a session.
func (m *Market) release(now unit.Instant, s *Session) {
	s.state = idle
	span := now.Since(s.work.begun)
	s.work.served += span
	m.room.end(now)
	m.idle++
	if s.work.free {
		m.freeBusy--
	}
}

// freeWorkers is how many workers may serve free clients at a time. Where there are
// many, which is where they wait for others, some are kept for paid requests.
func (m *Market) freeWorkers() int {
	if n := m.cfg.Workers; n > 8 {
		return n - n/8
	}
	return m.cfg.Workers
}

// dispatch gives idle workers what is to be served: paid requests, and free ones
// while there is room.
func (m *Market) dispatch(now unit.Instant) {
	for m.idle > 0 {
		s := m.paid.top()
		if s == nil {
			if s = m.free.top(); s == nil || m.freeBusy >= m.freeWorkers() || !m.room.any(now) {
				return
			}
			m.freeBusy++
		}
		m.dequeue(s)
		s.state, s.work.begun = serving, now
		m.room.begin(now)
		m.idle--
		m.emit(Effect{Action: Serve, Session: s})
	}
}

// limitQueue freezes those most in the way while more free work waits than may.
func (m *Market) limitQueue(now unit.Instant) {
	limit := m.capacity.Mul(uint64(queueSpan / unit.Millisecond))
	for m.queued > limit && m.worst.Len() > 1 {
		s := m.worst.top()
		out := s.strikes.add(now)
		m.freeze(now, s)
		if out {
			m.drop(now, s, strikesSpan)
		}
	}
}

// drop sends a client away, once: it may come again after least, or when a place is
// likely to be free if that is later.
func (m *Market) drop(now unit.Instant, s *Session, least unit.Span) {
	if s.dropped {
		return
	}
	s.dropped = true
	wait := max(m.places.wait(now), least)
	m.emit(Effect{Action: Drop, Session: s, RetryAfter: wait + m.random.span(wait/2)})
}

// expire refuses free requests that have waited too long.
func (m *Market) expire(now unit.Instant) {
	var late []*Session
	for _, s := range m.free.list {
		if now.Since(s.work.since) > patience && s.work.ripe == 0 {
			late = append(late, s)
		}
	}
	for _, s := range late {
		m.dequeue(s)
		bv := m.settle(now, s, s.work.sofar())
		m.emit(Effect{Action: Expire, Session: s, BV: bv, RetryAfter: patience + m.random.span(patience)})
	}
}
