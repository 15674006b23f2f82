package payments_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/big"
	"sync"
	"testing"
	"time"

	ethereum "github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"

	"github.com/candela-les/candela/client/bidder"
	"github.com/candela-les/candela/client/store"
	"github.com/candela-les/candela/contracts/bind"
	"github.com/candela-les/candela/node/payments"
	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/paytest/fake"
	"github.com/candela-les/candela/pay/watch"
	"github.com/candela-les/candela/unit"
)

var amount = unit.NewAmount

func asset() pay.Asset { return pay.Asset{ChainID: 5, Token: pay.Address{1}} }

// client is who pays.
func client() pay.Address { return pay.Address{9} }

// world is a wallet over a fake method and a fake chain, with its desk, and servers that are paid: real cashiers over fake ledgers.
type world struct {
	t      *testing.T
	chain  *fake.Chain
	file   *store.Store
	record *store.History
	wallet *pay.Wallet
	desk   *payments.Desk

	method string        // that is paid by
	wait   time.Duration // the desk's patience

	mu     sync.Mutex
	now    time.Time
	met    []payments.Server
	unseen error
	others map[pay.Hash]pay.Address // who has opened channels that is not here
	stuck  error                    // nothing is done to the chain because of it
	sent   []watch.Sent
	gate   chan struct{} // deposits wait for it; nil: they do not
}

// newWorld opens a wallet and a desk, and so many servers that are connected.
func newWorld(t *testing.T, servers int) *world {
	t.Helper()
	w := &world{t: t, chain: fake.NewChain(), method: "a", wait: 50 * time.Millisecond, now: time.Date(2030, 1, 1, 12, 0, 0, 0, time.UTC)}
	var err error
	if w.file, err = store.Open(t.Context(), ""); err != nil {
		t.Fatal(err)
	}
	w.record = w.file.History(w.Now)
	for n := range servers {
		method := &fake.Method{Name: "a", Chain: w.chain}
		cashier := pay.NewCashier(pay.CashierConfig{Book: fake.NewBook(), Providers: []pay.Provider{method}})
		w.met = append(w.met, payments.Server{ID: [32]byte{12: 7, 13: byte(n)}, Connected: true, Place: pay.Place{
			Seller: seller(n), Asset: asset(), Line: &fake.Line{Cashier: cashier, Client: client()}, Offers: []pay.Offer{{Method: "a", Info: []byte("fake")}},
		}})
	}
	w.open()
	t.Cleanup(func() {
		w.close()
		if err := w.file.Close(); err != nil {
			t.Error(err)
		}
	})
	return w
}

func seller(n int) pay.Address { return pay.Address{7, byte(n)} }

// open opens wallet and desk with what is on disk.
func (w *world) open() {
	w.t.Helper()
	payer := &fake.Payer{Name: w.method, Chain: w.chain, Client: client(), Notes: w.record.Notes(), Now: w.Now, Delay: time.Hour, Step: w.step, Reckons: true}
	var err error
	w.wallet, err = pay.NewWallet(w.t.Context(), pay.WalletConfig{
		Asset: asset(), Payers: []pay.Payer{payer}, Notes: w.record.Notes(), Purse: w.file.Purse(), Now: w.Now, Pause: time.Millisecond, Looks: 3,
		Limits: pay.Limits{Prepaid: amount(100), Daily: amount(1000), Locked: amount(500), Deposit: amount(80)},
	})
	if err != nil {
		w.t.Fatal(err)
	}
	w.desk = payments.New(w.t.Context(), payments.Config{
		Wallet: w.wallet, Methods: []string{w.method}, Asset: asset(), Servers: w, Chain: w, Reader: w, Pending: w.pending, Unopened: w.refused, Record: w.record,
		Funds: pay.Address{3}, Session: client(), Now: w.Now, Logger: slog.New(slog.DiscardHandler),
		OpenedBy: w.openedBy, Patience: w.wait, Pause: time.Millisecond,
	})
}

func (w *world) openedBy(_ string, id pay.Hash) (pay.Address, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	by, other := w.others[id]
	return by, other
}

func (w *world) close() {
	w.t.Helper()
	if err := errors.Join(w.desk.Close(), w.wallet.Close()); err != nil {
		w.t.Error(err)
	}
}

// with changes the world.
func (w *world) with(change func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	change()
}

func (w *world) Now() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

// step has a deposit wait for the gate.
func (w *world) step(what string) error {
	w.mu.Lock()
	gate, stuck := w.gate, w.stuck
	w.mu.Unlock()
	if stuck != nil {
		return stuck
	}
	if what == "deposit" && gate != nil {
		<-gate
	}
	return nil
}

