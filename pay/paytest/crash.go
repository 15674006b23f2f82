package paytest

import (
	"context"
	"fmt"
	"os"
	"testing"

	"github.com/candela-les/candela/unit"
)

// crashEverywhere has one side crash at each of its steps in turn, just before and just after it, in a run that has everything in it;
// start again from what is on its disk; and go on. In the end everybody has exactly what is his.
func crashEverywhere(w *World, side string) {
	t, ok := w.T.(*testing.T)
	if !ok {
		return
	}
	steps := w.runThrough(side, 0, false)
	if steps < 6 {
		t.Fatalf("%d steps are too few to be all", steps)
	}
	for at := 1; at <= steps; at++ {
		for _, after := range []bool{false, true} {
			if rare := !after || testing.Short(); rare && !allCrashes() && (at+len(side))%4 != 0 {
				continue
			}
			when := map[bool]string{false: "before", true: "after"}[after]
			t.Run(fmt.Sprintf("%s step %d", when, at), func(t *testing.T) { NewWorld(t, w.Method).runThrough(side, at, after) })
		}
	}
}

// allCrashes reports whether every crash is wanted. Without it one just before a step is tried for each fourth only: what is on the disks
// is what was there just after the step before it.
func allCrashes() bool { return os.Getenv("CANDELA_CRASHES") == "all" }

// runThrough is a run in which one side crashes at a step; 0: at none. It returns how many steps that side has made.
func (w *World) runThrough(side string, at int, after bool) (steps int) {
	w.T.Helper()
	c := w.NewClient(1000)
	p := map[string]*process{"client": c.process, "server": w.Server.process}[side]
	p.crashAt(at, after)
	var ch Channel
	w.insist("opening", c, func(ctx context.Context) (err error) {
		ch, err = c.Open(ctx, "first", 600)
		return err
	})
	pays := func(n uint64) func(context.Context) error {
		return func(ctx context.Context) error {
			if err := c.Establish(ctx, ch); err != nil {
				return err
			}
			a, err := c.Pay(ctx, ch, n)
			if err == nil && a.Cumulative != unit.NewAmount(n) {
				w.T.Errorf("having promised %d, %s are accepted", n, a.Cumulative)
			}
			return err
		}
	}
	first, used, more, then := uint64(200), uint64(150), uint64(700), uint64(350)
	if once := w.Method.Once; once != 0 { // each promise has steps of its own
		first, used, more, then = 2*once, once, 4*once, once
	}
	w.insist("paying", c, pays(first))
	c.use(used)
	w.insist("locking more", c, func(ctx context.Context) error { return c.Increase(ctx, ch, 900) })
	w.insist("paying more", c, pays(more))
	c.use(then)
	w.insist("collecting what is spent", c, func(ctx context.Context) error {
		_, err := w.Server.Collector.Pass(ctx, w.Server.Provider.Method(), false)
		return err
	})
	paid := used + then
	if w.Method.Consent {
		w.insist("closing by consent", c, func(ctx context.Context) error {
			_, err := c.Settle(ctx, ch)
			return err
		})
	}
	w.insist("collecting", c, func(ctx context.Context) error {
		_, err := w.Server.Collector.Pass(ctx, w.Server.Provider.Method(), true)
		return err
	})
	if !w.Method.Consent {
		paid = more
		for range 4 {
			w.insist("closing", c, func(ctx context.Context) error { return c.Payer.Close(ctx, ch.ID, nil) })
			w.Later(w.Method.Delay)
			c.Look()
		}
	}
	what, crashed := p.crashed()
	if at != 0 && !crashed { // there are a few steps more or less, by how fast blocks come
		w.T.Logf("the %s has not crashed: there was no step %d", side, at)
	}
	defer func() {
		if w.T.Failed() {
			w.T.Logf("the %s crashed when it was to %s", side, what)
		}
	}()
	w.Server.got(paid)
	c.has(1000 - paid)
	p.crash.Lock()
	defer p.crash.Unlock()
	return p.crash.steps
}

// insist does something until it succeeds. Whoever has crashed is started again.
func (w *World) insist(what string, c *Client, do func(context.Context) error) {
	w.T.Helper()
	for tries := 0; ; tries++ {
		g := w.begin(do)
		err := g.endUnless(func() bool { return c.dead.Load() || w.Server.dead.Load() })
		if c.dead.Load() {
			c.Start()
		}
		if w.Server.dead.Load() {
			w.Server.Start()
		}
		if err == nil {
			return
		}
		if tries == 5 {
			at, _ := c.crashed()
			if s, ok := w.Server.crashed(); ok {
				at = s
			}
			w.T.Fatalf("%s fails for good after a crash (%s): %v", what, at, err)
		}
	}
}
