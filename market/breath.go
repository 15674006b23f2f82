package market

import "github.com/candela-les/candela/unit"

// breathSpan is how long free requests are served at a stretch while there are paid
// clients: so long, and no longer, may it take until a paid request is noticed.
const breathSpan = 150 * unit.Microsecond

// breath interrupts free service. That paid requests come first is of no use while they
// have not been read: a process that always has something to do may look at its
// connections late. So now and then nothing free begins until the caller has looked.
type breath struct {
	used  unit.Span // of free service since the last one
	held  bool      // until Breathed
	since unit.Instant
}

// outOfBreath reports whether no free request may begin, and sees to it that one may
// soon.
func (m *Market) outOfBreath(now unit.Instant) bool {
	if !m.breath.held && m.breath.used >= breathSpan && m.payers > 0 {
		m.breath.held, m.breath.since = true, now
		m.emit(Effect{Action: Breathe})
	}
	return m.breath.held
}

// Breathed follows Breathe.
func (m *Market) Breathed(now unit.Instant) {
	m.breath = breath{}
	m.advance(now)
	m.dispatch(now)
}

// countPayers counts the connected clients that have units.
func (m *Market) countPayers() {
	m.payers = 0
	for _, h := range m.holders {
		if h.session != nil && h.have > 0 {
			m.payers++
		}
	}
}
