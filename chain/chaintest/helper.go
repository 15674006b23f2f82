package chaintest

import (
	"context"
	"encoding/binary"
	"errors"
	"math/big"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/bitutil"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/ethdb/memorydb"
	"github.com/ethereum/go-ethereum/rlp"
	"github.com/ethereum/go-ethereum/trie"

	"github.com/candela-les/candela/chain"
)

// helperBlocks is how many blocks a section of the source has.
func (h *Harness) helperBlocks() uint64 {
	if h.HelperBlocks != 0 {
		return h.HelperBlocks
	}
	return chain.HelperBlocks
}

// helperValue proves a key in a helper trie and returns its value, nil for an absent
// one.
func (h *Harness) helperValue(ctx context.Context, root common.Hash, q chain.HelperQuery) ([]byte, error) {
	nodes := memorydb.New()
	count := 0
	err := h.Source.ProveHelper(ctx, q, func(node []byte) {
		count++
		nodes.Put(crypto.Keccak256(node), node) //nolint:errcheck // never fails
	})
	if err != nil {
		return nil, err
	}
	if root == types.EmptyRootHash {
		if count != 0 {
			return nil, errors.New("nodes of an empty trie")
		}
		return nil, nil
	}
	if nodes.Len() != count {
		return nil, errors.New("a node came twice")
	}
	return trie.VerifyProof(root, q.Key, nodes)
}

// testHelper proves entries of the helper tries for all known blocks that they hold,
// and asks for what they cannot have.
func (h *Harness) testHelper(t *testing.T) {
	ctx := testContext(t)
	roots := h.Source.Head().Helper
	next := chain.HelperQuery{Section: roots.Section + 1, Key: make([]byte, 8)}
	if roots == (chain.HelperRoots{}) {
		next.Section = 0
	}
	nothing := func([]byte) { t.Error("a node of a proof that cannot be") }
	if err := h.Source.ProveHelper(ctx, next, nothing); !errors.Is(err, chain.ErrUnknown) {
		t.Errorf("section %d, which is not complete: %v, want ErrUnknown", next.Section, err)
	}
	if roots == (chain.HelperRoots{}) {
		return
	}
	end := (roots.Section+1)*h.helperBlocks() - 1
	if hash, err := h.Source.CanonicalHash(ctx, end); err != nil || hash != roots.Last {
		t.Errorf("section %d ends with %x, the canonical block %d is %x (%v)", roots.Section, roots.Last, end, hash, err)
	}
	for _, q := range []chain.HelperQuery{
		{Kind: chain.HelperCHT, Section: roots.Section, Key: make([]byte, 10)},
		{Kind: chain.HelperBloom, Section: roots.Section, Key: make([]byte, 8)},
		{Kind: chain.HelperBloom + 1, Section: roots.Section, Key: make([]byte, 8)},
		{Kind: chain.HelperCHT, Section: roots.Section},
	} {
		if err := h.Source.ProveHelper(ctx, q, nothing); !errors.Is(err, chain.ErrUnknown) {
			t.Errorf("%+v: %v, want ErrUnknown", q, err)
		}
	}
	h.testCHT(t, roots, end)
	h.testBloomTrie(t, roots, end)
}

// cht is the entry of a block in the canonical hash trie.
func (h *Harness) cht(t *testing.T, roots chain.HelperRoots, number uint64) (entry struct {
	Hash common.Hash
	TD   *big.Int
},
) {
	t.Helper()
	key := binary.BigEndian.AppendUint64(nil, number)
	value, err := h.helperValue(testContext(t), roots.CHT, chain.HelperQuery{Section: roots.Section, Key: key})
	if err == nil {
		err = rlp.DecodeBytes(value, &entry)
	}
	if err != nil {
		t.Fatalf("canonical hash trie, block %d: %v", number, err)
	}
	return entry
}

