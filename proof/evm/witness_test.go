package evm_test

import (
	"errors"
	"maps"
	"slices"
	"sync"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/rlp"
	"pgregory.net/rapid"

	"github.com/candela-les/candela/proof"
	"github.com/candela-les/candela/proof/evm"
	"github.com/candela-les/candela/proof/prooftest"
)

// hashCaller is code that returns the hash of the block whose number is its input.
var hashCaller = hexutil.Bytes{
	0x5f, 0x35, // PUSH0 CALLDATALOAD
	0x40,       // BLOCKHASH
	0x5f, 0x52, // PUSH0 MSTORE
	0x60, 0x20, 0x5f, 0xf3, // PUSH1 32 PUSH0 RETURN
}

// hashCall calls hashCaller, which stands nowhere but in an override.
func hashCall(chain *prooftest.Chain, number uint64) evm.Call {
	to := common.Address{0xaa}
	input := common.BigToHash(new(common.Hash).Big().SetUint64(number))
	return evm.Call{
		Config: chain.Config(), Msg: &core.Message{To: &to, GasLimit: 100_000, Data: input[:]},
		Overrides: &evm.StateOverride{to: {Code: &hashCaller}},
	}
}

// TestBlockHash asks for every ancestor's hash. The headers in between are fetched
// together, and never is a hash zero for want of one.
func TestBlockHash(t *testing.T) {
	chain := prooftest.Conformance(t)
	header := chain.CurrentHeader()
	head := header.Number.Uint64()
	for number := uint64(0); number <= head+1; number++ {
		result, _, rounds, err := runCold(t, chain, header, hashCall(chain, number))
		if err != nil || result.Err != nil {
			t.Fatalf("block %d: %v", number, err)
		}
		var want common.Hash
		if number < head {
			want = chain.GetHeaderByNumber(number).Hash()
		}
		if got := common.BytesToHash(result.ReturnData); got != want {
			t.Errorf("block %d: hash %s, want %s", number, got, want)
		}
		// One for the accounts and the headers, one to be done.
		if rounds > 2 {
			t.Errorf("block %d: %d rounds", number, rounds)
		}
	}
}

// TestBlockHashEstimate is the same through the estimator.
func TestBlockHashEstimate(t *testing.T) {
	chain := prooftest.Conformance(t)
	st := evm.NewState(chain.CurrentHeader())
	var gas uint64
	rounds, err := settle(t, chain, st, func() (missing evm.Missing, err error) {
		gas, _, missing, err = evm.EstimateGas(t.Context(), st, hashCall(chain, 3), 0)
		return missing, err
	})
	if err != nil || gas == 0 || rounds > 2 {
		t.Errorf("%d gas after %d rounds, %v", gas, rounds, err)
	}
}

// TestBlockHashWantsLinkedHeaders offers headers that have the right numbers but
// are not ancestors: they are as good as none.
func TestBlockHashWantsLinkedHeaders(t *testing.T) {
	chain := prooftest.Conformance(t)
	header := chain.CurrentHeader()
	st := evm.NewState(header)
	call := hashCall(chain, 50)
	forged := func(number uint64) []byte {
		h := types.CopyHeader(chain.GetHeaderByNumber(number))
		h.ParentHash[3] ^= 1
		return prooftest.Encode(t, h)
	}
	want := []uint64{51, 52, 53}
	for range 2 {
		_, missing, err := evm.Run(t.Context(), st, call)
		if !errors.Is(err, evm.ErrIncomplete) || !slices.Equal(missing.Headers, want) {
			t.Fatalf("missing %+v, %v", missing, err)
		}
		chain.Supply(st, evm.Missing{Accounts: missing.Accounts})
		for _, number := range want {
			st.Add(nil, nil, [][]byte{forged(number)})
		}
	}
	// A hole in the middle is told precisely.
	st.Add(nil, nil, [][]byte{chain.HeaderRLP(53), chain.HeaderRLP(51)})
	if _, missing, _ := evm.Run(t.Context(), st, call); !slices.Contains(missing.Headers, 52) || slices.Contains(missing.Headers, 53) {
		t.Errorf("missing %+v, want header 52", missing)
	}
	st.Add(nil, nil, [][]byte{chain.HeaderRLP(52)})
	result, _, err := evm.Run(t.Context(), st, call)
	if err != nil || common.BytesToHash(result.ReturnData) != chain.GetHeaderByNumber(50).Hash() {
		t.Errorf("got %+v, %v", result, err)
	}
}

