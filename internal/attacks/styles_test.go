package attacks

import (
	"bytes"
	"context"
	"io"
	"net"
	"sync/atomic"
	"time"

	"github.com/ethereum/go-ethereum/p2p/rlpx"

	"github.com/candela-les/candela/market/flow"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire"
)

// styles are the ways to be a client.
func styles() map[string]func(context.Context, *actor) {
	return map[string]func(context.Context, *actor){
		"honest":     honest,
		"identities": again(identities),
		"replays":    again(replays),
		"bursts":     again(bursts),
		"unread":     again(slow(0)),
		"drip":       again(slow(time.Second)),
		"halfopen":   again(halfOpen),
		"dribble":    again(dribble),
		"nohello":    again(noHello),
		"atlimit":    again(atLimit),
		"underrun":   again(underrun),
		"churn":      again(churn),
		"pings":      again(pings),
		"frames":     again(frames),
	}
}

// again repeats a way to attack until the context ends. What it does returns whether it
// got as far as it wanted.
func again(once func(context.Context, *actor) error) func(context.Context, *actor) {
	return func(ctx context.Context, a *actor) {
		for ctx.Err() == nil {
			if err := once(ctx, a); err != nil && ctx.Err() == nil {
				a.load.seen.count(func(r *report) { r.Failed++; r.Why = err.Error() })
				pause(ctx, 10*time.Millisecond)
			}
		}
	}
}

// with runs a way to use a session.
func (a *actor) with(ctx context.Context, wrap func(net.Conn) net.Conn, use func(*client) error) error {
	c, err := join(ctx, a.load.target, a.from, a.name(), wrap)
	if err != nil {
		return err
	}
	defer c.tcp.Close()
	defer context.AfterFunc(ctx, func() { c.tcp.Close() })()
	a.load.seen.count(func(r *report) { r.Dials++; r.Connected++ })
	defer a.load.seen.count(func(r *report) { r.Connected-- })
	err = use(c)
	if err != nil && ctx.Err() == nil {
		a.load.seen.count(func(r *report) { r.Lost++; r.Why = err.Error() })
	}
	return nil
}

// identities spends the buffer of a new name and leaves for the next one.
func identities(ctx context.Context, a *actor) error {
	return a.with(ctx, nil, func(c *client) error {
		defer c.leave()
		return a.drain(c, c.grant.Limit)
	})
}

// drain sends the largest requests as long as the buffer permits, and no more than to
// this cost, and reads the answers.
func (a *actor) drain(c *client, most unit.Cost) error {
	for {
		request := c.largest()
		cost := c.cost(request)
		if ok, _ := c.flow.CanSend(c.now(), cost); !ok || cost > most {
			return nil
		}
		most -= cost
		began := time.Now()
		if err := c.send(request); err != nil {
			return err
		}
		for {
			what, _, err := c.receive()
			if err != nil {
				return err
			}
			if what == answered {
				a.load.seen.answered(time.Since(began), true)
				break
			}
			if what == stopped || what == refused {
				a.load.seen.count(func(r *report) { note(r, what) })
				return nil
			}
		}
	}
}

// recorder writes down what is sent over it and answers nothing.
type recorder struct {
	net.Conn
	bytes.Buffer
}

func (r *recorder) Read([]byte) (int, error)    { return 0, io.EOF }
func (r *recorder) Write(p []byte) (int, error) { return r.Buffer.Write(p) }

