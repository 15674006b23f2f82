package client_test

import (
	"context"
	"errors"
	"log/slog"
	"math/big"
	"path/filepath"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/core/types"
	"go.uber.org/goleak"

	"github.com/candela-les/candela/client"
	"github.com/candela-les/candela/client/clienttest"
	"github.com/candela-les/candela/wire"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// world is a chain, fake servers that serve it, and a client of theirs.
type world struct {
	chain   *clienttest.Chain
	blocks  []*types.Block // blocks[i] has number i
	servers []*clienttest.Server
	client  *client.Client
	config  client.Config

	sessions []*clienttest.Session // as far as a test keeps them

	// On a stage only: who signs heads, and who has data.
	announcer *clienttest.Server
	data      []*clienttest.Server
}

func (w *world) head() *types.Block { return w.blocks[len(w.blocks)-1] }

// build makes a chain of n blocks and so many honest servers, all trusted.
func build(n, servers int) *world {
	c := clienttest.NewChain()
	return newWorld(c, append([]*types.Block{c.Genesis}, c.Grow(c.Genesis, n, 0)...), servers)
}

// newWorld makes servers of a chain.
func newWorld(c *clienttest.Chain, blocks []*types.Block, servers int) *world {
	w := &world{chain: c, blocks: blocks}
	w.config = client.Config{
		FractionPercent: 60, NetworkID: 1337,
		Genesis: w.chain.Genesis.Hash(), GenesisTime: w.chain.Genesis.Time(), Chain: w.chain.Config,
		ServerWait: 50 * time.Millisecond, Clock: time.Now, Logger: slog.New(slog.DiscardHandler),
	}
	for i := range servers {
		s := clienttest.NewServer(w.chain, byte(i), w.head())
		s.Now = func() uint64 { return uint64(time.Now().Unix()) }
		w.servers = append(w.servers, s)
		w.config.Trusted = append(w.config.Trusted, s.Node())
	}
	return w
}

// start makes the client and connects all servers to it.
func (w *world) start(t testing.TB) {
	t.Helper()
	w.open(t)
	for _, s := range w.servers {
		s.Connect(t, w.client)
	}
}

// open makes the client, which is closed before the servers end.
func (w *world) open(t testing.TB) {
	t.Helper()
	c, err := client.New(w.config)
	if err != nil {
		t.Fatal(err)
	}
	w.client = c
	t.Cleanup(func() {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	})
}

// waitHead waits until the client's head is this block.
func (w *world) waitHead(t testing.TB, want *types.Block) *types.Header {
	t.Helper()
	var heads client.Heads
	eventually(t, func() bool {
		var err error
		heads, err = w.client.Heads()
		return err == nil && heads.Latest.Hash() == want.Hash()
	})
	return heads.Latest
}

// eventually polls until something is so. The time-out only ends a broken test.
func eventually(t testing.TB, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); !ok(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("waited for too long")
		}
	}
}

func TestThinPath(t *testing.T) {
	w := build(10, 3)
	w.start(t)
	head := w.waitHead(t, w.head())
	account, err := w.client.Account(t.Context(), head, w.chain.Address(1))
	if err != nil {
		t.Fatal(err)
	}
	want := new(big.Int).Mul(big.NewInt(1000), big.NewInt(1e18))
	if account.Balance.ToBig().Cmp(want) != 0 {
		t.Errorf("balance %v", account.Balance)
	}
	if p := w.client.LastProof(); p == nil || p.RoundTrips != 1 || p.Requests != 1 || len(p.Nodes) == 0 || len(p.Servers) != 1 {
		t.Errorf("proof record %+v", p)
	}
	// Known now: nobody is asked.
	if _, err := w.client.Account(t.Context(), head, w.chain.Address(1)); err != nil {
		t.Fatal(err)
	}
	if p := w.client.LastProof(); p.RoundTrips != 0 || p.Cached == 0 {
		t.Errorf("warm: %d round trips, %d cached", p.RoundTrips, p.Cached)
	}
	empty, err := w.client.Account(t.Context(), head, clienttest.Nobody)
	if err != nil || !empty.Balance.IsZero() || empty.Root != types.EmptyRootHash {
		t.Errorf("absent account: %+v, %v", empty, err)
	}
}

func TestNoServers(t *testing.T) {
	w := build(1, 1)
	w.open(t)
	if _, err := w.client.Heads(); !errors.Is(err, client.ErrNoHead) {
		t.Errorf("heads: %v", err)
	}
	_, err := w.client.Account(t.Context(), w.head().Header(), clienttest.Store)
	if !errors.Is(err, client.ErrNoServers) {
		t.Errorf("account: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := w.client.Account(ctx, w.head().Header(), clienttest.Store); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestRestartKeepsTheHead(t *testing.T) {
	w := build(10, 2)
	w.config.DB = filepath.Join(t.TempDir(), "client.db")
	w.start(t)
	w.waitHead(t, w.head())
	if err := w.client.Close(); err != nil {
		t.Fatal(err)
	}
	more := w.chain.Grow(w.head(), 5, 0)
	w.blocks = append(w.blocks, more...)
	for _, s := range w.servers {
		s.SetHead(w.head(), nil, nil)
		s.Requests()
	}
	w.start(t)
	w.waitHead(t, w.head())
	// The gap was filled from the stored headers on.
	if h, err := w.client.HeaderByNumber(t.Context(), 10); err != nil || h.Hash() != w.blocks[10].Hash() {
		t.Errorf("header 10: %v", err)
	}
	if p := w.client.LastProof(); p.RoundTrips != 0 {
		t.Errorf("%d round trips for a stored header", p.RoundTrips)
	}
}

func TestLearnsChainFromTheFraction(t *testing.T) {
	w := build(5, 3)
	w.config.Chain, w.config.NetworkID = nil, 0
	w.config.Genesis, w.config.GenesisTime = [32]byte{}, 0
	w.config.DB = filepath.Join(t.TempDir(), "client.db")
	w.start(t)
	w.waitHead(t, w.head())
	eventually(t, func() bool { return w.client.Config() != nil })
	if w.client.Genesis() != w.chain.Genesis.Hash() || w.client.NetworkID() != 1337 {
		t.Errorf("genesis %x, network %d", w.client.Genesis(), w.client.NetworkID())
	}
	got, err := wire.EncodeConfig(w.client.Config())
	if err != nil {
		t.Fatal(err)
	}
	if want, _ := wire.EncodeConfig(w.chain.Config); string(got) != string(want) {
		t.Error("learned another configuration")
	}
	if err := w.client.Close(); err != nil {
		t.Fatal(err)
	}
	w.open(t)
	if w.client.Config() == nil {
		t.Error("the learned configuration was not kept")
	}
}
