// Package postgres keeps the ledger in a PostgreSQL database: for an operator with several
// servers on the same accounts.
//
// Every transaction first locks the one row of the table state, so those of all servers happen one
// after the other, and each reads what the last one wrote: there are no deadlocks and nothing
// is retried. What many callers of one server ask for at the same time still shares a transaction.
// Each is synced before it is acknowledged, whatever the database's default says
// (synchronous_commit); a database that does not sync at all (fsync off) is refused.
//
// Tables are in migrations/, each file a step from one version to the next, taken by goose. They are
// made where the connection's search_path points first.
//
// The crash tests kill a process at work 20 times, and its database 3 times;
// CANDELA_LEDGER_KILLS says otherwise:
//
//	CANDELA_LEDGER_KILLS=1000 go test ./ledger/postgres -run TestCrash -v
package postgres

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"github.com/candela-les/candela/ledger"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Store is a database, over a pool of connections.
type Store struct{ pool *pgxpool.Pool }

var _ ledger.Store = (*Store)(nil)

// Open opens the ledger in a database, given as a connection string or URL as PostgreSQL's
// own programs take it. Tables are created if there are none. Errors are ErrUnavailable and ErrNewer of
// package ledger, which leaves the database as it is, and those of ledger.Begin.
func Open(ctx context.Context, database string, o ledger.Options) (*ledger.Journal, error) {
	s, err := open(ctx, database)
	if err != nil {
		return nil, err
	}
	return ledger.Begin(ctx, s, o)
}

func open(ctx context.Context, database string) (*Store, error) {
	config, err := pgxpool.ParseConfig(database)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ledger.ErrUnavailable, err)
	}
	config.ConnConfig.RuntimeParams["synchronous_commit"] = "on"
	config.ConnConfig.RuntimeParams["application_name"] = "candela"
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, explain(err)
	}
	s := &Store{pool: pool}
	if err := s.prepare(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// prepare sees to it that what is acknowledged will be durable, and brings the tables up to date.
func (s *Store) prepare(ctx context.Context) error {
	var fsync string
	if err := s.pool.QueryRow(ctx, "SHOW fsync").Scan(&fsync); err != nil {
		return explain(err)
	}
	if fsync != "on" {
		return fmt.Errorf("%w: it has fsync %s and would lose what was acknowledged", ledger.ErrUnavailable, fsync)
	}
	steps, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	// Of several servers that start at once, one takes the steps.
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 60)) // look each second, for a minute
	if err != nil {
		return err
	}
	db := stdlib.OpenDBFromPool(s.pool)
	defer db.Close()
	provider, err := goose.NewProvider(goose.DialectPostgres, db, steps,
		goose.WithDisableGlobalRegistry(true), goose.WithSessionLocker(locker))
	if err != nil {
		return explain(err)
	}
	present, newest, err := provider.GetVersions(ctx)
	if err != nil {
		return explain(err)
	}
	if present > newest {
		return fmt.Errorf("%w (version %d, this one knows %d)", ledger.ErrNewer, present, newest)
	}
	if present == newest {
		return nil
	}
	_, err = provider.Up(ctx)
	return explain(err)
}

// Close implements ledger.Store.
func (s *Store) Close() error {
	s.pool.Close()
	return nil
}
