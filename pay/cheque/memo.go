package cheque

import (
	"encoding/json"

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

func decodeNote(n pay.Note) (d *noted, err error) {
	d = &noted{Note: n}
	d.opening, err = DecodeOpening(n.Opening)
	if err == nil && len(n.Data) > 0 {
		err = json.Unmarshal(n.Data, &d.memo)
	}
	return d, err
}

func encodeNote(n *noted) (pay.Note, error) {
	data, err := json.Marshal(n.memo)
	n.Data = data
	return n.Note, err
}
