package till

import (
	"cmp"
	"context"
	"sync"
	"time"

	"github.com/candela-les/candela/ledger"
	"github.com/candela-les/candela/market/account"
	"github.com/candela-les/candela/unit"
)

// client is what is known of one client. All but address and turn is guarded by the till's lock.
type client struct {
	address ledger.Address
	turn    chan struct{} // has one unless a call of the ledger about this client is under way

	account account.Account
	charges []Charge // those that the account has waiting, in full
	queued  bool     // it is in ready
	users   int      // calls that have this client in hand
	want    unit.Amount
	until   time.Time // when the hold expires; zero without one that may be charged
	holds   bool      // the ledger may hold something, expired or not
	balance ledger.Balance
}

// take waits for the client's turn.
func (c *client) take(ctx context.Context) error {
	select {
	case <-c.turn:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// try takes the turn if it is free.
func (c *client) try() bool {
	select {
	case <-c.turn:
		return true
	default:
		return false
	}
}

// give gives the turn back, to who posts if there is something to post.
func (t *Till) give(c *client) {
	c.turn <- struct{}{}
	t.rouse()
}

// rouse has the poster look.
func (t *Till) rouse() {
	select {
	case t.wake <- struct{}{}:
	default:
	}
}

// enter finds a client or makes it known, and keeps it known until leave.
func (t *Till) enter(address ledger.Address) (*client, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	switch {
	case t.mu.fenced != nil:
		return nil, t.mu.fenced
	case t.mu.closing:
		return nil, ledger.ErrClosed
	}
	c := t.client(address)
	c.users++
	return c, nil
}

func (t *Till) client(address ledger.Address) *client {
	c := t.mu.clients[address]
	if c == nil {
		c = &client{address: address, turn: make(chan struct{}, 1)}
		c.turn <- struct{}{}
		t.mu.clients[address] = c
	}
	return c
}

// leave forgets the client if there is nothing to remember of it.
func (t *Till) leave(c *client) {
	t.mu.Lock()
	defer t.mu.Unlock()
	c.users--
	t.forget(c)
}

func (t *Till) forget(c *client) {
	if c.users == 0 && c.want.IsZero() && !c.holds && len(c.charges) == 0 && t.mu.clients[c.address] == c {
		delete(t.mu.clients, c.address)
	}
}

// lose notes that the hold is gone, and reports whether there was one.
func (c *client) lose() bool {
	c.account.Lost()
	had := !c.until.IsZero()
	c.until = time.Time{}
	return had
}

// posted takes charges out of the list that the account no longer has, and returns them.
func (c *client) posted() []Charge {
	n := len(c.charges) - c.account.Waiting()
	done := c.charges[:n]
	c.charges = c.charges[n:]
	return done
}

// forgive takes the first charge back, for good.
func (c *client) forgive() Charge {
	c.account.Forgive()
	return c.posted()[0]
}

func (c *client) forgiveAll() {
	for len(c.charges) > 0 {
		c.forgive()
	}
}

// purse is what the client has, as far as is known.
func (c *client) purse() Purse {
	return Purse{
		Limit: c.account.Limit(), Held: c.account.Hold(), Unposted: c.account.Unposted(), Remainder: c.account.Remainder(),
		Balance: c.balance.Total.Size(), Free: c.balance.Free.Size(), Entries: c.balance.Entries,
	}
}

// list returns all clients.
func (t *Till) list() []*client {
	t.mu.Lock()
	defer t.mu.Unlock()
	all := make([]*client, 0, len(t.mu.clients))
	for _, c := range t.mu.clients {
		all = append(all, c)
	}
	return all
}

// atOnce is how many clients are worked on at the same time: their calls share transactions.
const atOnce = 64

// each does something with each client, and returns one of the errors.
func (t *Till) each(ctx context.Context, clients []*client, do func(context.Context, *client) error) error {
	var workers sync.WaitGroup
	errs := make([]error, min(atOnce, len(clients)))
	next := make(chan *client)
	for i := range errs {
		workers.Go(func() {
			for c := range next {
				if err := do(ctx, c); err != nil {
					errs[i] = err
				}
			}
		})
	}
	for _, c := range clients {
		next <- c
	}
	close(next)
	workers.Wait()
	return cmp.Or(errs...)
}
