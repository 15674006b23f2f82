// Package pause lets time go by until somebody has had enough of it.
package pause

import (
	"context"
	"errors"
	"time"
)

// ErrQuit says that who was paused for has quit.
var ErrQuit = errors.New("a pause has ended early")

// For returns nil after a span, the context's error if that ends before, or ErrQuit if quit, which may be nil, is closed before.
func For(ctx context.Context, span time.Duration, quit <-chan struct{}) error {
	timer := time.NewTimer(span)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	case <-quit:
		return ErrQuit
	}
}
