package pay

import (
	"context"
	"fmt"

	"github.com/candela-les/candela/unit"
)

// Open opens a channel by hand, with so much locked as its owner says, and agrees with the server about it. If one is open it is that
// one, with at least as much locked. A server that was left is paid again from then on, for its owner says so. Errors: as of Fund.
func (w *Wallet) Open(ctx context.Context, at Place, method string, deposit unit.Amount) (Hash, error) {
	p := w.payer(method)
	switch {
	case at.Asset != w.Asset:
		return Hash{}, ErrAsset
	case p == nil || at.offer(method) == nil:
		return Hash{}, fmt.Errorf("%w: %q", ErrNoWay, method)
	}
	leave, err := w.enter(ctx, at.Seller)
	if err != nil {
		return Hash{}, err
	}
	defer leave()
	t, err := w.tabFor(ctx, p, &at, deposit, true)
	if err != nil {
		return Hash{}, err
	}
	if err := w.lock(ctx, p, t, deposit, true); err != nil {
		return Hash{}, err
	}
	if err := w.agree(ctx, p, &at, t); err != nil {
		return Hash{}, w.judge(ctx, &at, t, err)
	}
	return t.key.ID, w.comeBack(ctx, at.Seller)
}

// TopUp locks more in a channel by hand, until what is locked from its beginning on comes to total. The server sees it by itself.
// Errors: ErrNoTab, *NoPayerError, *LimitError, the payer's and the context's.
func (w *Wallet) TopUp(ctx context.Context, method string, id Hash, total unit.Amount) error {
	t, err := w.reload(ctx, tabKey{method, id})
	p := w.payer(method)
	switch {
	case err != nil:
		return err
	case t == nil:
		return fmt.Errorf("%w: %s %x", ErrNoTab, method, id)
	case p == nil:
		return &NoPayerError{method}
	case w.see(t).closing || w.see(t).note.Closed:
		return Refuse(Closing, "channel %x is being closed", id)
	}
	return w.lock(ctx, p, t, total, true)
}
