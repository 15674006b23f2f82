package evm

import (
	"errors"
	"slices"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/candela-les/candela/proof"
)

// Piece is a trie node, a code or a header (RLP), with its hash.
type Piece struct {
	Hash common.Hash
	Data []byte
}

// Offer is evidence on trial, such as a server's witness of a whole call: what a
// run comes upon becomes part of the State, in a copy, and the rest is forgotten
// when the offer is withdrawn. So whoever makes it cannot make others keep what
// proves nothing.
type Offer struct {
	state   *State
	nodes   map[common.Hash][]byte
	codes   map[common.Hash][]byte
	headers map[common.Hash][]byte
	used    Used
	unused  int
}

// Used is what of an offer runs have come upon, in the order in which they did.
type Used struct {
	Nodes, Codes, Headers []Piece
	Bytes                 int // all of these
	Unused                int // bytes of the offer that nothing led to
}

// Offer puts pieces on trial until Withdraw is called. They are not copied and must
// not be changed before that.
func (s *State) Offer(nodes, codes, headers [][]byte) *Offer {
	o := &Offer{state: s}
	s.mu.Lock()
	defer s.mu.Unlock()
	seen := make(map[common.Hash]bool)
	sort := func(pieces [][]byte, known func(common.Hash) bool) map[common.Hash][]byte {
		out := make(map[common.Hash][]byte, len(pieces))
		for _, p := range pieces {
			hash := crypto.Keccak256Hash(p)
			if !known(hash) {
				out[hash] = p
				o.unused += len(p)
			} else if seen[hash] {
				o.unused += len(p)
			}
			seen[hash] = true
		}
		return out
	}
	o.nodes = sort(nodes, func(h common.Hash) bool { _, ok := s.mu.nodes.Get(h); return ok })
	o.codes = sort(codes, func(h common.Hash) bool { return s.mu.codes[h] != nil })
	o.headers = sort(headers, func(h common.Hash) bool { return s.mu.headers[h] != nil })
	s.mu.offers = append(s.mu.offers, o)
	return o
}

// Withdraw ends the trial and returns what was used.
func (o *Offer) Withdraw() Used {
	s := o.state
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mu.offers = slices.DeleteFunc(s.mu.offers, func(other *Offer) bool { return other == o })
	o.used.Unused = o.unused
	return o.used
}

// adopt takes a piece over from whichever offer has it. All offers that do have
// helped: each would have been enough. The mutex must be held.
func (s *State) adopt(hash common.Hash, kind func(*Offer) (map[common.Hash][]byte, *[]Piece)) []byte {
	var data []byte
	for _, o := range s.mu.offers {
		pieces, used := kind(o)
		p, ok := pieces[hash]
		if !ok {
			continue
		}
		if data == nil {
			data = append([]byte{}, p...)
		}
		delete(pieces, hash)
		*used = append(*used, Piece{hash, data})
		o.used.Bytes += len(p)
		o.unused -= len(p)
	}
	return data
}

func (s *State) adoptNode(hash common.Hash) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, known := s.mu.nodes.Get(hash); known {
		return true // by another run, just now
	}
	data := s.adopt(hash, func(o *Offer) (map[common.Hash][]byte, *[]Piece) { return o.nodes, &o.used.Nodes })
	if data != nil {
		s.mu.nodes.Add(data)
	}
	return data != nil
}

func (s *State) adoptCode(hash common.Hash) ([]byte, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	data := s.adopt(hash, func(o *Offer) (map[common.Hash][]byte, *[]Piece) { return o.codes, &o.used.Codes })
	if data != nil {
		s.mu.codes[hash] = data
	}
	return data, data != nil
}

func (s *State) adoptHeader(hash common.Hash) ([]byte, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	data := s.adopt(hash, func(o *Offer) (map[common.Hash][]byte, *[]Piece) { return o.headers, &o.used.Headers })
	if data != nil {
		s.mu.headers[hash] = data
	}
	return data, data != nil
}

// lookup walks over what is known, again with each node that it missed and an offer
// has.
func lookup[T any](s *State, walk func() (T, error)) (T, error) {
	for {
		s.mu.RLock()
		value, err := walk()
		offers := len(s.mu.offers)
		s.mu.RUnlock()
		var miss *proof.MissingNodeError
		if err == nil || offers == 0 || !errors.As(err, &miss) || !s.adoptNode(miss.Hash) {
			return value, err
		}
	}
}
