package server_test

import (
	"context"
	"runtime"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/ethereum/go-ethereum/rlp"
	"pgregory.net/rapid"

	"github.com/candela-les/candela/market/flow"
	"github.com/candela-les/candela/server"
	"github.com/candela-les/candela/server/servertest"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire"
	"github.com/candela-les/candela/wire/wiretest"
)

// clock is a test's own time: it moves only when told, by the test or by the work
// that the source is said to do.
type clock struct{ ns atomic.Int64 }

func (c *clock) now() time.Time        { return time.Unix(1_800_000_000, c.ns.Load()) }
func (c *clock) pass(d unit.Span)      { c.ns.Add(int64(d)) }
func (c *clock) instant() unit.Instant { return unit.Instant(c.ns.Load()) }
func (c *clock) works(d unit.Span) func(context.Context, string) error {
	return func(context.Context, string) error {
		c.pass(d)
		return nil
	}
}

// anyRequest draws a request that the version permits.
func anyRequest(t *rapid.T, version uint, src *servertest.FakeSource) wire.Request {
	canonical := src.Canonical()
	hashes := func(most int) []wire.Hash {
		return rapid.SliceOfN(rapid.SampledFrom(canonical), 1, most).Draw(t, "hashes")
	}
	requests := []func() wire.Request{
		func() wire.Request {
			return &wire.GetHeaders{Max: rapid.Uint64Range(1, wire.MaxHeaders).Draw(t, "headers")}
		},
		func() wire.Request { return &wire.GetBodies{Hashes: hashes(wire.MaxBodies)} },
		func() wire.Request { return &wire.GetReceipts{Hashes: hashes(wire.MaxReceipts)} },
		func() wire.Request { return &wire.GetTxStatus{Hashes: hashes(wire.MaxTxStatus)} },
		func() wire.Request { return &wire.SendTx{Txs: [][]byte{{2, 3, 4}}} },
	}
	if wire.Legacy(version) {
		requests = append(requests, func() wire.Request {
			q := &wire.GetProofs{}
			for _, h := range hashes(wire.MaxProofs) {
				q.Queries = append(q.Queries, wire.ProofQuery{Block: h, Key: h[:]})
			}
			return q
		}, func() wire.Request {
			return &wire.GetHelperProofs{Queries: []wire.HelperQuery{{}}}
		})
	} else {
		requests = append(requests, func() wire.Request {
			q := &wire.GetState{}
			for _, h := range hashes(wire.MaxState) {
				q.Queries = append(q.Queries, wire.StateQuery{Block: h})
			}
			return q
		}, func() wire.Request {
			gas := rapid.Uint64Range(0, wire.MaxWitnessGas).Draw(t, "gas")
			return &wire.GetWitness{Block: canonical[1], Call: wire.Call{Gas: gas}}
		}, func() wire.Request {
			return &wire.GetLogRange{Last: rapid.Uint64Range(0, wire.MaxLogRange-1).Draw(t, "last")}
		}, func() wire.Request { return &wire.GetConfig{} })
	}
	return rapid.SampledFrom(requests).Draw(t, "request")()
}

// The buffer value of every reply is what the rules say, to the last unit: what
// was there and has been recharged, less the time that serving took and the bytes
// that went in and out, also where that is more than the announced maximum.
func TestBufferValueIsExact(t *testing.T) {
	versions(t, func(t *testing.T, version uint) {
		src := servertest.NewFakeSource(20)
		var c clock
		var spent atomic.Int64
		srv := start(t, src, func(cfg *server.Config) {
			cfg.Now = c.now
			cfg.Capacity = 1_000_000
		})
		cl := connect(t, srv, src, version)
		fc := cl.status.Server.Flow
		mirror := flow.NewServer(c.instant(), flow.Params{Limit: fc.BL, Recharge: fc.MRR})
		for srv.Stats().Sessions == 0 { // its account is opened after its Status is answered
			runtime.Gosched()
		}
		// With units: the buffer recharges as promised and no faster, and nothing waits.
		srv.Apply(server.Settings{Grants: []server.Grant{{ID: idOf(t, version), Units: 100}}})
		promised := srv.Clients()[0].Params
		mirror.Update(c.instant(), promised, wire.Legacy(version))
		cl.expect(wire.CodeAnnounce)
		rapid.Check(t, func(t *rapid.T) {
			c.pass(unit.Span(rapid.Int64Range(0, int64(50*unit.Millisecond)).Draw(t, "pause")))
			work := unit.Span(rapid.Int64Range(0, int64(3*unit.Millisecond)).Draw(t, "work"))
			spent.Store(0)
			src.Work = func(context.Context, string) error {
				spent.Add(int64(work))
				c.pass(work)
				return nil
			}
			req := anyRequest(t, version, src)
			maxCost := cl.maxCost(req)
			if wait := mirror.Value(c.instant()); wait < maxCost {
				c.pass(unit.Span((maxCost-wait)/promised.Recharge+1) * unit.Millisecond)
			}
			arrived := c.instant()
			reply := cl.ask(req)
			in, out := len(req.Append(nil)), itemBytes(t, reply)
			realCost := unit.Cost(spent.Load()) + 2*server.DefaultMessageCost + server.DefaultKiBCost*unit.Cost(in+out)/1024

			ticket, verdict := mirror.Accept(arrived, maxCost)
			if verdict != flow.Accepted {
				t.Fatalf("mirror: verdict %d", verdict)
			}
			want := mirror.Done(c.instant(), ticket, realCost)
			if got := reply.Buffer(); got != want {
				t.Fatalf("%T: buffer value %d, want %d", req, got, want)
			}
		})
	})
}

