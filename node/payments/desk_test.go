package payments_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/core/types"
	"github.com/google/go-cmp/cmp"

	"github.com/candela-les/candela/node/payments"
	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/paytest/fake"
	"github.com/candela-les/candela/pay/watch"
)

// lines are channels as "seller state locked/promised/acknowledged/left".
func lines(s *payments.Status) (list []string) {
	for _, c := range s.Channels {
		line := fmt.Sprintf("%d %s %s/%s/%s/%s", c.Seller[1], c.State, c.Locked, c.Promised, c.Acknowledged, c.Left)
		if c.Locking != nil {
			line += " locking " + c.Locking.String()
		}
		if c.Back != nil {
			line += " back " + c.Back.Format(time.TimeOnly)
		}
		list = append(list, line)
	}
	return list
}

func (w *world) status(c *payments.Client) payments.Status {
	w.t.Helper()
	s, err := c.Status(w.t.Context())
	if err != nil {
		w.t.Fatal(err)
	}
	return s
}

// wants compares the channels that status tells of.
func (w *world) wants(c *payments.Client, want ...string) {
	w.t.Helper()
	s := w.status(c)
	if diff := cmp.Diff(want, lines(&s)); diff != "" {
		w.t.Error(diff)
	}
}

// Everything from opening to what came back, at three servers, and what is told of it.
func TestDesk(t *testing.T) {
	w := newWorld(t, 3)
	c := w.dial()
	all := payments.Which{All: true}
	rs := w.done(c, c.Open, payments.Order{Which: all, Amount: amount(50)})
	if len(rs) != 3 || rs[0].Error != nil || rs[2].State != payments.Open || rs[1].Locked != amount(50) {
		t.Fatalf("%+v", rs)
	}
	w.pays(0, 10)
	w.pays(2, 5)
	one := payments.Which{Server: "0x0701" + strings.Repeat("00", 18)}
	if rs = w.done(c, c.TopUp, payments.Order{Which: one, Amount: amount(7)}); len(rs) != 1 || rs[0].Locked != amount(57) {
		t.Fatalf("%+v", rs)
	}
	w.wants(c, "0 open 50/10/10/40", "1 open 57/0/0/57", "2 open 50/5/5/45")
	if s := w.status(c); !s.Channels[0].Asked || len(s.Servers) != 3 || !s.Servers[1].Connected || s.Servers[1].Seller != seller(1) {
		t.Errorf("%+v", s)
	}

	// By consent, at once: what was promised and not spent comes back as well.
	rs = w.done(c, c.CloseChannels, payments.Order{Which: payments.Which{Server: fmt.Sprintf("%x", [32]byte{12: 7})}})
	if len(rs) != 1 || rs[0].Error != nil || rs[0].State != payments.Closed || *rs[0].Returned != amount(50) {
		t.Fatalf("%+v", rs)
	}
	// A server that is gone is not waited for, unless it has to be; nothing is begun then.
	w.with(func() { w.met[1].Connected = false })
	rs = w.done(c, c.CloseChannels, payments.Order{Which: one})
	if rs[0].Error == nil || rs[0].Error.Code != payments.CodeAway {
		t.Fatalf("%+v", rs)
	}
	w.wants(c, "1 open 57/0/0/57", "2 open 50/5/5/45", "0 closed 0/10/10/0")
	rs = w.done(c, c.CloseChannels, payments.Order{Which: one, Alone: true})
	if rs[0].Error != nil || rs[0].State != payments.Closing || rs[0].Back == nil {
		t.Fatalf("%+v", rs)
	}
	w.wants(c, "1 closing 57/0/0/57 back 13:00:00", "2 open 50/5/5/45", "0 closed 0/10/10/0")
	w.with(func() { w.now = w.now.Add(2 * time.Hour) })
	rs = w.done(c, c.CloseChannels, payments.Order{Which: one}) // it has begun: the server is not needed
	if rs[0].Error != nil || rs[0].State != payments.Closed || *rs[0].Returned != amount(57) {
		t.Fatalf("%+v", rs)
	}

	s := w.status(c)
	if *s.Decimals != 2 || s.Currency != "TST" || s.Spent != amount(4) || s.Budget != amount(400) || s.Demand != "wallet" || s.Promised != amount(15) || s.Prepaid != amount(1) ||
		s.Locked != amount(45) || *s.Funds.Tokens != amount(1234) || s.Session.CoinWei != "1000000000000000000" || s.Block.Number != 77 {
		t.Errorf("%+v", s)
	}
	if u := s.Unopened; len(u) != 1 || u[0].Method != "b" || u[0].Seller != (pay.Address{8}) || u[0].Why != "no token" {
		t.Errorf("%+v", u)
	}
	h, err := c.History(t.Context(), 100)
	if err != nil {
		t.Fatal(err)
	}
	var what []string
	for _, e := range h.Entries {
		what = append(what, fmt.Sprintf("%d %s %s", e.Seller[1], e.What, e.Amount))
	}
	want := []string{"1 closed 57", "0 closed 50", "0 settled 0", "1 locked 7", "2 promised 5", "0 promised 10"}
	if diff := cmp.Diff(want, what[:len(what)-3]); diff != "" {
		t.Error(diff)
	}
	if h, err := c.History(t.Context(), 2); err != nil || len(h.Entries) != 2 {
		t.Errorf("%+v, %v", h, err)
	}
}

