package fake

import (
	"bytes"
	"context"
	"slices"
	"sync"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/unit"
)

// Book is a ledger in memory: the simplest thing that keeps the rules of pay.Book and pay.Dues. Its methods may be called from many
// goroutines, and by several cashiers.
type Book struct {
	// Before, unless nil, is called before each call; its error is what the call fails with.
	Before func(call string) error
	// After, unless nil, is called when a call has been carried out: its answer is lost with that error.
	After func(call string) error

	mu      sync.Mutex
	entries map[pay.Claimant]*pay.Entry // without clients
	free    map[pay.Address]unit.Amount
	claims  map[pay.Hash]*pay.OpenClaim
	settled map[pay.Hash]bool
	drawn   unit.Amount
}

var (
	_ pay.Book = (*Book)(nil)
	_ pay.Dues = (*Book)(nil)
)

// NewBook returns an empty book.
func NewBook() *Book {
	return &Book{
		entries: map[pay.Claimant]*pay.Entry{}, free: map[pay.Address]unit.Amount{},
		claims: map[pay.Hash]*pay.OpenClaim{}, settled: map[pay.Hash]bool{},
	}
}

// run carries out a call.
func (b *Book) run(call string, do func() error) error {
	if b.Before != nil {
		if err := b.Before(call); err != nil {
			return err
		}
	}
	b.mu.Lock()
	err := do()
	b.mu.Unlock()
	if err == nil && b.After != nil {
		return b.After(call)
	}
	return err
}

func key(method string, id pay.Hash) pay.Claimant { return pay.Claimant{Method: method, ID: id} }

// entry returns a client's entry, a new one if there is none, which is kept when it is changed.
func (b *Book) entry(c pay.Claimant) (*pay.Entry, error) {
	e := b.entries[key(c.Method, c.ID)]
	if e == nil {
		return &pay.Entry{Method: c.Method, ID: c.ID, Client: c.Client}, nil
	}
	if e.Client != c.Client {
		return nil, pay.Refuse(pay.WrongClient, "the channel is another client's")
	}
	return e, nil
}

// Entry implements pay.Book.
func (b *Book) Entry(_ context.Context, method string, id pay.Hash) (e pay.Entry, ok bool, err error) {
	err = b.run("Entry", func() error {
		if at := b.entries[key(method, id)]; at != nil {
			e, ok = *at, true
		}
		return nil
	})
	return e, ok, err
}

// Advance implements pay.Book.
func (b *Book) Advance(_ context.Context, c pay.Claimant, settlements uint64, p pay.Promised) (present, credited unit.Amount, err error) {
	err = b.run("Advance", func() error {
		e, err := b.entry(c)
		if err != nil {
			return err
		}
		more, higher := p.Cumulative.Sub(e.Cumulative)
		switch {
		case !higher || more.IsZero():
			present = e.Cumulative
			return nil
		case settlements != e.Settlements:
			return pay.ErrSettled
		case p.From.Cmp(e.Cumulative) > 0:
			return &pay.Refusal{Reason: pay.Gap, Most: e.Cumulative, Text: "a gap"}
		}
		for _, claim := range p.Claims {
			if b.claims[claim.Key] != nil || b.settled[claim.Key] {
				return pay.Refuse(pay.Contradicts, "a claim was made before")
			}
			b.claims[claim.Key] = &pay.OpenClaim{Claim: claim, Method: c.Method, Channel: c.ID, Client: c.Client}
		}
		e.Cumulative, e.Evidence = p.Cumulative, bytes.Clone(p.Evidence)
		b.entries[key(c.Method, c.ID)] = e
		b.free[c.Client], _ = b.free[c.Client].Add(more)
		present, credited = e.Cumulative, more
		return nil
	})
	return present, credited, err
}

