package pause_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/candela-les/candela/internal/pause"
)

// A pause takes its span, or until the context ends or somebody quits, whichever comes first.
func TestFor(t *testing.T) {
	for _, c := range []struct {
		name         string
		cancel, quit time.Duration // after how long; 0: never
		want         error
		after        time.Duration
	}{
		{"all of it", 0, 0, nil, time.Hour},
		{"all of it, and then others end", 2 * time.Hour, 2 * time.Hour, nil, time.Hour},
		{"the context ends", time.Minute, 2 * time.Minute, context.Canceled, time.Minute},
		{"somebody quits", 2 * time.Minute, time.Minute, pause.ErrQuit, time.Minute},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				var quit chan struct{}
				if c.cancel > 0 {
					time.AfterFunc(c.cancel, cancel)
				}
				if c.quit > 0 {
					quit = make(chan struct{})
					time.AfterFunc(c.quit, func() { close(quit) })
				}
				begun := time.Now()
				if err := pause.For(ctx, time.Hour, quit); !errors.Is(err, c.want) || time.Since(begun) != c.after {
					t.Errorf("%v after %v", err, time.Since(begun))
				}
			})
		})
	}
}
