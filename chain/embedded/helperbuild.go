package embedded

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math/big"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/bitutil"
	"github.com/ethereum/go-ethereum/core/rawdb"
	"github.com/ethereum/go-ethereum/rlp"
	"github.com/ethereum/go-ethereum/trie"

	"github.com/candela-les/candela/chain"
)

const (
	// helperStep is how many entries are made between two pauses. It takes some
	// milliseconds.
	helperStep = 256
	// helperPause is that pause: about as long, so that building takes half of one
	// thread at most. The sections of a long chain take a second each.
	helperPause = 4 * time.Millisecond
	// helperNews is how many sections of many are built between two log lines.
	helperNews = 16
)

// poke makes the builder look at the chain again.
func (h *helpers) poke() {
	select {
	case h.wake <- struct{}{}:
	default:
	}
}

// run builds sections until the node closes. One that cannot be built is tried again
// when the head has moved.
func (h *helpers) run() {
	troubled := false
	for {
		more, err := h.advance()
		switch {
		case h.n.life.Err() != nil:
			return
		case err == nil:
			troubled = false
		case !errors.Is(err, errMoved) && !troubled:
			h.n.log.Warn("helper tries cannot be built", "err", err)
			troubled = true
		}
		if more && err == nil {
			continue
		}
		select {
		case <-h.wake:
		case <-h.n.life.Done():
			return
		}
	}
}

// advance drops sections that are no longer of the canonical chain, and builds the
// next one if it has enough confirmations. More says that another one may follow.
func (h *helpers) advance() (more bool, err error) {
	if err := h.drop(); err != nil {
		return false, err
	}
	prev := h.last.Load()
	next := uint64(0)
	if prev != nil {
		next = prev.Section + 1
	}
	head := h.n.bc.CurrentBlock().Number.Uint64()
	if head < h.end(next)+h.size.confirms {
		return false, nil
	}
	rec, err := h.build(prev, next)
	if err != nil {
		return false, err
	}
	blob, err := rlp.EncodeToBytes(rec)
	if err == nil {
		err = h.n.db.Put(helperRecordKey(rec.Section), blob)
	}
	if err != nil {
		return false, fmt.Errorf("write helper section %d: %w", rec.Section, err)
	}
	h.last.Store(rec)
	more = head >= h.end(next+1)+h.size.confirms
	if !more || next%helperNews == helperNews-1 {
		h.n.log.Info("helper section complete", "section", next, "last", h.end(next),
			"left", (head+1-h.size.confirms)/h.size.blocks-next-1, "cht", rec.CHT, "bloom", rec.Bloom)
	}
	return more, nil
}

// drop forgets the sections that a reorganization has taken from the canonical
// chain, which is never less deep than a section's confirmations.
func (h *helpers) drop() error {
	for {
		rec := h.last.Load()
		if rec == nil {
			return nil
		}
		if ours, known := h.ours(rec); ours || !known {
			return nil
		}
		h.n.log.Warn("helper section is of another chain now and built anew", "section", rec.Section)
		var prev *helperRecord
		if rec.Section > 0 {
			var err error
			if prev, err = h.record(rec.Section - 1); err != nil {
				return err
			}
		}
		h.last.Store(prev)
		if err := h.n.db.Delete(helperRecordKey(rec.Section)); err != nil {
			return fmt.Errorf("forget helper section %d: %w", rec.Section, err)
		}
	}
}

// breathe leaves the machine to others for a moment.
func (h *helpers) breathe() error {
	timer := time.NewTimer(helperPause)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-h.n.life.Done():
		return fmt.Errorf("node is closing: %w", chain.ErrUnavailable)
	}
}

// build makes the tries of a section on top of those of the one before, and writes
// their nodes.
func (h *helpers) build(prev *helperRecord, section uint64) (*helperRecord, error) {
	rec := &helperRecord{Section: section, TD: new(big.Int)}
	if prev != nil {
		*rec = *prev
		rec.Section = section
	}
	columns := newBloomColumns(h.size.blocks)
	if err := h.buildCHT(rec, columns); err != nil {
		return nil, err
	}
	if err := h.buildBloom(rec, columns); err != nil {
		return nil, err
	}
	// Read by number and linked to each other, the blocks are of one chain; it has to
	// be the one that is canonical now.
	if ours, _ := h.ours(rec); !ours {
		return nil, errMoved
	}
	return rec, nil
}

