package auction

import (
	"slices"

	"github.com/candela-les/candela/unit"
)

// Dated is a curve as it is published: of which book it is, and since when it holds, which it
// does until the one with the next number does.
type Dated struct {
	Curve
	Epoch unit.Instant // when the book was begun
	At    unit.Instant
	// Message is the curve as its seller signed it, where somebody keeps that. It decides nothing.
	Message []byte
}

// Valid returns ErrCurve if the curve breaks a rule that needs no other knowledge: those of
// Curve, a number, and not being older than its book.
func (d Dated) Valid() error {
	if d.Curve.Seq == 0 || d.At < d.Epoch {
		return ErrCurve
	}
	return d.Curve.Valid()
}

// Equal reports whether two published curves say the same in everything.
func (d Dated) Equal(e Dated) bool {
	return d.Epoch == e.Epoch && d.At == e.At && d.Curve.Equal(e.Curve)
}

// shown is what is published: the curve as it is, and those that nobody has taken.
type shown struct {
	epoch           unit.Instant
	seq             uint64
	begun           bool // has a first curve
	reserve         unit.Price
	units, free     uint64
	losing, winning []unit.Price // written over
	curve           *Curve       // of seq, once somebody wanted it
	keep            bool
	kept            []Dated
}

// Each set writes a part over and reports whether it has changed.

func (s *shown) setLosing(list []entry) bool  { return rewrite(&s.losing, list) }
func (s *shown) setWinning(list []entry) bool { return rewrite(&s.winning, list) }

func (s *shown) setRest(reserve unit.Price, units, free uint64) bool {
	changed := !s.begun || s.reserve != reserve || s.units != units || s.free != free
	s.reserve, s.units, s.free = reserve, units, free
	return changed
}

func rewrite(prices *[]unit.Price, list []entry) bool {
	changed := len(*prices) != len(list)
	old := *prices
	*prices = (*prices)[:0]
	for i, e := range list {
		p := e.price()
		changed = changed || old[i] != p
		*prices = append(*prices, p)
	}
	return changed
}

// next gives what was set a number. The first has the number that was configured.
func (s *shown) next(now unit.Instant) {
	if s.begun {
		s.seq++
	}
	s.begun, s.curve = true, nil
	if s.keep {
		s.kept = append(s.kept, Dated{Epoch: s.epoch, At: now, Curve: s.take()})
	}
}

// take returns the curve, made once.
func (s *shown) take() Curve {
	if s.curve == nil {
		s.curve = &Curve{
			Seq: s.seq, Reserve: s.reserve, Units: s.units, Free: s.free,
			Losing: slices.Clone(s.losing), Winning: slices.Clone(s.winning),
		}
	}
	return *s.curve
}

// Curve returns what is the same for everybody now.
func (a *Auction) Curve() Curve { return a.shown.take() }

// Curves returns all curves since it was last called, oldest first, if Config.Curves says
// so. Several can hold from the same instant on; the last of them is the one that was
// charged by. The list is good until the next input.
func (a *Auction) Curves() []Dated {
	list := a.shown.kept
	a.shown.kept = a.shown.kept[:0]
	return list
}
