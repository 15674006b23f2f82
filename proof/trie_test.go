package proof_test

import (
	"errors"
	"math/big"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/rlp"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/candela-les/candela/proof"
	"github.com/candela-les/candela/proof/prooftest"
)

// randomTrie draws a trie whose keys are of one length and often share nibbles, so
// that extensions, embedded nodes and deep branches all happen, and a key that is
// in it or near it.
func randomTrie(t *rapid.T) (*prooftest.Trie, []byte) {
	length := rapid.SampledFrom([]int{1, 2, 4, 32}).Draw(t, "key length")
	key := rapid.SliceOfN(rapid.SampledFrom([]byte{0, 1, 0x10, 0x11, 0xff}), length, length)
	value := rapid.SliceOfN(rapid.Byte(), 1, 40)
	values := rapid.MapOfN(rapid.Custom(func(t *rapid.T) string { return string(key.Draw(t, "key")) }), value, 0, 20).Draw(t, "trie")
	return prooftest.NewTrie(values), key.Draw(t, "sought")
}

// TestLookupAgreesWithTrie is the oracle test: whatever go-ethereum's trie says of
// a key, its proof says too; and with a node gone or changed, nothing else.
func TestLookupAgreesWithTrie(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tr, key := randomTrie(t)
		want := tr.Get(key)
		nodes := tr.Prove(key)
		got, path, err := proof.LookupPath(tr.Root, key, proof.NewNodeSet(nodes...))
		if err != nil || !cmp.Equal(got, want) || len(path) != len(nodes) {
			t.Fatalf("got %x with %d nodes, %v; want %x with %d", got, len(path), err, want, len(nodes))
		}
		if len(nodes) == 0 {
			return
		}
		victim := rapid.IntRange(0, len(nodes)-1).Draw(t, "victim")
		rest := append(append([][]byte(nil), nodes[:victim]...), nodes[victim+1:]...)
		what := rapid.SampledFrom([]string{"deleted", "flipped", "cut", "replaced"}).Draw(t, "damage")
		switch what {
		case "flipped":
			rest = append(rest, flip(nodes[victim], rapid.IntRange(0, 8*len(nodes[victim])-1).Draw(t, "bit")))
		case "cut":
			rest = append(rest, nodes[victim][:rapid.IntRange(0, len(nodes[victim])-1).Draw(t, "length")])
		case "replaced":
			other, otherKey := randomTrie(t)
			for _, node := range other.Prove(otherKey) {
				if string(node) == string(nodes[victim]) {
					return // a node of both tries
				}
				rest = append(rest, node)
			}
		}
		got, err = proof.Lookup(tr.Root, key, proof.NewNodeSet(rest...))
		var missing *proof.MissingNodeError
		if !errors.As(err, &missing) || got != nil {
			t.Fatalf("node %s: got %x, %v", what, got, err)
		}
		if missing.Hash != crypto.Keccak256Hash(nodes[victim]) || missing.Root != tr.Root {
			t.Fatalf("node %s: reported %s missing", what, missing.Hash)
		}
	})
}

// TestNodesAreOneSet shows that the order and surplus of nodes do not matter.
func TestNodesAreOneSet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tr, key := randomTrie(t)
		other, otherKey := randomTrie(t)
		nodes := append(append(other.Prove(otherKey), tr.Prove(key)...), tr.Prove(otherKey)...)
		shuffled := rapid.Permutation(nodes).Draw(t, "order")
		got, err := proof.Lookup(tr.Root, key, proof.NewNodeSet(shuffled...))
		if err != nil || !cmp.Equal(got, tr.Get(key)) {
			t.Fatalf("got %x, %v; want %x", got, err, tr.Get(key))
		}
	})
}

// rlpOf encodes nested lists of byte strings.
func rlpOf(v any) []byte {
	enc, err := rlp.EncodeToBytes(v)
	if err != nil {
		panic(err)
	}
	return enc
}

