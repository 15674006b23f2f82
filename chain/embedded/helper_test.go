package embedded_test

import (
	"encoding/binary"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/bitutil"
	"github.com/ethereum/go-ethereum/core"
	"github.com/ethereum/go-ethereum/core/rawdb"
	"github.com/ethereum/go-ethereum/rlp"
	"github.com/ethereum/go-ethereum/trie"
	"github.com/ethereum/go-ethereum/triedb"

	"github.com/candela-les/candela/chain"
	"github.com/candela-les/candela/chain/chaintest"
	"github.com/candela-les/candela/chain/embedded"
	"github.com/candela-les/candela/chain/embedded/devtest"
)

// The sections of most tests here: short, and soon confirmed.
const (
	shortSection  = 16
	shortConfirms = 4
)

// helperDev is a dev chain with short sections.
func helperDev(t *testing.T, dir string) *embedded.Dev {
	t.Helper()
	cfg := embedded.WithHelperSize(embedded.Config{DataDir: dir, CacheMB: 32}, shortSection, shortConfirms)
	dev, err := embedded.OpenDev(embedded.DevConfig{Config: cfg, Alloc: devtest.Alloc()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := dev.Close(); err != nil {
			t.Error(err)
		}
	})
	return dev
}

// waitHelper waits until the head names a section that will do, and returns it.
func waitHelper(t *testing.T, s chain.Source, will func(chain.HelperRoots) bool) chain.HelperRoots {
	t.Helper()
	heads := make(chan chain.Head, 16)
	defer s.Heads(heads)()
	for head := s.Head(); ; {
		if will(head.Helper) {
			return head.Helper
		}
		select {
		case head = <-heads:
		case <-t.Context().Done():
			t.Fatalf("the head still names %+v", head.Helper)
		}
	}
}

func section(want uint64) func(chain.HelperRoots) bool {
	return func(r chain.HelperRoots) bool { return r.Section == want && r != chain.HelperRoots{} }
}

// twinRoots makes both tries of a chain's first blocks the obvious way: from all of
// their entries at once, in any order.
func twinRoots(t *testing.T, bc *core.BlockChain, blocks, sections uint64) (cht, bloom common.Hash) {
	t.Helper()
	nodes := triedb.NewDatabase(rawdb.NewMemoryDatabase(), triedb.HashDefaults)
	defer nodes.Close()
	hashes, bits := trie.NewEmpty(nodes), trie.NewEmpty(nodes)
	columns := make(map[[10]byte][]byte)
	entries := make(map[[8]byte][]byte)
	td := new(big.Int)
	for number := range blocks * sections {
		header := bc.GetHeaderByNumber(number)
		td.Add(td, header.Difficulty)
		value, err := rlp.EncodeToBytes([]any{header.Hash(), td})
		if err != nil {
			t.Fatal(err)
		}
		entries[[8]byte(binary.BigEndian.AppendUint64(nil, number))] = value
		for bit := range 2048 {
			if new(big.Int).SetBytes(header.Bloom[:]).Bit(bit) == 0 {
				continue
			}
			key := binary.BigEndian.AppendUint16(nil, uint16(bit))
			at := [10]byte(binary.BigEndian.AppendUint64(key, number/blocks))
			if columns[at] == nil {
				columns[at] = make([]byte, blocks/8)
			}
			columns[at][number%blocks/8] |= 1 << (7 - number%8)
		}
	}
	for key, value := range entries {
		hashes.MustUpdate(key[:], value)
	}
	for key, column := range columns {
		bits.MustUpdate(key[:], bitutil.CompressBytes(column))
	}
	return hashes.Hash(), bits.Hash()
}

func TestHelperTries(t *testing.T) {
	noLeaks(t)
	dev := helperDev(t, "")
	s := devtest.NewSender(1)
	if got := dev.Head().Helper; got != (chain.HelperRoots{}) {
		t.Fatalf("a new chain has section %+v", got)
	}
	devtest.Populate(t, dev, s, shortSection-1+shortConfirms-1)
	if got := dev.Head().Helper; got != (chain.HelperRoots{}) {
		t.Fatalf("with one confirmation too few there is section %+v", got)
	}
	devtest.Populate(t, dev, s, 1)
	waitHelper(t, dev, section(0))
	devtest.Populate(t, dev, s, 2*shortSection+3)
	roots := waitHelper(t, dev, section(2))
	cht, bloom := twinRoots(t, dev.Chain(), shortSection, 3)
	if roots.CHT != cht || roots.Bloom != bloom {
		t.Errorf("roots %x and %x, made at once they are %x and %x", roots.CHT, roots.Bloom, cht, bloom)
	}
	h := devtest.Known(t, dev.Node, 0)
	h.Source, h.HelperBlocks = dev, shortSection
	chaintest.Run(t, h)
}

