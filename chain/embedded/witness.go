package embedded

import (
	"context"
	"fmt"
	"maps"
	"math"
	"math/big"
	"slices"
	"sync"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core"
	"github.com/ethereum/go-ethereum/core/state"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/core/vm"
	"github.com/ethereum/go-ethereum/rlp"
	"github.com/holiman/uint256"

	"github.com/candela-les/candela/chain"
)

// Witness runs a call as eth_call would, on the state after block and with that
// block as its context, and proves all that it touched. How the call ends does not
// matter: a revert, too little gas or too little balance has a witness too.
func (n *Node) Witness(ctx context.Context, block chain.Hash, call chain.Call) (chain.Witness, error) {
	if err := n.gate.enter(ctx); err != nil {
		return chain.Witness{}, err
	}
	defer n.gate.leave()
	msg, err := message(call)
	if err != nil {
		return chain.Witness{}, err
	}
	s, err := n.stateOf(block)
	if err != nil {
		return chain.Witness{}, err
	}
	seen, err := n.run(ctx, s, msg)
	if err != nil {
		return chain.Witness{}, err
	}
	c := newCollector()
	for _, address := range slices.SortedFunc(maps.Keys(seen.accounts), common.Address.Cmp) {
		touched := seen.accounts[address]
		slots := make([]chain.Hash, 0, len(touched.slots))
		for slot := range touched.slots {
			slots = append(slots, slot)
		}
		if err := c.prove(ctx, s, address, slots, touched.code); err != nil {
			return chain.Witness{}, err
		}
	}
	for _, header := range seen.headers {
		if err := c.header(header); err != nil {
			return chain.Witness{}, err
		}
	}
	if err := c.open(ctx, n); err != nil {
		return chain.Witness{}, err
	}
	return c.witness, nil
}

// run executes a message and returns what it touched. Its error is about the
// node, never about how the call ended.
func (n *Node) run(ctx context.Context, s stateAt, msg *core.Message) (*recorder, error) {
	db := state.NewMPTDatabase(n.bc.TrieDB(), n.bc.CodeDB())
	reader, err := db.Reader(s.header.Root)
	if err != nil {
		return nil, s.failed(err)
	}
	seen := &recorder{
		Reader: reader, accounts: make(map[common.Address]*touched), codes: make(map[common.Hash]struct{}),
	}
	// The two that every run begins with, read or not: the client looks at them
	// before it runs anything.
	seen.touch(msg.From)
	if msg.To != nil {
		seen.touch(*msg.To)
	}
	statedb, err := state.NewWithReader(s.header.Root, db, seen)
	if err != nil {
		return nil, s.failed(err)
	}
	block := core.NewEVMBlockContext(s.header, &recordingChain{BlockChain: n.bc, seen: seen}, nil)
	seen.touch(block.Coinbase)
	seen.touch(s.header.Coinbase)
	if msg.GasPrice.IsZero() {
		block.BaseFee = new(big.Int) // as eth_call: a free call sees no base fee
	}
	if msg.BlobGasFeeCap != nil && msg.BlobGasFeeCap.IsZero() {
		block.BlobBaseFee = new(big.Int)
	}
	evm := vm.NewEVM(block, statedb, n.bc.Config(), vm.Config{NoBaseFee: true})
	defer evm.Release()
	seen.full = evm.Cancel
	// Both ways to stop early end the EVM at its next step.
	defer context.AfterFunc(ctx, evm.Cancel)()
	defer context.AfterFunc(n.life, evm.Cancel)()
	_, _ = core.ApplyMessage(evm, msg, core.NewGasPool(math.MaxUint64))
	if err := n.alive(ctx); err != nil {
		return nil, err
	}
	if seen.size > chain.MaxWitness {
		return nil, tooLarge()
	}
	// The state hides a failed read from the EVM; only this shows it.
	if err := statedb.Error(); err != nil {
		return nil, s.failed(err)
	}
	return seen, nil
}

