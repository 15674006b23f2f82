package cheque

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/unit"
)

// memo is what a payer notes beside what all methods do: pay.Note.Data, as JSON.
type memo struct {
	// Base is what was promised or cashed before the channel was opened under its name: what is locked comes on top of it.
	Base unit.Amount `json:",omitzero"`
	// How many deposits, steps of closing and withdrawals are over: the number in the name of the next.
	Deposits, Steps, Withdrawals uint64 `json:",omitempty"`
	// Depositing is the deposit that was begun and is not over.
	Depositing *deposit `json:",omitempty"`
	// Withdrawing is what is being withdrawn.
	Withdrawing unit.Amount `json:",omitzero"`
	// Closing: nothing is promised any more.
	Closing bool `json:",omitempty"`
}

// deposit is a transfer into the chequebook, and a call that sets the same aside.
type deposit struct {
	From unit.Amount // what was set aside before, from the beginning on
	To   unit.Amount // and what will be
}

// amount is what is transferred.
func (d *deposit) amount() unit.Amount { return d.To.Minus(d.From) }

// noted is a channel's note, taken apart.
type noted struct {
	pay.Note
	memo
	opening Opening
}

func decodeNote(n pay.Note) (*noted, error) {
	o, err := DecodeOpening(n.Opening)
	if err != nil {
		return nil, fmt.Errorf("the note of channel %x: %w", n.ID, err)
	}
	d := &noted{Note: n, opening: o}
	if len(n.Data) > 0 {
		if err := json.Unmarshal(n.Data, &d.memo); err != nil {
			return nil, fmt.Errorf("the note of channel %x: %w", n.ID, err)
		}
	}
	return d, nil
}

// load returns a channel's note. Errors: a *pay.Refusal with NoChannel if there is none.
func (p *Payer) load(ctx context.Context, id pay.Hash) (*noted, error) {
	n, ok, err := p.cfg.Notes.Load(ctx, Method, id)
	switch {
	case err != nil:
		return nil, fmt.Errorf("the note of channel %x: %w", id, err)
	case !ok:
		return nil, pay.Refuse(pay.NoChannel, "channel %x is not known here", id)
	}
	return decodeNote(n)
}

// save has a note on disk when it returns.
func (p *Payer) save(ctx context.Context, n *noted) (err error) {
	if n.Data, err = json.Marshal(n.memo); err != nil {
		return err
	}
	if err := p.cfg.Notes.Save(ctx, n.Note); err != nil {
		return fmt.Errorf("noting channel %x: %w", n.ID, err)
	}
	return nil
}

// errSame says that nothing is to be changed.
var errSame = errors.New("the note stays as it is")

// change changes a channel's note on disk.
func (p *Payer) change(ctx context.Context, id pay.Hash, change func(*noted) error) error {
	l := p.lock(id)
	l.note.Lock()
	defer l.note.Unlock()
	n, err := p.load(ctx, id)
	if err != nil {
		return err
	}
	switch err := change(n); {
	case errors.Is(err, errSame):
		return nil
	case err != nil:
		return err
	}
	return p.save(ctx, n)
}
