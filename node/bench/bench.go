// Package bench loads an LES server the way many light clients would, and says
// what came back: it speaks to any server of les/2 to les/5, obeys the flow
// control that the server announces, and checks a sample of the answers, because
// a fast wrong answer is not one.
package bench

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/ethereum/go-ethereum/p2p/enode"

	"github.com/candela-les/candela/node/devp2p"
	"github.com/candela-les/candela/node/usage"
)

// Config says what load to make.
type Config struct {
	Target      string // enode URL
	Load        Load
	Connections int
	Duration    time.Duration

	Logger *slog.Logger
	Now    func() time.Time
}

// connectAtOnce bounds connections that shake hands at the same time.
const connectAtOnce = 16

func (c *Config) check() (*enode.Node, error) {
	target, err := targetOf(c.Target)
	if err != nil {
		return nil, err
	}
	switch {
	case c.Connections < 1:
		return nil, usage.Errorf("--connections %d: at least 1 is needed", c.Connections)
	case c.Duration <= 0:
		return nil, usage.Errorf("--duration %s: it must be longer", c.Duration)
	}
	return target, c.Load.check("")
}

func targetOf(url string) (*enode.Node, error) {
	target, err := devp2p.ParseURL(url)
	if err != nil {
		return nil, usage.Errorf("--target: %w", err)
	}
	return target, nil
}

// Run connects, makes the load for the configured time, and returns what was
// measured; if the context ends early, what was measured until then. Connections
// that cannot be made at all are an error; those that are lost on the way are
// counted.
func Run(ctx context.Context, cfg Config) (*Result, error) {
	target, err := cfg.check()
	if err != nil {
		return nil, err
	}
	rec := new(recorder)
	clients, err := connect(ctx, &cfg, target, rec)
	if err != nil {
		return nil, err
	}
	cfg.Logger.Info("connected", "connections", len(clients), "head", clients[0].head.number)

	rec.reset() // what came before the load does not count
	start := cfg.Now()
	until := start.Add(cfg.Duration)
	var running sync.WaitGroup
	for _, c := range clients {
		running.Go(func() {
			defer c.conn.tcp.Close()
			// Cut off, a connection that waits for its server returns at once.
			defer context.AfterFunc(ctx, func() { c.conn.tcp.Close() })()
			for ctx.Err() == nil && !cfg.Now().After(until) {
				if err := c.step(ctx); err != nil {
					if ctx.Err() == nil {
						rec.lost(err)
					}
					return
				}
			}
		})
	}
	running.Wait()
	return newResult(&cfg, rec.snapshot(), cfg.Now().Sub(start)), nil
}

// connect makes all connections, a few at a time.
func connect(ctx context.Context, cfg *Config, target *enode.Node, rec *recorder) ([]*loader, error) {
	var (
		mu    sync.Mutex
		out   []*loader
		errs  []error
		slots = make(chan struct{}, connectAtOnce)
		wg    sync.WaitGroup
		idle  sync.WaitGroup
		all   = make(chan struct{}) // closed when all are connected, or have failed
	)
	for i := range cfg.Connections {
		slots <- struct{}{}
		wg.Go(func() {
			defer func() { <-slots }()
			who, err := stranger()
			var c *loader
			if err == nil {
				c, err = newLoader(ctx, target, &cfg.Load, who, uint64(i), rec)
			}
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				errs = append(errs, err)
				return
			}
			out = append(out, c)
			idle.Go(func() { c.conn.keepAlive(all) })
		})
	}
	wg.Wait()
	close(all)
	idle.Wait()
	if len(errs) > 0 {
		for _, c := range out {
			c.conn.tcp.Close()
		}
		return nil, fmt.Errorf("%d of %d connections to %s failed, the first one: %w",
			len(errs), cfg.Connections, devp2p.Address(target), errs[0])
	}
	return out, nil
}
