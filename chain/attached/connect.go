package attached

import (
	"context"
	"fmt"
	"math/big"
	"slices"

	"github.com/ethereum/go-ethereum/core/types"

	"github.com/candela-les/candela/chain"
	"github.com/candela-les/candela/proof"
)

// connect returns the chain that ends in a new head, and how many blocks of the old
// one are not in it.
func (t *headTracker) connect(ctx context.Context, u *upstream, old []link, head *types.Header) ([]link, uint64, error) {
	first := linkOf(head)
	if len(old) == 0 {
		first.td = t.n.firstTD(head)
		return []link{first}, 0, nil
	}
	top := old[len(old)-1]
	if first.number > top.number+maxWalk {
		return t.jump(ctx, u, old, head)
	}
	w := walk{t: t, u: u, old: old, fresh: []link{first}}
	for !w.meets() {
		if err := w.down(ctx); err != nil {
			return nil, 0, fmt.Errorf("link block %d to block %d: %w", first.number, top.number, err)
		}
	}
	links, depth := w.join()
	return links, depth, nil
}

// walk goes down from a new head until it meets the old chain.
type walk struct {
	t     *headTracker
	u     *upstream
	old   []link // ascending; goes further down when need be
	fresh []link // descending; td is not set yet
}

func (w *walk) lowest() link { return w.fresh[len(w.fresh)-1] }

// at returns the old chain's block with a number.
func (w *walk) at(number uint64) (link, bool) {
	low := w.old[0].number
	if number < low || number-low >= uint64(len(w.old)) {
		return link{}, false
	}
	return w.old[number-low], true
}

// meets reports whether the lowest new block is one of the old chain, or a child of
// one.
func (w *walk) meets() bool {
	lowest := w.lowest()
	if have, ok := w.at(lowest.number); ok && have.hash == lowest.hash {
		return true
	}
	if lowest.number == 0 {
		return true // another genesis cannot be: identify looks
	}
	have, ok := w.at(lowest.number - 1)
	return ok && have.hash == lowest.parent
}

// join puts both parts together.
func (w *walk) join() ([]link, uint64) {
	top := w.old[len(w.old)-1].number
	lowest := w.lowest()
	base := 0 // how many of the old ones stay
	if have, ok := w.at(lowest.number); ok && have.hash == lowest.hash {
		w.fresh = w.fresh[:len(w.fresh)-1]
		base = int(lowest.number-w.old[0].number) + 1
	} else if lowest.number > w.old[0].number {
		base = int(lowest.number - w.old[0].number)
	}
	links := slices.Clone(w.old[:base])
	td := new(big.Int)
	if base > 0 {
		td = links[base-1].td
	}
	for _, l := range slices.Backward(w.fresh) {
		td = new(big.Int).Add(td, l.difficulty)
		l.td = td
		links = append(links, l)
	}
	kept := w.old[0].number + uint64(base) // the first number that is not the old one's
	depth := uint64(0)
	if top >= kept {
		depth = top - kept + 1
	}
	if len(links) > maxLinks {
		links = slices.Clone(links[len(links)-maxLinks:])
	}
	return links, depth
}

// down reads below the lowest new block, and below the old chain if that does not
// reach as far.
func (w *walk) down(ctx context.Context) error {
	if len(w.fresh) > 2*maxWalk {
		return fmt.Errorf("more than %d blocks apart: %w", 2*maxWalk, chain.ErrUnavailable)
	}
	lowest := w.lowest()
	want := uint64(16)
	if top := w.old[len(w.old)-1].number; lowest.number > top {
		want = min(lowest.number-top, maxRun)
	}
	below, err := w.t.n.below(ctx, w.u, lowest, want)
	if err != nil {
		return err
	}
	for _, header := range below {
		w.fresh = append(w.fresh, linkOf(header))
		if w.meets() {
			return nil
		}
	}
	for w.old[0].number > w.lowest().number && w.old[0].number > 0 {
		below, err := w.t.n.below(ctx, w.u, w.old[0], w.old[0].number-w.lowest().number)
		if err != nil {
			return err
		}
		w.extend(below)
	}
	return nil
}

// extend puts older blocks below the old chain.
func (w *walk) extend(below []*types.Header) {
	older := make([]link, 0, len(below)+len(w.old))
	child := w.old[0]
	for _, header := range below {
		l := linkOf(header)
		// What was told first is no sum from the genesis on: it may not go that far.
		if l.td.Sub(child.td, child.difficulty); l.td.Sign() < 0 {
			l.td.SetUint64(0)
		}
		older = append(older, l)
		child = l
	}
	slices.Reverse(older)
	w.old = append(older, w.old...)
}

// below returns up to count headers below a block, the newest first, each the parent
// of the one before; at least one.
func (n *Node) below(ctx context.Context, u *upstream, child link, count uint64) ([]*types.Header, error) {
	if header := n.cache.header(child.parent); header != nil {
		return []*types.Header{header}, nil
	}
	count = min(count, child.number, maxRun)
	if count > 1 {
		list := make([]uint64, count)
		for i := range list {
			list[i] = child.number - 1 - uint64(i)
		}
		headers, encs, err := u.headersAt(ctx, list)
		if err != nil && faultOf(err) != faultUnknown {
			return nil, err
		}
		want, linked := child.parent, 0
		for i, header := range headers {
			if header == nil || header.Hash() != want {
				break
			}
			n.cache.put(kindHeader, want, encs[i])
			want, linked = header.ParentHash, i+1
		}
		if linked > 0 {
			return headers[:linked], nil
		}
	}
	enc, err := u.headerOf(ctx, child.parent)
	if err != nil {
		return nil, err
	}
	n.cache.put(kindHeader, child.parent, enc)
	header, err := proof.VerifyHeader(enc, child.parent)
	if err != nil {
		return nil, err
	}
	return []*types.Header{header}, nil
}

// jump is connect for a head so far above the last one that the blocks between are
// not read: the node says whether the last one is below it, and if not which one is.
func (t *headTracker) jump(ctx context.Context, u *upstream, old []link, head *types.Header) ([]link, uint64, error) {
	next := linkOf(head)
	depth := uint64(0)
	for depth < uint64(len(old)) {
		part := old[:uint64(len(old))-depth]
		part = part[max(0, len(part)-maxRun):]
		if depth == 0 {
			part = part[len(part)-1:]
		}
		list := make([]uint64, len(part))
		for i, l := range part {
			list[i] = l.number
		}
		headers, _, err := u.headersAt(ctx, list)
		if err != nil {
			return nil, 0, fmt.Errorf("look for block %d below block %d: %w", part[0].number, next.number, err)
		}
		for i, header := range slices.Backward(headers) {
			if header != nil && header.Hash() == part[i].hash {
				next.td.Add(next.difficulty, part[i].td)
				return []link{next}, depth, nil
			}
			depth++
		}
	}
	next.td.Add(next.difficulty, old[0].td)
	return []link{next}, depth, nil
}
