// Package rpctest has a test double of the light client, and plays recorded JSON-RPC conversations.
//
// The [Double] is not a light client: it reads an in-memory go-ethereum chain that it holds whole. What it returns is
// honest, computed through the same tries and the same EVM code, so that tests of the endpoint see true answers without
// a network.
package rpctest

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core"
	"github.com/ethereum/go-ethereum/core/state"
	"github.com/ethereum/go-ethereum/core/txpool"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/params"
	"github.com/ethereum/go-ethereum/trie"

	"github.com/candela-les/candela/client"
	"github.com/candela-les/candela/client/bidder"
	"github.com/candela-les/candela/market/buyer"
	"github.com/candela-les/candela/proof/evm"
	"github.com/candela-les/candela/proof/prooftest"
	"github.com/candela-les/candela/rpc"
	"github.com/candela-les/candela/unit"
)

var _ rpc.Backend = (*Double)(nil)

// Double is a backend over a whole chain. Its head is safe and finalized too, unless a test says otherwise.
type Double struct {
	chain *prooftest.Chain

	mu struct {
		sync.Mutex
		hook          func(ctx context.Context, method string) error
		unsafe        bool // no block is safe or finalized
		pending       []*types.Transaction
		headSubs      map[chan<- client.HeadEvent]bool
		txSubs        map[chan<- *types.Transaction]bool
		unknownConfig bool
		syncing       bool
		lastProof     *client.ProofRecord
		words         string // of the demand
		demand        buyer.Demand
	}
}

// New returns a double over the given chain.
func New(chain *prooftest.Chain) *Double {
	d := &Double{chain: chain}
	d.mu.headSubs = make(map[chan<- client.HeadEvent]bool)
	d.mu.txSubs = make(map[chan<- *types.Transaction]bool)
	return d
}

// Conformance returns a double over the execution-apis chain; the test is skipped where that is not there.
func Conformance(tb testing.TB) *Double {
	tb.Helper()
	return New(prooftest.Conformance(tb))
}

// Chain is what the double reads.
func (d *Double) Chain() *prooftest.Chain { return d.chain }

// Hook makes f run at the start of every method that can fail; its error becomes the method's.
func (d *Double) Hook(f func(ctx context.Context, method string) error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.mu.hook = f
}

// Fail makes every method that can fail do so; nil ends it.
func (d *Double) Fail(err error) {
	d.Hook(func(context.Context, string) error { return err })
}

// SetUnsafe says whether the chain has a safe and a finalized block.
func (d *Double) SetUnsafe(on bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.mu.unsafe = on
}

// SetSyncing makes Sync say that the head is 10 blocks away.
func (d *Double) SetSyncing(on bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.mu.syncing = on
}

// HideConfig makes the configuration unknown, as it is before a client has learned one.
func (d *Double) HideConfig(on bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.mu.unknownConfig = on
}

// SetLastProof sets what LastProof returns.
func (d *Double) SetLastProof(p *client.ProofRecord) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.mu.lastProof = p
}

func (d *Double) enter(ctx context.Context, method string) error {
	d.mu.Lock()
	hook := d.mu.hook
	d.mu.Unlock()
	if hook == nil {
		return nil
	}
	return hook(ctx, method)
}

// Config implements rpc.Backend.
func (d *Double) Config() *params.ChainConfig {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.mu.unknownConfig {
		return nil
	}
	return d.chain.Config()
}

// ConfigAt implements rpc.Backend.
func (d *Double) ConfigAt(ctx context.Context, _ *types.Header) (*params.ChainConfig, error) {
	if err := d.enter(ctx, "ConfigAt"); err != nil {
		return nil, err
	}
	if cfg := d.Config(); cfg != nil {
		return cfg, nil
	}
	return nil, client.ErrNoConfig
}

// NetworkID implements rpc.Backend: the chain id, as on the conformance chain.
func (d *Double) NetworkID() uint64 { return d.chain.Config().ChainID.Uint64() }

// Genesis implements rpc.Backend.
func (d *Double) Genesis() common.Hash { return d.chain.Genesis().Hash() }