// evidence is everything that a call needs, piece by piece.
type evidence struct {
	header  *types.Header
	call    evm.Call
	want    *core.ExecutionResult
	wantErr error
	nodes   [][]byte
	codes   [][]byte
	headers [][]byte
}

// gather runs a call cold and keeps what it was supplied with.
func gather(t *testing.T, chain *prooftest.Chain, header *types.Header, call evm.Call) *evidence {
	e := &evidence{header: header, call: call}
	seen := map[common.Hash]bool{}
	keep := func(to *[][]byte, from [][]byte) {
		for _, item := range from {
			if hash := crypto.Keccak256Hash(item); !seen[hash] {
				seen[hash] = true
				*to = append(*to, item)
			}
		}
	}
	st := evm.NewState(header)
	for range maxRounds {
		result, missing, err := evm.Run(t.Context(), st, call)
		if missing.Empty() {
			e.want, e.wantErr = result, err
			return e
		}
		nodes, codes, headers := chain.Evidence(header, missing)
		st.Add(nodes, codes, headers)
		keep(&e.nodes, nodes)
		keep(&e.codes, codes)
		keep(&e.headers, headers)
	}
	t.Fatalf("still missing something after %d rounds", maxRounds)
	return nil
}

// calls collects a spread of calls: transactions of the chain, the recordings, and
// one that walks over many headers.
func calls(t *testing.T, chain *prooftest.Chain) []*evidence {
	var all []*evidence
	i := 0
	messages(t, chain, func(parent *types.Header, msg *core.Message) {
		if i++; i%6 == 0 {
			all = append(all, gather(t, chain, parent, evm.Call{Config: chain.Config(), Msg: msg}))
		}
	})
	for _, r := range recordings(t, "eth_call") {
		all = append(all, gather(t, chain, chain.CurrentHeader(), r.call(t, chain, 50_000_000)))
	}
	return append(all, gather(t, chain, chain.CurrentHeader(), hashCall(chain, 30)))
}

// TestNeverAnotherResult is the property that matters most: with any part of the
// evidence gone or changed, a call has the same result or none.
func TestNeverAnotherResult(t *testing.T) {
	chain := prooftest.Conformance(t)
	all := calls(t, chain)
	incomplete, complete := 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		e := rapid.SampledFrom(all).Draw(rt, "call")
		st := evm.NewState(e.header)
		// How much is kept varies, so that runs that miss a single piece are common.
		part := func(what string, items [][]byte) (kept [][]byte) {
			for _, item := range items {
				switch rapid.IntRange(0, 2*len(items)+2).Draw(rt, what) {
				case 0: // gone
				case 1:
					changed := slices.Clone(item)
					changed[rapid.IntRange(0, len(item)-1).Draw(rt, "byte")] ^= 1 << rapid.IntRange(0, 7).Draw(rt, "bit")
					kept = append(kept, changed)
				default:
					kept = append(kept, item)
				}
			}
			return kept
		}
		st.Add(part("node", e.nodes), part("code", e.codes), part("header", e.headers))
		got, missing, err := evm.Run(t.Context(), st, e.call)
		if !missing.Empty() {
			incomplete++
			if got != nil || !errors.Is(err, evm.ErrIncomplete) {
				rt.Fatalf("a result %+v, %v with %+v missing", got, err, missing)
			}
			return
		}
		complete++
		if (err == nil) != (e.wantErr == nil) || err != nil && err.Error() != e.wantErr.Error() {
			rt.Fatalf("error %v, want %v", err, e.wantErr)
		}
		if err == nil && (string(got.ReturnData) != string(e.want.ReturnData) || got.UsedGas != e.want.UsedGas || !errors.Is(got.Err, e.want.Err)) {
			rt.Fatalf("got %+v, want %+v", got, e.want)
		}
	})
	if incomplete == 0 || complete == 0 {
		t.Errorf("%d incomplete and %d complete runs: both must happen", incomplete, complete)
	}
}

