package store_test

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/candela-les/candela/client/store"
	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/watch"
	"github.com/candela-les/candela/unit"
)

// told is what a history tells, the oldest first: kinds, amounts and when.
func told(t *testing.T, h *store.History) (list []string) {
	t.Helper()
	events, err := h.Events(t.Context(), 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range events {
		line := string(e.Kind) + " " + e.Amount.String() + " " + e.At.Format("02T15")
		if e.Kind == store.Settled {
			line += " " + e.Spent.String() + " " + e.Unspent.String()
		}
		if e.Kind == store.Mined {
			line += " " + e.Name + " " + e.State.String()
		}
		list = append([]string{line}, list...)
	}
	return list
}

// What notes, transactions and servers tell is told once, with its time, and survives.
func TestHistory(t *testing.T) {
	path := filepath.Join(t.TempDir(), "client.db")
	s, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2030, 1, 1, 10, 0, 0, 0, time.UTC)
	h := s.History(func() time.Time { return now })
	amount := unit.NewAmount
	n := pay.Note{Method: "channel", ID: pay.Hash{1}, To: pay.Payee{Seller: pay.Address{2}, Asset: pay.Asset{ChainID: 5}}}
	save := func(change func()) {
		t.Helper()
		change()
		for range 2 { // the same note again tells nothing
			if err := h.Notes().Save(t.Context(), n); err != nil {
				t.Fatal(err)
			}
		}
	}
	send := func(state watch.State) {
		t.Helper()
		if err := h.Chain().PutSent(t.Context(), watch.Sent{Name: "x", State: state}, true); err != nil {
			t.Fatal(err)
		}
	}
	settle := func(spent, unspent uint64) {
		t.Helper()
		answer := pay.Settled{Spent: amount(spent), Unspent: amount(unspent)}
		if err := h.Settled(t.Context(), n.Method, n.ID, n.To.Seller, n.To.Asset, answer); err != nil {
			t.Fatal(err)
		}
	}

	save(func() {})
	send(watch.Waiting)
	send(watch.Done)
	save(func() { n.Deposit = amount(100) })
	send(watch.Done) // it is buried
	save(func() { n.Promised = amount(10) })
	save(func() { n.Promised, n.Accepted = amount(25), amount(10) })
	now = now.Add(24 * time.Hour)
	save(func() { n.Promised = amount(30) })
	save(func() { n.Deposit = amount(150) })
	save(func() { n.Deposit = amount(140) })
	settle(20, 10)
	now = now.Add(time.Hour)
	settle(20, 10)
	save(func() { n.Deposit, n.Closed = amount(20), true })
	want := []string{
		"mined 0 01T10 x done", "opened 100 01T10", "promised 25 01T10", "promised 5 02T10", "locked 50 02T10", "returned 10 02T10",
		"settled 0 02T10 20 10", "closed 120 02T11",
	}
	if diff := cmp.Diff(want, told(t, h)); diff != "" {
		t.Error(diff)
	}
	events, err := h.Events(t.Context(), 1)
	if err != nil || len(events) != 1 || events[0].Method != n.Method || events[0].Channel != n.ID || events[0].Seller != n.To.Seller || events[0].Asset != n.To.Asset {
		t.Errorf("the newest is %+v, %v", events, err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	h = open(t, path).History(func() time.Time { return now })
	if diff := cmp.Diff(want, told(t, h)); diff != "" {
		t.Error(diff)
	}
	send(watch.Waiting) // a reorganization
	if diff := cmp.Diff(want[1:], told(t, h)); diff != "" {
		t.Error(diff)
	}
	settle(25, 5)
	if got := told(t, h); len(got) != len(want)-1 || got[len(got)-1] != "settled 0 02T11 25 5" {
		t.Errorf("settled otherwise: %q", got)
	}
}

// The oldest events are lost, and however often is promised in a day, that is one.
func TestHistoryKeeps(t *testing.T) {
	s := open(t, "")
	now := time.Date(2030, 1, 1, 10, 0, 0, 0, time.UTC)
	h := s.History(func() time.Time { return now })
	h.Keep(3)
	n := pay.Note{Method: "channel", ID: pay.Hash{1}}
	save := func() {
		t.Helper()
		if err := h.Notes().Save(t.Context(), n); err != nil {
			t.Fatal(err)
		}
	}
	n.Deposit = unit.NewAmount(100)
	save()
	for promised := range uint64(20) {
		n.Promised = unit.NewAmount(promised + 1)
		save()
	}
	if diff := cmp.Diff([]string{"opened 100 01T10", "promised 20 01T10"}, told(t, h)); diff != "" {
		t.Error(diff)
	}
	for _, deposit := range []uint64{110, 130} {
		n.Deposit = unit.NewAmount(deposit)
		save()
	}
	if diff := cmp.Diff([]string{"promised 20 01T10", "locked 10 01T10", "locked 20 01T10"}, told(t, h)); diff != "" {
		t.Error(diff)
	}
}

// Where luck moves what is locked, nothing is said of it.
func TestVagueHistory(t *testing.T) {
	s := open(t, "")
	now := time.Date(2030, 1, 1, 10, 0, 0, 0, time.UTC)
	h := s.History(func() time.Time { return now }, "lottery")
	n := pay.Note{Method: "lottery", ID: pay.Hash{1}}
	for _, change := range []func(){
		func() { n.Deposit = unit.NewAmount(100) },
		func() { n.Promised, n.Deposit = unit.NewAmount(10), unit.NewAmount(110) },
		func() { n.Deposit = unit.NewAmount(60) }, // somebody has won
		func() { n.Deposit, n.Closed = unit.NewAmount(10), true },
	} {
		change()
		if err := h.Notes().Save(t.Context(), n); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff([]string{"promised 10 01T10", "closed 0 01T10"}, told(t, h)); diff != "" {
		t.Error(diff)
	}
	if events, err := h.Events(t.Context(), 1); err != nil || !events[0].Vague {
		t.Errorf("%+v, %v", events, err)
	}
}

// What cannot be noted is not in the history either, and the other way round.
func TestHistoryIsAtomic(t *testing.T) {
	s := open(t, "")
	h := s.History(time.Now)
	n := pay.Note{Method: "channel", ID: pay.Hash{1}, Deposit: unit.NewAmount(5)}
	s.Forbid(t, "history")
	if err := h.Notes().Save(t.Context(), n); err == nil {
		t.Error("a note is saved without its event")
	}
	if _, ok, err := h.Notes().Load(t.Context(), n.Method, n.ID); ok || err != nil {
		t.Errorf("it is there: %v", err)
	}
	if err := h.Chain().PutSent(t.Context(), watch.Sent{Name: "x", State: watch.Done}, true); err == nil {
		t.Error("a transaction is kept without its event")
	}
	if _, ok, err := h.Chain().Sent(t.Context(), "x"); ok || err != nil {
		t.Errorf("it is there: %v", err)
	}
}
