package devp2p

import (
	"net"
	"net/netip"
	"slices"
	"sync"
	"time"
)

// gate is the table of connections that are not peers yet. It decides who is shaken
// hands with next and, when the table is full, who has to go. It keeps nothing of
// a connection that has left it, so that there is nothing to fill up: fairness is
// among those that are here at the same time.
//
//   - Groups (networks, see groupOf) take turns, however many of a group wait.
//   - Who is turned out is of the group that has the most, and there the one that
//     has been waiting longest: first one that no handshake was spent on.
type gate struct {
	most int // connections

	mu struct {
		sync.Mutex
		entries int
		groups  map[netip.Prefix]*group
		turns   []*group // those with somebody ready, next one first
		work    chan struct{}
	}
}

// group is what is here of one network.
type group struct {
	prefix  netip.Prefix
	entries []*entry // oldest first
	ready   []*entry // those whose first message is here, in the order it came
}

// entry is one connection that is not a peer yet.
type entry struct {
	conn    net.Conn
	arrived time.Time
	group   *group
	shaking bool

	turn chan struct{} // closed when it is this one's turn
	out  chan struct{} // closed when it is turned out
}

func newGate(most int) *gate {
	g := &gate{most: most}
	g.mu.groups = make(map[netip.Prefix]*group)
	g.mu.work = make(chan struct{}, 1)
	return g
}

// enter takes a connection in. If that is one too many, another one is turned out: it
// has left the table, and is for the caller to close.
func (g *gate) enter(conn net.Conn, now time.Time) (e, evicted *entry) {
	e = &entry{conn: conn, arrived: now, turn: make(chan struct{}), out: make(chan struct{})}
	prefix := groupOf(conn.RemoteAddr())
	g.mu.Lock()
	defer g.mu.Unlock()
	in := g.mu.groups[prefix]
	if in == nil {
		in = &group{prefix: prefix}
		g.mu.groups[prefix] = in
	}
	e.group = in
	in.entries = append(in.entries, e)
	g.mu.entries++
	if g.mu.entries > g.most {
		evicted = g.victim()
		g.remove(evicted)
		close(evicted.out)
	}
	return e, evicted
}

// victim chooses who has to go.
func (g *gate) victim() *entry {
	var worst *entry
	for _, in := range g.mu.groups {
		e := in.first()
		if worst == nil || len(in.entries) > len(worst.group.entries) ||
			len(in.entries) == len(worst.group.entries) && e.arrived.Before(worst.arrived) {
			worst = e
		}
	}
	return worst
}

// first is whom a group can do without best.
func (in *group) first() *entry {
	for _, e := range in.entries {
		if !e.shaking {
			return e
		}
	}
	return in.entries[0]
}

// leave takes a connection out of the table, if it is still in it.
func (g *gate) leave(e *entry) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.remove(e)
}

func (g *gate) remove(e *entry) {
	in := e.group
	at := slices.Index(in.entries, e)
	if at < 0 {
		return
	}
	in.entries = slices.Delete(in.entries, at, at+1)
	g.mu.entries--
	g.unready(e)
	if len(in.entries) == 0 {
		delete(g.mu.groups, in.prefix)
	}
}

func (g *gate) unready(e *entry) {
	in := e.group
	at := slices.Index(in.ready, e)
	if at < 0 {
		return
	}
	in.ready = slices.Delete(in.ready, at, at+1)
	if len(in.ready) > 0 {
		return
	}
	if at := slices.Index(g.mu.turns, in); at >= 0 {
		g.mu.turns = slices.Delete(g.mu.turns, at, at+1)
	}
}

// ready says that a connection has sent what a handshake needs.
func (g *gate) ready(e *entry) {
	g.mu.Lock()
	defer g.mu.Unlock()
	in := e.group
	if !slices.Contains(in.entries, e) {
		return // turned out meanwhile
	}
	in.ready = append(in.ready, e)
	if len(in.ready) == 1 {
		g.mu.turns = append(g.mu.turns, in)
	}
	select {
	case g.mu.work <- struct{}{}:
	default: // is told already
	}
}

// next gives the turn to a connection, if there is one. It is of the group that has
// not had one for longest.
func (g *gate) next() (e *entry, ok bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if len(g.mu.turns) == 0 {
		return nil, false
	}
	in := g.mu.turns[0]
	e = in.ready[0]
	e.shaking = true
	g.unready(e)
	if len(in.ready) > 0 {
		g.mu.turns = append(g.mu.turns[1:], in)
	}
	close(e.turn)
	return e, true
}

// waits reports whether somebody is ready.
func (g *gate) waits() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return len(g.mu.turns) > 0
}

// size is how many connections there are, of how many groups, and how many of them
// wait for their turn.
func (g *gate) size() (entries, groups, ready int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, in := range g.mu.turns {
		ready += len(in.ready)
	}
	return g.mu.entries, len(g.mu.groups), ready
}
