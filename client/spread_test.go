package client_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/candela-les/candela/client"
	"github.com/candela-les/candela/client/clienttest"
	"github.com/candela-les/candela/market/flow"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire"
)

// metered makes servers that promise a second of work each, refilled at a tenth of the
// rate at which they serve: 100 requests at once, then 10 a second.
func metered(n int) (servers []*clienttest.Server) {
	for i := range n {
		s := clienttest.NewServer(sharedChain().chain, byte(i), sharedChain().head())
		s.Meter = &clienttest.Meter{
			Flow:  flow.Params{Limit: 1000, Recharge: 1},
			Price: 100, Cost: 100, Takes: 10 * time.Millisecond,
		}
		servers = append(servers, s)
	}
	return servers
}

// stageOf is stage for a client that keeps nothing, so that every question is asked.
func stageOf(t *testing.T, servers ...*clienttest.Server) *world {
	t.Helper()
	base := *sharedChain()
	base.config.CacheBytes = 1
	return stageOn(t, &base, nil, wire.LES5, false, 0, servers...)
}

// crowd asks many different things at once and goes on until it is stopped.
type crowd struct {
	wg   sync.WaitGroup
	quit chan struct{}
	mu   sync.Mutex
	next uint64
	took time.Duration // longest
}

// ask starts so many askers.
func (w *world) ask(t *testing.T, askers int) *crowd {
	c := &crowd{quit: make(chan struct{})}
	header := w.head().Header()
	for range askers {
		c.wg.Go(func() {
			for {
				select {
				case <-c.quit:
					return
				default:
				}
				c.mu.Lock()
				c.next++
				addr := common.Address{1: byte(c.next >> 16), 2: byte(c.next >> 8), 3: byte(c.next), 4: 1}
				c.mu.Unlock()
				started := time.Now()
				if _, err := w.client.Account(t.Context(), header, addr); err != nil {
					t.Errorf("lost: %v", err)
					return
				}
				c.mu.Lock()
				c.took = max(c.took, time.Since(started))
				c.mu.Unlock()
			}
		})
	}
	return c
}

func (c *crowd) stop() {
	close(c.quit)
	c.wg.Wait()
}

// served returns how many each server has served in a span.
func served(t *testing.T, servers []*clienttest.Server, span time.Duration) (each []int, sum int) {
	t.Helper()
	for _, s := range servers {
		s.Meter.Counts()
	}
	time.Sleep(span)
	for i, s := range servers {
		n, _, underruns := s.Meter.Counts()
		if underruns != 0 {
			t.Errorf("server %d: %d requests that it had no buffer for", i, underruns)
		}
		each, sum = append(each, n), sum+n
	}
	return each, sum
}

// What a client gets grows with its servers, in proportion; and is spread by what each
// of them has to give.
func TestThroughputGrowsWithServers(t *testing.T) {
	var alone int
	for _, n := range []int{1, 2, 4} {
		inBubble(t, func(t *testing.T) {
			servers := metered(n)
			w := stageOf(t, servers...)
			c := w.ask(t, 60)
			time.Sleep(5 * time.Second) // the buffers are used up
			each, sum := served(t, servers, 20*time.Second)
			c.stop()
			if alone == 0 {
				alone = sum
			}
			if 100*sum < 97*n*alone || 100*sum > 103*n*alone || alone < 195 {
				t.Errorf("%d servers: %d answers, %d from one", n, sum, alone)
			}
			for i, got := range each {
				if 10*got*n < 9*sum || 10*got*n > 11*sum {
					t.Errorf("%d servers: %d of %d from server %d", n, got, sum, i)
				}
			}
			// In the order in which they were asked: nobody waits for much longer than
			// all that are asked together take.
			if most := 60 * 100 * time.Millisecond * 3 / 2 / time.Duration(n); c.took > most {
				t.Errorf("%d servers: one waited for %v", n, c.took)
			}
			w.client.Close()
		})
	}
}

// Servers of different size are used by their size.
func TestSpreadBySize(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		servers := metered(2)
		servers[1].Meter.Flow = flow.Params{Limit: 4000, Recharge: 4}
		w := stageOf(t, servers...)
		c := w.ask(t, 60)
		time.Sleep(5 * time.Second)
		each, _ := served(t, servers, 20*time.Second)
		c.stop()
		if each[0] < 195 || each[1] < 4*195 {
			t.Errorf("%v", each)
		}
		w.client.Close()
	})
}

