package till_test

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/candela-les/candela/ledger"
	"github.com/candela-les/candela/server/till"
	"github.com/candela-les/candela/unit"
)

// TestAccount takes one client through its business.
func TestAccount(t *testing.T) {
	w := newWorld(t)
	tt := w.till("north")
	if p, err := tt.Account(t.Context(), client(1)); err != nil || p != (till.Purse{}) {
		t.Errorf("nobody has %+v, %v", p, err)
	}
	_, err := tt.Reserve(t.Context(), client(1), amount(60), amount(20))
	if short := new(ledger.InsufficientError); !errors.As(err, &short) || !short.Have.IsZero() || short.Need != amount(20) {
		t.Errorf("nobody may spend: %v", err)
	}
	posted, err := tt.Credit(t.Context(), "first", client(1), amount(100))
	if err != nil || posted.Repeated {
		t.Fatal(posted, err)
	}
	tt.hears() // it has no business here yet
	want := till.Purse{Limit: amount(60), Held: amount(60), Balance: amount(100), Free: amount(40), Entries: 1}
	if p := tt.reserve(1, 60, 20); p != want {
		t.Errorf("%+v instead of %+v", p, want)
	}
	tt.charge(1, 7, 2, 51)
	tt.charge(1, 0, 0, 51)
	tt.charge(1, 1, 0, 50)
	p := tt.settled(1)
	want = till.Purse{Limit: amount(50), Held: amount(50), Balance: amount(90), Free: amount(40), Entries: 4, Remainder: 1}
	if p != want {
		t.Errorf("%+v instead of %+v", p, want)
	}
	tt.hears("client 1: posted 7 and 2 as 2 and 3", "client 1: posted 0 and 0 as 0 and 0", "client 1: posted 1 and 0 as 4 and 0")

	// What is asked for is the limit, whatever is charged meanwhile.
	if p := tt.reserve(1, 90, 0); p.Limit != amount(90) || !p.Free.IsZero() {
		t.Errorf("%+v", p)
	}
	if p := tt.reserve(1, 5, 5); p.Limit != amount(5) || p.Free != amount(85) {
		t.Errorf("%+v", p)
	}
	tt.charge(1, 3, 0, 2)
	_, err = tt.Reserve(t.Context(), client(1), amount(60), amount(88))
	if short := new(ledger.InsufficientError); !errors.As(err, &short) || short.Have != amount(87) || short.Need != amount(88) {
		t.Errorf("more than there is: %v", err)
	}
	if err := tt.Release(t.Context(), client(1)); err != nil {
		t.Error(err)
	}
	want = till.Purse{Balance: amount(87), Free: amount(87), Entries: 5}
	if p, err := tt.Account(t.Context(), client(1)); err != nil || p != want {
		t.Errorf("%+v instead of %+v, %v", p, want, err)
	}
	if _, err := tt.Refund(t.Context(), "back", client(1), amount(87)); err != nil {
		t.Error(err)
	}
	if err := tt.Close(t.Context()); err != nil {
		t.Error(err)
	}
	if err := tt.Close(t.Context()); err != nil {
		t.Error(err)
	}
	if w.earned() != 13 || tt.sum(client(1)) != 13 {
		t.Errorf("%d are earned, %d were told", w.earned(), tt.sum(client(1)))
	}
}

