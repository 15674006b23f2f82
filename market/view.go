package market

import (
	"github.com/candela-les/candela/market/flow"
	"github.com/candela-les/candela/unit"
)

// View is what a session has, for people to look at.
type View struct {
	ID       ID
	Paid     bool   // served as one that pays
	Granted  uint64 // units
	Units    uint64 // of them, allocated
	Params   flow.Params
	Buffer   unit.Cost
	Penalty  float64 // as time of work that waited behind its requests, in seconds squared
	Frozen   bool
	Joined   unit.Instant
	Requests uint64
	Spent    unit.Cost
}

// View returns what a session has. It changes nothing but the time.
func (m *Market) View(now unit.Instant, s *Session) View {
	v := View{
		ID: s.id, Paid: s.paid(now), Params: s.params, Joined: s.joined,
		Penalty:  s.rank() / m.groups.inflation(now) / 1e18,
		Requests: s.requests, Spent: s.spent,
	}
	if h := s.holder; h != nil {
		v.Granted, v.Units = h.want, h.units()
	}
	if s.account != nil {
		v.Buffer, v.Frozen = s.account.Value(now), s.account.Frozen()
	}
	return v
}

// Held is how many units a client was granted, and has.
func (m *Market) Held(id ID) (granted, units uint64) {
	if h := m.byID[id]; h != nil {
		return h.want, h.units()
	}
	return 0, 0
}

// Queued is what the waiting free requests will cost, as far as is known, and how many
// requests wait.
func (m *Market) Queued() (free unit.Cost, freeCount, paidCount int) {
	return m.queued, m.free.Len(), m.paid.Len()
}

// Dismiss sends a client away, as an operator may want it.
func (m *Market) Dismiss(now unit.Instant, s *Session, retryAfter unit.Span) {
	m.advance(now)
	s.dropped = true
	m.emit(Effect{Action: Drop, Session: s, RetryAfter: retryAfter})
}
