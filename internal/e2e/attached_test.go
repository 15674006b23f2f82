package e2e

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core"
	"github.com/ethereum/go-ethereum/rpc"

	"github.com/candela-les/candela/chain"
	"github.com/candela-les/candela/chain/attached"
	"github.com/candela-les/candela/chain/chaintest"
	"github.com/candela-les/candela/proof/prooftest"
)

// attach opens a source on nodes that run as processes of their own. Without a genesis
// the nodes are asked for the chain's configuration.
func attach(t *testing.T, genesis *core.Genesis, urls ...string) *attached.Node {
	t.Helper()
	source, err := attached.Open(t.Context(), attached.Config{
		URLs: urls, Genesis: genesis, Now: time.Now, PollInterval: 100 * time.Millisecond,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = source.Close() })
	return source
}

// The suite that every source passes, on go-ethereum's own binary with the conformance
// chain, over each of its transports.
func TestSourceOnGeth(t *testing.T) {
	g := newGeth(t, 0)
	client, err := rpc.DialContext(t.Context(), g.http())
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	receipts := prooftest.Conformance(t).GetReceiptsByHash
	for name, c := range map[string]struct {
		url     string
		genesis *core.Genesis
	}{
		"http": {g.http(), conformanceGenesis(t)},
		"ws":   {g.ws(), conformanceGenesis(t)},
		"ipc":  {g.ipc(), nil}, // only there does geth tell its configuration unless asked to
	} {
		t.Run(name, func(t *testing.T) {
			h := chaintest.Conformance(t, client, receipts)
			source := attach(t, c.genesis, c.url)
			want := chain.Capabilities{Witness: true, LogCandidates: true, TxRelay: true}
			if got := source.Capabilities(); got != want {
				t.Errorf("capabilities %+v, want %+v", got, want)
			}
			// Every state is there, but a chain of 54 blocks does not show that old ones stay.
			if got := source.Ranges(); got != (chain.Ranges{Recent: got.Recent}) {
				t.Errorf("ranges %+v of an archive", got)
			}
			head := source.Head()
			if last := h.Blocks[len(h.Blocks)-1].Hash(); head.Hash != last || head.Safe != head.Block || head.Finalized != head.Block {
				t.Errorf("head %+v, want block %x, safe and finalized", head.Block, last)
			}
			h.Source = source
			chaintest.Run(t, h)
		})
	}
}

func conformanceGenesis(t testing.TB) *core.Genesis {
	t.Helper()
	genesis := new(core.Genesis)
	blob, err := os.ReadFile(filepath.Join(chaintest.ConformanceDir(t), "genesis.json"))
	if err == nil {
		err = json.Unmarshal(blob, genesis)
	}
	if err != nil {
		t.Fatal(err)
	}
	return genesis
}

// attachedServers starts n servers attached to the same nodes.
func attachedServers(t testing.TB, n int, urls ...string) (enodes []string) {
	t.Helper()
	var running []*process
	for range n {
		running = append(running, start(t, "serve", "--datadir", t.TempDir(), "--addr", "127.0.0.1", "--port", "0",
			"--node", strings.Join(urls, ","), "--genesis", filepath.Join(chaintest.ConformanceDir(t), "genesis.json")))
	}
	for _, p := range running {
		enodes = append(enodes, p.Await("serving "))
	}
	return enodes
}

// The recorded conversations through a light client, three servers that have no chain
// of their own, and one go-ethereum: as many as through servers that have.
func TestConformanceOnGeth(t *testing.T) {
	g := newGeth(t, 0)
	light := start(t, "light", "--trusted", strings.Join(attachedServers(t, 3, g.http()), ","), "--http.port", "0")
	score, output, ok := compat(t, light.Await("rpc "))
	t.Logf("%s recorded conversations answered alike", score)
	if !ok {
		t.Errorf("the endpoint differs from the recordings:\n%s", output)
	}
	light.Stop()
}

// receiptsOf asks for a block's receipts: nobody can answer that from what was asked
// for other blocks.
func receiptsOf(url string, number uint64) error {
	_, err := call(url, "eth_getBlockReceipts", hexutil.EncodeUint64(number))
	return err
}

// fresh is an account that was not asked for with another n.
func fresh(n int) string {
	const digits = "0123456789abcdef"
	return "0x" + strings.Repeat("0", 38) + string(digits[n/16%16]) + string(digits[n%16])
}

// typed says whether an error is one that tells a wallet what is wrong: of Candela's
// own codes, and not the catch-all.
func typed(err error) bool {
	var answered *rpcError
	return errors.As(err, &answered) && answered.Code <= -32010 && answered.Code > -32020
}