// TestStatement has the account as its client is shown it.
func TestStatement(t *testing.T) {
	w := newWorld(t)
	tt := w.till("north")
	long := strings.Repeat("long ", 10)
	for _, key := range []string{"a payment", long} {
		if _, err := tt.Credit(t.Context(), key, client(1), amount(50)); err != nil {
			t.Fatal(err)
		}
	}
	id := [32]byte{1, 2, 3}
	if _, err := w.ledger.Advance(t.Context(), ledger.Promise{Method: "m", ID: id, Token: token(), Client: client(1), Cumulative: amount(9)}); err != nil {
		t.Fatal(err)
	}
	tt.reserve(1, 60, 0)
	tt.charge(1, 7, 2, 51)
	tt.settled(1)
	w.clock.pass(time.Second)
	if _, err := tt.Refund(t.Context(), "a refund", client(1), amount(3)); err != nil {
		t.Fatal(err)
	}
	luck := ledger.Posting{Key: "luck", Why: ledger.LuckDrawn, Legs: []ledger.Leg{
		{Account: ledger.ClientAccount(token(), client(1)), Amount: ledger.Minus(amount(1))},
		{Account: ledger.Account{Kind: ledger.Luck, Token: token()}, Amount: ledger.Plus(amount(1))},
	}}
	if _, err := w.ledger.Post(t.Context(), luck); err != nil {
		t.Fatal(err)
	}
	epoch, err := w.ledger.Raise(t.Context(), "older")
	if err != nil {
		t.Fatal(err)
	}
	hold := ledger.HoldRequest{Owner: "older", Epoch: epoch, Token: token(), Client: client(1), Amount: amount(5), Until: w.clock.now().Add(time.Hour)}
	if _, err := w.ledger.Hold(t.Context(), hold); err != nil {
		t.Fatal(err)
	}
	plain := ledger.Charge{Owner: "older", Epoch: epoch, Token: token(), Client: client(1), Number: 1, Amount: amount(4)}
	if done, err := w.ledger.Charge(t.Context(), []ledger.Charge{plain}); err != nil || done[0].Err != nil {
		t.Fatal(done, err)
	}
	if _, err := w.ledger.GiveBack(t.Context(), ledger.Settlement{Method: "m", ID: id, Token: token(), Client: client(1)}); err != nil {
		t.Fatal(err)
	}
	early := w.clock.now().Add(-time.Second).UnixNano()
	late := early + int64(time.Second)
	b7 := bid(7)
	want := []string{
		fmt.Sprintf("1 deposit +50=50 %d-%d %x", early, early, "a payment"),
		fmt.Sprintf("2 deposit +50=100 %d-%d %x", early, early, sha256.Sum256([]byte(long))),
		fmt.Sprintf("3 deposit +9=109 %d-%d %x", early, early, id),
		"4 charge -7=102 5-9 ",
		fmt.Sprintf("5 fee -2=100 9-9 %x", b7),
		fmt.Sprintf("6 refund -3=97 %d-%d %x", late, late, "a refund"),
		fmt.Sprintf("7 correction -1=96 %d-%d %x", late, late, "luck"),
		fmt.Sprintf("8 charge -4=92 %d-%d ", late, late),
		fmt.Sprintf("9 refund -9=83 %d-%d %x", late, late, id),
	}
	entries, newest, err := tt.Statement(t.Context(), client(1), 0, 100)
	if err != nil || newest != 9 || len(entries) != len(want) {
		t.Fatal(entries, newest, err)
	}
	for i, e := range entries {
		sign := "+"
		if e.Debit {
			sign = "-"
		}
		got := fmt.Sprintf("%d %s %s%s=%s %d-%d %x", e.Number, e.Kind, sign, e.Amount, e.Balance, e.SinceNs, e.AtNs, e.Reference)
		if got != want[i] {
			t.Errorf("%q instead of %q", got, want[i])
		}
	}
	page, newest, err := tt.Statement(t.Context(), client(1), 4, 2)
	if err != nil || newest != 9 || len(page) != 2 || page[0].Number != 4 {
		t.Errorf("%+v, %d, %v", page, newest, err)
	}
}

// TestRenewal has holds be made good, grow and expire.
func TestRenewal(t *testing.T) {
	w := newWorld(t)
	tt := w.till("north")
	w.credit("a", 1, 80)
	if p := tt.reserve(1, 100, 20); p.Limit != amount(80) {
		t.Errorf("%+v", p)
	}
	w.clock.pass(59 * time.Second)
	tt.renew()
	tt.hears() // nothing is due
	w.credit("b", 1, 5)
	tt.renew()
	tt.hears("client 1: limit 80 of 85") // it is enough for a while, and the client is told what it has
	tt.charge(1, 10, 0, 70)
	tt.settled(1)
	tt.heard()
	tt.renew()
	tt.hears("client 1: limit 75 of 75")
	if _, err := tt.Credit(t.Context(), "c", client(1), amount(100)); err != nil {
		t.Fatal(err)
	}
	tt.hears("client 1: limit 75 of 175") // three quarters are there
	tt.charge(1, 1, 0, 74)
	tt.settled(1)
	tt.heard()
	w.clock.pass(time.Second)
	tt.renew()
	tt.hears("client 1: limit 100 of 174")
	w.clock.pass(60 * time.Second)
	tt.renew() // the time of the hold is half over
	w.clock.pass(119 * time.Second)
	if done := w.expired(); done != 0 {
		t.Errorf("%d holds have expired", done)
	}
	tt.hears()

	w.clock.pass(time.Second)
	tt.flaky.fail(always(unavailable))
	if err := tt.Renew(t.Context()); !errors.Is(err, ledger.ErrUnavailable) {
		t.Error(err)
	}
	tt.hears("client 1: lost, " + ledger.ErrExpired.Error())
	if limit := tt.Limit(client(1)); !limit.IsZero() {
		t.Errorf("a limit of %s", limit)
	}
	tt.flaky.fail(nil)
	tt.renew()
	tt.hears("client 1: limit 100 of 174")
}