// Met implements payments.Servers.
func (w *world) Met() ([]payments.Server, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return append([]payments.Server(nil), w.met...), nil
}

// Spending implements payments.Servers.
func (*world) Spending() (bidder.SpendingStatus, error) {
	return bidder.SpendingStatus{Today: amount(4), Budget: amount(400), Servers: []bidder.Paid{
		{ID: fmt.Sprintf("%x", [32]byte{12: 7, 13: 2}), Served: amount(4)},
	}}, nil
}

// Demand implements payments.Servers.
func (*world) Demand() (bidder.DemandStatus, error) {
	return bidder.DemandStatus{Demand: "wallet"}, nil
}

// refused is a channel that was not opened.
func (*world) refused() []payments.Unopened {
	return []payments.Unopened{{Method: "b", Seller: pay.Address{8}, Why: "no token"}}
}

func (w *world) pending() []watch.Sent {
	w.mu.Lock()
	defer w.mu.Unlock()
	return append([]watch.Sent(nil), w.sent...)
}

// View implements payments.Chain.
func (w *world) View() (watch.View, bool) {
	v, err := w.Look(context.Background())
	return v, err == nil
}

// Look implements payments.Chain.
func (w *world) Look(context.Context) (watch.View, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	head := watch.Block{Number: 77, Hash: common.Hash{77}, TimeS: uint64(w.now.Unix())} //nolint:gosec // a time
	return watch.View{Head: head, Sure: head}, w.unseen
}

// CallContractAtHash implements watch.Reader: a token of 2 decimals, of which everybody has 1234.
func (w *world) CallContractAtHash(_ context.Context, msg ethereum.CallMsg, at common.Hash) ([]byte, error) {
	token := bind.NewTestToken()
	switch string(msg.Data[:4]) {
	case string(token.PackDecimals()[:4]):
		return common.LeftPadBytes([]byte{2}, 32), nil
	case string(token.PackSymbol()[:4]):
		out := append(common.LeftPadBytes([]byte{32}, 32), common.LeftPadBytes([]byte{5}, 32)...)
		return append(out, common.RightPadBytes([]byte("T\x1bST "), 32)...), nil
	case string(token.PackBalanceOf(common.Address{})[:4]):
		return common.LeftPadBytes(big.NewInt(1234).Bytes(), 32), nil
	}
	return nil, errors.New("no such method")
}

// BalanceAtHash implements watch.Reader.
func (*world) BalanceAtHash(context.Context, common.Address, common.Hash) (*big.Int, error) {
	return big.NewInt(1e18), nil
}

// The rest of watch.Reader is not asked for.
func (*world) CallContract(context.Context, ethereum.CallMsg, *big.Int) ([]byte, error) {
	return nil, errors.ErrUnsupported
}

func (*world) CodeAt(context.Context, common.Address, *big.Int) ([]byte, error) {
	return nil, errors.ErrUnsupported
}

func (*world) CodeAtHash(context.Context, common.Address, common.Hash) ([]byte, error) {
	return nil, errors.ErrUnsupported
}

func (*world) NonceAtHash(context.Context, common.Address, common.Hash) (uint64, error) {
	return 0, errors.ErrUnsupported
}

// pays promises a server something.
func (w *world) pays(n int, more uint64) {
	w.t.Helper()
	met, _ := w.Met()
	if err := w.wallet.Fund(w.t.Context(), met[n].Place, amount(more)); err != nil {
		w.t.Fatal(err)
	}
}

// dial serves the desk at a socket and asks at it.
func (w *world) dial() *payments.Client {
	w.t.Helper()
	dir := w.t.TempDir()
	stop, err := w.desk.Serve(w.t.Context(), dir)
	if err != nil {
		w.t.Fatal(err)
	}
	c, err := payments.Dial(w.t.Context(), dir)
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() {
		if err := errors.Join(c.Close(), stop()); err != nil {
			w.t.Error(err)
		}
	})
	return c
}

// done has a job done.
func (w *world) done(c *payments.Client, begin func(context.Context, payments.Order) (payments.Job, error), o payments.Order) []payments.Result {
	w.t.Helper()
	j, err := begin(w.t.Context(), o)
	if err != nil {
		w.t.Fatal(err)
	}
	if j, err = c.Follow(w.t.Context(), j, func(payments.Job) {}); err != nil {
		w.t.Fatal(err)
	}
	return j.Results
}
