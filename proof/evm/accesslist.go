package evm

import (
	"context"
	"fmt"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/core/vm"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/eth/tracers/logger"
)

// CreateAccessList returns the access list that call would use, and the gas it uses
// with it, as eth_createAccessList does. A call that fails in the EVM still has a
// list; its failure is vmErr. Missing and err are as for Run.
func CreateAccessList(ctx context.Context, st *State, call Call) (list types.AccessList, gasUsed uint64, vmErr error, missing Missing, err error) {
	r, err := prepare(st, &call)
	if err != nil {
		return nil, 0, nil, Missing{}, err
	}
	if err := call.Overrides.apply(r.statedb, nil); err != nil {
		return nil, 0, nil, Missing{}, err
	}
	r.freeGas(&r.block)
	excluded := r.excluded()
	known := logger.NewAccessListTracer(r.msg.AccessList, excluded)
	// Each round runs with the list of the one before, which changes what gas costs
	// and so, perhaps, what is reached; until the list stays the same.
	for {
		list := known.AccessList()
		tracer := logger.NewAccessListTracer(list, excluded)
		used, vmErr, missing, err := r.trace(ctx, list, tracer)
		if err != nil {
			return nil, 0, nil, missing, err
		}
		if tracer.Equal(known) {
			return list, used, vmErr, Missing{}, nil
		}
		known = tracer
	}
}

// trace runs the message once with the given access list.
func (r *run) trace(ctx context.Context, list types.AccessList, tracer *logger.AccessListTracer) (gasUsed uint64, vmErr error, missing Missing, err error) {
	statedb := r.statedb.Copy()
	r.msg.AccessList = list
	evm := vm.NewEVM(r.block, statedb, r.config, vm.Config{Tracer: tracer.Hooks(), NoBaseFee: true})
	defer evm.Release()
	result, err := r.apply(ctx, evm)
	if missing, err := r.end(ctx, statedb); err != nil {
		return 0, nil, missing, err
	}
	if err != nil {
		return 0, nil, Missing{}, fmt.Errorf("failed to apply transaction: %w", err)
	}
	return result.UsedGas, result.Err, Missing{}, nil
}

// excluded are the addresses that are warm without being in a list: the sender,
// the recipient or new contract, precompiles, and valid authorities (EIP-7702).
func (r *run) excluded() map[common.Address]struct{} {
	var to common.Address
	if r.msg.To != nil {
		to = *r.msg.To
	} else {
		nonce := r.msg.Nonce
		if nonce == 0 {
			nonce = r.statedb.GetNonce(r.msg.From)
		}
		to = crypto.CreateAddress(r.msg.From, nonce)
	}
	excluded := map[common.Address]struct{}{r.msg.From: {}, to: {}}
	for _, addr := range vm.ActivePrecompiles(r.rules) {
		excluded[addr] = struct{}{}
	}
	for _, auth := range r.msg.SetCodeAuthorizations {
		if !auth.ChainID.IsZero() && auth.ChainID.CmpBig(r.config.ChainID) != 0 || auth.Nonce+1 < auth.Nonce {
			continue
		}
		if authority, err := auth.Authority(); err == nil {
			excluded[authority] = struct{}{}
		}
	}
	return excluded
}
