package paytest

import (
	"context"
	"sync"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/unit"
)

// honestRun: a client opens, pays, is served, tops up, pays, is served, and takes back what is left; the server collects in between and in the
// end. Everybody has exactly what is his.
func honestRun(w *World) {
	c := w.NewClient(5000)
	ch := c.open(1000)
	c.pay(ch, 100, 100)
	c.pay(ch, 400, 300)
	c.use(300)
	c.increase(ch, 2000)
	c.pay(ch, 1500, 1100)
	c.use(700)
	if _, err := w.Server.Collect(false); err != nil {
		w.T.Fatalf("collecting what is spent: %v", err)
	}
	if w.Method.Whole {
		w.Server.got(1500)
	} else {
		w.Server.got(1000)
	}
	c.pay(ch, 1700, 200)
	c.use(100)
	if left := c.unspent(); left != unit.NewAmount(600) {
		w.T.Errorf("of what was paid %s are left, and should be 600", left)
	}
	c.end(ch, 5000, 1700, 1100)
}

// end has a client leave that had so many tokens and has promised and used so much, and the server collect; and checks what both have then.
func (c *Client) end(ch Channel, had, promised, used uint64) {
	c.w.T.Helper()
	c.leaveAndCollect(ch)
	paid := promised
	if c.w.Method.Consent {
		paid = used
	}
	c.w.Server.got(paid)
	c.has(had - paid)
}

// leaveAndCollect has the client leave and the server collect what is due.
func (c *Client) leaveAndCollect(ch Channel) {
	c.w.T.Helper()
	if c.w.Method.Consent {
		c.leave(ch)
		c.w.Server.collect()
		return
	}
	c.w.Server.collect()
	c.leaveAlone(ch)
}

// topUp: what is locked later counts, once, and the amounts go on.
func topUp(w *World) {
	c := w.NewClient(1000)
	ch := c.open(100)
	c.pay(ch, 100, 100)
	c.increase(ch, 300)
	c.increase(ch, 300)
	c.increase(ch, 200)
	if b := c.balance(ch); b.Deposit != unit.NewAmount(300) || b.Promised != unit.NewAmount(100) {
		w.T.Errorf("having locked 300 and promised 100, the channel is %+v", b)
	}
	c.pay(ch, 300, 200)
	c.has(700)
}

// depletion: nothing is promised beyond the deposit, and both sides say how much that is. What was paid for is there.
func depletion(w *World) {
	c := w.NewClient(1000)
	ch := c.open(100)
	c.pay(ch, 100, 100)
	_, _, err := c.Payer.Promise(w.T.Context(), ch.ID, unit.NewAmount(101))
	if r := w.refused("promising more than is locked", err, pay.Uncovered); r.Most != unit.NewAmount(100) {
		w.T.Errorf("the client could promise %s", r.Most)
	}
	c.use(100)
	c.increase(ch, 150)
	c.pay(ch, 150, 50)
}

// fewTokens: more than there is cannot be locked. That is said together with what can be, costs no gas, is not stuck to, and keeps nothing from being
// paid and closed.
func fewTokens(w *World) {
	c := w.NewClient(500)
	open := func(deposit uint64) (ch Channel, err error) {
		err = w.While(func(ctx context.Context) (err error) {
			ch, err = c.Open(ctx, "first", deposit)
			return err
		})
		return ch, err
	}
	_, err := open(600)
	if r := w.refused("opening with more than there is", err, pay.Uncovered); r.Most != unit.NewAmount(500) {
		w.T.Errorf("a channel could be opened with %s", r.Most)
	}
	c.Start()
	ch, err := open(400)
	if err != nil {
		w.T.Fatalf("opening with less: %v", err)
	}
	c.has(100)
	refused := func(total, most uint64) {
		w.T.Helper()
		sent := c.sent()
		err := w.While(func(ctx context.Context) error { return c.Payer.Increase(ctx, ch.ID, unit.NewAmount(total)) })
		if r := w.refused("locking more than there is", err, pay.Uncovered); r.Most != unit.NewAmount(most) {
			w.T.Errorf("up to %s could be locked, and that is %d", r.Most, most)
		}
		if n := c.sent() - sent; n > 0 {
			w.T.Errorf("%d transactions are sent to lock what is not there", n)
		}
	}
	refused(600, 500)
	refused(700, 500)
	c.pay(ch, 300, 300)
	c.use(300)
	w.Mint(c.Funds.Address(), 50)
	c.increase(ch, 550)
	c.has(0)
	refused(600, 550)
	c.pay(ch, 400, 100)
	c.use(100)
	c.end(ch, 550, 400, 400)
}

// sent is how many transactions the client has sent by the key that has its tokens.
func (c *Client) sent() uint64 {
	c.w.T.Helper()
	n, err := c.w.Chain.Client().PendingNonceAt(c.w.T.Context(), c.Funds.Address())
	if err != nil {
		c.w.T.Fatal(err)
	}
	return n
}

