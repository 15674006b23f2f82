package pay_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"go.uber.org/goleak"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/paytest/fake"
	"github.com/candela-les/candela/unit"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func amount(n uint64) unit.Amount { return unit.NewAmount(n) }

func client(n byte) pay.Address { return pay.Address{0: 0xc1, 19: n} }

func channel(n byte) pay.Hash { return pay.Hash{0: n, 31: 0xcc} }

// world is a cashier over a fake method and book.
type world struct {
	*testing.T
	chain  *fake.Chain
	book   *fake.Book
	method *fake.Method
	config pay.CashierConfig
	*pay.Cashier
}

// begin makes a world in which client 1 has locked 100 in channel 1, client 2 in channel 2, and so on.
func begin(t *testing.T, change func(*world)) *world {
	w := &world{T: t, chain: fake.NewChain(), book: fake.NewBook()}
	w.method = &fake.Method{Name: "fake", Chain: w.chain}
	w.config = pay.CashierConfig{Book: w.book, Providers: []pay.Provider{w.method}}
	for n := byte(1); n <= 9; n++ {
		w.chain.Deposit(channel(n), client(n), 100)
	}
	if change != nil {
		change(w)
	}
	w.restart()
	return w
}

// restart makes a cashier that knows nothing but the book.
func (w *world) restart() { w.Cashier = pay.NewCashier(w.config) }

func (w *world) establish(n byte) pay.Standing {
	w.Helper()
	s, err := w.Establish(w.Context(), client(n), "fake", fake.Opening(channel(n)))
	if err != nil {
		w.Fatal(err)
	}
	return s
}

func to(n byte, cumulative uint64) fake.Promise {
	return fake.Promise{ID: channel(n), Cumulative: cumulative}
}

// promise has a promise taken, and wants what comes of it as cumulative+credited.
func (w *world) promise(p fake.Promise, want string) {
	w.Helper()
	a, err := w.Promise(w.Context(), client(p.ID[0]), p.ID, p.Sign())
	if got := fmt.Sprint(a.Cumulative, "+", a.Credited); err != nil || got != want {
		w.Errorf("%s: %s instead of %s, %v", p, got, want, err)
	}
}

// refused wants a refusal.
func refused(t *testing.T, err error, why pay.Reason, most uint64) {
	t.Helper()
	var r *pay.Refusal
	if !errors.As(err, &r) || r.Reason != why || r.Most != amount(most) {
		t.Errorf("%v (%+v) instead of reason %d with %d", err, r, why, most)
	}
}

func (w *world) refuses(p fake.Promise, why pay.Reason, most uint64) {
	w.Helper()
	_, err := w.Promise(w.Context(), client(p.ID[0]), p.ID, p.Sign())
	refused(w.T, err, why, most)
}

func TestPromises(t *testing.T) {
	var verified atomic.Int64
	w := begin(t, func(w *world) { w.method.Verified = func([]byte) { verified.Add(1) } })
	w.refuses(to(1, 10), pay.NoChannel, 0)
	if s := w.establish(1); !s.Cumulative.IsZero() || s.Cover != amount(100) || s.Last != nil || s.ID != channel(1) || s.Method != "fake" || string(s.State) != "state" {
		t.Errorf("%+v", s)
	}
	w.promise(to(1, 10), "10+10")
	w.promise(to(1, 25), "25+15")
	w.promise(to(1, 25), "25+0") // byte for byte, and so unverified
	if n := verified.Load(); n != 2 {
		t.Errorf("%d were verified", n)
	}
	w.promise(to(1, 12), "25+0") // verified before it is acknowledged
	_, err := w.Promise(t.Context(), client(1), channel(1), to(1, 12).Forge())
	refused(t, err, pay.BadSign, 0)
	_, err = w.Promise(t.Context(), client(1), channel(1), to(1, 26).Forge())
	refused(t, err, pay.BadSign, 0)
	w.refuses(to(1, 101), pay.Uncovered, 100)
	w.chain.Deposit(channel(1), client(1), 1)
	if s, err := w.Increase(t.Context(), client(1), channel(1)); err != nil || s.Cover != amount(101) || !bytes.Equal(s.Last, to(1, 25).Sign()) {
		t.Errorf("%+v, %v", s, err)
	}
	w.promise(to(1, 101), "101+76")
	for _, bad := range [][]byte{nil, {1}, make([]byte, pay.MaxPromise+1), to(1, 102).Sign()[1:]} {
		_, err := w.Promise(t.Context(), client(1), channel(1), bad)
		refused(t, err, pay.Malformed, 0)
	}
	if s := w.establish(1); s.Cumulative != amount(101) || !bytes.Equal(s.Last, to(1, 101).Sign()) {
		t.Errorf("%+v", s)
	}
}

