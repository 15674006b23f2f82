package chaintest

import (
	"bytes"
	"errors"
	"math/big"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/rlp"
	"github.com/ethereum/go-ethereum/trie"

	"github.com/candela-les/candela/chain"
)

// nodes are trie nodes by computed hash, as trie.VerifyProof reads them.
type nodes map[common.Hash][]byte

func (n nodes) Has(key []byte) (bool, error) {
	_, ok := n[common.BytesToHash(key)]
	return ok, nil
}

func (n nodes) Get(key []byte) ([]byte, error) {
	if blob, ok := n[common.BytesToHash(key)]; ok {
		return blob, nil
	}
	return nil, errors.New("not among the nodes")
}

// index keys nodes by what they hash to. One that comes twice fails the test.
func index(t *testing.T, blobs [][]byte) nodes {
	t.Helper()
	n := make(nodes, len(blobs))
	for _, blob := range blobs {
		hash := crypto.Keccak256Hash(blob)
		if _, twice := n[hash]; twice {
			t.Errorf("node %x comes twice", hash)
		}
		n[hash] = blob
	}
	return n
}

// prove verifies a key against a root; nil means that it is proven absent.
func (n nodes) prove(t *testing.T, root common.Hash, key []byte) []byte {
	t.Helper()
	if root == types.EmptyRootHash {
		return nil
	}
	value, err := trie.VerifyProof(root, crypto.Keccak256(key), n)
	if err != nil {
		t.Fatalf("proof of %x against %x: %v", key, root, err)
	}
	return value
}

// root is the state root that a harness's block has, by its own header.
func (h *Harness) root(t *testing.T, block chain.Hash) common.Hash {
	t.Helper()
	for _, b := range h.Blocks {
		if b.Hash() == block {
			return b.Root()
		}
	}
	t.Fatalf("the harness does not have block %x", block)
	return common.Hash{}
}

func (a Account) query() chain.StateQuery {
	q := chain.StateQuery{Block: a.Block, Address: a.Address, Code: true}
	for slot := range a.Slots {
		q.Slots = append(q.Slots, slot)
	}
	return q
}

// check verifies a witness of an account against what is known of it.
func (h *Harness) check(t *testing.T, a Account, w nodes, codes [][]byte) {
	t.Helper()
	value := w.prove(t, h.root(t, a.Block), a.Address[:])
	if a.Absent {
		if value != nil {
			t.Errorf("account %x is there", a.Address)
		}
		return
	}
	var got types.StateAccount
	if err := rlp.DecodeBytes(value, &got); err != nil {
		t.Fatalf("account %x: %v", a.Address, err)
	}
	if got.Nonce != a.Nonce || got.Balance.ToBig().Cmp(a.Balance) != 0 {
		t.Errorf("account %x: nonce %d balance %v, want %d and %v", a.Address, got.Nonce, got.Balance, a.Nonce, a.Balance)
	}
	if want := crypto.Keccak256(a.Code); !bytes.Equal(got.CodeHash, want) {
		t.Errorf("account %x: code hash %x, want %x", a.Address, got.CodeHash, want)
	}
	if has := containsBlob(codes, a.Code); len(a.Code) > 0 && !has {
		t.Errorf("account %x: its code is not among the codes", a.Address)
	}
	for slot, want := range a.Slots {
		var content []byte
		if value := w.prove(t, got.Root, slot[:]); value != nil {
			if err := rlp.DecodeBytes(value, &content); err != nil {
				t.Fatalf("slot %x of %x: %v", slot, a.Address, err)
			}
		}
		if common.BytesToHash(content) != want {
			t.Errorf("slot %x of %x is %x, want %x", slot, a.Address, content, want)
		}
	}
}

func containsBlob(blobs [][]byte, blob []byte) bool {
	for _, b := range blobs {
		if bytes.Equal(b, blob) {
			return true
		}
	}
	return false
}

