package sqlite

import (
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/pressly/goose/v3"

	"github.com/candela-les/candela/ledger"
	"github.com/candela-les/candela/ledger/ledgertest"
	"github.com/candela-les/candela/unit"
)

// TestFirstVersion opens a file of the first version, whose lines had no numbers.
func TestFirstVersion(t *testing.T) {
	// Credited 100, of which north holds 50 and has charged 7 and a fee of 1.
	l := older(t, 1, []string{
		"accounts VALUES (1, 1, ZERO, x'01" + strings.Repeat("00", 19) + "', 0, N50, N42), (2, 2, ZERO, ZERO, 1, N100, N0), (3, 3, ZERO, ZERO, 0, N7, N0), (4, 4, ZERO, ZERO, 0, N1, N0)",
		"owners VALUES ('north', 1)",
		"holds VALUES (1, 'north', 1, 2000000000000000000, N42, 1, 9, N7, N1)",
		"postings VALUES (1, 1, 5, 1, '', 1, 'a', 0, N100, 0, N100), (2, 1, 5, 2, '', 1, '', 1, N100, 1, N100)",
		"postings VALUES (3, 2, 6, 1, '', 5, '', 1, N50, 0, N50), (4, 2, 6, 1, 'north', 5, '', 0, N50, 0, N100)",
		"postings VALUES (5, 3, 7, 1, 'north', 7, '1', 1, N7, 0, N93), (6, 3, 7, 3, '', 7, '', 0, N7, 0, N7)",
		"postings VALUES (7, 3, 7, 1, 'north', 8, '1', 1, N1, 0, N92), (8, 3, 7, 4, '', 8, '', 0, N1, 0, N1)",
		"state = batch = 3, seq = 8, accounts = 4, at = 7",
	})
	ledgertest.Numbered(t, l)
}

// TestSecondVersion opens a file of the second version, in which nobody had collected anything.
func TestSecondVersion(t *testing.T) {
	// Promised 8.
	l := older(t, 2, []string{
		"accounts VALUES (1, 1, ZERO, x'01" + strings.Repeat("00", 19) + "', 0, N8, N0, 1), (2, 2, ZERO, ZERO, 1, N8, N0, 1)",
		"promises VALUES ('m', x'05" + strings.Repeat("00", 31) + "', 1, N8, CAST('evidence' AS BLOB))",
		"postings VALUES (1, 1, 5, 1, '', 4, 'm:05" + strings.Repeat("00", 31) + "', 0, N8, 0, N8, 1), (2, 1, 5, 2, '', 4, '', 1, N8, 1, N8, 1)",
		"state = batch = 1, seq = 2, accounts = 2, at = 5",
	})
	ledgertest.Collecting(t, l)
}

// TestThirdVersion opens a file of the third version, which had an index of all lines.
func TestThirdVersion(t *testing.T) {
	// Credited 1 for 71 times, and 1 was held before the last time.
	n := func(what string) string { return "unhex(printf('%032x', " + what + "))" }
	const count = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 71)"
	l := older(t, 3, []string{
		"accounts VALUES (1, 1, ZERO, x'01" + strings.Repeat("00", 19) + "', 0, " + n("70") + ", N1, 71), (2, 2, ZERO, ZERO, 1, " + n("71") + ", N0, 71)",
		"owners VALUES ('north', 1)",
		"holds VALUES (1, 'north', 1, 2000000000000000000, N1, 0, 0, N0, N0, 0, 0)",
		"postings " + count + " SELECT 2 * i - 1 + 2 * (i > 70), i, 5, 1, '', 1, i, 0, N1, 0, " + n("i") + ", i FROM n",
		"postings " + count + " SELECT 2 * i + 2 * (i > 70), i, 5, 2, '', 1, '', 1, N1, 1, " + n("i") + ", i FROM n",
		"postings VALUES (141, 71, 5, 1, '', 5, '', 1, N1, 0, " + n("69") + ", 0), (142, 71, 5, 1, 'north', 5, '', 0, N1, 0, " + n("70") + ", 0)",
		"state = batch = 71, seq = 144, accounts = 2, at = 5",
	})
	account := ledger.ClientAccount(ledger.Address{}, ledger.Address{1})
	if _, err := l.Post(t.Context(), ledger.CreditOf("b", account.Token, account.Client, unit.NewAmount(1))); err != nil {
		t.Error(err)
	}
	lines, err := l.Statement(t.Context(), account, ledger.Page{From: 30, Limit: 100})
	if err != nil || len(lines) != 43 {
		t.Errorf("%d lines, %v", len(lines), err)
	}
	for i, line := range lines {
		if line.Number != uint64(30+i) || line.Balance != ledger.Plus(unit.NewAmount(line.Number)) {
			t.Errorf("%+v", line)
		}
	}
	if moves, err := l.Statement(t.Context(), account, ledger.Page{After: 139, Limit: 3, Moves: true}); err != nil || len(moves) != 3 || moves[2].Number != 71 {
		t.Errorf("%+v, %v", moves, err)
	}
	if report, err := l.Audit(t.Context()); err != nil || len(report.Faults) > 0 {
		t.Errorf("%+v, %v", report, err)
	}
}

// older makes a file of an older version with rows in it, and opens it.
func older(t *testing.T, version int64, all []string) ledger.Ledger {
	t.Helper()
	path := filepath.Join(t.TempDir(), "ledger.db")
	db, err := connect(path)
	if err != nil {
		t.Fatal(err)
	}
	steps, err := fs.Sub(migrations, "migrations")
	if err != nil {
		t.Fatal(err)
	}
	provider, err := goose.NewProvider(goose.DialectSQLite3, db, steps, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := provider.UpTo(t.Context(), version); err != nil {
		t.Fatal(err)
	}
	zero := "x'" + strings.Repeat("00", 20) + "'"
	n := func(low string) string { return "x'" + strings.Repeat("00", 15) + low + "'" }
	for _, rows := range all {
		for name, low := range map[string]string{"N100": "64", "N50": "32", "N42": "2a", "N93": "5d", "N92": "5c"} {
			rows = strings.ReplaceAll(rows, name, n(low))
		}
		rows = strings.NewReplacer("N0", n("00"), "N1", n("01"), "N7", n("07"), "N8", n("08"), "ZERO", zero).Replace(rows)
		statement := "INSERT INTO " + rows
		if set, ok := strings.CutPrefix(rows, "state = "); ok {
			statement = "UPDATE state SET " + set
		}
		if _, err := db.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(rows, err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	l, err := Open(t.Context(), path, ledger.Options{Now: time.Now})
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
