package devp2p

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"github.com/ethereum/go-ethereum/p2p"
	"github.com/ethereum/go-ethereum/p2p/enode"
)

// ErrTooMany: the server ended the connection because it has too many.
var ErrTooMany = errors.New("server has too many connections")

// errAtOnce: a connection ended before it was of any use, and nobody said why.
var errAtOnce = errors.New("the server closed the connection at once")

// visit is one connection that was dialed, and what is learned of its end.
type visit struct {
	ended   chan error  // of the session; buffers one
	dropped chan string // by devp2p, and why; buffers one
}

func (v *visit) session(err error) {
	select {
	case v.ended <- err:
	default: // told before
	}
}

func (h *Host) visitTo(id enode.ID) *visit {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.mu.visits[id]
}

// watchDrops tells visits why devp2p ended them.
func (h *Host) watchDrops() {
	events := make(chan *p2p.PeerEvent, 16)
	sub := h.srv.SubscribeEvents(events)
	h.drops = sub
	h.loops.Go(func() {
		for {
			select {
			case ev := <-events:
				if v := h.visitTo(ev.Peer); v != nil && ev.Type == p2p.PeerEventTypeDrop {
					select {
					case v.dropped <- ev.Error:
					default:
					}
				}
			case <-sub.Err():
				return
			}
		}
	})
}

// Visit dials the node once, and returns when the connection has ended: how long it
// was one, and why it ended (or was none), never nil. It ends with the context.
// Settled is called when it has held for a moment, which is when it was not refused;
// it may be nil. One node can be visited once at a time.
func (h *Host) Visit(ctx context.Context, node *enode.Node, settled func()) (held time.Duration, err error) {
	v := &visit{ended: make(chan error, 1), dropped: make(chan string, 1)}
	h.mu.Lock()
	if h.mu.visits[node.ID()] != nil {
		h.mu.Unlock()
		return 0, errors.New("node is being visited already")
	}
	h.mu.visits[node.ID()] = v
	h.mu.Unlock()
	defer func() {
		h.mu.Lock()
		delete(h.mu.visits, node.ID())
		h.mu.Unlock()
	}()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(h.ctx, cancel)()

	conn, err := h.connect(ctx, node)
	if errors.Is(err, p2p.DiscTooManyPeers) {
		return 0, ErrTooMany
	}
	if err != nil {
		return 0, err
	}
	began := time.Now()
	timer := time.NewTimer(settledAfter)
	defer timer.Stop()
	for {
		select {
		case <-timer.C:
			if settled != nil {
				settled()
			}
			continue
		case <-conn.closed:
		case <-ctx.Done():
			conn.Close()
		}
		return time.Since(began), v.why(ctx)
	}
}

// why returns why a connection has ended that has been closed. What is known of it
// comes a moment later: first from the session, then from devp2p.
func (v *visit) why(ctx context.Context) error {
	patience := time.NewTimer(time.Second)
	defer patience.Stop()
	reason := errAtOnce
	select {
	case dropped := <-v.dropped:
		if dropped == p2p.DiscTooManyPeers.Error() {
			reason = ErrTooMany
		}
	case <-patience.C:
	}
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	select {
	case err := <-v.ended:
		// The session sees no more than that the connection is gone.
		if err != nil && !(errors.Is(err, errConnectionLost) && errors.Is(reason, ErrTooMany)) {
			return err
		}
	default:
	}
	return reason
}

// What a server that is full is given if it does not say how long it will be.
const (
	fullMin = 30 * time.Second
	fullMax = 10 * time.Minute
)

// backoff is how long one node is left alone after a visit.
type backoff struct {
	wait time.Duration // next time
	full time.Duration // next time that it is full and does not say for how long
}

func newBackoff() backoff { return backoff{wait: redialMin, full: fullMin} }

// next returns how long to wait after a visit that held so long and ended for err,
// and whether that is because the server is full.
func (b *backoff) next(h *Host, held time.Duration, err error) (wait time.Duration, full bool) {
	if told := h.retryAfter(err); told > 0 {
		return told + rand.N(told/8+1), true
	}
	if errors.Is(err, ErrTooMany) {
		wait = b.full + rand.N(b.full/2)
		b.full = min(2*b.full, fullMax)
		return wait, true
	}
	// A connection that held for a while was a good one.
	if held > redialMax {
		*b = newBackoff()
	}
	wait = b.wait
	b.wait = min(wait*3/2, redialMax)
	return wait, false
}

func (h *Host) retryAfter(err error) time.Duration {
	if h.cfg.RetryAfter == nil || err == nil {
		return 0
	}
	return h.cfg.RetryAfter(err)
}

// Full says of a visit's error whether the server was full, and for how long it
// wants to be left alone, 0 if it did not say.
func (h *Host) Full(err error) (retry time.Duration, full bool) {
	retry = h.retryAfter(err)
	return retry, retry > 0 || errors.Is(err, ErrTooMany)
}
