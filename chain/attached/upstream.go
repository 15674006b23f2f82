package attached

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/ethereum/go-ethereum/rpc"
	"golang.org/x/time/rate"
)

// upstream is one node that is asked. Its watcher (watch.go) keeps its state true.
type upstream struct {
	name    string
	url     string
	push    bool
	cfg     *Config
	count   *counters
	options []rpc.ClientOption
	http    *http.Client
	limit   *rate.Limiter // nil: none
	poke    chan struct{} // asks the watcher to look at once

	mu struct {
		sync.Mutex
		client *rpc.Client
		closed bool
		// batch is how many requests one message may hold; it shrinks when the node
		// says that it wants less.
		batch int
		// logSpan is how many blocks one eth_getLogs may span; 0: not yet limited.
		logSpan uint64
		// ready: reached, of the right chain, and looked through.
		ready bool
		err   error // why it is not
		// aside is until when it is not asked, because it lied or wants a rest; spell
		// is how long that was.
		aside time.Time
		spell time.Duration
		lies  uint64
		has   profile
		view  view
		// since is when it was reached, synced that it has since been as far as the head.
		since  time.Time
		synced bool
		// recheck: what it has must be looked at again, all of it.
		recheck bool
	}
}

// maxBatch is how many requests one message holds at most; nodes refuse batches
// beyond a limit of their own, which is often 100 or 1000.
const maxBatch = 100

func newUpstream(cfg *Config, raw string, auth rpc.HTTPAuth, count *counters) *upstream {
	u := &upstream{
		name: displayName(raw), url: raw, push: pushes(raw), cfg: cfg, count: count, poke: make(chan struct{}, 1),
	}
	u.http, u.options = transport(cfg.HTTP, auth)
	u.mu.batch = maxBatch
	if cfg.Rate > 0 {
		u.limit = rate.NewLimiter(rate.Limit(cfg.Rate), cfg.Burst)
		u.mu.batch = min(maxBatch, cfg.Burst)
	}
	u.mu.err = errors.New("not reached yet")
	return u
}

// request is one JSON-RPC request and its answer.
type request struct {
	method string
	args   []any

	answer json.RawMessage
	err    error // what the node says instead of an answer
}

func ask(method string, args ...any) *request { return &request{method: method, args: args} }

// do sends requests, several in one message, and waits for all answers. Its error
// means that the node did not answer; what it answered is in the requests.
func (u *upstream) do(ctx context.Context, requests ...*request) error {
	for len(requests) > 0 {
		part := requests[:min(len(requests), u.batchSize())]
		if err := u.send(ctx, part); err != nil {
			if len(part) > 1 && wantsLess(err) {
				u.shrink(len(part))
				continue
			}
			return err
		}
		requests = requests[len(part):]
	}
	return nil
}

// send sends one message.
func (u *upstream) send(ctx context.Context, requests []*request) error {
	if err := u.wait(ctx, len(requests)); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, u.cfg.Timeout)
	defer cancel()
	client, err := u.dial(ctx)
	if err != nil {
		return err
	}
	u.count.trips.Add(1)
	batch := make([]rpc.BatchElem, len(requests))
	for i, r := range requests {
		u.count.asked(r.method)
		r.answer, r.err = nil, nil
		batch[i] = rpc.BatchElem{Method: r.method, Args: r.args, Result: &r.answer}
	}
	if len(batch) == 1 {
		err := client.CallContext(ctx, batch[0].Result, batch[0].Method, batch[0].Args...)
		if _, answered := errors.AsType[rpc.Error](err); answered {
			requests[0].err, err = err, nil
		}
		return u.failed(err)
	}
	if err := client.BatchCallContext(ctx, batch); err != nil {
		return u.failed(err)
	}
	for i, r := range requests {
		if errors.Is(batch[i].Error, rpc.ErrMissingBatchResponse) {
			return u.failed(batch[i].Error)
		}
		r.err = batch[i].Error
	}
	return nil
}

// failed says at which node an exchange failed.
func (u *upstream) failed(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", u.name, err)
}