// The node dies, comes back, and stands still: clients get typed errors meanwhile,
// and answers again afterwards, without a restart of anything else.
func TestNodeDiesAndHangs(t *testing.T) {
	g := newGeth(t, 0)
	light := start(t, "light", "--trusted", attachedServers(t, 1, g.http())[0], "--http.port", "0")
	url := light.Await("rpc ")
	mustCall(t, url, "eth_getBalance", fresh(1), "latest")

	fails := func(what string, n uint64) {
		t.Helper()
		within(t, "an answer while the node "+what, func() {
			if err := receiptsOf(url, n); !typed(err) {
				t.Errorf("while the node %s: %v", what, err)
			}
		})
		// What is proven already needs nobody.
		mustCall(t, url, "eth_getBalance", fresh(1), "latest")
	}
	recovers := func(what string, n uint64) {
		t.Helper()
		eventually(t, func() bool { return receiptsOf(url, n) == nil }, "no answers after the node "+what)
	}
	g.Kill()
	fails("is dead", 20)
	g.start()
	recovers("came back", 20)
	g.freeze()
	fails("hangs", 30)
	g.thaw()
	recovers("went on", 30)
}

// Of two nodes one is behind: the head does not go back when the other one dies, and
// all goes on when it returns.
func TestNodeBehind(t *testing.T) {
	full, behind := newGeth(t, 0), newGeth(t, 45)
	source := attach(t, conformanceGenesis(t), full.http(), behind.http())
	head := source.Head()
	if head.Number != 54 {
		t.Fatalf("head %d, want that of the node that is ahead", head.Number)
	}
	heads := make(chan chain.Head, 100)
	stop := source.Heads(heads)
	defer stop()
	full.Kill()
	// What the one behind has is served by it.
	ctx := t.Context()
	hash, err := source.CanonicalHash(ctx, 44)
	if err != nil {
		t.Errorf("canonical hash below both heads: %v", err)
	} else if _, err := source.Prove(ctx, []chain.StateQuery{{Block: hash, Address: chain.Address{19: 9}}}); err != nil {
		t.Errorf("a state that the node behind has: %v", err)
	}
	// What it has not is not there for now, which is no proof that it does not exist.
	_, err = source.Prove(ctx, []chain.StateQuery{{Block: head.Hash, Address: chain.Address{19: 10}}})
	if !errors.Is(err, chain.ErrUnavailable) && !errors.Is(err, chain.ErrUnknown) {
		t.Errorf("a state that only the dead node has: %v", err)
	}
	full.start()
	eventually(t, func() bool {
		_, err := source.Prove(ctx, []chain.StateQuery{{Block: head.Hash, Address: chain.Address{19: 11}}})
		return err == nil
	}, "no answers after the node came back")
	for {
		select {
		case h := <-heads:
			if h.Number < head.Number {
				t.Errorf("the head went back to %d", h.Number)
			}
			continue
		default:
		}
		break
	}
	if source.Head().Hash != head.Hash {
		t.Errorf("head %d", source.Head().Number)
	}
}

// A node that lies in every third answer, before an honest one: every answer is right.
func TestNodeLies(t *testing.T) {
	g := newGeth(t, 0)
	liar := newFalseNode(t, g.http(), 1, 3)
	light := start(t, "light", "--trusted", strings.Join(attachedServers(t, 3, liar.URL, g.http()), ","), "--http.port", "0")
	score, output, ok := compat(t, light.Await("rpc "))
	t.Logf("%s recorded conversations answered alike, with %d lies", score, liar.lies())
	if !ok {
		t.Errorf("the endpoint differs from the recordings:\n%s", output)
	}
	if liar.lies() == 0 {
		t.Error("the node was not asked for anything that it could lie in")
	}
	light.Stop()
}

// Nobody but a node that lies in every second answer: whatever is answered is right,
// the rest are typed errors.
func TestOnlyNodeLies(t *testing.T) {
	g := newGeth(t, 0)
	liar := newFalseNode(t, g.http(), 2, 0)
	light := start(t, "light", "--trusted", attachedServers(t, 1, liar.URL)[0], "--http.port", "0")
	url := light.Await("rpc ")
	liar.lieFrom(2)
	var right, failed int
	for i := range 60 {
		for _, ask := range [][]any{
			{"eth_getBalance", fresh(i), "latest"},
			{"eth_getBlockByNumber", hexutil.EncodeUint64(uint64(i % 55)), true},
			{"eth_getBlockReceipts", hexutil.EncodeUint64(uint64(i % 55))},
		} {
			method, params := ask[0].(string), ask[1:]
			got, err := call(url, method, params...)
			if err != nil {
				if !typed(err) {
					t.Errorf("%s %v: %v", method, params, err)
				}
				failed++
				continue
			}
			want := mustCall(t, g.http(), method, params...)
			if !sameJSON(t, got, want) {
				t.Errorf("%s %v is\n%s, geth says\n%s", method, params, got, want)
			}
			right++
		}
	}
	t.Logf("%d lies: %d right answers, %d typed errors", liar.lies(), right, failed)
	if liar.lies() == 0 || right == 0 {
		t.Error("nothing was tried")
	}
}

func sameJSON(t *testing.T, a, b json.RawMessage) bool {
	t.Helper()
	var x, y any
	if err := errors.Join(json.Unmarshal(a, &x), json.Unmarshal(b, &y)); err != nil {
		t.Fatal(err)
	}
	return reflect.DeepEqual(x, y)
}
