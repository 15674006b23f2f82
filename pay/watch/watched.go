package watch

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync/atomic"
	"time"

	ethereum "github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/core/types"
)

// Watched is a subject that a Watcher calls.
type Watched struct {
	w       *Watcher
	name    string
	subject Subject
	seen    atomic.Pointer[sight] // by the subject, all of it
	why     atomic.Pointer[error] // it could not see it

	// What follows belongs to the watcher's loop.
	loaded bool
	since  uint64
	next   uint64      // the first block whose logs are to be told
	last   Block       // the one before; zero if nothing is known of it
	saved  Block       // of the cursor
	again  bool        // everything is to be read
	doubt  bool        // a block that was sure is gone: last may be as well
	filter Filter      // with which window was read
	window []types.Log // told, and not sure yet
}

// Watch has a subject called with every view from now on, after those before it. name is that of its cursor. since is the first
// block whose logs it wants, if there is no cursor: 1 for all of them, 0 for none that are there already.
func (w *Watcher) Watch(name string, since uint64, s Subject) *Watched {
	d := &Watched{w: w, name: name, subject: s, since: since, again: true}
	w.mu.Lock()
	w.mu.subjects = append(slices.Clip(w.mu.subjects), d)
	w.nudge()
	w.mu.Unlock()
	return d
}

// View returns the last view that the subject has seen, without logs; ok is false if there is none.
func (d *Watched) View() (v View, ok bool) { return d.seen.Load().bare() }

// Fresh is nil while what the subject has seen is new enough to accept payments by, at now on the clock of
// Config.Now; otherwise a *pay.Refusal, with Stale. It does not wait.
func (d *Watched) Fresh(now time.Time) error {
	why := d.w.lastErr()
	if err := d.why.Load(); err != nil {
		why = *err
	}
	return d.seen.Load().fresh(now, d.w.cfg.Stale, why)
}

// start finds out where a subject goes on.
func (d *Watched) start(ctx context.Context, v View) error {
	if d.loaded {
		return d.confirm(ctx)
	}
	c, ok, err := d.w.cfg.Cursors.Cursor(ctx, d.name)
	if err != nil {
		return fmt.Errorf("cursor: %w", err)
	}
	switch {
	case ok:
		d.since, d.next, d.last, d.saved, d.doubt = c.Since, c.Block.Number+1, c.Block, c.Block, true
	case d.since == 0:
		d.since, d.next, d.last = v.Sure.Number+1, v.Sure.Number+1, v.Sure
	default:
		d.next = d.since
	}
	d.loaded = true
	return d.confirm(ctx)
}

// confirm makes sure that the block up to which a subject has seen the chain is still in it; if not, it begins
// from its beginning.
func (d *Watched) confirm(ctx context.Context) error {
	if !d.doubt {
		return nil
	}
	if d.last != (Block{}) {
		gone, err := d.w.gone(ctx, d.last)
		switch {
		case errors.Is(err, ethereum.NotFound):
			return fmt.Errorf("%w: it has no block %d", ErrBehind, d.last.Number)
		case err != nil:
			return err
		case gone:
			d.w.log.Error("a block that was taken for sure is gone, and everything is read again", "subject", d.name,
				"block", d.last.Number, "hash", d.last.Hash, "from", d.since)
			d.next, d.last, d.window = d.since, Block{}, nil
		}
	}
	d.doubt, d.again = false, true
	return nil
}

// done reports whether the subject has seen all that there is.
func (d *Watched) done(s *sight) bool {
	return d.seen.Load() == s && d.why.Load() == nil && sameFilter(d.filter, d.subject.Filter())
}

// keep stores the cursor. If that fails, a restart reads more than it had to.
func (d *Watched) keep(ctx context.Context) {
	if d.last == d.saved {
		return
	}
	if err := d.w.cfg.Cursors.PutCursor(ctx, d.name, Cursor{d.since, d.last}); err != nil {
		d.w.log.Warn("how far the chain was read cannot be stored", "subject", d.name, "err", err)
		return
	}
	d.saved = d.last
}