// One says Stop, one is gone: nothing is lost, and the others are used to the full. The
// one that has resumed is used again.
func TestStopAndLossMoveTheLoad(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		servers := metered(4)
		w := stageOf(t, servers[:3]...)
		session := servers[3].Connect(t, w.client)
		c := w.ask(t, 60)
		time.Sleep(5 * time.Second)
		_, all := served(t, servers, 5*time.Second)
		session.Close()
		servers[0].Meter.Freeze()
		synctest.Wait()
		st := w.client.Status()
		id := servers[0].Peer().ID
		for _, s := range st.Servers {
			if want := s.ID == common.Bytes2Hex(id[:]); s.Frozen != want || want && (s.UnderWay != 0 || s.Recharge != 1) {
				t.Errorf("status of a server: %+v", s)
			}
		}
		if st.Waiting < 40 {
			t.Errorf("%d questions wait", st.Waiting)
		}
		each, left := served(t, servers, 690*time.Millisecond)
		if each[0] != 0 || each[3] != 0 || left < 12 {
			t.Errorf("while one is stopped and one is gone: %v", each)
		}
		time.Sleep(3 * time.Second)
		each, left = served(t, servers[:3], 5*time.Second)
		if 100*left < 97*all*3/4 || each[0] < 45 {
			t.Errorf("%d answers in 5 s from all, %v from those left", all, each)
		}
		c.stop()
		w.client.Close()
	})
}

// What is under way at a server that says Stop goes elsewhere at once, and what had
// not left yet does not go there.
func TestStopMovesWhatIsUnderWay(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		servers := metered(2)
		servers[0].Meter.Takes = time.Hour
		w := stageOf(t, servers[0])
		var wg sync.WaitGroup
		header := w.head().Header()
		for i := range byte(8) {
			wg.Go(func() {
				if _, err := w.client.Account(t.Context(), header, common.Address{i, 1}); err != nil {
					t.Error(err)
				}
			})
		}
		synctest.Wait()
		servers[1].Connect(t, w.client)
		synctest.Wait()
		started := time.Now()
		servers[0].Send(wire.CodeStop, wire.AppendStop(nil))
		wg.Wait()
		if took := time.Since(started); took > 100*time.Millisecond {
			t.Errorf("moved after %v", took)
		}
		w.client.Close()
	})
}

// A server that sends a client away says when to come again, and what is under way there
// goes elsewhere at once.
func TestSentAwayInMidSession(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		servers := metered(2)
		servers[0].Meter.Takes = time.Hour
		w := stageOf(t)
		session := servers[0].Connect(t, w.client)
		synctest.Wait()
		done := make(chan error, 1)
		go func() {
			_, err := w.client.Account(t.Context(), w.head().Header(), clienttest.Store)
			done <- err
		}()
		synctest.Wait()
		servers[1].Connect(t, w.client)
		synctest.Wait()
		started := time.Now()
		refused := wire.Refused{Reason: wire.Busy, RetryAfterMs: 7000, Text: "others come first"}
		servers[0].Send(wire.CodeRefused, refused.Append(nil))
		full, ok := errors.AsType[*client.FullError](session.Wait(t))
		if !ok || full.RetryAfter != 7*time.Second || full.Text != "others come first" {
			t.Errorf("session ended with %+v", full)
		}
		if err := <-done; err != nil {
			t.Error(err)
		}
		if took := time.Since(started); took > 100*time.Millisecond {
			t.Errorf("moved after %v", took)
		}
		id := servers[0].Peer().ID
		for _, st := range w.client.Status().Servers {
			if st.ID == common.Bytes2Hex(id[:]) && !st.RetryAt.Equal(started.Add(7*time.Second)) {
				t.Errorf("to be tried again at %v", st.RetryAt)
			}
		}
		w.client.Close()
	})
}

