package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/candela-les/candela/ledger"
	"github.com/candela-les/candela/node/admin"
	"github.com/candela-les/candela/node/usage"
	"github.com/candela-les/candela/unit"
)

type adminBook struct{}

// Help is shown by candela admin book --help.
func (adminBook) Help() string {
	return `Prices are for one unit for one hour. What clients pay is not what they bid: each pays what
the others lose by its presence, which the losing prices show.

Example:
  candela admin --datadir ./server book`
}

func (*adminBook) Run(ctx context.Context, e *env, c *cli) error {
	return c.visit(ctx, e, func(ctx context.Context, d office) error {
		got, err := d.Book(ctx)
		if err != nil {
			return err
		}
		return d.print(got, func() { showBook(e.stdout, got) })
	})
}

func showBook(w io.Writer, b admin.Book) {
	fmt.Fprintf(w, "for sale  %d units, %d unsold, for %s an hour at least; at most %d in a bid",
		b.ForSale, b.Unsold, price(b.Money, b.Reserve), b.MaxUnits)
	if !b.BidFee.IsZero() {
		fmt.Fprintf(w, ", which costs %s", amount(b.Money, b.BidFee))
	}
	fmt.Fprintln(w)
	for _, f := range b.Falls {
		fmt.Fprintf(w, "          %d units from %s on\n", f.Units, f.At.Local().Format(time.TimeOnly))
	}
	fmt.Fprintf(w, "winning   %s\n", prices(b.Money, b.Winning, "none"))
	fmt.Fprintf(w, "losing    %s\n\n", prices(b.Money, b.Losing, "none"))
	if len(b.Bids) == 0 {
		fmt.Fprintln(w, "nobody bids")
		return
	}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "CLIENT\tACCOUNT\tUNITS\tPAYS/H\tOWED\tBID")
	for _, one := range b.Bids {
		away := ""
		if !one.Connected {
			away = " (away)"
		}
		fmt.Fprintf(t, "%s\t%s\t%d\t%s\t%s\t%s%s\n", one.Client.String()[:8], one.Account, one.Units,
			one.Rate.Tokens(b.Decimals), one.Owed.Tokens(b.Decimals), prices(admin.Money{Decimals: b.Decimals}, one.Prices, ""), away)
	}
	t.Flush() //nolint:errcheck // as far as it goes
}

// price shows a price with its currency.
func price(m admin.Money, p unit.Price) string {
	return strings.TrimSpace(p.Tokens(m.Decimals) + " " + m.Currency)
}

func amount(m admin.Money, a unit.Amount) string {
	return strings.TrimSpace(a.Tokens(m.Decimals) + " " + m.Currency)
}

// prices shows a list, with its currency at the end.
func prices(m admin.Money, list []unit.Price, none string) string {
	if len(list) == 0 {
		return none
	}
	var out []string
	for _, p := range list {
		out = append(out, p.Tokens(m.Decimals))
	}
	return strings.TrimSpace(strings.Join(out, ", ") + " " + m.Currency)
}

type adminAccounts struct {
	After string `help:"Begin behind this client's account." placeholder:"ADDRESS"`
}

// Help is shown by candela admin accounts --help.
func (adminAccounts) Help() string {
	return `What is yours is revenue and fees; clients' accounts are what you owe them. All of it came from
outside, which is in debt by as much.

Example:
  candela admin --datadir ./server accounts --json`
}

func (a *adminAccounts) Run(ctx context.Context, e *env, c *cli) error {
	var after *admin.Address
	if a.After != "" {
		one, err := address(a.After)
		if err != nil {
			return err
		}
		after = &one
	}
	return c.visit(ctx, e, func(ctx context.Context, d office) error {
		got, err := d.Accounts(ctx, after)
		if err != nil {
			return err
		}
		return d.print(got, func() { showAccounts(e.stdout, got) })
	})
}

