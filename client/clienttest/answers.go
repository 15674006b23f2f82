package clienttest

import (
	"bytes"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core"
	"github.com/ethereum/go-ethereum/core/state"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/core/vm"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/params"
	"github.com/ethereum/go-ethereum/rlp"
	"github.com/ethereum/go-ethereum/trie"
	"github.com/ethereum/go-ethereum/triedb"
	"github.com/holiman/uint256"

	"github.com/candela-les/candela/wire"
)

// nodeSet collects trie nodes, each once, in the order in which they came.
type nodeSet struct {
	seen  map[common.Hash]bool
	nodes [][]byte
}

func (n *nodeSet) Put(_, value []byte) error {
	hash := crypto.Keccak256Hash(value)
	if n.seen == nil {
		n.seen = make(map[common.Hash]bool)
	}
	if !n.seen[hash] {
		n.seen[hash] = true
		n.nodes = append(n.nodes, bytes.Clone(value))
	}
	return nil
}

func (*nodeSet) Delete([]byte) error { return nil }

// stateReader opens the state after a block.
func (c *Chain) open() *triedb.Database { return triedb.NewDatabase(c.db, triedb.HashDefaults) }

// proveAccount adds the path of an account, by its hashed address, and returns it.
func (c *Chain) proveAccount(db *triedb.Database, root common.Hash, key []byte, to *nodeSet) *types.StateAccount {
	t := must(trie.New(trie.StateTrieID(root), db))
	if err := t.Prove(key, to); err != nil {
		panic(err)
	}
	value := must(t.Get(key))
	if value == nil {
		return nil
	}
	account := new(types.StateAccount)
	if err := rlp.DecodeBytes(value, account); err != nil {
		panic(err)
	}
	return account
}

// proveSlot adds the path of a slot, by its hash.
func (c *Chain) proveSlot(db *triedb.Database, root, account common.Hash, storage common.Hash, key []byte, to *nodeSet) {
	if storage == types.EmptyRootHash {
		return
	}
	t := must(trie.New(trie.StorageTrieID(root, account, storage), db))
	if err := t.Prove(key, to); err != nil {
		panic(err)
	}
}

func (c *Chain) code(hash common.Hash) []byte {
	if hash == types.EmptyCodeHash {
		return nil
	}
	return must(c.db.Get(append([]byte("c"), hash[:]...)))
}

// state answers GetState.
func (c *Chain) state(queries []wire.StateQuery) (nodes, codes [][]byte) {
	db := c.open()
	defer db.Close()
	set := new(nodeSet)
	seen := make(map[common.Hash]bool)
	for _, q := range queries {
		block := c.Block(q.Block)
		if block == nil {
			continue
		}
		key := crypto.Keccak256Hash(q.Address[:])
		account := c.proveAccount(db, block.Root(), key[:], set)
		if account == nil {
			continue
		}
		for _, slot := range q.Slots {
			c.proveSlot(db, block.Root(), key, account.Root, crypto.Keccak256(slot[:]), set)
		}
		hash := common.BytesToHash(account.CodeHash)
		if code := c.code(hash); q.Code && code != nil && !seen[hash] {
			seen[hash] = true
			codes = append(codes, code)
		}
	}
	return set.nodes, codes
}

// proofs answers les/4's GetProofs.
func (c *Chain) proofs(queries []wire.ProofQuery) [][]byte {
	db := c.open()
	defer db.Close()
	set := new(nodeSet)
	for _, q := range queries {
		block := c.Block(q.Block)
		if block == nil {
			continue
		}
		if len(q.Account) == 0 {
			c.proveAccount(db, block.Root(), q.Key, set)
			continue
		}
		account := c.proveAccount(db, block.Root(), q.Account, new(nodeSet))
		if account != nil {
			c.proveSlot(db, block.Root(), common.BytesToHash(q.Account), account.Root, q.Key, set)
		}
	}
	return set.nodes
}

