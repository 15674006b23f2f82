package watch

import (
	"context"
	"slices"
	"sync"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/lru"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/candela-les/candela/pay"
)

// SeenConfig says what a Seen keeps in view: channels, say, of which K is the ID, and P how one stands at both blocks of a view.
type SeenConfig[K comparable, P any] struct {
	Most int // how many are kept in view
	// Named is what a log names, by which that has to be read again. It need not be known.
	Named func(l types.Log) K
	// Read reads some of them in a view, in their order; Batch at a time at most, 0 is one.
	Read  func(ctx context.Context, v View, some []K) ([]*P, error)
	Batch int
	// Fresh is nil while the chain is seen (Watched.Fresh).
	Fresh func() error
	// Leaving reports whether a payer takes money back. Alarm, unless nil, is called when that is new. It must not wait.
	Leaving func(*P) bool
	Alarm   func()
}

// Seen is what a subject knows of many things of one kind. All that are asked for are read, in the next view or at once, and again when a log names
// them. Of more than Most, the one that was asked for longest ago is forgotten: nothing is lost by that, for who asks for it again has it read
// again. Its methods may be called from many goroutines.
type Seen[K comparable, P any] struct {
	cfg SeenConfig[K, P]

	mu struct {
		sync.Mutex
		view  View
		seq   uint64 // of the view
		known lru.BasicLRU[K, *sighting[P]]
		stale map[K]struct{} // known, and to be read in the next view
	}
}

// sighting is how something stood in a view.
type sighting[P any] struct {
	now *P // nil until it was read
	seq uint64
}

// NewSeen returns one that knows of nothing.
func NewSeen[K comparable, P any](cfg SeenConfig[K, P]) *Seen[K, P] {
	s := &Seen[K, P]{cfg: cfg}
	s.mu.known, s.mu.stale = lru.NewBasicLRU[K, *sighting[P]](cfg.Most), map[K]struct{}{}
	return s
}

// At returns how something stands, as it was read last; nil if it was not. It is kept in view from now on.
func (s *Seen[K, P]) At(k K) *P {
	s.mu.Lock()
	defer s.mu.Unlock()
	if known, ok := s.mu.known.Get(k); ok {
		return known.now
	}
	if gone, _, full := s.mu.known.Add3(k, &sighting[P]{}); full {
		delete(s.mu.stale, gone)
	}
	s.mu.stale[k] = struct{}{}
	return nil
}

// Renew has something read again in the next view, if it is known.
func (s *Seen[K, P]) Renew(k K) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.renew(k)
}

func (s *Seen[K, P]) renew(keys ...K) {
	for _, k := range keys {
		if s.mu.known.Contains(k) {
			s.mu.stale[k] = struct{}{}
		}
	}
}

// Forget has something not be read any more. It is for what does not exist: or whoever asks for that has forgotten what does.
func (s *Seen[K, P]) Forget(k K) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mu.known.Remove(k)
	delete(s.mu.stale, k)
}

// Keys returns all that are known.
func (s *Seen[K, P]) Keys() []K {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.mu.known.Keys()
}

// View is the one that counts now, without logs; zero before the first.
func (s *Seen[K, P]) View() View {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.mu.view
}

// Known returns how something stands, without waiting. Errors: a *pay.Refusal with Stale.
func (s *Seen[K, P]) Known(k K) (*P, error) {
	now := s.At(k)
	if err := s.cfg.Fresh(); err != nil {
		return nil, err
	}
	if now == nil {
		return nil, pay.Refuse(pay.Stale, "the channel has not been looked at on the chain yet")
	}
	return now, nil
}

// Get is Known, and reads what was not read yet.
func (s *Seen[K, P]) Get(ctx context.Context, k K) (*P, error) {
	now := s.At(k) // whatever comes, it will be read with the next view
	if err := s.cfg.Fresh(); err != nil || now != nil {
		return now, err
	}
	return s.Read(ctx, k)
}

// Read reads something in the view that counts now.
func (s *Seen[K, P]) Read(ctx context.Context, k K) (*P, error) {
	read, err := s.read(ctx, []K{k})
	if err != nil {
		return nil, err
	}
	return read[0], nil
}

// See reads in a view whatever has to be: it is the See of the subject whose this is. Whoever asks for something after it has begun reads that in this
// view, or in a later one; so no log is overlooked.
func (s *Seen[K, P]) See(ctx context.Context, v View) error {
	for some := range slices.Chunk(s.turn(v), max(1, s.cfg.Batch)) {
		if _, err := s.read(ctx, some); err != nil {
			return err
		}
	}
	return nil
}

// turn takes over a view and returns what has to be read in it.
func (s *Seen[K, P]) turn(v View) (stale []K) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mu.seq++
	s.mu.view = View{Head: v.Head, Sure: v.Sure}
	if v.Again {
		s.renew(s.mu.known.Keys()...)
	}
	for _, l := range v.Logs {
		s.renew(s.cfg.Named(l))
	}
	for k := range s.mu.stale {
		stale = append(stale, k)
	}
	return stale
}

// read reads some of what is known. What has to be read again since it was begun still has to be when it is done.
func (s *Seen[K, P]) read(ctx context.Context, some []K) ([]*P, error) {
	s.mu.Lock()
	v, seq := s.mu.view, s.mu.seq
	for _, k := range some {
		delete(s.mu.stale, k)
	}
	s.mu.Unlock()
	read, err := s.cfg.Read(ctx, v, some)
	if s.learn(some, read, seq, err) && s.cfg.Alarm != nil {
		s.cfg.Alarm()
	}
	return read, err
}

// learn takes over what was read, unless something newer is known. It reports whether a payer takes money back of which that was not known.
func (s *Seen[K, P]) learn(some []K, read []*P, seq uint64, failed error) (news bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if failed != nil {
		s.renew(some...)
		return false
	}
	for i, k := range some {
		known, ok := s.mu.known.Peek(k)
		if !ok || known.now != nil && known.seq > seq {
			continue
		}
		news = news || s.cfg.Leaving(read[i]) && (known.now == nil || !s.cfg.Leaving(known.now))
		known.now, known.seq = read[i], seq
	}
	return news
}

// Both reads something at the newest block of a view and at the newest one that is sure; once if they are one. What counts is the less favourable
// of both: so a deposit counts once it is sure, and a withdrawal as soon as it is seen.
func Both[T any](v View, read func(Block) (T, error)) (head, sure T, err error) {
	head, err = read(v.Head)
	if err != nil || v.Sure.Hash == v.Head.Hash {
		return head, head, err
	}
	sure, err = read(v.Sure)
	return head, sure, err
}

// Topic is one of a log's topics, zero if it does not have as many: what a provider answers need not be what the contract has logged.
func Topic(l types.Log, i int) common.Hash {
	if i >= len(l.Topics) {
		return common.Hash{}
	}
	return l.Topics[i]
}

// Earliest is the earliest of some times; those that are 0 do not count, and if all are it is 0.
func Earliest(times ...uint64) (first uint64) {
	for _, t := range times {
		if t != 0 && (first == 0 || t < first) {
			first = t
		}
	}
	return first
}