// wantsLess reports whether a message may have failed for holding too many requests.
// Nodes that take no batches at all answer with something that is no list.
func wantsLess(err error) bool {
	var (
		notList *json.UnmarshalTypeError
		status  rpc.HTTPError
	)
	switch {
	case errors.Is(err, rpc.ErrMissingBatchResponse), errors.As(err, &notList), errors.Is(err, errAnswerTooLong):
		return true
	case errors.As(err, &status):
		return status.StatusCode == http.StatusRequestEntityTooLarge || status.StatusCode == http.StatusBadRequest
	default:
		return false
	}
}

func (u *upstream) batchSize() int {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.mu.batch
}

// shrink halves the size of messages after one of this size was not taken.
func (u *upstream) shrink(size int) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.mu.batch = max(1, min(u.mu.batch, size/2))
}

// patience is how long a request may wait for the configured rate. Longer queues
// would only make every answer late.
const patience = 3 * time.Second

// wait holds the rate.
func (u *upstream) wait(ctx context.Context, requests int) error {
	if u.limit == nil {
		return ctx.Err()
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	if err := u.limit.WaitN(ctx, requests); err != nil {
		if cause := context.Cause(ctx); errors.Is(cause, context.Canceled) {
			return cause
		}
		return u.failed(errRate)
	}
	return nil
}

// dial returns the connection, making it if there is none. One of rpc's that has
// broken is made again by rpc itself.
func (u *upstream) dial(ctx context.Context) (*rpc.Client, error) {
	u.mu.Lock()
	client, closed := u.mu.client, u.mu.closed
	u.mu.Unlock()
	if closed {
		return nil, u.failed(rpc.ErrClientQuit)
	}
	if client != nil {
		return client, nil
	}
	client, err := rpc.DialOptions(ctx, u.url, u.options...)
	if err != nil {
		return nil, u.failed(err)
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.mu.closed || u.mu.client != nil { // somebody else was faster
		client.Close()
		if u.mu.closed {
			return nil, u.failed(rpc.ErrClientQuit)
		}
		return u.mu.client, nil
	}
	u.mu.client = client
	return client, nil
}

// hangUp drops the connection, so that the next request makes a new one.
func (u *upstream) hangUp() {
	u.mu.Lock()
	client := u.mu.client
	u.mu.client = nil
	u.mu.Unlock()
	if client != nil {
		client.Close()
	}
	u.http.CloseIdleConnections()
}

func (u *upstream) close() {
	u.mu.Lock()
	u.mu.closed = true
	u.mu.Unlock()
	u.hangUp()
}

// lie makes a LieError of a wrong answer.
func (u *upstream) lie(method, format string, args ...any) error {
	return &LieError{Upstream: u.name, Method: method, Err: fmt.Errorf(format, args...)}
}

// read decodes an answer. Null is errNull; what cannot be decoded is a lie.
func read[T any](u *upstream, r *request) (value T, err error) {
	if r.err != nil {
		return value, u.failed(r.err)
	}
	if len(r.answer) == 0 || string(r.answer) == "null" {
		return value, u.failed(fmt.Errorf("%s: %w", r.method, errNull))
	}
	if err := json.Unmarshal(r.answer, &value); err != nil {
		return value, u.lie(r.method, "%w", err)
	}
	return value, nil
}

// one sends a single request and decodes its answer.
func one[T any](ctx context.Context, u *upstream, method string, args ...any) (value T, err error) {
	r := ask(method, args...)
	if err := u.do(ctx, r); err != nil {
		return value, err
	}
	return read[T](u, r)
}

// isReady reports whether the node can be asked now.
func (u *upstream) isReady(now time.Time) bool {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.mu.ready && !u.mu.aside.After(now)
}

// profile returns what the node has.
func (u *upstream) profile() profile {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.mu.has
}

func (u *upstream) stats() UpstreamStats {
	u.mu.Lock()
	defer u.mu.Unlock()
	s := UpstreamStats{Name: u.name, Ready: u.mu.ready, Lies: u.mu.lies}
	if u.mu.view.head != nil {
		s.Head = u.mu.view.head.Number.Uint64()
	}
	if u.mu.err != nil {
		s.Err = u.mu.err.Error()
	}
	return s
}

// look asks the watcher to look at the node at once.
func (u *upstream) look() {
	select {
	case u.poke <- struct{}{}:
	default:
	}
}
