package pay

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/candela-les/candela/unit"
)

// open returns the channel that can be paid over to a seller by a method, nil if there is none.
func (w *Wallet) open(method string, who Address) *tab {
	w.mu.Lock()
	defer w.mu.Unlock()
	var best *tab
	for _, t := range w.mu.tabs {
		if t.key.Method != method || t.note.To.Seller != who || t.closing || t.note.Closed || t.unlocked() {
			continue
		}
		if best == nil || best.note.Name > t.note.Name {
			best = t
		}
	}
	return best
}

// unlocked reports whether nothing was ever locked in a channel: it was to be opened once, and that could not be done.
func (t *tab) unlocked() bool { return t.note.Deposit.IsZero() && t.note.Promised.IsZero() }

// tabFor returns a channel to pay a seller over, which it opens if there is none: for what is needed now and what the owner wants in one, or
// for exactly that. If there are not as many tokens it is opened with those that there are.
func (w *Wallet) tabFor(ctx context.Context, p Payer, at *Place, need unit.Amount, exactly bool) (*tab, error) {
	least, want := need.Minus(w.Limits.Credit), w.Limits.Deposit
	if exactly { // by hand: nothing is promised yet
		least, need, want = need, unit.Amount{}, unit.Amount{}
	}
	for {
		o, begun := w.begun(p.Method(), at.Seller)
		if !begun {
			if t := w.open(p.Method(), at.Seller); t != nil {
				return t, nil
			}
			if err := w.mayOpen(ctx, p.Method(), at, need); err != nil {
				return nil, err
			}
			if err := w.endClosed(ctx, p, at.Seller); err != nil {
				return nil, err
			}
			o = opening{Method: p.Method(), Name: w.name(p.Method(), at.Seller), Seller: at.Seller, Info: at.payee(p.Method()).Info}
			if err := w.keepIf(ctx, func(k *kept) (err error) {
				o.Deposit, err = w.size(nil, least, want)
				k.Openings = with(k.Openings, o, o.same)
				return err
			}); err != nil {
				return nil, err
			}
			w.Logger.Info("opening a channel", "method", o.Method, "seller", o.Seller, "deposit", o.Deposit)
		}
		t, err := w.finishOpening(ctx, p, o)
		most, poor := lessThan(o.Deposit, least, err)
		if !poor {
			return t, err
		}
		want = most
	}
}

// lessThan is what can be locked, as a payer says, in place of what could not; false if that is not enough, or not what was wrong.
func lessThan(tried, least unit.Amount, err error) (most unit.Amount, ok bool) {
	r, refused := errors.AsType[*Refusal](err)
	if !refused || r.Reason != Uncovered || r.Most.Cmp(tried) >= 0 || r.Most.Cmp(least) < 0 {
		return unit.Amount{}, false
	}
	return r.Most, !r.Most.IsZero()
}

// mayOpen makes sure that a channel would be of use for what is needed.
func (w *Wallet) mayOpen(ctx context.Context, method string, at *Place, need unit.Amount) error {
	if err := w.reserve(ctx, at, need); err != nil {
		return err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.mu.flight = w.mu.flight.Minus(need)
	for _, s := range w.mu.kept.Spoiled {
		if until := time.Unix(s.Until, 0); s.Method == method && s.Seller == at.Seller && w.Now().Before(until) {
			return fmt.Errorf("%w before %s: it has ended one that was opened for it", errNotOpened, until.UTC().Format(timeLayout))
		}
	}
	return nil
}

// errNotOpened: no channel is opened, and none will be by what was begun.
var errNotOpened = errors.New("no channel is opened to this server")

func (o opening) same(other opening) bool { return o.Method == other.Method && o.Name == other.Name }

// begun returns an opening that was begun and is not over. One whose channel is being closed is not gone on with; what it may have locked
// is counted until the channel is closed.
func (w *Wallet) begun(method string, who Address) (opening, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, o := range w.mu.kept.Openings {
		if o.Method == method && o.Seller == who && !w.leaving(o) {
			return o, true
		}
	}
	return opening{}, false
}

// leaving reports whether the channel of an opening is being closed. Called with the lock.
func (w *Wallet) leaving(o opening) bool {
	for _, t := range w.mu.tabs {
		if t.key.Method == o.Method && t.note.Name == o.Name {
			return t.closing || t.note.Closed
		}
	}
	return false
}

// endClosed ends what was begun with the channels to a seller that are closed: the next one may be one of them again.
func (w *Wallet) endClosed(ctx context.Context, p Payer, who Address) error {
	w.mu.Lock()
	closings := w.mu.kept.Closings
	w.mu.Unlock()
	for _, c := range closings {
		if c.Method != p.Method() {
			continue
		}
		t, err := w.reload(ctx, tabKey{c.Method, c.ID})
		if err != nil {
			return err
		}
		if t == nil {
			continue
		}
		if now := w.see(t); now.note.Closed && now.note.To.Seller == who {
			if _, err := w.closeOn(ctx, p, t); err != nil {
				return err
			}
		}
	}
	return nil
}

// name is that of the next channel to a seller. It depends on nothing but how many there were: who has lost all notes comes upon
// the first one again, and so does who could not lock anything in it.
func (w *Wallet) name(method string, who Address) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	prefix := fmt.Sprintf("%x/%d/%x/", who, w.Asset.ChainID, w.Asset.Token)
	count, next := uint64(0), uint64(0)
	for _, t := range w.mu.tabs {
		if t.key.Method != method || t.note.To.Seller != who || t.unlocked() && !t.closing && !t.note.Closed {
			continue
		}
		count++ // one whose note was lost may have no name
		if text, ok := strings.CutPrefix(t.note.Name, prefix); ok {
			if n, err := strconv.ParseUint(text, 10, 64); err == nil { // one that was opened again has its newest name only
				next = max(next, n+1)
			}
		}
	}
	return fmt.Sprintf("%s%d", prefix, max(count, next))
}

