package lottery

import (
	"encoding/binary"
	"fmt"
	"math/bits"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/unit"
)

// A series' size: number, base, face, ratio, commitment, expiry, seal.
const (
	sealSize   = 16
	seriesSize = 8 + 2*amountSize + 8 + 32 + 8 + sealSize
)

// Series is what a payee announces to one payer: all that its tickets have in common beside the opening.
//
// It is sealed, and comes back with each promise, so that a payee need not remember what it has announced: what it did
// before it lost its memory is as good as ever.
type Series struct {
	Number     uint64
	Base       unit.Amount // what the channel's promises come to before the first ticket
	Face       unit.Amount
	Ratio      uint64
	Commitment pay.Hash
	ExpiryS    uint64
	Seal       [sealSize]byte // by which the payee knows that it has announced this, for this channel
}

// Credit is what one ticket is worth: ⌊face·(ratio + 1) / 2⁶⁴⌋.
func (s *Series) Credit() unit.Amount {
	faceHi, faceLo := s.Face.Words()
	hi, mid := bits.Mul64(faceHi, s.Ratio)
	carried, lo := bits.Mul64(faceLo, s.Ratio)
	mid, c := bits.Add64(mid, carried, 0)
	hi += c
	_, c = bits.Add64(lo, faceLo, 0)
	mid, c = bits.Add64(mid, faceHi, c)
	return unit.AmountOfWords(hi+c, mid)
}

// rounded reports whether a ticket draws more than what it counts for, in expectation, by more than a hundredth of that. What a payee is given is
// counted by credits, which are whole base units; of tickets that are worth less than a hundred of them, a payer could be had to sign any number whose
// fractions count for nothing.
func (s *Series) rounded() bool {
	hi, credit := s.Credit().Words()
	if hi > 0 {
		return false
	}
	_, low := s.Face.Words()
	over, below := bits.Mul64(low*(s.Ratio+1), 100) // a hundred times the fraction; modulo 2⁶⁴ the rest of the product does not matter
	return over > credit || over == credit && below > 0
}

// worth is what so many tickets are worth.
func (s *Series) worth(tickets uint64) unit.Amount {
	from := Series{Face: s.Face, Ratio: s.Ratio}
	sum, ok := from.After(tickets)
	if !ok {
		return unit.MaxAmount()
	}
	return sum
}

// unpaid is the series as it may be paid.
func (s *Series) unpaid() Unpaid { return Unpaid{Series: s.Number, Face: s.Face, ExpiryS: s.ExpiryS} }

// After is what the channel's promises come to with ticket number n of the series. ok is false if that is more than there can be.
func (s *Series) After(n uint64) (sum unit.Amount, ok bool) {
	hi, lo := s.Credit().Words()
	over, top := bits.Mul64(hi, n)
	carried, low := bits.Mul64(lo, n)
	top, c := bits.Add64(top, carried, 0)
	if over+c != 0 {
		return unit.Amount{}, false
	}
	return s.Base.Add(unit.AmountOfWords(top, low))
}

// TicketOf returns a ticket of the series.
func (s *Series) TicketOf(o *Opening, number uint64, seed pay.Hash) Ticket {
	return Ticket{
		Funder: o.Funder, Payer: o.Payer, Payee: o.Payee, Token: o.Token,
		Series: s.Number, Number: number, Face: s.Face, Ratio: s.Ratio, Commitment: s.Commitment, ExpiryS: s.ExpiryS, Seed: seed,
	}
}

// content is all of the series but its seal.
func (s *Series) content() []byte {
	b := binary.BigEndian.AppendUint64(make([]byte, 0, seriesSize), s.Number)
	b = appendAmount(appendAmount(b, s.Base), s.Face)
	b = binary.BigEndian.AppendUint64(b, s.Ratio)
	b = append(b, s.Commitment[:]...)
	return binary.BigEndian.AppendUint64(b, s.ExpiryS)
}

// Encode returns the series as it is announced.
func (s *Series) Encode() []byte { return append(s.content(), s.Seal[:]...) }

// DecodeSeries reads a series. Errors: ErrForm.
func DecodeSeries(b []byte) (s Series, err error) {
	if len(b) != seriesSize {
		return Series{}, fmt.Errorf("%w: a series has %d bytes", ErrForm, seriesSize)
	}
	s.Number, b = binary.BigEndian.Uint64(b), b[8:]
	s.Base, b = amountIn(b), b[amountSize:]
	s.Face, b = amountIn(b), b[amountSize:]
	s.Ratio, b = binary.BigEndian.Uint64(b), b[8:]
	b = b[copy(s.Commitment[:], b):]
	s.ExpiryS, b = binary.BigEndian.Uint64(b), b[8:]
	copy(s.Seal[:], b)
	return s, nil
}

// State is what a payee says of a channel: the series in use, and, if the last ticket that it has accepted has won, the reveal of the series before,
// which shows that. That series is over by then, so nothing is to be gained by knowing it.
type State struct {
	Series
	Reveal pay.Hash // zero if none is shown
}

// Encode returns the state as it is sent.
func (s *State) Encode() []byte {
	b := s.Series.Encode()
	if s.Reveal != (pay.Hash{}) {
		b = append(b, s.Reveal[:]...)
	}
	return b
}

// DecodeState reads a state. Errors: ErrForm.
func DecodeState(b []byte) (s State, err error) {
	if len(b) == seriesSize+len(s.Reveal) {
		copy(s.Reveal[:], b[seriesSize:])
		b = b[:seriesSize]
		if s.Reveal == (pay.Hash{}) {
			return State{}, fmt.Errorf("%w: a reveal of zeros", ErrForm)
		}
	}
	s.Series, err = DecodeSeries(b)
	return s, err
}
