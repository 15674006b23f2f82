package client

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/candela-les/candela/proof"
	"github.com/candela-les/candela/wire"
)

// logWorkers is how many blocks' receipts are fetched at the same time.
const logWorkers = 8

// Logs returns all logs of the blocks that the filter selects, in order. They are
// complete: the bloom of every header in the range is looked at, which has no
// false negatives, and of each block whose bloom matches all receipts are proven.
//
// A range may span LogRangeLimit blocks (else a *RangeError), of which the newest
// must exist (else ErrNotFound).
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
		return c.logsOf(ctx, match, []*types.Header{last})
	}
	if filter.From > filter.To {
		return nil, fmt.Errorf("log range from %d to %d is empty", filter.From, filter.To)
	}
	if blocks := filter.To - filter.From; blocks >= LogRangeLimit {
		return nil, &RangeError{Blocks: max(blocks, blocks+1), Limit: LogRangeLimit}
	}
	if last, err = c.HeaderByNumber(ctx, filter.To); err != nil {
		return nil, err
	}
	check := c.candidates(match, filter.From, filter.To)
	defer func() { check(logs, err) }()
	headers, err := c.ancestors(ctx, last, filter.From)
	if err != nil {
		return nil, err
	}
	headers = append([]*types.Header{last}, headers...)
	for i, j := 0, len(headers)-1; i < j; i, j = i+1, j-1 {
		headers[i], headers[j] = headers[j], headers[i]
	}
	return c.logsOf(ctx, match, headers)
}

// logsOf searches blocks, ascending, whose headers are proven.
func (c *Client) logsOf(ctx context.Context, match *proof.LogFilter, headers []*types.Header) ([]*types.Log, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	bloom := proof.NewBloomMatcher(match)
	var hits []*types.Header
	for _, h := range headers {
		if bloom.MayMatch(&h.Bloom) {
			hits = append(hits, h)
		}
	}
	found := make([][]*types.Log, len(hits))
	work := make(chan int)
	var (
		wg    sync.WaitGroup
		once  sync.Once
		first error
	)
	for range min(logWorkers, len(hits)) {
		wg.Go(func() {
			for i := range work {
				receipts, err := c.Receipts(ctx, hits[i])
				if err != nil {
					once.Do(func() { first = fmt.Errorf("logs of block %d: %w", hits[i].Number, err) })
					cancel()
					continue
				}
				found[i] = match.Select(receipts)
			}
		})
	}
	for i := range hits {
		work <- i
	}
	close(work)
	wg.Wait()
	if first != nil {
		return nil, first
	}
	logs := []*types.Log{}
	for _, list := range found {
		logs = append(logs, list...)
	}
	return logs, nil
}

// claim is what a server said about which blocks may hold matching logs.
type claim struct {
	from        *session
	first, last uint64
	blocks      map[common.Hash]bool
}

// candidates asks a server which blocks may match, beside the work that needs no
// such hint, and starts to fetch what it names. The hint is only ever taken for
// one: what it leaves out is found anyway, and then counts against the server, when
// check is called with the complete answer. Nobody waits for either.
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
			c.prefetch(ctx, got)
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

// prefetch puts receipts of named blocks into the cache, as far as their headers
// are known to be what the server says.
func (c *Client) prefetch(ctx context.Context, hint claim) {
	n := 0
	for hash := range hint.blocks {
		header, ok := c.knownHeader(hash)
		if !ok || n >= logWorkers {
			continue
		}
		n++
		if _, err := c.Receipts(ctx, header); err != nil {
			return
		}
	}
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
