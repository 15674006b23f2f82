package paytest

import (
	"bytes"
	"context"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/unit"
)

// clientWithdraws: a client takes everything back of which it has promised most. The server is told at once, and collects in time;
// a client that goes on promising is refused. What the server has lost is at most its credit.
func clientWithdraws(w *World) {
	c := w.NewClient(1000)
	ch := c.open(1000)
	c.pay(ch, 600, 600)
	c.use(600)
	alarms := w.Server.Alarms.Load()
	w.Must("withdrawing", func(ctx context.Context) error { return c.Payer.Close(ctx, ch.ID, nil) })
	w.Server.Look()
	if w.Server.Alarms.Load() == alarms {
		w.T.Error("the server is not told that a client takes its money back")
	}
	for _, n := range []uint64{700, 1000} {
		if _, err := c.Line.Promise(w.T.Context(), ch.ID, w.Method.Forge(c, ch, unit.NewAmount(n))); err == nil {
			w.T.Errorf("a promise of %d on a deposit that is taken back was accepted", n)
		}
	}
	if _, err := w.Server.Collect(false); err != nil {
		w.T.Fatalf("collecting from a client that leaves: %v", err)
	}
	c.leaveAlone(ch)
	w.lost(c, 1000, 600)
}

// clientWithdrawsUnseen: the same, while the server is down, for as long as half of the delay.
func clientWithdrawsUnseen(w *World) {
	c := w.NewClient(1000)
	ch := c.open(1000)
	c.pay(ch, 600, 600)
	c.use(600)
	w.Server.stop()
	w.Must("withdrawing", func(ctx context.Context) error { return c.Payer.Close(ctx, ch.ID, nil) })
	w.Later(w.Method.Delay / 2)
	w.Server.Start()
	if _, err := w.Server.Collect(false); err != nil {
		w.T.Fatalf("collecting from a client that leaves: %v", err)
	}
	c.leaveAlone(ch)
	w.lost(c, 1000, 600)
}

// lost checks that a server has lost no more than its credit of what a client has used, and the client nothing beyond that.
func (w *World) lost(c *Client, had, used uint64) {
	w.T.Helper()
	got := w.Server.Got()
	if lost, _ := unit.NewAmount(used).Sub(got); lost.Cmp(w.Method.Credit) > 0 {
		w.T.Errorf("of %d that were used the server has got %s: it has lost %s, and could lose %s", used, got, lost, w.Method.Credit)
	}
	if sum, _ := got.Add(c.Has()); sum != unit.NewAmount(had) {
		w.T.Errorf("the server has got %s and the client has %s, of %d", got, c.Has(), had)
	}
}

// serverClaimsMore: a server gets no more than was promised to it, whatever it orders, and nothing by another's promise.
func serverClaimsMore(w *World) {
	c := w.NewClient(1000)
	ch := c.open(1000)
	c.pay(ch, 400, 400)
	if w.Method.Once != 0 {
		w.claimsMoreOfChances()
		return
	}
	e, _, err := w.Server.Book.Entry(w.T.Context(), w.Server.Provider.Method(), ch.ID)
	if err != nil {
		w.T.Fatal(err)
	}
	more, other, mangled := e, e, e
	more.Cumulative = unit.NewAmount(900)
	other.ID[0]++
	mangled.Evidence = bytes.Clone(e.Evidence)
	mangled.Evidence[len(mangled.Evidence)-10]++
	for what, order := range map[string]pay.Order{
		"more than was promised": {Entry: more, Total: unit.NewAmount(900)},
		"another channel":        {Entry: other, Total: unit.NewAmount(400)},
		"a mangled promise":      {Entry: mangled, Total: unit.NewAmount(400)},
	} {
		err := w.While(func(ctx context.Context) error { return w.Server.Provider.Collect(ctx, []pay.Order{order}) })
		if err == nil {
			w.T.Errorf("%s was collected", what)
		}
	}
	w.Server.got(0)
	// One that can not be does not hold up the others.
	err = w.While(func(ctx context.Context) error {
		return w.Server.Provider.Collect(ctx, []pay.Order{{Entry: mangled, Total: unit.NewAmount(400)}, {Entry: e, Total: unit.NewAmount(400)}})
	})
	if err == nil {
		w.T.Error("a mangled promise was collected together with a good one")
	}
	w.Server.got(400)
}

