package node

import (
	"cmp"

	"github.com/candela-les/candela/node/usage"
)

// What candela serve says if nobody says anything, and so no sign that somebody wants to sell.
const (
	defaultMaxUnits = 16
	defaultDecimals = 18
	defaultCurrency = "ETH"
)

// given is a flag, and whether somebody has given it.
type given struct {
	flag string
	ok   bool
}

// checkMoney finds what cannot be meant by what is said of money, as far as no chain is needed for that.
func (c *ServerConfig) checkMoney() error {
	if err := cmp.Or(c.Sell.useless(), c.Take.useless()); err != nil || c.Sell.Price == "" {
		return err
	}
	_, err := c.Sell.sale(c.Sell.ChainID)
	return err
}

// useless finds flags that mean nothing without a price: who gives them expects something of them.
func (c *SellConfig) useless() error {
	if c.Price != "" {
		return nil
	}
	for _, one := range []given{
		{"--sell.units", c.Units != 0},
		{"--sell.max-bid", c.MaxUnits != 0 && c.MaxUnits != defaultMaxUnits},
		{"--sell.fee", c.Fee != ""},
		{"--sell.least", c.Least != ""},
		{"--sell.token", c.Token != ""},
		{"--sell.chain-id", c.ChainID != 0},
		{"--sell.decimals", c.Decimals != 0 && c.Decimals != defaultDecimals},
		{"--sell.currency", c.Currency != "" && c.Currency != defaultCurrency},
		{"--sell.name", c.Name != ""},
		{"--sell.anew", c.Anew},
		{"--ledger", c.Ledger != ""},
	} {
		if one.ok {
			return usage.Errorf("%s is of no use without --sell.price, which says what is sold", one.flag)
		}
	}
	return nil
}

// useless finds flags that mean nothing without a method.
func (c *TakeConfig) useless() error {
	if len(c.Methods) > 0 {
		return nil
	}
	for _, one := range []given{
		{"--pay.rpc", c.RPC != ""},
		{"--pay.receiver", c.Receiver != ""},
		{"--pay.keystore", c.Keystore != ""},
		{"--pay.password", c.Password != ""},
		{"--pay.coin-price", c.CoinPrice != ""},
		{"--pay.at-stake", c.AtStake != ""},
		{"--pay.factory", c.Factory != ""},
		{"--pay.credit", c.Credit != ""},
		{"--pay.lottery", c.Lottery.Contract != ""},
		{"--pay.revenue", c.Lottery.Revenue != ""},
		{"--pay.ticket", c.Lottery.Ticket != ""},
		{"--pay.prize", c.Lottery.Prize != ""},
		{"--pay.open", c.Lottery.Open != ""},
		{"--pay.open-all", c.Lottery.OpenAll != ""},
		{"--pay.own-client", c.Offset.Own != ""},
		{"--pay.partner", len(c.Offset.Partners) > 0},
		{"--pay.threshold", c.Offset.Threshold != ""},
	} {
		if one.ok {
			return usage.Errorf("%s is of no use without --pay.methods, which says how clients pay", one.flag)
		}
	}
	return nil
}