// TestEveryPieceIsNeeded leaves out one piece at a time, of every kind: each of
// them was fetched because a run needs it, so none can be missed unnoticed.
func TestEveryPieceIsNeeded(t *testing.T) {
	chain := prooftest.Conformance(t)
	pieces := 0
	for _, e := range calls(t, chain) {
		lists := [][][]byte{e.nodes, e.codes, e.headers}
		for kind, list := range lists {
			for i := range list {
				st := evm.NewState(e.header)
				without := slices.Clone(lists)
				without[kind] = slices.Delete(slices.Clone(list), i, i+1)
				st.Add(without[0], without[1], without[2])
				result, missing, err := evm.Run(t.Context(), st, e.call)
				if kind == 1 && missing.Empty() {
					// Codes of accounts come along unasked; one may be of no use.
					continue
				}
				if result != nil || missing.Empty() || !errors.Is(err, evm.ErrIncomplete) {
					t.Fatalf("kind %d, piece %d left out: %+v, %v", kind, i, result, err)
				}
				pieces++
			}
		}
	}
	if pieces < 200 {
		t.Errorf("only %d pieces were left out", pieces)
	}
}

// TestMissingIsNamed shows what each kind of miss looks like.
func TestMissingIsNamed(t *testing.T) {
	chain := prooftest.Conformance(t)
	header := chain.CurrentHeader()
	to := common.HexToAddress("0x7dcd17433742f4c0ca53122ab541d0ba67fc27df")
	call := evm.Call{Config: chain.Config(), Msg: &core.Message{From: common.Address{1}, To: &to, GasLimit: 60_000, Data: []byte{1, 2, 3, 4, 5, 6}}}
	st := evm.NewState(header)

	_, missing, err := evm.Run(t.Context(), st, call)
	if !errors.Is(err, evm.ErrIncomplete) || !slices.Contains(missing.Accounts, call.Msg.From) || !slices.Contains(missing.Accounts, to) {
		t.Fatalf("cold: %+v, %v", missing, err)
	}
	for _, addr := range missing.Accounts {
		st.Add(chain.ProveAccount(header, addr), nil, nil)
	}

	_, missing, _ = evm.Run(t.Context(), st, call)
	account, err := st.Account(to)
	if err != nil {
		t.Fatal(err)
	}
	if want := map[common.Address]common.Hash{to: common.Hash(account.CodeHash)}; !maps.Equal(missing.Codes, want) || len(missing.Accounts) > 0 {
		t.Fatalf("accounts only: %+v", missing)
	}
	chain.Supply(st, evm.Missing{Codes: missing.Codes})

	_, missing, _ = evm.Run(t.Context(), st, call)
	if len(missing.Slots[to]) == 0 || len(missing.Codes) > 0 {
		t.Fatalf("with code: %+v", missing)
	}
}

// TestConcurrentRuns uses one State from several goroutines while it is filled.
func TestConcurrentRuns(t *testing.T) {
	chain := prooftest.Conformance(t)
	e := gather(t, chain, chain.CurrentHeader(), recordings(t, "eth_call")[0].call(t, chain, 50_000_000))
	st := evm.NewState(e.header)
	var wg sync.WaitGroup
	for i := range 4 {
		wg.Go(func() {
			for j, node := range e.nodes {
				if j%4 == i {
					st.Add([][]byte{node}, e.codes, nil)
				}
				if got, _, err := evm.Run(t.Context(), st, e.call); err == nil && string(got.ReturnData) != string(e.want.ReturnData) {
					t.Errorf("got %+v, want %+v", got, e.want)
				}
			}
		})
	}
	wg.Wait()
	if _, _, err := evm.Run(t.Context(), st, e.call); err != nil {
		t.Error(err)
	}
}

