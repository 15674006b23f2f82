package market

import "github.com/candela-les/candela/unit"

// activity says how fast free buffers recharge: as
// if those of them that ask at all had the capacity to themselves. Who is served is decided
// by the queue and not by who happens to have buffer, so they may well recharge more
// than there is.
type activity struct {
	busy  int    // free sessions that have asked in this second
	boost uint64 // recharge in thousandths of what is promised
}

// generous is how much more than the capacity the buffers of free clients together
// recharge.
const generous = 2

// ask counts a session among those that ask at the moment.
func (m *Market) ask(s *Session) {
	if !s.busy && (s.holder == nil || s.holder.have == 0) {
		s.busy = true
		m.activity.busy++
	}
}

// recount begins a new second.
func (m *Market) recount() {
	promised := m.freeRecharge.Mul(uint64(max(m.activity.busy, 1)))
	left := m.capacity.Mul(generous * 1000)
	m.activity.boost = max(uint64(left/max(promised, 1)), 1000)
	m.activity.busy = 0
	for _, s := range m.sessions {
		s.busy = false
	}
}

// boost brings the rate of a free session's buffer up to date. One whose units were
// taken back is not boosted while it is served as paid: what it was promised has to
// suffice, for it comes before others.
func (m *Market) boost(now unit.Instant, s *Session) {
	if !s.paid(now) {
		s.account.SetBoost(now, m.activity.boost)
	}
}