// expired returns what has expired.
func (w *world) expired() int {
	w.Helper()
	n, err := w.ledger.Expire(w.Context())
	if err != nil {
		w.Fatal(err)
	}
	return n
}

// TestClose posts what waits and returns what is held; without time it says what was not posted.
func TestClose(t *testing.T) {
	w := newWorld(t)
	tt := w.till("north")
	for c := range byte(30) {
		w.credit(fmt.Sprint(c), c, 100)
		tt.reserve(c, 60, 0)
	}
	tt.flaky.fail(always(unavailable))
	for c := range byte(30) {
		tt.charge(c, 3, 0, 57)
		tt.charge(c, 4, 1, 52)
	}
	go tt.flaky.fail(nil)
	if err := tt.Close(t.Context()); err != nil {
		t.Error(err)
	}
	for c := range byte(30) {
		if b := w.total(ledger.ClientAccount(token(), client(c))); !b.Held.IsZero() || b.Total != ledger.Plus(amount(92)) {
			t.Errorf("client %d has %+v", c, b)
		}
	}
	if left := tt.Charge(client(1), till.Charge{Amount: amount(1)}); !left.IsZero() {
		t.Errorf("a closed till charges, and leaves %s", left)
	}
	for name, err := range calls(t, tt) {
		if !errors.Is(err, ledger.ErrClosed) {
			t.Errorf("%s: %v", name, err)
		}
	}

	tt = w.till("north")
	tt.reserve(1, 60, 0)
	tt.flaky.fail(always(unavailable))
	tt.charge(1, 3, 0, 57)
	ctx, cancel := contextFor(t, 20*time.Millisecond)
	defer cancel()
	if err := tt.Close(ctx); err == nil || !strings.Contains(err.Error(), "1 charges were not posted") {
		t.Error(err)
	}
}

// calls makes all calls that want a client's turn.
func calls(t *testing.T, tt *testTill) map[string]error {
	errs := map[string]error{}
	_, errs["Reserve"] = tt.Reserve(t.Context(), client(1), unit.Amount{}, unit.Amount{})
	errs["Release"] = tt.Release(t.Context(), client(1))
	_, errs["Account"] = tt.Account(t.Context(), client(1))
	errs["Look"] = tt.Look(t.Context(), client(1))
	return errs
}

// What is wanted may be said without waiting: the next renewal does it, and what was charged until then stays covered.
func TestWant(t *testing.T) {
	w := newWorld(t)
	w.credit("a", 1, 500)
	south := w.till("south")
	south.reserve(1, 100, 100)
	south.Want(client(2), amount(50)) // nothing was ever reserved for it
	south.Want(client(1), amount(0))
	if p, err := south.Account(w.Context(), client(1)); err != nil || number(p.Held) != 100 {
		t.Errorf("before the renewal: %+v, %v", p, err)
	}
	south.renew()
	if p, err := south.Account(w.Context(), client(1)); err != nil || !p.Held.IsZero() || number(p.Free) != 500 {
		t.Errorf("after it: %+v, %v", p, err)
	}
	south.reserve(1, 100, 100)
	south.Want(client(1), amount(0))
	south.Want(client(1), amount(200)) // the last word counts
	south.renew()
	if p, err := south.Account(w.Context(), client(1)); err != nil || number(p.Held) != 200 {
		t.Errorf("the last word: %+v, %v", p, err)
	}
}