func TestOnlyTheBoundClient(t *testing.T) {
	w := begin(t, nil)
	w.establish(1)
	w.promise(to(1, 10), "10+10")
	steal := func() {
		t.Helper()
		_, err := w.Promise(t.Context(), client(2), channel(1), to(1, 20).Sign())
		refused(t, err, pay.WrongClient, 0)
		_, err = w.Promise(t.Context(), client(2), channel(1), to(1, 10).Sign())
		refused(t, err, pay.WrongClient, 0)
		_, err = w.Increase(t.Context(), client(2), channel(1))
		refused(t, err, pay.WrongClient, 0)
		_, err = w.Settle(t.Context(), client(2), channel(1))
		refused(t, err, pay.WrongClient, 0)
		_, err = w.Establish(t.Context(), client(2), "fake", fake.Opening(channel(1)))
		refused(t, err, pay.WrongClient, 0)
	}
	steal()
	w.restart()
	steal()
	w.restart()
	w.promise(to(1, 20), "20+10") // of the ledger's evidence
	steal()
	w.establish(2)
	_, err := w.Promise(t.Context(), client(2), channel(2), to(1, 20).Sign())
	refused(t, err, pay.NoChannel, 0)
}

func TestEstablish(t *testing.T) {
	w := begin(t, nil)
	_, err := w.Establish(t.Context(), client(1), "other", nil)
	refused(t, err, pay.NoMethod, 0)
	_, err = w.Establish(t.Context(), client(1), "fake", make([]byte, pay.MaxOpening+1))
	refused(t, err, pay.Malformed, 0)
	_, err = w.Establish(t.Context(), client(1), "fake", nil)
	refused(t, err, pay.Malformed, 0)
	_, err = w.Establish(t.Context(), client(1), "fake", fake.Opening(channel(77)))
	refused(t, err, pay.NoChannel, 0)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := w.Establish(ctx, client(1), "fake", fake.Opening(channel(1))); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// While the chain is not seen nothing new is taken, and what was is acknowledged. So it is while the client closes.
func TestStale(t *testing.T) {
	w := begin(t, nil)
	w.establish(1)
	w.promise(to(1, 10), "10+10")
	w.chain.See(false)
	w.refuses(to(1, 20), pay.Stale, 0)
	w.promise(to(1, 10), "10+0")
	w.promise(to(1, 9), "10+0")
	if s, err := w.Increase(t.Context(), client(1), channel(1)); err != nil || s.Cover != amount(10) || s.Cumulative != amount(10) {
		t.Errorf("%+v, %v", s, err)
	}
	_, err := w.Settle(t.Context(), client(1), channel(1))
	refused(t, err, pay.Stale, 0)
	if e, _, err := w.book.Entry(t.Context(), "fake", channel(1)); err != nil || e.Settlements != 0 || !e.Returned.IsZero() {
		t.Errorf("nothing could be handed out, and it was given back: %+v, %v", e, err)
	}
	w.chain.See(true)
	w.promise(to(1, 20), "20+10")
	w.chain.Close(channel(1), 1)
	w.refuses(to(1, 30), pay.Closing, 0)
	w.promise(to(1, 20), "20+0")
}

func TestTooSmall(t *testing.T) {
	w := begin(t, func(w *world) { w.config.Least = amount(5) })
	w.establish(1)
	w.refuses(to(1, 4), pay.TooSmall, 5)
	w.promise(to(1, 5), "5+5")
	w.refuses(to(1, 9), pay.TooSmall, 5)
	w.promise(to(1, 3), "5+0")
	w.promise(to(1, 10), "10+5")
}

// What a method gives back of a channel is handed out again after a crash, and is never covered twice.
func TestSettle(t *testing.T) {
	w := begin(t, nil)
	w.establish(1)
	w.promise(to(1, 80), "80+80")
	w.book.Spend(client(1), amount(30))
	lost := w.Cashier
	for _, crash := range []string{"GiveBack", "HandOut"} {
		w.book.After = func(call string) error {
			if call == crash {
				return errors.New("a crash")
			}
			return nil
		}
		if _, err := w.Settle(t.Context(), client(1), channel(1)); err == nil {
			t.Error("no crash")
		}
		w.restart()
	}
	w.book.After = nil
	first, err := w.Settle(t.Context(), client(1), channel(1))
	if err != nil || first.Spent != amount(30) || first.Unspent != amount(50) {
		t.Fatalf("%+v, %v", first, err)
	}
	for _, cashier := range []*pay.Cashier{w.Cashier, lost, pay.NewCashier(w.config)} {
		again, err := cashier.Settle(t.Context(), client(1), channel(1))
		if err != nil || !bytes.Equal(again.Data, first.Data) || again.Spent != first.Spent {
			t.Errorf("%+v instead of %+v, %v", again, first, err)
		}
	}
	// Of the deposit of 100 the client may take 70 at any time, so nothing is left beyond the 30.
	for _, cashier := range []*pay.Cashier{w.Cashier, lost, pay.NewCashier(w.config)} {
		_, err := cashier.Promise(t.Context(), client(1), channel(1), to(1, 81).Sign())
		refused(t, err, pay.Uncovered, 80)
	}
	w.chain.Deposit(channel(1), client(1), 5)
	w.promise(to(1, 85), "85+5")
	if !w.chain.Refund(first.Data) || w.chain.Left(channel(1)) != amount(35) {
		t.Errorf("%s are left", w.chain.Left(channel(1)))
	}
	w.restart()
	w.refuses(to(1, 86), pay.Uncovered, 85)
	w.promise(to(1, 85), "85+0")
	w.chain.Deposit(channel(1), client(1), 5)
	w.promise(to(1, 90), "90+5")
}

func TestNoConsent(t *testing.T) {
	w := begin(t, func(w *world) { w.method.NoConsent = true })
	w.establish(1)
	_, err := w.Settle(t.Context(), client(1), channel(1))
	refused(t, err, pay.NoConsent, 0)
}

// A settled channel that nothing was promised over is known by its settlement.
func TestSettleNothing(t *testing.T) {
	w := begin(t, nil)
	w.establish(1)
	other := pay.NewCashier(w.config)
	if _, err := other.Establish(t.Context(), client(1), "fake", fake.Opening(channel(1))); err != nil {
		t.Fatal(err)
	}
	out, err := w.Settle(t.Context(), client(1), channel(1))
	if err != nil || !out.Spent.IsZero() || !out.Unspent.IsZero() {
		t.Fatalf("%+v, %v", out, err)
	}
	_, err = other.Promise(t.Context(), client(1), channel(1), to(1, 10).Sign())
	refused(t, err, pay.Uncovered, 0)
	w.restart()
	w.refuses(to(1, 10), pay.NoChannel, 0)
	if s := w.establish(1); !s.Cover.IsZero() {
		t.Errorf("%+v", s)
	}
	if !w.chain.Refund(out.Data) || !w.chain.Left(channel(1)).IsZero() {
		t.Error("the deposit is not back")
	}
}

// Two servers on one ledger: each learns what the other has taken, and settled.
func TestTwoServers(t *testing.T) {
	w := begin(t, nil)
	south := pay.NewCashier(w.config)
	w.establish(1)
	w.promise(to(1, 10), "10+10")
	a, err := south.Promise(t.Context(), client(1), channel(1), to(1, 30).Sign())
	if err != nil || a.Credited != amount(20) {
		t.Errorf("%+v, %v", a, err)
	}
	w.promise(to(1, 20), "30+0")
	if s := w.establish(1); s.Cumulative != amount(30) || !bytes.Equal(s.Last, to(1, 30).Sign()) {
		t.Errorf("%+v", s)
	}
	if _, err := south.Settle(t.Context(), client(1), channel(1)); err != nil {
		t.Error(err)
	}
	w.refuses(to(1, 40), pay.Uncovered, 30)
	w.chain.Deposit(channel(1), client(1), 10)
	w.refuses(to(1, 41), pay.Uncovered, 40)
	if a, err := south.Promise(t.Context(), client(1), channel(1), to(1, 40).Sign()); err != nil || a.Credited != amount(10) {
		t.Errorf("%+v, %v", a, err)
	}
}

// What was collected over a channel and is not in the ledger was promised to somebody else: the same server before it lost its ledger, or
// another one with the same receiver. Nothing more is taken over it, whether it is new here, known or in memory.
func TestAnotherLedger(t *testing.T) {
	collect := func(w *world, total uint64) {
		order := pay.Order{Entry: pay.Entry{Method: "fake", ID: channel(1), Evidence: to(1, total).Sign()}, Total: amount(total)}
		if err := (&fake.Till{Of: w.method}).Collect(t.Context(), []pay.Order{order}); err != nil {
			t.Fatal(err)
		}
	}
	establishing := func(w *world) error {
		_, err := w.Establish(t.Context(), client(1), "fake", fake.Opening(channel(1)))
		return err
	}
	t.Run("new", func(t *testing.T) {
		w := begin(t, nil)
		collect(w, 30)
		refused(t, establishing(w), pay.Expired, 0)
		w.refuses(to(1, 40), pay.Expired, 0)
	})
	for name, restart := range map[string]bool{"in memory": false, "in the ledger": true} {
		t.Run(name, func(t *testing.T) {
			w := begin(t, nil)
			w.establish(1)
			w.promise(to(1, 29), "29+29")
			collect(w, 30)
			if restart {
				w.restart()
			}
			w.refuses(to(1, 40), pay.Expired, 0)
			refused(t, establishing(w), pay.Expired, 0)
			if has, err := w.book.Unspent(t.Context(), client(1)); err != nil || has != amount(29) {
				t.Errorf("%s are credited, %v", has, err)
			}
		})
	}
	t.Run("of this ledger", func(t *testing.T) {
		w := begin(t, nil)
		w.establish(1)
		w.promise(to(1, 10), "10+10")
		south := pay.NewCashier(w.config)
		if _, err := south.Promise(t.Context(), client(1), channel(1), to(1, 30).Sign()); err != nil {
			t.Error(err)
		}
		collect(w, 30)
		w.promise(to(1, 40), "40+10")
	})
}

// An answer that the ledger lost is found by the same promise again.
func TestLostAnswer(t *testing.T) {
	w := begin(t, nil)
	w.establish(1)
	lost := errors.New("lost")
	w.book.After = func(call string) error {
		if call == "Advance" {
			return lost
		}
		return nil
	}
	if _, err := w.Promise(t.Context(), client(1), channel(1), to(1, 10).Sign()); !errors.Is(err, lost) {
		t.Error(err)
	}
	w.book.After = nil
	w.promise(to(1, 10), "10+0")
	w.promise(to(1, 15), "15+5")
	w.book.Before = func(string) error { return lost }
	if _, err := w.Promise(t.Context(), client(1), channel(1), to(1, 20).Sign()); !errors.Is(err, lost) {
		t.Error(err)
	}
	w.book.Before = nil
	w.promise(to(1, 20), "20+5")
}

// held is a point that whoever comes by waits at until it is let on.
type held struct {
	arrived chan string
	on      chan struct{}
}

func newHeld() *held { return &held{arrived: make(chan string), on: make(chan struct{})} }

func (h *held) wait(name string) {
	h.arrived <- name
	<-h.on
}

// outcome is what came of a promise.
type outcome struct {
	pay.Accepted
	err error
}

// send has promises taken at once, in this order as far as they wait.
func (w *world) send(ctx context.Context, all ...[]byte) (outcomes []chan outcome) {
	for _, p := range all {
		out := make(chan outcome, 1)
		outcomes = append(outcomes, out)
		id := pay.Hash(p[:32])
		go func() {
			a, err := w.Promise(ctx, client(id[0]), id, p)
			out <- outcome{a, err}
		}()
		synctest.Wait()
	}
	return outcomes
}

func (w *world) becomes(out chan outcome, want string) {
	w.Helper()
	o := <-out
	if got := fmt.Sprint(o.Cumulative, "+", o.Credited); o.err != nil || got != want {
		w.Errorf("%s instead of %s, %v", got, want, o.err)
	}
}

// What comes while a promise is being verified is looked at together, and only the highest is verified.
func TestSuperseded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		at := newHeld()
		w := begin(t, func(w *world) { w.method.Verified = func([]byte) { at.wait("") } })
		w.establish(1)
		first := w.send(t.Context(), to(1, 10).Sign())
		<-at.arrived
		rest := w.send(t.Context(), to(1, 30).Sign(), to(1, 20).Sign(), to(1, 50).Sign(), to(1, 60).Forge(), to(1, 40).Sign(), to(1, 50).Sign())
		at.on <- struct{}{}
		w.becomes(first[0], "10+10")
		<-at.arrived // the forged one
		at.on <- struct{}{}
		refused(t, (<-rest[3]).err, pay.BadSign, 0)
		<-at.arrived // that of 50
		at.on <- struct{}{}
		credited := unit.Amount{}
		for _, i := range []int{0, 1, 2, 4, 5} {
			o := <-rest[i]
			if o.err != nil || o.Cumulative != amount(50) {
				t.Errorf("%d: %+v", i, o)
			}
			credited, _ = credited.Add(o.Credited)
		}
		if credited != amount(40) {
			t.Errorf("%s were credited", credited)
		}
	})
}

