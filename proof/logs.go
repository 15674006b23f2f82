package proof

import (
	"slices"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
)

// LogFilter selects logs as eth_getLogs does: from any of Addresses, all if there
// are none, and with any of Topics[i] at position i, anything if there are none. A
// log must have a topic at every position that Topics has, also where anything
// matches.
type LogFilter struct {
	Addresses []common.Address
	Topics    [][]common.Hash
}

// Match reports whether the filter selects log.
func (f *LogFilter) Match(log *types.Log) bool {
	if len(f.Addresses) > 0 && !slices.Contains(f.Addresses, log.Address) {
		return false
	}
	if len(f.Topics) > len(log.Topics) {
		return false
	}
	for i, alternatives := range f.Topics {
		if len(alternatives) > 0 && !slices.Contains(alternatives, log.Topics[i]) {
			return false
		}
	}
	return true
}

// Select returns the logs of receipts that the filter selects, in their order.
func (f *LogFilter) Select(receipts types.Receipts) []*types.Log {
	var logs []*types.Log
	for _, receipt := range receipts {
		for _, log := range receipt.Logs {
			if f.Match(log) {
				logs = append(logs, log)
			}
		}
	}
	return logs
}

// BloomMatcher tests header blooms against one filter. It is made once and then
// tests many headers without hashing anything.
type BloomMatcher struct {
	// One list of alternatives for each thing that a log must have; bloomBits of
	// at least one alternative in each list must be set.
	required [][]bloomBits
}

// bloomBits are the three bits that one address or topic sets in a bloom.
type bloomBits [3]struct {
	index int
	mask  byte
}

// NewBloomMatcher prepares filter for testing blooms.
func NewBloomMatcher(filter *LogFilter) *BloomMatcher {
	m := new(BloomMatcher)
	if len(filter.Addresses) > 0 {
		bits := make([]bloomBits, len(filter.Addresses))
		for i, addr := range filter.Addresses {
			bits[i] = bloomBitsOf(addr[:])
		}
		m.required = append(m.required, bits)
	}
	for _, alternatives := range filter.Topics {
		if len(alternatives) == 0 {
			continue
		}
		bits := make([]bloomBits, len(alternatives))
		for i, topic := range alternatives {
			bits[i] = bloomBitsOf(topic[:])
		}
		m.required = append(m.required, bits)
	}
	return m
}

// MayMatch reports whether a block with this bloom can hold a log that the filter
// selects. False is certain, for a bloom that consensus checked: every address and
// topic of every log of the block is in it. True means that the receipts decide.
func (m *BloomMatcher) MayMatch(bloom *types.Bloom) bool {
	// A bloom without a bit belongs to a block without a log, whatever is asked.
	if *bloom == (types.Bloom{}) {
		return false
	}
	for _, alternatives := range m.required {
		if !slices.ContainsFunc(alternatives, func(b bloomBits) bool { return b.in(bloom) }) {
			return false
		}
	}
	return true
}

func (b bloomBits) in(bloom *types.Bloom) bool {
	for _, bit := range b {
		if bloom[bit.index]&bit.mask == 0 {
			return false
		}
	}
	return true
}

// bloomBitsOf follows the yellow paper, section 4.3.1: the low 11 bits of each of
// the first three byte pairs of the hash number a bit, counted from the end.
func bloomBitsOf(item []byte) bloomBits {
	hash := crypto.Keccak256(item)
	var bits bloomBits
	for i := range bits {
		n := (int(hash[2*i])<<8 | int(hash[2*i+1])) & 2047
		bits[i].index = types.BloomByteLength - 1 - n/8
		bits[i].mask = 1 << (n % 8)
	}
	return bits
}
