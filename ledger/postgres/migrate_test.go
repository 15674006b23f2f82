package postgres

import (
	"io/fs"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"

	"github.com/candela-les/candela/ledger"
	"github.com/candela-les/candela/ledger/ledgertest"
	"github.com/candela-les/candela/ledger/postgres/postgrestest"
)

// firstVersion opens a database of the first version, whose lines had no numbers.
func firstVersion(t *testing.T, cluster *postgrestest.Cluster, database string) {
	// Credited 100, of which north holds 50 and has charged 7 and a fee of 1.
	const zero, client = "decode(repeat('00', 20), 'hex')", "decode('01' || repeat('00', 19), 'hex')"
	l := older(t, cluster, database, 1, []string{
		"INSERT INTO accounts VALUES (1, 1, " + zero + ", " + client + ", 50, 42), (2, 2, " + zero + ", " + zero + ", -100, 0)",
		"INSERT INTO accounts VALUES (3, 3, " + zero + ", " + zero + ", 7, 0), (4, 4, " + zero + ", " + zero + ", 1, 0)",
		"INSERT INTO owners VALUES ('north', 1)",
		"INSERT INTO holds VALUES (1, 'north', 1, 2000000000000000000, 42, 1, 9, 7, 1)",
		"INSERT INTO postings VALUES (1, 1, 5, 1, '', 1, 'a', 100, 100), (2, 1, 5, 2, '', 1, '', -100, -100)",
		"INSERT INTO postings VALUES (3, 2, 6, 1, '', 5, '', -50, 50), (4, 2, 6, 1, 'north', 5, '', 50, 100)",
		"INSERT INTO postings VALUES (5, 3, 7, 1, 'north', 7, '1', -7, 93), (6, 3, 7, 3, '', 7, '', 7, 7)",
		"INSERT INTO postings VALUES (7, 3, 7, 1, 'north', 8, '1', -1, 92), (8, 3, 7, 4, '', 8, '', 1, 1)",
		"UPDATE state SET batch = 3, seq = 8, accounts = 4, at = 7",
	})
	ledgertest.Numbered(t, l)
}

// secondVersion opens a database of the second version, in which nobody had collected anything.
func secondVersion(t *testing.T, cluster *postgrestest.Cluster, database string) {
	// Promised 8.
	const zero, client = "decode(repeat('00', 20), 'hex')", "decode('01' || repeat('00', 19), 'hex')"
	l := older(t, cluster, database, 2, []string{
		"INSERT INTO accounts VALUES (1, 1, " + zero + ", " + client + ", 8, 0, 1), (2, 2, " + zero + ", " + zero + ", -8, 0, 1)",
		"INSERT INTO promises VALUES ('m', decode('05' || repeat('00', 31), 'hex'), 1, 8, 'evidence')",
		"INSERT INTO postings VALUES (1, 1, 5, 1, '', 4, 'm:05' || repeat('00', 31), 8, 8, 1), (2, 1, 5, 2, '', 4, '', -8, -8, 1)",
		"UPDATE state SET batch = 1, seq = 2, accounts = 2, at = 5",
	})
	ledgertest.Collecting(t, l)
}

// older makes tables of an older version with rows in them, and opens the database.
func older(t *testing.T, cluster *postgrestest.Cluster, database string, version int64, statements []string) ledger.Ledger {
	t.Helper()
	pool, err := pgxpool.New(t.Context(), database)
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	db := stdlib.OpenDBFromPool(pool)
	defer db.Close()
	steps, err := fs.Sub(migrations, "migrations")
	if err != nil {
		t.Fatal(err)
	}
	provider, err := goose.NewProvider(goose.DialectPostgres, db, steps, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := provider.UpTo(t.Context(), version); err != nil {
		t.Fatal(err)
	}
	for _, statement := range statements {
		cluster.Exec(database, statement)
	}
	l, err := Open(t.Context(), database, ledger.Options{Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	return l
}
