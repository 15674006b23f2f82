package attached_test

import (
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/eth/tracers"
	_ "github.com/ethereum/go-ethereum/eth/tracers/native" // the prestate tracer
	"github.com/ethereum/go-ethereum/rpc"
	"go.uber.org/goleak"

	"github.com/candela-les/candela/chain"
	"github.com/candela-les/candela/chain/attached"
	"github.com/candela-les/candela/chain/chaintest"
	"github.com/candela-les/candela/chain/embedded"
	"github.com/candela-les/candela/chain/embedded/devtest"
)

// patience bounds everything that is waited for; reaching it is a failure.
const patience = 30 * time.Second

// serverOf returns all of a node's JSON-RPC, with the tracing that geth has. A node with
// blocks has indexed their transactions; one without says that it is at it.
func serverOf(t *testing.T, n *embedded.Node) *rpc.Server {
	t.Helper()
	client := n.Attach()
	defer client.Close()
	until(t, "it has indexed its transactions", func() bool {
		return n.Chain().CurrentBlock().Number.Sign() == 0 ||
			client.CallContext(t.Context(), nil, "eth_getTransactionByHash", common.Hash{}) == nil
	})
	server, err := n.RPC()
	if err != nil {
		t.Fatal(err)
	}
	for _, api := range tracers.APIs(n.Backend()) {
		if err := server.RegisterName(api.Namespace, api.Service); err != nil {
			t.Fatal(err)
		}
	}
	return server
}

// serveHTTP, serveWS and serveIPC put a node behind a transport and return its URL.
func serveHTTP(t *testing.T, handler http.Handler) string {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server.URL
}

func serveWS(t *testing.T, server *rpc.Server) string {
	t.Helper()
	return "ws" + serveHTTP(t, server.WebsocketHandler([]string{"*"}))[len("http"):]
}

func serveIPC(t *testing.T, server *rpc.Server) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "candela") //nolint:usetesting // a socket's path has to be short
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "ipc")
	listener, err := net.Listen("unix", path)
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = server.ServeListener(listener)
	}()
	t.Cleanup(func() {
		_ = listener.Close()
		<-done
		_ = os.RemoveAll(dir)
	})
	return path
}

// config is what most tests attach with.
func config(t *testing.T, urls ...string) attached.Config {
	t.Helper()
	return attached.Config{
		URLs: urls, Now: time.Now, PollInterval: 20 * time.Millisecond, Timeout: 5 * time.Second,
		Logger: slog.New(slog.NewTextHandler(testWriter{t}, &slog.HandlerOptions{Level: slog.LevelDebug})),
	}
}

// testWriter sends log lines to the test's log while it runs.
type testWriter struct{ t *testing.T }

func (w testWriter) Write(line []byte) (int, error) {
	if w.t.Context().Err() == nil {
		w.t.Log(string(line[:len(line)-1]))
	}
	return len(line), nil
}

func open(t *testing.T, cfg attached.Config) *attached.Node {
	t.Helper()
	n, err := attached.Open(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := n.Close(); err != nil {
			t.Error(err)
		}
	})
	return n
}

// until waits for something that happens elsewhere.
func until(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(patience); !ok(); {
		if time.Now().After(end) {
			t.Fatalf("it never came to be: %s", what)
		}
		time.Sleep(2 * time.Millisecond)
	}
}

// follows waits until a source is where the chain is.
func follows(t *testing.T, source *attached.Node, dev *embedded.Dev) {
	t.Helper()
	until(t, "the source is at the chain's head", func() bool {
		want, got := dev.Head(), source.Head()
		return got.Block == want.Block && got.Safe == want.Safe && got.Finalized == want.Finalized
	})
}

// harness is what is known of a dev chain, with the attached source in its place. Its
// Grow and Reorg return when the source has seen what they did.
func harness(t *testing.T, dev *embedded.Dev, s *devtest.Sender, source *attached.Node) *chaintest.Harness {
	t.Helper()
	h := devtest.Harness(t, dev, s)
	h.Source = source
	grow, reorg := h.Grow, h.Reorg
	closed := func() bool { return source.Ranges().Headers == chain.None }
	h.Grow = func(t *testing.T) {
		grow(t)
		if !closed() {
			follows(t, source, dev)
		}
	}
	h.Reorg = func(t *testing.T) chain.Hash {
		left := reorg(t)
		follows(t, source, dev)
		return left
	}
	return h
}

func noLeaks(t *testing.T) {
	t.Helper()
	t.Cleanup(func() {
		http.DefaultTransport.(*http.Transport).CloseIdleConnections() //nolint:forcetypeassert // it is one
		goleak.VerifyNone(t,
			goleak.IgnoreAnyFunction("github.com/ethereum/go-ethereum/core.(*txSenderCacher).cache"),
			goleak.IgnoreAnyFunction("github.com/ethereum/go-ethereum/eth/catalyst.(*ConsensusAPI).heartbeat"),
			// A node that is closed just after a subscriber has left forgets this one.
			goleak.IgnoreAnyFunction("github.com/ethereum/go-ethereum/eth/filters.(*FilterAPI).NewHeads.func1"),
			goleak.IgnoreAnyFunction("github.com/syndtr/goleveldb/leveldb.(*DB).mpoolDrain"),
		)
	})
}

// openConformance imports the conformance chain into a node in memory.
func openConformance(t *testing.T) *embedded.Node {
	t.Helper()
	files := chaintest.ConformanceDir(t)
	genesis, err := embedded.ReadGenesis(filepath.Join(files, "genesis.json"))
	if err != nil {
		t.Fatal(err)
	}
	n, err := embedded.OpenGenesis(t.Context(), embedded.GenesisConfig{
		Genesis: genesis, Import: filepath.Join(files, "chain.rlp"),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := n.Close(); err != nil {
			t.Error(err)
		}
	})
	return n
}
