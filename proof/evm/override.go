package evm

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/state"
	"github.com/ethereum/go-ethereum/core/tracing"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/core/vm"
	"github.com/ethereum/go-ethereum/params"
	"github.com/holiman/uint256"
)

// AccountOverride replaces parts of one account before a call. State replaces the
// whole storage, StateDiff single slots; both together are refused.
type AccountOverride struct {
	Nonce            *hexutil.Uint64             `json:"nonce"`
	Code             *hexutil.Bytes              `json:"code"`
	Balance          *hexutil.Big                `json:"balance"`
	State            map[common.Hash]common.Hash `json:"state"`
	StateDiff        map[common.Hash]common.Hash `json:"stateDiff"`
	MovePrecompileTo *common.Address             `json:"movePrecompileToAddress"`
}

// StateOverride is eth_call's third parameter.
type StateOverride map[common.Address]AccountOverride

// apply changes statedb and precompiles. Errors are those of go-ethereum: which
// account is contradictory, and how.
func (o *StateOverride) apply(statedb *state.StateDB, precompiles vm.PrecompiledContracts) error {
	if o == nil {
		return nil
	}
	// Accounts that a precompile moved to are taken; ordered, so that the same
	// request is always refused for the same reason.
	taken := make(map[common.Address]bool)
	for _, addr := range slices.SortedFunc(maps.Keys(*o), common.Address.Cmp) {
		account := (*o)[addr]
		if taken[addr] {
			return fmt.Errorf("account %s has already been overridden by a precompile", addr.Hex())
		}
		precompile, isPrecompile := precompiles[addr]
		if to := account.MovePrecompileTo; to != nil {
			if !isPrecompile {
				return fmt.Errorf("account %s is not a precompile", addr.Hex())
			}
			if _, also := (*o)[*to]; also {
				return fmt.Errorf("account %s is already overridden", to.Hex())
			}
			precompiles[*to] = precompile
			taken[*to] = true
		}
		// Overriding a precompile in any way takes it off its address.
		delete(precompiles, addr)
		if err := account.apply(statedb, addr); err != nil {
			return err
		}
	}
	// As if a transaction before the call had made these changes.
	statedb.Finalise(params.Rules{})
	return nil
}

func (a *AccountOverride) apply(statedb *state.StateDB, addr common.Address) error {
	if a.State != nil && a.StateDiff != nil {
		return fmt.Errorf("account %s has both 'state' and 'stateDiff'", addr.Hex())
	}
	if a.Nonce != nil {
		statedb.SetNonce(addr, uint64(*a.Nonce), tracing.NonceChangeUnspecified)
	}
	if a.Code != nil {
		statedb.SetCode(addr, *a.Code, tracing.CodeChangeUnspecified)
	}
	if a.Balance != nil {
		balance, _ := uint256.FromBig(a.Balance.ToInt())
		statedb.SetBalance(addr, balance, tracing.BalanceChangeUnspecified)
	}
	if a.State != nil {
		statedb.SetStorage(addr, a.State)
	}
	for slot, value := range a.StateDiff {
		statedb.SetState(addr, slot, value)
	}
	return nil
}

// BlockOverrides is eth_call's fourth parameter: what the call sees of its block.
type BlockOverrides struct {
	Number        *hexutil.Big       `json:"number"`
	Difficulty    *hexutil.Big       `json:"difficulty"` // before the merge
	Time          *hexutil.Uint64    `json:"time"`
	GasLimit      *hexutil.Uint64    `json:"gasLimit"`
	FeeRecipient  *common.Address    `json:"feeRecipient"`
	PrevRandao    *common.Hash       `json:"prevRandao"`
	BaseFeePerGas *hexutil.Big       `json:"baseFeePerGas"`
	BlobBaseFee   *hexutil.Big       `json:"blobBaseFee"`
	BeaconRoot    *common.Hash       `json:"beaconRoot"`  // refused
	Withdrawals   *types.Withdrawals `json:"withdrawals"` // refused
}

// apply changes what the EVM is told about its block.
func (o *BlockOverrides) apply(block *vm.BlockContext) error {
	if o == nil {
		return nil
	}
	if o.BeaconRoot != nil {
		return errors.New(`block override "beaconRoot" is not supported for this RPC method`)
	}
	if o.Withdrawals != nil {
		return errors.New(`block override "withdrawals" is not supported for this RPC method`)
	}
	if o.Number != nil {
		block.BlockNumber = o.Number.ToInt()
	}
	if o.Difficulty != nil {
		block.Difficulty = o.Difficulty.ToInt()
	}
	if o.Time != nil {
		block.Time = uint64(*o.Time)
	}
	if o.GasLimit != nil {
		block.GasLimit = uint64(*o.GasLimit)
	}
	if o.FeeRecipient != nil {
		block.Coinbase = *o.FeeRecipient
	}
	if o.PrevRandao != nil {
		block.Random = o.PrevRandao
	}
	if o.BaseFeePerGas != nil {
		block.BaseFee = o.BaseFeePerGas.ToInt()
	}
	if o.BlobBaseFee != nil {
		block.BlobBaseFee = o.BlobBaseFee.ToInt()
	}
	return nil
}

// Header returns header with the overrides in it, header itself if there are none.
// The result is no block of any chain: it serves to fill in fees and rules. The
// blob base fee has no field in a header.
func (o *BlockOverrides) Header(header *types.Header) *types.Header {
	if o == nil {
		return header
	}
	h := types.CopyHeader(header)
	if o.Number != nil {
		h.Number = o.Number.ToInt()
	}
	// A difficulty other than zero would turn a block after the merge into one
	// before it.
	if o.Difficulty != nil && h.Difficulty.Sign() != 0 {
		h.Difficulty = o.Difficulty.ToInt()
	}
	if o.Time != nil {
		h.Time = uint64(*o.Time)
	}
	if o.GasLimit != nil {
		h.GasLimit = uint64(*o.GasLimit)
	}
	if o.FeeRecipient != nil {
		h.Coinbase = *o.FeeRecipient
	}
	if o.PrevRandao != nil {
		h.MixDigest = *o.PrevRandao
	}
	if o.BaseFeePerGas != nil {
		h.BaseFee = o.BaseFeePerGas.ToInt()
	}
	return h
}
