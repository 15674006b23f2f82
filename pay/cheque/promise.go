package cheque

import (
	"encoding/binary"
	"fmt"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/voucher"
)

// ErrForm says that bytes have not the form that they should have.
var ErrForm = voucher.ErrForm

// An opening is a version, the chain's ID, the chequebook and its beneficiary.
const (
	openingVersion = 1
	openingSize    = 1 + 8 + 2*20
)

// Opening is what a client says of a channel that it has opened. Who may pay by it is the chequebook's issuer.
type Opening struct {
	ChainID     uint64
	Book        pay.Address // the client's chequebook
	Beneficiary pay.Address // who is paid
}

// Encode returns the opening as it is sent.
func (o *Opening) Encode() []byte {
	b := append(make([]byte, 0, openingSize), openingVersion)
	b = binary.BigEndian.AppendUint64(b, o.ChainID)
	b = append(b, o.Book[:]...)
	return append(b, o.Beneficiary[:]...)
}

// DecodeOpening reads an opening. Errors: ErrForm.
func DecodeOpening(b []byte) (o Opening, err error) {
	if len(b) != openingSize || b[0] != openingVersion {
		return Opening{}, fmt.Errorf("%w: an opening has %d bytes and begins with %d", ErrForm, openingSize, openingVersion)
	}
	o.ChainID, b = binary.BigEndian.Uint64(b[1:]), b[9:]
	b = b[copy(o.Book[:], b):]
	copy(o.Beneficiary[:], b)
	return o, nil
}

// An info is a version, the beneficiary, the factory and the shortest timeout that is taken.
const (
	infoVersion = 1
	infoSize    = 1 + 2*20 + 8
)

// Info is what a provider says of itself: who is to be paid, and out of which factory's chequebooks.
type Info struct {
	Beneficiary pay.Address
	Factory     pay.Address
	TimeoutS    uint64 // the shortest timeout of hard deposits
}

// Encode returns the info as it stands in a seller's terms.
func (i *Info) Encode() []byte {
	b := append(make([]byte, 0, infoSize), infoVersion)
	b = append(b, i.Beneficiary[:]...)
	b = append(b, i.Factory[:]...)
	return binary.BigEndian.AppendUint64(b, i.TimeoutS)
}

// DecodeInfo reads an info. Errors: ErrForm.
func DecodeInfo(b []byte) (i Info, err error) {
	if len(b) != infoSize || b[0] != infoVersion {
		return Info{}, fmt.Errorf("%w: an info has %d bytes and begins with %d", ErrForm, infoSize, infoVersion)
	}
	b = b[1:]
	b = b[copy(i.Beneficiary[:], b):]
	b = b[copy(i.Factory[:], b):]
	i.TimeoutS = binary.BigEndian.Uint64(b)
	return i, nil
}

// Promise is Swarm's cheque without chequebook and beneficiary, which both ends know.
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
