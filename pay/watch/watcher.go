package watch

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/big"
	"sync"
	"sync/atomic"
	"time"
)

// Config is what a Watcher is made of.
type Config struct {
	Chain   Chain
	ChainID uint64 // the chain that it has to be
	// Confirmations is how many blocks have to be above one before it is sure. With 0 the head is,
	// which is for chains that have no reorganizations.
	Confirmations uint64
	// Stale is for how long what was seen is relied on. Together with the time that a claim takes it must be
	// less than every method's delay of withdrawal.
	Stale time.Duration
	// Poll is how often to look at the head, where it is not told by a subscription; 0: 4 seconds.
	Poll time.Duration
	// Rest is the least pause between two looks; 0: a tenth of a second. After an error it doubles, up to 300 times
	// as long.
	Rest time.Duration
	// Timeout bounds one request; 0: 15 seconds.
	Timeout time.Duration
	// MaxRange is the most blocks that logs are asked of at once; 0: 2,000. Where a provider refuses
	// that, less is asked of it.
	MaxRange uint64
	// Now is the clock.
	Now     func() time.Time
	Cursors Cursors // nil: none are kept
	Logger  *slog.Logger
}

// What is used where Config has zeros, and bounds of pauses.
const (
	defaultPoll    = 4 * time.Second
	defaultTimeout = 15 * time.Second
	defaultRange   = 2000
	// subscribedPolls is how many polls are left out while a subscription tells of heads.
	subscribedPolls = 4
	defaultRest     = 100 * time.Millisecond
	maxRests        = 300
)

// ErrClosed: the watcher, or the sender, was closed.
var ErrClosed = errors.New("the watch over the chain has ended")

// ErrWrongChain: the provider is on another chain.
var ErrWrongChain = errors.New("the provider is on another chain")

// Watcher looks at a chain for all that depend on it. Its methods may be called from many goroutines.
type Watcher struct {
	cfg  Config
	log  *slog.Logger
	ctx  context.Context
	stop context.CancelFunc
	wait sync.WaitGroup // for the loop, and for senders at work
	poke chan struct{}  // there is a reason to look

	mu struct {
		sync.Mutex
		subjects []*Watched // in the order in which they are called
		asking   []*asking  // to be answered after the next look
		closed   bool
		next     chan struct{} // closed with the next head
	}
	seen atomic.Pointer[sight] // the chain, whether or not subjects have seen it
	why  atomic.Pointer[error] // of the last look; nil if it succeeded

	// What follows belongs to the loop.
	checked bool   // the provider is on the right chain
	lower   int    // heads in a row that were lower, and of which nothing else is known
	span    uint64 // most blocks asked of at once now
	grown   int    // answers since span has changed
	news    newHeads
}

// asking is somebody who waits for a look.
type asking struct {
	done chan struct{}
	view View
	err  error
}

// New starts a watcher. It asks the chain nothing yet, so that a process starts while its provider is
// away. Errors: a configuration that makes no sense.
func New(cfg Config) (*Watcher, error) {
	if cfg.Chain == nil || cfg.Now == nil || cfg.Logger == nil || cfg.Stale <= 0 {
		return nil, errors.New("a watcher needs a chain, a clock, a logger, and a limit of staleness")
	}
	if cfg.Cursors == nil {
		cfg.Cursors = noCursors{}
	}
	if cfg.Poll <= 0 {
		cfg.Poll = defaultPoll
	}
	if cfg.Rest <= 0 {
		cfg.Rest = defaultRest
	}
	if cfg.Timeout <= 0 {
		cfg.Timeout = defaultTimeout
	}
	if cfg.MaxRange == 0 {
		cfg.MaxRange = defaultRange
	}
	w := &Watcher{cfg: cfg, log: cfg.Logger, poke: make(chan struct{}, 1), span: cfg.MaxRange}
	w.mu.next = make(chan struct{})
	w.ctx, w.stop = context.WithCancel(context.Background())
	w.wait.Go(w.run)
	return w, nil
}

// Close ends the watch. It returns when no subject is being called any more, and no sender keeps or sends anything.
func (w *Watcher) Close() error {
	w.mu.Lock()
	w.mu.closed = true
	w.mu.Unlock()
	w.stop()
	w.wait.Wait()
	return nil
}

// ChainID is the chain that is watched.
func (w *Watcher) ChainID() uint64 { return w.cfg.ChainID }

// View returns the chain as it was seen last, without logs; ok is false if it has not been. Subjects may not have
// seen as much yet: see Watched.View.
func (w *Watcher) View() (v View, ok bool) { return w.seen.Load().bare() }

// Latest is View, and looks if the chain was not seen yet. Errors: those of Look.
func (w *Watcher) Latest(ctx context.Context) (View, error) {
	if v, ok := w.View(); ok {
		return v, nil
	}
	return w.Look(ctx)
}

// Next is closed when another head is seen than the newest one now. Who takes it, reads the chain, and then waits for it misses nothing.
func (w *Watcher) Next() <-chan struct{} {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.mu.next
}

func (s *sight) bare() (View, bool) {
	if s == nil {
		return View{}, false
	}
	return View{Head: s.view.Head, Sure: s.view.Sure}, true
}

