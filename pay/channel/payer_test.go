package channel_test

import (
	"context"
	"errors"
	"math/big"
	"sync"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/candela-les/candela/contracts/bind"
	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/channel"
	"github.com/candela-les/candela/pay/eip712"
	"github.com/candela-les/candela/pay/paytest"
	"github.com/candela-les/candela/pay/watch"
)

// isReverted reports whether a contract has not done what was asked of it.
func isReverted(err error) bool {
	_, ok := errors.AsType[*watch.RevertError](err)
	return ok
}

// A payee that does not say who is paid, or wants deposits locked for too long, is not paid.
func TestPayees(t *testing.T) {
	w := paytest.NewWorld(t, method())
	c := w.NewClient(1000)
	good := channel.Info{Receiver: w.Server.Receiver, ReceiverAuthorizer: pay.Address(w.Server.Authorizer.Address()), DelayS: 86400}
	for what, try := range map[string]struct {
		change func(*channel.Info)
		why    pay.Reason
	}{
		"no receiver":    {func(i *channel.Info) { i.Receiver = pay.Address{} }, pay.Malformed},
		"no authorizer":  {func(i *channel.Info) { i.ReceiverAuthorizer = pay.Address{} }, pay.Malformed},
		"a week's delay": {func(i *channel.Info) { i.DelayS = 7 * 86400 }, pay.TooMuch},
	} {
		info, to := good, w.Server.Payee()
		try.change(&info)
		to.Info = info.Encode()
		_, _, err := c.Payer.Open(t.Context(), "a channel", to, amount(100))
		if !isRefused(err, try.why) {
			t.Errorf("%s: %v", what, err)
		}
	}
	to := w.Server.Payee()
	to.Info = []byte{1, 2, 3}
	if _, _, err := c.Payer.Open(t.Context(), "a channel", to, amount(100)); !isRefused(err, pay.Malformed) {
		t.Errorf("an info that is none: %v", err)
	}
	if c.Has() != amount(1000) {
		t.Errorf("%s of 1000 are left", c.Has())
	}
	// A shorter delay than the contract takes is made one that it takes.
	to.Info = (&channel.Info{Receiver: good.Receiver, ReceiverAuthorizer: good.ReceiverAuthorizer, DelayS: 1}).Encode()
	w.Must("opening", func(ctx context.Context) error {
		_, opening, err := c.Payer.Open(ctx, "short", to, amount(100))
		if o, _ := channel.DecodeOpening(opening); o.Config.WithdrawDelayS != channel.LeastDelayS {
			t.Errorf("the delay is %d seconds", o.Config.WithdrawDelayS)
		}
		return err
	})
}

// Promises are in order on disk: what was returned is there, and the highest of all.
func TestPromisesAtOnce(t *testing.T) {
	o := open(t, 1000)
	var all sync.WaitGroup
	for i := uint64(1); i <= 40; i++ {
		all.Go(func() {
			promise, comesTo, err := o.c.Payer.Promise(t.Context(), o.ch.ID, amount(i))
			if err != nil || comesTo.Cmp(amount(i)) < 0 {
				t.Errorf("promised %d, it comes to %s (%v)", i, comesTo, err)
			}
			if p, err := channel.DecodePromise(promise); err != nil || p.Cumulative != comesTo {
				t.Errorf("it says that it comes to %s, and is of %s (%v)", comesTo, p.Cumulative, err)
			}
			note, _, err := o.c.Notes.Load(t.Context(), channel.Method, o.ch.ID)
			if err != nil || note.Promised.Cmp(comesTo) < 0 {
				t.Errorf("%s was handed out, and %s are noted (%v)", comesTo, note.Promised, err)
			}
		})
	}
	all.Wait()
	note, _, err := o.c.Notes.Load(t.Context(), channel.Method, o.ch.ID)
	if err != nil || note.Promised != amount(40) {
		t.Errorf("%s are noted (%v)", note.Promised, err)
	}
}

// Without tokens nothing is locked, and the client can try again.
func TestNoTokens(t *testing.T) {
	o := open(t, 1000)
	err := o.While(func(ctx context.Context) error { return o.c.Payer.Increase(ctx, o.ch.ID, amount(100_000)) })
	o.refused("locking more than there is", err, pay.Uncovered)
	if r, _ := errors.AsType[*pay.Refusal](err); r == nil || r.Most != amount(10_000) || !isReverted(err) {
		t.Errorf("of 1000 that are locked and 9000 that there are: %v", err)
	}
	o.Mint(o.c.Funds.Address(), 100_000)
	o.Must("locking it", func(ctx context.Context) error { return o.c.Payer.Increase(ctx, o.ch.ID, amount(100_000)) })
	if b, err := o.c.Payer.Balance(t.Context(), o.ch.ID); err != nil || b.Deposit != amount(100_000) {
		t.Errorf("the channel is %+v (%v)", b, err)
	}
}

