package offset_test

import (
	"errors"
	"testing"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/offset"
	"github.com/candela-les/candela/unit"
)

// stands checks what each has taken on account, and paid in money.
func (w *world) stands(takenA, takenB, paidA, paidB uint64) {
	w.t.Helper()
	a, b := w.ops[0], w.ops[1]
	for _, o := range w.ops {
		for _, tab := range o.wallet.Stake().Tabs {
			if tab.Method != offset.Method || o.away {
				continue
			}
			owed, err := offset.Owed(&tab.Note)
			if least := o.signed().Minus(o.other.taken()); err != nil || owed.Cmp(least) < 0 || owed.Cmp(o.signed()) > 0 {
				w.t.Errorf("%s are owed at least, and shown are %s, %v", least, owed, err)
			}
		}
	}
	if a.taken() != amount(takenA) || b.taken() != amount(takenB) || a.paid() != amount(paidA) || b.paid() != amount(paidB) {
		w.t.Fatalf("on account %s and %s, paid %s and %s: not %d and %d, %d and %d",
			a.taken(), b.taken(), a.paid(), b.paid(), takenA, takenB, paidA, paidB)
	}
}

// Balanced service is set off, and nothing is paid. What is beyond the threshold is paid, and no more; what is taken in return is set off first.
func TestServiceForService(t *testing.T) {
	w := newWorld(t, [2]uint64{100, 50}, [2]uint64{200, 200})
	defer w.close()
	a, b := w.ops[0], w.ops[1]
	for range 20 {
		a.buys(30)
		b.buys(30)
	}
	w.stands(600, 600, 0, 0)
	a.buys(30)
	a.buys(30) // 20 of it up to b's threshold
	w.stands(650, 600, 10, 0)
	a.buys(40)
	w.stands(650, 600, 50, 0)
	if x := b.owed(); x.Due != amount(50) || x.Uncovered != amount(50) || x.Worst != amount(50) {
		t.Errorf("b is owed %+v", x)
	}
	if x := a.owed(); !x.Due.IsZero() {
		t.Errorf("a is owed %+v", x)
	}
	for range 3 {
		b.buys(50) // to 100 beyond what a has taken
	}
	w.stands(650, 750, 50, 0)
	b.buys(1)
	w.stands(650, 750, 50, 1)
	if err := a.fund(0); err != nil { // and says what was spent
		t.Fatal(err)
	}
	if stake := a.wallet.Stake(); stake.Today != amount(650+50) || !stake.Prepaid.IsZero() || stake.Locked.Cmp(amount(1<<30)) >= 0 {
		t.Errorf("%+v", stake)
	}
}

// The lower threshold counts, the server's or the client's own, and 0 is what a wallet lets out to a server that says so.
func TestLowerThreshold(t *testing.T) {
	w := newWorld(t, [2]uint64{100, 100}, [2]uint64{20, 100})
	defer w.close()
	w.ops[0].buys(50)
	w.stands(20, 0, 30, 0)
	w.ops[1].buys(60)
	w.ops[1].buys(60)
	w.stands(20, 120, 30, 0)
	w.ops[0].buys(50)
	w.stands(70, 120, 30, 0)
}

// Without its own server a client goes on with what it has seen.
func TestOwnServerAway(t *testing.T) {
	w := newWorld(t, [2]uint64{50, 50}, [2]uint64{50, 50})
	defer w.close()
	a, b := w.ops[0], w.ops[1]
	b.buys(40)
	a.buys(10) // and has seen the 40
	b.buys(20)
	a.away = true
	a.buys(60)
	a.buys(30)
	w.stands(90, 60, 10, 0)
	a.wallet.Close() //nolint:errcheck // it is opened again
	a.pay()          // also over a restart
	a.buys(10)
	w.stands(90, 60, 20, 0)
	a.away = false
	a.buys(10)
	w.stands(100, 60, 20, 0)
}

// A client that has lost its notes takes up where its own last statement is, which the server shows.
func TestLostNotes(t *testing.T) {
	w := newWorld(t, [2]uint64{50, 50}, [2]uint64{50, 50})
	defer w.close()
	a := w.ops[0]
	a.buys(30)
	a.wallet.Close() //nolint:errcheck // it is opened again
	a.disk.Lose()
	a.pay()
	a.buys(15)
	w.stands(45, 0, 0, 0)
	if a.signed() != amount(45) {
		t.Errorf("%s are noted", a.signed())
	}
	if err := a.fund(10); err != nil {
		t.Fatal(err)
	}
	w.stands(50, 0, 5, 0)
}

