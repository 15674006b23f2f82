package ledgertest

import (
	"errors"
	"time"

	"github.com/candela-les/candela/ledger"
)

func holds(w *world) {
	w.credit("a", 1, 100)
	epoch := w.raise(north)
	until := w.clock.now().Add(time.Minute)
	want := ledger.Hold{Owner: north, Epoch: epoch, Account: of(1), Amount: amount(60), Until: until}
	if got := w.hold(w.request(north, epoch, 60)); got != want {
		w.Errorf("%+v instead of %+v", got, want)
	}
	w.wants(map[ledger.Account]string{of(1): "100/60"})
	// What is held is not there for others.
	_, err := w.l.Post(w.Context(), ledger.RefundOf("b", token(), client(1), amount(41)))
	w.fails(err, ledger.ErrInsufficient)
	other := w.raise(south)
	if got := w.hold(w.request(south, other, 60)); got.Amount != amount(40) {
		w.Errorf("south holds %s", got.Amount)
	}
	// Asking for less than is needed changes nothing, not even the time.
	request := w.request(south, other, 60)
	request.AtLeast, request.Until = amount(41), until.Add(time.Hour)
	_, err = w.l.Hold(w.Context(), request)
	if short := new(ledger.InsufficientError); !errors.As(err, &short) || short.Have != amount(40) || short.Need != amount(41) {
		w.Errorf("%v", err)
	}
	got, err := w.l.Holds(w.Context(), of(1))
	if err != nil || len(got) != 2 || got[0] != want || got[1].Owner != south || !got[1].Until.Equal(until) {
		w.Errorf("%+v, %v", got, err)
	}
	// Repeated, grown, shrunk, returned.
	for _, step := range []struct{ ask, has, held uint64 }{{60, 60, 100}, {70, 60, 100}, {10, 10, 50}, {55, 55, 95}, {0, 0, 40}, {0, 0, 40}} {
		if h := w.hold(w.request(north, epoch, step.ask)); h.Amount != amount(step.has) {
			w.Errorf("asked for %d, holds %s", step.ask, h.Amount)
		}
		w.wants(map[ledger.Account]string{of(1): "100/" + amount(step.held).String()})
	}
	for name, r := range map[string]ledger.HoldRequest{
		"no owner":        {Epoch: 1, Token: token(), Client: client(1)},
		"less than least": {Owner: north, Epoch: epoch, Token: token(), Client: client(1), AtLeast: amount(1), Until: until},
		"in the past":     {Owner: north, Epoch: epoch, Token: token(), Client: client(1), Amount: amount(1), Until: w.clock.now()},
		"no time":         {Owner: north, Epoch: epoch, Token: token(), Client: client(1), Amount: amount(1)},
	} {
		if _, err := w.l.Hold(w.Context(), r); !errors.Is(err, ledger.ErrInvalid) {
			w.Errorf("%s: %v", name, err)
		}
	}
	// Of an account that was never used nothing is held.
	nobody := w.request(north, epoch, 5)
	nobody.Client = client(9)
	if h := w.hold(nobody); !h.Amount.IsZero() {
		w.Errorf("%+v", h)
	}
	if got, err := w.l.Holds(w.Context(), of(9)); err != nil || len(got) != 0 {
		w.Error(got, err)
	}
}

