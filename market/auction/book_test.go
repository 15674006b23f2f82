package auction

import (
	"cmp"
	"testing"

	"pgregory.net/rapid"

	"github.com/candela-les/candela/unit"
)

// A price is known by its code and tail, and their order is that of prices turned around.
func TestCodes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		price := rapid.Custom(func(t *rapid.T) unit.Price {
			length := rapid.IntRange(0, 122).Draw(t, "length")
			hi, lo := rapid.Uint64().Draw(t, "hi")>>6, rapid.Uint64().Draw(t, "lo")
			if length <= 64 {
				return unit.PriceOfWords(0, lo>>(64-length))
			}
			return unit.PriceOfWords(hi>>(122-length), lo)
		})
		p, q := price.Draw(t, "p"), price.Draw(t, "q")
		if rapid.Bool().Draw(t, "near") {
			hi, lo := p.Words()
			q = unit.PriceOfWords(hi, lo^rapid.Uint64Max(7).Draw(t, "other"))
		}
		e, f := newEntry(p, 1, 0, 0), newEntry(q, 1, 0, 0)
		if e.price() != p {
			t.Fatalf("%s comes back as %s", p, e.price())
		}
		want := q.Cmp(p)
		if got := cmp.Or(cmp.Compare(e.code, f.code), cmp.Compare(f.tail, e.tail)); got != want {
			t.Fatalf("%s before %s: %d, should be %d", p, q, got, want)
		}
		if precedes(e, f) != (want < 0) || e.below(q) != (want > 0) {
			t.Fatalf("%s and %s: precedes %v, below %v", p, q, precedes(e, f), e.below(q))
		}
		if !precedes(first, e) || precedes(lastAt(p), e) || precedes(lastAt(p), f) != (want < 0) {
			t.Fatalf("%s and %s beside the ends", p, q)
		}
	})
}
