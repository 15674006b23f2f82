package unit

import (
	"errors"
	"fmt"
	"math/big"
	"strings"
)

// priceDecimals is how many decimals a price has below a base unit.
const priceDecimals = 6

// ErrTokens: a text is no number of whole tokens with at most as many decimals as the token has, or too large.
var ErrTokens = errors.New("not an amount of this token")

// Tokens returns the amount in whole tokens, of which each has 10^decimals base units: "0.25" for
// 250,000 of a token with 6 decimals.
func (a Amount) Tokens(decimals uint64) string {
	b := a.Bytes()
	return decimal(b[:], decimals)
}

// ParseTokens reads what Tokens wrote.
func ParseTokens(text string, decimals uint64) (Amount, error) {
	b, err := parseDecimal(text, decimals)
	return AmountOfBytes(b), err
}

// Tokens returns the price in whole tokens an hour.
func (p Price) Tokens(decimals uint64) string {
	b := p.Bytes()
	return decimal(b[:], decimals+priceDecimals)
}

// ParsePriceTokens reads what Price.Tokens wrote.
func ParsePriceTokens(text string, decimals uint64) (Price, error) {
	b, err := parseDecimal(text, decimals+priceDecimals)
	return PriceOfBytes(b), err
}

// decimal writes n / 10^decimals without zeros at its end.
func decimal(n []byte, decimals uint64) string {
	digits := new(big.Int).SetBytes(n).String()
	if missing := int(decimals) + 1 - len(digits); missing > 0 { //nolint:gosec // decimals are at most 77 + 6
		digits = strings.Repeat("0", missing) + digits
	}
	point := len(digits) - int(decimals) //nolint:gosec // as above
	return strings.TrimRight(strings.TrimRight(digits[:point]+"."+digits[point:], "0"), ".")
}

// parseDecimal reads a decimal number times 10^decimals, which has to be whole and to fit.
func parseDecimal(text string, decimals uint64) (out [16]byte, err error) {
	whole, part, _ := strings.Cut(text, ".")
	digits := whole + part
	bad := whole == "" || strings.HasSuffix(text, ".") || uint64(len(part)) > decimals ||
		strings.Trim(digits, "0123456789") != ""
	if bad {
		return out, fmt.Errorf("%w: %q, with at most %d decimals", ErrTokens, text, decimals)
	}
	n, ok := new(big.Int).SetString(digits+strings.Repeat("0", int(decimals)-len(part)), 10) //nolint:gosec // decimals are at most 77 + 6
	if !ok || n.BitLen() > 128 {
		return out, fmt.Errorf("%w: %q is too large", ErrTokens, text)
	}
	n.FillBytes(out[:])
	return out, nil
}
