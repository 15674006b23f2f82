package node

import (
	"context"
	"fmt"
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/ethclient"
	gethrpc "github.com/ethereum/go-ethereum/rpc"

	"github.com/candela-les/candela/chain/embedded"
	"github.com/candela-les/candela/client/bidder"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire"
)

// A light client that demands service wins units at a real server by auction, has its account filled, pays what the
// curves say, is outbid, told so and still answered, and has its bids taken back when it ends.
func TestLightBuys(t *testing.T) {
	t.Parallel()
	source, err := embedded.OpenDev(embedded.DevConfig{BlockTime: time.Second})
	if err != nil {
		t.Fatal(err)
	}
	defer source.Close()
	s := openStall(t, source, "stall")
	account := make(chan wire.Address, 1)
	var filled atomic.Uint64
	l, err := StartLight(t.Context(), testEnv(t), LightConfig{
		Trusted: []string{s.Enode()}, Fraction: 100, HTTPAddr: "127.0.0.1:0",
		Demand: "requests=10 servers=1 price=90000 budget=100000000",
		Fund: func(ctx context.Context, _ bidder.Counter, amount unit.Amount) error {
			mine := <-account
			account <- mine
			return s.Credit(ctx, fmt.Sprint("fund", filled.Add(1)), mine, amount)
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	demand, err := l.client.Demand()
	if err != nil {
		t.Fatal(err)
	}
	account <- wire.Address(common.HexToAddress(demand.Account))
	if err := l.Ready(t.Context()); err != nil {
		t.Fatal(err)
	}
	rpc, err := gethrpc.DialOptions(t.Context(), l.URL(), gethrpc.WithHTTPClient(http.DefaultClient))
	if err != nil {
		t.Fatal(err)
	}
	defer rpc.Close()
	seller := func() (one bidder.SellerStatus) {
		var list []bidder.SellerStatus
		if err := rpc.CallContext(t.Context(), &list, "candela_market"); err != nil || len(list) > 1 {
			t.Fatalf("%v, %v", list, err)
		}
		if len(list) == 1 {
			one = list[0]
		}
		return one
	}
	wait := func(what string, until func() bool) {
		t.Helper()
		for deadline := time.Now().Add(3 * time.Minute); !until(); time.Sleep(100 * time.Millisecond) {
			if time.Now().After(deadline) {
				t.Fatalf("%s: not in time: %+v", what, seller())
			}
		}
	}
	eth := ethclient.NewClient(rpc)
	wait("units", func() bool { asks(t, eth); return seller().Units > 0 })
	if filled.Load() == 0 {
		t.Error("no account was filled")
	}
	wait("a charge", func() bool {
		var spent bidder.SpendingStatus
		if err := rpc.CallContext(t.Context(), &spent, "candela_spending"); err != nil {
			t.Fatal(err)
		}
		return !spent.Today.IsZero()
	})

	rival := s.visit(t, "rival")
	s.credit(t, rival, 10_000_000)
	rival.Bid(200_000, 190_000)
	wait("being outbid", func() bool { return seller().Units == 0 })
	asks(t, eth)
	if err := l.Close(); err != nil {
		t.Error(err)
	}
	book, err := s.les.Book()
	if err != nil || len(book.Bids) != 1 {
		t.Errorf("after the light client has ended there are bids of %+v, %v", book.Bids, err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	s.audit(t)
}

// A light client that looks for servers is told what those sell that it cannot be connected to: their offers,
// asked for over the discovery network.
func TestLightIsOffered(t *testing.T) {
	t.Parallel()
	source := devChain(t, nil)
	n := newNetwork(t)
	full := openStall(t, source, "full stall", func(c *ServerConfig) {
		c.Discovery, c.Bootnodes, c.MaxClients, c.RetryAfter = true, n.bootnodes(), 1, time.Hour
	})
	defer full.Close()
	guest := startLight(t, quiet(t), LightConfig{Trusted: []string{full.Enode()}})
	eventually(t, "the guest does not come in", func() bool { return len(connected(guest)) == 1 })

	announcer := startServer(t, source, func(c *ServerConfig) { c.OnlyAnnounce = true })
	l := startLight(t, quiet(t), LightConfig{
		Trusted: []string{announcer.Enode()}, Discovery: true, Bootnodes: n.bootnodes(), MaxServers: 1,
	})
	var market []bidder.SellerStatus
	eventually(t, "no offer", func() bool {
		var err error
		if market, err = l.Client().Market(); err != nil {
			t.Fatal(err)
		}
		return len(market) > 0
	})
	got := market[0]
	if len(market) != 1 || got.ID != serverID(full.Server) || got.Connected || got.Offered.IsZero() || got.Address == "" {
		t.Fatalf("offered: %+v", market)
	}
	if got.Currency != "TEST" || got.Paid.ChainID != 1337 || got.Terms.MaxUnits != 4 || got.Terms.UnitRate == 0 {
		t.Errorf("%+v of %+v", got.Terms, got.Paid)
	}
	if want := unit.NewPrice(stallReserve * 1_000_000); got.Book.Reserve != want || got.Book.Units != 2 || got.Book.Free != 2 {
		t.Errorf("book %+v, want a reserve of %v", got.Book, want)
	}
}
