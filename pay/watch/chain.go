package watch

import (
	"context"
	"math/big"

	ethereum "github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
)

// Chain is what a Watcher asks of a node. *ethclient.Client is one, and so is the client of
// ethclient/simulated.
type Chain interface {
	ChainID(ctx context.Context) (*big.Int, error)
	HeaderByNumber(ctx context.Context, number *big.Int) (*types.Header, error)
	HeaderByHash(ctx context.Context, hash common.Hash) (*types.Header, error)
	FilterLogs(ctx context.Context, q ethereum.FilterQuery) ([]types.Log, error)
	SubscribeNewHead(ctx context.Context, ch chan<- *types.Header) (ethereum.Subscription, error)
}

// Reader is what subjects ask of a node: state at a block, by its hash. It fits what abigen
// generates (bind.ContractCaller and bind.BlockHashContractCaller).
type Reader interface {
	CallContract(ctx context.Context, msg ethereum.CallMsg, number *big.Int) ([]byte, error)
	CallContractAtHash(ctx context.Context, msg ethereum.CallMsg, hash common.Hash) ([]byte, error)
	CodeAt(ctx context.Context, account common.Address, number *big.Int) ([]byte, error)
	CodeAtHash(ctx context.Context, account common.Address, hash common.Hash) ([]byte, error)
	BalanceAtHash(ctx context.Context, account common.Address, hash common.Hash) (*big.Int, error)
	NonceAtHash(ctx context.Context, account common.Address, hash common.Hash) (uint64, error)
}

// Node is all that is asked of a node: by a Watcher, its subjects and a Sender.
type Node interface {
	Chain
	Reader
	PendingNonceAt(ctx context.Context, account common.Address) (uint64, error)
	SuggestGasTipCap(ctx context.Context) (*big.Int, error)
	EstimateGas(ctx context.Context, msg ethereum.CallMsg) (uint64, error)
	SendTransaction(ctx context.Context, tx *types.Transaction) error
	TransactionReceipt(ctx context.Context, hash common.Hash) (*types.Receipt, error)
}

func numbered(n uint64) *big.Int { return new(big.Int).SetUint64(n) }