// Heads implements rpc.Backend.
func (d *Double) Heads() (client.Heads, error) {
	if err := d.enter(context.Background(), "Heads"); err != nil {
		return client.Heads{}, err
	}
	h := d.chain.CurrentBlock()
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.mu.unsafe {
		return client.Heads{Latest: h}, nil
	}
	return client.Heads{Latest: h, Safe: h, Finalized: h}, nil
}

// Sync implements rpc.Backend.
func (d *Double) Sync() client.SyncStatus {
	n := d.chain.CurrentBlock().Number.Uint64()
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.mu.syncing {
		return client.SyncStatus{Starting: 1, Current: n, Highest: n + 10}
	}
	return client.SyncStatus{Starting: n, Current: n, Highest: n, Done: true}
}

// HeaderByHash implements rpc.Backend.
func (d *Double) HeaderByHash(ctx context.Context, hash common.Hash) (*types.Header, error) {
	if err := d.enter(ctx, "HeaderByHash"); err != nil {
		return nil, err
	}
	if h := d.chain.GetHeaderByHash(hash); h != nil {
		return h, nil
	}
	return nil, client.ErrNotFound
}

// HeaderByNumber implements rpc.Backend.
func (d *Double) HeaderByNumber(ctx context.Context, number uint64) (*types.Header, error) {
	if err := d.enter(ctx, "HeaderByNumber"); err != nil {
		return nil, err
	}
	if h := d.chain.GetHeaderByNumber(number); h != nil {
		return h, nil
	}
	return nil, client.ErrNotFound
}

// Block implements rpc.Backend.
func (d *Double) Block(ctx context.Context, h *types.Header) (*types.Block, error) {
	if err := d.enter(ctx, "Block"); err != nil {
		return nil, err
	}
	return d.chain.GetBlock(h.Hash(), h.Number.Uint64()), nil
}

// Receipts implements rpc.Backend.
func (d *Double) Receipts(ctx context.Context, h *types.Header) (types.Receipts, error) {
	if err := d.enter(ctx, "Receipts"); err != nil {
		return nil, err
	}
	return d.chain.GetReceiptsByHash(h.Hash()), nil
}

func (d *Double) state(ctx context.Context, method string, h *types.Header) (*state.StateDB, error) {
	if err := d.enter(ctx, method); err != nil {
		return nil, err
	}
	return d.chain.StateAt(h.Root, h.Number, h.Time)
}

// Account implements rpc.Backend.
func (d *Double) Account(ctx context.Context, h *types.Header, address common.Address) (*types.StateAccount, error) {
	if err := d.enter(ctx, "Account"); err != nil {
		return nil, err
	}
	accounts, err := trie.NewStateTrie(trie.StateTrieID(h.Root), d.chain.TrieDB())
	if err != nil {
		return nil, err
	}
	account, err := accounts.GetAccount(address)
	if account == nil && err == nil {
		account = types.NewEmptyStateAccount()
	}
	return account, err
}

// Storage implements rpc.Backend.
func (d *Double) Storage(ctx context.Context, h *types.Header, address common.Address, keys []common.Hash) ([]common.Hash, error) {
	s, err := d.state(ctx, "Storage", h)
	if err != nil {
		return nil, err
	}
	values := make([]common.Hash, len(keys))
	for i, k := range keys {
		values[i] = s.GetState(address, k)
	}
	return values, s.Error()
}

// Code implements rpc.Backend.
func (d *Double) Code(ctx context.Context, h *types.Header, address common.Address) ([]byte, error) {
	s, err := d.state(ctx, "Code", h)
	if err != nil {
		return nil, err
	}
	return s.GetCode(address), s.Error()
}

