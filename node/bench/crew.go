package bench

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/ethereum/go-ethereum/p2p"
	"github.com/ethereum/go-ethereum/p2p/enode"

	"github.com/candela-les/candela/internal/pause"
)

// Pauses before a client tries to connect again, if the server does not say.
const (
	retryFirst = time.Second
	retryMost  = 30 * time.Second
	// retryRenamed is the pause of who comes back as somebody else.
	retryRenamed = 50 * time.Millisecond
)

// members is what all crews have: clients that connect, and connect again when they
// are cut off, until the crew leaves.
type members struct {
	ctx     context.Context
	cancel  context.CancelFunc
	job     *job
	target  *enode.Node
	rec     *recorder
	tap     *tap
	running sync.WaitGroup
	slots   chan struct{} // held while shaking hands

	in    atomic.Int64 // connected now
	tried atomic.Int64 // have been connected or refused at least once
	mu    struct {
		sync.Mutex
		failed error // the first attempt that failed
	}
}

func newMembers(ctx context.Context, j *job, target *enode.Node) *members {
	m := &members{job: j, target: target, rec: new(recorder), tap: newTap(), slots: make(chan struct{}, connectAtOnce)}
	m.ctx, m.cancel = context.WithCancel(ctx)
	return m
}

// start runs one client. join connects once, within a slot; use uses the connection
// until it ends, and closes it.
func (m *members) start(join func(context.Context) (use func(context.Context) error, err error)) {
	m.running.Go(func() {
		first, wait := true, retryFirst
		for m.ctx.Err() == nil {
			use, err := m.join(join)
			if m.ctx.Err() != nil && err != nil {
				return
			}
			if err == nil {
				m.in.Add(1)
			}
			if first {
				first = false
				m.tried.Add(1)
			}
			if err == nil {
				wait = retryFirst
				err = use(m.ctx)
				m.in.Add(-1)
				if m.ctx.Err() != nil {
					return
				}
				m.rec.lost(err)
				if errors.Is(err, errRenamed) {
					wait = retryRenamed
				}
			} else {
				m.fail(err)
				m.rec.turned(err)
			}
			if later, ok := errors.AsType[*LaterError](err); ok {
				wait = max(later.After, retryFirst)
			}
			if pause.For(m.ctx, wait, nil) != nil {
				return
			}
			wait = min(2*wait, retryMost)
		}
	})
}

func (m *members) join(join func(context.Context) (func(context.Context) error, error)) (func(context.Context) error, error) {
	select {
	case m.slots <- struct{}{}:
		defer func() { <-m.slots }()
		return join(m.ctx)
	case <-m.ctx.Done():
		return nil, m.ctx.Err()
	}
}

func (m *members) fail(err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.mu.failed == nil {
		m.mu.failed = err
	}
}

// await waits until all are connected; with once, until each has tried; at most as
// long as said. It is an error if nobody is connected then, or not all who must be, and
// at once if nobody finds a server there.
func (m *members) await(ctx context.Context, within time.Duration, once, all bool) error {
	want := int64(m.job.Clients)
	done := func() bool {
		in, tried := m.in.Load(), m.tried.Load()
		return in == want || tried == want && (once || in == 0 && !m.mayComeAgain())
	}
	if err := poll(ctx, within, done); err != nil {
		return err
	}
	in := m.in.Load()
	if in == want || in > 0 && !all || want == 0 {
		return nil
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	why := m.mu.failed
	if why == nil {
		why = errors.New("no answer in time")
	}
	return fmt.Errorf("%d of %d connections failed, the first one: %w", want-in, want, why)
}

// mayComeAgain says whether the first failure was one that time mends.
func (m *members) mayComeAgain() bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	_, later := errors.AsType[*LaterError](m.mu.failed)
	return later || errors.Is(m.mu.failed, p2p.DiscTooManyPeers)
}

// poll looks every few milliseconds whether something is done, until it is or time
// is up. The error is the context's.
func poll(ctx context.Context, within time.Duration, done func() bool) error {
	for deadline := time.Now().Add(within); !done() && time.Now().Before(deadline); {
		if err := pause.For(ctx, 5*time.Millisecond, nil); err != nil {
			return err
		}
	}
	return nil
}

func (m *members) connected() int { return int(m.in.Load()) }

func (m *members) leave() {
	m.cancel()
	m.tap.set(0) // wakes who waits for it
	m.running.Wait()
}
