package watch

import (
	"context"
	"errors"
	"fmt"

	ethereum "github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/core/types"
)

// ErrBehind: the provider's chain ends before a block that was confirmed. It has fallen behind, or it is another chain.
var ErrBehind = errors.New("the provider is behind what was seen before")

// relation is how a provider's head stands to the one seen before.
type relation uint8

const (
	same    relation = iota
	extends          // it is above it
	behind           // it is below it, as a provider says that asks several nodes in turn
	apart            // the one before is not in its chain
)

// patience is how many lower heads in a row have to come before they are taken for a chain that is
// lower, instead of for a node that is late.
const patience = 3

// advance asks for the head and takes it over. deep: a block that was sure is gone.
func (w *Watcher) advance(ctx context.Context) (now *sight, deep bool, err error) {
	before := w.seen.Load()
	h, err := w.header(ctx, nil)
	if err != nil {
		return nil, false, fmt.Errorf("asking for the head: %w", err)
	}
	if before == nil {
		sure, err := w.sureBelow(ctx, h)
		if err != nil {
			return nil, false, err
		}
		return w.take(h, sure), false, nil
	}
	sure := before.view.Sure
	how, err := w.relate(ctx, before.view, h)
	switch {
	case err != nil:
		return nil, false, err
	case how == same || how == behind:
		return before, false, nil
	case how == apart:
		w.log.Warn("a reorganization", "gone", before.view.Head.Number, "hash", before.view.Head.Hash, "head", h.Number)
		if deep, err = w.gone(ctx, sure); err != nil {
			return nil, false, err
		}
	}
	if deep {
		w.log.Error("a reorganization went deeper than the confirmations: what was taken for sure was not, and everything is read again. "+
			"Take more confirmations, or another provider", "block", sure.Number, "hash", sure.Hash, "confirmations", w.cfg.Confirmations)
	}
	if deep || w.depth(h) > sure.Number {
		if sure, err = w.sureBelow(ctx, h); err != nil {
			return nil, false, err
		}
	}
	return w.take(h, sure), deep, nil
}

// take makes a head the newest.
func (w *Watcher) take(h *types.Header, sure Block) *sight {
	s := &sight{view: View{Head: blockOf(h), Sure: sure}, at: w.cfg.Now()}
	w.seen.Store(s)
	w.mu.Lock()
	defer w.mu.Unlock()
	close(w.mu.next)
	w.mu.next = make(chan struct{})
	return s
}

// relate says how a head stands to what was seen before.
func (w *Watcher) relate(ctx context.Context, before View, h *types.Header) (relation, error) {
	was := before.Head
	switch {
	case h.Hash() == was.Hash:
		w.lower = 0
		return same, nil
	case h.ParentHash == was.Hash:
		w.lower = 0
		return extends, nil
	case h.Number.Uint64() < before.Sure.Number:
		return 0, fmt.Errorf("%w: its newest block is %d, and %d was confirmed", ErrBehind, h.Number, before.Sure.Number)
	}
	there, err := w.header(ctx, &was.Number)
	switch higher := h.Number.Uint64() > was.Number; {
	case errors.Is(err, ethereum.NotFound) && !higher && w.lower+1 < patience:
		w.lower++
		return behind, nil
	case errors.Is(err, ethereum.NotFound) && !higher:
		w.lower = 0
		return apart, nil
	case err != nil:
		return 0, fmt.Errorf("asking for block %d: %w", was.Number, err)
	case there.Hash() != was.Hash:
		w.lower = 0
		return apart, nil
	case higher:
		w.lower = 0
		return extends, nil
	default:
		w.lower = 0
		return behind, nil
	}
}

// gone reports whether a block has left the chain.
func (w *Watcher) gone(ctx context.Context, b Block) (bool, error) {
	h, err := w.header(ctx, &b.Number)
	if err != nil {
		return false, fmt.Errorf("asking for block %d: %w", b.Number, err)
	}
	return h.Hash() != b.Hash, nil
}

// depth is the number of the block that a head makes sure.
func (w *Watcher) depth(h *types.Header) uint64 {
	return h.Number.Uint64() - min(h.Number.Uint64(), w.cfg.Confirmations)
}

// sureBelow returns the block that a head makes sure.
func (w *Watcher) sureBelow(ctx context.Context, head *types.Header) (Block, error) {
	n := w.depth(head)
	if n == head.Number.Uint64() {
		return blockOf(head), nil
	}
	h, err := w.header(ctx, &n)
	if err != nil {
		return Block{}, fmt.Errorf("asking for block %d: %w", n, err)
	}
	return blockOf(h), nil
}

// header asks for a header, of the head without a number.
func (w *Watcher) header(ctx context.Context, n *uint64) (*types.Header, error) {
	return ask(ctx, w, func(ctx context.Context) (*types.Header, error) {
		if n == nil {
			return w.cfg.Chain.HeaderByNumber(ctx, nil)
		}
		h, err := w.cfg.Chain.HeaderByNumber(ctx, numbered(*n))
		if err == nil && (h.Number == nil || h.Number.Uint64() != *n) {
			return nil, fmt.Errorf("the provider answers with block %v", h.Number)
		}
		return h, err
	})
}
