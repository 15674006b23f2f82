package evm

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/big"

	"github.com/ethereum/go-ethereum/core"
	"github.com/ethereum/go-ethereum/core/state"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/core/vm"
	"github.com/ethereum/go-ethereum/params"
	"github.com/holiman/uint256"

	"github.com/candela-les/candela/proof"
)

// Call is a message to run on the state after a block.
type Call struct {
	// Header is the block's header; nil means that of the State.
	Header *types.Header
	Config *params.ChainConfig
	// Msg is not changed. Amounts that are nil are zero. Nonce, sender's code and
	// the protocol's gas cap are not checked, as in eth_call.
	Msg            *core.Message
	Overrides      *StateOverride
	BlockOverrides *BlockOverrides
}

// run is one execution being prepared.
type run struct {
	view    *view
	chain   *chain
	config  *params.ChainConfig
	header  *types.Header
	msg     *core.Message
	statedb *state.StateDB
	block   vm.BlockContext
	rules   params.Rules
}

// prepare opens a fresh view of st for call. Overrides of the block are in the
// result's block, not in its header.
func prepare(st *State, call *Call) (*run, error) {
	if call.Config == nil || call.Msg == nil {
		return nil, errors.New("a call needs a chain configuration and a message")
	}
	r := &run{
		view:   &view{recorder: newRecorder(), state: st},
		config: call.Config,
		header: st.header,
		msg:    message(call.Msg),
	}
	if err := r.check(call); err != nil {
		return nil, err
	}
	r.chain = &chain{config: r.config, view: r.view}
	var err error
	if r.block, err = r.chain.blockContext(r.header); err != nil {
		return nil, err
	}
	if r.statedb, err = r.view.newStateDB(); err != nil {
		return nil, err
	}
	if err := call.BlockOverrides.apply(&r.block); err != nil {
		return nil, err
	}
	r.rules = complete(r.config, &r.block)
	return r, nil
}

// check refuses a header of another block, and a configuration that is not that of
// the block's chain: run by other rules than the chain's, a call would have a result
// that nobody else gets.
func (r *run) check(call *Call) error {
	if call.Header != nil && call.Header.Hash() != r.header.Hash() {
		return fmt.Errorf("call on block %s over the state of block %s", call.Header.Hash(), r.header.Hash())
	}
	number, time := r.header.Number, r.header.Time
	for _, fork := range []struct {
		name             string
		active, inHeader bool
	}{
		{"London", r.config.IsLondon(number), r.header.BaseFee != nil},
		{"Shanghai", r.config.IsShanghai(number, time), r.header.WithdrawalsHash != nil},
		{"Cancun", r.config.IsCancun(number, time), r.header.ExcessBlobGas != nil},
		{"Prague", r.config.IsPrague(number, time), r.header.RequestsHash != nil},
	} {
		if fork.active != fork.inHeader {
			return fmt.Errorf("%w: %s is active: %t by configuration, %t by the header of block %d",
				proof.ErrConfig, fork.name, fork.active, fork.inHeader, number)
		}
	}
	return nil
}

// message copies msg and fills in what go-ethereum expects of a simulated call.
func message(msg *core.Message) *core.Message {
	m := *msg
	for _, amount := range []**uint256.Int{&m.Value, &m.GasPrice, &m.GasFeeCap, &m.GasTipCap} {
		if *amount == nil {
			*amount = new(uint256.Int)
		}
	}
	if m.BlobGasFeeCap == nil && m.BlobHashes != nil {
		m.BlobGasFeeCap = new(uint256.Int)
	}
	return m.SkipNonceCheck().SkipEOACheck().SkipGasLimitCapCheck()
}

// freeGas zeroes the fees that the message does not pay, so that it need not meet
// the block's base fees.
func (r *run) freeGas(block *vm.BlockContext) {
	if r.msg.GasPrice.Sign() == 0 {
		block.BaseFee = new(big.Int)
	}
	if r.msg.BlobGasFeeCap != nil && r.msg.BlobGasFeeCap.BitLen() == 0 {
		block.BlobBaseFee = new(big.Int)
	}
}

// end turns what the run recorded into its answer: an error, unless nothing was
// missed. The recorder is asked before the run's own error, which may be but the
// echo of a miss ("insufficient funds").
func (r *run) end(ctx context.Context, statedb *state.StateDB) (Missing, error) {
	if ctx.Err() != nil {
		return Missing{}, fmt.Errorf("%w: %w", ErrAborted, context.Cause(ctx))
	}
	missing, err := r.view.result()
	switch {
	case err != nil:
		return Missing{}, err
	case !missing.Empty():
		// Almost every call reads these. A doomed run may have ended before it came
		// to them, because a sender that is not known has no money.
		_, _ = r.view.Account(r.msg.From)
		_, _ = r.view.Account(r.block.Coinbase)
		if r.msg.To != nil {
			_, _ = r.view.Account(*r.msg.To)
		}
		missing, _ = r.view.result()
		return missing, ErrIncomplete
	case statedb.Error() != nil:
		return Missing{}, statedb.Error()
	}
	return Missing{}, nil
}

// Run executes call as eth_call does. The result tells a reverted call from a
// successful one; the error is for calls that could not be run at all, worded as
// go-ethereum words it, and ErrIncomplete when Missing is not empty. If ctx ends
// the run is stopped and fails with ErrAborted.
func Run(ctx context.Context, st *State, call Call) (*core.ExecutionResult, Missing, error) {
	r, err := prepare(st, &call)
	if err != nil {
		return nil, Missing{}, err
	}
	precompiles := vm.ActivePrecompiledContracts(r.rules)
	overrideErr := call.Overrides.apply(r.statedb, precompiles)
	if overrideErr != nil {
		return nil, Missing{}, overrideErr
	}
	r.msg.SkipExecutionGasCapCheck()
	r.freeGas(&r.block)
	evm := vm.NewEVM(r.block, r.statedb, r.config, vm.Config{NoBaseFee: true})
	defer evm.Release()
	evm.SetPrecompiles(precompiles)

	result, err := r.apply(ctx, evm)
	if missing, err := r.end(ctx, r.statedb); err != nil {
		return nil, missing, err
	}
	if err != nil {
		return nil, Missing{}, fmt.Errorf("err: %w (supplied gas %d)", err, r.msg.GasLimit)
	}
	return result, Missing{}, nil
}

// apply runs the message and stops it when ctx ends. The EVM takes no error from
// being cancelled, so ctx must be looked at afterwards.
func (r *run) apply(ctx context.Context, evm *vm.EVM) (*core.ExecutionResult, error) {
	stop := context.AfterFunc(ctx, evm.Cancel)
	defer stop()
	return core.ApplyMessage(evm, r.msg, core.NewGasPool(math.MaxUint64))
}
