package client_test

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/crypto"

	"github.com/candela-les/candela/client"
	"github.com/candela-les/candela/client/bidder"
	"github.com/candela-les/candela/client/bidder/biddertest"
	"github.com/candela-les/candela/client/store"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire/marketwire"
)

const walletDemand = "wallet servers=1 price=36000 budget=1000000"

// shops makes the servers of a world sell, and its client buy.
func shops(t *testing.T, w *world, demand string) {
	t.Helper()
	key, err := crypto.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	sellers := make(map[[32]byte]*biddertest.Seller)
	address := crypto.PubkeyToAddress(key.PublicKey)
	for _, s := range w.servers {
		s.Market = biddertest.New(0, time.Now)
		s.Market.Key, s.Customer = s.Key, address
		s.Market.Begin()
		sellers[s.Market.ID()] = s.Market
		stop := make(chan struct{})
		done := make(chan struct{})
		go func() { defer close(done); s.Market.Run(stop) }()
		t.Cleanup(func() { close(stop); <-done })
	}
	w.config.Buy = &client.BuyConfig{
		Key: key, Demand: demand, Folder: t.TempDir(),
		Fund: func(_ context.Context, at bidder.Counter, amount unit.Amount) error {
			sellers[at.Server].Credit(address, amount)
			return nil
		},
	}
	w.config.DB = filepath.Join(t.TempDir(), "light.db")
}

// A client buys from a server that answers it, over the same session, and goes on to do so when it has been
// started again.
func TestClientBuys(t *testing.T) {
	w := build(40, 1)
	shops(t, w, walletDemand)
	w.start(t)
	w.waitHead(t, w.head())
	units := func() int {
		n, _, _ := w.servers[0].Market.Has(w.servers[0].Customer)
		return n
	}
	// Twenty questions make it known, and after that it is bid at.
	for _, b := range w.blocks {
		if _, err := w.client.Receipts(t.Context(), b.Header()); err != nil {
			t.Fatal(err)
		}
	}
	eventually(t, func() bool { return units() == 1 })
	eventually(t, func() bool {
		d, err := w.client.Demand()
		return err == nil && d.Have == 10_000 && d.Short == ""
	})
	market, err := w.client.Market()
	if err != nil || len(market) != 1 || !market[0].Tried || market[0].Units != 1 || market[0].Book == nil {
		t.Errorf("%+v, %v", market, err)
	}
	if err := w.client.Close(); err != nil {
		t.Fatal(err)
	}
	if units() != 0 {
		t.Error("the bid stands after the client's end")
	}
	paid := w.servers[0].Market.Spent(w.servers[0].Customer)
	w.config.Buy.Demand = ""
	w.start(t)
	spending, err := w.client.Spending()
	if err != nil || spending.Today != paid || paid.IsZero() || len(spending.Servers) != 1 {
		t.Errorf("%+v of %v, %v", spending, paid, err)
	}
	if d, err := w.client.Demand(); err != nil || d.Demand != walletDemand {
		t.Errorf("%+v, %v", d, err)
	}
	if err := w.client.SetDemand("free"); err != nil {
		t.Error(err)
	}
}

// purse is a payer that credits what is to be paid, and says when it was closed.
type purse struct {
	fund   bidder.Fund
	file   *store.Store
	closed []error // what its file said at each Close
}

func (p *purse) Fund(ctx context.Context, at bidder.Counter, amount unit.Amount) error {
	return p.fund(ctx, at, amount)
}

func (p *purse) Close() error {
	_, err := p.file.Notes().All(context.Background())
	p.closed = append(p.closed, err)
	return nil
}

// What pays is opened with the client's own file, and closed once, while that can still be written to.
func TestClientPays(t *testing.T) {
	w := build(40, 1)
	shops(t, w, walletDemand)
	p := &purse{fund: w.config.Buy.Fund}
	w.config.Buy.Fund = nil
	w.config.Buy.OpenPayer = func(_ context.Context, file *store.Store) (client.Payer, error) {
		p.file = file
		return p, nil
	}
	w.start(t)
	w.waitHead(t, w.head())
	for _, b := range w.blocks {
		if _, err := w.client.Receipts(t.Context(), b.Header()); err != nil {
			t.Fatal(err)
		}
	}
	eventually(t, func() bool {
		n, _, _ := w.servers[0].Market.Has(w.servers[0].Customer)
		return n == 1
	})
	if err := errors.Join(w.client.StopBuying(), w.client.Close(), w.client.Close()); err != nil {
		t.Error(err)
	}
	if len(p.closed) != 1 || p.closed[0] != nil {
		t.Errorf("it was closed with %v", p.closed)
	}
	broke := errors.New("no money")
	w.config.Buy.OpenPayer = func(context.Context, *store.Store) (client.Payer, error) { return nil, broke }
	if _, err := client.New(w.config); !errors.Is(err, broke) {
		t.Errorf("without it the client starts with %v", err)
	}
}

// A server that lies about its market is banned like one that gives wrong answers, unless it is trusted: then it keeps
// its vote.
func TestSwindlers(t *testing.T) {
	w := build(3, 2)
	shops(t, w, walletDemand)
	w.config.Trusted = w.config.Trusted[:1]
	for _, s := range w.servers {
		s.Market.Cheat(biddertest.Cheats{WrongKey: true})
	}
	w.open(t)
	w.servers[0].Connect(t, w.client)
	session := w.servers[1].Connect(t, w.client)
	if err := session.Wait(t); !errors.Is(err, client.ErrBanned) || !errors.Is(err, bidder.ErrLie) {
		t.Errorf("a swindler's session ends with %v", err)
	}
	head := w.waitHead(t, w.head())
	eventually(t, func() bool {
		s := w.client.Status().Servers[0]
		return s.Lies > 0 && s.Connected
	})
	if head == nil {
		t.Error("no head")
	}
	market, err := w.client.Market()
	if err != nil || len(market) != 2 || market[0].Left == "" || market[1].Left == "" {
		t.Errorf("%+v, %v", market, err)
	}
}

// Nothing is said of markets by a client that buys nothing, whatever servers say.
func TestClientBuysNothing(t *testing.T) {
	w := build(3, 1)
	shops(t, w, "")
	w.config.Buy = nil
	w.start(t)
	w.waitHead(t, w.head())
	if n := w.servers[0].Market.Got(marketwire.CodeHello); n > 0 {
		t.Errorf("%d greetings", n)
	}
	if _, err := w.client.Demand(); !errors.Is(err, client.ErrNotBuying) {
		t.Errorf("demand: %v", err)
	}
	if _, err := w.client.Market(); !errors.Is(err, client.ErrNotBuying) {
		t.Errorf("market: %v", err)
	}
	if _, err := w.client.Spending(); !errors.Is(err, client.ErrNotBuying) {
		t.Errorf("spending: %v", err)
	}
	if err := w.client.SetDemand("free"); !errors.Is(err, client.ErrNotBuying) {
		t.Errorf("set: %v", err)
	}
	w.config.Buy = &client.BuyConfig{Demand: "nonsense"}
	if _, err := client.New(w.config); err == nil {
		t.Error("a demand that makes no sense, and no key")
	}
}
