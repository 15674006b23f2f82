package proof

import (
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/rlp"
	"github.com/ethereum/go-ethereum/trie"
)

// VerifyBody decodes the body of header's block, as eth and les carry it: a list
// of transactions, uncles, and from Shanghai on withdrawals. All three must hash
// to what the header says.
func VerifyBody(header *types.Header, enc []byte) (*types.Body, error) {
	body := new(types.Body)
	if err := rlp.DecodeBytes(enc, body); err != nil {
		return nil, malformed("body", err)
	}
	// The roots are computed from the decoded values, because those are what the
	// caller gets; the same check covers a blob transaction with its sidecar, which
	// has no place in a body.
	if got := types.DeriveSha(types.Transactions(body.Transactions), trie.NewStackTrie(nil)); got != header.TxHash {
		return nil, hashMismatch("transaction root", got, header.TxHash)
	}
	if got := types.CalcUncleHash(body.Uncles); got != header.UncleHash {
		return nil, hashMismatch("uncle hash", got, header.UncleHash)
	}
	if err := verifyWithdrawals(header, body); err != nil {
		return nil, err
	}
	return body, nil
}

func verifyWithdrawals(header *types.Header, body *types.Body) error {
	switch {
	case header.WithdrawalsHash == nil && body.Withdrawals == nil:
		return nil
	case header.WithdrawalsHash == nil:
		return mismatch("withdrawals", "a list", "none before Shanghai")
	case body.Withdrawals == nil:
		return mismatch("withdrawals", "none", header.WithdrawalsHash.Hex())
	}
	got := types.DeriveSha(types.Withdrawals(body.Withdrawals), trie.NewStackTrie(nil))
	if got != *header.WithdrawalsHash {
		return hashMismatch("withdrawals root", got, *header.WithdrawalsHash)
	}
	return nil
}

// VerifyTransaction decodes a transaction in its canonical encoding (EIP-2718),
// whose hash must be want.
func VerifyTransaction(want common.Hash, enc []byte) (*types.Transaction, error) {
	if got := crypto.Keccak256Hash(enc); got != want {
		return nil, hashMismatch("transaction hash", got, want)
	}
	tx := new(types.Transaction)
	if err := tx.UnmarshalBinary(enc); err != nil {
		return nil, malformed("transaction", err)
	}
	return tx, nil
}
