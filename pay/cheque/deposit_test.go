package cheque_test

import (
	"context"
	"errors"
	"strings"
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

// stopped is a sender that does not send what a test does not want it to.
type stopped struct {
	watch.Doer
	stop func(name string) bool
}

var errStopped = errors.New("the test wants it")

func (s *stopped) Do(ctx context.Context, name string, build watch.Build) (watch.Mined, error) {
	if s.stop != nil && s.stop(name) {
		return watch.Mined{}, errStopped
	}
	return s.Doer.Do(ctx, name, build)
}

// elsewhere is another server that takes chequebooks of the same factory.
func (w *world) elsewhere() pay.Payee {
	w.T.Helper()
	to := w.Server.Payee()
	info, err := cheque.DecodeInfo(to.Info)
	if err != nil {
		w.T.Fatal(err)
	}
	info.Beneficiary = pay.Address(w.Key("another server").Address())
	to.Info = info.Encode()
	return to
}

// closed closes a channel by its payer alone.
func (w *world) closed(c *paytest.Client, id pay.Hash) {
	w.T.Helper()
	for range 2 { // prepare; decrease and withdraw
		w.Must("closing", func(ctx context.Context) error { return c.Payer.Close(ctx, id, nil) })
		w.Later(timeout)
		c.Look()
	}
	if b, err := c.Payer.Balance(w.T.Context(), id); err != nil || !b.Closed {
		w.T.Fatalf("having closed, channel %x is %+v, %v", id, b, err)
	}
}

// An old cheque to one server can be cashed out of what is transferred for another: so nothing is, and the other channel, which is of no more use, can be
// closed. What was not yet locked for it is locked in another chequebook.
func TestNothingForOldCheques(t *testing.T) {
	w := newWorld(t, nil, nil)
	c := w.NewClient(1000)
	ch := w.opened(c, 300)
	if _, err := c.Pay(t.Context(), ch, 100); err != nil {
		t.Fatal(err)
	}
	to := w.elsewhere()
	other, err := w.open(c, "other", to, 200)
	if err != nil {
		t.Fatal(err)
	}
	third := to
	info, err := cheque.DecodeInfo(to.Info)
	if err != nil {
		t.Fatal(err)
	}
	info.Beneficiary = pay.Address(w.Key("a third server").Address())
	third.Info = info.Encode()
	_, err = w.open(c, "third", third, 600)
	w.refused("opening with more than there is", err, pay.Uncovered)

	w.closed(c, ch.ID)
	err = w.While(func(ctx context.Context) error { return c.Payer.Increase(ctx, other.ID, unit.NewAmount(400)) })
	w.refused("locking more beside an old cheque", err, pay.Expired)
	if c.Has() != unit.NewAmount(800) {
		t.Errorf("200 are locked, and the client has %s of 1000", c.Has())
	}
	opened, err := w.open(c, "third", third, 600)
	if err != nil || bookOf(t, opened) == bookOf(t, other) {
		t.Errorf("%v; the third server is paid out of the chequebook whose cheque is old", err)
	}
	w.closed(c, other.ID)
	if c.Has() != unit.NewAmount(400) {
		t.Errorf("600 are locked, and the client has %s of 1000", c.Has())
	}
}

// If an old cheque takes what was transferred before that is set aside, it is given up: the channel takes deposits again, and can be closed.
func TestTransferTakenByOldCheque(t *testing.T) {
	for _, closes := range []bool{false, true} {
		hold := &stopped{}
		w := newWorld(t, nil, func(cfg *cheque.PayerConfig) { cfg.Sender, hold.Doer = hold, cfg.Sender })
		c := w.NewClient(1000)
		ch := w.opened(c, 300)
		if _, err := c.Pay(t.Context(), ch, 100); err != nil {
			t.Fatal(err)
		}
		other, err := w.open(c, "other", w.elsewhere(), 200)
		if err != nil {
			t.Fatal(err)
		}
		increase := func() error {
			return w.While(func(ctx context.Context) error { return c.Payer.Increase(ctx, other.ID, unit.NewAmount(350)) })
		}
		hold.stop = func(name string) bool { return strings.Contains(name, "set aside") }
		if err := increase(); !errors.Is(err, errStopped) {
			t.Fatalf("it is not set aside: %v", err)
		}
		hold.stop = nil
		w.closed(c, ch.ID)
		w.Server.Look()
		if _, err := w.Server.Collect(true); err != nil {
			t.Error(err)
		}
		if got := w.Server.Got(); got != unit.NewAmount(100) {
			t.Errorf("the server has got %s", got)
		}
		c.Look()
		if !closes {
			w.refused("setting aside what is gone", increase(), pay.Expired)
			if err := increase(); err != nil {
				t.Errorf("locking it once more: %v", err)
			}
			if b, err := c.Payer.Balance(t.Context(), other.ID); err != nil || b.Deposit != unit.NewAmount(350) {
				t.Errorf("%+v, %v", b, err)
			}
		}
		w.closed(c, other.ID)
		if c.Has() != unit.NewAmount(900) {
			t.Errorf("100 were cashed, and the client has %s of 1000", c.Has())
		}
	}
}
