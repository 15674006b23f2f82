package pay

import (
	"context"
	"slices"
	"sync"
)

// gate lets so many in at a time, and clients in turn: one that wants in a thousand times gets in as often as one that
// wants in once. Nobody is let in past somebody who waits.
type gate struct {
	mu    sync.Mutex
	free  int
	lines map[Address]*line
	turns []*line // those with somebody in it, next one first
}

// line is one client's.
type line struct {
	client  Address
	waiting []chan struct{} // closed when its owner is let in
}

func newGate(places int) *gate { return &gate{free: places, lines: map[Address]*line{}} }

// enter waits to be let in. Whoever was, leaves.
func (g *gate) enter(ctx context.Context, client Address) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	g.mu.Lock()
	if g.free > 0 {
		g.free--
		g.mu.Unlock()
		return nil
	}
	in := make(chan struct{})
	g.join(client, in)
	g.mu.Unlock()
	select {
	case <-in:
		return nil
	case <-ctx.Done():
	}
	g.mu.Lock()
	gone := g.quit(client, in)
	g.mu.Unlock()
	if !gone { // it was let in meanwhile
		g.leave()
	}
	return ctx.Err()
}

func (g *gate) join(client Address, in chan struct{}) {
	l := g.lines[client]
	if l == nil {
		l = &line{client: client}
		g.lines[client] = l
		g.turns = append(g.turns, l)
	}
	l.waiting = append(l.waiting, in)
}

// quit takes somebody out of the line, and reports whether it was in it.
func (g *gate) quit(client Address, in chan struct{}) bool {
	l := g.lines[client]
	if l == nil {
		return false
	}
	i := slices.Index(l.waiting, in)
	if i < 0 {
		return false
	}
	l.waiting = slices.Delete(l.waiting, i, i+1)
	if len(l.waiting) == 0 {
		g.turns = slices.DeleteFunc(g.turns, func(o *line) bool { return o == l })
		delete(g.lines, client)
	}
	return true
}

// leave lets the next one in.
func (g *gate) leave() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if len(g.turns) == 0 {
		g.free++
		return
	}
	l := g.turns[0]
	g.turns[0] = nil
	g.turns = g.turns[1:]
	close(l.waiting[0])
	l.waiting = l.waiting[1:]
	if len(l.waiting) > 0 {
		g.turns = append(g.turns, l)
	} else {
		delete(g.lines, l.client)
	}
}