// severalAtOnce: promises of one channel do not wait for each other, and are credited once in whatever order they come.
func severalAtOnce(w *World) {
	c := w.NewClient(1000)
	ch := c.open(1000)
	var all sync.WaitGroup
	var mu sync.Mutex
	var credited unit.Amount
	for i := uint64(1); i <= 50; i++ {
		all.Go(func() {
			a, err := c.Pay(w.T.Context(), ch, 10*i)
			if err != nil {
				w.T.Errorf("paying %d: %v", 10*i, err)
			}
			mu.Lock()
			defer mu.Unlock()
			credited, _ = credited.Add(a.Credited)
		})
	}
	all.Wait()
	if credited != unit.NewAmount(500) || c.unspent() != unit.NewAmount(500) {
		w.T.Errorf("of 500 that were promised %s were credited, and %s are there", credited, c.unspent())
	}
}

// closedByConsent: all that was not spent is the client's at once, whether it was promised or not; the server can still collect what was,
// and no more; and the channel is over.
func closedByConsent(w *World) {
	c := w.NewClient(1000)
	ch := c.open(800)
	c.pay(ch, 500, 500)
	c.use(200)
	if !w.Method.Consent {
		_, err := c.Line.Settle(w.T.Context(), ch.ID)
		w.refused("settling", err, pay.NoConsent)
		return
	}
	var settled pay.Settled
	w.Must("settling", func(ctx context.Context) (err error) {
		settled, err = c.Settle(ctx, ch)
		return err
	})
	if settled.Spent != unit.NewAmount(200) || settled.Unspent != unit.NewAmount(300) {
		w.T.Errorf("having spent 200 of 500, %+v are settled", settled)
	}
	c.has(800)
	if _, _, err := c.Payer.Promise(w.T.Context(), ch.ID, unit.NewAmount(600)); err == nil {
		w.T.Error("a client promises over a channel that it has closed")
	}
	if _, err := c.Line.Promise(w.T.Context(), ch.ID, w.Method.Forge(c, ch, unit.NewAmount(501))); err == nil {
		w.T.Error("a server accepts a promise over a channel that it has settled")
	}
	// Asked again, after both have been started anew, it is the same.
	w.Server.Start()
	c.Start()
	var again pay.Settled
	w.Must("settling again", func(ctx context.Context) (err error) {
		again, err = c.Settle(ctx, ch)
		return err
	})
	if again.Spent != settled.Spent || again.Unspent != settled.Unspent {
		w.T.Errorf("settled again it is %+v", again)
	}
	w.Server.collect()
	w.Server.got(200)
	w.Server.collect()
	w.Server.got(200)
	c.has(800)
}

// closedAlone: without the server the client gets back what is not claimed, after the delay; and the server, which watches, all that
// was promised.
func closedAlone(w *World) {
	c := w.NewClient(1000)
	ch := c.open(800)
	c.pay(ch, 500, 500)
	w.Must("closing", func(ctx context.Context) error { return c.Payer.Close(ctx, ch.ID, nil) })
	if b := c.balance(ch); b.Closed || b.ClosingS == 0 {
		w.T.Errorf("being closed, the channel is %+v", b)
	}
	w.Server.Look()
	if _, err := w.Server.Collect(false); err != nil {
		w.T.Fatalf("collecting from a client that leaves: %v", err)
	}
	w.Server.got(500)
	c.leaveAlone(ch)
	c.has(500)
	if c.unspent() != unit.NewAmount(500) {
		w.T.Errorf("of 500 that were paid %s are left to be used", c.unspent())
	}
}

// closedByServer: a server that ends collects all that was promised; its clients get the rest without it.
func closedByServer(w *World) {
	c := w.NewClient(1000)
	ch := c.open(800)
	c.pay(ch, 500, 500)
	w.Server.collect()
	w.Server.got(500)
	w.Server.stop()
	c.leaveAlone(ch)
	c.has(500)
}

// openedAgain: who has left can come back, twice, and pays over what it opens then, be that another channel or the one that it had, in which amounts go
// on. While a channel is being closed it is not opened again.
func openedAgain(w *World) {
	c := w.NewClient(3000)
	ch := c.open(500)
	c.pay(ch, 200, 200)
	c.use(200)
	paid := uint64(200)
	if !w.Method.Consent {
		w.Server.collect()
		w.Must("closing", func(ctx context.Context) error { return c.Payer.Close(ctx, ch.ID, nil) })
		_, err := c.Open(w.T.Context(), "first", 500)
		w.refused("opening what is being closed", err, pay.Closing)
	}
	c.end(ch, 3000, paid, paid)
	for _, name := range []string{"second", "third"} {
		c.Start()
		before := ch
		w.Must("opening again", func(ctx context.Context) (err error) {
			ch, err = c.Open(ctx, name, 500)
			return err
		})
		c.has(2500 - paid)
		var promised uint64
		if ch.ID == before.ID {
			promised = paid
		}
		if b := c.balance(ch); b.Closed || b.Deposit != unit.NewAmount(promised+500) || b.Promised != unit.NewAmount(promised) {
			w.T.Errorf("opened as %s the channel is %+v, after %d were promised", name, b, promised)
		}
		c.pay(ch, promised+300, 300)
		c.use(300)
		paid += 300
		c.end(ch, 3000, paid, paid)
	}
	notes, err := c.Notes.All(w.T.Context())
	if err != nil || len(notes) == 0 || notes[len(notes)-1].Name != "third" || notes[len(notes)-1].To.Seller != w.Server.Payee().Seller {
		w.T.Errorf("%+v, %v", notes, err)
	}
}
