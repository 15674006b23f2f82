package client_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/candela-les/candela/client"
	"github.com/candela-les/candela/client/clienttest"
	"github.com/candela-les/candela/wire"
)

// inBubble runs a test on virtual time, so that time-outs take none.
func inBubble(t *testing.T, test func(t *testing.T)) {
	t.Helper()
	sharedChain() // outside: it must not belong to one bubble
	synctest.Test(t, test)
}

func silence(wire.Request, wire.Reply) wire.Reply { return nil }

func TestSilentServerIsReplacedAfterTheSoftTimeout(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		silent := clienttest.NewServer(sharedChain().chain, 0, sharedChain().head())
		silent.Forge(silence)
		good := clienttest.NewServer(sharedChain().chain, 1, sharedChain().head())
		w := stage(t, wire.LES5, false, silent, good)
		started := time.Now()
		if _, err := w.client.Account(t.Context(), w.head().Header(), clienttest.Store); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(started); took < 500*time.Millisecond || took > 5*time.Second {
			t.Errorf("answered after %v", took)
		}
		if p := w.client.LastProof(); p.Requests != 2 || p.RoundTrips != 1 {
			t.Errorf("%d requests, %d round trips", p.Requests, p.RoundTrips)
		}
		// The next question goes to the one that answers.
		if _, err := w.client.Account(t.Context(), w.head().Header(), clienttest.Chase); err != nil {
			t.Fatal(err)
		}
		if p := w.client.LastProof(); p.Requests != 1 {
			t.Errorf("%d requests", p.Requests)
		}
		time.Sleep(time.Minute) // past the hard time-out
		if st := w.client.Status().Servers; st[1].Failures == 0 || st[2].Failures != 0 {
			t.Errorf("failures: silent %d, good %d", st[1].Failures, st[2].Failures)
		}
		w.client.Close()
	})
}

func TestOnlySilentServers(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		silent := clienttest.NewServer(sharedChain().chain, 0, sharedChain().head())
		silent.Forge(silence)
		w := stage(t, wire.LES5, false, silent)
		started := time.Now()
		_, err := w.client.Account(t.Context(), w.head().Header(), clienttest.Store)
		if !errors.Is(err, client.ErrTimeout) {
			t.Errorf("got %v", err)
		}
		if took := time.Since(started); took > client.RequestLimit {
			t.Errorf("gave up after %v", took)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		defer cancel()
		if _, err := w.client.Account(ctx, w.head().Header(), clienttest.Chase); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("own deadline: %v", err)
		}
		w.client.Close()
	})
}

func TestFrozenServerIsWaitedFor(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := clienttest.NewServer(sharedChain().chain, 0, sharedChain().head())
		w := stage(t, wire.LES5, false, s)
		synctest.Wait() // the handshake is complete
		s.Send(wire.CodeStop, wire.AppendStop(nil))
		synctest.Wait()
		time.AfterFunc(3*time.Second, func() {
			s.Send(wire.CodeResume, wire.AppendResume(nil, clienttest.BufferLimit))
		})
		started := time.Now()
		if _, err := w.client.Account(t.Context(), w.head().Header(), clienttest.Store); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(started); took < 3*time.Second || took > 4*time.Second {
			t.Errorf("answered after %v", took)
		}
		w.client.Close()
	})
}

func TestBusyServerIsAskedAgain(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := clienttest.NewServer(sharedChain().chain, 0, sharedChain().head())
		w := stage(t, wire.LES5, false, s)
		until := time.Now().Add(2 * time.Second)
		s.Forge(func(_ wire.Request, reply wire.Reply) wire.Reply {
			if time.Now().After(until) {
				return reply
			}
			return &wire.Refused{ReplyHead: wire.ReplyHead{ReqID: reply.ID()}, Reason: wire.Busy, RetryAfterMs: 500}
		})
		if _, err := w.client.Account(t.Context(), w.head().Header(), clienttest.Store); err != nil {
			t.Fatal(err)
		}
		if got := len(s.Requests()); got < 3 || got > 8 {
			t.Errorf("asked %d times in 2 s with a retry-after of 500 ms", got)
		}
		w.client.Close()
	})
}

func TestServerThatIsAlwaysBusyIsGivenUp(t *testing.T) {
	for _, c := range []struct {
		retry uint64 // ms
		least time.Duration
	}{{0, 700 * time.Millisecond}, {1000, 7 * time.Second}, {^uint64(0), 0}} {
		inBubble(t, func(t *testing.T) {
			s := clienttest.NewServer(sharedChain().chain, 0, sharedChain().head())
			w := stage(t, wire.LES5, false, s)
			s.Forge(func(_ wire.Request, reply wire.Reply) wire.Reply {
				return &wire.Refused{
					ReplyHead: wire.ReplyHead{ReqID: reply.ID(), BV: clienttest.BufferLimit},
					Reason:    wire.Busy, RetryAfterMs: c.retry, Text: strings.Repeat("x", 256),
				}
			})
			s.Requests()
			for range 2 {
				started := time.Now()
				_, err := w.client.Account(t.Context(), w.head().Header(), clienttest.Store)
				none, ok := errors.AsType[*client.UnavailableError](err)
				if !ok || len(none.Refused) != 1 || len(err.Error()) > 400 || none.RetryAfter > time.Minute {
					t.Errorf("retry after %d ms: %v", c.retry, err)
				}
				if took := time.Since(started); took < c.least || took > c.least+2*time.Second {
					t.Errorf("retry after %d ms: given up after %v", c.retry, took)
				}
				time.Sleep(20 * time.Second)
			}
			if got := len(s.Requests()); got > 8 {
				t.Errorf("retry after %d ms: asked %d times", c.retry, got)
			}
			w.client.Close()
		})
	}
}

