// Package voucher has what those methods share whose promises say what a channel has come to since its beginning, so that the highest replaces all before:
// x402's vouchers, and Swarm's cheques. A promise is that amount and its payer's signature; what exactly is signed, and how it is collected, is each method's
// own.
//
// It holds the rules by which a promise is made and by which the two ends agree again, on a channel's note (pay.Note). It knows no chain, and keeps nothing.
package voucher

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/eip712"
	"github.com/candela-les/candela/unit"
)

// ErrForm says that bytes have not the form that they should have.
var ErrForm = errors.New("malformed")

// AmountSize and Size are how many bytes an amount and a promise have.
const (
	AmountSize = 16
	Size       = AmountSize + len(eip712.Signature{})
)

// Promise is what a channel has come to with it, and the payer's signature of that.
type Promise struct {
	Cumulative unit.Amount
	Signature  eip712.Signature
}

// Encode returns the promise as it is sent.
func (p *Promise) Encode() []byte {
	amount := p.Cumulative.Bytes()
	b := append(make([]byte, 0, Size), amount[:]...)
	return append(b, p.Signature[:]...)
}

// Decode reads a promise; whether its signature is one is not looked at. Errors: ErrForm.
func Decode(b []byte) (p Promise, err error) {
	if len(b) != Size {
		return Promise{}, fmt.Errorf("%w: a promise has %d bytes", ErrForm, Size)
	}
	p.Cumulative = unit.AmountOfBytes([AmountSize]byte(b))
	copy(p.Signature[:], b[AmountSize:])
	return p, nil
}

// Read is pay.Channel.Read.
func Read(promise []byte) (unit.Amount, error) {
	p, err := Decode(promise)
	if err != nil {
		return unit.Amount{}, pay.Refuse(pay.Malformed, "%v", err)
	}
	return p.Cumulative, nil
}

// Channel is what makes a promise one of a channel.
type Channel struct {
	ID     pay.Hash
	Payer  pay.Address                           // whose signature it has
	Digest func(cumulative unit.Amount) pay.Hash // what is signed
}

// Verify reads a promise and verifies its signature. Errors: a *pay.Refusal with Malformed or BadSign.
func (c Channel) Verify(promise []byte) (Promise, error) {
	p, err := Decode(promise)
	if err != nil {
		return p, pay.Refuse(pay.Malformed, "%v", err)
	}
	if by, err := p.Signature.Recover(c.Digest(p.Cumulative)); err != nil || by != c.Payer {
		return p, pay.Refuse(pay.BadSign, "the promise of %s is not signed by %x for channel %x", p.Cumulative, c.Payer, c.ID)
	}
	return p, nil
}

// Shown returns the promise that a provider shows as the last that it has accepted, if what it says can be true: collected ≤ accepted ≤ signed. It is zero if
// none is shown. Errors: a *pay.Refusal with Malformed or Contradicts.
func (c Channel) Shown(s pay.Standing, collected unit.Amount) (last Promise, err error) {
	if len(s.Last) > 0 {
		last, err = c.Verify(s.Last)
	}
	if r, refused := errors.AsType[*pay.Refusal](err); refused && r.Reason == pay.BadSign {
		return last, pay.Refuse(pay.Contradicts, "a promise of %s is shown for channel %x that is not signed by this client", last.Cumulative, c.ID)
	}
	switch {
	case err != nil:
		return last, err
	case last.Cumulative.Cmp(s.Cumulative) < 0:
		return last, pay.Refuse(pay.Contradicts, "%s are said to be accepted over channel %x, and the promise shown for it comes to %s", s.Cumulative, c.ID, last.Cumulative)
	case collected.Cmp(s.Cumulative) > 0:
		return last, pay.Refuse(pay.Contradicts, "%s were collected from channel %x, and only %s are said to be accepted", collected, c.ID, s.Cumulative)
	}
	return last, nil
}

// Accepted notes what a provider has accepted, by what Shown has returned. A promise that is not noted any more, or not yet, is noted: it was signed.
func Accepted(n *pay.Note, s pay.Standing, last Promise) error {
	if s.Cumulative.Cmp(n.Accepted) < 0 {
		return pay.Refuse(pay.Contradicts, "%s were accepted over channel %x before, and now only %s", n.Accepted, n.ID, s.Cumulative)
	}
	n.Accepted = s.Cumulative
	if last.Cumulative.Cmp(n.Promised) > 0 { // the notes were lost, or are old
		n.Promised, n.Promise = last.Cumulative, bytes.Clone(s.Last)
	}
	return nil
}

// Sign notes a promise that comes to cumulative; pay.ErrSame if one that is noted does. Errors: a *pay.Refusal with Closing, or Uncovered if less is locked;
// the signer's.
func (c Channel) Sign(n *pay.Note, by eip712.Signer, cumulative unit.Amount, closing bool) error {
	switch {
	case n.Promise != nil && cumulative.Cmp(n.Promised) <= 0:
		return pay.ErrSame
	case closing || n.Closed:
		return pay.Refuse(pay.Closing, "channel %x is being closed", n.ID)
	case cumulative.Cmp(n.Deposit) > 0:
		return &pay.Refusal{Reason: pay.Uncovered, Most: n.Deposit, Text: fmt.Sprintf("channel %x has %s locked", n.ID, n.Deposit)}
	}
	signature, err := eip712.Sign(by, c.Digest(cumulative))
	if err != nil {
		return err
	}
	p := Promise{Cumulative: cumulative, Signature: signature}
	n.Promised, n.Promise = cumulative, p.Encode()
	return nil
}
