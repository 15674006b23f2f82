package pay

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Leave closes a channel: with the server's consent over its line, or alone without one, which takes the method's delay. It returns how the
// channel stands when it is closed, or when there is nothing more to do until Balance.ClosingS; Run does the rest then. From its
// beginning on nothing is promised over the channel any more, also if it fails. Errors: ErrNoTab, *NoPayerError, and as of Fund. Where the server does
// not answer, or hands out what cannot be, it can be called again, with a line or without one. Until then Run lets the channel be: of one that is
// closed alone the server collects all that was promised, spent or not. One that lies about how the two stand is left, and the channel is closed alone.
func (w *Wallet) Leave(ctx context.Context, method string, id Hash, line Line) (Balance, error) {
	t, err := w.reload(ctx, tabKey{method, id})
	p := w.payer(method)
	switch {
	case err != nil:
		return Balance{}, err
	case t == nil:
		return Balance{}, fmt.Errorf("%w: %s %x", ErrNoTab, method, id)
	case p == nil:
		return Balance{}, &NoPayerError{method}
	}
	leave, err := w.enter(ctx, w.see(t).note.To.Seller)
	if err != nil {
		return Balance{}, err
	}
	defer leave()
	if !w.see(t).note.Closed {
		if err := w.noteClosing(ctx, t, line != nil); err != nil {
			return Balance{}, err
		}
	}
	if line != nil && !w.see(t).note.Closed {
		switch err := w.consent(ctx, p, t, line); {
		case errors.Is(err, errLied):
			return Balance{}, w.lied(ctx, w.see(t).note.To.Seller, err)
		case err != nil:
			return Balance{}, err
		}
	}
	if err := w.agreed(ctx, t); err != nil {
		return Balance{}, err
	}
	for again := true; ; {
		b, err := w.closeOn(ctx, p, t)
		switch {
		case err != nil && again && ctx.Err() == nil:
			again = false // the server may have collected since the chain was seen: once more, with what it is now
			w.Logger.Info("closing a channel is tried once more", "channel", t.key.ID, "why", err)
		case err != nil || b.Closed || b.ClosingS > uint64(max(w.Now().Unix(), 0)): //nolint:gosec // not negative
			return b, err
		}
		if err := w.pause(ctx, w.Pause); err != nil {
			return b, err
		}
	}
}

// noteClosing notes that a channel is being closed, and whether the server is asked first. What it has handed out for that before is kept.
func (w *Wallet) noteClosing(ctx context.Context, t *tab, asking bool) error {
	w.change(t, func(t *tab) { t.closing = true }) // even if it cannot be kept: promises end here
	return w.keep(ctx, func(k *kept) {
		if _, already := k.closing(t.key); !already {
			k.Closings = append(k.Closings, closing{Method: t.key.Method, ID: t.key.ID, Asking: asking})
		}
	})
}

// agreed notes that the server need not be asked any more.
func (w *Wallet) agreed(ctx context.Context, t *tab) error {
	if !w.closingOf(t).Asking {
		return nil
	}
	return w.keep(ctx, func(k *kept) {
		if c, still := k.closing(t.key); still {
			k.closeWith(t.key, c.Settled)
		}
	})
}

// closeWith says what a channel is closed with: what the server has handed out, or nil for nothing.
func (k *kept) closeWith(key tabKey, settled []byte) {
	old, _ := k.closing(key)
	c := closing{Method: key.Method, ID: key.ID, Settled: settled, Landed: old.Landed}
	k.Closings = with(k.Closings, c, c.same)
}

func (c closing) same(other closing) bool { return c.Method == other.Method && c.ID == other.ID }

func (k *kept) closing(key tabKey) (closing, bool) {
	for _, c := range k.Closings {
		if c.Method == key.Method && c.ID == key.ID {
			return c, true
		}
	}
	return closing{}, false
}

func (w *Wallet) closingOf(t *tab) closing {
	w.mu.Lock()
	defer w.mu.Unlock()
	c, _ := w.mu.kept.closing(t.key)
	return c
}

// consent has the server hand out what the channel is closed with. What it has not acknowledged is sent again first, so that it is
// given back as well.
func (w *Wallet) consent(ctx context.Context, p Payer, t *tab, line Line) error {
	at := &Place{Line: line}
	if err := w.agree(ctx, p, at, t); err != nil {
		return err
	}
	if err := w.landed(ctx, p, at, t); err != nil {
		return err
	}
	if now := w.see(t); now.accepted.Cmp(now.note.Promised) < 0 && w.allowed(&now) {
		if err := w.send(ctx, at, t, now.note.Promise); err != nil && !errors.Is(err, errFewer) {
			return err
		}
	}
	return w.settle(ctx, t, line)
}

// allowed reports whether what is on its way may be sent at a channel's end. A method that rounds up may have signed more than may be prepaid, and that
// has stayed on disk. What the server was paid in all and has served for is known only if somebody has said so since the start.
func (w *Wallet) allowed(t *tab) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	at := t.note.Promised.Minus(t.accepted)
	if s := w.mu.sellers[t.note.To.Seller]; s != nil && s.told {
		at = at.Max(w.prepaidAt(t.note.To.Seller))
	}
	return at.Cmp(w.Limits.Prepaid) <= 0
}

