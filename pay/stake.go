package pay

import (
	"bytes"
	"cmp"
	"slices"

	"github.com/candela-les/candela/unit"
)

// Stake is what a wallet's owner can lose now, beside what is allowed.
type Stake struct {
	Limits  Limits
	Locked  unit.Amount // in channels, and not promised; or on its way there
	Prepaid unit.Amount // promised to all servers, and not spent on service as far as is known
	Today   unit.Amount // promised since midnight UTC
	Tabs    []Tab       // every channel that there ever was
}

// Tab is a channel as its owner is shown it.
type Tab struct {
	Note
	Agreed  bool        // the server has said how the two stand, since the start and since anything went wrong
	Cover   unit.Amount // up to what it said that it takes promises
	Closing bool        // nothing is promised over it any more
}

// Stake returns what is at stake now, as far as notes tell: it does not ask the chain.
func (w *Wallet) Stake() Stake {
	w.mu.Lock()
	defer w.mu.Unlock()
	s := Stake{Limits: w.Limits, Locked: w.locked(nil)}
	if w.midnight() <= w.mu.kept.Day {
		s.Today = w.promised().Minus(w.mu.kept.Before)
	}
	for who := range w.mu.sellers {
		s.Prepaid = s.Prepaid.Plus(w.prepaidAt(who))
	}
	for _, t := range w.mu.tabs {
		if w.mu.sellers[t.note.To.Seller] == nil {
			s.Prepaid = s.Prepaid.Plus(t.note.Promised) // nobody has said what was spent of it
		}
		s.Tabs = append(s.Tabs, Tab{t.note, t.agreed, t.cover, t.closing})
	}
	slices.SortFunc(s.Tabs, func(a, b Tab) int {
		return cmp.Or(cmp.Compare(a.Method, b.Method), bytes.Compare(a.To.Seller[:], b.To.Seller[:]), cmp.Compare(a.Name, b.Name), bytes.Compare(a.ID[:], b.ID[:]))
	})
	return s
}
