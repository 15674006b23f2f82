package embedded

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/eth/ethconfig"
	"github.com/ethereum/go-ethereum/rlp"

	"github.com/candela-les/candela/chain"
)

// importBatch is how many blocks are inserted at once.
const importBatch = 256

// maxBlockBytes bounds a block's RLP, so that a damaged length cannot ask for all
// memory. Source: EIP-7934 caps blocks at 10 MiB; older ones are far smaller.
const maxBlockBytes = 16 << 20

// OpenGenesis opens a chain by its genesis and imports blocks into it. It returns
// when they are in; without a feed or a consensus client the head then stays.
func OpenGenesis(ctx context.Context, cfg GenesisConfig) (*Node, error) {
	lay := layout{genesis: cfg.Genesis, node: isolated(), sync: ethconfig.FullSync}
	n, err := open(cfg.Config, lay)
	if err != nil {
		return nil, err
	}
	if cfg.Import != "" {
		before := n.bc.CurrentBlock().Number.Uint64()
		err = n.importFile(ctx, cfg.Import, cfg.Progress)
		// Recent states are in memory until the node closes; a crash would take the
		// chain back to its genesis, and there is nobody to send the blocks again.
		if err == nil && cfg.DataDir != "" && n.bc.CurrentBlock().Number.Uint64() > before {
			if err := n.Close(); err != nil {
				return nil, err
			}
			if n, err = open(cfg.Config, lay); err != nil {
				return nil, err
			}
			n.markHead()
		}
	}
	if err == nil {
		err = n.follow()
	}
	if err != nil {
		return nil, errors.Join(err, n.Close())
	}
	return n, nil
}

// markHead makes the head safe and finalized.
func (n *Node) markHead() {
	head := n.bc.CurrentBlock()
	n.bc.SetFinalized(head)
	n.bc.SetSafe(head)
}

// importFile imports a chain.rlp and marks the head safe and finalized: there is
// nobody else to say so, and the operator who chose the file has.
func (n *Node) importFile(ctx context.Context, path string, progress func(uint64)) error {
	file, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("import: %w", err)
	}
	defer file.Close()
	// Both a batch that is being executed and a pipe that is being read end as soon
	// as the context does.
	defer context.AfterFunc(ctx, func() { n.bc.InterruptInsert(true); file.Close() })()
	if err := n.importBlocks(ctx, file, progress); err != nil {
		if ctx.Err() != nil {
			return fmt.Errorf("import %s: %w", path, ctx.Err())
		}
		return fmt.Errorf("import %s: %w (the blocks before that are kept; import a sound file to go on)", path, err)
	}
	n.markHead()
	return nil
}

// importBlocks reads blocks and inserts those that are new. What went in before
// an error stays, and the next import goes on from there.
func (n *Node) importBlocks(ctx context.Context, r io.Reader, progress func(uint64)) error {
	stream := rlp.NewStream(bufio.NewReaderSize(r, 1<<20), 0)
	var last uint64
	for {
		batch, err := readBlocks(ctx, stream, &last)
		if len(batch) > 0 {
			if err := n.insertNew(batch); err != nil {
				return err
			}
			if progress != nil {
				progress(last)
			}
		}
		if errors.Is(err, io.EOF) {
			return ctx.Err() // an interrupted insertion does not say so itself
		}
		if err != nil {
			return err
		}
	}
}

// readBlocks reads up to a batch. It may return blocks and an error; io.EOF says
// that the file ended well.
func readBlocks(ctx context.Context, stream *rlp.Stream, last *uint64) (types.Blocks, error) {
	var batch types.Blocks
	for len(batch) < importBatch {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		block := new(types.Block)
		if _, size, err := stream.Kind(); err == nil && size > maxBlockBytes {
			return batch, fmt.Errorf("damaged after block %d: next item claims %d bytes", *last, size)
		}
		err := stream.Decode(block)
		switch {
		case errors.Is(err, io.EOF):
			return batch, io.EOF
		case errors.Is(err, io.ErrUnexpectedEOF):
			return batch, fmt.Errorf("truncated after block %d", *last)
		case err != nil:
			return batch, fmt.Errorf("damaged after block %d: %w", *last, err)
		}
		*last = block.NumberU64()
		if *last > 0 { // the genesis is there by other means
			batch = append(batch, block)
		}
	}
	return batch, nil
}

// insertNew inserts the blocks that the chain does not have. InsertChain makes
// any branch the head, so a file that leaves the chain is refused instead.
func (n *Node) insertNew(batch types.Blocks) error {
	// Above the head the chain may still name blocks whose states a crash has taken:
	// those have to be executed again.
	head := n.bc.CurrentBlock().Number.Uint64()
	for len(batch) > 0 && batch[0].NumberU64() <= head && n.bc.GetCanonicalHash(batch[0].NumberU64()) == batch[0].Hash() {
		batch = batch[1:]
	}
	if len(batch) == 0 {
		return nil
	}
	good := batch
	for i, block := range batch {
		if parent := n.parentOf(batch, i); block.ParentHash() != parent.Hash {
			good = batch[:i]
			break
		}
	}
	if at, err := n.bc.InsertChain(good); err != nil {
		bad := good[min(at, len(good)-1)]
		return fmt.Errorf("block %d (%x) is invalid: %w", bad.NumberU64(), bad.Hash(), err)
	}
	if len(good) < len(batch) {
		last, stray := n.bc.CurrentBlock(), batch[len(good)]
		return fmt.Errorf("block %d (%x) does not continue the chain, which ends with block %d (%x)",
			stray.NumberU64(), stray.Hash(), last.Number, last.Hash())
	}
	// Summed as it grows, so that no later question has to walk the whole chain.
	_, err := n.td.of(batch[len(batch)-1].Header())
	return err
}

// parentOf is the block that block i of a batch has to stand on.
func (n *Node) parentOf(batch types.Blocks, i int) chain.Block {
	if i == 0 {
		return blockOf(n.bc.CurrentBlock())
	}
	return chain.Block{Number: batch[i-1].NumberU64(), Hash: batch[i-1].Hash()}
}
