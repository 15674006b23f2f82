package channel_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/candela-les/candela/contracts/bind"
	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/channel"
	"github.com/candela-les/candela/pay/paytest"
	"github.com/candela-les/candela/pay/watch"
	"github.com/candela-les/candela/unit"
)

// spy is a sender that tells what it was asked for, and refuses what the test wants it to.
type spy struct {
	watch.Doer
	refuse func(data []byte) bool

	mu    sync.Mutex
	calls [][]byte
	gas   []uint64
	names []string
}

func (s *spy) Do(ctx context.Context, name string, build watch.Build) (watch.Mined, error) {
	m, err := s.Doer.Do(ctx, name, func(ctx context.Context) (watch.Call, error) {
		call, err := build(ctx)
		if err == nil && s.refuse != nil && s.refuse(call.Data) {
			return call, &watch.RevertError{Name: name, Why: "the test wants it"}
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		s.calls, s.names = append(s.calls, call.Data), append(s.names, name)
		return call, err
	})
	if err == nil {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.gas = append(s.gas, m.GasUsed)
	}
	return m, err
}

// spied makes a world whose server collects through a spy; by, unless nil, is another key that pays for its gas.
func spied(t *testing.T, s *spy, by func(*paytest.Server) *watch.Key) *paytest.World {
	t.Helper()
	m := method()
	m.Provider = func(server *paytest.Server) (paytest.Provider, error) {
		s.Doer = server.Sender
		if by != nil {
			other, err := server.SenderOf(by(server))
			if err != nil {
				return nil, err
			}
			s.Doer = other
		}
		return channel.NewProvider(channel.ProviderConfig{
			Asset: server.Asset(), Receiver: server.Receiver, Authorizer: server.Authorizer, Delay: delay, React: 2 * paytest.Stale,
			Watcher: server.Watcher, Reader: server.Node, Sender: s, Now: server.Now,
			GasCost: func(_ context.Context, gas uint64) (unit.Amount, error) { return unit.NewAmount(gas), nil },
		})
	}
	return paytest.NewWorld(t, m)
}

// orders opens so many channels, has each pay, and returns what is to be collected.
func orders(t *testing.T, w *paytest.World, n int) (all []pay.Order) {
	t.Helper()
	c := w.NewClient(10_000)
	for i := range n {
		var ch paytest.Channel
		w.Must("opening", func(ctx context.Context) (err error) {
			ch, err = c.Open(ctx, fmt.Sprint("channel ", i), 100)
			return err
		})
		if _, err := c.Pay(t.Context(), ch, 50); err != nil {
			t.Fatal(err)
		}
		e, _, err := w.Server.Book.Entry(t.Context(), channel.Method, ch.ID)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, pay.Order{Entry: e, Total: amount(50)})
	}
	return all
}

func collect(w *paytest.World, all []pay.Order) error {
	return w.While(func(ctx context.Context) error { return w.Server.Provider.Collect(ctx, all) })
}

