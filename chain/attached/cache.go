package attached

import (
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/lru"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/candela-les/candela/proof"
)

// what kind of thing a cached blob is.
type kind uint8

const (
	kindHeader   kind = iota // RLP, by hash
	kindBody                 // RLP, by block hash
	kindReceipts             // RLP, by block hash
	kindNode                 // trie node, by hash
	kindCode                 // by hash
)

type cacheKey struct {
	kind kind
	hash common.Hash
}

// entryOverhead is what an entry takes besides its value, in bytes, roughly.
const entryOverhead = 200

// store keeps what cannot change, by hash. All of it has been proven: whatever comes
// out is taken for true.
type store struct {
	count *counters
	blobs *lru.SizeConstrainedCache[cacheKey, []byte]
	// codeOf is the hash of the code that an account was last seen with: a guess
	// which code is worth asking for together with a proof.
	codeOf *lru.Cache[common.Address, common.Hash]
	// child has what is known of blocks whose child has been read, by their hash.
	child *lru.Cache[common.Hash, hint]
	// touched is what a call looked at when it was last run, by the call's hash.
	touched *lru.Cache[common.Hash, *wants]
}

func newStore(bytes uint64, count *counters) *store {
	return &store{
		count: count,
		blobs: lru.NewSizeConstrainedCacheWithKeySize[cacheKey, []byte](
			bytes, func(cacheKey) uint64 { return entryOverhead },
		),
		codeOf:  lru.NewCache[common.Address, common.Hash](1 << 14),
		child:   lru.NewCache[common.Hash, hint](1 << 12),
		touched: lru.NewCache[common.Hash, *wants](1 << 10),
	}
}

// get returns what is kept; the caller must not change it.
func (s *store) get(kind kind, hash common.Hash) ([]byte, bool) {
	blob, ok := s.blobs.Get(cacheKey{kind, hash})
	return blob, ok
}

// look is get for a question of its own, which is counted.
func (s *store) look(kind kind, hash common.Hash) ([]byte, bool) {
	blob, ok := s.get(kind, hash)
	s.counted(ok)
	return blob, ok
}

func (s *store) counted(hit bool) {
	if hit {
		s.count.hits.Add(1)
	} else {
		s.count.misses.Add(1)
	}
}

// put keeps what has been proven.
func (s *store) put(kind kind, hash common.Hash, blob []byte) {
	s.blobs.Add(cacheKey{kind, hash}, blob)
}

func (s *store) putNodes(nodes [][]byte) {
	for _, node := range nodes {
		s.put(kindNode, crypto.Keccak256Hash(node), node)
	}
}

// header returns a kept header, nil if there is none.
func (s *store) header(hash common.Hash) *types.Header {
	blob, ok := s.get(kindHeader, hash)
	if !ok {
		return nil
	}
	header, err := proof.VerifyHeader(blob, hash)
	if err != nil {
		return nil // it was verified when it came
	}
	return header
}

// code returns a kept code. The empty code is always there.
func (s *store) code(hash common.Hash) ([]byte, bool) {
	if hash == types.EmptyCodeHash {
		return nil, true
	}
	return s.get(kindCode, hash)
}

// path walks down a trie over kept nodes. It fails with proof.ErrMissingNode where
// they end.
func (s *store) path(root common.Hash, walk func(*proof.NodeSet) error) error {
	set := new(proof.NodeSet)
	for {
		err := walk(set)
		missing, ok := asMissing(err)
		if !ok {
			return err
		}
		node, kept := s.get(kindNode, missing)
		if !kept {
			return err
		}
		set.Add(node)
	}
}

// account proves an account from what is kept.
func (s *store) account(root common.Hash, address common.Address) (account *types.StateAccount, nodes [][]byte, err error) {
	err = s.path(root, func(set *proof.NodeSet) error {
		account, nodes, err = proof.AccountPath(root, address, set)
		return err
	})
	return account, nodes, err
}

// slot proves a slot from what is kept.
func (s *store) slot(root, slot common.Hash) (nodes [][]byte, err error) {
	err = s.path(root, func(set *proof.NodeSet) error {
		_, nodes, err = proof.StoragePath(root, slot, set)
		return err
	})
	return nodes, err
}