// A server that lies is left, with all that is told of it: until when, and why. Its channel is closed alone, and what an owner opens there has it
// paid again.
func TestLeft(t *testing.T) {
	w := newWorld(t, 2)
	c := w.dial()
	w.pays(0, 10)
	w.pays(1, 10)
	line, ok := w.met[0].Place.Line.(*fake.Line)
	if !ok {
		t.Fatal("another line")
	}
	line.Accept = func(a *pay.Accepted) { a.Cumulative = amount(1) }
	if err := w.wallet.Fund(t.Context(), w.met[0].Place, amount(5)); err == nil {
		t.Error("it was paid")
	}
	s := w.status(c)
	want := []payments.Left{{Seller: seller(0), Server: fmt.Sprintf("%x", w.met[0].ID), Until: w.Now().Add(30 * 24 * time.Hour)}}
	for i := range s.Left {
		if !strings.Contains(s.Left[i].Why, "acknowledge") {
			t.Errorf("why: %s", s.Left[i].Why)
		}
		s.Left[i].Why = ""
	}
	if diff := cmp.Diff(want, s.Left); diff != "" {
		t.Error(diff)
	}
	w.wants(c, "0 closing 80/15/10/65", "1 open 80/10/10/70")
	w.pays(1, 10)

	line.Accept = nil
	rs := w.done(c, c.Open, payments.Order{Which: payments.Which{Server: fmt.Sprintf("%x", w.met[0].ID)}, Amount: amount(50)})
	if len(rs) != 1 || rs[0].Error != nil {
		t.Fatalf("%+v", rs)
	}
	if s := w.status(c); len(s.Left) != 0 {
		t.Errorf("%+v is still left", s.Left)
	}
	w.pays(0, 10)
}

// A server that did not agree, and is gone, is not left alone by closing again: only who says so gives away what was promised and not spent.
func TestNotAgreed(t *testing.T) {
	w := newWorld(t, 1)
	c := w.dial()
	w.pays(0, 10)
	line, ok := w.met[0].Place.Line.(*fake.Line)
	if !ok {
		t.Fatal("another line")
	}
	line.Before = func(string) error { return errors.New("lost") }
	all := payments.Order{Which: payments.Which{All: true}}
	if rs := w.done(c, c.CloseChannels, all); rs[0].Error == nil || rs[0].State != payments.Closing || !rs[0].Asking || !strings.Contains(rs[0].Error.Message, "call close again") {
		t.Fatalf("%+v", rs)
	}
	line.Before = nil
	w.with(func() { w.met[0].Connected = false })
	if rs := w.done(c, c.CloseChannels, all); rs[0].Error == nil || rs[0].Error.Code != payments.CodeAway || rs[0].Back != nil {
		t.Errorf("closed alone: %+v", rs)
	}
	w.wants(c, "0 closing 80/10/10/70")
	w.with(func() { w.met[0].Connected = true })
	if rs := w.done(c, c.CloseChannels, all); rs[0].Error != nil || rs[0].State != payments.Closed || *rs[0].Returned != amount(80) {
		t.Errorf("by consent: %+v", rs)
	}
}

