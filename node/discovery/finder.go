package discovery

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"math/rand/v2"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/p2p/enode"

	"github.com/candela-les/candela/client"
	"github.com/candela-les/candela/client/pool"
	"github.com/candela-les/candela/internal/pause"
	"github.com/candela-les/candela/wire"
)

// Host is what a Finder needs of its host.
type Host interface {
	Self() *enode.Node
	Nodes() enode.Iterator
	Ask(node *enode.Node, protocol string, request []byte) ([]byte, error)
	AskRecord(node *enode.Node) (*enode.Node, error)
	Visit(ctx context.Context, node *enode.Node, settled func()) (held time.Duration, err error)
	Full(err error) (retry time.Duration, full bool)
}

// Client is what a Finder needs to know of the light client.
type Client interface {
	Genesis() common.Hash // zero while it is not known
	Fits(genesis common.Hash, fork wire.ForkID) error
	FitsFork(fork wire.ForkID) error
	Standing(id [32]byte) (expected time.Duration, banned time.Time)
	SetRetry(id [32]byte, at time.Time)
	// Useless says that a connected server has no data.
	Useless(id [32]byte) bool
}

// Config is what a Finder goes by.
type Config struct {
	Host   Host
	Client Client
	// Versions are those of les that the client speaks.
	Versions []uint
	// Max is how many discovered servers to be connected to.
	Max int
	// Bootnodes are asked whether they are servers themselves.
	Bootnodes []*enode.Node
	// Lists are further sources of nodes. The Finder closes them.
	Lists []enode.Iterator
	// Except are the servers that are connected to otherwise.
	Except []*enode.Node
	// Offers has servers asked for what they sell, too: such questions are four times as long,
	// for no answer is longer than its question.
	Offers bool

	Now    func() time.Time
	Logger *slog.Logger
}

const (
	// eager is for how long more servers are looked for as fast as the walk goes, once
	// there is a connection; calm is the pause between two of its nodes then.
	eager = 30 * time.Second
	calm  = 500 * time.Millisecond
	// chainPoll is how often it is looked whether the client knows its chain by now.
	chainPoll = 100 * time.Millisecond
)

// A Finder finds servers and keeps connections to them. Close ends it.
type Finder struct {
	cfg    Config
	except map[enode.ID]bool
	ctx    context.Context
	cancel context.CancelFunc
	work   sync.WaitGroup

	walk    enode.Iterator
	found   chan *enode.Node
	results chan func() // what came of questions and visits, for the loop
	hungry  atomic.Bool // more servers are wanted
	alone   atomic.Bool // none is connected
	stats   atomic.Pointer[pool.Stats]
	offers  offers

	// What follows belongs to the loop.
	pool  *pool.Pool
	nodes map[pool.ID]*enode.Node // newest records of what the pool knows
}

// Find starts a Finder.
func Find(cfg Config) *Finder {
	f := &Finder{
		cfg: cfg, except: map[enode.ID]bool{cfg.Host.Self().ID(): true},
		found: make(chan *enode.Node), results: make(chan func()),
		nodes: make(map[pool.ID]*enode.Node),
	}
	for _, n := range cfg.Except {
		f.except[n.ID()] = true
	}
	f.pool = pool.New(pool.Config{
		Max: cfg.Max, Standing: cfg.Client.Standing,
		Jitter: func(d time.Duration) time.Duration { return rand.N(max(d, 1)) },
	})
	f.ctx, f.cancel = context.WithCancel(context.Background())
	f.hungry.Store(true)
	f.alone.Store(true)
	f.stats.Store(new(pool.Stats))
	mix := enode.NewFairMix(0)
	mix.AddSource(cfg.Host.Nodes())
	for _, list := range cfg.Lists {
		mix.AddSource(list)
	}
	f.walk = mix
	f.work.Go(f.read)
	f.work.Go(f.loop)
	for _, n := range cfg.Bootnodes {
		f.work.Go(func() { f.askRecord(n) })
	}
	return f
}

// Close ends the search and all connections that came of it.
func (f *Finder) Close() error {
	f.cancel()
	f.walk.Close()
	f.work.Wait()
	return nil
}

// Stats counts what is known.
func (f *Finder) Stats() pool.Stats { return *f.stats.Load() }

// read hands nodes from the walk to the loop: fast while there is no connection and
// for a while afterwards, then slowly, and none while no more servers are wanted.
func (f *Finder) read() {
	var since time.Time // the search was last urgent
	for f.walk.Next() {
		if !f.offer(f.walk.Node()) {
			return
		}
		now := f.cfg.Now()
		if f.alone.Load() {
			since = now
		}
		for slow := now.Sub(since) > eager; slow || !f.hungry.Load(); slow = false {
			if pause.For(f.ctx, calm, nil) != nil {
				return
			}
		}
	}
}

func (f *Finder) offer(n *enode.Node) bool {
	select {
	case f.found <- n:
		return true
	case <-f.ctx.Done():
		return false
	}
}

// askRecord asks a bootnode for its record: what was configured may be no more than
// its address. A network's only server may be its bootnode.
func (f *Finder) askRecord(n *enode.Node) {
	for wait := time.Second; ; wait = min(2*wait, time.Minute) {
		if record, err := f.cfg.Host.AskRecord(n); err == nil {
			f.offer(record)
			return
		}
		if pause.For(f.ctx, wait, nil) != nil {
			return
		}
	}
}

