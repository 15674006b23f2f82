package paytest

import (
	"context"
	"errors"
	"time"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/unit"
)

// reorgOfOpening: a deposit that a reorganization drops is locked again, once; and while it is not there, not even for a server that was sure
// of it, nothing can be promised on it.
func reorgOfOpening(w *World) {
	c := w.NewClient(1000)
	before := w.Height()
	var ch Channel
	opening := w.begin(func(ctx context.Context) (err error) {
		ch, err = c.Open(ctx, "first", 300)
		return err
	})
	w.until("the deposit is in the chain", func() bool { return c.Has() == unit.NewAmount(700) })
	w.Back(1)
	if err := opening.end(); err != nil {
		w.T.Fatalf("opening over a reorganization: %v", err)
	}
	c.has(700)
	c.pay(ch, 100, 100)

	c.Node.Set(down)
	w.BackTo(before) // deeper than anybody allows for
	c.has(1000)
	w.Server.Look()
	_, err := c.Pay(w.T.Context(), ch, 200)
	w.refused("paying on a deposit that is gone", err, pay.Uncovered)
	c.Node.Set(nil)
	w.until("the deposit is in the chain again", func() bool { return c.Has() == unit.NewAmount(700) })
	w.until("the server is sure of it", func() bool { // other transactions may have to come again, too
		c.Look()
		w.Server.Look()
		s, err := c.Line.Increase(w.T.Context(), ch.ID)
		return err == nil && s.Cover.Cmp(unit.NewAmount(300)) >= 0
	})
	c.pay(ch, 200, 100)
	c.use(200)
	c.end(ch, 1000, 200, 200)
}

// reorgOfIncrease: what is locked in addition counts once it is sure, and not while a reorganization may drop it.
func reorgOfIncrease(w *World) {
	c := w.NewClient(1000)
	ch := c.open(300)
	c.pay(ch, 300, 300) // so that promises of chances find nothing left, either
	increasing := w.begin(func(ctx context.Context) error { return c.Increase(ctx, ch, 600) })
	w.until("the deposit is in the chain", func() bool { return c.Has() == unit.NewAmount(400) })
	unsure := func() {
		w.T.Helper()
		w.Server.Look()
		s, err := c.Line.Increase(w.T.Context(), ch.ID)
		if err != nil || s.Cover != unit.NewAmount(300) {
			w.T.Errorf("a deposit of 300 with 300 more that are not sure covers %s (%v)", s.Cover, err)
		}
		_, err = c.Line.Promise(w.T.Context(), ch.ID, w.Method.Forge(c, ch, unit.NewAmount(5000)))
		w.refused("promising on a deposit that is not sure", err, pay.Uncovered)
	}
	unsure()
	w.Back(1)
	unsure()
	if err := increasing.end(); err != nil {
		w.T.Fatalf("locking more over a reorganization: %v", err)
	}
	c.has(400)
	c.pay(ch, 600, 300)
}

// reorgOfClosing: a client that takes its deposit back is seen at once, and what it has promised is collected, whether the chain
// drops the closing or not; and a closing by consent that is dropped comes again.
func reorgOfClosing(w *World) {
	c := w.NewClient(1000)
	ch := c.open(600)
	c.pay(ch, 500, 500)
	c.use(500)
	closing := w.begin(func(ctx context.Context) error { return c.Payer.Close(ctx, ch.ID, nil) })
	w.until("the closing is seen", func() bool { return w.Server.closing(ch) })
	_, err := c.Line.Promise(w.T.Context(), ch.ID, w.Method.Forge(c, ch, unit.NewAmount(600)))
	var refused *pay.Refusal
	if !errors.As(err, &refused) || refused.Reason != pay.Closing && refused.Reason != pay.Uncovered {
		w.T.Errorf("a promise on a deposit that is taken back: %v", err)
	}
	w.Back(1)
	w.Server.Look()
	if err := closing.end(); err != nil {
		w.T.Fatalf("closing over a reorganization: %v", err)
	}
	w.Server.Look()
	if _, err := w.Server.Collect(false); err != nil {
		w.T.Fatalf("collecting from a client that leaves: %v", err)
	}
	c.leaveAlone(ch)
	w.Server.got(500)
	c.has(500)
	if !w.Method.Consent {
		return
	}

	d := w.NewClient(1000)
	ch = d.open(600)
	d.pay(ch, 500, 500)
	d.use(200)
	settling := w.begin(func(ctx context.Context) error {
		_, err := d.Settle(ctx, ch)
		return err
	})
	w.until("the deposit has come back", func() bool { return d.Has() == unit.NewAmount(800) })
	w.Back(1)
	if err := settling.end(); err != nil {
		w.T.Fatalf("closing by consent over a reorganization: %v", err)
	}
	w.Server.collect()
	d.has(800)
	w.Server.got(700)
}