// finishOpening opens a channel that is kept as begun.
func (w *Wallet) finishOpening(ctx context.Context, p Payer, o opening) (*tab, error) {
	to := Payee{Seller: o.Seller, Asset: w.Asset, Info: o.Info}
	forget := func() error {
		return w.keep(ctx, func(k *kept) { k.Openings = without(k.Openings, o.same) })
	}
	id, _, err := p.Open(ctx, o.Name, to, o.Deposit)
	if reasonOf(err) != 0 {
		if bad := forget(); bad != nil {
			return nil, bad
		}
		return nil, fmt.Errorf("%w: %w", errNotOpened, err)
	}
	if err != nil {
		return nil, fmt.Errorf("opening a channel: %w", err)
	}
	t, err := w.reload(ctx, tabKey{o.Method, id})
	switch {
	case err != nil:
		return nil, err
	case t == nil || t.note.To.Seller != o.Seller:
		return nil, fmt.Errorf("method %s has opened channel %x and not noted for whom", o.Method, id)
	}
	return t, forget()
}

// size is how much is to be locked in a channel: what is wanted beyond what was promised, as far as may be locked at all, and at least what is
// needed. Called with the lock. Errors: *LimitError if less than what is needed may be.
func (w *Wallet) size(t *tab, need, want unit.Amount) (unit.Amount, error) {
	var promised unit.Amount
	if t != nil {
		promised = t.note.Promised
	}
	room := w.Limits.Locked.Minus(w.locked(t))
	if room.Cmp(need) < 0 {
		return unit.Amount{}, &LimitError{"what is locked in channels", w.Limits.Locked, w.locked(t).Plus(need)}
	}
	return promised.Plus(need.Max(want.Min(room))), nil
}

// locked is what is locked and not promised, in all channels but one, and what may be. Called with the lock.
func (w *Wallet) locked(but *tab) (sum unit.Amount) {
	k := &w.mu.kept
	for _, o := range k.Openings {
		sum = sum.Plus(o.Deposit)
	}
	for _, t := range w.mu.tabs {
		if t == but || t.note.Closed {
			continue
		}
		deposit := t.note.Deposit
		for _, i := range k.Increases {
			if i.Method == t.key.Method && i.ID == t.key.ID {
				deposit = deposit.Max(i.Total)
			}
		}
		for _, o := range k.Openings {
			if o.Name == t.note.Name && o.Method == t.key.Method {
				deposit = deposit.Minus(o.Deposit) // it is counted above
			}
		}
		sum = sum.Plus(deposit.Minus(t.note.Promised))
	}
	return sum
}

// lock has at least total locked in a channel from its beginning on, and as much beyond what is promised as the owner wants in one, or
// exactly total. An increase that was begun before is ended first.
func (w *Wallet) lock(ctx context.Context, p Payer, t *tab, total unit.Amount, exactly bool) error {
	release, err := w.locks(ctx, t)
	if err != nil {
		return err
	}
	defer release()
	if w.see(t).closing { // since it was decided to lock more
		return Refuse(Closing, "channel %x is being closed", t.key.ID)
	}
	want := w.Limits.Deposit
	if exactly {
		want = unit.Amount{}
	}
	for {
		now := w.see(t)
		i, begun := w.increasing(t)
		if !begun {
			if now.note.Deposit.Cmp(total) >= 0 {
				return nil
			}
			i = increase{Method: t.key.Method, ID: t.key.ID}
			if err := w.keepIf(ctx, func(k *kept) (err error) {
				i.Total, err = w.size(t, total.Minus(t.note.Promised), want)
				k.Increases = with(k.Increases, i, i.same)
				return err
			}); err != nil {
				return err
			}
			w.Logger.Info("locking more in a channel", "method", t.key.Method, "channel", t.key.ID, "from", now.note.Deposit, "to", i.Total)
		}
		err := w.finishIncrease(ctx, p, i)
		most, poor := lessThan(i.Total, total, err)
		if err != nil && !poor {
			return err
		}
		if poor {
			want = most.Minus(now.note.Promised)
		}
	}
}

