package proof_test

import (
	"errors"
	"testing"

	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/rlp"

	"github.com/candela-les/candela/proof"
	"github.com/candela-les/candela/proof/prooftest"
)

// TestBodyParts changes a body as a whole: what is left out, added, repeated or
// exchanged is noticed, also where one list of withdrawals is empty and the other
// is not there.
func TestBodyParts(t *testing.T) {
	for _, c := range []struct {
		name, file string
		change     func(*types.Body)
	}{
		{"no withdrawals after Shanghai", "Cancun.json", func(b *types.Body) { b.Withdrawals = nil }},
		{"no empty list of withdrawals after Shanghai", "Shanghai.json", func(b *types.Body) { b.Withdrawals = nil }},
		{"an empty list before Shanghai", "London.json", func(b *types.Body) { b.Withdrawals = []*types.Withdrawal{} }},
		{"a withdrawal before Shanghai", "London.json", func(b *types.Body) { b.Withdrawals = []*types.Withdrawal{{}} }},
		{"one withdrawal less", "Cancun.json", func(b *types.Body) { b.Withdrawals = b.Withdrawals[1:] }},
		{"withdrawals exchanged", "Cancun.json", func(b *types.Body) {
			b.Withdrawals[0], b.Withdrawals[1] = b.Withdrawals[1], b.Withdrawals[0]
		}},
		{"no transactions", "Paris.json", func(b *types.Body) { b.Transactions = nil }},
		{"one transaction less", "Paris.json", func(b *types.Body) { b.Transactions = b.Transactions[:len(b.Transactions)-1] }},
		{"one transaction twice", "Paris.json", func(b *types.Body) { b.Transactions = append(b.Transactions, b.Transactions[0]) }},
		{"transactions exchanged", "Paris.json", func(b *types.Body) {
			b.Transactions[3], b.Transactions[4] = b.Transactions[4], b.Transactions[3]
		}},
		{"an uncle", "Homestead.json", func(b *types.Body) {
			b.Uncles = []*types.Header{{Number: b.Transactions[0].Value(), Difficulty: b.Transactions[0].Value()}}
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			block := prooftest.ReadBlock(t, prooftest.Path(t, "mainnet", "fork-blocks", c.file))
			var body types.Body
			if err := rlp.DecodeBytes(block.Body, &body); err != nil {
				t.Fatal(err)
			}
			c.change(&body)
			if got, err := proof.VerifyBody(block.Fields, prooftest.Encode(t, &body)); !errors.Is(err, proof.ErrMismatch) || got != nil {
				t.Errorf("%v, %v", got, err)
			}
		})
	}
}

// TestDerivationRefusals: what derivation relies on beside the root is checked.
func TestDerivationRefusals(t *testing.T) {
	chain := prooftest.Conformance(t)
	var block *types.Block
	for n := uint64(1); block == nil || len(block.Transactions()) < 2; n++ {
		block = chain.GetBlockByNumber(n)
	}
	fresh := func() (types.Receipts, *types.Body) {
		receipts, err := proof.VerifyReceiptRoot(block.Header(), chain.ReceiptsRLP(block.Hash()))
		if err != nil {
			t.Fatal(err)
		}
		return receipts, block.Body()
	}
	receipts, body := fresh()
	receipts[0].CumulativeGasUsed = receipts[1].CumulativeGasUsed + 1
	if err := proof.DeriveReceipts(chain.Config(), block.Header(), body, receipts); !errors.Is(err, proof.ErrMalformed) {
		t.Errorf("falling gas: %v", err)
	}
	receipts, body = fresh()
	receipts[1].Type = types.BlobTxType
	if err := proof.DeriveReceipts(chain.Config(), block.Header(), body, receipts); !errors.Is(err, proof.ErrMismatch) {
		t.Errorf("another type: %v", err)
	}
	receipts, body = fresh()
	body.Transactions = body.Transactions[1:]
	if err := proof.DeriveReceipts(chain.Config(), block.Header(), body, receipts); !errors.Is(err, proof.ErrMismatch) {
		t.Errorf("fewer transactions: %v", err)
	}
	for i := range receipts {
		receipts, body = fresh()
		body.Transactions[i] = types.NewTx(&types.LegacyTx{}) // creates a contract, signed by nobody
		receipts[i].Type = types.LegacyTxType
		if err := proof.DeriveReceipts(chain.Config(), block.Header(), body, receipts); !errors.Is(err, proof.ErrMalformed) {
			t.Errorf("transaction %d without a sender: %v", i, err)
		}
	}
}

// TestHeaderRefusals: what hashes right but is no header.
func TestHeaderRefusals(t *testing.T) {
	for name, enc := range map[string][]byte{
		"empty":         {},
		"empty list":    {0xc0},
		"short":         rlpOf([]any{[]byte{1}}),
		"trailing byte": append(rlpOf(&types.Header{Number: bigOf(1), Difficulty: bigOf(1)}), 0),
		"huge number":   rlpOf(&types.Header{Number: bigOf(64), Difficulty: bigOf(1)}),
		"huge work":     rlpOf(&types.Header{Number: bigOf(1), Difficulty: bigOf(80)}),
		"huge extra":    rlpOf(&types.Header{Number: bigOf(1), Difficulty: bigOf(1), Extra: make([]byte, 1<<17)}),
	} {
		if header, err := proof.VerifyHeader(enc, proof.NewNodeSet().Add(enc)); !errors.Is(err, proof.ErrMalformed) || header != nil {
			t.Errorf("%s: %v, %v", name, header, err)
		}
	}
	// Linked by hash but not by number: no honest chain has it.
	parent := &types.Header{Number: bigOf(5), Difficulty: bigOf(1)}
	child := &types.Header{Number: bigOf(5), Difficulty: bigOf(1), ParentHash: parent.Hash()}
	if _, err := proof.VerifyHeaders(child.Hash(), [][]byte{rlpOf(child), rlpOf(parent)}); !errors.Is(err, proof.ErrMismatch) {
		t.Errorf("numbers: %v", err)
	}
	if headers, err := proof.VerifyHeaders(child.Hash(), nil); len(headers) != 0 || err != nil {
		t.Errorf("no headers: %v, %v", headers, err)
	}
}
