package market

import (
	"math"
	"slices"

	"github.com/candela-les/candela/unit"
)

// The correlation penalty says how much a free client was in the way of others: each
// request adds what it may cost times what was queued when it came. Who asks when
// nobody else does pays nothing, who asks when everybody does pays most. It decays, so
// that only the recent past counts.
//
// Names are free, so a client's penalty alone would be no penalty. Clients are
// grouped by the address that they come from, and a group weighs as the root of the sum
// of the squares of its members' penalties:
//   - one client behind an address: as much as its own;
//   - n clients behind one address that ask alike: √n times one of them. Each of many
//     users of one NAT waits longer than a user with an address of his own, but not
//     n times as long, and an attacker with n names behind one address gets 2n/(1+√n)
//     shares, which is less than 2√n, and not n;
//   - names that ask for nothing change nothing.
//
// What a client leaves behind stays with its group, and whoever comes next from there
// takes it over: hanging up is no way out. It does not help against an attacker with
// many addresses, who is as many clients as those.

// halfLife is how long a penalty takes to fall to half.
const halfLife = 10 * unit.Second

// rescaleAt bounds the factor by which penalties are kept inflated. Its square, times
// any sum of squares, must be far from the largest float64.
const rescaleAt = 1 << 60

// Group is where clients come from: an address, as the caller counts them. Clients of
// the zero Group are each alone.
type Group string

// group is the clients of one address.
type group struct {
	name    Group
	members int     // sessions
	squares float64 // Σ penalty² of members, inflated
	// left and leftSquares are the same sums of those that have gone.
	left, leftSquares float64
	index             int // in groups.list
	busy, asked       int // free sessions that have asked in this second, and in the last
}

// groups keeps the penalties. All are inflated by 2^(t/halfLife), so that nothing has
// to be touched for them to decay.
type groups struct {
	byName map[Group]*group
	list   []*group // the same, for going through them in an order
	most   int      // that are kept without members
	origin unit.Instant
}

func newGroups(now unit.Instant, places int) groups {
	return groups{byName: make(map[Group]*group), most: 4*places + 16, origin: now}
}

// inflation is the factor of what is added now.
func (g *groups) inflation(now unit.Instant) float64 {
	return math.Exp2(float64(now.Since(g.origin)) / float64(halfLife))
}

// enter adds a session to its group, and gives it what one of those that have left
// left behind: their mean, weighted by itself.
func (g *groups) enter(s *Session, name Group) {
	in := g.byName[name]
	if in == nil {
		in = &group{name: name, index: len(g.list)}
		g.list = append(g.list, in)
		if name != "" {
			g.byName[name] = in
		}
	}
	s.group = in
	in.members++
	if in.left > 0 {
		s.penalty = min(in.leftSquares/in.left, in.left)
		in.left = max(in.left-s.penalty, 0)
		in.leftSquares = max(in.leftSquares-s.penalty*s.penalty, 0)
		in.squares += s.penalty * s.penalty
	}
}

// leave takes a session out of its group; its penalty stays.
func (g *groups) leave(s *Session) {
	in := s.group
	in.members--
	in.squares = max(in.squares-s.penalty*s.penalty, 0)
	in.left += s.penalty
	in.leftSquares += s.penalty * s.penalty
	if in.members == 0 && (in.name == "" || in.left == 0) {
		g.remove(in)
	}
}

func (g *groups) remove(in *group) {
	last := len(g.list) - 1
	g.list[in.index] = g.list[last]
	g.list[in.index].index = in.index
	g.list[last] = nil
	g.list = g.list[:last]
	if in.name != "" {
		delete(g.byName, in.name)
	}
}

// add raises a session's penalty.
func (g *groups) add(now unit.Instant, s *Session, cost, queued unit.Cost) {
	before := s.penalty
	s.penalty += float64(cost) * float64(queued) * g.inflation(now)
	s.group.squares += s.penalty*s.penalty - before*before
}

// rank is what free requests are ordered by: the lowest is served first.
func (s *Session) rank() float64 { return s.penalty + math.Sqrt(s.group.squares+s.group.leftSquares) }

// sweep forgets groups that nobody is in any more: the ones with next to no penalty,
// and the lightest if there are too many. It reports whether penalties were rescaled.
func (g *groups) sweep(now unit.Instant, sessions []*Session) (rescaled bool) {
	factor := g.inflation(now)
	empty := 0
	for _, in := range slices.Backward(g.list) { // remove moves one that was seen
		switch {
		case in.members > 0:
		case in.left/factor < forgotten:
			g.remove(in)
		default:
			empty++
		}
	}
	for ; empty > g.most; empty-- {
		g.removeLightest()
	}
	if factor < rescaleAt {
		return false
	}
	for _, in := range g.list {
		in.squares /= factor * factor
		in.left /= factor
		in.leftSquares /= factor * factor
	}
	for _, s := range sessions {
		s.penalty /= factor
	}
	g.origin = now
	return true
}

// forgotten is a penalty that is as good as none: of 1 ms of work that found 1 ms of
// work before it.
const forgotten = 1e12

func (g *groups) removeLightest() {
	var lightest *group
	for _, in := range g.list {
		if in.members == 0 && (lightest == nil || in.left < lightest.left) {
			lightest = in
		}
	}
	if lightest != nil {
		g.remove(lightest)
	}
}
