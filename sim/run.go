package sim

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/candela-les/candela/unit"
)

// ErrWelfare: the units were worth less to those that had them than the scenario expects.
var ErrWelfare = errors.New("less welfare than expected")

// Config is how a scenario is played.
type Config struct {
	Seed    uint64
	Workers int // goroutines; 0: one for each processor. The results do not depend on it
	// Progress is called after each sample. Nil: nobody is told.
	Progress func(Point)
}

// Run plays a scenario. A run that fails a checker returns ErrMoney, ErrPromise or ErrWelfare and
// what there is until then.
func Run(ctx context.Context, sc *Scenario, cfg Config) (*Result, error) {
	w, err := newWorld(sc, cfg.Seed)
	if err != nil {
		return nil, err
	}
	if cfg.Workers < 1 {
		cfg.Workers = runtime.GOMAXPROCS(0)
	}
	err = w.play(ctx, cfg)
	r := w.result(cfg.Seed)
	if err == nil && r.Welfare < sc.Expect.Welfare {
		err = fmt.Errorf("%w: %.4f of the optimum, not %.4f", ErrWelfare, r.Welfare, sc.Expect.Welfare)
	}
	return r, err
}

func (w *world) play(ctx context.Context, cfg Config) error {
	round, sample := unit.Span(w.scenario.Round), unit.Span(w.scenario.Sample)
	end := unit.Instant(w.scenario.Span)
	for from := unit.Instant(0); from < end; from = from.Add(round) {
		if err := ctx.Err(); err != nil {
			return err
		}
		to := from.Add(round)
		each(cfg.Workers, shards, func(i int) { w.shard(i, from, to) })
		// Now all that was said has been heard.
		if int64(from)%int64(sample) == 0 {
			if err := errors.Join(w.checkMoney(), w.checkLeft()); err != nil {
				return err
			}
		}
		each(cfg.Workers, len(w.sellers), func(i int) { w.serve(i, from, to) })
		if int64(to)%int64(sample) == 0 {
			p := w.sample(to, cfg.Workers)
			w.series = append(w.series, p)
			if cfg.Progress != nil {
				cfg.Progress(p)
			}
			if err := w.checkPromises(to); err != nil {
				return err
			}
		}
	}
	return w.end(end, cfg)
}

// shard is a round of some of the clients.
func (w *world) shard(i int, from, to unit.Instant) {
	p := w.posts[i]
	for n := range p.orders {
		p.orders[n] = reuse(p.orders[n])
	}
	for _, s := range w.sellers {
		for n := range s.out[i] {
			notice := &s.out[i][n]
			c := &w.clients[notice.client]
			c.hear(from, notice)
			if !c.told {
				c.told = true
				p.told = append(p.told, c.index)
			}
		}
		s.out[i] = reuse(s.out[i])
	}
	for _, n := range p.told {
		w.clients[n].told = false
		w.due[n] = w.clients[n].act(from, p)
	}
	p.told = p.told[:0]
	for n := i; n < len(w.clients); n += shards {
		if w.due[n] < to {
			at := max(w.due[n], from)
			w.due[n] = max(w.clients[n].act(at, p), at+1)
		}
	}
}

// reuse empties a list. One that was less than a quarter full, after some rush, is given up.
func reuse[T any](list []T) []T {
	if cap(list) > 64 && len(list) < cap(list)/4 {
		return nil
	}
	return list[:0]
}

// serve is a round of one server.
func (w *world) serve(i int, from, to unit.Instant) {
	s := w.sellers[i]
	s.orders = reuse(s.orders)
	for _, p := range w.posts {
		s.orders = append(s.orders, p.orders[i]...)
	}
	byTime(s.orders)
	s.round(from, to, s.orders)
}

// end closes all accounts and looks at the money once more.
func (w *world) end(now unit.Instant, cfg Config) error {
	each(cfg.Workers, len(w.sellers), func(i int) { w.sellers[i].settleAll(now) })
	each(cfg.Workers, shards, func(i int) { w.shard(i, now, now) })
	for _, p := range w.posts {
		w.departures = append(w.departures, p.departures...)
	}
	return w.checkMoney()
}

// settleAll pays everybody back.
func (s *seller) settleAll(now unit.Instant) {
	s.pass(now)
	for slot := range s.accounts {
		d := &s.accounts[slot]
		s.close(now, uint32(slot))
		if rest := d.balance(); rest > 0 {
			d.refunded += rest
			s.books.refund(rest)
			s.tell(d, notice{news: refunded, amount: rest})
		}
	}
}

// each calls work for 0 to n−1 from so many goroutines, and waits for them.
func each(workers, n int, work func(i int)) {
	var next atomic.Int64
	var wait sync.WaitGroup
	for range min(workers, n) {
		wait.Go(func() {
			for i := int(next.Add(1) - 1); i < n; i = int(next.Add(1) - 1) {
				work(i)
			}
		})
	}
	wait.Wait()
}
