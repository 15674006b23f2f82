package admin

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/candela-les/candela/ledger"
	"github.com/candela-les/candela/server"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire"
	"github.com/candela-les/candela/wire/marketwire"
)

// Seller is what an office asks of a server that sells: a *server.Server. All fail with
// server.ErrNothingSold where nothing is sold.
type Seller interface {
	Book() (server.Book, error)
	Accounts(ctx context.Context, after ledger.Account, limit int) ([]ledger.Balance, error)
	Statement(ctx context.Context, client wire.Address, first uint64, limit int) ([]marketwire.Entry, uint64, error)
	Credit(ctx context.Context, key string, client wire.Address, amount unit.Amount) (repeated bool, err error)
}

// Address names an account: 0x and 40 hex digits.
type Address wire.Address

// MarshalText implements encoding.TextMarshaler.
func (a Address) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

func (a Address) String() string { return "0x" + hex.EncodeToString(a[:]) }

// UnmarshalText implements encoding.TextUnmarshaler.
func (a *Address) UnmarshalText(text []byte) error {
	raw, err := hex.DecodeString(strings.TrimPrefix(string(text), "0x"))
	if err != nil || len(raw) != len(a) {
		return fmt.Errorf("%q is no address of 40 hex digits", text)
	}
	copy(a[:], raw)
	return nil
}

// Money says what prices and amounts are in.
type Money struct {
	ChainID  uint64  `json:"chainId"`
	Token    Address `json:"token"` // zero: the chain's own coin
	Decimals uint64  `json:"decimals"`
	Currency string  `json:"currency"`
}

// Book is what candela_book answers. Prices are in millionths of a base unit an hour, amounts in base units.
type Book struct {
	Money
	Epoch    uint64       `json:"epoch"` // when it was begun, ns since 1970
	Seq      uint64       `json:"seq"`   // of the curve
	Reserve  unit.Price   `json:"reserve"`
	ForSale  uint64       `json:"forSale"` // units
	Unsold   uint64       `json:"unsold"`
	Falls    []Fall       `json:"falls"`
	MaxUnits uint64       `json:"maxUnits"`
	BidFee   unit.Amount  `json:"bidFee"`
	Losing   []unit.Price `json:"losing"`  // best first
	Winning  []unit.Price `json:"winning"` // lowest first
	Bids     []Bid        `json:"bids"`    // highest first
}

// Fall is an announced change of the number of units for sale.
type Fall struct {
	At    time.Time `json:"at"`
	Units uint64    `json:"units"`
}

// Bid is a client's standing bid.
type Bid struct {
	Client    ID           `json:"client"`
	Account   Address      `json:"account"`
	Connected bool         `json:"connected"`
	Prices    []unit.Price `json:"prices"`
	Units     uint64       `json:"units"`
	Rate      unit.Price   `json:"rate"`
	Owed      unit.Amount  `json:"owed"` // not entered yet
	Limit     unit.Amount  `json:"limit"`
}

// Account is one of what candela_accounts answers.
type Account struct {
	Kind    string        `json:"kind"`              // client, external, revenue, fees or luck
	Account *Address      `json:"account,omitempty"` // of a client
	Total   ledger.Signed `json:"total"`
	Held    unit.Amount   `json:"held"` // of a client's, by servers
	Entries uint64        `json:"entries"`
}

// Accounts is what candela_accounts answers.
type Accounts struct {
	Money
	Accounts []Account `json:"accounts"`
	More     bool      `json:"more"` // behind the last one
}

// Statement is what candela_statement answers.
type Statement struct {
	Money
	Account Address `json:"account"`
	Newest  uint64  `json:"newest"`
	Entries []Entry `json:"entries"`
}

// Entry is a line of a statement.
type Entry struct {
	Number    uint64      `json:"number"`
	At        time.Time   `json:"at"`
	Since     *time.Time  `json:"since,omitempty"` // of a charge
	Kind      string      `json:"kind"`
	Debit     bool        `json:"debit"`
	Amount    unit.Amount `json:"amount"`
	Balance   unit.Amount `json:"balance"`
	Reference string      `json:"reference,omitempty"` // hex
}

// Credited is what candela_credit answers.
type Credited struct {
	Money
	Account  Address     `json:"account"`
	Amount   unit.Amount `json:"amount"`
	Key      string      `json:"key"`
	Repeated bool        `json:"repeated"` // it was entered before, under this key
}

// Bounds of what is listed at once.
const (
	accountsPage   = 100
	statementPage  = marketwire.MaxEntries
	creditPatience = 20 * time.Second
)

// Book is candela_book: what is for sale, and who bids for it.
func (a *api) Book() (Book, error) {
	b, err := a.book()
	if err != nil {
		return Book{}, err
	}
	out := Book{
		Money: moneyOf(b.Market), Epoch: b.Terms.Epoch, Seq: b.Curve.Seq, Reserve: b.Curve.Reserve,
		ForSale: b.Terms.Units, Unsold: b.Curve.Free, MaxUnits: b.Terms.MaxUnits, BidFee: b.Terms.BidFee,
		Losing: b.Curve.Losing, Winning: b.Curve.Winning, Falls: []Fall{}, Bids: []Bid{},
	}
	for _, f := range b.Terms.Falls {
		out.Falls = append(out.Falls, Fall{At: timeOf(f.AtNs), Units: f.Units})
	}
	for _, one := range b.Bids {
		out.Bids = append(out.Bids, Bid{
			Client: ID(one.ID), Account: Address(one.Address), Connected: one.Connected, Prices: one.Prices,
			Units: one.Units, Rate: one.Rate, Owed: one.Owed, Limit: one.Limit,
		})
	}
	return out, nil
}

