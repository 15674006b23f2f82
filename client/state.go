package client

import (
	"context"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/candela-les/candela/proof"
)

// Account returns the proven account in the state after header's block: an empty
// one if its absence is proven. It is the caller's to keep.
func (c *Client) Account(ctx context.Context, header *types.Header, addr common.Address) (account *types.StateAccount, err error) {
	ctx, done := c.begin(ctx, "Account")
	defer func() { done(header, header.Root, err) }()
	account, _, err = c.account(ctx, header, stateQuery{addr: addr})
	return account, err
}

// account proves one query and returns its account, never nil.
func (c *Client) account(ctx context.Context, header *types.Header, q stateQuery) (*types.StateAccount, *evidence, error) {
	e, err := c.prove(ctx, header, []stateQuery{q})
	if err != nil {
		return nil, nil, err
	}
	account, err := proof.Account(header.Root, q.addr, e.nodes)
	if err != nil {
		return nil, nil, err
	}
	if account == nil {
		account = proof.EmptyAccount()
	}
	return account, e, nil
}

// Storage returns the proven values of slots, in the order asked for; zero where
// the absence of a value (or of the account) is proven.
func (c *Client) Storage(ctx context.Context, header *types.Header, addr common.Address, slots []common.Hash) (values []common.Hash, err error) {
	ctx, done := c.begin(ctx, "Storage")
	defer func() { done(header, header.Root, err) }()
	account, e, err := c.account(ctx, header, stateQuery{addr: addr, slots: slots})
	if err != nil {
		return nil, err
	}
	values = make([]common.Hash, len(slots))
	for i, slot := range slots {
		if values[i], err = proof.Storage(account.Root, slot, e.nodes); err != nil {
			return nil, err
		}
	}
	return values, nil
}

// Code returns the proven code of an account, empty if it has none. It is shared
// and must not be changed.
func (c *Client) Code(ctx context.Context, header *types.Header, addr common.Address) (code []byte, err error) {
	ctx, done := c.begin(ctx, "Code")
	defer func() { done(header, header.Root, err) }()
	account, e, err := c.account(ctx, header, stateQuery{addr: addr, code: true})
	if err != nil {
		return nil, err
	}
	return e.codes[common.BytesToHash(account.CodeHash)], nil
}

// Proof returns an account with the Merkle proofs of it and of the slots, in the
// order asked for.
func (c *Client) Proof(ctx context.Context, header *types.Header, addr common.Address, slots []common.Hash) (result *AccountProof, err error) {
	ctx, done := c.begin(ctx, "Proof")
	defer func() { done(header, header.Root, err) }()
	account, e, err := c.account(ctx, header, stateQuery{addr: addr, slots: slots})
	if err != nil {
		return nil, err
	}
	result = &AccountProof{
		Address: addr, Balance: account.Balance, Nonce: account.Nonce,
		CodeHash: common.BytesToHash(account.CodeHash), StorageHash: account.Root,
	}
	if _, result.Nodes, err = proof.AccountPath(header.Root, addr, e.nodes); err != nil {
		return nil, err
	}
	for _, slot := range slots {
		p := StorageProof{Key: slot}
		if p.Value, p.Nodes, err = proof.StoragePath(account.Root, slot, e.nodes); err != nil {
			return nil, err
		}
		result.Storage = append(result.Storage, p)
	}
	return result, nil
}
