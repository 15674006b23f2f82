package attached

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/candela-les/candela/chain"
)

// How long a node is left alone that lied, wants to be asked less or did not answer,
// at first and at most, if there is another; it doubles while that goes on.
const (
	firstLieSpell  = 10 * time.Second
	firstBusySpell = 250 * time.Millisecond
	firstDownSpell = time.Second
	maxLieSpell    = 5 * time.Minute
	maxBusySpell   = 8 * time.Second
	maxDownSpell   = 10 * time.Second
	// slow is how long a node may take before it is as good as not answering, for who
	// has left meanwhile.
	slow = time.Second
	// busyTries is how often a question is put again that all nodes are too busy for.
	busyTries = 3
)

// need says which nodes can answer a question.
type need struct {
	what string // for the error when none can
	can  func(*profile) bool
	// none is the error when no node has it at all.
	none error
}

// header is a need that every node meets.
func anyNode() need {
	return need{what: "an answer", can: func(*profile) bool { return true }, none: chain.ErrUnavailable}
}

// tell puts a question to one node after the other until one has the answer.
func tell[T any](ctx context.Context, n *Node, want need, do func(context.Context, *upstream) (T, error)) (T, error) {
	var zero T
	for try := 1; ; try++ {
		value, worst, err := n.round(ctx, want, func(ctx context.Context, u *upstream) (any, error) { return do(ctx, u) })
		if err == nil {
			return value.(T), nil //nolint:forcetypeassert // what do returned
		}
		if worst != faultBusy || try == busyTries {
			return zero, sentinel(err)
		}
		if err := n.rest(ctx, firstBusySpell<<(try-1)); err != nil {
			return zero, err
		}
	}
}

// round asks each node that can answer once. The failure that it returns is the one
// that leaves most open: a node that is cut off may have what another does not know.
func (n *Node) round(
	ctx context.Context, want need, do func(context.Context, *upstream) (any, error),
) (any, fault, error) {
	nodes, err := n.candidates(want)
	if err != nil {
		return nil, faultOf(err), err
	}
	var (
		worst   fault
		failure error
	)
	for i, u := range nodes {
		if i > 0 {
			n.count.failovers.Add(1)
		}
		from := n.cfg.Now()
		value, err := do(ctx, u)
		if err == nil {
			return value, faultNone, nil
		}
		if stop := ended(ctx, n.life); stop != nil {
			// Nobody waits any more. If that was the node's doing, the next one who asks
			// should not have to find out as well.
			if n.life.Err() == nil && n.cfg.Now().Sub(from) >= slow {
				n.blame(u, faultDown, err)
			}
			return nil, faultOurSource, stop
		}
		f := faultOf(err)
		n.blame(u, f, err)
		if f > worst {
			worst, failure = f, err
		}
	}
	return nil, worst, failure
}

// candidates returns the nodes to ask, in order. It fails if there is none.
func (n *Node) candidates(want need) ([]*upstream, error) {
	var (
		nodes, aside []*upstream
		able         bool
		why          error
		now          = n.cfg.Now()
	)
	for _, u := range n.ups {
		u.mu.Lock()
		ready, resting, has, err := u.mu.ready, u.mu.aside.After(now), u.mu.has, u.mu.err
		u.mu.Unlock()
		if has.probed && want.can(&has) {
			able = true
			switch {
			case ready && !resting:
				nodes = append(nodes, u)
			case ready:
				aside = append(aside, u)
			default:
				why = err
			}
		} else if !has.probed {
			why = err
		}
	}
	if len(nodes) == 0 {
		// Nobody else is left: every answer is checked, so a node that lied about one
		// thing can still be asked for another.
		nodes = aside
	}
	if len(nodes) > 0 {
		return n.chosenFirst(nodes), nil
	}
	if !able && why == nil {
		return nil, fmt.Errorf("%s: %w", want.what, want.none)
	}
	for _, u := range n.ups {
		u.look() // one may be back
	}
	return nil, fmt.Errorf("no node answers: %w: %w", chain.ErrUnavailable, why)
}

// chosenFirst puts the node that says what the head is before the others.
func (n *Node) chosenFirst(nodes []*upstream) []*upstream {
	chosen := n.chosen()
	for i, u := range nodes {
		if u == chosen && i > 0 {
			copy(nodes[1:i+1], nodes[:i])
			nodes[0] = u
		}
	}
	return nodes
}

// blame remembers what a failed answer says about a node.
func (n *Node) blame(u *upstream, f fault, err error) {
	switch f {
	case faultLie:
		n.count.lies.Add(1)
		n.log.Warn("a node answered wrongly", "node", u.name, "err", err)
		u.mu.Lock()
		u.mu.lies++
		u.mu.Unlock()
		u.setAside(n.cfg.Now(), firstLieSpell, maxLieSpell)
	case faultBusy:
		if !errors.Is(err, errRate) { // our own limit is no fault of the node
			u.setAside(n.cfg.Now(), firstBusySpell, maxBusySpell)
		}
	case faultDown:
		u.setAside(n.cfg.Now(), firstDownSpell, maxDownSpell)
		u.look() // its watcher finds out whether it is gone
	case faultNone, faultUnknown, faultPruned, faultMethod, faultRefused, faultTooLarge, faultOurSource:
	}
}

// setAside leaves the node alone for a while: longer if it has just been.
func (u *upstream) setAside(now time.Time, first, most time.Duration) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.mu.aside.After(now) {
		return // of several answers that were under way, the first one counts
	}
	if now.Sub(u.mu.aside) > 4*u.mu.spell {
		u.mu.spell = 0 // it has done well since
	}
	u.mu.spell = min(max(2*u.mu.spell, first), most)
	u.mu.aside = now.Add(u.mu.spell)
}

// rest waits, or fails when the caller or the node ends.
func (n *Node) rest(ctx context.Context, span time.Duration) error {
	timer := time.NewTimer(span)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	case <-n.life.Done():
	}
	return ended(ctx, n.life)
}
