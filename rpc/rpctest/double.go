// Package rpctest has a test double of the light client, and plays recorded JSON-RPC conversations.
//
// The [Double] is not a light client: it reads an in-memory go-ethereum chain that it holds whole. What it returns is
// honest, computed through the same tries and the same EVM code, so that tests of the endpoint see true answers without
// a network.
package rpctest

import (
	"context"
	"sync"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/params"

	"github.com/candela-les/candela/client"
	"github.com/candela-les/candela/market/buyer"
	"github.com/candela-les/candela/proof/prooftest"
	"github.com/candela-les/candela/rpc"
)

var _ rpc.Backend = (*Double)(nil)

// Double is a backend over a whole chain. Its head is safe and finalized too, unless a test says otherwise.
type Double struct {
	chain *prooftest.Chain

	mu struct {
		sync.Mutex
		hook          func(ctx context.Context, method string) error
		unsafe        bool // no block is safe or finalized
		pending       []*types.Transaction
		headSubs      map[chan<- client.HeadEvent]bool
		txSubs        map[chan<- *types.Transaction]bool
		unknownConfig bool
		syncing       bool
		lastProof     *client.ProofRecord
		words         string // of the demand
		demand        buyer.Demand
	}
}

// New returns a double over the given chain.
func New(chain *prooftest.Chain) *Double {
	d := &Double{chain: chain}
	d.mu.headSubs = make(map[chan<- client.HeadEvent]bool)
	d.mu.txSubs = make(map[chan<- *types.Transaction]bool)
	return d
}

// Conformance returns a double over the execution-apis chain; the test is skipped where that is not there.
func Conformance(tb testing.TB) *Double {
	tb.Helper()
	return New(prooftest.Conformance(tb))
}

// Chain is what the double reads.
func (d *Double) Chain() *prooftest.Chain { return d.chain }

// Hook makes f run at the start of every method that can fail; its error becomes the method's.
func (d *Double) Hook(f func(ctx context.Context, method string) error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.mu.hook = f
}

// Fail makes every method that can fail do so; nil ends it.
func (d *Double) Fail(err error) {
	d.Hook(func(context.Context, string) error { return err })
}

// SetUnsafe says whether the chain has a safe and a finalized block.
func (d *Double) SetUnsafe(on bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.mu.unsafe = on
}

// SetSyncing makes Sync say that the head is 10 blocks away.
func (d *Double) SetSyncing(on bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.mu.syncing = on
}

// HideConfig makes the configuration unknown, as it is before a client has learned one.
func (d *Double) HideConfig(on bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.mu.unknownConfig = on
}

// SetLastProof sets what LastProof returns.
func (d *Double) SetLastProof(p *client.ProofRecord) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.mu.lastProof = p
}

func (d *Double) enter(ctx context.Context, method string) error {
	d.mu.Lock()
	hook := d.mu.hook
	d.mu.Unlock()
	if hook == nil {
		return nil
	}
	return hook(ctx, method)
}

// Config implements rpc.Backend.
func (d *Double) Config() *params.ChainConfig {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.mu.unknownConfig {
		return nil
	}
	return d.chain.Config()
}

// ConfigAt implements rpc.Backend.
func (d *Double) ConfigAt(ctx context.Context, _ *types.Header) (*params.ChainConfig, error) {
	if err := d.enter(ctx, "ConfigAt"); err != nil {
		return nil, err
	}
	if cfg := d.Config(); cfg != nil {
		return cfg, nil
	}
	return nil, client.ErrNoConfig
}

// NetworkID implements rpc.Backend: the chain id, as on the conformance chain.
func (d *Double) NetworkID() uint64 { return d.chain.Config().ChainID.Uint64() }

// Genesis implements rpc.Backend.
func (d *Double) Genesis() common.Hash { return d.chain.Genesis().Hash() }

// Heads implements rpc.Backend.
func (d *Double) Heads() (client.Heads, error) {
	if err := d.enter(context.Background(), "Heads"); err != nil {
		return client.Heads{}, err
	}
	h := d.chain.CurrentBlock()
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.mu.unsafe {
		return client.Heads{Latest: h}, nil
	}
	return client.Heads{Latest: h, Safe: h, Finalized: h}, nil
}

// Sync implements rpc.Backend.
func (d *Double) Sync() client.SyncStatus {
	n := d.chain.CurrentBlock().Number.Uint64()
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.mu.syncing {
		return client.SyncStatus{Starting: 1, Current: n, Highest: n + 10}
	}
	return client.SyncStatus{Starting: n, Current: n, Highest: n, Done: true}
}

// HeaderByHash implements rpc.Backend.
func (d *Double) HeaderByHash(ctx context.Context, hash common.Hash) (*types.Header, error) {
	if err := d.enter(ctx, "HeaderByHash"); err != nil {
		return nil, err
	}
	if h := d.chain.GetHeaderByHash(hash); h != nil {
		return h, nil
	}
	return nil, client.ErrNotFound
}

// HeaderByNumber implements rpc.Backend.
func (d *Double) HeaderByNumber(ctx context.Context, number uint64) (*types.Header, error) {
	if err := d.enter(ctx, "HeaderByNumber"); err != nil {
		return nil, err
	}
	if h := d.chain.GetHeaderByNumber(number); h != nil {
		return h, nil
	}
	return nil, client.ErrNotFound
}

// Block implements rpc.Backend.
func (d *Double) Block(ctx context.Context, h *types.Header) (*types.Block, error) {
	if err := d.enter(ctx, "Block"); err != nil {
		return nil, err
	}
	return d.chain.GetBlock(h.Hash(), h.Number.Uint64()), nil
}

// Receipts implements rpc.Backend.
func (d *Double) Receipts(ctx context.Context, h *types.Header) (types.Receipts, error) {
	if err := d.enter(ctx, "Receipts"); err != nil {
		return nil, err
	}
	return d.chain.GetReceiptsByHash(h.Hash()), nil
}
