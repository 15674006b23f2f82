package e2e

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/node"
	"github.com/ethereum/go-ethereum/rpc"

	"github.com/candela-les/candela/chain/chaintest"
)

// gethVersion is the release of go-ethereum that servers are attached to.
const gethVersion = "1.17.8"

// gethBinary builds that release once, from the Go proxy.
var gethBinary = sync.OnceValues(func() (string, error) { //nolint:gochecknoglobals // built once
	var complaint strings.Builder
	build := exec.Command("../../tools/geth.sh", gethVersion)
	build.Stderr = &complaint
	path, err := build.Output()
	if err != nil {
		return "", fmt.Errorf("%w: %s", err, tail(complaint.String(), 10))
	}
	return strings.TrimSpace(string(path)), nil
})

// geth is a go-ethereum of its own with the conformance chain, which can be killed
// and started again on the same ports and data.
type geth struct {
	t        testing.TB
	dir      string
	rpcPort  string
	authPort string
	*process // the running one
}

// newGeth starts a geth that has the blocks of the conformance chain up to the given
// number, all of them for 0, and the last one safe and finalized.
func newGeth(t testing.TB, upTo uint64) *geth {
	t.Helper()
	binary, err := gethBinary()
	if err != nil {
		t.Fatal(err)
	}
	files := chaintest.ConformanceDir(t)
	g := &geth{t: t, dir: t.TempDir(), rpcPort: freePort(t), authPort: freePort(t)}
	blocks := filepath.Join(files, "chain.rlp")
	if upTo > 0 {
		blocks = cutChain(t, blocks, upTo)
	}
	// Archive: the recordings ask for states of every block.
	for _, args := range [][]string{
		{"init", "--datadir", g.dir, "--state.scheme", "hash", filepath.Join(files, "genesis.json")},
		{"import", "--datadir", g.dir, "--state.scheme", "hash", "--gcmode", "archive", blocks},
	} {
		if out, err := exec.Command(binary, args...).CombinedOutput(); err != nil {
			t.Fatalf("geth %s: %v\n%s", args[0], err, tail(string(out), 20))
		}
	}
	g.start()
	return g
}

// start runs geth and waits until it answers and its head is finalized.
func (g *geth) start() {
	g.t.Helper()
	binary, err := gethBinary()
	if err != nil {
		g.t.Fatal(err)
	}
	g.process = startProgram(
		g.t, binary, "--datadir", g.dir, "--gcmode", "archive", "--state.scheme", "hash",
		"--syncmode", "full", "--nodiscover", "--maxpeers", "0", "--port", "0", "--verbosity", "2",
		"--http", "--http.port", g.rpcPort, "--http.api", "eth,net,web3,debug",
		"--ws", "--ws.port", g.rpcPort, "--ws.api", "eth,net,web3,debug",
		"--authrpc.port", g.authPort,
	)
	secret, head := filepath.Join(g.dir, "geth", "jwtsecret"), json.RawMessage(nil)
	eventually(g.t, func() bool {
		var err error
		head, err = call(g.http(), "eth_getBlockByNumber", "latest", false)
		_, missing := os.Stat(secret)
		return err == nil && missing == nil
	}, "geth does not answer")
	var block struct{ Hash common.Hash }
	if err := json.Unmarshal(head, &block); err != nil {
		g.t.Fatal(err)
	}
	g.choose(secret, block.Hash)
}

// choose does a consensus client's part: it makes a block head, safe and finalized.
func (g *geth) choose(secretFile string, hash common.Hash) {
	g.t.Helper()
	secret, err := os.ReadFile(secretFile)
	if err != nil {
		g.t.Fatal(err)
	}
	var key [32]byte
	copy(key[:], common.FromHex(strings.TrimSpace(string(secret))))
	client, err := rpc.DialOptions(g.t.Context(), "http://127.0.0.1:"+g.authPort, rpc.WithHTTPAuth(node.NewJWTAuth(key)))
	if err != nil {
		g.t.Fatal(err)
	}
	defer client.Close()
	state := map[string]common.Hash{"headBlockHash": hash, "safeBlockHash": hash, "finalizedBlockHash": hash}
	var chosen struct{ PayloadStatus struct{ Status string } }
	ctx, cancel := context.WithTimeout(g.t.Context(), patience)
	defer cancel()
	// The endpoint opens a moment after the public one.
	eventually(g.t, func() bool {
		err := client.CallContext(ctx, &chosen, "engine_forkchoiceUpdatedV3", state, nil)
		return err == nil && chosen.PayloadStatus.Status == "VALID"
	}, "geth does not take a fork choice")
}

func (g *geth) http() string { return "http://127.0.0.1:" + g.rpcPort }
func (g *geth) ws() string   { return "ws://127.0.0.1:" + g.rpcPort }
func (g *geth) ipc() string  { return filepath.Join(g.dir, "geth.ipc") }

// freeze stops geth from doing anything until it is thawed; its sockets stay open.
func (g *geth) freeze() { g.Signal(syscall.SIGSTOP) }
func (g *geth) thaw()   { g.Signal(syscall.SIGCONT) }

// cutChain writes the blocks of a chain file up to a number into a file of its own.
func cutChain(t testing.TB, path string, upTo uint64) string {
	t.Helper()
	file, err := os.Create(filepath.Join(t.TempDir(), "chain.rlp"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for _, block := range chaintest.ReadBlocks(t, path) {
		if block.NumberU64() > upTo {
			break
		}
		if err := block.EncodeRLP(file); err != nil {
			t.Fatal(err)
		}
	}
	return file.Name()
}

// within fails the test if f takes longer than patience.
func within(t testing.TB, what string, f func()) {
	t.Helper()
	done := make(chan struct{})
	go func() { defer close(done); f() }()
	select {
	case <-done:
	case <-time.After(patience):
		t.Fatalf("%s hangs", what)
	}
}