// A promise that is on its way to the disk keeps no other one from being verified and written.
func TestNoWaiting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		at, first := newHeld(), true
		w := begin(t, nil)
		w.establish(1)
		w.book.Before = func(call string) error {
			if call == "Advance" && first {
				first = false
				at.wait(call)
			}
			return nil
		}
		slow := w.send(t.Context(), to(1, 10).Sign())
		<-at.arrived
		w.promise(to(1, 20), "20+20")
		w.promise(to(1, 15), "20+0")
		at.on <- struct{}{}
		w.becomes(slow[0], "20+0")
	})
}

func step(from, to uint64, wins ...uint64) fake.Promise {
	return fake.Promise{ID: channel(1), From: from, Cumulative: to, Wins: wins}
}

// Promises that go on from each other are all verified, and written together.
func TestChained(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		at, holding, written := newHeld(), false, 0
		w := begin(t, func(w *world) {
			w.method.Verified = func([]byte) {
				if holding {
					holding = false
					at.wait("")
				}
			}
			w.book.Before = func(call string) error {
				if call == "Advance" {
					written++
				}
				return nil
			}
		})
		w.establish(1)
		w.refuses(step(10, 20), pay.Gap, 0)
		w.promise(step(0, 10, 7), "10+10")
		w.refuses(step(11, 20), pay.Gap, 10)
		holding, written = true, 0
		first := w.send(t.Context(), step(5, 15).Sign())
		<-at.arrived
		rest := w.send(t.Context(), step(40, 50, 1).Sign(), step(30, 40, 2, 3).Sign(), step(44, 45).Sign(), step(60, 70).Sign(),
			step(15, 31).Sign(), step(44, 49).Forge(), step(50, 55).Forge())
		at.on <- struct{}{}
		w.becomes(first[0], "15+5")
		refused(t, (<-rest[6]).err, pay.BadSign, 0)
		// That of 70 found nothing to go on from, be it before or after that of 15 is written.
		if r := new(pay.Refusal); !errors.As((<-rest[3]).err, &r) || r.Reason != pay.Gap {
			t.Error(r)
		}
		w.becomes(rest[0], "50+35")
		for _, i := range []int{1, 2, 4, 5} {
			w.becomes(rest[i], "50+0")
		}
		if written != 2 {
			t.Errorf("%d were written", written)
		}
		claims, err := w.book.Claims(t.Context(), "fake", pay.Hash{}, 9)
		if err != nil || len(claims) != 4 {
			t.Errorf("%+v, %v", claims, err)
		}
	})
}

