package lottery

import (
	"encoding/binary"
	"fmt"

	"github.com/candela-les/candela/unit"
)

// MaxUnpaid is how many winners of a channel may be unpaid at once.
const MaxUnpaid = 32

// Unpaid is a series that has, or may have, a winner that is not seen to be paid.
type Unpaid struct {
	Series  uint64
	Face    unit.Amount
	ExpiryS uint64 // after which it is not paid any more
}

const unpaidSize = 8 + amountSize + 8

// Evidence makes a channel again: its last promise, and what is known of the tickets before it.
type Evidence struct {
	Opening Opening
	// Drawn is up to which number all tickets of the promise's series before it were drawn, and lost. If that is not all of
	// them, a winner may be among the others.
	Drawn   uint64
	Unpaid  []Unpaid // series before this one
	Promise Promise
}

// Encode returns the evidence as a ledger keeps it.
func (e *Evidence) Encode() []byte {
	b := append(e.Opening.Encode(), byte(len(e.Unpaid)))
	b = binary.BigEndian.AppendUint64(b, e.Drawn)
	for _, u := range e.Unpaid {
		b = binary.BigEndian.AppendUint64(b, u.Series)
		b = appendAmount(b, u.Face)
		b = binary.BigEndian.AppendUint64(b, u.ExpiryS)
	}
	return append(b, e.Promise.Encode()...)
}

// DecodeEvidence reads an evidence. Errors: ErrForm.
func DecodeEvidence(b []byte) (e Evidence, err error) {
	const head = openingSize + 1 + 8
	if len(b) < head || b[openingSize] > MaxUnpaid || len(b) < head+int(b[openingSize])*unpaidSize {
		return Evidence{}, fmt.Errorf("%w: an evidence of %d bytes", ErrForm, len(b))
	}
	if e.Opening, err = DecodeOpening(b[:openingSize]); err != nil {
		return Evidence{}, err
	}
	n := int(b[openingSize])
	e.Drawn, b = binary.BigEndian.Uint64(b[openingSize+1:]), b[head:]
	for range n {
		e.Unpaid = append(e.Unpaid, Unpaid{
			Series: binary.BigEndian.Uint64(b), Face: amountIn(b[8:]), ExpiryS: binary.BigEndian.Uint64(b[8+amountSize:]),
		})
		b = b[unpaidSize:]
	}
	e.Promise, err = DecodePromise(b)
	if err != nil {
		return Evidence{}, err
	}
	return e, nil
}
