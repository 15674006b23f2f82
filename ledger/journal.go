package ledger

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"
)

// Options are what a journal wants to know. The zero value of all but Now is good.
type Options struct {
	Now      func() time.Time // the clock; what it says is written into the journal
	MaxBatch int              // how many calls share a transaction at most; 1024 if zero
	Patience time.Duration    // how long a transaction may take before it counts as lost; 30 s if zero
	// Asset is what the ledger has to be kept in; one that does not say what it is kept in is from then on kept in this. Nil: whatever it is.
	Asset *Asset
	// New is asked, unless it is nil, before a ledger is used in which nothing was ever written. With an error of it nothing is.
	New func() error
}

// Journal is a Ledger on a store.
type Journal struct {
	store    Store
	now      func() time.Time
	maxBatch int
	patience time.Duration
	asset    *Asset // nil if nobody has said

	mu struct {
		sync.Mutex
		queue  []*request
		closed bool
	}
	wake chan struct{} // holds one if there may be something in the queue
	done chan struct{} // closed when the writer has ended
	stop chan struct{} // closed when it shall
}

var _ Ledger = (*Journal)(nil)

// New starts a journal on a store, which it owns from then on.
func New(store Store, o Options) *Journal {
	j := &Journal{
		store: store, now: o.Now, maxBatch: o.MaxBatch, patience: o.Patience,
		wake: make(chan struct{}, 1), done: make(chan struct{}), stop: make(chan struct{}),
	}
	if j.maxBatch <= 0 {
		j.maxBatch = 1024
	}
	if j.patience <= 0 {
		j.patience = 30 * time.Second
	}
	go j.write()
	return j
}

// operation is a call on its way: what it needs, and what it does once that is there.
// An operation that returns an error has changed nothing.
type operation interface {
	needs(*Needs)
	apply(*view) error
}

// request is an operation in the queue. Its caller reads op and err after done only.
type request struct {
	op    operation
	err   error
	done  chan struct{}
	taken atomic.Bool // by the writer, or back by its caller
}

// do has an operation carried out together with those of other callers.
func (j *Journal) do(ctx context.Context, op operation) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	r := &request{op: op, done: make(chan struct{})}
	if !j.enqueue(r) {
		return ErrClosed
	}
	select {
	case <-r.done:
		return r.err
	case <-ctx.Done():
	}
	if r.taken.CompareAndSwap(false, true) {
		return ctx.Err()
	}
	select {
	case <-r.done:
		return r.err
	default:
		return fmt.Errorf("%w: %w", ErrUnknown, ctx.Err())
	}
}

func (j *Journal) enqueue(r *request) bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.mu.closed {
		return false
	}
	j.mu.queue = append(j.mu.queue, r)
	select {
	case j.wake <- struct{}{}:
	default:
	}
	return true
}

// write carries out what is in the queue until the journal is closed. Whatever has come
// in the meantime is the next batch: the slower the disk, the more calls share a sync.
func (j *Journal) write() {
	defer close(j.done)
	for {
		select {
		case <-j.stop:
			return
		case <-j.wake:
		}
		for batch := j.take(); len(batch) > 0; batch = j.take() {
			j.commit(batch)
		}
	}
}

// take takes the next batch out of the queue, without what was withdrawn.
func (j *Journal) take() (batch []*request) {
	j.mu.Lock()
	defer j.mu.Unlock()
	n := 0
	for ; n < len(j.mu.queue) && len(batch) < j.maxBatch; n++ {
		if r := j.mu.queue[n]; r.taken.CompareAndSwap(false, true) {
			batch = append(batch, r)
		}
	}
	j.mu.queue = append([]*request(nil), j.mu.queue[n:]...)
	return batch
}

// commit carries out a batch in one transaction.
func (j *Journal) commit(batch []*request) {
	ctx, cancel := context.WithTimeout(context.Background(), j.patience)
	defer cancel()
	now := j.now().UnixNano()
	needs := newNeeds(len(batch))
	for _, r := range batch {
		r.op.needs(needs)
		if _, expires := r.op.(*expire); expires {
			needs.Expired = now
		}
	}
	err := j.store.Update(ctx, needs, func(rows *Rows) (*Changes, error) {
		v := newView(rows, now)
		for _, r := range batch {
			r.err = r.op.apply(v)
		}
		return v.changes()
	})
	if errors.Is(err, context.DeadlineExceeded) && !errors.Is(err, ErrUnknown) {
		err = fmt.Errorf("%w: no answer within %s: %w", ErrUnavailable, j.patience, err)
	}
	for _, r := range batch {
		if err != nil {
			r.err = err
		}
		close(r.done)
	}
}

// Close ends the journal.
func (j *Journal) Close() error {
	j.mu.Lock()
	if j.mu.closed {
		j.mu.Unlock()
		<-j.done
		return nil
	}
	j.mu.closed = true
	waiting := j.mu.queue
	j.mu.queue = nil
	j.mu.Unlock()
	for _, r := range waiting {
		if r.taken.CompareAndSwap(false, true) {
			r.err = ErrClosed
			close(r.done)
		}
	}
	close(j.stop)
	<-j.done
	return j.store.Close()
}

// open says whether the journal can still be read.
func (j *Journal) open() error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.mu.closed {
		return ErrClosed
	}
	return nil
}
