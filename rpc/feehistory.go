package rpc

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"slices"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/common/math"
	"github.com/ethereum/go-ethereum/consensus/misc/eip1559"
	"github.com/ethereum/go-ethereum/consensus/misc/eip4844"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/params"
	gethrpc "github.com/ethereum/go-ethereum/rpc"
)

// Limits of eth_feeHistory, those of go-ethereum.
const (
	maxFeeHistory  = 1024 // blocks
	maxPercentiles = 100
)

var (
	errInvalidPercentile = errors.New("invalid reward percentile")
	errBeyondHead        = errors.New("request beyond head block")
)

// feeAPI serves what eth_ says about prices.
type feeAPI struct {
	o *oracle
}

// GasPrice serves eth_gasPrice: base fee of the latest block plus the suggested tip.
func (api *feeAPI) GasPrice(ctx context.Context) (*hexutil.Big, error) {
	tip, err := api.o.tip(ctx)
	if err != nil {
		return nil, err
	}
	h, err := api.o.latest()
	if err != nil {
		return nil, err
	}
	if h.BaseFee != nil {
		tip.Add(tip, h.BaseFee)
	}
	return (*hexutil.Big)(tip), nil
}

// MaxPriorityFeePerGas serves eth_maxPriorityFeePerGas.
func (api *feeAPI) MaxPriorityFeePerGas(ctx context.Context) (*hexutil.Big, error) {
	tip, err := api.o.tip(ctx)
	return (*hexutil.Big)(tip), err
}

// BaseFee serves eth_baseFee: that of the next block, null before London.
func (api *feeAPI) BaseFee(ctx context.Context) (*hexutil.Big, error) {
	h, cfg, err := api.o.latestWithConfig(ctx)
	if err != nil {
		return nil, err
	}
	return (*hexutil.Big)(nextBaseFee(h, cfg)), nil
}

// BlobBaseFee serves eth_blobBaseFee: that of the latest block, null before Cancun.
func (api *feeAPI) BlobBaseFee(ctx context.Context) (*hexutil.Big, error) {
	h, cfg, err := api.o.latestWithConfig(ctx)
	if err != nil || h.ExcessBlobGas == nil {
		return nil, err
	}
	return (*hexutil.Big)(eip4844.CalcBlobFee(cfg, h)), nil
}

// latestWithConfig also returns the configuration for what depends on the latest block's rules.
func (c *chain) latestWithConfig(ctx context.Context) (*types.Header, *params.ChainConfig, error) {
	h, err := c.latest()
	if err != nil {
		return nil, nil, err
	}
	cfg, err := c.ConfigAt(ctx, h)
	return h, cfg, err
}

// FeeHistory is the answer of eth_feeHistory. The base fee lists are one longer than the others: they include the block
// after the last.
type FeeHistory struct {
	OldestBlock      *hexutil.Big     `json:"oldestBlock"`
	Reward           [][]*hexutil.Big `json:"reward,omitempty"`
	BaseFee          []*hexutil.Big   `json:"baseFeePerGas,omitempty"`
	GasUsedRatio     []float64        `json:"gasUsedRatio"`
	BlobBaseFee      []*hexutil.Big   `json:"baseFeePerBlobGas,omitempty"`
	BlobGasUsedRatio []float64        `json:"blobGasUsedRatio,omitempty"`
}

// FeeHistory serves eth_feeHistory.
func (api *feeAPI) FeeHistory(ctx context.Context, blocks math.HexOrDecimal64, last gethrpc.BlockNumber, percentiles []float64) (*FeeHistory, error) {
	none := &FeeHistory{OldestBlock: new(hexutil.Big)}
	if blocks == 0 {
		return none, nil
	}
	if err := checkPercentiles(percentiles); err != nil {
		return nil, err
	}
	head, err := api.o.latest()
	if err != nil {
		return nil, err
	}
	end, count, err := api.feeRange(ctx, head, last, min(uint64(blocks), maxFeeHistory))
	if err != nil {
		return nil, err
	}
	first, mined := end+1-count, count
	if last == gethrpc.PendingBlockNumber {
		mined--
	}
	fees, err := each(ctx, first, mined, func(ctx context.Context, number uint64) (*blockFees, error) {
		return api.o.blockFees(ctx, head, number, percentiles)
	})
	if err != nil {
		return nil, err
	}
	if last == gethrpc.PendingBlockNumber {
		// Nothing is executed for the pending block: no gas used, no rewards.
		pending, err := api.o.pendingFees(ctx, len(percentiles))
		if err != nil {
			return nil, err
		}
		fees = append(fees, pending)
	}
	return assemble(first, fees, len(percentiles) > 0), nil
}

func checkPercentiles(percentiles []float64) error {
	if len(percentiles) > maxPercentiles {
		return fmt.Errorf("%w: over the query limit %d", errInvalidPercentile, maxPercentiles)
	}
	for i, p := range percentiles {
		if p < 0 || p > 100 {
			return fmt.Errorf("%w: %f", errInvalidPercentile, p)
		}
		if i > 0 && p <= percentiles[i-1] {
			return fmt.Errorf("%w: #%d:%f >= #%d:%f", errInvalidPercentile, i-1, percentiles[i-1], i, p)
		}
	}
	return nil
}

