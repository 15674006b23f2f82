package embedded_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/big"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/consensus/ethash"
	"github.com/ethereum/go-ethereum/core"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/params"

	"github.com/candela-les/candela/chain"
	"github.com/candela-les/candela/chain/chaintest"
	"github.com/candela-les/candela/chain/embedded"
	"github.com/candela-les/candela/chain/embedded/devtest"
)

// oldGenesis is a chain from before the merge, as its file would have been: without
// a terminal total difficulty.
func oldGenesis() *core.Genesis {
	config := *params.AllEthashProtocolChanges
	config.TerminalTotalDifficulty = nil
	alloc := devtest.Alloc()
	for _, account := range embedded.DevAccounts() {
		alloc[account.Address] = types.Account{Balance: new(big.Int).Mul(big.NewInt(1000), big.NewInt(params.Ether))}
	}
	return &core.Genesis{
		Config: &config, GasLimit: 30_000_000, BaseFee: big.NewInt(params.InitialBaseFee),
		Difficulty: big.NewInt(200_000), Alloc: alloc,
	}
}

// upstream is a node of that chain that serves JSON-RPC, and makes its blocks the
// way that go-ethereum's own tests make them.
type upstream struct {
	node *embedded.Node
	url  string
	// steps say how each block after the genesis is made, so that a branch is made
	// by changing some of them.
	steps []func(*core.BlockGen)
}

// newUpstream starts one; raw says whether it offers the debug API.
func newUpstream(t *testing.T, raw bool) *upstream {
	t.Helper()
	n, err := embedded.OpenGenesis(t.Context(), embedded.GenesisConfig{
		Config: embedded.Config{CacheMB: 32}, Genesis: oldGenesis(),
	})
	if err != nil {
		t.Fatal(err)
	}
	all, err := n.RPC()
	if err != nil {
		t.Fatal(err)
	}
	var handler http.Handler = all
	if !raw {
		handler = withoutDebug(handler)
	}
	server := httptest.NewServer(handler)
	t.Cleanup(func() {
		server.Close()
		if err := n.Close(); err != nil {
			t.Error(err)
		}
	})
	return &upstream{node: n, url: server.URL}
}

// withoutDebug answers for debug methods as a node whose debug API is off.
func withoutDebug(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if !bytes.Contains(body, []byte(`"debug_`)) {
			r.Body = io.NopCloser(bytes.NewReader(body))
			next.ServeHTTP(w, r)
			return
		}
		var calls []struct{ ID json.RawMessage }
		_ = json.Unmarshal(body, &calls)
		var answers []string
		for _, call := range calls {
			answers = append(answers, fmt.Sprintf(
				`{"jsonrpc":"2.0","id":%s,"error":{"code":-32601,"message":"the method does not exist"}}`, call.ID))
		}
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprintf(w, "[%s]", strings.Join(answers, ","))
	})
}

// plain makes an empty block.
func plain(b *core.BlockGen) {}

// quick makes a block that comes early and is therefore heavier.
func quick(b *core.BlockGen) { b.OffsetTime(-9) }

// slow makes a block that comes late and is therefore lighter.
func slow(b *core.BlockGen) { b.OffsetTime(90) }

// with makes a block of transactions.
func with(txs ...*types.Transaction) func(*core.BlockGen) {
	return func(b *core.BlockGen) {
		for _, tx := range txs {
			b.AddTx(tx)
		}
	}
}

// extend adds blocks and makes the last one the head.
func (u *upstream) extend(t *testing.T, steps ...func(*core.BlockGen)) common.Hash {
	t.Helper()
	return u.branch(t, len(u.steps), steps...)
}

// branch replaces all blocks above one. The node takes it, heavier or not.
func (u *upstream) branch(t *testing.T, above int, steps ...func(*core.BlockGen)) common.Hash {
	t.Helper()
	u.steps = append(append([]func(*core.BlockGen){}, u.steps[:above]...), steps...)
	genesis := oldGenesis()
	genesis.Config.TerminalTotalDifficulty = new(big.Int).Lsh(common.Big1, 200)
	_, blocks, _ := core.GenerateChainWithGenesis(genesis, ethash.NewFaker(), len(u.steps), func(i int, b *core.BlockGen) {
		u.steps[i](b)
	})
	if _, err := u.node.Chain().InsertChain(blocks[above:]); err != nil {
		t.Fatal(err)
	}
	return blocks[len(blocks)-1].Hash()
}

// openFeed follows an upstream.
func openFeed(t *testing.T, dir, url string) *embedded.Node {
	t.Helper()
	n, err := embedded.OpenFeed(t.Context(), embedded.FeedConfig{
		Config: embedded.Config{DataDir: dir, CacheMB: 32}, Genesis: oldGenesis(),
		URL: url, Interval: 5 * time.Millisecond,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = n.Close() })
	return n
}

