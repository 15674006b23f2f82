package rpc

import (
	"context"
	"errors"
	"math/big"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/consensus/misc/eip4844"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/params"
	gethrpc "github.com/ethereum/go-ethereum/rpc"
	"github.com/ethereum/go-ethereum/trie"

	"github.com/candela-les/candela/client"
)

// chain resolves what a request says about a block, for all methods alike.
type chain struct {
	Backend
}

// config is the chain's configuration, or the error that says it is not known yet.
func (c *chain) config() (*params.ChainConfig, error) {
	if cfg := c.Config(); cfg != nil {
		return cfg, nil
	}
	return nil, asFailure(client.ErrNoConfig)
}

func (c *chain) latest() (*types.Header, error) {
	heads, err := c.Heads()
	if err != nil {
		return nil, err
	}
	return heads.Latest, nil
}

// byNumber returns the header that a number or tag means; pending state is that of the latest block.
func (c *chain) byNumber(ctx context.Context, number gethrpc.BlockNumber) (*types.Header, error) {
	heads, err := c.Heads()
	if err != nil {
		return nil, err
	}
	switch number {
	case gethrpc.LatestBlockNumber, gethrpc.PendingBlockNumber:
		return heads.Latest, nil
	case gethrpc.SafeBlockNumber:
		if heads.Safe == nil {
			return nil, errSafeNotFound
		}
		return heads.Safe, nil
	case gethrpc.FinalizedBlockNumber:
		if heads.Finalized == nil {
			return nil, errFinalNotFound
		}
		return heads.Finalized, nil
	case gethrpc.EarliestBlockNumber:
		number = 0
	}
	switch n := uint64(number); {
	case n > heads.Latest.Number.Uint64():
		return nil, errHeaderNotFound
	case n == heads.Latest.Number.Uint64():
		return heads.Latest, nil
	default:
		return known(errHeaderNotFound)(c.HeaderByNumber(ctx, n))
	}
}

func (c *chain) byHash(ctx context.Context, hash common.Hash) (*types.Header, error) {
	return known(errHashNotFound)(c.HeaderByHash(ctx, hash))
}

// known puts go-ethereum's words for an unknown block in place of the backend's.
func known(unknown error) func(*types.Header, error) (*types.Header, error) {
	return func(h *types.Header, err error) (*types.Header, error) {
		if errors.Is(err, client.ErrNotFound) || (err == nil && h == nil) {
			return nil, unknown
		}
		return h, err
	}
}

// resolve returns the header of an EIP-1898 block parameter; an omitted one means latest.
func (c *chain) resolve(ctx context.Context, ref *gethrpc.BlockNumberOrHash) (*types.Header, error) {
	if ref == nil {
		return c.latest()
	}
	if number, ok := ref.Number(); ok {
		return c.byNumber(ctx, number)
	}
	hash, ok := ref.Hash()
	if !ok {
		return nil, errors.New("invalid arguments; neither block nor hash specified")
	}
	h, err := c.byHash(ctx, hash)
	if err != nil || !ref.RequireCanonical {
		return h, err
	}
	canonical, err := c.byNumber(ctx, gethrpc.BlockNumber(h.Number.Int64()))
	if err != nil && !isUnknown(err) {
		return nil, err
	}
	if canonical == nil || canonical.Hash() != hash {
		return nil, errNotCanonical
	}
	return h, nil
}

// blockByNumber is nil without an error where there is no such block.
func (c *chain) blockByNumber(ctx context.Context, number gethrpc.BlockNumber) (*types.Block, error) {
	if number == gethrpc.PendingBlockNumber {
		return c.pendingBlock(ctx)
	}
	return c.body(ctx)(c.byNumber(ctx, number))
}

// blockByHash is nil without an error where there is no such block.
func (c *chain) blockByHash(ctx context.Context, hash common.Hash) (*types.Block, error) {
	return c.body(ctx)(c.byHash(ctx, hash))
}

// block is blockByNumber or blockByHash by an EIP-1898 parameter.
func (c *chain) block(ctx context.Context, ref gethrpc.BlockNumberOrHash) (*types.Block, error) {
	if number, ok := ref.Number(); ok && number == gethrpc.PendingBlockNumber {
		return nil, errPendingBlock
	}
	return c.body(ctx)(c.resolve(ctx, &ref))
}

func (c *chain) body(ctx context.Context) func(*types.Header, error) (*types.Block, error) {
	return func(h *types.Header, err error) (*types.Block, error) {
		if isUnknown(err) {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		return c.Block(ctx, h)
	}
}

// pendingBlock is the block after the latest, as far as it can be known: its place, its base fee, and the transactions
// sent through this endpoint. Nothing is executed for it, so roots, bloom and gas used are zero.
func (c *chain) pendingBlock(ctx context.Context) (*types.Block, error) {
	parent, cfg, err := c.latestWithConfig(ctx)
	if err != nil {
		return nil, err
	}
	h := &types.Header{
		ParentHash: parent.Hash(),
		Number:     new(big.Int).Add(parent.Number, common.Big1),
		GasLimit:   parent.GasLimit,
		Time:       parent.Time + 1,
		Difficulty: parent.Difficulty,
		MixDigest:  parent.MixDigest,
	}
	h.BaseFee = nextBaseFee(parent, cfg)
	if cfg.IsCancun(h.Number, h.Time) {
		excess := eip4844.CalcExcessBlobGas(cfg, parent, h.Time)
		h.ExcessBlobGas, h.BlobGasUsed = &excess, new(uint64)
	}
	body := &types.Body{Transactions: c.PendingTransactions()}
	if cfg.IsShanghai(h.Number, h.Time) {
		body.Withdrawals = types.Withdrawals{}
	}
	return types.NewBlock(h, body, nil, trie.NewStackTrie(nil)), nil
}
