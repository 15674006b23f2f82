package proof

import (
	"bytes"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/rlp"
	"github.com/holiman/uint256"
)

// Account returns the account of addr in the state with the given root, or nil
// without error when it provably does not exist. Errors are those of Lookup.
func Account(root common.Hash, addr common.Address, nodes *NodeSet) (*types.StateAccount, error) {
	account, _, err := AccountPath(root, addr, nodes)
	return account, err
}

// AccountPath is Account that also returns the nodes of the path, the root first.
func AccountPath(root common.Hash, addr common.Address, nodes *NodeSet) (*types.StateAccount, [][]byte, error) {
	what := "account " + addr.Hex()
	value, path, err := walk(what, root, crypto.Keccak256(addr[:]), nodes)
	if err != nil || value == nil {
		return nil, path, err
	}
	account := new(types.StateAccount)
	if err := rlp.DecodeBytes(value, account); err != nil {
		return nil, path, malformed(what, err)
	}
	if len(account.CodeHash) != common.HashLength {
		return nil, path, malformedf(what, "code hash of %d bytes", len(account.CodeHash))
	}
	return account, path, nil
}

// EmptyAccount is what an account that does not exist looks like to whoever asks
// for its balance, nonce, code or storage. Each call returns a new one.
func EmptyAccount() *types.StateAccount {
	return &types.StateAccount{
		Balance:  new(uint256.Int),
		Root:     types.EmptyRootHash,
		CodeHash: bytes.Clone(types.EmptyCodeHash[:]),
	}
}

// Storage returns the value of a slot in the storage trie with the given root, the
// Root of a proven account. A slot that provably was never set, or was cleared, is
// zero. Errors are those of Lookup.
func Storage(root, slot common.Hash, nodes *NodeSet) (common.Hash, error) {
	value, _, err := StoragePath(root, slot, nodes)
	return value, err
}

// StoragePath is Storage that also returns the nodes of the path, the root first.
func StoragePath(root, slot common.Hash, nodes *NodeSet) (common.Hash, [][]byte, error) {
	what := "storage slot " + slot.Hex()
	value, path, err := walk(what, root, crypto.Keccak256(slot[:]), nodes)
	if err != nil || value == nil {
		return common.Hash{}, path, err
	}
	// A slot holds the RLP of a number: at most 32 bytes, never a leading zero, and
	// never zero itself, which would have been deleted.
	content, rest, err := rlp.SplitString(value)
	switch {
	case err != nil:
		return common.Hash{}, path, malformed(what, err)
	case len(rest) != 0 || len(content) == 0 || len(content) > common.HashLength || content[0] == 0:
		return common.Hash{}, path, malformedf(what, "value %x is no storage value", value)
	}
	return common.BytesToHash(content), path, nil
}

// VerifyCode checks that code is the code with the given hash.
func VerifyCode(hash common.Hash, code []byte) error {
	if got := crypto.Keccak256Hash(code); got != hash {
		return hashMismatch("code hash", got, hash)
	}
	return nil
}
