package lottery_test

import (
	"context"
	"errors"
	"math/big"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/candela-les/candela/contracts/bind"
	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/lottery"
	"github.com/candela-les/candela/pay/paytest"
	"github.com/candela-les/candela/unit"
)

// All payers together have no more on credit than the operator allows, also after a restart: who comes when there is no room is refused, until somebody is
// paid, or idle. Who has a lock needs no room.
func TestCreditInAll(t *testing.T) {
	p := newPayer(t, 1)
	p.Method.Provider = func(s *paytest.Server) (paytest.Provider, error) {
		return lottery.NewProvider(lottery.ProviderConfig{
			Asset: s.Asset(), Contract: contractAt, Payee: s.Receiver, Secret: secret, Odds: func() lottery.Odds { return odds },
			React: 2 * paytest.Stale, Credit: 1, CreditAll: unit.NewAmount(face), Watcher: s.Watcher, Reader: s.Node, Sender: s.Sender, Now: s.Now,
		})
	}
	p.Server.Start()
	other := *p
	other.key, other.first = p.Key("another payer"), 0
	other.opening.Payer = pay.Address(other.key.Address())
	p.deposits(2*face, 2*face)
	other.deposits(2*face, 2*face)
	p.establish()
	p.accepted(p.tickets(true), credit)
	refused := func() {
		t.Helper()
		other.establish()
		other.refused(other.tickets(false), pay.Uncovered)
	}
	refused()
	p.Server.Start()
	p.Server.Node.Set(func(_ context.Context, method string) error { // it sees which winners wait, and cannot redeem them
		if method == "NonceAtHash" { // which is asked for before anything is sent
			return errors.New("not now")
		}
		return nil
	})
	if _, err := p.Server.Collect(false); err == nil {
		t.Error("a winner was redeemed")
	}
	refused()
	p.Server.Node.Set(nil)
	p.settled(face, 0)
	other.establish()
	other.accepted(other.tickets(true), credit)
	p.establish()
	p.refused(p.tickets(false), pay.Uncovered)
	other.settled(2*face, 0)
	p.establish()
	p.refused(p.tickets(false), pay.Uncovered) // the other may go on
	p.later(11 * time.Minute)
	p.establish()
	p.accepted(p.tickets(false), credit)
	other.funds(bind.NewLottery().PackLockFor(p.Token, p.Chain.Address, other.key.Address(), common.Address(p.opening.Payee), big.NewInt(face)))
	other.establish()
	other.accepted(other.tickets(false), credit)
}
