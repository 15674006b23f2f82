package offset

import (
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/eip712"
	"github.com/candela-les/candela/unit"
)

// ErrForm says that bytes have not the form that they should have.
var ErrForm = errors.New("malformed")

// A statement is a total and the client's signature.
const (
	amountSize    = 16
	statementSize = amountSize + len(eip712.Signature{})
)

// Statement says how much service a client has taken on account at a partner's servers, from the beginning on. Both are known to who reads it.
type Statement struct {
	Total     unit.Amount
	Signature eip712.Signature
}

// Encode returns the statement as it is sent. It is the promise of this method.
func (s *Statement) Encode() []byte {
	total := s.Total.Bytes()
	return append(append(make([]byte, 0, statementSize), total[:]...), s.Signature[:]...)
}

// DecodeStatement reads a statement; whether its signature is one is not looked at. Errors: ErrForm.
func DecodeStatement(b []byte) (s Statement, err error) {
	if len(b) != statementSize {
		return s, fmt.Errorf("%w: a statement has %d bytes", ErrForm, statementSize)
	}
	s.Total = unit.AmountOfBytes([amountSize]byte(b))
	copy(s.Signature[:], b[amountSize:])
	return s, nil
}

// An info is a version, the operator's own light client and the threshold.
const (
	infoVersion = 1
	infoSize    = 1 + 20 + amountSize
)

// Info is what a provider says of itself.
type Info struct {
	Partner   pay.Address // the operator, by its own light client
	Threshold unit.Amount // the most that may be owed
}

// Encode returns the info as it stands in a seller's terms.
func (i *Info) Encode() []byte {
	threshold := i.Threshold.Bytes()
	b := append(make([]byte, 0, infoSize), infoVersion)
	b = append(b, i.Partner[:]...)
	return append(b, threshold[:]...)
}

// DecodeInfo reads an info. Errors: ErrForm.
func DecodeInfo(b []byte) (i Info, err error) {
	if len(b) != infoSize || b[0] != infoVersion {
		return i, fmt.Errorf("%w: an info has %d bytes and begins with %d", ErrForm, infoSize, infoVersion)
	}
	b = b[1:]
	b = b[copy(i.Partner[:], b):]
	i.Threshold = unit.AmountOfBytes([amountSize]byte(b))
	return i, nil
}

// An opening is a version, the asset, client and partner, and then nothing or a statement of the partner's.
const (
	openingVersion = 1
	openingSize    = 1 + 8 + 3*20
)

// Opening says whose service a channel is about.
type Opening struct {
	Asset   pay.Asset
	Client  pay.Address // who takes service
	Partner pay.Address // whose it is
	// Shown is how much the partner has taken in return, as it has signed; nil if that is nothing, or not known.
	Shown *Statement
}

// Encode returns the opening as it is sent.
func (o *Opening) Encode() []byte {
	b := append(make([]byte, 0, openingSize+statementSize), openingVersion)
	b = binary.BigEndian.AppendUint64(b, o.Asset.ChainID)
	b = append(b, o.Asset.Token[:]...)
	b = append(b, o.Client[:]...)
	b = append(b, o.Partner[:]...)
	if o.Shown != nil {
		b = append(b, o.Shown.Encode()...)
	}
	return b
}

// DecodeOpening reads an opening. Errors: ErrForm.
func DecodeOpening(b []byte) (o Opening, err error) {
	if len(b) != openingSize && len(b) != openingSize+statementSize || b[0] != openingVersion {
		return o, fmt.Errorf("%w: an opening has %d bytes, or %d with a statement, and begins with %d",
			ErrForm, openingSize, openingSize+statementSize, openingVersion)
	}
	o.Asset.ChainID = binary.BigEndian.Uint64(b[1:])
	rest := b[9:]
	rest = rest[copy(o.Asset.Token[:], rest):]
	rest = rest[copy(o.Client[:], rest):]
	rest = rest[copy(o.Partner[:], rest):]
	if len(rest) > 0 {
		shown, err := DecodeStatement(rest)
		if err != nil {
			return Opening{}, err
		}
		o.Shown = &shown
	}
	return o, nil
}

// Evidence is what a ledger keeps of a channel: the opening with what was shown when the last promise was verified, and that promise.
type Evidence struct {
	Opening Opening
	Promise Statement
}

// Encode returns the evidence: the opening without a statement, the promise, and then what was shown, if anything was.
func (e *Evidence) Encode() []byte {
	o := e.Opening
	o.Shown = nil
	b := append(o.Encode(), e.Promise.Encode()...)
	if e.Opening.Shown != nil {
		b = append(b, e.Opening.Shown.Encode()...)
	}
	return b
}

// DecodeEvidence reads an evidence. Errors: ErrForm.
func DecodeEvidence(b []byte) (e Evidence, err error) {
	if len(b) < openingSize+statementSize {
		return e, fmt.Errorf("%w: an evidence has %d bytes at least", ErrForm, openingSize+statementSize)
	}
	promise, shown := b[openingSize:openingSize+statementSize], b[openingSize+statementSize:]
	opening := append(b[:openingSize:openingSize], shown...)
	if e.Opening, err = DecodeOpening(opening); err != nil {
		return Evidence{}, err
	}
	e.Promise, err = DecodeStatement(promise)
	return e, err
}
