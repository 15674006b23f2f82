package evm

import (
	"errors"
	"fmt"
	"sync"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/state"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/triedb"

	"github.com/candela-les/candela/proof"
)

// view is what one run sees of a State: a state.Reader that records what it could
// not prove. A miss is returned as an error too, which go-ethereum reads as an
// empty account or a zero slot and goes on; the run is doomed then, but what it
// still reaches shows what else to fetch.
type view struct {
	*recorder
	state *State
	// roots are the storage roots of accounts proven so far, by address: a call
	// that reads a hundred slots proves their account once.
	roots sync.Map
}

// Account implements state.Reader.
func (v *view) Account(addr common.Address) (*types.StateAccount, error) {
	account, err := v.state.Account(addr)
	if err != nil {
		v.failed(err, func() { v.recorder.account(addr) })
		return nil, err
	}
	return account, nil
}

// Storage implements state.Reader.
func (v *view) Storage(addr common.Address, slot common.Hash) (common.Hash, error) {
	root, err := v.storageRoot(addr)
	if err != nil {
		return common.Hash{}, err
	}
	value, err := v.state.Storage(root, slot)
	if err != nil {
		v.failed(err, func() { v.slot(addr, slot) })
		return common.Hash{}, err
	}
	return value, nil
}

// storageRoot returns the root of an account's storage, that of the empty trie if
// the account does not exist.
func (v *view) storageRoot(addr common.Address) (common.Hash, error) {
	if root, ok := v.roots.Load(addr); ok {
		return root.(common.Hash), nil
	}
	account, err := v.Account(addr)
	if err != nil {
		return common.Hash{}, err
	}
	root := types.EmptyRootHash
	if account != nil {
		root = account.Root
	}
	v.roots.Store(addr, root)
	return root, nil
}

// failed records a miss, or whatever else went wrong as a breakage.
func (v *view) failed(err error, miss func()) {
	if errors.Is(err, proof.ErrMissingNode) {
		miss()
		return
	}
	v.broke(err)
}

// Has implements state.Reader.
func (v *view) Has(addr common.Address, hash common.Hash) bool {
	return len(v.Code(addr, hash)) > 0
}

// Code implements state.Reader.
func (v *view) Code(addr common.Address, hash common.Hash) []byte {
	code, ok := v.state.Code(hash)
	if !ok {
		v.code(addr, hash)
	}
	return code
}

// CodeSize implements state.Reader.
func (v *view) CodeSize(addr common.Address, hash common.Hash) int {
	return len(v.Code(addr, hash))
}

// newStateDB returns a state to run on, over v.
func (v *view) newStateDB() (*state.StateDB, error) {
	statedb, err := state.NewWithReader(v.state.header.Root, noDatabase{}, v)
	if err != nil {
		return nil, fmt.Errorf("opening state: %w", err)
	}
	return statedb, nil
}

var errNoDatabase = errors.New("a proven state is read, never committed or iterated")

// noDatabase is the database that a StateDB wants beside its reader, for commits
// and iteration. Nothing here does either.
type noDatabase struct{}

func (noDatabase) Type() state.DatabaseType                     { return state.TypeMPT }
func (noDatabase) Reader(common.Hash) (state.Reader, error)     { return nil, errNoDatabase }
func (noDatabase) Iteratee(common.Hash) (state.Iteratee, error) { return nil, errNoDatabase }
func (noDatabase) OpenTrie(common.Hash) (state.Trie, error)     { return nil, errNoDatabase }
func (noDatabase) TrieDB() *triedb.Database                     { return nil }
func (noDatabase) Commit(*state.StateUpdate) error              { return errNoDatabase }
func (noDatabase) OpenStorageTrie(common.Hash, common.Address, common.Hash, state.Trie) (state.Trie, error) {
	return nil, errNoDatabase
}
