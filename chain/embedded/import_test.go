package embedded_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/rlp"

	"github.com/candela-les/candela/chain"
	"github.com/candela-les/candela/chain/chaintest"
	"github.com/candela-les/candela/chain/embedded"
	"github.com/candela-les/candela/chain/embedded/devtest"
)

// openConformance imports the conformance chain into dir.
func openConformance(t *testing.T, dir string) *embedded.Node {
	t.Helper()
	files := chaintest.ConformanceDir(t)
	genesis, err := embedded.ReadGenesis(filepath.Join(files, "genesis.json"))
	if err != nil {
		t.Fatal(err)
	}
	var told uint64
	n, err := embedded.OpenGenesis(t.Context(), embedded.GenesisConfig{
		// One of its blocks has 10 MB of receipts, which a small cache cannot hold.
		Config:   embedded.Config{DataDir: dir},
		Genesis:  genesis,
		Import:   filepath.Join(files, "chain.rlp"),
		Progress: func(number uint64) { told = number },
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = n.Close() })
	if told != 54 {
		t.Errorf("progress ended at block %d", told)
	}
	return n
}

// TestImportConforms imports a chain that crosses every fork up to BPO2, twice.
func TestImportConforms(t *testing.T) {
	noLeaks(t)
	dir, files := t.TempDir(), chaintest.ConformanceDir(t)
	genesis, err := embedded.ReadGenesis(filepath.Join(files, "genesis.json"))
	if err != nil {
		t.Fatal(err)
	}
	blocks := append(types.Blocks{genesis.ToBlock()}, chaintest.ReadBlocks(t, filepath.Join(files, "chain.rlp"))...)
	td := new(big.Int)
	for _, block := range blocks {
		td.Add(td, block.Difficulty())
	}
	for _, when := range []string{"new", "reopened"} {
		t.Run(when, func(t *testing.T) {
			n := openConformance(t, dir)
			head := n.Head()
			last := blocks[len(blocks)-1]
			if head.Hash != chain.Hash(last.Hash()) || head.Safe != head.Block || head.Finalized != head.Block {
				t.Errorf("head %+v, want block %x, safe and finalized", head.Block, last.Hash())
			}
			if head.TD.Cmp(td) != 0 {
				t.Errorf("total difficulty %v, want %v", head.TD, td)
			}
			client := n.Attach()
			defer client.Close()
			h := chaintest.Conformance(t, client, n.Chain().GetReceiptsByHash)
			h.Source = n
			chaintest.Run(t, h)
		})
	}
}