// Buffers are short everywhere: whoever can wait gets an answer from the server that
// has room first, whoever cannot is told so.
func TestNoRoomAnywhere(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		servers := metered(2)
		servers[0].Meter.Flow = flow.Params{Limit: 5000, Recharge: 1}
		servers[0].Meter.Price, servers[0].Meter.Cost = 5000, 5000 // 5 s
		servers[1].Meter.Flow = flow.Params{Limit: 2000, Recharge: 1}
		servers[1].Meter.Price, servers[1].Meter.Cost = 2000, 2000 // 2 s
		w := stageOf(t, servers...)
		header := w.head().Header()
		for i := range byte(2) {
			if _, err := w.client.Account(t.Context(), header, common.Address{i, 1}); err != nil {
				t.Fatal(err)
			}
		}
		ctx, cancel := context.WithTimeout(t.Context(), 1200*time.Millisecond)
		defer cancel()
		_, err := w.client.Account(ctx, header, common.Address{2, 1})
		none, ok := errors.AsType[*client.UnavailableError](err)
		if !ok || !errors.Is(err, client.ErrNoRoom) || !errors.Is(err, context.DeadlineExceeded) {
			t.Fatalf("without time: %v", err)
		}
		if none.Short != 2 || none.RetryAfter < 900*time.Millisecond || none.RetryAfter > 1100*time.Millisecond {
			t.Errorf("%d servers without room, to be tried in %v", none.Short, none.RetryAfter)
		}
		for _, s := range servers {
			s.Requests()
		}
		started := time.Now()
		if _, err := w.client.Account(t.Context(), header, common.Address{3, 1}); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(started); took > 900*time.Millisecond {
			t.Errorf("answered after %v", took)
		}
		if len(servers[0].Requests()) != 0 || len(servers[1].Requests()) != 1 {
			t.Error("it was not the one that had room first")
		}
		w.client.Close()
	})
}

// A large question gets its room though small ones are asked all the time.
func TestLargeQuestionsDoNotStarve(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		servers := metered(2)
		for _, s := range servers {
			s.Meter.Dear = map[uint64]unit.Cost{wire.CodeGetBodies: 1000} // a whole buffer
		}
		w := stageOf(t, servers...)
		c := w.ask(t, 20)
		time.Sleep(5 * time.Second)
		started := time.Now()
		if _, err := w.client.Block(t.Context(), w.head().Header()); err != nil {
			t.Error(err)
		}
		// Those before it have their turn, then one server saves up for it.
		if took := time.Since(started); took > 2200*time.Millisecond {
			t.Errorf("took %v", took)
		}
		c.stop()
		w.client.Close()
	})
}

// Parameters that change are gone by at once, up and down, and never make an underrun.
func TestParametersChange(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		servers := metered(1)
		w := stageOf(t, servers...)
		c := w.ask(t, 60)
		time.Sleep(5 * time.Second)
		for _, step := range []struct {
			p    flow.Params
			want int // answers in 2 s
		}{
			{flow.Params{Limit: 5000, Recharge: 5}, 100},
			{flow.Params{Limit: 200, Recharge: 2}, 40},
			{flow.Params{Limit: 4000, Recharge: 4}, 80},
			{flow.Params{Limit: 1000, Recharge: 1}, 20},
		} {
			servers[0].Meter.Announce(step.p)
			_, got := served(t, servers, 2*time.Second)
			// What was promised before holds for some seconds more.
			if got < step.want*9/10 {
				t.Errorf("%+v: %d answers", step.p, got)
			}
		}
		time.Sleep(6 * time.Second)
		if _, got := served(t, servers, 5*time.Second); got < 48 || got > 52 {
			t.Errorf("in the end: %d answers in 5 s", got)
		}
		c.stop()
		w.client.Close()
	})
}

// A server that is busy is left alone for as long as it said, and others are asked.
func TestBusyMovesTheLoad(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		servers := metered(2)
		w := stageOf(t, servers...)
		var busySince time.Time
		servers[0].Forge(func(_ wire.Request, reply wire.Reply) wire.Reply {
			if busySince.IsZero() {
				busySince = time.Now()
			} else if time.Since(busySince) < 3*time.Second {
				t.Errorf("asked again after %v", time.Since(busySince))
			} else {
				return reply
			}
			return &wire.Refused{ReplyHead: wire.ReplyHead{ReqID: reply.ID(), BV: reply.Buffer()}, Reason: wire.Busy, RetryAfterMs: 3000}
		})
		header := w.head().Header()
		started := time.Now()
		for i := range byte(60) {
			if _, err := w.client.Account(t.Context(), header, common.Address{i, 1}); err != nil {
				t.Fatal(err)
			}
		}
		if busySince.IsZero() || time.Since(started) > 6*time.Second {
			t.Errorf("took %v", time.Since(started))
		}
		w.client.Close()
	})
}
