package buyer

import (
	"slices"

	"github.com/holiman/uint256"

	"github.com/candela-les/candela/unit"
)

const (
	// keptCurves and keptTerms are how many curves and allocations of a server are kept for charges that
	// come later: they come at least every 10 s.
	keptCurves = 256
	keptTerms  = 64
	// keptLines is how many lines may wait for their curve, and showSpan for how long.
	keptLines = 64
	showSpan  = 30 * unit.Second
)

// term is what a client had from a state of the book on.
type term struct {
	seq   uint64
	bid   []unit.Price
	units uint64
}

// openLine is a line that was charged and whose curve is not known yet.
type openLine struct {
	charge *Charge
	line   int
	until  unit.Instant
}

// auditor checks what one server says against what it has signed.
type auditor struct {
	curves []Signed // ascending
	terms  []term   // ascending
	open   []openLine

	lines   uint256.Int // Σ rate·span of all charges
	charged uint256.Int // Σ amounts, as price·ns
}

// latest is the last state of the book that is known, or nil.
func (a *auditor) latest() *Curve {
	if len(a.curves) == 0 {
		return nil
	}
	return &a.curves[len(a.curves)-1].Curve
}

// curve takes in a curve; one that cannot be is proof.
func (a *auditor) curve(c Signed) (*Proof, error) {
	if !c.sound() {
		return &Proof{Curves: []Signed{c}}, ErrCurve
	}
	i, found := a.find(c.Seq)
	if found {
		if a.curves[i].equal(&c.Curve) {
			return nil, nil
		}
		return &Proof{Curves: []Signed{a.curves[i], c}}, ErrTwoCurves
	}
	a.curves = slices.Insert(a.curves, i, c)
	if len(a.curves) > keptCurves {
		a.curves = slices.Delete(a.curves, 0, 1)
	}
	if proof, err := a.won(&c); err != nil {
		return proof, err
	}
	return a.reopen(c.Seq)
}

func (a *auditor) find(seq uint64) (int, bool) {
	return slices.BinarySearchFunc(a.curves, seq, func(c Signed, seq uint64) int {
		switch {
		case c.Seq < seq:
			return -1
		case c.Seq > seq:
			return 1
		}
		return 0
	})
}

// at is what the client had in a state of the book; not ok if nobody knows.
func (a *auditor) at(seq uint64) (t term, ok bool) {
	for _, t := range slices.Backward(a.terms) {
		if t.seq <= seq {
			return t, true
		}
	}
	return term{}, false
}

// allocated takes in what a bid has won.
func (a *auditor) allocated(t term) (*Proof, error) {
	i := len(a.terms)
	for i > 0 && a.terms[i-1].seq > t.seq {
		i--
	}
	a.terms = slices.Insert(a.terms, i, t)
	if len(a.terms) > keptTerms {
		a.terms = slices.Delete(a.terms, 0, 1)
	}
	if i, found := a.find(t.seq); found {
		return a.won(&a.curves[i])
	}
	return nil, nil
}

// won checks an allocation against the curve of the very state that it speaks of. Later
// states are checked by their charges: a notice may be on its way.
func (a *auditor) won(c *Signed) (*Proof, error) {
	for _, t := range a.during(c.Seq) {
		if seen := c.seen(t.bid, t.units); t.seq == c.Seq && !seen.agrees {
			return &Proof{Curves: []Signed{*c}, Bid: t.bid, Units: t.units}, ErrAllocation
		}
	}
	return nil, nil
}

// charge takes in a charge. Lines for which no curve is known are fetched: first holds the states
// asked for.
func (a *auditor) charge(now unit.Instant, c *Charge) (fetch []uint64, proof *Proof, err error) {
	if !a.amount(c) {
		return nil, &Proof{Charge: c}, ErrCharge
	}
	for i := range c.Lines {
		proof, checked, err := a.line(c, i)
		if err != nil {
			return nil, proof, err
		}
		if !checked {
			if len(a.open) == keptLines {
				return nil, &Proof{Charge: c, Line: i}, ErrUnproven
			}
			a.open = append(a.open, openLine{c, i, now.Add(showSpan)})
			fetch = append(fetch, c.Lines[i].First)
		}
	}
	return fetch, nil, nil
}

// line checks one line against every curve known of its time.
func (a *auditor) line(c *Charge, i int) (proof *Proof, checked bool, err error) {
	l := &c.Lines[i]
	if l.Rate.IsZero() {
		return nil, true, nil
	}
	for at, _ := a.find(l.First); at < len(a.curves) && a.curves[at].Seq <= l.Last; at++ {
		curve := &a.curves[at]
		terms := a.during(curve.Seq)
		if len(terms) == 0 {
			continue
		}
		checked = true
		if !slices.ContainsFunc(terms, func(t term) bool { return t.fits(&curve.Curve, l) }) {
			t := terms[len(terms)-1]
			return &Proof{Curves: []Signed{*curve}, Charge: c, Line: i, Bid: t.bid, Units: t.units}, true, ErrCharge
		}
	}
	return nil, checked, nil
}

// during lists what the client had in a state of the book. It can be more than one thing: among equal prices
// units change hands without a change of the curve.
func (a *auditor) during(seq uint64) (terms []term) {
	for _, t := range slices.Backward(a.terms) {
		if t.seq <= seq {
			terms = append(terms, t)
		}
		if t.seq < seq {
			break
		}
	}
	slices.Reverse(terms)
	return terms
}

// fits reports whether a line is what a curve says for that bid.
func (t *term) fits(c *Curve, l *Line) bool {
	seen := c.seen(t.bid, t.units)
	return l.Units == t.units && seen.agrees && priceOf(seen.charge(l.Units)) == l.Rate
}

// reopen checks the lines that waited for a curve.
func (a *auditor) reopen(seq uint64) (*Proof, error) {
	for i := 0; i < len(a.open); i++ {
		o := a.open[i]
		if l := o.charge.Lines[o.line]; seq < l.First || seq > l.Last {
			continue
		}
		proof, checked, err := a.line(o.charge, o.line)
		if err != nil {
			return proof, err
		}
		if checked {
			a.open = slices.Delete(a.open, i, i+1)
			i--
		}
	}
	return nil, nil
}

// overdue is the first line whose curve was not shown in time, or nil.
func (a *auditor) overdue(now unit.Instant) *Proof {
	for _, o := range a.open {
		if now >= o.until {
			return &Proof{Charge: o.charge, Line: o.line}
		}
	}
	return nil
}

// amount reports whether all charges together are no more than their lines come to, and the part of a base
// unit that was owed before the first of them. Less is the server's own affair.
func (a *auditor) amount(c *Charge) bool {
	for _, l := range c.Lines {
		a.lines.Add(&a.lines, over(wideOf(l.Rate), l.Span))
	}
	a.charged.Add(&a.charged, new(uint256.Int).Mul(wideAmount(c.Amount), uint256.NewInt(divisor)))
	return a.charged.Lt(new(uint256.Int).AddUint64(&a.lines, divisor))
}
