package lottery_test

import (
	"context"
	"testing"
	"time"

	"github.com/candela-les/candela/pay/lottery"
	"github.com/candela-les/candela/pay/paytest"
	"github.com/candela-les/candela/unit"
)

// A winner that is worth no more than its gas waits until gas is cheaper, and is over when it has expired.
func TestDearGas(t *testing.T) {
	p := newPayer(t, 0)
	gas := unit.NewAmount(face)
	p.Method.Provider = func(s *paytest.Server) (paytest.Provider, error) {
		return lottery.NewProvider(lottery.ProviderConfig{
			Asset: s.Asset(), Contract: contractAt, Payee: s.Receiver, Secret: secret, Odds: func() lottery.Odds { return odds },
			React: 2 * paytest.Stale, Watcher: s.Watcher, Reader: s.Node, Sender: s.Sender, Now: s.Now,
			GasCost: func(context.Context, uint64) (unit.Amount, error) { return gas, nil },
		})
	}
	p.Server.Start()
	p.lock(3 * face)
	p.establish()
	p.accepted(p.tickets(true), credit)
	p.collect(0)
	if n := p.open(); n != 1 {
		t.Errorf("%d claims, of one winner that waits", n)
	}
	gas = unit.NewAmount(face - 1)
	p.collect(face)
	gas = unit.NewAmount(face)
	p.establish()
	p.accepted(p.tickets(true), credit)
	p.collect(face)
	p.Later(lottery.Delay + time.Hour)
	p.Server.Look()
	p.collect(face)
	if n := p.open(); n != 0 {
		t.Errorf("%d claims stay open for ever", n)
	}
}
