package client_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math/big"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/google/go-cmp/cmp"

	"github.com/candela-les/candela/client"
	"github.com/candela-les/candela/client/clienttest"
	"github.com/candela-les/candela/proof"
	"github.com/candela-les/candela/proof/evm"
	"github.com/candela-les/candela/wire"
)

func word(n int64) common.Hash { return common.BigToHash(big.NewInt(n)) }

// call makes a call of a contract with one word of input.
func (w *world) call(header *types.Header, to common.Address, input common.Hash) evm.Call {
	return evm.Call{Header: header, Msg: &core.Message{
		From: w.chain.Address(1), To: &to, GasLimit: 1_000_000, Data: input[:],
	}}
}

func TestStateAnswers(t *testing.T) {
	for _, version := range []uint{wire.LES5, wire.LES4} {
		w := build(8, 2)
		for _, s := range w.servers {
			s.Version = version
		}
		w.start(t)
		head := w.waitHead(t, w.head())

		values, err := w.client.Storage(t.Context(), head, clienttest.Store, []common.Hash{word(1), word(32), word(33)})
		if diff := cmp.Diff([]common.Hash{word(2), word(33), {}}, values); diff != "" || err != nil {
			t.Error(version, diff, err)
		}
		if p := w.client.LastProof(); p.RoundTrips != 1 {
			t.Errorf("les/%d: storage took %d round trips", version, p.RoundTrips)
		}
		code, err := w.client.Code(t.Context(), head, clienttest.Chase)
		if want := common.FromHex("5f35545454545f5260205ff3"); !bytes.Equal(code, want) || err != nil {
			t.Errorf("les/%d: code %x, %v", version, code, err)
		}
		if code, err := w.client.Code(t.Context(), head, clienttest.Nobody); len(code) != 0 || err != nil {
			t.Errorf("les/%d: code of nobody %x, %v", version, code, err)
		}
		p, err := w.client.Proof(t.Context(), head, clienttest.Store, []common.Hash{word(3), word(99)})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := proof.Account(head.Root, clienttest.Store, proof.NewNodeSet(p.Nodes...)); err != nil {
			t.Error(err)
		}
		for i, want := range []common.Hash{word(4), {}} {
			got, err := proof.Storage(p.StorageHash, p.Storage[i].Key, proof.NewNodeSet(p.Storage[i].Nodes...))
			if got != want || p.Storage[i].Value != want || err != nil {
				t.Errorf("les/%d: slot %d is %x, %v", version, i, got, err)
			}
		}
	}
}

func TestManySlotsAreSplit(t *testing.T) {
	w := build(2, 1)
	w.start(t)
	head := w.waitHead(t, w.head())
	var slots, want []common.Hash
	for i := range int64(200) {
		slots = append(slots, word(i+1))
		if i < clienttest.Slots {
			want = append(want, word(i+2))
		} else {
			want = append(want, common.Hash{})
		}
	}
	values, err := w.client.Storage(t.Context(), head, clienttest.Store, slots)
	if diff := cmp.Diff(want, values); diff != "" || err != nil {
		t.Error(diff, err)
	}
}

func TestCalls(t *testing.T) {
	for _, c := range []struct {
		name    string
		to      common.Address
		input   common.Hash
		want    func(w *world) []byte
		revert  bool
		witness int // round trips with a witness
	}{
		{"slot", clienttest.Store, word(7), func(*world) []byte { h := word(8); return h[:] }, false, 1},
		{"slots that lead to slots", clienttest.Chase, word(1), func(*world) []byte { h := word(5); return h[:] }, false, 1},
		{"BLOCKHASH", clienttest.Ancestor, word(3), func(w *world) []byte { return w.blocks[3].Hash().Bytes() }, false, 1},
		{"revert with data", clienttest.Revert, word(9), func(*world) []byte { h := word(9); return h[:] }, true, 1},
		{"no code", clienttest.Nobody, word(1), func(*world) []byte { return nil }, false, 1},
	} {
		for _, kind := range []string{"witness", "no witness", "les/4"} {
			t.Run(c.name+", "+kind, func(t *testing.T) {
				w := build(12, 2)
				for _, s := range w.servers {
					switch kind {
					case "no witness":
						s.Serves &^= wire.ServesWitness
					case "les/4":
						s.Version = wire.LES4
					}
				}
				w.start(t)
				head := w.waitHead(t, w.head())
				result, err := w.client.Call(t.Context(), w.call(head, c.to, c.input))
				if err != nil {
					t.Fatal(err)
				}
				if !bytes.Equal(result.ReturnData, c.want(w)) || result.Failed() != c.revert {
					t.Errorf("returned %x, error %v", result.ReturnData, result.Err)
				}
				trips := w.client.LastProof().RoundTrips
				if kind == "witness" && trips != c.witness {
					t.Errorf("%d round trips", trips)
				}
				if _, err := w.client.Call(t.Context(), w.call(head, c.to, c.input)); err != nil {
					t.Fatal(err)
				}
				if trips := w.client.LastProof().RoundTrips; trips != 0 {
					t.Errorf("the same call again took %d round trips", trips)
				}
			})
		}
	}
}

