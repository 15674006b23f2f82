package evm

import (
	"errors"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum/core"
	"github.com/ethereum/go-ethereum/core/txpool"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/params"
)

// Largest transactions that go-ethereum's pools take, in bytes: with a blob
// transaction, its blobs are not counted.
const (
	maxTxSize     = 128 << 10
	maxBlobTxSize = 1 << 20
)

// ErrUnprotected is go-ethereum's refusal of a transaction without a chain id.
var ErrUnprotected = errors.New("only replay-protected (EIP-155) transactions allowed over RPC")

// CheckTransaction says whether a pool whose head is header would take tx, given
// the sender's proven account in the state after header. The errors are those of
// go-ethereum's pools, to be passed on as they are. What a pool decides by its
// other content or its settings (price floors, replacement) is left to the servers.
//
// A nonce above the account's is fine, as it is for a pool.
func CheckTransaction(header *types.Header, config *params.ChainConfig, account *types.StateAccount, tx *types.Transaction) error {
	if !tx.Protected() {
		return ErrUnprotected
	}
	opts := &txpool.ValidationOptions{
		Config:       config,
		Accept:       1<<types.LegacyTxType | 1<<types.AccessListTxType | 1<<types.DynamicFeeTxType | 1<<types.BlobTxType | 1<<types.SetCodeTxType,
		MaxSize:      maxTxSize,
		MaxBlobCount: params.BlobTxMaxBlobs,
		MinTip:       new(big.Int),
	}
	if tx.Type() == types.BlobTxType {
		opts.MaxSize = maxBlobTxSize
	}
	if err := txpool.ValidateTransaction(tx, header, types.LatestSigner(config), opts); err != nil {
		return err
	}
	if account.Nonce > tx.Nonce() {
		return fmt.Errorf("%w: next nonce %v, tx nonce %v", core.ErrNonceTooLow, account.Nonce, tx.Nonce())
	}
	balance, cost := account.Balance.ToBig(), tx.Cost()
	if balance.Cmp(cost) < 0 {
		return fmt.Errorf("%w: balance %v, tx cost %v, overshot %v",
			core.ErrInsufficientFunds, balance, cost, new(big.Int).Sub(cost, balance))
	}
	return nil
}
