package store

import (
	"errors"
	"math/big"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/core/types"
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
	if v, err := s.Meta(t.Context(), "kept"); err != nil || string(v) != "value" {
		t.Errorf("what was there: %q, %v", v, err)
	}
}
