package till

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/candela-les/candela/ledger"
	"github.com/candela-les/candela/unit"
)

// Config says where the money is kept, and for whom.
type Config struct {
	Ledger   ledger.Ledger
	Owner    ledger.Owner // this server's name in the ledger, which no other one may have
	Token    ledger.Address
	Now      func() time.Time
	Logger   *slog.Logger  // nil: no logs
	Listener Listener      // nil: nobody listens
	HoldFor  time.Duration // how long a hold lasts unless it is renewed; 2 minutes if zero
	Pause    time.Duration // before a call that the ledger could not serve is repeated, and then longer ones; 100 ms if zero
}

// Listener is told what happens by itself. It may be called from several goroutines at once. It must return soon, and
// may call Charge and Limit, but nothing that waits for the ledger.
type Listener interface {
	// Posted: a charge is in the ledger.
	Posted(client ledger.Address, p Posted)
	// Changed: the client has another limit than before, or its balance was changed by others than this till.
	Changed(client ledger.Address, p Purse)
	// Lost: the client's hold is gone, and its limit is nothing: it has expired (ledger.ErrExpired, ErrNoHold) or somebody took over
	// (ledger.ErrFenced). Changed may follow if money can be held again.
	Lost(client ledger.Address, err error)
}

// Posted is a charge that is in the ledger.
type Posted struct {
	Charge
	// Entry and FeeEntry are the numbers of the account's entries of Amount and of Fee, 0 where that was nothing.
	Entry, FeeEntry uint64
}

// Purse is what a client has at this server.
type Purse struct {
	Limit     unit.Amount // what it may be charged: Held without Unposted
	Held      unit.Amount // set aside here
	Unposted  unit.Amount // charged and not in Balance yet
	Balance   unit.Amount // what the ledger says that it has, here and elsewhere
	Free      unit.Amount // of it, not set aside by anybody
	Entries   uint64      // number of the account's last entry, from which Balance is; 0: there is no account
	Remainder uint64      // owed beyond all charges, in parts of a base unit; of a client that nothing was reserved for, 0
}

// Till is one server's till. Its methods may be called from many goroutines.
type Till struct {
	Config
	epoch ledger.Epoch

	ctx    context.Context // of posting
	cancel context.CancelFunc
	idle   context.CancelFunc // ends renewing
	work   sync.WaitGroup
	wake   chan struct{} // has one if there may be something to post

	mu struct {
		sync.Mutex
		clients map[ledger.Address]*client
		ready   []*client     // those with charges that wait, each once
		waiting int           // how many charges that is
		settled chan struct{} // closed, and made anew, when waiting has become less
		closing bool
		fenced  error // set once
	}
}

// Open opens a till. It raises the owner's epoch, so that what was held before a crash is free again, and whoever still
// works as this owner is fenced. Errors are the ledger's.
func Open(ctx context.Context, c Config) (*Till, error) {
	c.HoldFor, c.Pause = cmp.Or(c.HoldFor, 2*time.Minute), cmp.Or(c.Pause, 100*time.Millisecond)
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	if c.Listener == nil {
		c.Listener = nobody{}
	}
	epoch, err := c.Ledger.Raise(ctx, c.Owner)
	if err != nil {
		return nil, fmt.Errorf("till of %s: %w", c.Owner, err)
	}
	t := &Till{Config: c, epoch: epoch, wake: make(chan struct{}, 1)}
	t.mu.clients, t.mu.settled = map[ledger.Address]*client{}, make(chan struct{})
	t.ctx, t.cancel = context.WithCancel(context.WithoutCancel(ctx))
	renewing, idle := context.WithCancel(t.ctx)
	t.idle = idle
	t.work.Go(t.post)
	t.work.Go(func() { t.renew(renewing) })
	return t, nil
}

type nobody struct{}

func (nobody) Posted(ledger.Address, Posted) {}
func (nobody) Changed(ledger.Address, Purse) {}
func (nobody) Lost(ledger.Address, error)    {}

// Close posts what was charged, returns what is held, and ends the till. When the context ends before that, it returns at once
// with an error that says what was not posted; holds expire by themselves then. The ledger stays open.
func (t *Till) Close(ctx context.Context) error {
	t.mu.Lock()
	closing := t.mu.closing
	t.mu.closing = true
	t.mu.Unlock()
	defer t.work.Wait()
	if closing {
		return nil
	}
	defer t.cancel()
	t.idle()
	err := t.drain(ctx, func() int { return t.mu.waiting })
	if err == nil {
		err = t.returnAll(ctx)
	}
	if errors.Is(err, ledger.ErrFenced) { // which was told, and there is nothing left to do
		return nil
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.mu.waiting > 0 {
		return fmt.Errorf("till of %s: %d charges were not posted: %w", t.Owner, t.mu.waiting, err)
	}
	return err
}

// returnAll returns all holds, so that other servers need not wait for them to expire.
func (t *Till) returnAll(ctx context.Context) error {
	return t.each(ctx, t.list(), func(ctx context.Context, c *client) error {
		if err := c.take(ctx); err != nil {
			return err
		}
		defer t.give(c)
		t.mu.Lock()
		holds := c.holds
		t.mu.Unlock()
		if !holds {
			return nil
		}
		return t.hold(ctx, c, unit.Amount{}, unit.Amount{})
	})
}

// drain waits until nothing of what is counted, with the lock, waits to be posted.
func (t *Till) drain(ctx context.Context, count func() int) error {
	for {
		t.mu.Lock()
		n, settled, fenced := count(), t.mu.settled, t.mu.fenced
		t.mu.Unlock()
		switch {
		case fenced != nil:
			return fenced
		case n == 0:
			return nil
		}
		select {
		case <-settled:
		case <-t.ctx.Done():
			return ledger.ErrClosed
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// fence ends everything: somebody else is this owner now.
func (t *Till) fence(err error) {
	t.mu.Lock()
	if t.mu.fenced != nil {
		t.mu.Unlock()
		return
	}
	t.mu.fenced = err
	lost, charges := unit.Amount{}, t.mu.waiting
	var told []ledger.Address
	for _, c := range t.mu.clients {
		lost, _ = lost.Add(c.account.Unposted())
		if c.lose() {
			told = append(told, c.address)
		}
		c.forgiveAll()
	}
	t.mu.ready = nil
	t.settle(t.mu.waiting)
	t.mu.Unlock()
	t.Logger.Error("another process keeps this server's accounts: nothing is sold any more",
		"owner", t.Owner, "charges lost", charges, "amount", lost, "err", err)
	for _, address := range told {
		t.Listener.Lost(address, err)
	}
}

// settle notes, with the lock, that so many charges wait no more.
func (t *Till) settle(n int) {
	if n == 0 {
		return
	}
	t.mu.waiting -= n
	close(t.mu.settled)
	t.mu.settled = make(chan struct{})
}
