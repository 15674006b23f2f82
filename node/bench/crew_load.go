package bench

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/ethereum/go-ethereum/p2p/enode"
)

// settleTime is how long clients that cease to make load may take to read the
// replies that are still due.
const settleTime = 3 * time.Second

// loadCrew are clients that obey flow control: paid ones, or free ones.
type loadCrew struct {
	*members
	clients []*loadClient

	spending atomic.Bool  // who begins to make load first spends what it has saved
	spent    atomic.Int64 // have done so
	idle     atomic.Int64 // connected and make no load
	price    atomic.Uint64
}

// loadClient is one of them, through all its connections.
type loadClient struct {
	crew  *loadCrew
	index int // in the crew
	who   identity
	got   atomic.Uint64 // replies since the last measure
}

func newLoadCrew(ctx context.Context, j *job, target *enode.Node) *loadCrew {
	c := &loadCrew{members: newMembers(ctx, j, target)}
	for i := range j.Clients {
		index := j.First + i
		c.clients = append(c.clients, &loadClient{
			crew: c, index: i,
			who: identity{key: key(j.Seed, j.Role, uint64(index)), from: j.from(index)}, //nolint:gosec // an index
		})
	}
	return c
}

// connect wants all paid clients; of free ones those that are let in.
func (c *loadCrew) connect(ctx context.Context, within time.Duration) error {
	for _, one := range c.clients {
		c.start(one.join)
	}
	paid := c.job.Role == rolePaid
	return c.await(ctx, within, !paid, paid)
}

func (c *loadCrew) open(ctx context.Context, clients int) {
	c.spending.Store(false)
	c.tap.set(clients)
	want := func() bool { return int(c.idle.Load()) >= c.connected()-clients }
	poll(ctx, settleTime, want) //nolint:errcheck // the next order will find out
}

func (c *loadCrew) spend(ctx context.Context, within time.Duration) int {
	c.spent.Store(0)
	c.spending.Store(true)
	c.tap.set(len(c.clients))
	done := func() bool { return int(c.spent.Load()) >= c.connected() }
	poll(ctx, within, done) //nolint:errcheck // the next order will find out
	c.spending.Store(false)
	return int(c.spent.Load())
}

func (c *loadCrew) measure() {
	for _, one := range c.clients {
		one.got.Store(0)
	}
	c.rec.reset()
}

func (c *loadCrew) report() answer {
	t := c.rec.snapshot()
	out := answer{Tally: &t, Price: float64(c.price.Load()) / float64(c.job.Load.Batch)}
	for _, one := range c.clients {
		if c.tap.open(one.index) && one.got.Load() == 0 {
			out.Silent++
		}
	}
	return out
}

func (c *loadClient) join(ctx context.Context) (func(context.Context) error, error) {
	j := c.crew.job
	l, err := newLoader(ctx, c.crew.target, &j.Load, c.who, uint64(j.First+c.index), c.crew.rec) //nolint:gosec // an index
	if err != nil {
		return nil, err
	}
	price, _ := l.costs.Of(l.next(j.Load.Batch))
	c.crew.price.Store(uint64(price))
	return func(ctx context.Context) error { return c.use(ctx, l) }, nil
}

// use makes load while it may, until the connection ends.
func (c *loadClient) use(ctx context.Context, l *loader) error {
	defer l.conn.tcp.Close()
	defer context.AfterFunc(ctx, func() { l.conn.tcp.Close() })()
	for first := true; ; {
		changed := c.crew.tap.shut(c.index)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case changed != nil:
			if err := c.rest(l, changed); err != nil {
				return err
			}
			first = true
			continue
		case first:
			if first = false; c.crew.spending.Load() {
				l.spending = l.load.limit()
			}
		case l.spending > 0 && !c.crew.spending.Load():
			l.spending = 0 // time is up
		}
		before, spending := l.replies, l.spending > 0
		if err := l.step(ctx); err != nil {
			return err
		}
		c.got.Add(l.replies - before)
		if spending && l.spending == 0 { // not even for a small one
			c.crew.spent.Add(1)
		}
	}
}

// rest keeps the connection and asks for nothing until the channel is closed.
func (c *loadClient) rest(l *loader, until <-chan struct{}) error {
	if err := l.settle(); err != nil {
		return err
	}
	c.crew.idle.Add(1)
	defer c.crew.idle.Add(-1)
	l.conn.keepAlive(until)
	return nil
}