// Fresh is nil while the chain is seen well enough to accept payments, by now on the clock of Config.Now; otherwise a
// *pay.Refusal, with Stale.
func (w *Watcher) Fresh(now time.Time) error {
	return w.seen.Load().fresh(now, w.cfg.Stale, w.lastErr())
}

func (w *Watcher) lastErr() error {
	if err := w.why.Load(); err != nil {
		return *err
	}
	return nil
}

// Look has the chain looked at now and returns what was seen, when every subject has seen it. Looks that are
// asked for at one time are one. Errors: that of the look, or of the first subject that could not see it; the context's; ErrClosed.
func (w *Watcher) Look(ctx context.Context) (View, error) {
	a := &asking{done: make(chan struct{})}
	w.mu.Lock()
	w.mu.asking = append(w.mu.asking, a)
	w.nudge()
	w.mu.Unlock()
	select {
	case <-a.done:
		return a.view, a.err
	case <-ctx.Done():
		return View{}, ctx.Err()
	case <-w.ctx.Done():
		return View{}, ErrClosed
	}
}

// nudge has the loop look. It is called with the lock, so that what asked is drops the nudges of all that ask.
func (w *Watcher) nudge() {
	select {
	case w.poke <- struct{}{}:
	default:
	}
}

// run is the loop. All requests of the watcher, and all calls of subjects, are made by it.
func (w *Watcher) run() {
	defer w.news.end()
	pause, said := w.cfg.Rest, error(nil)
	for w.ctx.Err() == nil {
		asked := w.asked()
		more, failed, err := w.turn(w.ctx)
		for more && err == nil && w.ctx.Err() == nil {
			more, failed, err = w.turn(w.ctx)
		}
		w.tell(asked, failed, err)
		if w.ctx.Err() != nil {
			return
		}
		if err != nil {
			if said == nil || errors.Is(err, ErrWrongChain) != errors.Is(said, ErrWrongChain) {
				w.log.Error("the chain is not seen", "err", err)
			}
			said, pause = err, min(2*pause, maxRests*w.cfg.Rest)
			w.sleep(pause, false)
			continue
		}
		if said != nil {
			w.log.Info("the chain is seen again")
		}
		pause, said = w.cfg.Rest, nil
		w.sleep(pause, false)
		if w.news.renew(w.ctx, w.cfg.Chain, w.cfg.Timeout) {
			continue // a head that came before the subscription is not told of
		}
		w.sleep(w.polls(), true)
	}
}

// asked takes those who wait for a look.
func (w *Watcher) asked() []*asking {
	w.mu.Lock()
	defer w.mu.Unlock()
	asked := w.mu.asking
	w.mu.asking = nil
	select {
	case <-w.poke:
	default:
	}
	return asked
}

// polls is how long to wait for news.
func (w *Watcher) polls() time.Duration {
	if w.news.sub != nil {
		return subscribedPolls * w.cfg.Poll
	}
	return w.cfg.Poll
}

// tell answers those who wait for a look: err is why the chain was not seen, failed why a subject has not seen it.
func (w *Watcher) tell(asked []*asking, failed, err error) {
	if err == nil {
		w.why.Store(nil)
	} else {
		w.why.Store(&err)
	}
	if w.ctx.Err() != nil {
		err = ErrClosed
	}
	for _, a := range asked {
		a.view, _ = w.View()
		if a.err = err; err == nil {
			a.err = failed
		}
		close(a.done)
	}
}

// sleep waits; if it may be woken, not longer than until there is a reason to look. Who asks after an error waits for
// the pause to end, or a provider in trouble would be asked without a pause.
func (w *Watcher) sleep(span time.Duration, wake bool) {
	timer := time.NewTimer(span)
	defer timer.Stop()
	var poke chan struct{}
	if wake {
		poke = w.poke
	}
	select {
	case <-timer.C:
	case <-poke:
	case <-w.news.heads(wake):
		w.news.drain()
	case <-w.news.failed(wake):
		w.news.end()
	case <-w.ctx.Done():
	}
}

// checkChain makes sure that the provider is on the right chain. After an error it may be another one.
func (w *Watcher) checkChain(ctx context.Context) error {
	if w.checked {
		return nil
	}
	id, err := ask(ctx, w, w.cfg.Chain.ChainID)
	if err != nil {
		return fmt.Errorf("asking which chain it is: %w", err)
	}
	if id == nil || id.Cmp(new(big.Int).SetUint64(w.cfg.ChainID)) != 0 {
		return fmt.Errorf("%w: %v, not %d", ErrWrongChain, id, w.cfg.ChainID)
	}
	w.checked = true
	return nil
}

// enter has Close wait until leave is called; it returns false if Close was called before.
func (w *Watcher) enter() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.mu.closed {
		w.wait.Add(1)
	}
	return !w.mu.closed
}

func (w *Watcher) leave() { w.wait.Done() }

// ask makes one request, for no longer than a request may take, nor than the watcher lives.
func ask[T any](ctx context.Context, w *Watcher, request func(context.Context) (T, error)) (T, error) {
	ctx, cancel := context.WithTimeout(ctx, w.cfg.Timeout)
	defer cancel()
	defer context.AfterFunc(w.ctx, cancel)()
	return request(ctx)
}
