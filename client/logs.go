package client

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/candela-les/candela/proof"
	"github.com/candela-les/candela/wire"
)

const (
	// logWorkers is how many batches of blocks are looked at at the same time. Each
	// asks for receipts and bodies at once.
	logWorkers = 4
	// logBatch is how many blocks' receipts are asked for in one request. A reply with
	// as many full blocks is longer than servers make one; the rest is asked for again.
	logBatch = wire.MaxBodies
)

// Logs returns all logs of the blocks that the filter selects, in order. They are
// complete: the bloom of every header in the range is looked at, which has no
// false negatives, and of each block whose bloom matches all receipts are proven.
//
// Blocks that helper tries cover need not be looked at one by one: the bloom trie
// proves which of them may match at all. Beside those a range may span LogRangeLimit
// blocks, and as many may match there (else a *RangeError). The newest must exist (else
// ErrNotFound).
func (c *Client) Logs(ctx context.Context, filter LogFilter) (logs []*types.Log, err error) {
	ctx, done := c.begin(ctx, "Logs")
	var last *types.Header
	defer func() {
		if last != nil {
			done(last, last.Hash(), err)
		}
	}()
	match := &proof.LogFilter{Addresses: filter.Addresses, Topics: filter.Topics}
	if filter.BlockHash != nil {
		if last, err = c.HeaderByHash(ctx, *filter.BlockHash); err != nil {
			return nil, err
		}
		receipts, err := c.Receipts(ctx, last)
		if err != nil {
			return nil, err
		}
		return append([]*types.Log{}, match.Select(receipts)...), nil
	}
	if filter.From > filter.To {
		return nil, fmt.Errorf("log range from %d to %d is empty", filter.From, filter.To)
	}
	heads, err := c.Heads()
	if err != nil {
		return nil, err
	}
	bloom, first := proof.NewBloomMatcher(match), filter.From
	vectors := c.planVectors(heads.Latest, bloom, first, filter.To)
	if vectors != nil {
		if err := vectors.check(); err != nil {
			return nil, err
		}
		first = vectors.last + 1
	}
	if blocks := filter.To - first; first <= filter.To && blocks >= LogRangeLimit {
		return nil, &RangeError{Blocks: max(blocks, blocks+1), Limit: LogRangeLimit}
	}
	if last, err = c.headerAt(ctx, heads.Latest, filter.To); err != nil {
		return nil, err
	}
	hits := c.collect(ctx, match)
	if first <= filter.To {
		check := c.candidates(match, first, filter.To)
		defer func() { check(since(first, logs), err) }()
		err = c.search(ctx, bloom, last, first, hits.add)
	}
	if err == nil && vectors != nil {
		err = vectors.run(ctx, hits.add)
	}
	return hits.finish(err)
}

// since leaves out the logs of blocks before a number; they are in order.
func since(number uint64, logs []*types.Log) []*types.Log {
	at, _ := slices.BinarySearchFunc(logs, number, func(l *types.Log, n uint64) int { return cmp.Compare(l.BlockNumber, n) })
	return logs[at:]
}

// collector takes in headers that may match, in whatever order, and looks at their
// receipts while others are still searched for.
type collector struct {
	c      *Client
	match  *proof.LogFilter
	ctx    context.Context //nolint:containedctx // of the one question that it is part of
	cancel context.CancelCauseFunc
	batch  []*types.Header // not looked at yet
	slots  chan struct{}
	work   sync.WaitGroup
	mu     struct {
		sync.Mutex
		found map[uint64][]*types.Log
	}
}

func (c *Client) collect(ctx context.Context, match *proof.LogFilter) *collector {
	l := &collector{c: c, match: match, slots: make(chan struct{}, logWorkers)}
	l.ctx, l.cancel = context.WithCancelCause(ctx)
	l.mu.found = make(map[uint64][]*types.Log)
	return l
}

// add takes headers in. It waits while there is enough to do, and fails when an
// earlier block has failed.
func (l *collector) add(hits []*types.Header) error {
	for _, h := range hits {
		if l.batch = append(l.batch, h); len(l.batch) == logBatch {
			if err := l.flush(); err != nil {
				return err
			}
		}
	}
	return nil
}

func (l *collector) flush() error {
	select {
	case l.slots <- struct{}{}:
	case <-l.ctx.Done():
		return context.Cause(l.ctx)
	}
	batch := l.batch
	l.batch = nil
	l.work.Go(func() {
		defer func() { <-l.slots }()
		if err := l.look(batch); err != nil {
			l.cancel(err)
		}
	})
	return nil
}

