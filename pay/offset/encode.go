package offset

import (
	"encoding/binary"
	"fmt"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/voucher"
	"github.com/candela-les/candela/unit"
)

// ErrForm says that bytes have not the form that they should have.
var ErrForm = voucher.ErrForm

// Statement says how much service a client has taken on account at a partner's servers, from the beginning on. Both are known to who reads it. It is the
// promise of this method.
type Statement = voucher.Promise

// DecodeStatement reads a statement; whether its signature is one is not looked at. Errors: ErrForm.
func DecodeStatement(b []byte) (Statement, error) { return voucher.Decode(b) }

// An info is a version, the operator's own light client and the threshold.
const (
	infoVersion = 1
	infoSize    = 1 + 20 + voucher.AmountSize
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
	i.Threshold = unit.AmountOfBytes([voucher.AmountSize]byte(b))
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
	b := append(make([]byte, 0, openingSize+voucher.Size), openingVersion)
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
	if len(b) != openingSize && len(b) != openingSize+voucher.Size || b[0] != openingVersion {
		return o, fmt.Errorf("%w: an opening has %d bytes, or %d with a statement, and begins with %d",
			ErrForm, openingSize, openingSize+voucher.Size, openingVersion)
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
	if len(b) < openingSize+voucher.Size {
		return e, fmt.Errorf("%w: an evidence has %d bytes at least", ErrForm, openingSize+voucher.Size)
	}
	promise, shown := b[openingSize:openingSize+voucher.Size], b[openingSize+voucher.Size:]
	opening := append(b[:openingSize:openingSize], shown...)
	if e.Opening, err = DecodeOpening(opening); err != nil {
		return Evidence{}, err
	}
	e.Promise, err = DecodeStatement(promise)
	return e, err
}
