package market

import (
	"math"

	"github.com/candela-les/candela/unit"
)

// activity says how fast free buffers recharge: as
// if those of them that ask at all had the capacity to themselves. Who is served is decided
// by the queue and not by who happens to have buffer, so they may well recharge more
// than there is.
//
// Those of one address share what the root of their number is worth, as their penalties
// do: were each counted alike, many names behind one address would leave nobody else
// buffer enough to ask for his part.
type activity struct {
	alone float64 // recharge of one behind an address of its own, in thousandths of what is promised
}

// generous is how much more than the capacity the buffers of free clients together
// recharge.
const generous = 2

// ask counts a session among those that ask at the moment.
func (m *Market) ask(s *Session) {
	if !s.busy && (s.holder == nil || s.holder.units() == 0) {
		s.busy = true
		s.group.busy++
	}
}

// recount begins a new second.
func (m *Market) recount() {
	parts := 0.0
	for _, in := range m.groups.list {
		in.asked, in.busy = in.busy, 0
		parts += math.Sqrt(float64(in.asked))
	}
	m.activity.alone = generous * 1000 * float64(m.capacity) / (float64(max(m.freeRecharge, 1)) * max(parts, 1))
	for _, s := range m.sessions {
		s.busy = false
	}
}

// boost brings the rate of a free session's buffer up to date. One whose units were
// taken back is not boosted while it is served as paid: what it was promised has to
// suffice, for it comes before others.
func (m *Market) boost(now unit.Instant, s *Session) {
	if !s.paid(now) {
		s.account.SetBoost(now, uint64(m.activity.alone/math.Sqrt(float64(max(s.group.asked, 1)))))
	}
}
