package market

import (
	"fmt"
	"math"
	"testing"

	"github.com/candela-les/candela/unit"
)

// newTown makes a world with two workers and nothing but free clients.
func newTown(t *testing.T, clients ...*client) *world {
	w := newWorld(t, Config{
		Capacity: 1_800_000, Workers: 2, Places: 200, FirstGap: unit.Second, Seed: 3, Settings: DefaultSettings(),
	})
	for i, c := range clients {
		c.w, c.least = w, 20*ms
		if c.name == "" {
			c.name = fmt.Sprint("client", i)
		}
		w.after(w.random.span(unit.Second), c.connect)
	}
	return w
}

// greedy is a client that always has so many requests under way.
func greedy(from Group, pipeline int) *client {
	return &client{from: from, pipeline: pipeline, want: priced(4*ms, 2, 400, 800)}
}

func many(n int, from Group, pipeline int) (list []*client) {
	for range n {
		list = append(list, greedy(from, pipeline))
	}
	return list
}

// n names behind one address get 2n/(1+√n) times as much as an honest client of another
// address that wants just as much: ranks are alike when (1+√n) of their penalties are two
// of its own.
func TestNamesBehindOneAddress(t *testing.T) {
	for _, n := range []int{1, 4, 25, 100} {
		one := greedy("home", 8)
		crowd := many(n, "crowd", 8)
		w := newTown(t, append([]*client{one}, crowd...)...)
		w.run(20 * unit.Second)
		mine, theirs := one.served, sumServed(crowd)
		w.run(60 * unit.Second)
		mine, theirs = one.served-mine, sumServed(crowd)-theirs
		ratio := float64(theirs) / float64(mine)
		want := 2 * float64(n) / (1 + math.Sqrt(float64(n)))
		t.Logf("%d names get %.1f times as much as one, by rule %.1f", n, ratio, want)
		if ratio > 1.1*want || ratio < want/1.1 {
			t.Errorf("%d names get %.1f times as much as one, by rule %.1f", n, ratio, want)
		}
		if one.stopped > 0 {
			t.Errorf("the one was stopped %d times", one.stopped)
		}
	}
}

// A client that asks now and then is answered at once while another one asks for all
// there is.
func TestModestBesideBusy(t *testing.T) {
	busy := many(10, "", 16)
	modest := &client{pipeline: 1, want: priced(4*ms, 2, 400, 800)}
	w := newTown(t, append([]*client{modest}, busy...)...)
	w.run(10 * unit.Second)
	before := *modest
	for range 100 {
		modest.idle = false
		modest.pump()
		modest.idle = true
		w.run(200 * unit.Millisecond)
	}
	if n := modest.answered - before.answered; n < 99 || modest.stopped > 0 {
		t.Errorf("%d of 100 answered, stopped %d times", n, modest.stopped)
	}
}

// Who comes again under a new name is where he was.
func TestNewNamesDoNotHelp(t *testing.T) {
	steady := many(10, "", 8)
	for i, c := range steady {
		c.from = Group(fmt.Sprint("home", i))
	}
	churns := greedy("mill", 8)
	churns.renames = true
	w := newTown(t, append([]*client{churns}, steady...)...)
	w.run(10 * unit.Second)
	mine, theirs := churns.served, sumServed(steady)
	for range 300 {
		w.run(100 * unit.Millisecond)
		churns.leave(unit.Millisecond)
	}
	mine, theirs = churns.served-mine, sumServed(steady)-theirs
	if got := 10 * float64(mine) / float64(theirs); got > 1 {
		t.Errorf("who changes his name gets %.2f of what others get", got)
	}
}