// closing reports whether the server sees that a channel is being closed.
func (s *Server) closing(ch Channel) bool {
	s.w.T.Helper()
	s.Look()
	e, ok, err := s.Book.Entry(s.w.T.Context(), s.Provider.Method(), ch.ID)
	if err != nil || !ok {
		s.w.T.Fatalf("the ledger has no channel %x: %v", ch.ID, err)
	}
	on, err := s.Provider.Look(s.w.T.Context(), e)
	if err != nil {
		s.w.T.Fatal(err)
	}
	return on.ClosingS != 0
}

// reorgOfCollection: what a reorganization drops is collected again, also when the server was sure of it; and nothing twice.
func reorgOfCollection(w *World) {
	c := w.NewClient(1000)
	ch := c.open(600)
	c.pay(ch, 500, 500)
	c.use(500)
	before := w.Height()
	collecting := w.begin(func(ctx context.Context) error {
		_, err := w.Server.Collector.Pass(ctx, w.Server.Provider.Method(), true)
		return err
	})
	w.until("the money is there", func() bool { return w.Server.Got() == unit.NewAmount(500) })
	w.Back(1)
	if err := collecting.end(); err != nil {
		w.T.Fatalf("collecting over a reorganization: %v", err)
	}
	w.Server.got(500)
	w.BackTo(before) // deeper than the server allows for
	w.until("the money is there again", func() bool { return w.Server.Got() == unit.NewAmount(500) })
	w.Mine(Confirmations + 1)
	w.Server.collect()
	w.Server.got(500)
}

// errDown: a provider does not answer.
var errDown = errors.New("the provider does not answer")

func down(context.Context, string) error { return errDown }

// serverBlind: a server that does not see the chain takes no promises, and says so; what was paid for can be used; and when it
// sees again everything goes on.
func serverBlind(w *World) {
	c := w.NewClient(1000)
	ch := c.open(600)
	c.pay(ch, 100, 100)
	w.Server.Node.Set(down)
	w.Wait(Stale + time.Minute)
	_, err := c.Pay(w.T.Context(), ch, 200)
	w.refused("paying a server that does not see the chain", err, pay.Stale)
	c.use(100)
	w.Server.Node.Set(nil)
	w.Mine(1)
	w.Server.Look()
	c.pay(ch, 200, 100)

	// It begins while the chain is not seen.
	w.Server.stop()
	w.Server.Node.Set(down)
	w.Server.startBlind()
	_, err = c.Pay(w.T.Context(), ch, 300)
	w.refused("paying a server that has not seen the chain yet", err, pay.Stale)
	w.Server.Node.Set(nil)
	w.until("the server sees", func() bool { return w.Server.Watcher.Fresh(w.Server.Now()) == nil })
	w.Server.Look()
	c.pay(ch, 300, 100)
}

// clientBlind: a client that does not see the chain can still pay with what is locked; what it could not do it does later, once.
func clientBlind(w *World) {
	c := w.NewClient(1000)
	ch := c.open(300)
	c.Node.Set(down)
	c.pay(ch, 300, 300)
	ctx, cancel := context.WithTimeout(w.T.Context(), 100*time.Millisecond)
	defer cancel()
	if err := c.Payer.Increase(ctx, ch.ID, unit.NewAmount(500)); err == nil {
		w.T.Error("more is locked, without the chain")
	}
	c.Node.Set(nil)
	c.Look()
	c.increase(ch, 500)
	c.has(500)
	c.pay(ch, 500, 200)
}

// serverSilent: a client whose server does not answer any more closes without it, and has lost nothing but what it has promised.
func serverSilent(w *World) {
	c := w.NewClient(1000)
	ch := c.open(600)
	c.pay(ch, 100, 100)
	c.Line.Silent = func(string) bool { return true }
	if _, err := c.Pay(w.T.Context(), ch, 200); !errors.Is(err, errSilent) {
		w.T.Errorf("paying a server that is silent: %v", err)
	}
	w.Must("closing", func(ctx context.Context) error { return c.Payer.Close(ctx, ch.ID, nil) })
	w.Server.collect()
	c.leaveAlone(ch)
	c.has(900)
	w.Server.got(100)
}

// clockSkew: clocks that are wrong by weeks make nobody lose anything. What is due when is the chain's business. Only a server whose
// clock is ahead takes no promises, for it can not tell whether it sees the chain.
func clockSkew(w *World) {
	const weeks = 40 * 24 * time.Hour
	c := w.NewClient(1000)
	c.Skew, w.Server.Skew = weeks, -weeks
	c.Start()
	w.Server.Start()
	ch := c.open(300)
	c.pay(ch, 100, 100)
	c.Skew, w.Server.Skew = -weeks, weeks
	_, err := c.Pay(w.T.Context(), ch, 200)
	w.refused("paying a server whose clock is ahead", err, pay.Stale)
	w.Server.Skew = 0
	w.Mine(1)
	w.Server.Look()
	c.pay(ch, 200, 100)
	c.increase(ch, 400)
	c.use(200)
	c.end(ch, 1000, 200, 200)
}
