package node

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/candela-les/candela/chain/embedded"
	"github.com/candela-les/candela/server/servertest"
)

// What was kept is there again, nothing is nothing, and anything else is an error.
func TestBoundFile(t *testing.T) {
	f := boundFile(filepath.Join(t.TempDir(), "les.key"+BoundSuffix))
	if ns, err := f.Load(); ns != 0 || err != nil {
		t.Errorf("without a file: %d, %v", ns, err)
	}
	for _, ns := range []uint64{1, 1<<64 - 1, 7} {
		if err := f.Keep(ns); err != nil {
			t.Fatal(err)
		}
		if got, err := f.Load(); got != ns || err != nil {
			t.Errorf("%d is read as %d, %v", ns, got, err)
		}
	}
	for _, bad := range []string{"", "soon", "-1", "1 2"} {
		if err := os.WriteFile(string(f), []byte(bad), 0o600); err != nil {
			t.Fatal(err)
		}
		if ns, err := f.Load(); err == nil {
			t.Errorf("%q is read as %d", bad, ns)
		}
	}
}

// A server that sells keeps the times that it tells beside its key: set back by an hour it begins a later book.
func TestSellerSetBack(t *testing.T) {
	source, err := embedded.OpenDev(embedded.DevConfig{})
	if err != nil {
		t.Fatal(err)
	}
	defer source.Close()
	dir := t.TempDir()
	var epochs []uint64
	for _, back := range []time.Duration{0, time.Hour} {
		env := testEnv(t)
		env.Now = func() time.Time { return time.Now().Add(-back) }
		s := &stall{dir: t.TempDir(), bids: servertest.Book{}}
		s.Server, err = StartServer(t.Context(), env, ServerConfig{
			Source: source, ListenAddr: "127.0.0.1:0", NodeKey: filepath.Join(dir, "a.key"), AdminDir: s.dir,
			Sell: SellConfig{Price: "0.036", Decimals: 6, Currency: "TEST", Units: 2, Ledger: filepath.Join(dir, LedgerName)},
		})
		if err != nil {
			t.Fatal(err)
		}
		epochs = append(epochs, s.visit(t, "anybody").Epoch)
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
	if epochs[1] <= epochs[0] {
		t.Errorf("the book of %d was followed by that of %d", epochs[0], epochs[1])
	}
}
