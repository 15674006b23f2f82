package attacks

import (
	"context"
	"crypto/ecdsa"
	"time"

	"github.com/ethereum/go-ethereum/crypto"

	"github.com/candela-les/candela/market/flow"
	"github.com/candela-les/candela/wire"
)

// actor is one client of a load, whatever it does.
type actor struct {
	load  *load
	index int
	from  string
	key   *ecdsa.PrivateKey // nil: a new one for each connection
}

func (a *actor) name() *ecdsa.PrivateKey {
	if a.key != nil {
		return a.key
	}
	key, err := crypto.GenerateKey()
	if err != nil {
		panic(err)
	}
	return key
}

// honest asks now and then, and never more than it may. It comes back when it is
// thrown out, which is counted.
func honest(ctx context.Context, a *actor) {
	key := a.name()
	for ctx.Err() == nil {
		c, err := join(ctx, a.load.target, a.from, key, nil)
		if err != nil {
			if ctx.Err() == nil {
				a.load.seen.count(func(r *report) { r.Failed++; r.Why = err.Error() })
			}
			pause(ctx, 100*time.Millisecond)
			continue
		}
		a.load.seen.count(func(r *report) { r.Dials++; r.Connected++ })
		err = a.use(ctx, c)
		c.tcp.Close()
		a.load.seen.count(func(r *report) {
			r.Connected--
			if ctx.Err() == nil {
				r.Lost++
				r.Why = err.Error()
			}
		})
	}
}

// use asks until the connection or the context ends.
func (a *actor) use(ctx context.Context, c *client) error {
	defer context.AfterFunc(ctx, func() { c.tcp.Close() })()
	if err := c.learnRoot(); err != nil {
		return err
	}
	next := time.Now()
	for {
		pause(ctx, time.Until(next))
		request := c.some(a.load.job.Batch)
		for {
			ok, wait := c.flow.CanSend(c.now(), c.cost(request))
			if ok {
				break
			}
			if wait != flow.Never {
				pause(ctx, time.Duration(wait))
				continue
			}
			if _, err := a.hear(c); err != nil {
				return err
			}
		}
		began := time.Now()
		next = began.Add(a.load.job.Every)
		if err := c.send(request); err != nil {
			return err
		}
		for done := false; !done; {
			what, reply, err := c.receive()
			switch {
			case err != nil:
				return err
			case what == answered && reply.ID() == c.last:
				a.load.seen.answered(time.Since(began), c.right(request, reply))
				done = true
			case what == refused || what == stopped:
				a.load.seen.count(func(r *report) { note(r, what) })
				done = true
			}
		}
	}
}

// hear takes in one message outside of a request.
func (a *actor) hear(c *client) (event, error) {
	what, _, err := c.receive()
	a.load.seen.count(func(r *report) { note(r, what) })
	return what, err
}

func note(r *report, what event) {
	switch what {
	case refused:
		r.Refused++
	case stopped:
		r.Stops++
	case answered:
		r.Answers++
	case nothing, resumed:
	}
}

func pause(ctx context.Context, d time.Duration) {
	if d <= 0 {
		return
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}

// largest is the largest request of accounts that the buffer can ever hold.
func (c *client) largest() wire.Request {
	n := wire.MaxState
	for ; n > 1; n-- {
		if cost, _ := c.costs.Cost(wire.CodeGetState, uint64(n)); cost <= c.grant.Limit {
			break
		}
	}
	return c.some(n)
}
