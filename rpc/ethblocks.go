package rpc

import (
	"context"
	"errors"
	"fmt"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"
	gethrpc "github.com/ethereum/go-ethereum/rpc"
)

// blockAPI serves what eth_ says about blocks and what is in them.
type blockAPI struct {
	c *chain
}

// ChainId serves eth_chainId.
func (api *blockAPI) ChainId() (*hexutil.Big, error) {
	cfg, err := api.c.config()
	if err != nil {
		return nil, err
	}
	return (*hexutil.Big)(cfg.ChainID), nil
}

// BlockNumber serves eth_blockNumber.
func (api *blockAPI) BlockNumber() (hexutil.Uint64, error) {
	h, err := api.c.latest()
	if err != nil {
		return 0, err
	}
	return hexutil.Uint64(h.Number.Uint64()), nil
}

// Syncing serves eth_syncing.
func (api *blockAPI) Syncing() any {
	s := api.c.Sync()
	if s.Done {
		return false
	}
	return object{
		"startingBlock": hexutil.Uint64(s.Starting),
		"currentBlock":  hexutil.Uint64(s.Current),
		"highestBlock":  hexutil.Uint64(s.Highest),
	}
}

// Accounts serves eth_accounts: keys stay with the wallet.
func (api *blockAPI) Accounts() []common.Address { return []common.Address{} }

// GetBlockByNumber serves eth_getBlockByNumber.
func (api *blockAPI) GetBlockByNumber(ctx context.Context, number gethrpc.BlockNumber, full bool) (object, error) {
	b, err := api.c.blockByNumber(ctx, number)
	if b == nil || err != nil {
		return nil, err
	}
	cfg, err := api.c.config()
	if err != nil {
		return nil, err
	}
	if number == gethrpc.PendingBlockNumber {
		return pendingObject(b, full, cfg), nil
	}
	return blockObject(b, full, cfg), nil
}

// GetBlockByHash serves eth_getBlockByHash.
func (api *blockAPI) GetBlockByHash(ctx context.Context, hash common.Hash, full bool) (object, error) {
	b, err := api.c.blockByHash(ctx, hash)
	if b == nil || err != nil {
		return nil, err
	}
	cfg, err := api.c.config()
	if err != nil {
		return nil, err
	}
	return blockObject(b, full, cfg), nil
}

