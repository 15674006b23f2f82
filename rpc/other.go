package rpc

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/rlp"
	gethrpc "github.com/ethereum/go-ethereum/rpc"

	"github.com/candela-les/candela/client"
	"github.com/candela-les/candela/client/bidder"
	"github.com/candela-les/candela/market/buyer"
)

// netAPI serves net_.
type netAPI struct {
	b Backend
}

// Version serves net_version: the network id, in decimal.
func (api *netAPI) Version() string { return strconv.FormatUint(api.b.NetworkID(), 10) }

// Listening serves net_listening.
func (api *netAPI) Listening() bool { return true }

// PeerCount serves net_peerCount: the servers connected now.
func (api *netAPI) PeerCount() hexutil.Uint {
	n := hexutil.Uint(0)
	for _, s := range api.b.Status().Servers {
		if s.Connected {
			n++
		}
	}
	return n
}

// web3API serves web3_.
type web3API struct {
	version string
}

// ClientVersion serves web3_clientVersion.
func (api *web3API) ClientVersion() string { return api.version }

// Sha3 serves web3_sha3: the Keccak-256 hash.
func (api *web3API) Sha3(data hexutil.Bytes) hexutil.Bytes { return crypto.Keccak256(data) }

// candelaAPI serves candela_: what the answers rest on, and what they cost.
type candelaAPI struct {
	b Backend
}

// Status serves candela_status: the head, the election with who signed what, the servers as measured.
func (api *candelaAPI) Status() client.Status { return api.b.Status() }

// LastProof serves candela_lastProof: the proof behind the last answer, null before the first.
func (api *candelaAPI) LastProof() *client.ProofRecord { return api.b.LastProof() }

// Demand serves candela_demand: what is to be bought and whether it is had; with words, it is changed first. A demand
// that makes no sense is an invalid parameter.
func (api *candelaAPI) Demand(words *string) (*bidder.DemandStatus, error) {
	if words != nil {
		var bad *buyer.DemandError
		if err := api.b.SetDemand(*words); errors.As(err, &bad) {
			return nil, invalidParams("%v", bad)
		} else if err != nil {
			return nil, err
		}
	}
	s, err := api.b.Demand()
	if err != nil {
		return nil, err
	}
	return &s, nil
}

// Market serves candela_market: what each server that was met or found sells, and what this client has there.
func (api *candelaAPI) Market() ([]bidder.SellerStatus, error) { return api.b.Market() }

// Spending serves candela_spending: what was paid, to whom, and whether it was checked.
func (api *candelaAPI) Spending() (*bidder.SpendingStatus, error) {
	s, err := api.b.Spending()
	if err != nil {
		return nil, err
	}
	return &s, nil
}

// debugAPI serves what debug_ gives in consensus encoding.
type debugAPI struct {
	c *chain
}

// GetRawHeader serves debug_getRawHeader.
func (api *debugAPI) GetRawHeader(ctx context.Context, ref gethrpc.BlockNumberOrHash) (hexutil.Bytes, error) {
	h, err := api.rawHeader(ctx, ref)
	if h == nil || err != nil {
		return nil, err
	}
	return rlp.EncodeToBytes(h)
}

// rawHeader is nil without an error for a number that no block has; an unknown hash is an error, as in go-ethereum.
func (api *debugAPI) rawHeader(ctx context.Context, ref gethrpc.BlockNumberOrHash) (*types.Header, error) {
	if number, ok := ref.Number(); ok && number == gethrpc.PendingBlockNumber {
		return nil, errPendingBlock
	}
	if hash, ok := ref.Hash(); ok {
		ref.RequireCanonical = false // go-ethereum does not look at it here
		h, err := api.c.resolve(ctx, &ref)
		if isUnknown(err) {
			return nil, fmt.Errorf("header %v not found", hash)
		}
		return h, err
	}
	h, err := api.c.resolve(ctx, &ref)
	if isUnknown(err) {
		return nil, nil
	}
	return h, err
}

// GetRawBlock serves debug_getRawBlock.
func (api *debugAPI) GetRawBlock(ctx context.Context, ref gethrpc.BlockNumberOrHash) (hexutil.Bytes, error) {
	h, err := api.rawHeader(ctx, ref)
	if h == nil || err != nil {
		return nil, err
	}
	b, err := api.c.Block(ctx, h)
	if err != nil {
		return nil, err
	}
	return rlp.EncodeToBytes(b)
}

// GetRawReceipts serves debug_getRawReceipts: the consensus encoding of each receipt.
func (api *debugAPI) GetRawReceipts(ctx context.Context, ref gethrpc.BlockNumberOrHash) ([]hexutil.Bytes, error) {
	h, err := api.rawHeader(ctx, ref)
	if h == nil || err != nil {
		return nil, err
	}
	receipts, err := api.c.Receipts(ctx, h)
	if err != nil {
		return nil, err
	}
	list := make([]hexutil.Bytes, len(receipts))
	for i, r := range receipts {
		if list[i], err = r.MarshalBinary(); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// GetRawTransaction serves debug_getRawTransaction.
func (api *debugAPI) GetRawTransaction(ctx context.Context, hash common.Hash) (hexutil.Bytes, error) {
	found, err := api.c.lookup(ctx, hash)
	if found == nil || err != nil {
		return nil, err
	}
	return found.Tx.MarshalBinary()
}