// itemBytes is the length of a reply's items, without the lists and head around
// them: what its bytes are charged by.
func itemBytes(t *rapid.T, reply wire.Reply) int {
	if _, ok := reply.(*wire.Config); ok {
		return 0 // it is not assembled of items
	}
	rest, _, err := rlp.SplitList(reply.Append(nil))
	for range 2 { // id and BV
		if err == nil {
			_, _, rest, err = rlp.Split(rest)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	items, _, err := rlp.SplitList(rest)
	if err != nil {
		t.Fatal(err)
	}
	return len(items)
}

// A client that goes by package flow's own estimate is never stopped, also when it
// keeps many requests under way and its parameters change meanwhile.
func TestObedientClientIsNeverStopped(t *testing.T) {
	versions(t, func(t *testing.T, version uint) {
		src := servertest.NewFakeSource(20)
		var c clock
		srv := start(t, src, func(cfg *server.Config) {
			cfg.Now = c.now
			cfg.Capacity = 100_000_000
		})
		src.Work = c.works(20 * unit.Microsecond) // within all prices
		cl := connect(t, srv, src, version)
		for srv.Stats().Sessions == 0 { // what changes before is announced once only
			runtime.Gosched()
		}
		fc := cl.status.Server.Flow
		estimate := flow.NewClient(c.instant(), flow.Params{Limit: fc.BL, Recharge: fc.MRR})
		flying, notices, sent := 0, 0, uint64(0)
		// idle waits until the server has served what was sent: time that passes while
		// it serves would be what serving cost.
		idle := func() {
			for served := uint64(0); served < sent; runtime.Gosched() {
				served = 0
				for _, r := range srv.Stats().Requests {
					served += r.Count
				}
			}
		}
		told := srv.Clients()[0].Params
		receive := func() {
			code, payload, err := cl.conn.ReadMsg()
			if err != nil {
				t.Fatal(cl.end())
			}
			switch code {
			case wire.CodeStop:
				t.Fatal("stopped")
			case wire.CodeAnnounce:
				notices--
				if wire.Legacy(version) {
					a, _ := wire.DecodeAnnounce4(payload)
					estimate.Update(c.instant(), flow.Params{Limit: a.Update.Flow.BL, Recharge: a.Update.Flow.MRR})
				} else {
					a, _ := wire.DecodeAnnounce5(payload)
					estimate.Update(c.instant(), flow.Params{Limit: a.Update.Flow.BL, Recharge: a.Update.Flow.MRR})
				}
			default:
				reply, err := wire.DecodeReply(version, code, payload)
				if err != nil {
					t.Fatal(err)
				}
				estimate.Reply(c.instant(), reply.ID(), reply.Buffer())
				flying--
			}
		}
		rapid.Check(t, func(rt *rapid.T) {
			rt.Repeat(map[string]func(*rapid.T){
				"send": func(rt *rapid.T) {
					req := anyRequest(rt, version, src)
					cost := cl.maxCost(req)
					if ok, _ := estimate.CanSend(c.instant(), cost); !ok || flying >= 32 {
						return
					}
					id := cl.send(req)
					estimate.Sent(c.instant(), id, cost)
					flying++
					sent++
				},
				"receive": func(*rapid.T) {
					if flying > 0 {
						receive()
					}
				},
				"pass": func(rt *rapid.T) {
					for notices > 0 { // they may take 5 s, no longer
						receive()
					}
					idle()
					c.pass(unit.Span(rapid.Int64Range(0, int64(unit.Second)).Draw(rt, "span")))
				},
				"units": func(rt *rapid.T) {
					var settings server.Settings
					if n := rapid.Uint64Range(0, 10_000).Draw(rt, "units"); n > 0 {
						settings.Grants = []server.Grant{{ID: srv.Clients()[0].ID, Units: n}}
					}
					srv.Apply(settings)
				},
				"": func(*rapid.T) {
					if now := srv.Clients()[0].Params; now != told {
						told = now
						notices++
					}
					if notices > 16 {
						receive()
					}
				},
			})
			for flying+notices > 0 {
				receive()
			}
		})
		if n := srv.Stats().Stops; n != 0 {
			t.Errorf("%d stops", n)
		}
	})
}

// paid grants units to the client that connect will make. It finds its buffer nearly empty.
func paid(t *testing.T, cfg *server.Config, version uint, units uint64) {
	cfg.Capacity = max(cfg.Capacity, 10_000*unit.Cost(units))
	cfg.Settings = &server.Settings{Grants: []server.Grant{{ID: idOf(t, version), Units: units}}}
}

// exhaust asks for the most expensive thing until the server says Stop. The source
// takes its time, so that little is given back.
func exhaust(t *testing.T, c *client) {
	t.Helper()
	for range 10_000 {
		c.send(&wire.GetReceipts{Hashes: make([]wire.Hash, wire.MaxReceipts)})
		code, payload, err := c.conn.ReadMsg()
		switch {
		case err != nil:
			t.Fatal(c.end())
		case code == wire.CodeStop:
			if err := wire.DecodeStop(c.version, payload); err != nil {
				t.Fatal(err)
			}
			return
		}
	}
	t.Fatal("never stopped")
}

func TestStopAndResume(t *testing.T) {
	stoppable(t, func(t *testing.T, version uint) {
		synctest.Test(t, func(t *testing.T) {
			src := servertest.NewFakeSource(20)
			srv := start(t, src, func(cfg *server.Config) {
				cfg.MaxSessions = 1
				cfg.Capacity = 1000 // slow to refill
			})
			c := connect(t, srv, src, version)
			src.Work = func(context.Context, string) error {
				time.Sleep(50 * time.Millisecond)
				return nil
			}
			exhaust(t, c)
			// What comes now is dropped without an answer, and costs.
			for range 50 {
				c.send(&wire.GetHeaders{Max: 1})
			}
			begin := time.Now()
			bv, err := wire.DecodeResume(version, c.expect(wire.CodeResume))
			if err != nil {
				t.Fatal(err)
			}
			if took := time.Since(begin); took < time.Second {
				t.Errorf("resumed after %v", took)
			}
			if limit := c.status.Server.Flow.BL; bv <= limit/64 || bv > limit*3/4 {
				t.Errorf("resumed with %d of %d", bv, limit)
			}
			src.Work = nil
			if reply := c.ask(&wire.GetHeaders{Max: 1}); reply.Code() != wire.CodeHeaders {
				t.Errorf("after Resume: %+v", reply)
			}
			s := srv.Stats()
			if s.Stops != 1 || s.Dropped != 50 {
				t.Errorf("stats %+v", s)
			}
		})
	})
}

// A client of les/2 cannot be told Stop. It asks as fast as it likes, gets every
// answer, and has no more work done than its buffer, its cover and its recharge pay for.
func TestHeldBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const (
			requests = 200
			took     = 50 * time.Millisecond
			rate     = 100_000 // cost per millisecond: a tenth of what the work takes
		)
		src := servertest.NewFakeSource(20)
		srv := start(t, src, func(cfg *server.Config) { paid(t, cfg, wire.LES2, rate/10_000) })
		c := connect(t, srv, src, wire.LES2)
		src.Work = func(context.Context, string) error {
			time.Sleep(took)
			return nil
		}
		begin := time.Now()
		go func() {
			for range requests {
				c.send(&wire.GetReceipts{Hashes: make([]wire.Hash, 1)})
			}
		}()
		for i := range requests {
			reply, err := wire.DecodeReply(wire.LES2, wire.CodeReceipts, c.expect(wire.CodeReceipts))
			if err != nil || reply.ID() != uint64(i+1) {
				t.Fatalf("reply %d: %+v, %v", i, reply, err)
			}
			if reply.Buffer() > c.status.Server.Flow.BL {
				t.Fatalf("buffer value %d", reply.Buffer())
			}
		}
		unpaid := requests*unit.Cost(took) - c.status.Server.Flow.BL/64 // what it began with
		least := time.Duration(unpaid/rate) * time.Millisecond
		excess := took / rate * time.Millisecond // of the last one's work over its price
		cover := time.Duration(c.status.Server.Flow.BL/4/rate) * time.Millisecond
		if span := time.Since(begin); span < least-excess-cover || span > least+10*time.Second {
			t.Errorf("all served after %v, paid for after %v", span, least)
		}
		if s := srv.Stats(); s.Stops == 0 || s.Dropped != 0 {
			t.Errorf("stats %+v", s)
		}
	})
}

