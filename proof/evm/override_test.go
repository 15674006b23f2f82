package evm_test

import (
	"encoding/json"
	"errors"
	"math/big"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/params"

	"github.com/candela-les/candela/proof/evm"
	"github.com/candela-les/candela/proof/prooftest"
)

// fuzzConfig is a chain of before London, whose blocks have few fields.
func fuzzConfig() *params.ChainConfig {
	return &params.ChainConfig{
		ChainID: common.Big1, HomesteadBlock: new(big.Int), EIP150Block: new(big.Int), EIP155Block: new(big.Int),
		EIP158Block: new(big.Int), ByzantiumBlock: new(big.Int), ConstantinopleBlock: new(big.Int),
		PetersburgBlock: new(big.Int), IstanbulBlock: new(big.Int), BerlinBlock: new(big.Int),
	}
}

// returning is code that returns the one word that op leaves on the stack.
func returning(op ...byte) string {
	return hexutil.Encode(append(op, 0x5f, 0x52, 0x60, 0x20, 0x5f, 0xf3)) // PUSH0 MSTORE PUSH1 32 PUSH0 RETURN
}

// TestOverrides reads each override back from inside the call, as JSON gives it.
func TestOverrides(t *testing.T) {
	chain := prooftest.Conformance(t)
	header := chain.CurrentHeader()
	const target = "0xaa00000000000000000000000000000000000000"
	const contract = "0x7dcd17433742f4c0ca53122ab541d0ba67fc27df" // slot 0 is not zero
	slot0 := chain.ProveSlot(header, common.HexToAddress(contract), common.Hash{})
	if len(slot0) == 0 {
		t.Fatal("the contract has no storage")
	}
	for _, c := range []struct{ name, to, code, state, block, want string }{
		{"balance", target, returning(0x47), `"balance":"0x1234"`, ``, "0x1234"},
		{"state diff", target, returning(0x5f, 0x54), `"stateDiff":{"0x0000000000000000000000000000000000000000000000000000000000000000":"0x0000000000000000000000000000000000000000000000000000000000000077"}`, ``, "0x77"},
		{"whole state hides a slot", contract, returning(0x5f, 0x54), `"state":{}`, ``, "0x0"},
		{"whole state sets a slot", contract, returning(0x60, 1, 0x54), `"state":{"0x0000000000000000000000000000000000000000000000000000000000000001":"0x0000000000000000000000000000000000000000000000000000000000000078"}`, ``, "0x78"},
		{"code size", target, returning(0x38), ``, ``, "0x7"},
		{"number", target, returning(0x43), ``, `"number":"0x99"`, "0x99"},
		{"time", target, returning(0x42), ``, `"time":"0x99999"`, "0x99999"},
		{"gas limit", target, returning(0x45), ``, `"gasLimit":"0x99"`, "0x99"},
		{"fee recipient", target, returning(0x41), ``, `"feeRecipient":"0x00000000000000000000000000000000000000bb"`, "0xbb"},
		{"prevrandao", target, returning(0x44), ``, `"prevRandao":"0x00000000000000000000000000000000000000000000000000000000000000cc"`, "0xcc"},
		{"difficulty means nothing after the merge", target, returning(0x44), ``, `"difficulty":"0x99"`, header.MixDigest.Hex()},
		{"base fee without a price", target, returning(0x48), ``, `"baseFeePerGas":"0x99"`, "0x0"},
		{"blob base fee", target, returning(0x4a), ``, `"blobBaseFee":"0x99"`, "0x99"},
		{"block hash, number as it was", target, returning(0x60, 53, 0x40), ``, ``, chain.GetHeaderByNumber(53).Hash().Hex()},
		{"block hash, number higher", target, returning(0x60, 53, 0x40), ``, `"number":"0x38"`, chain.GetHeaderByNumber(53).Hash().Hex()},
		{"block hash of the block itself", target, returning(0x60, 54, 0x40), ``, `"number":"0x38"`, "0x0"},
	} {
		t.Run(c.name, func(t *testing.T) {
			state := `"code":"` + c.code + `"`
			if c.state != "" {
				state += "," + c.state
			}
			result, err := runJSON(t, chain, c.to, `{"`+c.to+`":{`+state+`}}`, `{`+c.block+`}`)
			if err != nil || result.Err != nil {
				t.Fatalf("%+v, %v", result, err)
			}
			if want := common.HexToHash(c.want); common.BytesToHash(result.ReturnData) != want {
				t.Errorf("got %x, want %s", result.ReturnData, want)
			}
		})
	}
}

func runJSON(t *testing.T, chain *prooftest.Chain, to, state, block string) (*core.ExecutionResult, error) {
	t.Helper()
	addr := common.HexToAddress(to)
	call := evm.Call{Config: chain.Config(), Msg: &core.Message{To: &addr, GasLimit: 200_000, Data: []byte("data")}}
	for text, v := range map[string]any{state: &call.Overrides, block: &call.BlockOverrides} {
		if err := json.Unmarshal([]byte(text), v); err != nil {
			t.Fatalf("%s: %v", text, err)
		}
	}
	result, _, _, err := runCold(t, chain, chain.CurrentHeader(), call)
	return result, err
}

