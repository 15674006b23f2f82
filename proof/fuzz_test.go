package proof_test

import (
	"bytes"
	"errors"
	"math/big"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/params"
	"github.com/ethereum/go-ethereum/rlp"

	"github.com/candela-les/candela/proof"
	"github.com/candela-les/candela/proof/prooftest"
)

// FuzzHeader decodes whatever hashes right: it is a header that encodes back to the
// same bytes, or a typed error.
func FuzzHeader(f *testing.F) {
	f.Add(rlpOf(&types.Header{Number: big.NewInt(1), Difficulty: big.NewInt(1)}))
	f.Add(rlpOf(&types.Header{Number: big.NewInt(1), Difficulty: big.NewInt(0), BaseFee: big.NewInt(7), WithdrawalsHash: new(common.Hash)}))
	f.Add([]byte{0xc0})
	f.Fuzz(func(t *testing.T, enc []byte) {
		header, err := proof.VerifyHeader(enc, crypto.Keccak256Hash(enc))
		if err != nil {
			if !typed(err) {
				t.Errorf("untyped: %v", err)
			}
			return
		}
		if again := rlpOf(header); !bytes.Equal(again, enc) {
			t.Errorf("%x encodes back to %x", enc, again)
		}
	})
}

// FuzzBody verifies a body under the header that its own decoding asks for, so that
// the fuzzer gets past the roots.
func FuzzBody(f *testing.F) {
	to := common.Address{1}
	tx := types.NewTx(&types.DynamicFeeTx{ChainID: common.Big1, GasTipCap: common.Big1, GasFeeCap: common.Big1, To: &to, Value: common.Big0, V: common.Big0, R: common.Big1, S: common.Big1})
	f.Add(rlpOf(&types.Body{Transactions: []*types.Transaction{tx}, Withdrawals: []*types.Withdrawal{{Index: 1}}}))
	f.Add(rlpOf(&types.Body{Uncles: []*types.Header{{Number: common.Big1, Difficulty: common.Big1}}}))
	f.Add([]byte{0xc2, 0xc0, 0xc0})
	f.Fuzz(func(t *testing.T, enc []byte) {
		header := &types.Header{Number: common.Big1, Difficulty: common.Big1, TxHash: types.EmptyTxsHash, UncleHash: types.EmptyUncleHash}
		if _, err := proof.VerifyBody(header, enc); err != nil && !typed(err) {
			t.Errorf("untyped: %v", err)
		}
		var body types.Body
		if rlp.DecodeBytes(enc, &body) != nil {
			return
		}
		block := types.NewBlockWithHeader(header).WithBody(body)
		header.TxHash = types.DeriveSha(block.Transactions(), newHasher())
		header.UncleHash = types.CalcUncleHash(block.Uncles())
		if body.Withdrawals != nil {
			hash := types.DeriveSha(block.Withdrawals(), newHasher())
			header.WithdrawalsHash = &hash
		}
		if _, err := proof.VerifyBody(header, enc); err != nil {
			t.Errorf("a body under its own roots: %v", err)
		}
		header.TxHash[0] ^= 1
		if _, err := proof.VerifyBody(header, enc); !errors.Is(err, proof.ErrMismatch) {
			t.Errorf("a body under another root: %v", err)
		}
	})
}

// FuzzReceipts does the same for receipts, and derives their fields.
func FuzzReceipts(f *testing.F) {
	receipts := types.Receipts{
		{Type: types.LegacyTxType, PostState: make([]byte, 32), CumulativeGasUsed: 21000},
		{Type: types.DynamicFeeTxType, Status: 1, CumulativeGasUsed: 42000, Logs: []*types.Log{{Topics: []common.Hash{{1}}}}},
	}
	f.Add(rlpOf(receipts), uint64(0))
	f.Add([]byte{0xc0}, uint64(1)<<40)
	f.Fuzz(func(t *testing.T, enc []byte, excess uint64) {
		header := &types.Header{Number: common.Big1, Difficulty: common.Big0, ExcessBlobGas: &excess, ReceiptHash: types.EmptyReceiptsHash}
		if _, err := proof.VerifyReceiptRoot(header, enc); err != nil && !typed(err) {
			t.Errorf("untyped: %v", err)
		}
		var receipts types.Receipts
		if rlp.DecodeBytes(enc, &receipts) != nil {
			return
		}
		header.ReceiptHash = types.DeriveSha(receipts, newHasher())
		body := new(types.Body)
		to := common.Address{1}
		for _, r := range receipts {
			body.Transactions = append(body.Transactions, txOfType(r.Type, &to))
		}
		_, err := proof.VerifyReceipts(params.MergedTestChainConfig, header, body, enc)
		if err != nil && !typed(err) && !errors.Is(err, proof.ErrConfig) {
			t.Errorf("untyped: %v", err)
		}
	})
}

func txOfType(kind uint8, to *common.Address) *types.Transaction {
	switch kind {
	case types.AccessListTxType:
		return types.NewTx(&types.AccessListTx{To: to})
	case types.DynamicFeeTxType:
		return types.NewTx(&types.DynamicFeeTx{To: to})
	case types.BlobTxType:
		return types.NewTx(&types.BlobTx{To: *to})
	case types.SetCodeTxType:
		return types.NewTx(&types.SetCodeTx{To: *to})
	}
	// A creation whose sender cannot be recovered.
	return types.NewTx(&types.LegacyTx{})
}

// FuzzLookup walks over nodes that a fuzzer made up. go-ethereum's verifier is the
// oracle for every path that we accept; where it accepts more (a node that no trie
// can hold) we may refuse.
func FuzzLookup(f *testing.F) {
	tr := prooftest.NewTrie(map[string][]byte{"\x01\x02": []byte("a"), "\x01\x03": []byte("b"), "\x81\x03": bytes.Repeat([]byte("c"), 40)})
	for _, key := range []string{"\x01\x02", "\x81\x03", "\xff\xff"} {
		nodes := append(tr.Prove([]byte(key)), nil, nil, nil)
		f.Add([]byte(key), nodes[0], nodes[1], nodes[2])
	}
	f.Fuzz(func(t *testing.T, key, a, b, c []byte) {
		if len(key) > 64 {
			return
		}
		set := proof.NewNodeSet(a, b, c)
		for _, node := range [][]byte{a, b, c} {
			root := crypto.Keccak256Hash(node)
			got, path, err := proof.LookupPath(root, key, set)
			if err != nil {
				if !typed(err) {
					t.Errorf("untyped: %v", err)
				}
				continue
			}
			if len(path) > 2*len(key)+1 {
				t.Errorf("%d nodes for a key of %d bytes", len(path), len(key))
			}
			if want, oracleErr := oracleLookup(root, key, a, b, c); oracleErr != nil || !bytes.Equal(got, want) {
				t.Errorf("got %x; go-ethereum says %x, %v", got, want, oracleErr)
			}
		}
	})
}