func fencing(w *world) {
	w.credit("a", 1, 100)
	_, err := w.l.Hold(w.Context(), w.request(north, 0, 5))
	w.fails(err, ledger.ErrFenced)
	_, err = w.l.Hold(w.Context(), w.request(north, 1, 5))
	w.fails(err, ledger.ErrFenced)
	if first := w.raise(north); first != 1 {
		w.Errorf("the first epoch is %d", first)
	}
	w.hold(w.request(south, w.raise(south), 20))
	w.hold(w.request(north, 1, 60))
	c := charge(north, 1, 1, 10)
	c.Remainder = 77
	if done := w.charge1(c); done.Err != nil {
		w.Fatal(done.Err)
	}
	// Somebody takes over. What was held is free, what was charged stays charged.
	if next := w.raise(north); next != 2 {
		w.Errorf("epoch %d", next)
	}
	w.wants(map[ledger.Account]string{of(1): "90/20", own(ledger.Revenue): "10/0"})
	// The one that was only slow is refused.
	late := w.charge1(charge(north, 1, 2, 10))
	if fenced := new(ledger.FencedError); !errors.As(late.Err, &fenced) || fenced.Present != 2 || fenced.Epoch != 1 {
		w.Errorf("%v", late.Err)
	}
	_, err = w.l.Hold(w.Context(), w.request(north, 1, 50))
	w.fails(err, ledger.ErrFenced)
	w.fails(w.charge1(charge(north, 3, 2, 10)).Err, ledger.ErrFenced) // an epoch that is not there yet
	// The next one has no hold before it asks for one, and goes on where the last one was.
	w.fails(w.charge1(charge(north, 2, 2, 0)).Err, ledger.ErrNoHold)
	if h := w.hold(w.request(north, 2, 30)); h.Charges != 1 || h.Remainder != 77 || h.Epoch != 2 || h.Amount != amount(30) {
		w.Errorf("%+v", h)
	}
	if done := w.charge1(charge(north, 2, 2, 30)); done.Err != nil || done.Hold.Charges != 2 || done.Hold.Remainder != 0 {
		w.Errorf("%+v", done)
	}
	w.wants(map[ledger.Account]string{of(1): "60/20", own(ledger.Revenue): "40/0"})
}

func expiry(w *world) {
	w.credit("a", 1, 100)
	w.credit("b", 2, 50)
	first, other := w.raise(north), w.raise(south)
	w.hold(w.request(north, first, 60))
	second := w.request(north, first, 50)
	second.Client, second.Until = client(2), w.clock.now().Add(2*time.Minute)
	w.hold(second)
	if n, err := w.l.Expire(w.Context()); n != 0 || err != nil {
		w.Error(n, err)
	}
	w.clock.pass(time.Minute - 1)
	if done := w.charge1(charge(north, first, 1, 1)); done.Err != nil {
		w.Errorf("in the last moment: %v", done.Err)
	}
	w.clock.pass(1)
	w.fails(w.charge1(charge(north, first, 2, 1)).Err, ledger.ErrExpired)
	// It is still held until somebody returns it: another server that wants it does.
	w.wants(map[ledger.Account]string{of(1): "99/59"})
	if h := w.hold(w.request(south, other, 90)); h.Amount != amount(90) {
		w.Errorf("%+v", h)
	}
	w.wants(map[ledger.Account]string{of(1): "99/90"})
	// What was charged last can be repeated after that.
	if done := w.charge1(charge(north, first, 1, 1)); done.Err != nil || !done.Repeated {
		w.Errorf("%+v", done)
	}
	w.clock.pass(time.Minute)
	if n, err := w.l.Expire(w.Context()); n != 2 || err != nil {
		w.Error(n, err)
	}
	w.wants(map[ledger.Account]string{of(1): "99/0", of(2): "50/0"})
	// The owner may have it again in the same epoch.
	if h := w.hold(w.request(north, first, 10)); h.Amount != amount(10) || h.Charges != 1 {
		w.Errorf("%+v", h)
	}
	if done := w.charge1(charge(north, first, 2, 10)); done.Err != nil {
		w.Error(done.Err)
	}
	// A clock that goes back brings nothing back to life.
	w.hold(w.request(north, first, 10))
	w.clock.pass(2 * time.Minute)
	w.credit("c", 2, 1)
	w.clock.pass(-2 * time.Minute)
	w.fails(w.charge1(charge(north, first, 3, 1)).Err, ledger.ErrExpired)
}

