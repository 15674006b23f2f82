package pay

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/candela-les/candela/internal/pause"
	"github.com/candela-les/candela/unit"
)

// Line is how a wallet talks with one server. Its methods wait for the answer. A *Refusal is the server's answer; after any other error it
// is not known whether the server has done what was asked.
type Line interface {
	Establish(ctx context.Context, method string, opening []byte) (Standing, error)
	Promise(ctx context.Context, id Hash, promise []byte) (Accepted, error)
	Increase(ctx context.Context, id Hash) (Standing, error)
	Settle(ctx context.Context, id Hash) (Settled, error)
}

// Limits are what a wallet's owner allows. None but Credit and Deposit may be zero.
type Limits struct {
	// Prepaid is the most that one server may have been promised and not have spent on service: what a server that vanishes
	// takes with it (X).
	Prepaid unit.Amount
	// Credit is the most that is promised over a channel beyond what is locked in it (Y). It is of use only by methods whose providers give
	// credit.
	Credit unit.Amount
	// Daily is the most that is promised in a day, which begins at midnight UTC. It is no budget of what is spent: that is
	// the buyer's, and neither is taken off the other. What is promised today may be spent tomorrow, so Daily is best the buyer's
	// budget and Prepaid on top.
	Daily unit.Amount
	// Locked is the most that may be locked in all channels together and not be promised: what whoever has the session key
	// could promise to himself.
	Locked unit.Amount
	// Deposit is what a channel is opened and topped up with, as far as Locked allows it. Each time costs gas, so it has to last for a
	// while. Zero: Daily, or a quarter of Locked, for several servers are paid.
	Deposit unit.Amount
}

// deposit is what is locked at a time.
func (l *Limits) deposit() unit.Amount {
	if !l.Deposit.IsZero() {
		return l.Deposit
	}
	return l.Daily.Min(part(l.Locked, 2)).Max(unit.NewAmount(1))
}

// Dust is what is not worth the gas of taking it back, by what the owner locks at a time: that is worth two transactions and lasts for a while, and
// this is a thousandth of it.
func (l *Limits) Dust() unit.Amount { return part(l.deposit(), 10) }

// WalletConfig is what a Wallet is made of. What may be zero says so.
type WalletConfig struct {
	Asset  Asset // all that it pays in
	Payers []Payer
	Notes  Notes // those that the payers keep, in whatever asset
	Purse  Purse
	Limits Limits
	Now    func() time.Time
	Logger *slog.Logger // nil: no logs

	Pause time.Duration // between two looks at what takes its time, as confirmations do; 3 seconds
	Looks int           // after how many looks a server is given up that does not see what is locked; 200
	Every time.Duration // how often Run looks after what was begun; 1 minute
}

// Wallet pays servers, in one asset, by whatever methods it has payers for, and within its owner's limits. Its methods may be called
// from many goroutines; those about one server have their turns.
//
// Whatever it begins it has noted before, and goes on with after a crash: a channel is opened under a name that is on disk,
// a promise is on disk before it is sent, and one that was not acknowledged is sent again before anything is promised beyond it.
// Before the first promise of a session it agrees with the server about what was promised until then.
type Wallet struct {
	WalletConfig
	ctx  context.Context
	stop context.CancelFunc
	work sync.WaitGroup // deposits that nobody waits for
	disk chan struct{}  // who has put its only element in may store what is kept

	mu struct {
		sync.Mutex
		kept    kept
		tabs    map[tabKey]*tab
		sellers map[Address]*seller // those that were paid, or were to be, since the start
		flight  unit.Amount         // about to be promised, and not noted yet
	}
}

// seller is what is known of who sells.
type seller struct {
	turn  chan struct{} // has one element while somebody pays or closes there
	spent unit.Amount   // see Place
	told  bool          // somebody has said that since the start
}

// tabKey names a tab.
type tabKey struct {
	Method string
	ID     Hash
}

// tab is a channel as the wallet sees it.
type tab struct {
	key  tabKey
	note Note // as on disk
	// agreed: the server has said how the two stand, and nothing went wrong since.
	agreed   bool
	accepted unit.Amount // that the server has acknowledged
	cover    unit.Amount // up to what the server said that it accepts
	fresh    bool        // all that is on its way was signed since the limit of a day began anew
	closing  bool
	locking  chan struct{} // has one element while more is being locked
}

// Errors of wallets, beside *LimitError, *Refusal, and those of payers and lines.
var (
	// ErrAsset: the server wants to be paid in something else.
	ErrAsset = errors.New("the server is paid in another token")
	// ErrNoWay: the server takes none of the methods that this wallet can pay by.
	ErrNoWay = errors.New("no method of payment that the server takes is at hand")
	// ErrClosed: the wallet was closed.
	ErrClosed = errors.New("the wallet was closed")
	// ErrNoTab: there is no such channel.
	ErrNoTab = errors.New("no such channel")
)

// NoPayerError: a channel was opened by a method that the wallet does not pay by now. It is there, and nothing can be done with it.
type NoPayerError struct{ Method string }