// While a client of les/2 is held back its session ends like any other.
func TestHeldBackLeaves(t *testing.T) {
	for _, how := range []string{"client", "server"} {
		t.Run(how, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				src := servertest.NewFakeSource(20)
				srv := start(t, src, func(cfg *server.Config) { cfg.MaxSessions, cfg.Capacity = 1, 1000 })
				c := connect(t, srv, src, wire.LES2)
				src.Work = func(context.Context, string) error {
					time.Sleep(50 * time.Millisecond)
					return nil
				}
				go func() {
					for c.conn.WriteMsg(wire.CodeGetReceipts, (&wire.GetReceipts{Hashes: make([]wire.Hash, 128)}).Append(nil)) == nil {
					}
				}()
				for srv.Stats().Stops == 0 {
					c.expect(wire.CodeReceipts)
					synctest.Wait()
				}
				if how == "server" {
					srv.Close()
					c.wantEnd(server.ReasonClosing)
					return
				}
				time.Sleep(time.Minute) // the buffer, which takes minutes, is not there yet
				c.conn.Close()
				c.wantEnd(server.ReasonLeft)
			})
		})
	}
}

func TestFloodAfterStop(t *testing.T) {
	for name, size := range map[string]int{"messages": 10, "bytes": 1 << 20} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				src := servertest.NewFakeSource(20)
				srv := start(t, src, func(cfg *server.Config) { cfg.MaxSessions = 1; cfg.Capacity = 1000 })
				c := connect(t, srv, src, wire.LES4)
				src.Work = func(context.Context, string) error {
					time.Sleep(50 * time.Millisecond)
					return nil
				}
				exhaust(t, c)
				payload, sent := make([]byte, size), 0
				for ; sent < 20_000 && c.conn.WriteMsg(wire.CodeSendTx, payload) == nil; sent++ {
				}
				c.wantEnd(server.ReasonFlood)
				if most := min(10_000, 64<<20/size) + 2*wiretest.Depth; sent > most {
					t.Errorf("%d messages taken", sent)
				}
			})
		})
	}
}