// GetHeaderByNumber serves eth_getHeaderByNumber; pending, and an unknown safe or finalized block, are null.
func (api *blockAPI) GetHeaderByNumber(ctx context.Context, number gethrpc.BlockNumber) (object, error) {
	if number == gethrpc.PendingBlockNumber {
		return nil, nil
	}
	h, err := api.c.byNumber(ctx, number)
	if isUnknown(err) || errors.Is(err, errSafeNotFound) || errors.Is(err, errFinalNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return headerObject(h), nil
}

// GetHeaderByHash serves eth_getHeaderByHash.
func (api *blockAPI) GetHeaderByHash(ctx context.Context, hash common.Hash) (object, error) {
	h, err := api.c.byHash(ctx, hash)
	if isUnknown(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return headerObject(h), nil
}

// GetBlockTransactionCountByNumber serves eth_getBlockTransactionCountByNumber.
func (api *blockAPI) GetBlockTransactionCountByNumber(ctx context.Context, number gethrpc.BlockNumber) (*hexutil.Uint, error) {
	return count(transactions)(api.c.blockByNumber(ctx, number))
}

// GetBlockTransactionCountByHash serves eth_getBlockTransactionCountByHash.
func (api *blockAPI) GetBlockTransactionCountByHash(ctx context.Context, hash common.Hash) (*hexutil.Uint, error) {
	return count(transactions)(api.c.blockByHash(ctx, hash))
}

// GetUncleCountByBlockNumber serves eth_getUncleCountByBlockNumber.
func (api *blockAPI) GetUncleCountByBlockNumber(ctx context.Context, number gethrpc.BlockNumber) (*hexutil.Uint, error) {
	return count(uncles)(api.c.blockByNumber(ctx, number))
}

// GetUncleCountByBlockHash serves eth_getUncleCountByBlockHash.
func (api *blockAPI) GetUncleCountByBlockHash(ctx context.Context, hash common.Hash) (*hexutil.Uint, error) {
	return count(uncles)(api.c.blockByHash(ctx, hash))
}

func transactions(b *types.Block) int { return len(b.Transactions()) }
func uncles(b *types.Block) int       { return len(b.Uncles()) }

func count(of func(*types.Block) int) func(*types.Block, error) (*hexutil.Uint, error) {
	return func(b *types.Block, err error) (*hexutil.Uint, error) {
		if b == nil || err != nil {
			return nil, err
		}
		n := hexutil.Uint(of(b))
		return &n, nil
	}
}

// GetUncleByBlockNumberAndIndex serves eth_getUncleByBlockNumberAndIndex.
func (api *blockAPI) GetUncleByBlockNumberAndIndex(ctx context.Context, number gethrpc.BlockNumber, index hexutil.Uint) (object, error) {
	return uncle(index)(api.c.blockByNumber(ctx, number))
}

// GetUncleByBlockHashAndIndex serves eth_getUncleByBlockHashAndIndex.
func (api *blockAPI) GetUncleByBlockHashAndIndex(ctx context.Context, hash common.Hash, index hexutil.Uint) (object, error) {
	return uncle(index)(api.c.blockByHash(ctx, hash))
}

func uncle(index hexutil.Uint) func(*types.Block, error) (object, error) {
	return func(b *types.Block, err error) (object, error) {
		if b == nil || err != nil || uint64(index) >= uint64(len(b.Uncles())) {
			return nil, err
		}
		return uncleObject(types.NewBlockWithHeader(b.Uncles()[index])), nil
	}
}

// GetTransactionByBlockNumberAndIndex serves eth_getTransactionByBlockNumberAndIndex.
func (api *blockAPI) GetTransactionByBlockNumberAndIndex(ctx context.Context, number gethrpc.BlockNumber, index hexutil.Uint) (*Transaction, error) {
	b, err := api.c.blockByNumber(ctx, number)
	return api.transactionAt(b, index, number == gethrpc.PendingBlockNumber, err)
}

// GetTransactionByBlockHashAndIndex serves eth_getTransactionByBlockHashAndIndex.
func (api *blockAPI) GetTransactionByBlockHashAndIndex(ctx context.Context, hash common.Hash, index hexutil.Uint) (*Transaction, error) {
	b, err := api.c.blockByHash(ctx, hash)
	return api.transactionAt(b, index, false, err)
}

func (api *blockAPI) transactionAt(b *types.Block, index hexutil.Uint, pending bool, err error) (*Transaction, error) {
	if b == nil || err != nil || uint64(index) >= uint64(len(b.Transactions())) {
		return nil, err
	}
	cfg, err := api.c.config()
	if err != nil {
		return nil, err
	}
	tx := b.Transactions()[index]
	if pending {
		return newTransaction(tx, signerAt(b.Header(), cfg)), nil
	}
	return minedTransaction(tx, b.Header(), b.Hash(), uint64(index), cfg), nil
}

// GetBlockReceipts serves eth_getBlockReceipts.
func (api *blockAPI) GetBlockReceipts(ctx context.Context, ref gethrpc.BlockNumberOrHash) ([]object, error) {
	if number, ok := ref.Number(); ok && number == gethrpc.PendingBlockNumber {
		return nil, errPendingReceipts
	}
	b, err := api.c.block(ctx, ref)
	if b == nil || err != nil {
		return nil, err
	}
	cfg, err := api.c.config()
	if err != nil {
		return nil, err
	}
	receipts, err := api.c.Receipts(ctx, b.Header())
	if err != nil {
		return nil, err
	}
	if len(receipts) != len(b.Transactions()) {
		return nil, fmt.Errorf("receipts length mismatch: %d vs %d", len(b.Transactions()), len(receipts))
	}
	list, signer := make([]object, len(receipts)), signerAt(b.Header(), cfg)
	for i, r := range receipts {
		list[i] = receiptObject(r, b.Header(), b.Hash(), b.Transactions()[i], uint64(i), signer)
	}
	return list, nil
}
