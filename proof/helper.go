package proof

import (
	"encoding/binary"
	"math/big"
	"math/bits"
	"slices"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/bitutil"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/rlp"
)

// HelperBlocks is how many blocks a section of the helper tries has. Source:
// go-ethereum 1.10.26, params.CHTFrequency and params.BloomTrieFrequency.
const HelperBlocks = 32768

// CanonicalKey is the key of a block in the canonical hash trie.
func CanonicalKey(number uint64) []byte { return binary.BigEndian.AppendUint64(nil, number) }

// CanonicalHash returns the hash that the canonical hash trie with the given root
// has for a block, and the nodes on the way to it. The zero hash without an error
// says that the trie provably has none. Errors are those of Lookup.
//
// It proves as much as the caller knows of the root: that whoever vouches for it
// says that this was the canonical block.
func CanonicalHash(root common.Hash, number uint64, nodes *NodeSet) (common.Hash, [][]byte, error) {
	const what = "entry of the canonical hash trie"
	value, path, err := walk(what, root, CanonicalKey(number), nodes)
	if err != nil || value == nil {
		return common.Hash{}, path, err
	}
	var entry struct {
		Hash common.Hash
		TD   *big.Int
	}
	if err := rlp.DecodeBytes(value, &entry); err != nil {
		return common.Hash{}, path, malformed(what, err)
	}
	return entry.Hash, path, nil
}

// BloomKey is the key of a bit of a section's blooms in the bloom trie. Bit b of a
// bloom is the one of value 2^b when it is read as one big-endian number.
func BloomKey(bit uint16, section uint64) []byte {
	return binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint16(nil, bit), section)
}

// BloomVector returns a bit of the blooms of a section's blocks, as the bloom trie
// with the given root has it, and the nodes on the way to it. The section has the
// given number of blocks, a multiple of 8; the first block's bit is the highest of
// the first byte. Errors are those of Lookup.
func BloomVector(root common.Hash, bit uint16, section, blocks uint64, nodes *NodeSet) (vector []byte, path [][]byte, err error) {
	const what = "vector of the bloom trie"
	value, path, err := walk(what, root, BloomKey(bit, section), nodes)
	if err != nil {
		return nil, path, err
	}
	vector, err = bitutil.DecompressBytes(value, int(blocks/8)) //nolint:gosec // some thousand
	if err != nil {
		return nil, path, malformed(what, err)
	}
	return vector, path, nil
}

// Bits returns the bits of blooms that the matcher looks at, ascending. There are
// none if any block with a log may match: then vectors do not help.
func (m *BloomMatcher) Bits() []uint16 {
	var out []uint16
	for _, alternatives := range m.required {
		for _, one := range alternatives {
			for i := range one {
				out = append(out, one.number(i))
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// number is the number of the i-th bit.
func (b *bloomBits) number(i int) uint16 {
	at := types.BloomByteLength - 1 - b[i].index
	return uint16(8*at + bits.TrailingZeros8(b[i].mask)) //nolint:gosec // below 2048
}

// MayMatchIn does for a section what MayMatch does for a block: of the vectors of all
// Bits it makes one that says which blocks may hold a log that the filter selects.
func (m *BloomMatcher) MayMatchIn(vectors map[uint16][]byte) []byte {
	var out []byte
	for i, alternatives := range m.required {
		var some []byte // blocks with any of the alternatives
		for _, one := range alternatives {
			all := slices.Clone(vectors[one.number(0)])
			bitutil.ANDBytes(all, all, vectors[one.number(1)])
			bitutil.ANDBytes(all, all, vectors[one.number(2)])
			if some == nil {
				some = make([]byte, len(all))
			}
			bitutil.ORBytes(some, some, all)
		}
		if i == 0 {
			out = some
		}
		bitutil.ANDBytes(out, out, some)
	}
	return out
}
