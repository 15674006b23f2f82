package ledgertest

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/candela-les/candela/ledger"
)

func statements(w *world) {
	epoch := w.raise(north)
	for i := range 5 {
		w.credit(fmt.Sprint("key ", i), 1, 10)
		w.hold(w.request(north, epoch, uint64(i+1)))
		if done := w.charge1(charge(north, epoch, uint64(i+1), 1)); done.Err != nil {
			w.Fatal(done.Err)
		}
		w.clock.pass(time.Second)
	}
	w.clock.pass(-time.Hour) // lines stay in order of time
	w.credit("last", 1, 10)

	all, err := w.l.Statement(w.Context(), of(1), ledger.Page{Limit: 1 << 30, Moves: true})
	if err != nil {
		w.Fatal(err)
	}
	var plain []ledger.Line
	var total ledger.Signed
	for i, line := range all {
		if total, _ = total.Add(line.Amount); total != line.Balance {
			w.Errorf("line %d: %s instead of %s", i, line.Balance, total)
		}
		if i > 0 && (line.Seq <= all[i-1].Seq || line.At.Before(all[i-1].At)) {
			w.Errorf("line %d stands behind %d", line.Seq, all[i-1].Seq)
		}
		if line.Why != ledger.Held && line.Why != ledger.Returned {
			plain = append(plain, line)
		}
	}
	if len(plain) != 11 || len(all) <= len(plain) || total != ledger.Plus(amount(55)) || plain[10].Ref != "last" {
		w.Fatalf("%d of %d lines, %s", len(plain), len(all), total)
	}
	for _, moves := range []bool{true, false} {
		want := plain
		if moves {
			want = all
		}
		for size := 1; size <= len(want)+1; size += 3 {
			var got []ledger.Line
			page := ledger.Page{Limit: size, Moves: moves}
			for range want {
				lines, err := w.l.Statement(w.Context(), of(1), page)
				if err != nil || len(lines) > size {
					w.Fatal(len(lines), err)
				}
				if got = append(got, lines...); len(lines) < size {
					break
				}
				page.After = lines[len(lines)-1].Seq
			}
			if fmt.Sprint(got) != fmt.Sprint(want) {
				w.Errorf("pages of %d: %d lines instead of %d", size, len(got), len(want))
			}
		}
	}
	lines, err := w.l.Statement(w.Context(), of(1), ledger.Page{Limit: 1, After: 1<<64 - 1})
	if err != nil || len(lines) != 0 {
		w.Error(lines, err)
	}
	if lines, err := w.l.Statement(w.Context(), of(7), ledger.Page{Limit: 1}); err != nil || len(lines) != 0 {
		w.Error(lines, err)
	}
	earned, err := w.l.Statement(w.Context(), own(ledger.Revenue), ledger.Page{Limit: 100})
	if err != nil || len(earned) != 5 || earned[4].Balance != ledger.Plus(amount(5)) {
		w.Error(earned, err)
	}
}

func accounts(w *world) {
	for i := range byte(5) {
		w.credit(fmt.Sprint(i), i, uint64(i)+1)
	}
	var got []ledger.Balance
	for {
		var after ledger.Account
		if len(got) > 0 {
			after = got[len(got)-1].Account
		}
		page, err := w.l.Accounts(w.Context(), after, 2)
		if err != nil {
			w.Fatal(err)
		}
		if got = append(got, page...); len(page) < 2 {
			break
		}
	}
	if len(got) != 6 || got[5].Account != own(ledger.External) || got[5].Total != ledger.Minus(amount(15)) {
		w.Fatalf("%+v", got)
	}
	for i, b := range got[:5] {
		if b.Account != of(byte(i)) || b.Total != ledger.Plus(amount(uint64(i)+1)) {
			w.Errorf("%+v", b)
		}
	}
}