// settle has the server hand out what the channel is closed with, and keeps that.
func (w *Wallet) settle(ctx context.Context, t *tab, line Line) error {
	s, err := line.Settle(ctx, t.key.ID)
	switch now := w.see(t).note; {
	case reasonOf(err) == NoConsent:
		return nil
	case err != nil:
		return err
	case s.Spent.Plus(s.Unspent).Cmp(now.Promised) > 0:
		return Refuse(Contradicts, "%s were promised over channel %x, and the server says that %s are spent and %s are not",
			now.Promised, t.key.ID, s.Spent, s.Unspent)
	}
	return w.keep(ctx, func(k *kept) { k.closeWith(t.key, s.Data) })
}

// closeOn does what can be done now to close a channel. If what the server has handed out is of no use it is dropped, so that
// the channel is closed alone.
func (w *Wallet) closeOn(ctx context.Context, p Payer, t *tab) (Balance, error) {
	c := w.closingOf(t)
	closed := p.Close(ctx, t.key.ID, c.Settled)
	if reasonOf(closed) != 0 {
		w.Logger.Warn("what a server has handed out does not close the channel; it is closed alone", "channel", t.key.ID, "why", closed)
		if err := w.keep(ctx, func(k *kept) { k.closeWith(t.key, nil) }); err != nil {
			return Balance{}, err
		}
		closed = p.Close(ctx, t.key.ID, nil)
	}
	b, err := p.Balance(ctx, t.key.ID)
	if err := errors.Join(closed, err); err != nil {
		return b, fmt.Errorf("closing channel %x: %w", t.key.ID, err)
	}
	if _, err := w.reload(ctx, t.key); err != nil {
		return b, err
	}
	if !b.Closed {
		return b, nil
	}
	w.Logger.Info("a channel is closed", "method", t.key.Method, "channel", t.key.ID)
	return b, w.keep(ctx, func(k *kept) {
		if _, still := k.closing(t.key); still { // what the chain does not hold any more the server cannot collect
			r := returned{t.key.Method, t.key.ID, b.Promised.Minus(b.Deposit)}
			if k.Returned = without(k.Returned, r.same); !r.Amount.IsZero() {
				k.Returned = append(k.Returned, r)
			}
		}
		k.Closings = without(k.Closings, c.same)
		i := increase{Method: t.key.Method, ID: t.key.ID}
		k.Increases = without(k.Increases, i.same)
		k.Openings = without(k.Openings, opening{Method: t.key.Method, Name: t.note.Name}.same)
	})
}

// Run goes on with what was begun, before a crash or since, until the context ends: channels that are being opened, increased or closed. It
// begins nothing, and keeps for its owner what servers have acknowledged meanwhile.
func (w *Wallet) Run(ctx context.Context) {
	said := make(map[tabKey]string)
	for {
		w.resume(ctx, func(key tabKey, err error) {
			switch {
			case err == nil:
				delete(said, key)
			case ctx.Err() == nil && said[key] != err.Error():
				said[key] = err.Error()
				w.Logger.Warn("what was begun with a channel is not over", "method", key.Method, "channel", key.ID, "why", err)
			}
		})
		if err := w.keepHeard(ctx); err != nil && ctx.Err() == nil {
			w.Logger.Warn("what servers have acknowledged cannot be kept", "why", err)
		}
		if w.pause(ctx, w.Every) != nil {
			return
		}
	}
}

// resume goes on once with everything that was begun, and says how each went.
func (w *Wallet) resume(ctx context.Context, say func(tabKey, error)) {
	w.mu.Lock()
	now := w.mu.kept
	w.mu.Unlock()
	if err := w.today(ctx); err != nil {
		say(tabKey{}, err)
	}
	for _, o := range now.Openings {
		if p := w.payer(o.Method); p != nil {
			say(tabKey{Method: o.Method}, w.alone(ctx, o.Seller, func(ctx context.Context) error {
				if now, still := w.begun(o.Method, o.Seller); !still || now.Name != o.Name {
					return nil
				}
				t, err := w.finishOpening(ctx, p, o)
				if err == nil && w.isLeft(o.Seller) != nil {
					return w.noteClosing(ctx, t, false)
				}
				return err
			}))
		}
	}
	for _, i := range now.Increases {
		w.resumeWith(ctx, say, tabKey{i.Method, i.ID}, func(ctx context.Context, p Payer, t *tab) error {
			if w.see(t).closing {
				return nil
			}
			return w.lock(ctx, p, t, w.see(t).note.Deposit, true)
		})
	}
	for _, c := range now.Closings {
		w.resumeWith(ctx, say, tabKey{c.Method, c.ID}, func(ctx context.Context, p Payer, t *tab) error {
			return w.alone(ctx, w.see(t).note.To.Seller, func(ctx context.Context) error {
				if w.closingOf(t).Asking {
					return nil
				}
				_, err := w.closeOn(ctx, p, t)
				return err
			})
		})
	}
}

// resumeSpan is how long one thing that was begun may take until the next one's turn.
const resumeSpan = 10 * time.Minute

// resumeWith goes on with what was begun about a channel. One that is not noted any more is let be.
func (w *Wallet) resumeWith(ctx context.Context, say func(tabKey, error), key tabKey, do func(context.Context, Payer, *tab) error) {
	ctx, cancel := context.WithTimeout(ctx, resumeSpan)
	defer cancel()
	t, err := w.reload(ctx, key)
	switch p := w.payer(key.Method); {
	case err != nil || t == nil:
	case p == nil:
		err = &NoPayerError{key.Method}
	default:
		err = do(ctx, p, t)
	}
	say(key, err)
}

// alone does something in the turn at a seller.
func (w *Wallet) alone(ctx context.Context, who Address, do func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, resumeSpan)
	defer cancel()
	leave, err := w.enter(ctx, who)
	if err != nil {
		return err
	}
	defer leave()
	return do(ctx)
}