// GiveBack implements pay.Book.
func (b *Book) GiveBack(_ context.Context, c pay.Claimant) (out pay.Entry, err error) {
	err = b.run("GiveBack", func() error {
		e, err := b.entry(c)
		if err != nil {
			return err
		}
		back, _ := e.Keep().Sub(e.Collecting)
		if free := b.free[c.Client]; free.Cmp(back) < 0 {
			back = free
		}
		b.free[c.Client], _ = b.free[c.Client].Sub(back)
		e.Returned, _ = e.Returned.Add(back)
		e.Settled = e.Cumulative
		b.entries[key(c.Method, c.ID)] = e
		out = *e
		return nil
	})
	return out, err
}

// HandOut implements pay.Book.
func (b *Book) HandOut(_ context.Context, c pay.Claimant, settlements uint64, data []byte) (out pay.Entry, err error) {
	err = b.run("HandOut", func() error {
		e, err := b.entry(c)
		if err != nil {
			return err
		}
		repeated := e.Settlements > 0 && bytes.Equal(e.Handed, data)
		if e.Settled != e.Cumulative || !repeated && settlements != e.Settlements {
			return pay.ErrSettled
		}
		if !repeated {
			e.Settlements, e.Handed = e.Settlements+1, bytes.Clone(data)
		}
		out = *e
		return nil
	})
	return out, err
}

// Spend has a client spend something, or what it has; it returns how much.
func (b *Book) Spend(client pay.Address, n unit.Amount) unit.Amount {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.free[client].Cmp(n) < 0 {
		n = b.free[client]
	}
	b.free[client], _ = b.free[client].Sub(n)
	return n
}

// Unspent implements pay.Dues.
func (b *Book) Unspent(_ context.Context, client pay.Address) (n unit.Amount, err error) {
	err = b.run("Unspent", func() error {
		n = b.free[client]
		return nil
	})
	return n, err
}

// Due implements pay.Dues.
func (b *Book) Due(_ context.Context, method string, after pay.Hash, limit int) (page []pay.Entry, err error) {
	err = b.run("Due", func() error {
		for at, e := range b.entries {
			if at.Method == method && bytes.Compare(at.ID[:], after[:]) > 0 && !e.Due().IsZero() {
				page = append(page, *e)
			}
		}
		slices.SortFunc(page, func(x, y pay.Entry) int { return bytes.Compare(x.ID[:], y.ID[:]) })
		page = page[:min(limit, len(page))]
		return nil
	})
	return page, err
}

// Collect implements pay.Dues.
func (b *Book) Collect(_ context.Context, method string, id pay.Hash, collecting, collected unit.Amount) (out pay.Entry, ok bool, err error) {
	err = b.run("Collect", func() error {
		e := b.entries[key(method, id)]
		if e == nil || collecting.Cmp(e.Keep()) > 0 {
			return nil
		}
		if collecting.Cmp(e.Collecting) > 0 {
			e.Collecting = collecting
		}
		if collected.Cmp(e.Collected) > 0 {
			e.Collected = collected
		}
		out, ok = *e, true
		return nil
	})
	return out, ok, err
}

// Claims implements pay.Dues.
func (b *Book) Claims(_ context.Context, method string, after pay.Hash, limit int) (page []pay.OpenClaim, err error) {
	err = b.run("Claims", func() error {
		for _, c := range b.claims {
			if c.Method == method && bytes.Compare(c.Key[:], after[:]) > 0 {
				page = append(page, *c)
			}
		}
		slices.SortFunc(page, func(x, y pay.OpenClaim) int { return bytes.Compare(x.Key[:], y.Key[:]) })
		page = page[:min(limit, len(page))]
		return nil
	})
	return page, err
}

// Draw implements pay.Dues.
func (b *Book) Draw(_ context.Context, c pay.OpenClaim, paid unit.Amount) error {
	return b.run("Draw", func() error {
		if b.claims[c.Key] == nil {
			return nil
		}
		delete(b.claims, c.Key)
		b.settled[c.Key] = true
		b.drawn, _ = b.drawn.Add(paid)
		return nil
	})
}

// Drawn is what all claims have come to.
func (b *Book) Drawn() unit.Amount {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.drawn
}
