package attached

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/candela-les/candela/chain"
)

// TxStatus says where transactions are. That one is included is checked against the
// block; that one is pending, or not known, is the node's word.
func (n *Node) TxStatus(ctx context.Context, hashes []chain.Hash) ([]chain.TxStatus, error) {
	if err := n.gate.enter(ctx); err != nil {
		return nil, err
	}
	defer n.gate.leave()
	return n.txStatus(ctx, hashes)
}

// txs is the need for nodes that look transactions up.
func txs() need {
	return need{what: "transactions by hash", can: func(p *profile) bool { return p.txs }, none: chain.ErrUnsupported}
}

func (n *Node) txStatus(ctx context.Context, hashes []chain.Hash) ([]chain.TxStatus, error) {
	return share(ctx, n.flights, keyOf("txs", hashes), func(ctx context.Context) ([]chain.TxStatus, error) {
		places, err := tell(ctx, n, txs(), func(ctx context.Context, u *upstream) ([]txPlace, error) {
			return u.places(ctx, hashes)
		})
		if err != nil {
			return nil, err
		}
		statuses := make([]chain.TxStatus, len(hashes))
		for i, place := range places {
			if statuses[i], err = n.placed(ctx, hashes[i], place); err != nil {
				return nil, fmt.Errorf("transaction %x: %w", hashes[i], err)
			}
		}
		return statuses, nil
	})
}

// places asks where transactions are. A place that is the zero txPlace is none.
func (u *upstream) places(ctx context.Context, hashes []chain.Hash) ([]txPlace, error) {
	requests := make([]*request, len(hashes))
	for i, hash := range hashes {
		requests[i] = ask("eth_getTransactionByHash", common.Hash(hash))
	}
	if err := u.do(ctx, requests...); err != nil {
		return nil, err
	}
	places := make([]txPlace, len(hashes))
	for i, r := range requests {
		place, err := read[txPlace](u, r)
		switch {
		case errors.Is(err, errNull):
			continue
		case err != nil:
			return nil, err
		case place.Hash != common.Hash(hashes[i]):
			return nil, u.lie(r.method, "transaction %x instead of %x", place.Hash, hashes[i])
		}
		places[i] = place
	}
	return places, nil
}

// placed turns a place into a status. One in a block above the head that was told last
// is pending until that block is the head.
func (n *Node) placed(ctx context.Context, hash common.Hash, place txPlace) (chain.TxStatus, error) {
	if place.Hash == (common.Hash{}) {
		return chain.TxStatus{State: chain.TxUnknown}, nil
	}
	pending := chain.TxStatus{State: chain.TxPending}
	if place.BlockHash == nil || place.BlockNumber == nil || place.Index == nil {
		return pending, nil
	}
	number, index := uint64(*place.BlockNumber), uint64(*place.Index)
	at, err := n.canonical(ctx, number)
	switch {
	case errors.Is(err, chain.ErrUnknown):
		n.lookAll()
		return pending, nil // in a block above the head
	case err != nil:
		return chain.TxStatus{}, err
	case at != *place.BlockHash:
		n.lookAll()
		return chain.TxStatus{}, fmt.Errorf("it is in another block %d than the chain's: %w", number, chain.ErrUnavailable)
	}
	if err := n.included(ctx, at, index, hash); err != nil {
		return chain.TxStatus{}, err
	}
	return chain.TxStatus{
		State: chain.TxIncluded, Block: chain.Block{Number: number, Hash: at}, Index: index,
	}, nil
}

// lookAll has all nodes looked at: there is something new.
func (n *Node) lookAll() {
	for _, u := range n.ups {
		u.look()
	}
}

