package pay

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/candela-les/candela/unit"
)

// Purse keeps what a wallet must not forget beside what its payers note, of each asset by itself: what SavePurse was given is there after a
// crash, once it has returned.
type Purse interface {
	LoadPurse(ctx context.Context, of Asset) ([]byte, error) // nil if there is nothing
	SavePurse(ctx context.Context, of Asset, kept []byte) error
}

// kept is what is in a purse, as JSON. What in it is neither money nor says how far it was promised goes: Spoiled and Left after their time, Granted at
// the next start if nothing was ever promised there, what was begun when it is over. The rest has at most one entry for each channel that was ever opened,
// as notes have, which cost a transaction each.
type kept struct {
	days
	// Before is all that had been promised when the limit of a day began anew last. What was promised since is in the notes: so it is neither
	// forgotten nor counted twice, whenever a crash comes.
	Before unit.Amount `json:"before"`
	// Openings and Increases were begun, and may have locked money that no note tells of.
	Openings  []opening  `json:"openings,omitempty"`
	Increases []increase `json:"increases,omitempty"`
	// Closings were begun.
	Closings []closing `json:"closings,omitempty"`
	// Off is what was promised and is not prepaid any more though nobody has charged it: it was promised before notes were lost, and the client
	// does not know what was charged then.
	Off []reckoned `json:"off,omitempty"`
	// Returned is what of each channel was promised and given back on the chain. It counts while the channel is closed: one that is opened again
	// goes on where it was, and is closed again as a whole.
	Returned []returned `json:"returned,omitempty"`
	// Granted is what sellers have charged beyond what they were promised: others had paid that into the client's account. It is no reason to
	// promise more. Whoever sells can have an entry here for nothing; of those without a channel it comes out the same again when they are paid.
	Granted []reckoned `json:"granted,omitempty"`
	// Spoiled are sellers that ended a channel which was opened for them before half of it was used, and for how long none is opened again.
	Spoiled []spoiled `json:"spoiled,omitempty"`
	// Left are sellers that have contradicted what they had acknowledged, or what was signed, and for how long they are not paid.
	Left []left `json:"left,omitempty"`
	// Heard is what servers had acknowledged when the wallet was closed last, or Run has looked, beyond what is noted: it must not become less. After a
	// crash the newest may be missing, and a server is believed that says less.
	Heard []heard `json:"heard,omitempty"`
}

type opening struct {
	Method  string      `json:"method"`
	Name    string      `json:"name"`
	Seller  Address     `json:"seller"`
	Info    []byte      `json:"info"`
	Deposit unit.Amount `json:"deposit"`
}

type increase struct {
	Method string      `json:"method"`
	ID     Hash        `json:"id"`
	Total  unit.Amount `json:"total"`
}

type closing struct {
	Method  string `json:"method"`
	ID      Hash   `json:"id"`
	Settled []byte `json:"settled,omitempty"` // what the server has handed out
	Asking  bool   `json:"asking,omitempty"`  // the server has not agreed yet, and may still: it is not closed alone
	Landed  bool   `json:"landed,omitempty"`  // nothing is being locked in it any more, and the server has seen all that is
}

type returned struct {
	Method string      `json:"method"`
	ID     Hash        `json:"id"`
	Amount unit.Amount `json:"amount"`
}

func (r returned) same(other returned) bool { return r.Method == other.Method && r.ID == other.ID }

// reckoned is what counts at a seller beside promises and charges.
type reckoned struct {
	Seller Address     `json:"seller"`
	Amount unit.Amount `json:"amount"`
}

func (r reckoned) same(other reckoned) bool { return r.Seller == other.Seller }

// reckonedAt is what counts at a seller.
func reckonedAt(list []reckoned, who Address) unit.Amount {
	for _, r := range list {
		if r.Seller == who {
			return r.Amount
		}
	}
	return unit.Amount{}
}

// plus returns a list by which more counts at a seller.
func plus(list []reckoned, who Address, a unit.Amount) []reckoned {
	if a.IsZero() {
		return list
	}
	r := reckoned{who, reckonedAt(list, who).Plus(a)}
	return with(list, r, r.same)
}

