package evm_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"math"
	"math/big"
	"os"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/core/vm"
	"github.com/ethereum/go-ethereum/eth/gasestimator"
	"github.com/holiman/uint256"

	"github.com/candela-les/candela/proof/evm"
	"github.com/candela-les/candela/proof/prooftest"
)

// maxRounds bounds the rounds of a test's fetching; no honest supply needs more.
const maxRounds = 20

// settle repeats a run, with everything that it missed supplied by chain, until
// nothing is missing, and returns how many rounds that took.
func settle(tb testing.TB, chain *prooftest.Chain, st *evm.State, run func() (evm.Missing, error)) (int, error) {
	tb.Helper()
	for round := 1; round <= maxRounds; round++ {
		missing, err := run()
		if missing.Empty() != !errors.Is(err, evm.ErrIncomplete) {
			tb.Fatalf("missing %+v with error %v", missing, err)
		}
		if missing.Empty() {
			return round, err
		}
		chain.Supply(st, missing)
	}
	tb.Fatalf("still missing something after %d rounds", maxRounds)
	return 0, nil
}

// runCold runs a call from no evidence at all.
func runCold(tb testing.TB, chain *prooftest.Chain, header *types.Header, call evm.Call) (result *core.ExecutionResult, st *evm.State, rounds int, err error) {
	tb.Helper()
	st = evm.NewState(header)
	rounds, err = settle(tb, chain, st, func() (missing evm.Missing, err error) {
		result, missing, err = evm.Run(tb.Context(), st, call)
		if err != nil && result != nil {
			tb.Fatalf("a result with error %v", err)
		}
		return missing, err
	})
	return result, st, rounds, err
}

// oracle runs a message in go-ethereum over the full state, as eth_call does.
func oracle(tb testing.TB, chain *prooftest.Chain, header *types.Header, msg *core.Message) (*core.ExecutionResult, error) {
	tb.Helper()
	statedb, err := chain.StateAt(header.Root, header.Number, header.Time)
	if err != nil {
		tb.Fatal(err)
	}
	m := *msg
	m.SkipNonceCheck().SkipEOACheck().SkipGasLimitCapCheck().SkipExecutionGasCapCheck()
	block := core.NewEVMBlockContext(header, chain, nil)
	if m.GasPrice.Sign() == 0 {
		block.BaseFee = new(big.Int)
	}
	if m.BlobGasFeeCap != nil && m.BlobGasFeeCap.Sign() == 0 {
		block.BlobBaseFee = new(big.Int)
	}
	machine := vm.NewEVM(block, statedb, chain.Config(), vm.Config{NoBaseFee: true})
	defer machine.Release()
	return core.ApplyMessage(machine, &m, core.NewGasPool(math.MaxUint64))
}

// same fails unless two runs had the same outcome.
func same(tb testing.TB, got *core.ExecutionResult, gotErr error, want *core.ExecutionResult, wantErr error) {
	tb.Helper()
	if (gotErr != nil) != (wantErr != nil) {
		tb.Fatalf("error %v, want %v", gotErr, wantErr)
	}
	if wantErr != nil {
		if !strings.Contains(gotErr.Error(), wantErr.Error()) {
			tb.Fatalf("error %q, want %q", gotErr, wantErr)
		}
		return
	}
	if !bytes.Equal(got.ReturnData, want.ReturnData) || got.UsedGas != want.UsedGas || got.MaxUsedGas != want.MaxUsedGas || !errors.Is(got.Err, want.Err) {
		tb.Fatalf("got %+v, want %+v", got, want)
	}
}

// messages returns every transaction of the chain as a message for the state
// before its block, and that block's parent.
func messages(tb testing.TB, chain *prooftest.Chain, each func(parent *types.Header, msg *core.Message)) {
	tb.Helper()
	for number := uint64(1); number <= chain.CurrentHeader().Number.Uint64(); number++ {
		block := chain.GetBlockByNumber(number)
		parent := chain.GetHeaderByNumber(number - 1)
		// By the parent's rules a message of the fork's first block may be refused,
		// which is compared too.
		signer := types.MakeSigner(chain.Config(), block.Number(), block.Time())
		for _, tx := range block.Transactions() {
			msg, err := core.TransactionToMessage(tx, signer, block.BaseFee())
			if err != nil {
				tb.Fatal(err)
			}
			if tx.Type() != types.BlobTxType {
				msg.BlobGasFeeCap = nil
			}
			each(parent, msg)
		}
	}
}

// TestRunAgreesWithGoEthereum replays each of the chain's transactions over proven
// state only, fetched as the runs ask for it.
func TestRunAgreesWithGoEthereum(t *testing.T) {
	chain := prooftest.Conformance(t)
	runs, worst := 0, 0
	messages(t, chain, func(parent *types.Header, msg *core.Message) {
		got, _, rounds, err := runCold(t, chain, parent, evm.Call{Header: parent, Config: chain.Config(), Msg: msg})
		want, wantErr := oracle(t, chain, parent, msg)
		same(t, got, err, want, wantErr)
		runs++
		worst = max(worst, rounds)
	})
	t.Logf("%d calls, at most %d rounds", runs, worst)
	if runs < 200 {
		t.Errorf("only %d calls were run", runs)
	}
}

