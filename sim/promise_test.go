package sim

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/candela-les/candela/unit"
)

// winner is an account that has units.
func winner(t *testing.T, s *seller) *deposit {
	t.Helper()
	for i := range s.accounts {
		if s.accounts[i].units > 0 {
			return &s.accounts[i]
		}
	}
	t.Fatal("nobody has won")
	return nil
}

// A broken promise is noticed, whichever it is.
func TestABrokenPromiseIsNoticed(t *testing.T) {
	for name, harm := range map[string]func(t *testing.T, w *world){
		"a unit is told that nobody won": func(t *testing.T, w *world) { winner(t, w.sellers[0]).units++ },
		"a unit is counted twice":        func(_ *testing.T, w *world) { w.sellers[0].sold++ },
		"a unit without a bid":           func(t *testing.T, w *world) { winner(t, w.sellers[0]).bids = false },
		"paid requests are dropped":      func(_ *testing.T, w *world) { w.sellers[0].view.is.PaidServed-- },
		"answers take too long":          func(_ *testing.T, w *world) { w.sellers[0].view.is.Paid99 = 1.01 * promised },
		"more is sold than there is for sale": func(t *testing.T, w *world) {
			s := w.sellers[0]
			more := uint8(s.auction.Curve().Units + 1 - s.sold)
			winner(t, s).units += more
			s.sold += uint64(more)
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := played(t)
			now := w.sellers[0].auction.Now()
			if err := w.checkPromises(now); err != nil {
				t.Fatal(err)
			}
			harm(t, w)
			if err := w.checkPromises(now); !errors.Is(err, ErrPromise) {
				t.Errorf("not noticed: %v", err)
			}
		})
	}
}

// Who is proven a cheat and has charged what it should is a fault; a suspicion is none, nor is proof against one that takes too
// much.
func TestFalseProofIsNoticed(t *testing.T) {
	for _, tt := range []struct {
		name   string
		proven bool
		tax    uint64
		want   error
	}{
		{"proven", true, 0, ErrPromise}, {"suspected", false, 0, nil}, {"a cheat", true, 1, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := played(t)
			w.scenario.Servers[0].Tax = tt.tax
			w.clients[7].left = &departure{server: 0, reason: errors.New("dear"), proven: tt.proven}
			if err := w.checkLeft(); !errors.Is(err, tt.want) {
				t.Error(err)
			}
		})
	}
}

// A fault ends a run at the next sample, with what there is until then.
func TestAFaultEndsTheRun(t *testing.T) {
	for name, tt := range map[string]struct {
		harm func(w *world)
		want error
	}{
		"money":   {func(w *world) { w.sellers[1].books.fee(1) }, ErrMoney},
		"promise": {func(w *world) { w.sellers[1].capacity /= 10 }, ErrPromise},
	} {
		t.Run(name, func(t *testing.T) {
			sc := read(t, "scenarios/small.yaml", 10)
			sc.Span, sc.WarmUp = 20*time.Minute, 0
			w, err := newWorld(sc, 1)
			if err != nil {
				t.Fatal(err)
			}
			cfg := Config{Workers: 2, Progress: func(p Point) {
				if p.Seconds == 300 {
					tt.harm(w)
				}
			}}
			if err := w.play(t.Context(), cfg); !errors.Is(err, tt.want) {
				t.Errorf("%v, not %v", err, tt.want)
			}
			r := w.result(1)
			if n := len(r.series); n < 5 || n > 7 {
				t.Errorf("%d samples", n)
			}
		})
	}
}

// Servers that take too much are proven to, by those that check, and nobody else is.
func TestOverchargingIsProven(t *testing.T) {
	sc := read(t, "scenarios/liars.yaml", 20)
	sc.Span, sc.WarmUp, sc.Clients[0].Audit = 15*time.Minute, 5*time.Minute, 2
	r, err := Run(t.Context(), sc, Config{Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Left) == 0 {
		t.Fatal("nobody has left")
	}
	for _, l := range r.Left {
		if l.Proven != (l.Kind == "overcharging") {
			t.Errorf("%+v", l)
		}
	}
}

// A run that is told to end does, and says so.
func TestRunIsInterrupted(t *testing.T) {
	sc := read(t, "scenarios/small.yaml", 10)
	w, err := newWorld(sc, 1)
	if err != nil {
		t.Fatal(err)
	}
	ended := errors.New("ended")
	ctx, cancel := context.WithCancelCause(t.Context())
	err = w.play(ctx, Config{Workers: 1, Progress: func(p Point) {
		if p.Seconds == 120 {
			cancel(ended)
		}
	}})
	if !errors.Is(err, context.Canceled) || len(w.series) != 2 {
		t.Errorf("%v after %d samples", err, len(w.series))
	}
}

// Nothing that is left on an account is held back when all is over.
func TestAllIsPaidBack(t *testing.T) {
	w := played(t)
	if err := w.end(unit.Instant(w.scenario.Span), Config{Workers: 1}); err != nil {
		t.Fatal(err)
	}
	var paid, charged, refunded uint64
	for i := range w.clients {
		c := &w.clients[i]
		paid, charged, refunded = paid+c.paid, charged+c.charged, refunded+c.refunded
	}
	for _, s := range w.sellers {
		if s.books.held != 0 {
			t.Errorf("server %d holds %d", s.index, s.books.held)
		}
	}
	if paid == 0 || paid != charged+refunded {
		t.Errorf("paid %d, charged %d, refunded %d", paid, charged, refunded)
	}
}
