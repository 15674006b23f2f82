package market

import (
	"github.com/candela-les/candela/market/flow"
	"github.com/candela-les/candela/unit"
)

// Units that are sold by the moment buy a moment: requests of their owner come before those of
// free clients as far as he has earned that since he has them, at the rate that they promise. What he has not
// earned is served as free requests are, until it is earned. So a buffer that was filled for
// free, or a unit that is won for an instant, does not buy precedence.
//
// Grants are an operator's standing orders and not sold: all requests of their owners are paid.

// classify makes a session's request a paid one, if it is, or sees to it that it becomes one
// when enough is earned.
func (m *Market) classify(now unit.Instant, s *Session) {
	h := s.holder
	s.work.ripe = 0
	switch {
	case !s.work.free:
	case h != nil && h.have > 0 || now < s.honour:
		s.pays(now)
	case h == nil || !h.spends(now):
	case h.earned.Take(now, s.work.maxCost):
		s.work.purse = h
		s.pays(now)
	default:
		if wait := h.earned.Wait(now, s.work.maxCost); wait != flow.Never {
			s.work.ripe = now.Add(wait)
		}
	}
}

// spends reports whether what a holder has earned counts.
func (h *holder) spends(now unit.Instant) bool { return h.sold > 0 || now < h.spend }

// earns brings what a holder earns up to date with the units that were sold to it.
func (m *Market) earns(now unit.Instant, h *holder) {
	if !h.spends(now) {
		h.earned = flow.NewEarned(now)
		return
	}
	least := unit.Cost(0)
	if h.session != nil {
		least = h.session.least
	}
	h.earned.Promise(now, m.paidParams(h.sold, least))
}

// ripen makes waiting requests paid ones for which enough is earned by now.
func (m *Market) ripen(now unit.Instant) {
	for s := m.sale.ripe.top(); s != nil && s.work.ripe <= now; s = m.sale.ripe.top() {
		m.reclassify(now, s)
	}
}

// reclassify puts a free request that waits where it belongs by now.
func (m *Market) reclassify(now unit.Instant, s *Session) {
	m.dequeue(s)
	m.classify(now, s)
	m.enqueue(s)
}

// promote looks again what becomes of a free request that waits: its client may have units by
// now, or have earned enough.
func (m *Market) promote(now unit.Instant, s *Session) {
	if s.state == waiting && s.work.free && (s.paid(now) || s.work.ripe != 0) {
		m.reclassify(now, s)
	}
}
