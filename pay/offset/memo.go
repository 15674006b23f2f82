package offset

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/unit"
)

// memo is what is noted beside what all methods do: pay.Note.Data, as JSON.
type memo struct {
	Threshold unit.Amount // the server's, by its terms
}

// noted is a channel's note, taken apart.
type noted struct {
	pay.Note
	memo
	opening Opening
}

// most is up to what may be promised, from the beginning on, with the client's own threshold.
func (n *noted) most(own unit.Amount) unit.Amount {
	most := n.Threshold.Min(own)
	if s := n.opening.Shown; s != nil {
		most = most.Plus(s.Total)
	}
	return most
}

// Owed returns what a client owes by a note of its: what it has promised beyond what the partner has taken in return, as far as that is known. Errors: ErrForm.
func Owed(n *pay.Note) (unit.Amount, error) {
	o, err := DecodeOpening(n.Opening)
	if err != nil || o.Shown == nil {
		return n.Promised, err
	}
	return n.Promised.Minus(o.Shown.Total), nil
}

// load returns a channel's note, if there is one.
func (p *Payer) load(ctx context.Context, id pay.Hash) (n *noted, ok bool, err error) {
	note, ok, err := p.cfg.Notes.Load(ctx, Method, id)
	if err != nil {
		return nil, false, fmt.Errorf("the note of channel %x: %w", id, err)
	}
	if !ok {
		return nil, false, nil
	}
	n = &noted{Note: note}
	if n.opening, err = DecodeOpening(note.Opening); err == nil && len(note.Data) > 0 {
		err = json.Unmarshal(note.Data, &n.memo)
	}
	if err != nil {
		return nil, false, fmt.Errorf("the note of channel %x: %w", id, err)
	}
	return n, true, nil
}

// known returns a channel's note. Errors: a *pay.Refusal with NoChannel if there is none.
func (p *Payer) known(ctx context.Context, id pay.Hash) (*noted, error) {
	n, ok, err := p.load(ctx, id)
	if err == nil && !ok {
		err = pay.Refuse(pay.NoChannel, "channel %x is not known here", id)
	}
	return n, err
}

// save has a note on disk when it returns.
func (p *Payer) save(ctx context.Context, n *noted) (err error) {
	if n.Data, err = json.Marshal(n.memo); err != nil {
		return err
	}
	n.Opening = n.opening.Encode()
	if err := p.cfg.Notes.Save(ctx, n.Note); err != nil {
		return fmt.Errorf("noting channel %x: %w", n.ID, err)
	}
	return nil
}
