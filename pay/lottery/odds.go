package lottery

import (
	"errors"
	"fmt"
	"math/big"

	"github.com/candela-les/candela/unit"
)

// Odds are what a series is to be: what its winner gets, and how probable that is.
type Odds struct {
	Face  unit.Amount
	Ratio uint64
}

// Wish says what odds are wanted, in base units; docs/spec/pay-lottery.md, section 6, has the reasons.
type Wish struct {
	Gas     unit.Amount // what a redemption costs
	Share   uint64      // the most of revenue that may go into gas, in parts of a thousand; 0: ten
	Revenue unit.Amount // of the period in which luck is to even out, of all payers
	Swing   uint64      // how much of that luck may move, as a standard deviation, in parts of a thousand; 0: a hundred
	Ticket  unit.Amount // what one ticket is to be worth
	Face    unit.Amount // the least that a winner is to get, whatever gas costs; 0: nothing
}

// ErrTooDear says that no face value keeps both gas and luck within their bounds: lotteries are not for so little revenue.
var ErrTooDear = errors.New("a face value that is worth its gas is too large for the revenue it is to even out over")

// perMille is a thousand.
const perMille = 1000

// Choose returns the smallest face value that is worth its gas, rounded up to two digits so that it stays the same for
// long, and the ratio that makes a ticket worth what is wished, or a base unit less. Errors: ErrTooDear.
func Choose(w Wish) (Odds, error) {
	if w.Share == 0 {
		w.Share = 10
	}
	if w.Swing == 0 {
		w.Swing = 100
	}
	if w.Ticket.IsZero() {
		return Odds{}, errors.New("a ticket has to be worth something")
	}
	face := new(big.Int).Mul(w.Gas.Big(), big.NewInt(perMille))
	face = ceil(face, new(big.Int).SetUint64(w.Share))
	if least := w.Ticket.Max(w.Face).Big(); face.Cmp(least) < 0 {
		face = least
	}
	face = twoDigits(face)
	// F ≤ s²·R
	bound := new(big.Int).Mul(w.Revenue.Big(), new(big.Int).SetUint64(w.Swing))
	bound.Mul(bound, new(big.Int).SetUint64(w.Swing))
	if scaled := new(big.Int).Mul(face, big.NewInt(perMille*perMille)); scaled.Cmp(bound) > 0 || face.BitLen() > 128 {
		return Odds{}, ErrTooDear
	}
	ratio := new(big.Int).Lsh(w.Ticket.Big(), 64)
	ratio.Sub(ratio.Div(ratio, face), big.NewInt(1))
	if ratio.Sign() < 0 {
		return Odds{}, errors.New("a ticket of so little worth would never win")
	}
	odds := Odds{Face: unit.NearestAmount(face), Ratio: ratio.Uint64()}
	if odds.rounded() { // a base unit less is too much of so little
		odds.Ratio++
	}
	if odds.rounded() {
		return Odds{}, fmt.Errorf("a ticket of %s base units would be rounded by more than a hundredth, which no payer takes", w.Ticket)
	}
	return odds, nil
}

func (o *Odds) rounded() bool {
	s := Series{Face: o.Face, Ratio: o.Ratio}
	return s.rounded()
}

// ceil returns ⌈a / b⌉.
func ceil(a, b *big.Int) *big.Int {
	q, rest := new(big.Int).QuoRem(a, b, new(big.Int))
	if rest.Sign() > 0 {
		q.Add(q, big.NewInt(1))
	}
	return q
}

// twoDigits rounds up to two digits that are not zero.
func twoDigits(n *big.Int) *big.Int {
	step, ten := big.NewInt(1), big.NewInt(10)
	for top := big.NewInt(100); n.Cmp(top) >= 0; top = new(big.Int).Mul(top, ten) {
		step.Mul(step, ten)
	}
	return new(big.Int).Mul(ceil(n, step), step)
}
