package watch_test

import (
	"context"
	"errors"
	"maps"
	"slices"
	"sync"
	"testing"
	"time"

	ethereum "github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/candela-les/candela/pay/watch"
	"github.com/candela-les/candela/pay/watch/watchtest"
)

// cursors keeps cursors in memory, as a disk does over a restart.
type cursors struct {
	mu  sync.Mutex
	all map[string]watch.Cursor
}

func (c *cursors) Cursor(_ context.Context, name string) (watch.Cursor, bool, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	at, ok := c.all[name]
	return at, ok, nil
}

func (c *cursors) PutCursor(_ context.Context, name string, at watch.Cursor) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.all == nil {
		c.all = make(map[string]watch.Cursor)
	}
	c.all[name] = at
	return nil
}

// After a restart a subject gets the logs of the time in between, in ranges that the provider answers.
func TestRestartAndCatchUp(t *testing.T) {
	kept := new(cursors)
	o := newWorld(t, 3, func(c *watch.Config) { c.Cursors, c.MaxRange = kept, 16 })
	s := &subject{filter: emitters()}
	o.w.Watch("s", 1, s)
	o.chain.Emit(watchtest.Emitter(), 1)
	o.chain.Mine(5)
	o.look()
	s.take()
	o.w.Close()
	var want []int64
	for i := range int64(60) {
		o.chain.Emit(watchtest.Emitter(), uint64(2+i))
		o.chain.Mine(1)
		want = append(want, 2+i)
	}
	o.node.SetLogs(func(q ethereum.FilterQuery, logs []types.Log) ([]types.Log, error) {
		if q.ToBlock.Uint64()-q.FromBlock.Uint64() >= 5 {
			return nil, watchtest.RPCError{Code: -32602, Text: "ranges over 5 blocks are for paying customers"}
		}
		return logs, nil
	})
	o.open()
	next := &subject{filter: emitters()}
	d := o.w.Watch("s", 1, next)
	o.look()
	var got []int64
	views := next.take()
	for i, v := range views {
		got = append(got, words(v.Logs)...)
		if v.Again != (i == 0) || v.More != (i < len(views)-1) {
			t.Errorf("view %d of %d: %+v", i, len(views), v)
		}
	}
	if !slices.Equal(got, want) || len(views) < 3 {
		t.Errorf("%v in %d views", got, len(views))
	}
	if v, ok := d.View(); !ok || v.Head.Number != 65 {
		t.Errorf("%+v", v)
	}
	if at := kept.all["s"]; at.Since != 1 || at.Block.Number != 62 {
		t.Errorf("%+v", at)
	}
}

// A block that was sure when the process ended, and is gone when it starts again, has everything read again.
func TestReorganizationWhileAway(t *testing.T) {
	kept := new(cursors)
	o := newWorld(t, 1, func(c *watch.Config) { c.Cursors = kept })
	s := &subject{filter: emitters()}
	o.w.Watch("s", 1, s)
	for i := range uint64(4) {
		o.chain.Emit(watchtest.Emitter(), i+1)
		o.chain.Mine(1)
	}
	o.look()
	o.w.Close()
	o.chain.Back(3, true)
	o.chain.Mine(6)
	o.open()
	s.take()
	o.w.Watch("s", 1, s)
	o.look()
	if v := one(t, s); !v.Again || !slices.Equal(words(v.Logs), []int64{1}) {
		t.Errorf("%+v", v)
	}
}

// A provider that falls back behind what was confirmed is not believed, nor is one of another chain.
func TestProviderOfAnotherTime(t *testing.T) {
	o := newWorld(t, 1, nil)
	o.chain.Mine(8)
	o.look()
	old, err := o.chain.Node().HeaderByNumber(t.Context(), common.Big2)
	if err != nil {
		t.Fatal(err)
	}
	o.node.SetHead(func(*types.Header) *types.Header { return old })
	if _, err := o.w.Look(t.Context()); !errors.Is(err, watch.ErrBehind) {
		t.Errorf("%v", err)
	}
	if v, _ := o.w.View(); v.Head.Number != 8 {
		t.Errorf("%+v", v)
	}
	o.node.SetHead(nil)
	o.look()
	o.w.Close()
	o.cfg.ChainID = 5
	o.open()
	if _, err := o.w.Look(t.Context()); !errors.Is(err, watch.ErrWrongChain) {
		t.Errorf("%v", err)
	}
}

