package server_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/candela-les/candela/server"
	"github.com/candela-les/candela/server/servertest"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire"
)

// drain lets a client work until it is stopped or its buffer is too short for more,
// and hangs up.
func drain(c *client, src *servertest.FakeSource) {
	c.t.Helper()
	for {
		req := &wire.GetBodies{Hashes: src.Canonical()[:5]}
		c.send(req)
		code, payload, err := c.conn.ReadMsg()
		if err != nil {
			c.t.Fatal(c.end())
		}
		if code == wire.CodeStop {
			break
		}
		reply, err := wire.DecodeReply(c.version, code, payload)
		if err != nil {
			c.t.Fatal(err)
		}
		if reply.Buffer() < c.maxCost(req) {
			break
		}
	}
	c.conn.Close()
	c.wantEnd(server.ReasonLeft)
}

// Neither hanging up nor other names get more work done than the buffers that the
// server had to give when it began, and a part of its capacity since.
func TestReconnectingMintsNothing(t *testing.T) {
	const workers, span = 2, 10 * unit.Second
	for name, id := range map[string]func(i int) [32]byte{
		"one name":      func(int) [32]byte { return [32]byte{1} },
		"a new name":    func(i int) [32]byte { return [32]byte{1, byte(i), byte(i >> 8)} },
		"several names": func(i int) [32]byte { return [32]byte{1, byte(i % 7)} },
	} {
		t.Run(name, func(t *testing.T) {
			src := servertest.NewFakeSource(10)
			var c clock
			srv := start(t, src, func(cfg *server.Config) { cfg.Now, cfg.Workers = c.now, workers })
			src.Work = c.works(5 * unit.Millisecond)
			var flow wire.Flow
			rounds := 0
			began := c.instant()
			for ; c.instant().Since(began) < span && rounds < 500; rounds++ {
				x := dialAs(t, srv, wire.LES5, id(rounds))
				x.shake(hello(src, wire.LES5))
				flow = x.status.Server.Flow
				drain(x, src)
			}
			worked := unit.Cost(c.instant().Since(began))
			// 6 s of the capacity, a tenth of it while time passed, and the client's own
			// recharge, which nobody else's being here makes ten times its share.
			capacity := unit.Cost(workers * unit.Millisecond)
			most := capacity*6000 + capacity/10*worked/unit.Cost(unit.Millisecond) +
				10*flow.MRR*worked/unit.Cost(unit.Millisecond) + flow.BL
			if name == "one name" {
				most = flow.BL + flow.BL/4 + 10*flow.MRR*worked/unit.Cost(unit.Millisecond) + flow.BL/4
			}
			if worked > most {
				t.Errorf("%d ms of work in %d sessions, %d allowed",
					worked/1e6, rounds, most/1e6)
			}
		})
	}
}

// A client that comes back soon goes on with what it left, and is told so.
func TestComingBack(t *testing.T) {
	stoppable(t, func(t *testing.T, version uint) {
		synctest.Test(t, func(t *testing.T) {
			src := servertest.NewFakeSource(5)
			srv := start(t, src, func(cfg *server.Config) {
				cfg.Jitter = func(d time.Duration) time.Duration { return 0 }
			})
			come := func() *client {
				c := dialAs(t, srv, version, [32]byte{1})
				c.shake(hello(src, version))
				return c
			}
			gone := func(c *client) {
				c.conn.Close()
				c.wantEnd(server.ReasonLeft)
			}
			first := come()
			limit := first.status.Server.Flow.BL
			gone(first)
			// Its buffer is as full as it was: no Stop.
			second := come()
			second.ask(&wire.GetHeaders{Max: 1})
			src.Work = func(context.Context, string) error {
				time.Sleep(50 * time.Millisecond)
				return nil
			}
			for code := uint64(0); code != wire.CodeStop; {
				second.send(&wire.GetReceipts{Hashes: make([]wire.Hash, 16)})
				code, _, _ = second.conn.ReadMsg()
			}
			src.Work = nil
			left := time.Now()
			gone(second)
			third := come()
			third.expect(wire.CodeStop)
			bv, err := wire.DecodeResume(version, third.expect(wire.CodeResume))
			if err != nil {
				t.Fatal(err)
			}
			if took := time.Since(left); took < 700*time.Millisecond || bv > limit/4 {
				t.Errorf("resumed after %v with %d of %d", took, bv, limit)
			}
			third.ask(&wire.GetHeaders{Max: 1})
			gone(third)
			// After a while it is forgotten, what it had left goes to the fund, and it
			// is a newcomer like any other.
			time.Sleep(8 * time.Second)
			come().ask(&wire.GetHeaders{Max: 1})
		})
	})
}

// More accounts than there is room for are not kept.
func TestManyComeAndGo(t *testing.T) {
	src := servertest.NewFakeSource(1)
	var c clock
	srv := start(t, src, func(cfg *server.Config) { cfg.Now, cfg.MaxSessions = c.now, 3 })
	for i := range 40 {
		x := dialAs(t, srv, wire.LES4, [32]byte{byte(i)})
		x.shake(hello(src, wire.LES4))
		x.conn.Close()
		x.wantEnd(server.ReasonLeft)
	}
	if n := srv.Away(); n != 12 {
		t.Errorf("%d accounts kept", n)
	}
}
