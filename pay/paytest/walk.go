package paytest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/candela-les/candela/unit"
)

// walks is how many random walks a liar takes, and steps how long each is.
const (
	walks = 16
	steps = 20
)

// clientWalks: whatever a client does with its keys, in whatever order, over reorganizations and as time goes by, the server has in the
// end what was used, but for its credit. It does what a server does by itself: it collects when it is told that somebody leaves.
func clientWalks(w *World) {
	t, ok := w.T.(*testing.T)
	if !ok {
		return
	}
	for seed := range uint64(walks) {
		if testing.Short() && seed%4 != 0 {
			continue
		}
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) {
			l := newLiar(NewWorld(t, w.Method), seed)
			for range steps {
				l.step()
			}
			l.end()
		})
	}
}

// liar is a client that lies at random.
type liar struct {
	*Client
	w        *World
	ch       Channel
	rand     *rand.Rand
	deposit  uint64 // of all times
	promised unit.Amount
	used     unit.Amount
	handed   [][]byte // by Settle
	told     int64    // alarms that were answered
	accepted int
	did      []string
}

const liarHas = 10_000

func newLiar(w *World, seed uint64) *liar {
	l := &liar{Client: w.NewClient(liarHas), w: w, rand: rand.New(rand.NewPCG(seed, 1)), deposit: 3000}
	w.Mine(2 * Confirmations) // so that its funds are not what is reorganized
	l.ch = l.open(l.deposit)
	return l
}

// forgetful makes a payer that has the keys, and no notes that would keep it from anything.
func (l *liar) forgetful() *Client {
	l.w.T.Helper()
	c := &Client{process: l.process, Funds: l.Funds, Session: l.Session, Notes: newNotes(), Line: l.Line}
	var err error
	if c.Payer, err = l.w.Method.Payer(c); err != nil {
		l.w.T.Fatal(err)
	}
	// It has to know of the channel.
	if err := l.w.While(func(ctx context.Context) error {
		_, _, err := c.Payer.Open(ctx, "first", l.w.Server.Payee(), unit.Amount{})
		return err
	}); err != nil {
		l.w.T.Fatal(err)
	}
	return c
}

// try does something that may fail, within a few seconds.
func (l *liar) try(do func(ctx context.Context) error) {
	l.w.T.Helper()
	_ = l.w.While(func(ctx context.Context) error {
		ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
		defer cancel()
		return do(ctx)
	})
}

func (l *liar) step() {
	l.w.T.Helper()
	what := []struct {
		name string
		do   func()
	}{
		{"promises", l.promise},
		{"promises", l.promise},
		{"promises", l.promise},
		{"promises", l.promise},
		{"promises", l.promise},
		{"promises", l.promise},
		{"promises", l.promise},
		{"locks more", func() {
			l.deposit += 1 + l.rand.Uint64N(500)
			l.try(func(ctx context.Context) error {
				return l.forgetful().Payer.Increase(ctx, l.ch.ID, unit.NewAmount(l.deposit))
			})
		}},
		{"withdraws", func() {
			l.try(func(ctx context.Context) error { return l.forgetful().Payer.Close(ctx, l.ch.ID, nil) })
		}},
		{"settles", func() {
			if s, err := l.Line.Settle(l.w.T.Context(), l.ch.ID); err == nil {
				l.handed = append(l.handed, s.Data)
			}
		}},
		{"uses what it was handed", func() {
			if len(l.handed) > 0 {
				data := l.handed[l.rand.IntN(len(l.handed))]
				l.try(func(ctx context.Context) error { return l.forgetful().Payer.Close(ctx, l.ch.ID, data) })
			}
		}},
		{"waits", func() { l.w.Later(l.w.Method.Delay / 4) }},
		{"waits for blocks", func() { l.w.Mine(1 + l.rand.IntN(2*Confirmations)) }},
		{"is reorganized", func() { l.w.Back(1 + l.rand.Uint64N(Confirmations)) }},
		{"has the server start anew", l.w.Server.Start},
	}
	a := what[l.rand.IntN(len(what))]
	l.did = append(l.did, a.name)
	a.do()
	l.w.Server.Look()
	l.Look()
	if alarms := l.w.Server.Alarms.Load(); alarms != l.told {
		l.told = alarms
		if _, err := l.w.Server.Collect(false); err != nil {
			l.w.T.Logf("having done %v, it is collected: %v", l.did, err)
		}
	}
}

// promise promises some amount, and uses at once what it is credited.
func (l *liar) promise() {
	n := unit.NewAmount(1 + l.rand.Uint64N(2*l.deposit))
	if l.rand.IntN(4) > 0 {
		n, _ = l.promised.Add(unit.NewAmount(1 + l.rand.Uint64N(l.deposit/4)))
	}
	a, err := l.Line.Promise(l.w.T.Context(), l.ch.ID, l.w.Method.Forge(l.Client, l.ch, n))
	if err != nil {
		return
	}
	if !a.Credited.IsZero() {
		l.accepted++
	}
	l.promised = a.Cumulative
	used := l.w.Server.Book.Spend(l.Address(), a.Credited)
	l.used, _ = l.used.Add(used)
}

// end has the client take what it can get, and then the server collect; and compares.
func (l *liar) end() {
	l.w.T.Helper()
	l.w.Server.Start() // it looks at everything, and is told of everybody who leaves
	if _, err := l.w.Server.Collect(false); err != nil {
		l.w.T.Logf("collecting: %v", err)
	}
	for range 3 {
		l.try(func(ctx context.Context) error { return l.forgetful().Payer.Close(ctx, l.ch.ID, nil) })
		l.w.Server.Look()
		if alarms := l.w.Server.Alarms.Load(); alarms != l.told {
			l.told = alarms
			if _, err := l.w.Server.Collect(false); err != nil {
				l.w.T.Logf("collecting: %v", err)
			}
		}
		l.w.Later(l.w.Method.Delay)
		l.Look()
	}
	if _, err := l.w.Server.Collect(true); err != nil {
		l.w.T.Logf("collecting: %v", err)
	}
	got := l.w.Server.Got()
	if lost, _ := l.used.Sub(got); lost.Cmp(l.w.Method.Credit) > 0 {
		l.w.T.Errorf("a client that has used %s has paid %s, having done %v", l.used, got, l.did)
	}
	if got.Cmp(l.used) > 0 {
		l.w.T.Errorf("a client that has used all it was credited, %s, has paid %s, having done %v", l.used, got, l.did)
	}
	l.w.T.Logf("%d promises accepted, %s used, %s paid: %v", l.accepted, l.used, got, l.did)
}
