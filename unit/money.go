package unit

import (
	"fmt"
	"math/big"
)

// Amount is money in base units of its token, of which a whole token has 10⁶ or 10¹⁸,
// as it says itself. What does not fit is an error that the caller has to deal with (Add, Sub);
// Plus and Minus are for bounds and differences, where the nearest amount that fits is what is
// meant. Amounts can be compared by ==.
type Amount struct{ w wide }

// NewAmount returns so many base units.
func NewAmount(n uint64) Amount { return Amount{wide{0, n}} }

// AmountOfWords returns hi·2⁶⁴ + lo base units.
func AmountOfWords(hi, lo uint64) Amount { return Amount{wide{hi, lo}} }

// AmountOfBytes reads what Bytes wrote.
func AmountOfBytes(b [16]byte) Amount { return Amount{wideOf(b)} }

// ParseAmount reads a decimal number of base units, without sign or separators.
func ParseAmount(text string) (Amount, error) {
	w, err := parseWide(text)
	if err != nil {
		return Amount{}, fmt.Errorf("amount %q: %w", text, err)
	}
	return Amount{w}, nil
}

// Words returns the amount as hi·2⁶⁴ + lo.
func (a Amount) Words() (hi, lo uint64) { return a.w.hi, a.w.lo }

// Bytes returns the amount, big-endian: the order of the bytes is that of the amounts.
func (a Amount) Bytes() [16]byte { return a.w.bytes() }

// String returns the amount in decimal.
func (a Amount) String() string { return a.w.String() }

// MarshalText and UnmarshalText make an amount a decimal string in JSON and elsewhere.
func (a Amount) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (a *Amount) UnmarshalText(text []byte) (err error) {
	*a, err = ParseAmount(string(text))
	return err
}

// IsZero reports whether it is nothing.
func (a Amount) IsZero() bool { return a == Amount{} }

// Cmp returns −1, 0 or 1 for less than, equal to or more than b.
func (a Amount) Cmp(b Amount) int { return a.w.cmp(b.w) }

// Add returns a + b, or nothing and false if that does not fit.
func (a Amount) Add(b Amount) (sum Amount, ok bool) {
	w, ok := a.w.add(b.w)
	if !ok {
		return Amount{}, false
	}
	return Amount{w}, true
}

// Sub returns a − b, or nothing and false if b is more.
func (a Amount) Sub(b Amount) (rest Amount, ok bool) {
	w, ok := a.w.sub(b.w)
	if !ok {
		return Amount{}, false
	}
	return Amount{w}, true
}

// Plus returns a + b, or the largest amount there is.
func (a Amount) Plus(b Amount) Amount {
	if sum, ok := a.Add(b); ok {
		return sum
	}
	return MaxAmount()
}

// Minus returns a − b, or nothing if b is more.
func (a Amount) Minus(b Amount) Amount {
	rest, _ := a.Sub(b)
	return rest
}

// Max returns the larger one.
func (a Amount) Max(b Amount) Amount {
	if a.Cmp(b) < 0 {
		return b
	}
	return a
}

// Min returns the smaller one.
func (a Amount) Min(b Amount) Amount {
	if a.Cmp(b) < 0 {
		return a
	}
	return b
}

// MaxAmount is the largest amount there is: 2¹²⁸ − 1 base units.
func MaxAmount() Amount { return AmountOfWords(1<<64-1, 1<<64-1) }

// AmountOfBig returns n base units, or the nearest amount there is; exact says which.
func AmountOfBig(n *big.Int) (a Amount, exact bool) {
	switch {
	case n.Sign() < 0:
		return Amount{}, false
	case n.BitLen() > 128:
		return MaxAmount(), false
	}
	var b [16]byte
	n.FillBytes(b[:])
	return AmountOfBytes(b), true
}

// NearestAmount is AmountOfBig for numbers of which it is known that they fit, or that the nearest will do.
func NearestAmount(n *big.Int) Amount {
	a, _ := AmountOfBig(n)
	return a
}

// Big returns the amount as a number of its own.
func (a Amount) Big() *big.Int {
	b := a.Bytes()
	return new(big.Int).SetBytes(b[:])
}

// Price is what a unit of capacity costs for an hour, in millionths of a base unit.
// Prices can be compared by ==.
type Price struct{ w wide }

// PricePerHour returns the price of so many base units an hour. A base unit has a million
// parts, so that every such price fits.
func PricePerHour(n uint64) Price {
	w, _ := wide{0, n}.mul(priceParts)
	return Price{w}
}

// priceParts is how many parts a base unit has in a price.
const priceParts = 1_000_000

// NewPrice returns a price of so many millionths.
func NewPrice(n uint64) Price { return Price{wide{0, n}} }

// PriceOfWords returns a price of hi·2⁶⁴ + lo millionths.
func PriceOfWords(hi, lo uint64) Price { return Price{wide{hi, lo}} }

// PriceOfBytes reads what Bytes wrote.
func PriceOfBytes(b [16]byte) Price { return Price{wideOf(b)} }

// ParsePrice reads a decimal number of millionths, without sign or separators.
func ParsePrice(text string) (Price, error) {
	w, err := parseWide(text)
	if err != nil {
		return Price{}, fmt.Errorf("price %q: %w", text, err)
	}
	return Price{w}, nil
}

// Words returns the price as hi·2⁶⁴ + lo.
func (p Price) Words() (hi, lo uint64) { return p.w.hi, p.w.lo }

// Bytes returns the price, big-endian: the order of the bytes is that of the prices.
func (p Price) Bytes() [16]byte { return p.w.bytes() }

// String returns the price in decimal, in millionths of a base unit an hour.
func (p Price) String() string { return p.w.String() }

// MarshalText makes a price a decimal string in JSON and elsewhere.
func (p Price) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (p *Price) UnmarshalText(text []byte) (err error) {
	*p, err = ParsePrice(string(text))
	return err
}

// IsZero reports whether it is nothing.
func (p Price) IsZero() bool { return p == Price{} }

// Cmp returns −1, 0 or 1 for lower than, equal to or higher than q.
func (p Price) Cmp(q Price) int { return p.w.cmp(q.w) }
