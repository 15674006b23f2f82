package ledgertest

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/candela-les/candela/ledger"
)

// numbers wants lines to be counted that change what an account comes to, those of all servers
// and none twice, and charges to say which lines are theirs.
func numbers(w *world) {
	w.credit("a", 1, 100) // 1
	first, other := w.raise(north), w.raise(south)
	w.hold(w.request(north, first, 40))
	w.hold(w.request(south, other, 40))
	both, third := charge(north, first, 1, 5), charge(north, first, 2, 0)
	both.Fee, both.Ref, both.FeeRef = amount(2), "this and that", "a bid" // 2 and 3
	third.Fee, third.FeeRef = amount(1), "a bid"                          // 4, though it says the same
	plain, nothing := charge(south, other, 1, 7), charge(south, other, 2, 0)
	all := []ledger.Charge{both, third, plain, nothing}
	done, err := w.l.Charge(w.Context(), all)
	if err != nil || len(done) != len(all) {
		w.Fatal(done, err)
	}
	for i, want := range [][2]uint64{{2, 3}, {0, 4}, {5, 0}, {0, 0}} {
		if got := [2]uint64{done[i].Entry, done[i].FeeEntry}; done[i].Err != nil || got != want {
			w.Errorf("charge %d has lines %d instead of %d, %v", i, got, want, done[i].Err)
		}
	}
	w.credit("b", 1, 1) // 6
	for _, again := range []ledger.Charged{w.charge1(third), w.charge1(nothing)} {
		want := uint64(0)
		if again.Hold.Owner == north {
			want = 4
		}
		if !again.Repeated || again.Entry != 0 || again.FeeEntry != want {
			w.Errorf("%+v", again)
		}
	}
	late := charge(north, first, 1, 1)
	if refused := w.charge1(late); refused.Err == nil || refused.Entry != 0 || refused.FeeEntry != 0 {
		w.Errorf("%+v", refused)
	}
	if b, err := w.l.Balance(w.Context(), of(1)); err != nil || b.Entries != 6 || b.Total != ledger.Plus(amount(86)) {
		w.Errorf("%+v, %v", b, err)
	}
	if b, err := w.l.Balance(w.Context(), of(8)); err != nil || b.Entries != 0 {
		w.Errorf("%+v, %v", b, err)
	}
	want := []string{"1 a 100", "2 this and that -5", "3 a bid -2", "4 a bid -1", "5 1 -7", "6 b 1"}
	for from := uint64(1); from <= 7; from++ {
		for limit := 1; limit <= 7; limit += 2 {
			for _, moves := range []bool{false, true} {
				w.numbered(ledger.Page{From: from, Limit: limit, Moves: moves}, want[min(from-1, 6):min(from-1+uint64(limit), 6)])
			}
		}
	}
	w.numbered(ledger.Page{From: 1<<64 - 1, Limit: 1}, nil)
	moved, err := w.l.Statement(w.Context(), of(1), ledger.Page{Limit: 100, Moves: true})
	if err != nil || len(moved) <= 6 {
		w.Error(moved, err)
	}
	for _, line := range moved {
		if move := line.Why == ledger.Held || line.Why == ledger.Returned; move != (line.Number == 0) {
			w.Errorf("%+v", line)
		}
	}
	w.numbered(ledger.Page{From: 2, After: moved[len(moved)-2].Seq, Limit: 9}, want[5:]) // both hold together
	for name, ref := range map[string]string{"long": strings.Repeat("r", ledger.MaxRef+1), "no text": "\xff", "zero": "a\x00"} {
		c, f := charge(north, first, 3, 1), charge(north, first, 3, 1)
		c.Ref, f.FeeRef = ref, ref
		for _, bad := range []ledger.Charge{c, f} {
			if _, err := w.l.Charge(w.Context(), []ledger.Charge{bad}); !errors.Is(err, ledger.ErrInvalid) {
				w.Errorf("%s: %v", name, err)
			}
		}
	}
}

// numbered compares a page of client 1.
func (w *world) numbered(p ledger.Page, want []string) {
	w.Helper()
	lines, err := w.l.Statement(w.Context(), of(1), p)
	var got []string
	for _, line := range lines {
		got = append(got, fmt.Sprint(line.Number, " ", line.Ref, " ", line.Amount))
	}
	if err != nil || fmt.Sprint(got) != fmt.Sprint(want) {
		w.Errorf("%+v: %q instead of %q, %v", p, got, want, err)
	}
}

// Numbered checks a ledger that was written before lines had numbers, and is opened now: client 1, of no token, was
// credited 100, of which north has charged 7 and a fee of 1 as its first charge, with a remainder of 9.
func Numbered(t *testing.T, l ledger.Ledger) {
	t.Helper()
	account := ledger.ClientAccount(ledger.Address{}, ledger.Address{1})
	same := ledger.Charge{
		Owner: north, Epoch: 1, Client: account.Client, Number: 1, Amount: amount(7), Fee: amount(1), Remainder: 9,
	}
	done, err := l.Charge(t.Context(), []ledger.Charge{same})
	if err != nil || !done[0].Repeated || done[0].Entry != 2 || done[0].FeeEntry != 3 {
		t.Errorf("%+v, %v", done, err)
	}
	if _, err := l.Post(t.Context(), ledger.CreditOf("b", account.Token, account.Client, amount(5))); err != nil {
		t.Error(err)
	}
	lines, err := l.Statement(t.Context(), account, ledger.Page{From: 1, Limit: 10})
	for i, line := range lines {
		if line.Number != uint64(i+1) {
			t.Errorf("%+v", line)
		}
	}
	b, err2 := l.Balance(t.Context(), account)
	if errors.Join(err, err2) != nil || len(lines) != 4 || b.Entries != 4 || b.Total != ledger.Plus(amount(97)) {
		t.Errorf("%d lines, %+v, %v, %v", len(lines), b, err, err2)
	}
	if report, err := l.Audit(t.Context()); err != nil || len(report.Faults) > 0 {
		t.Errorf("%+v, %v", report, err)
	}
}
