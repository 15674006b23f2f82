package tilltest_test

import (
	"path/filepath"
	"testing"

	"github.com/candela-les/candela/ledger/postgres"
	"github.com/candela-les/candela/ledger/postgres/postgrestest"
	"github.com/candela-les/candela/ledger/sqlite"
	"github.com/candela-les/candela/pay/channel/channeltest"
	"github.com/candela-les/candela/pay/cheque/chequetest"
	"github.com/candela-les/candela/pay/paytest"
	"github.com/candela-les/candela/server/till/tilltest"
)

// methods are those that pass the suite.
func methods() map[string]func() paytest.Method {
	return map[string]func() paytest.Method{"channel": channeltest.Method, "cheque": chequetest.Method}
}

func onSQLite(t testing.TB) paytest.Book {
	t.Helper()
	l, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "ledger.db"), tilltest.Options())
	if err != nil {
		t.Fatal(err)
	}
	return tilltest.NewBook(t, l)
}

func onPostgres(c *postgrestest.Cluster) func(t testing.TB) paytest.Book {
	return func(t testing.TB) paytest.Book {
		t.Helper()
		l, err := postgres.Open(t.Context(), c.Database(), tilltest.Options())
		if err != nil {
			t.Fatal(err)
		}
		return tilltest.NewBook(t, l)
	}
}

// All methods pass the suite over real ledgers. That no goroutine is left the suite looks itself: go-ethereum leaves some of its own.
func TestMethods(t *testing.T) {
	for name, method := range methods() {
		t.Run(name, func(t *testing.T) {
			t.Run("sqlite", func(t *testing.T) {
				m := method()
				m.Book = onSQLite
				paytest.Run(t, m)
			})
			t.Run("postgres", func(t *testing.T) {
				m := method()
				m.Book = onPostgres(postgrestest.Start(t))
				paytest.Run(t, m)
			})
		})
	}
}
