package main

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"text/tabwriter"
	"time"

	"github.com/candela-les/candela/node/admin"
	"github.com/candela-les/candela/node/marketview"
	"github.com/candela-les/candela/unit"
)

// Exit statuses of candela market.
const (
	exitSellsNothing = 3
	exitDishonest    = 4
)

type marketCmd struct {
	Target string `help:"Server to look at, as an enode URL." required:"" placeholder:"ENODE"`
	Watch  bool   `help:"Go on, and print again whenever it has changed."`
	JSON   bool   `help:"Print JSON, one line for each change: prices in millionths of a base unit an hour, amounts in base units."`
}

// Help is shown by candela market --help.
func (marketCmd) Help() string {
	return `Shows what anybody is told who asks: nothing is bid. All of it is signed by the server; the
signatures are checked.

Exit status 3: the server sells nothing; 4: what it says is not signed as it should be, or
contradicts itself; 1: there is no connection.

Example:
  candela market --target enode://… --watch`
}

func (m *marketCmd) Run(ctx context.Context, e *env) error {
	shown := false
	err := marketview.Run(ctx, marketview.Config{Target: m.Target, Watch: m.Watch, Now: e.Now, Logger: e.Logger}, func(v marketview.View) error {
		if m.JSON {
			return json.NewEncoder(e.stdout).Encode(&v)
		}
		if shown {
			fmt.Fprintln(e.stdout)
		}
		shown = true
		return showMarket(e.stdout, &v, m.Watch)
	})
	switch {
	case m.Watch && ctx.Err() != nil && errors.Is(err, context.Canceled):
		return nil // it was watched for as long as it should be
	case errors.Is(err, marketview.ErrNothingSold):
		return &statusError{exitSellsNothing, err}
	case errors.Is(err, marketview.ErrDishonest):
		return &statusError{exitDishonest, err}
	}
	return err
}

// showMarket prints a market for people: prices in whole tokens an hour.
func showMarket(w io.Writer, v *marketview.View, dated bool) error {
	t, money := &v.Terms, admin.Money{Decimals: v.Market.Decimals, Currency: v.Market.Currency}
	if dated {
		fmt.Fprintf(w, "%s\n", v.At.Local().Format(time.DateTime))
	}
	token := "0x" + hex.EncodeToString(v.Market.Token[:])
	if v.Market.Token == ([20]byte{}) {
		token = "its own coin"
	}
	fmt.Fprintf(w, "seller    0x%s, for %s: chain %d, %s, %d decimals\n",
		hex.EncodeToString(v.Market.Seller[:]), v.Market.Currency, v.Market.ChainID, token, v.Market.Decimals)
	fmt.Fprintf(w, "for sale  %d units, %d unsold, for %s an hour at least; at most %d in a bid",
		v.Curve.Units, v.Curve.Free, price(money, v.Curve.Reserve), t.MaxUnits)
	if !t.BidFee.IsZero() {
		fmt.Fprintf(w, ", which costs %s", amount(money, t.BidFee))
	}
	fmt.Fprintf(w, "\nunit      %d cost per ms, buffer %d\n", t.UnitRate, t.UnitBuffer)
	fmt.Fprintf(w, "account   for %s of a bid, low at %s, at most %s", seconds(t.CoverMs), seconds(t.RefillMs), seconds(t.PrepaidMs))
	if !t.LeastAccount.IsZero() {
		fmt.Fprintf(w, "; %s at first", amount(money, t.LeastAccount))
	}
	fmt.Fprint(w, "; paid by")
	for i := range t.Methods {
		fmt.Fprintf(w, " %s", t.Methods[i].Name)
	}
	fmt.Fprintln(w)
	for _, f := range t.Falls {
		fmt.Fprintf(w, "          %d units from %s on\n", f.Units, time.Unix(0, int64(min(f.AtNs, 1<<62))).Local().Format(time.TimeOnly)) //nolint:gosec // bounded
	}
	return showQuotes(w, v)
}

func seconds(ms uint64) string {
	return time.Duration(min(ms, 1<<40) * uint64(time.Millisecond)).String() //nolint:gosec // bounded
}

// showQuotes prints what units cost somebody who has none, and the prices that make it so.
func showQuotes(w io.Writer, v *marketview.View) error {
	quotes := v.Quotes()
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(table, "\nUNITS\tCOST %s/H\tWINS AT\tLOSES AT\n", v.Market.Currency)
	nth := func(list []unit.Price, k int) string {
		if k < len(list) {
			return list[k].Tokens(v.Market.Decimals)
		}
		return "-"
	}
	for k := range max(len(quotes), len(v.Curve.Winning), len(v.Curve.Losing)) {
		cost := "-"
		if k < len(quotes) {
			cost = quotes[k].PerHour.Tokens(v.Market.Decimals)
		}
		fmt.Fprintf(table, "%d\t%s\t%s\t%s\n", k+1, cost, nth(v.Curve.Winning, k), nth(v.Curve.Losing, k))
	}
	return table.Flush()
}
