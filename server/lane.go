package server

import (
	"context"
	"slices"
	"sync"
)

// lane has jobs done that wait for the disk or the chain: a few of one session at once, begun in the order in which
// they came. Its goroutines are there only while there is something to do.
type lane struct {
	jobs *sync.WaitGroup // of the session, which waits for them
	mu   struct {
		sync.Mutex
		waiting []func()
		running int
		closed  bool
		idle    chan struct{} // closed when nothing runs or waits any more; nil while nobody waits for that
	}
}

// maxAbreast is how many jobs of one session are done at once.
const maxAbreast = 4

// do has a job done. It never waits.
func (l *lane) do(job func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.mu.closed {
		return
	}
	l.mu.waiting = append(l.mu.waiting, job)
	if l.mu.running < maxAbreast {
		l.mu.running++
		l.jobs.Go(l.work)
	}
}

func (l *lane) work() {
	for {
		job := l.next()
		if job == nil {
			return
		}
		job()
	}
}

// next returns a job, or nil after having noted that one goroutine less is there.
func (l *lane) next() func() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.mu.waiting) > 0 {
		job := l.mu.waiting[0]
		l.mu.waiting = slices.Delete(l.mu.waiting, 0, 1)
		return job
	}
	l.mu.running--
	if l.mu.running == 0 && l.mu.idle != nil {
		close(l.mu.idle)
		l.mu.idle = nil
	}
	return nil
}

// drain waits until nothing runs or waits.
func (l *lane) drain(ctx context.Context) error {
	l.mu.Lock()
	if l.mu.running == 0 {
		l.mu.Unlock()
		return nil
	}
	if l.mu.idle == nil {
		l.mu.idle = make(chan struct{})
	}
	idle := l.mu.idle
	l.mu.Unlock()
	select {
	case <-idle:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// close drops what has not begun.
func (l *lane) close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.mu.closed, l.mu.waiting = true, nil
}
