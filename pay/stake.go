package pay

import (
	"bytes"
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/candela-les/candela/unit"
)

// Stake is what a wallet's owner can lose now, beside what is allowed.
type Stake struct {
	Limits  Limits
	Locked  unit.Amount // in channels, and not promised; or on its way there
	Prepaid unit.Amount // promised to all servers, and not spent on service as far as is known
	Today   unit.Amount // promised since midnight UTC
	Tabs    []Tab       // every channel that there ever was
	// Begun are openings of channels that nothing is noted of yet.
	Begun []Begun
	// Left are servers that are not paid, for they have lied about what they were promised.
	Left []Left
}

// Left is a server that is not paid until a time.
type Left struct {
	Seller Address
	Until  time.Time
	Why    string
}

// Begun is a channel that is to be opened.
type Begun struct {
	Method  string
	Seller  Address
	Deposit unit.Amount
}

// Tab is a channel as its owner is shown it.
type Tab struct {
	Note
	// Acknowledged is what the server has, as far as it has said, also before the start. After a crash that may be less than it has.
	Acknowledged unit.Amount
	Agreed       bool        // the server has said how the two stand, since the start and since anything went wrong
	Cover        unit.Amount // up to what it said that it takes promises
	Closing      bool        // nothing is promised over it any more
	Asking       bool        // it is not closed alone: the server was asked to agree, and has not
	Settled      bool        // the server has handed out what it is closed with
	Opening      bool        // its first deposit is on the way
	Locking      unit.Amount // what is locked from its beginning on once all is there that is on the way; nothing if nothing is
}

// Stake returns what is at stake now, as far as notes tell: it does not ask the chain. What sellers have charged since they were paid last, or before the
// start, it does not know: see StakeAfter.
func (w *Wallet) Stake() Stake { return w.StakeAfter(nil) }

// StakeAfter is Stake, given what sellers have charged until now, as Place.Spent says it.
func (w *Wallet) StakeAfter(spent map[Address]unit.Amount) Stake {
	w.mu.Lock()
	defer w.mu.Unlock()
	s := Stake{Limits: w.Limits, Locked: w.locked(nil)}
	if _, anew := w.mu.kept.at(w.midnight()); !anew {
		s.Today = w.promised().Minus(w.mu.kept.Before)
	}
	for _, l := range w.mu.kept.Left {
		if until := time.Unix(l.Until, 0).UTC(); w.Now().Before(until) {
			s.Left = append(s.Left, Left{l.Seller, until, l.Why})
		}
	}
	paid := make(map[Address]bool)
	for _, t := range w.mu.tabs {
		paid[t.note.To.Seller] = true
		s.Tabs = append(s.Tabs, w.shown(t))
	}
	for who := range paid {
		s.Prepaid = s.Prepaid.Plus(w.prepaidAfter(who, spent))
	}
	for _, o := range w.mu.kept.Openings {
		if !slices.ContainsFunc(s.Tabs, func(t Tab) bool { return t.Method == o.Method && t.Name == o.Name }) {
			s.Begun = append(s.Begun, Begun{o.Method, o.Seller, o.Deposit})
		}
	}
	slices.SortFunc(s.Tabs, func(a, b Tab) int {
		return cmp.Or(cmp.Compare(a.Method, b.Method), bytes.Compare(a.To.Seller[:], b.To.Seller[:]), cmp.Compare(a.Name, b.Name), bytes.Compare(a.ID[:], b.ID[:]))
	})
	return s
}

// prepaidAfter is what a seller was promised and has not served for, given what sellers have charged. Called with the lock.
func (w *Wallet) prepaidAfter(who Address, spent map[Address]unit.Amount) unit.Amount {
	given, gone := w.reckon(who)
	s, charged := w.mu.sellers[who], spent[who]
	switch {
	case s != nil && s.told:
		gone = gone.Plus(charged.Minus(s.spent))
	case charged.IsZero(): // nobody has said what was spent of it, and what others have paid is not promised
		given = given.Minus(reckonedAt(w.mu.kept.Granted, who))
	default:
		gone = gone.Plus(charged)
	}
	return given.Minus(gone)
}

// shown is a channel as its owner is shown it. Called with the lock.
func (w *Wallet) shown(t *tab) Tab {
	k := &w.mu.kept
	c, _ := k.closing(t.key)
	out := Tab{Note: t.note, Acknowledged: w.acknowledged(t), Agreed: t.agreed, Cover: t.cover, Closing: t.closing, Asking: c.Asking, Settled: c.Settled != nil}
	for _, o := range k.Openings {
		if o.Method == t.key.Method && o.Name == t.note.Name && t.note.Deposit.Cmp(o.Deposit) < 0 {
			out.Opening, out.Locking = true, o.Deposit
		}
	}
	for _, i := range k.Increases {
		if i.Method == t.key.Method && i.ID == t.key.ID && t.note.Deposit.Cmp(i.Total) < 0 {
			out.Locking = out.Locking.Max(i.Total)
		}
	}
	return out
}

// acknowledged is what the server has said that it has. Called with the lock.
func (w *Wallet) acknowledged(t *tab) unit.Amount {
	return t.note.Accepted.Max(t.accepted).Max(w.mu.kept.heard(t.key))
}

// Balance asks the chain how a channel stands. Errors: *NoPayerError, the payer's and the context's.
func (w *Wallet) Balance(ctx context.Context, method string, id Hash) (Balance, error) {
	p := w.payer(method)
	if p == nil {
		return Balance{}, &NoPayerError{method}
	}
	return p.Balance(ctx, id)
}
