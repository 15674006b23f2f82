package attached_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/rpc"

	"github.com/candela-les/candela/chain"
	"github.com/candela-les/candela/chain/attached"
	"github.com/candela-les/candela/chain/attached/attachedtest"
	"github.com/candela-les/candela/chain/embedded"
	"github.com/candela-les/candela/chain/embedded/devtest"
)

// answers checks that a source answers everything, and rightly.
func (b *bed) answers(t *testing.T, source *attached.Node) {
	t.Helper()
	for _, q := range b.questions(t) {
		if got, err := q.ask(t, source); err != nil || !q.right(t, got) {
			t.Errorf("%s: %v", q.name, err)
		}
	}
}

// isOff checks that everything is refused as unavailable, but for what is known.
func (b *bed) isOff(t *testing.T, source *attached.Node) {
	t.Helper()
	for _, q := range b.questions(t) {
		got, err := q.ask(t, source)
		if known := q.name == "number" || q.name == "header"; known && err == nil && q.right(t, got) {
			continue
		}
		if !errors.Is(err, chain.ErrUnavailable) {
			t.Errorf("%s without a node: %v", q.name, err)
		}
	}
}

// TestKilledAndRestarted takes the only node away, lets the chain go on meanwhile, and
// brings it back.
func TestKilledAndRestarted(t *testing.T) {
	noLeaks(t)
	b := newBed(t)
	source := b.cold(t)
	b.answers(t, source)
	for range 2 {
		before := source.Head()
		b.proxy.Stop()
		b.isOff(t, source)
		until(t, "the loss is seen", func() bool { return !source.Stats().Upstreams[0].Ready })
		b.isOff(t, source)
		devtest.Commit(t, b.dev)
		if got := source.Head(); got.Block != before.Block {
			t.Errorf("head %v while the node is away, was %v", got.Block, before.Block)
		}
		if got := source.Ranges(); got.Headers != 0 || got.State != 0 {
			t.Errorf("ranges %+v while the node is away", got)
		}
		b.proxy.Start(t)
		follows(t, source, b.dev)
		b.answers(t, source)
	}
}

// wire is a WebSocket endpoint that can be cut.
type wsNode struct {
	server *rpc.Server
	addr   string
	http   *http.Server
	done   chan struct{}
}

func (w *wsNode) start(t *testing.T) {
	t.Helper()
	listener, err := net.Listen("tcp", w.addr)
	if err != nil {
		t.Fatal(err)
	}
	w.addr = listener.Addr().String()
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	handler := w.server.WebsocketHandler([]string{"*"})
	w.http, w.done = &http.Server{Handler: handler, ConnContext: func(_ context.Context, c net.Conn) context.Context {
		context.AfterFunc(ctx, func() { _ = c.Close() }) // a hijacked one is not the server's to close
		return ctx
	}}, make(chan struct{})
	go func(server *http.Server, done chan struct{}) {
		defer close(done)
		_ = server.Serve(listener)
		cancel()
	}(w.http, w.done)
}

func (w *wsNode) stop() {
	_ = w.http.Close()
	<-w.done
}

// TestSubscriptionDies cuts the WebSocket that heads come over. They come again after
// it is back, and by subscription.
func TestSubscriptionDies(t *testing.T) {
	noLeaks(t)
	dev := devtest.Open(t, "")
	node := &wsNode{server: serverOf(t, dev.Node), addr: "127.0.0.1:0"}
	node.start(t)
	t.Cleanup(func() { node.stop() })
	cfg := config(t, "ws://"+node.addr)
	source := open(t, cfg)
	for range 3 {
		devtest.Commit(t, dev)
		follows(t, source, dev)
		node.stop()
		devtest.Commit(t, dev)
		node.start(t)
		follows(t, source, dev)
	}
	if n := source.Stats().Requests["eth_subscribe"]; n < 3 {
		t.Errorf("subscribed %d times", n)
	}
}

// TestPushed has polls so rare that only a subscription can tell of heads in time.
func TestPushed(t *testing.T) {
	noLeaks(t)
	dev := devtest.Open(t, "")
	cfg := config(t, serveIPC(t, serverOf(t, dev.Node)))
	cfg.PollInterval = time.Hour
	source := open(t, cfg)
	until(t, "heads are subscribed to", func() bool { return source.Stats().Requests["eth_subscribe"] > 0 })
	for range 5 {
		devtest.Commit(t, dev)
		until(t, "the head", func() bool { return source.Head().Block == dev.Head().Block })
	}
}

