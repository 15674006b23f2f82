package proof

import (
	"math/big"

	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/params"
	"github.com/ethereum/go-ethereum/rlp"
	"github.com/ethereum/go-ethereum/trie"
)

// VerifyReceipts decodes all receipts of header's block and derives everything in
// them that no hash commits to: transaction hash and index, gas used, effective
// and blob gas price, contract address, and where each log stands. The body must
// have been verified against the same header.
func VerifyReceipts(config *params.ChainConfig, header *types.Header, body *types.Body, enc []byte) (types.Receipts, error) {
	receipts, err := VerifyReceiptRoot(header, enc)
	if err != nil {
		return nil, err
	}
	if err := DeriveReceipts(config, header, body, receipts); err != nil {
		return nil, err
	}
	return receipts, nil
}

// VerifyReceiptRoot decodes all receipts of header's block from a list of their
// consensus encodings, blooms included, as eth/68 and les carry it. Only the
// fields of that encoding are set: enough to see which logs match a filter, but
// not to tell anybody about them. DeriveReceipts does the rest.
func VerifyReceiptRoot(header *types.Header, enc []byte) (types.Receipts, error) {
	var receipts types.Receipts
	if err := rlp.DecodeBytes(enc, &receipts); err != nil {
		return nil, malformed("receipts", err)
	}
	if got := types.DeriveSha(receipts, trie.NewStackTrie(nil)); got != header.ReceiptHash {
		return nil, hashMismatch("receipt root", got, header.ReceiptHash)
	}
	return receipts, nil
}

// DeriveReceipts sets what VerifyReceiptRoot leaves open; see VerifyReceipts.
func DeriveReceipts(config *params.ChainConfig, header *types.Header, body *types.Body, receipts types.Receipts) error {
	if got, want := len(receipts), len(body.Transactions); got != want {
		return mismatch("number of receipts", got, want)
	}
	if err := checkReceipts(config, header, body, receipts); err != nil {
		return err
	}
	blobFee, err := BlobBaseFee(config, header)
	if err != nil {
		return err
	}
	number, baseFee := header.Number.Uint64(), header.BaseFee
	if baseFee == nil {
		baseFee = new(big.Int) // what go-ethereum derives with before London
	}
	err = receipts.DeriveFields(config, header.Hash(), number, header.Time, baseFee, blobFee, body.Transactions)
	if err != nil {
		return malformed("receipts", err)
	}
	return nil
}

// checkReceipts checks what derivation relies on. None of it can fail for a block
// that an honest chain accepted, so a failure means a wrong configuration or a
// body of another block.
func checkReceipts(config *params.ChainConfig, header *types.Header, body *types.Body, receipts types.Receipts) error {
	signer := types.MakeSigner(config, header.Number, header.Time)
	gas := uint64(0)
	for i, receipt := range receipts {
		tx := body.Transactions[i]
		if receipt.Type != tx.Type() {
			return mismatch("receipt type", receipt.Type, tx.Type())
		}
		if receipt.CumulativeGasUsed < gas {
			return malformedf("receipts", "cumulative gas falls from %d to %d at %d", gas, receipt.CumulativeGasUsed, i)
		}
		gas = receipt.CumulativeGasUsed
		// The address of a new contract comes from the sender.
		if tx.To() == nil {
			if _, err := types.Sender(signer, tx); err != nil {
				return malformed("sender of a contract creation", err)
			}
		}
	}
	return nil
}