// TestEstimateAgreesWithGoEthereum does the same for estimates.
func TestEstimateAgreesWithGoEthereum(t *testing.T) {
	chain := prooftest.Conformance(t)
	messages(t, chain, func(parent *types.Header, msg *core.Message) {
		st := evm.NewState(parent)
		var got uint64
		var revert []byte
		_, err := settle(t, chain, st, func() (missing evm.Missing, err error) {
			got, revert, missing, err = evm.EstimateGas(t.Context(), st, evm.Call{Config: chain.Config(), Msg: msg}, 0)
			return missing, err
		})
		statedb, dbErr := chain.StateAt(parent.Root, parent.Number, parent.Time)
		if dbErr != nil {
			t.Fatal(dbErr)
		}
		m := *msg
		m.SkipNonceCheck().SkipEOACheck().SkipGasLimitCapCheck()
		want, wantRevert, wantErr := gasestimator.Estimate(t.Context(), &m, &gasestimator.Options{
			Config: chain.Config(), Chain: chain, Header: parent, State: statedb, ErrorRatio: 0.015,
		}, 0)
		if got != want || !bytes.Equal(revert, wantRevert) || (err == nil) != (wantErr == nil) || err != nil && err.Error() != wantErr.Error() {
			t.Fatalf("block %d: got %d, %x, %v; want %d, %x, %v", parent.Number, got, revert, err, want, wantRevert, wantErr)
		}
	})
}

// args are the transaction arguments of the recorded conversations.
type args struct {
	From                 common.Address
	To                   *common.Address
	Gas                  hexutil.Uint64
	GasPrice             *hexutil.U256
	MaxFeePerGas         *hexutil.U256
	MaxPriorityFeePerGas *hexutil.U256
	MaxFeePerBlobGas     *hexutil.U256
	Value                *hexutil.U256
	Nonce                hexutil.Uint64
	Input                hexutil.Bytes
	BlobVersionedHashes  []common.Hash
	AccessList           types.AccessList
	AuthorizationList    []types.SetCodeAuthorization
}

func (a *args) message(header *types.Header) *core.Message {
	m := &core.Message{
		From: a.From, To: a.To, GasLimit: uint64(a.Gas), Value: (*uint256.Int)(a.Value), Nonce: uint64(a.Nonce), Data: a.Input,
		GasPrice: new(uint256.Int), GasFeeCap: (*uint256.Int)(a.MaxFeePerGas), GasTipCap: (*uint256.Int)(a.MaxPriorityFeePerGas),
		BlobGasFeeCap: (*uint256.Int)(a.MaxFeePerBlobGas), BlobHashes: a.BlobVersionedHashes,
		AccessList: a.AccessList, SetCodeAuthorizations: a.AuthorizationList,
	}
	switch {
	case a.GasPrice != nil:
		m.GasPrice = (*uint256.Int)(a.GasPrice)
		m.GasFeeCap, m.GasTipCap = m.GasPrice, m.GasPrice
	case m.GasFeeCap != nil:
		m.GasPrice.Add(m.GasTipCap, uint256.MustFromBig(header.BaseFee))
		if m.GasPrice.Cmp(m.GasFeeCap) > 0 {
			m.GasPrice = m.GasFeeCap
		}
	}
	return m
}

// recorded is one question and answer of the execution-apis recordings.
type recorded struct {
	name   string
	params json.RawMessage
	Result json.RawMessage
	Error  *struct {
		Code    int
		Message string
		Data    hexutil.Bytes
	}
}

func recordings(tb testing.TB, method string) []recorded {
	tb.Helper()
	var out []recorded
	for _, file := range prooftest.Glob(tb, "execution-apis", "tests", method, "*.io") {
		data, err := os.ReadFile(file)
		if err != nil {
			tb.Fatal(err)
		}
		var question struct{ Params []json.RawMessage }
		for line := range strings.Lines(string(data)) {
			switch {
			case strings.HasPrefix(line, ">> "):
				if err := json.Unmarshal([]byte(line[3:]), &question); err != nil {
					tb.Fatal(err)
				}
			case strings.HasPrefix(line, "<< "):
				answer := recorded{name: file, params: question.Params[0]}
				if err := json.Unmarshal([]byte(line[3:]), &answer); err != nil {
					tb.Fatal(err)
				}
				out = append(out, answer)
			}
		}
	}
	return out
}