func TestLookupMalformed(t *testing.T) {
	long := make([]byte, 40)
	hash := crypto.Keccak256([]byte("somewhere"))
	branch := func(children ...any) []any {
		list := make([]any, 17)
		for i := range list {
			list[i] = []byte{}
		}
		copy(list, children)
		return list
	}
	embedded := branch()
	embedded[16] = []byte{7}
	for name, node := range map[string][]byte{
		"empty":                         {},
		"a string":                      rlpOf(long),
		"one item":                      rlpOf([]any{long}),
		"three items":                   rlpOf([]any{long, long, long}),
		"eighteen items":                rlpOf(append(branch(), []byte{})),
		"trailing byte":                 append(rlpOf([]any{[]byte{0x20}, long}), 0),
		"truncated":                     rlpOf([]any{[]byte{0x20}, long})[:20],
		"empty path":                    rlpOf([]any{[]byte{}, long}),
		"path flags":                    rlpOf([]any{[]byte{0x40}, long}),
		"path padding":                  rlpOf([]any{[]byte{0x21}, long}),
		"path is a list":                rlpOf([]any{[]any{}, long}),
		"leaf value is a list":          rlpOf([]any{[]byte{0x20}, []any{}}),
		"leaf without value":            rlpOf([]any{[]byte{0x20}, []byte{}}),
		"extension without path":        rlpOf([]any{[]byte{0x00}, hash}),
		"extension without child":       rlpOf([]any{[]byte{0x11}, []byte{}}),
		"extension to a short string":   rlpOf([]any{[]byte{0x11}, hash[:31]}),
		"extension to a long string":    rlpOf([]any{[]byte{0x11}, append(hash, 0)}),
		"child is too long a list":      rlpOf(branch([]any{[]byte{0x31}, long})),
		"child is a short string":       rlpOf(branch([]byte("short"))),
		"embedded node of three items":  rlpOf(branch([]any{[]byte{1}, []byte{2}, []byte{3}})),
		"embedded extension, no path":   rlpOf([]any{[]byte{0x10}, []any{[]byte{0x00}, []any{}}}),
		"oversized":                     rlpOf([]any{[]byte{0x20}, make([]byte, 1<<17)}),
		"branch value is a list":        rlpOf(append(embedded[:16:16], []any{})),
		"non-canonical length of value": {0xc3, 0x20, 0x81, 0x01},
	} {
		t.Run(name, func(t *testing.T) {
			set := proof.NewNodeSet()
			root := set.Add(node)
			key := []byte{0x00}
			if name == "branch value is a list" {
				key = nil
			}
			value, err := proof.Lookup(root, key, set)
			if !errors.Is(err, proof.ErrMalformed) || value != nil {
				t.Errorf("%x: %v", value, err)
			}
		})
	}
}

// TestLookupShapes walks the shapes one by one, by hand.
func TestLookupShapes(t *testing.T) {
	leaf := func(path, value []byte) []any { return []any{path, value} }
	branch := make([]any, 17)
	for i := range branch {
		branch[i] = []byte{}
	}
	branch[1] = leaf([]byte{0x35}, []byte("odd")) // 0x15, embedded
	branch[16] = []byte("here")
	for _, c := range []struct {
		name string
		node any
		key  []byte
		want string
	}{
		{"single leaf", leaf([]byte{0x20, 0x15}, []byte("v")), []byte{0x15}, "v"},
		{"single leaf, other key", leaf([]byte{0x20, 0x15}, []byte("v")), []byte{0x16}, ""},
		{"single leaf, shorter key", leaf([]byte{0x20, 0x15}, []byte("v")), nil, ""},
		{"single leaf, longer key", leaf([]byte{0x20, 0x15}, []byte("v")), []byte{0x15, 0}, ""},
		{"branch, embedded leaf", branch, []byte{0x15}, "odd"},
		{"branch, embedded leaf of another key", branch, []byte{0x16}, ""},
		{"branch, empty child", branch, []byte{0x25}, ""},
		{"branch, own value", branch, nil, "here"},
		{"extension that diverges", []any{[]byte{0x17}, crypto.Keccak256(nil)}, []byte{0x15}, ""},
		{"extension longer than the key", []any{[]byte{0x00, 0x15, 0x15}, crypto.Keccak256(nil)}, []byte{0x15}, ""},
		{"extension to an embedded branch", []any{[]byte{0x00, 0xaa}, branch}, []byte{0xaa, 0x15}, "odd"},
	} {
		t.Run(c.name, func(t *testing.T) {
			set := proof.NewNodeSet()
			root := set.Add(rlpOf(c.node))
			got, err := proof.Lookup(root, c.key, set)
			if err != nil || string(got) != c.want {
				t.Errorf("got %q, %v; want %q", got, err, c.want)
			}
		})
	}
	if v, err := proof.Lookup(types.EmptyRootHash, []byte("anything"), nil); v != nil || err != nil {
		t.Errorf("empty trie: %x, %v", v, err)
	}
	if _, err := proof.Lookup(common.Hash{}, []byte("anything"), nil); !errors.Is(err, proof.ErrMissingNode) {
		t.Errorf("zero root: %v", err)
	}
}

