package postgres

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/candela-les/candela/ledger"
	"github.com/candela-les/candela/ledger/postgres/postgrestest"
	"github.com/candela-les/candela/unit"
)

func credit(t *testing.T, l ledger.Ledger, key string) (ledger.Posted, error) {
	t.Helper()
	return l.Post(t.Context(), ledger.CreditOf(key, ledger.Address{}, ledger.Address{1}, unit.NewAmount(1)))
}

// TestTrouble has a database be locked, gone, too new, or unfit.
func TestTrouble(t *testing.T) {
	cluster := postgrestest.Start(t)
	for _, test := range []struct {
		name string
		run  func(*testing.T, *postgrestest.Cluster, string)
	}{
		{"opened at once", openedAtOnce},
		{"locked", locked},
		{"connections lost", connectionsLost},
		{"newer", newer},
		{"of the first version", firstVersion},
		{"of the second version", secondVersion},
		{"synced", synced},
		{"not syncing", notSyncing},
	} {
		t.Run(test.name, func(t *testing.T) { test.run(t, cluster, cluster.Database()) })
	}
}

// openedAtOnce has servers find no tables, all at the same time.
func openedAtOnce(t *testing.T, _ *postgrestest.Cluster, database string) {
	var all sync.WaitGroup
	for i := range 4 {
		all.Go(func() {
			l, err := Open(t.Context(), database, ledger.Options{Now: time.Now})
			if err != nil {
				t.Error(err)
				return
			}
			defer l.Close()
			if _, err := credit(t, l, fmt.Sprint(i)); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
}

// locked has another one hold the lock for longer than a call's patience.
func locked(t *testing.T, _ *postgrestest.Cluster, database string) {
	l, err := Open(t.Context(), database, ledger.Options{Now: time.Now, Patience: 100 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	conn, err := pgx.Connect(t.Context(), database)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.WithoutCancel(t.Context()))
	if _, err := conn.Exec(t.Context(), "BEGIN; SELECT * FROM state FOR UPDATE"); err != nil {
		t.Fatal(err)
	}
	if _, err := credit(t, l, "a"); !errors.Is(err, ledger.ErrUnavailable) || errors.Is(err, ledger.ErrUnknown) {
		t.Errorf("%v", err)
	}
	if _, err := conn.Exec(t.Context(), "ROLLBACK"); err != nil {
		t.Fatal(err)
	}
	patient, err := Open(t.Context(), database, ledger.Options{Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer patient.Close()
	if posted, err := credit(t, patient, "a"); err != nil || posted.Repeated {
		t.Errorf("%+v, %v: what was given up happened", posted, err)
	}
}

// connectionsLost goes on when the database has closed all connections.
func connectionsLost(t *testing.T, cluster *postgrestest.Cluster, database string) {
	l, err := Open(t.Context(), database, ledger.Options{Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	done := 0
	for i := range 20 {
		if i%5 == 0 {
			cluster.Exec(database, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND application_name = 'candela'")
		}
		_, err := credit(t, l, fmt.Sprint(i))
		switch {
		case err == nil:
			done++
		case !errors.Is(err, ledger.ErrUnavailable):
			t.Error(err)
		}
	}
	b, err := l.Balance(t.Context(), ledger.ClientAccount(ledger.Address{}, ledger.Address{1}))
	if err != nil || done < 12 || b.Total != ledger.Plus(unit.NewAmount(uint64(done))) {
		t.Errorf("%d acknowledged, %s there, %v", done, b.Total, err)
	}
}

func newer(t *testing.T, cluster *postgrestest.Cluster, database string) {
	l, err := Open(t.Context(), database, ledger.Options{Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	cluster.Exec(database, "INSERT INTO goose_db_version (version_id, is_applied) VALUES (99, true)")
	if l, err := Open(t.Context(), database, ledger.Options{Now: time.Now}); !errors.Is(err, ledger.ErrNewer) {
		t.Errorf("%v, %v", l, err)
	}
}

// synced wants commits to be synced where the database's default is that they are not.
func synced(t *testing.T, cluster *postgrestest.Cluster, database string) {
	cluster.Exec(database, "ALTER ROLE candela SET synchronous_commit = off")
	defer cluster.Exec(database, "ALTER ROLE candela RESET synchronous_commit")
	s, err := open(t.Context(), database)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var value string
	if err := s.pool.QueryRow(t.Context(), "SHOW synchronous_commit").Scan(&value); err != nil || value != "on" {
		t.Errorf("%s, %v", value, err)
	}
}

// notSyncing wants a database that never syncs to be refused.
func notSyncing(t *testing.T, cluster *postgrestest.Cluster, database string) {
	cluster.Kill()
	cluster.Restart("-c", "fsync=off")
	if l, err := Open(t.Context(), database, ledger.Options{Now: time.Now}); !errors.Is(err, ledger.ErrUnavailable) {
		t.Errorf("%v, %v", l, err)
	}
}

func TestUnreachable(t *testing.T) {
	for _, database := range []string{"host=" + t.TempDir() + " user=nobody", "no connection string"} {
		if l, err := Open(t.Context(), database, ledger.Options{Now: time.Now}); !errors.Is(err, ledger.ErrUnavailable) {
			t.Errorf("%v, %v", l, err)
		}
	}
}

// TestExplain sorts what a database says, as its manual has the codes.
func TestExplain(t *testing.T) {
	fault := func(code, severity string) error {
		return fmt.Errorf("wrapped: %w", &pgconn.PgError{Code: code, Severity: severity})
	}
	for _, test := range []struct {
		name      string
		err, want error
		of        func(error) error
	}{
		{"full disk", fault("53100", "ERROR"), ledger.ErrFull, explain},
		{"damage", fault("XX001", "ERROR"), ledger.ErrDamaged, explain},
		{"something else", fault("42P01", "ERROR"), ledger.ErrUnavailable, explain},
		{"the context", context.Canceled, context.Canceled, explain},
		{"a full disk at the commit", fault("53100", "ERROR"), ledger.ErrFull, unsure},
		{"a failed transaction", pgx.ErrTxCommitRollback, ledger.ErrUnavailable, unsure},
		{"a shutdown at the commit", fault("57P01", "FATAL"), ledger.ErrUnknown, unsure},
		{"a panic at the commit", fault("53100", "PANIC"), ledger.ErrUnknown, unsure},
		{"a lost connection at the commit", errors.New("EOF"), ledger.ErrUnknown, unsure},
		{"no answer to the commit", context.DeadlineExceeded, ledger.ErrUnknown, unsure},
	} {
		if got := test.of(test.err); !errors.Is(got, test.want) || !errors.Is(got, test.err) {
			t.Errorf("%s: %v instead of %v", test.name, got, test.want)
		} else if unknown := errors.Is(got, ledger.ErrUnknown); unknown != errors.Is(test.want, ledger.ErrUnknown) {
			t.Errorf("%s: %v", test.name, got)
		}
	}
}
