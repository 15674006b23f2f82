package pool

import (
	"time"
)

// Next returns what is to be done now, and for how long there will be nothing more
// to do unless something happens; the wait is never longer than a minute.
func (p *Pool) Next(now time.Time) (actions []Action, wait time.Duration) {
	wait = fresh
	later := func(at time.Time) { wait = min(wait, max(at.Sub(now), time.Millisecond)) }
	if !p.Hungry() {
		return nil, wait
	}
	for _, id := range p.order {
		s := p.known[id]
		switch {
		case s.state != idle:
		case p.restsUntil(s).After(now):
			later(p.restsUntil(s))
		case p.wantsAsk(now, s) && p.asking < MaxAsking:
			s.state, s.asked = asking, now
			p.asking++
			actions = append(actions, Action{Ask, id})
		}
	}
	for p.Hungry() {
		s, at := p.best(now)
		if s == nil {
			if !at.IsZero() {
				later(at)
			}
			break
		}
		s.state = visited
		p.visited++
		actions = append(actions, Action{Visit, s.id})
	}
	return actions, wait
}

// Hungry says whether more servers are wanted than are connected or being tried.
func (p *Pool) Hungry() bool { return p.visited < p.cfg.Max }

// Visited returns how many servers are connected or being tried.
func (p *Pool) Visited() int { return p.visited }

// restsUntil is when a server may be asked or visited again.
func (p *Pool) restsUntil(s *server) time.Time {
	if _, banned := p.cfg.Standing(s.id); banned.After(s.until) {
		return banned
	}
	return s.until
}

// wantsAsk: it can be asked, and what is known of it is out of date.
func (p *Pool) wantsAsk(now time.Time, s *server) bool {
	return s.talks && s.silent < maxSilent && (s.answer == nil || now.Sub(s.asked) >= fresh)
}

// best returns the server to visit next: one that has a free place, and of these the
// one that is expected to answer fastest. Those whose places are not known come
// last, and only while no answer is awaited. If there is one but it is too early,
// best returns when to look again.
func (p *Pool) best(now time.Time) (best *server, at time.Time) {
	for _, id := range p.order {
		if s := p.known[id]; s.state == asking && now.Sub(s.asked) < settle {
			return nil, s.asked.Add(settle)
		}
	}
	var bestUnknown bool
	var bestExpected time.Duration
	for _, id := range p.order {
		s := p.known[id]
		if s.state != idle || p.restsUntil(s).After(now) || p.wantsAsk(now, s) {
			continue
		}
		unknown := s.answer == nil
		if unknown && p.asking > 0 {
			continue
		}
		expected, _ := p.cfg.Standing(id)
		switch {
		case best == nil, bestUnknown && !unknown, bestUnknown == unknown && expected < bestExpected:
			best, bestUnknown, bestExpected = s, unknown, expected
		}
	}
	return best, time.Time{}
}

// Stats counts the known servers by what they are good for now.
type Stats struct {
	Known   int // all
	Free    int // with a free place
	Full    int // without one
	Visited int // connected or being tried
	// Retry is when the next of the full ones will be asked again; zero if none will.
	Retry time.Time
}

// Stats returns the counts.
func (p *Pool) Stats(now time.Time) Stats {
	st := Stats{Known: len(p.known), Visited: p.visited}
	for _, s := range p.known {
		switch {
		case s.full && s.until.After(now):
			st.Full++
			if st.Retry.IsZero() || s.until.Before(st.Retry) {
				st.Retry = s.until
			}
		case s.state == idle && s.answer != nil:
			st.Free++
		}
	}
	return st
}

// RetryAt returns when a server that is full will be tried again.
func (p *Pool) RetryAt(id ID) (at time.Time, full bool) {
	s, ok := p.known[id]
	if !ok || !s.full {
		return time.Time{}, false
	}
	return s.until, true
}

// Knows says whether the pool remembers a server.
func (p *Pool) Knows(id ID) bool { return p.known[id] != nil }
