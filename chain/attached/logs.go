package attached

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/candela-les/candela/chain"
	"github.com/candela-les/candela/proof"
)

// LogCandidates names the blocks whose logs may match. Where the headers of the range
// are here, their blooms tell, which have no false negatives; where they are not, the
// node's eth_getLogs does, whose omissions only the client can notice: it looks at the
// bloom of every header anyway. A node without eth_getLogs is asked for the headers.
func (n *Node) LogCandidates(ctx context.Context, q chain.LogQuery) ([]chain.Block, error) {
	if err := n.gate.enter(ctx); err != nil {
		return nil, err
	}
	defer n.gate.leave()
	if q.First > q.Last {
		return nil, nil
	}
	if head := n.Head().Number; q.Last > head {
		return nil, fmt.Errorf("block %d: %w", q.Last, chain.ErrUnknown)
	}
	s := &search{n: n, filter: filterOf(q), found: make(map[uint64]common.Hash)}
	s.match = proof.NewBloomMatcher(s.filter)
	// Stretches whose headers are not here are asked for as a whole.
	for number := q.First; number <= q.Last; number++ {
		if s.byBloom(number) {
			continue
		}
		first := number
		for number < q.Last && n.keptHeader(number+1) == nil {
			number++
		}
		if err := s.ask(ctx, first, number); err != nil {
			return nil, fmt.Errorf("logs of blocks %d to %d: %w", first, number, err)
		}
	}
	blocks := make([]chain.Block, 0, len(s.found))
	for _, number := range slices.Sorted(maps.Keys(s.found)) {
		blocks = append(blocks, chain.Block{Number: number, Hash: s.found[number]})
	}
	return blocks, nil
}

func filterOf(q chain.LogQuery) *proof.LogFilter {
	f := new(proof.LogFilter)
	for _, address := range q.Addresses {
		f.Addresses = append(f.Addresses, address)
	}
	for _, position := range q.Topics {
		var topics []common.Hash
		for _, topic := range position {
			topics = append(topics, topic)
		}
		f.Topics = append(f.Topics, topics)
	}
	return f
}

// search is one question for logs.
type search struct {
	n      *Node
	filter *proof.LogFilter
	match  *proof.BloomMatcher
	found  map[uint64]common.Hash
}

// keptHeader returns the canonical header at number if it is kept.
func (n *Node) keptHeader(number uint64) *types.Header {
	hash, ok := n.knownNumber(number)
	if !ok {
		return nil
	}
	return n.cache.header(hash)
}

// byBloom looks at a kept header; it returns false if there is none.
func (s *search) byBloom(number uint64) bool {
	header := s.n.keptHeader(number)
	if header == nil {
		return false
	}
	if s.matches(header) {
		s.found[number] = header.Hash()
	}
	return true
}

// matches: a block without any log has an empty bloom and is never a candidate, even
// for a filter that any log fits.
func (s *search) matches(header *types.Header) bool {
	return header.Bloom != (types.Bloom{}) && s.match.MayMatch(&header.Bloom)
}

// ask looks for candidates in a range of which nothing is kept.
func (s *search) ask(ctx context.Context, first, last uint64) error {
	able := need{what: "logs", can: func(p *profile) bool { return p.logs }, none: chain.ErrUnsupported}
	blocks, err := tell(ctx, s.n, able, func(ctx context.Context, u *upstream) ([]uint64, error) {
		return s.logsFrom(ctx, u, first, last)
	})
	switch {
	case errors.Is(err, chain.ErrUnsupported), errors.Is(err, chain.ErrPruned):
		return s.blooms(ctx, first, last)
	case err != nil:
		return err
	}
	// A candidate is named by the hash of a header that is here, and its bloom has to
	// agree: a log that no bloom knows was never there.
	for _, number := range blocks {
		hash, err := s.n.canonical(ctx, number)
		if err != nil {
			return err
		}
		s.found[number] = hash
	}
	return nil
}

