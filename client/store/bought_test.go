package store_test

import (
	"database/sql"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/candela-les/candela/client/bidder"
	"github.com/candela-les/candela/client/store"
	"github.com/candela-les/candela/market/buyer"
	"github.com/candela-les/candela/unit"
)

// What was bought is there after a crash, and each store adds to what there was.
func TestBought(t *testing.T) {
	path := filepath.Join(t.TempDir(), "client.db")
	s := open(t, path)
	if got, err := s.Bought(t.Context()); err != nil || got.Demand != "" || len(got.Sellers) != 0 {
		t.Errorf("of nothing: %+v, %v", got, err)
	}
	record := func(through uint64) bidder.Record {
		return bidder.Record{
			Through: through, Balance: unit.AmountOfWords(1, 2), Paid: unit.NewAmount(7), Left: "a reason", Proofs: []string{"f"},
			Until: 1<<60 + through, Undue: unit.NewAmount(1), Owing: unit.NewAmount(2), Bid: unit.PriceOfWords(3, 4),
		}
	}
	first := bidder.Saved{
		Demand:   "wallet budget=5",
		Spending: bidder.Spending{Day: 86_400, Spent: unit.NewAmount(3)},
		Sellers:  map[buyer.ID]bidder.Record{{1}: record(1), {2}: record(2)},
	}
	second := bidder.Saved{
		Spending: bidder.Spending{Day: 172_800, Spent: unit.NewAmount(4), Currency: &bidder.Currency{ChainID: 5, Decimals: 6}},
		Sellers:  map[buyer.ID]bidder.Record{{2}: record(3)},
	}
	for _, saved := range []bidder.Saved{first, second} {
		if err := s.PutBought(t.Context(), saved); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	want := bidder.Saved{
		Demand: first.Demand, Spending: second.Spending,
		Sellers: map[buyer.ID]bidder.Record{{1}: record(1), {2}: record(3)},
	}
	got, err := open(t, path).Bought(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	amounts := cmp.Comparer(func(a, b unit.Amount) bool { return a == b })
	prices := cmp.Comparer(func(a, b unit.Price) bool { return a == b })
	if diff := cmp.Diff(want, got, amounts, prices); diff != "" {
		t.Error(diff)
	}
}

// A file from before anything could be bought is brought up to date, with what is in it.
func TestUpgrade(t *testing.T) {
	path := filepath.Join(t.TempDir(), "client.db")
	db, err := sql.Open("sqlite", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	const before = `CREATE TABLE meta (key TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT;
		CREATE TABLE headers (number INTEGER PRIMARY KEY, rlp BLOB NOT NULL) STRICT;
		CREATE TABLE servers (id BLOB PRIMARY KEY, record BLOB NOT NULL) STRICT;
		CREATE TABLE txs (hash BLOB PRIMARY KEY, rlp BLOB NOT NULL, sent INTEGER NOT NULL) STRICT;
		INSERT INTO meta VALUES ('genesis', X'01'); PRAGMA user_version = 1;`
	if _, err := db.ExecContext(t.Context(), before); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	s := open(t, path)
	if err := s.PutBought(t.Context(), bidder.Saved{Demand: "free"}); err != nil {
		t.Error(err)
	}
	if value, err := s.Meta(t.Context(), store.MetaGenesis); err != nil || len(value) != 1 {
		t.Errorf("what was in it: %x, %v", value, err)
	}
}
