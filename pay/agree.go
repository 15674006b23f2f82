package pay

import (
	"context"
	"fmt"

	"github.com/candela-les/candela/unit"
)

// agree has the server say how the two stand, unless it has in this session, and compares that with what is noted.
func (w *Wallet) agree(ctx context.Context, p Payer, at *Place, t *tab) error {
	if w.see(t).agreed {
		return nil
	}
	for looks := 1; ; looks++ {
		s, err := at.Line.Establish(ctx, t.key.Method, w.see(t).note.Opening)
		if err == nil {
			return w.stand(ctx, p, t, s)
		}
		switch reasonOf(err) {
		case Unconfirmed, NoChannel, Uncovered: // it sees less of the chain than we do
			if looks >= w.Looks {
				return err
			}
		default:
			return err
		}
		if err := w.pause(ctx, w.Pause); err != nil {
			return err
		}
	}
}

// stand takes over what the server says of a channel. It is believed only as far as it agrees with what is noted, or with
// what this client has signed.
func (w *Wallet) stand(ctx context.Context, p Payer, t *tab, s Standing) error {
	w.mu.Lock()
	before, acknowledged := *t, w.acknowledged(t)
	w.mu.Unlock()
	if s.Method != t.key.Method || s.ID != t.key.ID {
		return lie(Refuse(Contradicts, "asked for %s channel %x, the server tells of %s channel %x", t.key.Method, t.key.ID, s.Method, s.ID))
	}
	if s.Cumulative.Cmp(acknowledged) < 0 {
		return lie(Refuse(Contradicts, "%s were acknowledged over channel %x, and now the server says %s", acknowledged, t.key.ID, s.Cumulative))
	}
	if err := p.Agree(ctx, t.key.ID, before.note.Opening, s); err != nil {
		err = fmt.Errorf("agreeing about channel %x: %w", t.key.ID, err)
		if reasonOf(err) == Contradicts {
			return lie(err)
		}
		return err
	}
	if _, err := w.reload(ctx, t.key); err != nil {
		return err
	}
	now := w.see(t)
	if s.Cumulative.Cmp(now.note.Promised) > 0 {
		return lie(Refuse(Contradicts, "%s were promised over channel %x, and the server says %s", now.note.Promised, t.key.ID, s.Cumulative))
	}
	if again := now.note.Given().Minus(before.note.Given()); !again.IsZero() {
		// Notes were lost, and the server's copy has brought them back: that was not promised today.
		w.Logger.Warn("a server has shown a promise that was not noted here any more", "channel", t.key.ID, "promised", now.note.Promised)
		if err := w.keep(ctx, func(k *kept) {
			k.Before = k.Before.Plus(again)
			k.Off = plus(k.Off, now.note.To.Seller, again)
		}); err != nil {
			return err
		}
	}
	if err := w.voided(ctx, &before, &now); err != nil {
		return err
	}
	w.change(t, func(t *tab) { t.agreed, t.accepted, t.cover = true, s.Cumulative, s.Cover })
	return nil
}

// voided takes what has turned out to be void, as tickets behind a winner do, off what had been promised by midnight, unless it was promised since: or
// as much more would be promised today.
func (w *Wallet) voided(ctx context.Context, before, now *tab) error {
	void := before.note.Given().Minus(now.note.Given())
	if void.IsZero() || before.fresh && before.accepted.Cmp(before.note.Promised) < 0 {
		return nil
	}
	return w.keep(ctx, func(k *kept) { k.Before = k.Before.Minus(void) })
}

// covered has enough locked for promises up to goal, and waits until the server sees it. What is promised on credit is locked after all
// where the server gives none.
func (w *Wallet) covered(ctx context.Context, p Payer, at *Place, t *tab, goal unit.Amount) error {
	locked := goal
	for looks := 1; ; looks++ {
		if err := w.lock(ctx, p, t, locked.Minus(w.Limits.Credit), false); err != nil {
			return err
		}
		s, err := at.Line.Increase(ctx, t.key.ID)
		switch why := reasonOf(err); {
		case err == nil:
			if err := w.stand(ctx, p, t, s); err != nil {
				return err
			}
			if s.Cover.Cmp(goal) >= 0 {
				return nil
			}
			locked = goal.Plus(w.Limits.Credit)
			if now := w.see(t); now.note.Deposit.Cmp(goal) >= 0 { // unless a reorganization has taken it away again
				if err := p.Increase(ctx, t.key.ID, now.note.Deposit); err != nil {
					return fmt.Errorf("looking whether channel %x is still locked: %w", t.key.ID, err)
				}
			}
		case why != Unconfirmed && why != Uncovered:
			return err
		}
		if looks >= w.Looks {
			return &Refusal{Uncovered, w.see(t).cover, fmt.Sprintf("%s are locked in channel %x, and the server still takes promises up to %s only",
				w.see(t).note.Deposit, t.key.ID, w.see(t).cover)}
		}
		if w.see(t).note.Deposit.Cmp(locked) >= 0 || looks > 1 {
			if err := w.pause(ctx, w.Pause); err != nil {
				return err
			}
		}
	}
}
