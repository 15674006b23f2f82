package attached_test

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"math/big"
	"slices"
	"sync/atomic"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core"
	"github.com/holiman/uint256"
	"pgregory.net/rapid"

	"github.com/candela-les/candela/chain"
	"github.com/candela-les/candela/chain/attached"
	"github.com/candela-les/candela/chain/attached/attachedtest"
	"github.com/candela-les/candela/chain/embedded"
	"github.com/candela-les/candela/chain/embedded/devtest"
	"github.com/candela-les/candela/proof"
	"github.com/candela-les/candela/proof/evm"
	"github.com/candela-les/candela/wire"
)

// bed is a dev chain, a proxy in front of it, and what a test asks about it.
type bed struct {
	dev   *embedded.Dev
	proxy *attachedtest.Proxy
	block chain.Block // has transactions, logs and state
	tx    chain.Hash  // its first one
}

func newBed(t *testing.T) *bed {
	t.Helper()
	b := &bed{dev: devtest.Open(t, "")}
	devtest.Populate(t, b.dev, devtest.NewSender(2), 12)
	b.proxy = attachedtest.NewProxy(t, serverOf(t, b.dev.Node))
	block := b.dev.Chain().GetBlockByNumber(4)
	b.block = chain.Block{Number: 4, Hash: block.Hash()}
	b.tx = block.Transactions()[0].Hash()
	return b
}

// cold is a source that keeps nothing, so that every question goes to the node.
func (b *bed) cold(t *testing.T, more ...string) *attached.Node {
	t.Helper()
	cfg := config(t, append([]string{b.proxy.URL()}, more...)...)
	cfg.CacheBytes = 1
	return open(t, cfg)
}

// question is asked of a source; right says whether an answer without error is true.
type question struct {
	name  string
	ask   func(t *testing.T, s chain.Source) (any, error)
	right func(t *testing.T, got any) bool
}

// questions cover all that a source relays.
func (b *bed) questions(t *testing.T) []question {
	same := func(want func(chain.Source) (any, error)) func(*testing.T, any) bool {
		expected, err := want(b.dev)
		if err != nil {
			t.Fatal(err)
		}
		return func(_ *testing.T, got any) bool { return equal(got, expected) }
	}
	simple := func(name string, ask func(chain.Source) (any, error)) question {
		return question{
			name: name, right: same(ask),
			ask: func(_ *testing.T, s chain.Source) (any, error) { return ask(s) },
		}
	}
	query := chain.StateQuery{
		Block: b.block.Hash, Address: chain.Address(devtest.Reader), Slots: []chain.Hash{{31: 17}, {0: 1}}, Code: true,
	}
	absent := chain.StateQuery{Block: b.block.Hash, Address: chain.Address{1, 2, 3}}
	call := chain.Call{To: (*chain.Address)(&devtest.Caller), Gas: 200_000, Data: devtest.Word(20)}
	return []question{
		simple("header", func(s chain.Source) (any, error) { return s.Header(t.Context(), b.block.Hash) }),
		simple("body", func(s chain.Source) (any, error) { return s.Body(t.Context(), b.block.Hash) }),
		simple("receipts", func(s chain.Source) (any, error) { return s.Receipts(t.Context(), b.block.Hash) }),
		simple("number", func(s chain.Source) (any, error) { return s.CanonicalHash(t.Context(), b.block.Number) }),
		simple("state", func(s chain.Source) (any, error) { return s.Prove(t.Context(), []chain.StateQuery{query}) }),
		simple("absence", func(s chain.Source) (any, error) { return s.Prove(t.Context(), []chain.StateQuery{absent}) }),
		{
			name: "status",
			ask: func(t *testing.T, s chain.Source) (any, error) {
				t.Helper()
				return s.TxStatus(t.Context(), []chain.Hash{b.tx})
			},
			right: func(t *testing.T, got any) bool {
				t.Helper()
				// That it is in a block is proven; all else is the node's word.
				status := got.([]chain.TxStatus)[0]
				return status.State != chain.TxIncluded || status.Block == b.block && status.Index == 0
			},
		},
		{
			name: "witness",
			ask: func(t *testing.T, s chain.Source) (any, error) {
				t.Helper()
				return s.Witness(t.Context(), b.block.Hash, call)
			},
			right: func(t *testing.T, got any) bool {
				t.Helper()
				return b.returns(t, got.(chain.Witness), call, big.NewInt(20*20+1))
			},
		},
	}
}

// returns runs a call on nothing but its witness.
func (b *bed) returns(t *testing.T, w chain.Witness, call chain.Call, want *big.Int) bool {
	t.Helper()
	state := evm.NewState(b.dev.Chain().GetHeaderByHash(b.block.Hash))
	state.Add(w.Nodes, w.Codes, w.Headers)
	config, err := wire.DecodeConfig(b.dev.Info().Config)
	if err != nil {
		t.Fatal(err)
	}
	result, _, err := evm.Run(t.Context(), state, evm.Call{Config: config, Msg: &core.Message{
		To: (*common.Address)(call.To), GasLimit: call.Gas, Data: call.Data, Value: new(uint256.Int),
	}})
	return err == nil && new(big.Int).SetBytes(result.ReturnData).Cmp(want) == 0
}