// reopened wants everything to be there when the ledger is opened again.
func reopened(w *world) {
	w.credit("a", 1, 100)
	epoch := w.raise(north)
	w.hold(w.request(north, epoch, 60))
	if done := w.charge1(charge(north, epoch, 1, 10)); done.Err != nil {
		w.Fatal(done.Err)
	}
	promised := promise(2, 8)
	promised.Claims = []ledger.Claim{{Key: claimKey(1), Amount: amount(3), Data: []byte{4}}}
	w.advance(promised)
	w.advance(promise(3, 9))
	given := w.giveBack(3)
	w.handOut(3, 0, "this")
	before, err := w.l.Statement(w.Context(), of(1), ledger.Page{Limit: 100, Moves: true})
	if err != nil {
		w.Fatal(err)
	}
	if err := w.l.Close(); err != nil {
		w.Fatal(err)
	}
	w.l = w.open()
	after, err := w.l.Statement(w.Context(), of(1), ledger.Page{Limit: 100, Moves: true})
	if err != nil || fmt.Sprint(before) != fmt.Sprint(after) {
		w.Errorf("%v\ninstead of\n%v, %v", after, before, err)
	}
	// The server goes on in its epoch, if it has not crashed.
	if done := w.charge1(charge(north, epoch, 1, 10)); done.Err != nil || !done.Repeated {
		w.Errorf("%+v", done)
	}
	if done := w.charge1(charge(north, epoch, 2, 10)); done.Err != nil || done.Hold.Amount != amount(40) {
		w.Errorf("%+v", done)
	}
	w.credit("a", 1, 100) // repeated
	if got := w.advance(promised); !got.Credited.IsZero() || got.Before != amount(8) {
		w.Error(got)
	}
	if again := w.giveBack(3); given != "9 9/9 0" || again != "0 9/9 1" {
		w.Error(given, again)
	}
	w.handOut(3, 0, "this")
	open, err := w.l.Claims(w.Context(), "m", [32]byte{}, 9)
	if err != nil || len(open) != 1 || open[0].Client != client(2) || string(open[0].Data) != "\x04" {
		w.Errorf("%+v, %v", open, err)
	}
	if next := w.raise(north); next != 2 {
		w.Errorf("epoch %d", next)
	}
	w.wants(map[ledger.Account]string{of(1): "80/0", of(2): "8/0", own(ledger.Revenue): "20/0", own(ledger.External): "-108/0"})
}

func closed(w *world) {
	w.credit("a", 1, 100)
	if err := errors.Join(w.l.Close(), w.l.Close()); err != nil {
		w.Error(err)
	}
	for name, err := range calls(w.Context(), w.l) {
		if !errors.Is(err, ledger.ErrClosed) {
			w.Errorf("%s: %v", name, err)
		}
	}
}

func cancelled(w *world) {
	ctx, cancel := context.WithCancel(w.Context())
	cancel()
	for name, err := range calls(ctx, w.l) {
		if !errors.Is(err, context.Canceled) {
			w.Errorf("%s: %v", name, err)
		}
	}
	if r := w.audit(); r.Batches != 0 {
		w.Errorf("%+v", r)
	}
}

// calls calls everything, and returns what failed how.
func calls(ctx context.Context, l ledger.Ledger) map[string]error {
	errs := map[string]error{}
	_, errs["Post"] = l.Post(ctx, ledger.CreditOf("b", token(), client(1), amount(1)))
	_, errs["Advance"] = l.Advance(ctx, ledger.Promise{Method: "m", Client: client(1), Cumulative: amount(1)})
	_, errs["Raise"] = l.Raise(ctx, north)
	_, errs["Hold"] = l.Hold(ctx, ledger.HoldRequest{Owner: north, Epoch: 1})
	_, errs["Charge"] = l.Charge(ctx, []ledger.Charge{charge(north, 1, 1, 1)})
	_, errs["Expire"] = l.Expire(ctx)
	_, errs["Balance"] = l.Balance(ctx, of(1))
	_, errs["Accounts"] = l.Accounts(ctx, ledger.Account{}, 1)
	_, errs["Holds"] = l.Holds(ctx, of(1))
	_, errs["GiveBack"] = l.GiveBack(ctx, ledger.Settlement{Method: "m", Client: client(1)})
	_, errs["HandOut"] = l.HandOut(ctx, ledger.Handout{Method: "m"})
	_, errs["Collect"] = l.Collect(ctx, ledger.Collection{Method: "m"})
	_, errs["SettleClaim"] = l.SettleClaim(ctx, "m", [32]byte{}, drawn("c", 1))
	_, errs["Promises"] = l.Promises(ctx, "m", ledger.ChannelPage{Limit: 1})
	_, errs["Claims"] = l.Claims(ctx, "m", [32]byte{}, 1)
	_, _, errs["Promised"] = l.Promised(ctx, "m", [32]byte{})
	_, errs["Statement"] = l.Statement(ctx, of(1), ledger.Page{Limit: 1})
	_, errs["Audit"] = l.Audit(ctx)
	return errs
}
