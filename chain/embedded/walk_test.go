package embedded_test

import (
	"bytes"
	"errors"
	"math/big"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/rawdb"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/trie"
	"github.com/ethereum/go-ethereum/trie/trienode"
	"github.com/ethereum/go-ethereum/triedb"
	"github.com/ethereum/go-ethereum/triedb/database"
	"pgregory.net/rapid"

	"github.com/candela-les/candela/chain"
	"github.com/candela-les/candela/chain/embedded"
	"github.com/candela-les/candela/chain/embedded/embeddedtest"
)

// proofList takes what trie.Prove writes, in order.
type proofList [][]byte

func (l *proofList) Put(_, value []byte) error { *l = append(*l, bytes.Clone(value)); return nil }
func (l *proofList) Delete([]byte) error       { return errors.New("not used") }

// buildTrie commits a trie and opens it for reading nodes.
func buildTrie(t interface{ Fatal(...any) }, content map[common.Hash][]byte) (common.Hash, *triedb.Database, database.NodeReader) {
	db := triedb.NewDatabase(rawdb.NewMemoryDatabase(), triedb.HashDefaults)
	tr := trie.NewEmpty(db)
	for key, value := range content {
		if err := tr.Update(key[:], value); err != nil {
			t.Fatal(err)
		}
	}
	root, nodes := tr.Commit(false)
	if nodes != nil {
		if err := db.Update(root, types.EmptyRootHash, 0, trienode.NewWithNodeSet(nodes), nil); err != nil {
			t.Fatal(err)
		}
	}
	if root == types.EmptyRootHash {
		return root, db, nil
	}
	reader, err := db.NodeReader(root)
	if err != nil {
		t.Fatal(err)
	}
	return root, db, reader
}

// TestWalkAgainstProve compares the walk with go-ethereum's Prove on tries whose
// keys share long prefixes, so that extensions, embedded leaves, embedded branches
// and keys that leave the trie at every kind of node come up.
func TestWalkAgainstProve(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		key := rapid.Custom(func(t *rapid.T) common.Hash {
			var k common.Hash
			fill := rapid.SampledFrom([]byte{0x00, 0x11, 0xff}).Draw(t, "fill")
			for i := range k {
				k[i] = fill
			}
			for range rapid.IntRange(0, 4).Draw(t, "changes") {
				at := rapid.OneOf(rapid.IntRange(0, 31), rapid.IntRange(28, 31)).Draw(t, "at")
				k[at] = rapid.Byte().Draw(t, "byte")
			}
			return k
		})
		value := rapid.OneOf(rapid.SliceOfN(rapid.Byte(), 1, 3), rapid.SliceOfN(rapid.Byte(), 30, 80))
		content := rapid.MapOfN(key, value, 0, 60).Draw(t, "content")
		root, db, reader := buildTrie(t, content)
		tr, err := trie.New(trie.TrieID(root), db)
		if err != nil {
			t.Fatal(err)
		}
		keys := rapid.SliceOfN(key, 1, 10).Draw(t, "keys")
		for k := range content {
			keys = append(keys, k)
		}
		for _, k := range keys {
			var want, got proofList
			if err := tr.Prove(k[:], &want); err != nil {
				t.Fatal(err)
			}
			value, err := embedded.Walk(reader, common.Hash{}, root, k, func(hash common.Hash, blob []byte) {
				if crypto.Keccak256Hash(blob) != hash {
					t.Fatalf("node is called %x and hashes to %x", hash, crypto.Keccak256(blob))
				}
				got = append(got, blob)
			})
			if err != nil || !bytes.Equal(value, content[k]) {
				t.Fatalf("value of %x: %x (%v), want %x", k, value, err, content[k])
			}
			if len(got) != len(want) {
				t.Fatalf("proof of %x has %d nodes, want %d", k, len(got), len(want))
			}
			for i := range got {
				if !bytes.Equal(got[i], want[i]) {
					t.Fatalf("proof of %x differs at node %d", k, i)
				}
			}
		}
	})
}

// readerFunc is a node reader that serves what a function makes up.
type readerFunc func(hash common.Hash) ([]byte, error)

func (f readerFunc) Node(_ common.Hash, _ []byte, hash common.Hash) ([]byte, error) { return f(hash) }