// Two processes that know nothing of each other, because one was restored from a copy, do not both lock: the token takes an authorization once.
func TestDepositOnce(t *testing.T) {
	w := paytest.NewWorld(t, method())
	c := w.NewClient(1000)
	// A deposit that is signed and sent by somebody else, of what this client would sign.
	to := w.Server.Payee()
	var opening channel.Opening
	w.Must("opening", func(ctx context.Context) error {
		_, b, err := c.Payer.Open(ctx, "a channel", to, amount(100))
		opening, _ = channel.DecodeOpening(b)
		return err
	})
	mine := channel.NewTypes(simulatedChainID)
	id := mine.ChannelID(&opening.Config)
	erc := bind.NewTestToken()
	separator, err := erc.UnpackDOMAINSEPARATOR(w.Read(w.Token, erc.PackDOMAINSEPARATOR()))
	if err != nil {
		t.Fatal(err)
	}
	d := channel.Deposit{
		ChannelID: id, Payer: opening.Config.Payer, Amount: amount(200), ValidBeforeS: 1 << 40, Salt: eip712.OfAmount(amount(100)),
	}
	signature, err := eip712.Sign(c.Funds, mine.Authorization(separator, &d))
	if err != nil {
		t.Fatal(err)
	}
	w.Call(common.Address(channel.Settlement), bind.NewBatchSettlement().PackDeposit(
		bound(opening.Config), big.NewInt(200), common.Address(channel.Collector), d.CollectorData(&signature)))
	// The client has not seen that yet, or its node has not.
	w.Must("locking more", func(ctx context.Context) error { return c.Payer.Increase(ctx, id, amount(300)) })
	if c.Has() != amount(700) {
		t.Errorf("%s of 1000 are left, and should be 700", c.Has())
	}
}

// A refund that gives back less than was never promised, that is not signed by who has to, or that the contract
// refuses, ends nothing: the client closes without it.
func TestBadRefunds(t *testing.T) {
	o := open(t, 1000)
	o.pay(300)
	refund := func(by eip712.Signer, nonce, n uint64) []byte {
		s, err := eip712.Sign(by, o.mine.Refund(o.ch.ID, nonce, amount(n)))
		if err != nil {
			t.Fatal(err)
		}
		r := channel.Refund{Amount: amount(n), Nonce: nonce, Signature: s}
		return r.Encode()
	}
	server := o.Server.Authorizer
	none := channel.Refund{}
	for what, try := range map[string]struct {
		refund []byte
		why    pay.Reason
	}{
		"less than was never promised": {refund(server, 0, 699), pay.Contradicts},
		"nothing":                      {none.Encode(), pay.Contradicts},
		"signed by another":            {refund(o.c.Session, 0, 700), pay.BadSign},
		"no refund":                    {[]byte{1}, pay.Malformed},
	} {
		err := o.While(func(ctx context.Context) error { return o.c.Payer.Close(ctx, o.ch.ID, try.refund) })
		o.refused(what, err, try.why)
	}
	// Nothing has happened yet: it can still pay.
	o.pay(310)
	err := o.While(func(ctx context.Context) error { return o.c.Payer.Close(ctx, o.ch.ID, refund(server, 5, 690)) })
	if !isReverted(err) {
		t.Errorf("a refund with a nonce that is none: %v", err)
	}
	if _, _, err := o.c.Payer.Promise(t.Context(), o.ch.ID, amount(320)); !isRefused(err, pay.Closing) {
		t.Errorf("promising after closing has begun: %v", err)
	}
	if p, n, err := o.c.Payer.Promise(t.Context(), o.ch.ID, amount(310)); err != nil || n != amount(310) || len(p) == 0 {
		t.Errorf("what was promised before is not there any more: %s, %v", n, err)
	}
	for range 3 {
		o.Must("closing without", func(ctx context.Context) error { return o.c.Payer.Close(ctx, o.ch.ID, nil) })
		o.Later(delay)
		o.c.Look()
	}
	if b, err := o.c.Payer.Balance(t.Context(), o.ch.ID); err != nil || !b.Closed || o.c.Has() != amount(10_000) {
		t.Errorf("in the end the channel is %+v (%v), and the client has %s of 10000", b, err, o.c.Has())
	}
	_, _, err = o.c.Payer.Open(t.Context(), "a channel", o.Server.Payee(), amount(100))
	o.refused("opening what is closed", err, pay.Closing)
}

