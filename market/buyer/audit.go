package buyer

import (
	"slices"

	"github.com/holiman/uint256"

	"github.com/candela-les/candela/market/auction"
	"github.com/candela-les/candela/unit"
)

const (
	// keptCurves is how many curves of a server are kept, as many as it has to keep itself; keptTerms how many
	// allocations. Charges come at least every 10 s.
	keptCurves = 1024
	keptTerms  = 256
	// keptCharges is how many charges may wait for curves, and showSpan for how long each number is waited for.
	// Of a server whose charges are not all checked, fewer are kept.
	fewCurves   = 1
	fewTerms    = 4
	keptCharges = 16
	showSpan    = 30 * unit.Second
)

// term is an allocation and the bid that it is of.
type term struct {
	Allocation
	bid []unit.Price
}

// unchecked is a charge that could not be checked yet.
type unchecked struct {
	*Charge
	after bool // what was checked before it does not go on in it
}

// auditor checks what one server says against what it has signed.
type auditor struct {
	epoch unit.Instant    // of the newest book; all but seen is about this one
	seen  auction.Records // curves of all books: their numbers go on
	terms []term          // by their instants

	open  []unchecked  // in the order in which they came
	asked uint64       // number that was asked for, or 0
	until unit.Instant // it is waited for
	none  uint64       // number that did not exist when all open charges had come

	few bool // not every charge is checked, so little is kept between those that are
	gap bool // the last one was not
	// What was checked, of charges that follow each other: Σ rate·span, and Σ amounts as price·ns.
	owed, charged uint256.Int
}

// shrink keeps little of a server that is gone: a client may meet many.
func (a *auditor) shrink() {
	const few = 16
	a.seen.Limit(few)
	a.terms = slices.Clone(a.terms[max(len(a.terms)-few, 0):])
	a.open, a.asked = nil, 0
}

// book is what is kept of the newest book, by numbers.
func (a *auditor) book() []Signed { return a.seen.Of(a.epoch) }

// latest is the last curve that is known, or nil.
func (a *auditor) latest() *auction.Curve {
	curves := a.book()
	if len(curves) == 0 {
		return nil
	}
	return &curves[len(curves)-1].Curve
}

// curve takes in a curve. Two that cannot both be an honest server's are proof.
func (a *auditor) curve(c Signed) (*Proof, error) {
	a.seen.Limit(a.keeps(keptCurves, fewCurves))
	switch bad := a.seen.Saw(c).(type) {
	case auction.BadCurve:
		return &Proof{Curves: []Signed{c}}, ErrCurve
	case auction.TwoCurves:
		err := ErrTime
		if bad.First.Seq == bad.Second.Seq {
			err = ErrTwoCurves
		}
		return &Proof{Curves: []Signed{bad.First, bad.Second}}, err
	}
	switch {
	case c.Epoch < a.epoch: // it was on its way when the book was begun anew
		return nil, nil
	case c.Epoch > a.epoch: // the book was begun anew, empty
		*a = auditor{epoch: c.Epoch, seen: a.seen, few: a.few}
	}
	for i := range a.terms {
		if a.terms[i].Seq == c.Seq {
			if proof, err := a.won(&c, &a.terms[i]); err != nil {
				return proof, err
			}
		}
	}
	return nil, nil
}

// at is what the client had when a curve was made: by the last allocation that is known to be as old.
func (a *auditor) at(seq uint64) term {
	for _, t := range slices.Backward(a.terms) {
		if t.Seq <= seq {
			return t
		}
	}
	return term{}
}

// allocated takes in what a bid has won.
func (a *auditor) allocated(t term) (*Proof, error) {
	if t.Epoch != a.epoch {
		return nil, nil
	}
	i := len(a.terms)
	for i > 0 && a.terms[i-1].Since > t.Since {
		i--
	}
	a.terms = insert(a.terms, i, t, a.keeps(keptTerms, fewTerms))
	if c, found := a.seen.Find(t.Seq); found {
		return a.won(&c, &t)
	}
	return nil, nil
}

// won checks an allocation against the curve that it names.
func (a *auditor) won(c *Signed, t *term) (*Proof, error) {
	if seen := look(&c.Curve, t.bid, t.Units); !seen.agrees || priceOf(seen.charge(t.Units)) != t.Rate {
		return &Proof{
			Curves: []Signed{*c}, Allocations: []Allocation{t.Allocation}, Bids: [][]unit.Price{t.bid},
		}, ErrAllocation
	}
	return nil, nil
}

// charge takes in a charge, to be checked by work.
func (a *auditor) charge(c *Charge) error {
	if len(a.open) == keptCharges {
		return ErrUnproven
	}
	a.open, a.none = append(a.open, unchecked{c, a.gap || c.Apart}), 0
	a.gap = false
	return nil
}

// insert puts something into its place in a list of which the last ones are kept, so many.
func insert[T any](list []T, i int, one T, most int) []T {
	if n := len(list) + 1 - most; n > 0 { // first, so that the list need not grow
		n = min(n, i)
		list, i = slices.Delete(list, 0, n), i-n
	}
	list = slices.Insert(list, i, one)
	return slices.Delete(list, 0, max(len(list)-most, 0))
}

