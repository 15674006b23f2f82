package channel

import (
	"encoding/binary"
	"fmt"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/voucher"
)

// The contracts' addresses, the same on every chain: they are part of what is signed.
var (
	// Settlement holds all channels: x402's batch settlement.
	Settlement = pay.Address{0x40, 0x20, 0x07, 0x4e, 0x9d, 0xf2, 0xce, 0x1d, 0xee, 0x5a, 0x9c, 0x1b, 0x5c, 0x3f, 0x54, 0x1d, 0x02, 0xa1, 0x00, 0x03}
	// Collector brings deposits that are signed by ERC-3009.
	Collector = pay.Address{0x40, 0x20, 0x80, 0x60, 0x89, 0x47, 0x0a, 0x89, 0x82, 0x6c, 0xb9, 0xfb, 0x1f, 0x40, 0x59, 0x15, 0x0b, 0x55, 0x00, 0x04}
)

// What the contract lets a withdrawal wait, in seconds.
const (
	LeastDelayS = 15 * 60
	MostDelayS  = 30 * 24 * 60 * 60
)

// Config is all that a channel is made of. Its digest is the channel's ID.
type Config struct {
	Payer              pay.Address // whose money it is, and who gets back what is not claimed
	PayerAuthorizer    pay.Address // signs promises
	Receiver           pay.Address // is paid
	ReceiverAuthorizer pay.Address // signs claims and refunds
	Token              pay.Address
	WithdrawDelayS     uint64 // how long a withdrawal of the payer's waits; at most MostDelayS
	Salt               pay.Hash
}

// An opening is a version, the chain's ID and the config, all of fixed length.
const (
	openingVersion = 1
	delaySize      = 5 // a uint40
	openingSize    = 1 + 8 + 5*20 + delaySize + 32
)

// ErrForm says that bytes have not the form that they should have.
var ErrForm = voucher.ErrForm

// Opening is what a client says of a channel that it has opened: all that the channel's ID is made of.
type Opening struct {
	ChainID uint64
	Config  Config
}

// Encode returns the opening as it is sent.
func (o *Opening) Encode() []byte {
	c := &o.Config
	b := make([]byte, 0, openingSize)
	b = append(b, openingVersion)
	b = binary.BigEndian.AppendUint64(b, o.ChainID)
	for _, a := range []*pay.Address{&c.Payer, &c.PayerAuthorizer, &c.Receiver, &c.ReceiverAuthorizer, &c.Token} {
		b = append(b, a[:]...)
	}
	b = appendDelay(b, c.WithdrawDelayS)
	return append(b, c.Salt[:]...)
}

// DecodeOpening reads an opening. Errors: ErrForm.
func DecodeOpening(b []byte) (o Opening, err error) {
	if len(b) != openingSize || b[0] != openingVersion {
		return Opening{}, fmt.Errorf("%w: an opening has %d bytes and begins with %d", ErrForm, openingSize, openingVersion)
	}
	c := &o.Config
	o.ChainID, b = binary.BigEndian.Uint64(b[1:]), b[9:]
	for _, a := range []*pay.Address{&c.Payer, &c.PayerAuthorizer, &c.Receiver, &c.ReceiverAuthorizer, &c.Token} {
		b = b[copy(a[:], b):]
	}
	c.WithdrawDelayS, b = delayOf(b), b[delaySize:]
	copy(c.Salt[:], b)
	return o, nil
}

// An info is a version, the receiver, its authorizer and the shortest delay that is taken.
const (
	infoVersion = 1
	infoSize    = 1 + 2*20 + delaySize
)

// Info is what a provider says of itself: who is to be paid, and how.
type Info struct {
	Receiver           pay.Address
	ReceiverAuthorizer pay.Address
	DelayS             uint64 // the least WithdrawDelayS
}

// Encode returns the info as it stands in a seller's terms.
func (i *Info) Encode() []byte {
	b := append(make([]byte, 0, infoSize), infoVersion)
	b = append(b, i.Receiver[:]...)
	b = append(b, i.ReceiverAuthorizer[:]...)
	return appendDelay(b, i.DelayS)
}

// DecodeInfo reads an info. Errors: ErrForm.
func DecodeInfo(b []byte) (i Info, err error) {
	if len(b) != infoSize || b[0] != infoVersion {
		return Info{}, fmt.Errorf("%w: an info has %d bytes and begins with %d", ErrForm, infoSize, infoVersion)
	}
	b = b[1:]
	b = b[copy(i.Receiver[:], b):]
	b = b[copy(i.ReceiverAuthorizer[:], b):]
	i.DelayS = delayOf(b)
	return i, nil
}

// appendDelay appends a number of seconds as a uint40.
func appendDelay(b []byte, s uint64) []byte {
	full := binary.BigEndian.AppendUint64(nil, s)
	return append(b, full[8-delaySize:]...)
}

func delayOf(b []byte) uint64 {
	var full [8]byte
	copy(full[8-delaySize:], b[:delaySize])
	return binary.BigEndian.Uint64(full[:])
}
