package node

import (
	"context"
	"fmt"
	"path/filepath"
	"time"

	"github.com/candela-les/candela/internal/pause"
)

const (
	// minFreeMB is the space that a chain's disk must have left. go-ethereum's
	// database panics when a write fails, so the node ends before that.
	minFreeMB = 256
	// diskLook is the pause between two looks at it.
	diskLook = 5 * time.Second
)

// A diskFullError says that the chain's disk is about to be full.
type diskFullError struct {
	dir    string
	freeMB uint64
}

func (e *diskFullError) Error() string {
	return fmt.Sprintf("the disk of data directory %s has %d MiB left, and a chain needs %d to go on safely: make room, then start again",
		e.dir, e.freeMB, minFreeMB)
}

// checkDisk returns an error if the disk of a directory is nearly full. Where it
// cannot be found out, it is not.
func checkDisk(dir string) error {
	if dir == "" {
		return nil
	}
	if free, ok := freeBytes(dir); ok && free>>20 < minFreeMB {
		return &diskFullError{filepath.Clean(dir), free >> 20}
	}
	return nil
}

// guardDisk looks at a directory's disk until the context ends, and ends it, with
// the error as cause, when the disk is nearly full. The returned function ends the
// guard; whoever calls it must not need the context any more.
func guardDisk(ctx context.Context, dir string) (context.Context, func() error) {
	ctx, cancel := context.WithCancelCause(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for pause.For(ctx, diskLook, nil) == nil {
			if err := checkDisk(dir); err != nil {
				cancel(err)
			}
		}
	}()
	return ctx, func() error {
		cancel(context.Canceled)
		<-done
		return nil
	}
}
