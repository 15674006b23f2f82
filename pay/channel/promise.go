package channel

import (
	"encoding/binary"
	"fmt"

	"github.com/candela-les/candela/pay/eip712"
	"github.com/candela-les/candela/pay/voucher"
	"github.com/candela-les/candela/unit"
)

// Promise is x402's voucher without the channel, which both ends know.
type Promise = voucher.Promise

// DecodePromise reads a promise; whether its signature is one is not looked at. Errors: ErrForm.
func DecodePromise(b []byte) (Promise, error) { return voucher.Decode(b) }

// Evidence is what a promise is collected with.
type Evidence struct {
	Opening Opening
	Promise Promise
}

// Encode returns the evidence as a ledger keeps it: the opening, and the promise after it.
func (e *Evidence) Encode() []byte { return append(e.Opening.Encode(), e.Promise.Encode()...) }

// DecodeEvidence reads an evidence. Errors: ErrForm.
func DecodeEvidence(b []byte) (e Evidence, err error) {
	if len(b) != openingSize+voucher.Size {
		return Evidence{}, fmt.Errorf("%w: an evidence has %d bytes", ErrForm, openingSize+voucher.Size)
	}
	if e.Opening, err = DecodeOpening(b[:openingSize]); err != nil {
		return Evidence{}, err
	}
	e.Promise, err = DecodePromise(b[openingSize:])
	return e, err
}

// A refund is an amount, a nonce and the receiver's signature of both.
const refundSize = voucher.AmountSize + 8 + len(eip712.Signature{})

// Refund is what a receiver hands to a payer that closes: the payer may have Amount back at once.
type Refund struct {
	Amount    unit.Amount
	Nonce     uint64
	Signature eip712.Signature
}

// Encode returns the refund as it is sent.
func (r *Refund) Encode() []byte {
	amount := r.Amount.Bytes()
	b := append(make([]byte, 0, refundSize), amount[:]...)
	b = binary.BigEndian.AppendUint64(b, r.Nonce)
	return append(b, r.Signature[:]...)
}

// DecodeRefund reads a refund. Errors: ErrForm.
func DecodeRefund(b []byte) (r Refund, err error) {
	if len(b) != refundSize {
		return Refund{}, fmt.Errorf("%w: a refund has %d bytes", ErrForm, refundSize)
	}
	r.Amount = unit.AmountOfBytes([voucher.AmountSize]byte(b))
	r.Nonce = binary.BigEndian.Uint64(b[voucher.AmountSize:])
	copy(r.Signature[:], b[voucher.AmountSize+8:])
	return r, nil
}
