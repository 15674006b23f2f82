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

// receiptsOf is Receipts for several blocks, asked for together: the same cache, the
// same proof of each.
func (c *Client) receiptsOf(ctx context.Context, headers []*types.Header) ([]types.Receipts, error) {
	out := make([]types.Receipts, len(headers))
	var missing []*types.Header
	at := make(map[common.Hash]int, len(headers))
	for i, h := range headers {
		if _, err := c.ConfigAt(ctx, h); err != nil {
			return nil, err
		}
		hash := h.Hash()
		switch receipts, ok := c.caches.receipts.Get(hash); {
		case h.ReceiptHash == types.EmptyReceiptsHash:
			out[i] = types.Receipts{}
		case ok:
			traceOf(ctx).hit(1)
			out[i] = receipts
		default:
			missing, at[hash] = append(missing, h), i
		}
	}
	if len(missing) == 0 {
		return out, nil
	}
	var (
		wg      sync.WaitGroup
		bodies  map[common.Hash]*types.Body
		bodyErr error
	)
	wg.Go(func() { bodies, bodyErr = c.bodiesOf(ctx, missing) })
	receipts, sizes, err := c.fetchReceiptBatch(ctx, missing)
	wg.Wait()
	if err != nil {
		return nil, err
	}
	if bodyErr != nil {
		return nil, bodyErr
	}
	for _, h := range missing {
		hash := h.Hash()
		config, err := c.ConfigAt(ctx, h)
		if err != nil {
			return nil, err
		}
		if err := proof.DeriveReceipts(config, h, bodies[hash], receipts[hash]); err != nil {
			return nil, fmt.Errorf("receipts of block %d: %w", h.Number, err)
		}
		c.caches.receipts.Put(hash, receipts[hash], 3*sizes[hash])
		out[at[hash]] = receipts[hash]
	}
	return out, nil
}

func (c *Client) fetchReceiptBatch(ctx context.Context, headers []*types.Header) (map[common.Hash]types.Receipts, map[common.Hash]int, error) {
	got, sizes := make(map[common.Hash]types.Receipts, len(headers)), make(map[common.Hash]int, len(headers))
	err := fetchBatch(ctx, c, headers, batchQuery[types.Receipts]{
		what: "receipts", code: wire.CodeGetReceipts,
		can:     (*session).canReceipts,
		limit:   func(l wire.Limits) uint64 { return l.Receipts },
		request: func(hashes []wire.Hash) wire.Request { return &wire.GetReceipts{Hashes: hashes} },
		items: func(reply wire.Reply) [][]byte {
			return reply.(*wire.Receipts).Receipts //nolint:forcetypeassert // the session has checked the code
		},
		verify: proof.VerifyReceiptRoot,
		take: func(hash common.Hash, receipts types.Receipts, size int) {
			got[hash], sizes[hash] = receipts, size
		},
	})
	return got, sizes, err
}

// bodiesOf returns the bodies of several blocks, by their hashes.
func (c *Client) bodiesOf(ctx context.Context, headers []*types.Header) (map[common.Hash]*types.Body, error) {
	got := make(map[common.Hash]*types.Body, len(headers))
	var missing []*types.Header
	for _, h := range headers {
		hash := h.Hash()
		if body, ok := c.caches.bodies.Get(hash); ok {
			traceOf(ctx).hit(1)
			got[hash] = body
			continue
		}
		missing = append(missing, h)
	}
	err := fetchBatch(ctx, c, missing, batchQuery[*types.Body]{
		what: "bodies", code: wire.CodeGetBodies,
		can:     (*session).canBody,
		limit:   func(l wire.Limits) uint64 { return l.Bodies },
		request: func(hashes []wire.Hash) wire.Request { return &wire.GetBodies{Hashes: hashes} },
		items: func(reply wire.Reply) [][]byte {
			return reply.(*wire.Bodies).Bodies //nolint:forcetypeassert // the session has checked the code
		},
		verify: proof.VerifyBody,
		take: func(hash common.Hash, body *types.Body, size int) {
			got[hash] = body
			c.caches.bodies.Put(hash, body, 3*size)
		},
	})
	return got, err
}

// batchQuery says how items of one kind are asked for and verified.
type batchQuery[T any] struct {
	what    string
	code    uint64
	can     func(s *session, block uint64) bool
	limit   func(wire.Limits) uint64
	request func([]wire.Hash) wire.Request
	items   func(wire.Reply) [][]byte
	verify  func(*types.Header, []byte) (T, error)
	take    func(hash common.Hash, item T, size int)
}

// fetched is a verified item, and which of the headers it belongs to.
type fetched[T any] struct {
	index int
	item  T
	enc   []byte
}

// fetchBatch gets an item for each header, as many in a request as a server takes.
// What a reply leaves out is asked for again, of others where it was all of it.
func fetchBatch[T any](ctx context.Context, c *Client, headers []*types.Header, q batchQuery[T]) error {
	left := slices.Clone(headers)
	for len(left) > 0 {
		lowest := left[0].Number.Uint64()
		hashes := make([]wire.Hash, len(left))
		for i, h := range left {
			hashes[i], lowest = h.Hash(), min(lowest, h.Number.Uint64())
		}
		var got []fetched[T]
		_, err := c.retrieve(ctx, query{
			what: fmt.Sprintf("%s of %d blocks from %d on", q.what, len(left), lowest),
			can:  func(s *session) bool { return q.can(s, lowest) },
			request: func(s *session) wire.Request {
				n := s.most(q.code, uint64(len(hashes)), q.limit(s.limits()))
				if n == 0 {
					return nil
				}
				return q.request(hashes[:n])
			},
			check: func(_ *session, reply wire.Reply) (err error) {
				got, err = matchItems(left, q.items(reply), q.verify)
				return err
			},
		})
		if err != nil {
			return err
		}
		for _, g := range slices.Backward(got) { // from behind, for Delete
			q.take(hashes[g.index], g.item, len(g.enc))
			traceOf(ctx).evidence(g.enc)
			left = slices.Delete(left, g.index, g.index+1)
		}
	}
	return nil
}

// matchItems finds out which header each item belongs to. Items come in the order in
// which they were asked for, but some may be left out; what an item belongs to only
// its root says.
func matchItems[T any](headers []*types.Header, items [][]byte, verify func(*types.Header, []byte) (T, error)) ([]fetched[T], error) {
	if len(items) == 0 {
		return nil, errLacks
	}
	var got []fetched[T]
	next := 0
	for _, raw := range items {
		enc := slices.Clone(raw)
		wrong := fmt.Errorf("%d items for %d blocks", len(items), len(headers))
		for found := false; !found; next++ {
			if next == len(headers) {
				return nil, &lieError{wrong}
			}
			item, err := verify(headers[next], enc)
			if found = err == nil; found {
				got = append(got, fetched[T]{next, item, enc})
			} else {
				wrong = err
			}
		}
	}
	return got, nil
}
