package chaintest

import (
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/core/types"

	"github.com/candela-les/candela/chain"
)

// testTxStatus looks up every known transaction.
func (h *Harness) testTxStatus(t *testing.T) {
	var (
		hashes = []chain.Hash{missing()}
		want   = []chain.TxStatus{{State: chain.TxUnknown}}
		from   = h.Source.Ranges().TxIndex
	)
	for _, b := range h.Blocks {
		if from == chain.None || b.NumberU64() < from {
			continue
		}
		for i, tx := range b.Transactions() {
			hashes = append(hashes, tx.Hash())
			want = append(want, chain.TxStatus{
				State: chain.TxIncluded,
				Block: chain.Block{Number: b.NumberU64(), Hash: b.Hash()},
				Index: uint64(i),
			})
		}
	}
	got, err := h.Source.TxStatus(testContext(t), hashes)
	if err != nil || len(got) != len(want) {
		t.Fatalf("%d statuses for %d transactions: %v", len(got), len(hashes), err)
	}
	for i := range got {
		if got[i] != want[i] {
			t.Errorf("transaction %x: %+v, want %+v", hashes[i], got[i], want[i])
		}
	}
}

// testSubmit submits good, known, bad and mined transactions.
func (h *Harness) testSubmit(t *testing.T) {
	if status := h.submit(t, []byte{0xc0}); status.Err == "" {
		t.Errorf("three bytes of nonsense: %+v", status)
	}
	if h.BadTx != nil {
		tx, wording := h.BadTx(t)
		if status := h.submitTx(t, tx); !strings.Contains(status.Err, wording) {
			t.Errorf("bad transaction: %q, want %q in it", status.Err, wording)
		}
	}
	tx := h.NewTx(t)
	for range 2 { // the second time it is known, which is no refusal
		status := h.submitTx(t, tx)
		if status.Err != "" || (status.State != chain.TxPending && status.State != chain.TxQueued) {
			t.Fatalf("new transaction: %+v", status)
		}
	}
	if h.Grow == nil {
		return
	}
	h.Grow(t)
	status := h.submitTx(t, tx)
	if status.Err != "" || status.State != chain.TxIncluded {
		t.Fatalf("mined transaction submitted again: %+v", status)
	}
	statuses, err := h.Source.TxStatus(testContext(t), []chain.Hash{tx.Hash()})
	if err != nil || statuses[0] != status {
		t.Errorf("its status is %+v (%v), was %+v", statuses, err, status)
	}
	if hash, err := h.Source.CanonicalHash(testContext(t), status.Block.Number); err != nil || hash != status.Block.Hash {
		t.Errorf("it is in block %x, the canonical one is %x (%v)", status.Block.Hash, hash, err)
	}
}

func (h *Harness) submitTx(t *testing.T, tx *types.Transaction) chain.TxStatus {
	t.Helper()
	raw, err := tx.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	return h.submit(t, raw)
}

func (h *Harness) submit(t *testing.T, raw []byte) chain.TxStatus {
	t.Helper()
	status, err := h.Source.SubmitTx(testContext(t), raw)
	if err != nil {
		t.Fatalf("submit: %v", err)
	}
	return status
}
