package embedded_test

import (
	"context"
	"encoding/hex"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/beacon/engine"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/node"
	"github.com/ethereum/go-ethereum/rpc"

	"github.com/candela-les/candela/chain"
	"github.com/candela-les/candela/chain/chaintest"
	"github.com/candela-les/candela/chain/embedded"
	"github.com/candela-les/candela/chain/embedded/devtest"
)

// consensus plays the consensus client: it reads the blocks of a dev chain and
// drives another node with them, over HTTP and with the shared secret.
type consensus struct {
	dev    *embedded.Dev
	engine *rpc.Client
}

func newConsensus(t *testing.T, dev *embedded.Dev, endpoint string, secret [32]byte) *consensus {
	t.Helper()
	client, err := rpc.DialOptions(t.Context(), endpoint, rpc.WithHTTPAuth(node.NewJWTAuth(secret)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.Close)
	return &consensus{dev: dev, engine: client}
}

// payload sends one block of the dev chain.
func (c *consensus) payload(t *testing.T, block *types.Block) {
	t.Helper()
	data := engine.BlockToExecutableData(block, common.Big0, nil, nil).ExecutionPayload
	var status engine.PayloadStatusV1
	err := c.engine.CallContext(t.Context(), &status, "engine_newPayloadV4",
		data, []common.Hash{}, block.BeaconRoot(), []hexutil.Bytes{})
	if err != nil || status.Status != engine.VALID {
		t.Fatalf("block %d: %+v, %v", block.NumberU64(), status, err)
	}
}

// choose makes the dev chain's block the head, with marks that lag as real ones do.
func (c *consensus) choose(t *testing.T, head uint64) {
	t.Helper()
	bc := c.dev.Chain()
	hash := func(lag uint64) common.Hash { return bc.GetCanonicalHash(head - min(lag, head)) }
	var response engine.ForkChoiceResponse
	err := c.engine.CallContext(t.Context(), &response, "engine_forkchoiceUpdatedV3", engine.ForkchoiceStateV1{
		HeadBlockHash: hash(0), SafeBlockHash: hash(2), FinalizedBlockHash: hash(4),
	}, nil)
	if err != nil || response.PayloadStatus.Status != engine.VALID {
		t.Fatalf("fork choice %d: %+v, %v", head, response, err)
	}
}

// drive brings a node from block first of the dev chain to its head.
func (c *consensus) drive(t *testing.T, first uint64) {
	t.Helper()
	bc := c.dev.Chain()
	last := bc.CurrentBlock().Number.Uint64()
	for number := first; number <= last; number++ {
		c.payload(t, bc.GetBlockByNumber(number))
	}
	c.choose(t, last)
}

// waitHead waits until a source shows a block as its head.
func waitHead(t *testing.T, s chain.Source, hash common.Hash) {
	t.Helper()
	waitFor(t, s, func(head chain.Head) bool { return head.Hash == chain.Hash(hash) })
}

// waitFor waits for a head, the present one included, and returns it.
func waitFor(t *testing.T, s chain.Source, wanted func(chain.Head) bool) chain.Head {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	heads := make(chan chain.Head, 64)
	defer s.Heads(heads)()
	head := s.Head()
	for !wanted(head) {
		select {
		case head = <-heads:
		case <-ctx.Done():
			t.Fatalf("the head never came; the last is %d", head.Number)
		}
	}
	return head
}

// networkChain opens a node that waits for a consensus client.
func networkChain(t *testing.T, dir string) (*embedded.Node, [32]byte) {
	t.Helper()
	secret := [32]byte{1, 2, 3}
	jwt := filepath.Join(t.TempDir(), "jwt.hex")
	if err := os.WriteFile(jwt, []byte(hex.EncodeToString(secret[:])), 0o600); err != nil {
		t.Fatal(err)
	}
	n, err := embedded.OpenNetwork(embedded.NetworkConfig{
		Config:   embedded.Config{DataDir: dir, CacheMB: 32},
		Genesis:  embedded.DevGenesis(devtest.Alloc()),
		FullSync: true,
		Auth:     embedded.AuthConfig{Addr: "127.0.0.1", JWTSecret: jwt},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = n.Close() })
	return n, secret
}

// TestNetworkConforms drives a node by newPayload and forkchoiceUpdated.
func TestNetworkConforms(t *testing.T) {
	noLeaks(t)
	dev := devtest.Open(t, "")
	s := devtest.NewSender(4)
	devtest.Populate(t, dev, s, 8)
	dir := t.TempDir()
	n, secret := networkChain(t, dir)
	c := newConsensus(t, dev, n.AuthEndpoint(), secret)
	c.drive(t, 1)
	// The marks may come with a second event.
	last := dev.Chain().CurrentBlock().Number.Uint64()
	head := waitFor(t, n, func(head chain.Head) bool {
		return head.Number == last && head.Safe.Number == last-2 && head.Finalized.Number == last-4
	})
	if err := n.Close(); err != nil {
		t.Fatal(err)
	}

	n, secret = networkChain(t, dir)
	if got := n.Head(); got.Block != head.Block || got.Finalized != head.Finalized {
		t.Errorf("after reopening %+v, was %+v", got, head)
	}
	c = newConsensus(t, dev, n.AuthEndpoint(), secret)
	h := devtest.Known(t, dev.Node, 0) // as the other node knows the chain
	h.Source = n
	block := dev.Chain().CurrentBlock()
	h.Accounts = devtest.Accounts(t, dev.Chain(), block)
	client := dev.Attach()
	h.Calls = devtest.Calls(t, client, block)
	client.Close()
	var waiting []*types.Transaction
	grow := func(t *testing.T) {
		for _, tx := range waiting {
			devtest.Submit(t, dev, tx)
		}
		waiting = nil
		made := devtest.Commit(t, dev)
		c.drive(t, made.Number)
		waitHead(t, n, common.Hash(made.Hash))
	}
	h.Grow = grow
	h.NewTx = func(t *testing.T) *types.Transaction {
		waiting = append(waiting, s.Next(t, nobody, 3, nil))
		return waiting[0]
	}
	h.Reorg = func(t *testing.T) chain.Hash {
		for range 6 { // so that finalized stays below the fork
			grow(t)
		}
		left := n.Head()
		parent := dev.Chain().GetHeaderByNumber(left.Number - 2)
		if err := dev.Fork(chain.Hash(parent.Hash())); err != nil {
			t.Fatal(err)
		}
		for range 3 {
			devtest.Commit(t, dev)
		}
		c.drive(t, left.Number-1)
		waitHead(t, n, dev.Chain().CurrentBlock().Hash())
		return left.Hash
	}
	chaintest.Run(t, h)
}

// TestNetworkAuth tries the Engine API without the right secret.
func TestNetworkAuth(t *testing.T) {
	noLeaks(t)
	n, secret := networkChain(t, "")
	ask := func(secret [32]byte) error {
		client, err := rpc.DialOptions(t.Context(), n.AuthEndpoint(), rpc.WithHTTPAuth(node.NewJWTAuth(secret)))
		if err != nil {
			t.Fatal(err)
		}
		defer client.Close()
		var id string
		return client.CallContext(t.Context(), &id, "eth_chainId")
	}
	if err := ask(secret); err != nil {
		t.Errorf("with the secret: %v", err)
	}
	if err := ask([32]byte{9}); err == nil {
		t.Error("another secret was accepted")
	}
	if err := n.Close(); err != nil {
		t.Error(err)
	}
}

func TestNetworkRefusals(t *testing.T) {
	noLeaks(t)
	if _, err := embedded.OpenNetwork(embedded.NetworkConfig{Network: "ropsten"}); err == nil {
		t.Error("an unknown network was accepted")
	}
	// A port in use.
	n, _ := networkChain(t, "")
	endpoint, err := url.Parse(n.AuthEndpoint())
	if err != nil {
		t.Fatal(err)
	}
	port, err := strconv.Atoi(endpoint.Port())
	if err != nil {
		t.Fatal(err)
	}
	_, err = embedded.OpenNetwork(embedded.NetworkConfig{
		Genesis: embedded.DevGenesis(nil), FullSync: true,
		Auth: embedded.AuthConfig{Addr: "127.0.0.1", Port: port, JWTSecret: filepath.Join(t.TempDir(), "jwt")},
	})
	if !errors.Is(err, syscall.EADDRINUSE) {
		t.Errorf("a port in use: %v", err)
	}
	if err := n.Close(); err != nil {
		t.Error(err)
	}
}
