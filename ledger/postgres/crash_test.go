package postgres_test

import (
	"testing"
	"time"

	"github.com/candela-les/candela/ledger/ledgertest"
	"github.com/candela-les/candela/ledger/postgres/postgrestest"
)

// TestCrash kills a process that works on a database. The database goes on.
func TestCrash(t *testing.T) {
	cluster := postgrestest.Start(t)
	ledgertest.Crash(t, ledgertest.Crashes{
		Database: cluster.Database(), Open: database, Kills: 20, Within: 60 * time.Millisecond,
	})
}

// TestCrashOfServer kills the database, too, while processes work on it.
func TestCrashOfServer(t *testing.T) {
	cluster := postgrestest.Start(t)
	ledgertest.Crash(t, ledgertest.Crashes{
		Database: cluster.Database(), Open: database, Kills: 3, Within: 200 * time.Millisecond,
		Kill: func(*testing.T) {
			cluster.Kill()
			cluster.Restart()
		},
	})
}