func TestEstimateAndAccessList(t *testing.T) {
	w := build(5, 2)
	w.start(t)
	head := w.waitHead(t, w.head())
	gas, _, err := w.client.EstimateGas(t.Context(), w.call(head, clienttest.Nobody, common.Hash{}), 0)
	if err != nil || gas < 21_000 {
		t.Errorf("gas %d, %v", gas, err)
	}
	_, revert, err := w.client.EstimateGas(t.Context(), w.call(head, clienttest.Revert, word(5)), 0)
	if want := word(5); err == nil || !bytes.Equal(revert, want[:]) {
		t.Errorf("revert data %x, %v", revert, err)
	}
	list, err := w.client.AccessList(t.Context(), w.call(head, clienttest.Store, word(5)))
	if err != nil {
		t.Fatal(err)
	}
	want := types.AccessList{{Address: clienttest.Store, StorageKeys: []common.Hash{word(5)}}}
	if diff := cmp.Diff(want, list.List); diff != "" || list.VMErr != nil || list.GasUsed == 0 {
		t.Error(diff, list.VMErr, list.GasUsed)
	}
}

// A witness is asked for with at most 16 M gas. What a call reads after more than that
// is not in it, is fetched by itself, and is no fault of the server's.
func TestMoreGasThanAWitnessHas(t *testing.T) {
	w := build(3, 2)
	w.start(t)
	head := w.waitHead(t, w.head())
	want := word(8)

	// A call may have as much gas as it likes.
	call := w.call(head, clienttest.Toil, word(90))
	call.Msg.GasLimit = 30_000_000
	result, err := w.client.Call(t.Context(), call)
	if err != nil || result.Failed() || !bytes.Equal(result.ReturnData, want[:]) || result.UsedGas < 20_000_000 {
		t.Fatalf("call: %+v, %v", result, err)
	}
	if p := w.client.LastProof(); p.RoundTrips != 2 {
		t.Errorf("call: %d round trips, want the witness and what it lacks", p.RoundTrips)
	}

	// A transaction may not have more than 2^24, which is more than 16 M.
	fresh := build(3, 2)
	fresh.start(t)
	head = fresh.waitHead(t, fresh.head())
	call = fresh.call(head, clienttest.Toil, word(62))
	call.Msg.GasLimit = 0
	gas, _, err := fresh.client.EstimateGas(t.Context(), call, 0)
	if err != nil || gas < 16_278_000 || gas > 1<<24 {
		t.Errorf("estimate: %d, %v", gas, err)
	}
	if p := fresh.client.LastProof(); p.RoundTrips != 2 {
		t.Errorf("estimate: %d round trips", p.RoundTrips)
	}
	for _, x := range []*world{w, fresh} {
		for i, s := range x.client.Status().Servers {
			if s.Lies != 0 || s.LastError != "" { // it may have been slow
				t.Errorf("server %d was blamed: %s", i, s.LastError)
			}
		}
	}
}

func TestBlocksAndReceipts(t *testing.T) {
	w := build(9, 2)
	w.start(t)
	w.waitHead(t, w.head())
	for _, want := range w.blocks {
		header, err := w.client.HeaderByNumber(t.Context(), want.NumberU64())
		if err != nil || header.Hash() != want.Hash() {
			t.Fatalf("header %d: %v", want.NumberU64(), err)
		}
		block, err := w.client.Block(t.Context(), header)
		if err != nil || block.Hash() != want.Hash() || len(block.Transactions()) != len(want.Transactions()) {
			t.Fatalf("block %d: %v", want.NumberU64(), err)
		}
		receipts, err := w.client.Receipts(t.Context(), header)
		if err != nil {
			t.Fatal(err)
		}
		for i, r := range w.chain.Receipts(want.Hash()) {
			if diff := cmp.Diff(r.TxHash, receipts[i].TxHash); diff != "" || receipts[i].EffectiveGasPrice.Cmp(r.EffectiveGasPrice) != 0 {
				t.Error("receipt", want.NumberU64(), i, diff)
			}
		}
	}
	if _, err := w.client.HeaderByNumber(t.Context(), 99); !errors.Is(err, client.ErrNotFound) {
		t.Errorf("block above the head: %v", err)
	}
	if _, err := w.client.HeaderByHash(t.Context(), common.Hash{1}); !errors.Is(err, client.ErrNotFound) {
		t.Errorf("unknown hash: %v", err)
	}
}

