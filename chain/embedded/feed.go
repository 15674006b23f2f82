package embedded

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"time"

	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/eth/ethconfig"
	"github.com/ethereum/go-ethereum/ethclient"
	"github.com/ethereum/go-ethereum/rlp"
	"github.com/ethereum/go-ethereum/rpc"

	"github.com/candela-les/candela/chain"
)

const (
	// feedInterval is the pause between polls, unless chosen otherwise.
	feedInterval = 500 * time.Millisecond
	// feedBackoff bounds the pause while the node cannot be reached.
	feedBackoff = 10 * time.Second
	// feedTimeout bounds one question to the node.
	feedTimeout = 15 * time.Second
	// feedBatch is how many blocks are fetched and inserted at once.
	feedBatch = 64
	// feedBranch is the longest branch that is looked at. Deeper than this the
	// states to build on are gone, so the branch could not be executed.
	feedBranch = keptStates
)

// feed copies the chain of a node from before the merge. Such nodes speak no
// protocol that go-ethereum 1.17 still speaks, except JSON-RPC.
type feed struct {
	n   *Node
	rpc *rpc.Client
	eth *ethclient.Client
	// noRaw: the node does not offer debug_getRawBlock, so blocks are put together
	// from their JSON.
	noRaw bool
}

// OpenFeed opens a chain and follows another node's. It fails when that node
// cannot be reached or has another genesis; afterwards it waits for a node that
// goes away. It returns before it has caught up.
func OpenFeed(ctx context.Context, cfg FeedConfig) (*Node, error) {
	client, err := rpc.DialContext(ctx, cfg.URL)
	if err != nil {
		return nil, fmt.Errorf("follow %s: %w", cfg.URL, err)
	}
	n, err := open(cfg.Config, layout{genesis: cfg.Genesis, node: isolated(), sync: ethconfig.FullSync})
	if err != nil {
		client.Close()
		return nil, err
	}
	f := &feed{n: n, rpc: client, eth: ethclient.NewClient(client)}
	err = f.checkGenesis(ctx)
	if err == nil {
		n.relay = f.send
		err = n.follow()
	}
	if err != nil {
		client.Close()
		return nil, errors.Join(fmt.Errorf("follow %s: %w", cfg.URL, err), n.Close())
	}
	interval := cfg.Interval
	if interval <= 0 {
		interval = feedInterval
	}
	n.owned.Go(func() { f.run(interval) })
	return n, nil
}

func (f *feed) checkGenesis(ctx context.Context) error {
	theirs, err := f.header(ctx, new(big.Int))
	if err != nil {
		return err
	}
	if ours := f.n.bc.Genesis().Hash(); theirs.Hash() != ours {
		return fmt.Errorf("it has genesis %x, not %x", theirs.Hash(), ours)
	}
	return nil
}

// run polls until the node closes. Trouble is logged when it begins and ends.
func (f *feed) run(interval time.Duration) {
	defer f.rpc.Close()
	pause, troubled := interval, false
	for {
		switch err := f.step(f.n.life); {
		case f.n.life.Err() != nil:
			return
		case err != nil:
			if !troubled {
				f.n.log.Warn("feed stands still", "err", err)
			}
			pause, troubled = min(2*pause, feedBackoff), true
		default:
			if troubled {
				f.n.log.Info("feed goes on")
			}
			pause, troubled = interval, false
		}
		timer := time.NewTimer(pause)
		select {
		case <-timer.C:
		case <-f.n.life.Done():
			timer.Stop()
			return
		}
	}
}

// step brings the chain to the other node's head, if that is heavier.
func (f *feed) step(ctx context.Context) error {
	latest, err := f.header(ctx, nil)
	if err != nil {
		return err
	}
	head := f.n.bc.CurrentBlock()
	if latest.Hash() == head.Hash() {
		return nil
	}
	fork, err := f.forkPoint(ctx, min(head.Number.Uint64(), latest.Number.Uint64()))
	if err != nil {
		return err
	}
	last := latest.Number.Uint64()
	if fork < head.Number.Uint64() {
		return f.branch(ctx, fork, last)
	}
	for first := fork + 1; first <= last; first += feedBatch {
		blocks, err := f.blocks(ctx, first, min(first+feedBatch-1, last))
		if err != nil {
			return err
		}
		if err := f.insert(blocks); err != nil {
			return err
		}
	}
	return nil
}

// forkPoint returns the highest number, at most limit, at which both chains have
// the same block. Chains agree below and differ above it, so it can be bisected.
func (f *feed) forkPoint(ctx context.Context, limit uint64) (uint64, error) {
	agree := func(number uint64) (bool, error) {
		theirs, err := f.header(ctx, new(big.Int).SetUint64(number))
		if err != nil {
			return false, err
		}
		return theirs.Hash() == f.n.bc.GetCanonicalHash(number), nil
	}
	// Most often the answer is the limit or just below it: widen from there.
	low, high := limit, limit+1
	for step := uint64(1); ; step *= 2 {
		same, err := agree(low)
		if err != nil {
			return 0, err
		}
		if same {
			break
		}
		if low == 0 {
			return 0, errors.New("the node has another genesis now")
		}
		high, low = low, low-min(step, low)
	}
	for high-low > 1 {
		middle := low + (high-low)/2
		same, err := agree(middle)
		if err != nil {
			return 0, err
		}
		if same {
			low = middle
		} else {
			high = middle
		}
	}
	return low, nil
}