// message turns a call into a message without the checks that only transactions
// have to pass.
func message(call chain.Call) (*core.Message, error) {
	price, err := word("gas price", call.GasPrice)
	if err != nil {
		return nil, err
	}
	value, err := word("value", call.Value)
	if err != nil {
		return nil, err
	}
	msg := &core.Message{
		From: call.From, To: (*common.Address)(call.To),
		GasLimit: call.Gas, GasPrice: price, GasFeeCap: price, GasTipCap: price,
		Value: value, Data: call.Data,
	}
	if len(call.BlobHashes) > 0 {
		msg.BlobGasFeeCap = new(uint256.Int)
	}
	for _, entry := range call.AccessList {
		tuple := types.AccessTuple{Address: entry.Address}
		for _, slot := range entry.Slots {
			tuple.StorageKeys = append(tuple.StorageKeys, slot)
		}
		msg.AccessList = append(msg.AccessList, tuple)
	}
	for _, hash := range call.BlobHashes {
		msg.BlobHashes = append(msg.BlobHashes, hash)
	}
	for _, blob := range call.Authorizations {
		var auth types.SetCodeAuthorization
		if err := rlp.DecodeBytes(blob, &auth); err != nil {
			return nil, fmt.Errorf("authorization: %w: %w", chain.ErrUnknown, err)
		}
		msg.SetCodeAuthorizations = append(msg.SetCodeAuthorizations, auth)
	}
	return msg.SkipNonceCheck().SkipEOACheck().SkipGasLimitCapCheck().SkipExecutionGasCapCheck(), nil
}

// word makes an EVM word of an amount; nil is zero.
func word(what string, v *big.Int) (*uint256.Int, error) {
	if v == nil {
		return new(uint256.Int), nil
	}
	w, overflow := uint256.FromBig(v)
	if overflow || v.Sign() < 0 {
		return nil, fmt.Errorf("%s %v is no 256-bit amount: %w", what, v, chain.ErrUnsupported)
	}
	return w, nil
}

// touched is what a call looked at in one account.
type touched struct {
	slots map[common.Hash]struct{}
	code  bool
}

// recorder is a state reader that remembers what it was asked.
type recorder struct {
	state.Reader
	full     func() // called when what was read is more than a witness may hold
	mu       sync.Mutex
	accounts map[common.Address]*touched
	codes    map[common.Hash]struct{}
	size     int // bytes of codes: nodes come later, and little gas buys less of them
	headers  []*types.Header
}

func (r *recorder) touch(address common.Address) *touched {
	t := r.accounts[address]
	if t == nil {
		t = &touched{slots: make(map[common.Hash]struct{})}
		r.accounts[address] = t
	}
	return t
}

func (r *recorder) Account(address common.Address) (*types.StateAccount, error) {
	r.mu.Lock()
	r.touch(address)
	r.mu.Unlock()
	return r.Reader.Account(address)
}

func (r *recorder) Storage(address common.Address, slot common.Hash) (common.Hash, error) {
	r.mu.Lock()
	r.touch(address).slots[slot] = struct{}{}
	r.mu.Unlock()
	return r.Reader.Storage(address, slot)
}

func (r *recorder) Code(address common.Address, hash common.Hash) []byte {
	code := r.Reader.Code(address, hash)
	r.wantCode(address, hash, len(code))
	return code
}

func (r *recorder) CodeSize(address common.Address, hash common.Hash) int {
	size := r.Reader.CodeSize(address, hash)
	r.wantCode(address, hash, size)
	return size
}

func (r *recorder) wantCode(address common.Address, hash common.Hash, size int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.touch(address).code = true
	if _, ok := r.codes[hash]; ok {
		return
	}
	r.codes[hash] = struct{}{}
	if r.size += size; r.size > chain.MaxWitness && r.full != nil {
		r.full()
	}
}

// recordingChain remembers the headers that BLOCKHASH walked over.
type recordingChain struct {
	*core.BlockChain
	seen *recorder
}

func (c *recordingChain) GetHeader(hash common.Hash, number uint64) *types.Header {
	header := c.BlockChain.GetHeader(hash, number)
	if header != nil {
		c.seen.headers = append(c.seen.headers, header)
	}
	return header
}
