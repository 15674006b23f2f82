package embedded

import (
	"encoding/binary"
	"errors"
	"fmt"
	"sync/atomic"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/rlp"
	"github.com/ethereum/go-ethereum/triedb/database"
)

// nodeSlots is how many trie nodes are kept by hash. A node has at most 532 bytes
// or so, which makes 150 MB at worst; the five upper levels of mainnet's account
// trie have 70,000 nodes, and should seldom be pushed out by leaves.
const nodeSlots = 1 << 18

// cachedNodeBytes is above the size of any node of a state; leaves of the bloom trie
// have up to 4 KiB.
const cachedNodeBytes = 600

// nodeCache keeps trie nodes by hash. A hash names its node for ever, so nothing in
// it grows stale. go-ethereum's own cache is by path: it has to hash every node
// again to tell whether it is still the right one, behind a search through up to
// 128 layers.
//
// Each hash has one slot, and the last to come stays. That forgets more than a
// least-recently-used list would, but a look takes neither a lock nor a write, and
// the upper nodes, which are on every path, come back at once.
type nodeCache [nodeSlots]atomic.Pointer[cachedNode]

type cachedNode struct {
	hash common.Hash
	blob []byte
}

func (c *nodeCache) slot(hash common.Hash) *atomic.Pointer[cachedNode] {
	return &c[binary.LittleEndian.Uint32(hash[:])%nodeSlots]
}

func (c *nodeCache) get(hash common.Hash) ([]byte, bool) {
	if n := c.slot(hash).Load(); n != nil && n.hash == hash {
		return n.blob, true
	}
	return nil, false
}

func (c *nodeCache) put(hash common.Hash, blob []byte) {
	c.slot(hash).Store(&cachedNode{hash: hash, blob: blob})
}

// errBadNode: a stored node does not decode. The database is broken.
var errBadNode = errors.New("malformed trie node")

// trieWalker reads the path to a key in one trie of one state, as raw nodes: a
// proof only passes them on, so building go-ethereum's node objects and encoding
// them again would be most of the work.
type trieWalker struct {
	reader database.NodeReader
	cache  *nodeCache
	// owner is the hashed address of a storage trie, zero for the account trie.
	owner common.Hash
	root  common.Hash
}

// walk calls add with each node on the path to a key of at most 32 bytes, a hash in
// the tries of a state, root first, and returns the value there, nil if the trie has none: the nodes then prove its
// absence. Nodes under 32 bytes live inside their parent and are not passed on.
func (w trieWalker) walk(key []byte, add func(hash common.Hash, blob []byte)) ([]byte, error) {
	if w.root == types.EmptyRootHash {
		return nil, nil
	}
	var buf [2 * common.HashLength]byte
	for i, b := range key {
		buf[2*i], buf[2*i+1] = b>>4, b&15
	}
	path, hash, depth := buf[:2*len(key)], w.root, 0
	for {
		blob, err := w.node(path[:depth], hash)
		if err != nil {
			return nil, err
		}
		add(hash, blob)
		item, used, err := descend(blob, path[depth:])
		depth += used
		if err != nil || len(item.value) == 0 || !item.hashed {
			return item.value, err
		}
		hash = common.Hash(item.value)
	}
}

// node reads one node, from the cache if it is there.
func (w trieWalker) node(path []byte, hash common.Hash) ([]byte, error) {
	if blob, ok := w.cache.get(hash); ok {
		return blob, nil
	}
	blob, err := w.reader.Node(w.owner, path, hash)
	if err != nil {
		return nil, fmt.Errorf("read trie node %x: %w", hash, err)
	}
	if len(blob) == 0 {
		return nil, fmt.Errorf("read trie node %x: it is missing", hash)
	}
	if len(blob) <= cachedNodeBytes {
		w.cache.put(hash, blob)
	}
	return blob, nil
}

// child is where a node leads: to the hash of the next node, or to a value, or
// nowhere when value is empty.
type child struct {
	value  []byte
	hashed bool
}

// descend follows path inside one stored node and the nodes embedded in it. It
// returns where that leads and how many nibbles it took.
func descend(blob, path []byte) (child, int, error) {
	used := 0
	for {
		content, _, err := rlp.SplitList(blob)
		if err != nil {
			return child{}, 0, fmt.Errorf("%w: %w", errBadNode, err)
		}
		first, rest, err := splitRaw(content)
		if err != nil {
			return child{}, 0, err
		}
		second, rest, err := splitRaw(rest)
		if err != nil {
			return child{}, 0, err
		}
		var next []byte
		if len(rest) == 0 { // a leaf or an extension
			match, leaf, err := matchCompact(first, path[used:])
			if err != nil || match < 0 {
				return child{}, used, err
			}
			used += match
			if leaf {
				value, _, err := rlp.SplitString(second)
				return child{value: value}, used, err
			}
			next = second
		} else { // a branch; keys have one length, so none ends here
			if used == len(path) {
				return child{}, 0, fmt.Errorf("%w: branch below a whole key", errBadNode)
			}
			if next, err = element(content, path[used]); err != nil {
				return child{}, 0, err
			}
			used++
		}
		kind, value, _, err := rlp.Split(next)
		switch {
		case err != nil:
			return child{}, 0, fmt.Errorf("%w: %w", errBadNode, err)
		case kind == rlp.List:
			blob = next
		case len(value) == 0:
			return child{}, used, nil
		case len(value) == common.HashLength:
			return child{value: value, hashed: true}, used, nil
		default:
			return child{}, 0, fmt.Errorf("%w: reference of %d bytes", errBadNode, len(value))
		}
	}
}

// element returns the raw element of a branch at an index.
func element(content []byte, index byte) ([]byte, error) {
	for ; index > 0 && len(content) > 0; index-- {
		switch content[0] {
		case 0x80: // no child
			content = content[1:]
		case 0xa0: // a hash
			content = content[min(1+common.HashLength, len(content)):]
		default: // an embedded node
			_, rest, err := splitRaw(content)
			if err != nil {
				return nil, err
			}
			content = rest
		}
	}
	raw, _, err := splitRaw(content)
	return raw, err
}

// splitRaw splits off the first RLP item, header and all.
func splitRaw(b []byte) (item, rest []byte, err error) {
	_, _, rest, err = rlp.Split(b)
	if err != nil {
		return nil, nil, fmt.Errorf("%w: %w", errBadNode, err)
	}
	return b[:len(b)-len(rest)], rest, nil
}

// matchCompact compares a node's compact key with path. It returns how many
// nibbles of path it stands for, -1 if they differ, and whether it is a leaf's.
func matchCompact(raw, path []byte) (match int, leaf bool, err error) {
	key, _, err := rlp.SplitString(raw)
	if err != nil || len(key) == 0 || key[0]>>4 > 3 {
		return 0, false, fmt.Errorf("%w: compact key %x", errBadNode, raw)
	}
	leaf = key[0]&0x20 != 0
	odd := int(key[0] >> 4 & 1)
	length := 2*(len(key)-1) + odd
	if length > len(path) || (leaf && length != len(path)) {
		return -1, leaf, nil
	}
	for i := range length {
		// Nibble i of the key is nibble i+2-odd of the compact form.
		at := i + 2 - odd
		nibble := key[at/2] >> 4
		if at%2 == 1 {
			nibble = key[at/2] & 15
		}
		if nibble != path[i] {
			return -1, leaf, nil
		}
	}
	return length, leaf, nil
}