// What was signed and not acknowledged is part of the next payment, and sent again.
func TestSentAgain(t *testing.T) {
	for _, when := range []string{"before", "after"} {
		w := newWorld(t, [2]uint64{50, 50}, [2]uint64{50, 50})
		a := w.ops[0]
		lose := func(request string) error {
			if request == "promise" {
				a.line.Before, a.line.After = nil, nil
				return errAway
			}
			return nil
		}
		if when == "before" {
			a.line.Before = lose
		} else {
			a.line.After = lose
		}
		if err := a.fund(30); !errors.Is(err, errAway) {
			t.Fatalf("%s: %v", when, err)
		}
		if when == "before" {
			if err := a.fund(30); err != nil {
				t.Fatal(err)
			}
		} else if err := a.fund(0); err != nil {
			t.Fatal(err)
		}
		w.stands(30, 0, 0, 0)
		w.close()
	}
}

// What was signed under a higher threshold than the server has now waits until it is covered, and is paid in money meanwhile.
func TestThresholdLowered(t *testing.T) {
	w := newWorld(t, [2]uint64{50, 50}, [2]uint64{50, 50})
	defer w.close()
	a, b := w.ops[0], w.ops[1]
	a.line.Before = func(request string) error {
		if request == "promise" {
			return errAway
		}
		return nil
	}
	if err := a.fund(30); !errors.Is(err, errAway) {
		t.Fatal(err)
	}
	b.threshold = 10
	b.serve()
	promises := 0
	a.line.Before = func(request string) error {
		if request == "promise" {
			promises++
		}
		return nil
	}
	for range 2 {
		a.buys(10)
	}
	w.stands(0, 0, 20, 0)
	if promises != 2 || a.signed() != amount(30) {
		t.Errorf("%d promises were sent, of which two are in money; %s are noted", promises, a.signed())
	}
	b.buys(25)
	a.buys(30)
	w.stands(30, 25, 20, 0)
}

// A server that lies is not believed, and one that does not take service for service after all is paid in money.
func TestServerLies(t *testing.T) {
	stand := func(lie func(*pay.Standing)) func(*operator) {
		return func(a *operator) {
			a.line.Stand = func(s *pay.Standing) {
				if s.Method == offset.Method {
					lie(s)
				}
			}
		}
	}
	for what, try := range map[string]struct {
		lie  func(a *operator)
		paid uint64 // in money; 0: it is an error
	}{
		"its cover is higher": {stand(func(s *pay.Standing) { s.Cover = amount(1000) }), 40},
		"its cover is lower":  {stand(func(s *pay.Standing) { s.Cover = amount(25) }), 45},
		"it has seen nothing": {stand(func(s *pay.Standing) { s.Cumulative, s.Last = unit.Amount{}, nil }), 0},
		"it has seen more":    {stand(func(s *pay.Standing) { s.Cumulative = amount(30) }), 0},
		"what it shows is another's": {stand(func(s *pay.Standing) {
			forged := statement(t, person(t, "b"), person(t, "a"), 30)
			s.Cumulative, s.Last = amount(30), forged.Encode()
		}), 0},
		"it tells of another channel": {stand(func(s *pay.Standing) { s.ID[0]++ }), 0},
		"it acknowledges less":        {func(a *operator) { a.line.Accept = func(r *pay.Accepted) { r.Cumulative = amount(1) } }, 0},
		"it acknowledges more":        {func(a *operator) { a.line.Accept = func(r *pay.Accepted) { r.Cumulative = amount(999) } }, 0},
		"it is no partner any more": {func(a *operator) {
			p, err := offset.NewProvider(offset.ProviderConfig{Asset: asset(), Own: addressOf(a.other.key), Threshold: amount(50)})
			if err != nil {
				t.Fatal(err)
			}
			a.line.Cashier = pay.NewCashier(pay.CashierConfig{Book: a.other.book, Providers: []pay.Provider{p, a.other.money()}})
		}, 50},
		"it takes no service after all": {func(a *operator) {
			a.line.Cashier = pay.NewCashier(pay.CashierConfig{Book: a.other.book, Providers: []pay.Provider{a.other.money()}})
		}, 50},
	} {
		w := newWorld(t, [2]uint64{30, 30}, [2]uint64{30, 30})
		a := w.ops[0]
		a.buys(20)
		a.wallet.Close() //nolint:errcheck // it is opened again
		a.pay()
		try.lie(a)
		err := a.fund(50)
		_, is := errors.AsType[*pay.LeftError](err)
		if is != (try.paid == 0) || (err == nil) != (try.paid > 0) || a.paid() != amount(try.paid) || a.signed().Cmp(amount(30)) > 0 {
			t.Errorf("%s: %v; %s were paid, and %s owed", what, err, a.paid(), a.signed())
		}
		w.close()
	}
}

