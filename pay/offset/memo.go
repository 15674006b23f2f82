package offset

import (
	"encoding/json"

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
		most = most.Plus(s.Cumulative)
	}
	return most
}

// Owed returns what a client owes by a note of its: what it has promised beyond what the partner has taken in return, as far as that is known. Errors: ErrForm.
func Owed(n *pay.Note) (unit.Amount, error) {
	o, err := DecodeOpening(n.Opening)
	if err != nil || o.Shown == nil {
		return n.Promised, err
	}
	return n.Promised.Minus(o.Shown.Cumulative), nil
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
	n.Data, n.Opening = data, n.opening.Encode()
	return n.Note, err
}