// codes answers les/4's GetCode.
func (c *Chain) codes(queries []wire.CodeQuery) (codes [][]byte) {
	db := c.open()
	defer db.Close()
	for _, q := range queries {
		if block := c.Block(q.Block); block != nil {
			if account := c.proveAccount(db, block.Root(), q.Account, new(nodeSet)); account != nil {
				codes = append(codes, c.code(common.BytesToHash(account.CodeHash)))
			}
		}
	}
	return codes
}

// recorder is a state reader that remembers what was read.
type recorder struct {
	state.Reader
	accounts map[common.Address]map[common.Hash]bool
	codes    map[common.Hash]bool
}

func (r *recorder) touch(addr common.Address) map[common.Hash]bool {
	if r.accounts[addr] == nil {
		r.accounts[addr] = make(map[common.Hash]bool)
	}
	return r.accounts[addr]
}

func (r *recorder) Account(addr common.Address) (*types.StateAccount, error) {
	r.touch(addr)
	return r.Reader.Account(addr)
}

func (r *recorder) Storage(addr common.Address, slot common.Hash) (common.Hash, error) {
	r.touch(addr)[slot] = true
	return r.Reader.Storage(addr, slot)
}

func (r *recorder) Code(addr common.Address, hash common.Hash) []byte {
	r.codes[hash] = true
	return r.Reader.Code(addr, hash)
}

// chainContext lets a call see its ancestors.
type chainContext struct {
	core.ChainContext
	chain   *Chain
	headers map[uint64]*types.Header
}

func (x *chainContext) Config() *params.ChainConfig { return x.chain.Config }

func (x *chainContext) GetHeader(hash common.Hash, number uint64) *types.Header {
	b := x.chain.Block(hash)
	if b == nil {
		return nil
	}
	x.headers[number] = b.Header()
	return b.Header()
}

// witness answers GetWitness: it runs the call and proves all that it read.
func (c *Chain) witness(block *types.Block, call *wire.Call) (nodes, codes, headers [][]byte) {
	db := c.open()
	defer db.Close()
	sdb := state.NewDatabase(db, state.NewCodeDB(c.db))
	rec := &recorder{
		Reader:   must(sdb.Reader(block.Root())),
		accounts: make(map[common.Address]map[common.Hash]bool), codes: make(map[common.Hash]bool),
	}
	statedb := must(state.NewWithReader(block.Root(), sdb, rec))
	ctx := &chainContext{chain: c, headers: make(map[uint64]*types.Header)}
	author := block.Coinbase()
	vmctx := core.NewEVMBlockContext(block.Header(), ctx, &author)
	price := new(uint256.Int)
	msg := &core.Message{
		From: call.From, To: (*common.Address)(call.To), GasLimit: call.Gas, Data: call.Data,
		Value: new(uint256.Int), GasPrice: price, GasFeeCap: price, GasTipCap: price,
	}
	if call.Value != nil {
		msg.Value = uint256.MustFromBig(call.Value)
	}
	msg = msg.SkipNonceCheck().SkipEOACheck()
	evm := vm.NewEVM(vmctx, statedb, c.Config, vm.Config{NoBaseFee: true})
	_, _ = core.ApplyMessage(evm, msg, core.NewGasPool(call.Gas)) // a failed call has a witness too
	rec.touch(call.From)
	rec.touch(author)
	set := new(nodeSet)
	for addr, slots := range rec.accounts {
		key := crypto.Keccak256Hash(addr[:])
		account := c.proveAccount(db, block.Root(), key[:], set)
		for slot := range slots {
			if account != nil {
				c.proveSlot(db, block.Root(), key, account.Root, crypto.Keccak256(slot[:]), set)
			}
		}
	}
	for hash := range rec.codes {
		if code := c.code(hash); code != nil {
			codes = append(codes, code)
		}
	}
	for n := range block.NumberU64() {
		if h, ok := ctx.headers[n]; ok {
			headers = append(headers, must(rlp.EncodeToBytes(h)))
		}
	}
	return set.nodes, codes, headers
}
