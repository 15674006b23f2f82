package rpctest

import (
	"context"
	"errors"
	"slices"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core"
	"github.com/ethereum/go-ethereum/core/state"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/trie"

	"github.com/candela-les/candela/client"
	"github.com/candela-les/candela/proof/evm"
)

func (d *Double) state(ctx context.Context, method string, h *types.Header) (*state.StateDB, error) {
	if err := d.enter(ctx, method); err != nil {
		return nil, err
	}
	return d.chain.StateAt(h.Root, h.Number, h.Time)
}

// Account implements rpc.Backend.
func (d *Double) Account(ctx context.Context, h *types.Header, address common.Address) (*types.StateAccount, error) {
	if err := d.enter(ctx, "Account"); err != nil {
		return nil, err
	}
	accounts, err := trie.NewStateTrie(trie.StateTrieID(h.Root), d.chain.TrieDB())
	if err != nil {
		return nil, err
	}
	account, err := accounts.GetAccount(address)
	if account == nil && err == nil {
		account = types.NewEmptyStateAccount()
	}
	return account, err
}

// Storage implements rpc.Backend.
func (d *Double) Storage(ctx context.Context, h *types.Header, address common.Address, keys []common.Hash) ([]common.Hash, error) {
	s, err := d.state(ctx, "Storage", h)
	if err != nil {
		return nil, err
	}
	values := make([]common.Hash, len(keys))
	for i, k := range keys {
		values[i] = s.GetState(address, k)
	}
	return values, s.Error()
}

// Code implements rpc.Backend.
func (d *Double) Code(ctx context.Context, h *types.Header, address common.Address) ([]byte, error) {
	s, err := d.state(ctx, "Code", h)
	if err != nil {
		return nil, err
	}
	return s.GetCode(address), s.Error()
}

// Proof implements rpc.Backend.
func (d *Double) Proof(ctx context.Context, h *types.Header, address common.Address, keys []common.Hash) (*client.AccountProof, error) {
	account, err := d.Account(ctx, h, address)
	if err != nil {
		return nil, err
	}
	p := &client.AccountProof{
		Address:     address,
		Balance:     account.Balance,
		Nonce:       account.Nonce,
		CodeHash:    common.BytesToHash(account.CodeHash),
		StorageHash: account.Root,
	}
	if p.Nodes, err = d.prove(trie.StateTrieID(h.Root), address.Bytes()); err != nil {
		return nil, err
	}
	values, err := d.Storage(ctx, h, address, keys)
	for i, v := range values {
		slot := client.StorageProof{Key: keys[i], Value: v}
		id := trie.StorageTrieID(h.Root, crypto.Keccak256Hash(address[:]), account.Root)
		if slot.Nodes, err = d.prove(id, keys[i].Bytes()); err != nil {
			return nil, err
		}
		p.Storage = append(p.Storage, slot)
	}
	return p, err
}

// nodeList keeps the nodes of a proof in the order in which they are found, root first.
type nodeList [][]byte

func (l *nodeList) Put(_, node []byte) error {
	*l = append(*l, node)
	return nil
}

func (l *nodeList) Delete([]byte) error { return errors.ErrUnsupported }

func (d *Double) prove(id *trie.ID, key []byte) ([][]byte, error) {
	if id.Root == types.EmptyRootHash {
		return nil, nil
	}
	t, err := trie.New(id, d.chain.TrieDB())
	if err != nil {
		return nil, err
	}
	var nodes nodeList
	err = t.Prove(crypto.Keccak256(key), &nodes)
	return nodes, err
}

// complete runs until nothing is missing any more, as a client does that asks an honest server.
func (d *Double) complete(ctx context.Context, method string, h *types.Header, run func(*evm.State) (evm.Missing, error)) error {
	if err := d.enter(ctx, method); err != nil {
		return err
	}
	for s := evm.NewState(h); ; {
		missing, err := run(s)
		if missing.Empty() {
			return err
		}
		d.chain.Supply(s, missing)
	}
}

// Call implements rpc.Backend.
func (d *Double) Call(ctx context.Context, call evm.Call) (result *core.ExecutionResult, err error) {
	call.Config = d.chain.Config()
	err = d.complete(ctx, "Call", call.Header, func(s *evm.State) (missing evm.Missing, err error) {
		result, missing, err = evm.Run(ctx, s, call)
		return missing, err
	})
	return result, err
}

// EstimateGas implements rpc.Backend.
func (d *Double) EstimateGas(ctx context.Context, call evm.Call, gasCap uint64) (gas uint64, data []byte, err error) {
	call.Config = d.chain.Config()
	err = d.complete(ctx, "EstimateGas", call.Header, func(s *evm.State) (missing evm.Missing, err error) {
		gas, data, missing, err = evm.EstimateGas(ctx, s, call, gasCap)
		return missing, err
	})
	return gas, data, err
}

// AccessList implements rpc.Backend.
func (d *Double) AccessList(ctx context.Context, call evm.Call) (*client.AccessListResult, error) {
	result := new(client.AccessListResult)
	call.Config = d.chain.Config()
	err := d.complete(ctx, "AccessList", call.Header, func(s *evm.State) (missing evm.Missing, err error) {
		result.List, result.GasUsed, result.VMErr, missing, err = evm.CreateAccessList(ctx, s, call)
		return missing, err
	})
	return result, err
}

// Logs implements rpc.Backend, by looking at every log there is.
func (d *Double) Logs(ctx context.Context, f client.LogFilter) ([]*types.Log, error) {
	if err := d.enter(ctx, "Logs"); err != nil {
		return nil, err
	}
	var blocks []common.Hash
	if f.BlockHash != nil {
		blocks = []common.Hash{*f.BlockHash}
	} else {
		for n := f.From; n <= f.To; n++ {
			blocks = append(blocks, d.chain.GetCanonicalHash(n))
		}
	}
	var logs []*types.Log
	for _, hash := range blocks {
		for _, r := range d.chain.GetReceiptsByHash(hash) {
			for _, l := range r.Logs {
				if selected(l, f) {
					logs = append(logs, l)
				}
			}
		}
	}
	return logs, nil
}

func selected(l *types.Log, f client.LogFilter) bool {
	if len(f.Addresses) > 0 && !slices.Contains(f.Addresses, l.Address) || len(f.Topics) > len(l.Topics) {
		return false
	}
	for i, want := range f.Topics {
		if len(want) > 0 && !slices.Contains(want, l.Topics[i]) {
			return false
		}
	}
	return true
}
