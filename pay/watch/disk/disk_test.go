package disk_test

import (
	"path/filepath"
	"testing"

	"github.com/candela-les/candela/pay/watch/disk"
	"github.com/candela-les/candela/pay/watch/watchtest"
)

func TestTables(t *testing.T) {
	path := filepath.Join(t.TempDir(), "chain.db")
	watchtest.Kept(t, func(t *testing.T) watchtest.Keeper {
		tables, err := disk.Open(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		return tables
	})
}
