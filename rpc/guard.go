package rpc

import (
	"context"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/params"

	"github.com/candela-les/candela/client"
	"github.com/candela-les/candela/client/bidder"
	"github.com/candela-les/candela/proof/evm"
)

// guard stands between the methods and the backend: it bounds every question in time, and gives every failure to
// answer its code, so that no method can forget to.
type guard struct {
	Backend
	timeout time.Duration
}

// bounded asks one question in at most g.timeout.
func bounded[T any](ctx context.Context, g *guard, ask func(context.Context) (T, error)) (T, error) {
	ctx, cancel := context.WithTimeout(ctx, g.timeout)
	defer cancel()
	v, err := ask(ctx)
	return v, asFailure(err)
}

func (g *guard) Heads() (client.Heads, error) {
	h, err := g.Backend.Heads()
	return h, asFailure(err)
}

func (g *guard) Demand() (bidder.DemandStatus, error) {
	s, err := g.Backend.Demand()
	return s, asFailure(err)
}

func (g *guard) SetDemand(words string) error { return asFailure(g.Backend.SetDemand(words)) }

func (g *guard) Market() ([]bidder.SellerStatus, error) {
	s, err := g.Backend.Market()
	return s, asFailure(err)
}

func (g *guard) Spending() (bidder.SpendingStatus, error) {
	s, err := g.Backend.Spending()
	return s, asFailure(err)
}

func (g *guard) ConfigAt(ctx context.Context, h *types.Header) (*params.ChainConfig, error) {
	return bounded(ctx, g, func(ctx context.Context) (*params.ChainConfig, error) { return g.Backend.ConfigAt(ctx, h) })
}

func (g *guard) HeaderByHash(ctx context.Context, hash common.Hash) (*types.Header, error) {
	return bounded(ctx, g, func(ctx context.Context) (*types.Header, error) { return g.Backend.HeaderByHash(ctx, hash) })
}

func (g *guard) HeaderByNumber(ctx context.Context, number uint64) (*types.Header, error) {
	return bounded(ctx, g, func(ctx context.Context) (*types.Header, error) { return g.Backend.HeaderByNumber(ctx, number) })
}

func (g *guard) Block(ctx context.Context, h *types.Header) (*types.Block, error) {
	return bounded(ctx, g, func(ctx context.Context) (*types.Block, error) { return g.Backend.Block(ctx, h) })
}

func (g *guard) Receipts(ctx context.Context, h *types.Header) (types.Receipts, error) {
	return bounded(ctx, g, func(ctx context.Context) (types.Receipts, error) { return g.Backend.Receipts(ctx, h) })
}

func (g *guard) Account(ctx context.Context, h *types.Header, a common.Address) (*types.StateAccount, error) {
	return bounded(ctx, g, func(ctx context.Context) (*types.StateAccount, error) { return g.Backend.Account(ctx, h, a) })
}

func (g *guard) Storage(ctx context.Context, h *types.Header, a common.Address, k []common.Hash) ([]common.Hash, error) {
	return bounded(ctx, g, func(ctx context.Context) ([]common.Hash, error) { return g.Backend.Storage(ctx, h, a, k) })
}

func (g *guard) Code(ctx context.Context, h *types.Header, a common.Address) ([]byte, error) {
	return bounded(ctx, g, func(ctx context.Context) ([]byte, error) { return g.Backend.Code(ctx, h, a) })
}

func (g *guard) Proof(ctx context.Context, h *types.Header, a common.Address, k []common.Hash) (*client.AccountProof, error) {
	return bounded(ctx, g, func(ctx context.Context) (*client.AccountProof, error) { return g.Backend.Proof(ctx, h, a, k) })
}

func (g *guard) Call(ctx context.Context, c evm.Call) (*core.ExecutionResult, error) {
	return bounded(ctx, g, func(ctx context.Context) (*core.ExecutionResult, error) { return g.Backend.Call(ctx, c) })
}

func (g *guard) EstimateGas(ctx context.Context, c evm.Call, gasCap uint64) (uint64, []byte, error) {
	var data []byte
	gas, err := bounded(ctx, g, func(ctx context.Context) (gas uint64, err error) {
		gas, data, err = g.Backend.EstimateGas(ctx, c, gasCap)
		return gas, err
	})
	return gas, data, err
}

func (g *guard) AccessList(ctx context.Context, c evm.Call) (*client.AccessListResult, error) {
	return bounded(ctx, g, func(ctx context.Context) (*client.AccessListResult, error) { return g.Backend.AccessList(ctx, c) })
}

func (g *guard) Logs(ctx context.Context, f client.LogFilter) ([]*types.Log, error) {
	return bounded(ctx, g, func(ctx context.Context) ([]*types.Log, error) { return g.Backend.Logs(ctx, f) })
}

func (g *guard) Transaction(ctx context.Context, hash common.Hash) (*client.TxLookup, error) {
	return bounded(ctx, g, func(ctx context.Context) (*client.TxLookup, error) { return g.Backend.Transaction(ctx, hash) })
}

func (g *guard) SendTransaction(ctx context.Context, tx *types.Transaction) error {
	_, err := bounded(ctx, g, func(ctx context.Context) (struct{}, error) { return struct{}{}, g.Backend.SendTransaction(ctx, tx) })
	return err
}

func (g *guard) PendingNonce(ctx context.Context, a common.Address) (uint64, error) {
	return bounded(ctx, g, func(ctx context.Context) (uint64, error) { return g.Backend.PendingNonce(ctx, a) })
}
