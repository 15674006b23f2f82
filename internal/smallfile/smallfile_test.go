package smallfile_test

import (
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/candela-les/candela/internal/smallfile"
)

const (
	first  = "CREATE TABLE a (x INTEGER) STRICT; INSERT INTO a VALUES (1);"
	second = "ALTER TABLE a ADD COLUMN y INTEGER; INSERT INTO a VALUES (2, 3);"
)

// A file takes each step once, keeps what was written, and is refused by what does not know all its steps.
func TestSteps(t *testing.T) {
	path := filepath.Join(t.TempDir(), "f.db")
	for _, schema := range [][]string{{first}, {first}, {first, second}, {first, second}} {
		f, err := smallfile.Open(t.Context(), path, schema)
		if err != nil {
			t.Fatal(err)
		}
		var rows int
		if err := f.DB().QueryRowContext(t.Context(), "SELECT count(*) FROM a").Scan(&rows); err != nil || rows != len(schema) {
			t.Errorf("%d rows after %d steps, %v", rows, len(schema), err)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := smallfile.Open(t.Context(), path, []string{first}); !errors.Is(err, smallfile.ErrNewer) {
		t.Errorf("%v", err)
	}
	if _, err := smallfile.Open(t.Context(), path, []string{first, second, "CREATE nonsense"}); err == nil {
		t.Error("a step that fails")
	}
	f, err := smallfile.Open(t.Context(), path, []string{first, second})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := smallfile.Open(t.Context(), path, []string{first, second}); !errors.Is(err, smallfile.ErrInUse) {
		t.Errorf("%v", err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte("no database at all, but long enough to be looked at"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := smallfile.Open(t.Context(), path, nil); !errors.Is(err, smallfile.ErrDamaged) {
		t.Errorf("%v", err)
	}
}

// What fails half way has changed nothing.
func TestTransact(t *testing.T) {
	f, err := smallfile.Open(t.Context(), "", []string{first})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	half := errors.New("half way")
	insert := func(then error) error {
		return f.Transact(t.Context(), func(tx *sql.Tx) error {
			if _, err := tx.ExecContext(t.Context(), "INSERT INTO a VALUES (2)"); err != nil {
				return err
			}
			return then
		})
	}
	if err := insert(half); !errors.Is(err, half) {
		t.Errorf("%v", err)
	}
	if err := insert(nil); err != nil {
		t.Errorf("%v", err)
	}
	var rows int
	if err := f.DB().QueryRowContext(t.Context(), "SELECT count(*) FROM a").Scan(&rows); err != nil || rows != 2 {
		t.Errorf("%d rows, %v", rows, err)
	}
	// SQLite reports running out of pages as it does a full disk.
	if _, err := f.DB().ExecContext(t.Context(), "PRAGMA max_page_count = 2"); err != nil {
		t.Fatal(err)
	}
	err = f.Transact(t.Context(), func(tx *sql.Tx) error {
		_, err := tx.ExecContext(t.Context(), "CREATE TABLE b AS SELECT zeroblob(100000)")
		return err
	})
	if !errors.Is(err, smallfile.ErrFull) {
		t.Errorf("%v", err)
	}
}
