package attached

import (
	"context"
	"fmt"
	"sync"

	"github.com/candela-les/candela/chain"
)

// gate counts questions under way, so that Close can wait for them.
type gate struct {
	mu struct {
		sync.Mutex
		shut bool
	}
	inside sync.WaitGroup
}

// enter lets one question in, or fails when the gate is shut. After nil, the caller
// calls leave exactly once.
func (g *gate) enter(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.mu.shut {
		return fmt.Errorf("node is closed: %w", chain.ErrUnavailable)
	}
	g.inside.Add(1)
	return nil
}

func (g *gate) leave() { g.inside.Done() }

// isShut reports whether the gate has been shut.
func (g *gate) isShut() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.mu.shut
}

// shut closes the gate and reports whether it was open.
func (g *gate) shut() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	was := !g.mu.shut
	g.mu.shut = true
	return was
}

func (g *gate) wait() { g.inside.Wait() }
