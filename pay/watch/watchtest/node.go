package watchtest

import (
	"context"
	"math/big"
	"sync"

	ethereum "github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/candela-les/candela/pay/watch"
)

// Fault is what a provider does instead of answering: it returns an error, after having waited if it likes.
// nil lets the request through.
type Fault func(ctx context.Context, method string) error

// Faulty is a provider that can be made to misbehave. It does not tell of heads by itself.
type Faulty struct {
	watch.Node

	mu struct {
		sync.Mutex
		fault Fault
		head  func(*types.Header) *types.Header
		logs  func(ethereum.FilterQuery, []types.Log) ([]types.Log, error)
		count map[string]int
	}
}

// NewFaulty makes a provider of an honest one.
func NewFaulty(n watch.Node) *Faulty {
	f := &Faulty{Node: n}
	f.mu.count = make(map[string]int)
	return f
}

// Set has every request go through a fault; nil ends that.
func (f *Faulty) Set(fault Fault) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.mu.fault = fault
}

// SetHead has the answer to what is newest changed; nil ends that.
func (f *Faulty) SetHead(change func(*types.Header) *types.Header) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.mu.head = change
}

// SetLogs has answers with logs changed; nil ends that.
func (f *Faulty) SetLogs(change func(ethereum.FilterQuery, []types.Log) ([]types.Log, error)) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.mu.logs = change
}

// Count returns how often a method was asked.
func (f *Faulty) Count(method string) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.mu.count[method]
}

func (f *Faulty) before(ctx context.Context, method string) error {
	f.mu.Lock()
	f.mu.count[method]++
	fault := f.mu.fault
	f.mu.Unlock()
	if fault == nil {
		return nil
	}
	return fault(ctx, method)
}

// ChainID implements watch.Chain.
func (f *Faulty) ChainID(ctx context.Context) (*big.Int, error) {
	if err := f.before(ctx, "ChainID"); err != nil {
		return nil, err
	}
	return f.Node.ChainID(ctx)
}

// HeaderByNumber implements watch.Chain. Asked for the newest, it counts as "Head".
func (f *Faulty) HeaderByNumber(ctx context.Context, number *big.Int) (*types.Header, error) {
	method := "HeaderByNumber"
	if number == nil {
		method = "Head"
	}
	if err := f.before(ctx, method); err != nil {
		return nil, err
	}
	h, err := f.Node.HeaderByNumber(ctx, number)
	f.mu.Lock()
	change := f.mu.head
	f.mu.Unlock()
	if err == nil && number == nil && change != nil {
		h = change(h)
	}
	return h, err
}

// FilterLogs implements watch.Chain.
func (f *Faulty) FilterLogs(ctx context.Context, q ethereum.FilterQuery) ([]types.Log, error) {
	if err := f.before(ctx, "FilterLogs"); err != nil {
		return nil, err
	}
	logs, err := f.Node.FilterLogs(ctx, q)
	f.mu.Lock()
	change := f.mu.logs
	f.mu.Unlock()
	if err == nil && change != nil {
		return change(q, logs)
	}
	return logs, err
}

// SubscribeNewHead implements watch.Chain: it fails.
func (f *Faulty) SubscribeNewHead(ctx context.Context, _ chan<- *types.Header) (ethereum.Subscription, error) {
	if err := f.before(ctx, "SubscribeNewHead"); err != nil {
		return nil, err
	}
	return nil, RPCError{Code: -32601, Text: "the method does not exist"}
}

// CallContractAtHash implements watch.Reader.
func (f *Faulty) CallContractAtHash(ctx context.Context, msg ethereum.CallMsg, hash common.Hash) ([]byte, error) {
	if err := f.before(ctx, "CallContractAtHash"); err != nil {
		return nil, err
	}
	return f.Node.CallContractAtHash(ctx, msg, hash)
}

// NonceAtHash implements watch.Reader.
func (f *Faulty) NonceAtHash(ctx context.Context, account common.Address, hash common.Hash) (uint64, error) {
	if err := f.before(ctx, "NonceAtHash"); err != nil {
		return 0, err
	}
	return f.Node.NonceAtHash(ctx, account, hash)
}

// SendTransaction implements watch.Node.
func (f *Faulty) SendTransaction(ctx context.Context, tx *types.Transaction) error {
	if err := f.before(ctx, "SendTransaction"); err != nil {
		return err
	}
	return f.Node.SendTransaction(ctx, tx)
}

// TransactionReceipt implements watch.Node.
func (f *Faulty) TransactionReceipt(ctx context.Context, hash common.Hash) (*types.Receipt, error) {
	if err := f.before(ctx, "TransactionReceipt"); err != nil {
		return nil, err
	}
	return f.Node.TransactionReceipt(ctx, hash)
}

// RPCError is an error that a provider answers with.
type RPCError struct {
	Code int
	Text string
}

func (e RPCError) Error() string { return e.Text }

// ErrorCode implements rpc.Error.
func (e RPCError) ErrorCode() int { return e.Code }
