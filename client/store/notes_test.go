package store_test

import (
	"path/filepath"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/candela-les/candela/client/store"
	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/watch/watchtest"
	"github.com/candela-les/candela/unit"
)

func drawNote(t *rapid.T) pay.Note {
	blob := func(name string, most int) []byte {
		if b := rapid.SliceOfN(rapid.Byte(), 0, most).Draw(t, name); len(b) > 0 {
			return b
		}
		return nil
	}
	amount := func(name string) unit.Amount {
		return unit.AmountOfWords(rapid.Uint64().Draw(t, name), rapid.Uint64().Draw(t, name))
	}
	n := pay.Note{
		Method: rapid.SampledFrom([]string{"channel", "cheque"}).Draw(t, "method"), ID: pay.Hash{rapid.ByteRange(0, 3).Draw(t, "id")},
		Name: rapid.StringN(0, 20, 64).Draw(t, "name"), Opening: blob("opening", pay.MaxOpening), Deposit: amount("deposit"),
		Promised: amount("promised"), Promise: blob("promise", pay.MaxPromise), Void: amount("void"), Accepted: amount("accepted"), Data: blob("data", 100),
		Closed: rapid.Bool().Draw(t, "closed"),
	}
	n.To = pay.Payee{Seller: pay.Address{19: 5}, Asset: pay.Asset{ChainID: rapid.Uint64().Draw(t, "chain"), Token: pay.Address{7}}, Info: blob("info", pay.MaxInfo)}
	return n
}

// Notes are what a map would hold, also after a restart.
func TestNotes(t *testing.T) {
	dir, files := t.TempDir(), 0
	rapid.Check(t, func(t *rapid.T) {
		files++
		path := filepath.Join(dir, strconv.Itoa(files))
		type key struct {
			method string
			id     pay.Hash
		}
		twin := map[key]pay.Note{}
		equal := cmp.Comparer(func(a, b unit.Amount) bool { return a == b })
		s, err := store.Open(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { s.Close() }()
		for range rapid.IntRange(1, 12).Draw(t, "steps") {
			n := drawNote(t)
			twin[key{n.Method, n.ID}] = n
			if err := s.Notes().Save(t.Context(), n); err != nil {
				t.Fatal(err)
			}
			if rapid.IntRange(0, 3).Draw(t, "restart") == 0 {
				s.Close()
				if s, err = store.Open(t.Context(), path); err != nil {
					t.Fatal(err)
				}
			}
		}
		all, err := s.Notes().All(t.Context())
		if err != nil || len(all) != len(twin) {
			t.Fatalf("%d notes of %d, %v", len(all), len(twin), err)
		}
		for _, n := range all {
			if diff := cmp.Diff(twin[key{n.Method, n.ID}], n, equal); diff != "" {
				t.Error(diff)
			}
			if one, ok, err := s.Notes().Load(t.Context(), n.Method, n.ID); !ok || err != nil || !cmp.Equal(one, n, equal) {
				t.Errorf("%+v, %v, %v", one, ok, err)
			}
		}
		if _, ok, err := s.Notes().Load(t.Context(), "channel", pay.Hash{31: 1}); ok || err != nil {
			t.Errorf("of nothing: %v, %v", ok, err)
		}
	})
}

func TestChainTables(t *testing.T) {
	path := filepath.Join(t.TempDir(), "client.db")
	watchtest.Kept(t, func(t *testing.T) watchtest.Keeper {
		s, err := store.Open(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		return s.Chain()
	})
}

// What a wallet keeps is there again after a restart, and nothing before there was anything. What others keep for other assets is no part of it.
func TestPurse(t *testing.T) {
	path := filepath.Join(t.TempDir(), "light.db")
	assets := []pay.Asset{{ChainID: 1, Token: pay.Address{1}}, {ChainID: 1, Token: pay.Address{2}}, {ChainID: 2, Token: pay.Address{1}}}
	for _, want := range []string{"", "first", "second"} {
		s, err := store.Open(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		for n, of := range assets {
			want := want
			if want != "" {
				want += strconv.Itoa(n)
			}
			if kept, err := s.Purse().LoadPurse(t.Context(), of); err != nil || string(kept) != want || want == "" && kept != nil {
				t.Errorf("%q is kept, want %q: %v", kept, want, err)
			}
		}
		next := map[string]string{"": "first", "first": "second", "second": "third"}[want]
		for n, of := range assets {
			if err := s.Purse().SavePurse(t.Context(), of, []byte(next+strconv.Itoa(n))); err != nil {
				t.Error(err)
			}
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}