func (l *collector) look(batch []*types.Header) error {
	receipts, err := l.c.receiptsOf(l.ctx, batch)
	if err != nil {
		return fmt.Errorf("logs of %d blocks from %d on: %w", len(batch), batch[len(batch)-1].Number, err)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for i, h := range batch {
		if logs := l.match.Select(receipts[i]); len(logs) > 0 {
			l.mu.found[h.Number.Uint64()] = logs
		}
	}
	return nil
}

// finish looks at what is left, and returns all logs in order. Err is how the
// search for headers ended.
func (l *collector) finish(err error) ([]*types.Log, error) {
	if err == nil && len(l.batch) > 0 {
		err = l.flush()
	}
	if err != nil {
		l.cancel(err)
	}
	l.work.Wait()
	// The first reason to stop is the one that the others followed from.
	if cause := context.Cause(l.ctx); cause != nil {
		return nil, cause
	}
	l.cancel(nil)
	logs := []*types.Log{}
	for _, number := range slices.Sorted(maps.Keys(l.mu.found)) {
		logs = append(logs, l.mu.found[number]...)
	}
	return logs, nil
}

// claim is what a server said about which blocks may hold matching logs.
type claim struct {
	from        *session
	first, last uint64
	blocks      map[common.Hash]bool
}

// candidates asks a server which blocks may match, beside the search, which needs no
// such hint. What it leaves out is found anyway, and then counts against the server,
// when check is called with the complete answer. Nobody waits for either.
func (c *Client) candidates(match *proof.LogFilter, first, last uint64) (check func([]*types.Log, error)) {
	if last == first || len(match.Topics) > wire.MaxTopicPositions || len(match.Addresses) > wire.MaxLogAddresses || !c.enter() {
		return func([]*types.Log, error) {}
	}
	ctx, cancel := context.WithTimeout(c.ctx, RequestLimit)
	answer := make(chan []*types.Log, 1)
	go func() {
		defer c.work.Done()
		defer cancel()
		var claims []claim
		for at := first; at <= last; at += wire.MaxLogRange {
			got, err := c.fetchCandidates(ctx, match, at, min(last, at+wire.MaxLogRange-1))
			if err != nil {
				break
			}
			claims = append(claims, got)
		}
		select {
		case logs := <-answer:
			c.crossCheck(claims, logs)
		case <-ctx.Done():
		}
	}()
	return func(logs []*types.Log, err error) {
		if err != nil {
			cancel()
			return
		}
		answer <- logs
	}
}

func (c *Client) fetchCandidates(ctx context.Context, match *proof.LogFilter, first, last uint64) (claim, error) {
	got := claim{first: first, last: last, blocks: make(map[common.Hash]bool)}
	from, err := c.retrieve(ctx, query{
		what:     fmt.Sprintf("log candidates of blocks %d to %d", first, last),
		optional: true,
		can: func(s *session) bool {
			return s.version() != wire.LES4 && s.can(need{wire.ServesLogRange, first}) && c.onOurChain(s, last)
		},
		request: func(s *session) wire.Request {
			req := logRangeRequest(match, first, last)
			limits := s.limits()
			if limits.Check(req) != nil || req.Amount() > s.fits(req.Code()) {
				return nil
			}
			return req
		},
		check: func(_ *session, reply wire.Reply) error {
			clear(got.blocks)
			for _, b := range reply.(*wire.LogRange).Blocks { //nolint:forcetypeassert // the session has checked the code
				if b.Number < first || b.Number > last {
					return &lieError{fmt.Errorf("block %d is not between %d and %d", b.Number, first, last)}
				}
				got.blocks[b.Hash] = true
			}
			return nil
		},
	})
	got.from = from
	return got, err
}

func logRangeRequest(match *proof.LogFilter, first, last uint64) *wire.GetLogRange {
	req := &wire.GetLogRange{First: first, Last: last}
	for _, a := range match.Addresses {
		req.Addresses = append(req.Addresses, a)
	}
	for _, position := range match.Topics {
		hashes := make([]wire.Hash, len(position))
		for i, h := range position {
			hashes[i] = h
		}
		req.Topics = append(req.Topics, hashes)
	}
	return req
}

// onOurChain says whether the server's head is on the elected chain, at or above a
// number: only then are its canonical blocks ours too.
func (c *Client) onOurChain(s *session, number uint64) bool {
	head := s.head()
	f := c.follow
	f.mu.RLock()
	defer f.mu.RUnlock()
	return head.Number >= number && f.mu.chain.IsCanonical(head.Number, head.Hash)
}

var errLeftOut = errors.New("left out a block that holds matching logs")

// crossCheck scores servers that left out a block which has been proven to match.
func (c *Client) crossCheck(claims []claim, logs []*types.Log) {
	for _, claim := range claims {
		if !c.onOurChain(claim.from, claim.last) {
			continue // it has moved to another chain, perhaps before it answered
		}
		for _, log := range logs {
			if log.BlockNumber >= claim.first && log.BlockNumber <= claim.last && !claim.blocks[log.BlockHash] {
				c.lie(claim.from, fmt.Errorf("log candidates of blocks %d to %d: %w: %d",
					claim.first, claim.last, errLeftOut, log.BlockNumber))
				break
			}
		}
	}
}
