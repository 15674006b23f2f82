package embedded

import (
	"context"
	"fmt"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/rawdb"

	"github.com/candela-les/candela/chain"
)

// Info returns what does not change.
func (n *Node) Info() chain.Info { return n.info }

// Capabilities: a node in this process can answer everything.
func (n *Node) Capabilities() chain.Capabilities {
	return chain.Capabilities{HashedKeys: true, Witness: true, LogCandidates: true, TxRelay: true, HelperTries: true}
}

// Ranges says what is present now; all None once the node is closed.
func (n *Node) Ranges() chain.Ranges {
	if n.gate.enter(context.Background()) != nil {
		return chain.Ranges{
			Headers: chain.None, Bodies: chain.None, Receipts: chain.None,
			State: chain.None, TxIndex: chain.None,
		}
	}
	defer n.gate.leave()
	cutoff, _ := n.bc.HistoryPruningCutoff()
	r := chain.Ranges{Bodies: cutoff, Receipts: cutoff, TxIndex: chain.None, Recent: keptStates}
	if n.archiveFrom != chain.None {
		r.Recent = 0
	}
	n.heads.mu.Lock()
	r.State = n.heads.mu.stateFrom
	n.heads.mu.Unlock()
	// The index is written from the head down; its tail is where it has come to.
	if tail := rawdb.ReadTxIndexTail(n.db); tail != nil {
		r.TxIndex = max(*tail, cutoff)
	}
	return r
}

// Header returns a header's RLP by hash.
func (n *Node) Header(ctx context.Context, hash chain.Hash) ([]byte, error) {
	return n.object(ctx, "header", hash, func(number uint64) []byte {
		return rawdb.ReadHeaderRLP(n.db, hash, number)
	})
}

// Body returns a body's RLP by block hash.
func (n *Node) Body(ctx context.Context, hash chain.Hash) ([]byte, error) {
	return n.object(ctx, "body", hash, func(uint64) []byte { return n.bc.GetBodyRLP(hash) })
}

// Receipts returns a block's receipts as the receipt trie holds them.
func (n *Node) Receipts(ctx context.Context, hash chain.Hash) ([]byte, error) {
	var body []byte
	stored, err := n.object(ctx, "receipts", hash, func(number uint64) []byte {
		if body = n.bc.GetBodyRLP(hash); body == nil {
			return nil
		}
		return rawdb.ReadReceiptsRLP(n.db, hash, number)
	})
	if err != nil {
		return nil, err
	}
	receipts, err := consensusReceipts(stored, body)
	if err != nil {
		return nil, fmt.Errorf("receipts of block %x: %w: %w", hash, chain.ErrUnavailable, err)
	}
	return receipts, nil
}

// object reads something of a block and tells unknown blocks from data that is
// gone or not there yet.
func (n *Node) object(ctx context.Context, what string, hash common.Hash, read func(number uint64) []byte) ([]byte, error) {
	if err := n.gate.enter(ctx); err != nil {
		return nil, err
	}
	defer n.gate.leave()
	number := n.bc.GetBlockNumber(hash)
	if number == nil {
		return nil, fmt.Errorf("%s of block %x: %w", what, hash, chain.ErrUnknown)
	}
	blob := read(*number)
	if len(blob) > 0 {
		return blob, nil
	}
	if cutoff, _ := n.bc.HistoryPruningCutoff(); *number < cutoff {
		return nil, fmt.Errorf("%s of block %d: %w", what, *number, chain.ErrPruned)
	}
	return nil, fmt.Errorf("%s of block %d: %w", what, *number, chain.ErrUnavailable)
}

// CanonicalHash returns the hash of the canonical block at number.
func (n *Node) CanonicalHash(ctx context.Context, number uint64) (chain.Hash, error) {
	if err := n.gate.enter(ctx); err != nil {
		return chain.Hash{}, err
	}
	defer n.gate.leave()
	return n.canonical(number)
}

// canonical never looks above the head: after the chain was set back, go-ethereum
// may still have hashes there.
func (n *Node) canonical(number uint64) (common.Hash, error) {
	if number <= n.bc.CurrentBlock().Number.Uint64() {
		if hash := n.bc.GetCanonicalHash(number); hash != (common.Hash{}) {
			return hash, nil
		}
	}
	return common.Hash{}, fmt.Errorf("block %d: %w", number, chain.ErrUnknown)
}