// Of a channel by a method that is not paid by any more it is said so, and the others are told of as ever.
func TestAnotherMethod(t *testing.T) {
	w := newWorld(t, 3)
	all := payments.Order{Which: payments.Which{All: true}, Amount: amount(50)}
	before := w.dial()
	w.done(before, before.Open, all)
	if _, err := w.wallet.Leave(t.Context(), "a", w.wallet.Stake().Tabs[0].ID, nil); err != nil {
		t.Fatal(err)
	}
	w.close()
	w.method = "b"
	w.open()
	c := w.dial()
	w.wants(c, "0 closing 50/0/0/50", "1 open 50/0/0/50", "2 open 50/0/0/50")
	const why = "opened by a, which is not in --pay"
	if s := w.status(c); s.Block == nil || !strings.Contains(s.Unseen, why) {
		t.Errorf("%+v", s)
	}
	rs := append(w.done(c, c.TopUp, all), w.done(c, c.CloseChannels, payments.Order{Which: all.Which, Alone: true})...)
	if len(rs) != 6 {
		t.Fatalf("%+v", rs)
	}
	for i, r := range rs {
		if r.Error == nil || r.Error.Code != payments.CodeFailed || !strings.Contains(r.Error.Message, why) {
			t.Errorf("%d: %+v", i, r.Error)
		}
	}
}

