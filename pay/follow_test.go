package pay_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/paytest/fake"
	"github.com/candela-les/candela/unit"
)

// following is a method whose channels have to know what was accepted over them.
type following struct {
	pay.Provider
	restoring func() // unless nil, before a channel is made of the ledger
}

func (f *following) Open(ctx context.Context, client pay.Address, opening []byte) (pay.Channel, error) {
	c, err := f.Provider.Open(ctx, client, opening)
	return &follower{Channel: c}, err
}

func (f *following) Restore(ctx context.Context, client pay.Address, evidence []byte) (pay.Channel, []byte, error) {
	if f.restoring != nil {
		f.restoring()
	}
	c, last, err := f.Provider.Restore(ctx, client, evidence)
	if err != nil {
		return nil, nil, err
	}
	out := &follower{Channel: c}
	return out, last, out.Follow(last)
}

// follower takes only what it does not know of: no promise twice, and none before it has heard of the one before.
type follower struct {
	pay.Channel
	mu       sync.Mutex
	accepted unit.Amount
}

var _ pay.Follower = (*follower)(nil)

func (f *follower) Verify(promise []byte) (pay.Promised, error) {
	p, err := f.Channel.Verify(promise)
	f.mu.Lock()
	defer f.mu.Unlock()
	if err == nil && p.Cumulative.Cmp(f.accepted) > 0 && p.From != f.accepted {
		return p, &pay.Refusal{Reason: pay.Gap, Most: f.accepted, Text: "of a follower"}
	}
	return p, err
}

func (f *follower) Follow(promise []byte) error {
	n, err := f.Read(promise)
	f.mu.Lock()
	defer f.mu.Unlock()
	f.accepted = f.accepted.Max(n)
	return err
}

func (f *follower) State() []byte {
	f.mu.Lock()
	defer f.mu.Unlock()
	return []byte(f.accepted.String())
}

func beginFollowing(t *testing.T) (*world, *following) {
	f := &following{}
	return begin(t, func(w *world) {
		w.method.NoConsent = true
		f.Provider = w.method
		w.config.Providers = []pay.Provider{f}
	}), f
}

// knows checks what a channel knows of: all that was accepted.
func (w *world) knows(n byte, accepted uint64) {
	w.Helper()
	if s := w.establish(n); string(s.State) != fmt.Sprint(accepted) || s.Cumulative != amount(accepted) {
		w.Fatalf("of %s that were accepted, and should be %d, the channel knows %s", s.Cumulative, accepted, s.State)
	}
}

// A channel that has to know what was accepted knows it before its next promise is looked at, whatever the ledger answers.
func TestFollower(t *testing.T) {
	w, _ := beginFollowing(t)
	w.establish(1)
	w.promise(steps(1, 0, 10), "10+10")
	w.knows(1, 10)
	lost := errors.New("lost")
	for _, c := range []struct{ before, after error }{{before: lost}, {after: lost}} {
		w.book.Before, w.book.After = fails("Advance", c.before), fails("Advance", c.after)
		s := w.establish(1)
		_, low := s.Cumulative.Words()
		if _, err := w.Promise(t.Context(), client(1), channel(1), steps(1, low, low+10).Sign()); !errors.Is(err, lost) {
			t.Fatalf("a ledger that fails: %v", err)
		}
		w.book.Before, w.book.After = nil, nil
		written := low
		if c.after != nil {
			written += 10
			w.refuses(steps(1, low, low+20), pay.Gap, written) // which says that it was written
		}
		w.promise(steps(1, written, written+10), fmt.Sprint(written+10, "+10"))
		w.knows(1, written+10)
	}
	// Nor is anything looked at as long as the ledger does not say.
	w.book.Before = func(string) error { return lost }
	for range 2 {
		if _, err := w.Promise(t.Context(), client(1), channel(1), steps(1, 40, 50).Sign()); !errors.Is(err, lost) {
			t.Fatalf("a ledger that fails: %v", err)
		}
	}
	w.book.Before = nil
	w.promise(steps(1, 40, 50), "50+10")
}

// fails has a call fail the next time.
func fails(call string, err error) func(string) error {
	return func(c string) error {
		if c != call {
			return nil
		}
		now := err
		err = nil
		return now
	}
}

func steps(n byte, from, cumulative uint64) fake.Promise {
	return fake.Promise{ID: channel(n), From: from, Cumulative: cumulative}
}

// The next promise is not looked at while it is not known what has become of the one before.
func TestFollowerWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		at, first, verified := newHeld(), true, 0
		w, _ := beginFollowing(t)
		w.method.Verified = func([]byte) { verified++ }
		w.establish(1)
		w.book.Before = func(call string) error {
			if call == "Advance" && first {
				first = false
				at.wait(call)
			}
			return nil
		}
		one := w.send(t.Context(), steps(1, 0, 10).Sign())
		<-at.arrived
		leaves, cancel := context.WithCancel(t.Context())
		gone := w.send(leaves, steps(1, 10, 30).Sign())
		two := w.send(t.Context(), steps(1, 10, 20).Sign())
		if verified != 1 {
			t.Errorf("%d promises were looked at", verified)
		}
		cancel() // who waits for it may go, and others wait on
		if o := <-gone[0]; !errors.Is(o.err, context.Canceled) {
			t.Errorf("%+v", o)
		}
		at.on <- struct{}{}
		w.becomes(one[0], "10+10")
		w.becomes(two[0], "20+10")
		w.knows(1, 20)
	})
}

// What another server has taken a channel knows before it looks at a promise, also at one that came while it was made anew.
func TestFollowerOfTwoServers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, f := beginFollowing(t)
		south := pay.NewCashier(w.config)
		w.establish(1)
		w.promise(steps(1, 0, 10), "10+10")
		take := func(from, cumulative uint64) {
			t.Helper()
			if _, err := south.Promise(t.Context(), client(1), channel(1), steps(1, from, cumulative).Sign()); err != nil {
				t.Fatal(err)
			}
		}
		take(10, 30)
		w.refuses(steps(1, 10, 40), pay.Gap, 30)
		w.promise(steps(1, 30, 40), "40+10")
		take(40, 50)
		var early, late chan outcome
		f.restoring = func() {
			f.restoring = nil
			early = w.send(t.Context(), steps(1, 40, 60).Sign())[0]
			late = w.send(t.Context(), steps(1, 50, 70).Sign())[0]
		}
		if _, err := w.Increase(t.Context(), client(1), channel(1)); err != nil {
			t.Fatal(err)
		}
		if o := <-early; o.err == nil {
			t.Errorf("what goes on from before is taken: %+v", o)
		}
		w.becomes(late, "70+20")
		w.knows(1, 70)
	})
}
