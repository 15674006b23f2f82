package node

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"sync"
	"time"

	"github.com/candela-les/candela/internal/pause"
	"github.com/candela-les/candela/node/usage"
	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/channel"
	"github.com/candela-les/candela/pay/cheque"
	"github.com/candela-les/candela/pay/lottery"
	"github.com/candela-les/candela/pay/offset"
	"github.com/candela-les/candela/pay/watch"
)

const (
	// checkSpan is how long is waited for a chain each time that it is asked whether a method fits it.
	checkSpan = 10 * time.Second
	// checkPause is between two attempts while that is not known, misfitPause while it does not fit.
	checkPause  = 5 * time.Second
	misfitPause = time.Minute
)

// errUnchecked: nobody can say whether a method fits the chain, for that is not seen or not brought up to date.
var errUnchecked = errors.New("the chain has not been seen since the start, so nobody knows whether payments fit it")

// fits looks whether a method fits the chain. Errors: one of usage that names the flag, if it does not; errUnchecked, wrapped, if that is not known; the
// context's.
func (t *taker) fits(ctx context.Context, p checked) error {
	waits, cancel := context.WithTimeout(ctx, checkSpan)
	defer cancel()
	err := p.Check(waits)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err == nil:
		return t.checkDecimals(waits)
	case errors.Is(err, watch.ErrWrongChain):
		return usage.Errorf("--pay.rpc: %w", err)
	case t.watcher.Fresh(t.now()) != nil:
	case errors.Is(err, cheque.ErrNoFactory), errors.Is(err, cheque.ErrToken):
		return usage.Errorf("--pay.factory: %w", err)
	case errors.Is(err, lottery.ErrNoContract):
		return usage.Errorf("--pay.lottery: %w", err)
	case errors.Is(err, channel.ErrNoToken), errors.Is(err, lottery.ErrNoToken):
		return usage.Errorf("--sell.token: %w", err)
	case errors.Is(err, channel.ErrNoContract):
		return usage.Errorf("--pay.methods %s: chain %d: %w", p.Method(), t.sale.ChainID, err)
	}
	return fmt.Errorf("%w: %w", errUnchecked, err)
}

// gate is a method by which nothing is taken before it is known to fit the chain, so that no client pays into a contract that is not there. What was
// taken before is collected all the same.
type gate struct {
	collected
	check func(context.Context) error // as fits
	pause time.Duration

	mu  sync.Mutex
	why error // nil: it fits
}

// gated asks whether a method fits the chain, and returns it behind a gate, which is open if it needs none. Errors: a misfit, the context's.
func (t *taker) gated(ctx context.Context, method collected) (*gate, error) {
	p, ok := method.(checked)
	if !ok {
		return &gate{collected: method}, nil
	}
	g := &gate{collected: p, check: func(ctx context.Context) error { return t.fits(ctx, p) }, pause: cmp.Or(t.cfg.Poll, checkPause)}
	g.why = g.check(ctx)
	if g.why != nil && !errors.Is(g.why, errUnchecked) {
		return nil, g.why
	}
	if g.why != nil {
		t.log.Warn("payments are not taken until the chain is seen", "method", p.Method(), "err", g.why)
	}
	return g, nil
}

// open keeps asking until the method fits, or the context ends.
func (g *gate) open(ctx context.Context, t *taker) {
	for why := g.shut(); why != nil; {
		wait := g.pause
		if !errors.Is(why, errUnchecked) {
			wait = misfitPause
		}
		if pause.For(ctx, wait, nil) != nil {
			return
		}
		now := g.check(ctx)
		switch {
		case ctx.Err() != nil:
			return
		case now == nil:
			t.log.Info("payments are taken: the chain is seen, and they fit it", "method", g.Method())
		case !errors.Is(now, errUnchecked) && errors.Is(why, errUnchecked):
			t.log.Error("payments are not taken, for they do not fit the chain: end the server, and mend what it is started with", "method", g.Method(), "err", now)
		}
		g.mu.Lock()
		g.why, why = now, now
		g.mu.Unlock()
	}
}

// shut is why nothing is taken; nil if it is.
func (g *gate) shut() error {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.why
}

// refused is what a client is told that comes too soon: to wait, or to pay otherwise.
func (g *gate) refused() error {
	switch why := g.shut(); {
	case why == nil:
		return nil
	case errors.Is(why, errUnchecked):
		return pay.Refuse(pay.Stale, "%v", errUnchecked)
	default:
		return pay.Refuse(pay.NoMethod, "nothing is taken by %s here: it does not fit the chain", g.Method())
	}
}

// Open implements pay.Provider.
func (g *gate) Open(ctx context.Context, client pay.Address, opening []byte) (pay.Channel, error) {
	if err := g.refused(); err != nil {
		return nil, err
	}
	return g.collected.Open(ctx, client, opening)
}

// Restore implements pay.Provider.
func (g *gate) Restore(ctx context.Context, client pay.Address, evidence []byte) (pay.Channel, []byte, error) {
	if err := g.refused(); err != nil {
		return nil, nil, err
	}
	return g.collected.Restore(ctx, client, evidence)
}

// takingsView is what an operator, and his own light client, ask about payments: a collector, which methods are not taken, and what partners owe.
type takingsView struct {
	*pay.Collector
	gates     []*gate
	unoffered map[string]error
	book      pay.Book
	partners  *offset.Provider // nil: no service is set off
}

// Newest implements admin.Takings.
func (t *takingsView) Newest(ctx context.Context, partner pay.Address) ([]byte, error) {
	if t.partners == nil {
		return nil, pay.Refuse(pay.NoMethod, "no service is set off here")
	}
	return t.partners.Newest(ctx, t.book, partner)
}

// Untaken implements admin.Takings.
func (t *takingsView) Untaken() map[string]error {
	all := maps.Clone(t.unoffered)
	for _, g := range t.gates {
		if why := g.shut(); why != nil {
			all[g.Method()] = why
		}
	}
	return all
}