// A promise waits for the one that it goes on from, if that is on its way to the ledger.
func TestChainedOnTheWay(t *testing.T) {
	for _, fails := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			at, first := newHeld(), true
			w := begin(t, nil)
			w.establish(1)
			w.book.Before = func(call string) error {
				if call != "Advance" || !first {
					return nil
				}
				first = false
				at.wait(call)
				if fails {
					return errors.New("a full disk")
				}
				return nil
			}
			one := w.send(t.Context(), step(0, 10).Sign())
			<-at.arrived
			two := w.send(t.Context(), step(10, 20).Sign())
			at.on <- struct{}{}
			if fails {
				refused(t, (<-two[0]).err, pay.Gap, 0)
				if o := <-one[0]; o.err == nil {
					t.Error(o)
				}
				return
			}
			w.becomes(one[0], "10+10")
			w.becomes(two[0], "20+10")
		})
	}
}

// More claims than one entry in the ledger may have come in several.
func TestManyClaims(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		at, first := newHeld(), true
		w := begin(t, func(w *world) {
			w.method.Verified = func([]byte) {
				if first {
					first = false
					at.wait("")
				}
			}
		})
		w.establish(1)
		var all [][]byte
		for n := range uint64(10) {
			all = append(all, step(10*n, 10*n+10, make([]uint64, 60)...).Sign())
		}
		outcomes := w.send(t.Context(), all[0])
		<-at.arrived
		outcomes = append(outcomes, w.send(t.Context(), all[1:]...)...)
		at.on <- struct{}{}
		credited := unit.Amount{}
		for _, out := range outcomes {
			o := <-out
			credited, _ = credited.Add(o.Credited)
			if o.err != nil {
				t.Error(o.err)
			}
		}
		claims, err := w.book.Claims(t.Context(), "fake", pay.Hash{}, 1000)
		if err != nil || len(claims) != 600 || credited != amount(100) {
			t.Errorf("%d claims, %s, %v", len(claims), credited, err)
		}
	})
}