// TestWrongConfiguration: a configuration that the block contradicts is refused,
// because by other rules the call would have another result.
func TestWrongConfiguration(t *testing.T) {
	chain := prooftest.Conformance(t)
	call := hashCall(chain, 1)
	for number := uint64(0); number <= chain.CurrentHeader().Number.Uint64(); number++ {
		header := chain.GetHeaderByNumber(number)
		for name, damage := range map[string]func() bool{
			"no blob schedule": func() bool {
				config := *chain.Config()
				config.BlobScheduleConfig = nil
				call.Config = &config
				return header.ExcessBlobGas != nil
			},
			"no Prague": func() bool {
				config := *chain.Config()
				config.PragueTime = nil
				call.Config = &config
				return header.RequestsHash != nil
			},
			"no London": func() bool {
				config := *chain.Config()
				config.LondonBlock = nil
				call.Config = &config
				return header.BaseFee != nil
			},
			"early Cancun": func() bool {
				config := *chain.Config()
				config.CancunTime = new(uint64)
				call.Config = &config
				return header.ExcessBlobGas == nil && header.BaseFee != nil
			},
		} {
			wrong := damage()
			_, _, err := evm.Run(t.Context(), evm.NewState(header), call)
			if errors.Is(err, proof.ErrConfig) != wrong {
				t.Errorf("block %d, %s: %v", number, name, err)
			}
			_, _, _, err = evm.EstimateGas(t.Context(), evm.NewState(header), call, 0)
			if errors.Is(err, proof.ErrConfig) != wrong {
				t.Errorf("block %d, %s: estimate: %v", number, name, err)
			}
		}
	}
	other := evm.Call{Header: chain.GetHeaderByNumber(5), Config: chain.Config(), Msg: call.Msg}
	if _, _, err := evm.Run(t.Context(), evm.NewState(chain.CurrentHeader()), other); err == nil || errors.Is(err, evm.ErrIncomplete) {
		t.Errorf("header of another block: %v", err)
	}
}

// FuzzRun runs a call over evidence that a fuzzer made up, beside the real one.
func FuzzRun(f *testing.F) {
	header := &types.Header{Number: common.Big1, Difficulty: common.Big1}
	st := []byte{0xc2, 0x20, 0x01}
	f.Add(st, []byte{0x5f, 0x35, 0x40}, []byte{0xc0}, []byte("input"))
	enc, err := rlp.EncodeToBytes(header)
	if err != nil {
		f.Fatal(err)
	}
	f.Add([]byte{0xc0}, []byte{0x54}, enc, []byte{})
	f.Fuzz(func(t *testing.T, node, code, ancestor, input []byte) {
		// The root and the parent are the hashes of what the fuzzer made up, so that
		// it is not merely ignored.
		header := &types.Header{
			Number: common.Big2, Difficulty: common.Big1, GasLimit: 30_000_000,
			Root: crypto.Keccak256Hash(node), ParentHash: crypto.Keccak256Hash(ancestor),
		}
		to := common.Address{1: 1}
		state := evm.NewState(header)
		state.Add([][]byte{node}, [][]byte{code}, [][]byte{ancestor})
		config := fuzzConfig()
		result, missing, err := evm.Run(t.Context(), state, evm.Call{Config: config, Msg: &core.Message{To: &to, GasLimit: 100_000, Data: input}})
		if (result == nil) == (err == nil) || !missing.Empty() && !errors.Is(err, evm.ErrIncomplete) {
			t.Errorf("result %v, missing %+v, error %v", result, missing, err)
		}
		// The same code, standing where it is sure to run.
		bytecode := hexutil.Bytes(code)
		result, missing, err = evm.Run(t.Context(), state, evm.Call{
			Config: config, Msg: &core.Message{To: &to, GasLimit: 100_000, Data: input},
			Overrides: &evm.StateOverride{to: {Code: &bytecode}},
		})
		if (result == nil) == (err == nil) || !missing.Empty() && !errors.Is(err, evm.ErrIncomplete) {
			t.Errorf("overridden: result %v, missing %+v, error %v", result, missing, err)
		}
	})
}
