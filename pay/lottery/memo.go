package lottery

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
	// How many transactions of each kind were begun and are over: the number in the name of the next.
	Locks, Warnings, Ends uint64 `json:",omitempty"`
	// Locking is how much the transaction locks that was begun and is not over.
	Locking unit.Amount
	Closing bool     `json:",omitempty"` // nothing is promised any more
	Series  []byte   `json:",omitempty"` // as it was announced last
	Last    uint64   `json:",omitempty"` // the highest number of a ticket that was signed in it
	Signed  []Unpaid `json:",omitempty"` // series in which tickets were signed, and which may have a winner yet
}

// noted is a channel's note, taken apart.
type noted struct {
	pay.Note
	memo
	opening Opening
	series  Series // zero if none was announced
}

func decodeNote(n pay.Note) (*noted, error) {
	o, err := DecodeOpening(n.Opening)
	d := &noted{Note: n, opening: o}
	if err == nil && len(n.Data) > 0 {
		err = json.Unmarshal(n.Data, &d.memo)
	}
	if err == nil && len(d.Series) > 0 {
		d.series, err = DecodeSeries(d.Series)
	}
	if err != nil {
		return nil, fmt.Errorf("the note of channel %x: %w", n.ID, err)
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

// errSame says that nothing is to be changed.
var errSame = errors.New("the note stays as it is")

// change changes a channel's note on disk.
func (p *Payer) change(ctx context.Context, id pay.Hash, change func(*noted) error) error {
	p.notes.Lock()
	defer p.notes.Unlock()
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
	if n.Data, err = json.Marshal(n.memo); err != nil {
		return err
	}
	if err := p.cfg.Notes.Save(ctx, n.Note); err != nil {
		return fmt.Errorf("noting channel %x: %w", n.ID, err)
	}
	return nil
}
