// Package clienttest holds what tests of light clients need: a small real chain in
// memory, and fake servers that serve it.
//
// Chain is made by go-ethereum's chain generator, with real state, so that every
// proof, receipt and signature is one that a real server would give. Server is a
// fake: it knows the protocol well enough to be honest, keeps no flow control of
// its own, and can be told to lie about any field of any reply.
package clienttest

import (
	"crypto/ecdsa"
	"fmt"
	"math/big"
	"slices"
	"sync"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/consensus/beacon"
	"github.com/ethereum/go-ethereum/consensus/ethash"
	"github.com/ethereum/go-ethereum/core"
	"github.com/ethereum/go-ethereum/core/rawdb"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/ethdb"
	"github.com/ethereum/go-ethereum/params"
	"github.com/ethereum/go-ethereum/triedb"
)

// Contracts in the genesis block. Each takes one word of input.
var (
	// Store returns the word in the slot that the input names; slots 1 … 32 hold
	// their number + 1.
	Store = common.HexToAddress("0x5000000000000000000000000000000000000001")
	// Chase returns what it finds after going from slot to slot four times.
	Chase = common.HexToAddress("0x5000000000000000000000000000000000000002")
	// Ancestor returns BLOCKHASH of its input.
	Ancestor = common.HexToAddress("0x5000000000000000000000000000000000000003")
	// Revert reverts with its input as data.
	Revert = common.HexToAddress("0x5000000000000000000000000000000000000004")
	// Logger emits a log with its input as the only topic.
	Logger = common.HexToAddress("0x5000000000000000000000000000000000000005")
	// Toil logs 32 KiB as often as its input says, at 262,553 gas, and then returns its
	// slot 7: much gas in little time.
	Toil = common.HexToAddress("0x5000000000000000000000000000000000000007")
	// Nobody has no account.
	Nobody = common.HexToAddress("0x6000000000000000000000000000000000000006")
)

// Slots is how many slots Store and Chase have.
const Slots = 32

// Chain is a tree of blocks on one genesis block. It is safe for concurrent use.
type Chain struct {
	Config  *params.ChainConfig
	Genesis *types.Block
	Keys    []*ecdsa.PrivateKey // of prefunded accounts

	db ethdb.Database
	mu struct {
		sync.Mutex
		blocks map[common.Hash]*entry
	}
}

type entry struct {
	block    *types.Block
	receipts types.Receipts
}

// NewChain returns a chain of just the genesis block.
func NewChain() *Chain {
	config := *params.MergedTestChainConfig
	return newChain(&config)
}

// NewCancunChain is NewChain before Prague: no block's hash is in the history
// contract.
func NewCancunChain() *Chain {
	config := *params.MergedTestChainConfig
	config.PragueTime, config.OsakaTime, config.BPO1Time, config.BPO2Time = nil, nil, nil, nil
	return newChain(&config)
}

func newChain(config *params.ChainConfig) *Chain {
	c := &Chain{Config: config, db: rawdb.NewMemoryDatabase()}
	c.mu.blocks = make(map[common.Hash]*entry)
	for i := range 3 {
		key, err := crypto.ToECDSA(crypto.Keccak256([]byte{byte(i)}))
		if err != nil {
			panic(err)
		}
		c.Keys = append(c.Keys, key)
	}
	nodes := triedb.NewDatabase(c.db, triedb.HashDefaults)
	defer nodes.Close()
	genesis, err := c.spec().Commit(c.db, nodes, nil)
	if err != nil {
		panic(err)
	}
	c.Genesis = genesis
	c.mu.blocks[genesis.Hash()] = &entry{block: genesis}
	return c
}

func (c *Chain) spec() *core.Genesis {
	slots := make(map[common.Hash]common.Hash)
	for i := range int64(Slots) {
		slots[common.BigToHash(big.NewInt(i+1))] = common.BigToHash(big.NewInt(i + 2))
	}
	alloc := types.GenesisAlloc{
		params.HistoryStorageAddress:     {Nonce: 1, Code: params.HistoryStorageCode, Balance: new(big.Int)},
		params.WithdrawalQueueAddress:    {Nonce: 1, Code: params.WithdrawalQueueCode, Balance: new(big.Int)},
		params.ConsolidationQueueAddress: {Nonce: 1, Code: params.ConsolidationQueueCode, Balance: new(big.Int)},
		params.BeaconRootsAddress:        {Nonce: 1, Code: params.BeaconRootsCode, Balance: new(big.Int)},
		Store:                            {Nonce: 1, Code: common.FromHex("5f35545f5260205ff3"), Storage: slots, Balance: new(big.Int)},
		Chase:                            {Nonce: 1, Code: common.FromHex("5f35545454545f5260205ff3"), Storage: slots, Balance: new(big.Int)},
		Ancestor:                         {Nonce: 1, Code: common.FromHex("5f35405f5260205ff3"), Balance: new(big.Int)},
		Revert:                           {Nonce: 1, Code: common.FromHex("5f355f5260205ffd"), Balance: new(big.Int)},
		Toil:                             {Nonce: 1, Code: common.FromHex("5f355b6180005fa06001900380600257506007545f5260205ff3"), Storage: slots, Balance: new(big.Int)},
		Logger:                           {Nonce: 1, Code: common.FromHex("5f355f5fa100"), Balance: new(big.Int)},
	}
	for _, key := range c.Keys {
		alloc[crypto.PubkeyToAddress(key.PublicKey)] = types.Account{Balance: new(big.Int).Mul(big.NewInt(1000), big.NewInt(params.Ether))}
	}
	for i := range 200 { // a trie with a few levels
		alloc[common.BytesToAddress(crypto.Keccak256([]byte{byte(i), 1}))] = types.Account{Balance: big.NewInt(int64(i + 1))}
	}
	return &core.Genesis{
		Config: c.Config, Alloc: alloc, GasLimit: 30_000_000, Difficulty: new(big.Int),
		Timestamp: 1_700_000_000, BaseFee: big.NewInt(params.InitialBaseFee),
	}
}

