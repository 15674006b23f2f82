package paytest

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/big"
	"sync"
	"sync/atomic"
	"time"

	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/params"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/watch"
	"github.com/candela-les/candela/pay/watch/watchtest"
)

// errCrashed is what everything gives that a process does after it has crashed.
var errCrashed = errors.New("the process has crashed")

// process is a program that runs, with its node and its disk. What it writes, sends and says are its steps.
type process struct {
	w    *World
	name string
	gas  *watch.Key // pays for transactions

	Node *watchtest.Faulty // its provider
	Disk *watchtest.Memory // survives it
	Skew time.Duration     // how far its clock is ahead of the world's

	// Since it was started:
	Watcher *watch.Watcher
	Sender  *watch.Sender
	dead    *atomic.Bool

	crash struct {
		sync.Mutex
		at    int // the step at which to crash, from 1; 0: never
		after bool
		steps int
		last  string // the step at which it has crashed
	}
}

func newProcess(w *World, name string, gas *watch.Key) *process {
	return &process{w: w, name: name, gas: gas, Node: watchtest.NewFaulty(w.Chain.Node()), Disk: watchtest.NewMemory()}
}

// Now is what its clock says.
func (p *process) Now() time.Time { return p.w.Now().Add(p.Skew) }

// Asset is what is paid with.
func (p *process) Asset() pay.Asset { return p.w.Asset() }

// start starts what every process has.
func (p *process) start() {
	p.w.T.Helper()
	p.dead = &atomic.Bool{}
	var err error
	node := &node{Faulty: p.Node, p: p, dead: p.dead}
	p.Watcher, err = watch.New(watch.Config{
		Chain: node, ChainID: watchtest.ChainID, Confirmations: Confirmations, Stale: Stale, Poll: 2 * time.Millisecond,
		Rest: time.Millisecond, Timeout: 10 * time.Second, Now: p.Now, Cursors: &disk{p.Disk, p, p.dead}, Logger: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		p.w.T.Fatal(err)
	}
	if p.Sender, err = p.SenderOf(p.gas); err != nil {
		p.w.T.Fatal(err)
	}
}

// SenderOf makes the sender of another key of a process that starts.
func (p *process) SenderOf(key *watch.Key) (*watch.Sender, error) {
	return p.Watcher.NewSender(p.w.T.Context(), watch.SenderConfig{
		Node: &node{Faulty: p.Node, p: p, dead: p.dead}, Signer: key, Outbox: &disk{p.Disk, p, p.dead},
		MaxFee: big.NewInt(100 * params.GWei), Logger: slog.New(slog.DiscardHandler),
	})
}

// stop ends it. Nothing that it still does has an effect.
func (p *process) stop() {
	if p.dead == nil {
		return
	}
	p.dead.Store(true)
	if err := p.Watcher.Close(); err != nil {
		p.w.T.Error(err)
	}
	p.dead = nil
}

// Look has it look at the chain.
func (p *process) Look() {
	p.w.T.Helper()
	ctx, cancel := context.WithTimeout(p.w.T.Context(), time.Minute)
	defer cancel()
	if _, err := p.Watcher.Look(ctx); err != nil {
		p.w.T.Fatalf("%s looks at the chain: %v", p.name, err)
	}
}

// step does something that outlives the process, unless the process crashes just before; or it crashes just after it.
func (p *process) step(dead *atomic.Bool, what string, do func() error) error {
	if dead.Load() {
		return errCrashed
	}
	c := &p.crash
	c.Lock()
	c.steps++
	now := c.at != 0 && c.steps == c.at
	if now {
		c.last = what
	}
	c.Unlock()
	if now && !c.after {
		dead.Store(true)
		return errCrashed
	}
	err := do()
	if now {
		dead.Store(true)
		return errCrashed
	}
	return err
}

// crashAt has it crash at its n-th step from now, before it or just after.
func (p *process) crashAt(n int, after bool) {
	p.crash.Lock()
	defer p.crash.Unlock()
	p.crash.at, p.crash.after, p.crash.steps, p.crash.last = n, after, 0, ""
}

// crashed says whether it did crash, and at what.
func (p *process) crashed() (at string, ok bool) {
	p.crash.Lock()
	defer p.crash.Unlock()
	return p.crash.last, p.crash.last != ""
}

// node is a process' way to its provider: what it sends is a step.
type node struct {
	*watchtest.Faulty
	p    *process
	dead *atomic.Bool
}

// SendTransaction implements watch.Node.
func (n *node) SendTransaction(ctx context.Context, tx *types.Transaction) error {
	return n.p.step(n.dead, "send a transaction", func() error { return n.Faulty.SendTransaction(ctx, tx) })
}

// disk is a process' way to its disk: what it keeps of transactions is a step.
type disk struct {
	*watchtest.Memory
	p    *process
	dead *atomic.Bool
}

// PutSent implements watch.Outbox.
func (d *disk) PutSent(ctx context.Context, s watch.Sent, live bool) error {
	return d.p.step(d.dead, fmt.Sprintf("keep transaction %q as %v", s.Name, s.State), func() error { return d.Memory.PutSent(ctx, s, live) })
}