// Refusals are not free: asking for too much for ever ends in Stop.
func TestOverLimitCosts(t *testing.T) {
	stoppable(t, func(t *testing.T, version uint) {
		src := servertest.NewFakeSource(1)
		var c clock // stands still: nothing recharges
		srv := start(t, src, func(cfg *server.Config) { cfg.Now = c.now })
		cl := connect(t, srv, src, version)
		go func() {
			for range 100_000 {
				if cl.conn.WriteMsg(wire.CodeGetBodies, (&wire.GetBodies{}).Append(nil)) != nil {
					return
				}
			}
		}()
		for {
			code, _, err := cl.conn.ReadMsg()
			if err != nil {
				t.Fatal(cl.end())
			}
			if code == wire.CodeStop {
				break
			}
		}
		cl.conn.Close()
	})
}

func TestAllWorkersBusy(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		src := servertest.NewFakeSource(5)
		srv := start(t, src, func(cfg *server.Config) { cfg.Workers = 1 })
		hog := connect(t, srv, src, wire.LES5)
		five := dialAs(t, srv, wire.LES5, [32]byte{5})
		five.shake(hello(src, wire.LES5))
		four := dialAs(t, srv, wire.LES4, [32]byte{4})
		four.shake(hello(src, wire.LES4))

		src.Work = func(context.Context, string) error {
			time.Sleep(20 * time.Second)
			return nil
		}
		hog.send(&wire.GetHeaders{Max: 1})
		synctest.Wait()
		if r := five.refused(&wire.GetHeaders{Max: 1}, wire.Busy); r.RetryAfterMs == 0 {
			t.Errorf("no time to try again: %+v", r)
		}
		four.send(&wire.GetHeaders{Max: 1})
		four.expect(wire.CodeStop)
		four.expect(wire.CodeResume)
		src.Work = nil
		hog.expect(wire.CodeHeaders)
		four.ask(&wire.GetHeaders{Max: 1})
	})
}

