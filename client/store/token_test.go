package store_test

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/candela-les/candela/client/store"
	"github.com/candela-les/candela/pay"
)

// What a token is, is kept over a restart, for each token by itself.
func TestToken(t *testing.T) {
	path := filepath.Join(t.TempDir(), "light.db")
	mine, other := pay.Asset{ChainID: 5, Token: pay.Address{1}}, pay.Asset{ChainID: 5, Token: pay.Address{2}}
	for _, known := range []bool{false, true} {
		s, err := store.Open(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		h, want := s.History(time.Now), store.Token{Decimals: 6, Symbol: "TST"}
		if got, ok, err := h.Token(t.Context(), mine); err != nil || ok != known || ok && got != want {
			t.Errorf("%+v, %v, %v", got, ok, err)
		}
		if _, ok, err := h.Token(t.Context(), other); err != nil || ok {
			t.Errorf("another token is known: %v", err)
		}
		if err := h.PutToken(t.Context(), mine, want); err != nil {
			t.Fatal(err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
