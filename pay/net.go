package pay

import (
	"bytes"
	"context"
	"errors"

	"github.com/candela-les/candela/unit"
)

func isNetter(p Payer) bool {
	_, ok := p.(Netter)
	return ok
}

// Nets reports whether nothing is locked by a method: what is owed is set off.
func (w *Wallet) Nets(method string) bool { return isNetter(w.payer(method)) }

// net promises a server as much of an amount as can be set off, with what was promised before and is not acknowledged, and returns what is left of the
// amount. A *Refusal of the server's or the payer's says that another method has to pay; a promise that was refused stays noted, and is sent again when
// it is covered.
func (w *Wallet) net(ctx context.Context, p Netter, at *Place, amount unit.Amount) (left unit.Amount, err error) {
	t, err := w.netTab(ctx, p, at)
	if err != nil {
		return amount, err
	}
	if w.see(t).closing {
		return amount, nil
	}
	if err := w.agree(ctx, p, at, t); err != nil {
		return amount, w.netJudge(ctx, at, t, err)
	}
	room, err := p.Room(ctx, t.key.ID)
	if err != nil {
		return amount, err
	}
	now := w.see(t)
	goal := now.note.Promised
	if want := now.accepted.Plus(amount); want.Cmp(goal) > 0 {
		goal = goal.Plus(want.Minus(goal).Min(room)).Min(now.cover.Max(goal))
	}
	if goal == now.accepted || goal.Cmp(now.cover) > 0 { // nothing can be promised, or what was is not covered any more
		return amount, nil
	}
	promise, err := w.sign(ctx, p, at, t, goal)
	if err == nil {
		err = w.send(ctx, at, t, promise)
	}
	if err != nil {
		return amount, w.netJudge(ctx, at, t, err)
	}
	return amount.Minus(goal.Minus(now.accepted)), nil
}

// netJudge has the server be asked anew after an error. One that lies is left; otherwise the channel stays, for nothing is locked in it.
func (w *Wallet) netJudge(ctx context.Context, at *Place, t *tab, err error) error {
	if errors.Is(err, errLied) {
		return w.lied(ctx, at.Seller, err)
	}
	w.change(t, func(t *tab) { t.agreed = false })
	return err
}

// netTab returns the channel to a server that service is set off by. If it has something newer to show, the server is asked anew how the two stand.
func (w *Wallet) netTab(ctx context.Context, p Netter, at *Place) (*tab, error) {
	id, err := p.Enter(ctx, at.payee(p.Method()))
	if err != nil {
		return nil, err
	}
	key := tabKey{p.Method(), id}
	w.mu.Lock()
	var before Note
	if t := w.mu.tabs[key]; t != nil {
		before = t.note
	}
	w.mu.Unlock()
	t, err := w.reload(ctx, key)
	switch {
	case err != nil:
		return nil, err
	case t == nil || w.see(t).note.To.Seller != at.Seller:
		return nil, Refuse(Contradicts, "method %s has entered channel %x and not noted it", key.Method, id)
	}
	w.change(t, func(t *tab) { t.agreed = t.agreed && bytes.Equal(before.Opening, t.note.Opening) })
	return t, w.moved(ctx, &before, at.Seller)
}

// moved has what was promised over a channel count where it was, when the channel is at another server since. A crash before that is kept has it count at
// both.
func (w *Wallet) moved(ctx context.Context, before *Note, to Address) error {
	if before.To.Seller == to || before.Given().IsZero() {
		return nil
	}
	return w.keep(ctx, func(k *kept) {
		k.Granted = plus(k.Granted, before.To.Seller, before.Given())
		k.Off = plus(k.Off, to, before.Given())
	})
}
