package rpc

import (
	"context"
	"errors"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/params"

	"github.com/candela-les/candela/client"
)

// txAPI serves what eth_ says about transactions by their hash.
type txAPI struct {
	c      *chain
	feeCap *big.Int // most wei of fee that a transaction may offer; nil: no limit
}

// lookup is nil without an error where the trusted servers agree that there is no such transaction.
func (c *chain) lookup(ctx context.Context, hash common.Hash) (*client.TxLookup, error) {
	found, err := c.Transaction(ctx, hash)
	if errors.Is(err, client.ErrTxUnknown) {
		return nil, nil
	}
	return found, err
}

// GetTransactionByHash serves eth_getTransactionByHash.
func (api *txAPI) GetTransactionByHash(ctx context.Context, hash common.Hash) (*Transaction, error) {
	found, err := api.c.lookup(ctx, hash)
	if found == nil || err != nil {
		return nil, err
	}
	cfg, err := api.c.config()
	if err != nil {
		return nil, err
	}
	if h := found.Header; h != nil {
		return minedTransaction(found.Tx, h, h.Hash(), found.Index, cfg), nil
	}
	return newTransaction(found.Tx, latestSigner(cfg)), nil
}

// GetTransactionReceipt serves eth_getTransactionReceipt; null until the transaction is mined.
func (api *txAPI) GetTransactionReceipt(ctx context.Context, hash common.Hash) (object, error) {
	found, err := api.c.lookup(ctx, hash)
	if found == nil || err != nil || found.Header == nil {
		return nil, err
	}
	cfg, err := api.c.config()
	if err != nil {
		return nil, err
	}
	receipts, err := api.c.Receipts(ctx, found.Header)
	if err != nil {
		return nil, err
	}
	if found.Index >= uint64(len(receipts)) {
		return nil, fmt.Errorf("receipt %d of block %d: there are %d", found.Index, found.Header.Number, len(receipts))
	}
	return receiptObject(receipts[found.Index], found.Header, found.Header.Hash(), found.Tx, found.Index, latestSigner(cfg)), nil
}

// SendRawTransaction serves eth_sendRawTransaction.
func (api *txAPI) SendRawTransaction(ctx context.Context, raw hexutil.Bytes) (common.Hash, error) {
	tx := new(types.Transaction)
	if err := tx.UnmarshalBinary(raw); err != nil {
		return common.Hash{}, err
	}
	tx, err := api.upgradeBlobs(ctx, tx)
	if err != nil {
		return common.Hash{}, err
	}
	if err := checkFee(tx, api.feeCap); err != nil {
		return common.Hash{}, err
	}
	if !tx.Protected() {
		return common.Hash{}, errOnlyProtected // anybody could replay it on another chain
	}
	if err := api.c.SendTransaction(ctx, tx); err != nil {
		return common.Hash{}, err
	}
	return tx.Hash(), nil
}

// upgradeBlobs turns blob proofs of the kind before Osaka into cell proofs where the chain wants those.
func (api *txAPI) upgradeBlobs(ctx context.Context, tx *types.Transaction) (*types.Transaction, error) {
	sidecar := tx.BlobTxSidecar()
	if sidecar == nil || sidecar.Version != types.BlobSidecarVersion0 {
		return tx, nil
	}
	h, cfg, err := api.c.latestWithConfig(ctx)
	if err != nil {
		return nil, err
	}
	if !cfg.IsOsaka(h.Number, h.Time) {
		return tx, nil
	}
	if err := sidecar.ToV1(); err != nil {
		return nil, fmt.Errorf("blob sidecar conversion failed: %w", err)
	}
	return tx.WithBlobTxSidecar(sidecar), nil
}

// checkFee guards a wallet's user against a fee that is surely a mistake.
func checkFee(tx *types.Transaction, limit *big.Int) error {
	if limit == nil {
		return nil
	}
	fee := new(big.Int).Mul(tx.GasPrice(), new(big.Int).SetUint64(tx.Gas()))
	if fee.Cmp(limit) <= 0 {
		return nil
	}
	return fmt.Errorf("tx fee (%.2f ether) exceeds the configured cap (%.2f ether)", ether(fee), ether(limit))
}

func ether(wei *big.Int) float64 {
	f, _ := new(big.Float).Quo(new(big.Float).SetInt(wei), big.NewFloat(params.Ether)).Float64()
	return f
}
