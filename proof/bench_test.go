package proof_test

import (
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/ethdb/memorydb"
	"github.com/ethereum/go-ethereum/trie"

	"github.com/candela-les/candela/proof"
	"github.com/candela-les/candela/proof/prooftest"
)

func newHasher() types.ListHasher { return trie.NewStackTrie(nil) }

// oracleLookup is go-ethereum's verifier, with nodes by their computed hashes.
func oracleLookup(root common.Hash, key []byte, nodes ...[]byte) ([]byte, error) {
	if root == types.EmptyRootHash {
		return nil, nil
	}
	db := memorydb.New()
	for _, node := range nodes {
		set := proof.NewNodeSet()
		hash := set.Add(node)
		if err := db.Put(hash[:], node); err != nil {
			return nil, err
		}
	}
	return trie.VerifyProof(root, key, db)
}

// BenchmarkAccount verifies a mainnet account proof of 8 nodes, hashing included.
func BenchmarkAccount(b *testing.B) {
	block := prooftest.ReadBlock(b, prooftest.Path(b, "mainnet", "rpc", "block.json"))
	var p jsonProof
	prooftest.JSON(b, &p, "mainnet", "rpc", "proof.json")
	nodes := blobs(p.AccountProof)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := proof.Account(block.Fields.Root, p.Address, proof.NewNodeSet(nodes...)); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkReceipts verifies the 202 receipts of a mainnet block.
func BenchmarkReceipts(b *testing.B) {
	block := prooftest.ReadBlock(b, prooftest.Path(b, "mainnet", "rpc", "block.json"))
	enc := mainnetReceipts(b)
	b.SetBytes(int64(len(enc)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := proof.VerifyReceiptRoot(block.Fields, enc); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkBloom tests one header's bloom against a filter of two topics.
func BenchmarkBloom(b *testing.B) {
	block := prooftest.ReadBlock(b, prooftest.Path(b, "mainnet", "rpc", "block.json"))
	m := proof.NewBloomMatcher(&proof.LogFilter{Addresses: []common.Address{{1}}, Topics: [][]common.Hash{{{2}}, {{3}}}})
	for b.Loop() {
		m.MayMatch(&block.Fields.Bloom)
	}
}
