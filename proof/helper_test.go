package proof_test

import (
	"bytes"
	"errors"
	"math/big"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/bitutil"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/rlp"
	"github.com/ethereum/go-ethereum/trie"
	"github.com/ethereum/go-ethereum/trie/trienode"
	"pgregory.net/rapid"

	"github.com/candela-les/candela/proof"
)

// helperTrie makes a trie and returns its root with a function that proves keys.
func helperTrie(entries map[string][]byte) (root common.Hash, prove func(keys ...[]byte) *proof.NodeSet) {
	t := trie.NewEmpty(nil)
	for key, value := range entries {
		t.MustUpdate([]byte(key), value)
	}
	return t.Hash(), func(keys ...[]byte) *proof.NodeSet {
		set := trienode.NewProofSet()
		for _, key := range keys {
			if err := t.Prove(key, set); err != nil {
				panic(err)
			}
		}
		return proof.NewNodeSet(set.List()...)
	}
}

func TestCanonicalHash(t *testing.T) {
	entries := make(map[string][]byte)
	want := func(number uint64) common.Hash { return crypto.Keccak256Hash(proof.CanonicalKey(number)) }
	for number := range uint64(300) {
		entries[string(proof.CanonicalKey(number))] = rlpOf([]any{want(number), new(big.Int).SetUint64(number * number)})
	}
	entries[string(proof.CanonicalKey(500))] = rlpOf([]any{want(500)})
	entries[string(proof.CanonicalKey(501))] = []byte{1, 2, 3}
	root, prove := helperTrie(entries)
	for _, number := range []uint64{0, 1, 15, 16, 255, 256, 299} {
		nodes := prove(proof.CanonicalKey(number))
		got, path, err := proof.CanonicalHash(root, number, nodes)
		if err != nil || got != want(number) || len(path) != nodes.Len() {
			t.Errorf("block %d: %x by %d of %d nodes, %v", number, got, len(path), nodes.Len(), err)
		}
		if _, _, err := proof.CanonicalHash(root, number^1, nodes); err != nil && !errors.Is(err, proof.ErrMissingNode) {
			t.Errorf("the block beside %d: %v", number, err)
		}
		if _, _, err := proof.CanonicalHash(common.Hash{1}, number, nodes); !errors.Is(err, proof.ErrMissingNode) {
			t.Errorf("block %d under another root: %v", number, err)
		}
		for i := range path {
			part := proof.NewNodeSet(append(append([][]byte{}, path[:i]...), path[i+1:]...)...)
			if _, _, err := proof.CanonicalHash(root, number, part); !errors.Is(err, proof.ErrMissingNode) {
				t.Errorf("block %d without node %d: %v", number, i, err)
			}
		}
	}
	if got, _, err := proof.CanonicalHash(root, 1<<40, prove(proof.CanonicalKey(1<<40))); err != nil || got != (common.Hash{}) {
		t.Errorf("an absent block: %x, %v", got, err)
	}
	for _, number := range []uint64{500, 501} {
		if _, _, err := proof.CanonicalHash(root, number, prove(proof.CanonicalKey(number))); !errors.Is(err, proof.ErrMalformed) {
			t.Errorf("an entry that is none: %v", err)
		}
	}
}

// TestVectorsMatchBlooms: what vectors say of a section's blocks is what their blooms
// say, one by one.
func TestVectorsMatchBlooms(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const sections, blocks = 3, 64
		blooms := make([]types.Bloom, sections*blocks)
		for range rapid.IntRange(0, 40).Draw(t, "logs") {
			at := rapid.IntRange(0, len(blooms)-1).Draw(t, "block")
			log := someLog.Draw(t, "log")
			blooms[at].Add(log.Address[:])
			for _, topic := range log.Topics {
				blooms[at].Add(topic[:])
			}
		}
		m := proof.NewBloomMatcher(someFilter.Draw(t, "filter"))
		entries := map[string][]byte{string(proof.BloomKey(77, 9)): {1}}
		for section := range uint64(sections) {
			for _, bit := range m.Bits() { // the others are not looked at
				vector := make([]byte, blocks/8)
				for i, bloom := range blooms[section*blocks : (section+1)*blocks] {
					if new(big.Int).SetBytes(bloom[:]).Bit(int(bit)) == 1 {
						vector[i/8] |= 0x80 >> (i % 8)
					}
				}
				if packed := bitutil.CompressBytes(vector); len(packed) > 0 {
					entries[string(proof.BloomKey(bit, section))] = packed
				}
			}
		}
		root, prove := helperTrie(entries)
		for section := range uint64(sections) {
			vectors := make(map[uint16][]byte)
			for i, bit := range m.Bits() {
				if i > 0 && m.Bits()[i-1] >= bit {
					t.Fatalf("bits %v", m.Bits())
				}
				vector, _, err := proof.BloomVector(root, bit, section, blocks, prove(proof.BloomKey(bit, section)))
				if err != nil {
					t.Fatal(err)
				}
				vectors[bit] = vector
			}
			got := m.MayMatchIn(vectors)
			if len(m.Bits()) == 0 {
				if got != nil {
					t.Fatalf("a vector of nothing: %x", got)
				}
				continue
			}
			for i, bloom := range blooms[section*blocks : (section+1)*blocks] {
				if may := got[i/8]&(0x80>>(i%8)) != 0; may != m.MayMatch(&bloom) {
					t.Fatalf("block %d of section %d: %v by vectors, %v by its bloom", i, section, may, m.MayMatch(&bloom))
				}
			}
		}
	})
}

