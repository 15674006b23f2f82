package node

import (
	"context"
	"net/http"
	"path/filepath"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/ethclient"
	gethrpc "github.com/ethereum/go-ethereum/rpc"

	"github.com/candela-les/candela/chain/embedded"
	"github.com/candela-les/candela/client/bidder"
	"github.com/candela-les/candela/ledger"
	"github.com/candela-les/candela/ledger/sqlite"
	"github.com/candela-les/candela/unit"
)

// takingOpen is how a server takes lottery tickets from open pots on the dev chain.
func takingOpen(c *paychain, receiver string) func(cfg *ServerConfig) {
	return func(cfg *ServerConfig) {
		taking(c)(cfg)
		cfg.Take.Methods, cfg.Take.Receiver = []string{"lottery"}, receiver
		cfg.Take.Lottery = LotteryConfig{Contract: c.Lottery.Hex(), Revenue: "1000000", Ticket: "0.0001", Prize: "0.0005", Open: "0.0025"}
	}
}

// A light client with one open pot pays two servers that take that, and sends no transaction for either: one allows the contract to take tokens, and one
// deposits them. What its winners get is paid out of it.
func TestLightPaysFromOpenPot(t *testing.T) {
	t.Parallel()
	c := openPaychain(t)
	first := openStall(t, c.Dev, "takes open pots", takingOpen(c, receiver))
	second := openStall(t, c.Dev, "takes them, too", takingOpen(c, "0x00000000000000000000000000000000c01d0009"))
	funds := embedded.DevAccounts()[2].Address
	c.give(funds, 10_000_000)
	before, err := c.eth.NonceAt(t.Context(), funds, nil)
	if err != nil {
		t.Fatal(err)
	}
	pays := spending(c)
	pays.Methods, pays.Lotteries, pays.Deposit, pays.Escrow, pays.Pot = []string{"lottery"}, []string{c.Lottery.Hex()}, "1500000", "5000", "4000000"
	l, err := StartLight(t.Context(), testEnv(t), LightConfig{
		Trusted: []string{first.Enode(), second.Enode()}, Fraction: 100, HTTPAddr: "127.0.0.1:0", DataDir: t.TempDir(),
		Demand: "requests=10 servers=2 price=90000 budget=100000000", Token: "1337:" + c.Token.Hex(), Pay: pays,
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Ready(t.Context()); err != nil {
		t.Fatal(err)
	}
	bothPaid(t, l)
	pots, err := l.payer.pots(t.Context())
	if err != nil || len(pots) != 1 || pots[0].Escrow != unit.NewAmount(5000) || pots[0].Allotted.IsZero() {
		t.Errorf("the pots are %+v, %v", pots, err)
	}
	if err := l.Close(); err != nil {
		t.Error(err)
	}
	after, err := c.eth.NonceAt(t.Context(), funds, nil)
	if err != nil || after != before+2 {
		t.Errorf("two servers were paid with %d transactions, %v", after-before, err)
	}
	for _, s := range []*stall{first, second} {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		s.sound(t)
	}
}

// bothPaid waits until a light client has units at two servers, and both have credited what it has paid.
func bothPaid(t *testing.T, l *Light) {
	t.Helper()
	rpc, err := gethrpc.DialOptions(t.Context(), l.URL(), gethrpc.WithHTTPClient(http.DefaultClient))
	if err != nil {
		t.Fatal(err)
	}
	defer rpc.Close()
	eth := ethclient.NewClient(rpc)
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	for {
		var list []bidder.SellerStatus
		if err := rpc.CallContext(ctx, &list, "candela_market"); err != nil {
			t.Fatal(err)
		}
		if _, err := eth.BalanceAt(ctx, embedded.DevAccounts()[0].Address, nil); err != nil {
			t.Error(err)
		}
		paid := 0
		for i := range list {
			if list[i].Units > 0 && list[i].Account != nil && !list[i].Account.Credited.IsZero() {
				paid++
			}
		}
		if paid == 2 {
			return
		}
		select {
		case <-time.After(100 * time.Millisecond):
		case <-ctx.Done():
			t.Fatalf("not in time: %+v", list)
		}
	}
}

// sound finds faults in the books, whether something was earned or not.
func (s *stall) sound(t *testing.T) {
	t.Helper()
	books, err := sqlite.Open(t.Context(), filepath.Join(s.dir, LedgerName), ledger.Options{Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer books.Close()
	if report, err := books.Audit(t.Context()); err != nil || len(report.Faults) > 0 {
		t.Errorf("audit: %v %v", report.Faults, err)
	}
}