func (h *Harness) testCHT(t *testing.T, roots chain.HelperRoots, end uint64) {
	for _, b := range h.Blocks {
		number := b.NumberU64()
		if number > end {
			break
		}
		entry := h.cht(t, roots, number)
		if entry.Hash != b.Hash() {
			t.Errorf("block %d has hash %x in the trie, not %x", number, entry.Hash, b.Hash())
		}
		before := new(big.Int)
		if number > 0 {
			before = h.cht(t, roots, number-1).TD
		}
		if step := new(big.Int).Sub(entry.TD, before); step.Cmp(b.Difficulty()) != 0 {
			t.Errorf("block %d adds %v to the total difficulty, its own is %v", number, step, b.Difficulty())
		}
	}
	// Beyond the section there is nothing, and that is proven.
	key := binary.BigEndian.AppendUint64(nil, end+1)
	value, err := h.helperValue(testContext(t), roots.CHT, chain.HelperQuery{Section: roots.Section, Key: key})
	if err != nil || value != nil {
		t.Errorf("block %d, beyond the section: %x, %v", end+1, value, err)
	}
	// A proof without its first nodes is the end of the whole one.
	var whole, part [][]byte
	q := chain.HelperQuery{Section: roots.Section, Key: binary.BigEndian.AppendUint64(nil, end)}
	err = h.Source.ProveHelper(testContext(t), q, func(n []byte) { whole = append(whole, n) })
	q.FromLevel = 1
	err = errors.Join(err, h.Source.ProveHelper(testContext(t), q, func(n []byte) { part = append(part, n) }))
	if err != nil || len(part)+1 != len(whole) || (len(part) > 0 && &part[0][0] == &whole[0][0]) {
		t.Errorf("from level 1 there are %d of %d nodes (%v)", len(part), len(whole), err)
	}
}

// testBloomTrie compares bits of the known blocks' blooms with the trie's: those that
// are set in any of them, and some others.
func (h *Harness) testBloomTrie(t *testing.T, roots chain.HelperRoots, end uint64) {
	bits := map[int]bool{0: true, 1: true, 8: true, 1023: true, 2047: true}
	for _, b := range h.Blocks {
		bloom := new(big.Int).SetBytes(b.Bloom().Bytes())
		for bit := 0; bloom.Sign() != 0 && bit < bloom.BitLen() && len(bits) < 64; bit++ {
			if bloom.Bit(bit) == 1 {
				bits[bit] = true
			}
		}
	}
	for bit := range bits {
		var vector []byte
		section := ^uint64(0)
		for _, b := range h.Blocks {
			number := b.NumberU64()
			if number > end {
				break
			}
			if s := number / h.helperBlocks(); s != section {
				section, vector = s, h.vector(t, roots, bit, s)
			}
			at := number % h.helperBlocks()
			got := vector[at/8]&(0x80>>(at%8)) != 0
			if want := new(big.Int).SetBytes(b.Bloom().Bytes()).Bit(bit) == 1; got != want {
				t.Errorf("bit %d of the bloom of block %d is %v in the trie, %v in the header", bit, number, got, want)
			}
		}
	}
}

func (h *Harness) vector(t *testing.T, roots chain.HelperRoots, bit int, section uint64) []byte {
	t.Helper()
	key := binary.BigEndian.AppendUint16(nil, uint16(bit)) //nolint:gosec // below 2048
	key = binary.BigEndian.AppendUint64(key, section)
	value, err := h.helperValue(testContext(t), roots.Bloom, chain.HelperQuery{Kind: chain.HelperBloom, Section: roots.Section, Key: key})
	if err != nil {
		t.Fatalf("bloom trie, bit %d: %v", bit, err)
	}
	vector, err := bitutil.DecompressBytes(value, int(h.helperBlocks()/8)) //nolint:gosec // a few thousand
	if err != nil {
		t.Fatalf("bloom trie, bit %d: %v", bit, err)
	}
	return vector
}
