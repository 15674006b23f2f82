package channel

import (
	"encoding/json"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/unit"
)

// memo is what a payer notes beside what all methods do: pay.Note.Data, as JSON.
type memo struct {
	// How many transactions of each kind were begun and are over: the number in the name of the next.
	Deposits, Withdrawals, Ends uint64 `json:",omitempty"`
	// Depositing is the deposit that was begun and is not over.
	Depositing *deposit `json:",omitempty"`
	// Closing: nothing is promised any more.
	Closing bool `json:",omitempty"`
	// Refund is what the provider handed out, until it was used.
	Refund []byte `json:",omitempty"`
}

// deposit is one transaction that locks more.
type deposit struct {
	From         unit.Amount // what was locked before
	To           unit.Amount // and what will be
	ValidBeforeS uint64      // until when the token takes it, Unix seconds of the chain
}

// noted is a channel's note, taken apart.
type noted struct {
	pay.Note
	memo
	config Config
}

func decodeNote(n pay.Note) (*noted, error) {
	o, err := DecodeOpening(n.Opening)
	d := &noted{Note: n, config: o.Config}
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