type heard struct {
	Method       string      `json:"method"`
	ID           Hash        `json:"id"`
	Acknowledged unit.Amount `json:"acknowledged"`
}

// heard is what was heard of a channel. Called with the lock.
func (k *kept) heard(key tabKey) unit.Amount {
	for _, h := range k.Heard {
		if h.Method == key.Method && h.ID == key.ID {
			return h.Acknowledged
		}
	}
	return unit.Amount{}
}

// keepHeard keeps what was heard of channels, unless that is kept already.
func (w *Wallet) keepHeard(ctx context.Context) error {
	w.mu.Lock()
	var list []heard
	for key, t := range w.mu.tabs {
		if all := w.acknowledged(t); all.Cmp(t.note.Accepted) > 0 {
			list = append(list, heard{key.Method, key.ID, all})
		}
	}
	slices.SortFunc(list, func(a, b heard) int {
		return cmp.Or(cmp.Compare(a.Method, b.Method), bytes.Compare(a.ID[:], b.ID[:]))
	})
	same := slices.Equal(list, w.mu.kept.Heard)
	w.mu.Unlock()
	if same {
		return nil
	}
	return w.keep(ctx, func(k *kept) { k.Heard = list })
}

// load reads notes and purse.
func (w *Wallet) load(ctx context.Context) error {
	notes, err := w.Notes.All(ctx)
	if err != nil {
		return err
	}
	enc, err := w.Purse.LoadPurse(ctx, w.Asset)
	if err != nil {
		return err
	}
	if len(enc) > 0 {
		if err := json.Unmarshal(enc, &w.mu.kept); err != nil {
			return fmt.Errorf("what the wallet has kept does not decode: %w", err)
		}
	}
	for _, n := range notes {
		if n.To.Asset == w.Asset {
			w.noted(n)
		}
	}
	w.mu.kept.Granted = without(w.mu.kept.Granted, func(r reckoned) bool {
		return !slices.ContainsFunc(notes, func(n Note) bool { return n.To.Asset == w.Asset && n.To.Seller == r.Seller })
	})
	for _, c := range w.mu.kept.Closings {
		if t := w.mu.tabs[tabKey{c.Method, c.ID}]; t != nil {
			t.closing = true
		}
	}
	return nil
}

// keep changes what is kept, and has that on disk when it returns; if that fails it stays as it was. change must not change what slices
// share.
func (w *Wallet) keep(ctx context.Context, change func(*kept)) error {
	return w.keepIf(ctx, func(k *kept) error {
		change(k)
		return nil
	})
}

// keepIf is keep, unless change returns an error. From when change is called with the lock until what it has changed is on disk, nothing else
// is kept: what it has found free is still free then.
func (w *Wallet) keepIf(ctx context.Context, change func(*kept) error) error {
	select {
	case w.disk <- struct{}{}:
		defer func() { <-w.disk }()
	case <-ctx.Done():
		return ctx.Err()
	}
	w.mu.Lock()
	next := w.mu.kept
	err := change(&next)
	w.mu.Unlock()
	if err != nil {
		return err
	}
	enc, err := json.Marshal(next)
	if err != nil {
		return err
	}
	if err := w.Purse.SavePurse(ctx, w.Asset, enc); err != nil {
		return fmt.Errorf("keeping what the wallet does: %w", err)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.mu.kept = next
	return nil
}

// with returns a list with an element in place of the one that is like it, or at its end.
func with[T any](list []T, x T, like func(T) bool) []T { return append(without(list, like), x) }

// without returns a list without those that are like something.
func without[T any](list []T, like func(T) bool) []T {
	return slices.DeleteFunc(slices.Clone(list), like)
}

// promised is all that was ever promised, but for what is known to be void. Called with the lock.
func (w *Wallet) promised() (sum unit.Amount) {
	for _, t := range w.mu.tabs {
		sum = sum.Plus(t.note.Given())
	}
	return sum
}