func TestLogsAreComplete(t *testing.T) {
	w := build(20, 2)
	w.start(t)
	w.waitHead(t, w.head())
	var want []uint64
	for n := uint64(3); n <= 20; n += 3 {
		want = append(want, n)
	}
	logs, err := w.client.Logs(t.Context(), client.LogFilter{
		From: 0, To: 20, Addresses: []common.Address{clienttest.Logger}, Topics: [][]common.Hash{{clienttest.Topic}},
	})
	var got []uint64
	for _, l := range logs {
		got = append(got, l.BlockNumber)
		if l.BlockHash != w.blocks[l.BlockNumber].Hash() || l.TxHash == (common.Hash{}) {
			t.Errorf("log %+v", l)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Error(diff, err)
	}
	hash := w.blocks[6].Hash()
	if logs, err := w.client.Logs(t.Context(), client.LogFilter{BlockHash: &hash}); err != nil || len(logs) != 1 {
		t.Errorf("logs of a block: %d, %v", len(logs), err)
	}
	if logs, err := w.client.Logs(t.Context(), client.LogFilter{From: 1, To: 20, Topics: [][]common.Hash{{word(1)}}}); err != nil || len(logs) != 0 || logs == nil {
		t.Errorf("logs that do not exist: %v, %v", logs, err)
	}
	_, err = w.client.Logs(t.Context(), client.LogFilter{From: 0, To: client.LogRangeLimit})
	var wide *client.RangeError
	if !errors.As(err, &wide) || wide.Blocks != client.LogRangeLimit+1 {
		t.Errorf("range: %v", err)
	}
}

func TestLeftOutCandidateIsCaught(t *testing.T) {
	for name, cut := range map[string]func([]wire.BlockID) []wire.BlockID{
		"one left out": func(b []wire.BlockID) []wire.BlockID { return append(b[:1:1], b[2:]...) },
		"empty range":  func([]wire.BlockID) []wire.BlockID { return nil },
	} {
		t.Run(name, func(t *testing.T) {
			w := build(20, 1)
			w.servers[0].Forge(func(_ wire.Request, reply wire.Reply) wire.Reply {
				if r, ok := reply.(*wire.LogRange); ok {
					r.Blocks = cut(r.Blocks)
				}
				return reply
			})
			w.start(t)
			w.waitHead(t, w.head())
			logs, err := w.client.Logs(t.Context(), client.LogFilter{From: 0, To: 20, Addresses: []common.Address{clienttest.Logger}})
			if err != nil || len(logs) != 6 {
				t.Fatalf("%d logs, %v", len(logs), err)
			}
			eventually(t, func() bool { return w.client.Status().Servers[0].Lies == 1 })
		})
	}
}

func TestHistory(t *testing.T) {
	const length = 700
	w := build(length, 2)
	w.start(t)
	w.waitHead(t, w.head())
	for _, c := range []struct {
		number uint64
		trips  int
	}{
		{length - 100, 1}, // one batch of parent hashes
		{length - 50, 0},  // kept from before
		{5, 2},            // the history contract, then the header
		{5, 1},            // the header is cached, the proof is not of this block's number alone
		{300, 2},
		{0, 1}, // the genesis hash is known
	} {
		header, err := w.client.HeaderByNumber(t.Context(), c.number)
		if err != nil || header.Hash() != w.blocks[c.number].Hash() {
			t.Fatalf("header %d: %v", c.number, err)
		}
		if got := w.client.LastProof().RoundTrips; got > c.trips {
			t.Errorf("header %d took %d round trips, expected %d", c.number, got, c.trips)
		}
	}
}

func TestHistoryWithoutContract(t *testing.T) {
	w := build(450, 2)
	w.config.Chain = nil // not known before it is learned, and nobody serves it here
	for _, s := range w.servers {
		s.Serves &^= wire.ServesConfig
	}
	w.start(t)
	w.waitHead(t, w.head())
	header, err := w.client.HeaderByNumber(t.Context(), 3)
	if err != nil || header.Hash() != w.blocks[3].Hash() {
		t.Fatalf("header 3: %v", err)
	}
	if _, err := w.client.Call(t.Context(), w.call(header, clienttest.Store, word(1))); !errors.Is(err, client.ErrNoConfig) {
		t.Errorf("call without a configuration: %v", err)
	}
}

// What stands beside a proof is not kept, not shown as the proof, and held against
// whoever sent much of it.
func TestJunkBesideAProofIsNotKept(t *testing.T) {
	w := build(10, 1)
	w.start(t)
	head := w.waitHead(t, w.head())
	w.servers[0].Forge(func(_ wire.Request, reply wire.Reply) wire.Reply {
		for i := range uint64(400) {
			junk := make([]byte, 500)
			binary.BigEndian.PutUint64(junk, i)
			switch r := reply.(type) {
			case *wire.Witness:
				r.Nodes, r.Codes = append(r.Nodes, junk), append(r.Codes, junk[:400])
			case *wire.State:
				r.Nodes, r.Codes = append(r.Nodes, junk), append(r.Codes, junk[:400])
			}
		}
		return reply
	})
	for i, ask := range []func() error{
		func() error {
			_, err := w.client.Call(t.Context(), w.call(head, w.chain.Address(2), word(2)))
			return err
		},
		func() error {
			_, err := w.client.Call(t.Context(), w.call(head, clienttest.Chase, word(2)))
			return err
		},
		func() error {
			_, err := w.client.Storage(t.Context(), head, clienttest.Store, []common.Hash{word(4)})
			return err
		},
	} {
		before := w.client.Status().Servers[0].Failures
		if err := ask(); err != nil {
			t.Fatal(err)
		}
		st := w.client.Status()
		if p := w.client.LastProof(); len(p.Nodes) == 0 && p.Cached == 0 || len(p.Nodes) > 30 {
			t.Errorf("question %d: proof of %d nodes, %d cached", i, len(p.Nodes), p.Cached)
		}
		if st.CacheBytes > 60_000 {
			t.Errorf("question %d: %d bytes in the caches", i, st.CacheBytes)
		}
		if st.Servers[0].Failures == before || st.Servers[0].Lies != 0 {
			t.Errorf("question %d: not scored", i)
		}
	}
}

// A hash says that a block exists, not that it is on the chain that was elected.
func TestBlockByHashIsOnTheElectedChain(t *testing.T) {
	w := build(400, 2)
	evil := w.chain.Grow(w.blocks[390], 6, 66) // nobody has signed these
	deep := w.chain.Grow(w.blocks[30], 6, 67)
	w.start(t)
	w.waitHead(t, w.head())
	if h, err := w.client.HeaderByNumber(t.Context(), 390); err != nil || h.Hash() != w.blocks[390].Hash() {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name  string
		block *types.Block
		want  error
	}{
		{"head", w.head(), nil},
		{"in the window", w.blocks[395], nil},
		{"below it", w.blocks[30], nil},
		{"side block", evil[2], client.ErrNotFound},
		{"side block above the head's number", w.chain.Grow(w.head(), 2, 68)[1], client.ErrNotFound},
		{"side block below the window", deep[3], client.ErrNotFound},
		{"genesis", w.chain.Genesis, nil},
	} {
		h, err := w.client.HeaderByHash(t.Context(), c.block.Hash())
		if !errors.Is(err, c.want) || (err == nil) != (h != nil) || h != nil && h.Hash() != c.block.Hash() {
			t.Errorf("%s: %v", c.name, err)
		}
		hash := c.block.Hash()
		if _, err := w.client.Logs(t.Context(), client.LogFilter{BlockHash: &hash}); !errors.Is(err, c.want) {
			t.Errorf("logs of %s: %v", c.name, err)
		}
	}
	// Proven once, it is known until the head that it was proven from is gone.
	for _, s := range w.servers {
		s.Requests()
	}
	if _, err := w.client.HeaderByHash(t.Context(), w.blocks[30].Hash()); err != nil || w.client.LastProof().Requests != 0 {
		t.Errorf("asked again: %v, %d requests", err, w.client.LastProof().Requests)
	}
	fork := w.chain.Grow(w.blocks[10], 395, 69)
	for _, s := range w.servers {
		s.SetHead(fork[394], nil, nil)
	}
	w.waitHead(t, fork[394])
	if _, err := w.client.HeaderByHash(t.Context(), w.blocks[30].Hash()); !errors.Is(err, client.ErrNotFound) {
		t.Errorf("after a reorg: %v", err)
	}
}
