package pay

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/candela-les/candela/unit"
)

// CollectorConfig says what is collected and when. What is zero has a default.
type CollectorConfig struct {
	Dues    Dues
	Methods []Collectable
	Now     func() time.Time
	Logger  *slog.Logger // nil: no logs
	// GasShare is how many millionths of what is collected its gas may cost, as long as nothing is at risk; 20,000.
	GasShare uint64
	// MostAtStake is how much of a method may wait to be collected until it counts as a risk: of what the chain has, pays more than its gas and
	// was not ordered yet. Zero: as much as there is.
	MostAtStake unit.Amount
	// StaleFor is how long the chain may not have been seen until all is collected when it is seen again; 1 hour. It is well
	// below the time that clients have to wait for their deposits.
	StaleFor time.Duration
	Every    time.Duration // how often it is looked what is due; 1 minute
	Patience time.Duration // how long one call of a method is waited for until the next one; 10 minutes
	Batch    int           // how many promises or claims are brought to the chain together at most; 64
}

// Collector brings to the chain what was promised: when it is worth its gas, and at once when it is at risk. It leaves what clients have not spent,
// so that it can be given back, unless it is at risk.
//
// Clients that take their deposits back come first, those that can soonest before the others. While one of their batches is being collected the next
// waits for it; everything else makes way as soon as the method wakes the collector. What such a call has sent is not lost: the method finds it.
//
// Nothing is sent before the ledger says that it is being collected (Entry.Collecting), so that it is not given back as
// well; whatever the ledger says so of is asked for until the chain has it, also after a crash.
type Collector struct {
	CollectorConfig
	methods map[string]*collecting
}

// collecting is what is known of a method.
type collecting struct {
	Collectable
	turn  chan struct{} // has one token: one pass at a time
	wake  chan struct{}
	mu    sync.Mutex
	since time.Time          // from when on the chain was not seen; zero if it was
	stake unit.Amount        // in the last pass
	woken bool               // since it was last looked who closes
	stop  context.CancelFunc // ends a call that makes way; nil without one
}

// NewCollector returns a collector that does nothing until Run or Pass.
func NewCollector(c CollectorConfig) *Collector {
	c.GasShare, c.Batch = cmp.Or(c.GasShare, 20_000), cmp.Or(c.Batch, 64)
	c.StaleFor, c.Every, c.Patience = cmp.Or(c.StaleFor, time.Hour), cmp.Or(c.Every, time.Minute), cmp.Or(c.Patience, 10*time.Minute)
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	k := &Collector{CollectorConfig: c, methods: map[string]*collecting{}}
	for _, m := range c.Methods {
		s := &collecting{Collectable: m, turn: make(chan struct{}, 1), wake: make(chan struct{}, 1)}
		s.turn <- struct{}{}
		k.methods[m.Method()] = s
	}
	return k
}

// Run looks after all methods until the context ends.
func (k *Collector) Run(ctx context.Context) {
	var all sync.WaitGroup
	for _, m := range k.methods {
		all.Go(func() { k.keep(ctx, m) })
	}
	all.Wait()
}

func (k *Collector) keep(ctx context.Context, m *collecting) {
	ticker := time.NewTicker(k.Every)
	defer ticker.Stop()
	for ctx.Err() == nil {
		if _, err := k.Pass(ctx, m.Method(), false); err != nil && ctx.Err() == nil {
			k.Logger.Warn("promises can not be collected", "method", m.Method(), "err", err)
		}
		select {
		case <-ctx.Done():
		case <-ticker.C:
		case <-m.wake:
		}
	}
}

// Wake has a method looked after now, because something has happened on the chain: a client takes its deposit back. It does not wait.
func (k *Collector) Wake(method string) {
	m := k.methods[method]
	if m == nil {
		return
	}
	m.mu.Lock()
	m.woken = true
	if m.stop != nil {
		m.stop()
	}
	m.mu.Unlock()
	select {
	case m.wake <- struct{}{}:
	default:
	}
}

// begin has a call make way when the method wakes the collector; false: it has done so already.
func (m *collecting) begin(stop context.CancelFunc) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if !m.woken {
		m.stop = stop
	}
	return !m.woken
}

// end says that the call is over.
func (m *collecting) end() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.stop = nil
}

// looks says that it is looked now who closes; false: there was no reason to.
func (m *collecting) looks() (woken bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	woken, m.woken = m.woken, false
	return woken
}

// Passed says what a pass has done.
type Passed struct {
	Asked   int         // channels that were brought to the chain, or still were on the way
	Amount  unit.Amount // that is on the chain since
	Drawn   int         // claims that were settled
	Forgone int         // channels of clients that close whose gas would cost more than they owe
}

// Pass looks once at everything that is due of a method, and collects what is worth its gas. all: as if it were at risk, which is everything that is worth
// more than its gas, also what clients have not spent. It returns what it did also with an error.
func (k *Collector) Pass(ctx context.Context, method string, all bool) (Passed, error) {
	return k.pass(ctx, method, &pass{risk: all})
}

// Spent is a pass by the operator's word: everything that was spent and is worth more than its gas is collected. What clients have not spent stays, so that
// they can be given it back, as long as it is not at risk.
func (k *Collector) Spent(ctx context.Context, method string) (Passed, error) {
	return k.pass(ctx, method, &pass{asked: true})
}

func (k *Collector) pass(ctx context.Context, method string, p *pass) (Passed, error) {
	m := k.methods[method]
	if m == nil {
		return Passed{}, Refuse(NoMethod, "there is no method %.16q here", method)
	}
	select {
	case <-m.turn:
	case <-ctx.Done():
		return Passed{}, ctx.Err()
	}
	defer func() { m.turn <- struct{}{} }()
	p.Collector, p.method, p.risk, p.left = k, m, p.risk || k.atRisk(m), map[Hash]bool{}
	err := p.run(ctx)
	m.mu.Lock()
	defer m.mu.Unlock()
	switch {
	case isRefused(err, Stale):
		if m.since.IsZero() {
			m.since = k.Now()
		}
	case err == nil: // all was looked at, whatever has become of single orders
		m.since, m.stake = time.Time{}, p.stake
	}
	return p.done, errors.Join(append(p.errs, err)...)
}

// atRisk reports whether all of a method is to be collected.
func (k *Collector) atRisk(m *collecting) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	stale := !m.since.IsZero() && k.Now().Sub(m.since) >= k.StaleFor
	return stale || !k.MostAtStake.IsZero() && m.stake.Cmp(k.MostAtStake) > 0
}

// look is Collectable.Look.
type look func(ctx context.Context, e Entry) (OnChain, error)

// walk calls a function with each channel of which something is due, and how it stands on the chain. Those at which nobody can look are
// told in the log, but Stale ends the walk.
func (k *Collector) walk(ctx context.Context, method string, look look, each func(Entry, OnChain) error) error {
	var after Hash
	for {
		page, err := k.Dues.Due(ctx, method, after, pageSize)
		if err != nil {
			return fmt.Errorf("what is due by %s: %w", method, err)
		}
		for _, e := range page {
			after = e.ID
			on, err := look(ctx, e)
			var refused *Refusal
			switch {
			case err == nil:
				err = each(e, on)
			case errors.As(err, &refused) && refused.Reason != Stale:
				k.Logger.Error("a channel that owes something can not be looked at",
					"method", method, "channel", fmt.Sprintf("%x", e.ID), "err", err)
				err = nil
			}
			if err != nil {
				return err
			}
		}
		if len(page) < pageSize {
			return nil
		}
	}
}

const pageSize = 256