// Nodes behind one address that are late by a block or two do not move the view back.
func TestProvidersInTurn(t *testing.T) {
	o := newWorld(t, 4, nil)
	o.chain.Mine(6)
	s := &subject{filter: emitters()}
	o.w.Watch("s", 0, s)
	o.look()
	s.take()
	o.chain.Emit(watchtest.Emitter(), 1)
	o.chain.Mine(2)
	o.look()
	before := o.chain.Head()
	o.node.SetHead(func(h *types.Header) *types.Header {
		late, err := o.chain.Node().HeaderByNumber(t.Context(), new(common.Hash).Big().SetUint64(h.Number.Uint64()-2))
		if err != nil {
			t.Error(err)
		}
		return late
	})
	for range 5 {
		if v := o.look(); v.Head.Hash != before.Hash() {
			t.Fatalf("%+v", v)
		}
	}
	o.node.SetHead(nil)
	o.chain.Mine(1)
	if v := o.look(); v.Head.Number != 9 {
		t.Errorf("%+v", v)
	}
	for _, v := range s.take() {
		if slices.Contains(words(v.Logs), -1) || v.Again {
			t.Errorf("%+v", v)
		}
	}
}

// Logs that a provider has late are told as long as they come before their block is sure.
func TestLateLogs(t *testing.T) {
	o := newWorld(t, 3, nil)
	s := &subject{filter: emitters()}
	o.w.Watch("s", 0, s)
	o.look()
	o.node.SetLogs(func(ethereum.FilterQuery, []types.Log) ([]types.Log, error) { return nil, nil })
	o.chain.Emit(watchtest.Emitter(), 1)
	o.chain.Mine(1)
	o.look()
	o.node.SetLogs(nil)
	s.take()
	o.chain.Mine(1)
	o.look()
	if got := words(one(t, s).Logs); !slices.Equal(got, []int64{1}) {
		t.Errorf("%v", got)
	}
}

// Requests that fail, in any order and number, delay what is told and change nothing about it. One subject that fails
// does not hold back another.
func TestFaults(t *testing.T) {
	for _, method := range []string{"ChainID", "Head", "HeaderByNumber", "FilterLogs", "see"} {
		t.Run(method, func(t *testing.T) {
			o := newWorld(t, 2, func(c *watch.Config) { c.MaxRange = 3 })
			s, other := &subject{filter: emitters()}, &subject{filter: emitters()}
			d := o.w.Watch("s", 1, s)
			o.w.Watch("other", 1, other)
			o.chain.Mine(3)
			want := map[int64]bool{}
			for i := range int64(12) {
				broken := i%3 == 1
				fault := error(watchtest.RPCError{Code: -32000, Text: "no"})
				switch {
				case broken && method == "see":
					s.fail(fault)
				case broken:
					o.node.Set(func(_ context.Context, m string) error {
						if m == method {
							return fault
						}
						return nil
					})
				default:
					s.fail(nil)
					o.node.Set(nil)
				}
				o.chain.Emit(watchtest.Emitter(), uint64(i+1))
				o.chain.Mine(1)
				want[i+1] = true
				ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
				if _, err := o.w.Look(ctx); (err != nil) != (broken && (method != "ChainID")) {
					t.Errorf("round %d: %v", i, err)
				}
				cancel()
			}
			for _, s := range []*subject{s, other} {
				got := map[int64]bool{}
				for _, v := range s.take() {
					for _, n := range words(v.Logs) {
						got[n] = true
					}
				}
				if !maps.Equal(got, want) {
					t.Errorf("%v", got)
				}
			}
			if v, ok := d.View(); !ok || v.Head.Number != 15 {
				t.Errorf("%+v", v)
			}
		})
	}
}

