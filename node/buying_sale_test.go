package node

import (
	"fmt"
	"math/big"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/params"

	"github.com/candela-les/candela/chain/embedded"
	"github.com/candela-les/candela/client/bidder"
	"github.com/candela-les/candela/node/admin"
	"github.com/candela-les/candela/unit"
)

// fill makes so many blocks, each with a transaction, and has the light client ask about each.
func fill(t *testing.T, source *embedded.Dev, l *Light, blocks int) {
	t.Helper()
	account := embedded.DevAccounts()[0]
	signer := types.LatestSigner(l.Client().Config())
	for nonce := range blocks {
		tx, err := types.SignNewTx(account.Key, signer, &types.DynamicFeeTx{
			ChainID: l.Client().Config().ChainID, Nonce: uint64(nonce), To: new(common.Address), Gas: params.TxGas, Value: big.NewInt(1),
			GasFeeCap: big.NewInt(100 * params.GWei), GasTipCap: big.NewInt(params.GWei),
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := l.Client().SendTransaction(t.Context(), tx); err != nil {
			t.Fatal(err)
		}
		waitFor(t, func() bool { // the transaction may be on its way yet
			made, err := source.Commit()
			if err != nil {
				t.Fatal(err)
			}
			waitFor(t, func() bool {
				heads, err := l.Client().Heads()
				return err == nil && heads.Latest.Number.Uint64() == made.Number
			})
			heads, err := l.Client().Heads()
			return err == nil && heads.Latest.TxHash != types.EmptyTxsHash
		})
		heads, err := l.Client().Heads()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := l.Client().Receipts(t.Context(), heads.Latest); err != nil {
			t.Fatal(err)
		}
	}
}

func waitFor(t *testing.T, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(2 * time.Minute); !ok(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("waited for too long")
		}
	}
}

// A light client buys from two servers that sell, over real connections and from accounts that their operators have
// credited: it wins, pays what the auctions say, checks it, and knows afterwards what was spent.
func TestLightBuys(t *testing.T) {
	source, err := embedded.OpenDev(embedded.DevConfig{})
	if err != nil {
		t.Fatal(err)
	}
	defer source.Close()
	var stalls []*stall
	cfg := LightConfig{
		Fraction: 100, DataDir: t.TempDir(), HTTPAddr: "127.0.0.1:0",
		Demand: "wallet price=100000", Budget: "1000000000",
	}
	for i := range 2 {
		s := openStall(t, source, fmt.Sprint("bazaar", i))
		stalls = append(stalls, s)
		cfg.Trusted = append(cfg.Trusted, s.Enode())
	}
	light, err := StartLight(t.Context(), testEnv(t), cfg)
	if err != nil {
		t.Fatal(err)
	}
	if err := light.Ready(t.Context()); err != nil {
		t.Fatal(err)
	}
	fill(t, source, light, 60)
	demand, err := light.Client().Demand()
	if err != nil {
		t.Fatal(err)
	}
	var account admin.Address
	if err := account.UnmarshalText([]byte(demand.Account)); err != nil {
		t.Fatal(err)
	}
	for i, s := range stalls {
		office, err := admin.Dial(t.Context(), admin.SocketIn(s.dir))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := office.Credit(t.Context(), account, unit.NewAmount(1_000_000), fmt.Sprint("light", i)); err != nil {
			t.Error(err)
		}
		office.Close()
	}
	var spending bidder.SpendingStatus
	waitFor(t, func() bool {
		demand, _ = light.Client().Demand()
		spending, _ = light.Client().Spending()
		return demand.Have > 0 && len(spending.Servers) == 2 && spending.Servers[0].Charges > 0 && spending.Servers[1].Charges > 0
	})
	market, err := light.Client().Market()
	if err != nil || len(market) != 2 || demand.Short != "" {
		t.Fatalf("%+v, %+v, %v", market, demand, err)
	}
	for _, m := range market {
		if m.Left != "" || m.Units != 1 || m.Rate != unit.PricePerHour(stallReserve) || !m.Tried {
			t.Errorf("%+v", m)
		}
	}
	if err := light.Close(); err != nil {
		t.Error(err)
	}
	var paid unit.Amount
	for _, s := range stalls {
		office, err := admin.Dial(t.Context(), admin.SocketIn(s.dir))
		if err != nil {
			t.Fatal(err)
		}
		statement, err := office.Statement(t.Context(), account, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range statement.Entries {
			if e.Debit {
				paid, _ = paid.Add(e.Amount)
			}
		}
		if book, err := office.Book(t.Context()); err != nil || len(book.Bids) > 0 {
			t.Errorf("the book after it has left: %+v, %v", book, err)
		}
		office.Close()
	}
	// Started again, without being told what to buy, it knows both.
	cfg.Demand, cfg.Budget = "", ""
	if light, err = StartLight(t.Context(), testEnv(t), cfg); err != nil {
		t.Fatal(err)
	}
	defer light.Close()
	if spending, err = light.Client().Spending(); err != nil || spending.Today != paid {
		t.Errorf("%v spent, the servers say %v (%v)", spending.Today, paid, err)
	}
	if demand, err = light.Client().Demand(); err != nil || demand.Demand != "wallet price=100000 budget=1000000000" {
		t.Errorf("%+v, %v", demand, err)
	}
}
