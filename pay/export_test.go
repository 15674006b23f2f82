package pay

import "context"

// Wait returns when the wallet does nothing by itself just now.
func (w *Wallet) Wait() { w.work.Wait() }

// Resume goes on once with everything that was begun.
func (w *Wallet) Resume(ctx context.Context) (first error) {
	w.resume(ctx, func(_ tabKey, err error) {
		if first == nil {
			first = err
		}
	})
	return first
}
