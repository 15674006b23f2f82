package proof

import (
	"errors"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/rlp"
)

// maxNodeSize bounds one trie node, in bytes. A branch of 16 hashes and a value,
// or a leaf, of anything that Ethereum keeps in a state trie is below 1 KiB;
// receipts and transactions are proven by whole lists, not by paths.
const maxNodeSize = 1 << 16

// Lookup finds the value of key in the Merkle-Patricia trie with the given root,
// with the nodes as its only evidence. The key is used as it is: in Ethereum's
// state tries it is the Keccak-256 hash of an address or slot.
//
// A nil value without error means that the trie provably has no such key. Errors
// are a MissingNodeError when nodes do not reach far enough to tell, and a
// MalformedError when a node of the path is no trie node.
func Lookup(root common.Hash, key []byte, nodes *NodeSet) ([]byte, error) {
	value, _, err := walk("key "+common.Bytes2Hex(key), root, key, nodes)
	return value, err
}

// LookupPath is Lookup that also returns the nodes it used, the root first and
// without those embedded in their parents, as eth_getProof lists them. For an
// empty trie there are none.
func LookupPath(root common.Hash, key []byte, nodes *NodeSet) (value []byte, path [][]byte, err error) {
	return walk("key "+common.Bytes2Hex(key), root, key, nodes)
}

// walk descends from the root. Its work is bounded by the key: each node fetched
// from the set or embedded in another consumes at least one nibble, and a node
// that would consume none is malformed.
func walk(what string, root common.Hash, key []byte, nodes *NodeSet) (value []byte, path [][]byte, err error) {
	if root == types.EmptyRootHash {
		return nil, nil, nil
	}
	nibbles := toNibbles(key)
	rest := nibbles
	for hash := root; ; {
		blob, ok := nodes.Get(hash)
		if !ok {
			done := nibbles[:len(nibbles)-len(rest)]
			return nil, path, &MissingNodeError{What: what, Root: root, Hash: hash, Path: done}
		}
		path = append(path, blob)
		if len(blob) > maxNodeSize {
			return nil, path, malformedf(what, "trie node of %d bytes", len(blob))
		}
		// Children shorter than a hash stand inside their parent.
		ref := reference{embedded: blob}
		for ref.embedded != nil {
			if ref, rest, err = descend(ref.embedded, rest); err != nil {
				return nil, path, malformed(what+": trie node "+hash.Hex(), err)
			}
		}
		switch {
		case ref.value != nil:
			return ref.value, path, nil
		case ref.absent:
			return nil, path, nil
		}
		hash = ref.hash
	}
}

// reference is where one node leads to: exactly one of a value, nothing at all, a
// node inside this one, or the hash of another.
type reference struct {
	value    []byte
	absent   bool
	embedded []byte
	hash     common.Hash
}

var (
	errNodeShape   = errors.New("neither a branch nor a short node")
	errNodeTrailer = errors.New("bytes after the node")
	errNodePath    = errors.New("invalid path encoding")
	errNodeChild   = errors.New("invalid child")
	errNodeValue   = errors.New("empty value")
)

// descend takes one step from the encoded node towards rest, the nibbles still
// to go, and returns where that leads and the nibbles left then.
func descend(node, rest []byte) (reference, []byte, error) {
	list, after, err := rlp.SplitList(node)
	if err != nil {
		return reference{}, rest, err
	}
	if len(after) != 0 {
		return reference{}, rest, errNodeTrailer
	}
	// A node has 2 or 17 items, so counting can stop early.
	switch count, err := countItems(list, 18); {
	case err != nil:
		return reference{}, rest, err
	case count == 2:
		return descendShort(list, rest)
	case count == 17:
		return descendBranch(list, rest)
	}
	return reference{}, rest, errNodeShape
}

func countItems(list []byte, limit int) (int, error) {
	n := 0
	for len(list) > 0 && n < limit {
		_, _, after, err := rlp.Split(list)
		if err != nil {
			return 0, err
		}
		list = after
		n++
	}
	return n, nil
}

