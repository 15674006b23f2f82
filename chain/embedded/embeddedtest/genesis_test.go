package embeddedtest_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/ethereum/go-ethereum/crypto"

	"github.com/candela-les/candela/chain"
	"github.com/candela-les/candela/chain/embedded"
	"github.com/candela-les/candela/chain/embedded/embeddedtest"
)

// TestBuild checks that the file and the data directory are the same chain, and
// that a built directory is opened without its genesis.
func TestBuild(t *testing.T) {
	const accounts = 500
	dir := t.TempDir()
	for range 2 { // the second time it is there
		if err := embeddedtest.Build(t.Context(), dir, accounts); err != nil {
			t.Fatal(err)
		}
	}
	n, err := embedded.OpenGenesis(t.Context(), embedded.GenesisConfig{Config: embedded.Config{DataDir: dir}})
	if err != nil {
		t.Fatal(err)
	}
	last := embeddedtest.Address(accounts - 1)
	proof := 0
	query := chain.HashedQuery{Block: n.Info().Genesis, Key: crypto.Keccak256(last[:])}
	if err := n.ProveHashed(t.Context(), query, func([]byte) { proof++ }); err != nil || proof < 2 {
		t.Errorf("proof of the last account has %d nodes: %v", proof, err)
	}
	want := n.Info()
	if err := n.Close(); err != nil {
		t.Fatal(err)
	}

	var file bytes.Buffer
	if err := embeddedtest.WriteGenesis(&file, accounts); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "genesis.json")
	if err := os.WriteFile(path, file.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	genesis, err := embedded.ReadGenesis(path)
	if err != nil {
		t.Fatal(err)
	}
	if n, err = embedded.OpenGenesis(t.Context(), embedded.GenesisConfig{Genesis: genesis}); err != nil {
		t.Fatal(err)
	}
	if got := n.Info(); got.Genesis != want.Genesis || !bytes.Equal(got.Config, want.Config) {
		t.Errorf("the file gives %x, the directory holds %x", got.Genesis, want.Genesis)
	}
	if err := n.Close(); err != nil {
		t.Error(err)
	}
}
