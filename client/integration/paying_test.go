package integration

import (
	"context"
	"crypto/ecdsa"
	"errors"
	"log/slog"
	"path/filepath"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/ethereum/go-ethereum/crypto"

	"github.com/candela-les/candela/client/bidder"
	"github.com/candela-les/candela/ledger"
	"github.com/candela-les/candela/ledger/sqlite"
	"github.com/candela-les/candela/market/buyer"
	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/paytest/fake"
	"github.com/candela-les/candela/server"
	"github.com/candela-les/candela/server/servertest"
	"github.com/candela-les/candela/server/till"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire"
	"github.com/candela-les/candela/wire/marketwire"
	"github.com/candela-les/candela/wire/wiretest"
)

// payWorld is a buyer and a server that sells, with all that is between them but a chain: the protocol, the server's
// cashier and a ledger on disk. It is used in a bubble of synctest.
type payWorld struct {
	*testing.T
	path  string
	src   *servertest.FakeSource
	chain *fake.Chain
	books *ledger.Journal
	srv   *server.Server
	b     *bidder.Bidder
	key   *ecdsa.PrivateKey
	cut   func() // the connection
	work  sync.WaitGroup

	promised uint64
}

func token() ledger.Address { return ledger.Address{0x70} }

// theChannel is the one that the buyer has opened.
func theChannel() pay.Hash { return pay.Hash{1, 31: 0xcc} }

func inPayWorld(t *testing.T, test func(w *payWorld)) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "ledger.db")
	synctest.Test(t, func(t *testing.T) {
		w := &payWorld{T: t, path: path, src: servertest.NewFakeSource(10), chain: fake.NewChain()}
		var err error
		if w.key, err = crypto.ToECDSA(crypto.Keccak256([]byte("buyer"))); err != nil {
			t.Fatal(err)
		}
		w.b, err = bidder.New(t.Context(), bidder.Config{
			Key: w.key, Clock: time.Now, Client: content{}, Demand: "wallet servers=1 price=36000 budget=10000000", Fund: w.fund, Seed: 1,
			Logger: slog.New(slog.DiscardHandler),
		})
		if err != nil {
			t.Fatal(err)
		}
		w.open()
		w.connect()
		test(w)
		w.Check(w.b.Close())
		w.close()
	})
}