// descendBranch follows the child for the next nibble, or takes the branch's own
// value when the key ends here. All children are looked at, so that a node is well
// formed for every key or for none.
func descendBranch(list, rest []byte) (reference, []byte, error) {
	index := 16
	if len(rest) > 0 {
		index, rest = int(rest[0]), rest[1:]
	}
	var next reference
	for i := range 16 {
		ref, after, err := child(list)
		if err != nil {
			return reference{}, rest, err
		}
		if i == index {
			next = ref
		}
		list = after
	}
	value, _, err := rlp.SplitString(list)
	switch {
	case err != nil:
		return reference{}, rest, err
	case index < 16:
		return next, rest, nil
	case len(value) == 0:
		return reference{absent: true}, rest, nil
	}
	return reference{value: value}, rest, nil
}

// descendShort follows an extension or reads a leaf.
func descendShort(list, rest []byte) (reference, []byte, error) {
	compact, list, err := rlp.SplitString(list)
	if err != nil {
		return reference{}, rest, err
	}
	path, leaf, err := fromCompact(compact)
	if err != nil {
		return reference{}, rest, err
	}
	if leaf {
		value, _, err := rlp.SplitString(list)
		if err != nil {
			return reference{}, rest, err
		}
		if len(value) == 0 {
			return reference{}, rest, errNodeValue
		}
		if string(path) != string(rest) {
			return reference{absent: true}, rest, nil
		}
		return reference{value: value}, nil, nil
	}
	if len(path) == 0 {
		return reference{}, rest, errNodePath
	}
	// As in a branch, the child is looked at even when the path leads elsewhere.
	ref, _, err := child(list)
	if err != nil {
		return reference{}, rest, err
	}
	if ref.absent {
		return reference{}, rest, errNodeChild
	}
	if len(rest) < len(path) || string(path) != string(rest[:len(path)]) {
		return reference{absent: true}, rest, nil
	}
	return ref, rest[len(path):], nil
}

// child reads the first item of list as a reference to a node, and returns the rest
// of the list.
func child(list []byte) (ref reference, after []byte, err error) {
	kind, content, after, err := rlp.Split(list)
	switch {
	case err != nil:
		return reference{}, nil, err
	case kind == rlp.List:
		whole := list[:len(list)-len(after)]
		// Only what is shorter than a hash may stand in place of one; so this cannot
		// nest deeply.
		if len(whole) >= common.HashLength {
			return reference{}, nil, errNodeChild
		}
		if _, _, err := descend(whole, nil); err != nil {
			return reference{}, nil, err
		}
		return reference{embedded: whole}, after, nil
	case len(content) == 0:
		return reference{absent: true}, after, nil
	case len(content) == common.HashLength:
		return reference{hash: common.Hash(content)}, after, nil
	}
	return reference{}, nil, errNodeChild
}

// toNibbles splits each byte of a key in two, the high half first.
func toNibbles(key []byte) []byte {
	nibbles := make([]byte, 2*len(key))
	for i, b := range key {
		nibbles[2*i], nibbles[2*i+1] = b>>4, b&15
	}
	return nibbles
}

// fromCompact undoes the hex-prefix encoding of the yellow paper, appendix C: the
// first nibble has bit 1 for an odd length and bit 2 for a leaf.
func fromCompact(compact []byte) (path []byte, leaf bool, err error) {
	if len(compact) == 0 {
		return nil, false, errNodePath
	}
	flags := compact[0] >> 4
	if flags > 3 || (flags&1 == 0 && compact[0]&15 != 0) {
		return nil, false, errNodePath
	}
	nibbles := toNibbles(compact)
	if flags&1 == 1 {
		return nibbles[1:], flags&2 != 0, nil
	}
	return nibbles[2:], flags&2 != 0, nil
}
