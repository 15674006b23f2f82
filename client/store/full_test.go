package store

import (
	"errors"
	"math/big"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/core/types"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/watch"
)

// TestFullDisk lets SQLite run out of pages, which it reports as it does a full
// disk. What was stored before stays.
func TestFullDisk(t *testing.T) {
	s, err := Open(t.Context(), t.TempDir()+"/client.db")
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.PutMeta(t.Context(), "kept", []byte("value")); err != nil {
		t.Fatal(err)
	}
	if _, err := s.db.ExecContext(t.Context(), "PRAGMA max_page_count = 12"); err != nil {
		t.Fatal(err)
	}
	large := types.NewTx(&types.LegacyTx{Value: new(big.Int), GasPrice: new(big.Int), Data: make([]byte, 100_000)})
	err = s.PutTx(t.Context(), OwnTx{Tx: large, Sent: time.Unix(1, 0)})
	if !errors.Is(err, ErrFull) {
		t.Errorf("got %v", err)
	}
	note := pay.Note{Method: "channel", Promise: make([]byte, pay.MaxPromise)}
	for note.ID = (pay.Hash{}); note.ID[0] < 100; note.ID[0]++ {
		if err := s.Notes().Save(t.Context(), note); err != nil {
			if !errors.Is(err, ErrFull) {
				t.Errorf("a note: %v", err)
			}
			break
		}
	}
	if note.ID[0] == 100 {
		t.Error("a full disk takes 100 notes")
	}
	if err := s.Chain().PutSent(t.Context(), watch.Sent{Name: "x", Raw: [][]byte{make([]byte, 50_000)}}, true); !errors.Is(err, ErrFull) {
		t.Errorf("a transaction: %v", err)
	}
	if v, err := s.Meta(t.Context(), "kept"); err != nil || string(v) != "value" {
		t.Errorf("what was there: %q, %v", v, err)
	}
}