// skip leaves a charge out.
func (a *auditor) skip() { a.gap = true }

// keeps is how many are kept of what a charge may have to be checked with.
func (a *auditor) keeps(all, few int) int {
	if a.few && len(a.open) == 0 {
		return few
	}
	return all
}

// work checks what charges it can. It returns the number of the curve that is missing for the next one, 0 if
// none is or it was asked for before.
func (a *auditor) work(now unit.Instant) (fetch uint64, proof *Proof, err error) {
	for len(a.open) > 0 {
		c := a.open[0].Charge
		if c.Unchecked { // nor is what was left of it
			a.open = a.open[1:]
			a.forget()
			continue
		}
		curves, missing := a.covering(c)
		if missing != 0 {
			if missing == a.asked {
				return 0, nil, nil
			}
			a.asked, a.until = missing, now.Add(showSpan)
			return missing, nil, nil
		}
		if a.open[0].after { // what was left of the one before it is not known
			a.forget()
		}
		a.open, a.asked = a.open[1:], 0
		if proof, err := a.check(c, curves); err != nil {
			return 0, proof, err
		}
	}
	return 0, nil, nil
}

// forget begins anew with what is checked together.
func (a *auditor) forget() {
	a.owed.Clear()
	a.charged.Clear()
}

// bounded holds a charge that cannot be checked to what the bids can have cost. That is no proof, for others do not know how long they
// stood.
func (c *Charge) bounded() error {
	if c.Amount.Cmp(c.Most) > 0 {
		return ErrBound
	}
	return nil
}

// covering lists the curves of a charge's time, or says which is missing: without a gap from the last one
// that held when it began. The list is a part of those that are kept, good until the next one comes.
func (a *auditor) covering(c *Charge) (curves []Signed, missing uint64) {
	known := a.book()
	first := len(known)
	for first > 0 && known[first-1].At > c.Since {
		first--
	}
	if first == 0 {
		t := a.during(c.Since)
		if t == nil {
			return nil, 0 // from before all that is known here
		}
		return nil, t.Seq
	}
	for i := first - 1; ; i++ {
		next := known[i].Seq + 1
		switch {
		case i+1 < len(known) && known[i+1].At >= c.At && known[i+1].Seq == next, next == a.none:
			return known[first-1 : i+1], 0
		case i+1 == len(known), known[i+1].Seq != next:
			return nil, next
		}
	}
}

// during is the allocation that held at an instant, or nil if that is not known.
func (a *auditor) during(at unit.Instant) *term {
	for i := len(a.terms) - 1; i >= 0; i-- {
		if a.terms[i].Since <= at {
			return &a.terms[i]
		}
	}
	return nil
}

// check adds up what a charge may be. All charges together are no more than what was used, and the
// part of a base unit that was owed before the first of them; less is the server's own affair.
func (a *auditor) check(c *Charge, curves []Signed) (*Proof, error) {
	proof := &Proof{Charge: c}
	for at := c.Since; at < c.At; {
		t, curve := a.during(at), held(curves, at)
		if t == nil || curve == nil {
			a.forget()
			return nil, c.bounded()
		}
		if n := len(proof.Allocations); n == 0 || proof.Allocations[n-1].Since != t.Since {
			proof.Allocations, proof.Bids = append(proof.Allocations, t.Allocation), append(proof.Bids, t.bid)
		}
		end := min(c.At, a.change(at), nextOf(curves, at))
		seen := look(&curve.Curve, t.bid, t.Units)
		a.owed.Add(&a.owed, over(seen.charge(t.Units), end.Since(at)))
		at = end
	}
	a.charged.Add(&a.charged, new(uint256.Int).Mul(wideAmount(c.Amount), uint256.NewInt(divisor)))
	if !a.charged.Lt(new(uint256.Int).AddUint64(&a.owed, divisor)) {
		proof.Curves = slices.Clone(curves)
		return proof, ErrCharge
	}
	return nil, nil
}

// change is when the allocation that held at an instant ended.
func (a *auditor) change(at unit.Instant) unit.Instant {
	for _, t := range a.terms {
		if t.Since > at {
			return t.Since
		}
	}
	return 1<<63 - 1
}

// held is the curve that held at an instant, nextOf when the next one began.
func held(curves []Signed, at unit.Instant) *Signed {
	for i := len(curves) - 1; i >= 0; i-- {
		if curves[i].At <= at {
			return &curves[i]
		}
	}
	return nil
}

func nextOf(curves []Signed, at unit.Instant) unit.Instant {
	for i := range curves {
		if curves[i].At > at {
			return curves[i].At
		}
	}
	return 1<<63 - 1
}

// overdue is the charge whose curve was not shown in time, or nil.
func (a *auditor) overdue(now unit.Instant) *Charge {
	if len(a.open) > 0 && a.asked != 0 && now >= a.until {
		return a.open[0].Charge
	}
	return nil
}
