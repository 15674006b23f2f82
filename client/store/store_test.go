package store_test

import (
	"bytes"
	"database/sql"
	"errors"
	"math/big"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/core/types"

	"github.com/candela-les/candela/client/quality"
	"github.com/candela-les/candela/client/store"
)

func open(t *testing.T, path string) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func headers(first uint64, n int, salt byte, parent *types.Header) (out []*types.Header) {
	for i := range n {
		h := &types.Header{Number: new(big.Int).SetUint64(first + uint64(i)), Difficulty: new(big.Int), Extra: []byte{salt}}
		if parent != nil {
			h.ParentHash = parent.Hash()
		}
		out, parent = append(out, h), h
	}
	return out
}

func TestEverythingSurvivesReopening(t *testing.T) {
	path := filepath.Join(t.TempDir(), "client.db")
	s, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	a := headers(1, 10, 'a', nil)
	b := headers(6, 2, 'b', a[4])
	tx := types.NewTx(&types.LegacyTx{Nonce: 3, Value: big.NewInt(5), GasPrice: big.NewInt(1)})
	record := quality.Record{Answers: 7, Lies: 1, Banned: time.Unix(1700000000, 0).UTC()}
	for _, err := range []error{
		s.PutHeaders(t.Context(), a),
		s.PutHeaders(t.Context(), b), // a reorg to a shorter chain
		s.PutMeta(t.Context(), store.MetaConfig, []byte("config")),
		s.PutServers(t.Context(), map[[32]byte]quality.Record{{1}: record}),
		s.PutTx(t.Context(), store.OwnTx{Tx: tx, Sent: time.Unix(5, 0)}),
		s.Close(),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	s = open(t, path)
	hs, err := s.Headers(t.Context())
	if err != nil || len(hs) != 7 || hs[0].Hash() != a[0].Hash() || hs[6].Hash() != b[1].Hash() {
		t.Errorf("%d headers, error %v", len(hs), err)
	}
	if v, err := s.Meta(t.Context(), store.MetaConfig); err != nil || string(v) != "config" {
		t.Errorf("meta %q, error %v", v, err)
	}
	if v, err := s.Meta(t.Context(), "unknown"); err != nil || v != nil {
		t.Errorf("meta %q, error %v", v, err)
	}
	if rs, err := s.Servers(t.Context()); err != nil || rs[[32]byte{1}] != record {
		t.Errorf("servers %v, error %v", rs, err)
	}
	txs, err := s.Txs(t.Context())
	if err != nil || len(txs) != 1 || txs[0].Tx.Hash() != tx.Hash() || !txs[0].Sent.Equal(time.Unix(5, 0)) {
		t.Errorf("transactions %v, error %v", txs, err)
	}
	if err := s.DeleteTx(t.Context(), tx.Hash()); err != nil {
		t.Fatal(err)
	}
	if txs, _ := s.Txs(t.Context()); len(txs) != 0 {
		t.Error("a deleted transaction is still there")
	}
}

func TestHeadersAreBounded(t *testing.T) {
	s := open(t, "")
	all := headers(1, 2*store.KeepHeaders, 'a', nil)
	for _, h := range all[:store.KeepHeaders] {
		if err := s.PutHeaders(t.Context(), []*types.Header{h}); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.PutHeaders(t.Context(), all[store.KeepHeaders:]); err != nil {
		t.Fatal(err)
	}
	hs, err := s.Headers(t.Context())
	if err != nil || len(hs) != store.KeepHeaders || hs[0].Number.Uint64() != store.KeepHeaders+1 {
		t.Errorf("%d headers from %v, error %v", len(hs), hs[0].Number, err)
	}
}

func TestDamagedFile(t *testing.T) {
	dir := t.TempDir()
	garbage := filepath.Join(dir, "garbage.db")
	if err := os.WriteFile(garbage, bytes.Repeat([]byte("no database "), 1000), 0o600); err != nil {
		t.Fatal(err)
	}
	torn := filepath.Join(dir, "torn.db")
	s, err := store.Open(t.Context(), torn)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(s.PutHeaders(t.Context(), headers(1, 200, 'a', nil)), s.Close()); err != nil {
		t.Fatal(err)
	}
	enc, err := os.ReadFile(torn)
	if err != nil {
		t.Fatal(err)
	}
	for i := 4096; i < len(enc); i++ {
		enc[i] ^= 0x5a
	}
	if err := os.WriteFile(torn, enc, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{garbage, torn} {
		if s, err := store.Open(t.Context(), path); !errors.Is(err, store.ErrDamaged) {
			t.Errorf("%s: %v, %v", path, s, err)
		} else {
			t.Log(err)
		}
	}
	if _, err := store.Open(t.Context(), filepath.Join(dir, "no", "such", "dir.db")); !errors.Is(err, store.ErrNoFile) {
		t.Errorf("missing directory: %v", err)
	}
}

func TestNewerSchemaIsRefusedUntouched(t *testing.T) {
	path := filepath.Join(t.TempDir(), "client.db")
	if err := open(t, path).Close(); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.ExecContext(t.Context(), "PRAGMA user_version = 99"); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := store.Open(t.Context(), path); !errors.Is(err, store.ErrNewer) {
		t.Errorf("got %v", err)
	}
	if after, err := os.ReadFile(path); err != nil || !bytes.Equal(before, after) {
		t.Errorf("a refused file was changed (%v)", err)
	}
}

func TestSecondProcessIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "client.db")
	s := open(t, path)
	if err := s.PutMeta(t.Context(), "a", []byte{1}); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Open(t.Context(), path); !errors.Is(err, store.ErrInUse) {
		t.Errorf("got %v", err)
	}
}