func showAccounts(w io.Writer, got admin.Accounts) {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(t, "ACCOUNT\t%s\tHELD\tENTRIES\n", strings.ToUpper(got.Currency))
	var last *admin.Address
	for _, one := range got.Accounts {
		name := one.Kind
		if last = one.Account; last != nil {
			name = last.String()
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%d\n", name, signed(one.Total, got.Decimals), one.Held.Tokens(got.Decimals), one.Entries)
	}
	t.Flush() //nolint:errcheck // as far as it goes
	if got.More && last != nil {
		fmt.Fprintf(w, "\nthere are more: --after %s\n", last)
	}
}

// signed shows an amount with its sign.
func signed(s ledger.Signed, decimals uint64) string {
	if s.Sign() < 0 {
		return "-" + s.Size().Tokens(decimals)
	}
	return s.Size().Tokens(decimals)
}

func address(text string) (a admin.Address, err error) {
	if err := a.UnmarshalText([]byte(text)); err != nil {
		return a, usage.Errorf("%w", err)
	}
	return a, nil
}

type adminStatement struct {
	Account string  `arg:"" help:"Address of the client's account."`
	First   *uint64 `help:"Number of the first entry; without it the newest ones are shown." placeholder:"N"`
}

// Help is shown by candela admin statement --help.
func (adminStatement) Help() string {
	return `Example:
  candela admin --datadir ./server statement 0x71562b71999873DB5b286dF957af199Ec94617F7`
}

func (s *adminStatement) Run(ctx context.Context, e *env, c *cli) error {
	account, err := address(s.Account)
	if err != nil {
		return err
	}
	return c.visit(ctx, e, func(ctx context.Context, d office) error {
		got, err := d.Statement(ctx, account, s.First)
		if err != nil {
			return err
		}
		return d.print(got, func() { showStatement(e.stdout, got) })
	})
}

func showStatement(w io.Writer, got admin.Statement) {
	if len(got.Entries) == 0 {
		fmt.Fprintf(w, "nothing is entered for %s\n", got.Account)
		return
	}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(t, "ENTRY\tTIME\tWHAT\tAMOUNT\tBALANCE %s\n", strings.ToUpper(got.Currency))
	for _, one := range got.Entries {
		sign, what := "", one.Kind
		if one.Debit {
			sign = "-"
		}
		if one.Since != nil {
			what += fmt.Sprintf(" for %s", one.At.Sub(*one.Since).Round(time.Millisecond))
		}
		fmt.Fprintf(t, "%d\t%s\t%s\t%s%s\t%s\n", one.Number, one.At.Local().Format(time.DateTime), what,
			sign, one.Amount.Tokens(got.Decimals), one.Balance.Tokens(got.Decimals))
	}
	t.Flush() //nolint:errcheck // as far as it goes
}

type adminCredit struct {
	Account string `arg:"" help:"Address of the client's account; candela light logs its own."`
	Amount  string `arg:"" help:"How much, in whole tokens, such as 2.50."`
	Key     string `help:"Names this payment, so that it is entered once however often this is repeated. Default: a new one each time." placeholder:"TEXT"`
}

// Help is shown by candela admin credit --help.
func (adminCredit) Help() string {
	return `Money that you were given by other ways than this program is entered in the client's account, from
which it pays for what it wins. The entry cannot be taken back.

Examples:
  candela admin --datadir ./server credit 0x71562b71999873DB5b286dF957af199Ec94617F7 2.50
  candela admin --datadir ./server credit 0x71562b71999873DB5b286dF957af199Ec94617F7 2.50 --key invoice-1042`
}

func (a *adminCredit) Run(ctx context.Context, e *env, c *cli) error {
	account, err := address(a.Account)
	if err != nil {
		return err
	}
	key := a.Key
	if key == "" {
		key = rand.Text()
	}
	return c.visit(ctx, e, func(ctx context.Context, d office) error {
		book, err := d.Book(ctx)
		if err != nil {
			return err
		}
		sum, err := unit.ParseTokens(a.Amount, book.Decimals)
		if err != nil {
			return usage.Errorf("%w", err)
		}
		got, err := d.Credit(ctx, account, sum, key)
		if err != nil {
			return fmt.Errorf("%w (--key %s makes it safe to repeat)", err, key)
		}
		return d.print(got, func() {
			if got.Repeated {
				e.say("%s were credited to %s before, under this key", amount(got.Money, got.Amount), got.Account)
				return
			}
			e.say("credited %s to %s", amount(got.Money, got.Amount), got.Account)
		})
	})
}
