package embedded

import (
	"errors"
	"log/slog"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/ethdb"
	"github.com/ethereum/go-ethereum/triedb/database"

	"github.com/candela-les/candela/chain"
)

// Walk walks a trie as proofs do.
func Walk(reader database.NodeReader, owner, root, key common.Hash, add func(common.Hash, []byte)) ([]byte, error) {
	return trieWalker{reader: reader, cache: new(nodeCache), owner: owner, root: root}.walk(key[:], add)
}

// ConsensusReceipts converts stored receipts.
func ConsensusReceipts(stored, body []byte) ([]byte, error) { return consensusReceipts(stored, body) }

// Descend follows a path inside one stored node.
func Descend(blob, path []byte) ([]byte, int, error) {
	item, used, err := descend(blob, path)
	return item.value, used, err
}

// WithHelperSize makes sections of helper tries short enough for a test.
func WithHelperSize(cfg Config, blocks, confirms uint64) Config {
	cfg.helper = helperSize{blocks, confirms, ethdb.IdealBatchSize}
	return cfg
}

// errKilled ends a builder whose process has been killed.
var errKilled = errors.New("killed")

// mortal is a database that takes so many writes and then none.
type mortal struct {
	ethdb.Database
	left *int
}

func (m mortal) die() error {
	if *m.left == 0 {
		return errKilled
	}
	*m.left--
	return nil
}

func (m mortal) Put(key, value []byte) error {
	if err := m.die(); err != nil {
		return err
	}
	return m.Database.Put(key, value)
}

func (m mortal) Delete(key []byte) error {
	if err := m.die(); err != nil {
		return err
	}
	return m.Database.Delete(key)
}

func (m mortal) NewBatch() ethdb.Batch { return mortalBatch{m.Database.NewBatch(), m} }

type mortalBatch struct {
	ethdb.Batch
	m mortal
}

func (b mortalBatch) Write() error {
	if err := b.m.die(); err != nil {
		return err
	}
	return b.Batch.Write()
}

// BuildHelpers builds all sections of a length that the chain has, as far as so many
// writes go, and reports whether it was killed. The chain's own builder must have
// nothing to do.
func BuildHelpers(n *Node, blocks, confirms uint64, writes int) (last chain.HelperRoots, killed bool, err error) {
	shadow := &Node{bc: n.bc, db: mortal{n.db, &writes}, log: slog.New(slog.DiscardHandler), life: n.life}
	h, err := newHelpers(shadow, helperSize{blocks, confirms, 1 << 12})
	for more := true; more && err == nil; {
		more, err = h.advance()
	}
	if rec := h.last.Load(); rec != nil {
		last = rec.roots()
	}
	if errors.Is(err, errKilled) {
		return last, true, nil
	}
	return last, false, err
}

// ForgetHelpers deletes all that belongs to helper tries.
func ForgetHelpers(n *Node) error {
	for _, prefix := range [][]byte{helperNodePrefix, helperRecordPrefix} {
		it := n.db.NewIterator(prefix, nil)
		defer it.Release()
		for it.Next() {
			if err := n.db.Delete(it.Key()); err != nil {
				return err
			}
		}
	}
	return nil
}
