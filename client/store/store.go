// Package store is the light client's one small file: the last elected headers,
// the chain configuration once it was elected, what is known of servers, what is demanded
// and was spent, and the owner's own transactions until they are mined.
//
// Nothing in it is believed more than a server would be: headers are linked again
// to the next elected head, and losing the file costs only time and the list of
// own transactions. It is SQLite, with write-ahead log and full synchronisation,
// so that what Put returned from is there after a crash.
//
// The schema has a number that only goes up. A file of an older number is brought
// up to date when it is opened; one of a newer number is refused, untouched.
package store

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

// schema holds the steps from each version to the next. Steps are only added.
var schema = [...]string{
	`CREATE TABLE meta (key TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT;
	CREATE TABLE headers (number INTEGER PRIMARY KEY, rlp BLOB NOT NULL) STRICT;
	CREATE TABLE servers (id BLOB PRIMARY KEY, record BLOB NOT NULL) STRICT;
	CREATE TABLE txs (hash BLOB PRIMARY KEY, rlp BLOB NOT NULL, sent INTEGER NOT NULL) STRICT;`,
	`CREATE TABLE sellers (id BLOB PRIMARY KEY, record BLOB NOT NULL) STRICT;`,
}

// Version is the number of the schema that this code writes.
const Version = len(schema)

// Store is an open file. Its methods may be called from many goroutines.
type Store struct {
	db   *sql.DB
	name string
}

// Open opens or creates the file at path. An empty path keeps everything in
// memory.
func Open(ctx context.Context, path string) (*Store, error) {
	s := &Store{name: "database " + path}
	dsn := "file::memory:"
	if path != "" {
		abs, err := filepath.Abs(path)
		if err != nil {
			return nil, fmt.Errorf("%s %w: %w", s.name, ErrNoFile, err)
		}
		dsn = (&url.URL{Scheme: "file", Path: abs}).String()
	}
	db, err := sql.Open("sqlite", dsn)
	if err != nil {
		return nil, s.explain(err)
	}
	// One connection: an in-memory database lives and dies with it, and writers of
	// one file would only wait for each other anyway.
	db.SetMaxOpenConns(1)
	s.db = db
	if err := s.prepare(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return s, nil
}

func (s *Store) prepare(ctx context.Context) error {
	for _, pragma := range []string{
		"PRAGMA busy_timeout = 1000", "PRAGMA locking_mode = EXCLUSIVE",
		"PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL",
		"PRAGMA cache_size = -512", "PRAGMA journal_size_limit = 1048576",
	} {
		if _, err := s.db.ExecContext(ctx, pragma); err != nil {
			return s.explain(err)
		}
	}
	var version int
	if err := s.db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return s.explain(err)
	}
	if version > Version {
		return fmt.Errorf("%s %w (schema %d, this one knows %d)", s.name, ErrNewer, version, Version)
	}
	if err := s.check(ctx); err != nil {
		return err
	}
	for ; version < Version; version++ {
		if err := s.upgrade(ctx, version); err != nil {
			return s.explain(err)
		}
	}
	return nil
}

// check reads the whole file, which is small, so that damage is found now and not
// when an answer depends on it.
func (s *Store) check(ctx context.Context) error {
	var verdict string
	if err := s.db.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&verdict); err != nil {
		return s.explain(err)
	}
	if verdict != "ok" {
		return fmt.Errorf("%s %w (%s)", s.name, ErrDamaged, verdict)
	}
	return nil
}

// upgrade takes one step, together with the new number or not at all.
func (s *Store) upgrade(ctx context.Context, from int) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // does nothing after Commit
	if _, err := tx.ExecContext(ctx, schema[from]); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d", from+1)); err != nil {
		return err
	}
	return tx.Commit()
}

// Close closes the file.
func (s *Store) Close() error { return s.explain(s.db.Close()) }

// explain makes one sentence of what SQLite says.
func (s *Store) explain(err error) error {
	if err == nil {
		return nil
	}
	kind := ErrNoFile
	var fault *sqlite.Error
	if !errors.As(err, &fault) {
		return fmt.Errorf("%s: %w", s.name, err)
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
		return fmt.Errorf("%s: %w", s.name, err)
	}
	return fmt.Errorf("%s %w (%w)", s.name, kind, err)
}
