package evm

import (
	"context"
	"errors"
	"math/big"

	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/core/vm"
	"github.com/ethereum/go-ethereum/eth/gasestimator"

	"github.com/candela-les/candela/proof"
)

// estimateErrorRatio is how far above the least sufficient gas an estimate may be,
// as in go-ethereum's eth_estimateGas.
const estimateErrorRatio = 0.015

// EstimateGas returns the gas that call needs, at most gasCap if that is not zero
// and at most the message's own limit if that is at least the gas of a transfer. A
// call that reverts at any gas fails with vm.ErrExecutionReverted and its revert
// data. Missing and the other errors are as for Run.
func EstimateGas(ctx context.Context, st *State, call Call, gasCap uint64) (gas uint64, revert []byte, missing Missing, err error) {
	r, err := prepare(st, &call)
	if err != nil {
		return 0, nil, Missing{}, err
	}
	if err := call.Overrides.apply(r.statedb, vm.ActivePrecompiledContracts(r.rules)); err != nil {
		return 0, nil, Missing{}, err
	}
	opts := &gasestimator.Options{
		Config:     r.config,
		Chain:      r.chain,
		Header:     r.estimateHeader(call.BlockOverrides),
		State:      r.statedb,
		ErrorRatio: estimateErrorRatio,
	}
	if o := call.BlockOverrides; o != nil && o.BlobBaseFee != nil {
		opts.BlobBaseFee = o.BlobBaseFee.ToInt()
	}
	// The estimator computes this without asking whether it can.
	if _, err := proof.BlobBaseFee(r.config, opts.Header); err != nil {
		return 0, nil, Missing{}, err
	}
	gas, revert, err = gasestimator.Estimate(ctx, r.msg, opts, gasCap)
	if missing, err := r.end(ctx, r.statedb); err != nil {
		if len(missing.Headers) > 0 {
			missing = r.allHeaders(ctx, st, call, missing)
		}
		return 0, nil, missing, err
	}
	if err != nil {
		return 0, revert, Missing{}, err
	}
	return gas, nil, Missing{}, nil
}

// estimateHeader is the header that the estimator makes its block from: with the
// overrides in it, and with the fields that the rules in force demand.
func (r *run) estimateHeader(o *BlockOverrides) *types.Header {
	if o == nil {
		return r.header
	}
	header := o.Header(r.header)
	r.chain.renumbered = header.Number.Cmp(r.header.Number) != 0
	rules := r.config.Rules(header.Number, header.Difficulty.Sign() == 0, header.Time)
	if header.BaseFee == nil && rules.IsLondon {
		header.BaseFee = new(big.Int)
	}
	if header.ExcessBlobGas == nil && rules.IsCancun {
		header.ExcessBlobGas = new(uint64)
	}
	if !rules.IsCancun {
		header.ExcessBlobGas = nil
	}
	return header
}

// allHeaders completes the headers in missing. The estimator makes its own block
// context and so reports one missing ancestor at a time; Run reports them all.
func (r *run) allHeaders(ctx context.Context, st *State, call Call, missing Missing) Missing {
	msg := *r.msg
	if msg.GasLimit == 0 {
		msg.GasLimit = r.header.GasLimit
	}
	call.Msg = &msg
	_, more, err := Run(ctx, st, call)
	if errors.Is(err, ErrIncomplete) && len(more.Headers) > len(missing.Headers) {
		missing.Headers = more.Headers
	}
	return missing
}