func (a *api) book() (server.Book, error) {
	if a.seller == nil {
		return server.Book{}, notSold(server.ErrNothingSold)
	}
	b, err := a.seller.Book()
	return b, notSold(err)
}

func moneyOf(m marketwire.Market) Money {
	return Money{ChainID: m.ChainID, Token: Address(m.Token), Decimals: m.Decimals, Currency: m.Currency}
}

func timeOf(ns uint64) time.Time { return time.Unix(0, int64(ns)).UTC() } //nolint:gosec // until the year 2262

// Accounts is candela_accounts: the accounts behind the given one, which is none for the first page.
func (a *api) Accounts(ctx context.Context, after *Address) (Accounts, error) {
	b, err := a.book()
	if err != nil {
		return Accounts{}, err
	}
	var from ledger.Account
	if after != nil {
		from = ledger.ClientAccount(b.Market.Token, ledger.Address(*after))
	}
	list, err := a.seller.Accounts(ctx, from, accountsPage+1)
	if err != nil {
		return Accounts{}, notKept(err)
	}
	out := Accounts{Money: moneyOf(b.Market), Accounts: []Account{}, More: len(list) > accountsPage}
	for _, one := range list[:min(len(list), accountsPage)] {
		row := Account{Kind: one.Account.Kind.String(), Total: one.Total, Held: one.Held, Entries: one.Entries}
		if one.Account.Kind == ledger.Client {
			address := Address(one.Account.Client)
			row.Account = &address
		}
		out.Accounts = append(out.Accounts, row)
	}
	return out, nil
}

// Statement is candela_statement: entries of a client's account, from number first on, or the newest ones.
func (a *api) Statement(ctx context.Context, account Address, first *uint64) (Statement, error) {
	b, err := a.book()
	if err != nil {
		return Statement{}, err
	}
	from := uint64(1)
	if first != nil {
		from = max(*first, 1)
	}
	list, newest, err := a.seller.Statement(ctx, wire.Address(account), from, statementPage)
	if first == nil && err == nil && newest > statementPage {
		list, newest, err = a.seller.Statement(ctx, wire.Address(account), newest-statementPage+1, statementPage)
	}
	if err != nil {
		return Statement{}, notKept(err)
	}
	out := Statement{Money: moneyOf(b.Market), Account: account, Newest: newest, Entries: []Entry{}}
	for _, e := range list {
		line := Entry{
			Number: e.Number, At: timeOf(e.AtNs), Kind: e.Kind.String(), Debit: e.Debit, Amount: e.Amount, Balance: e.Balance,
			Reference: hex.EncodeToString(e.Reference),
		}
		if e.SinceNs != e.AtNs {
			since := timeOf(e.SinceNs)
			line.Since = &since
		}
		out.Entries = append(out.Entries, line)
	}
	return out, nil
}

// Credit is candela_credit: enters money that the operator was given for a client's account. A key makes it
// safe to repeat: it is entered once.
func (a *api) Credit(ctx context.Context, account Address, amount unit.Amount, key string) (Credited, error) {
	b, err := a.book()
	switch {
	case err != nil:
		return Credited{}, err
	case amount.IsZero():
		return Credited{}, invalid("nothing is to be credited")
	case key == "" || len(key) > ledger.MaxKey-len(creditKey):
		return Credited{}, invalid("a key has 1 to %d bytes", ledger.MaxKey-len(creditKey))
	}
	ctx, cancel := context.WithTimeout(ctx, creditPatience)
	defer cancel()
	repeated, err := a.seller.Credit(ctx, creditKey+key, wire.Address(account), amount)
	if err != nil {
		return Credited{}, notKept(err)
	}
	a.office.cfg.Logger.Info("account credited", "account", account, "amount", amount.Tokens(b.Market.Decimals),
		"currency", b.Market.Currency, "key", key, "repeated", repeated)
	return Credited{Money: moneyOf(b.Market), Account: account, Amount: amount, Key: key, Repeated: repeated}, nil
}

// creditKey tells postings by the operator's hand from others.
const creditKey = "operator:"

// notSold gives an error of a server that does not sell its code.
func notSold(err error) error {
	if errors.Is(err, server.ErrNothingSold) {
		return fail(CodeNothingSold, "nothingSold", "this server sells nothing for money: start it with --sell.price")
	}
	return err
}

// notKept gives the ledger's errors their codes.
func notKept(err error) error {
	switch {
	case errors.Is(err, ledger.ErrInvalid), errors.Is(err, ledger.ErrOverflow):
		return invalid("%v", err)
	case errors.Is(err, ledger.ErrConflict):
		return fail(CodeUsedKey, "usedKey", "the key was used before, for another amount or account")
	case errors.Is(err, ledger.ErrUnknown):
		return fail(CodeNotKnown, "notKnown", "it is not known whether that was entered: repeat it, with the same key")
	default:
		return fail(CodeNotSaved, "notSaved", "the ledger does not answer, nothing was entered: %v", err)
	}
}
