package prooftest

import (
	"errors"
	"io"
	"os"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/consensus/beacon"
	"github.com/ethereum/go-ethereum/consensus/ethash"
	"github.com/ethereum/go-ethereum/core"
	"github.com/ethereum/go-ethereum/core/rawdb"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/params"
	"github.com/ethereum/go-ethereum/rlp"
	"github.com/ethereum/go-ethereum/trie"
)

// Chain is a go-ethereum chain in memory with the state of every block.
type Chain struct {
	*core.BlockChain
}

// Conformance returns the execution-apis chain: 54 blocks through every fork from
// Homestead to BPO2.
func Conformance(tb testing.TB) *Chain {
	tb.Helper()
	genesis := new(core.Genesis)
	JSON(tb, genesis, "execution-apis", "genesis.json")
	file, err := os.Open(Path(tb, "execution-apis", "chain.rlp"))
	if err != nil {
		tb.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	var blocks types.Blocks
	for stream := rlp.NewStream(file, 0); ; {
		block := new(types.Block)
		if err := stream.Decode(block); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			tb.Fatal(err)
		}
		if block.NumberU64() > 0 {
			blocks = append(blocks, block)
		}
	}
	return NewChain(tb, genesis, blocks)
}

// NewChain returns the chain of the given blocks, genesis not among them.
func NewChain(tb testing.TB, genesis *core.Genesis, blocks types.Blocks) *Chain {
	tb.Helper()
	config := core.DefaultConfig().WithArchive(true)
	config.SnapshotLimit = 0
	engine := beacon.New(ethash.NewFaker())
	bc, err := core.NewBlockChain(rawdb.NewMemoryDatabase(), genesis, engine, config)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(bc.Stop)
	if _, err := bc.InsertChain(blocks); err != nil {
		tb.Fatal(err)
	}
	return &Chain{BlockChain: bc}
}

// Config returns the chain's configuration.
func (c *Chain) Config() *params.ChainConfig { return c.BlockChain.Config() }

// ProveAccount returns the proof of an account or of its absence.
func (c *Chain) ProveAccount(header *types.Header, addr common.Address) [][]byte {
	t, err := trie.New(trie.StateTrieID(header.Root), c.TrieDB())
	if err != nil {
		panic(err) // a broken test fixture, as below
	}
	return prove(t, crypto.Keccak256(addr[:]))
}

// ProveSlot returns the proof of a storage slot or of its absence, without that of
// the account.
func (c *Chain) ProveSlot(header *types.Header, addr common.Address, slot common.Hash) [][]byte {
	accounts, err := trie.NewStateTrie(trie.StateTrieID(header.Root), c.TrieDB())
	if err != nil {
		panic(err)
	}
	account, err := accounts.GetAccount(addr)
	if err != nil {
		panic(err)
	}
	if account == nil || account.Root == types.EmptyRootHash {
		return nil
	}
	t, err := trie.New(trie.StorageTrieID(header.Root, crypto.Keccak256Hash(addr[:]), account.Root), c.TrieDB())
	if err != nil {
		panic(err)
	}
	return prove(t, crypto.Keccak256(slot[:]))
}

// Code returns a contract's code.
func (c *Chain) Code(hash common.Hash) []byte { return c.ContractCodeWithPrefix(hash) }

// HeaderRLP returns the encoding of a canonical header.
func (c *Chain) HeaderRLP(number uint64) []byte {
	enc, err := rlp.EncodeToBytes(c.GetHeaderByNumber(number))
	if err != nil {
		panic(err)
	}
	return enc
}

// ReceiptsRLP returns the receipts of a block as les carries them.
func (c *Chain) ReceiptsRLP(hash common.Hash) []byte {
	enc, err := rlp.EncodeToBytes(c.GetReceiptsByHash(hash))
	if err != nil {
		panic(err)
	}
	return enc
}

// codeAt returns the code of an account, nil if it has none.
func (c *Chain) codeAt(header *types.Header, addr common.Address) []byte {
	accounts, err := trie.NewStateTrie(trie.StateTrieID(header.Root), c.TrieDB())
	if err != nil {
		panic(err) // a broken test fixture
	}
	account, err := accounts.GetAccount(addr)
	if err != nil {
		panic(err)
	}
	if account == nil {
		return nil
	}
	return c.Code(common.Hash(account.CodeHash))
}