// blooms reads the headers of a range and looks at them.
func (s *search) blooms(ctx context.Context, first, last uint64) error {
	for number := first; number <= last; number++ {
		hash, err := s.n.canonical(ctx, number)
		if err != nil {
			return err
		}
		header, err := s.n.headerOf(ctx, hash)
		if err != nil {
			return err
		}
		if s.matches(header) {
			s.found[number] = hash
		}
	}
	return nil
}

// place is what is read of a log: where it is. Its content is not handed on.
type place struct {
	BlockNumber *hexutil.Uint64 `json:"blockNumber"`
	BlockHash   *common.Hash    `json:"blockHash"`
}

// logsFrom asks one node for the blocks with matching logs, in smaller pieces if it
// wants that.
func (s *search) logsFrom(ctx context.Context, u *upstream, first, last uint64) ([]uint64, error) {
	var blocks []uint64
	for at := first; at <= last; {
		end := min(last, at+u.logSpan()-1)
		part, err := s.piece(ctx, u, at, end)
		switch f := faultOf(err); {
		case err == nil:
			blocks = append(blocks, part...)
			at = end + 1
		case (f == faultTooLarge || f == faultRefused || errors.Is(err, errAnswerTooLong)) && end > at:
			u.shortenLogs(end - at + 1)
		default:
			return nil, err
		}
	}
	return blocks, nil
}

func (s *search) piece(ctx context.Context, u *upstream, first, last uint64) ([]uint64, error) {
	args := map[string]any{
		"fromBlock": hexutil.Uint64(first), "toBlock": hexutil.Uint64(last), "topics": topicArgs(s.filter.Topics),
	}
	if len(s.filter.Addresses) > 0 {
		args["address"] = s.filter.Addresses
	}
	r := ask("eth_getLogs", args)
	if err := u.do(ctx, r); err != nil {
		return nil, err
	}
	places, err := read[[]place](u, r)
	if err != nil {
		return nil, err
	}
	seen := make(map[uint64]struct{})
	for _, p := range places {
		if p.BlockNumber == nil || p.BlockHash == nil || uint64(*p.BlockNumber) < first || uint64(*p.BlockNumber) > last {
			return nil, u.lie(r.method, "a log outside of blocks %d to %d", first, last)
		}
		seen[uint64(*p.BlockNumber)] = struct{}{}
	}
	numbers := slices.Sorted(maps.Keys(seen))
	return numbers, s.check(ctx, u, r.method, numbers)
}

// check reads the headers of blocks that are said to have matching logs, in one
// message: clients ask for them next. One whose bloom says that there is none is a
// wrong answer.
func (s *search) check(ctx context.Context, u *upstream, method string, numbers []uint64) error {
	var list []uint64
	for _, number := range numbers {
		if s.n.keptHeader(number) == nil {
			list = append(list, number)
		}
	}
	if len(list) > 0 {
		if err := s.n.readNumbers(ctx, list); err != nil {
			return err
		}
	}
	for _, number := range numbers {
		if header := s.n.keptHeader(number); header != nil && !s.matches(header) {
			return u.lie(method, "a log in block %d, whose bloom has none", number)
		}
	}
	return nil
}

// topicArgs is the JSON form of topics: null at a position where anything matches.
func topicArgs(topics [][]common.Hash) []any {
	args := make([]any, len(topics))
	for i, position := range topics {
		if len(position) > 0 {
			args[i] = position
		}
	}
	return args
}

// maxLogSpan is how many blocks a node is asked for the logs of at once at first. It
// is all that les/5 permits to ask for.
const maxLogSpan = 1 << 13

func (u *upstream) logSpan() uint64 {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.mu.logSpan == 0 {
		return maxLogSpan
	}
	return u.mu.logSpan
}

// shortenLogs halves the span after one of this size was too much. What is learned
// so holds until the node is reached again.
func (u *upstream) shortenLogs(span uint64) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.mu.logSpan = max(1, span/2)
}
