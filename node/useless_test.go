package node

import (
	"strings"
	"testing"

	"github.com/candela-les/candela/node/usage"
)

// Flags that mean nothing without another one are refused in a sentence that names both.
func TestUseless(t *testing.T) {
	for flag, change := range map[string]func(c *ServerConfig){
		"--sell.units":     func(c *ServerConfig) { c.Sell.Units = 3 },
		"--sell.max-bid":   func(c *ServerConfig) { c.Sell.MaxUnits = 3 },
		"--sell.fee":       func(c *ServerConfig) { c.Sell.Fee = "1" },
		"--sell.least":     func(c *ServerConfig) { c.Sell.Least = "1" },
		"--sell.token":     func(c *ServerConfig) { c.Sell.Token = receiver },
		"--sell.chain-id":  func(c *ServerConfig) { c.Sell.ChainID = 8453 },
		"--sell.decimals":  func(c *ServerConfig) { c.Sell.Decimals = 6 },
		"--sell.currency":  func(c *ServerConfig) { c.Sell.Currency = "USDC" },
		"--sell.name":      func(c *ServerConfig) { c.Sell.Name = "north" },
		"--sell.anew":      func(c *ServerConfig) { c.Sell.Anew = true },
		"--ledger":         func(c *ServerConfig) { c.Sell.Ledger = "postgres://" },
		"--pay.rpc":        func(c *ServerConfig) { c.Take.RPC = "http://127.0.0.1:1" },
		"--pay.receiver":   func(c *ServerConfig) { c.Take.Receiver = receiver },
		"--pay.keystore":   func(c *ServerConfig) { c.Take.Keystore = "hot.json" },
		"--pay.password":   func(c *ServerConfig) { c.Take.Password = "hot.txt" },
		"--pay.coin-price": func(c *ServerConfig) { c.Take.CoinPrice = "3000" },
		"--pay.open":       func(c *ServerConfig) { c.Take.Lottery.Open = "1" },
		"--pay.at-stake":   func(c *ServerConfig) { c.Take.AtStake = "1" },
		"--pay.factory":    func(c *ServerConfig) { c.Take.Factory = receiver },
		"--pay.credit":     func(c *ServerConfig) { c.Take.Credit = "1" },
		"--pay.revenue":    func(c *ServerConfig) { c.Take.Lottery.Revenue = "1" },
		"--pay.own-client": func(c *ServerConfig) { c.Take.Offset.Own = receiver },
		"--pay.partner":    func(c *ServerConfig) { c.Take.Offset.Partners = []string{receiver} },
		"--pay.threshold":  func(c *ServerConfig) { c.Take.Offset.Threshold = "1" },
	} {
		// As candela serve has them if they are not given.
		cfg := ServerConfig{Sell: SellConfig{MaxUnits: 16, Decimals: 18, Currency: "ETH"}}
		if err := cfg.checkMoney(); err != nil {
			t.Fatalf("nothing is given: %v", err)
		}
		change(&cfg)
		missing := "--sell.price"
		if strings.HasPrefix(flag, "--pay.") {
			missing = "--pay.methods"
		}
		if err := cfg.checkMoney(); err == nil || !usage.Is(err) || !strings.Contains(err.Error(), flag) || !strings.Contains(err.Error(), missing) {
			t.Errorf("%s: %v", flag, err)
		}
		cfg.Sell.Price, cfg.Sell.Decimals, cfg.Take.Methods = "1", 6, []string{"channel"}
		if err := cfg.checkMoney(); err != nil {
			t.Errorf("%s, and %s: %v", flag, missing, err)
		}
	}
}

// Nothing is no price, however it is written.
func TestSellsForNothing(t *testing.T) {
	for _, price := range []string{"0", "0.0", "0.000000000000"} {
		c := SellConfig{Price: price, Decimals: 6, Currency: "USDC"}
		if _, err := c.sale(1); err == nil || !usage.Is(err) || !strings.Contains(err.Error(), "--sell.price "+price) {
			t.Errorf("%s: %v", price, err)
		}
	}
	c := SellConfig{Price: "0.000000000001", Decimals: 6, Currency: "USDC"}
	if _, err := c.sale(1); err != nil {
		t.Error(err)
	}
}
