package unit_test

import (
	"encoding/json"
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"github.com/candela-les/candela/unit"
)

func words(hi, lo uint64) *big.Int {
	n := new(big.Int).SetUint64(hi)
	return n.Lsh(n, 64).Add(n, new(big.Int).SetUint64(lo))
}

func bigOf(a unit.Amount) *big.Int { return words(a.Words()) }

var limit = new(big.Int).Lsh(big.NewInt(1), 128) //nolint:gochecknoglobals // a constant

// word draws numbers whose sums and products carry.
func word(t *rapid.T, name string) uint64 {
	return rapid.OneOf(rapid.Uint64(), rapid.SampledFrom([]uint64{0, 1, 1 << 63, 1<<64 - 1, 10_000_000_000_000_000_000})).Draw(t, name)
}

// An amount is what a big.Int of the same value is, as far as it fits.
func TestAmount(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := unit.AmountOfWords(word(t, "a hi"), word(t, "a lo"))
		b := unit.AmountOfWords(word(t, "b hi"), word(t, "b lo"))
		x, y := bigOf(a), bigOf(b)
		if a.String() != x.String() {
			t.Fatalf("%s, not %s", a, x)
		}
		if back, err := unit.ParseAmount(x.String()); err != nil || back != a {
			t.Fatalf("%s is read as %s, %v", x, back, err)
		}
		if unit.AmountOfBytes(a.Bytes()) != a {
			t.Fatalf("%s is lost in bytes", a)
		}
		sum, ok := a.Add(b)
		if want := new(big.Int).Add(x, y); ok != (want.Cmp(limit) < 0) || ok && bigOf(sum).Cmp(want) != 0 || !ok && !sum.IsZero() {
			t.Fatalf("%s + %s = %s, %v", a, b, sum, ok)
		}
		rest, ok := a.Sub(b)
		if want := new(big.Int).Sub(x, y); ok != (want.Sign() >= 0) || ok && bigOf(rest).Cmp(want) != 0 || !ok && !rest.IsZero() {
			t.Fatalf("%s − %s = %s, %v", a, b, rest, ok)
		}
		if a.Cmp(b) != x.Cmp(y) {
			t.Fatalf("%s against %s: %d", a, b, a.Cmp(b))
		}
	})
}

func TestNumbers(t *testing.T) {
	for _, text := range []string{"", "-1", "+1", "1.0", " 1", "1e6", "0x1", limit.String(), "9" + limit.String()} {
		if a, err := unit.ParseAmount(text); err == nil {
			t.Errorf("%q is an amount of %s", text, a)
		}
		if p, err := unit.ParsePrice(text); err == nil {
			t.Errorf("%q is a price of %s", text, p)
		}
	}
	var in struct {
		Amount unit.Amount
		Price  unit.Price
	}
	const text = `{"Amount":"340282366920938463463374607431768211455","Price":"007"}`
	if err := json.Unmarshal([]byte(text), &in); err != nil || in.Price != unit.NewPrice(7) {
		t.Fatal(in, err)
	}
	out, err := json.Marshal(in)
	if want := `{"Amount":"340282366920938463463374607431768211455","Price":"7"}`; err != nil || string(out) != want {
		t.Errorf("%s, %v", out, err)
	}
	if !(unit.Amount{}).IsZero() || !unit.NewPrice(0).IsZero() || unit.NewAmount(1).IsZero() || unit.PriceOfWords(1, 0).IsZero() {
		t.Error("zero")
	}
	p := unit.PricePerHour(1<<64 - 1)
	if want := words(0, 1<<64-1); want.Mul(want, big.NewInt(1_000_000)).Cmp(words(p.Words())) != 0 {
		t.Errorf("%s is not %s", p, want)
	}
	if unit.PriceOfBytes(p.Bytes()) != p || p.Cmp(unit.NewPrice(5)) != 1 {
		t.Error("bytes of a price")
	}
}

// Plus, Minus, Max and Min give what big numbers give, kept within what fits.
func TestNearest(t *testing.T) {
	most := unit.MaxAmount().Big()
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.OneOf(rapid.Uint64(), rapid.SampledFrom([]uint64{0, 1, 1<<64 - 1}))
		a := unit.AmountOfWords(word.Draw(t, "hi"), word.Draw(t, "lo"))
		b := unit.AmountOfWords(word.Draw(t, "hi"), word.Draw(t, "lo"))
		sum, rest := new(big.Int).Add(a.Big(), b.Big()), new(big.Int).Sub(a.Big(), b.Big())
		if sum.Cmp(most) > 0 {
			sum = most
		}
		if rest.Sign() < 0 {
			rest = new(big.Int)
		}
		if got := a.Plus(b).Big(); got.Cmp(sum) != 0 {
			t.Errorf("%v + %v is %v", a, b, got)
		}
		if got := a.Minus(b).Big(); got.Cmp(rest) != 0 {
			t.Errorf("%v − %v is %v", a, b, got)
		}
		if low, high := a.Min(b), a.Max(b); low.Cmp(high) > 0 || low != a && low != b || high != a && high != b || low == high && a != b {
			t.Errorf("of %v and %v, %v is less and %v more", a, b, low, high)
		}
	})
}

func TestAmountOfBig(t *testing.T) {
	most := unit.MaxAmount()
	for _, c := range []struct {
		n     *big.Int
		want  unit.Amount
		exact bool
	}{
		{new(big.Int), unit.Amount{}, true},
		{big.NewInt(-1), unit.Amount{}, false},
		{big.NewInt(7), unit.NewAmount(7), true},
		{new(big.Int).Lsh(big.NewInt(1), 64), unit.AmountOfWords(1, 0), true},
		{most.Big(), most, true},
		{new(big.Int).Add(most.Big(), big.NewInt(1)), most, false},
	} {
		if got, exact := unit.AmountOfBig(c.n); got != c.want || exact != c.exact || unit.NearestAmount(c.n) != c.want {
			t.Errorf("%v is %v, %v", c.n, got, exact)
		}
	}
}
