// Package smallfile keeps what a process must not forget in one small SQLite file: with a write-ahead log and full
// synchronisation, so that what a write returned from is there after a crash, and read whole when it is opened, so that damage
// is found then.
//
// The schema has a number that only goes up. A file of an older number is brought up to date when it is opened; one
// of a newer number is refused, untouched. One process has the file at a time.
package smallfile

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"

	sqlite "modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// What can be wrong with the file; match with errors.Is. The message of an error
// that Open or a method returns is one sentence that says what to do.
var (
	ErrDamaged = errors.New("is damaged; move it away and start again")
	ErrNewer   = errors.New("was written by a newer version; update Candela or use another directory")
	ErrFull    = errors.New("cannot grow: the disk is full")
	ErrInUse   = errors.New("is in use by another process")
	ErrNoFile  = errors.New("cannot be opened")
)

// File is an open file. Its methods may be called from many goroutines.
type File struct {
	db   *sql.DB
	name string
}

// Open opens or creates the file at path. An empty path keeps everything in memory. schema holds the steps from each
// version to the next; steps are only added.
func Open(ctx context.Context, path string, schema []string) (*File, error) {
	f := &File{name: "database " + path}
	dsn := "file::memory:"
	if path != "" {
		abs, err := filepath.Abs(path)
		if err != nil {
			return nil, fmt.Errorf("%s %w: %w", f.name, ErrNoFile, err)
		}
		dsn = (&url.URL{Scheme: "file", Path: abs}).String()
	}
	db, err := sql.Open("sqlite", dsn)
	if err != nil {
		return nil, f.Explain(err)
	}
	// One connection: an in-memory database lives and dies with it, and writers of
	// one file would only wait for each other anyway.
	db.SetMaxOpenConns(1)
	f.db = db
	if err := f.prepare(ctx, schema); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return f, nil
}

// DB is the database, of one connection. What it returns is for Explain.
func (f *File) DB() *sql.DB { return f.db }

func (f *File) prepare(ctx context.Context, schema []string) error {
	for _, pragma := range []string{
		"PRAGMA busy_timeout = 1000", "PRAGMA locking_mode = EXCLUSIVE",
		"PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL",
		"PRAGMA cache_size = -512", "PRAGMA journal_size_limit = 1048576",
	} {
		if _, err := f.db.ExecContext(ctx, pragma); err != nil {
			return f.Explain(err)
		}
	}
	var version int
	if err := f.db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return f.Explain(err)
	}
	if version > len(schema) {
		return fmt.Errorf("%s %w (schema %d, this one knows %d)", f.name, ErrNewer, version, len(schema))
	}
	if err := f.check(ctx); err != nil {
		return err
	}
	for ; version < len(schema); version++ {
		if err := f.upgrade(ctx, schema[version], version+1); err != nil {
			return f.Explain(err)
		}
	}
	return nil
}

// check reads the whole file, which is small, so that damage is found now and not
// when an answer depends on it.
func (f *File) check(ctx context.Context) error {
	var verdict string
	if err := f.db.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&verdict); err != nil {
		return f.Explain(err)
	}
	if verdict != "ok" {
		return fmt.Errorf("%s %w (%s)", f.name, ErrDamaged, verdict)
	}
	return nil
}

// upgrade takes one step, together with the new number or not at all.
func (f *File) upgrade(ctx context.Context, step string, to int) error {
	tx, err := f.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // does nothing after Commit
	if _, err := tx.ExecContext(ctx, step); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d", to)); err != nil {
		return err
	}
	return tx.Commit()
}

// Transact does something all at once or not at all. Its error is explained.
func (f *File) Transact(ctx context.Context, do func(*sql.Tx) error) error {
	tx, err := f.db.BeginTx(ctx, nil)
	if err != nil {
		return f.Explain(err)
	}
	defer tx.Rollback() //nolint:errcheck // does nothing after Commit
	if err := do(tx); err != nil {
		return f.Explain(err)
	}
	return f.Explain(tx.Commit())
}

// Close closes the file.
func (f *File) Close() error { return f.Explain(f.db.Close()) }

// Explain makes one sentence of what SQLite says.
func (f *File) Explain(err error) error {
	if err == nil {
		return nil
	}
	kind := ErrNoFile
	var fault *sqlite.Error
	if !errors.As(err, &fault) {
		return fmt.Errorf("%s: %w", f.name, err)
	}
	switch fault.Code() & 0xff { // the rest of the code is detail
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		kind = ErrDamaged
	case sqlite3.SQLITE_FULL:
		kind = ErrFull
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		kind = ErrInUse
	case sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_READONLY:
	default:
		return fmt.Errorf("%s: %w", f.name, err)
	}
	return fmt.Errorf("%s %w (%w)", f.name, kind, err)
}
