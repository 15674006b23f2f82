package bidder_test

import "github.com/candela-les/candela/unit"

// minus is a − b, which fits.
func minus(a, b unit.Amount) uint64 {
	rest, _ := a.Sub(b)
	_, lo := rest.Words()
	return lo
}