// A deposit that is on its way when the channel is closed comes back with the rest.
func TestCloseWhileDepositing(t *testing.T) {
	o := open(t, 1000)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- o.c.Payer.Increase(ctx, o.ch.ID, amount(1500)) }()
	for o.c.Has() == amount(9000) && len(o.c.Sender.Pending()) == 0 {
		time.Sleep(time.Millisecond)
	}
	cancel() // the process goes on without waiting, or is started anew
	<-done
	o.c.Start()
	for range 3 {
		o.Must("closing", func(ctx context.Context) error { return o.c.Payer.Close(ctx, o.ch.ID, nil) })
		o.Later(delay)
		o.c.Look()
	}
	if b, err := o.c.Payer.Balance(t.Context(), o.ch.ID); err != nil || !b.Closed || o.c.Has() != amount(10_000) {
		t.Errorf("in the end the channel is %+v (%v), and the client has %s of 10000", b, err, o.c.Has())
	}
}

// A deposit that was noted and never sent is forgotten when the channel is closed.
func TestCloseBeforeDepositing(t *testing.T) {
	o := open(t, 1000)
	o.c.Node.Set(func(_ context.Context, method string) error {
		if method == "SendTransaction" || method == "CallContractAtHash" {
			return errors.New("the provider fails")
		}
		return nil
	})
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	if err := o.c.Payer.Increase(ctx, o.ch.ID, amount(1500)); err == nil {
		t.Error("more is locked without a provider")
	}
	o.c.Node.Set(nil)
	o.Must("settling", func(ctx context.Context) error {
		_, err := o.c.Settle(ctx, o.ch)
		return err
	})
	if o.c.Has() != amount(10_000) {
		t.Errorf("the client has %s of 10000", o.c.Has())
	}
}

// A server that has collected more than it says was accepted is found out, also by a client that has lost its notes.
func TestCollectedMoreThanAccepted(t *testing.T) {
	o := open(t, 1000)
	first, _, err := o.c.Payer.Promise(t.Context(), o.ch.ID, amount(100))
	if err != nil {
		t.Fatal(err)
	}
	o.pay(400)
	if _, err := o.Server.Collect(true); err != nil {
		t.Fatal(err)
	}
	o.c.Notes.Lose()
	o.c.Look()
	o.c.Line.Change = func(s *pay.Standing) { s.Cumulative, s.Last = amount(100), first }
	o.refused("having collected 400 of 100", o.c.Establish(t.Context(), o.ch), pay.Contradicts)
	o.c.Line.Change = nil
	if err := o.c.Establish(t.Context(), o.ch); err != nil {
		t.Errorf("the truth: %v", err)
	}
}

// A channel that was settled while the answer was lost is closed by what the server says of it when the two meet again.
func TestSettledAnswerLost(t *testing.T) {
	o := open(t, 1000)
	o.pay(300)
	o.Server.Book.Spend(o.c.Address(), amount(100))
	if _, err := o.c.Line.Settle(t.Context(), o.ch.ID); err != nil {
		t.Fatal(err)
	}
	o.Server.Start()
	o.Must("agreeing", func(ctx context.Context) error { return o.c.Establish(ctx, o.ch) })
	if _, _, err := o.c.Payer.Promise(t.Context(), o.ch.ID, amount(400)); !isRefused(err, pay.Closing) {
		t.Errorf("promising over a channel that was settled: %v", err)
	}
	o.Must("closing", func(ctx context.Context) error { return o.c.Payer.Close(ctx, o.ch.ID, nil) })
	if b, err := o.c.Payer.Balance(t.Context(), o.ch.ID); err != nil || !b.Closed || o.c.Has() != amount(9900) {
		t.Errorf("the channel is %+v (%v), and the client has %s", b, err, o.c.Has())
	}
}

// By a key that is neither the funds' nor the session's a channel is opened and closed by consent; only the client's own keys can
// begin to take the deposit back alone.
func TestAnotherKeyPaysGas(t *testing.T) {
	m := method()
	m.Payer = func(c *paytest.Client) (pay.Payer, error) {
		return channel.NewPayer(channel.PayerConfig{
			Funds: funds(t), Session: c.Session, Sender: c.Sender, Watcher: c.Watcher, Reader: c.Node, Notes: c.NotesOf(),
		})
	}
	w := paytest.NewWorld(t, m)
	c := w.NewClient(0)
	owner := funds(t).Address()
	w.Mint(owner, 1000)
	var ch paytest.Channel
	w.Must("opening", func(ctx context.Context) (err error) {
		ch, err = c.Open(ctx, "a channel", 600)
		return err
	})
	if _, err := c.Pay(t.Context(), ch, 100); err != nil {
		t.Fatal(err)
	}
	err := w.While(func(ctx context.Context) error { return c.Payer.Close(ctx, ch.ID, nil) })
	if !isReverted(err) {
		t.Errorf("closing by a key that may not: %v", err)
	}
	w.Must("settling", func(ctx context.Context) error {
		_, err := c.Settle(ctx, ch)
		return err
	})
	if w.Has(owner) != amount(1000) {
		t.Errorf("the owner has %s of 1000", w.Has(owner))
	}
}

func funds(t *testing.T) *watch.Key {
	t.Helper()
	w := paytest.World{T: t}
	return w.Key("somebody else's funds")
}