// equal compares answers; the nodes of a witness come in any order.
func equal(a, b any) bool {
	wa, ok := a.(chain.Witness)
	if !ok {
		ja, _ := json.Marshal(a)
		jb, _ := json.Marshal(b)
		return bytes.Equal(ja, jb)
	}
	wb := b.(chain.Witness)
	sorted := func(list [][]byte) [][]byte { return slices.SortedFunc(slices.Values(list), bytes.Compare) }
	return slices.EqualFunc(sorted(wa.Nodes), sorted(wb.Nodes), bytes.Equal) &&
		slices.EqualFunc(sorted(wa.Codes), sorted(wb.Codes), bytes.Equal)
}

// sound reports whether an error is one that a source may return.
func sound(err error) bool {
	for _, known := range []error{chain.ErrUnavailable, chain.ErrUnknown, chain.ErrPruned, chain.ErrUnsupported, chain.ErrTooMuch} {
		if errors.Is(err, known) {
			return true
		}
	}
	return false
}

// lyingMethods are those that carry anything which is handed on.
func lyingMethods() []string {
	return []string{
		"debug_getRawHeader", "debug_getRawBlock", "debug_getRawReceipts", "eth_getBlockByHash", "eth_getBlockByNumber",
		"eth_getBlockReceipts", "eth_getTransactionReceipt", "eth_getProof", "eth_getCode", "eth_getTransactionByHash",
		"debug_traceCall", "eth_createAccessList",
	}
}

// flip changes one hex digit of an answer, the one that position leads to.
func flip(result json.RawMessage, position, digit int) json.RawMessage {
	out := bytes.Clone(result)
	var places []int
	inside := false
	for i, c := range out {
		switch {
		case c == '"':
			inside = !inside && i+2 < len(out) && out[i+1] == '0' && out[i+2] == 'x'
		case inside && (c >= '0' && c <= '9' || c >= 'a' && c <= 'f') && out[i+1] != 'x':
			places = append(places, i)
		}
	}
	if len(places) == 0 {
		return out
	}
	const digits = "0123456789abcdef"
	at := places[position%len(places)]
	old := bytes.IndexByte([]byte(digits), out[at])
	out[at] = digits[(old+1+digit%15)%16]
	return out
}

// TestNothingWrongIsServed lets a node change one digit of any answer, in each of the
// forms that answers come in. Whatever a source then answers is the truth.
func TestNothingWrongIsServed(t *testing.T) {
	noLeaks(t)
	raw := []string{"debug_getRawHeader", "debug_getRawBlock", "debug_getRawReceipts"}
	for name, without := range map[string][]string{
		"raw":        nil,
		"json":       raw,
		"one by one": append([]string{"eth_getBlockReceipts", "debug_traceCall"}, raw...),
	} {
		t.Run(name, func(t *testing.T) {
			b := newBed(t)
			b.proxy.Without(without...)
			source := b.cold(t)
			questions := b.questions(t)
			lies := 0
			rapid.Check(t, func(rt *rapid.T) {
				method := rapid.SampledFrom(lyingMethods()).Draw(rt, "method")
				position, digit := rapid.IntRange(0, 1<<20).Draw(rt, "position"), rapid.IntRange(0, 14).Draw(rt, "digit")
				b.proxy.Change(func(c attachedtest.Call, r *attachedtest.Reply) {
					if c.Method == method {
						r.Result = flip(r.Result, position, digit)
					}
				})
				defer b.proxy.Change(nil)
				for _, q := range questions {
					got, err := q.ask(t, source)
					switch {
					case err == nil && !q.right(t, got):
						rt.Fatalf("%s: a changed %s was served: %v", q.name, method, got)
					case err != nil && !sound(err):
						rt.Fatalf("%s: %v", q.name, err)
					case err != nil:
						lies++
					}
				}
			})
			if lies == 0 {
				t.Error("no change of any answer was noticed")
			}
			for _, q := range questions {
				if got, err := q.ask(t, source); err != nil || !q.right(t, got) {
					t.Errorf("%s, after the lies have ended: %v", q.name, err)
				}
			}
			if s := source.Stats(); s.Lies == 0 || s.Upstreams[0].Lies != s.Lies {
				t.Errorf("lies are not counted: %+v", s)
			}
		})
	}
}