// Claims go together in one transaction that pays out, at what gas is said to cost; by the operator's own key without a signature, by any
// other with one.
func TestCollectTogether(t *testing.T) {
	contract := bind.NewBatchSettlement()
	own := func(s *paytest.Server) *watch.Key { return s.Authorizer }
	for name, try := range map[string]struct {
		by       func(*paytest.Server) *watch.Key
		selector []byte
	}{
		"by the operator's key": {own, contract.GetABI().Methods["claim"].ID},
		"by another key":        {nil, contract.GetABI().Methods["claimWithSignature"].ID},
	} {
		for _, n := range []int{1, 8} {
			t.Run(fmt.Sprintf("%s, %d", name, n), func(t *testing.T) {
				s := &spy{}
				w := spied(t, s, try.by)
				w.Fund(w.Server.Authorizer.Address())
				all := orders(t, w, n+1)
				if err := collect(w, all[:1]); err != nil { // the first that a receiver gets costs more
					t.Fatal(err)
				}
				if err := collect(w, all); err != nil {
					t.Fatal(err)
				}
				if got := w.Server.Got(); got != amount(uint64(50*(n+1))) {
					t.Errorf("the receiver has got %s", got)
				}
				if len(s.calls) != 2 || !bytes.Contains(s.calls[1], try.selector) {
					t.Fatalf("there are %d transactions, or not by the function they should be", len(s.calls))
				}
				once, each, err := w.Server.Provider.Gas(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				_, o := once.Words()
				_, e := each.Words()
				said := o + e*uint64(n)
				if s.gas[1] > said || s.gas[1] < said*6/10 {
					t.Errorf("%d claims took %d gas, and were said to take %d", n, s.gas[1], said)
				}
				t.Logf("%d claims: %d gas, said %d", n, s.gas[1], said)
			})
		}
	}
}

// What was not mined yet when the caller gave up is not sent again, not even by a process that is started anew.
func TestCollectOnce(t *testing.T) {
	s := &spy{}
	w := spied(t, s, nil)
	all := orders(t, w, 2)
	for i := range 3 {
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		if err := w.Server.Provider.Collect(ctx, all[:1+i%2]); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("without a block: %v", err)
		}
		cancel()
		w.Server.Start()
	}
	if err := collect(w, all); err != nil {
		t.Fatal(err)
	}
	if got := w.Server.Got(); got != amount(100) {
		t.Errorf("the receiver has got %s", got)
	}
	if want := []string{claimName(w, 0), claimName(w, 1)}; len(s.names) != 2 || s.names[0] != want[0] || s.names[1] != want[1] {
		t.Errorf("transactions were sent as %q, and should be %q", s.names, want)
	}
	if err := collect(w, all); err != nil || len(s.names) != 2 {
		t.Errorf("what is collected was collected again, by %d transactions (%v)", len(s.names), err)
	}
}

func claimName(w *paytest.World, n int) string { return fmt.Sprintf("channel/%x/claim/%d", w.Token, n) }

// A token that does not let the receiver have its money does not keep the claims from being made; once it does, all is paid out.
func TestPayoutRefused(t *testing.T) {
	settle := bind.NewBatchSettlement().GetABI().Methods["settle"].ID
	s := &spy{refuse: func(data []byte) bool { return bytes.Contains(data, settle) }}
	w := spied(t, s, nil)
	all := orders(t, w, 3)
	if err := collect(w, all[:2]); !isReverted(err) {
		t.Errorf("collecting what is not paid out: %v", err)
	}
	for _, o := range all[:2] {
		if on, err := w.Server.Provider.Look(t.Context(), o.Entry); err != nil || on.Collected != amount(50) {
			t.Errorf("of a channel %s are collected (%v)", on.Collected, err)
		}
	}
	if got := w.Server.Got(); !got.IsZero() {
		t.Errorf("the receiver has got %s", got)
	}
	s.refuse = nil
	if err := collect(w, all); err != nil {
		t.Fatal(err)
	}
	if got := w.Server.Got(); got != amount(150) {
		t.Errorf("the receiver has got %s", got)
	}
}

// An order of more than there is takes what there is, and says so.
func TestBounced(t *testing.T) {
	o := open(t, 1000)
	o.pay(600)
	e, _, err := o.Server.Book.Entry(t.Context(), channel.Method, o.ch.ID)
	if err != nil {
		t.Fatal(err)
	}
	contract := bind.NewBatchSettlement()
	o.do("withdraw", contract.PackInitiateWithdraw(bound(o.config), amount(700).Big()))
	o.Later(delay) // and the server sleeps
	o.do("finish", contract.PackFinalizeWithdraw(bound(o.config)))
	o.Server.Look()
	if err := collect(o.World, []pay.Order{{Entry: e, Total: amount(600)}}); err == nil {
		t.Error("of 600 that are promised and 300 that are there, all was collected")
	}
	if got := o.Server.Got(); got != amount(300) {
		t.Errorf("the receiver has got %s of 300 that were there", got)
	}
}
