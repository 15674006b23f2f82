package watch

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/big"
	"slices"
	"sync"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
)

// SenderConfig is what a Sender is made of.
type SenderConfig struct {
	Node   Node     // of the watcher's chain
	Signer Signer   // whose key nobody else sends transactions with
	Outbox Outbox   // where they are kept
	MaxFee *big.Int // the most for a gas, in wei
	// GasMargin is how much more gas than the provider's estimate is allowed for, in permille; 0: 250.
	GasMargin uint64
	// StuckBlocks is after how many blocks a transaction that is not mined is replaced by one that pays
	// more; 0: 5.
	StuckBlocks uint64
	Logger      *slog.Logger
}

const (
	defaultMargin = 250
	defaultStuck  = 5
	// buriedBlocks is how far below the newest sure block a transaction has to be before its signed versions
	// are dropped: deeper than any reorganization.
	buriedBlocks = 1024
	// lostViews is in how many views no version of a transaction may be found, while its nonce is used up for sure, before
	// another one is taken to have it: a provider may have its index of transactions late.
	lostViews = 5
)

// Call is what a transaction does.
type Call struct {
	To    *common.Address // nil creates a contract
	Data  []byte
	Value *big.Int // wei; nil: none
	Gas   uint64   // 0: as estimated, and the margin
	// Passing: once it is over, nothing that is done depends on whether its name is known. What is kept of it is dropped when no reorganization
	// can bring it back, so that what is kept does not grow for ever; the name can be used again then.
	Passing bool
}

// Build says what a transaction is to do. It is called only if nothing is kept under the name.
type Build func(ctx context.Context) (Call, error)

// Sender has transactions of one key mined. Its methods may be called from many goroutines. It has none of its own: a Watcher,
// whose subject it is, has it look after what is not sure yet.
type Sender struct {
	cfg    SenderConfig
	log    *slog.Logger
	w      *Watcher
	prefix string
	turn   chan struct{} // who has put its only element in may change entries, sign and send
	seen   bool          // a view; belongs to the watcher's loop

	mu struct {
		sync.Mutex
		entries map[string]*entry // live ones
	}
}

// entry is a live transaction. All but done and its outcome belong to who holds the turn.
type entry struct {
	Sent
	mined  bool   // at the head
	sentAt uint64 // number of the head when it was last offered
	born   uint64 // and when its newest version was signed
	lost   int    // views in which it could not be found
	said   string // what was last logged as its trouble

	done chan struct{} // closed when it is not Waiting any more; another one if it waits again
}

// NewSender makes the sender of a key and goes on with what it has sent before.
func (w *Watcher) NewSender(ctx context.Context, cfg SenderConfig) (*Sender, error) {
	if cfg.Node == nil || cfg.Signer == nil || cfg.Outbox == nil || cfg.Logger == nil || cfg.MaxFee == nil || cfg.MaxFee.Sign() <= 0 {
		return nil, errors.New("a sender needs a node, a signer, an outbox, a logger, and the most that a gas may cost")
	}
	if cfg.GasMargin == 0 {
		cfg.GasMargin = defaultMargin
	}
	if cfg.StuckBlocks == 0 {
		cfg.StuckBlocks = defaultStuck
	}
	address := cfg.Signer.Address()
	s := &Sender{
		cfg: cfg, log: cfg.Logger, w: w, turn: make(chan struct{}, 1),
		prefix: fmt.Sprintf("%d/%x/", w.cfg.ChainID, address),
	}
	s.mu.entries = make(map[string]*entry)
	live, err := cfg.Outbox.LiveSent(ctx, s.prefix)
	if err != nil {
		return nil, fmt.Errorf("transactions sent before: %w", err)
	}
	for _, kept := range live {
		if len(kept.Raw) == 0 {
			return nil, fmt.Errorf("transaction %q is kept without what was signed", kept.Name)
		}
		s.add(kept)
	}
	w.Watch(fmt.Sprintf("sender %v", address), 0, s)
	return s, nil
}

// add makes an entry of what is kept, unless there is one.
func (s *Sender) add(kept Sent) *entry {
	s.mu.Lock()
	defer s.mu.Unlock()
	e := s.mu.entries[kept.Name]
	if e == nil {
		e = &entry{Sent: kept, done: make(chan struct{})}
		if e.State != Waiting {
			close(e.done)
		}
		s.mu.entries[kept.Name] = e
	}
	return e
}

// Address is whose transactions these are.
func (s *Sender) Address() common.Address { return s.cfg.Signer.Address() }

