package client

import (
	"slices"
	"sync"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/candela-les/candela/proof/evm"
)

// maxStates is how many blocks' states are kept for calls: wallets call on the
// newest few.
const maxStates = 8

// states keeps what is proven of a few blocks' states in the form in which calls
// run on it, so that a repeated call asks nobody.
type states struct {
	limit uint64
	mu    struct {
		sync.Mutex
		recent []*heldState // most recently used last
	}
}

type heldState struct {
	root  common.Hash
	hash  common.Hash
	state *evm.State
	bytes uint64
}

func newStates(limit uint64) *states { return &states{limit: limit} }

// get returns the state of header's block.
func (k *states) get(header *types.Header) *evm.State {
	hash := header.Hash()
	k.mu.Lock()
	defer k.mu.Unlock()
	i := slices.IndexFunc(k.mu.recent, func(h *heldState) bool { return h.hash == hash })
	if i < 0 {
		k.mu.recent = append(k.mu.recent, &heldState{root: header.Root, hash: hash, state: evm.NewState(header)})
		if len(k.mu.recent) > maxStates {
			k.mu.recent = slices.Delete(k.mu.recent, 0, 1)
		}
		return k.mu.recent[len(k.mu.recent)-1].state
	}
	h := k.mu.recent[i]
	k.mu.recent = append(slices.Delete(k.mu.recent, i, i+1), h)
	return h.state
}

// add puts pieces into a state. States that are no longer held still take them, for
// the call that runs on them.
func (k *states) add(st *evm.State, nodes [][]byte, codes map[common.Hash][]byte, headers [][]byte) {
	list := make([][]byte, 0, len(codes))
	size := 0
	for _, code := range codes {
		list = append(list, code)
	}
	for _, pieces := range [][][]byte{nodes, list, headers} {
		for _, p := range pieces {
			size += len(p) + 100
		}
	}
	st.Add(nodes, list, headers)
	k.grown(st, size)
}

// grown notes that a state holds so many bytes more.
func (k *states) grown(st *evm.State, size int) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, h := range k.mu.recent {
		if h.state == st {
			h.bytes += uint64(size) //nolint:gosec // not negative
		}
	}
	for k.total() > k.limit && len(k.mu.recent) > 0 {
		k.mu.recent = slices.Delete(k.mu.recent, 0, 1)
	}
}

func (k *states) total() (sum uint64) {
	for _, h := range k.mu.recent {
		sum += h.bytes
	}
	return sum
}

func (k *states) bytes() uint64 {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.total()
}
