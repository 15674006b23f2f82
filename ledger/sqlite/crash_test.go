package sqlite_test

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/candela-les/candela/ledger/ledgertest"
)

// TestCrash kills a process that works on a file.
func TestCrash(t *testing.T) {
	ledgertest.Crash(t, ledgertest.Crashes{
		Database: filepath.Join(t.TempDir(), "ledger.db"), Open: file, Kills: 100, Within: 60 * time.Millisecond,
	})
}
