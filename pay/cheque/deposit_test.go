package cheque_test

import (
	"context"
	"errors"
	"testing"

	ethereum "github.com/ethereum/go-ethereum"

	"github.com/candela-les/candela/contracts/bind"
	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/cheque"
	"github.com/candela-les/candela/pay/paytest"
	"github.com/candela-les/candela/pay/watch"
	"github.com/candela-les/candela/unit"
)

// More than there is cannot be locked. That is said together with what can be, is not stuck to, and keeps nothing from being closed.
func TestNoTokens(t *testing.T) {
	w := newWorld(t, nil, nil)
	c := w.NewClient(500)
	to := w.Server.Payee()
	_, err := w.open(c, "first", to, 600)
	if r := w.refused("opening with more than there is", err, pay.Uncovered); r.Most != unit.NewAmount(500) {
		t.Errorf("%s could be locked", r.Most)
	}
	c.Start()
	ch, err := w.open(c, "first", to, 400)
	if err != nil || c.Has() != unit.NewAmount(100) {
		t.Fatalf("opening with less: %v; the client has %s", err, c.Has())
	}
	increase := func(total uint64) error {
		return w.While(func(ctx context.Context) error { return c.Payer.Increase(ctx, ch.ID, unit.NewAmount(total)) })
	}
	if r := w.refused("locking more than there is", increase(600), pay.Uncovered); r.Most != unit.NewAmount(500) {
		t.Errorf("up to %s could be locked", r.Most)
	}
	w.Mint(c.Funds.Address(), 50)
	if err := increase(550); err != nil || c.Has() != (unit.Amount{}) {
		t.Errorf("locking what there is: %v; the client has %s", err, c.Has())
	}
	if _, _, err := c.Payer.Promise(t.Context(), ch.ID, unit.NewAmount(300)); err != nil {
		t.Error(err)
	}
	w.refused("locking more than there is", increase(600), pay.Uncovered)
	for range 2 {
		w.Must("closing", func(ctx context.Context) error { return c.Payer.Close(ctx, ch.ID, nil) })
		w.Later(timeout)
		c.Look()
	}
	if c.Has() != unit.NewAmount(550) {
		t.Errorf("having closed, the client has %s of 550", c.Has())
	}

	_, err = w.open(c, "second", to, 600)
	if r := w.refused("opening another one with more than there is", err, pay.Uncovered); r.Most != unit.NewAmount(550) {
		t.Errorf("%s could be locked", r.Most)
	}
}

// A transfer into the chequebook that was mined, and was taken to be displaced because the provider did not know it, is not made again.
func TestTransferDisplacedInError(t *testing.T) {
	w := newWorld(t, nil, nil)
	c := w.NewClient(1000)
	ch := w.opened(c, 100)
	increase := func() error {
		return w.While(func(ctx context.Context) error { return c.Payer.Increase(ctx, ch.ID, unit.NewAmount(300)) })
	}
	c.Node.Set(func(_ context.Context, method string) error {
		if method == "TransactionReceipt" {
			return ethereum.NotFound
		}
		return nil
	})
	if err := increase(); !isDisplaced(err) {
		t.Fatalf("a transfer that the provider does not know: %v", err)
	}
	c.Node.Set(nil)

	// It never turns up again.
	live, err := c.Disk.LiveSent(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	lost := 0
	for _, s := range live {
		if s.State == watch.Displaced {
			lost++
			s.Raw = nil
			if err := c.Disk.PutSent(t.Context(), s, false); err != nil {
				t.Fatal(err)
			}
		}
	}
	if lost != 1 {
		t.Fatalf("%d transactions are taken to be displaced", lost)
	}
	c.Start()
	if err := increase(); err != nil {
		t.Fatal(err)
	}
	if c.Has() != unit.NewAmount(700) {
		t.Errorf("300 of 1000 are set aside, and the client has %s", c.Has())
	}
	token := bind.NewTestToken()
	in, err := token.UnpackBalanceOf(w.Read(w.Token, token.PackBalanceOf(bookOf(t, ch))))
	if err != nil || unit.NearestAmount(in) != unit.NewAmount(300) {
		t.Errorf("%v are in the chequebook, %v", in, err)
	}
}

func isDisplaced(err error) bool {
	var displaced *watch.DisplacedError
	return errors.As(err, &displaced)
}

// Whoever transfers dust to a chequebook does not have its owner pay for gas, nor keep its channel open.
func TestDustInBook(t *testing.T) {
	for name, c := range map[string]struct{ dust, has uint64 }{"dust": {1, 200}, "something": {0, 201}} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, nil, func(cfg *cheque.PayerConfig) { cfg.Dust = unit.NewAmount(c.dust) })
			client := w.NewClient(500)
			ch := w.opened(client, 300)
			if _, err := client.Pay(t.Context(), ch, 300); err != nil {
				t.Fatal(err)
			}
			if _, err := w.Server.Collect(true); err != nil {
				t.Fatal(err)
			}
			w.Mint(bookOf(t, ch), 1)
			w.Mine(paytest.Confirmations + 1)
			client.Look()
			w.Must("closing", func(ctx context.Context) error { return client.Payer.Close(ctx, ch.ID, nil) })
			if b, err := client.Payer.Balance(t.Context(), ch.ID); err != nil || !b.Closed || client.Has() != unit.NewAmount(c.has) {
				t.Errorf("%+v, %v; the client has %s, not %d", b, err, client.Has(), c.has)
			}
		})
	}
}