// A client that floods the cashier has its turn as others have theirs.
func TestFlood(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		at := newHeld()
		w := begin(t, func(w *world) {
			w.config.Verifying, w.config.PerChannel = 1, 20
			w.method.Verified = func(p []byte) { at.wait(map[byte]string{2: "2", 3: "3"}[p[0]]) }
			w.chain.Deposit(channel(11), client(1), 100)
			w.chain.Deposit(channel(12), client(1), 100)
		})
		for _, n := range []byte{1, 2, 3} {
			w.establish(n)
		}
		for _, n := range []byte{11, 12} {
			if _, err := w.Establish(t.Context(), client(1), "fake", fake.Opening(channel(n))); err != nil {
				t.Fatal(err)
			}
		}
		var flood []chan outcome
		flooding := func(n byte, p []byte) {
			out := make(chan outcome, 1)
			flood = append(flood, out)
			go func() {
				a, err := w.Promise(t.Context(), client(1), channel(n), p)
				out <- outcome{a, err}
			}()
			synctest.Wait()
		}
		flooding(1, to(1, 1).Forge())
		<-at.arrived
		for i := range uint64(19) {
			for _, n := range []byte{1, 11, 12} {
				flooding(n, to(n, i+1).Forge())
			}
		}
		honest := w.send(t.Context(), to(2, 10).Sign(), to(3, 10).Sign())
		var order string
		for range 7 {
			at.on <- struct{}{}
			order += <-at.arrived + ";"
		}
		if want := ";2;3;;;;;"; order != want {
			t.Errorf("%s instead of %s", order, want)
		}
		w.becomes(honest[0], "10+10")
		w.becomes(honest[1], "10+10")
		for range 20 { // more than there is room for
			flooding(11, to(11, 99).Forge())
		}
		go func() {
			for range at.arrived {
				at.on <- struct{}{}
			}
		}()
		at.on <- struct{}{}
		busy := 0
		for _, out := range flood {
			o := <-out
			var r *pay.Refusal
			if errors.As(o.err, &r) && r.Reason == pay.Busy {
				busy++
			} else {
				refused(t, o.err, pay.BadSign, 0)
			}
		}
		if busy == 0 || busy == 20 {
			t.Errorf("%d were too many", busy)
		}
		close(at.arrived)
	})
}

