package market

import (
	"github.com/candela-les/candela/market/flow"
	"github.com/candela-les/candela/unit"
)

// Join is what is known of a client when it connects.
type Join struct {
	ID    ID
	Group Group
	// Least is the smallest buffer limit that it can be given: what the dearest request
	// of its price table costs.
	Least unit.Cost
	// Grow makes a buffer value grow with its limit, as les/4 has it.
	Grow bool
	// Owner becomes the Session's.
	Owner any
}

// Connect gives a client a place; Leave gives it back. If there is none, the session
// is nil and the client may come again after the returned span.
func (m *Market) Connect(now unit.Instant, j Join) (*Session, unit.Span) {
	m.advance(now)
	h := m.byID[j.ID]
	if len(m.sessions) >= m.cfg.Places && !m.makeRoom(now, j.Group, h != nil && h.keeps()) {
		return nil, m.places.refuse(now, &m.random)
	}
	s := &Session{
		Owner: j.Owner, id: j.ID, index: len(m.sessions), holder: h,
		least: min(j.Least, flow.MaxLimit), grow: j.Grow, joined: now,
	}
	for i := range s.at {
		s.at[i] = nowhere
	}
	m.sessions = append(m.sessions, s)
	m.groups.enter(s, j.Group)
	if h != nil {
		h.session = s
		m.stay(h)
	}
	s.params = m.share(s)
	return s, 0
}

// Open opens the account of a client that was told the session's Params. If its
// buffer is not as full as the client must think, it is stopped at once.
func (m *Market) Open(now unit.Instant, s *Session) {
	m.advance(now)
	if h := s.holder; h != nil && h.account != nil {
		s.account, h.account = h.account, nil
		s.account.Rejoin(now, s.params)
	} else {
		s.account = flow.NewServer(now, s.params)
	}
	m.announce(now, s)
	if s.account.Frozen() {
		m.stopped(now, s)
	}
}

// Leave takes a session off the market, whatever it was doing.
func (m *Market) Leave(now unit.Instant, s *Session) {
	m.advance(now)
	switch s.state {
	case waiting:
		m.dequeue(s)
		m.settle(now, s, s.work.sofar())
	case serving:
		m.release(now, s)
	case idle:
	}
	m.frozen.take(s)
	if s.busy {
		s.group.busy--
	}
	if h := s.holder; h != nil {
		h.session = nil
		if h.units() > 0 && s.account != nil {
			h.account = s.account
		}
		m.linger(now, h)
	}
	m.groups.leave(s)
	last := len(m.sessions) - 1
	m.sessions[s.index] = m.sessions[last]
	m.sessions[s.index].index = s.index
	m.sessions[last] = nil
	m.sessions = m.sessions[:last]
	m.places.left(now)
	m.dispatch(now)
}

// strikes counts how often a client was frozen because it was the one most in the way.
type strikes struct {
	n     int
	since unit.Instant
}

// A client that has been frozen so often in such a time is sent away.
const (
	maxStrikes  = 10
	strikesSpan = 30 * unit.Second
)

func (s *strikes) add(now unit.Instant) (out bool) {
	if s.n == 0 || now.Since(s.since) > strikesSpan {
		*s = strikes{since: now}
	}
	s.n++
	return s.n > maxStrikes
}

// Freeze stops a client, as an operator may want it. It resumes as others do.
func (m *Market) Freeze(now unit.Instant, s *Session) {
	m.advance(now)
	if s.account == nil || s.account.Frozen() {
		return
	}
	m.freeze(now, s)
	m.dispatch(now)
}

// freeze stops a client and throws away what it has waiting. What is being served is
// finished: its client will not look at the answer.
func (m *Market) freeze(now unit.Instant, s *Session) {
	if s.state == waiting {
		m.evict(now, s)
	}
	s.account.Freeze(now)
	m.stopped(now, s)
}

// stopped tells a client that it is frozen, and sees to it that it resumes.
func (m *Market) stopped(now unit.Instant, s *Session) {
	m.emit(Effect{Action: Stop, Session: s})
	m.boost(now, s)
	m.thawLater(now, s)
}

// maxThaw bounds the wait for one look at a frozen client's buffer: its rate may have
// grown.
const maxThaw = 2 * unit.Second

func (m *Market) thawLater(now unit.Instant, s *Session) {
	wait := min(s.account.ThawAt(now).Since(now), maxThaw)
	m.frozen.take(s)
	s.thaw = now.Add(max(wait, unit.Millisecond)).Add(m.random.span(flow.FreezeJitter))
	m.frozen.put(s)
}

// thawDue resumes those whose time has come.
func (m *Market) thawDue(now unit.Instant) {
	for s := m.frozen.top(); s != nil && s.thaw <= now; s = m.frozen.top() {
		m.frozen.take(s)
		m.boost(now, s)
		if bv, ok := s.account.Resume(now); ok {
			m.emit(Effect{Action: Resume, Session: s, BV: bv})
		} else {
			m.thawLater(now, s)
		}
	}
}

// Yields reports whether the request that the session has is a free one, which lets paid
// ones go first.
func (s *Session) Yields() bool { return s.work.free }
