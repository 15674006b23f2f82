package embedded

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"strings"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/txpool"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto/kzg4844"
	"github.com/ethereum/go-ethereum/params"

	"github.com/candela-les/candela/chain"
)

// TxStatus says where transactions are. Unknown means not in the pool and not in
// the part of the chain that Ranges calls indexed.
func (n *Node) TxStatus(ctx context.Context, hashes []chain.Hash) ([]chain.TxStatus, error) {
	if err := n.gate.enter(ctx); err != nil {
		return nil, err
	}
	defer n.gate.leave()
	statuses := make([]chain.TxStatus, len(hashes))
	for i, hash := range hashes {
		if err := n.alive(ctx); err != nil {
			return nil, err
		}
		statuses[i] = n.txStatus(hash)
	}
	return statuses, nil
}

// txStatus looks into the chain first: the pool drops a mined transaction a moment
// after the block is there.
func (n *Node) txStatus(hash common.Hash) chain.TxStatus {
	if lookup, _ := n.bc.GetCanonicalTransaction(hash); lookup != nil {
		return chain.TxStatus{
			State: chain.TxIncluded,
			Block: chain.Block{Number: lookup.BlockIndex, Hash: lookup.BlockHash},
			Index: lookup.Index,
		}
	}
	switch n.eth.TxPool().Status(hash) {
	case txpool.TxStatusPending, txpool.TxStatusIncluded:
		return chain.TxStatus{State: chain.TxPending}
	case txpool.TxStatusQueued:
		return chain.TxStatus{State: chain.TxQueued}
	default:
		return chain.TxStatus{State: chain.TxUnknown}
	}
}

// SubmitTx puts a transaction into the pool; see chain.Source. It returns an error
// only when the node cannot say anything about it.
func (n *Node) SubmitTx(ctx context.Context, raw []byte) (chain.TxStatus, error) {
	if err := n.gate.enter(ctx); err != nil {
		return chain.TxStatus{}, err
	}
	defer n.gate.leave()
	tx := new(types.Transaction)
	if err := tx.UnmarshalBinary(raw); err != nil {
		return chain.TxStatus{Err: err.Error()}, nil
	}
	if status := n.txStatus(tx.Hash()); status.State != chain.TxUnknown {
		return status, nil
	}
	if tx.Type() == types.BlobTxType {
		if err := n.affordable(tx); err != nil {
			return chain.TxStatus{Err: err.Error()}, nil
		}
	}
	if n.relay != nil {
		if err := n.relay(ctx, tx); err != nil {
			if errors.Is(err, chain.ErrUnavailable) || ctx.Err() != nil {
				return chain.TxStatus{}, fmt.Errorf("relay transaction: %w", err)
			}
			return chain.TxStatus{Err: err.Error()}, nil
		}
	}
	err := n.eth.TxPool().Add([]*types.Transaction{tx}, false)[0]
	status := n.txStatus(tx.Hash())
	switch {
	case err == nil && status.State == chain.TxUnknown:
		status.State = chain.TxQueued // accepted, and already replaced or mined
	case err == nil, alreadyKnown(err), status.State != chain.TxUnknown:
	case n.relay != nil:
		// The node that makes the blocks took it; what our own pool thinks of it,
		// being perhaps a block behind, does not matter.
		status.State = chain.TxQueued
	default:
		status.Err = err.Error()
	}
	return status, nil
}

// prepareAfter is how long after its start a node gets ready to check blobs: when
// it no longer takes time from the start itself.
const prepareAfter = time.Second

// prepareBlobs loads the trusted setup that blobs are checked with. That takes
// seconds of a slow machine, and a transaction must not wait for it.
func (n *Node) prepareBlobs() {
	if n.bc.Config().CancunTime == nil {
		return
	}
	select {
	case <-time.After(prepareAfter):
		_, _ = kzg4844.BlobToCommitment(new(kzg4844.Blob)) // of use for what it loads
	case <-n.life.Done():
	}
}

// maxBlobTx is how many bytes a blob transaction may have: the pool's own limit.
const maxBlobTx = 1 << 20

// affordable refuses a transaction that the pool would refuse in the end for what is
// cheap to find out: its form, its signature, its sender's nonce and balance. The
// pool looks at the proofs of a blob transaction before the latter two, for many
// milliseconds, and that would be free for somebody who owns nothing.
func (n *Node) affordable(tx *types.Transaction) error {
	signer := types.LatestSigner(n.bc.Config())
	err := txpool.ValidateTransaction(tx, n.bc.CurrentBlock(), signer, &txpool.ValidationOptions{
		Config: n.bc.Config(), Accept: 1 << types.BlobTxType,
		MaxSize: maxBlobTx, MaxBlobCount: params.BlobTxMaxBlobs, MinTip: new(big.Int),
	})
	if err != nil {
		return err
	}
	statedb, err := n.bc.State()
	if err != nil {
		return err
	}
	return txpool.ValidateTransactionWithState(tx, signer, &txpool.ValidationOptionsWithState{
		State:               statedb,
		ExistingExpenditure: func(common.Address) *big.Int { return new(big.Int) },
		ExistingCost:        func(common.Address, uint64) *big.Int { return nil },
	})
}

// alreadyKnown recognizes the refusal of a transaction that the node has, which
// is no refusal to who wants it there. JSON-RPC carries only the wording.
func alreadyKnown(err error) bool {
	return errors.Is(err, txpool.ErrAlreadyKnown) ||
		strings.Contains(err.Error(), txpool.ErrAlreadyKnown.Error())
}