// feeRange resolves which blocks are asked for: the last one's number, and how many there are.
func (api *feeAPI) feeRange(ctx context.Context, head *types.Header, last gethrpc.BlockNumber, count uint64) (end, blocks uint64, err error) {
	if number := head.Number.Int64(); last.Int64() > number {
		return 0, 0, fmt.Errorf("%w: requested %d, head %d", errBeyondHead, last, number)
	}
	switch last {
	case gethrpc.LatestBlockNumber:
		end = head.Number.Uint64()
	case gethrpc.PendingBlockNumber:
		end = head.Number.Uint64() + 1
	default:
		h, err := api.o.byNumber(ctx, last)
		if err != nil {
			return 0, 0, err
		}
		end = h.Number.Uint64()
	}
	return end, min(count, end+1), nil
}

type feeKey struct {
	block       common.Hash
	percentiles string
}

// blockFees is what one block contributes to a fee history, in wei and fractions.
type blockFees struct {
	reward            []*big.Int
	baseFee, nextBase *big.Int
	blobFee, nextBlob *big.Int
	gasRatio          float64
	blobRatio         float64
}

func (o *oracle) blockFees(ctx context.Context, head *types.Header, number uint64, percentiles []float64) (*blockFees, error) {
	h, err := o.ancestor(ctx, head, number)
	if err != nil {
		return nil, err
	}
	cfg, err := o.ConfigAt(ctx, h)
	if err != nil {
		return nil, err
	}
	key := feeKey{h.Hash(), fmt.Sprint(percentiles)}
	if fees, ok := o.history.Get(key); ok {
		return fees, nil
	}
	fees := headerFees(h, cfg)
	if len(percentiles) > 0 {
		block, err := o.Block(ctx, h)
		if err != nil {
			return nil, err
		}
		receipts, err := o.Receipts(ctx, h)
		if err != nil {
			return nil, err
		}
		if len(receipts) != len(block.Transactions()) {
			return nil, fmt.Errorf("receipts length mismatch: %d vs %d", len(block.Transactions()), len(receipts))
		}
		fees.reward = rewards(block, receipts, percentiles)
	}
	o.history.Add(key, fees)
	return fees, nil
}

func (o *oracle) pendingFees(ctx context.Context, percentiles int) (*blockFees, error) {
	_, cfg, err := o.latestWithConfig(ctx)
	if err != nil {
		return nil, err
	}
	block, err := o.pendingBlock(ctx)
	if err != nil {
		return nil, err
	}
	fees := headerFees(block.Header(), cfg)
	for range percentiles {
		fees.reward = append(fees.reward, new(big.Int))
	}
	return fees, nil
}

func headerFees(h *types.Header, cfg *params.ChainConfig) *blockFees {
	f := &blockFees{
		baseFee:  new(big.Int),
		nextBase: new(big.Int),
		blobFee:  new(big.Int),
		nextBlob: new(big.Int),
		gasRatio: float64(h.GasUsed) / float64(h.GasLimit),
	}
	if h.BaseFee != nil {
		f.baseFee = h.BaseFee
	}
	if cfg.IsLondon(new(big.Int).Add(h.Number, common.Big1)) {
		f.nextBase = eip1559.CalcBaseFee(cfg, h)
	}
	if h.ExcessBlobGas != nil {
		f.blobFee = eip4844.CalcBlobFee(cfg, h)
		excess := eip4844.CalcExcessBlobGas(cfg, h, h.Time)
		f.nextBlob = eip4844.CalcBlobFee(cfg, &types.Header{Number: h.Number, Time: h.Time, ExcessBlobGas: &excess})
	}
	if h.BlobGasUsed != nil {
		if most := eip4844.MaxBlobGasPerBlock(cfg, h.Time); most != 0 {
			f.blobRatio = float64(*h.BlobGasUsed) / float64(most)
		}
	}
	return f
}

// rewards are the tips at the given percentiles of the block's gas, its transactions ordered by tip.
func rewards(b *types.Block, receipts types.Receipts, percentiles []float64) []*big.Int {
	reward := make([]*big.Int, len(percentiles))
	if len(receipts) == 0 {
		for i := range reward {
			reward[i] = new(big.Int)
		}
		return reward
	}
	type paid struct {
		gas uint64
		tip *big.Int
	}
	txs := make([]paid, len(receipts))
	for i, tx := range b.Transactions() {
		tip, _ := tx.EffectiveGasTip(b.BaseFee())
		txs[i] = paid{receipts[i].GasUsed, tip}
	}
	slices.SortStableFunc(txs, func(a, b paid) int { return a.tip.Cmp(b.tip) })
	at, gas := 0, txs[0].gas
	for i, p := range percentiles {
		threshold := uint64(float64(b.GasUsed()) * p / 100)
		for gas < threshold && at < len(txs)-1 {
			at++
			gas += txs[at].gas
		}
		reward[i] = txs[at].tip
	}
	return reward
}

func assemble(first uint64, fees []*blockFees, withRewards bool) *FeeHistory {
	h := &FeeHistory{OldestBlock: (*hexutil.Big)(new(big.Int).SetUint64(first))}
	for _, f := range fees {
		h.BaseFee = append(h.BaseFee, (*hexutil.Big)(f.baseFee))
		h.BlobBaseFee = append(h.BlobBaseFee, (*hexutil.Big)(f.blobFee))
		h.GasUsedRatio = append(h.GasUsedRatio, f.gasRatio)
		h.BlobGasUsedRatio = append(h.BlobGasUsedRatio, f.blobRatio)
		if withRewards {
			row := make([]*hexutil.Big, len(f.reward))
			for i, r := range f.reward {
				row[i] = (*hexutil.Big)(r)
			}
			h.Reward = append(h.Reward, row)
		}
	}
	end := fees[len(fees)-1]
	h.BaseFee = append(h.BaseFee, (*hexutil.Big)(end.nextBase))
	h.BlobBaseFee = append(h.BlobBaseFee, (*hexutil.Big)(end.nextBlob))
	return h
}
