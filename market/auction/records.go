package auction

import (
	"cmp"
	"errors"
	"slices"

	"github.com/candela-les/candela/unit"
)

// ErrUnseen: a charge names a curve that is not on record. The seller is to be asked for
// it; nothing is proven.
var ErrUnseen = errors.New("charged by a curve that was not seen")

// Records are the curves that a buyer has seen of one seller, with verified signatures, of
// all its books: a server that starts again begins a new one. Numbers go on over that, so a
// number is of one curve, and one that is used again is a proof. Its zero value is empty and
// keeps all.
type Records struct {
	curves []Dated // ascending by number; no two of them clash
	most   int     // so many are kept; 0: all
}

func (r *Records) find(seq uint64) (i int, found bool) {
	return slices.BinarySearchFunc(r.curves, seq, func(c Dated, seq uint64) int { return cmp.Compare(c.Curve.Seq, seq) })
}

// Saw takes in a curve. It returns a proof if the curve is bad, or if it and one that was seen
// before cannot both be an honest seller's; nil otherwise. What a proof holds is not kept.
func (r *Records) Saw(c Dated) Proof {
	if p := (BadCurve{Curve: c}); p.Holds() {
		return p
	}
	// Those on record are in order of number, time and book, so that a new one that fits
	// to its neighbours fits to all.
	i, found := r.find(c.Curve.Seq)
	for _, seen := range r.curves[max(i-1, 0):min(i+1, len(r.curves))] {
		if p := (TwoCurves{First: seen, Second: c}); p.Holds() {
			return p
		}
	}
	if !found {
		r.keep(i, c)
	}
	return nil
}

// keep puts a curve into its place. Room is made first, so that a full list need not grow.
func (r *Records) keep(i int, c Dated) {
	if r.most > 0 && len(r.curves) >= r.most {
		if i == 0 {
			return
		}
		r.curves = slices.Delete(r.curves, 0, 1)
		i--
	}
	r.curves = slices.Insert(r.curves, i, c)
}

// Limit keeps no more than most curves from now on, those with the highest numbers, and gives
// back the memory of the others.
func (r *Records) Limit(most int) {
	r.most = most
	if n := len(r.curves) - most; n > 0 {
		r.curves = slices.Clone(r.curves[n:])
	}
}

// Find returns the curve of a number, if it is kept.
func (r *Records) Find(seq uint64) (c Dated, found bool) {
	i, found := r.find(seq)
	if found {
		c = r.curves[i]
	}
	return c, found
}

// Of returns the curves of one book, ascending by number. The list is good until the next
// curve, and must not be changed.
func (r *Records) Of(epoch unit.Instant) []Dated {
	first, _ := slices.BinarySearchFunc(r.curves, epoch, func(c Dated, epoch unit.Instant) int { return cmp.Compare(c.Epoch, epoch) })
	// There may be no epoch after it: it is what a server says.
	n, _ := slices.BinarySearchFunc(r.curves[first:], epoch, func(c Dated, epoch unit.Instant) int {
		if c.Epoch > epoch {
			return 1
		}
		return -1
	})
	return r.curves[first : first+n : first+n]
}

// Check compares a charge with the curves it names. It returns a proof if the charge is off
// one of them or more than its lines come to, and ErrUnseen if it names one that is not
// here and nothing else is wrong.
func (r *Records) Check(c Charge) (Proof, error) {
	var unseen error
	for i, l := range c.Lines {
		at, found := r.find(l.Seq)
		if !found {
			unseen = ErrUnseen
			continue
		}
		if p := (OffCurve{Curve: r.curves[at], Charge: c, Line: i}); p.Holds() {
			return p, nil
		}
	}
	if p := (OffSum{Charge: c}); p.Holds() {
		return p, nil
	}
	return nil, unseen
}

// Forget drops the curves numbered below seq. A second one under such a number is only
// noticed by its time.
func (r *Records) Forget(seq uint64) {
	i, _ := r.find(seq)
	r.curves = slices.Delete(r.curves, 0, i)
}

// Len returns how many curves are kept.
func (r *Records) Len() int { return len(r.curves) }