// TestHelperTriesOfEmptyBlocks: a bloom trie without entries is the empty one.
func TestHelperTriesOfEmptyBlocks(t *testing.T) {
	noLeaks(t)
	dev := helperDev(t, "")
	for range shortSection + shortConfirms {
		devtest.Commit(t, dev)
	}
	roots := waitHelper(t, dev, section(0))
	cht, bloom := twinRoots(t, dev.Chain(), shortSection, 1)
	if roots.CHT != cht || roots.Bloom != bloom {
		t.Errorf("roots %x and %x, made at once they are %x and %x", roots.CHT, roots.Bloom, cht, bloom)
	}
}

// TestHelperReorg replaces the last block of a complete section and what is above.
func TestHelperReorg(t *testing.T) {
	noLeaks(t)
	dev := helperDev(t, "")
	s := devtest.NewSender(1)
	devtest.Populate(t, dev, s, 3*shortSection)
	before := waitHelper(t, dev, section(1))
	// Block 20 is in section 1; section 0 ends with 15 and stays.
	parent, err := dev.CanonicalHash(t.Context(), 20)
	if err != nil {
		t.Fatal(err)
	}
	if err := dev.Fork(parent); err != nil {
		t.Fatal(err)
	}
	if got := dev.Head().Helper; got.Section != 0 || got == (chain.HelperRoots{}) {
		t.Errorf("below section 1 the head names %+v", got)
	}
	key := binary.BigEndian.AppendUint64(nil, 20)
	q := chain.HelperQuery{Section: 1, Key: key}
	if err := dev.ProveHelper(t.Context(), q, func([]byte) {}); err == nil {
		t.Error("a section that is above the head is proven")
	}
	for range 2 * shortSection {
		devtest.Commit(t, dev)
	}
	after := waitHelper(t, dev, func(r chain.HelperRoots) bool { return r.Section == 1 && r != before })
	if end, err := dev.CanonicalHash(t.Context(), 2*shortSection-1); err != nil || after.Last != end {
		t.Errorf("the section ends with %x, the chain has %x there (%v)", after.Last, end, err)
	}
	cht, bloom := twinRoots(t, dev.Chain(), shortSection, 2)
	if after.CHT != cht || after.Bloom != bloom {
		t.Errorf("roots %x and %x, made at once they are %x and %x", after.CHT, after.Bloom, cht, bloom)
	}
}

// TestHelperReopened: what is complete is there again at once.
func TestHelperReopened(t *testing.T) {
	dir := t.TempDir()
	dev := helperDev(t, dir)
	devtest.Populate(t, dev, devtest.NewSender(1), 3*shortSection)
	before := waitHelper(t, dev, section(1))
	if err := dev.Close(); err != nil {
		t.Fatal(err)
	}
	again := helperDev(t, dir)
	if got := again.Head().Helper; got != before {
		t.Errorf("reopened, the head names %+v, before %+v", got, before)
	}
	key := binary.BigEndian.AppendUint64(nil, rand.Uint64N(2*shortSection))
	nodes := 0
	if err := again.ProveHelper(t.Context(), chain.HelperQuery{Section: 1, Key: key}, func([]byte) { nodes++ }); err != nil || nodes == 0 {
		t.Errorf("reopened, a proof has %d nodes (%v)", nodes, err)
	}
}

// TestHelperKilled kills the builder at each of its writes. The next one goes on from
// there and ends with the same tries.
func TestHelperKilled(t *testing.T) {
	noLeaks(t)
	dev := devtest.Open(t, "")
	devtest.Populate(t, dev, devtest.NewSender(1), 2*shortSection+shortConfirms)
	cht, bloom := twinRoots(t, dev.Chain(), shortSection, 2)
	for writes := 0; ; writes++ {
		if err := embedded.ForgetHelpers(dev.Node); err != nil {
			t.Fatal(err)
		}
		_, killed, err := embedded.BuildHelpers(dev.Node, shortSection, shortConfirms, writes)
		if err != nil {
			t.Fatal(err)
		}
		last, again, err := embedded.BuildHelpers(dev.Node, shortSection, shortConfirms, 1<<20)
		if err != nil || again {
			t.Fatalf("after %d writes: %v", writes, err)
		}
		if last.Section != 1 || last.CHT != cht || last.Bloom != bloom {
			t.Fatalf("killed after %d writes, it ends with %+v", writes, last)
		}
		if !killed {
			if writes < 6 {
				t.Errorf("only %d writes", writes)
			}
			return
		}
	}
}
