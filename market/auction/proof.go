package auction

import (
	"fmt"

	"github.com/holiman/uint256"

	"github.com/candela-les/candela/unit"
)

// Line is a stretch of time in a charge.
type Line struct {
	Seq   uint64     // of the curve that held
	Units int        // so many of the bid's prices won
	Rate  unit.Price // charged for them, per hour and altogether
	Span  unit.Span
}

// Charge is what a seller says it took for one standing bid, and why. Before and After are
// parts of a base unit that were owed and not yet taken, of which Divisor make one.
type Charge struct {
	Epoch         unit.Instant // of the book that the bid stood in
	Bid           []unit.Price
	Lines         []Line
	Before, After uint64
	Amount        unit.Amount
}

// Proof shows that a seller broke a rule, with statements of its own. Whoever is given
// one checks the signatures of what it holds, and then Holds.
type Proof interface {
	error
	// Holds recomputes whether what the proof holds proves anything.
	Holds() bool
}

// TwoCurves are two curves of which an honest seller would have published one at most.
type TwoCurves struct{ First, Second Dated }

// BadCurve is a curve that no auction can come to.
type BadCurve struct{ Curve Dated }

// OffCurve is a charge of which one line is not what the curve comes to.
type OffCurve struct {
	Curve  Dated
	Charge Charge
	Line   int // its index
}

// OffSum is a charge of more than its own lines come to.
type OffSum struct{ Charge Charge }

func (p TwoCurves) Error() string {
	return fmt.Sprintf("curves %d and %d: %s", p.First.Curve.Seq, p.Second.Curve.Seq, p.clash())
}

func (p BadCurve) Error() string {
	return fmt.Sprintf("curve %d contradicts itself", p.Curve.Curve.Seq)
}

func (p OffSum) Error() string {
	return fmt.Sprintf("charged %s, more than the charge itself comes to", p.Charge.Amount)
}

func (p OffCurve) Error() string {
	if p.Line < 0 || p.Line >= len(p.Charge.Lines) {
		return "no such line"
	}
	l := p.Charge.Lines[p.Line]
	if p.Curve.Epoch != p.Charge.Epoch {
		return fmt.Sprintf("charged by curve %d, which is of another book than the bid", l.Seq)
	}
	due, _ := p.Curve.Curve.Charge(p.Charge.Bid, l.Units)
	return fmt.Sprintf("charged %s an hour for %d units, by curve %d they cost %s", l.Rate, l.Units, l.Seq, due)
}

// Holds reports whether not both curves can be an honest seller's.
func (p TwoCurves) Holds() bool { return p.clash() != "" }

// clash says what is wrong with two curves, "" if nothing is. Numbers never go back, also from one
// book to the next, nor does time, and a book begins when the one before has ended. These are the
// rules of market/1, section 6.
func (p TwoCurves) clash() string {
	a, b := p.First, p.Second
	if a.Curve.Seq > b.Curve.Seq {
		a, b = b, a
	}
	switch {
	case a.Curve.Seq == b.Curve.Seq && !a.Equal(b):
		return "two curves with one number"
	case a.Epoch > b.Epoch, a.At > b.At:
		return "the later one is older"
	case a.Epoch < b.Epoch && a.At >= b.Epoch:
		return "two books at once"
	}
	return ""
}

// Holds reports whether the curve is not Valid.
func (p BadCurve) Holds() bool { return p.Curve.Valid() != nil }

// Holds reports whether the line is of this curve and off it. One for more units than the
// bid has prices always is, and so is one by a curve of another book than the bid's.
func (p OffCurve) Holds() bool {
	if p.Line < 0 || p.Line >= len(p.Charge.Lines) {
		return false
	}
	l := p.Charge.Lines[p.Line]
	if l.Seq != p.Curve.Curve.Seq {
		return false
	}
	due, ok := p.Curve.Curve.Charge(p.Charge.Bid, l.Units)
	return p.Curve.Epoch != p.Charge.Epoch || !ok || due != l.Rate
}

// Holds reports whether more was taken, or is still said to be owed, than the lines come to.
// Less is the seller's own affair: it forgives what the last nanosecond cost beyond the
// limit.
func (p OffSum) Holds() bool {
	due := *uint256.NewInt(p.Charge.Before)
	for _, l := range p.Charge.Lines {
		rate := wide(l.Rate)
		more := accrued(&rate, max(l.Span, 0))
		due.Add(&due, &more)
	}
	taken := parts(p.Charge.Amount)
	taken.AddUint64(&taken, p.Charge.After)
	return taken.Gt(&due)
}
