package client

import (
	"context"
	"errors"
	"fmt"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/candela-les/candela/client/election"
	"github.com/candela-les/candela/client/headchain"
	"github.com/candela-les/candela/proof"
	"github.com/candela-les/candela/wire"
)

// HeaderByHash returns the header with this hash if it is on the elected chain:
// that is proven as it is for HeaderByNumber, and fails as that does where it is out
// of reach. A block of another branch is not found.
func (c *Client) HeaderByHash(ctx context.Context, hash common.Hash) (header *types.Header, err error) {
	ctx, done := c.begin(ctx, "HeaderByHash")
	defer func() { done(header, hash, err) }()
	heads, err := c.Heads()
	if err != nil {
		return nil, err
	}
	header, err = c.headerByHash(ctx, hash)
	if err != nil {
		return nil, err
	}
	if err := c.onChain(ctx, heads.Latest, header, hash); err != nil {
		return nil, err
	}
	return header, nil
}

// onChain proves that a header is head or one of its ancestors. A proof holds as long
// as the head that it began at is canonical, and is remembered.
func (c *Client) onChain(ctx context.Context, head, header *types.Header, hash common.Hash) error {
	if from, ok := c.caches.linked.Get(hash); ok && c.isCanonical(from) {
		return nil
	}
	at, err := c.headerAt(ctx, head, header.Number.Uint64())
	if err != nil {
		return err
	}
	if at.Hash() != hash {
		return fmt.Errorf("block %s is not on the elected chain: %w", hash, ErrNotFound)
	}
	c.caches.linked.Put(hash, election.Block{Number: head.Number.Uint64(), Hash: head.Hash()}, 80)
	return nil
}

func (c *Client) isCanonical(b election.Block) bool {
	f := c.follow
	f.mu.RLock()
	defer f.mu.RUnlock()
	top := f.mu.chain.Head()
	return top != nil && b.Number <= top.Number.Uint64() && f.mu.chain.IsCanonical(b.Number, b.Hash)
}

// headerByHash returns the header with this hash, of whatever chain.
func (c *Client) headerByHash(ctx context.Context, hash common.Hash) (*types.Header, error) {
	if h, ok := c.knownHeader(hash); ok {
		traceOf(ctx).hit(1)
		return h, nil
	}
	return share(ctx, c, "header"+string(hash[:]), func(ctx context.Context) (*types.Header, error) {
		headers, err := c.fetchHeaders(ctx, hash, 1, nil)
		var none *UnavailableError
		if errors.As(err, &none) && none.lacking() {
			// Every server that could be asked says that it has no such block.
			return nil, fmt.Errorf("block %s: %w: %w", hash, ErrNotFound, err)
		}
		if err != nil {
			return nil, err
		}
		return headers[0], nil
	})
}

// lacking reports whether everybody who was asked answered, and had nothing.
func (e *UnavailableError) lacking() bool {
	if e.Silent > 0 || e.Asked == 0 {
		return false
	}
	for _, r := range e.Refused {
		if r.Reason != errLacks.Error() && r.Reason != wire.Unavailable.String() && r.Reason != wire.Pruned.String() {
			return false
		}
	}
	return len(e.Refused) > 0
}

func (c *Client) knownHeader(hash common.Hash) (*types.Header, bool) {
	f := c.follow
	f.mu.RLock()
	h, ok := f.mu.chain.Get(hash)
	f.mu.RUnlock()
	if ok {
		return h, true
	}
	return c.caches.headers.Get(hash)
}

// HeaderByNumber returns the canonical header at a number, proven by its links to
// the elected head: it is in the window of recent headers, or is reached by parent
// hashes, or its hash is in the history contract (EIP-2935). It takes whichever
// of these asks least of the servers. Where none of them reaches, its hash has to be
// in helper tries that the elected fraction has signed.
func (c *Client) HeaderByNumber(ctx context.Context, number uint64) (header *types.Header, err error) {
	ctx, done := c.begin(ctx, "HeaderByNumber")
	defer func() {
		if header != nil {
			done(header, header.Hash(), err)
		}
	}()
	heads, err := c.Heads()
	if err != nil {
		return nil, err
	}
	return c.headerAt(ctx, heads.Latest, number)
}

// headerAt returns the ancestor of head (or head itself) at a number.
func (c *Client) headerAt(ctx context.Context, head *types.Header, number uint64) (*types.Header, error) {
	top := head.Number.Uint64()
	switch {
	case number > top:
		return nil, fmt.Errorf("block %d is above the head %d: %w", number, top, ErrNotFound)
	case number == top:
		return head, nil
	}
	from, ok := c.lowestKnown(head, number)
	if ok {
		traceOf(ctx).hit(1)
		return from, nil
	}
	if genesis := c.Genesis(); number == 0 && genesis != (common.Hash{}) {
		return c.headerByHash(ctx, genesis) // every chain that is elected begins with it
	}
	distance := from.Number.Uint64() - number
	// One request reaches this far by parent hashes; the contract takes two.
	if distance <= wire.MaxHeaders {
		return c.walkTo(ctx, from, number)
	}
	config := c.Config()
	if config != nil && proof.InHistory(config, head, number) {
		hash, err := c.historyHash(ctx, head, number)
		if err == nil && hash != (common.Hash{}) {
			return c.headerByHash(ctx, hash)
		}
		if err != nil && distance > HistoryLimit && !c.inHelper(head, number) {
			return nil, err
		}
	}
	if helper := c.electedHelper(head); !helper.IsZero() && number <= c.helpers.end(helper) {
		header, err := c.chtHeader(ctx, helper, number)
		if err == nil || distance > HistoryLimit {
			return header, err
		}
	}
	if distance > HistoryLimit {
		return nil, c.outOfReach(head, from, number)
	}
	return c.walkTo(ctx, from, number)
}

