package pay

import (
	"context"
	"sync"
)

// Turns lets one goroutine at a time have to do with a channel. The zero value is ready.
type Turns struct {
	mu   sync.Mutex
	busy map[Hash]chan struct{} // of those that somebody has: closed when it is over
}

// Take waits until nobody else has to do with a channel. Errors: the context's.
func (t *Turns) Take(ctx context.Context, id Hash) (release func(), err error) {
	for {
		t.mu.Lock()
		other, taken := t.busy[id]
		if !taken {
			mine := make(chan struct{})
			if t.busy == nil {
				t.busy = make(map[Hash]chan struct{})
			}
			t.busy[id] = mine
			t.mu.Unlock()
			return func() { t.release(id, mine) }, nil
		}
		t.mu.Unlock()
		select {
		case <-other:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

func (t *Turns) release(id Hash, mine chan struct{}) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.busy, id)
	close(mine)
}
