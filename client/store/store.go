// Package store is the light client's one small file: the last elected headers,
// the chain configuration once it was elected, what is known of servers, what is demanded
// and was spent, the owner's own transactions until they are mined, and the channels that it pays by.
//
// Nothing in it is believed more than a server would be: headers are linked again
// to the next elected head, and losing the file costs only time, the list of
// own transactions, and, of the channels, what no server shows again. It is SQLite, with write-ahead log and full synchronisation,
// so that what Put returned from is there after a crash.
//
// The schema has a number that only goes up. A file of an older number is brought
// up to date when it is opened; one of a newer number is refused, untouched.
package store

import (
	"context"
	"database/sql"

	"github.com/candela-les/candela/internal/smallfile"
	"github.com/candela-les/candela/pay/watch/disk"
)

// What can be wrong with the file; match with errors.Is. The message of an error
// that Open or a method returns is one sentence that says what to do.
var (
	ErrDamaged = smallfile.ErrDamaged
	ErrNewer   = smallfile.ErrNewer
	ErrFull    = smallfile.ErrFull
	ErrInUse   = smallfile.ErrInUse
	ErrNoFile  = smallfile.ErrNoFile
)

// schema holds the steps from each version to the next. Steps are only added.
func schema() []string {
	return []string{
		`CREATE TABLE meta (key TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT;
	CREATE TABLE headers (number INTEGER PRIMARY KEY, rlp BLOB NOT NULL) STRICT;
	CREATE TABLE servers (id BLOB PRIMARY KEY, record BLOB NOT NULL) STRICT;
	CREATE TABLE txs (hash BLOB PRIMARY KEY, rlp BLOB NOT NULL, sent INTEGER NOT NULL) STRICT;`,
		`CREATE TABLE sellers (id BLOB PRIMARY KEY, record BLOB NOT NULL) STRICT;`,
		`CREATE TABLE notes (method TEXT NOT NULL, id BLOB NOT NULL, note BLOB NOT NULL, PRIMARY KEY (method, id)) STRICT;` + disk.Schema,
		historySchema,
	}
}

// Store is an open file. Its methods may be called from many goroutines.
type Store struct {
	file *smallfile.File
	db   *sql.DB // the file's
}

// Open opens or creates the file at path. An empty path keeps everything in
// memory.
func Open(ctx context.Context, path string) (*Store, error) {
	f, err := smallfile.Open(ctx, path, schema())
	if err != nil {
		return nil, err
	}
	return &Store{f, f.DB()}, nil
}

// Close closes the file.
func (s *Store) Close() error { return s.file.Close() }

func (s *Store) explain(err error) error { return s.file.Explain(err) }

func (s *Store) transact(ctx context.Context, do func(*sql.Tx) error) error {
	return s.file.Transact(ctx, do)
}
