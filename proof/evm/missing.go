package evm

import (
	"errors"
	"maps"
	"slices"
	"sync"

	"github.com/ethereum/go-ethereum/common"
)

// Errors of a run; match with errors.Is.
var (
	// ErrIncomplete: the run read something that the State cannot prove; Missing
	// says what.
	ErrIncomplete = errors.New("state is incomplete")
	// ErrAborted: the context ended before the run did. It wraps the reason.
	ErrAborted = errors.New("execution aborted")
)

// Missing is what a run read and its State could not prove. Lists are in ascending
// order and without duplicates.
type Missing struct {
	// Accounts without a complete path in the state trie. What the run would have
	// read of an account's code and storage is not known then, so it is worth
	// fetching the code in the same trip.
	Accounts []common.Address
	// Slots of accounts that are proven, without a complete path in their storage.
	Slots map[common.Address][]common.Hash
	// Codes of proven accounts, by code hash. A delegated account's own code is the
	// designator; the code behind it is that of another account.
	Codes map[common.Address]common.Hash
	// Headers are the numbers of ancestors that BLOCKHASH had to walk over.
	Headers []uint64
}

// Empty reports whether nothing is missing.
func (m Missing) Empty() bool {
	return len(m.Accounts) == 0 && len(m.Slots) == 0 && len(m.Codes) == 0 && len(m.Headers) == 0
}

// recorder collects misses. A state reader must bear concurrent use.
type recorder struct {
	mu struct {
		sync.Mutex
		accounts map[common.Address]struct{}
		slots    map[common.Address]map[common.Hash]struct{}
		codes    map[common.Address]common.Hash
		headers  map[uint64]struct{}
		// broken is the first failure that fetching more cannot cure.
		broken error
	}
}

func newRecorder() *recorder {
	r := new(recorder)
	r.mu.accounts = make(map[common.Address]struct{})
	r.mu.slots = make(map[common.Address]map[common.Hash]struct{})
	r.mu.codes = make(map[common.Address]common.Hash)
	r.mu.headers = make(map[uint64]struct{})
	return r
}

func (r *recorder) account(addr common.Address) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.mu.accounts[addr] = struct{}{}
}

func (r *recorder) slot(addr common.Address, slot common.Hash) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.mu.slots[addr] == nil {
		r.mu.slots[addr] = make(map[common.Hash]struct{})
	}
	r.mu.slots[addr][slot] = struct{}{}
}

func (r *recorder) code(addr common.Address, hash common.Hash) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.mu.codes[addr] = hash
}

func (r *recorder) header(number uint64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.mu.headers[number] = struct{}{}
}

func (r *recorder) broke(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.mu.broken == nil {
		r.mu.broken = err
	}
}

// result returns what was missed, and the failure that fetching cannot cure.
func (r *recorder) result() (Missing, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	m := Missing{
		Accounts: slices.SortedFunc(maps.Keys(r.mu.accounts), common.Address.Cmp),
		Headers:  slices.Sorted(maps.Keys(r.mu.headers)),
	}
	if len(r.mu.slots) > 0 {
		m.Slots = make(map[common.Address][]common.Hash, len(r.mu.slots))
		for addr, slots := range r.mu.slots {
			m.Slots[addr] = slices.SortedFunc(maps.Keys(slots), common.Hash.Cmp)
		}
	}
	if len(r.mu.codes) > 0 {
		m.Codes = maps.Clone(r.mu.codes)
	}
	return m, r.mu.broken
}
