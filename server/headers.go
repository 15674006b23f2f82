package server

import (
	"errors"

	"github.com/candela-les/candela/chain"
	"github.com/candela-les/candela/wire"
)

// maxSideSteps is how many parent links of blocks off the canonical chain one
// request may follow: each is a read of its own.
const maxSideSteps = 100

// headers adds a run of headers. It ends where the chain does; an unknown origin
// gives an empty run. In les/5 a run that is missing for any other reason is
// refused.
func (s *session) headers(b *wire.ReplyBuilder, q *wire.GetHeaders) error {
	walk := walker{s: s, q: q, hash: q.Origin.Hash, number: q.Origin.Number, budget: maxSideSteps}
	walk.byHash = q.Origin.Hash != (wire.Hash{})
	for uint64(b.Items()) < q.Max && b.Size() < wire.SoftReply {
		header, err := walk.read()
		if err != nil {
			if b.Items() > 0 || errors.Is(err, chain.ErrUnknown) {
				return nil
			}
			return err
		}
		b.Raw(header)
		if uint64(b.Items()) == q.Max || !walk.step(header) {
			return nil
		}
	}
	return nil
}

// walker is a place on the chain that moves as a GetHeaders asks.
type walker struct {
	s      *session
	q      *wire.GetHeaders
	byHash bool
	hash   chain.Hash // of the block, when byHash
	number uint64     // of the block, when not
	budget int
}

func (w *walker) read() ([]byte, error) {
	src, ctx := w.s.srv.cfg.Source, w.s.ctx
	hash := w.hash
	if !w.byHash {
		var err error
		if hash, err = src.CanonicalHash(ctx, w.number); err != nil {
			return nil, err
		}
	}
	return src.Header(ctx, hash)
}

// step moves to the next block of the run, or returns false at its end.
func (w *walker) step(header []byte) bool {
	gap := w.q.Skip + 1
	if gap == 0 {
		return false // Skip is the largest number there is
	}
	switch {
	case w.byHash:
		info, err := wire.PeekHeader(header)
		if err != nil {
			return false
		}
		if w.q.Reverse {
			return w.ancestor(info, gap)
		}
		return w.descendant(info, gap)
	case w.q.Reverse:
		if w.number < gap {
			return false
		}
		w.number -= gap
	default:
		if w.number+gap < w.number {
			return false
		}
		w.number += gap
	}
	return true
}

// ancestor moves gap blocks towards the genesis block: by number as soon as the
// block is on the canonical chain, by parent links before that.
func (w *walker) ancestor(from wire.HeaderInfo, gap uint64) bool {
	src, ctx := w.s.srv.cfg.Source, w.s.ctx
	if gap == 1 && from.Number > 0 {
		w.hash = from.Parent
		return true
	}
	for gap > 0 {
		if from.Number < gap {
			return false
		}
		if hash, err := src.CanonicalHash(ctx, from.Number); err == nil && hash == w.hash {
			w.hash, err = src.CanonicalHash(ctx, from.Number-gap)
			return err == nil
		}
		if w.budget--; w.budget < 0 {
			return false
		}
		w.hash, gap = from.Parent, gap-1
		if gap == 0 {
			return true
		}
		header, err := src.Header(ctx, w.hash)
		if err != nil {
			return false
		}
		if from, err = wire.PeekHeader(header); err != nil {
			return false
		}
	}
	return true
}

// descendant moves gap blocks away from the genesis block, which only blocks on
// the canonical chain can: theirs are the only children that are known.
func (w *walker) descendant(from wire.HeaderInfo, gap uint64) bool {
	src, ctx := w.s.srv.cfg.Source, w.s.ctx
	next := from.Number + gap
	if next < from.Number {
		return false
	}
	if hash, err := src.CanonicalHash(ctx, from.Number); err != nil || hash != w.hash {
		return false
	}
	hash, err := src.CanonicalHash(ctx, next)
	w.hash = hash
	return err == nil
}