// locks waits for the turn to lock more in a channel.
func (w *Wallet) locks(ctx context.Context, t *tab) (release func(), err error) {
	select {
	case t.locking <- struct{}{}:
		return func() { <-t.locking }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-w.ctx.Done():
		return nil, ErrClosed
	}
}

// landed ends what was begun to be locked in a channel that is being closed, and waits until the server sees all that is: it gives back
// what it sees, and what came after that nobody would take back. That is noted, and over then: nothing is locked there any more.
func (w *Wallet) landed(ctx context.Context, p Payer, at *Place, t *tab) error {
	if w.closingOf(t).Landed {
		return nil
	}
	release, err := w.locks(ctx, t)
	if err != nil {
		return err
	}
	defer release()
	if i, begun := w.increasing(t); begun {
		if err := w.finishIncrease(ctx, p, i); err != nil && reasonOf(err) == 0 {
			return err
		}
	}
	switch b, err := p.Balance(ctx, t.key.ID); {
	case err != nil:
		return fmt.Errorf("looking at channel %x: %w", t.key.ID, err)
	case b.ClosingS != 0: // it was asked back already, and the server does not count what is
		return w.noteLanded(ctx, t)
	}
	for looks := 1; w.see(t).cover.Cmp(w.see(t).note.Deposit) < 0; looks++ {
		s, err := at.Line.Increase(ctx, t.key.ID)
		switch why := reasonOf(err); {
		case err == nil:
			if err := w.stand(ctx, p, t, s); err != nil {
				return err
			}
		case why == Closing: // it has handed out something
			return w.noteLanded(ctx, t)
		case why != Unconfirmed && why != Uncovered:
			return err
		}
		if now := w.see(t); looks >= w.Looks && now.cover.Cmp(now.note.Deposit) < 0 {
			return &Refusal{Unconfirmed, now.cover, fmt.Sprintf("%s are locked in channel %x, and the server sees %s", now.note.Deposit, t.key.ID, now.cover)}
		}
		if err := w.pause(ctx, w.Pause); err != nil {
			return err
		}
	}
	return w.noteLanded(ctx, t)
}

func (w *Wallet) noteLanded(ctx context.Context, t *tab) error {
	return w.keep(ctx, func(k *kept) {
		if c, still := k.closing(t.key); still {
			c.Landed = true
			k.Closings = with(k.Closings, c, c.same)
		}
	})
}

func (i increase) same(other increase) bool { return i.Method == other.Method && i.ID == other.ID }

func (w *Wallet) increasing(t *tab) (increase, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, i := range w.mu.kept.Increases {
		if i.Method == t.key.Method && i.ID == t.key.ID {
			return i, true
		}
	}
	return increase{}, false
}

// finishIncrease locks what is kept as begun, and forgets it when that is done, or cannot be. What is on its way into a channel that is being
// closed is counted until that is over.
func (w *Wallet) finishIncrease(ctx context.Context, p Payer, i increase) error {
	forget := func() error {
		return w.keep(ctx, func(k *kept) { k.Increases = without(k.Increases, i.same) })
	}
	if err := p.Increase(ctx, i.ID, i.Total); err != nil {
		if why := reasonOf(err); why != 0 && why != Closing {
			if bad := forget(); bad != nil {
				return bad
			}
		}
		return fmt.Errorf("locking more in channel %x: %w", i.ID, err)
	}
	t, err := w.reload(ctx, tabKey{i.Method, i.ID})
	switch {
	case err != nil:
		return err
	case t == nil || t.note.Deposit.Cmp(i.Total) < 0:
		return fmt.Errorf("method %s has locked more in channel %x and not noted it", i.Method, i.ID)
	}
	return forget()
}

// ahead locks more before it is needed, when three quarters of what is locked at a time are promised. Nobody waits for it.
func (w *Wallet) ahead(p Payer, at *Place, t *tab) {
	now := w.see(t)
	left := now.note.Deposit.Minus(now.note.Promised)
	if twice(twice(left)).Cmp(w.Limits.Deposit) > 0 || len(t.locking) > 0 || w.ctx.Err() != nil {
		return
	}
	w.mu.Lock()
	total, err := w.size(t, unit.Amount{}, w.Limits.Deposit)
	w.mu.Unlock()
	if _, begun := w.increasing(t); err != nil || begun || twice(total.Minus(now.note.Deposit)).Cmp(w.Limits.Deposit) < 0 {
		return // too little to be worth a transaction now
	}
	w.work.Go(func() {
		if err := w.lock(w.ctx, p, t, total, true); err != nil {
			w.Logger.Warn("no more is locked in a channel ahead of its use", "channel", t.key.ID, "why", err)
			return
		}
		if s, err := at.Line.Increase(w.ctx, t.key.ID); err == nil {
			w.change(t, func(t *tab) { t.cover = t.cover.Max(s.Cover) })
		}
	})
}

func twice(a unit.Amount) unit.Amount { return a.Plus(a) }
