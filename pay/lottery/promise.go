package lottery

import (
	"encoding/binary"
	"fmt"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/eip712"
	"github.com/candela-les/candela/unit"
)

// MaxTickets is how many tickets a promise may carry.
const MaxTickets = 16

// A promise is a series, the number of its first ticket, and the tickets.
const (
	signedSize  = 32 + len(eip712.Signature{})
	promiseHead = seriesSize + 8
)

// Signed is what travels of a ticket: the rest is in its series, and its number follows from its place.
type Signed struct {
	Seed      pay.Hash
	Signature eip712.Signature
}

// Promise is tickets with consecutive numbers of one series. It adds to the promises before it, and comes to as many
// credits as its last ticket has a number, above the series' base.
type Promise struct {
	Series  Series
	First   uint64 // the number of the first ticket, from 1 on
	Tickets []Signed
}

// Last is the number of the last ticket.
func (p *Promise) Last() uint64 { return p.First + uint64(len(p.Tickets)) - 1 }

// Spans returns what must have been promised before, and what the promise comes to. Errors: ErrForm.
func (p *Promise) Spans() (from, cumulative unit.Amount, err error) {
	from, ok := p.Series.After(p.First - 1)
	cumulative, ok2 := p.Series.After(p.Last())
	if !ok || !ok2 {
		return from, cumulative, fmt.Errorf("%w: tickets worth more than there can be", ErrForm)
	}
	return from, cumulative, nil
}

// Encode returns the promise as it is sent.
func (p *Promise) Encode() []byte {
	b := make([]byte, 0, promiseHead+len(p.Tickets)*signedSize)
	b = append(b, p.Series.Encode()...)
	b = binary.BigEndian.AppendUint64(b, p.First)
	for i := range p.Tickets {
		b = append(append(b, p.Tickets[i].Seed[:]...), p.Tickets[i].Signature[:]...)
	}
	return b
}

// DecodePromise reads a promise; whether its signatures are any is not looked at. Errors: ErrForm.
func DecodePromise(b []byte) (p Promise, err error) {
	rest := len(b) - promiseHead
	n := rest / signedSize
	if rest <= 0 || rest%signedSize != 0 || n > MaxTickets {
		return Promise{}, fmt.Errorf("%w: a promise of %d bytes has not 1 to %d tickets", ErrForm, len(b), MaxTickets)
	}
	if p.Series, err = DecodeSeries(b[:seriesSize]); err != nil {
		return Promise{}, err
	}
	p.First, b = binary.BigEndian.Uint64(b[seriesSize:]), b[promiseHead:]
	if p.First == 0 || p.First+uint64(n) < p.First {
		return Promise{}, fmt.Errorf("%w: tickets are numbered from 1 on", ErrForm)
	}
	p.Tickets = make([]Signed, n)
	for i := range p.Tickets {
		t := &p.Tickets[i]
		b = b[copy(t.Seed[:], b):]
		b = b[copy(t.Signature[:], b):]
	}
	return p, nil
}

// Claim is what a winner is redeemed with, beside the reveal, which its payee knows.
type Claim struct {
	Opening Opening
	Series  Series
	Number  uint64
	Ticket  Signed
}

const claimSize = openingSize + seriesSize + 8 + signedSize

// Encode returns the claim as a ledger keeps it.
func (c *Claim) Encode() []byte {
	p := Promise{Series: c.Series, First: c.Number, Tickets: []Signed{c.Ticket}}
	return append(c.Opening.Encode(), p.Encode()...)
}

// DecodeClaim reads a claim. Errors: ErrForm.
func DecodeClaim(b []byte) (c Claim, err error) {
	if len(b) != claimSize {
		return Claim{}, fmt.Errorf("%w: a claim has %d bytes", ErrForm, claimSize)
	}
	if c.Opening, err = DecodeOpening(b[:openingSize]); err != nil {
		return Claim{}, err
	}
	p, err := DecodePromise(b[openingSize:])
	if err != nil {
		return Claim{}, err
	}
	c.Series, c.Number, c.Ticket = p.Series, p.First, p.Tickets[0]
	return c, nil
}

// Signed returns the winner as its payer signed it.
func (c *Claim) Signed() Ticket { return c.Series.TicketOf(&c.Opening, c.Number, c.Ticket.Seed) }