func charges(w *world) {
	w.credit("a", 1, 100)
	w.credit("b", 2, 100)
	epoch := w.raise(north)
	w.hold(w.request(north, epoch, 60))
	second := w.request(north, epoch, 20)
	second.Client = client(2)
	w.hold(second)
	c1, c2 := charge(north, epoch, 1, 7), charge(north, epoch, 1, 20)
	c1.Fee, c1.Remainder, c2.Client = amount(2), 5, client(2)
	bad := charge(north, epoch, 2, 1)
	bad.Client = client(2) // nothing is left of its hold by then
	next := charge(north, epoch, 2, 0)
	next.Remainder = 9 // nothing but a remainder
	all := []ledger.Charge{c1, c2, bad, next}
	done, err := w.l.Charge(w.Context(), all)
	if err != nil || len(done) != 4 || done[0].Err != nil || done[1].Err != nil || done[3].Err != nil {
		w.Fatal(done, err)
	}
	w.fails(done[2].Err, ledger.ErrInsufficient)
	if h := done[3].Hold; h.Amount != amount(51) || h.Charges != 2 || h.Remainder != 9 {
		w.Errorf("%+v", h)
	}
	want := map[ledger.Account]string{of(1): "91/51", of(2): "80/0", own(ledger.Revenue): "27/0", own(ledger.Fees): "2/0"}
	w.wants(want)
	if done := w.charge1(next); done.Err != nil || !done.Repeated {
		w.Errorf("%+v", done)
	}
	if done, err := w.l.Charge(w.Context(), nil); err != nil || len(done) != 0 {
		w.Error(done, err)
	}
	w.wants(want)
	lines, err := w.l.Statement(w.Context(), of(1), ledger.Page{Limit: 10})
	if err != nil || len(lines) != 3 || lines[1].Ref != "1" || lines[1].Why != ledger.Charging || lines[1].Owner != north || lines[2].Why != ledger.Fee {
		w.Errorf("%+v, %v", lines, err)
	}
}

func refusedCharges(w *world) {
	w.credit("a", 1, 100)
	epoch := w.raise(north)
	w.fails(w.charge1(charge(north, epoch, 1, 1)).Err, ledger.ErrNoHold)
	w.hold(w.request(north, epoch, 60))
	if done := w.charge1(charge(north, epoch, 1, 10)); done.Err != nil {
		w.Fatal(done.Err)
	}
	same := charge(north, epoch, 1, 10)
	for name, change := range map[string]func(*ledger.Charge){
		"of another amount":    func(c *ledger.Charge) { c.Amount = amount(11) },
		"of another fee":       func(c *ledger.Charge) { c.Fee = amount(1) },
		"of another remainder": func(c *ledger.Charge) { c.Remainder = 1 },
		"that is not next":     func(c *ledger.Charge) { c.Number = 3 },
	} {
		c := same
		change(&c)
		if done := w.charge1(c); !errors.Is(done.Err, ledger.ErrConflict) {
			w.Errorf("%s: %v", name, done.Err)
		}
	}
	for name, change := range map[string]func(*ledger.Charge){
		"without a number":     func(c *ledger.Charge) { c.Number = 0 },
		"without an owner":     func(c *ledger.Charge) { c.Owner = "" },
		"of a whole remainder": func(c *ledger.Charge) { c.Remainder = ledger.RemainderParts },
	} {
		c := same
		change(&c)
		if _, err := w.l.Charge(w.Context(), []ledger.Charge{same, c}); !errors.Is(err, ledger.ErrInvalid) {
			w.Errorf("%s: %v", name, err)
		}
	}
	_, err := w.l.Charge(w.Context(), make([]ledger.Charge, ledger.MaxCharges+1))
	w.fails(err, ledger.ErrInvalid)
	more := charge(north, epoch, 2, 51)
	done := w.charge1(more)
	if short := new(ledger.InsufficientError); !errors.As(done.Err, &short) || short.Have != amount(50) {
		w.Errorf("%v", done.Err)
	}
	more.Amount, more.Fee = amount(50), amount(1) // the parts fit, and not the whole
	w.fails(w.charge1(more).Err, ledger.ErrInsufficient)
	w.wants(map[ledger.Account]string{of(1): "90/50", own(ledger.Revenue): "10/0", own(ledger.Fees): "0/0"})
}