func (e *NoPayerError) Error() string {
	return fmt.Sprintf("the channel was opened by %s, which is none of the methods that are paid by now", e.Method)
}

// LimitError: something would go beyond what the owner allows.
type LimitError struct {
	Limit string // its name
	Most  unit.Amount
	Would unit.Amount // what it would come to
}

func (e *LimitError) Error() string {
	return fmt.Sprintf("beyond the owner's limit: %s would come to %s, and the most is %s", e.Limit, e.Would, e.Most)
}

// NewWallet opens a wallet with what is noted and kept. Errors: limits that make no sense, and what cannot be read.
func NewWallet(ctx context.Context, cfg WalletConfig) (*Wallet, error) {
	l := &cfg.Limits
	switch {
	case len(cfg.Payers) == 0 || cfg.Notes == nil || cfg.Purse == nil || cfg.Now == nil:
		return nil, errors.New("a wallet needs payers, notes, a purse and a clock")
	case l.Prepaid.IsZero() || l.Daily.IsZero() || l.Locked.IsZero():
		return nil, errors.New("a wallet needs limits: the most prepaid, the most a day, and the most that is locked")
	}
	l.Deposit = l.deposit()
	cfg.Pause, cfg.Looks, cfg.Every = cmp.Or(cfg.Pause, 3*time.Second), cmp.Or(cfg.Looks, 200), cmp.Or(cfg.Every, time.Minute)
	if cfg.Logger == nil {
		cfg.Logger = slog.New(slog.DiscardHandler)
	}
	w := &Wallet{WalletConfig: cfg, disk: make(chan struct{}, 1)}
	w.mu.tabs, w.mu.sellers = make(map[tabKey]*tab), make(map[Address]*seller)
	if err := w.load(ctx); err != nil {
		return nil, err
	}
	w.ctx, w.stop = context.WithCancel(context.WithoutCancel(ctx))
	return w, nil
}

// part is what is left of an amount that is halved so many times, at least once.
func part(a unit.Amount, times uint) unit.Amount {
	hi, lo := a.Words()
	return unit.AmountOfWords(hi>>times, lo>>times|hi<<(64-times))
}

// Close ends what the wallet does by itself, and keeps for its owner what servers have acknowledged. Payments and closings are ended by their own
// contexts.
func (w *Wallet) Close() error {
	w.stop()
	w.work.Wait()
	return w.keepHeard(context.WithoutCancel(w.ctx))
}

// payer returns the payer of a method, nil if there is none.
func (w *Wallet) payer(method string) Payer {
	for _, p := range w.Payers {
		if p.Method() == method {
			return p
		}
	}
	return nil
}

// enter waits for the turn at a seller; leave gives it back.
func (w *Wallet) enter(ctx context.Context, who Address) (leave func(), err error) {
	s := w.seller(who)
	select {
	case s.turn <- struct{}{}:
		if err := ctx.Err(); err != nil { // both were so
			<-s.turn
			return nil, err
		}
		return func() { <-s.turn }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-w.ctx.Done():
		return nil, ErrClosed
	}
}

func (w *Wallet) seller(who Address) *seller {
	w.mu.Lock()
	defer w.mu.Unlock()
	s := w.mu.sellers[who]
	if s == nil {
		s = &seller{turn: make(chan struct{}, 1)}
		w.mu.sellers[who] = s
	}
	return s
}

// pause waits a little.
func (w *Wallet) pause(ctx context.Context, span time.Duration) error {
	err := pause.For(ctx, span, w.ctx.Done())
	if errors.Is(err, pause.ErrQuit) {
		return ErrClosed
	}
	return err
}

// reload takes over what a payer has noted of a channel, and returns its tab; nil if nothing is noted, or in another asset.
func (w *Wallet) reload(ctx context.Context, key tabKey) (*tab, error) {
	n, ok, err := w.Notes.Load(ctx, key.Method, key.ID)
	if err != nil || !ok || n.To.Asset != w.Asset {
		return nil, err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.noted(n), nil
}

// noted takes over a note.
func (w *Wallet) noted(n Note) *tab {
	key := tabKey{n.Method, n.ID}
	t := w.mu.tabs[key]
	if t == nil {
		t = &tab{key: key, locking: make(chan struct{}, 1)}
		w.mu.tabs[key] = t
	}
	if t.note.Closed && !n.Closed { // opened again under another name
		t.closing, t.agreed, t.cover = false, false, unit.Amount{}
	}
	t.note = n
	return t
}

// see returns a tab as it is now.
func (w *Wallet) see(t *tab) tab {
	w.mu.Lock()
	defer w.mu.Unlock()
	return *t
}

// change changes a tab.
func (w *Wallet) change(t *tab, change func(*tab)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	change(t)
}

// reasonOf is why something was refused; 0 if it was not.
func reasonOf(err error) Reason {
	if r, ok := errors.AsType[*Refusal](err); ok {
		return r.Reason
	}
	return 0
}