// TestLiesAreNamed changes the answer of one method after the other and wants to be told
// which node answered what wrongly.
func TestLiesAreNamed(t *testing.T) {
	noLeaks(t)
	raw := []string{"debug_getRawHeader", "debug_getRawBlock", "debug_getRawReceipts"}
	for _, c := range []struct {
		question, method string
		without          []string
		answer           func(json.RawMessage) json.RawMessage // nil: a digit in the middle
		is               error
	}{
		{question: "header", method: "debug_getRawHeader", is: proof.ErrMismatch},
		{question: "header", method: "eth_getBlockByHash", without: raw, is: proof.ErrMismatch},
		{question: "body", method: "debug_getRawBlock"},
		{question: "receipts", method: "debug_getRawReceipts"},
		{question: "receipts", method: "eth_getBlockReceipts", without: raw},
		{question: "state", method: "eth_getProof"},
		{question: "state", method: "eth_getCode", is: proof.ErrMismatch},
		{question: "absence", method: "eth_getProof"},
		{question: "witness", method: "eth_getProof"},
		{question: "status", method: "eth_getTransactionByHash", answer: func(r json.RawMessage) json.RawMessage {
			return bytes.Replace(r, []byte(`"transactionIndex":"0x0"`), []byte(`"transactionIndex":"0x1"`), 1)
		}},
		{question: "header", method: "debug_getRawHeader", answer: func(json.RawMessage) json.RawMessage { return json.RawMessage(`{"a":1}`) }},
	} {
		t.Run(c.question+" "+c.method, func(t *testing.T) {
			b := newBed(t)
			b.proxy.Without(c.without...)
			source := b.cold(t)
			b.proxy.Change(func(call attachedtest.Call, r *attachedtest.Reply) {
				switch {
				case call.Method != c.method:
				case c.answer != nil:
					r.Result = c.answer(r.Result)
				default:
					r.Result = flip(r.Result, len(r.Result)/2, 3)
				}
			})
			for _, q := range b.questions(t) {
				if q.name != c.question {
					continue
				}
				_, err := q.ask(t, source)
				var lie *attached.LieError
				if !errors.As(err, &lie) || !errors.Is(err, chain.ErrUnavailable) {
					t.Fatalf("%v is no lie that makes an answer unavailable", err)
				}
				if lie.Upstream != b.proxy.URL() || lie.Method != c.method || c.is != nil && !errors.Is(err, c.is) {
					t.Errorf("%+v does not name %s of %s", lie, c.method, b.proxy.URL())
				}
			}
		})
	}
}

// TestAnotherIsAsked has a liar and an honest node: the answer comes from the second,
// and the first is left alone.
func TestAnotherIsAsked(t *testing.T) {
	noLeaks(t)
	b := newBed(t)
	honest := attachedtest.NewProxy(t, serverOf(t, b.dev.Node))
	source := b.cold(t, honest.URL())
	var asked atomic.Int64
	b.proxy.Change(func(c attachedtest.Call, r *attachedtest.Reply) {
		switch c.Method {
		case "debug_getRawHeader", "debug_getRawBlock", "debug_getRawReceipts", "eth_getProof":
			asked.Add(1)
			r.Result = flip(r.Result, len(r.Result)/2, 3)
		}
	})
	for range 3 {
		for _, q := range b.questions(t) {
			if got, err := q.ask(t, source); err != nil || !q.right(t, got) {
				t.Errorf("%s: %v", q.name, err)
			}
		}
	}
	if got := asked.Load(); got != 1 {
		t.Errorf("the liar was asked %d times", got)
	}
	s := source.Stats()
	if s.Lies != 1 || s.Failovers != 1 || s.Upstreams[0].Lies != 1 {
		t.Errorf("counters %+v", s)
	}
	until(t, "the honest node is followed", func() bool { return source.Stats().Upstreams[1].Chosen })
}

// TestFalseLogs: a log where no bloom has one is noticed; one that is withheld is not,
// unless the header is here.
func TestFalseLogs(t *testing.T) {
	noLeaks(t)
	b := newBed(t)
	source := open(t, config(t, b.proxy.URL()))
	query := chain.LogQuery{First: 1, Last: 12, Topics: [][]chain.Hash{{chain.Hash(devtest.Word(5))}}}
	want, err := b.dev.LogCandidates(t.Context(), query)
	if err != nil || len(want) == 0 {
		t.Fatalf("%v, %v", want, err)
	}
	b.proxy.Change(func(c attachedtest.Call, r *attachedtest.Reply) {
		if c.Method == "eth_getLogs" {
			r.Result = json.RawMessage(`[{"blockNumber":"0x2","blockHash":"` + common.Hash(b.block.Hash).Hex() + `"}]`)
		}
	})
	var lie *attached.LieError
	if got, err := source.LogCandidates(t.Context(), query); !errors.As(err, &lie) {
		t.Errorf("%v, %v", got, err)
	}
	b.proxy.Change(func(c attachedtest.Call, r *attachedtest.Reply) {
		if c.Method == "eth_getLogs" {
			r.Result = json.RawMessage(`[]`)
		}
	})
	for number := query.First; number <= query.Last; number++ {
		hash, err := source.CanonicalHash(t.Context(), number)
		if err == nil {
			_, err = source.Header(t.Context(), hash)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	got, err := source.LogCandidates(t.Context(), query)
	byNumber := func(a, b chain.Block) int { return cmp.Compare(a.Number, b.Number) }
	for _, block := range want {
		if _, ok := slices.BinarySearchFunc(got, block, byNumber); !ok {
			t.Errorf("block %d is no candidate: %v, %v", block.Number, got, err)
		}
	}
}