// buildCHT adds a section's blocks to the canonical hash trie, and their blooms to
// the columns. rec is the section before and becomes this one.
func (h *helpers) buildCHT(rec *helperRecord, columns *bloomColumns) error {
	t, err := h.open(rec.CHT)
	if err != nil {
		return err
	}
	first, td := rec.Section*h.size.blocks, rec.TD
	for i := range h.size.blocks {
		if i%helperStep == 0 {
			t.Hash() // a little at a time
			if err := h.breathe(); err != nil {
				return err
			}
		}
		number := first + i
		hash := rawdb.ReadCanonicalHash(h.n.db, number)
		header := rawdb.ReadHeader(h.n.db, hash, number)
		switch {
		case header == nil:
			return fmt.Errorf("header of block %d is missing", number)
		case number > 0 && header.ParentHash != rec.Last:
			return errMoved
		}
		td = new(big.Int).Add(td, header.Difficulty)
		value, err := rlp.EncodeToBytes(&chtEntry{hash, td})
		if err == nil {
			err = t.Update(binary.BigEndian.AppendUint64(nil, number), value)
		}
		if err != nil {
			return fmt.Errorf("canonical hash trie, block %d: %w", number, err)
		}
		columns.add(i, &header.Bloom)
		rec.Last = hash
	}
	rec.TD = td
	rec.CHT, err = h.commit(t)
	return err
}

// chtEntry is what the canonical hash trie has for a block.
type chtEntry struct {
	Hash common.Hash
	TD   *big.Int
}

// buildBloom adds a section's columns to the bloom trie.
func (h *helpers) buildBloom(rec *helperRecord, columns *bloomColumns) error {
	t, err := h.open(rec.Bloom)
	if err != nil {
		return err
	}
	for bit, column := range columns {
		if bit%helperStep == 0 {
			t.Hash()
			if err := h.breathe(); err != nil {
				return err
			}
		}
		vector := bitutil.CompressBytes(column)
		if len(vector) == 0 {
			continue // set in no block of the section
		}
		key := binary.BigEndian.AppendUint16(nil, uint16(bit)) //nolint:gosec // below 2048
		if err := t.Update(binary.BigEndian.AppendUint64(key, rec.Section), vector); err != nil {
			return fmt.Errorf("bloom trie, bit %d: %w", bit, err)
		}
	}
	rec.Bloom, err = h.commit(t)
	return err
}

// open opens a helper trie; the zero root is the empty one.
func (h *helpers) open(root common.Hash) (*trie.Trie, error) {
	t, err := trie.New(trie.TrieID(root), helperNodes{h.n.db})
	if err != nil {
		return nil, fmt.Errorf("open helper trie %x: %w", root, err)
	}
	return t, nil
}

// commit writes a trie's new nodes and returns its root.
func (h *helpers) commit(t *trie.Trie) (common.Hash, error) {
	root, set := t.Commit(false)
	if set == nil {
		return root, nil
	}
	batch := h.n.db.NewBatch()
	for _, node := range set.Nodes {
		if node.IsDeleted() {
			continue // it belongs to the section before, which is served too
		}
		if err := batch.Put(helperNodeKey(node.Hash), node.Blob); err != nil {
			return root, fmt.Errorf("write helper trie: %w", err)
		}
		if batch.ValueSize() < h.size.batch {
			continue
		}
		if err := batch.Write(); err != nil {
			return root, fmt.Errorf("write helper trie: %w", err)
		}
		batch.Reset()
		if err := h.breathe(); err != nil {
			return root, err
		}
	}
	if err := batch.Write(); err != nil {
		return root, fmt.Errorf("write helper trie: %w", err)
	}
	return root, nil
}