// loop owns the pool.
func (f *Finder) loop() {
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		select {
		case n := <-f.found:
			f.take(n)
		case result := <-f.results:
			result()
		case <-timer.C:
		case <-f.ctx.Done():
			return
		}
		timer.Reset(f.step())
	}
}

// take looks at a node's record.
func (f *Finder) take(n *enode.Node) {
	if n == nil || f.except[n.ID()] {
		return
	}
	r, err := readRecord(n)
	if err != nil || f.cfg.Client.FitsFork(r.fork) != nil {
		return
	}
	id := pool.ID(n.ID())
	if old := f.nodes[id]; old != nil && old.Seq() > n.Seq() {
		return
	}
	if f.pool.Found(f.cfg.Now(), id, r.talks) {
		f.cfg.Logger.Debug("server found", "server", n.ID().TerminalString(), "addr", n.IPAddr(), "answers", r.talks)
	}
	if f.pool.Knows(id) {
		f.nodes[id] = n
	}
	if len(f.nodes) > 2*pool.MaxKnown {
		maps.DeleteFunc(f.nodes, func(id pool.ID, _ *enode.Node) bool { return !f.pool.Knows(id) })
		f.offers.keep(f.pool.Knows)
	}
}

// step does what the pool wants done and returns when to look again.
func (f *Finder) step() time.Duration {
	if f.cfg.Client.Genesis() == (common.Hash{}) {
		return chainPoll // nobody knows yet which servers are of any use
	}
	now := f.cfg.Now()
	actions, wait := f.pool.Next(now)
	for _, a := range actions {
		n := f.nodes[a.ID]
		if a.Kind == pool.Ask {
			f.work.Go(func() { f.ask(n) })
		} else {
			f.work.Go(func() { f.visit(n) })
		}
	}
	f.hungry.Store(f.pool.Hungry())
	f.alone.Store(f.pool.Visited() == 0)
	stats := f.pool.Stats(now)
	f.stats.Store(&stats)
	return wait
}

// report has the loop do something.
func (f *Finder) report(result func()) {
	select {
	case f.results <- result:
	case <-f.ctx.Done():
	}
}

// ask asks a server for its conditions.
func (f *Finder) ask(n *enode.Node) {
	q := wire.GetConditions{Version: wire.ConditionsVersion, Room: wire.MinGetConditions}
	if f.cfg.Offers {
		q.Room = wire.MaxGetConditions
	}
	request := q.Append(nil)
	reply, err := f.cfg.Host.Ask(n, wire.TalkConditions, request)
	var c *wire.Conditions
	if err == nil {
		c, err = wire.DecodeConditions(reply, len(request))
	}
	id := pool.ID(n.ID())
	f.report(func() {
		log := f.cfg.Logger.With("server", n.ID().TerminalString())
		if err != nil {
			log.Debug("server does not tell its conditions", "err", err)
			f.pool.Unanswered(f.cfg.Now(), id)
			return
		}
		fits := f.fits(c)
		log.Debug("server tells its conditions", "fits", fits, "free", c.Free, "of", c.Total, "retryAfterMs", c.RetryAfterMs)
		f.pool.Answered(f.cfg.Now(), id, c, fits)
		if f.cfg.Offers {
			f.offers.note(n, f.cfg.Now(), c, fits && f.pool.Knows(id))
		}
		f.noteRetry(id)
	})
}

// fits: it is of this chain, speaks what the client does, and has data to give.
func (f *Finder) fits(c *wire.Conditions) bool {
	speaks := false
	for _, version := range c.Protocols {
		speaks = speaks || slices.Contains(f.cfg.Versions, uint(version))
	}
	return speaks && c.Serves.Has(wire.ServesState) && f.cfg.Client.Fits(c.Genesis, c.ForkID) == nil
}

// visit connects to a server until that ends.
func (f *Finder) visit(n *enode.Node) {
	id := pool.ID(n.ID())
	log := f.cfg.Logger.With(slog.String("server", n.ID().TerminalString()), slog.Any("addr", n.IPAddr()))
	ctx, cancel := context.WithCancelCause(f.ctx)
	defer cancel(nil)
	held, err := f.cfg.Host.Visit(ctx, n, func() {
		if f.cfg.Client.Useless(id) {
			cancel(errUseless) // it could not be asked before
			return
		}
		log.Info("connected to a discovered server")
	})
	log.Debug("visit ended", "held", held, "err", err)
	end := pool.End{Held: held, Foreign: foreign(err)}
	end.Retry, end.Full = f.cfg.Host.Full(err)
	f.report(func() {
		f.pool.Ended(f.cfg.Now(), id, end)
		f.noteRetry(id)
	})
}

// errUseless: a server has no data.
var errUseless = errors.New("server has no data")

// foreign says of a visit's end that another one will not be better.
func foreign(err error) bool {
	var mismatch *wire.MismatchError
	return errors.As(err, &mismatch) || errors.Is(err, wire.ErrForkMismatch) || errors.Is(err, wire.ErrRemoteStale) ||
		errors.Is(err, client.ErrNotServer) || errors.Is(err, errUseless)
}

func (f *Finder) noteRetry(id pool.ID) {
	if at, full := f.pool.RetryAt(id); full {
		f.cfg.Client.SetRetry(id, at)
	}
}
