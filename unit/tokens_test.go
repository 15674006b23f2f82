package unit_test

import (
	"errors"
	"testing"

	"pgregory.net/rapid"

	"github.com/candela-les/candela/unit"
)

func TestTokens(t *testing.T) {
	for _, c := range []struct {
		base     uint64
		decimals uint64
		text     string
	}{
		{0, 6, "0"},
		{1, 6, "0.000001"},
		{250_000, 6, "0.25"},
		{1_000_000, 6, "1"},
		{12_345_678, 6, "12.345678"},
		{7, 0, "7"},
		{1_000_000_000_000_000_000, 18, "1"},
		{100, 0, "100"},
	} {
		if got := unit.NewAmount(c.base).Tokens(c.decimals); got != c.text {
			t.Errorf("%d with %d decimals is %s, not %s", c.base, c.decimals, got, c.text)
		}
	}
	if got := unit.PricePerHour(250_000).Tokens(6); got != "0.25" {
		t.Errorf("a price of a quarter is %s", got)
	}
	for _, text := range []string{"", ".", "1.", ".5", "-1", "+1", "1e3", "0.0000001", "1,5", "0x1", "1 ", "340282366920938463463374607431769"} {
		if got, err := unit.ParseTokens(text, 6); !errors.Is(err, unit.ErrTokens) {
			t.Errorf("%q is read as %s, %v", text, got, err)
		}
	}
}

func TestTokensThereAndBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		hi, lo, decimals := rapid.Uint64().Draw(t, "hi"), rapid.Uint64().Draw(t, "lo"), rapid.Uint64Range(0, 77).Draw(t, "decimals")
		amount, price := unit.AmountOfWords(hi, lo), unit.PriceOfWords(hi, lo)
		if got, err := unit.ParseTokens(amount.Tokens(decimals), decimals); err != nil || got != amount {
			t.Errorf("%s is read as %s, %v", amount.Tokens(decimals), got, err)
		}
		if got, err := unit.ParsePriceTokens(price.Tokens(decimals), decimals); err != nil || got != price {
			t.Errorf("%s is read as %s, %v", price.Tokens(decimals), got, err)
		}
	})
}
