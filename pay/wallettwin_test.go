package pay_test

import (
	"context"
	"errors"
	"maps"
	"slices"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/unit"
)

var errCrash = errors.New("the process is dead")

// fuse counts the steps of a wallet, its payers, its disk and its lines, and kills the process at one of them: from then on nothing is
// done.
type fuse struct {
	mu    sync.Mutex
	steps int
	at    int // 0: never
	blown bool
}

func (f *fuse) step(string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.steps++
	if f.blown = f.blown || f.steps == f.at; f.blown {
		return errCrash
	}
	return nil
}

func (f *fuse) mend() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.at, f.blown = 0, false
}

func (s *street) wire(f *fuse) {
	s.disk.Step = f.step
	for _, p := range s.payers {
		p.Step = f.step
	}
	for _, o := range s.shops {
		o.line.Before, o.line.After = f.step, f.step
	}
}

// Killed at any step, a wallet goes on where it was: nothing is opened, locked, promised or closed twice.
func TestWalletCrash(t *testing.T) {
	for at := 1; ; at++ {
		f := &fuse{at: at}
		s := newStreet(t, 2, func(s *street) { s.wire(f) })
		again := func(do func() error) {
			t.Helper()
			for do() != nil {
				f.mend()
				s.restart()
				if err := s.wallet.Resume(t.Context()); err != nil {
					t.Fatalf("killed at step %d: %v", at, err)
				}
			}
		}
		until := func(n int, want uint64) func() error { // as a buyer does, who sees what the server holds
			return func() error {
				held, err := s.shops[n].book.Unspent(t.Context(), client(1))
				if err != nil {
					return err
				}
				need, _ := amount(want).Sub(held)
				_, low := need.Words()
				return s.fund(n, low)
			}
		}
		again(until(0, 40))
		s.spend(0, 40)
		again(until(0, 70))
		again(until(1, 30))
		s.settle()
		s.spend(0, 10)
		id := s.payers[0].ID("0700000000000000000000000000000000000000/5/0100000000000000000000000000000000000000/0")
		again(func() error {
			b, err := s.wallet.Leave(t.Context(), "a", id, s.shops[0].line)
			if err == nil && !b.Closed {
				t.Errorf("killed at step %d: %+v", at, b)
			}
			return err
		})
		f.mend()
		s.restart()
		s.has(0, 0) // given back
		s.has(1, 30)
		// Whether more was locked ahead of its use depends on when it was killed.
		if got := s.tabs(); got != "a 150/110 closed, a 80/30" && got != "a 190/110 closed, a 80/30" && got != "a 120/110 closed, a 80/30" {
			t.Errorf("killed at step %d: %s", at, got)
		}
		if left := s.chain.Left(id); left != amount(50) || len(s.chain.Locked()) != 2 {
			t.Errorf("killed at step %d: %s are left to the server, and there are %d channels", at, left, len(s.chain.Locked()))
		}
		if stake := s.wallet.Stake(); stake.Today != amount(140) {
			t.Errorf("killed at step %d: %+v", at, stake)
		}
		s.wallet.Close()
		if f.steps < at {
			if at < 40 {
				t.Errorf("%d steps", at)
			}
			return
		}
	}
}

// twinShop is what a naive reckoner knows of a server: no channels, only sums.
type twinShop struct {
	promised, accepted uint64
	spent              uint64 // what of promised is not prepaid any more
	lied               bool   // what it was to give back it has not
}

// walletTwin reckons beside a wallet.
type walletTwin struct {
	*street
	rt     *rapid.T
	shops  []twinShop
	today  uint64
	limits struct{ prepaid, daily, locked uint64 }
}

func small(a unit.Amount) uint64 {
	_, low := a.Words()
	return low
}

// real returns what was promised to a server and what that has accepted, by disk and ledger.
func (w *walletTwin) real(n int) (promised, accepted uint64) {
	notes, err := w.disk.All(w.t.Context())
	if err != nil {
		w.rt.Fatal(err)
	}
	for _, note := range notes {
		if note.To.Seller != w.street.shops[n].seller {
			continue
		}
		promised += small(note.Promised)
		e, ok, err := w.street.shops[n].book.Entry(w.t.Context(), note.Method, note.ID)
		if err != nil {
			w.rt.Fatal(err)
		}
		if ok {
			accepted += small(e.Cumulative)
		}
	}
	return promised, accepted
}

