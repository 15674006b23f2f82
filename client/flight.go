package client

import (
	"context"
	"sync"
)

// flights merges identical requests that run at the same time. Each caller waits
// only as long as its own context lets it; the work itself is stopped when nobody
// waits any more.
type flights struct {
	mu struct {
		sync.Mutex
		byKey map[string]*flight
	}
}

type flight struct {
	done    chan struct{}
	value   any
	err     error
	trace   *trace
	waiting int
	cancel  context.CancelFunc
}

func newFlights() *flights {
	f := new(flights)
	f.mu.byKey = make(map[string]*flight)
	return f
}

// share runs do, or waits for the run of the same key that is under way.
func share[T any](ctx context.Context, c *Client, key string, do func(context.Context) (T, error)) (T, error) {
	var zero T
	f, err := c.join(key, func(ctx context.Context) (any, error) { return do(ctx) })
	if err != nil {
		return zero, err
	}
	select {
	case <-f.done:
	case <-ctx.Done():
		c.leave(key, f)
		return zero, f.trace.interrupted(context.Cause(ctx))
	}
	traceOf(ctx).merge(f.trace)
	if f.err != nil {
		return zero, f.err
	}
	return f.value.(T), nil //nolint:forcetypeassert // a key is only ever used with one type
}

// join returns the flight for key, starting it if there is none.
func (c *Client) join(key string, do func(context.Context) (any, error)) (*flight, error) {
	c.flights.mu.Lock()
	defer c.flights.mu.Unlock()
	if f, ok := c.flights.mu.byKey[key]; ok {
		f.waiting++
		return f, nil
	}
	if !c.enter() {
		return nil, ErrClosed
	}
	f := &flight{done: make(chan struct{}), waiting: 1, trace: new(trace)}
	ctx, cancel := context.WithCancel(context.WithValue(c.ctx, traceKey{}, f.trace))
	f.cancel = cancel
	c.flights.mu.byKey[key] = f
	go func() {
		defer c.work.Done()
		defer cancel()
		f.value, f.err = do(ctx)
		c.forget(key, f)
		close(f.done)
	}()
	return f, nil
}

// leave is for a caller who stops waiting.
func (c *Client) leave(key string, f *flight) {
	c.flights.mu.Lock()
	f.waiting--
	last := f.waiting == 0
	if last && c.flights.mu.byKey[key] == f {
		delete(c.flights.mu.byKey, key) // a newcomer must not join what is being cancelled
	}
	c.flights.mu.Unlock()
	if last {
		f.cancel()
	}
}

func (c *Client) forget(key string, f *flight) {
	c.flights.mu.Lock()
	defer c.flights.mu.Unlock()
	if c.flights.mu.byKey[key] == f {
		delete(c.flights.mu.byKey, key)
	}
}