// Who looks at a job that the desk's end breaks off is told so.
func TestBrokenOff(t *testing.T) {
	w := newWorld(t, 1)
	w.pays(0, 10)
	w.close()
	w.wait = time.Minute
	w.open()
	dir := t.TempDir()
	stop, err := w.desk.Serve(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	c, err := payments.Dial(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	w.with(func() { w.met[0].Connected = false }) // it is waited for
	all := payments.Order{Which: payments.Which{All: true}}
	j, err := c.CloseChannels(t.Context(), all)
	if err != nil {
		t.Fatal(err)
	}
	stopped := make(chan error)
	go func() {
		for w.desk.Looking() == 0 {
			time.Sleep(time.Millisecond)
		}
		stopped <- stop()
	}()
	j, err = c.Follow(t.Context(), j, func(payments.Job) {})
	if err != nil || !j.Done || len(j.Results) != 1 || j.Results[0].Error == nil || j.Results[0].Error.Code != payments.CodeUnfinished {
		t.Errorf("%+v, %v", j, err)
	}
	if err := <-stopped; err != nil {
		t.Error(err)
	}
	if _, err := c.CloseChannels(t.Context(), all); err == nil {
		t.Error("another job is begun")
	}
}

// A desk rests when all is done that anybody has begun, or when it is not waited for any longer.
func TestRest(t *testing.T) {
	w := newWorld(t, 1)
	c := w.dial()
	if err := w.desk.Rest(t.Context()); err != nil {
		t.Error(err)
	}
	gate := make(chan struct{})
	w.with(func() { w.gate = gate })
	j, err := c.Open(t.Context(), payments.Order{Which: payments.Which{All: true}, Amount: amount(50)})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if err := w.desk.Rest(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("interrupted: %v", err)
	}
	time.AfterFunc(10*time.Millisecond, func() { close(gate) })
	if err := w.desk.Rest(t.Context()); err != nil {
		t.Error(err)
	}
	if j, err = c.Follow(t.Context(), j, func(payments.Job) {}); err != nil || j.Results[0].State != payments.Open {
		t.Errorf("%+v, %v", j, err)
	}
}

// A channel in which nothing could be locked is none: it is not told of, and nobody waits for its end.
func TestNothingLocked(t *testing.T) {
	w := newWorld(t, 1)
	c := w.dial()
	w.chain.Has(client(), 9)
	all := payments.Order{Which: payments.Which{All: true}, Amount: amount(50)}
	if rs := w.done(c, c.Open, all); rs[0].Error == nil || rs[0].Error.Code != payments.CodeRefused {
		t.Fatalf("%+v", rs)
	}
	w.close()
	w.open()
	if len(w.wallet.Stake().Tabs) != 1 {
		t.Fatalf("it is not even noted: %+v", w.wallet.Stake())
	}
	c = w.dial()
	w.wants(c)
	if rs := w.done(c, c.CloseChannels, payments.Order{Which: all.Which}); len(rs) != 0 {
		t.Errorf("%+v", rs)
	}
	w.chain.Has(client(), 90)
	w.done(c, c.Open, all)
	w.wants(c, "0 open 50/0/0/50")
}

// While the chain is not seen, what is noted is told all the same.
func TestUnseen(t *testing.T) {
	w := newWorld(t, 1)
	c := w.dial()
	w.pays(0, 10)
	w.with(func() { w.unseen = errors.New("the node is away") })
	s := w.status(c)
	if !strings.Contains(s.Unseen, "the node is away") || s.Decimals != nil || s.Block != nil || s.Funds.Tokens != nil || s.Say(amount(3)) != "3 base units" {
		t.Errorf("%+v", s)
	}
	w.wants(c, "0 open 80/10/10/70")
	if _, err := c.History(t.Context(), 1); err != nil {
		t.Error(err)
	}
	// What the token is does not change, and is kept: it is known from then on whatever is seen.
	w.with(func() { w.unseen = nil })
	w.status(c)
	w.close()
	w.with(func() { w.unseen = errors.New("the node is away") })
	w.open()
	c = w.dial()
	if s := w.status(c); s.Block != nil || s.Say(amount(3)) != "0.03 TST" {
		t.Errorf("%+v", s)
	}
	if h, err := c.History(t.Context(), 1); err != nil || h.Unit() != "TST" {
		t.Errorf("%+v, %v", h, err)
	}
}

// Orders that make no sense are refused at once, and what there is not is said.
func TestNonsense(t *testing.T) {
	w := newWorld(t, 1)
	c := w.dial()
	server := payments.Which{Server: fmt.Sprintf("%x", [32]byte{12: 7})}
	stranger := payments.Which{Server: "0x" + strings.Repeat("ee", 20)}
	for name, tt := range map[string]struct {
		do    func(context.Context, payments.Order) (payments.Job, error)
		order payments.Order
		code  int
	}{
		"nobody":           {c.CloseChannels, payments.Order{}, payments.CodeInvalid},
		"two":              {c.CloseChannels, payments.Order{Which: payments.Which{All: true, Channel: "0x1234"}}, payments.CodeInvalid},
		"a channel opened": {c.Open, payments.Order{Which: payments.Which{Channel: "0x1234"}, Amount: amount(1)}, payments.CodeInvalid},
		"nothing opened":   {c.Open, payments.Order{Which: server}, payments.CodeInvalid},
		"nothing more":     {c.TopUp, payments.Order{Which: server}, payments.CodeInvalid},
		"amount closed":    {c.CloseChannels, payments.Order{Which: server, Amount: amount(1)}, payments.CodeInvalid},
		"opened alone":     {c.Open, payments.Order{Which: server, Amount: amount(1), Alone: true}, payments.CodeInvalid},
		"method closed":    {c.CloseChannels, payments.Order{Which: server, Method: "a"}, payments.CodeInvalid},
		"no server":        {c.CloseChannels, payments.Order{Which: payments.Which{Server: "enode"}}, payments.CodeInvalid},
		"three digits":     {c.CloseChannels, payments.Order{Which: payments.Which{Channel: "0x123"}}, payments.CodeInvalid},
		"no digits":        {c.CloseChannels, payments.Order{Which: payments.Which{Channel: "0xwxyz"}}, payments.CodeInvalid},
		"unknown channel":  {c.CloseChannels, payments.Order{Which: payments.Which{Channel: "0x1234"}}, payments.CodeUnknown},
		"none at a server": {c.TopUp, payments.Order{Which: server, Amount: amount(1)}, payments.CodeUnknown},
		"a stranger":       {c.Open, payments.Order{Which: stranger, Amount: amount(1)}, payments.CodeAway},
		"another method":   {c.Open, payments.Order{Which: server, Amount: amount(1), Method: "b"}, payments.CodeRefused},
		"too much":         {c.Open, payments.Order{Which: server, Amount: amount(501)}, payments.CodeLimit},
	} {
		var said *payments.Error
		j, err := tt.do(t.Context(), tt.order)
		if err == nil {
			if j, err = c.Follow(t.Context(), j, func(payments.Job) {}); err == nil && len(j.Results) == 1 && j.Results[0].Error != nil {
				err = j.Results[0].Error
			}
		}
		if !errors.As(err, &said) || said.Code != tt.code {
			t.Errorf("%s: %v, want %d", name, err, tt.code)
		}
	}
	if w.status(c); len(w.status(c).Channels) != 0 {
		t.Errorf("%+v", w.status(c))
	}
	rs := w.done(c, c.Open, payments.Order{Which: server, Amount: amount(501)})
	if want := "beyond the owner's limit: what is locked in channels would come to 5.01 TST, and the most is 5 TST"; rs[0].Error.Message != want {
		t.Error(rs[0].Error.Message)
	}
	if rs := w.done(c, c.CloseChannels, payments.Order{Which: payments.Which{All: true}}); len(rs) != 0 {
		t.Errorf("%+v", rs)
	}
	for _, limit := range []uint64{0, 10_001} {
		if _, err := c.History(t.Context(), limit); err == nil {
			t.Errorf("%d entries", limit)
		}
	}
	if _, err := payments.Dial(t.Context(), t.TempDir()); !errors.Is(err, payments.ErrNotRunning) {
		t.Errorf("%v", err)
	}
}

// A job goes on when nobody looks, tells of the transactions that are sent, and what it has begun survives its end.
func TestJob(t *testing.T) {
	w := newWorld(t, 1)
	c := w.dial()
	gate := make(chan struct{})
	tx := types.NewTx(&types.DynamicFeeTx{Nonce: 4})
	raw, err := tx.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	w.with(func() {
		w.gate = gate
		w.sent = []watch.Sent{{Name: "a/" + strings.Repeat("ab", 32) + "/deposit/0", Raw: [][]byte{raw}}}
	})
	j, err := c.Open(t.Context(), payments.Order{Which: payments.Which{All: true}, Amount: amount(50)})
	if err != nil || j.Done || j.Action != "open" {
		t.Fatalf("%+v, %v", j, err)
	}
	looking, enough := context.WithCancel(t.Context())
	_, err = c.Follow(looking, j, func(now payments.Job) {
		if len(now.Steps) < 2 {
			return
		}
		enough() // as Ctrl-C does
		if all := fmt.Sprint(now.Steps); !strings.Contains(all, tx.Hash().Hex()) || !strings.Contains(all, "deposit of a 0xabababababab") || now.Block != 77 || len(now.Waiting) != 1 {
			t.Errorf("%+v", now)
		}
	})
	if !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	for len(w.status(c).Channels) == 0 {
		time.Sleep(time.Millisecond)
	}
	w.wants(c, "0 opening 0/0/0/0 locking 50")
	close(gate)
	w.with(func() { w.gate = nil })
	j, err = c.Follow(t.Context(), j, func(payments.Job) {})
	if err != nil || !j.Done || len(j.Results) != 1 || j.Results[0].State != payments.Open || len(j.Waiting) != 0 {
		t.Errorf("%+v, %v", j, err)
	}
	if _, err := c.Follow(t.Context(), payments.Job{ID: 99}, func(payments.Job) {}); err == nil {
		t.Error("a job that was never begun")
	}
	for range 70 { // jobs that are over are forgotten some time
		w.done(c, c.CloseChannels, payments.Order{Which: payments.Which{Channel: "0x0000"}})
	}
	if _, err := c.Follow(t.Context(), payments.Job{ID: j.ID}, func(payments.Job) {}); err == nil {
		t.Error("the first job is remembered still")
	}
}

// What a desk was doing when it ended is gone on with.
func TestEnded(t *testing.T) {
	w := newWorld(t, 1)
	rs := func() []payments.Result {
		c := w.dial()
		w.done(c, c.Open, payments.Order{Which: payments.Which{All: true}, Amount: amount(50)})
		w.pays(0, 10)
		w.with(func() { w.met[0].Connected = false })
		j, err := c.CloseChannels(t.Context(), payments.Order{Which: payments.Which{All: true}, Alone: true})
		if err != nil {
			t.Fatal(err)
		}
		if j, err = c.Follow(t.Context(), j, func(payments.Job) {}); err != nil {
			t.Fatal(err)
		}
		return j.Results
	}()
	if rs[0].State != payments.Closing {
		t.Fatalf("%+v", rs)
	}
	w.close()
	w.open()
	w.with(func() { w.now = w.now.Add(2 * time.Hour) })
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { defer close(done); w.wallet.Run(ctx) }()
	for s := w.wallet.Stake(); !s.Tabs[0].Closed; s = w.wallet.Stake() {
		time.Sleep(time.Millisecond)
	}
	cancel()
	<-done
	w.wants(w.dial(), "0 closed 10/10/10/0")
}

// What is noted and cannot go on now is not said to have failed, and who orders it again does not have it twice.
func TestNotedOnly(t *testing.T) {
	w := newWorld(t, 2)
	c := w.dial()
	w.pays(0, 10) // 80 are locked
	unseen := errors.New("no elected head")
	w.with(func() { w.stuck = unseen })
	begun := func(rs []payments.Result, n int, locking uint64, words string) {
		t.Helper()
		if len(rs) != n {
			t.Fatalf("%+v", rs)
		}
		for _, r := range rs {
			if r.Error == nil || r.Error.Code != payments.CodeBegun || !strings.Contains(r.Error.Message, words) || r.Locking == nil || *r.Locking != amount(locking) {
				t.Errorf("%+v, %v", r, r.Error)
			}
		}
	}
	all := payments.Order{Which: payments.Which{All: true}, Amount: amount(7)}
	begun(w.done(c, c.TopUp, all), 1, 87, "do not repeat it. What is in its way now: locking more")
	begun(w.done(c, c.TopUp, all), 1, 87, "7 base units are on the way into this channel already")
	one := payments.Order{Which: payments.Which{Server: "0x0701" + strings.Repeat("00", 18)}, Amount: amount(50)}
	begun(w.done(c, c.Open, one), 1, 50, "no elected head")
	begun(w.done(c, c.Open, one), 1, 50, "do not repeat it")
	w.wants(c, "0 open 80/10/10/70 locking 87", "1 opening 0/0/0/0 locking 50")
	// By itself, and once.
	w.with(func() { w.stuck = nil })
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { defer close(done); w.wallet.Run(ctx) }()
	for s := w.status(c); s.Channels[0].Locking != nil || s.Channels[1].Locking != nil; s = w.status(c) {
		time.Sleep(time.Millisecond)
	}
	cancel()
	<-done
	w.wants(c, "0 open 87/10/10/77", "1 open 50/0/0/50")
	// A close alone is noted as well.
	w.with(func() { w.stuck = unseen })
	rs := w.done(c, c.CloseChannels, payments.Order{Which: payments.Which{All: true}, Alone: true})
	if len(rs) != 2 || rs[0].Error == nil || rs[0].Error.Code != payments.CodeBegun || rs[1].State != payments.Closing {
		t.Errorf("%+v", rs)
	}
}

// Of channels whose session key is lost it is said so, and what can still be done; that can be.
func TestKeyLost(t *testing.T) {
	w := newWorld(t, 1)
	c := w.dial()
	w.pays(0, 10)
	id := w.wallet.Stake().Tabs[0].ID
	w.with(func() { w.others = map[pay.Hash]pay.Address{id: {8}} })
	if s := w.status(c); s.Channels[0].OpenedBy == nil || *s.Channels[0].OpenedBy != (pay.Address{8}) {
		t.Errorf("%+v", s.Channels)
	}
	all := payments.Which{All: true}
	more := payments.Order{Which: all, Amount: amount(7)}
	for _, rs := range [][]payments.Result{w.done(c, c.TopUp, more), w.done(c, c.Open, more), w.done(c, c.CloseChannels, payments.Order{Which: all})} {
		if len(rs) != 1 || rs[0].Error == nil || rs[0].Error.Code != payments.CodeRefused || !strings.Contains(rs[0].Error.Message, "put its session.key back") {
			t.Errorf("%+v", rs)
		}
	}
	w.wants(c, "0 open 80/10/10/70")
	if rs := w.done(c, c.CloseChannels, payments.Order{Which: all, Alone: true}); rs[0].Error != nil || rs[0].State != payments.Closing {
		t.Errorf("%+v", rs)
	}
}

// Steps say what is being done, and not that it is; and that a server is waited for, and for how long.
func TestSteps(t *testing.T) {
	w := newWorld(t, 1)
	c := w.dial()
	// does has an order done, whose steps are as said.
	does := func(begin func(context.Context, payments.Order) (payments.Job, error), o payments.Order, begun bool, want ...string) payments.Result {
		t.Helper()
		j, err := begin(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		if j, err = c.Follow(t.Context(), j, func(payments.Job) {}); err != nil {
			t.Fatal(err)
		}
		if now, err := c.Job(t.Context(), j.ID); err != nil || now.Begun != begun || !now.Done {
			t.Errorf("%+v, %v", now, err)
		}
		for i, text := range want {
			if i >= len(j.Steps) || !strings.HasPrefix(j.Steps[i].Text, text) {
				t.Errorf("step %d is not %q: %+v", i, text, j.Steps)
			}
		}
		if len(j.Results) == 0 {
			t.Fatal("no results")
		}
		return j.Results[0]
	}
	all := payments.Order{Which: payments.Which{All: true}}
	more := payments.Order{Which: all.Which, Amount: amount(50)}
	does(c.Open, more, true, "opening a channel to server 0x07", "channel 0x")
	does(c.TopUp, more, true, "locking 50 base units more in channel 0x", "it is locked")
	w.with(func() { w.met[0].Connected = false })
	if r := does(c.Open, more, false, "no server that is meant is connected"); r.Error == nil || r.Error.Code != payments.CodeAway {
		t.Errorf("%+v", r)
	}
	if r := does(c.CloseChannels, all, false, "server 0x07"); r.Error == nil || !strings.Contains(r.Error.Message, "--force") {
		t.Errorf("%+v", r)
	}
	w.with(func() { w.met[0].Connected = true })
	does(c.CloseChannels, all, true, "asking server 0x07", "closing channel", "server 0x07", "channel 0x")
}

// Who asks for a method that there is not is told which there are, and at which server.
func TestNoSuchMethod(t *testing.T) {
	w := newWorld(t, 1)
	c := w.dial()
	rs := w.done(c, c.Open, payments.Order{Which: payments.Which{All: true}, Amount: amount(50), Method: "nonsense"})
	const want = `not by "nonsense": server 0x0700000000000000000000000000000000000000 takes a, and this client pays by a`
	if len(rs) != 1 || rs[0].Error == nil || rs[0].Error.Code != payments.CodeRefused || !strings.HasSuffix(rs[0].Error.Message, want) {
		t.Errorf("%+v %v", rs, rs[0].Error)
	}
	if _, err := c.Open(t.Context(), payments.Order{Which: payments.Which{Server: "enode:/x"}, Amount: amount(50)}); err == nil || !strings.Contains(err.Error(), "enode URL") {
		t.Error(err)
	}
}
