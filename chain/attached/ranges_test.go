package attached_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/candela-les/candela/chain"
	"github.com/candela-les/candela/chain/attached/attachedtest"
	"github.com/candela-les/candela/chain/chaintest"
	"github.com/candela-les/candela/chain/embedded/devtest"
)

// TestNoState has a node without eth_getProof: what is left passes the suite, and
// state is refused as what this source never has.
func TestNoState(t *testing.T) {
	noLeaks(t)
	dev, s := devtest.Open(t, ""), devtest.NewSender(2)
	devtest.Populate(t, dev, s, 12)
	proxy := attachedtest.NewProxy(t, serverOf(t, dev.Node))
	proxy.Without("eth_getProof")
	source := open(t, config(t, proxy.URL()))
	if got, want := source.Capabilities(), (chain.Capabilities{LogCandidates: true, TxRelay: true}); got != want {
		t.Errorf("capabilities %+v, want %+v", got, want)
	}
	if got := source.Ranges(); got.State != chain.None || got.Recent != 0 || got.Bodies != 0 {
		t.Errorf("ranges %+v", got)
	}
	head := source.Head().Hash
	if _, err := source.Prove(t.Context(), []chain.StateQuery{{Block: head}}); !errors.Is(err, chain.ErrUnsupported) {
		t.Errorf("state: %v", err)
	}
	if _, err := source.Witness(t.Context(), head, chain.Call{Gas: 1}); !errors.Is(err, chain.ErrUnsupported) {
		t.Errorf("witness: %v", err)
	}
	chaintest.Run(t, harness(t, dev, s, source))
}

// TestNoRelay has a node that takes no transactions and one that looks none up.
func TestNoRelay(t *testing.T) {
	noLeaks(t)
	b := newBed(t)
	b.proxy.Without("eth_sendRawTransaction", "eth_getTransactionByHash")
	source := b.cold(t)
	if source.Capabilities().TxRelay || source.Ranges().TxIndex != chain.None {
		t.Errorf("%+v, %+v", source.Capabilities(), source.Ranges())
	}
	raw, err := b.dev.Chain().GetBlockByNumber(4).Transactions()[0].MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := source.SubmitTx(t.Context(), raw); !errors.Is(err, chain.ErrUnsupported) {
		t.Errorf("submit: %v", err)
	}
	if _, err := source.TxStatus(t.Context(), []chain.Hash{b.tx}); !errors.Is(err, chain.ErrUnsupported) {
		t.Errorf("status: %v", err)
	}
}

// pruned makes a node that has receipts, states and its transaction index from
// some blocks on, as nodes that drop old data do.
type pruned struct{ receipts, state, index atomic.Uint64 }

// number reads the block that a request is about.
func (b *bed) number(t *testing.T, raw json.RawMessage) uint64 {
	t.Helper()
	var (
		text string
		form struct{ BlockHash string }
	)
	if json.Unmarshal(raw, &text) != nil {
		if err := json.Unmarshal(raw, &form); err != nil {
			t.Error(err)
		}
		text = form.BlockHash
	}
	if len(text) < 60 {
		var number uint64
		if _, err := fmt.Sscanf(text, "0x%x", &number); err != nil {
			return b.dev.Head().Number // latest
		}
		return number
	}
	header := b.dev.Chain().GetHeaderByHash(common.HexToHash(text))
	if header == nil {
		return b.dev.Head().Number
	}
	return header.Number.Uint64()
}

func (b *bed) prune(t *testing.T, at *pruned) {
	t.Helper()
	gone := &attachedtest.Reply{Error: &attachedtest.Error{Code: 4444, Message: "pruned history unavailable"}}
	b.proxy.Answer(func(c attachedtest.Call) *attachedtest.Reply {
		if len(c.Params) == 0 {
			return nil
		}
		first := func(what uint64, param int) *attachedtest.Reply {
			if b.number(t, c.Params[param]) < what {
				return &attachedtest.Reply{Error: gone.Error}
			}
			return nil
		}
		switch c.Method {
		case "eth_getBlockReceipts", "debug_getRawReceipts":
			return first(at.receipts.Load(), 0)
		case "debug_getRawHeader":
			return &attachedtest.Reply{Error: attachedtest.NoMethod(c.Method)}
		case "eth_getProof":
			if b.number(t, c.Params[2]) < at.state.Load() {
				return &attachedtest.Reply{Error: &attachedtest.Error{Code: -32000, Message: "missing trie node 1234 (path )"}}
			}
		case "eth_getTransactionByHash":
			var text string
			_ = json.Unmarshal(c.Params[0], &text)
			if _, tx, _, number, _ := b.dev.Backend().GetCanonicalTransaction(common.HexToHash(text)); tx != nil && number < at.index.Load() {
				return &attachedtest.Reply{Result: json.RawMessage("null")}
			}
		}
		return nil
	})
}

