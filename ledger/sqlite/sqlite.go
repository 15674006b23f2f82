// Package sqlite keeps the ledger in one SQLite file: for a server that has its accounts to
// itself. Several processes may have the file open; they wait for each other.
//
// The file is written ahead (WAL) and synced in full at each transaction, so what was
// acknowledged survives a crash of the program and of the machine, as far as the disk
// keeps its word. One connection writes and others read beside it: the former through zombiezen.com/go/sqlite, which
// keeps statements prepared, the latter through database/sql, as goose wants it; both are the same library below. Rows that were
// written last are kept in memory, and are not read again unless somebody else has written since. Tables are in
// migrations/, each file a step from one version to the next, taken by goose.
//
// The crash test kills a process at work 100 times; CANDELA_LEDGER_KILLS says otherwise:
//
//	CANDELA_LEDGER_KILLS=1000 go test ./ledger/sqlite -run TestCrash -v
package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"sync"

	"github.com/pressly/goose/v3"

	"github.com/candela-les/candela/ledger"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Store is an open file.
type Store struct {
	name  string
	path  string  // absolute
	write *sql.DB // of migrations
	read  *sql.DB

	mu struct {
		sync.Mutex
		w    *writer // nil after an error that may have left the connection unusable
		kept kept
	}
}

var _ ledger.Store = (*Store)(nil)

// Open opens or creates the ledger in the file at path. Errors are ErrUnavailable, ErrDamaged, ErrFull
// and ErrNewer of package ledger, which leaves the file as it is, and those of ledger.Begin.
func Open(ctx context.Context, path string, o ledger.Options) (*ledger.Journal, error) {
	s, err := open(ctx, path)
	if err != nil {
		return nil, err
	}
	return ledger.Begin(ctx, s, o)
}

func open(ctx context.Context, path string) (*Store, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("%s: %w: %w", path, ledger.ErrUnavailable, err)
	}
	// Whose accounts these are is nobody else's business.
	file, err := os.OpenFile(abs, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ledger.ErrUnavailable, err)
	}
	if err := file.Close(); err != nil {
		return nil, fmt.Errorf("%w: %w", ledger.ErrUnavailable, err)
	}
	s := &Store{name: path, path: abs}
	if s.write, err = connect(abs); err != nil {
		return nil, s.explain(err)
	}
	s.write.SetMaxOpenConns(1)
	if s.read, err = connect(abs, "query_only(1)"); err != nil {
		return nil, errors.Join(s.explain(err), s.write.Close())
	}
	s.read.SetMaxOpenConns(4)
	if err := s.migrate(ctx); err != nil {
		return nil, errors.Join(s.examine(ctx, err), s.Close())
	}
	return s, nil
}

// examine looks whether damage is what is behind an error. It reads the whole file.
func (s *Store) examine(ctx context.Context, err error) error {
	var verdict string
	if !errors.Is(err, ledger.ErrUnavailable) {
		return err
	}
	switch bad := s.write.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&verdict); {
	case bad != nil && errors.Is(s.explain(bad), ledger.ErrDamaged):
		return s.explain(bad)
	case bad == nil && verdict != "ok":
		return fmt.Errorf("%s: %w (%s)", s.name, ledger.ErrDamaged, verdict)
	}
	return err
}

func connect(path string, pragmas ...string) (*sql.DB, error) {
	pragmas = append(pragmas, "busy_timeout(5000)", "journal_mode(WAL)", "synchronous(FULL)", "journal_size_limit(16777216)")
	source := url.URL{Scheme: "file", Path: path, RawQuery: url.Values{"_pragma": pragmas}.Encode()}
	return sql.Open("sqlite", source.String())
}

// migrate brings the tables up to date, and refuses those of a newer version.
func (s *Store) migrate(ctx context.Context) error {
	steps, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	provider, err := goose.NewProvider(goose.DialectSQLite3, s.write, steps, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return s.explain(err)
	}
	present, newest, err := provider.GetVersions(ctx)
	if err != nil {
		return s.explain(err)
	}
	if present > newest {
		return fmt.Errorf("%s: %w (version %d, this one knows %d)", s.name, ledger.ErrNewer, present, newest)
	}
	_, err = provider.Up(ctx)
	return s.explain(err)
}

// Close implements ledger.Store.
func (s *Store) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.mu.w != nil {
		s.mu.w.close()
		s.mu.w = nil
	}
	return s.explain(errors.Join(s.read.Close(), s.write.Close()))
}
