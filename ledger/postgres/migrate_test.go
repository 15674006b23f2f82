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
	if _, err := provider.UpTo(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	// Credited 100, of which north holds 50 and has charged 7 and a fee of 1.
	const zero, client = "decode(repeat('00', 20), 'hex')", "decode('01' || repeat('00', 19), 'hex')"
	for _, rows := range []string{
		"accounts VALUES (1, 1, " + zero + ", " + client + ", 50, 42), (2, 2, " + zero + ", " + zero + ", -100, 0)",
		"accounts VALUES (3, 3, " + zero + ", " + zero + ", 7, 0), (4, 4, " + zero + ", " + zero + ", 1, 0)",
		"owners VALUES ('north', 1)",
		"holds VALUES (1, 'north', 1, 2000000000000000000, 42, 1, 9, 7, 1)",
		"postings VALUES (1, 1, 5, 1, '', 1, 'a', 100, 100), (2, 1, 5, 2, '', 1, '', -100, -100)",
		"postings VALUES (3, 2, 6, 1, '', 5, '', -50, 50), (4, 2, 6, 1, 'north', 5, '', 50, 100)",
		"postings VALUES (5, 3, 7, 1, 'north', 7, '1', -7, 93), (6, 3, 7, 3, '', 7, '', 7, 7)",
		"postings VALUES (7, 3, 7, 1, 'north', 8, '1', -1, 92), (8, 3, 7, 4, '', 8, '', 1, 1)",
	} {
		cluster.Exec(database, "INSERT INTO "+rows)
	}
	cluster.Exec(database, "UPDATE state SET batch = 3, seq = 8, accounts = 4, at = 7")
	l, err := Open(t.Context(), database, ledger.Options{Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	ledgertest.Numbered(t, l)
}