// Check fails the test for an error.
func (w *payWorld) Check(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

// open starts the server, on the ledger that there is.
func (w *payWorld) open() {
	var err error
	w.books, err = sqlite.Open(w.Context(), w.path, ledger.Options{Now: time.Now})
	w.Check(err)
	serverKey, err := crypto.ToECDSA(crypto.Keccak256([]byte("server")))
	w.Check(err)
	method := &fake.Method{Name: "fake", Chain: w.chain}
	w.srv, err = server.New(w.Context(), server.Config{
		Source: w.src, Key: serverKey, Now: time.Now, Workers: 2, Capacity: 200_000,
		Sale: &server.Sale{
			Ledger: w.books, Owner: "shop", Token: wire.Address(token()), ChainID: 1337, Decimals: 6, Currency: "TEST",
			Reserve: unit.PricePerHour(3600), LeastAccount: unit.NewAmount(10),
			Methods: []marketwire.Method{{Name: "grant"}, {Name: method.Method(), Info: method.Info()}},
			Payments: pay.NewCashier(pay.CashierConfig{
				Book: till.Book{Ledger: w.books, Token: token()}, Providers: []pay.Provider{method},
			}),
		},
	})
	w.Check(err)
}

// close stops the server, and audits what it leaves.
func (w *payWorld) close() {
	w.Helper()
	w.cut()
	w.Check(w.srv.Close())
	w.work.Wait()
	report, err := w.books.Audit(w.Context())
	if err != nil || len(report.Faults) > 0 {
		w.Errorf("audit: %v, %v", report.Faults, err)
	}
	w.Check(w.books.Close())
}

// wired is a connection as the bidder writes to it.
type wired struct {
	out  chan [2]any
	gone chan struct{}
	end  func()
}

// Send implements bidder.Conn.
func (c *wired) Send(code uint64, payload []byte) error {
	select {
	case c.out <- [2]any{wire.FirstMarket + code, payload}:
		return nil
	default:
		return errors.New("no room")
	}
}

// End implements bidder.Conn.
func (c *wired) End(error) { c.end() }

// connect connects the two.
func (w *payWorld) connect() {
	w.Helper()
	here, there := wiretest.Pipe()
	c := &wired{out: make(chan [2]any, 64), gone: make(chan struct{}), end: func() { _ = here.Close() }}
	served := make(chan struct{})
	w.work.Go(func() {
		defer close(served)
		_ = w.srv.Serve(context.WithoutCancel(w.Context()), wire.Peer{
			ID: wire.NodeOf(&w.key.PublicKey), Key: &w.key.PublicKey, Version: wire.LES5, Market: true,
		}, there)
	})
	market, _ := w.srv.Market()
	session := w.b.Attach(wire.Peer{ID: market.Node, Version: wire.LES5, Market: true}, c)
	w.Check(here.WriteMsg(wire.FirstMarket+marketwire.CodeHello, bidder.Hello()))
	w.Check(here.WriteMsg(wire.CodeStatus, w.status().Append(nil)))
	w.work.Go(func() {
		for {
			select {
			case m := <-c.out:
				_ = here.WriteMsg(m[0].(uint64), m[1].([]byte))
			case <-c.gone:
				return
			}
		}
	})
	w.work.Go(func() {
		defer close(c.gone)
		defer session.End()
		defer here.Close()
		for {
			code, payload, err := here.ReadMsg()
			if err != nil {
				return
			}
			if code < wire.FirstMarket {
				continue
			}
			if err := session.Receive(code-wire.FirstMarket, payload); err != nil {
				w.Errorf("the server is blamed: %v", err)
				return
			}
		}
	})
	w.cut = func() { here.Close(); <-c.gone; <-served }
}

func (w *payWorld) status() *wire.Status {
	info, head := w.src.Info(), w.src.Head()
	const began = 1_700_000_000
	forks, err := wire.NewForks(info.Config, info.Genesis, began)
	w.Check(err)
	return &wire.Status{
		Version: wire.LES5, NetworkID: info.NetworkID, Genesis: info.Genesis, ForkID: forks.ID(head.Number, began+head.Number),
		AnnounceType: wire.AnnounceSimple, Config: wire.ConfigHash(info.Config),
	}
}

// fund pays as a wallet would that has opened its channel already.
func (w *payWorld) fund(ctx context.Context, at bidder.Counter, amount unit.Amount) error {
	if _, ok := at.Payee("fake"); !ok {
		return errors.New("it does not take that")
	}
	if w.promised == 0 {
		w.chain.Deposit(theChannel(), pay.Address(w.b.Address()), 1_000_000)
		if _, err := at.Line.Establish(ctx, "fake", fake.Opening(theChannel())); err != nil {
			return err
		}
	}
	_, more := amount.Words()
	w.promised += more
	_, err := at.Line.Promise(ctx, theChannel(), fake.Promise{ID: theChannel(), Cumulative: w.promised}.Sign())
	return err
}

// content is a client that every server serves well.
type content struct{}

func (content) Measured(buyer.ID) buyer.Measured {
	return buyer.Measured{Served: 20 * buyer.RequestCost, Answers: 20}
}
func (content) Try(buyer.ID)         {}
func (content) Lied(buyer.ID, error) {}

func (w *payWorld) seller() bidder.SellerStatus {
	w.Helper()
	list, err := w.b.Market()
	if err != nil || len(list) != 1 {
		w.Fatalf("%+v, %v", list, err)
	}
	return list[0]
}

// channel is how the channel stands in the ledger.
func (w *payWorld) channel() ledger.Channel {
	w.Helper()
	c, _, err := w.books.Promised(w.Context(), "fake", theChannel())
	w.Check(err)
	return c
}

// A buyer that no server knows has an account by its first promise, wins units and goes on as it pays, over lost connections and a
// restart of the server; and has back in the end what it has not spent, on the chain too.
func TestPaysAServer(t *testing.T) {
	inPayWorld(t, func(w *payWorld) {
		time.Sleep(2 * time.Minute)
		if s := w.seller(); s.Units == 0 || s.Account == nil {
			w.Fatalf("nothing is won: %+v", s)
		}
		time.Sleep(10 * time.Minute)
		w.cut()
		time.Sleep(5 * time.Second)
		w.connect()
		time.Sleep(10 * time.Minute)
		if s := w.seller(); s.Units == 0 || s.Left != "" {
			w.Fatalf("after another connection: %+v", s)
		}
		before := w.channel()
		w.close()
		time.Sleep(time.Minute)
		w.open()
		w.connect()
		time.Sleep(10 * time.Minute)
		after := w.channel()
		if s := w.seller(); s.Units == 0 || before.Cumulative.IsZero() || after.Cumulative.Cmp(before.Cumulative) <= 0 {
			w.Fatalf("after a restart: %+v, %s promised before and %s after", s, before.Cumulative, after.Cumulative)
		}
		if after.Cumulative != unit.NewAmount(w.promised) {
			w.Errorf("%s is in the ledger of %d", after.Cumulative, w.promised)
		}

		market, _ := w.srv.Market()
		at, err := w.b.Counter(market.Node)
		w.Check(err)
		settled, err := at.Line.Settle(w.Context(), theChannel())
		w.Check(err)
		sum, _ := settled.Spent.Add(settled.Unspent)
		if settled.Unspent.IsZero() || sum != unit.NewAmount(w.promised) {
			w.Errorf("of %d promised %s was spent and %s given back", w.promised, settled.Spent, settled.Unspent)
		}
		if !w.chain.Refund(settled.Data) || w.chain.Left(theChannel()) != settled.Spent {
			w.Errorf("on the chain %s is left for the server, which has earned %s", w.chain.Left(theChannel()), settled.Spent)
		}
		synctest.Wait()
		if s := w.seller(); s.Account == nil || !s.Account.Balance.IsZero() || len(s.Bid) > 0 {
			w.Errorf("afterwards: %+v", s)
		}
		w.Logf("promised %d, spent %s, given back %s, in %d settlements", w.promised, settled.Spent, settled.Unspent, w.channel().Settlements)
		spent, err := w.b.Spending()
		w.Check(err)
		if spent.Today != settled.Spent {
			w.Errorf("the buyer says that it spent %s, the server %s", spent.Today, settled.Spent)
		}
	})
}
