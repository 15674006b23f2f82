package main

import (
	"strings"
	"testing"
	"time"

	"github.com/candela-les/candela/node/admin"
	"github.com/candela-les/candela/node/payments"
	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/unit"
)

// What status says of a channel is what its owner can do about it.
func TestStateOf(t *testing.T) {
	more, at := unit.NewAmount(80), time.Date(2030, 1, 2, 3, 4, 5, 0, time.Local)
	for want, c := range map[string]payments.Channel{
		"open":                                 {State: payments.Open},
		"open, 80 owed":                        {State: payments.Open, Owed: &more},
		"opening, 80 on the way":               {State: payments.Opening, Locking: &more},
		"closing":                              {State: payments.Closing},
		"closing by consent":                   {State: payments.Closing, Consent: true},
		"closing, the server has not agreed":   {State: payments.Closing, Asking: true, Locking: &more},
		"closing, back at 2030-01-02 03:04:05": {State: payments.Closing, Back: &at},
		"closed":                               {State: payments.Closed},
		"open, opened by 0x0900000000000000000000000000000000000000, whose key is not here": {State: payments.Open, OpenedBy: &pay.Address{9}},
	} {
		if got := stateOf(&payments.Money{}, &c); got != want {
			t.Errorf("%q instead of %q", got, want)
		}
	}
}

// An owner is told which servers are not paid, until when and why, and why channels are not opened.
func TestShowLeft(t *testing.T) {
	var out strings.Builder
	showStatus(&out, &payments.Status{
		Left:     []payments.Left{{Until: time.Date(2030, 1, 2, 3, 4, 5, 0, time.Local), Why: "it says less"}},
		Unopened: []payments.Unopened{{Method: "lottery", Why: "too large"}},
	})
	if want := "left      0x0000000000000000000000000000000000000000, not paid before 2030-01-02 03:04:05: it says less\n" +
		"unopened  lottery channel to 0x0000000000000000000000000000000000000000: too large\n"; !strings.Contains(out.String(), want) {
		t.Errorf("%s does not say %s", out.String(), want)
	}
}

// An owner sees what is in an open pot, when it comes back, and that a server protests; an operator sees who has overspent.
func TestShowPot(t *testing.T) {
	at := time.Date(2030, 1, 2, 3, 4, 5, 0, time.Local)
	n := unit.NewAmount
	var out strings.Builder
	showStatus(&out, &payments.Status{Pots: []payments.Pot{{Amount: n(900), Allotted: n(600), Free: n(300), Escrow: n(150), Back: &at, Accused: 2}}})
	for _, want := range []string{
		"open pot  900, of which 600 are servers' and 300 free; 150 base units in escrow\n", "from 2030-01-02 03:04:05 on\n", "2 winners are said not to be covered",
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%s does not say %s", out.String(), want)
		}
	}
	out.Reset()
	showExposure(&out, admin.Exposures{Methods: []admin.Exposure{{Method: "lottery", Doubtful: 3, Doubted: n(150)}}})
	if want := "lottery: clients have overspent: 3 winners of 150 are not covered\n"; !strings.Contains(out.String(), want) {
		t.Errorf("%s does not say %s", out.String(), want)
	}
}

// An operator is told by which methods nothing is taken, and why.
func TestShowUntaken(t *testing.T) {
	var out strings.Builder
	showMethods(&out, admin.Methods{Methods: []admin.Method{{Name: "grant"}, {Name: "cheque", Untaken: "--pay.factory: no"}}})
	if !strings.HasSuffix(out.String(), "\n\nnothing is taken by cheque: --pay.factory: no\n") || strings.Contains(out.String(), "by grant") {
		t.Error(out.String())
	}
}

// Headers name the unit, also while it is not known what whole tokens are.
func TestUnitInHeaders(t *testing.T) {
	two := uint64(2)
	for want, m := range map[string]payments.Money{"BASE UNITS": {}, "TST": {Decimals: &two, Currency: "TST"}, "TOKENS": {Decimals: &two}} {
		var status, history strings.Builder
		showStatus(&status, &payments.Status{Money: m, Channels: []payments.Channel{{}}})
		showHistory(&history, &payments.History{Money: m, Entries: []payments.Entry{{}}})
		if !strings.Contains(status.String(), "LOCKED "+want+"  ") || !strings.Contains(history.String(), "AMOUNT "+want+"  ") {
			t.Errorf("%s%s are not in %s", status.String(), history.String(), want)
		}
	}
}