// exported writes the blocks of a dev chain into a file.
func exported(t *testing.T, blocks int) (path string, all types.Blocks) {
	t.Helper()
	dev := devtest.Open(t, "")
	devtest.Populate(t, dev, devtest.NewSender(3), blocks)
	path = filepath.Join(t.TempDir(), "chain.rlp")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := dev.Chain().Export(file); err != nil {
		t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	if err := dev.Close(); err != nil {
		t.Fatal(err)
	}
	return path, chaintest.ReadBlocks(t, path)
}

// importInto imports a file into the dev genesis in dir.
func importInto(ctx context.Context, dir, path string) (*embedded.Node, error) {
	return embedded.OpenGenesis(ctx, embedded.GenesisConfig{
		Config:  embedded.Config{DataDir: dir, CacheMB: 32},
		Genesis: embedded.DevGenesis(devtest.Alloc()),
		Import:  path,
	})
}

// TestImportDamaged checks what is said of files that are no good, and that what
// was good in them is kept.
func TestImportDamaged(t *testing.T) {
	noLeaks(t)
	path, blocks := exported(t, 6)
	blob, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	// Where each block's encoding ends.
	var ends []int
	for _, block := range blocks {
		raw, err := rlp.EncodeToBytes(block)
		if err != nil {
			t.Fatal(err)
		}
		ends = append(ends, len(raw))
		if len(ends) > 1 {
			ends[len(ends)-1] += ends[len(ends)-2]
		}
	}
	flip := func(at int) []byte {
		b := bytes.Clone(blob)
		b[at] ^= 1
		return b
	}
	for _, test := range []struct {
		name, says string
		content    []byte
		keeps      uint64
	}{
		{"truncated", "truncated after block 3", blob[:ends[3]+40], 3},
		{"cut inside a length", "truncated after block 3", blob[:ends[3]+1], 3},
		{"not RLP", "damaged after block 0", []byte("not a chain"), 0},
		{"wild length", "damaged after block 6", append(bytes.Clone(blob), 0xff, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff), 6},
		{"a state root is wrong", "block 3", flip(ends[2] + 120), 2},
		{"a block is left out", "does not continue the chain", append(bytes.Clone(blob[:ends[2]]), blob[ends[3]:]...), 2},
		{"no beginning", "does not continue the chain", blob[ends[1]:], 0},
		{"complete", "", blob, 6},
		{"empty", "", nil, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			file := filepath.Join(t.TempDir(), "chain.rlp")
			if err := os.WriteFile(file, test.content, 0o600); err != nil {
				t.Fatal(err)
			}
			n, err := importInto(t.Context(), dir, file)
			switch {
			case test.says == "" && err != nil:
				t.Fatal(err)
			case test.says != "" && (err == nil || !strings.Contains(err.Error(), test.says)):
				t.Fatalf("%v, want %q in it", err, test.says)
			}
			if n != nil {
				if err := n.Close(); err != nil {
					t.Fatal(err)
				}
			}
			// What was in front of the damage is kept, and the import can go on.
			n, err = importInto(t.Context(), dir, "")
			if err != nil {
				t.Fatal(err)
			}
			if got := n.Head().Number; got > test.keeps {
				t.Errorf("head %d after the damage, want at most %d", got, test.keeps)
			}
			if err := n.Close(); err != nil {
				t.Fatal(err)
			}
			n, err = importInto(t.Context(), dir, path)
			if err != nil {
				t.Fatal(err)
			}
			if got := n.Head().Number; got != 6 {
				t.Errorf("head %d after the good import", got)
			}
			if err := n.Close(); err != nil {
				t.Fatal(err)
			}
		})
	}
}

func TestImportRefusals(t *testing.T) {
	noLeaks(t)
	path, _ := exported(t, 2)
	dir := t.TempDir()
	n, err := importInto(t.Context(), dir, path)
	if err != nil {
		t.Fatal(err)
	}
	if err := n.Close(); err != nil {
		t.Fatal(err)
	}
	// Another chain of the same genesis.
	other, _ := exported(t, 3)
	if _, err := importInto(t.Context(), dir, other); err == nil || !strings.Contains(err.Error(), "does not continue") {
		t.Errorf("a branch: %v", err)
	}
	if _, err := importInto(t.Context(), dir, filepath.Join(dir, "nothing")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a file that is not there: %v", err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := importInto(ended, t.TempDir(), path); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled import: %v", err)
	}
	if _, err := embedded.OpenGenesis(t.Context(), embedded.GenesisConfig{}); err == nil {
		t.Error("no genesis and no data directory was accepted")
	}
	// A data directory knows its genesis.
	n, err = embedded.OpenGenesis(t.Context(), embedded.GenesisConfig{Config: embedded.Config{DataDir: dir}})
	if err != nil {
		t.Fatal(err)
	}
	if got := n.Head().Number; got != 2 {
		t.Errorf("head %d", got)
	}
	if err := n.Close(); err != nil {
		t.Error(err)
	}
}

func TestReadGenesis(t *testing.T) {
	dir := t.TempDir()
	for name, content := range map[string]string{
		"not JSON": "{", "no config": `{"difficulty":"0x1","gasLimit":"0x1","alloc":{}}`,
		"no chain id": `{"config":{},"difficulty":"0x1","gasLimit":"0x1","alloc":{}}`,
	} {
		path := filepath.Join(dir, "genesis.json")
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := embedded.ReadGenesis(path); err == nil || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := embedded.ReadGenesis(filepath.Join(dir, "nothing")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
	path := filepath.Join(dir, "good.json")
	blob, err := json.Marshal(embedded.DevGenesis(nil))
	if err == nil {
		err = os.WriteFile(path, blob, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	genesis, err := embedded.ReadGenesis(path)
	if err != nil || genesis.ToBlock().Hash() != embedded.DevGenesis(nil).ToBlock().Hash() {
		t.Errorf("a good genesis: %v", err)
	}
}
