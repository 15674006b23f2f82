package ledger_test

import (
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"github.com/candela-les/candela/ledger"
	"github.com/candela-les/candela/unit"
)

// TestSigned compares with integers of any size.
func TestSigned(t *testing.T) {
	most, _ := new(big.Int).SetString("340282366920938463463374607431768211455", 10)
	word := rapid.OneOf(rapid.Uint64(), rapid.SampledFrom([]uint64{0, 1, 1 << 63, 1<<64 - 1}))
	draw := func(t *rapid.T, name string) (ledger.Signed, *big.Int) {
		a := unit.AmountOfWords(word.Draw(t, name), word.Draw(t, name))
		n, _ := new(big.Int).SetString(a.String(), 10)
		if rapid.Bool().Draw(t, name) {
			return ledger.Minus(a), n.Neg(n)
		}
		return ledger.Plus(a), n
	}
	rapid.Check(t, func(t *rapid.T) {
		a, x := draw(t, "a")
		b, y := draw(t, "b")
		if a.String() != x.String() || a.Sign() != x.Sign() || a.Neg().String() != new(big.Int).Neg(x).String() {
			t.Fatalf("%s is not %s", a, x)
		}
		if (a == b) != (x.Cmp(y) == 0) {
			t.Fatalf("%s == %s", a, b)
		}
		back := ledger.Signed{}
		if err := back.UnmarshalText([]byte(x.String())); err != nil || back != a {
			t.Fatalf("%s is read as %s, %v", x, back, err)
		}
		sum, ok := a.Add(b)
		want := new(big.Int).Add(x, y)
		if ok != (want.CmpAbs(most) <= 0) || ok && sum.String() != want.String() || ok && sum.Sign() != want.Sign() {
			t.Fatalf("%s + %s = %s, %v", a, b, sum, ok)
		}
	})
	for _, text := range []string{"", "-", "--1", "+1", "-340282366920938463463374607431768211456"} {
		if s, err := ledger.ParseSigned(text); err == nil {
			t.Errorf("%q is %s", text, s)
		}
	}
}