// TestHangs lets the node take every question and answer none.
func TestHangs(t *testing.T) {
	noLeaks(t)
	b := newBed(t)
	cfg := config(t, b.proxy.URL())
	cfg.CacheBytes, cfg.Timeout = 1, 500*time.Millisecond
	source := open(t, cfg)
	free := make(chan struct{})
	b.proxy.Refuse(func(r *http.Request, _ int) int {
		select {
		case <-free:
		case <-r.Context().Done():
		}
		return 0
	})
	b.isOff(t, source)
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if _, err := source.Header(ctx, b.block.Hash); !errors.Is(err, context.DeadlineExceeded) && !errors.Is(err, chain.ErrUnavailable) {
		t.Errorf("a caller with less patience: %v", err)
	}
	close(free)
	b.proxy.Refuse(nil)
	devtest.Commit(t, b.dev)
	follows(t, source, b.dev)
	b.answers(t, source)
}

// TestImpatient: a node that hangs is left alone also when those who asked it had less
// patience than the source has; the next one who asks is answered by another.
func TestImpatient(t *testing.T) {
	noLeaks(t)
	b := newBed(t)
	second := attachedtest.NewProxy(t, serverOf2(t, b.dev.Node))
	cfg := config(t, b.proxy.URL(), second.URL())
	cfg.CacheBytes, cfg.Timeout, cfg.PollInterval = 1, time.Hour, time.Hour
	source := open(t, cfg)
	b.proxy.Refuse(func(r *http.Request, _ int) int {
		<-r.Context().Done()
		return http.StatusGatewayTimeout
	})
	ctx, cancel := context.WithTimeout(t.Context(), 1100*time.Millisecond)
	defer cancel()
	if _, err := source.Body(ctx, b.block.Hash); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a node that hangs: %v", err)
	}
	until(t, "the second node is asked", func() bool {
		ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		defer cancel()
		_, err := source.Body(ctx, b.block.Hash)
		return err == nil
	})
}

// TestTooManyRequests lets the node refuse messages for a while, which a question
// outlasts, and then for good, which it does not.
func TestTooManyRequests(t *testing.T) {
	noLeaks(t)
	b := newBed(t)
	source := b.cold(t)
	for _, status := range []int{http.StatusTooManyRequests, http.StatusServiceUnavailable} {
		var refuse atomic.Int64
		refuse.Store(2)
		b.proxy.Refuse(func(*http.Request, int) int {
			if refuse.Add(-1) >= 0 {
				return status
			}
			return 0
		})
		_, err := source.Header(t.Context(), b.block.Hash)
		if status == http.StatusTooManyRequests && err != nil {
			t.Errorf("refused twice with %d: %v", status, err)
		}
		refuse.Store(1 << 40)
		b.isOff(t, source)
		b.proxy.Refuse(nil)
		until(t, "the node is asked again", func() bool { _, err := source.Header(t.Context(), b.block.Hash); return err == nil })
		b.answers(t, source)
	}
}

// TestRangeTooLarge has a node that answers for the logs of two blocks at most, and says
// so in its own way.
func TestRangeTooLarge(t *testing.T) {
	noLeaks(t)
	for name, refusal := range map[string]*attachedtest.Error{
		"infura": {Code: -32005, Message: "query returned more than 10000 results"},
		"besu":   {Code: -32005, Message: "Requested range exceeds maximum range limit"},
		"reth":   {Code: -32602, Message: "query exceeds max block range 100000"},
		"geth":   {Code: -32000, Message: "exceed maximum block range: 50000"},
		"other":  {Code: -32000, Message: "no"},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBed(t)
			b.proxy.Answer(func(c attachedtest.Call) *attachedtest.Reply {
				var filter struct{ FromBlock, ToBlock string }
				if c.Method != "eth_getLogs" {
					return nil
				}
				if err := json.Unmarshal(c.Params[0], &filter); err != nil {
					t.Error(err)
				}
				var first, last uint64
				_, _ = fmt.Sscanf(filter.FromBlock+" "+filter.ToBlock, "0x%x 0x%x", &first, &last)
				if last > first+1 {
					return &attachedtest.Reply{Error: refusal}
				}
				return nil
			})
			source := open(t, config(t, b.proxy.URL()))
			query := chain.LogQuery{First: 1, Last: 12}
			want, err := b.dev.LogCandidates(t.Context(), query)
			if err != nil {
				t.Fatal(err)
			}
			if got, err := source.LogCandidates(t.Context(), query); err != nil || !equal(got, want) {
				t.Errorf("%v, %v; want %v", got, err, want)
			}
		})
	}
}

// pair is a chain with two proxies in front of it.
func pair(t *testing.T) (*bed, *attachedtest.Proxy, *attached.Node) {
	t.Helper()
	b := newBed(t)
	second := attachedtest.NewProxy(t, serverOf2(t, b.dev.Node))
	return b, second, b.cold(t, second.URL())
}

