package attached

import (
	"sync"

	"github.com/candela-les/candela/chain"
)

// backlog is how many heads wait for a slow receiver before old ones go.
const backlog = 64

// feed hands heads to receivers. The zero feed is ready to use.
type feed struct {
	mu        sync.Mutex
	closed    bool
	receivers map[*receiver]struct{}
}

// receiver is the queue of one subscriber, emptied by a goroutine of its own.
type receiver struct {
	wake, quit chan struct{}
	end        func()
	done       sync.WaitGroup
	mu         sync.Mutex
	queue      []chain.Head
}

// add delivers every later head to ch until the returned function is called.
func (f *feed) add(ch chan<- chain.Head) (stop func()) {
	r := &receiver{wake: make(chan struct{}, 1), quit: make(chan struct{})}
	r.end = sync.OnceFunc(func() { close(r.quit) })
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.closed {
		return func() {}
	}
	if f.receivers == nil {
		f.receivers = make(map[*receiver]struct{})
	}
	f.receivers[r] = struct{}{}
	r.done.Go(func() { r.run(ch) })
	return func() {
		f.mu.Lock()
		delete(f.receivers, r)
		f.mu.Unlock()
		r.end()
		r.done.Wait()
	}
}

func (f *feed) send(head chain.Head) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for r := range f.receivers {
		r.put(head)
	}
}

// close ends every receiver's goroutine.
func (f *feed) close() {
	f.mu.Lock()
	receivers := f.receivers
	f.receivers, f.closed = nil, true
	f.mu.Unlock()
	for r := range receivers {
		r.end()
		r.done.Wait()
	}
}

// put never waits: a receiver that is too far behind loses its oldest head.
func (r *receiver) put(head chain.Head) {
	r.mu.Lock()
	if len(r.queue) == backlog {
		r.queue = r.queue[1:]
	}
	r.queue = append(r.queue, head)
	r.mu.Unlock()
	select {
	case r.wake <- struct{}{}:
	default:
	}
}

func (r *receiver) take() (head chain.Head, ok bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.queue) == 0 {
		return head, false
	}
	head, r.queue = r.queue[0], r.queue[1:]
	return head, true
}

func (r *receiver) run(ch chan<- chain.Head) {
	for {
		head, ok := r.take()
		if !ok {
			select {
			case <-r.wake:
				continue
			case <-r.quit:
				return
			}
		}
		select {
		case ch <- head:
		case <-r.quit:
			return
		}
	}
}