// inHelper says whether the elected helper tries have an entry for a block.
func (c *Client) inHelper(head *types.Header, number uint64) bool {
	helper := c.electedHelper(head)
	return !helper.IsZero() && number <= c.helpers.end(helper)
}

// outOfReach says what would have to be for a block to be provable.
func (c *Client) outOfReach(head, from *types.Header, number uint64) error {
	e := &OutOfReachError{Number: number, Oldest: c.oldest(head, from)}
	b := c.helpers
	if elected := c.electedHelper(head); !elected.IsZero() {
		e.HelperEnd = b.end(elected)
	}
	// The section that the block is in; when it is due, servers will sign it.
	section := number / b.blocks
	if due := (section+1)*b.blocks - 1 + helperConfirms; due > head.Number.Uint64() {
		e.Due = due
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	e.Signed, e.Needed = b.mu.votes.Signers(section), b.mu.votes.Needed()
	return e
}

// lowestKnown returns the canonical header at number if it is known (then ok), or
// the lowest known one above it.
func (c *Client) lowestKnown(head *types.Header, number uint64) (header *types.Header, ok bool) {
	f := c.follow
	f.mu.RLock()
	defer f.mu.RUnlock()
	if !f.mu.chain.IsCanonical(head.Number.Uint64(), head.Hash()) {
		return head, false // the head has moved elsewhere meanwhile
	}
	if h, _, ok := f.mu.chain.Canonical(number); ok {
		return h, true
	}
	return f.mu.chain.Base(), false
}

// oldest is what the client could prove at best.
func (c *Client) oldest(head, from *types.Header) uint64 {
	low := from.Number.Uint64() - min(from.Number.Uint64(), HistoryLimit)
	top := head.Number.Uint64()
	config := c.Config()
	if reach := top - min(top, proof.HistoryWindow); config != nil && reach < low && proof.InHistory(config, head, reach) {
		return reach // as far as the contract reaches once it is full
	}
	return low
}

// historyHash reads a block's hash from the history contract in head's state; zero
// if it provably has none there.
func (c *Client) historyHash(ctx context.Context, head *types.Header, number uint64) (common.Hash, error) {
	account, e, err := c.account(ctx, head, stateQuery{
		addr: proof.HistoryAddress(), slots: []common.Hash{proof.HistorySlot(number)},
	})
	if err != nil {
		return common.Hash{}, err
	}
	return proof.HistoryHash(account, number, e.nodes)
}

// walkTo fetches headers below from until number is reached, and keeps them in the
// window if they are next to it and there is room.
func (c *Client) walkTo(ctx context.Context, from *types.Header, number uint64) (*types.Header, error) {
	key := fmt.Sprintf("walk%d%s", number, from.ParentHash)
	return share(ctx, c, key, func(ctx context.Context) (*types.Header, error) {
		headers, err := c.ancestors(ctx, from, number)
		if err != nil {
			return nil, err
		}
		return headers[len(headers)-1], nil
	})
}

// ancestors returns the headers below from, newest first, down to number. Those
// that are not known are fetched, a full request at a time.
func (c *Client) ancestors(ctx context.Context, from *types.Header, number uint64) ([]*types.Header, error) {
	var down []*types.Header
	at := from
	for at.Number.Uint64() > number {
		if h, ok := c.knownHeader(at.ParentHash); ok {
			down, at = append(down, h), h
			continue
		}
		left := at.Number.Uint64() - number
		got, err := c.fetchHeaders(ctx, at.ParentHash, int(min(left, wire.MaxHeaders)), nil) //nolint:gosec // bounded
		if err != nil {
			return nil, err
		}
		if got[0].Number.Uint64()+1 != at.Number.Uint64() {
			return nil, fmt.Errorf("block %d: %w", at.Number, headchain.ErrNumber)
		}
		down, at = append(down, got...), got[len(got)-1]
		c.keepBelow(got)
	}
	return down, nil
}

// keepBelow puts headers into the window if they follow its oldest one.
func (c *Client) keepBelow(descending []*types.Header) {
	f := c.follow
	f.mu.Lock()
	defer f.mu.Unlock()
	if base := f.mu.chain.Base(); base != nil && base.ParentHash == descending[0].Hash() {
		_ = f.mu.chain.Extend(descending) // verified links; what has no room is left out
	}
}