// TestStorageValues covers what may and may not stand in a storage slot.
func TestStorageValues(t *testing.T) {
	slot := common.Hash{5}
	for _, c := range []struct {
		name  string
		value []byte
		want  common.Hash
		bad   bool
	}{
		{"one", rlpOf([]byte{1}), common.Hash{31: 1}, false},
		{"full", rlpOf(slot[:]), slot, false},
		{"leading zero", rlpOf([]byte{0, 1}), common.Hash{}, true},
		{"zero", rlpOf([]byte{}), common.Hash{}, true},
		{"33 bytes", rlpOf(append([]byte{1}, slot[:]...)), common.Hash{}, true},
		{"a list", rlpOf([]any{}), common.Hash{}, true},
		{"more bytes", append(rlpOf([]byte{1}), 1), common.Hash{}, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			key := crypto.Keccak256(slot[:])
			tr := prooftest.NewTrie(map[string][]byte{string(key): c.value})
			got, err := proof.Storage(tr.Root, slot, proof.NewNodeSet(tr.Prove(key)...))
			if got != c.want || errors.Is(err, proof.ErrMalformed) != c.bad || (err != nil) != c.bad {
				t.Errorf("got %s, %v", got, err)
			}
		})
	}
}

func TestAccountValues(t *testing.T) {
	addr := common.Address{9}
	key := crypto.Keccak256(addr[:])
	good := rlpOf(proof.EmptyAccount())
	short := proof.EmptyAccount()
	short.CodeHash = short.CodeHash[:31]
	for _, c := range []struct {
		name  string
		value []byte
		bad   bool
	}{
		{"empty account", good, false},
		{"short code hash", rlpOf(short), true},
		{"three fields", rlpOf([]any{uint(1), uint(2), common.Hash{}}), true},
		{"trailing byte", append(good, 0), true},
		{"a string", rlpOf([]byte("account")), true},
	} {
		t.Run(c.name, func(t *testing.T) {
			tr := prooftest.NewTrie(map[string][]byte{string(key): c.value})
			account, err := proof.Account(tr.Root, addr, proof.NewNodeSet(tr.Prove(key)...))
			if (err != nil) != c.bad || (account == nil) != c.bad || c.bad && !errors.Is(err, proof.ErrMalformed) {
				t.Errorf("got %v, %v", account, err)
			}
			other := common.Address{10}
			account, err = proof.Account(tr.Root, other, proof.NewNodeSet(tr.Prove(crypto.Keccak256(other[:]))...))
			if account != nil || err != nil {
				t.Errorf("absent account: %v, %v", account, err)
			}
		})
	}
}

func TestNodeSetCountsOnce(t *testing.T) {
	var set proof.NodeSet
	set.Add([]byte("a node"))
	set.Add([]byte("a node"))
	set.Add([]byte("another"))
	if set.Len() != 2 || set.Size() != len("a node")+len("another") {
		t.Errorf("%d nodes of %d bytes", set.Len(), set.Size())
	}
	if _, ok := (*proof.NodeSet)(nil).Get(common.Hash{}); ok {
		t.Error("a nil set has a node")
	}
}

// bigOf returns 2 to the n, a number one bit longer than n.
func bigOf(n uint) *big.Int { return new(big.Int).Lsh(common.Big1, n) }