func (r *recorded) call(tb testing.TB, chain *prooftest.Chain, defaultGas uint64) evm.Call {
	tb.Helper()
	var a args
	if err := json.Unmarshal(r.params, &a); err != nil {
		tb.Fatalf("%s: %v", r.name, err)
	}
	if a.Gas == 0 {
		a.Gas = hexutil.Uint64(defaultGas)
	}
	header := chain.CurrentHeader()
	return evm.Call{Header: header, Config: chain.Config(), Msg: a.message(header)}
}

// failure compares an error with a recorded one: reverts have code 3 and data.
func (r *recorded) failure(tb testing.TB, err error, revert []byte) {
	tb.Helper()
	if r.Error.Code == 3 && (!errors.Is(err, vm.ErrExecutionReverted) || !bytes.Equal(revert, r.Error.Data)) {
		tb.Errorf("%s: got %v with %x, want %s with %x", r.name, err, revert, r.Error.Message, r.Error.Data)
	}
}

func TestRecordedCalls(t *testing.T) {
	chain := prooftest.Conformance(t)
	for _, r := range recordings(t, "eth_call") {
		result, _, rounds, err := runCold(t, chain, chain.CurrentHeader(), r.call(t, chain, 50_000_000))
		if err != nil {
			t.Errorf("%s: %v", r.name, err)
			continue
		}
		if r.Error != nil {
			r.failure(t, result.Err, result.Revert())
			continue
		}
		var want hexutil.Bytes
		if err := json.Unmarshal(r.Result, &want); err != nil {
			t.Fatal(err)
		}
		if result.Err != nil || !bytes.Equal(result.Return(), want) {
			t.Errorf("%s: got %x, %v; want %s", r.name, result.ReturnData, result.Err, want)
		}
		if rounds > 4 {
			t.Errorf("%s: took %d rounds without a witness", r.name, rounds)
		}
	}
}

func TestRecordedEstimates(t *testing.T) {
	chain := prooftest.Conformance(t)
	for _, r := range recordings(t, "eth_estimateGas") {
		st := evm.NewState(chain.CurrentHeader())
		var gas uint64
		var revert []byte
		_, err := settle(t, chain, st, func() (missing evm.Missing, err error) {
			gas, revert, missing, err = evm.EstimateGas(t.Context(), st, r.call(t, chain, 0), 50_000_000)
			return missing, err
		})
		if r.Error != nil {
			r.failure(t, err, revert)
			continue
		}
		var want hexutil.Uint64
		if err := json.Unmarshal(r.Result, &want); err != nil {
			t.Fatal(err)
		}
		if err != nil || gas != uint64(want) {
			t.Errorf("%s: got %d, %v; want %d", r.name, gas, err, want)
		}
	}
}

func TestRecordedAccessLists(t *testing.T) {
	chain := prooftest.Conformance(t)
	for _, r := range recordings(t, "eth_createAccessList") {
		st := evm.NewState(chain.CurrentHeader())
		var got struct {
			AccessList types.AccessList `json:"accessList"`
			Error      string           `json:"error,omitempty"`
			GasUsed    hexutil.Uint64   `json:"gasUsed"`
		}
		_, err := settle(t, chain, st, func() (evm.Missing, error) {
			list, gas, vmErr, missing, err := evm.CreateAccessList(t.Context(), st, r.call(t, chain, 50_000_000))
			got.AccessList, got.GasUsed = list, hexutil.Uint64(gas)
			if vmErr != nil {
				got.Error = vmErr.Error()
			}
			return missing, err
		})
		enc, jsonErr := json.Marshal(got)
		if jsonErr != nil {
			t.Fatal(jsonErr)
		}
		if err != nil || string(enc) != string(r.Result) {
			t.Errorf("%s: got %s, %v; want %s", r.name, enc, err, r.Result)
		}
	}
}

var errStop = errors.New("enough")

// TestAborted: a run that does not end by itself ends with its context.
func TestAborted(t *testing.T) {
	chain := prooftest.Conformance(t)
	header := chain.CurrentHeader()
	loop := hexutil.Bytes{0x5b, 0x5f, 0x56} // JUMPDEST PUSH0 JUMP
	to := common.Address{0xaa}
	call := evm.Call{
		Config: chain.Config(), Msg: &core.Message{To: &to, GasLimit: math.MaxUint64},
		Overrides: &evm.StateOverride{to: {Code: &loop}},
	}
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(errStop)
	if result, missing, err := evm.Run(ctx, evm.NewState(header), call); !errors.Is(err, evm.ErrAborted) || !errors.Is(err, errStop) || result != nil || !missing.Empty() {
		t.Errorf("run: %v, %+v, %v", result, missing, err)
	}
	if gas, _, _, err := evm.EstimateGas(ctx, evm.NewState(header), call, 1<<40); !errors.Is(err, evm.ErrAborted) || gas != 0 {
		t.Errorf("estimate: %d, %v", gas, err)
	}
	if list, _, _, _, err := evm.CreateAccessList(ctx, evm.NewState(header), call); !errors.Is(err, evm.ErrAborted) || list != nil {
		t.Errorf("access list: %v, %v", list, err)
	}
}
