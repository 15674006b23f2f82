package payments

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/candela-les/candela/client/store"
	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/watch"
	"github.com/candela-les/candela/unit"
)

// A transaction is told of with what it has done, and by itself if it has done nothing that is noted.
func TestTold(t *testing.T) {
	mine, amount := pay.Asset{ChainID: 5, Token: pay.Address{1}}, unit.NewAmount
	one, two := pay.Hash{0x11}, pay.Hash{0x22}
	at := time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)
	var events []store.Event
	add := func(e store.Event) {
		at = at.Add(time.Hour)
		e.At = at
		events = append(events, e)
	}
	noted := func(kind store.EventKind, id pay.Hash, n uint64) {
		add(store.Event{Kind: kind, Method: "channel", Channel: id, Asset: mine, Amount: amount(n), Spent: amount(n), Unspent: amount(1)})
	}
	mined := func(name string, state watch.State, block uint64) {
		add(store.Event{Kind: store.Mined, Name: name, State: state, Tx: watch.Mined{Block: block}})
	}
	name := func(id pay.Hash, deed string) string { return fmt.Sprintf("5/0xfe/channel/%x/%s", id, deed) }

	mined(name(one, "deposit/0"), watch.Done, 1)
	mined(name(two, "deposit/0"), watch.Done, 2)
	noted(store.Opened, two, 20)
	noted(store.Opened, one, 10)
	noted(store.Promised, one, 3)
	mined(name(one, "deposit/1"), watch.Reverted, 3)
	mined(name(one, "deposit/2"), watch.Done, 4)
	noted(store.Promised, one, 4) // between a transaction and its note
	noted(store.Locked, one, 5)
	noted(store.Settled, one, 2)
	mined(name(one, "withdraw/0"), watch.Done, 5)
	mined(name(one, "finalize/0"), watch.Done, 6)
	noted(store.Ended, one, 8)
	noted(store.Ended, two, 0) // by itself
	mined("5/0xfe/gas/1", watch.Done, 7)
	mined("6/0xfe/channel/elsewhere/deposit", watch.Done, 8)
	mined("no name of ours", watch.Done, 9)
	add(store.Event{Kind: store.Opened, Channel: one, Asset: pay.Asset{ChainID: 5, Token: pay.Address{2}}, Amount: amount(99)})

	slices.Reverse(events)
	var got []string
	for _, e := range told(events, mine) {
		line := e.What
		if e.Amount != nil {
			line += " " + e.Amount.String()
		}
		if e.ID != nil {
			line += fmt.Sprintf(" %x", e.ID[0])
		}
		if e.Unspent != nil {
			line += " back " + e.Unspent.String()
		}
		if e.Tx != nil {
			line += fmt.Sprintf(" by %d", e.Tx.Block)
			line = strings.TrimSpace(line + " " + e.Tx.Failed)
		}
		got = append(got, line)
	}
	want := []string{
		"gas/1 by 7", "closed 0 22", "closed 8 11 by 6", "withdraw 11 by 5", "settled 2 11 back 1", "locked 5 11 by 4", "promised 4 11",
		"deposit 11 by 3 reverted", "promised 3 11", "opened 10 11 by 1", "opened 20 22 by 2",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// What a terminal might act on is left out of a token's symbol.
func TestPlain(t *testing.T) {
	for symbol, want := range map[string]string{"USDC": "USDC", "a\x1b[31mb c\u202e": "a[31mbc", "0123456789abcdef": "0123456789ab", "": ""} {
		if got := plain(symbol); got != want {
			t.Errorf("%q is %q", symbol, got)
		}
	}
}

// Transactions are called by what they do.
func TestDeed(t *testing.T) {
	for name, want := range map[string]string{
		"channel/0123456789abcdef/deposit/12": "deposit of channel 0x0123456789ab", "cheque/01/close/3/prepare/0": "close/3/prepare of cheque 0x01", "gas/1": "gas/1",
	} {
		if got := deed(name); got != want {
			t.Errorf("%s is %q", name, got)
		}
	}
}
