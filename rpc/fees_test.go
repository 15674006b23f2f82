package rpc_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math/big"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core"
	"github.com/ethereum/go-ethereum/core/state"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/eth/gasprice"
	"github.com/ethereum/go-ethereum/event"
	"github.com/ethereum/go-ethereum/params"
	gethrpc "github.com/ethereum/go-ethereum/rpc"
	"pgregory.net/rapid"

	"github.com/candela-les/candela/proof/prooftest"
	"github.com/candela-les/candela/rpc"
	"github.com/candela-les/candela/rpc/rpctest"
)

// wholeChain is what go-ethereum's own gas price oracle needs of a chain.
type wholeChain struct{ *prooftest.Chain }

func (n wholeChain) number(number gethrpc.BlockNumber) uint64 {
	switch number {
	case gethrpc.EarliestBlockNumber:
		return 0
	case gethrpc.LatestBlockNumber, gethrpc.SafeBlockNumber, gethrpc.FinalizedBlockNumber:
		return n.CurrentBlock().Number.Uint64()
	}
	return uint64(number)
}

func (n wholeChain) HeaderByNumber(_ context.Context, number gethrpc.BlockNumber) (*types.Header, error) {
	return n.GetHeaderByNumber(n.number(number)), nil
}

func (n wholeChain) BlockByNumber(_ context.Context, number gethrpc.BlockNumber) (*types.Block, error) {
	return n.GetBlockByNumber(n.number(number)), nil
}

func (n wholeChain) GetReceipts(_ context.Context, hash common.Hash) (types.Receipts, error) {
	return n.GetReceiptsByHash(hash), nil
}

func (n wholeChain) ChainConfig() *params.ChainConfig { return n.Config() }

func (n wholeChain) Pending() (*types.Block, types.Receipts, *state.StateDB) { return nil, nil, nil }

func (n wholeChain) SubscribeChainHeadEvent(chan<- core.ChainHeadEvent) event.Subscription {
	return nil
}

func oracle(chain *prooftest.Chain) *gasprice.Oracle {
	return gasprice.NewOracle(wholeChain{chain}, gasprice.Config{
		Blocks:           20,
		Percentile:       60,
		MaxHeaderHistory: 1024,
		MaxBlockHistory:  1024,
		MaxPrice:         gasprice.DefaultMaxPrice,
		IgnorePrice:      gasprice.DefaultIgnorePrice,
	}, big.NewInt(params.GWei/1000))
}

// TestTip: the suggestion is go-ethereum's, block after block, also where blocks are empty or say too little. Where some
// blocks say much and some little, how far back go-ethereum looks depends on which of its workers is first; such chains
// are left out.
func TestTip(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		f := rpctest.NewFork(t)
		addr := rpctest.Serve(t, rpc.Config{Backend: f})
		want := oracle(f.Chain())
		shape := rapid.SampledFrom([]struct {
			blocks, least, most int
			tips                []int64
		}{
			{20, 0, 4, []int64{0, 1, 2, 3, 1000, 5e8, 7e8, 6e11}}, // all are sampled anyway
			{60, 0, 1, []int64{0, 1, 2, 1000, 5e8, 6e11}},         // none has more than one to say
			{30, 2, 4, []int64{2, 3, 1000, 5e8, 6e11}},            // none has less than two to say
		}).Draw(rt, "shape")
		for left := shape.blocks; left > 0; {
			step := rapid.IntRange(1, left).Draw(rt, "blocks")
			left -= step
			blocks := f.Make(t, f.Chain().CurrentBlock(), step, func(int) (txs []rpctest.Tx) {
				for range rapid.IntRange(shape.least, shape.most).Draw(rt, "transactions") {
					txs = append(txs, rpctest.Tx{Topic: 1, Tip: rapid.SampledFrom(shape.tips).Draw(rt, "tip")})
				}
				return txs
			})
			f.Insert(t, blocks)
			checkTip(rt, t, addr, f, want)
		}
	})
}

func checkTip(rt *rapid.T, t *testing.T, addr string, f *rpctest.Fork, want *gasprice.Oracle) {
	tip, err := want.SuggestTipCap(context.Background())
	if err != nil {
		rt.Fatal(err)
	}
	var got, price hexutil.Big
	rpctest.Result(t, addr, "eth_maxPriorityFeePerGas", "", &got)
	rpctest.Result(t, addr, "eth_gasPrice", "", &price)
	if got.ToInt().Cmp(tip) != 0 {
		rt.Fatalf("tip %v, want %v", got.ToInt(), tip)
	}
	if sum := tip.Add(tip, f.Chain().CurrentBlock().BaseFee); price.ToInt().Cmp(sum) != 0 {
		rt.Fatalf("gas price %v, want %v", price.ToInt(), sum)
	}
}

