package proof

import (
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
)

// NodeSet holds trie nodes by the hash of their encoding. The hash is computed
// when a node is added, so that a lookup can only ever give the right bytes; a
// node that nobody asks for does no harm.
//
// The zero NodeSet is empty and ready to use. It may be read from several
// goroutines at once, but not while one of them adds to it.
type NodeSet struct {
	nodes map[common.Hash][]byte
	size  int
}

// NewNodeSet returns a set of the given encodings; see Add.
func NewNodeSet(blobs ...[]byte) *NodeSet {
	s := &NodeSet{nodes: make(map[common.Hash][]byte, len(blobs))}
	for _, blob := range blobs {
		s.Add(blob)
	}
	return s
}

// Add puts the encoding of one node into the set and returns its hash. The
// encoding is kept, not copied, and must not be changed afterwards. Nothing is
// decoded: what makes no sense is found out, if ever, on the way to it.
func (s *NodeSet) Add(blob []byte) common.Hash {
	hash := crypto.Keccak256Hash(blob)
	if s.nodes == nil {
		s.nodes = make(map[common.Hash][]byte)
	}
	if _, known := s.nodes[hash]; !known {
		s.nodes[hash] = blob
		s.size += len(blob)
	}
	return hash
}

// Get returns the encoding that hashes to hash.
func (s *NodeSet) Get(hash common.Hash) ([]byte, bool) {
	if s == nil {
		return nil, false
	}
	blob, ok := s.nodes[hash]
	return blob, ok
}

// Len returns how many different nodes the set holds.
func (s *NodeSet) Len() int {
	if s == nil {
		return 0
	}
	return len(s.nodes)
}

// Size returns the sum of the lengths of the nodes, in bytes.
func (s *NodeSet) Size() int {
	if s == nil {
		return 0
	}
	return s.size
}