// Do has a transaction mined under a name, and returns when that is sure. Whatever happens in between, and
// however often Do is called with the name, also after a crash: build is asked for it once, and at most one transaction
// is ever mined. Giving up waiting does not take it back.
//
// Errors: build's; a *RevertError; a *NoFundsError, *FeeCapError or *RejectedError, after which Do can be
// called again; a *DisplacedError; the context's; ErrClosed.
func (s *Sender) Do(ctx context.Context, name string, build Build) (Mined, error) {
	name = s.prefix + name
	e, finished, err := s.find(ctx, name)
	switch {
	case err != nil:
		return Mined{}, err
	case finished != nil:
		return s.outcome(finished)
	case e == nil:
		if e, finished, err = s.begin(ctx, name, build); finished != nil {
			return s.outcome(finished)
		}
	default:
		err = s.offerAgain(ctx, e)
	}
	if err != nil {
		return Mined{}, err
	}
	for {
		s.mu.Lock()
		done := e.done
		s.mu.Unlock()
		select {
		case <-done:
		case <-ctx.Done():
			return Mined{}, ctx.Err()
		case <-s.w.ctx.Done():
			return Mined{}, ErrClosed
		}
		s.mu.Lock()
		now := e.Sent
		s.mu.Unlock()
		if now.State != Waiting {
			return s.outcome(&now)
		}
	}
}

// Known reports whether a transaction of that name was ever begun, and how far it is.
func (s *Sender) Known(ctx context.Context, name string) (state State, ok bool, err error) {
	e, finished, err := s.find(ctx, s.prefix+name)
	switch {
	case err != nil || e == nil && finished == nil:
		return 0, false, err
	case finished != nil:
		return finished.State, true, nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return e.State, true, nil
}

// Waiting returns the names of the transactions that are not sure yet, of those that begin so. It asks the outbox: one may be kept though keeping it
// was said to have failed.
func (s *Sender) Waiting(ctx context.Context, prefix string) (names []string, err error) {
	live, err := s.cfg.Outbox.LiveSent(ctx, s.prefix+prefix)
	if err != nil {
		return nil, err
	}
	for _, kept := range live {
		e := s.add(kept)
		s.mu.Lock()
		if e.State == Waiting {
			names = append(names, e.Name[len(s.prefix):])
		}
		s.mu.Unlock()
	}
	return names, nil
}

// Pending returns what is not sure yet, by nonce, for people.
func (s *Sender) Pending() []Sent {
	s.mu.Lock()
	defer s.mu.Unlock()
	var list []Sent
	for _, e := range s.mu.entries {
		if e.State == Waiting {
			sent := e.Sent
			sent.Name, sent.Raw = sent.Name[len(s.prefix):], slices.Clone(sent.Raw)
			list = append(list, sent)
		}
	}
	slices.SortFunc(list, func(a, b Sent) int { return cmp.Compare(a.Nonce, b.Nonce) })
	return list
}

// find looks a name up: an entry that is live, or what is kept of one that is not.
func (s *Sender) find(ctx context.Context, name string) (*entry, *Sent, error) {
	s.mu.Lock()
	e := s.mu.entries[name]
	s.mu.Unlock()
	if e != nil {
		return e, nil, nil
	}
	kept, ok, err := s.cfg.Outbox.Sent(ctx, name)
	switch {
	case err != nil || !ok:
		return nil, nil, err
	case kept.live(): // it was kept, and that was not known
		return s.add(kept), nil, nil
	}
	return nil, &kept, nil
}

// outcome is what Do returns of a transaction that does not wait any more.
func (s *Sender) outcome(sent *Sent) (Mined, error) {
	name := sent.Name[len(s.prefix):]
	switch sent.State {
	case Done:
		return sent.Mined, nil
	case Reverted:
		return sent.Mined, &RevertError{Name: name, Mined: true, Why: sent.Why, Data: sent.Data}
	case Waiting, Displaced:
	}
	return Mined{}, &DisplacedError{Name: name, Nonce: sent.Nonce}
}

// take waits for the turn; release gives it back.
func (s *Sender) take(ctx context.Context) error {
	if !s.w.enter() {
		return ErrClosed
	}
	select {
	case s.turn <- struct{}{}:
		return nil
	case <-ctx.Done():
		s.w.leave()
		return ctx.Err()
	case <-s.w.ctx.Done():
		s.w.leave()
		return ErrClosed
	}
}

func (s *Sender) release() {
	<-s.turn
	s.w.leave()
}

// live returns the live entries by nonce.
func (s *Sender) live() []*entry {
	s.mu.Lock()
	defer s.mu.Unlock()
	var list []*entry
	for _, e := range s.mu.entries {
		list = append(list, e)
	}
	slices.SortFunc(list, func(a, b *entry) int { return cmp.Compare(a.Nonce, b.Nonce) })
	return list
}

// Filter implements Subject: no logs are wanted.
func (s *Sender) Filter() Filter { return Filter{} }

// newest decodes the version of an entry that was signed last.
func (e *entry) newest() (*types.Transaction, error) {
	tx := new(types.Transaction)
	if err := tx.UnmarshalBinary(e.Raw[len(e.Raw)-1]); err != nil {
		return nil, fmt.Errorf("transaction %q is kept damaged: %w", e.Name, err)
	}
	return tx, nil
}
