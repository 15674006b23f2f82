package devp2p

import (
	"fmt"
	"net"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// from is a connection that comes from an address, and nothing else.
type from struct {
	net.Conn
	name string
	ip   net.IP
}

func (f *from) RemoteAddr() net.Addr { return &net.TCPAddr{IP: f.ip} }

func visitor(network, host int) *from {
	return &from{name: fmt.Sprintf("%d.%d", network, host), ip: net.IPv4(203, 0, byte(network), byte(host))} //nolint:gosec // a test's
}

// twin is the gate as its comment has it: one list, looked through each time.
type twin struct {
	most int
	here []*twinEntry // in the order they came
	seq  int
	last map[int]int // when a network's turn was, or when it began to wait
}

type twinEntry struct {
	e       *entry
	network int
	readyAt int // 0 for not
	shaking bool
}

func (w *twin) count(network int) (n int) {
	for _, x := range w.here {
		if x.network == network {
			n++
		}
	}
	return n
}

func (w *twin) victim() *twinEntry {
	var most int
	for _, x := range w.here {
		most = max(most, w.count(x.network))
	}
	// Of each network that has the most, who would go; of those, who came first.
	var worst *twinEntry
	seen := map[int]bool{}
	for _, x := range w.here {
		if w.count(x.network) != most || seen[x.network] {
			continue
		}
		seen[x.network] = true
		goes := w.first(x.network)
		if worst == nil || goes.e.arrived.Before(worst.e.arrived) {
			worst = goes
		}
	}
	return worst
}

func (w *twin) first(network int) *twinEntry {
	var oldest *twinEntry
	for _, x := range w.here {
		if x.network != network {
			continue
		}
		if !x.shaking {
			return x
		}
		if oldest == nil {
			oldest = x
		}
	}
	return oldest
}

func (w *twin) remove(e *entry) *twinEntry {
	at := slices.IndexFunc(w.here, func(x *twinEntry) bool { return x.e == e })
	if at < 0 {
		return nil
	}
	gone := w.here[at]
	w.here = slices.Delete(w.here, at, at+1)
	w.settle(gone.network)
	return gone
}

// settle forgets a network's place in the turns when nobody of it waits.
func (w *twin) settle(network int) {
	for _, x := range w.here {
		if x.network == network && x.waits() {
			return
		}
	}
	delete(w.last, network)
}

func (x *twinEntry) waits() bool { return x.readyAt > 0 && !x.shaking }

func (w *twin) ready(e *entry) {
	for _, x := range w.here {
		if x.e == e && x.readyAt == 0 {
			w.seq++
			x.readyAt = w.seq
			if _, ok := w.last[x.network]; !ok {
				w.last[x.network] = w.seq
			}
		}
	}
}

func (w *twin) next() *twinEntry {
	var best *twinEntry
	for _, x := range w.here {
		if !x.waits() {
			continue
		}
		if best == nil || w.last[x.network] < w.last[best.network] ||
			x.network == best.network && x.readyAt < best.readyAt {
			best = x
		}
	}
	if best != nil {
		best.shaking = true
		w.seq++
		w.last[best.network] = w.seq
		w.settle(best.network)
	}
	return best
}

func TestGateAgainstTwin(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		most := rapid.IntRange(1, 8).Draw(t, "most")
		g := newGate(most)
		w := &twin{most: most, last: map[int]int{}}
		now := time.Unix(0, 0)
		readied := map[*entry]bool{}
		pick := func() *entry {
			if len(w.here) == 0 {
				return nil
			}
			return w.here[rapid.IntRange(0, len(w.here)-1).Draw(t, "which")].e
		}
		for i := range rapid.IntRange(1, 80).Draw(t, "steps") {
			now = now.Add(time.Second)
			switch rapid.SampledFrom([]string{"enter", "enter", "ready", "next", "leave"}).Draw(t, "step") {
			case "enter":
				network := rapid.IntRange(0, 3).Draw(t, "network")
				e, evicted := g.enter(visitor(network, i), now)
				w.here = append(w.here, &twinEntry{e: e, network: network})
				if len(w.here) <= most {
					if evicted != nil {
						t.Fatal("somebody is turned out though there is room")
					}
					continue
				}
				want := w.victim()
				if evicted != want.e {
					t.Fatalf("turned out %v, want %v", evicted.conn.(*from).name, want.e.conn.(*from).name)
				}
				w.remove(want.e)
			case "ready":
				if e := pick(); e != nil && !readied[e] {
					readied[e] = true
					g.ready(e)
					w.ready(e)
				}
			case "next":
				e, ok := g.next()
				want := w.next()
				if ok != (want != nil) || ok && e != want.e {
					t.Fatalf("turn of %+v, want %+v", e, want)
				}
			case "leave":
				if e := pick(); e != nil {
					g.leave(e)
					g.leave(e) // again does nothing
					w.remove(e)
				}
			}
			entries, _, _ := g.size()
			if entries != len(w.here) {
				t.Fatalf("%d in the table, want %d", entries, len(w.here))
			}
		}
		for len(w.here) > 0 {
			g.leave(w.here[0].e)
			w.remove(w.here[0].e)
		}
		if g.mu.entries != 0 || len(g.mu.groups) != 0 || len(g.mu.turns) != 0 {
			t.Fatalf("an empty table keeps %d connections, %d networks, %d turns", g.mu.entries, len(g.mu.groups), len(g.mu.turns))
		}
	})
}

// However many one network sends, another's only connection stays, and is next.
func TestGateIsFair(t *testing.T) {
	g := newGate(100)
	now := time.Unix(0, 0)
	lonely, _ := g.enter(visitor(1, 1), now)
	for i := range 1000 {
		e, evicted := g.enter(visitor(2, i%250), now.Add(time.Duration(i)))
		if evicted == lonely {
			t.Fatal("the only one of its network was turned out")
		}
		g.ready(e)
	}
	g.next()
	g.ready(lonely)
	g.next() // of the crowd, which was here first
	if e, _ := g.next(); e != lonely {
		t.Errorf("it is %v's turn", e.conn.(*from).name)
	}
}
