package rpc

import (
	"context"
	"errors"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/consensus/misc/eip4844"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/core/vm"
	"github.com/ethereum/go-ethereum/params"
	gethrpc "github.com/ethereum/go-ethereum/rpc"

	"github.com/candela-les/candela/proof/evm"
)

// callAPI serves what eth_ runs in the EVM. The backend runs it, over proven state.
type callAPI struct {
	c      *chain
	fees   *oracle
	gasCap uint64
}

// Call serves eth_call.
func (api *callAPI) Call(ctx context.Context, args TransactionArgs, ref *gethrpc.BlockNumberOrHash, overrides *evm.StateOverride, block *evm.BlockOverrides) (hexutil.Bytes, error) {
	call, err := api.prepare(ctx, &args, ref, overrides, block)
	if err != nil {
		return nil, err
	}
	result, err := api.c.Call(ctx, call)
	if err != nil {
		return nil, err
	}
	if errors.Is(result.Err, vm.ErrExecutionReverted) {
		return nil, revertError(result.Revert())
	}
	return result.Return(), result.Err
}

// EstimateGas serves eth_estimateGas.
func (api *callAPI) EstimateGas(ctx context.Context, args TransactionArgs, ref *gethrpc.BlockNumberOrHash, overrides *evm.StateOverride, block *evm.BlockOverrides) (hexutil.Uint64, error) {
	if args.Gas == nil {
		args.Gas = new(hexutil.Uint64) // not the cap: zero lets the search begin at the block's limit
	}
	call, err := api.prepare(ctx, &args, ref, overrides, block)
	if err != nil {
		return 0, err
	}
	gas, data, err := api.c.EstimateGas(ctx, call, api.gasCap)
	if errors.Is(err, vm.ErrExecutionReverted) {
		return 0, revertError(data)
	}
	return hexutil.Uint64(gas), err
}

func (api *callAPI) prepare(ctx context.Context, args *TransactionArgs, ref *gethrpc.BlockNumberOrHash, overrides *evm.StateOverride, block *evm.BlockOverrides) (evm.Call, error) {
	cfg, err := api.c.config()
	if err != nil {
		return evm.Call{}, err
	}
	h, err := api.c.resolve(ctx, ref)
	if err != nil {
		return evm.Call{}, err
	}
	msg, err := args.message(api.gasCap, block.Header(h).BaseFee, cfg.ChainID)
	if err != nil {
		return evm.Call{}, err
	}
	return evm.Call{Header: h, Msg: msg, Overrides: overrides, BlockOverrides: block}, nil
}

// AccessList is the answer of eth_createAccessList. Error is set where the call itself fails.
type AccessList struct {
	AccessList types.AccessList `json:"accessList"`
	Error      string           `json:"error,omitempty"`
	GasUsed    hexutil.Uint64   `json:"gasUsed"`
}

// CreateAccessList serves eth_createAccessList.
func (api *callAPI) CreateAccessList(ctx context.Context, args TransactionArgs, ref *gethrpc.BlockNumberOrHash, overrides *evm.StateOverride) (*AccessList, error) {
	h, err := api.c.resolve(ctx, ref)
	if err != nil {
		return nil, err
	}
	cfg, err := api.c.ConfigAt(ctx, h)
	if err != nil {
		return nil, err
	}
	if args.GasPrice != nil || args.MaxFeePerGas != nil || args.MaxPriorityFeePerGas != nil || args.BlobFeeCap != nil {
		if err := api.fillFees(ctx, &args, h, cfg); err != nil {
			return nil, err
		}
	}
	msg, err := args.message(api.gasCap, h.BaseFee, cfg.ChainID)
	if err != nil {
		return nil, err
	}
	result, err := api.c.AccessList(ctx, evm.Call{Header: h, Msg: msg, Overrides: overrides})
	if err != nil {
		return nil, err
	}
	answer := &AccessList{AccessList: result.List, GasUsed: hexutil.Uint64(result.GasUsed)}
	if answer.AccessList == nil {
		answer.AccessList = types.AccessList{}
	}
	if result.VMErr != nil {
		answer.Error = result.VMErr.Error()
	}
	return answer, nil
}

// fillFees checks the fees given and fills in the missing ones, as go-ethereum does for a transaction to be sent.
func (api *callAPI) fillFees(ctx context.Context, args *TransactionArgs, h *types.Header, cfg *params.ChainConfig) error {
	if args.BlobFeeCap != nil && args.BlobFeeCap.ToInt().Sign() == 0 {
		return errors.New("maxFeePerBlobGas, if specified, must be non-zero")
	}
	if args.BlobHashes != nil && args.BlobFeeCap == nil && cfg.IsCancun(h.Number, h.Time) {
		args.BlobFeeCap = (*hexutil.Big)(new(big.Int).Mul(eip4844.CalcBlobFee(cfg, h), common.Big2))
	}
	london := cfg.IsLondon(h.Number)
	switch {
	case args.GasPrice != nil && (args.MaxFeePerGas != nil || args.MaxPriorityFeePerGas != nil):
		return errBothFees
	case args.GasPrice != nil && args.AuthorizationList != nil:
		return errors.New("both gasPrice and authorizationList specified")
	case args.GasPrice != nil && args.GasPrice.ToInt().Sign() == 0 && london:
		return errors.New("gasPrice must be non-zero after london fork")
	case args.GasPrice != nil:
		return nil
	case args.MaxFeePerGas != nil && args.MaxPriorityFeePerGas != nil:
		if args.MaxFeePerGas.ToInt().Sign() == 0 {
			return errors.New("maxFeePerGas must be non-zero")
		}
		return capsInOrder(args)
	case !london && (args.MaxFeePerGas != nil || args.MaxPriorityFeePerGas != nil):
		return errors.New("maxFeePerGas and maxPriorityFeePerGas are not valid before London is active")
	}
	return api.suggestFees(ctx, args, h, london)
}

func (api *callAPI) suggestFees(ctx context.Context, args *TransactionArgs, h *types.Header, london bool) error {
	if args.MaxPriorityFeePerGas == nil {
		tip, err := api.fees.tip(ctx)
		if err != nil {
			return err
		}
		if !london {
			args.GasPrice = (*hexutil.Big)(tip)
			return nil
		}
		args.MaxPriorityFeePerGas = (*hexutil.Big)(tip)
	}
	if args.MaxFeePerGas == nil {
		// Twice the base fee stays valid through several rising blocks.
		limit := new(big.Int).Mul(h.BaseFee, common.Big2)
		args.MaxFeePerGas = (*hexutil.Big)(limit.Add(limit, args.MaxPriorityFeePerGas.ToInt()))
	}
	return capsInOrder(args)
}

func capsInOrder(args *TransactionArgs) error {
	if args.MaxFeePerGas.ToInt().Cmp(args.MaxPriorityFeePerGas.ToInt()) < 0 {
		return fmt.Errorf("maxFeePerGas (%v) < maxPriorityFeePerGas (%v)", args.MaxFeePerGas, args.MaxPriorityFeePerGas)
	}
	return nil
}