// A provider that does not answer is given up, and asked again.
func TestSlowProvider(t *testing.T) {
	o := newWorld(t, 1, func(c *watch.Config) { c.Timeout = 20 * time.Millisecond })
	s := &subject{filter: emitters()}
	o.w.Watch("s", 1, s)
	o.look()
	o.node.Set(func(ctx context.Context, _ string) error {
		<-ctx.Done()
		return ctx.Err()
	})
	o.chain.Emit(watchtest.Emitter(), 1)
	o.chain.Mine(2)
	if _, err := o.w.Look(t.Context()); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v", err)
	}
	o.node.Set(nil)
	s.take()
	o.look()
	if got := words(one(t, s).Logs); !slices.Equal(got, []int64{1}) {
		t.Errorf("%v", got)
	}
}

// An address that is new in a filter gets its logs from the last sure block on.
func TestFilterGrows(t *testing.T) {
	o := newWorld(t, 3, nil)
	s := &subject{filter: emitters()}
	o.w.Watch("s", 0, s)
	o.chain.Mine(5)
	o.look()
	o.chain.Emit(watchtest.Twin(), 4)
	o.chain.Mine(1)
	o.look()
	s.take()
	s.mu.Lock()
	s.filter.Addresses = append(s.filter.Addresses, watchtest.Twin())
	s.mu.Unlock()
	o.look()
	if got := words(one(t, s).Logs); !slices.Equal(got, []int64{4}) {
		t.Errorf("%v", got)
	}
	s.mu.Lock()
	s.filter.Events = []common.Hash{watchtest.Word(5)}
	s.mu.Unlock()
	o.chain.Emit(watchtest.Twin(), 5)
	o.chain.Emit(watchtest.Twin(), 6)
	o.chain.Mine(1)
	o.look()
	if got := words(one(t, s).Logs); !slices.Equal(got, []int64{-4, 5}) {
		t.Errorf("%v", got)
	}
}

// One poll serves all subjects, and what is polled does not grow with what they are.
func TestOnePollForAll(t *testing.T) {
	o := newWorld(t, 3, nil)
	for _, name := range []string{"a", "b", "c"} {
		o.w.Watch(name, 0, &subject{filter: emitters()})
	}
	o.chain.Mine(5)
	o.look()
	logs, headers := o.node.Count("FilterLogs"), o.node.Count("HeaderByNumber")
	o.chain.Mine(1)
	o.look()
	if l, h := o.node.Count("FilterLogs")-logs, o.node.Count("HeaderByNumber")-headers; l != 1 || h != 1 {
		t.Errorf("%d requests for logs, %d for headers", l, h)
	}
}

// Where heads are told of, nobody has to poll.
func TestSubscription(t *testing.T) {
	o := newWorld(t, 1, func(c *watch.Config) { c.Chain = c.Chain.(*watchtest.Faulty).Node })
	heads := make(chan uint64, 64)
	o.w.Watch("s", 0, &subject{see: func(_ context.Context, v watch.View) error {
		heads <- v.Head.Number
		return nil
	}})
	o.look()
	for n := uint64(0); n < 5; {
		o.chain.Mine(1)
		select {
		case n = <-heads:
		case <-time.After(10 * time.Second):
			t.Fatal("no head is told of")
		}
	}
}

// Close returns while a provider does not answer and while a subject sees, and ends looks.
func TestCloseDoesNotWait(t *testing.T) {
	o := newWorld(t, 1, nil)
	seeing := make(chan struct{})
	o.w.Watch("s", 0, &subject{see: func(ctx context.Context, _ watch.View) error {
		close(seeing)
		<-ctx.Done()
		return ctx.Err()
	}})
	<-seeing
	done := make(chan error)
	go func() {
		_, err := o.w.Look(t.Context())
		done <- err
	}()
	o.w.Close()
	if err := <-done; !errors.Is(err, watch.ErrClosed) {
		t.Errorf("%v", err)
	}
}
