package flow

import "github.com/candela-les/candela/unit"

// maxHonoured bounds the older parameters that a Server remembers. Beyond it the
// two oldest are honoured together, which can only favour the client.
const maxHonoured = 8

// Verdict says what becomes of a request that arrived.
type Verdict uint8

const (
	// Accepted: serve it, then call Done with its ticket.
	Accepted Verdict = iota
	// Underrun: its cost exceeds the buffer. The client is now frozen: tell it Stop.
	Underrun
	// Frozen: it came while the client was frozen. Drop it.
	Frozen
)

// Ticket is a request that was accepted and not yet done.
type Ticket struct {
	cost unit.Cost
	sum  unit.Cost // all accepted up to and including this one
}

// honoured are parameters that were replaced and hold a little longer.
type honoured struct {
	Params
	until unit.Instant
}

// Server is a server's account of one client. Make one with NewServer.
type Server struct {
	bucket   bucket
	cover    bucket     // pays for what exceeds its price: up to spare of the limit
	owed     unit.Cost  // of cover, to be given back by what costs less; at most its level
	params   Params     // as last announced
	older    []honoured // ascending in until
	accepted unit.Cost  // sum of the maximum costs of all accepted requests
	boost    uint64     // recharge in thousandths of what is promised, ≥ 1000

	frozen   bool
	thawFrom unit.Instant // frozen at least until then
}

// NewServer returns the account of a client that starts with a full buffer. See
// NewEarning for one that has to earn it.
func NewServer(now unit.Instant, p Params) *Server {
	p = p.bounded()
	s := &Server{params: p, boost: 1000}
	s.bucket.last = now
	s.cover.last = now
	s.apply()
	s.bucket.fill()
	s.cover.fill()
	return s
}

// spare is how much a client may owe beyond its buffer, for requests that turn out to
// cost more than their price.
func spare(limit unit.Cost) unit.Cost { return limit / 4 }

// coverPart is how fast a client that has to earn its buffer is given cover, besides
// what it was promised: one part in so many of its recharge.
const coverPart = 16

// Params returns what was last announced.
func (s *Server) Params() Params { return s.params }

// Value returns the buffer value now.
func (s *Server) Value(now unit.Instant) unit.Cost {
	s.advance(now)
	return s.bucket.value()
}

// FullAt returns when the buffer will have nothing to recharge, if nothing is taken
// from it until then.
func (s *Server) FullAt(now unit.Instant) unit.Instant {
	s.advance(now)
	return now.Add(s.bucket.until(s.bucket.limit))
}

// Accept takes the maximum cost of a request from the buffer. If the buffer is too
// short, the request is not accepted and the client is frozen; see Freeze.
func (s *Server) Accept(now unit.Instant, maxCost unit.Cost) (Ticket, Verdict) {
	if s.frozen {
		return Ticket{}, Frozen
	}
	s.advance(now)
	if maxCost > s.bucket.value() {
		s.Freeze(now)
		return Ticket{}, Underrun
	}
	s.bucket.level -= int64(maxCost)
	// The sum wraps after centuries; only differences of it are used.
	s.accepted += maxCost
	return Ticket{cost: maxCost, sum: s.accepted}, Accepted
}

// Done settles an accepted request and returns the buffer value to report in its
// reply: as if the requests accepted after it had not come yet, because the client
// subtracts those itself.
//
// What the request cost less than its maximum is returned. What it cost more, the
// client owes, as far as it has cover, and the next returns pay that before anything
// goes to the buffer. A client counts on neither, so it notices nothing and is not
// stopped as long as its cover lasts: that is for the hiccups of a machine whose
// prices are right. Beyond it the buffer pays and may go into debt, at most one
// buffer limit deep. The client cannot know, and is stopped when it spends what is
// no longer there: the server broke its word, or the client found work that the
// price is wrong for. So no client ever gets more work done than its buffer, its
// cover and its recharge hold, by more than one request's excess.
func (s *Server) Done(now unit.Instant, t Ticket, realCost unit.Cost) unit.Cost {
	s.advance(now)
	if excess := realCost.Sub(t.cost); excess > 0 {
		covered := min(excess, s.cover.value()-s.owed)
		s.owed += covered
		s.bucket.add(-int64(min(excess-covered, MaxLimit)))
	} else {
		back := t.cost - realCost
		paid := min(back, s.owed)
		s.owed -= paid
		s.bucket.add(int64(back - paid))
	}
	bv := s.bucket.level + int64(s.accepted-t.sum)
	return unit.Cost(max(bv, 0))
}

// Charge takes a cost from the buffer without asking, for what a client made the
// server do outside any accepted request. The buffer may go into debt, at most
// one buffer limit deep.
func (s *Server) Charge(now unit.Instant, cost unit.Cost) {
	s.advance(now)
	s.bucket.add(-int64(min(cost, MaxLimit)))
}

// SetBoost makes the buffer recharge at so many thousandths of the promised rate
// from now on: capacity that nobody else uses. Less than 1000 counts as 1000.
func (s *Server) SetBoost(now unit.Instant, permille uint64) {
	permille = max(permille, 1000)
	if permille != s.boost {
		s.advance(now)
		s.boost = permille
		s.apply()
	}
}

// Update announces new parameters. What grows grows at once, what shrinks is
// honoured for HonourSpan. The buffer value stays; with grant it grows by what
// the limit grew, which is what a client of les/4 takes for given.
func (s *Server) Update(now unit.Instant, p Params, grant bool) {
	s.advance(now)
	p = p.bounded()
	old := s.params
	if p == old {
		return
	}
	s.older = append(s.older, honoured{old, now.Add(HonourSpan)})
	if len(s.older) > maxHonoured {
		s.older[1].Params = s.older[1].atLeast(s.older[0].Params)
		s.older = s.older[:copy(s.older, s.older[1:])]
	}
	s.params = p
	s.apply()
	if grant {
		s.bucket.add(int64(p.Limit.Sub(old.Limit)))
	}
}

// advance brings the bucket to now, stopping where older parameters run out.
func (s *Server) advance(now unit.Instant) {
	for len(s.older) > 0 && s.older[0].until <= now {
		s.bucket.advance(s.older[0].until)
		s.cover.advance(s.older[0].until)
		s.older = s.older[:copy(s.older, s.older[1:])]
		s.apply()
	}
	s.bucket.advance(now)
	s.cover.advance(now)
}

// apply sets the bucket to the most that any parameters still in force promise.
func (s *Server) apply() {
	p := s.params
	for _, o := range s.older {
		p = p.atLeast(o.Params)
	}
	s.bucket.rate = uint64(scaleUp(p.Recharge, s.boost))
	s.bucket.resize(p.Limit)
	s.cover.rate = s.bucket.rate / coverPart
	s.cover.resize(spare(s.params.Limit))
	s.owed = min(s.owed, s.cover.value())
}

// scaleUp returns c · permille / 1000, and never less than c.
func scaleUp(c unit.Cost, permille uint64) unit.Cost {
	return c.Add(c.Mul(permille-1000) / 1000)
}