// serverOf2 is the server of a node that has one already.
func serverOf2(t *testing.T, n *embedded.Node) *rpc.Server {
	t.Helper()
	server, err := n.RPC()
	if err != nil {
		t.Fatal(err)
	}
	return server
}

// frozenAt makes a node say that its head is this block, whatever happens.
func frozenAt(p *attachedtest.Proxy, number uint64) {
	p.Answer(nil)
	p.Rewrite(func(c *attachedtest.Call) {
		if c.Method != "eth_getBlockByNumber" {
			return
		}
		if tag := string(c.Params[0]); tag == `"latest"` || tag == `"safe"` {
			c.Params[0] = json.RawMessage(fmt.Sprintf(`"0x%x"`, number))
		}
	})
}

// TestFailsOver stops the preferred node and brings it back.
func TestFailsOver(t *testing.T) {
	noLeaks(t)
	b, _, source := pair(t)
	if !source.Stats().Upstreams[0].Chosen {
		t.Error("the first node is not the chosen one")
	}
	b.proxy.Stop()
	b.answers(t, source)
	until(t, "the second node is followed", func() bool { return source.Stats().Upstreams[1].Chosen })
	devtest.Commit(t, b.dev)
	follows(t, source, b.dev)
	b.answers(t, source)
	b.proxy.Start(t)
	until(t, "the first node is followed again", func() bool { return source.Stats().Upstreams[0].Chosen })
	devtest.Commit(t, b.dev)
	follows(t, source, b.dev)
}

// TestBehind hands over to a node that is behind: the head stays where it is until
// that node has come as far, and is not told twice.
func TestBehind(t *testing.T) {
	noLeaks(t)
	b, second, source := pair(t)
	frozenAt(second, 9)
	until(t, "the second node is behind", func() bool { return source.Stats().Upstreams[1].Head == 9 })
	heads := make(chan chain.Head, 64)
	defer source.Heads(heads)()
	before := source.Head()
	b.proxy.Stop()
	until(t, "the second node is followed", func() bool { return source.Stats().Upstreams[1].Chosen })
	looks := second.Calls("eth_getBlockByNumber")
	until(t, "it is looked at", func() bool { return second.Calls("eth_getBlockByNumber") > looks+9 })
	if got := source.Head(); got.Block != before.Block {
		t.Errorf("the head went from %v to %v", before.Block, got.Block)
	}
	second.Rewrite(nil)
	devtest.Commit(t, b.dev)
	follows(t, source, b.dev)
	for last := before; last.Block != source.Head().Block; {
		head := <-heads
		if head.Number <= last.Number || head.ReorgDepth != 0 {
			t.Errorf("head %d after %d, %d blocks reorganized", head.Number, last.Number, head.ReorgDepth)
		}
		last = head
	}
}

// TestStale has a preferred node that stands still while the chain goes on.
func TestStale(t *testing.T) {
	noLeaks(t)
	b, _, source := pair(t)
	frozenAt(b.proxy, 12)
	for range 8 {
		devtest.Commit(t, b.dev)
	}
	until(t, "the second node is followed", func() bool { return source.Stats().Upstreams[1].Chosen })
	follows(t, source, b.dev)
	b.proxy.Rewrite(nil)
	until(t, "the first node is followed again", func() bool { return source.Stats().Upstreams[0].Chosen })
	follows(t, source, b.dev)
}

// TestOtherChain: a node of another chain is never asked, whenever it shows.
func TestOtherChain(t *testing.T) {
	noLeaks(t)
	b := newBed(t)
	other, err := embedded.OpenDev(embedded.DevConfig{Config: embedded.Config{CacheMB: 32}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = other.Close() })
	stranger := attachedtest.NewProxy(t, serverOf(t, other.Node))
	if n, err := attached.Open(t.Context(), config(t, b.proxy.URL(), stranger.URL())); !errors.Is(err, attached.ErrWrongChain) {
		t.Errorf("%v, %v", n, err)
	}
	stranger.Stop()
	source := b.cold(t, stranger.URL())
	stranger.Start(t)
	until(t, "the other chain is noticed", func() bool {
		return strings.Contains(source.Stats().Upstreams[1].Err, attached.ErrWrongChain.Error())
	})
	b.answers(t, source)
	if s := source.Stats().Upstreams[1]; s.Ready {
		t.Errorf("%+v", s)
	}
}

// TestNobodyAnswers at the start.
func TestNobodyAnswers(t *testing.T) {
	noLeaks(t)
	if n, err := attached.Open(t.Context(), config(t, "http://127.0.0.1:1", "/nowhere.ipc")); !errors.Is(err, chain.ErrUnavailable) {
		t.Errorf("%v, %v", n, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if n, err := attached.Open(ctx, config(t, "http://127.0.0.1:1")); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v, %v", n, err)
	}
}
