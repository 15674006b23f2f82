package market

import (
	"slices"

	"github.com/candela-les/candela/unit"
)

// Bounds of what a client that finds no place is told to wait.
const (
	minRetry = unit.Second
	maxRetry = 10 * 60 * unit.Second
	// gapWeight is the weight of one departure in the mean of the gaps between them.
	gapWeight = 8
	// maxWaiting is how many refused clients are counted as waiting for a place.
	maxWaiting = 256
)

// places estimates when a place comes free. It knows how often clients have left,
// and how many were sent away and will be back.
type places struct {
	first   unit.Span // the gap that is assumed while none is known
	gap     unit.Span // decaying mean of the gaps between departures, 0 for unknown
	last    unit.Instant
	waiting []unit.Instant // when refused clients are due, ascending
}

// left takes in that a client gave its place back.
func (p *places) left(now unit.Instant) {
	gap := now.Since(p.last)
	p.last = now
	if p.gap == 0 {
		p.gap = max(gap, 1)
		return
	}
	p.gap = max(p.gap+(gap-p.gap)/gapWeight, 1)
}

// wait estimates how long it takes until there is a place for one more client. If
// nobody has left for longer than usual, that will probably go on.
func (p *places) wait(now unit.Instant) unit.Span {
	gap := p.first
	if p.gap != 0 {
		gap = max(p.gap, now.Since(p.last))
	}
	for len(p.waiting) > 0 && p.waiting[0] <= now {
		p.waiting = p.waiting[1:]
	}
	turn := unit.Span(len(p.waiting) + 1)
	if gap > maxRetry/turn {
		return maxRetry
	}
	return max(gap*turn, minRetry)
}

// refuse returns what a client is told that finds no place: longer by up to a half, so
// that those who were told the same do not come back together. It counts as waiting
// until then.
func (p *places) refuse(now unit.Instant, r *random) unit.Span {
	wait := p.wait(now)
	wait += r.span(wait / 2)
	due := now.Add(wait)
	at, _ := slices.BinarySearch(p.waiting, due)
	p.waiting = slices.Insert(p.waiting, at, due)
	if len(p.waiting) > maxWaiting {
		p.waiting = p.waiting[:maxWaiting]
	}
	return wait
}

// Vacancy is how many places are taken and how many there are, and when to come if
// none is left.
func (m *Market) Vacancy(now unit.Instant) (taken, total int, retryAfter unit.Span) {
	taken, total = min(len(m.sessions), m.cfg.Places), m.cfg.Places
	if taken == total {
		retryAfter = m.places.wait(now)
		retryAfter += m.random.span(retryAfter / 2)
	}
	return taken, total, retryAfter
}

// makeRoom sends a client away for one that has a better claim to its place: one with
// a grant, or one from an address that has fewer places than another. It reports
// whether there was one to send away.
//
// So names behind one address cannot take all places from the rest: places go to
// addresses first.
func (m *Market) makeRoom(now unit.Instant, name Group, granted bool) bool {
	least := 0 // members that a group must have to lose one
	if !granted {
		least = 2
		if in := m.groups.byName[name]; in != nil && name != "" {
			least = in.members + 2
		}
	}
	var worst *Session
	going := 0
	for _, s := range m.sessions {
		switch {
		case s.dropped:
			going++
		case s.holder != nil && s.holder.keeps() || s.group.members < least:
		case worst == nil || moreCrowded(s, worst):
			worst = s
		}
	}
	// Each goes only once, and until it has gone there is one more than there are places.
	// Clients with a grant do not wait for those who are slow to go.
	switch {
	case granted && len(m.sessions)-going < m.cfg.Places:
		return true
	case worst == nil, !granted && len(m.sessions)-m.cfg.Places >= maxLeaving:
		return false
	}
	m.drop(now, worst, 0)
	return true
}

// maxLeaving is how many sessions may be on their way out while others have come in
// their place.
const maxLeaving = 16

// moreCrowded orders the sessions that may lose their place: of the group with most
// members, the one with the highest penalty, then the latest.
func moreCrowded(a, b *Session) bool {
	if a.group.members != b.group.members {
		return a.group.members > b.group.members
	}
	if a.penalty != b.penalty {
		return a.penalty > b.penalty
	}
	return a.joined > b.joined
}
