package lottery

import (
	"context"
	"slices"
	"sync"

	"github.com/ethereum/go-ethereum/common"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/watch"
)

// pair is a channel at the newest block and at the newest one that is sure. What counts is the less favourable of both:
// so a deposit counts once it is sure, and a warning as soon as it is seen.
type pair struct {
	head, sure state
	seq        uint64 // of the view
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
func (p *pair) closingS() (first uint64) {
	for _, at := range []uint64{p.head.lock.leavesS(), p.head.open.leavesS(), p.sure.lock.leavesS(), p.sure.open.leavesS()} {
		if at != 0 && (first == 0 || at < first) {
			first = at
		}
	}
	return first
}

// seen is what is known of channels. All that are asked for are read, and read again when a log names their payer; of more
// than most, some other one is forgotten.
type seen struct {
	most int
	mu   struct {
		sync.Mutex
		view  watch.View
		seq   uint64 // of the view; 0 before the first
		known map[pay.Hash]*channelSeen
	}
}

type channelSeen struct {
	opening Opening
	asked   map[Unpaid]struct{} // series that may be paid
	pair    *pair               // nil until it was read
	stale   bool                // it has to be read again
}

func newSeen(most int) *seen {
	s := &seen{most: most}
	s.mu.known = map[pay.Hash]*channelSeen{}
	return s
}

// at returns what is known of a channel, nil if it has not been read yet, and has it and these series read from now on.
func (s *seen) at(id pay.Hash, o *Opening, series ...Unpaid) *pair {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.mu.known[id]
	if c == nil {
		for other := range s.mu.known {
			if len(s.mu.known) < s.most {
				break
			}
			delete(s.mu.known, other)
		}
		c = &channelSeen{opening: *o, asked: map[Unpaid]struct{}{}, stale: true}
		s.mu.known[id] = c
	}
	for _, u := range series {
		if _, ok := c.asked[u]; !ok {
			c.asked[u], c.stale = struct{}{}, true
		}
	}
	return c.pair
}

// timeS is what time it is on the chain, by its newest block that was seen; 0 if none was.
func (s *seen) timeS() uint64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.mu.view.Head.TimeS
}

// forget has a channel not be read any more.
func (s *seen) forget(id pay.Hash) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.mu.known, id)
}

// sureS is the time of the newest block that is sure, Unix seconds.
func (s *seen) sureS() uint64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.mu.view.Sure.TimeS
}

// turn takes over a view and returns the channels that have to be read in it. Whoever asks for a channel after this reads it in this
// view, or in a later one; so none is overlooked.
func (s *seen) turn(v watch.View) (seq uint64, stale []pay.Hash) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mu.seq++
	s.mu.view = watch.View{Head: v.Head, Sure: v.Sure}
	named := map[pay.Address]bool{}
	for _, l := range v.Logs {
		if len(l.Topics) > 2 { // of all events that are watched, the payer is the second one that is indexed
			named[pay.Address(common.BytesToAddress(l.Topics[2][:]))] = true
		}
	}
	for id, c := range s.mu.known {
		c.stale = c.stale || v.Again || named[c.opening.Payer]
		if c.stale {
			stale = append(stale, id)
		}
	}
	return s.mu.seq, stale
}

// read reads a channel in the view that counts now, or in one that is given, unless that was done.
func (s *seen) read(ctx context.Context, c *contract, id pay.Hash) (p *pair, news bool, err error) {
	s.mu.Lock()
	v, seq := s.mu.view, s.mu.seq
	known := s.mu.known[id]
	if known == nil {
		s.mu.Unlock()
		return nil, false, nil
	}
	o := known.opening
	series := make([]Unpaid, 0, len(known.asked))
	for u := range known.asked {
		series = append(series, u)
	}
	s.mu.Unlock()
	p = &pair{seq: seq}
	if p.head, err = c.read(ctx, v.Head, &o, series); err != nil {
		return nil, false, err
	}
	p.sure = p.head
	if v.Sure.Hash != v.Head.Hash {
		if p.sure, err = c.read(ctx, v.Sure, &o, series); err != nil {
			return nil, false, err
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	known = s.mu.known[id]
	if known == nil || known.pair != nil && known.pair.seq > seq {
		return p, false, nil
	}
	news = p.leaving() && (known.pair == nil || !known.pair.leaving())
	known.pair, known.stale = p, len(known.asked) != len(series)
	for u := range known.asked {
		if v.Sure.TimeS > u.ExpiryS {
			delete(known.asked, u) // whoever asks again has it read again
		}
	}
	return p, news, nil
}
