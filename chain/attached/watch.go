package attached

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/rpc"

	"github.com/candela-les/candela/chain"
)

const (
	// A node that cannot be reached is tried again after a pause that doubles from
	// the first to the second. A question that nobody answers is a reason to try at
	// once, but no more often than firstPause.
	firstPause = 250 * time.Millisecond
	maxPause   = 10 * time.Second
	// recheckEvery is how many looks at the head lie between two at what else there is.
	recheckEvery = 300
	// lookTimeout bounds a look at the head, which costs a node next to nothing.
	lookTimeout = 5 * time.Second
	// probeTimeout bounds finding out what a node has.
	probeTimeout = time.Minute
)

// reach connects to a node, checks that it is of this chain, and finds out what it
// has unless that is known and still so.
func (n *Node) reach(ctx context.Context, u *upstream) error {
	ctx, cancel := context.WithTimeout(ctx, probeTimeout)
	defer cancel()
	if err := u.identify(ctx, n.info.Genesis); err != nil {
		return err
	}
	v, err := u.readView(ctx)
	if err != nil {
		return err
	}
	has, err := n.inspect(ctx, u, v.head)
	if err != nil {
		return err
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	u.mu.has, u.mu.view, u.mu.recheck = has, v, false
	u.mu.ready, u.mu.err = true, nil
	u.mu.since, u.mu.synced = n.cfg.Now(), false
	return nil
}

// inspect returns what a node has: what it had before, if a look at the edges of that
// shows no change.
func (n *Node) inspect(ctx context.Context, u *upstream, head *types.Header) (profile, error) {
	u.mu.Lock()
	has, again := u.mu.has, u.mu.recheck
	u.mu.Unlock()
	if has.probed && !again {
		same, err := u.recheck(ctx, head)
		if err != nil {
			return profile{}, err
		}
		if same {
			return has, nil
		}
	}
	has, err := u.probe(ctx, head)
	if err == nil {
		n.log.Debug("looked at what a node has", "node", u.name, "has", fmt.Sprintf("%+v", has))
	}
	return has, err
}

// watch keeps a node's state true until the source closes.
func (n *Node) watch(u *upstream) {
	pause := firstPause
	for n.life.Err() == nil {
		err := n.attend(n.life, u)
		if n.life.Err() != nil {
			return
		}
		u.mu.Lock()
		was := u.mu.ready
		u.mu.ready, u.mu.err = false, err
		u.mu.Unlock()
		n.heads.nudge()
		u.hangUp()
		if was {
			n.log.Warn("a node does not answer", "node", u.name, "err", err)
			pause = firstPause
		}
		if errors.Is(err, ErrWrongChain) {
			n.log.Error("a node is not used", "node", u.name, "err", err)
			pause = maxPause
		}
		n.pause(u, pause)
		pause = min(2*pause, maxPause)
	}
}

// pause waits, less long if somebody asks for the node.
func (n *Node) pause(u *upstream, span time.Duration) {
	if n.rest(n.life, min(span, firstPause)) != nil || span <= firstPause {
		return
	}
	timer := time.NewTimer(span - firstPause)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-u.poke:
	case <-n.life.Done():
	}
}

// attend reaches a node if need be and looks at its head until it fails.
func (n *Node) attend(ctx context.Context, u *upstream) error {
	u.mu.Lock()
	ready := u.mu.ready
	u.mu.Unlock()
	if !ready {
		if err := n.reach(ctx, u); err != nil {
			return err
		}
		n.log.Info("a node answers", "node", u.name, "head", u.headNumber())
		n.heads.nudge()
	}
	s := subscription{u: u}
	defer s.end()
	for looks := 1; ; looks++ {
		s.renew(ctx, n.cfg.Timeout)
		if err := n.glance(ctx, u, looks%recheckEvery == 0); err != nil {
			return err
		}
		if err := n.untilNext(ctx, u, &s); err != nil {
			return err
		}
	}
}