func TestBloomVectorErrors(t *testing.T) {
	const blocks = 64
	key := func(bit uint16) string { return string(proof.BloomKey(bit, 7)) }
	entries := map[string][]byte{
		key(1): bitutil.CompressBytes([]byte{0, 0, 0, 0, 1, 0, 0, 0}),
		key(2): {1, 2, 3, 4, 5, 6, 7, 8},
		key(3): {1, 2, 3, 4, 5, 6, 7, 8, 9}, // longer than a section
		key(4): {0xc0, 0x80},                // compressed, with too little behind
		key(5): {0x80, 0x40, 1, 2},          // compressed, with too much behind
	}
	root, prove := helperTrie(entries)
	for bit, want := range map[uint16][]byte{1: {0, 0, 0, 0, 1, 0, 0, 0}, 2: {1, 2, 3, 4, 5, 6, 7, 8}, 9: make([]byte, 8)} {
		got, _, err := proof.BloomVector(root, bit, 7, blocks, prove(proof.BloomKey(bit, 7)))
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("bit %d: %x, %v", bit, got, err)
		}
	}
	for bit := uint16(3); bit <= 5; bit++ {
		if v, _, err := proof.BloomVector(root, bit, 7, blocks, prove(proof.BloomKey(bit, 7))); !errors.Is(err, proof.ErrMalformed) {
			t.Errorf("bit %d: %x, %v", bit, v, err)
		}
	}
	if _, _, err := proof.BloomVector(root, 1, 7, blocks, proof.NewNodeSet()); !errors.Is(err, proof.ErrMissingNode) {
		t.Errorf("without nodes: %v", err)
	}
	// Of a chain without logs nothing has to be proven.
	if v, _, err := proof.BloomVector(types.EmptyRootHash, 1, 7, blocks, nil); err != nil || !bytes.Equal(v, make([]byte, 8)) {
		t.Errorf("in the empty trie: %x, %v", v, err)
	}
}

// FuzzHelperEntry puts any value behind a key: an answer or a typed error.
func FuzzHelperEntry(f *testing.F) {
	f.Add(rlpOf([]any{common.Hash{1}, big.NewInt(5)}), uint16(64))
	f.Add([]byte{0x80, 0x80, 1}, uint16(64))
	f.Add(bitutil.CompressBytes(append(make([]byte, 4095), 1)), uint16(32768))
	f.Fuzz(func(t *testing.T, value []byte, blocks uint16) {
		if len(value) == 0 {
			return
		}
		root, prove := helperTrie(map[string][]byte{
			string(proof.CanonicalKey(5)): value, string(proof.BloomKey(9, 5)): value,
		})
		hash, _, err := proof.CanonicalHash(root, 5, prove(proof.CanonicalKey(5)))
		if err != nil && !typed(err) {
			t.Errorf("untyped: %v", err)
		}
		if err == nil {
			var entry struct {
				Hash common.Hash
				TD   *big.Int
			}
			if err := rlp.DecodeBytes(value, &entry); err != nil || entry.Hash != hash {
				t.Errorf("%x is the entry of %x (%v)", value, hash, err)
			}
		}
		size := uint64(blocks) &^ 7
		vector, _, err := proof.BloomVector(root, 9, 5, size, prove(proof.BloomKey(9, 5)))
		switch {
		case err != nil && !typed(err):
			t.Errorf("untyped: %v", err)
		case err == nil && uint64(len(vector)) != size/8:
			t.Errorf("a vector of %d bytes for %d blocks", len(vector), size)
		}
	})
}