func history(t *testing.T, o *gasprice.Oracle, blocks uint64, last gethrpc.BlockNumber, percentiles []float64) (*rpc.FeeHistory, error) {
	t.Helper()
	oldest, reward, base, ratio, blob, blobRatio, err := o.FeeHistory(t.Context(), blocks, last, percentiles)
	if err != nil {
		return nil, err
	}
	hex := func(list []*big.Int) (h []*hexutil.Big) {
		for _, v := range list {
			h = append(h, (*hexutil.Big)(v))
		}
		return h
	}
	h := &rpc.FeeHistory{OldestBlock: (*hexutil.Big)(oldest), BaseFee: hex(base), BlobBaseFee: hex(blob), GasUsedRatio: ratio, BlobGasUsedRatio: blobRatio}
	for _, row := range reward {
		h.Reward = append(h.Reward, hex(row))
	}
	return h, nil
}

// TestFeeHistory: history and errors are go-ethereum's, over every fork of the conformance chain.
func TestFeeHistory(t *testing.T) {
	d := rpctest.Conformance(t)
	addr := rpctest.Serve(t, rpc.Config{Backend: d})
	want := oracle(d.Chain())
	for _, blocks := range []uint64{0, 1, 3, 60, 2000} {
		for _, last := range []gethrpc.BlockNumber{0, 1, 26, 27, 41, 43, 54, 55, gethrpc.LatestBlockNumber, gethrpc.EarliestBlockNumber, gethrpc.SafeBlockNumber} {
			for _, percentiles := range [][]float64{{}, {0}, {100}, {5, 50.5, 95}, {50, 50}, {7, 3}, {-1}, {101}, make([]float64, 101)} {
				list, _ := json.Marshal(percentiles)
				args := fmt.Sprintf(`"0x%x","%s",%s`, blocks, last, list)
				a := rpctest.Ask(t, addr, "eth_feeHistory", args)
				h, err := history(t, want, blocks, last, percentiles)
				if err != nil {
					if a.Error == nil || a.Error.String() != "-32000 "+err.Error() {
						t.Errorf("%s: %s %v, want error %v", args, a.Result, a.Error, err)
					}
					continue
				}
				// A block that raises the blob fee from nothing is told twice there, in whatever order its workers end.
				fixBoundary(h, d.Chain())
				if expect, _ := json.Marshal(h); a.Error != nil || string(a.Result) != string(expect) {
					t.Errorf("%s: %s %v\nwant %s", args, a.Result, a.Error, expect)
				}
			}
		}
	}
}

// fixBoundary sets the blob base fee of Cancun's first block, 42, which go-ethereum overwrites at times with what its
// parent predicts.
func fixBoundary(h *rpc.FeeHistory, chain *prooftest.Chain) {
	at := int64(42) - h.OldestBlock.ToInt().Int64()
	if chain.CurrentBlock().Number.Uint64() == 54 && at >= 0 && at < int64(len(h.BlobBaseFee))-1 {
		h.BlobBaseFee[at] = (*hexutil.Big)(common.Big1)
	}
}

// TestFeeHistoryPending: the pending block is there, with its base fee and nothing in it.
func TestFeeHistoryPending(t *testing.T) {
	d := rpctest.Conformance(t)
	addr := rpctest.Serve(t, rpc.Config{Backend: d})
	a := rpctest.Ask(t, addr, "eth_feeHistory", `"0x2","pending",[50]`)
	want := `{"oldestBlock":"0x36","reward":[["0x1"],["0x0"]],"baseFeePerGas":["0x1a21397","0x16dfe9b","0x1403ec8"],"gasUsedRatio":[0.001699125,0],"baseFeePerBlobGas":["0x1","0x1","0x1"],"blobGasUsedRatio":[0,0]}`
	if a.Error != nil || string(a.Result) != want {
		t.Errorf("%s %v\nwant %s", a.Result, a.Error, want)
	}
}

// TestFeesAfterReorg: what was learned of a block that is gone is not told of the one in its place.
func TestFeesAfterReorg(t *testing.T) {
	f := rpctest.NewFork(t)
	addr := rpctest.Serve(t, rpc.Config{Backend: f})
	root := f.Chain().CurrentBlock()
	var before, after rpc.FeeHistory
	f.Grow(t, root, 2, 1)
	rpctest.Result(t, addr, "eth_feeHistory", `"0x2","latest",[50]`, &before)
	f.Grow(t, root, 2)
	rpctest.Result(t, addr, "eth_feeHistory", `"0x2","latest",[50]`, &after)
	if before.GasUsedRatio[1] == 0 || after.GasUsedRatio[1] != 0 || after.Reward[1][0].ToInt().Sign() != 0 {
		t.Errorf("before %+v, after %+v", before, after)
	}
}