// included checks that a block has a transaction at an index. Whoever asked needs the
// block's body next, to see for himself.
func (n *Node) included(ctx context.Context, block common.Hash, index uint64, hash common.Hash) error {
	header, err := n.headerOf(ctx, block)
	if err != nil {
		return err
	}
	hashes, err := n.txHashes(ctx, block, header)
	if err != nil {
		return err
	}
	if index < uint64(len(hashes)) && hashes[index] == hash {
		return nil
	}
	lie := &LieError{
		Upstream: "a node", Method: "eth_getTransactionByHash",
		Err: fmt.Errorf("block %d does not have the transaction at index %d", header.Number, index),
	}
	if u := n.chosen(); u != nil {
		lie.Upstream = u.name
		n.blame(u, faultLie, lie)
	}
	return lie
}

// SubmitTx hands a transaction to the nodes that relay: the first one that takes it
// does, and the others learn of it from there.
func (n *Node) SubmitTx(ctx context.Context, raw []byte) (chain.TxStatus, error) {
	if err := n.gate.enter(ctx); err != nil {
		return chain.TxStatus{}, err
	}
	defer n.gate.leave()
	hash, err := txHash(raw)
	if err != nil {
		return chain.TxStatus{Err: err.Error()}, nil
	}
	return share(ctx, n.flights, key("submit", hash[:]), func(ctx context.Context) (chain.TxStatus, error) {
		return n.submit(ctx, hash, raw)
	})
}

// newestTx is the highest type of transaction that this version knows.
const newestTx = types.SetCodeTxType

// txHash returns a transaction's hash. One of a type that is not known here may be
// known to the node, and is judged there.
func txHash(raw []byte) (common.Hash, error) {
	tx := new(types.Transaction)
	err := tx.UnmarshalBinary(raw)
	switch {
	case err == nil:
		return tx.Hash(), nil
	case len(raw) > 0 && raw[0] > newestTx && raw[0] < 0x80:
		return crypto.Keccak256Hash(raw), nil
	default:
		return common.Hash{}, err
	}
}

func (n *Node) submit(ctx context.Context, hash common.Hash, raw []byte) (chain.TxStatus, error) {
	relay := need{what: "transaction relay", can: func(p *profile) bool { return p.send }, none: chain.ErrUnsupported}
	refusal, err := tell(ctx, n, relay, func(ctx context.Context, u *upstream) (string, error) {
		r := ask("eth_sendRawTransaction", hexutil.Bytes(raw))
		if err := u.do(ctx, r); err != nil {
			return "", err
		}
		switch f := faultOf(r.err); {
		case f == faultNone:
			var got common.Hash
			if json.Unmarshal(r.answer, &got) != nil || got != hash {
				return "", u.lie(r.method, "it took %s for %x", r.answer, hash)
			}
			return "", nil
		case f == faultBusy, f == faultMethod:
			return "", u.failed(r.err)
		default:
			return r.err.Error(), nil
		}
	})
	if err != nil {
		return chain.TxStatus{}, fmt.Errorf("relay transaction: %w", err)
	}
	if refusal == "" {
		return chain.TxStatus{State: chain.TxPending}, nil
	}
	return n.refused(ctx, hash, refusal)
}

// refused says what became of a transaction that a node did not take. One that it
// has, or that is mined, is not refused: that is what its sender wants to know.
func (n *Node) refused(ctx context.Context, hash common.Hash, wording string) (chain.TxStatus, error) {
	if statuses, err := n.txStatus(ctx, []chain.Hash{hash}); err == nil && statuses[0].State != chain.TxUnknown {
		return statuses[0], nil
	}
	if err := ended(ctx, n.life); err != nil {
		return chain.TxStatus{}, err
	}
	if isKnown(wording) {
		return chain.TxStatus{State: chain.TxPending}, nil
	}
	return chain.TxStatus{Err: wording}, nil
}

// isKnown recognizes how nodes say that they have a transaction already.
func isKnown(wording string) bool {
	wording = strings.ToLower(wording)
	for _, known := range []string{"already known", "alreadyknown", "already_exists", "already imported", "known transaction", "already in mempool"} {
		if strings.Contains(wording, known) {
			return true
		}
	}
	return false
}