// branch takes the blocks (fork, last] instead of ours above fork if they are
// heavier. InsertChain would take them in any case.
func (f *feed) branch(ctx context.Context, fork, last uint64) error {
	head := f.n.bc.CurrentBlock()
	if depth := head.Number.Uint64() - fork; depth > feedBranch {
		return fmt.Errorf("the node left our chain %d blocks ago, at block %d", depth, fork)
	}
	ours, err := f.n.td.of(head)
	if err != nil {
		return err
	}
	base := f.n.bc.GetHeaderByNumber(fork)
	if base == nil {
		return fmt.Errorf("header %d is missing: %w", fork, chain.ErrUnavailable)
	}
	theirs, err := f.n.td.of(base)
	if err != nil {
		return err
	}
	theirs = new(big.Int).Set(theirs)
	// A branch that is not heavier after this many blocks is not worth more.
	blocks, err := f.blocks(ctx, fork+1, min(last, head.Number.Uint64()+feedBatch))
	if err != nil {
		return err
	}
	for _, block := range blocks {
		theirs.Add(theirs, block.Difficulty())
	}
	if len(blocks) == 0 || theirs.Cmp(ours) <= 0 {
		return nil
	}
	if blocks[0].ParentHash() != base.Hash() {
		return errors.New("the node's chain moved while it was read")
	}
	// Executed to its end before it becomes the head: one bad block must not leave
	// us on the lighter half of a branch.
	for _, block := range blocks {
		if _, err := f.n.bc.InsertBlockWithoutSetHead(ctx, block, false); err != nil {
			return fmt.Errorf("block %d of the node is invalid: %w", block.NumberU64(), err)
		}
	}
	if _, err := f.n.bc.SetCanonical(blocks[len(blocks)-1]); err != nil {
		return fmt.Errorf("change to the node's branch: %w", err)
	}
	return nil
}

func (f *feed) insert(blocks types.Blocks) error {
	if at, err := f.n.bc.InsertChain(blocks); err != nil {
		return fmt.Errorf("block %d of the node is invalid: %w", blocks[min(at, len(blocks)-1)].NumberU64(), err)
	}
	_, err := f.n.td.of(blocks[len(blocks)-1].Header())
	return err
}

// header reads a header, the latest if number is nil.
func (f *feed) header(ctx context.Context, number *big.Int) (*types.Header, error) {
	ctx, cancel := context.WithTimeout(ctx, feedTimeout)
	defer cancel()
	header, err := f.eth.HeaderByNumber(ctx, number)
	if err != nil {
		return nil, fmt.Errorf("read header: %w", err)
	}
	return header, nil
}

// blocks reads the canonical blocks first to last.
func (f *feed) blocks(ctx context.Context, first, last uint64) (types.Blocks, error) {
	if !f.noRaw {
		blocks, err := f.rawBlocks(ctx, first, last)
		if _, refused := errors.AsType[rpc.Error](err); !refused {
			return blocks, err
		}
		f.noRaw = true // the debug API is off, as it is by default
	}
	ctx, cancel := context.WithTimeout(ctx, feedTimeout)
	defer cancel()
	blocks := make(types.Blocks, 0, last-first+1)
	for number := first; number <= last; number++ {
		block, err := f.eth.BlockByNumber(ctx, new(big.Int).SetUint64(number))
		if err != nil {
			return nil, fmt.Errorf("read block %d: %w", number, err)
		}
		blocks = append(blocks, block)
	}
	return blocks, nil
}

// rawBlocks reads blocks in one round trip and in their consensus encoding.
func (f *feed) rawBlocks(ctx context.Context, first, last uint64) (types.Blocks, error) {
	ctx, cancel := context.WithTimeout(ctx, feedTimeout)
	defer cancel()
	raw := make([]hexutil.Bytes, last-first+1)
	calls := make([]rpc.BatchElem, len(raw))
	for i := range calls {
		calls[i] = rpc.BatchElem{
			Method: "debug_getRawBlock",
			Args:   []any{hexutil.EncodeUint64(first + uint64(i))},
			Result: &raw[i],
		}
	}
	if err := f.rpc.BatchCallContext(ctx, calls); err != nil {
		return nil, fmt.Errorf("read blocks: %w", err)
	}
	blocks := make(types.Blocks, len(raw))
	for i := range calls {
		number := first + uint64(i)
		if err := calls[i].Error; err != nil {
			return nil, fmt.Errorf("read block %d: %w", number, err)
		}
		blocks[i] = new(types.Block)
		if err := rlp.DecodeBytes(raw[i], blocks[i]); err != nil {
			return nil, fmt.Errorf("read block %d: %w", number, err)
		}
	}
	return blocks, nil
}

// send hands a transaction to the node, whose word counts: it makes the blocks,
// or knows who does.
func (f *feed) send(ctx context.Context, tx *types.Transaction) error {
	ctx, cancel := context.WithTimeout(ctx, feedTimeout)
	defer cancel()
	err := f.eth.SendTransaction(ctx, tx)
	var refused rpc.Error
	switch {
	case err == nil:
		return nil
	case !errors.As(err, &refused):
		return fmt.Errorf("%w: %w", chain.ErrUnavailable, err)
	case alreadyKnown(refused):
		return nil
	default:
		return refused
	}
}
