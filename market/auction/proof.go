package auction

import (
	"errors"
	"fmt"

	"github.com/holiman/uint256"

	"github.com/candela-les/candela/unit"
)

// ErrUnseen: a charge names a curve that is not on record. The seller is to be asked for
// it; nothing is proven.
var ErrUnseen = errors.New("charged by a curve that was not seen")

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

// TwoCurves are two curves that say different things under one number.
type TwoCurves struct{ First, Second Curve }

// BadCurve is a curve that no auction can come to.
type BadCurve struct{ Curve Curve }

// OffCurve is a charge of which one line is not what the curve comes to.
type OffCurve struct {
	Curve  Curve
	Charge Charge
	Line   int // its index
}

// OffSum is a charge of more than its own lines come to.
type OffSum struct{ Charge Charge }

func (p TwoCurves) Error() string {
	return fmt.Sprintf("two different curves are numbered %d", p.First.Seq)
}
func (p BadCurve) Error() string { return fmt.Sprintf("curve %d contradicts itself", p.Curve.Seq) }
func (p OffSum) Error() string {
	return fmt.Sprintf("charged %s, more than the charge itself comes to", p.Charge.Amount)
}

func (p OffCurve) Error() string {
	if p.Line < 0 || p.Line >= len(p.Charge.Lines) {
		return "no such line"
	}
	l := p.Charge.Lines[p.Line]
	due, _ := p.Curve.Charge(p.Charge.Bid, l.Units)
	return fmt.Sprintf("charged %s an hour for %d units, by curve %d they cost %s", l.Rate, l.Units, l.Seq, due)
}

// Holds reports whether the two curves are different and have one number.
func (p TwoCurves) Holds() bool { return p.First.Seq == p.Second.Seq && !p.First.Equal(p.Second) }

// Holds reports whether the curve is not Valid.
func (p BadCurve) Holds() bool { return p.Curve.Valid() != nil }

// Holds reports whether the line is of this curve and off it. One for more units than the
// bid has prices always is.
func (p OffCurve) Holds() bool {
	if p.Line < 0 || p.Line >= len(p.Charge.Lines) {
		return false
	}
	l := p.Charge.Lines[p.Line]
	if l.Seq != p.Curve.Seq {
		return false
	}
	due, ok := p.Curve.Charge(p.Charge.Bid, l.Units)
	return !ok || due != l.Rate
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

// Records are the curves that a buyer has seen of one seller, with verified signatures.
// Make one with NewRecords.
type Records struct {
	curves map[uint64]Curve
}

// NewRecords returns empty records.
func NewRecords() *Records { return &Records{curves: make(map[uint64]Curve)} }

// Saw takes in a curve. It returns a proof if the curve is bad, or not the one that was
// seen under its number before, and nil otherwise.
func (r *Records) Saw(c Curve) Proof {
	if seen, ok := r.curves[c.Seq]; ok {
		if p := (TwoCurves{First: seen, Second: c}); p.Holds() {
			return p
		}
		return nil
	}
	r.curves[c.Seq] = c
	if p := (BadCurve{Curve: c}); p.Holds() {
		return p
	}
	return nil
}

// Check compares a charge with the curves it names. It returns a proof if the charge is off
// one of them or more than its lines come to, and ErrUnseen if it names one that is not
// here and nothing else is wrong.
func (r *Records) Check(c Charge) (Proof, error) {
	var unseen error
	for i, l := range c.Lines {
		curve, ok := r.curves[l.Seq]
		if !ok {
			unseen = ErrUnseen
			continue
		}
		if p := (OffCurve{Curve: curve, Charge: c, Line: i}); p.Holds() {
			return p, nil
		}
	}
	if p := (OffSum{Charge: c}); p.Holds() {
		return p, nil
	}
	return nil, unseen
}

// Forget drops the curves numbered below seq. A second one under such a number is not
// noticed any more.
func (r *Records) Forget(seq uint64) {
	for n := range r.curves {
		if n < seq {
			delete(r.curves, n)
		}
	}
}

// Len returns how many curves are kept.
func (r *Records) Len() int { return len(r.curves) }
