// Package prooftest holds what tests of proofs need: tries to prove things in,
// mainnet blocks, and the execution-apis chain in an in-memory go-ethereum that
// serves as oracle and as an honest server. No production code imports it.
package prooftest

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/rawdb"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/ethdb/memorydb"
	"github.com/ethereum/go-ethereum/rlp"
	"github.com/ethereum/go-ethereum/trie"
	"github.com/ethereum/go-ethereum/triedb"
)

// Path returns the path of a file of the third-party test data. The test is
// skipped where the data is not there.
func Path(tb testing.TB, elem ...string) string {
	tb.Helper()
	dir := os.Getenv("CANDELA_TESTDATA")
	if dir == "" {
		tb.Skip("CANDELA_TESTDATA is not set: the folder of third-party test data is needed")
	}
	return filepath.Join(append([]string{dir}, elem...)...)
}

// JSON reads a file of the third-party test data into v.
func JSON(tb testing.TB, v any, elem ...string) {
	tb.Helper()
	data, err := os.ReadFile(Path(tb, elem...))
	if err != nil {
		tb.Fatal(err)
	}
	if err := json.Unmarshal(data, v); err != nil {
		tb.Fatalf("%s: %v", filepath.Join(elem...), err)
	}
}

// Glob lists files of the third-party test data; there must be some.
func Glob(tb testing.TB, elem ...string) []string {
	tb.Helper()
	files, err := filepath.Glob(Path(tb, elem...))
	if err != nil || len(files) == 0 {
		tb.Fatalf("no test data in %s: %v", filepath.Join(elem...), err)
	}
	return files
}

// Encode returns the RLP of v.
func Encode(tb testing.TB, v any) []byte {
	tb.Helper()
	enc, err := rlp.EncodeToBytes(v)
	if err != nil {
		tb.Fatal(err)
	}
	return enc
}

// Block is a block as JSON-RPC gives it, and as les carries it.
type Block struct {
	Name   string
	Hash   common.Hash
	Fields *types.Header // as the JSON has them, nothing verified
	Header []byte        // RLP
	Body   []byte        // RLP; nil if the JSON has only transaction hashes
}

// ReadBlock reads a block in JSON-RPC's form from a path.
func ReadBlock(tb testing.TB, path string) *Block {
	tb.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		tb.Fatal(err)
	}
	var fields struct {
		Hash         common.Hash
		Transactions []json.RawMessage
		Uncles       []common.Hash
		Withdrawals  *[]*types.Withdrawal
	}
	header := new(types.Header)
	for _, v := range []any{&fields, header} {
		if err := json.Unmarshal(data, v); err != nil {
			tb.Fatalf("%s: %v", path, err)
		}
	}
	b := &Block{Name: filepath.Base(path), Hash: fields.Hash, Fields: header, Header: Encode(tb, header)}
	if len(fields.Uncles) > 0 {
		tb.Fatalf("%s: has uncles, which JSON-RPC gives only by hash", path)
	}
	body := types.Body{}
	if fields.Withdrawals != nil {
		// An empty list is not the same as none.
		body.Withdrawals = append([]*types.Withdrawal{}, *fields.Withdrawals...)
	}
	for _, raw := range fields.Transactions {
		if raw[0] == '"' {
			return b
		}
		tx := new(types.Transaction)
		if err := json.Unmarshal(raw, tx); err != nil {
			tb.Fatalf("%s: %v", path, err)
		}
		body.Transactions = append(body.Transactions, tx)
	}
	b.Body = Encode(tb, &body)
	return b
}

// Trie is a Merkle-Patricia trie made by go-ethereum.
type Trie struct {
	Root common.Hash
	trie *trie.Trie
}

// NewTrie returns the trie of the given keys (not hashed) and values. Empty values
// are left out.
func NewTrie(values map[string][]byte) *Trie {
	t := trie.NewEmpty(triedb.NewDatabase(rawdb.NewMemoryDatabase(), nil))
	for key, value := range values {
		t.MustUpdate([]byte(key), value)
	}
	return &Trie{Root: t.Hash(), trie: t}
}

// Get returns the value of key, nil if it has none.
func (t *Trie) Get(key []byte) []byte { return t.trie.MustGet(key) }

// Prove returns the proof of key, or of its absence.
func (t *Trie) Prove(key []byte) [][]byte { return prove(t.trie, key) }

// prove returns a proof's nodes in no particular order.
func prove(t *trie.Trie, key []byte) [][]byte {
	db := memorydb.New()
	defer func() { _ = db.Close() }()
	if err := t.Prove(key, db); err != nil {
		panic(err) // a broken test fixture
	}
	var nodes [][]byte
	it := db.NewIterator(nil, nil)
	defer it.Release()
	for it.Next() {
		nodes = append(nodes, common.CopyBytes(it.Value()))
	}
	return nodes
}