// Who waits no more is forgotten, and what others do for it goes on.
func TestCancelled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		at := newHeld()
		w := begin(t, func(w *world) {
			w.config.Verifying, w.config.PerChannel = 1, 2
			w.method.Verified = func([]byte) { at.wait("") }
		})
		w.establish(1)
		w.establish(2)
		other := w.send(t.Context(), to(2, 10).Sign())
		<-at.arrived
		ctx, cancel := context.WithCancel(t.Context())
		gone := w.send(ctx, to(1, 10).Sign(), to(1, 20).Sign()) // the first one has the turn, and waits at the gate
		cancel()
		for _, out := range gone {
			if o := <-out; !errors.Is(o.err, context.Canceled) {
				t.Error(o.err)
			}
		}
		stays := w.send(t.Context(), to(1, 15).Sign())
		at.on <- struct{}{}
		w.becomes(other[0], "10+10")
		<-at.arrived
		ctx, cancel = context.WithCancel(t.Context())
		// One that is verified by somebody who has given up goes into the ledger all the same.
		late := w.send(ctx, to(1, 30).Sign())
		at.on <- struct{}{}
		w.becomes(stays[0], "15+15")
		<-at.arrived
		cancel()
		synctest.Wait()
		at.on <- struct{}{}
		if o := <-late[0]; o.err != nil && !errors.Is(o.err, context.Canceled) {
			t.Error(o.err)
		}
		if e, _, err := w.book.Entry(t.Context(), "fake", channel(1)); err != nil || e.Cumulative != amount(30) {
			t.Errorf("%+v, %v", e, err)
		}
	})
}