// TestMovedPrecompile calls the identity function where it was moved to.
func TestMovedPrecompile(t *testing.T) {
	chain := prooftest.Conformance(t)
	const identity, elsewhere = "0x0000000000000000000000000000000000000004", "0x0000000000000000000000000000000000123456"
	move := `{"` + identity + `":{"movePrecompileToAddress":"` + elsewhere + `"}}`
	if result, err := runJSON(t, chain, elsewhere, move, `null`); err != nil || string(result.ReturnData) != "data" {
		t.Errorf("where it was moved to: %+v, %v", result, err)
	}
	if result, err := runJSON(t, chain, identity, move, `null`); err != nil || len(result.ReturnData) != 0 {
		t.Errorf("where it was: %+v, %v", result, err)
	}
}

// TestOverrideRefusals compares the words of refusals with go-ethereum's.
func TestOverrideRefusals(t *testing.T) {
	chain := prooftest.Conformance(t)
	const a, b = "0x0000000000000000000000000000000000000001", "0xbB00000000000000000000000000000000000000"
	for _, c := range []struct{ name, state, block, want string }{
		{"both kinds of state", `{"` + b + `":{"state":{},"stateDiff":{}}}`, `null`, "has both 'state' and 'stateDiff'"},
		{"moving what is no precompile", `{"` + b + `":{"movePrecompileToAddress":"` + a + `"}}`, `null`, "is not a precompile"},
		{"moving onto an override", `{"` + a + `":{"movePrecompileToAddress":"` + b + `"},"` + b + `":{}}`, `null`, "is already overridden"},
		{"beacon root", `null`, `{"beaconRoot":"0x0000000000000000000000000000000000000000000000000000000000000001"}`, `block override "beaconRoot" is not supported`},
		{"withdrawals", `null`, `{"withdrawals":[]}`, `block override "withdrawals" is not supported`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := runJSON(t, chain, b, c.state, c.block); err == nil || errors.Is(err, evm.ErrIncomplete) || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

// TestOverridesAcrossForks moves blocks into other forks than their own, where they
// lack what the rules there demand: the call runs or is refused, without a panic.
func TestOverridesAcrossForks(t *testing.T) {
	chain := prooftest.Conformance(t)
	head := chain.CurrentHeader().Number.Uint64()
	to := common.Address{0xaa}
	code := hexutil.Bytes{0x48, 0x4a, 0x44, 0x46, 0x5f, 0x40} // BASEFEE BLOBBASEFEE PREVRANDAO CHAINID, BLOCKHASH of 0
	for _, from := range []uint64{1, 10, 28, 36, 40, 43, 46, head} {
		for _, into := range []uint64{1, 10, 28, 36, 40, 43, 46, head, 1 << 40} {
			time := hexutil.Uint64(into * 10)
			number := (*hexutil.Big)(new(big.Int).SetUint64(into))
			call := evm.Call{
				Config: chain.Config(), Msg: &core.Message{To: &to, GasLimit: 1_000_000},
				Overrides:      &evm.StateOverride{to: {Code: &code}},
				BlockOverrides: &evm.BlockOverrides{Time: &time, Number: number},
			}
			header := chain.GetHeaderByNumber(from)
			if _, _, _, err := runCold(t, chain, header, call); err != nil {
				t.Errorf("run of block %d as %d: %v", from, into, err)
			}
			st := evm.NewState(header)
			if _, err := settle(t, chain, st, func() (evm.Missing, error) {
				_, _, missing, err := evm.EstimateGas(t.Context(), st, call, 0)
				return missing, err
			}); err != nil && !strings.Contains(err.Error(), "invalid opcode") && !strings.Contains(err.Error(), "stack") {
				t.Errorf("estimate of block %d as %d: %v", from, into, err)
			}
		}
	}
}

// TestTooDeep: an override of the number can ask for hashes that no chain of parent
// hashes of bearable length leads to.
func TestTooDeep(t *testing.T) {
	chain := prooftest.Conformance(t)
	header := types.CopyHeader(chain.CurrentHeader())
	header.Number.SetUint64(1_000_000) // as if the chain were long
	call := hashCall(chain, 44)
	call.BlockOverrides = &evm.BlockOverrides{Number: (*hexutil.Big)(big.NewInt(45))}
	if result, _, _, err := runCold(t, chain, header, call); !errors.Is(err, evm.ErrTooDeep) || result != nil {
		t.Errorf("%+v, %v", result, err)
	}
}

func TestOverriddenHeader(t *testing.T) {
	chain := prooftest.Conformance(t)
	header := chain.CurrentHeader()
	if (*evm.BlockOverrides)(nil).Header(header) != header {
		t.Error("no overrides, but another header")
	}
	var o evm.BlockOverrides
	err := json.Unmarshal([]byte(`{"number":"0x1","difficulty":"0x2","time":"0x3","gasLimit":"0x4","feeRecipient":"0x0000000000000000000000000000000000000005","prevRandao":"0x0000000000000000000000000000000000000000000000000000000000000006","baseFeePerGas":"0x7"}`), &o)
	if err != nil {
		t.Fatal(err)
	}
	h := o.Header(header)
	if h.Number.Uint64() != 1 || h.Difficulty.Sign() != 0 || h.Time != 3 || h.GasLimit != 4 || h.Coinbase[19] != 5 || h.MixDigest[31] != 6 || h.BaseFee.Uint64() != 7 {
		t.Errorf("got %+v", h)
	}
	if header.Number.Uint64() != 54 {
		t.Error("the original was changed")
	}
}
