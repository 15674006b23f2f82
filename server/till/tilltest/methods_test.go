package tilltest_test

import (
	"maps"
	"path/filepath"
	"testing"

	"github.com/candela-les/candela/ledger/postgres"
	"github.com/candela-les/candela/ledger/postgres/postgrestest"
	"github.com/candela-les/candela/ledger/sqlite"
	"github.com/candela-les/candela/pay/channel/channeltest"
	"github.com/candela-les/candela/pay/cheque/chequetest"
	"github.com/candela-les/candela/pay/lottery/lotterytest"
	"github.com/candela-les/candela/pay/paytest"
	"github.com/candela-les/candela/server/till/tilltest"
)

// methods are those that pass the suite.
func methods() map[string]func() paytest.Method {
	return map[string]func() paytest.Method{"channel": channeltest.Method, "cheque": chequetest.Method, "lottery": lotterytest.Method, "open lottery": lotterytest.OpenMethod}
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

// clientsOnly is, of the suite, what has to do with the client's disk and not with the server's ledger. The methods' own tests run it.
func clientsOnly() map[string]string {
	const why = "it is the client that crashes, whatever its server's ledger is"
	return map[string]string{"crash of the client": why, "crash of a wallet": why}
}

// All methods pass the suite over real ledgers. That no goroutine is left the suite looks itself: go-ethereum leaves some of its own.
func TestMethods(t *testing.T) {
	for name, method := range methods() {
		over := func(book func(testing.TB) paytest.Book) paytest.Method {
			m := method()
			m.Book, m.Skip = book, maps.Collect(maps.All(m.Skip))
			maps.Copy(m.Skip, clientsOnly())
			return m
		}
		t.Run(name+"/sqlite", func(t *testing.T) { paytest.Run(t, over(onSQLite)) })
		t.Run(name+"/postgres", func(t *testing.T) { paytest.Run(t, over(onPostgres(postgrestest.Start(t)))) })
	}
}
