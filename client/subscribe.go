package client

import "sync"

// feed hands events to subscribers. Publishing never waits: each subscriber has a
// queue and a goroutine of its own, and gets every event in order.
type feed[T any] struct {
	mu struct {
		sync.Mutex
		subs   map[*subscriber[T]]struct{}
		closed bool
	}
	work sync.WaitGroup
}

type subscriber[T any] struct {
	to   chan<- T
	quit chan struct{}
	wake chan struct{}
	mu   struct {
		sync.Mutex
		queue []T
	}
}

// subscribe delivers all later events to the channel until the returned function
// is called; when that has returned nothing is sent any more.
func (f *feed[T]) subscribe(to chan<- T) (unsubscribe func()) {
	s := &subscriber[T]{to: to, quit: make(chan struct{}), wake: make(chan struct{}, 1)}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.mu.closed {
		return func() {}
	}
	if f.mu.subs == nil {
		f.mu.subs = make(map[*subscriber[T]]struct{})
	}
	f.mu.subs[s] = struct{}{}
	ended := make(chan struct{})
	f.work.Go(func() {
		defer close(ended)
		s.run()
	})
	return func() {
		f.mu.Lock()
		if _, ok := f.mu.subs[s]; ok {
			delete(f.mu.subs, s)
			close(s.quit)
		}
		f.mu.Unlock()
		<-ended
	}
}

func (f *feed[T]) publish(event T) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for s := range f.mu.subs {
		s.mu.Lock()
		s.mu.queue = append(s.mu.queue, event)
		s.mu.Unlock()
		select {
		case s.wake <- struct{}{}:
		default:
		}
	}
}

// close ends all subscriptions.
func (f *feed[T]) close() {
	f.mu.Lock()
	f.mu.closed = true
	for s := range f.mu.subs {
		delete(f.mu.subs, s)
		close(s.quit)
	}
	f.mu.Unlock()
	f.work.Wait()
}

func (s *subscriber[T]) run() {
	for {
		select {
		case <-s.wake:
		case <-s.quit:
			return
		}
		s.mu.Lock()
		events := s.mu.queue
		s.mu.queue = nil
		s.mu.Unlock()
		for _, e := range events {
			select {
			case s.to <- e:
			case <-s.quit:
				return
			}
		}
	}
}
