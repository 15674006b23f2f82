package watch

import (
	"context"
	"fmt"
	"slices"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
)

const (
	// chunks is how many times what can be asked at once a subject is told in one view while it catches up.
	chunks = 8
	// seeTimeouts is for how many requests' time a subject may see a view.
	seeTimeouts = 40
)

// turn looks at the chain once and tells the subjects. more: there is more to tell at once. failed is why a
// subject could not see it; err, why nothing was seen.
func (w *Watcher) turn(ctx context.Context) (more bool, failed, err error) {
	defer func() {
		if err != nil {
			w.checked = false
		}
	}()
	if err := w.checkChain(ctx); err != nil {
		return false, nil, err
	}
	s, deep, err := w.advance(ctx)
	if err != nil {
		return false, nil, err
	}
	w.mu.Lock()
	subjects := w.mu.subjects
	w.mu.Unlock()
	for _, group := range w.groups(ctx, subjects, s, deep, &failed) {
		again, err := w.tellGroup(ctx, group, s, &failed)
		if err != nil {
			return false, failed, err
		}
		more = more || again
	}
	return more, failed, nil
}

// groups puts those subjects together that are to be told the same blocks, in their order.
func (w *Watcher) groups(ctx context.Context, subjects []*Watched, s *sight, deep bool, failed *error) [][]*Watched {
	var groups [][]*Watched
	for _, d := range subjects {
		d.doubt = d.doubt || deep
		if err := d.start(ctx, s.view); err != nil {
			d.fail(err, failed)
			continue
		}
		if d.done(s) {
			continue
		}
		i := slices.IndexFunc(groups, func(g []*Watched) bool { return g[0].next == d.next })
		if i < 0 {
			groups = append(groups, []*Watched{d})
			continue
		}
		groups[i] = append(groups[i], d)
	}
	return groups
}

// tellGroup reads the logs for subjects that are equally far and tells them.
func (w *Watcher) tellGroup(ctx context.Context, group []*Watched, s *sight, failed *error) (more bool, err error) {
	from, to, end := group[0].next, s.view.Head.Number, s.view.Sure
	part := false
	if most := min(w.span*chunks, w.cfg.MaxRange); from <= end.Number && end.Number-from >= most {
		to, part = from+most-1, true
		h, err := w.header(ctx, &to)
		if err != nil {
			return false, fmt.Errorf("asking for block %d: %w", to, err)
		}
		end = blockOf(h)
	}
	filters := make([]Filter, len(group))
	for i, d := range group {
		filters[i] = d.subject.Filter()
	}
	logs, err := w.logs(ctx, union(filters), from, to)
	if err != nil {
		return false, err
	}
	for i, d := range group {
		if err := d.tell(ctx, s, filters[i], filters[i].only(logs), end, part); err != nil {
			d.fail(err, failed)
			continue
		}
		more = part
	}
	return more, nil
}

// tell has a subject see a view, up to block end for good.
func (d *Watched) tell(ctx context.Context, s *sight, f Filter, logs []types.Log, end Block, more bool) error {
	v := View{Head: s.view.Head, Sure: s.view.Sure, Logs: logs, Again: d.again, More: more}
	if !more {
		v.Logs = append(removed(d.window, logs), logs...)
	}
	seeing, cancel := context.WithTimeout(ctx, seeTimeouts*d.w.cfg.Timeout)
	defer cancel()
	if err := d.subject.See(seeing, v); err != nil {
		return err
	}
	d.again, d.filter = false, f
	d.why.Store(nil)
	if end.Number+1 >= d.next { // the Sure of a low chain may be below where it began
		d.next, d.last = end.Number+1, end
	}
	if !more {
		d.window = slices.DeleteFunc(slices.Clone(logs), func(l types.Log) bool { return l.BlockNumber < d.next })
		d.seen.Store(s)
	}
	d.keep(ctx)
	return nil
}

func (d *Watched) fail(err error, failed *error) {
	err = fmt.Errorf("%s: %w", d.name, err)
	if d.why.Swap(&err) == nil {
		d.w.log.Warn("what depends on the chain does not see it", "err", err)
	}
	if *failed == nil {
		*failed = err
	}
}

// removed returns the logs of a window that are not in the next one, marked as such.
func removed(window, logs []types.Log) []types.Log {
	type place struct {
		block common.Hash
		index uint
	}
	there := make(map[place]bool, len(logs))
	for _, l := range logs {
		there[place{l.BlockHash, l.Index}] = true
	}
	var gone []types.Log
	for _, l := range window {
		if !there[place{l.BlockHash, l.Index}] {
			l.Removed = true
			gone = append(gone, l)
		}
	}
	return gone
}
