package lottery_test

import (
	"context"
	"fmt"
	mathrand "math/rand/v2"
	"testing"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/lottery"
	"github.com/candela-les/candela/pay/lottery/lotterytest"
	"github.com/candela-les/candela/pay/paytest/fake"
	"github.com/candela-les/candela/unit"
)

// A wallet that pays now one and now the other of two servers on one ledger is credited what it pays. One that does not know yet what the other has taken
// refuses tickets; then the two agree anew, and the channel is not closed for that.
func TestTwoServersOneLedger(t *testing.T) {
	for seed := range uint64(3) {
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) {
			r := mathrand.New(mathrand.NewPCG(seed, 5))
			p := newWalleted(t, pay.Limits{
				Prepaid: unit.NewAmount(700), Daily: unit.NewAmount(9000), Locked: unit.NewAmount(2000), Deposit: unit.NewAmount(600),
			})
			second, err := lotterytest.ProvidingBy(lotterytest.Odds, 0)(p.w.Server)
			if err != nil {
				t.Fatal(err)
			}
			p.w.Server.Look()
			lines := []pay.Line{p.Line, &fake.Line{
				Cashier: pay.NewCashier(pay.CashierConfig{Book: p.w.Server.Book, Providers: []pay.Provider{second}}), Client: p.Address(),
			}}
			funded := unit.Amount{}
			for turn := range 16 {
				n := unit.NewAmount(10 * (1 + r.Uint64N(20)))
				at := p.place()
				at.Line = lines[r.IntN(2)]
				p.w.Must("paying", func(ctx context.Context) error { return p.wallet.Fund(ctx, at, n) })
				funded = funded.Plus(n)
				p.spent = p.spent.Plus(p.w.Server.Book.Spend(p.Address(), unit.NewAmount(1<<40)))
				if tabs := p.wallet.Stake().Tabs; p.spent != funded || len(tabs) != 1 || tabs[0].Closing {
					t.Fatalf("turn %d: %s are credited of %s that were paid, over %d channels", turn, p.spent, funded, len(tabs))
				}
				if claims, err := p.w.Server.Book.Claims(t.Context(), lottery.Method, pay.Hash{}, 1000); err != nil || len(claims) > 10 {
					if _, err := p.w.Server.Collect(true); err != nil {
						t.Fatal(err)
					}
				}
			}
			p.leave()
			book, _ := p.w.Server.Book.(*fake.Book)
			drawn := book.Drawn()
			if p.w.Server.Got() != drawn || p.Has().Plus(drawn) != unit.NewAmount(10_000) || !p.holds().IsZero() {
				t.Errorf("%s were drawn; the server has %s, the client %s, and %s are locked", drawn, p.w.Server.Got(), p.Has(), p.holds())
			}
		})
	}
}

// A winner's reveal is shown, so its series is over at every server that is on the ledger: known losers of it are credited by none, also
// not by one that was not asked since.
func TestKnownLosersAtAnotherServer(t *testing.T) {
	p := newPayer(t, 0)
	second, err := providing(0)(p.Server)
	if err != nil {
		t.Fatal(err)
	}
	p.lock(3 * face)
	first, other := p.Server.Cashier, pay.NewCashier(pay.CashierConfig{Book: p.Server.Book, Providers: []pay.Provider{second}})
	at := func(k *pay.Cashier) { p.Server.Cashier = k }
	p.establish()
	p.accepted(p.tickets(false), credit)
	at(other)
	p.establish()
	p.accepted(p.tickets(false), credit)
	at(first)
	p.establish()
	old, next := p.series, p.next
	p.accepted(p.tickets(true), credit) // the other one does not hear of it
	at(other)
	p.series, p.next = old, next
	p.refused(p.tickets(false, false, false, false), pay.Expired)
	p.establish()
	p.accepted(p.tickets(false), credit)
	at(first) // which knows of that by now
	p.accepted(p.tickets(false, false), 2*credit)
	p.collect(face)
}
