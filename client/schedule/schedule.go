// Package schedule compares chain configurations by what they say about when the
// rules change.
//
// It reads the canonical encoding of les/5 (docs/spec/les5.md §9) without knowing
// the forks in it: a release that comes after this one schedules forks that this
// one has never heard of, and the point of the comparison is to know from which
// block on that matters. Diverge is careful rather than exact: two configurations
// may be said to disagree a little too early, never too late.
package schedule

import (
	"errors"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/rlp"
)

// ErrMalformed: the bytes are not a configuration in any version of the encoding.
var ErrMalformed = errors.New("malformed chain configuration")

// Never is a block number or time that no block has.
const Never = ^uint64(0)

// Kinds of activation, as the encoding has them.
const (
	atBlock = 0
	atTime  = 1
)

// Point is where something begins: at the first block that has this number or a
// higher one, or this time (Unix seconds) or a later one. The zero Point is reached
// by every block.
type Point struct {
	Number, Time uint64
}

// Nowhere is reached by no block.
func Nowhere() Point { return Point{Never, Never} }

// After returns the point right after a block.
func After(number, time uint64) Point {
	return Point{number + min(1, Never-number), time + min(1, Never-time)}
}

// Reached says whether a block with this number and time is at or beyond p.
func (p Point) Reached(number, time uint64) bool {
	return (p.Number != Never && number >= p.Number) || (p.Time != Never && time >= p.Time)
}

// String says it for people.
func (p Point) String() string {
	switch {
	case p == Nowhere():
		return "nowhere"
	case p.Time == Never:
		return fmt.Sprintf("block %d", p.Number)
	case p.Number == Never:
		return fmt.Sprintf("time %d", p.Time)
	}
	return fmt.Sprintf("block %d or time %d", p.Number, p.Time)
}

// and returns the earlier of two points.
func (p Point) and(q Point) Point { return Point{min(p.Number, q.Number), min(p.Time, q.Time)} }

// Schedule is a parsed configuration.
type Schedule struct {
	identity string // what holds from genesis on, or not at all
	forks    map[string]fork
	blobs    map[string]blob
}

type fork struct {
	kind, at uint64
}

func (f fork) point() Point {
	switch f.kind {
	case atBlock:
		return Point{f.at, Never}
	case atTime:
		return Point{Never, f.at}
	}
	return Point{} // an activation of a kind to come: it may be anywhere
}

type blob struct {
	target, most, fraction uint64
}

// encoded is the canonical encoding, with room for elements that are added to it.
type encoded struct {
	ChainID *big.Int
	TTD     rlp.RawValue
	Deposit common.Address
	Forks   []struct {
		Name     string
		Kind, At uint64
	}
	Blobs []struct {
		Name                   string
		Target, Most, Fraction uint64
	}
	Rest []rlp.RawValue `rlp:"tail"`
}

// Parse reads a configuration, including forks that this version does not know.
func Parse(config []byte) (*Schedule, error) {
	var e encoded
	if err := rlp.DecodeBytes(config, &e); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrMalformed, err)
	}
	s := &Schedule{
		identity: fmt.Sprintf("%v %x %x %x", e.ChainID, e.TTD, e.Deposit, e.Rest),
		forks:    make(map[string]fork, len(e.Forks)), blobs: make(map[string]blob, len(e.Blobs)),
	}
	for _, f := range e.Forks {
		s.forks[f.Name] = fork{f.Kind, f.At}
	}
	for _, b := range e.Blobs {
		s.blobs[b.Name] = blob{b.Target, b.Most, b.Fraction}
	}
	return s, nil
}

// Diverge returns from where on blocks may be executed differently by a and b.
func Diverge(a, b *Schedule) Point {
	if a.identity != b.identity {
		return Point{}
	}
	return a.against(b).and(b.against(a))
}

// against returns the first activation in s of something that o has otherwise.
func (s *Schedule) against(o *Schedule) Point {
	p := Nowhere()
	for name, f := range s.forks {
		if other, ok := o.forks[name]; !ok || other != f {
			p = p.and(f.point())
		}
	}
	// A blob schedule takes effect with the fork that it is named after.
	for name, b := range s.blobs {
		if other, ok := o.blobs[name]; ok && other == b {
			continue
		}
		if f, ok := s.forks[name]; ok {
			p = p.and(f.point())
		}
	}
	return p
}
