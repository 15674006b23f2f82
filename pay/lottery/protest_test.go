package lottery_test

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/candela-les/candela/contracts/bind"
	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/eip712"
	"github.com/candela-les/candela/pay/lottery"
	"github.com/candela-les/candela/pay/paytest"
	"github.com/candela-les/candela/pay/watch/watchtest"
	"github.com/candela-les/candela/unit"
)

// burned is where burned escrow goes.
var burned = common.HexToAddress("0x000000000000000000000000000000000000dEaD")

// deposits puts something in the payer's open pot.
func (p *payer) deposits(amount, escrow int64) {
	p.T.Helper()
	p.funds(bind.NewLottery().PackDeposit(p.Token, p.Chain.Address, p.key.Address(), big.NewInt(amount), big.NewInt(escrow)))
}

// pot is the open pot.
func (p *payer) pot() bind.LotteryPot {
	p.T.Helper()
	l := bind.NewLottery()
	pot, err := l.UnpackPotOf(p.Read(common.Address(contractAt), l.PackPotOf(p.Token, p.Chain.Address, p.key.Address(), common.Address{})))
	if err != nil {
		p.T.Fatal(err)
	}
	return bind.LotteryPot(pot)
}

// paysItself empties the open pot through a payee of the payer's own, by so much.
func (p *payer) paysItself(n uint64) {
	p.T.Helper()
	p.seeds++
	own := lottery.Ticket{
		Funder: p.opening.Funder, Payer: p.opening.Payer, Payee: pay.Address{0xee}, Token: p.opening.Token, Series: p.seeds, Number: 1,
		Face: unit.NewAmount(n), Ratio: 1<<64 - 1, Commitment: lottery.CommitmentTo(pay.Hash{1}), ExpiryS: uint64(p.Now().Add(time.Hour).Unix()),
	}
	signature, err := eip712.Sign(p.key, lottery.NewTypes(watchtest.ChainID, contractAt).Digest(&own))
	if err != nil {
		p.T.Fatal(err)
	}
	p.funds(bind.NewLottery().PackRedeem(bound(&own), pay.Hash{1}, signature[:]))
}

// overspends has the server accept a winner from the open pot, which the payer empties then by a payee of its own.
func overspends(t *testing.T) *payer {
	t.Helper()
	p := newPayer(t, 1)
	p.deposits(face, 2*face)
	p.establish()
	p.accepted(p.tickets(true), credit)
	p.paysItself(face)
	return p
}

// uncovered has the server collect, which has to find that a winner is not covered; and returns how that stands.
func (p *payer) uncovered() *lottery.UncoveredError {
	p.T.Helper()
	_, err := p.Server.Collect(false)
	var u *lottery.UncoveredError
	if !errors.As(err, &u) {
		p.T.Fatalf("collecting from who has overspent: %v", err)
	}
	x, err := p.Server.Collector.Exposure(p.T.Context(), lottery.Method)
	if err != nil || x.Doubtful != 1 || x.Doubted != unit.NewAmount(face) {
		p.T.Errorf("at stake are %+v, %v", x, err)
	}
	return u
}

// settled has the server collect, after which nothing is open, and checks what it has got and what was burned.
func (p *payer) settled(got, lost uint64) {
	p.T.Helper()
	if _, err := p.Server.Collect(false); err != nil {
		p.T.Fatalf("collecting in the end: %v", err)
	}
	x, err := p.Server.Collector.Exposure(p.T.Context(), lottery.Method)
	if err != nil || x.Doubtful != 0 || p.open() != 0 {
		p.T.Errorf("in the end %d claims are open, and at stake are %+v, %v", p.open(), x, err)
	}
	if p.Server.Got() != unit.NewAmount(got) || p.Has(burned) != unit.NewAmount(lost) {
		p.T.Errorf("the server has got %s, and %s were burned; and it should be %d and %d", p.Server.Got(), p.Has(burned), got, lost)
	}
}

// later lets time go by, which the server sees.
func (p *payer) later(d time.Duration) {
	p.T.Helper()
	p.Later(d)
	p.Server.Look()
}

// Who overspends an open pot by a payee of its own, and does not make good, loses its escrow; nothing but time and restarts are between.
func TestOverspendingBurns(t *testing.T) {
	p := overspends(t)
	if u := p.uncovered(); u.Protested == 0 || u.Burned {
		t.Fatalf("having collected, the trouble is %v", u)
	}
	for range 2 { // it is protested once, and not enforced before its time
		p.Server.Start()
		p.later(lottery.Grace / 3)
		sent := p.nonce()
		p.uncovered()
		if p.nonce() != sent {
			t.Error("something is sent during the grace")
		}
	}
	if p.pot().Escrow.Int64() != 2*face {
		t.Fatalf("during the grace the pot is %+v", p.pot())
	}
	p.Server.Start()
	p.later(lottery.Grace / 3)
	if _, err := p.Server.Collect(false); err != nil { // the ticket has expired meanwhile
		t.Fatal(err)
	}
	p.settled(0, 2*face)
}

// nonce is how many transactions the server has sent.
func (p *payer) nonce() uint64 {
	p.T.Helper()
	n, err := p.Chain.Client().PendingNonceAt(p.T.Context(), p.Server.Sender.Address())
	if err != nil {
		p.T.Fatal(err)
	}
	return n
}

