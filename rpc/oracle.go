package rpc

import (
	"context"
	"math/big"
	"slices"
	"sync"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/lru"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/params"
)

// The settings of go-ethereum's gas price oracle for a full node, which wallets are used to.
const (
	sampledBlocks  = 20 // and at most twice as many where blocks have little to say
	samplesOfBlock = 3  // the lowest tips of a block
	tipPercentile  = 60
	minSampledTip  = 2                 // wei; lower ones are a producer's own business
	initialTip     = params.GWei / 1e3 // wei; where no block says anything
	maxTip         = 500 * params.GWei // wei
	fetchers       = 4                 // blocks asked for at the same time
)

// oracle suggests a tip as go-ethereum's eth/gasprice does, from verified blocks. It keeps what it learned of each block
// by hash, so that a new head costs one block and a reorg changes no more than it should.
type oracle struct {
	*chain

	samples *lru.Cache[common.Hash, []*big.Int]
	history *lru.Cache[feeKey, *blockFees]

	// asking holds a token while somebody samples blocks; the others wait for the result instead of sampling too.
	asking chan struct{}

	mu struct {
		sync.Mutex
		head common.Hash // block that last belongs to
		last *big.Int    // last suggestion, in wei
	}
}

func newOracle(c *chain) *oracle {
	o := &oracle{
		chain:   c,
		asking:  make(chan struct{}, 1),
		samples: lru.NewCache[common.Hash, []*big.Int](4 * sampledBlocks),
		history: lru.NewCache[feeKey, *blockFees](2048),
	}
	o.mu.last = big.NewInt(initialTip)
	return o
}

// tip suggests a priority fee, in wei, that the coming blocks will most likely take.
func (o *oracle) tip(ctx context.Context) (*big.Int, error) {
	head, err := o.latest()
	if err != nil {
		return nil, err
	}
	hash := head.Hash()
	if _, ok := o.suggested(hash); !ok {
		select {
		case o.asking <- struct{}{}:
			defer func() { <-o.asking }()
		case <-ctx.Done():
			return nil, asFailure(ctx.Err())
		}
	}
	last, ok := o.suggested(hash)
	if ok {
		return new(big.Int).Set(last), nil
	}
	tips, err := o.recentTips(ctx, head, last)
	if err != nil {
		return nil, err
	}
	tip := last
	if len(tips) > 0 {
		slices.SortFunc(tips, (*big.Int).Cmp)
		tip = tips[(len(tips)-1)*tipPercentile/100]
	}
	if limit := big.NewInt(maxTip); tip.Cmp(limit) > 0 {
		tip = limit
	}
	o.mu.Lock()
	o.mu.head, o.mu.last = hash, tip
	o.mu.Unlock()
	return new(big.Int).Set(tip), nil
}

// suggested returns the last suggestion, and whether it is for the given head.
func (o *oracle) suggested(head common.Hash) (*big.Int, bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.mu.last, o.mu.head == head
}

// recentTips samples the blocks up to head. A block with nothing to say counts as the last suggestion, and one with a
// single sample makes an older block be asked too.
func (o *oracle) recentTips(ctx context.Context, head *types.Header, last *big.Int) ([]*big.Int, error) {
	var tips []*big.Int
	next := head.Number.Uint64()
	for wanted := sampledBlocks; wanted > 0 && next > 0; {
		batch := min(uint64(wanted), next)
		first := next - batch + 1
		found, err := each(ctx, first, batch, func(ctx context.Context, number uint64) ([]*big.Int, error) {
			return o.sample(ctx, head, number)
		})
		if err != nil {
			return nil, err
		}
		next, wanted = first-1, 0
		slices.Reverse(found) // newest first, the order that decides which blocks are asked in their place
		for i, block := range found {
			if len(block) == 0 {
				block = []*big.Int{last}
			}
			if outstanding := len(found) - 1 - i + wanted; len(block) == 1 && len(tips)+1+outstanding < 2*sampledBlocks {
				wanted++
			}
			tips = append(tips, block...)
		}
	}
	return tips, nil
}

// sample returns the lowest few tips of a block that its own producer did not pay, ascending.
func (o *oracle) sample(ctx context.Context, head *types.Header, number uint64) ([]*big.Int, error) {
	cfg, err := o.config()
	if err != nil {
		return nil, err
	}
	h, err := o.ancestor(ctx, head, number)
	if err != nil {
		return nil, err
	}
	if tips, ok := o.samples.Get(h.Hash()); ok {
		return tips, nil
	}
	block, err := o.Block(ctx, h)
	if err != nil {
		return nil, err
	}
	tips := lowestTips(block, signerAt(h, cfg))
	o.samples.Add(h.Hash(), tips)
	return tips, nil
}

func lowestTips(b *types.Block, signer types.Signer) []*big.Int {
	var tips []*big.Int
	for _, tx := range b.Transactions() {
		tip, _ := tx.EffectiveGasTip(b.BaseFee())
		if tip.Cmp(big.NewInt(minSampledTip)) < 0 {
			continue
		}
		if sender, err := types.Sender(signer, tx); err != nil || sender == b.Coinbase() {
			continue
		}
		tips = append(tips, tip)
	}
	slices.SortFunc(tips, (*big.Int).Cmp)
	return tips[:min(len(tips), samplesOfBlock)]
}

// ancestor is the header with the given number on the chain that head ends.
func (c *chain) ancestor(ctx context.Context, head *types.Header, number uint64) (*types.Header, error) {
	if number == head.Number.Uint64() {
		return head, nil
	}
	return known(errHeaderNotFound)(c.HeaderByNumber(ctx, number))
}

// each asks for count numbers from first on, a few at the same time, and returns the answers in ascending order or the
// first error.
func each[T any](ctx context.Context, first, count uint64, ask func(context.Context, uint64) (T, error)) ([]T, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	answers, next := make([]T, count), make(chan uint64)
	var wg sync.WaitGroup
	for range min(count, fetchers) {
		wg.Go(func() {
			for i := range next {
				answer, err := ask(ctx, first+i)
				if err != nil {
					cancel(err)
				}
				answers[i] = answer
			}
		})
	}
	for i := range count {
		if ctx.Err() != nil {
			break
		}
		next <- i
	}
	close(next)
	wg.Wait()
	return answers, context.Cause(ctx)
}
