package lottery

import (
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/ethereum/go-ethereum/crypto"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/unit"
)

// ErrForm says that bytes have not the form that they should have.
var ErrForm = errors.New("malformed")

// An opening is a version, the chain's ID and five addresses.
const (
	openingVersion = 1
	openingSize    = 1 + 8 + 5*20
)

// Opening is what a client says of the pots it pays from: all that its tickets to one payee have in common.
type Opening struct {
	ChainID  uint64
	Contract pay.Address
	Funder   pay.Address // whose money it is
	Payer    pay.Address // signs tickets: the client's session key
	Payee    pay.Address
	Token    pay.Address
}

// ID returns what the tickets of one payer to one payee are known by, here and in a ledger; not on the chain.
func (o *Opening) ID() pay.Hash {
	return pay.Hash(crypto.Keccak256Hash([]byte("candela lottery\x00"), o.Encode()))
}

func (o *Opening) addresses() []*pay.Address {
	return []*pay.Address{&o.Contract, &o.Funder, &o.Payer, &o.Payee, &o.Token}
}

// Encode returns the opening as it is sent.
func (o *Opening) Encode() []byte {
	b := append(make([]byte, 0, openingSize), openingVersion)
	b = binary.BigEndian.AppendUint64(b, o.ChainID)
	for _, a := range o.addresses() {
		b = append(b, a[:]...)
	}
	return b
}

// DecodeOpening reads an opening. Errors: ErrForm.
func DecodeOpening(b []byte) (o Opening, err error) {
	if len(b) != openingSize || b[0] != openingVersion {
		return Opening{}, fmt.Errorf("%w: an opening has %d bytes and begins with %d", ErrForm, openingSize, openingVersion)
	}
	o.ChainID, b = binary.BigEndian.Uint64(b[1:]), b[9:]
	for _, a := range o.addresses() {
		b = b[copy(a[:], b):]
	}
	return o, nil
}

// An info is a version, the contract, the payee, the least face and how many winners may wait unpaid on credit.
const (
	infoVersion = 1
	infoSize    = 1 + 2*20 + amountSize + 1
)

// Info is what a provider says of itself: who is to be paid, and how much a client has to lock.
type Info struct {
	Contract pay.Address
	Payee    pay.Address
	Face     unit.Amount // of the series it announces at present: a lock of less is of no use
	Credit   uint8       // how many winners may be unpaid that only an open pot secures; 0: a lock is wanted
}

// Encode returns the info as it stands in a seller's terms.
func (i *Info) Encode() []byte {
	b := append(make([]byte, 0, infoSize), infoVersion)
	b = append(append(b, i.Contract[:]...), i.Payee[:]...)
	b = appendAmount(b, i.Face)
	return append(b, i.Credit)
}

// DecodeInfo reads an info. Errors: ErrForm.
func DecodeInfo(b []byte) (i Info, err error) {
	if len(b) != infoSize || b[0] != infoVersion {
		return Info{}, fmt.Errorf("%w: an info has %d bytes and begins with %d", ErrForm, infoSize, infoVersion)
	}
	b = b[1:]
	b = b[copy(i.Contract[:], b):]
	b = b[copy(i.Payee[:], b):]
	i.Face, i.Credit = amountIn(b), b[amountSize]
	return i, nil
}

const amountSize = 16

func appendAmount(b []byte, a unit.Amount) []byte {
	amount := a.Bytes()
	return append(b, amount[:]...)
}

// amountIn reads the amount at the beginning of b.
func amountIn(b []byte) unit.Amount { return unit.AmountOfBytes([amountSize]byte(b[:amountSize])) }
