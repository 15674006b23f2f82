package bidder

import (
	"context"
	"errors"

	"github.com/candela-les/candela/market/buyer"
	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire/marketwire"
)

// Fund moves money into this client's account at a server. It returns when the server has it, or will have
// without anything else being done; until then the context lasts for fundSpan, for a deposit may have to be confirmed on a
// chain. It is called for one server at a time and for several servers at once.
type Fund func(ctx context.Context, at Counter, amount unit.Amount) error

// Counter is where money is paid in at a server.
type Counter struct {
	Server buyer.ID
	Market marketwire.Market
	// Methods are how it takes money, and Least the least first deposit, by the terms that it has signed last.
	Methods []marketwire.Method
	Least   unit.Amount
	// Spent is what it has charged this client until now, for units and bids, and no more than the bids can have cost at their own
	// prices in the time that is charged for. What is more than they did cost is found out later, by the server's curves; what is
	// beyond Spent was not served for, whoever says so.
	Spent unit.Amount
	// Credited is all that was ever credited there, as the server says: what was paid, and what its operator has credited by hand.
	Credited unit.Amount
	Line     *Line
}

// Payee says whom a method pays here; ok is false if the server does not take it.
func (c *Counter) Payee(method string) (to pay.Payee, ok bool) {
	for i := range c.Methods {
		if c.Methods[i].Name == method {
			return pay.Payee{
				Seller: pay.Address(c.Market.Seller), Asset: pay.Asset{ChainID: c.Market.ChainID, Token: pay.Address(c.Market.Token)},
				Info: c.Methods[i].Info,
			}, true
		}
	}
	return to, false
}

// Errors of Counter.
var (
	// ErrNoSeller: no such server was met since the start.
	ErrNoSeller = errors.New("that server was not met")
	// ErrNoTerms: it has not said by what terms it sells.
	ErrNoTerms = errors.New("that server has not said its terms yet")
)

// Counter returns where money is paid in at a server. Errors: ErrNoSeller, ErrNoTerms, ErrClosed.
func (b *Bidder) Counter(server buyer.ID) (at Counter, err error) {
	closed := b.do(func(unit.Instant) {
		switch v := b.find(server); {
		case v == nil:
			err = ErrNoSeller
		case v.terms == nil:
			err = ErrNoTerms
		default:
			at = b.counter(v)
		}
	})
	return at, first(closed, err)
}

// counter is that of a seller whose terms are known.
func (b *Bidder) counter(v *seller) Counter {
	t := &v.terms.Body
	return Counter{
		Server: v.id, Market: v.market, Methods: t.Methods, Least: t.LeastAccount, Line: b.line(v),
		Spent: served(v.paid, v.paidFees, v.undue), Credited: v.credited,
	}
}

// line is that of a seller's market.
func (b *Bidder) line(v *seller) *Line {
	if v.line == nil || v.line.market != v.hash {
		v.line = newLine(b, v)
	}
	return v.line
}