// claims are those that the ledger has, and who brings them to the chain.
func (w *World) claims() (pay.Drawer, []pay.OpenClaim) {
	w.T.Helper()
	d, ok := w.Server.Provider.(pay.Drawer)
	claims, err := w.Server.Book.Claims(w.T.Context(), w.Server.Provider.Method(), pay.Hash{}, 100)
	if !ok || err != nil || len(claims) == 0 {
		w.T.Fatalf("no claims to be drawn: %d, %v", len(claims), err)
	}
	return d, claims
}

// claimsMoreOfChances: a server gets nothing by a claim that was changed, and one that can not be drawn does not hold up the others.
func (w *World) claimsMoreOfChances() {
	w.T.Helper()
	d, claims := w.claims()
	draw := func(claims []pay.OpenClaim) (drawn []pay.Drawn, err error) {
		err = w.While(func(ctx context.Context) (err error) {
			drawn, err = d.Draw(ctx, claims, unit.Amount{})
			return err
		})
		return drawn, err
	}
	spoiled := w.Method.Spoil(claims[0].Data)
	for what, data := range spoiled {
		bad := claims[0]
		bad.Data = data
		if drawn, err := draw([]pay.OpenClaim{bad}); err == nil || drawn[0].Done {
			w.T.Errorf("%s was drawn: %+v, %v", what, drawn, err)
		}
	}
	w.Server.got(0)
	all := append([]pay.OpenClaim{}, claims[1:]...)
	for _, data := range spoiled {
		bad := claims[0]
		bad.Data = data
		all = append(all, bad)
	}
	drawn, err := draw(append(all, claims[0]))
	if err == nil {
		w.T.Error("claims that were changed were drawn together with good ones")
	}
	for i, d := range drawn {
		if good := i < len(claims)-1 || i == len(drawn)-1; d.Done != good {
			w.T.Errorf("claim %d is drawn as %+v", i, d)
		}
	}
	w.Server.got(400)
}

// serverCollectsTwice: a promise pays once, however often it is collected.
func serverCollectsTwice(w *World) {
	c := w.NewClient(1000)
	ch := c.open(1000)
	c.pay(ch, 400, 400)
	e, _, err := w.Server.Book.Entry(w.T.Context(), w.Server.Provider.Method(), ch.ID)
	if err != nil {
		w.T.Fatal(err)
	}
	if w.Method.Once != 0 {
		for range 2 {
			d, claims := w.claims()
			w.Must("drawing", func(ctx context.Context) error {
				_, err := d.Draw(ctx, append(claims, claims...), unit.Amount{})
				return err
			})
			w.Server.Start()
		}
		w.Server.got(400)
		return
	}
	for range 2 {
		order := pay.Order{Entry: e, Total: unit.NewAmount(400)}
		w.Must("collecting", func(ctx context.Context) error { return w.Server.Provider.Collect(ctx, []pay.Order{order, order}) })
		w.Server.Start()
	}
	w.Server.got(400)
}

// serverDenies: a server that denies what it has accepted, or invents what was never signed, is found out; the client then closes without
// it, and has lost no more than it had promised.
func serverDenies(w *World) {
	c := w.NewClient(1000)
	ch := c.open(1000)
	first, _, err := c.Payer.Promise(w.T.Context(), ch.ID, unit.NewAmount(100))
	if err != nil {
		w.T.Fatal(err)
	}
	c.pay(ch, 100, 100)
	c.pay(ch, 400, 300)
	w.Must("agreeing", func(ctx context.Context) error { return c.Establish(ctx, ch) })
	lies := map[string]func(*pay.Standing){
		"less was accepted":   func(s *pay.Standing) { s.Cumulative, s.Last = unit.NewAmount(100), first },
		"nothing was":         func(s *pay.Standing) { s.Cumulative, s.Last = unit.Amount{}, nil },
		"more was":            func(s *pay.Standing) { s.Cumulative = unit.NewAmount(500) },
		"more, by the client": func(s *pay.Standing) { s.Cumulative, s.Last[len(s.Last)-5] = unit.NewAmount(500), 7 },
		"another channel":     func(s *pay.Standing) { s.ID[0]++ },
	}
	for what, lie := range lies {
		c.Line.Change = lie
		if err := c.Establish(w.T.Context(), ch); err == nil {
			w.T.Errorf("a server that says that %s is believed", what)
		} else if what == "less was accepted" || what == "nothing was" || what == "more was" {
			w.refused(what, err, pay.Contradicts)
		}
	}
	c.Line.Change = nil
	w.Server.collect()
	c.leaveAlone(ch)
	c.has(600)
	w.Server.got(400)
}
