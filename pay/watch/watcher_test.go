package watch_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/watch"
	"github.com/candela-les/candela/pay/watch/watchtest"
)

func emitters() watch.Filter {
	return watch.Filter{Addresses: []common.Address{watchtest.Emitter()}}
}

// words are the first topics of logs, negative where the log was removed.
func words(logs []types.Log) []int64 {
	var out []int64
	for _, l := range logs {
		n := l.Topics[0].Big().Int64()
		if l.Removed {
			n = -n
		}
		out = append(out, n)
	}
	return out
}

// one is the only view told since the last call.
func one(t *testing.T, s *subject) watch.View {
	t.Helper()
	views := s.take()
	if len(views) != 1 {
		t.Fatalf("%d views", len(views))
	}
	return views[0]
}

// A log is told at each view until its block is sure, and once more then.
func TestLogsAreToldUntilTheyAreSure(t *testing.T) {
	o := newWorld(t, 3, nil)
	o.chain.Mine(5)
	s := &subject{filter: emitters()}
	o.w.Watch("s", 0, s)
	o.look()
	if v := one(t, s); !v.Again || len(v.Logs) != 0 || v.Head.Number != 5 || v.Sure.Number != 2 {
		t.Fatalf("%+v", v)
	}
	o.chain.Emit(watchtest.Emitter(), 7)
	o.chain.Emit(watchtest.Twin(), 8) // nobody wants it
	for i := range uint64(6) {
		o.chain.Mine(1)
		o.look()
		v := one(t, s)
		if v.Head.Number != 6+i || v.Sure.Number != 3+i || v.Again || v.More {
			t.Fatalf("%+v", v)
		}
		want := []int64{7}
		if i > 3 { // block 6 was sure in the view before
			want = nil
		}
		if got := words(v.Logs); !slices.Equal(got, want) {
			t.Errorf("at %d: %v", v.Head.Number, got)
		}
	}
	o.look()
	if views := s.take(); len(views) != 0 {
		t.Errorf("nothing is new: %+v", views)
	}
}

// What a reorganization takes out of the chain is told as removed, and what it puts there as new.
func TestReorganization(t *testing.T) {
	o := newWorld(t, 4, nil)
	o.chain.Mine(4)
	s := &subject{filter: emitters()}
	o.w.Watch("s", 0, s)
	o.look()
	o.chain.Emit(watchtest.Emitter(), 1)
	o.chain.Mine(1)
	o.chain.Emit(watchtest.Emitter(), 2)
	o.chain.Mine(1)
	o.look()
	s.take()
	o.chain.Back(1, true)
	o.chain.Emit(watchtest.Emitter(), 3)
	o.chain.Mine(2)
	o.look()
	v := one(t, s)
	if got := words(v.Logs); !slices.Equal(got, []int64{-2, 1, 3}) || v.Again || v.Sure.Number != 3 {
		t.Errorf("%v in %+v", got, v)
	}
	o.chain.Mine(1)
	o.look()
	if got := words(one(t, s).Logs); !slices.Equal(got, []int64{1, 3}) {
		t.Errorf("%v", got)
	}
}

// A reorganization that is deeper than the confirmations has everything read again, from the subject's beginning.
func TestDeepReorganization(t *testing.T) {
	o := newWorld(t, 2, nil)
	s, late := &subject{filter: emitters()}, &subject{filter: emitters()}
	o.w.Watch("s", 1, s)
	for i := range uint64(6) {
		o.chain.Emit(watchtest.Emitter(), i+1)
		o.chain.Mine(1)
	}
	o.w.Watch("late", 0, late)
	o.look()
	o.chain.Mine(1)
	o.look()
	s.take()
	late.take()
	o.chain.Back(4, true)
	o.chain.Emit(watchtest.Emitter(), 9)
	o.chain.Mine(5)
	o.look()
	v := one(t, s)
	if got := words(v.Logs); !v.Again || !slices.Equal(got, []int64{1, 2, 3, 9}) || v.Sure.Number != 6 {
		t.Errorf("%v in %+v", got, v)
	}
	if v := one(t, late); !v.Again {
		t.Errorf("late: %+v", v)
	}
	if err := o.w.Fresh(o.clock.Now()); err != nil {
		t.Error(err)
	}
}

// What was seen is stale when no head comes, and when heads come that are old.
func TestStale(t *testing.T) {
	away := errors.New("the provider is away")
	o := newWorld(t, 1, func(c *watch.Config) {
		c.Stale = time.Minute
		c.Chain.(*watchtest.Faulty).Set(func(context.Context, string) error { return away })
	})
	s := &subject{}
	d := o.w.Watch("s", 0, s)
	stale := func(why string, err error) {
		t.Helper()
		var r *pay.Refusal
		if !errors.As(err, &r) || r.Reason != pay.Stale {
			t.Errorf("%s: %v", why, err)
		}
	}
	if _, err := o.w.Look(t.Context()); !errors.Is(err, away) {
		t.Error(err)
	}
	stale("nothing seen", d.Fresh(o.clock.Now()))
	o.node.Set(nil)
	o.chain.Mine(1)
	o.look()
	at := time.Unix(int64(o.chain.Head().Time), 0)
	o.clock.set(at)
	for _, f := range []func(time.Time) error{d.Fresh, o.w.Fresh} {
		if err := f(at.Add(30 * time.Second)); err != nil {
			t.Error(err)
		}
		stale("no head", f(at.Add(2*time.Minute)))
	}
	o.clock.set(at.Add(10 * time.Minute))
	o.chain.Mine(1) // its time is that of the machine
	o.look()
	stale("old heads", d.Fresh(o.clock.Now()))
	o.clock.set(at)
	s.fail(errors.New("cannot read"))
	o.chain.Mine(1)
	if _, err := o.w.Look(t.Context()); err == nil {
		t.Error("a subject has not seen it")
	}
	if err := o.w.Fresh(at); err != nil {
		t.Error(err)
	}
	stale("the subject has not seen it", d.Fresh(at.Add(2*time.Minute)))
}

// Who waits for the next head is told of it, whether or not subjects can see it, and not of a look that sees the same one.
func TestNext(t *testing.T) {
	o := newWorld(t, 0, nil)
	closed := func(ch <-chan struct{}) bool {
		select {
		case <-ch:
			return true
		default:
			return false
		}
	}
	first := o.w.Next()
	v, err := o.w.Latest(t.Context())
	if err != nil || !closed(first) {
		t.Fatalf("%v: the first head is no next one", err)
	}
	next := o.w.Next()
	o.look()
	if closed(next) {
		t.Error("the same head is taken for the next one")
	}
	o.w.Watch("blind", 0, &subject{err: errors.New("it is blind")})
	o.chain.Mine(1)
	if _, err := o.w.Look(t.Context()); err == nil || !closed(next) {
		t.Errorf("%v: the next head was not told of", err)
	}
	if now, err := o.w.Latest(t.Context()); err != nil || now.Head.Number != v.Head.Number+1 {
		t.Errorf("%v, %v", now.Head, err)
	}
}