// Channels that nobody uses make place for others, and are made anew of the ledger.
func TestFewChannels(t *testing.T) {
	w := begin(t, func(w *world) {
		w.config.Channels, w.config.PerClient = 3, 2
		for n := byte(11); n < 15; n++ {
			w.chain.Deposit(channel(n), client(1), 100)
		}
	})
	for n := byte(1); n <= 5; n++ {
		w.establish(n)
		w.promise(to(n, 10), "10+10")
	}
	for n := byte(1); n <= 5; n++ {
		w.promise(to(n, 20), "20+10")
	}
	for n := byte(11); n < 15; n++ {
		if _, err := w.Establish(t.Context(), client(1), "fake", fake.Opening(channel(n))); err != nil {
			t.Fatal(err)
		}
	}
	// Of this client's five channels two are kept; those of others made no place for them.
	for n, known := range map[byte]bool{11: false, 12: false, 13: true, 14: true} {
		_, err := w.Promise(t.Context(), client(1), channel(n), to(n, 1).Sign())
		if known != (err == nil) {
			t.Errorf("channel %d: %v", n, err)
		}
	}
	w.promise(to(5, 30), "30+10")
}

// Many clients send at once, in any order and with forged promises among them.
func TestTogether(t *testing.T) {
	w := begin(t, func(w *world) { w.config.Channels = 5 })
	south := pay.NewCashier(w.config)
	var all sync.WaitGroup
	var credited [10]atomic.Uint64
	for n := byte(1); n <= 9; n++ {
		w.establish(n)
		w.promise(to(n, 1), "1+1")
		credited[n].Store(1)
	}
	for n := byte(1); n <= 9; n++ {
		for i := range uint64(100) {
			all.Go(func() {
				p := to(n, (i*37)%100+1)
				cashier := []*pay.Cashier{w.Cashier, south}[i%2]
				if i%5 == 0 {
					_, err := cashier.Promise(t.Context(), client(n), p.ID, to(n, p.Cumulative+1).Forge())
					var r *pay.Refusal
					if err != nil && !errors.As(err, &r) {
						t.Error(err)
					}
				}
				for {
					a, err := cashier.Promise(t.Context(), client(n), p.ID, p.Sign())
					var r *pay.Refusal
					if errors.As(err, &r) && r.Reason == pay.Busy {
						continue
					}
					if err != nil || a.Cumulative.Cmp(amount(p.Cumulative)) < 0 {
						t.Errorf("%s: %+v, %v", p, a, err)
					}
					_, n64 := a.Credited.Words()
					credited[n].Add(n64)
					return
				}
			})
		}
	}
	all.Wait()
	for n := byte(1); n <= 9; n++ {
		e, ok, err := w.book.Entry(t.Context(), "fake", channel(n))
		has, _ := w.book.Unspent(t.Context(), client(n))
		if err != nil || !ok || e.Cumulative != amount(100) || has != amount(100) || credited[n].Load() != 100 {
			t.Errorf("client %d has promised %s, has %s and was told of %d", n, e.Cumulative, has, credited[n].Load())
		}
	}
}
