package bench

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"github.com/ethereum/go-ethereum/p2p/enode"

	"github.com/candela-les/candela/internal/pause"
	"github.com/candela-les/candela/wire"
)

// The ways to cheat. All of them send without looking at their buffer, as fast as
// they are told to.
const (
	deaf    = iota // goes on after Stop
	greedy         // waits for Resume, and then asks for more than it has again
	renamed        // hangs up when it is told Stop, and comes back under a new name
	ways
)

// cheatBurst is how many requests a cheater sends at once when it was late.
const cheatBurst = 64

// cheatCrew are clients that do not obey flow control.
type cheatCrew struct{ *members }

func newCheatCrew(ctx context.Context, j *job, target *enode.Node) *cheatCrew {
	return &cheatCrew{newMembers(ctx, j, target)}
}

func (c *cheatCrew) connect(ctx context.Context, within time.Duration) error {
	for i := range c.job.Clients {
		var names atomic.Uint64
		c.start(func(ctx context.Context) (func(context.Context) error, error) {
			return c.join(ctx, i, names.Add(1))
		})
	}
	return c.await(ctx, within, true, false)
}

func (c *cheatCrew) open(_ context.Context, clients int) { c.tap.set(clients) }

func (c *cheatCrew) spend(context.Context, time.Duration) int { return 0 }

func (c *cheatCrew) measure() { c.rec.reset() }

func (c *cheatCrew) report() answer {
	t := c.rec.snapshot()
	return answer{Tally: &t}
}

// join connects a cheater under its n-th name; only those who change it use more
// than one.
func (c *cheatCrew) join(ctx context.Context, index int, name uint64) (func(context.Context) error, error) {
	at := c.job.First + index
	way := at % ways
	if way != renamed {
		name = 0
	}
	who := identity{key: key(c.job.Seed, c.job.Role, uint64(at)<<32+name), from: c.job.from(at)} //nolint:gosec // an index
	l, err := newLoader(ctx, c.target, &c.job.Load, who, uint64(at), c.rec)                      //nolint:gosec // an index
	if err != nil {
		return nil, err
	}
	cheat := &cheater{crew: c, loader: l, way: way, index: index}
	return cheat.use, nil
}

// cheater is one connection of a cheating client: one goroutine that sends and one
// that reads.
type cheater struct {
	crew   *cheatCrew
	loader *loader
	way    int
	index  int
	frozen atomic.Bool
}

func (c *cheater) use(ctx context.Context) error {
	tcp := c.loader.conn.tcp
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(ctx, func() { tcp.Close() })()
	c.loader.conn.mute = true // the sender says that this end is there
	c.frozen.Store(c.loader.flow.Frozen())
	var sending sync.WaitGroup
	defer sending.Wait()
	defer cancel()
	sending.Go(func() {
		defer tcp.Close() // the reader finds out
		c.send(ctx)
	})
	return c.read()
}

// send sends requests at the configured rate while the tap is open.
func (c *cheater) send(ctx context.Context) {
	var (
		l    = c.loader
		gap  = time.Duration(float64(time.Second) / c.crew.job.Rate)
		next = l.now()
		said = next
	)
	for ctx.Err() == nil {
		now := l.now()
		switch {
		case now.Sub(said) > idleTimeout/3:
			if l.conn.alive() != nil {
				return
			}
			said = now
		case !c.crew.tap.open(c.index), c.frozen.Load() && c.way != deaf, now.Before(next):
			if pause.For(ctx, max(min(next.Sub(now), 5*time.Millisecond), time.Millisecond), nil) != nil {
				return
			}
		default:
			next = next.Add(gap)
			if late := now.Add(-cheatBurst * gap); next.Before(late) {
				next = late
			}
			l.nextID++
			request := l.next(l.load.Batch)
			request.SetID(l.nextID)
			l.buf = request.Append(l.buf[:0])
			if l.conn.WriteMsg(request.Code(), l.buf) != nil {
				return
			}
		}
	}
}

// read counts what comes.
func (c *cheater) read() error {
	l := c.loader
	for {
		code, payload, err := l.conn.ReadMsg()
		if err != nil {
			return err
		}
		switch code {
		case wire.CodeAnnounce:
		case wire.CodeStop:
			c.crew.rec.note(func(t *Tally) { t.Stops++ })
			if c.way == renamed {
				return errRenamed
			}
			c.frozen.Store(true)
		case wire.CodeResume:
			c.frozen.Store(false)
		default:
			if err := c.reply(code, payload); err != nil {
				return err
			}
		}
	}
}

func (c *cheater) reply(code uint64, payload []byte) error {
	l := c.loader
	if later := comeAgain(l.load.Version, code, payload); later != nil {
		return later
	}
	reply, err := wire.DecodeReply(l.load.Version, code, payload)
	if err != nil {
		return err
	}
	bytes := l.conn.wire - l.counted
	l.counted = l.conn.wire
	items, nodes := contents(reply)
	if nodes != nil && items > 0 {
		items = l.load.Batch
	}
	c.crew.rec.note(func(t *Tally) {
		t.Requests++
		t.Bytes += bytes
		if code == wire.CodeRefused {
			t.Refused++
			return
		}
		t.Items += uint64(items) //nolint:gosec // a count
	})
	return nil
}

// errRenamed is why a cheater leaves by itself.
var errRenamed = errors.New("comes back under a new name")