// A payer that makes good during its grace does not lose its escrow, also if the ticket has expired by then; nor if it does in front of the enforcement.
func TestMakesGood(t *testing.T) {
	for _, after := range []time.Duration{time.Minute, lottery.Grace - time.Minute, lottery.Grace + time.Minute} {
		t.Run(after.String(), func(t *testing.T) {
			p := overspends(t)
			p.uncovered()
			p.Later(after) // the server sees nothing before the deposit
			p.deposits(face, 0)
			p.settled(face, 0)
			p.later(lottery.Grace + lottery.Window)
			p.settled(face, 0)
			if p.pot().Escrow.Int64() != 2*face {
				t.Errorf("in the end the pot is %+v", p.pot())
			}
		})
	}
}

// A protest that has left the chain again, or was sent by a process that died, is made once in the end; and so is its enforcement.
func TestProtestReorganized(t *testing.T) {
	for _, deep := range []uint64{1, paytest.Confirmations + 3} {
		t.Run(fmt.Sprint(deep), func(t *testing.T) {
			p := overspends(t)
			p.interrupted(func() bool { return p.pot().HeldUntil != 0 })
			p.Mine(int(deep) - 1) //nolint:gosec // a few
			p.Back(deep)          // unless the sender of the process that still runs was faster, it is gone
			p.Server.Start()
			if u := p.uncovered(); u.Protested == 0 {
				t.Fatalf("after a reorganization: %v", u)
			}
			p.later(lottery.Grace)
			p.interrupted(func() bool { return p.pot().Escrow.Sign() == 0 })
			p.Mine(int(deep) - 1) //nolint:gosec // a few
			p.Back(deep)
			p.Server.Start()
			for range 3 {
				if _, err := p.Server.Collect(false); err != nil {
					t.Log(err)
				}
			}
			p.settled(0, 2*face)
		})
	}
}

// interrupted has the server collect until something is so, and stop then.
func (p *payer) interrupted(is func() bool) {
	p.T.Helper()
	ctx, cancel := context.WithCancel(p.T.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		_, _ = p.Server.Collector.Pass(ctx, lottery.Method, false)
	}()
	for i := 0; !is(); i++ {
		if i > 1000 {
			p.T.Error("it never comes to that")
			break
		}
		time.Sleep(3 * time.Millisecond)
		p.Mine(1)
	}
	cancel()
	<-done
}

// A payer that warns of its escrow does not get it out in front of a protest, and a protest holds it.
func TestProtestHoldsEscrow(t *testing.T) {
	p := overspends(t)
	l := bind.NewLottery()
	p.funds(l.PackWarn(p.Token, p.key.Address(), common.Address{}, new(big.Int), big.NewInt(2*face)))
	p.later(lottery.Delay / 2)
	if u := p.uncovered(); u.Protested == 0 {
		t.Fatalf("having warned: %v", u)
	}
	p.later(lottery.Delay / 2)
	p.uncovered()
	p.later(lottery.Delay / 2)
	p.settled(0, 2*face)
}

// While a protest goes on nothing is taken on credit, though the pot has enough again; and what is there pays the winner before.
func TestNoCreditUnderProtest(t *testing.T) {
	p := overspends(t)
	p.uncovered()
	p.deposits(3*face, 2*face)
	p.establish()
	p.refused(p.tickets(false), pay.Uncovered)
	p.settled(face, 0)
	p.establish()
	p.refused(p.tickets(false), pay.Uncovered)
	p.later(lottery.Grace + lottery.Window + time.Minute)
	p.establish()
	p.accepted(p.tickets(true), credit)
	p.settled(2*face, 0)
}

// A protest that costs more gas than its winner is worth is not made, and that is said.
func TestProtestTooDear(t *testing.T) {
	p := newPayer(t, 1)
	price := uint64(1)
	p.Method.Provider = func(s *paytest.Server) (paytest.Provider, error) {
		return lottery.NewProvider(lottery.ProviderConfig{
			Asset: s.Asset(), Contract: contractAt, Payee: s.Receiver, Secret: secret, Odds: func() lottery.Odds { return odds },
			React: 2 * paytest.Stale, Credit: 1, Watcher: s.Watcher, Reader: s.Node, Sender: s.Sender, Now: s.Now,
			GasCost: func(_ context.Context, gas uint64) (unit.Amount, error) {
				return unit.NewAmount(gas * price / 200), nil
			},
		})
	}
	p.Server.Start()
	p.deposits(face, 2*face)
	p.establish()
	p.accepted(p.tickets(true), credit)
	p.paysItself(face)
	price = 2
	if u := p.uncovered(); u.Protested != 0 || u.Why == "" {
		t.Fatalf("with gas that dear: %v", u)
	}
	price = 1
	if u := p.uncovered(); u.Protested == 0 {
		t.Fatalf("with gas that is just worth it: %v", u)
	}
}

// Without an escrow that is worth more than what can be lost nothing is taken on credit.
func TestSmallEscrow(t *testing.T) {
	p := newPayer(t, 2)
	p.deposits(10*face, 3*face-1)
	p.establish()
	p.refused(p.tickets(false), pay.Uncovered)
	p.deposits(0, 1)
	p.establish()
	p.accepted(p.tickets(true), credit)
	p.establish()
	p.accepted(p.tickets(true), credit)
	p.establish()
	p.refused(p.tickets(false), pay.Uncovered) // two wait
	p.settled(2*face, 0)
}