// replays sends the same first message of RLPx again and again: it costs the server its
// whole part of the handshake, and the sender nothing.
func replays(ctx context.Context, a *actor) error {
	var auth recorder
	rlpx.NewConn(&auth, a.load.target.Pubkey()).Handshake(a.name()) //nolint:errcheck // for what it sends first
	for ctx.Err() == nil {
		tcp, err := reach(ctx, a.load.target, a.from)
		if err != nil {
			return err
		}
		stop := context.AfterFunc(ctx, func() { tcp.Close() })
		tcp.Write(auth.Bytes())                              //nolint:errcheck // seen by the next line
		tcp.SetReadDeadline(time.Now().Add(5 * time.Second)) //nolint:errcheck // as above
		_, err = io.ReadFull(tcp, make([]byte, 1))
		a.load.seen.count(func(r *report) {
			if err == nil {
				r.Dials++
			} else if ctx.Err() == nil {
				r.Failed++
			}
		})
		stop()
		tcp.(*net.TCPConn).SetLinger(0) //nolint:errcheck // no time for a farewell
		tcp.Close()
	}
	return nil
}

// bursts has all of a process' clients empty their buffers at the same moment.
func bursts(ctx context.Context, a *actor) error {
	return a.with(ctx, nil, func(c *client) error {
		every := a.load.job.Every
		for ctx.Err() == nil {
			now := time.Now()
			pause(ctx, now.Truncate(every).Add(every).Sub(now))
			if err := a.drain(c, c.grant.Limit); err != nil {
				return err
			}
			// Stop and Resume come while nothing else is waited for.
			for c.flow.Frozen() {
				if _, err := a.hear(c); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// reluctant reads one byte in a while, or nothing, once it is told to.
type reluctant struct {
	net.Conn
	every time.Duration
	on    atomic.Bool
	shut  chan struct{}
}

func (r *reluctant) Read(p []byte) (int, error) {
	if !r.on.Load() {
		return r.Conn.Read(p)
	}
	if r.every == 0 {
		<-r.shut
		return 0, net.ErrClosed
	}
	select {
	case <-time.After(r.every):
	case <-r.shut:
	}
	return r.Conn.Read(p[:1])
}

func (r *reluctant) Close() error {
	select {
	case <-r.shut:
	default:
		close(r.shut)
	}
	return r.Conn.Close()
}

// slow asks as much as it may, as it thinks, and reads next to nothing.
func slow(every time.Duration) func(context.Context, *actor) error {
	return func(ctx context.Context, a *actor) error {
		var r *reluctant
		wrap := func(tcp net.Conn) net.Conn {
			tcp.(*net.TCPConn).SetReadBuffer(4096) //nolint:errcheck // the less the better
			r = &reluctant{Conn: tcp, every: every, shut: make(chan struct{})}
			return r
		}
		return a.with(ctx, wrap, func(c *client) error {
			r.on.Store(true)
			if every > 0 {
				go io.Copy(io.Discard, r) //nolint:errcheck // ends with the connection
			}
			for {
				// What it may send by time alone: it never hears that it may send more.
				request := c.largest()
				_, wait := c.flow.CanSend(c.now(), c.cost(request))
				if wait == flow.Never {
					wait = 0
				}
				pause(ctx, min(time.Duration(wait), 100*time.Millisecond))
				if err := c.send(request); err != nil {
					return err
				}
			}
		})
	}
}

// halfOpen connects and says nothing until it is thrown out.
func halfOpen(ctx context.Context, a *actor) error {
	tcp, err := reach(ctx, a.load.target, a.from)
	if err != nil {
		return err
	}
	return a.linger(ctx, tcp)
}

// linger keeps a connection until the server ends it.
func (a *actor) linger(ctx context.Context, tcp net.Conn) error {
	defer tcp.Close()
	defer context.AfterFunc(ctx, func() { tcp.Close() })()
	a.load.seen.count(func(r *report) { r.Dials++; r.Connected++ })
	io.Copy(io.Discard, tcp) //nolint:errcheck // however it ends
	a.load.seen.count(func(r *report) {
		r.Connected--
		if ctx.Err() == nil {
			r.Lost++
		}
	})
	return nil
}

// dribble sends its first message byte by byte.
func dribble(ctx context.Context, a *actor) error {
	tcp, err := reach(ctx, a.load.target, a.from)
	if err != nil {
		return err
	}
	go func() {
		for _, b := range append([]byte{1, 200}, make([]byte, 400)...) {
			if _, err := tcp.Write([]byte{b}); err != nil {
				return
			}
			pause(ctx, 50*time.Millisecond)
		}
	}()
	return a.linger(ctx, tcp)
}

// noHello agrees on keys and says nothing more.
func noHello(ctx context.Context, a *actor) error {
	tcp, err := reach(ctx, a.load.target, a.from)
	if err != nil {
		return err
	}
	stop := context.AfterFunc(ctx, func() { tcp.Close() })
	defer stop()
	if _, err := rlpx.NewConn(tcp, a.load.target.Pubkey()).Handshake(a.name()); err != nil {
		tcp.Close()
		return err
	}
	return a.linger(ctx, tcp)
}

// atLimit sends the largest permitted request whenever the buffer permits it.
func atLimit(ctx context.Context, a *actor) error {
	return a.with(ctx, nil, func(c *client) error {
		for {
			request := c.largest()
			ok, wait := c.flow.CanSend(c.now(), c.cost(request))
			switch {
			case ok:
				if err := a.drain(c, c.grant.Limit); err != nil {
					return err
				}
			case wait == flow.Never:
				if _, err := a.hear(c); err != nil {
					return err
				}
			default:
				pause(ctx, time.Duration(wait))
			}
			if ctx.Err() != nil {
				return nil
			}
		}
	})
}

// underrun sends requests without minding its buffer, nor Stop.
func underrun(ctx context.Context, a *actor) error {
	return a.with(ctx, nil, func(c *client) error {
		reading := make(chan struct{})
		go func() {
			defer close(reading)
			for {
				code, _, err := c.read()
				if err != nil {
					c.tcp.Close()
					return
				}
				a.load.seen.count(func(r *report) {
					switch code {
					case wire.CodeState:
						r.Answers++
					case wire.CodeStop:
						r.Stops++
					case wire.CodeRefused:
						r.Refused++
					}
				})
			}
		}()
		request := c.largest()
		for {
			c.last++
			request.SetID(c.last)
			if err := c.write(request.Code(), request.Append(nil)); err != nil {
				<-reading
				return err
			}
		}
	})
}

// churn connects, is a client, and leaves.
func churn(ctx context.Context, a *actor) error {
	if a.key == nil {
		a.key = a.name() // it is the same one each time
	}
	return a.with(ctx, nil, func(c *client) error {
		c.leave()
		return nil
	})
}

// pings floods with messages of devp2p itself, which no flow control counts.
func pings(ctx context.Context, a *actor) error {
	return a.with(ctx, nil, func(c *client) error {
		go io.Copy(io.Discard, c.tcp) //nolint:errcheck // the pongs; ends with the connection
		for {
			if err := c.put(pingMsg, []byte{0xc0}); err != nil {
				return err
			}
		}
	})
}

// cut sends no more than the beginning of what is written, once it is told to.
type cut struct {
	net.Conn
	on atomic.Bool
}

func (c *cut) Write(p []byte) (int, error) {
	if !c.on.Load() {
		return c.Conn.Write(p)
	}
	const header = 32
	if _, err := c.Conn.Write(p[:header]); err != nil {
		return 0, err
	}
	return len(p), nil
}

// announced is the size of a message that is not sent, just below what is permitted.
const announced = 9 << 20

// frames announces large frames, and does not send them.
func frames(ctx context.Context, a *actor) error {
	var w *cut
	wrap := func(tcp net.Conn) net.Conn {
		w = &cut{Conn: tcp}
		return w
	}
	return a.with(ctx, wrap, func(c *client) error {
		w.on.Store(true)
		c.rlpx.SetSnappy(false)
		if err := c.write(0, make([]byte, announced)); err != nil {
			return err
		}
		for {
			if _, _, err := c.read(); err != nil {
				return err
			}
		}
	})
}
