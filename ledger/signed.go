package ledger

import (
	"strings"

	"github.com/candela-les/candela/unit"
)

// Signed is an amount with a sign, from −(2¹²⁸ − 1) to 2¹²⁸ − 1 base units: what a posting
// adds to an account, or what an account comes to. The zero value is nothing. Signed
// values can be compared by ==.
type Signed struct {
	size     unit.Amount
	negative bool // never of nothing
}

// Plus returns a.
func Plus(a unit.Amount) Signed { return Signed{size: a} }

// Minus returns −a.
func Minus(a unit.Amount) Signed { return Signed{size: a, negative: !a.IsZero()} }

// ParseSigned reads a decimal number of base units, with a minus sign if it is negative.
func ParseSigned(text string) (Signed, error) {
	digits, negative := strings.CutPrefix(text, "-")
	size, err := unit.ParseAmount(digits)
	if err != nil {
		return Signed{}, err
	}
	if negative {
		return Minus(size), nil
	}
	return Plus(size), nil
}

// Size returns the amount without its sign.
func (s Signed) Size() unit.Amount { return s.size }

// Sign returns −1, 0 or 1.
func (s Signed) Sign() int {
	switch {
	case s.negative:
		return -1
	case s.size.IsZero():
		return 0
	default:
		return 1
	}
}

// Neg returns −s.
func (s Signed) Neg() Signed {
	if s.negative {
		return Plus(s.size)
	}
	return Minus(s.size)
}

// Add returns s + t; ok is false if that does not fit.
func (s Signed) Add(t Signed) (sum Signed, ok bool) {
	if s.negative == t.negative {
		size, fits := s.size.Add(t.size)
		return Signed{size, s.negative}, fits
	}
	if rest, enough := s.size.Sub(t.size); enough {
		return Signed{rest, s.negative && !rest.IsZero()}, true
	}
	rest, _ := t.size.Sub(s.size)
	return Signed{rest, t.negative}, true
}

// String returns the number in decimal.
func (s Signed) String() string {
	if s.negative {
		return "-" + s.size.String()
	}
	return s.size.String()
}

// MarshalText makes it a decimal string in JSON and elsewhere.
func (s Signed) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (s *Signed) UnmarshalText(text []byte) (err error) {
	*s, err = ParseSigned(string(text))
	return err
}
