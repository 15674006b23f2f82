package rpc

import (
	"context"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/params"

	"github.com/candela-les/candela/client"
	"github.com/candela-les/candela/client/bidder"
	"github.com/candela-les/candela/proof/evm"
)

// Backend is what the endpoint needs of a light client. Every method that returns chain data returns it proven, or an
// error of package client that says why not. Implementations are safe for concurrent use.
type Backend interface {
	// Config is the chain's configuration, nil while a client that has none of its own has not learned one. It is for
	// what no fork changes; what depends on the rules of a block asks ConfigAt, which fails where they are not known for
	// sure.
	Config() *params.ChainConfig
	ConfigAt(context.Context, *types.Header) (*params.ChainConfig, error)
	NetworkID() uint64
	Genesis() common.Hash

	// Heads and Sync answer at once, from memory. Latest is never nil without an error, Safe and Finalized may be.
	Heads() (client.Heads, error)
	Sync() client.SyncStatus

	// HeaderByHash and HeaderByNumber fail with client.ErrNotFound where there is no such block.
	HeaderByHash(context.Context, common.Hash) (*types.Header, error)
	HeaderByNumber(context.Context, uint64) (*types.Header, error)
	Block(context.Context, *types.Header) (*types.Block, error)
	// Receipts come with every field derived.
	Receipts(context.Context, *types.Header) (types.Receipts, error)

	// Account is never nil: an account proven absent is empty.
	Account(context.Context, *types.Header, common.Address) (*types.StateAccount, error)
	Storage(context.Context, *types.Header, common.Address, []common.Hash) ([]common.Hash, error)
	Code(context.Context, *types.Header, common.Address) ([]byte, error)
	Proof(context.Context, *types.Header, common.Address, []common.Hash) (*client.AccountProof, error)

	Call(context.Context, evm.Call) (*core.ExecutionResult, error)
	EstimateGas(ctx context.Context, call evm.Call, gasCap uint64) (gas uint64, revertData []byte, err error)
	AccessList(context.Context, evm.Call) (*client.AccessListResult, error)

	// Logs are complete for the filter, in chain order.
	Logs(context.Context, client.LogFilter) ([]*types.Log, error)

	// Transaction tells client.ErrTxUnknown (agreed by the trusted servers) from client.ErrTxUnindexed.
	Transaction(context.Context, common.Hash) (*client.TxLookup, error)
	SendTransaction(context.Context, *types.Transaction) error
	PendingTransactions() []*types.Transaction
	PendingNonce(context.Context, common.Address) (uint64, error)

	// SubscribeHeads delivers every change of the head, no number skipped, until the returned function is called.
	SubscribeHeads(chan<- client.HeadEvent) func()
	SubscribePendingTransactions(chan<- *types.Transaction) func()

	Status() client.Status
	// Demand, Market and Spending say what is bought, where, and what for; SetDemand changes it, in the words of
	// buyer.ParseDemand. They fail with client.ErrNotBuying where nothing can be.
	Demand() (bidder.DemandStatus, error)
	SetDemand(words string) error
	Market() ([]bidder.SellerStatus, error)
	Spending() (bidder.SpendingStatus, error)
	LastProof() *client.ProofRecord
}