// TestWalkBroken gives the walk what only a broken database has.
func TestWalkBroken(t *testing.T) {
	root := common.HexToHash("0x01")
	lost := errors.New("lost")
	for name, reader := range map[string]readerFunc{
		"error":      func(common.Hash) ([]byte, error) { return nil, lost },
		"empty":      func(common.Hash) ([]byte, error) { return nil, nil },
		"no list":    func(common.Hash) ([]byte, error) { return []byte{0x80}, nil },
		"one item":   func(common.Hash) ([]byte, error) { return []byte{0xc1, 0x20}, nil },
		"bad flag":   func(common.Hash) ([]byte, error) { return []byte{0xc2, 0x70, 0x01}, nil },
		"no key":     func(common.Hash) ([]byte, error) { return []byte{0xc2, 0x80, 0x01}, nil },
		"short hash": func(common.Hash) ([]byte, error) { return []byte{0xc4, 0x10, 0x82, 1, 2}, nil },
		"cut branch": func(common.Hash) ([]byte, error) { return []byte{0xc3, 0x80, 0x80, 0x80}, nil },
	} {
		_, err := embedded.Walk(reader, common.Hash{}, root, common.HexToHash("0xff00"), func(common.Hash, []byte) {})
		if name == "cut branch" {
			// The path begins with nibble 0, whose child is not there: absent.
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
			_, err = embedded.Walk(reader, common.Hash{}, root, common.HexToHash("0xf0"+"00000000000000000000000000000000000000000000000000000000000000"), func(common.Hash, []byte) {})
		}
		if err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// FuzzDescend feeds the node decoder with anything: an error is fine, a crash or
// more nibbles than there are is not.
func FuzzDescend(f *testing.F) {
	content := make(map[common.Hash][]byte)
	for i := range int64(50) {
		content[crypto.Keccak256Hash(big.NewInt(i).Bytes())] = []byte{byte(i + 1)}
	}
	root, _, reader := buildTrie(f, content)
	for k := range content {
		_, err := embedded.Walk(reader, common.Hash{}, root, k, func(_ common.Hash, blob []byte) { f.Add(blob, k[:]) })
		if err != nil {
			f.Fatal(err)
		}
	}
	f.Fuzz(func(t *testing.T, blob, key []byte) {
		path := make([]byte, min(len(key), 64))
		for i := range path {
			path[i] = key[i] & 15
		}
		_, used, err := embedded.Descend(blob, path)
		if err == nil && used > len(path) {
			t.Errorf("%d nibbles of %d", used, len(path))
		}
	})
}

// FuzzReceipts feeds the receipt converter with anything.
func FuzzReceipts(f *testing.F) {
	f.Add([]byte{0xc0}, []byte{0xc2, 0xc0, 0xc0})
	f.Add([]byte{0xc4, 0xc3, 0x01, 0x01, 0xc0}, []byte{0xc3, 0xc1, 0xc0, 0xc0})
	f.Fuzz(func(t *testing.T, stored, body []byte) {
		_, _ = embedded.ConsensusReceipts(stored, body)
	})
}

// benchChain opens a chain with many accounts: the data directory of mkgenesis that
// CANDELA_BENCH_DATADIR and CANDELA_BENCH_ACCOUNTS name, or a small one.
func benchChain(b *testing.B) (*embedded.Node, []common.Address) {
	b.Helper()
	accounts := uint64(50_000)
	cfg := embedded.GenesisConfig{Config: embedded.Config{DataDir: os.Getenv("CANDELA_BENCH_DATADIR"), CacheMB: 1024}}
	if cfg.DataDir == "" {
		cfg.Genesis = embeddedtest.Genesis(accounts)
	} else {
		var err error
		if accounts, err = strconv.ParseUint(os.Getenv("CANDELA_BENCH_ACCOUNTS"), 10, 64); err != nil {
			b.Fatal(err)
		}
	}
	var addresses []common.Address
	for i := range accounts {
		addresses = append(addresses, embeddedtest.Address(i))
	}
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(addresses), func(i, j int) {
		addresses[i], addresses[j] = addresses[j], addresses[i]
	})
	n, err := embedded.OpenGenesis(b.Context(), cfg)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = n.Close() })
	return n, addresses
}

// BenchmarkProve compares one account proof by the walk with one by trie.Prove.
func BenchmarkProve(b *testing.B) {
	n, addresses := benchChain(b)
	head := n.Head()
	b.Run("walk", func(b *testing.B) {
		i := 0
		for b.Loop() {
			key := crypto.Keccak256(addresses[i%len(addresses)][:])
			i++
			err := n.ProveHashed(b.Context(), chain.HashedQuery{Block: head.Hash, Key: key}, func([]byte) {})
			if err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("plain", func(b *testing.B) {
		i := 0
		for b.Loop() {
			query := []chain.StateQuery{{Block: head.Hash, Address: chain.Address(addresses[i%len(addresses)])}}
			i++
			if _, err := n.Prove(b.Context(), query); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("geth", func(b *testing.B) {
		root := n.Chain().CurrentBlock().Root
		i := 0
		for b.Loop() {
			key := crypto.Keccak256(addresses[i%len(addresses)][:])
			i++
			tr, err := trie.New(trie.StateTrieID(root), n.Chain().TrieDB())
			if err != nil {
				b.Fatal(err)
			}
			var proof proofList
			if err := tr.Prove(key, &proof); err != nil {
				b.Fatal(err)
			}
		}
	})
}