// strangers are accounts that no chain has, so that absence is tested everywhere.
func (h *Harness) strangers() []Account {
	var accounts []Account
	for i := range int64(32) {
		address := common.BytesToAddress(crypto.Keccak256(big.NewInt(i).Bytes(), []byte("stranger")))
		accounts = append(accounts, Account{Block: h.head().Hash(), Address: address, Absent: true})
	}
	return accounts
}

// testProve proves each account by itself, then all of a block together.
func (h *Harness) testProve(t *testing.T) {
	ctx := testContext(t)
	accounts := append(h.strangers(), h.Accounts...)
	var all []chain.StateQuery
	for _, a := range accounts {
		w, err := h.Source.Prove(ctx, []chain.StateQuery{a.query()})
		if err != nil {
			t.Fatalf("prove %x after block %x: %v", a.Address, a.Block, err)
		}
		h.check(t, a, index(t, w.Nodes), w.Codes)
		all = append(all, a.query())
	}
	w, err := h.Source.Prove(ctx, append(all, all...))
	if err != nil {
		t.Fatalf("prove %d accounts at once: %v", len(all), err)
	}
	together := index(t, w.Nodes)
	for _, a := range accounts {
		h.check(t, a, together, w.Codes)
	}
	// One query without the code must not bring it.
	for _, a := range h.Accounts {
		if len(a.Code) == 0 {
			continue
		}
		q := a.query()
		q.Code = false
		w, err := h.Source.Prove(ctx, []chain.StateQuery{q})
		if err != nil || len(w.Codes) != 0 {
			t.Errorf("account %x: %d codes that nobody asked for (%v)", a.Address, len(w.Codes), err)
		}
		break
	}
}

// testProveHashed proves the same by hashed keys, whole and from every level.
func (h *Harness) testProveHashed(t *testing.T) {
	ctx := testContext(t)
	for _, a := range append(h.strangers(), h.Accounts...) {
		hashed := crypto.Keccak256(a.Address[:])
		path := h.hashed(t, chain.HashedQuery{Block: a.Block, Key: hashed})
		together := append([][]byte(nil), path...)
		if !a.Absent {
			code, err := h.Source.CodeHashed(ctx, a.Block, hashed)
			if err != nil || !bytes.Equal(code, a.Code) {
				t.Errorf("code of %x: %x (%v), want %x", a.Address, code, err, a.Code)
			}
			for slot := range a.Slots {
				key := crypto.Keccak256(slot[:])
				together = append(together, h.hashed(t, chain.HashedQuery{Block: a.Block, Account: hashed, Key: key})...)
			}
		}
		set := make(nodes)
		for _, blob := range together {
			set[crypto.Keccak256Hash(blob)] = blob
		}
		h.check(t, a, set, [][]byte{a.Code})
	}
}

// hashed asks for one proof and checks that it is in order and that FromLevel
// leaves out exactly as many nodes from its beginning.
func (h *Harness) hashed(t *testing.T, q chain.HashedQuery) [][]byte {
	t.Helper()
	ask := func(q chain.HashedQuery) (path [][]byte) {
		err := h.Source.ProveHashed(testContext(t), q, func(node []byte) { path = append(path, node) })
		if err != nil {
			t.Fatalf("prove hashed %x: %v", q.Key, err)
		}
		return path
	}
	whole := ask(q)
	if len(q.Account) == 0 && (len(whole) == 0 || crypto.Keccak256Hash(whole[0]) != h.root(t, q.Block)) {
		t.Fatalf("proof of %x does not begin with the root", q.Key)
	}
	for level := range uint(len(whole) + 2) {
		q.FromLevel = level
		part := ask(q)
		want := whole[min(level, uint(len(whole))):]
		if len(part) != len(want) {
			t.Fatalf("proof of %x from level %d has %d nodes, want %d", q.Key, level, len(part), len(want))
		}
		for i := range part {
			if !bytes.Equal(part[i], want[i]) {
				t.Fatalf("proof of %x from level %d differs at node %d", q.Key, level, i)
			}
		}
	}
	return whole
}