// glance reads a node's view, and looks again at what it has if that is due.
func (n *Node) glance(ctx context.Context, u *upstream, due bool) error {
	looking, cancel := context.WithTimeout(ctx, min(n.cfg.Timeout, lookTimeout))
	defer cancel()
	v, err := u.readView(looking)
	switch faultOf(err) {
	case faultNone:
	case faultBusy:
		return nil // it is there
	case faultLie:
		n.blame(u, faultLie, err)
		return nil
	default:
		return err
	}
	u.mu.Lock()
	u.mu.view = v
	has, again := u.mu.has, u.mu.recheck
	u.mu.Unlock()
	n.heads.nudge()
	if again || due || has.indexing || (has.state.young && v.head.Number.Uint64() >= youngChain) {
		ctx, cancel := context.WithTimeout(ctx, probeTimeout)
		defer cancel()
		has, err := n.inspect(ctx, u, v.head)
		if faultOf(err) == faultBusy {
			return nil
		}
		if err != nil {
			return err
		}
		u.mu.Lock()
		u.mu.has, u.mu.recheck = has, false
		u.mu.Unlock()
	}
	return nil
}

// untilNext waits until the node should be looked at again.
func (n *Node) untilNext(ctx context.Context, u *upstream, s *subscription) error {
	span := n.cfg.PollInterval
	switch {
	case s.live():
		span *= subscribedPolls
	case n.chosen() != u:
		span *= standbyPolls
	}
	timer := time.NewTimer(span)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-u.poke:
		return n.rest(ctx, min(firstPause/5, n.cfg.PollInterval)) // many may ask at a time
	case <-s.events:
		s.drain()
	case <-s.failed():
		s.end()
	case <-ctx.Done():
	}
	return ctx.Err()
}

// readView asks for the head and what is safe and finalized.
func (u *upstream) readView(ctx context.Context) (view, error) {
	requests := []*request{
		ask("eth_getBlockByNumber", "latest", false),
		ask("eth_getBlockByNumber", "safe", false),
		ask("eth_getBlockByNumber", "finalized", false),
	}
	if err := u.do(ctx, requests...); err != nil {
		return view{}, err
	}
	var (
		v   view
		err error
	)
	if v.head, v.enc, err = u.header(requests[0], nil, nil); err != nil {
		if errors.Is(err, errNull) {
			err = u.failed(fmt.Errorf("the node has no head: %w", chain.ErrUnavailable))
		}
		return view{}, err
	}
	for i, mark := range []**types.Header{&v.safe, &v.final} {
		r := requests[i+1]
		// A node without one says null, or that it is an error to ask.
		if *mark, _, err = u.header(r, nil, nil); faultOf(err) == faultLie {
			return view{}, err
		}
	}
	return v, nil
}

// subscription tells of new heads where the transport can. What it carries is only
// taken as a reason to look.
type subscription struct {
	u      *upstream
	sub    *rpc.ClientSubscription
	events chan json.RawMessage
	// refused: the node does not do this; it is not asked again.
	refused bool
}

func (s *subscription) live() bool { return s.sub != nil }

func (s *subscription) failed() <-chan error {
	if s.sub == nil {
		return nil
	}
	return s.sub.Err()
}

// renew subscribes if there is no subscription.
func (s *subscription) renew(ctx context.Context, timeout time.Duration) {
	if s.sub != nil || s.refused || !s.u.push {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	client, err := s.u.dial(ctx)
	if err != nil {
		return // the look that follows finds the same
	}
	s.u.count.asked("eth_subscribe")
	events := make(chan json.RawMessage, 16)
	sub, err := client.EthSubscribe(ctx, events, "newHeads")
	if err != nil {
		var answered rpc.Error
		s.refused = errors.As(err, &answered) || errors.Is(err, rpc.ErrNotificationsUnsupported)
		return
	}
	s.sub, s.events = sub, events
}

// drain takes all that has been told, so that one look answers for it.
func (s *subscription) drain() {
	for {
		select {
		case <-s.events:
		default:
			return
		}
	}
}

func (s *subscription) end() {
	if s.sub != nil {
		s.sub.Unsubscribe()
		s.sub, s.events = nil, nil
	}
}