// A partner has several servers with one ledger. Service is taken on account at one of them, and at another one when that was closed. What is prepaid at
// either is counted by itself.
func TestAnotherServer(t *testing.T) {
	w := newWorld(t, [2]uint64{90, 90}, [2]uint64{90, 90})
	defer w.close()
	a := w.ops[0]
	if err := a.fund(prepays); err != nil {
		t.Fatal(err)
	}
	a.uses(prepays - 20)
	other := a.place()
	other.Seller[3]++
	other.Spent = unit.Amount{}
	fund := func(n, paid uint64) {
		t.Helper()
		if err := a.wallet.Fund(t.Context(), other, amount(n)); err != nil || a.paid() != amount(paid) {
			t.Fatalf("%v; %s are paid in money, not %d", err, a.paid(), paid)
		}
	}
	fund(10, 10)
	if _, err := a.wallet.Leave(t.Context(), offset.Method, a.id(), nil); err != nil {
		t.Fatal(err)
	}
	fund(20, 10)
	if a.signed() != amount(prepays+20) || a.taken() != a.signed() {
		t.Errorf("%s are noted, and %s in the ledger", a.signed(), a.taken())
	}
	var limit *pay.LimitError
	if err := a.wallet.Fund(t.Context(), other, amount(prepays-30+1)); !errors.As(err, &limit) { // but for 10 on account
		t.Errorf("more than may be prepaid there: %v", err)
	}
	if err := a.fund(prepays - 20 + 1); !errors.As(err, &limit) {
		t.Errorf("more than may be prepaid at the first: %v", err)
	}
	if err := a.fund(1); err != nil || a.paid() != amount(11) {
		t.Errorf("at the first: %v, and %s are paid in money", err, a.paid())
	}
	a.wallet.Close() //nolint:errcheck // it is opened again
	a.pay()
	if err := a.wallet.Fund(t.Context(), other, amount(prepays-40+1)); !errors.As(err, &limit) {
		t.Errorf("more than may be prepaid there: %v", err)
	}
	fund(prepays-40, 11+prepays-40)
}

// Service for service is closed like anything else: nothing is promised any more, nothing comes back, and it begins again where it was.
func TestLeave(t *testing.T) {
	w := newWorld(t, [2]uint64{50, 50}, [2]uint64{50, 50})
	defer w.close()
	a := w.ops[0]
	a.buys(30)
	for range 2 {
		b, err := a.wallet.Leave(t.Context(), offset.Method, a.id(), a.line)
		if err != nil || !b.Closed || b.Promised != amount(30) || b.Deposit != amount(30) {
			t.Fatalf("%+v, %v", b, err)
		}
	}
	a.buys(30)
	w.stands(50, 0, 10, 0)
	if _, err := a.wallet.Open(t.Context(), a.place(), offset.Method, amount(10)); reasonOf(err) != pay.Uncovered {
		t.Errorf("something was locked: %v", err)
	}
	if err := a.wallet.TopUp(t.Context(), offset.Method, a.id(), amount(10)); reasonOf(err) != pay.Uncovered {
		t.Errorf("something was locked: %v", err)
	}
	if err := a.fund(0); err != nil {
		t.Fatal(err)
	}
	if stake := a.wallet.Stake(); !stake.Prepaid.IsZero() || len(stake.Begun) != 0 {
		t.Errorf("%+v", stake)
	}
}
