package attached

import (
	"context"
	"sync"
)

// flights merges identical questions that are under way at the same time. Each
// caller waits only as long as its own context lets it. Unlike with singleflight, the
// work ends when nobody waits for it any more: a client that goes away must not
// leave a node working for it.
type flights struct {
	life  context.Context
	owned *sync.WaitGroup
	count *counters
	mu    struct {
		sync.Mutex
		byKey map[string]*flight
	}
}

type flight struct {
	done    chan struct{}
	value   any
	err     error
	waiting int
	cancel  context.CancelFunc
}

func newFlights(life context.Context, owned *sync.WaitGroup, count *counters) *flights {
	f := &flights{life: life, owned: owned, count: count}
	f.mu.byKey = make(map[string]*flight)
	return f
}

// share runs do, or waits for the run of the same key that is under way. The caller
// is inside the node's gate.
func share[T any](ctx context.Context, f *flights, key string, do func(context.Context) (T, error)) (T, error) {
	var zero T
	one := f.join(key, func(ctx context.Context) (any, error) { return do(ctx) })
	select {
	case <-one.done:
	case <-ctx.Done():
		f.leave(key, one)
		return zero, ctx.Err()
	}
	if one.err != nil {
		return zero, one.err
	}
	return one.value.(T), nil //nolint:forcetypeassert // a key is only ever used with one type
}

func (f *flights) join(key string, do func(context.Context) (any, error)) *flight {
	f.mu.Lock()
	defer f.mu.Unlock()
	if one, ok := f.mu.byKey[key]; ok {
		one.waiting++
		f.count.merged.Add(1)
		return one
	}
	one := &flight{done: make(chan struct{}), waiting: 1}
	ctx, cancel := context.WithCancel(f.life)
	one.cancel = cancel
	f.mu.byKey[key] = one
	f.owned.Go(func() {
		defer cancel()
		one.value, one.err = do(ctx)
		f.forget(key, one)
		close(one.done)
	})
	return one
}

// leave is for a caller who stops waiting.
func (f *flights) leave(key string, one *flight) {
	f.mu.Lock()
	one.waiting--
	last := one.waiting == 0
	if last && f.mu.byKey[key] == one {
		delete(f.mu.byKey, key) // a newcomer must not join what is being cancelled
	}
	f.mu.Unlock()
	if last {
		one.cancel()
	}
}

func (f *flights) forget(key string, one *flight) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.mu.byKey[key] == one {
		delete(f.mu.byKey, key)
	}
}
