package lottery

import (
	"encoding/binary"
	"fmt"

	"github.com/candela-les/candela/unit"
)

// MaxUnpaid is how many winners of a channel may be unpaid at once.
const MaxUnpaid = 32

// Unpaid is a series that has a winner, or may have, which is not seen to be paid.
type Unpaid struct {
	Series  uint64
	Face    unit.Amount
	ExpiryS uint64 // after which it is not paid any more
}

// sameWinner reports whether at most one winner of both is paid.
func (u *Unpaid) sameWinner(other Unpaid) bool {
	return u.Series == other.Series && u.Face == other.Face
}

const unpaidSize = 8 + amountSize + 8

// Evidence makes a channel again: its last promise, and which winners before it wait to be paid. All other tickets before it were drawn, and lost, or
// their series would be over.
type Evidence struct {
	Opening Opening
	Unpaid  []Unpaid // series before this one
	Promise Promise
}

// Encode returns the evidence as a ledger keeps it.
func (e *Evidence) Encode() []byte {
	b := append(e.Opening.Encode(), byte(len(e.Unpaid)))
	for _, u := range e.Unpaid {
		b = binary.BigEndian.AppendUint64(b, u.Series)
		b = appendAmount(b, u.Face)
		b = binary.BigEndian.AppendUint64(b, u.ExpiryS)
	}
	return append(b, e.Promise.Encode()...)
}

// DecodeEvidence reads an evidence. Errors: ErrForm.
func DecodeEvidence(b []byte) (e Evidence, err error) {
	const head = openingSize + 1
	if len(b) < head || b[openingSize] > MaxUnpaid || len(b) < head+int(b[openingSize])*unpaidSize {
		return Evidence{}, fmt.Errorf("%w: an evidence of %d bytes", ErrForm, len(b))
	}
	if e.Opening, err = DecodeOpening(b[:openingSize]); err != nil {
		return Evidence{}, err
	}
	n := int(b[openingSize])
	b = b[head:]
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
