package node

import (
	"context"
	"encoding/hex"
	"strings"

	"github.com/candela-les/candela/chain"
	"github.com/candela-les/candela/ledger"
	"github.com/candela-les/candela/market/auction"
	"github.com/candela-les/candela/node/usage"
	"github.com/candela-les/candela/server"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire"
	"github.com/candela-les/candela/wire/marketwire"
)

// SellConfig is what a server sells for money. Amounts and prices are in whole tokens.
type SellConfig struct {
	Price    string // the least for a unit for an hour; empty sells nothing
	Units    uint64 // most that are for sale; 0: all that are not granted or kept
	MaxUnits int    // most in one bid; 0: the server's default
	Fee      string // for a bid that is new or changed; empty: nothing
	Least    string // least first deposit; empty: nothing

	ChainID  uint64 // of the token; 0: the chain that is served
	Token    string // address of its contract; empty: the chain's own coin
	Decimals uint64
	Currency string // its name for people

	// Ledger is where accounts are kept: a file of SQLite's, or a postgres:// URL; empty: ledger.db in
	// the data directory.
	Ledger string
	// Anew begins a ledger, or a file of transactions, though this server has sold before and it is not there.
	Anew bool
	// Name tells servers on one ledger apart; empty: the server's own id.
	Name string
}

// openSelling opens the ledger and says what is sold; nil if nothing is.
func (s *Server) openSelling(ctx context.Context, env Env, cfg *ServerConfig, source chain.Source, id wire.Hash) (*server.Sale, error) {
	c := &cfg.Sell
	switch {
	case c.Price == "" && len(cfg.Take.Methods) > 0:
		return nil, usage.Errorf("--pay.methods %s: for what? --sell.price says what is sold", strings.Join(cfg.Take.Methods, ","))
	case c.Price == "":
		return nil, cfg.warnUnsold(ctx, env)
	}
	sale, err := c.sale(source.Info().ChainID.Uint64())
	if err != nil {
		return nil, err
	}
	store, err := c.openLedger(ctx, env, cfg, sale)
	if err != nil {
		return nil, err
	}
	s.close.add(store.Close)
	if err := cfg.warnUnwatched(ctx, env, store); err != nil {
		return nil, err
	}
	name := c.Name
	if name == "" {
		name = hex.EncodeToString(id[:])
	}
	sale.Ledger, sale.Owner = store, ledger.Owner(name)
	if f, ok := cfg.boundFile(); ok {
		sale.Bound = f
	}
	return sale, s.openTakings(ctx, env, cfg, source, sale)
}

// sale reads what is sold.
func (c *SellConfig) sale(chainID uint64) (*server.Sale, error) {
	sale := &server.Sale{
		ChainID: c.ChainID, Decimals: c.Decimals, Currency: c.Currency, MaxUnits: c.MaxUnits, Units: c.Units,
		Methods: []marketwire.Method{{Name: "grant"}},
	}
	if sale.ChainID == 0 {
		sale.ChainID = chainID
	}
	switch {
	case c.Decimals > marketwire.MaxDecimals:
		return nil, usage.Errorf("--sell.decimals %d: a token has at most %d", c.Decimals, marketwire.MaxDecimals)
	case c.MaxUnits < 0 || c.MaxUnits > auction.MaxPrices:
		return nil, usage.Errorf("--sell.max-bid %d: a bid is for 1 to %d units", c.MaxUnits, auction.MaxPrices)
	case !named(c.Currency):
		return nil, usage.Errorf("--sell.currency %q: 1 to %d characters without spaces", c.Currency, marketwire.MaxCurrency)
	}
	if c.Token != "" {
		raw, err := hex.DecodeString(strings.TrimPrefix(c.Token, "0x"))
		if err != nil || len(raw) != len(sale.Token) {
			return nil, usage.Errorf("--sell.token %q is no address of 40 hex digits", c.Token)
		}
		if mistyped(c.Token) {
			return nil, usage.Errorf("--sell.token %q %s", c.Token, notAddress(c.Token))
		}
		copy(sale.Token[:], raw)
	}
	price, err := unit.ParsePriceTokens(c.Price, c.Decimals)
	if err != nil || price.Cmp(auction.MaxPrice()) > 0 {
		return nil, usage.Errorf("--sell.price %q is no price in whole tokens with at most %d decimals", c.Price, c.Decimals+6)
	}
	if price.IsZero() {
		return nil, usage.Errorf("--sell.price %s sells for nothing: spare capacity is free anyway, and candela admin grant gives units for nothing", c.Price)
	}
	sale.Reserve = price
	for _, one := range []struct {
		flag, text string
		to         *unit.Amount
	}{{"--sell.fee", c.Fee, &sale.BidFee}, {"--sell.least", c.Least, &sale.LeastAccount}} {
		if one.text == "" {
			continue
		}
		if *one.to, err = unit.ParseTokens(one.text, c.Decimals); err != nil {
			return nil, usage.Errorf("%s: %w", one.flag, err)
		}
	}
	return sale, nil
}

// named reports whether a currency's name can be told to clients.
func named(name string) bool {
	return name != "" && len(name) <= marketwire.MaxCurrency &&
		strings.IndexFunc(name, func(r rune) bool { return r <= ' ' || r > '~' }) < 0
}
