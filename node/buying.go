package node

import (
	"crypto/ecdsa"
	"strconv"
	"strings"

	"github.com/ethereum/go-ethereum/common"

	"github.com/candela-les/candela/client"
	"github.com/candela-les/candela/client/bidder"
	"github.com/candela-les/candela/market/buyer"
	"github.com/candela-les/candela/node/usage"
)

// buying says what a light client buys, and how it pays. url is its own endpoint.
func (c *LightConfig) buying(env Env, key *ecdsa.PrivateKey, url string) (*client.BuyConfig, error) {
	words, err := c.demand()
	if err != nil {
		return nil, err
	}
	currency, err := parseToken(c.Token)
	if err != nil {
		return nil, err
	}
	open, err := c.payer(env, key, currency, url)
	if err != nil {
		return nil, err
	}
	return &client.BuyConfig{Key: key, Demand: words, Idle: c.idle, Currency: currency, Fund: c.Fund, OpenPayer: open, Folder: c.DataDir}, nil
}

// demand is what is wanted in words; empty if nothing is said.
func (c *LightConfig) demand() (string, error) {
	words := strings.TrimSpace(c.Demand)
	switch {
	case c.Free && (words != "" || c.Budget != ""):
		return "", usage.Errorf("--free buys nothing: leave --demand and --budget out")
	case c.Free:
		return "free", nil
	case words == "" && c.Budget != "":
		return "", usage.Errorf("--budget %s: for what? --demand says it", c.Budget)
	case words == "":
		return "", nil
	}
	if c.Budget != "" {
		words += " budget=" + c.Budget
	}
	if _, err := buyer.ParseDemand(words); err != nil {
		return "", usage.Errorf("--demand %q: %w", words, err)
	}
	return words, nil
}

// parseToken reads --token; nil if it is empty.
func parseToken(text string) (*bidder.Currency, error) {
	if text == "" {
		return nil, nil
	}
	chain, address, contract := strings.Cut(text, ":")
	id, err := strconv.ParseUint(chain, 10, 64)
	if err != nil || contract && !common.IsHexAddress(address) {
		return nil, usage.Errorf("--token %q is neither CHAINID nor CHAINID:ADDRESS", text)
	}
	if mistyped(address) {
		return nil, usage.Errorf("--token %q %s", text, notAddress(address))
	}
	return &bidder.Currency{ChainID: id, Token: common.HexToAddress(address)}, nil
}
