package channel

import (
	"container/list"
	"context"
	"maps"
	"slices"
	"sync"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/watch"
	"github.com/candela-les/candela/unit"
)

// pair is a channel at the newest block and at the newest one that is sure. What counts is the less favourable of both:
// so a deposit counts once it is sure, and a withdrawal as soon as it is seen.
type pair struct {
	head, sure state
	seq        uint64 // of the view
}

func (p *pair) collectible() unit.Amount {
	return p.head.collectible().Min(p.sure.collectible())
}

// balance is what can be divided between payer and receiver.
func (p *pair) balance() unit.Amount { return p.head.balance.Min(p.sure.balance) }

// claimed is what the receiver has, or will have unless there is a reorganization.
func (p *pair) claimed() unit.Amount { return p.head.claimed.Max(p.sure.claimed) }

// leaving reports whether the payer has asked for something.
func (p *pair) leaving() bool { return p.head.sinceS != 0 || p.sure.sinceS != 0 }

// emptied reports whether the payer has asked for all that is not claimed.
func (p *pair) emptied() bool {
	all := func(s *state) bool { return s.sinceS != 0 && s.withdrawing.Cmp(s.free()) >= 0 }
	return all(&p.head) || all(&p.sure)
}

// endsS is when the payer gets what it has asked for, Unix seconds; 0 if it has not asked.
func (p *pair) endsS(delayS uint64) uint64 {
	head, sure := p.head.endsS(delayS), p.sure.endsS(delayS)
	if head == 0 || sure == 0 {
		return max(head, sure)
	}
	return min(head, sure)
}

// readPairs reads channels at both blocks of a view.
func (c *contract) readPairs(ctx context.Context, v watch.View, seq uint64, ids ...pay.Hash) ([]*pair, error) {
	head, err := c.read(ctx, v.Head.Hash, ids...)
	if err != nil {
		return nil, err
	}
	sure := head
	if v.Sure.Hash != v.Head.Hash {
		if sure, err = c.read(ctx, v.Sure.Hash, ids...); err != nil {
			return nil, err
		}
	}
	pairs := make([]*pair, len(ids))
	for i := range ids {
		pairs[i] = &pair{head[i], sure[i], seq}
	}
	return pairs, nil
}

// seen is what is known of channels. All that are asked for are read, and read again when a log names them;
// of more than most, the one that was asked for longest ago is forgotten.
type seen struct {
	most int
	mu   struct {
		sync.Mutex
		view   watch.View
		seq    uint64 // of the view; 0 before the first
		known  map[pay.Hash]*list.Element
		used   *list.List            // of *channelSeen, the one used last in front
		unread map[pay.Hash]struct{} // known, and without a pair
	}
}

type channelSeen struct {
	id   pay.Hash
	pair *pair // nil until it was read
}

func newSeen(most int) *seen {
	s := &seen{most: most}
	s.mu.known, s.mu.used, s.mu.unread = map[pay.Hash]*list.Element{}, list.New(), map[pay.Hash]struct{}{}
	return s
}

// at returns what is known of a channel, nil if it has not been read yet, and has it read from now on.
func (s *seen) at(id pay.Hash) *pair {
	s.mu.Lock()
	defer s.mu.Unlock()
	if e := s.mu.known[id]; e != nil {
		s.mu.used.MoveToFront(e)
		c, _ := e.Value.(*channelSeen)
		return c.pair
	}
	if s.mu.used.Len() >= s.most {
		c, _ := s.mu.used.Remove(s.mu.used.Back()).(*channelSeen)
		delete(s.mu.known, c.id)
		delete(s.mu.unread, c.id)
	}
	s.mu.known[id] = s.mu.used.PushFront(&channelSeen{id: id})
	s.mu.unread[id] = struct{}{}
	return nil
}

// forget has a channel not be read any more.
func (s *seen) forget(id pay.Hash) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if e := s.mu.known[id]; e != nil {
		s.mu.used.Remove(e)
		delete(s.mu.known, id)
		delete(s.mu.unread, id)
	}
}

// present returns the view that counts now.
func (s *seen) present() (v watch.View, seq uint64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.mu.view, s.mu.seq
}

// turn takes over a view and returns the channels that have to be read in it: those that its logs name, and those that were
// never read. Whoever asks for a channel after this reads it in this view, or in a later one; so none is overlooked.
func (s *seen) turn(v watch.View) (seq uint64, stale []pay.Hash) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mu.seq++
	s.mu.view = watch.View{Head: v.Head, Sure: v.Sure}
	again := maps.Clone(s.mu.unread)
	if v.Again {
		for id := range s.mu.known {
			again[id] = struct{}{}
		}
	}
	for _, l := range v.Logs {
		if len(l.Topics) > 1 && s.mu.known[pay.Hash(l.Topics[1])] != nil {
			again[pay.Hash(l.Topics[1])] = struct{}{}
		}
	}
	return s.mu.seq, slices.SortedFunc(maps.Keys(again), func(a, b pay.Hash) int { return slices.Compare(a[:], b[:]) })
}

// learn takes over what was read, unless something newer is known. It reports whether a payer takes money back of which
// that was not known.
func (s *seen) learn(ids []pay.Hash, pairs []*pair) (news bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, id := range ids {
		e := s.mu.known[id]
		if e == nil {
			continue
		}
		c, _ := e.Value.(*channelSeen)
		if c.pair != nil && c.pair.seq > pairs[i].seq {
			continue
		}
		news = news || pairs[i].leaving() && (c.pair == nil || !c.pair.leaving())
		c.pair = pairs[i]
		delete(s.mu.unread, id)
	}
	return news
}
