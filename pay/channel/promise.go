package channel

import (
	"encoding/binary"
	"fmt"

	"github.com/candela-les/candela/pay/eip712"
	"github.com/candela-les/candela/unit"
)

// A promise is what it comes to and the payer's signature of that.
const (
	amountSize  = 16
	promiseSize = amountSize + len(eip712.Signature{})
)

// Promise is x402's voucher without the channel, which both ends know.
type Promise struct {
	Cumulative unit.Amount
	Signature  eip712.Signature
}

// Encode returns the promise as it is sent.
func (p *Promise) Encode() []byte {
	b := make([]byte, 0, promiseSize)
	amount := p.Cumulative.Bytes()
	return append(append(b, amount[:]...), p.Signature[:]...)
}

// DecodePromise reads a promise; whether its signature is one is not looked at. Errors: ErrForm.
func DecodePromise(b []byte) (p Promise, err error) {
	if len(b) != promiseSize {
		return Promise{}, fmt.Errorf("%w: a promise has %d bytes", ErrForm, promiseSize)
	}
	p.Cumulative = unit.AmountOfBytes([amountSize]byte(b))
	copy(p.Signature[:], b[amountSize:])
	return p, nil
}

// Evidence is what a promise is collected with.
type Evidence struct {
	Opening Opening
	Promise Promise
}

// Encode returns the evidence as a ledger keeps it: the opening, and the promise after it.
func (e *Evidence) Encode() []byte { return append(e.Opening.Encode(), e.Promise.Encode()...) }

// DecodeEvidence reads an evidence. Errors: ErrForm.
func DecodeEvidence(b []byte) (e Evidence, err error) {
	if len(b) != openingSize+promiseSize {
		return Evidence{}, fmt.Errorf("%w: an evidence has %d bytes", ErrForm, openingSize+promiseSize)
	}
	if e.Opening, err = DecodeOpening(b[:openingSize]); err != nil {
		return Evidence{}, err
	}
	e.Promise, err = DecodePromise(b[openingSize:])
	return e, err
}

// A refund is an amount, a nonce and the receiver's signature of both.
const refundSize = amountSize + 8 + len(eip712.Signature{})

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
	r.Amount = unit.AmountOfBytes([amountSize]byte(b))
	r.Nonce = binary.BigEndian.Uint64(b[amountSize:])
	copy(r.Signature[:], b[amountSize+8:])
	return r, nil
}
