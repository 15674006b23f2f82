package lottery_test

import (
	"errors"
	"testing"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/lottery"
	"github.com/candela-les/candela/pay/paytest"
)

// A server is told when the chain has not what it was configured for: another contract, or none; a token that is none.
func TestCheck(t *testing.T) {
	p := newPayer(t, 0)
	for name, c := range map[string]struct {
		contract, token pay.Address
		want            error
	}{
		"as it should be":          {contractAt, pay.Address(p.Token), nil},
		"no contract":              {pay.Address{0x99}, pay.Address(p.Token), lottery.ErrNoContract},
		"another contract":         {pay.Address(p.Token), pay.Address(p.Token), lottery.ErrNoContract},
		"no token":                 {contractAt, pay.Address{0x99}, lottery.ErrNoToken},
		"a contract, but no token": {contractAt, contractAt, lottery.ErrNoToken},
	} {
		s := p.Server
		asset := s.Asset()
		asset.Token = c.token
		provider, err := lottery.NewProvider(lottery.ProviderConfig{
			Asset: asset, Contract: c.contract, Payee: s.Receiver, Secret: secret, Odds: func() lottery.Odds { return odds },
			React: 2 * paytest.Stale, Watcher: s.Watcher, Reader: s.Node, Now: s.Now,
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := provider.Check(t.Context()); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