// fund pays, and compares with what sums say.
func (w *walletTwin) fund(n int, more uint64) {
	o := &w.shops[n]
	goal := max(o.accepted+more, o.promised)
	extra := goal - o.promised
	beyond := goal-o.spent > w.limits.prepaid && (extra > 0 || goal > o.accepted) || extra > 0 && w.today+extra > w.limits.daily
	err := w.street.fund(n, more)
	w.settle()
	promised, accepted := w.real(n)
	limit, isLimit := errors.AsType[*pay.LimitError](err)
	switch {
	case err == nil && (beyond || promised != goal || accepted != goal):
		w.rt.Fatalf("%d more for %+v: promised %d, accepted %d, beyond a limit: %v", more, *o, promised, accepted, beyond)
	case isLimit && !beyond && limit.Limit != "what is locked in channels":
		w.rt.Fatalf("%d more for %+v: %v", more, *o, err)
	case err != nil && (promised != o.promised && promised != goal || accepted != o.accepted && accepted != goal || beyond && promised != o.promised):
		w.rt.Fatalf("%d more for %+v: promised %d, accepted %d, %v", more, *o, promised, accepted, err)
	case err != nil && !isLimit && !errors.Is(err, errLost) && !isRefusal(err):
		w.rt.Fatal(err)
	}
	w.today += promised - o.promised
	o.promised, o.accepted = promised, accepted
}

func isRefusal(err error) bool {
	_, ok := errors.AsType[*pay.Refusal](err)
	return ok
}

// check compares all that has to hold at any time.
func (w *walletTwin) check() {
	w.settle()
	stake := w.wallet.Stake()
	var locked uint64
	there := w.chain.Locked()
	for _, tab := range stake.Tabs {
		if !tab.Closed {
			locked += max(small(there[tab.ID]), small(tab.Promised)) - small(tab.Promised)
		}
		if tab.Promised.Cmp(tab.Deposit) > 0 {
			w.rt.Errorf("promised beyond what is locked: %+v", tab)
		}
	}
	if locked > w.limits.locked || locked > small(stake.Locked) || small(stake.Today) != w.today || w.today > w.limits.daily {
		w.rt.Fatalf("%d are locked, %d promised today; the wallet says %s and %s", locked, w.today, stake.Locked, stake.Today)
	}
	for n, o := range w.shops {
		if o.promised > o.spent+w.limits.prepaid || o.accepted > o.promised {
			w.rt.Fatalf("server %d: %+v", n, o)
		}
	}
}

// A wallet does what sums say, whatever is lost, refused and killed, and is never beyond a limit.
func TestWalletTwin(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := &walletTwin{rt: rt, shops: make([]twinShop, 2)}
		w.limits.prepaid = rapid.SampledFrom([]uint64{60, 100, 200}).Draw(rt, "prepaid")
		w.limits.daily = rapid.SampledFrom([]uint64{150, 1000}).Draw(rt, "daily")
		w.limits.locked = rapid.SampledFrom([]uint64{60, 150, 1000}).Draw(rt, "locked")
		f := &fuse{}
		w.street = newStreet(t, 2, func(s *street) {
			s.config.Limits = pay.Limits{
				Prepaid: amount(w.limits.prepaid), Daily: amount(w.limits.daily), Locked: amount(w.limits.locked),
				Deposit: amount(rapid.Uint64Range(1, 100).Draw(rt, "deposit")),
			}
		})
		defer func() { w.wallet.Close() }()
		for range rapid.IntRange(1, 30).Draw(rt, "steps") {
			n := rapid.IntRange(0, 1).Draw(rt, "server")
			line := w.street.shops[n].line
			switch rapid.SampledFrom([]string{"fund", "fund", "fund", "spend", "spend", "restart", "day", "lose", "refuse", "crash", "leave", "lie", "together", "gift"}).Draw(rt, "step") {
			case "fund":
				w.fund(n, rapid.Uint64Range(0, 120).Draw(rt, "more"))
			case "spend":
				before := small(w.street.shops[n].spent)
				w.spend(n, rapid.Uint64Range(1, 80).Draw(rt, "spent"))
				w.charged(n, small(w.street.shops[n].spent)-before)
			case "gift": // that the operator has made, and charges
				gift := rapid.Uint64Range(1, 80).Draw(rt, "gift")
				w.street.shops[n].spent, _ = w.street.shops[n].spent.Add(amount(gift))
				w.charged(n, gift)
			case "restart":
				w.restart()
			case "day":
				w.later(24 * time.Hour)
				w.today = 0
			case "lose":
				lose := once(rapid.SampledFrom([]string{"establish", "promise", "increase"}).Draw(rt, "request"), errLost)
				if rapid.Bool().Draw(rt, "answer") {
					line.After = lose
				} else {
					line.Before = lose
				}
				w.fund(n, rapid.Uint64Range(1, 60).Draw(rt, "more"))
				line.Before, line.After = nil, nil
			case "refuse":
				reason := rapid.SampledFrom([]pay.Reason{pay.Stale, pay.Busy, pay.NoChannel, pay.Gap, pay.Unconfirmed, pay.Uncovered, pay.BadSign}).Draw(rt, "reason")
				line.Before = once(rapid.SampledFrom([]string{"establish", "promise", "increase"}).Draw(rt, "request"), pay.Refuse(reason, "by the test"))
				w.fund(n, rapid.Uint64Range(1, 60).Draw(rt, "more"))
				line.Before = nil
			case "crash":
				w.crash(f, n, rapid.IntRange(1, 20).Draw(rt, "at"))
			case "leave":
				w.leave(n)
			case "lie":
				lie := rapid.SampledFrom(slices.Sorted(maps.Keys(lies))).Draw(rt, "lie")
				w.leaveLiar(n, lies[lie])
			case "together":
				w.together(rapid.SliceOfN(rapid.Custom(func(t *rapid.T) payment {
					return payment{rapid.IntRange(0, 1).Draw(t, "server"), rapid.Uint64Range(1, 60).Draw(t, "more")}
				}), 2, 4).Draw(rt, "payments"))
			}
			w.check()
		}
	})
}