// Proof implements rpc.Backend.
func (d *Double) Proof(ctx context.Context, h *types.Header, address common.Address, keys []common.Hash) (*client.AccountProof, error) {
	account, err := d.Account(ctx, h, address)
	if err != nil {
		return nil, err
	}
	p := &client.AccountProof{
		Address:     address,
		Balance:     account.Balance,
		Nonce:       account.Nonce,
		CodeHash:    common.BytesToHash(account.CodeHash),
		StorageHash: account.Root,
	}
	if p.Nodes, err = d.prove(trie.StateTrieID(h.Root), address.Bytes()); err != nil {
		return nil, err
	}
	values, err := d.Storage(ctx, h, address, keys)
	for i, v := range values {
		slot := client.StorageProof{Key: keys[i], Value: v}
		id := trie.StorageTrieID(h.Root, crypto.Keccak256Hash(address[:]), account.Root)
		if slot.Nodes, err = d.prove(id, keys[i].Bytes()); err != nil {
			return nil, err
		}
		p.Storage = append(p.Storage, slot)
	}
	return p, err
}

// nodeList keeps the nodes of a proof in the order in which they are found, root first.
type nodeList [][]byte

func (l *nodeList) Put(_, node []byte) error {
	*l = append(*l, node)
	return nil
}

func (l *nodeList) Delete([]byte) error { return errors.ErrUnsupported }

func (d *Double) prove(id *trie.ID, key []byte) ([][]byte, error) {
	if id.Root == types.EmptyRootHash {
		return nil, nil
	}
	t, err := trie.New(id, d.chain.TrieDB())
	if err != nil {
		return nil, err
	}
	var nodes nodeList
	err = t.Prove(crypto.Keccak256(key), &nodes)
	return nodes, err
}

// complete runs until nothing is missing any more, as a client does that asks an honest server.
func (d *Double) complete(ctx context.Context, method string, h *types.Header, run func(*evm.State) (evm.Missing, error)) error {
	if err := d.enter(ctx, method); err != nil {
		return err
	}
	for s := evm.NewState(h); ; {
		missing, err := run(s)
		if missing.Empty() {
			return err
		}
		d.chain.Supply(s, missing)
	}
}

// Call implements rpc.Backend.
func (d *Double) Call(ctx context.Context, call evm.Call) (result *core.ExecutionResult, err error) {
	call.Config = d.chain.Config()
	err = d.complete(ctx, "Call", call.Header, func(s *evm.State) (missing evm.Missing, err error) {
		result, missing, err = evm.Run(ctx, s, call)
		return missing, err
	})
	return result, err
}

// EstimateGas implements rpc.Backend.
func (d *Double) EstimateGas(ctx context.Context, call evm.Call, gasCap uint64) (gas uint64, data []byte, err error) {
	call.Config = d.chain.Config()
	err = d.complete(ctx, "EstimateGas", call.Header, func(s *evm.State) (missing evm.Missing, err error) {
		gas, data, missing, err = evm.EstimateGas(ctx, s, call, gasCap)
		return missing, err
	})
	return gas, data, err
}

// AccessList implements rpc.Backend.
func (d *Double) AccessList(ctx context.Context, call evm.Call) (*client.AccessListResult, error) {
	result := new(client.AccessListResult)
	call.Config = d.chain.Config()
	err := d.complete(ctx, "AccessList", call.Header, func(s *evm.State) (missing evm.Missing, err error) {
		result.List, result.GasUsed, result.VMErr, missing, err = evm.CreateAccessList(ctx, s, call)
		return missing, err
	})
	return result, err
}

// Logs implements rpc.Backend, by looking at every log there is.
func (d *Double) Logs(ctx context.Context, f client.LogFilter) ([]*types.Log, error) {
	if err := d.enter(ctx, "Logs"); err != nil {
		return nil, err
	}
	var blocks []common.Hash
	if f.BlockHash != nil {
		blocks = []common.Hash{*f.BlockHash}
	} else {
		for n := f.From; n <= f.To; n++ {
			blocks = append(blocks, d.chain.GetCanonicalHash(n))
		}
	}
	var logs []*types.Log
	for _, hash := range blocks {
		for _, r := range d.chain.GetReceiptsByHash(hash) {
			for _, l := range r.Logs {
				if selected(l, f) {
					logs = append(logs, l)
				}
			}
		}
	}
	return logs, nil
}

