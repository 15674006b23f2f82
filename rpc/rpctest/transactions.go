package rpctest

import (
	"context"
	"slices"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/txpool"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/candela-les/candela/client"
	"github.com/candela-les/candela/proof/evm"
)

// Transaction implements rpc.Backend, by looking through every block.
func (d *Double) Transaction(ctx context.Context, hash common.Hash) (*client.TxLookup, error) {
	if err := d.enter(ctx, "Transaction"); err != nil {
		return nil, err
	}
	for n := d.chain.CurrentBlock().Number.Uint64(); n > 0; n-- {
		block := d.chain.GetBlockByNumber(n)
		for i, tx := range block.Transactions() {
			if tx.Hash() == hash {
				return &client.TxLookup{Tx: tx, Header: block.Header(), Index: uint64(i)}, nil
			}
		}
	}
	for _, tx := range d.PendingTransactions() {
		if tx.Hash() == hash {
			return &client.TxLookup{Tx: tx}, nil
		}
	}
	return nil, &client.TxError{Hash: hash, Err: client.ErrTxUnknown}
}

// SendTransaction implements rpc.Backend: the transaction is checked and kept, nothing mines it.
func (d *Double) SendTransaction(ctx context.Context, tx *types.Transaction) error {
	if err := d.enter(ctx, "SendTransaction"); err != nil {
		return err
	}
	h := d.chain.CurrentBlock()
	from, err := types.Sender(types.LatestSigner(d.chain.Config()), tx)
	if err != nil {
		return txpool.ErrInvalidSender
	}
	account, err := d.Account(ctx, h, from)
	if err != nil {
		return err
	}
	if err := evm.CheckTransaction(h, d.chain.Config(), account, tx); err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if slices.ContainsFunc(d.mu.pending, func(p *types.Transaction) bool { return p.Hash() == tx.Hash() }) {
		return txpool.ErrAlreadyKnown
	}
	d.mu.pending = append(d.mu.pending, tx)
	for sub := range d.mu.txSubs {
		sub <- tx
	}
	return nil
}

// PendingTransactions implements rpc.Backend.
func (d *Double) PendingTransactions() []*types.Transaction {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.mu.pending)
}

// PendingNonce implements rpc.Backend.
func (d *Double) PendingNonce(ctx context.Context, address common.Address) (uint64, error) {
	account, err := d.Account(ctx, d.chain.CurrentBlock(), address)
	if err != nil {
		return 0, err
	}
	nonce := account.Nonce
	for _, tx := range d.PendingTransactions() {
		if from, err := types.Sender(types.LatestSigner(d.chain.Config()), tx); err == nil && from == address && tx.Nonce() >= nonce {
			nonce = tx.Nonce() + 1
		}
	}
	return nonce, nil
}
