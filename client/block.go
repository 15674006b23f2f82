package client

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/candela-les/candela/proof"
	"github.com/candela-les/candela/wire"
)

// Block returns the block with the given proven header. It is shared and must not
// be changed.
func (c *Client) Block(ctx context.Context, header *types.Header) (block *types.Block, err error) {
	ctx, done := c.begin(ctx, "Block")
	defer func() { done(header, header.TxHash, err) }()
	body, err := c.body(ctx, header)
	if err != nil {
		return nil, err
	}
	return types.NewBlockWithHeader(header).WithBody(*body), nil
}

func (c *Client) body(ctx context.Context, header *types.Header) (*types.Body, error) {
	if header.TxHash == types.EmptyTxsHash && header.UncleHash == types.EmptyUncleHash &&
		(header.WithdrawalsHash == nil || *header.WithdrawalsHash == types.EmptyWithdrawalsHash) {
		body := new(types.Body) // nothing to ask for: the header says that it is empty
		if header.WithdrawalsHash != nil {
			body.Withdrawals = types.Withdrawals{}
		}
		return body, nil
	}
	hash := header.Hash()
	if body, ok := c.caches.bodies.Get(hash); ok {
		traceOf(ctx).hit(1)
		return body, nil
	}
	return share(ctx, c, "body"+string(hash[:]), func(ctx context.Context) (*types.Body, error) {
		return c.fetchBody(ctx, header, hash)
	})
}

func (c *Client) fetchBody(ctx context.Context, header *types.Header, hash common.Hash) (body *types.Body, err error) {
	size := 0
	number := header.Number.Uint64()
	_, err = c.retrieve(ctx, query{
		what: fmt.Sprintf("body of block %d", number),
		can:  func(s *session) bool { return s.canBody(number) }, block: number,
		request: func(*session) wire.Request {
			return &wire.GetBodies{Hashes: []wire.Hash{hash}}
		},
		check: func(_ *session, reply wire.Reply) error {
			got, err := single(reply.(*wire.Bodies).Bodies) //nolint:forcetypeassert // the session has checked the code
			if err != nil {
				return err
			}
			enc := slices.Clone(got)
			verified, err := proof.VerifyBody(header, enc)
			if err != nil {
				return &lieError{err}
			}
			body, size = verified, len(enc)
			traceOf(ctx).evidence(enc)
			return nil
		},
	})
	if err != nil {
		return nil, err
	}
	c.caches.bodies.Put(hash, body, 3*size) // decoded transactions take about that much
	return body, nil
}

// single returns the one item of a reply to a request for one.
func single(items [][]byte) ([]byte, error) {
	switch len(items) {
	case 0:
		return nil, errLacks
	case 1:
		return items[0], nil
	}
	return nil, &lieError{fmt.Errorf("%d items where one was asked for", len(items))}
}

// Receipts returns all receipts of the block with the given proven header, with
// every field derived. They are shared and must not be changed.
func (c *Client) Receipts(ctx context.Context, header *types.Header) (receipts types.Receipts, err error) {
	ctx, done := c.begin(ctx, "Receipts")
	defer func() { done(header, header.ReceiptHash, err) }()
	if header.ReceiptHash == types.EmptyReceiptsHash {
		return types.Receipts{}, nil
	}
	config, err := c.ConfigAt(ctx, header)
	if err != nil {
		return nil, err
	}
	hash := header.Hash()
	if receipts, ok := c.caches.receipts.Get(hash); ok {
		traceOf(ctx).hit(1)
		return receipts, nil
	}
	return share(ctx, c, "receipts"+string(hash[:]), func(ctx context.Context) (types.Receipts, error) {
		// What a receipt does not say itself is in the body: both are fetched at once.
		var (
			wg      sync.WaitGroup
			body    *types.Body
			bodyErr error
		)
		wg.Go(func() { body, bodyErr = c.body(ctx, header) })
		receipts, size, err := c.fetchReceipts(ctx, header, hash)
		wg.Wait()
		if err != nil {
			return nil, err
		}
		if bodyErr != nil {
			return nil, bodyErr
		}
		if err := proof.DeriveReceipts(config, header, body, receipts); err != nil {
			return nil, fmt.Errorf("receipts of block %d: %w", header.Number, err)
		}
		c.caches.receipts.Put(hash, receipts, 3*size)
		return receipts, nil
	})
}

// fetchReceipts gets receipts with only the fields that the receipts root covers.
func (c *Client) fetchReceipts(ctx context.Context, header *types.Header, hash common.Hash) (receipts types.Receipts, size int, err error) {
	number := header.Number.Uint64()
	_, err = c.retrieve(ctx, query{
		what: fmt.Sprintf("receipts of block %d", number),
		can:  func(s *session) bool { return s.canReceipts(number) }, block: number,
		request: func(*session) wire.Request {
			return &wire.GetReceipts{Hashes: []wire.Hash{hash}}
		},
		check: func(_ *session, reply wire.Reply) error {
			got, err := single(reply.(*wire.Receipts).Receipts) //nolint:forcetypeassert // the session has checked the code
			if err != nil {
				return err
			}
			enc := slices.Clone(got)
			verified, err := proof.VerifyReceiptRoot(header, enc)
			if err != nil {
				return &lieError{err}
			}
			receipts, size = verified, len(enc)
			traceOf(ctx).evidence(enc)
			return nil
		},
	})
	return receipts, size, err
}
