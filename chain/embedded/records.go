package embedded

import (
	"errors"
	"fmt"
	"math/big"
	"slices"
	"sync"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/lru"
	"github.com/ethereum/go-ethereum/core"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/ethdb"
	"github.com/ethereum/go-ethereum/params"
	"github.com/ethereum/go-ethereum/rlp"

	"github.com/candela-les/candela/chain"
)

// Our own records in go-ethereum's database. It has no key of this form and
// leaves strangers' keys alone.
var (
	tdKey      = []byte("candela-td")
	archiveKey = []byte("candela-archive")
	probeKey   = []byte("candela-probe")
)

// tdSaveEvery is how many blocks may have to be summed again after a crash.
const tdSaveEvery = 4096

// tdRecord is the total difficulty up to and including one block. It stays true
// whatever becomes of the chain, because a hash commits to all its ancestors.
type tdRecord struct {
	Hash   common.Hash
	Number uint64
	TD     *big.Int
}

// mergeTD knows the total difficulty at which public networks merged, so that a
// node that never downloads the old headers still has it. All later blocks have
// difficulty zero. Source: the networks' merge blocks.
func mergeTD(genesis common.Hash) *big.Int {
	switch genesis {
	case params.MainnetGenesisHash:
		td, _ := new(big.Int).SetString("58750003716598352816469", 10)
		return td
	case params.SepoliaGenesisHash:
		return big.NewInt(17_000_018_015_853_232)
	default:
		return nil
	}
}

// tdTracker sums total difficulty, which go-ethereum no longer stores.
type tdTracker struct {
	bc     *core.BlockChain
	db     ethdb.KeyValueStore
	merged *big.Int
	known  *lru.Cache[common.Hash, *big.Int]
	mu     struct {
		sync.Mutex
		last, saved tdRecord
	}
}

// newTDTracker starts from the saved record, if its block is still here.
func newTDTracker(bc *core.BlockChain, db ethdb.KeyValueStore) (*tdTracker, error) {
	genesis := bc.Genesis()
	t := &tdTracker{
		bc: bc, db: db,
		merged: mergeTD(genesis.Hash()),
		known:  lru.NewCache[common.Hash, *big.Int](8192),
	}
	if has, err := db.Has(tdKey); err != nil {
		return nil, fmt.Errorf("read the total difficulty record: %w", err)
	} else if !has {
		return t, nil
	}
	blob, err := db.Get(tdKey)
	if err != nil {
		return nil, fmt.Errorf("read the total difficulty record: %w", err)
	}
	var rec tdRecord
	if err := rlp.DecodeBytes(blob, &rec); err == nil && bc.HasHeader(rec.Hash, rec.Number) {
		t.mu.last, t.mu.saved = rec, rec
		t.known.Add(rec.Hash, rec.TD)
	}
	return t, nil
}

// of returns the total difficulty up to and including header. The caller must not
// change it. Its work is the distance to the nearest block that it knows.
func (t *tdTracker) of(header *types.Header) (*big.Int, error) {
	if t.merged != nil && header.Difficulty.Sign() == 0 {
		return t.merged, nil
	}
	var path []*types.Header
	sum := new(big.Int)
	for at := header; ; {
		if td, ok := t.known.Get(at.Hash()); ok {
			sum.Set(td)
			break
		}
		path = append(path, at)
		if at.Number.Sign() == 0 {
			break
		}
		parent := t.bc.GetHeader(at.ParentHash, at.Number.Uint64()-1)
		if parent == nil {
			return nil, fmt.Errorf("total difficulty of block %d: header %d: %w",
				header.Number, at.Number.Uint64()-1, chain.ErrUnavailable)
		}
		at = parent
	}
	for _, at := range slices.Backward(path) {
		sum = new(big.Int).Add(sum, at.Difficulty)
		t.known.Add(at.Hash(), sum)
	}
	return sum, t.note(tdRecord{Hash: header.Hash(), Number: header.Number.Uint64(), TD: sum})
}

// note remembers the highest sum and saves it now and then.
func (t *tdTracker) note(rec tdRecord) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if rec.Number < t.mu.last.Number {
		return nil
	}
	t.mu.last = rec
	if rec.Number < t.mu.saved.Number+tdSaveEvery {
		return nil
	}
	return t.write()
}

// save writes the newest sum, so that a restart adds up nothing again.
func (t *tdTracker) save() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.mu.last.TD == nil || t.mu.last.Hash == t.mu.saved.Hash {
		return nil
	}
	return t.write()
}

// write saves mu.last; the caller holds the lock.
func (t *tdTracker) write() error {
	blob, err := rlp.EncodeToBytes(t.mu.last)
	if err == nil {
		err = t.db.Put(tdKey, blob)
	}
	if err != nil {
		return fmt.Errorf("save the total difficulty record: %w", err)
	}
	t.mu.saved = t.mu.last
	return nil
}

// markArchive returns from which block on every state is kept. That an archive
// was switched on is written down with the head of that moment: the states before
// it were never kept, and nothing in the database would tell.
func (n *Node) markArchive(on bool) uint64 {
	if !on {
		// What is inserted from here on is pruned again: no archive any more.
		if err := n.db.Delete(archiveKey); err != nil {
			n.log.Warn("forget the archive record", "err", err)
		}
		return chain.None
	}
	var from uint64
	if blob, err := n.db.Get(archiveKey); err == nil && rlp.DecodeBytes(blob, &from) == nil {
		return from
	}
	from = n.bc.CurrentBlock().Number.Uint64()
	blob, err := rlp.EncodeToBytes(from)
	if err = errors.Join(err, n.db.Put(archiveKey, blob)); err != nil {
		n.log.Warn("write the archive record", "err", err)
	}
	return from
}
