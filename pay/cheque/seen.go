package cheque

import (
	"container/list"
	"maps"
	"slices"
	"sync"

	"github.com/ethereum/go-ethereum/common"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/watch"
)

// seen is what is known of chequebooks. All that are asked for are read, and read again when they have logged something;
// of more than most, the one that was asked for longest ago is forgotten.
type seen struct {
	most int
	mu   struct {
		sync.Mutex
		view   watch.View
		seq    uint64 // of the view; 0 before the first
		known  map[pay.Address]*list.Element
		used   *list.List               // of *bookSeen, the one used last in front
		unread map[pay.Address]struct{} // known, and without a pair
	}
}

type bookSeen struct {
	book pay.Address
	pair *pair // nil until it was read
}

func newSeen(most int) *seen {
	s := &seen{most: most}
	s.mu.known, s.mu.used, s.mu.unread = map[pay.Address]*list.Element{}, list.New(), map[pay.Address]struct{}{}
	return s
}

// at returns what is known of a chequebook, nil if it has not been read yet, and has it read from now on.
func (s *seen) at(book pay.Address) *pair {
	s.mu.Lock()
	defer s.mu.Unlock()
	if e := s.mu.known[book]; e != nil {
		s.mu.used.MoveToFront(e)
		b, _ := e.Value.(*bookSeen)
		return b.pair
	}
	if s.mu.used.Len() >= s.most {
		b, _ := s.mu.used.Remove(s.mu.used.Back()).(*bookSeen)
		delete(s.mu.known, b.book)
		delete(s.mu.unread, b.book)
	}
	s.mu.known[book] = s.mu.used.PushFront(&bookSeen{book: book})
	s.mu.unread[book] = struct{}{}
	return nil
}

// forget has a chequebook not be read any more.
func (s *seen) forget(book pay.Address) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if e := s.mu.known[book]; e != nil {
		s.mu.used.Remove(e)
		delete(s.mu.known, book)
		delete(s.mu.unread, book)
	}
}

// books returns all that are known, in order.
func (s *seen) books() []common.Address {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := make([]common.Address, 0, len(s.mu.known))
	for book := range s.mu.known {
		all = append(all, common.Address(book))
	}
	slices.SortFunc(all, common.Address.Cmp)
	return all
}

// present returns the view that counts now.
func (s *seen) present() (v watch.View, seq uint64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.mu.view, s.mu.seq
}

// turn takes over a view and returns the chequebooks that have to be read in it: those that have logged something, and those that were
// never read. Whoever asks for one after this reads it in this view, or in a later one; so none is overlooked.
func (s *seen) turn(v watch.View) (seq uint64, stale []pay.Address) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mu.seq++
	s.mu.view = watch.View{Head: v.Head, Sure: v.Sure}
	again := maps.Clone(s.mu.unread)
	if v.Again {
		for book := range s.mu.known {
			again[book] = struct{}{}
		}
	}
	for _, l := range v.Logs {
		if book := pay.Address(l.Address); s.mu.known[book] != nil {
			again[book] = struct{}{}
		}
	}
	return s.mu.seq, slices.SortedFunc(maps.Keys(again), func(a, b pay.Address) int { return slices.Compare(a[:], b[:]) })
}

// learn takes over what was read, unless something newer is known. It reports whether an issuer takes its deposit back of whom
// that was not known.
func (s *seen) learn(book pay.Address, p *pair) (news bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	e := s.mu.known[book]
	if e == nil {
		return false
	}
	b, _ := e.Value.(*bookSeen)
	if b.pair != nil && b.pair.seq > p.seq {
		return false
	}
	news = p.leaving() && (b.pair == nil || !b.pair.leaving())
	b.pair = p
	delete(s.mu.unread, book)
	return news
}
