package postgres_test

import (
	"context"
	"testing"

	"go.uber.org/goleak"

	"github.com/candela-les/candela/ledger"
	"github.com/candela-les/candela/ledger/ledgertest"
	"github.com/candela-les/candela/ledger/postgres"
	"github.com/candela-les/candela/ledger/postgres/postgrestest"
)

func TestMain(m *testing.M) {
	ledgertest.Child(database)
	goleak.VerifyTestMain(m)
}

// database returns how to open the ledger in a database.
func database(url string) ledgertest.Open {
	return func(ctx context.Context, o ledger.Options) (ledger.Ledger, error) {
		l, err := postgres.Open(ctx, url, o)
		if err != nil {
			return nil, err
		}
		return l, nil
	}
}

func TestLedger(t *testing.T) {
	cluster := postgrestest.Start(t)
	ledgertest.Run(t, func(*testing.T) ledgertest.Open { return database(cluster.Database()) })
}

func BenchmarkCredits(b *testing.B) {
	cluster := postgrestest.Start(b)
	ledgertest.Bench(b, func(*testing.B) ledgertest.Open { return database(cluster.Database()) })
}