func selected(l *types.Log, f client.LogFilter) bool {
	if len(f.Addresses) > 0 && !slices.Contains(f.Addresses, l.Address) || len(f.Topics) > len(l.Topics) {
		return false
	}
	for i, want := range f.Topics {
		if len(want) > 0 && !slices.Contains(want, l.Topics[i]) {
			return false
		}
	}
	return true
}

// Transaction implements rpc.Backend, by looking through every block.
func (d *Double) Transaction(ctx context.Context, hash common.Hash) (*client.TxLookup, error) {
	if err := d.enter(ctx, "Transaction"); err != nil {
		return nil, err
	}
	for n := d.chain.CurrentBlock().Number.Uint64(); n > 0; n-- {
		block := d.chain.GetBlockByNumber(n)
		for i, tx := range block.Transactions() {
			if tx.Hash() == hash {
				return &client.TxLookup{Tx: tx, Header: block.Header(), Index: uint64(i)}, nil
			}
		}
	}
	for _, tx := range d.PendingTransactions() {
		if tx.Hash() == hash {
			return &client.TxLookup{Tx: tx}, nil
		}
	}
	return nil, &client.TxError{Hash: hash, Err: client.ErrTxUnknown}
}

// SendTransaction implements rpc.Backend: the transaction is checked and kept, nothing mines it.
func (d *Double) SendTransaction(ctx context.Context, tx *types.Transaction) error {
	if err := d.enter(ctx, "SendTransaction"); err != nil {
		return err
	}
	h := d.chain.CurrentBlock()
	from, err := types.Sender(types.LatestSigner(d.chain.Config()), tx)
	if err != nil {
		return txpool.ErrInvalidSender
	}
	account, err := d.Account(ctx, h, from)
	if err != nil {
		return err
	}
	if err := evm.CheckTransaction(h, d.chain.Config(), account, tx); err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if slices.ContainsFunc(d.mu.pending, func(p *types.Transaction) bool { return p.Hash() == tx.Hash() }) {
		return txpool.ErrAlreadyKnown
	}
	d.mu.pending = append(d.mu.pending, tx)
	for sub := range d.mu.txSubs {
		sub <- tx
	}
	return nil
}

// PendingTransactions implements rpc.Backend.
func (d *Double) PendingTransactions() []*types.Transaction {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.mu.pending)
}

// PendingNonce implements rpc.Backend.
func (d *Double) PendingNonce(ctx context.Context, address common.Address) (uint64, error) {
	account, err := d.Account(ctx, d.chain.CurrentBlock(), address)
	if err != nil {
		return 0, err
	}
	nonce := account.Nonce
	for _, tx := range d.PendingTransactions() {
		if from, err := types.Sender(types.LatestSigner(d.chain.Config()), tx); err == nil && from == address && tx.Nonce() >= nonce {
			nonce = tx.Nonce() + 1
		}
	}
	return nonce, nil
}

// SubscribeHeads implements rpc.Backend.
func (d *Double) SubscribeHeads(ch chan<- client.HeadEvent) func() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.mu.headSubs[ch] = true
	return func() {
		d.mu.Lock()
		defer d.mu.Unlock()
		delete(d.mu.headSubs, ch)
	}
}

// SubscribePendingTransactions implements rpc.Backend.
func (d *Double) SubscribePendingTransactions(ch chan<- *types.Transaction) func() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.mu.txSubs[ch] = true
	return func() {
		d.mu.Lock()
		defer d.mu.Unlock()
		delete(d.mu.txSubs, ch)
	}
}

// Insert adds blocks, which become canonical, and tells subscribers what changed.
func (d *Double) Insert(tb testing.TB, blocks types.Blocks) {
	tb.Helper()
	old := d.chain.CurrentBlock()
	if _, err := d.chain.InsertChain(blocks); err != nil {
		tb.Fatal(err)
	}
	if d.chain.CurrentBlock().Hash() != blocks[len(blocks)-1].Hash() {
		if _, err := d.chain.SetCanonical(blocks[len(blocks)-1]); err != nil {
			tb.Fatal(err)
		}
	}
	d.Emit(d.change(tb, old, d.chain.CurrentBlock()))
}