// TestPruned: what the node has is announced, found out by asking, and kept true when
// it drops more.
func TestPruned(t *testing.T) {
	noLeaks(t)
	b := newBed(t)
	at := new(pruned)
	at.receipts.Store(5)
	at.state.Store(7)
	at.index.Store(3)
	b.prune(t, at)
	source := b.cold(t)
	// Of the states, one is left as a margin, for the head moves while a question is on
	// its way.
	want := chain.Ranges{Receipts: 5, State: 8, Recent: 4, TxIndex: 3}
	if got := source.Ranges(); got != want {
		t.Fatalf("ranges %+v, want %+v", got, want)
	}
	hashOf := func(number uint64) chain.Hash { return chain.Hash(b.dev.Chain().GetHeaderByNumber(number).Hash()) }
	if _, err := source.Receipts(t.Context(), hashOf(4)); !errors.Is(err, chain.ErrPruned) {
		t.Errorf("receipts of block 4: %v", err)
	}
	for _, number := range []uint64{1, 6} {
		if _, err := source.Prove(t.Context(), []chain.StateQuery{{Block: hashOf(number)}}); !errors.Is(err, chain.ErrPruned) {
			t.Errorf("state after block %d: %v", number, err)
		}
	}
	if _, err := source.Receipts(t.Context(), hashOf(5)); err != nil {
		t.Errorf("receipts of block 5: %v", err)
	}
	if _, err := source.Prove(t.Context(), []chain.StateQuery{{Block: hashOf(8)}}); err != nil {
		t.Errorf("state after block 8: %v", err)
	}

	// It drops more: the first question that finds out narrows the range.
	at.receipts.Store(8)
	at.state.Store(10)
	if _, err := source.Receipts(t.Context(), hashOf(6)); !errors.Is(err, chain.ErrPruned) {
		t.Errorf("receipts of block 6: %v", err)
	}
	if _, err := source.Prove(t.Context(), []chain.StateQuery{{Block: hashOf(9)}}); !errors.Is(err, chain.ErrPruned) {
		t.Errorf("state after block 9: %v", err)
	}
	until(t, "the ranges are narrowed", func() bool {
		r := source.Ranges()
		return r.Receipts == 8 && r.State == 11 && r.Recent == 1
	})
	// The window moves with the head.
	at.state.Store(11)
	devtest.Commit(t, b.dev)
	follows(t, source, b.dev)
	if got := source.Ranges(); got.State != 12 || got.Receipts != 8 {
		t.Errorf("ranges %+v at block 13", got)
	}
}

// TestIndexing: a node that still indexes its transactions is asked for those that it
// finds, and for all of them once it has them.
func TestIndexing(t *testing.T) {
	noLeaks(t)
	b := newBed(t)
	var first atomic.Uint64
	first.Store(7)
	b.proxy.Answer(func(c attachedtest.Call) *attachedtest.Reply {
		if c.Method != "eth_getTransactionByHash" || first.Load() == 0 {
			return nil
		}
		var text string
		_ = json.Unmarshal(c.Params[0], &text)
		if _, tx, _, number, _ := b.dev.Backend().GetCanonicalTransaction(common.HexToHash(text)); tx != nil && number >= first.Load() {
			return nil
		}
		return &attachedtest.Reply{Error: &attachedtest.Error{Code: -32000, Message: "transaction indexing is in progress"}}
	})
	source := b.cold(t)
	if got := source.Ranges().TxIndex; got != 7 {
		t.Errorf("transactions from block %d on", got)
	}
	status := func(number uint64) ([]chain.TxStatus, error) {
		hash := b.dev.Chain().GetBlockByNumber(number).Transactions()[0].Hash()
		return source.TxStatus(t.Context(), []chain.Hash{chain.Hash(hash)})
	}
	if got, err := status(8); err != nil || got[0].State != chain.TxIncluded {
		t.Errorf("one that it finds: %+v, %v", got, err)
	}
	if _, err := status(b.block.Number); !errors.Is(err, chain.ErrUnavailable) {
		t.Errorf("one that it may find later: %v", err)
	}
	first.Store(0)
	until(t, "all of them are found", func() bool { return source.Ranges().TxIndex == 0 })
	if got, err := status(b.block.Number); err != nil || got[0].State != chain.TxIncluded {
		t.Errorf("one that it finds now: %+v, %v", got, err)
	}
}

// TestRefusedState: a node that words it in no way that is known still does not make a
// source say that a state never was.
func TestRefusedState(t *testing.T) {
	noLeaks(t)
	b := newBed(t)
	source := b.cold(t)
	b.proxy.Answer(func(c attachedtest.Call) *attachedtest.Reply {
		if c.Method == "eth_getProof" {
			return &attachedtest.Reply{Error: &attachedtest.Error{Code: -32000, Message: "computer says no"}}
		}
		return nil
	})
	if _, err := source.Prove(t.Context(), []chain.StateQuery{{Block: b.block.Hash}}); !errors.Is(err, chain.ErrPruned) {
		t.Errorf("an old state: %v", err)
	}
	if _, err := source.Prove(t.Context(), []chain.StateQuery{{Block: source.Head().Hash}}); !errors.Is(err, chain.ErrUnavailable) {
		t.Errorf("the newest state: %v", err)
	}
	until(t, "no state is announced", func() bool { return source.Ranges().State == chain.None })
	b.proxy.Answer(nil)
}

// TestConformance attaches to a node with the chain that crosses every fork, to BPO2.
func TestConformance(t *testing.T) {
	noLeaks(t)
	n := openConformance(t)
	cfg := config(t, serveHTTP(t, serverOf(t, n)))
	cfg.Timeout = time.Minute // one of its blocks has 10 MB of receipts
	source := open(t, cfg)
	geth := n.Attach()
	defer geth.Close()
	h := chaintest.Conformance(t, geth, n.Chain().GetReceiptsByHash)
	h.Source = source
	chaintest.Run(t, h)
}
