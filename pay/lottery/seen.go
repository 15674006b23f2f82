package lottery

import (
	"context"
	"slices"
	"sync"

	"github.com/ethereum/go-ethereum/common/lru"

	"github.com/candela-les/candela/pay/watch"
)

// pair is a channel at the newest block and at the newest one that is sure. What counts is the less favourable of both:
// so a deposit counts once it is sure, and a warning as soon as it is seen.
type pair struct {
	head, sure state
}

// has reports whether these series were read.
func (p *pair) has(series []Unpaid) bool {
	return p != nil && !slices.ContainsFunc(series, func(u Unpaid) bool {
		_, read := p.head.paid[u]
		return !read
	})
}

// leaving reports whether the payer has warned of taking something back.
func (p *pair) leaving() bool {
	return p.head.lock.warned() || p.head.open.warned() || p.sure.lock.warned() || p.sure.open.warned()
}

// closingS is when the payer can take back what it has warned of, Unix seconds; 0 if it has not.
func (p *pair) closingS() uint64 {
	return watch.Earliest(p.head.lock.leavesS(), p.head.open.leavesS(), p.sure.lock.leavesS(), p.sure.open.leavesS())
}

// readPair reads a channel at both blocks of a view, and which of some series were paid.
func (c *contract) readPair(ctx context.Context, v watch.View, o *Opening, series []Unpaid) (*pair, error) {
	head, sure, err := watch.Both(v, func(b watch.Block) (state, error) { return c.read(ctx, b, o, series) })
	return &pair{head, sure}, err
}

// seen is what is known of channels, and which series of theirs are read with them.
type seen struct {
	*watch.Seen[Opening, pair]

	mu    sync.Mutex
	asked lru.BasicLRU[Opening, map[Unpaid]struct{}] // a channel's are forgotten when it is
}

// ask has series of a channel read with it from now on.
func (s *seen) ask(o Opening, series ...Unpaid) {
	s.At(o)
	s.mu.Lock()
	defer s.mu.Unlock()
	asked, _ := s.asked.Get(o)
	if asked == nil {
		asked = make(map[Unpaid]struct{})
		s.asked.Add(o, asked)
	}
	for _, u := range series {
		if _, ok := asked[u]; !ok {
			asked[u] = struct{}{}
			s.Renew(o)
		}
	}
}

// series returns those of a channel that are to be read, and forgets those that have expired for sure once they are read: whoever asks again has them
// read again.
func (s *seen) series(o Opening, sureS uint64) (all []Unpaid) {
	s.mu.Lock()
	defer s.mu.Unlock()
	asked, _ := s.asked.Peek(o)
	for u := range asked {
		if all = append(all, u); sureS > u.ExpiryS {
			delete(asked, u)
		}
	}
	return all
}

// timeS is what time it is on the chain, by its newest block that was seen; 0 if none was.
func (s *seen) timeS() uint64 { return s.View().Head.TimeS }
