package proof

import (
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/params"
)

// HistoryWindow is how many block hashes the EIP-2935 history contract holds.
const HistoryWindow = params.HistoryServeWindow

// HistoryAddress is the address of the EIP-2935 history contract.
func HistoryAddress() common.Address { return params.HistoryStorageAddress }

// HistorySlot returns the slot of the history contract for the hash of the block
// with the given number. The slot is reused every HistoryWindow blocks: ask
// InHistory first.
func HistorySlot(number uint64) common.Hash {
	var slot common.Hash
	n := number % HistoryWindow
	for i := len(slot) - 1; n > 0; i-- {
		slot[i] = byte(n)
		n >>= 8
	}
	return slot
}

// InHistory reports whether the state after head can hold the hash of the block
// with the given number, an ancestor of head. Every block from the fork on stores
// its parent's hash, so the contract starts empty: while the chain is younger than
// fork + HistoryWindow a covered slot may still be zero, which HistoryHash reports.
func InHistory(config *params.ChainConfig, head *types.Header, number uint64) bool {
	at := head.Number.Uint64()
	return config.IsPrague(head.Number, head.Time) && number < at && at-number <= HistoryWindow
}

// HistoryHash returns the hash that the history contract holds for the block with
// the given number, which must be InHistory. The account is the contract's, proven
// under the state root of the head that InHistory was asked about, or nil if the
// chain has no such contract. A zero hash without error means that the contract
// provably does not hold it: the block is older than the fork.
func HistoryHash(contract *types.StateAccount, number uint64, nodes *NodeSet) (common.Hash, error) {
	if contract == nil {
		return common.Hash{}, nil
	}
	return Storage(contract.Root, HistorySlot(number), nodes)
}
