package sqlite_test

import (
	"context"
	"path/filepath"
	"testing"

	"go.uber.org/goleak"

	"github.com/candela-les/candela/ledger"
	"github.com/candela-les/candela/ledger/ledgertest"
	"github.com/candela-les/candela/ledger/sqlite"
)

func TestMain(m *testing.M) {
	ledgertest.Child(file)
	goleak.VerifyTestMain(m)
}

// file returns how to open the ledger in a file.
func file(path string) ledgertest.Open {
	return func(ctx context.Context, o ledger.Options) (ledger.Ledger, error) {
		l, err := sqlite.Open(ctx, path, o)
		if err != nil {
			return nil, err
		}
		return l, nil
	}
}

func TestLedger(t *testing.T) {
	ledgertest.Run(t, func(t *testing.T) ledgertest.Open {
		return file(filepath.Join(t.TempDir(), "ledger.db"))
	})
}

func BenchmarkCredits(b *testing.B) {
	ledgertest.Bench(b, func(b *testing.B) ledgertest.Open {
		return file(filepath.Join(b.TempDir(), "ledger.db"))
	})
}
