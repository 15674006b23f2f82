package embedded

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"sync/atomic"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/ethdb"
	"github.com/ethereum/go-ethereum/rlp"
	"github.com/ethereum/go-ethereum/triedb/database"

	"github.com/candela-les/candela/chain"
)

// The helper tries live among go-ethereum's records, see records.go: their nodes by
// hash, and for each complete section a record that names their roots. Nodes are
// never deleted. A record is written after all nodes that it leads to, in one log of
// the database, so that no crash leaves it without them.
var (
	helperNodePrefix   = []byte("candela-helper-node")
	helperRecordPrefix = []byte("candela-helper-section")
)

// helperSize is how many blocks a section has, how many must follow it, and after how
// many bytes nodes are written.
type helperSize struct {
	blocks, confirms uint64
	batch            int
}

// helperRecord is one complete section. It stays true for every chain that has its
// last block.
type helperRecord struct {
	Section          uint64
	Last, CHT, Bloom common.Hash
	TD               *big.Int // total difficulty up to and including the last block
}

func (r *helperRecord) roots() chain.HelperRoots {
	return chain.HelperRoots{Section: r.Section, Last: r.Last, CHT: r.CHT, Bloom: r.Bloom}
}

// helpers holds the helper tries and builds them as the chain grows.
type helpers struct {
	n    *Node
	size helperSize
	wake chan struct{}
	// last is the newest complete section, nil before there is one. Only the builder
	// changes it.
	last atomic.Pointer[helperRecord]
}

// newHelpers finds the newest section that the database has.
func newHelpers(n *Node, size helperSize) (*helpers, error) {
	if size == (helperSize{}) {
		size = helperSize{chain.HelperBlocks, chain.HelperConfirms, ethdb.IdealBatchSize}
	}
	h := &helpers{n: n, size: size, wake: make(chan struct{}, 1)}
	it := n.db.NewIterator(helperRecordPrefix, nil)
	defer it.Release()
	for it.Next() { // ascending; a few hundred at most
		rec := new(helperRecord)
		if err := rlp.DecodeBytes(it.Value(), rec); err != nil || string(it.Key()) != string(helperRecordKey(rec.Section)) {
			return nil, fmt.Errorf("record %x of the helper tries is damaged: %w", it.Key(), err)
		}
		h.last.Store(rec)
	}
	if err := it.Error(); err != nil {
		return nil, fmt.Errorf("read the records of the helper tries: %w", err)
	}
	return h, nil
}

func helperRecordKey(section uint64) []byte {
	return binary.BigEndian.AppendUint64(slices.Clip(helperRecordPrefix), section)
}

func helperNodeKey(hash common.Hash) []byte {
	return append(slices.Clip(helperNodePrefix), hash[:]...)
}

// record reads a complete section's record, nil if there is none.
func (h *helpers) record(section uint64) (*helperRecord, error) {
	last := h.last.Load()
	if last == nil || section > last.Section {
		return nil, nil
	}
	if section == last.Section {
		return last, nil
	}
	blob, err := h.n.db.Get(helperRecordKey(section))
	if err != nil {
		return nil, fmt.Errorf("read helper section %d: %w", section, err)
	}
	rec := new(helperRecord)
	if err := rlp.DecodeBytes(blob, rec); err != nil {
		return nil, fmt.Errorf("decode helper section %d: %w", section, err)
	}
	return rec, nil
}

// end is the number of a section's last block.
func (h *helpers) end(section uint64) uint64 { return (section+1)*h.size.blocks - 1 }

// ours says whether a section's last block, and with it the section, is on the
// canonical chain. Known is false while the head is below it.
func (h *helpers) ours(rec *helperRecord) (ours, known bool) {
	hash, err := h.n.canonical(h.end(rec.Section))
	return hash == rec.Last, err == nil
}

// current is the newest complete section of the canonical chain, zero if there is
// none. After a crash the head may be below sections that are complete.
func (h *helpers) current() chain.HelperRoots {
	rec := h.last.Load()
	for rec != nil {
		if ours, _ := h.ours(rec); ours {
			return rec.roots()
		}
		if rec.Section == 0 {
			break
		}
		var err error
		if rec, err = h.record(rec.Section - 1); err != nil {
			break
		}
	}
	return chain.HelperRoots{}
}

// helperNodes reads nodes of helper tries by their hashes, for go-ethereum's trie
// and for our walker.
type helperNodes struct{ db ethdb.KeyValueReader }

// NodeReader implements database.NodeDatabase.
func (d helperNodes) NodeReader(common.Hash) (database.NodeReader, error) { return d, nil }

// Node implements database.NodeReader.
func (d helperNodes) Node(_ common.Hash, _ []byte, hash common.Hash) ([]byte, error) {
	return d.db.Get(helperNodeKey(hash))
}

// Lengths of the keys of the helper tries, in bytes.
const (
	chtKeyLength   = 8
	bloomKeyLength = 2 + 8
)

// ProveHelper proves a key of a helper trie; see chain.Source.
func (n *Node) ProveHelper(ctx context.Context, q chain.HelperQuery, add func(node []byte)) error {
	if err := n.gate.enter(ctx); err != nil {
		return err
	}
	defer n.gate.leave()
	rec, err := n.helpers.record(q.Section)
	if err != nil {
		return fmt.Errorf("%w: %w", chain.ErrUnavailable, err)
	}
	unknown := fmt.Errorf("helper section %d: %w", q.Section, chain.ErrUnknown)
	if rec == nil {
		return unknown
	}
	if ours, _ := n.helpers.ours(rec); !ours {
		return unknown
	}
	var root common.Hash
	switch {
	case q.Kind == chain.HelperCHT && len(q.Key) == chtKeyLength:
		root = rec.CHT
	case q.Kind == chain.HelperBloom && len(q.Key) == bloomKeyLength:
		root = rec.Bloom
	default:
		return fmt.Errorf("key %x in helper trie %d: %w", q.Key, q.Kind, chain.ErrUnknown)
	}
	level := uint(0)
	w := trieWalker{reader: helperNodes{n.db}, cache: n.nodes, root: root}
	_, err = w.walk(q.Key, func(_ common.Hash, blob []byte) {
		if level >= q.FromLevel {
			add(blob)
		}
		level++
	})
	if err != nil {
		return fmt.Errorf("helper section %d: %w: %w", q.Section, chain.ErrUnavailable, err)
	}
	return nil
}

// errMoved: the canonical chain changed under a section that was being built.
var errMoved = errors.New("the chain moved while a helper section was built")

// bloomColumns turns the blooms of a section by ninety degrees: for each bit of a
// bloom, a vector with one bit for each block.
type bloomColumns [types.BloomBitLength][]byte

func newBloomColumns(blocks uint64) *bloomColumns {
	c := new(bloomColumns)
	all := make([]byte, types.BloomBitLength*blocks/8)
	for i := range c {
		c[i], all = all[:blocks/8], all[blocks/8:]
	}
	return c
}

// add puts in the bloom of the section's i-th block.
func (c *bloomColumns) add(i uint64, bloom *types.Bloom) {
	mask := byte(0x80) >> (i % 8)
	for at, b := range bloom {
		for bit := 0; b != 0; bit, b = bit+1, b>>1 {
			if b&1 != 0 {
				c[8*(types.BloomByteLength-1-at)+bit][i/8] |= mask
			}
		}
	}
}