func TestFeedConforms(t *testing.T) {
	for name, raw := range map[string]bool{"raw blocks": true, "blocks from JSON": false} {
		t.Run(name, func(t *testing.T) {
			noLeaks(t)
			u := newUpstream(t, raw)
			s := devtest.NewSender(5)
			var txs []*types.Transaction
			for i := range uint64(6) {
				txs = append(txs, s.Next(t, writer, 0, append(devtest.Word(i), devtest.Word(i+7)...)), s.Next(t, nobody, 2, nil))
				s.Legacy = !s.Legacy
			}
			u.extend(t, with(txs[:4]...), plain, with(txs[4:9]...), quick, with(txs[9:]...))
			for range 70 { // more than one batch
				u.steps = append(u.steps, plain)
			}
			last := u.branch(t, 5, u.steps[5:]...)

			dir := t.TempDir()
			n := openFeed(t, dir, u.url)
			waitHead(t, n, last)
			if err := n.Close(); err != nil {
				t.Fatal(err)
			}
			last = u.extend(t, plain)
			n = openFeed(t, dir, u.url)
			waitHead(t, n, last)
			chaintest.Run(t, feedHarness(t, u, n, s))
		})
	}
}

// feedHarness describes the chain as the upstream knows it.
func feedHarness(t *testing.T, u *upstream, n *embedded.Node, s *devtest.Sender) *chaintest.Harness {
	h := devtest.Known(t, u.node, 0)
	h.Source = n
	h.Config = oldGenesis().Config
	head := u.node.Chain().CurrentBlock()
	h.Accounts = devtest.Accounts(t, u.node.Chain(), head)
	client := u.node.Attach()
	h.Calls = devtest.Calls(t, client, head)
	client.Close()
	h.NewTx = func(t *testing.T) *types.Transaction { return s.Next(t, nobody, 3, nil) }
	h.Grow = func(t *testing.T) {
		// The upstream mines what its pool has: only what the feed handed it.
		waitHead(t, n, u.extend(t, with(u.pending(t)...)))
	}
	h.Reorg = func(t *testing.T) chain.Hash {
		waitHead(t, n, u.extend(t, plain, plain))
		left := n.Head().Hash
		waitHead(t, n, u.branch(t, len(u.steps)-2, quick, quick))
		return left
	}
	return h
}

// pending are the transactions in the upstream's pool.
func (u *upstream) pending(t *testing.T) []*types.Transaction {
	t.Helper()
	client := u.node.Attach()
	defer client.Close()
	var content struct {
		Pending map[common.Address]map[string]*types.Transaction
	}
	if err := client.CallContext(t.Context(), &content, "txpool_content"); err != nil {
		t.Fatal(err)
	}
	var txs []*types.Transaction
	for _, byNonce := range content.Pending {
		for _, tx := range byNonce {
			txs = append(txs, tx)
		}
	}
	return txs
}

// TestFeedHeavier lets the upstream change to branches: one that is longer yet
// lighter must be left alone, one that is heavier taken.
func TestFeedHeavier(t *testing.T) {
	noLeaks(t)
	u := newUpstream(t, true)
	start := u.extend(t, plain, plain, quick, quick, quick)
	n := openFeed(t, "", u.url)
	waitHead(t, n, start)
	heavy := n.Head()

	light := u.branch(t, 2, slow, slow, slow)
	heads := make(chan chain.Head, 16)
	stop := n.Heads(heads)
	// Then go on from the light branch until it is the heavier one.
	for u.node.Head().TD.Cmp(heavy.TD) <= 0 {
		if n.Head().Hash == chain.Hash(light) {
			t.Fatal("the lighter branch was taken")
		}
		light = u.extend(t, plain)
	}
	depth := uint64(0)
	for head := range heads {
		if head.TD.Cmp(heavy.TD) < 0 {
			t.Fatalf("head %d is lighter than the one before", head.Number)
		}
		depth += head.ReorgDepth
		if head.Hash == chain.Hash(light) {
			break
		}
	}
	if depth != 3 {
		t.Errorf("reorganized %d deep, want 3", depth)
	}
	stop()
	if err := n.Close(); err != nil {
		t.Error(err)
	}
}

func TestFeedRefusals(t *testing.T) {
	noLeaks(t)
	u := newUpstream(t, true)
	open := func(genesis *core.Genesis, url string) error {
		n, err := embedded.OpenFeed(t.Context(), embedded.FeedConfig{Genesis: genesis, URL: url})
		if err == nil {
			_ = n.Close()
		}
		return err
	}
	other := oldGenesis()
	other.GasLimit++
	if err := open(other, u.url); err == nil || !strings.Contains(err.Error(), "genesis") {
		t.Errorf("another genesis: %v", err)
	}
	if err := open(oldGenesis(), "http://127.0.0.1:1"); err == nil {
		t.Error("a node that is not there was accepted")
	}
	if err := open(oldGenesis(), "gopher://x"); err == nil {
		t.Error("a URL of no use was accepted")
	}
	if err := open(nil, u.url); err == nil {
		t.Error("no genesis was accepted")
	}
}