// payment is a call of Fund.
type payment struct {
	to   int
	more uint64
}

// together makes payments at once. They have their turns, so they come to what some order of them does; no limit is exceeded, and none
// keeps back what all of them together leave room for.
func (w *walletTwin) together(payments []payment) {
	w.disk.Step = func(string) error { // others have their chance between a decision and its note
		time.Sleep(20 * time.Microsecond)
		return nil
	}
	defer func() { w.disk.Step = nil }()
	results := make([]error, len(payments))
	var group sync.WaitGroup
	for i, p := range payments {
		group.Go(func() { results[i] = w.street.fund(p.to, p.more) })
	}
	group.Wait()
	w.settle()

	var most, made, all [2]uint64 // to each server: what all would come to at most, and what came to be
	room := true
	today := w.today
	for i, p := range payments {
		all[p.to] += p.more
		if results[i] == nil {
			made[p.to] += p.more
		}
	}
	for n := range w.shops {
		o := &w.shops[n]
		if all[n] > 0 {
			most[n] = o.promised + all[n]
			today += all[n]
			room = room && most[n] <= o.spent+w.limits.prepaid
		}
	}
	room = room && today <= w.limits.daily
	for i, err := range results {
		limit, isLimit := errors.AsType[*pay.LimitError](err)
		switch {
		case err != nil && !isLimit:
			w.rt.Fatalf("%+v of %+v: %v", payments[i], payments, err)
		case isLimit && room && limit.Limit != "what is locked in channels":
			w.rt.Fatalf("%+v of %+v with room for all: %v", payments[i], payments, err)
		}
	}
	for n := range w.shops {
		o := &w.shops[n]
		promised, accepted := w.real(n)
		if least := max(o.accepted+made[n], o.promised); accepted < o.accepted+made[n] || promised < least || promised > max(most[n], o.promised) {
			w.rt.Fatalf("server %d: %+v has come to %d promised and %d accepted by %+v: %v", n, *o, promised, accepted, payments, results)
		}
		if made[n] == all[n] && made[n] > 0 && promised != accepted {
			w.rt.Fatalf("server %d: %d promised, %d accepted, and all was paid", n, promised, accepted)
		}
		w.today += promised - o.promised
		o.promised, o.accepted = promised, accepted
	}
}

// lies are what a server may say when it is asked to settle. By none of them anything is given back.
var lies = map[string]func(promised uint64, s *pay.Settled){
	"nothing spent, and garbage": func(promised uint64, s *pay.Settled) {
		s.Spent, s.Unspent, s.Data = amount(0), amount(promised), []byte{1, 2, 3}
	},
	"nothing spent, and nothing": func(promised uint64, s *pay.Settled) { s.Spent, s.Unspent, s.Data = amount(0), amount(promised), nil },
	"more than was promised":     func(promised uint64, s *pay.Settled) { s.Spent = amount(promised + 1) },
	"damaged":                    func(_ uint64, s *pay.Settled) { s.Data[len(s.Data)-100]++ },
}

