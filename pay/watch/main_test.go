package watch_test

import (
	"context"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/candela-les/candela/pay/watch"
	"github.com/candela-les/candela/pay/watch/watchtest"
)

// clock is one that the test moves.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = t
}

// world is a chain, its provider, and a watcher.
type world struct {
	t     *testing.T
	chain *watchtest.Chain
	node  *watchtest.Faulty
	clock *clock
	cfg   watch.Config
	w     *watch.Watcher
}

// newWorld begins a world, at whose end no goroutine may be left. Polls are so far apart that only Look looks. change
// changes the watcher's configuration.
func newWorld(t *testing.T, confirmations uint64, change func(*watch.Config)) *world {
	t.Helper()
	watchtest.NoLeaks(t)
	return oneOfMany(t, confirmations, change)
}

// oneOfMany is newWorld for a test that makes many, and looks for what is left at its own end: it takes its time.
func oneOfMany(t *testing.T, confirmations uint64, change func(*watch.Config)) *world {
	t.Helper()
	c := watchtest.New(t, nil)
	o := &world{t: t, chain: c, node: watchtest.NewFaulty(c.Node()), clock: &clock{}}
	o.clock.set(time.Now()) // as the chain's blocks have it
	o.cfg = watch.Config{
		Chain: o.node, ChainID: watchtest.ChainID, Confirmations: confirmations, Stale: time.Hour, Poll: time.Hour,
		Timeout: 10 * time.Second, Now: o.clock.Now, Logger: slog.New(slog.DiscardHandler),
		Rest: time.Millisecond,
	}
	if change != nil {
		change(&o.cfg)
	}
	o.open()
	t.Cleanup(func() { o.w.Close() })
	return o
}

// open starts the watcher, as a process does.
func (o *world) open() {
	o.t.Helper()
	var err error
	if o.w, err = watch.New(o.cfg); err != nil {
		o.t.Fatal(err)
	}
}

// look looks, which has to succeed.
func (o *world) look() watch.View {
	o.t.Helper()
	ctx, cancel := context.WithTimeout(o.t.Context(), time.Minute)
	defer cancel()
	v, err := o.w.Look(ctx)
	if err != nil {
		o.t.Fatal(err)
	}
	return v
}

// subject notes what it is told.
type subject struct {
	mu     sync.Mutex
	filter watch.Filter
	views  []watch.View
	err    error
	see    func(ctx context.Context, v watch.View) error
}

func (s *subject) Filter() watch.Filter {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.filter
}

func (s *subject) See(ctx context.Context, v watch.View) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err != nil {
		return s.err
	}
	if s.see != nil {
		if err := s.see(ctx, v); err != nil {
			return err
		}
	}
	s.views = append(s.views, v)
	return nil
}

// take returns the views told since it was last called.
func (s *subject) take() []watch.View {
	s.mu.Lock()
	defer s.mu.Unlock()
	views := s.views
	s.views = nil
	return views
}

func (s *subject) fail(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.err = err
}
