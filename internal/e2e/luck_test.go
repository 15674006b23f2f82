package e2e

import (
	"context"
	"crypto/rand"
	"errors"
	"math/big"
	"path/filepath"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/candela-les/candela/contracts/bind"
	"github.com/candela-les/candela/ledger"
	"github.com/candela-les/candela/ledger/sqlite"
	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/lottery"
	"github.com/candela-les/candela/pay/paytest"
	"github.com/candela-les/candela/server/till"
	"github.com/candela-les/candela/unit"
)

// TestLuck pays by lottery into a ledger on disk, with draws as they come, and redeems the winners on a real chain. The client's account has what its
// tickets were expected to earn, whatever they drew; luck has what was drawn beyond that, or what is missing, to the last base unit; and nothing of it is
// anywhere else.
func TestLuck(t *testing.T) {
	const face, credit = 100, 20
	odds := lottery.Odds{Face: unit.NewAmount(face), Ratio: (1<<64-1)/5 + 1}
	contract := pay.Address{0x10, 0x77}
	w := paytest.NewWorld(t, paytest.Method{
		Alloc: types.GenesisAlloc{common.Address(contract): {Code: common.FromHex(bind.LotteryRuntime), Balance: new(big.Int)}},
		Provider: func(s *paytest.Server) (paytest.Provider, error) {
			return lottery.NewProvider(lottery.ProviderConfig{
				Asset: s.Asset(), Contract: contract, Payee: s.Receiver, Secret: lottery.Secret{9}, Odds: func() lottery.Odds { return odds },
				React: 2 * paytest.Stale, Watcher: s.Watcher, Reader: s.Node, Sender: s.Sender, Now: s.Now,
			})
		},
		Payer: func(c *paytest.Client) (pay.Payer, error) {
			return lottery.NewPayer(lottery.PayerConfig{
				Session: c.Session, Sender: c.Sender, Watcher: c.Watcher, Reader: c.Node, Notes: c.NotesOf(), Random: rand.Reader, Contracts: []pay.Address{contract},
			})
		},
	})
	journal, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "ledger.db"), ledger.Options{Now: w.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer journal.Close()
	token := ledger.Address(w.Token)
	book := till.Book{Ledger: journal, Token: token}
	cashier := pay.NewCashier(pay.CashierConfig{Book: book, Providers: []pay.Provider{w.Server.Provider}})
	collector := pay.NewCollector(pay.CollectorConfig{Dues: book, Methods: []pay.Collectable{w.Server.Provider}, Now: w.Now})

	c := w.NewClient(50_000)
	var id pay.Hash
	var opening []byte
	w.Must("opening", func(ctx context.Context) (err error) {
		id, opening, err = c.Payer.Open(ctx, "first", w.Server.Payee(), unit.NewAmount(20_000))
		return err
	})
	w.Server.Look()
	const promised = 100 * credit
	agree := func() unit.Amount {
		t.Helper()
		s, err := cashier.Establish(t.Context(), c.Address(), lottery.Method, opening)
		if err == nil {
			err = c.Payer.Agree(t.Context(), id, opening, s)
		}
		if err != nil {
			t.Fatal(err)
		}
		return s.Cumulative
	}
	for at := agree(); at.Cmp(unit.NewAmount(promised)) < 0; at = agree() {
		promise, _, err := c.Payer.Promise(t.Context(), id, at.Plus(unit.NewAmount(5*credit)).Min(unit.NewAmount(promised)))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := cashier.Promise(t.Context(), c.Address(), id, promise); err != nil {
			t.Fatal(err)
		}
		if low := uint64(promised / 2); at.Cmp(unit.NewAmount(low)) < 0 {
			continue // the first winners wait
		}
		if err := w.While(func(ctx context.Context) error {
			_, err := collector.Pass(ctx, lottery.Method, false)
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.While(func(ctx context.Context) error {
		_, err := collector.Pass(ctx, lottery.Method, true)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	client, err1 := journal.Balance(t.Context(), ledger.ClientAccount(token, ledger.Address(c.Address())))
	luck, err2 := journal.Balance(t.Context(), ledger.Account{Kind: ledger.Luck, Token: token})
	outside, err3 := journal.Balance(t.Context(), ledger.Account{Kind: ledger.External, Token: token})
	report, err4 := journal.Audit(t.Context())
	claims, err5 := book.Claims(t.Context(), lottery.Method, pay.Hash{}, 10)
	if err := errors.Join(err1, err2, err3, err4, err5); err != nil || len(report.Faults) > 0 || len(claims) > 0 {
		t.Fatalf("%v, %v, %d claims", err, report.Faults, len(claims))
	}
	drawn := w.Server.Got()
	want := ledger.Plus(drawn.Minus(unit.NewAmount(promised)))
	if drawn.Cmp(unit.NewAmount(promised)) < 0 {
		want = ledger.Minus(unit.NewAmount(promised).Minus(drawn))
	}
	if client.Total != ledger.Plus(unit.NewAmount(promised)) || luck.Total != want || outside.Total != ledger.Minus(drawn) {
		t.Errorf("%d were promised and %s drawn: the client has %s, luck %s, and %s came from outside", promised, drawn, client.Total, luck.Total, outside.Total)
	}
	t.Logf("%d were promised, %s drawn, luck %s", promised, drawn, luck.Total)
}