// A client of les/2 can be told neither Stop nor Refused, and waits for its turn.
func TestAllWorkersBusyHeldBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		src := servertest.NewFakeSource(5)
		srv := start(t, src, func(cfg *server.Config) { cfg.Workers = 1 })
		hog := connect(t, srv, src, wire.LES5)
		two := dialAs(t, srv, wire.LES2, [32]byte{2})
		two.shake(hello(src, wire.LES2))
		src.Work = func(context.Context, string) error {
			time.Sleep(8 * time.Second)
			return nil
		}
		hog.send(&wire.GetHeaders{Max: 1})
		synctest.Wait()
		src.Work = nil
		begin := time.Now()
		two.ask(&wire.GetHeaders{Max: 1})
		if took := time.Since(begin); took != 8*time.Second {
			t.Errorf("served after %v", took)
		}
	})
}

// What cannot be told from a request's size is cut off at twice its price and a
// little more, and the client pays for all of it.
func TestSlowWorkIsCutOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		src := servertest.NewFakeSource(5)
		c := connect(t, start(t, src, nil), src, wire.LES5)
		src.Work = func(ctx context.Context, _ string) error {
			<-ctx.Done()
			return ctx.Err()
		}
		for _, test := range []struct {
			req  wire.Request
			more time.Duration
		}{
			{&wire.GetWitness{Block: src.Canonical()[1]}, 100 * time.Millisecond},
			{&wire.GetWitness{Block: src.Canonical()[1], Call: wire.Call{Gas: wire.MaxWitnessGas}}, 100 * time.Millisecond},
			{&wire.GetLogRange{Last: 10}, 100 * time.Millisecond},
		} {
			maxCost := time.Duration(c.maxCost(test.req))
			begin := time.Now()
			c.refused(test.req, wire.OverLimit)
			if took := time.Since(begin); took != 2*maxCost+test.more {
				t.Errorf("%T of at most %v: cut off after %v", test.req, maxCost, took)
			}
			time.Sleep(time.Minute)
		}
	})
}

// A client that keeps finding work which costs more than its price is stopped when
// its buffer and reserve are used up: none of the excess is forgiven.
func TestExcessIsPaid(t *testing.T) {
	src := servertest.NewFakeSource(10)
	var c clock
	srv := start(t, src, func(cfg *server.Config) {
		cfg.Now = c.now
	})
	cl := connect(t, srv, src, wire.LES5)
	for srv.Stats().Sessions == 0 { // with units from the start it would find its buffer empty
		runtime.Gosched()
	}
	// Paid requests wait for nobody, and the clock stands still while they would.
	srv.Apply(server.Settings{Grants: []server.Grant{{ID: idOf(t, wire.LES5), Units: 1}}})
	cl.expect(wire.CodeAnnounce)
	const took = 100 * unit.Millisecond
	src.Work = c.works(took)
	var served unit.Span
	for {
		cl.send(&wire.GetWitness{Block: src.Canonical()[1], Call: wire.Call{Gas: 1}}) // 12 ms
		code, _, err := cl.conn.ReadMsg()
		if err != nil {
			t.Fatal(cl.end())
		}
		if code == wire.CodeStop {
			break
		}
		served += took
	}
	bl := unit.Span(cl.status.Server.Flow.BL)
	if most := bl + bl/4 + took; served > most || served < bl {
		t.Errorf("%d ms served for a buffer of %d ms", served/unit.Millisecond, bl/unit.Millisecond)
	}
	cl.conn.Close()
}

// While a free request gives way others are read, at whose expense that is. It costs
// what it takes by itself, whether it gives way once, at each item or never.
func TestGivingWayCostsNothing(t *testing.T) {
	versions(t, func(t *testing.T, version uint) {
		const items = 3
		for gives := range items + 1 {
			src := servertest.NewFakeSource(20)
			var c clock
			src.Work = c.works(unit.Millisecond)
			asked, gave := 0, 0
			srv := start(t, src, func(cfg *server.Config) {
				cfg.Now = c.now
				cfg.GiveWay = func() bool {
					asked++
					if asked > gives {
						return false
					}
					gave++
					c.pass(7 * unit.Millisecond)
					return true
				}
			})
			cl := connect(t, srv, src, version)
			before := srv.Stats().Booked
			reply := cl.ask(&wire.GetBodies{Hashes: src.Canonical()[:items]})
			if gave != gives {
				t.Fatalf("gave way %d times, want %d", gave, gives)
			}
			bodies, ok := reply.(*wire.Bodies)
			if !ok || len(bodies.Bodies) != items {
				t.Fatalf("no bodies: %T", reply)
			}
			got := srv.Stats().Booked - before
			if transport := got.Sub(items * unit.Cost(unit.Millisecond)); transport == 0 || transport > unit.Cost(unit.Millisecond) {
				t.Errorf("gave way %d times: booked %d", gives, got)
			}
		}
	})
}