// Emit tells subscribers of a change of the head, whether or not there was one.
func (d *Double) Emit(e client.HeadEvent) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for sub := range d.mu.headSubs {
		sub <- e
	}
}

func (d *Double) change(tb testing.TB, from, to *types.Header) (e client.HeadEvent) {
	tb.Helper()
	parent := func(h *types.Header) *types.Header { return d.chain.GetHeader(h.ParentHash, h.Number.Uint64()-1) }
	for from.Hash() != to.Hash() {
		if from.Number.Cmp(to.Number) >= 0 {
			e.Removed = append(e.Removed, from)
			from = parent(from)
			continue
		}
		e.Added = append(e.Added, to)
		to = parent(to)
	}
	slices.Reverse(e.Removed)
	slices.Reverse(e.Added)
	return e
}

// Status implements rpc.Backend.
func (d *Double) Status() client.Status {
	h := d.chain.CurrentBlock()
	return client.Status{
		NetworkID: d.NetworkID(),
		Genesis:   d.Genesis(),
		Head:      &client.HeadStatus{Number: h.Number.Uint64(), Hash: h.Hash(), Time: h.Time},
		Servers:   []client.ServerStatus{{ID: "one", Connected: true}, {ID: "two"}, {ID: "three", Connected: true}},
	}
}

// Demand implements rpc.Backend: what SetDemand has set, free service before.
func (d *Double) Demand() (bidder.DemandStatus, error) {
	if err := d.enter(context.Background(), "Demand"); err != nil {
		return bidder.DemandStatus{}, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.mu.words == "" {
		return bidder.DemandStatus{Demand: "free", Free: true}, nil
	}
	return bidder.DemandStatus{
		Demand: d.mu.words, Free: d.mu.demand.Free, Need: d.mu.demand.Need, Servers: d.mu.demand.Servers,
		Price: d.mu.demand.Price(), Budget: d.mu.demand.DailyBudget, Short: buyer.ErrNoServer.Error(),
	}, nil
}

// SetDemand implements rpc.Backend.
func (d *Double) SetDemand(words string) error {
	if err := d.enter(context.Background(), "SetDemand"); err != nil {
		return err
	}
	demand, err := buyer.ParseDemand(words)
	if err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.mu.words, d.mu.demand = words, demand
	return nil
}

// Market implements rpc.Backend: one server sells.
func (d *Double) Market() ([]bidder.SellerStatus, error) {
	if err := d.enter(context.Background(), "Market"); err != nil {
		return nil, err
	}
	return []bidder.SellerStatus{{
		ID: "one", Currency: "TST", Paid: bidder.Currency{ChainID: 1, Decimals: 6}, Bid: []unit.Price{unit.PricePerHour(5)}, Units: 1,
		Rate: unit.PricePerHour(3), Quality: 990, Tried: true,
		Book: &bidder.BookStatus{Seq: 7, Reserve: unit.PricePerHour(3), Units: 2, Losing: []unit.Price{}, Winning: []unit.Price{unit.PricePerHour(5)}},
	}}, nil
}

// Spending implements rpc.Backend: one server was paid.
func (d *Double) Spending() (bidder.SpendingStatus, error) {
	if err := d.enter(context.Background(), "Spending"); err != nil {
		return bidder.SpendingStatus{}, err
	}
	return bidder.SpendingStatus{
		Day: time.Unix(86_400, 0).UTC(), Today: unit.AmountOfWords(1, 0), Budget: unit.NewAmount(9),
		Servers: []bidder.Paid{{ID: "one", Units: unit.NewAmount(5), Fees: unit.NewAmount(1), Charges: 3, Proofs: []string{}}},
	}, nil
}

// LastProof implements rpc.Backend.
func (d *Double) LastProof() *client.ProofRecord {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.mu.lastProof
}

// ErrInjected is for tests that only need some error.
var ErrInjected = errors.New("injected")
