package bench

import (
	"context"
	"sync"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/p2p/enode"

	"github.com/candela-les/candela/market/flow"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire"
)

// maxSights bounds the heads that a worker remembers.
const maxSights = 4096

// sight is when the clients of one worker were told of a head.
type sight struct {
	Hash   common.Hash `json:"hash"`
	Number uint64      `json:"number"`
	First  int64       `json:"firstNs"` // on the clock that all processes share
	After  []uint32    `json:"afterUs"` // of each client, since First
}

// crowdCrew are many clients that ask little. Each has one goroutine, which reads;
// a single one writes for all of them.
type crowdCrew struct {
	*members
	start     time.Time
	followUps chan *crowdClient // who have a header now and ask for an account

	list struct { // connected
		sync.Mutex
		clients []*crowdClient
	}
	sights struct {
		sync.Mutex
		byHash map[common.Hash]*sight
		order  []common.Hash
	}
}

// crowdClient is one connection.
type crowdClient struct {
	crew *crowdCrew
	conn *conn
	name uint64 // index among all clients
	at   int    // in crew.list, which guards it

	mu struct {
		sync.Mutex
		flow  *flow.Client
		costs wire.CostTable
		head  block
		root  common.Hash // of head; zero as long as its header is not known
		last  question    // the one under way, if any
	}
}

// question is a request of a client: for a header, or for an account in a state.
type question struct {
	id      uint64
	since   time.Time // zero: none is under way
	header  block     // that is asked for; or
	account common.Address
	root    common.Hash // of the state that the account is in
}

func newCrowdCrew(ctx context.Context, j *job, target *enode.Node) *crowdCrew {
	c := &crowdCrew{
		members: newMembers(ctx, j, target), start: time.Now(),
		followUps: make(chan *crowdClient, j.Clients),
	}
	c.sights.byHash = make(map[common.Hash]*sight)
	return c
}

func (c *crowdCrew) connect(ctx context.Context, within time.Duration) error {
	c.running.Go(c.write)
	for i := range c.job.Clients {
		c.members.start(func(ctx context.Context) (func(context.Context) error, error) { return c.join(ctx, i) })
	}
	return c.await(ctx, within, false, false)
}

func (c *crowdCrew) open(_ context.Context, clients int) { c.tap.set(clients) }

func (c *crowdCrew) spend(context.Context, time.Duration) int { return 0 }

func (c *crowdCrew) measure() {
	c.sights.Lock()
	clear(c.sights.byHash)
	c.sights.order = nil
	c.sights.Unlock()
	c.rec.reset()
}

func (c *crowdCrew) report() answer {
	t := c.rec.snapshot()
	out := answer{Tally: &t}
	c.sights.Lock()
	defer c.sights.Unlock()
	for _, hash := range c.sights.order {
		s := *c.sights.byHash[hash]
		s.After = append([]uint32(nil), s.After...)
		out.Heads = append(out.Heads, s)
	}
	return out
}

func (c *crowdCrew) join(ctx context.Context, index int) (func(context.Context) error, error) {
	at := c.job.First + index
	who := identity{key: key(c.job.Seed, c.job.Role, uint64(at)), from: c.job.from(at)} //nolint:gosec // an index
	conn, err := dial(ctx, c.target, c.job.Load.Version, who)
	if err != nil {
		return nil, err
	}
	defer context.AfterFunc(ctx, func() { conn.tcp.Close() })()
	status, err := conn.greet(c.job.Load.Version, wire.AnnounceSimple)
	if err != nil {
		conn.tcp.Close()
		return nil, err
	}
	conn.mute = true                                           // c.write keeps the connection alive
	one := &crowdClient{crew: c, conn: conn, name: uint64(at)} //nolint:gosec // an index
	one.mu.costs, one.mu.head = status.Server.Costs, headOf(status)
	one.mu.flow = flow.NewClient(c.now(), flow.Params{Limit: status.Server.Flow.BL, Recharge: status.Server.Flow.MRR})
	if a := status.Server.Head; len(a.Header) > 0 {
		one.learn(a.Header)
	}
	return one.use, nil
}

func (c *crowdCrew) now() unit.Instant { return unit.Instant(time.Since(c.start)) }

func (c *crowdCrew) add(one *crowdClient) {
	c.list.Lock()
	defer c.list.Unlock()
	one.at = len(c.list.clients)
	c.list.clients = append(c.list.clients, one)
}

func (c *crowdCrew) remove(one *crowdClient) {
	c.list.Lock()
	defer c.list.Unlock()
	last := c.list.clients[len(c.list.clients)-1]
	c.list.clients[one.at], last.at = last, one.at
	c.list.clients = c.list.clients[:len(c.list.clients)-1]
}

// turns hands out the clients in turn, each once in a period.
type turns struct {
	period time.Duration
	next   time.Time
	at     int
}

// due calls f for each client whose turn has come. They are spread evenly over the
// period, which is what many clients that know nothing of each other do.
func (c *crowdCrew) due(t *turns, now time.Time, f func(*crowdClient)) {
	for !t.next.After(now) {
		c.list.Lock()
		n := len(c.list.clients)
		var one *crowdClient
		if n > 0 {
			t.at = (t.at + 1) % n
			one = c.list.clients[t.at]
		}
		c.list.Unlock()
		t.next = t.next.Add(t.period / time.Duration(max(n, 1)))
		if late := now.Add(-t.period); t.next.Before(late) {
			t.next = late
		}
		if one != nil {
			f(one)
		}
	}
}

// crowdTick is how often the writer looks whose turn it is.
const crowdTick = 2 * time.Millisecond

// write asks and says that they are there, for all clients, until the crew leaves.
func (c *crowdCrew) write() {
	now := time.Now()
	ask := turns{period: c.job.Every, next: now}
	alive := turns{period: idleTimeout / 3, next: now}
	ticker := time.NewTicker(crowdTick)
	defer ticker.Stop()
	for {
		select {
		case <-c.ctx.Done():
			return
		case one := <-c.followUps:
			one.ask()
		case now := <-ticker.C:
			c.due(&alive, now, func(one *crowdClient) { one.failed(one.conn.alive()) })
			if !c.tap.open(0) {
				ask.next = now
				continue
			}
			c.due(&ask, now, func(one *crowdClient) { one.ask() })
		}
	}
}

// failed hangs up after an error in writing; the reader says what it was.
func (c *crowdClient) failed(err error) {
	if err != nil {
		c.conn.tcp.Close()
	}
}