// What the server has is never shown as nothing when it was only not asked.
func TestAcknowledged(t *testing.T) {
	some := unit.NewAmount(80)
	for want, c := range map[string]payments.Channel{
		"0":             {},
		"not asked yet": {Promised: some},
		"80 or more":    {Promised: some, Acknowledged: some},
		"80":            {Promised: some, Acknowledged: some, Asked: true},
	} {
		if got := acknowledged(&payments.Money{}, &c); got != want {
			t.Errorf("%q instead of %q", got, want)
		}
	}
}

// The demand is in base units, and its budget is told in whole tokens as well.
func TestShowBudget(t *testing.T) {
	two := uint64(2)
	var out strings.Builder
	showStatus(&out, &payments.Status{Demand: "wallet budget=20000", Budget: unit.NewAmount(20000), Money: payments.Money{Decimals: &two, Currency: "TST"}})
	if want := "runs, and buys: wallet budget=20000 (in base units; the budget is 200 TST a day)\n"; !strings.Contains(out.String(), want) {
		t.Errorf("%s does not say %s", out.String(), want)
	}
}

// An owner sees whether a light client runs, and who is connected.
func TestShowRuns(t *testing.T) {
	for want, s := range map[string]payments.Status{
		"light     runs, and buys: wallet\nservers   none is connected\n":                          {Demand: "wallet"},
		"light     does not run; when candela light is started it buys: wallet\nservers   none is": {Demand: "wallet", Idle: true},
		"servers   0x0700000000000000000000000000000000000000, 0x0800000000000000000000000000000000000000 (not connected)\n": {
			Servers: []payments.Peer{{Seller: pay.Address{7}, Connected: true}, {Seller: pay.Address{8}}},
		},
	} {
		var out strings.Builder
		if showStatus(&out, &s); !strings.Contains(out.String(), want) {
			t.Errorf("%s does not say %s", out.String(), want)
		}
	}
}

// Who interrupts is told what goes on, and that nothing does if nothing was begun.
func TestNextOf(t *testing.T) {
	for _, c := range []struct {
		begun, running bool
		want           string
	}{
		{false, false, "nothing was begun"},
		{true, false, "goes on when candela light or candela pay is started again"},
		{false, true, "nothing was begun yet, and the light client still does"},
		{true, true, "the light client goes on with what was begun"},
	} {
		if got := nextOf(&payments.Job{Begun: c.begun}, c.running); !strings.Contains(got, c.want) {
			t.Errorf("%+v: %s", c, got)
		}
	}
}

// The help says of every method what a close brings back.
func TestCloseHelp(t *testing.T) {
	for _, method := range []string{"channel", "cheque", "lottery", "offset"} {
		if !strings.Contains(payCloseCmd{}.Help(), "\n  "+method+"  ") {
			t.Errorf("nothing is said of %s", method)
		}
	}
}

// History is in words for owners, with what was moved in which unit, and by which clock; status shows what the session key has of coin.
func TestShowHistory(t *testing.T) {
	at, two, some := time.Date(2030, 1, 2, 3, 4, 5, 0, time.Local), uint64(2), unit.NewAmount(250)
	var out strings.Builder
	showHistory(&out, &payments.History{Money: payments.Money{Decimals: &two, Currency: "TST"}, Entries: []payments.Entry{
		{At: at, What: "cheque/gas/aa/0", Text: "gas money given", CoinWei: "100000000000000000", Tx: &payments.Tx{FeeWei: "21000000000000"}},
		{At: at, What: "deposit", Text: "moved into the chequebook", Amount: &some, Tx: &payments.Tx{FeeWei: "1"}},
	}})
	showStatus(&out, &payments.Status{Session: payments.Account{CoinWei: "20000000000000000"}, Methods: []string{"cheque"}})
	for _, want := range []string{
		"TIME " + at.Format("MST") + "  ", "  GAS COIN  ", "  gas money given            ", "  0.1 of coin  ", "  0.000021 ", "moved into the chequebook  ", "  2.5  ",
		", cheque; it has 0.02 of coin for gas\n",
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is not in\n%s", want, out.String())
		}
	}
}