// leaveLiar closes a server's channels though it lies: in the end alone, and then nothing that was promised has come back, whatever it has said.
func (w *walletTwin) leaveLiar(n int, lie func(promised uint64, s *pay.Settled)) {
	o := w.street.shops[n]
	defer func() { o.line.Out = nil }()
	for _, tab := range w.wallet.Stake().Tabs {
		if tab.To.Seller != o.seller || tab.Closed || tab.Promised.IsZero() {
			continue
		}
		o.line.Out = func(s *pay.Settled) { lie(small(tab.Promised), s) }
		ctx, cancel := context.WithTimeout(w.t.Context(), 10*time.Second)
		defer cancel()
		b, err := w.wallet.Leave(ctx, tab.Method, tab.ID, o.line)
		for tries := 0; !b.Closed; tries++ {
			if tries == 3 || tries > 0 && err != nil {
				w.rt.Fatalf("%+v, %v", b, err)
			}
			w.pass(2 * time.Hour)
			b, err = w.wallet.Leave(ctx, tab.Method, tab.ID, nil)
		}
		at := &w.shops[n]
		at.lied = true
		at.promised, at.accepted = w.real(n)
		if left := w.chain.Left(tab.ID); small(left) < small(tab.Promised) {
			w.rt.Fatalf("%s are left of %s", left, tab.Promised)
		}
	}
}

// pass has time go by, and the day end when it does.
func (w *walletTwin) pass(span time.Duration) {
	day := w.Now().YearDay()
	w.later(span)
	if w.Now().YearDay() != day {
		w.today = 0
	}
}

// charged has a server charge more than before. Whether it is of what was promised or of what others paid nobody can tell.
func (w *walletTwin) charged(n int, more uint64) {
	o := &w.shops[n]
	o.spent = min(o.promised, o.spent+more)
}

// crash kills the process within a payment.
func (w *walletTwin) crash(f *fuse, n, at int) {
	f.steps, f.at = 0, at
	w.wire(f)
	o := &w.shops[n]
	before := *o
	goal := max(o.accepted+10, o.promised)
	w.street.fund(n, 10) //nolint:errcheck // what is on disk counts
	w.settle()
	w.wire(&fuse{})
	w.restart()
	f.mend()
	o.promised, o.accepted = w.real(n)
	if o.promised != before.promised && o.promised != goal || o.accepted != before.accepted && o.accepted != goal {
		w.rt.Fatalf("%+v has become %+v", before, *o)
	}
	w.today += o.promised - before.promised
}

// leave closes a server's channel by consent.
func (w *walletTwin) leave(n int) {
	o := w.street.shops[n]
	for _, tab := range w.wallet.Stake().Tabs {
		if tab.To.Seller != o.seller || tab.Closed {
			continue
		}
		ctx, cancel := context.WithTimeout(w.t.Context(), 10*time.Second)
		defer cancel()
		if tab.Cover.IsZero() && tab.Promised.IsZero() { // the server has never heard of it
			if b, err := w.wallet.Leave(ctx, tab.Method, tab.ID, nil); err != nil || b.ClosingS == 0 && !b.Closed {
				w.rt.Fatalf("%+v, %v", b, err)
			}
			continue
		}
		b, err := w.wallet.Leave(ctx, tab.Method, tab.ID, o.line)
		if err != nil || !b.Closed {
			w.rt.Fatalf("%+v, %v", b, err)
		}
		// What was not acknowledged has been by now, and all of it that was not spent is given back, so it is not prepaid any more.
		at := &w.shops[n]
		at.promised, at.accepted = w.real(n)
		note, _, err := w.disk.Load(ctx, tab.Method, tab.ID)
		if err != nil {
			w.rt.Fatal(err)
		}
		w.charged(n, small(note.Promised)-small(w.chain.Left(tab.ID)))
		if !at.lied && at.spent != at.promised {
			w.rt.Fatalf("not all was given back: %+v", *at)
		}
		if at.promised != at.accepted {
			w.rt.Fatalf("closed at %+v", *at)
		}
	}
}