func TestIdenticalQuestionsAreAskedOnce(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := clienttest.NewServer(sharedChain().chain, 0, sharedChain().head())
		w := stage(t, wire.LES5, false, s)
		s.Forge(func(_ wire.Request, reply wire.Reply) wire.Reply {
			time.Sleep(300 * time.Millisecond)
			return reply
		})
		s.Requests()
		header := w.head().Header()
		impatient, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		defer cancel()
		var wg sync.WaitGroup
		for i := range 20 {
			wg.Go(func() {
				ctx := t.Context()
				if i == 0 {
					ctx = impatient
				}
				_, err := w.client.Account(ctx, header, clienttest.Store)
				if (err != nil) != (i == 0) {
					t.Errorf("caller %d: %v", i, err)
				}
			})
		}
		wg.Wait()
		if got := len(s.Requests()); got != 1 {
			t.Errorf("%d requests for one question", got)
		}
		w.client.Close()
	})
}

// A block may be elected before the last server has it: found with three les/4
// servers, of which two are needed.
func TestServersThatAreBehindComeLastAndAreNotBlamed(t *testing.T) {
	for _, version := range []uint{wire.LES4, wire.LES5} {
		inBubble(t, func(t *testing.T) {
			blocks := sharedChain().blocks
			behind := clienttest.NewServer(sharedChain().chain, 0, blocks[len(blocks)-2])
			behind.Forge(func(_ wire.Request, reply wire.Reply) wire.Reply {
				switch reply := reply.(type) {
				case *wire.Proofs:
					reply.Nodes = nil
				case *wire.State:
					reply.Nodes = nil
				}
				return reply
			})
			level := clienttest.NewServer(sharedChain().chain, 1, sharedChain().head())
			w := stage(t, version, false, behind, level)
			behind.Requests()
			if _, err := w.client.Account(t.Context(), w.head().Header(), clienttest.Store); err != nil {
				t.Fatal(err)
			}
			if asked := behind.Requests(); len(asked) != 0 {
				t.Errorf("les/%d: the server that is behind was asked %v", version, asked)
			}
			// It is asked when nobody else is left.
			level.Forge(silence)
			if _, err := w.client.Account(t.Context(), w.head().Header(), clienttest.Chase); err == nil {
				t.Error("no error")
			}
			if asked := behind.Requests(); len(asked) == 0 {
				t.Errorf("les/%d: the server that is behind was not asked", version)
			}
			if st := w.client.Status().Servers; st[1].Failures != 0 {
				t.Errorf("les/%d: %d failures: %s", version, st[1].Failures, st[1].LastError)
			}
			w.client.Close()
		})
	}
}

func TestRequestsAreSpread(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		var servers []*clienttest.Server
		for i := range byte(4) {
			s := clienttest.NewServer(sharedChain().chain, i, sharedChain().head())
			s.Forge(func(_ wire.Request, reply wire.Reply) wire.Reply {
				time.Sleep(50 * time.Millisecond)
				return reply
			})
			servers = append(servers, s)
		}
		w := stage(t, wire.LES5, false, servers...)
		header := w.head().Header()
		var wg sync.WaitGroup
		for i := range 40 {
			wg.Go(func() {
				if _, err := w.client.Account(t.Context(), header, common.Address{byte(i), 1}); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		for i, s := range servers {
			if n := len(s.Requests()); n < 5 || n > 15 {
				t.Errorf("server %d got %d of 40 requests", i, n)
			}
		}
		w.client.Close()
	})
}

func TestLiarsAreRememberedAcrossRestarts(t *testing.T) {
	w := build(5, 1)
	liar := clienttest.NewServer(w.chain, 9, w.head())
	liar.Now = w.servers[0].Now
	liar.Forge(func(_ wire.Request, reply wire.Reply) wire.Reply {
		if r, ok := reply.(*wire.State); ok {
			r.Nodes[0][5] ^= 1
		}
		return reply
	})
	w.servers[0].OnlyAnnounce = true
	w.config.DB = t.TempDir() + "/client.db"
	w.start(t)
	session := liar.Connect(t, w.client)
	head := w.waitHead(t, w.head())
	eventually(t, func() bool { return connected(w.client) == 2 })
	if _, err := w.client.Account(t.Context(), head, clienttest.Store); !errors.Is(err, client.ErrUnproven) {
		t.Errorf("got %v", err)
	}
	if err := session.Wait(t); !errors.Is(err, client.ErrBanned) {
		t.Errorf("session ended with %v", err)
	}
	if err := w.client.Close(); err != nil {
		t.Fatal(err)
	}
	w.open(t)
	if err := liar.Connect(t, w.client).Wait(t); !errors.Is(err, client.ErrBanned) {
		t.Errorf("after a restart the session ended with %v", err)
	}
}
