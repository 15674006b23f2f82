package payments

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"sync"
	"time"

	"github.com/ethereum/go-ethereum/rpc"

	"github.com/candela-les/candela/client/store"
	"github.com/candela-les/candela/internal/pause"
	"github.com/candela-les/candela/node/socket"
	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/watch"
	"github.com/candela-les/candela/unit"
)

const (
	// Namespace is what the names of all methods begin with, before an underscore.
	Namespace = "pay"
	// SocketName is the Unix socket of a desk.
	SocketName = "pay.ipc"
)

// SocketIn is the path of the socket in a data directory.
func SocketIn(dir string) string { return filepath.Join(dir, SocketName) }

// Wallet is what pays: a *pay.Wallet.
type Wallet interface {
	Stake() pay.Stake
	StakeAfter(spent map[pay.Address]unit.Amount) pay.Stake
	Balance(ctx context.Context, method string, id pay.Hash) (pay.Balance, error)
	Open(ctx context.Context, at pay.Place, method string, deposit unit.Amount) (pay.Hash, error)
	TopUp(ctx context.Context, method string, id pay.Hash, total unit.Amount) error
	Leave(ctx context.Context, method string, id pay.Hash, line pay.Line) (pay.Balance, error)
	// Nets reports whether nothing is locked by a method.
	Nets(method string) bool
}

// Chain is the token's chain as the wallet sees it: a *watch.Watcher.
type Chain interface {
	View() (watch.View, bool)
	Look(ctx context.Context) (watch.View, error)
}

// Record is the history, and what was read of the token: a *store.History.
type Record interface {
	Token(ctx context.Context, of pay.Asset) (t store.Token, ok bool, err error)
	PutToken(ctx context.Context, of pay.Asset, t store.Token) error
	Events(ctx context.Context, limit int) ([]store.Event, error)
	Settled(ctx context.Context, method string, id pay.Hash, seller pay.Address, asset pay.Asset, s pay.Settled) error
}

// Config is what a desk is made of. What may be zero says so.
type Config struct {
	Wallet  Wallet
	Methods []string // by which it pays
	Asset   pay.Asset
	Servers Servers
	Chain   Chain
	Reader  watch.Reader // of that chain
	// Pending are the transactions that are not sure yet.
	Pending func() []watch.Sent
	// Pots are the open pots that servers are paid from; nil: there are none.
	Pots func(ctx context.Context) ([]Pot, error)
	// Unopened are the methods by which no channel was opened when that was tried last.
	Unopened func() []Unopened
	Record   Record
	Funds    pay.Address
	Session  pay.Address
	Now      func() time.Time
	Logger   *slog.Logger
	// OpenedBy is who has opened a channel, if that is another session key than Session; nil: none ever did.
	OpenedBy func(method string, id pay.Hash) (by pay.Address, other bool)
	// Idle: nothing is bought here.
	Idle bool

	// Patience is how long a server is waited for that is not connected, or the chain if it is not seen; 0: ten seconds.
	Patience time.Duration
	// Pause is between two looks at what is waited for; 0: a quarter of a second.
	Pause time.Duration
}

// What is used where Config has zeros.
const (
	defaultPatience = 10 * time.Second
	defaultPause    = 250 * time.Millisecond
)

// Desk is where an owner looks after payments. Its methods may be called from many goroutines.
type Desk struct {
	cfg  Config
	ctx  context.Context
	stop context.CancelFunc
	work sync.WaitGroup // jobs

	mu struct {
		sync.Mutex
		jobs    map[uint64]*job
		last    uint64
		looking int    // how many look at jobs
		money   *Money // nil before the token was asked
	}
}

// New returns a desk. Close ends it.
func New(ctx context.Context, cfg Config) *Desk {
	if cfg.Patience <= 0 {
		cfg.Patience = defaultPatience
	}
	if cfg.Pause <= 0 {
		cfg.Pause = defaultPause
	}
	d := &Desk{cfg: cfg}
	d.ctx, d.stop = context.WithCancel(context.WithoutCancel(ctx))
	d.mu.jobs = make(map[uint64]*job)
	d.recall(ctx)
	return d
}

// Rest returns when no job is under way, whoever has begun it, or with an error when the context ends.
func (d *Desk) Rest(ctx context.Context) error {
	if d.busy() == 0 || ctx.Err() != nil {
		return ctx.Err()
	}
	d.cfg.Logger.Warn("an order is under way and is waited for, unless this is interrupted")
	return d.await(ctx, func() (bool, error) { return d.busy() == 0, nil })
}

// tellSpan is for how long who looks at a job is told of its end before a socket is closed: an answer is written after its method has returned.
const tellSpan = time.Second / 2

// Close ends all jobs, and returns when nothing is done by them any more and who looks at them was told. It is to be called before the wallet is
// closed.
func (d *Desk) Close() error {
	d.mu.Lock()
	d.stop() // with the lock: from now on none begins
	looking := d.mu.looking
	d.mu.Unlock()
	d.work.Wait()
	if looking == 0 {
		return nil
	}
	return pause.For(context.Background(), tellSpan, nil)
}

// Serve answers at the socket in a directory until stop is called, which closes the desk first. The directory has to be this process's.
func (d *Desk) Serve(ctx context.Context, dir string) (stop func() error, err error) {
	srv := rpc.NewServer()
	if err := srv.RegisterName(Namespace, &api{d}); err != nil {
		return nil, err
	}
	hangUp, err := at(dir).Serve(ctx, srv)
	if err != nil {
		return nil, err
	}
	d.cfg.Logger.Info("payments are looked after", "socket", SocketIn(dir))
	return func() error { return errors.Join(d.Close(), hangUp()) }, nil
}

func at(dir string) socket.Place {
	return socket.Place{Path: SocketIn(dir), Name: "payments socket", Who: "the light client", Namespace: Namespace, Nobody: ErrNotRunning}
}

// api has the methods of the namespace. What is exported here is callable.
type api struct{ d *Desk }

// Status is pay_status: what is locked, promised and spent.
func (a *api) Status(ctx context.Context) (Status, error) { return a.d.status(ctx) }

// History is pay_history: what has happened, the newest first.
func (a *api) History(ctx context.Context, limit uint64) (History, error) {
	return a.d.history(ctx, limit)
}

// Open is pay_open: opens channels to servers.
func (a *api) Open(o Order) (Job, error) { return a.d.begin("open", o, a.d.open) }

// TopUp is pay_topUp: locks more in channels.
func (a *api) TopUp(o Order) (Job, error) { return a.d.begin("topUp", o, a.d.topUp) }

// Close is pay_close: closes channels, and takes back what is left in them.
func (a *api) Close(o Order) (Job, error) { return a.d.begin("close", o, a.d.close) }

// Job is pay_job: how a job stands that has done more than so many steps, or whose block or end is news; in any case after a few seconds.
func (a *api) Job(ctx context.Context, id uint64, seen uint64, block uint64) (Job, error) {
	return a.d.look(ctx, id, seen, block)
}
