package node

import (
	"testing"

	"github.com/ethereum/go-ethereum/common"

	"github.com/candela-les/candela/node/usage"
)

func TestDemandOfFlags(t *testing.T) {
	for _, tt := range []struct {
		cfg  LightConfig
		want string
		ok   bool
	}{
		{LightConfig{}, "", true},
		{LightConfig{Free: true}, "free", true},
		{LightConfig{Demand: "wallet price=5 budget=100"}, "wallet price=5 budget=100", true},
		{LightConfig{Demand: "wallet price=5", Budget: "100"}, "wallet price=5 budget=100", true},
		{LightConfig{Demand: "wallet budget=5", Budget: "100"}, "wallet budget=5 budget=100", true},
		{LightConfig{Free: true, Demand: "wallet budget=100"}, "", false},
		{LightConfig{Free: true, Budget: "100"}, "", false},
		{LightConfig{Budget: "100"}, "", false},
		{LightConfig{Demand: "wallet"}, "", false},
		{LightConfig{Demand: "wallet budget=much"}, "", false},
	} {
		got, err := tt.cfg.demand()
		if got != tt.want || (err == nil) != tt.ok || err != nil && !usage.Is(err) {
			t.Errorf("%+v: %q, %v", tt.cfg, got, err)
		}
	}
}

func TestToken(t *testing.T) {
	const usdc = "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48"
	for text, want := range map[string]common.Address{"8453": {}, "8453:" + usdc: common.HexToAddress(usdc)} {
		if got, err := parseToken(text); err != nil || got.ChainID != 8453 || got.Token != want {
			t.Errorf("%s: %+v, %v", text, got, err)
		}
	}
	if got, err := parseToken(""); got != nil || err != nil {
		t.Errorf("nothing: %+v, %v", got, err)
	}
	for _, bad := range []string{"USDC", "1:", "1:0x12", ":" + usdc, "-1"} {
		if _, err := parseToken(bad); !usage.Is(err) {
			t.Errorf("%s: %v", bad, err)
		}
	}
}
