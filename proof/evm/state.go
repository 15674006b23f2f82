package evm

import (
	"sync"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/candela-les/candela/proof"
)

// State is the evidence for one block's state: trie nodes, codes and the headers
// of its ancestors. It is filled by Add, by any peer in any order, and holds
// everything by computed hash: what does not belong to the block is never found
// and does no harm. It may be used from several goroutines at once.
type State struct {
	header *types.Header
	mu     struct {
		sync.RWMutex
		nodes   proof.NodeSet
		codes   map[common.Hash][]byte
		headers map[common.Hash][]byte // RLP
		offers  []*Offer
	}
}

// NewState returns a State without any evidence for the state after the block with
// the given verified header.
func NewState(header *types.Header) *State {
	s := &State{header: header}
	s.mu.codes = make(map[common.Hash][]byte)
	s.mu.headers = make(map[common.Hash][]byte)
	return s
}

// Header returns the header that the state belongs to.
func (s *State) Header() *types.Header { return s.header }

// Add adds the encodings of trie nodes, contract codes and headers (RLP). The
// slices' contents are kept and must not be changed afterwards.
func (s *State) Add(nodes, codes, headers [][]byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, node := range nodes {
		s.mu.nodes.Add(node)
	}
	for _, code := range codes {
		s.mu.codes[crypto.Keccak256Hash(code)] = code
	}
	for _, header := range headers {
		s.mu.headers[crypto.Keccak256Hash(header)] = header
	}
}

// Account proves an account; see proof.Account.
func (s *State) Account(addr common.Address) (*types.StateAccount, error) {
	return lookup(s, func() (*types.StateAccount, error) { return proof.Account(s.header.Root, addr, &s.mu.nodes) })
}

// Storage proves a slot of the storage trie with the given root; see proof.Storage.
func (s *State) Storage(root, slot common.Hash) (common.Hash, error) {
	return lookup(s, func() (common.Hash, error) { return proof.Storage(root, slot, &s.mu.nodes) })
}

// Code returns the code with the given hash, if it was added.
func (s *State) Code(hash common.Hash) ([]byte, bool) {
	if hash == types.EmptyCodeHash {
		return nil, true
	}
	s.mu.RLock()
	code, ok := s.mu.codes[hash]
	s.mu.RUnlock()
	if ok {
		return code, true
	}
	return s.adoptCode(hash)
}

// ancestor returns the header with the given hash, nil if it was not added.
func (s *State) ancestor(hash common.Hash) *types.Header {
	s.mu.RLock()
	enc, ok := s.mu.headers[hash]
	s.mu.RUnlock()
	if !ok {
		if enc, ok = s.adoptHeader(hash); !ok {
			return nil
		}
	}
	header, err := proof.VerifyHeader(enc, hash)
	if err != nil {
		return nil
	}
	return header
}
