package ledgertest

import (
	"fmt"
	"slices"

	"github.com/candela-les/candela/ledger"
)

// longStatements wants every page of a statement that is long, with lines of others and moves in between, to be what is read of all
// lines one by one: for a store may have an index of a few of them only.
func longStatements(w *world) {
	const lines = 102
	epoch := w.raise(north)
	for i := range uint64(6) {
		together(lines/6, func(n int) { w.credit(fmt.Sprint(i, " ", n), byte(1+n%2), 1) })
		w.hold(w.request(north, epoch, i))
		w.credit(fmt.Sprint("all ", i), 1, 5)
	}
	var all []ledger.Line
	for seq := uint64(0); ; seq = all[len(all)-1].Seq {
		line, err := w.l.Statement(w.Context(), of(1), ledger.Page{After: seq, Limit: 1, Moves: true})
		if err != nil {
			w.Fatal(err)
		}
		if len(line) == 0 {
			break
		}
		all = append(all, line...)
	}
	last := all[len(all)-1]
	if last.Number != 6*9+6 || last.Balance != ledger.Plus(amount(6*9+6*5)) {
		w.Fatalf("%d lines, the last one %+v", len(all), last)
	}
	for from := uint64(0); from <= last.Number+1; from++ {
		w.page(all, ledger.Page{From: from, Limit: 1})
		w.page(all, ledger.Page{From: from, Limit: 33, Moves: true})
		w.page(all, ledger.Page{From: from, After: 3 * from, Limit: 5})
	}
	for after := uint64(0); after <= last.Seq+1; after += 3 {
		for _, limit := range []int{1, 31, 200} {
			w.page(all, ledger.Page{After: after, Limit: limit})
			w.page(all, ledger.Page{After: after, Limit: limit, Moves: true})
		}
	}
}

// page wants a page of account 1 to be what of all its lines belongs there.
func (w *world) page(all []ledger.Line, p ledger.Page) {
	w.Helper()
	var want []ledger.Line
	for _, line := range all {
		if line.Seq > p.After && len(want) < p.Limit && (line.Number > 0 && line.Number >= p.From || line.Number == 0 && p.Moves && p.From == 0) {
			want = append(want, line)
		}
	}
	got, err := w.l.Statement(w.Context(), of(1), p)
	if err != nil || !slices.Equal(got, want) {
		w.Errorf("%+v: %d lines instead of %d, %v", p, len(got), len(want), err)
	}
}
