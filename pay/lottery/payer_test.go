package lottery_test

import (
	"context"
	"crypto/rand"
	"errors"
	"testing"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/lottery"
	"github.com/candela-les/candela/pay/lottery/lotterytest"
	"github.com/candela-les/candela/pay/paytest"
	"github.com/candela-les/candela/unit"
)

func paying(c *paytest.Client) (pay.Payer, error) { return lottery.NewPayer(payerConfig(c)) }

func payerConfig(c *paytest.Client) lottery.PayerConfig {
	return lottery.PayerConfig{
		Session: c.Session, Sender: c.Sender, Watcher: c.Watcher, Reader: c.Node, Notes: c.NotesOf(), Random: rand.Reader,
		Contracts: []pay.Address{contractAt},
	}
}

// A client opens, pays until it has won and lost, tops up whenever a winner is taken, and takes back what is left: what the payee has is what was
// drawn, to the last base unit. Both sides are restarted in between.
func TestPayer(t *testing.T) {
	w := paytest.NewWorld(t, paytest.Method{Alloc: alloc(), Provider: providing(0), Payer: paying, Delay: lottery.Delay})
	c := w.NewClient(100 * face)
	var id pay.Hash
	var opening []byte
	w.Must("opening", func(ctx context.Context) (err error) {
		id, opening, err = c.Payer.Open(ctx, "a name", w.Server.Payee(), unit.NewAmount(2*face))
		return err
	})
	client := pay.Address(c.Session.Address())
	agree := func() pay.Standing {
		w.Server.Look()
		s, err := w.Server.Cashier.Establish(t.Context(), client, lottery.Method, opening)
		if err == nil {
			err = c.Payer.Agree(t.Context(), id, opening, s)
		}
		if err != nil {
			t.Fatalf("agreeing: %v", err)
		}
		return s
	}
	agree()
	const wanted = 40 * credit
	for range 400 {
		at := agree().Cumulative
		if at.Cmp(unit.NewAmount(wanted)) >= 0 {
			break
		}
		want, _ := at.Add(unit.NewAmount(credit))
		promise, _, err := c.Payer.Promise(t.Context(), id, want)
		var r *pay.Refusal
		if err == nil {
			c.Start() // it has noted what it signed
			again, _, failed := c.Payer.Promise(t.Context(), id, want)
			if failed != nil || string(again) != string(promise) {
				t.Fatalf("after a restart another promise is made (%v)", failed)
			}
			_, err = w.Server.Cashier.Promise(t.Context(), client, id, promise)
		}
		switch {
		case errors.As(err, &r) && r.Reason == pay.Uncovered:
			if _, err := w.Server.Collect(true); err != nil {
				t.Fatal(err)
			}
			b, err := c.Payer.Balance(t.Context(), id)
			if err != nil {
				t.Fatal(err)
			}
			w.Must("topping up", func(ctx context.Context) error {
				return c.Payer.Increase(ctx, id, b.Deposit.Plus(unit.NewAmount(face)))
			})
			w.Server.Start()
			c.Look()
		case err != nil:
			t.Fatal(err)
		}
	}
	if s := agree(); s.Cumulative.Cmp(unit.NewAmount(wanted)) < 0 {
		t.Fatalf("only %s were ever accepted", s.Cumulative)
	}
	if _, err := w.Server.Collect(true); err != nil {
		t.Fatal(err)
	}
	w.Must("warning", func(ctx context.Context) error { return c.Payer.Close(ctx, id, nil) })
	w.Later(lottery.Delay)
	c.Look()
	for range 10 {
		w.Must("withdrawing", func(ctx context.Context) error { return c.Payer.Close(ctx, id, nil) })
		if b, err := c.Payer.Balance(t.Context(), id); err != nil || b.Closed {
			break
		}
		w.Mine(1)
		c.Look()
	}
	b, err := c.Payer.Balance(t.Context(), id)
	if sum, _ := w.Server.Got().Add(c.Has()); err != nil || !b.Closed || sum != unit.NewAmount(100*face) {
		t.Errorf("closed: %+v (%v); the payee has %s, the client %s", b, err, w.Server.Got(), c.Has())
	}
	if _, low := w.Server.Got().Words(); low%face != 0 {
		t.Errorf("the payee has %d", low)
	}
}