// Address returns the address of a prefunded key.
func (c *Chain) Address(i int) common.Address { return crypto.PubkeyToAddress(c.Keys[i].PublicKey) }

// Grow adds n blocks on top of parent and returns them. Every block moves money;
// every third one, by its number, logs with the topic Topic. Blocks that differ
// only in salt are on different branches.
func (c *Chain) Grow(parent *types.Block, n int, salt byte) []*types.Block {
	return c.GrowWith(parent, n, salt, nil)
}

// GrowWith is Grow with more transactions in the first of the blocks.
func (c *Chain) GrowWith(parent *types.Block, n int, salt byte, txs []*types.Transaction) []*types.Block {
	c.mu.Lock()
	defer c.mu.Unlock()
	engine := beacon.New(ethash.NewFaker())
	signer := types.LatestSigner(c.Config)
	blocks, receipts := core.GenerateChain(c.Config, parent, engine, c.db, n, func(i int, b *core.BlockGen) {
		b.SetCoinbase(common.Address{0xc0, salt})
		b.SetParentBeaconRoot(common.Hash{salt})
		if i == 0 {
			for _, tx := range txs {
				b.AddTx(tx)
			}
		}
		from := c.Address(0)
		send := func(to common.Address, value int64, data []byte) {
			tx, err := types.SignNewTx(c.Keys[0], signer, &types.DynamicFeeTx{
				ChainID: c.Config.ChainID, Nonce: b.TxNonce(from), To: &to, Value: big.NewInt(value), Data: data,
				Gas: 100_000, GasTipCap: big.NewInt(1), GasFeeCap: new(big.Int).Add(b.BaseFee(), big.NewInt(1)),
			})
			if err != nil {
				panic(err)
			}
			b.AddTx(tx)
		}
		send(common.Address{0xaa, salt}, 1, nil)
		if b.Number().Uint64()%3 == 0 {
			topic := Topic
			send(Logger, 0, topic[:])
		}
	})
	for i, b := range blocks {
		c.mu.blocks[b.Hash()] = &entry{b, receipts[i]}
	}
	return blocks
}

// Topic is what logs have for their topic.
var Topic = common.HexToHash("0x1061")

// Transfer returns a signed transaction from a prefunded key to Nobody.
func (c *Chain) Transfer(key int, nonce uint64, value *big.Int) *types.Transaction {
	return c.TransferAt(key, nonce, value, big.NewInt(1), big.NewInt(2*params.InitialBaseFee))
}

// TransferAt is Transfer at a price: what the miner gets at most, and what it costs
// at most, in wei for each gas.
func (c *Chain) TransferAt(key int, nonce uint64, value, tip, fee *big.Int) *types.Transaction {
	to := Nobody
	tx, err := types.SignNewTx(c.Keys[key], types.LatestSigner(c.Config), &types.DynamicFeeTx{
		ChainID: c.Config.ChainID, Nonce: nonce, To: &to, Value: value,
		Gas: 21_000, GasTipCap: tip, GasFeeCap: fee,
	})
	if err != nil {
		panic(err)
	}
	return tx
}

// Block returns a block by its hash, nil if there is none.
func (c *Chain) Block(hash common.Hash) *types.Block {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e, ok := c.mu.blocks[hash]; ok {
		return e.block
	}
	return nil
}

// Receipts returns a block's receipts.
func (c *Chain) Receipts(hash common.Hash) types.Receipts {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.mu.blocks[hash].receipts
}

// Ancestor returns the ancestor of a block at a number.
func (c *Chain) Ancestor(of *types.Block, number uint64) *types.Block {
	c.mu.Lock()
	defer c.mu.Unlock()
	for of != nil && of.NumberU64() > number {
		e, ok := c.mu.blocks[of.ParentHash()]
		if !ok {
			return nil
		}
		of = e.block
	}
	if of == nil || of.NumberU64() != number {
		return nil
	}
	return of
}

// find returns where a transaction is on the chain that ends in head.
func (c *Chain) find(head *types.Block, hash common.Hash) (block *types.Block, index int) {
	for b := head; b != nil; b = c.Block(b.ParentHash()) {
		if i := slices.IndexFunc(b.Transactions(), func(tx *types.Transaction) bool { return tx.Hash() == hash }); i >= 0 {
			return b, i
		}
	}
	return nil, 0
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(fmt.Sprintf("clienttest: %v", err))
	}
	return v
}