// A seller that names a contract of its own gets nothing: neither a lock, nor an allowance.
func TestContractNotTrusted(t *testing.T) {
	w := paytest.NewWorld(t, paytest.Method{Alloc: alloc(), Provider: providing(0), Payer: paying, Delay: lottery.Delay})
	c := w.NewClient(10 * face)
	to := w.Server.Payee()
	info, err := lottery.DecodeInfo(to.Info)
	if err != nil {
		t.Fatal(err)
	}
	info.Contract[0]++
	to.Info = info.Encode()
	err = w.While(func(ctx context.Context) error {
		_, _, err := c.Payer.Open(ctx, "a name", to, unit.NewAmount(2*face))
		return err
	})
	var r *pay.Refusal
	if !errors.As(err, &r) || r.Reason != pay.WrongChain {
		t.Errorf("a channel of a contract that nobody trusts: %v", err)
	}
	if notes, err := c.Notes.All(t.Context()); err != nil || len(notes) > 0 || c.Has() != unit.NewAmount(10*face) {
		t.Errorf("%d channels are noted (%v), and %s are left", len(notes), err, c.Has())
	}
}

// Whoever waits for the chain keeps nobody from a channel's note; and what was read in a block is not read there again.
func TestChainIsSlow(t *testing.T) {
	o := newOpened(t, paytest.Method{}, 10*face, 3*face)
	o.agree()
	o.Look()
	if _, err := o.promise(credit); err != nil {
		t.Fatal(err)
	}
	before := o.Node.Count("CallContractAtHash")
	for i := range uint64(3) {
		if _, err := o.promise((2 + i) * credit); err != nil {
			t.Fatal(err)
		}
	}
	if again := o.Node.Count("CallContractAtHash") - before; again > 6 { // the series in use is asked for since the first promise
		t.Errorf("in the same block the chain is asked %d times", again)
	}
	o.w.Mine(1)
	o.Look()
	asked, answer := make(chan struct{}, 1), make(chan struct{})
	o.Node.Set(func(_ context.Context, method string) error {
		if method != "CallContractAtHash" {
			return nil
		}
		select {
		case asked <- struct{}{}:
		default:
		}
		<-answer
		return nil
	})
	done := make(chan error, 1)
	go func() {
		_, _, err := o.Payer.Promise(context.WithoutCancel(t.Context()), o.id, unit.NewAmount(5*credit))
		done <- err
	}()
	<-asked
	if _, err := o.promise(4 * credit); err != nil { // it was made before
		t.Error(err)
	}
	close(answer)
	if err := <-done; err != nil {
		t.Error(err)
	}
}

// A channel that was agreed about when notes were lost has no name, and nobody knows whose it is, until it is opened by its name again.
func TestAgreedWithoutNote(t *testing.T) {
	o := newOpened(t, paytest.Method{}, 10*face, 3*face)
	o.agree()
	o.Notes.Lose()
	o.agree()
	if err := o.open(3 * face); err != nil {
		t.Fatal(err)
	}
	all, err := o.Notes.All(t.Context())
	if err != nil || len(all) != 1 || all[0].Name != "a name" || all[0].To.Seller != o.w.Server.Payee().Seller || len(all[0].To.Info) == 0 {
		t.Errorf("%+v, %v", all, err)
	}
	if o.Has() != unit.NewAmount(7*face) {
		t.Errorf("of 10 faces 3 are locked, and %s are left", o.Has())
	}
}

// Tickets that draw more than they count for, by more than a hundredth, are not signed: what a server may be given would be exceeded by that.
func TestRounding(t *testing.T) {
	const half = 1<<63 - 1
	for _, c := range []struct {
		face, ratio uint64
		taken       bool
	}{
		{20, half, true},                  // 10
		{21, half, false},                 // 10.5
		{99, half, false},                 // 49.5 for 49
		{101, half, true},                 // 50.5 for 50
		{100, (1<<64-1)/50 + 1, true},     // 2 and next to nothing
		{100, (1<<64-1)/100*2 - 1, false}, // 2 but for next to nothing, which counts as 1
	} {
		o := newOpened(t, paytest.Method{
			Provider: lotterytest.ProvidingBy(lottery.Odds{Face: unit.NewAmount(c.face), Ratio: c.ratio}, 0),
		}, 1000, 500)
		s, err := o.w.Server.Cashier.Establish(t.Context(), o.Address(), lottery.Method, o.opening)
		if err != nil {
			t.Fatal(err)
		}
		err = o.Payer.Agree(t.Context(), o.id, o.opening, s)
		var r *pay.Refusal
		if taken := err == nil; taken != c.taken || !taken && (!errors.As(err, &r) || r.Reason != pay.Malformed) {
			t.Errorf("face %d, ratio %d: %v", c.face, c.ratio, err)
		}
	}
}
