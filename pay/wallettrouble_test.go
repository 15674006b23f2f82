package pay_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/paytest/fake"
	"github.com/candela-les/candela/unit"
)

var errLost = errors.New("lost by the test")

// once fails the first time that what is named, and then never again.
func once(name string, with error) func(string) error {
	done := false
	return func(what string) error {
		if what != name || done {
			return nil
		}
		done = true
		return with
	}
}

// What was promised and not acknowledged is sent again, and is part of what is asked for: lost requests and lost answers pay nothing twice.
func TestWalletLostAnswers(t *testing.T) {
	for _, request := range []string{"establish", "promise", "increase"} {
		for _, answer := range []bool{false, true} {
			for _, restart := range []bool{false, true} {
				t.Run(fmt.Sprintf("%s, answer %v, restart %v", request, answer, restart), func(t *testing.T) {
					s := newStreet(t, 1, nil)
					s.pays(0, 10)
					s.spend(0, 10)
					lose := once(request, errLost)
					if answer {
						s.shops[0].line.After = lose
					} else {
						s.shops[0].line.Before = lose
					}
					if request == "establish" {
						s.restart()
					}
					err := s.fund(0, 75) // locks more
					if !errors.Is(err, errLost) {
						t.Fatal(err)
					}
					if restart {
						s.restart()
					}
					arrived := uint64(0)
					if request == "promise" && answer {
						arrived = 75 // the caller does not know, and asks for what it needs
					}
					s.has(0, arrived)
					s.pays(0, 75-arrived)
					s.has(0, 75)
					s.pays(0, 0) // there is nothing to repeat
					s.has(0, 75)
				})
			}
		}
	}
	s := newStreet(t, 1, nil)
	s.shops[0].line.Before = once("promise", errLost)
	if err := s.fund(0, 40); !errors.Is(err, errLost) {
		t.Fatal(err)
	}
	s.restart()
	s.pays(0, 0) // repeats it, and no more
	s.has(0, 40)
}

// What a server refuses is answered as each reason wants it, and nothing is promised beyond what was asked.
func TestWalletRefusals(t *testing.T) {
	const opened, further = "a 80/0", "a 80/40"
	for _, c := range []struct {
		reason  pay.Reason
		most    uint64
		request string
		held    uint64 // by the server, in the end
		tabs    string
		refused bool
	}{
		{pay.Malformed, 0, "promise", 0, further, true},
		{pay.NoMethod, 0, "establish", 40, "a 80/0, b 80/40", false},
		{pay.NoChannel, 0, "promise", 40, further, false},
		{pay.NoChannel, 0, "establish", 40, further, false},
		{pay.WrongClient, 0, "promise", 0, further, true},
		{pay.WrongPayee, 0, "establish", 40, "a 80/0 closing, b 80/40", false},
		{pay.WrongChain, 0, "establish", 40, "a 80/0 closing, b 80/40", false},
		{pay.BadSign, 0, "promise", 0, further, true},
		{pay.Uncovered, 0, "promise", 40, further, false},
		{pay.Uncovered, 0, "establish", 40, further, false},
		{pay.Stale, 0, "promise", 0, further, true},
		{pay.Stale, 0, "establish", 0, opened, true},
		{pay.Closing, 0, "establish", 0, "a 80/0 closing", true},
		{pay.Closing, 0, "promise", 0, "a 80/40 closing", true},
		{pay.Expired, 0, "promise", 0, "a 80/40 closing", true},
		{pay.TooSmall, 60, "promise", 60, "a 140/60", false},
		{pay.TooSmall, 101, "promise", 0, further, true},
		{pay.Gap, 0, "promise", 40, further, false},
		{pay.TooMuch, 0, "promise", 0, further, true},
		{pay.Unconfirmed, 0, "promise", 40, further, false},
		{pay.Unconfirmed, 0, "establish", 40, further, false},
		{pay.Contradicts, 0, "promise", 0, further, true},
		{pay.Busy, 0, "promise", 0, further, true},
	} {
		t.Run(fmt.Sprintf("%d at %s", c.reason, c.request), func(t *testing.T) {
			s := newStreet(t, 1, nil)
			s.shops[0].line.Before = once(c.request, &pay.Refusal{Reason: c.reason, Most: amount(c.most), Text: "by the test"})
			err := s.fund(0, 40)
			if (err != nil) != c.refused {
				t.Error(err)
			}
			s.has(0, c.held)
			s.tabsAre(c.tabs)
			s.shops[0].line.Before = nil
			if c.refused && c.reason != pay.Closing && c.reason != pay.Expired && c.most == 0 {
				s.pays(0, 40) // it was for once
				s.has(0, 40)
				s.tabsAre(further)
			}
		})
	}
}

// A channel that was of use and is not any more is closed, with what the server hands out for it, and another one is opened.
func TestWalletMovesOn(t *testing.T) {
	for _, reason := range []pay.Reason{pay.Closing, pay.Expired, pay.WrongPayee} {
		s := newStreet(t, 1, nil)
		s.pays(0, 40)
		s.spend(0, 40)
		s.shops[0].line.Before = once("promise", pay.Refuse(reason, "by the test"))
		s.pays(0, 30)
		s.has(0, 30)
		s.tabsAre("a 80/70 closing, a 80/30")
		if err := s.wallet.Resume(t.Context()); err != nil {
			t.Error(err)
		}
		s.tabsAre("a 80/70 closed, a 80/30")
	}
}

// A server that ends a channel before half of it was used gets no other one until a day has passed, whatever it has acknowledged: each one
// would cost gas, and freeze its deposit.
func TestWalletGnawed(t *testing.T) {
	s := newStreet(t, 1, func(s *street) { s.config.Payers = s.config.Payers[:1] })
	s.pays(0, 1)
	s.shops[0].line.Before = func(request string) error {
		if request == "promise" || request == "settle" {
			return pay.Refuse(pay.Closing, "after one unit")
		}
		return nil
	}
	for range 5 {
		if err := s.fund(0, 1); err == nil {
			t.Error("it was paid")
		}
		s.restart()
	}
	s.tabsAre("a 80/2 closing")
	s.shops[0].line.Before = nil
	s.later(25 * time.Hour)
	s.pays(0, 1)
	s.tabsAre("a 80/2 closing, a 80/1")
}

// A server that always refuses a channel that is opened for it gets no other one, also after a restart, until a day has passed.
func TestWalletOpensNoSecond(t *testing.T) {
	s := newStreet(t, 1, func(s *street) { s.config.Payers = s.config.Payers[:1] })
	s.shops[0].line.Before = func(request string) error {
		if request == "establish" {
			return pay.Refuse(pay.WrongPayee, "always")
		}
		return nil
	}
	for range 3 {
		if err := s.fund(0, 40); err == nil {
			t.Error("it was paid")
		}
		s.restart()
	}
	s.tabsAre("a 80/0 closing")
	s.later(25 * time.Hour)
	s.shops[0].line.Before = nil
	s.pays(0, 40)
	s.tabsAre("a 80/0 closing, a 80/40")
}

// With fewer tokens than the owner wants in a channel, those that there are have to do; and what could not be done is not stuck to.
func TestWalletPoor(t *testing.T) {
	poor := func(t *testing.T, err error) {
		t.Helper()
		if r, ok := errors.AsType[*pay.Refusal](err); !ok || r.Reason != pay.Uncovered {
			t.Errorf("%v", err)
		}
	}
	t.Run("opening", func(t *testing.T) {
		s := newStreet(t, 1, nil)
		s.chain.Has(client(1), 50)
		s.payers[0].Step = once("deposit", errLost)
		if err := s.fund(0, 10); !errors.Is(err, errLost) { // 80 are to be locked, and that is kept
			t.Error(err)
		}
		s.pays(0, 10)
		s.tabsAre("a 50/10")
	})
	t.Run("opening with too little", func(t *testing.T) {
		s := newStreet(t, 1, nil)
		s.chain.Has(client(1), 9)
		poor(t, s.fund(0, 10))
		s.restart()
		poor(t, s.fund(0, 10))
		if err := s.wallet.Resume(t.Context()); err != nil || s.wallet.Stake().Locked != amount(0) {
			t.Errorf("something is still begun: %v", err)
		}
		s.chain.Has(client(1), 200)
		s.pays(0, 10)
		s.tabsAre("a 80/10, b 0/0")
		s.restart()
		s.pays(0, 10)
		s.tabsAre("a 80/20, b 0/0")
	})
	t.Run("locking more", func(t *testing.T) {
		s := newStreet(t, 1, nil)
		s.chain.Has(client(1), 80)
		s.pays(0, 70)
		s.spend(0, 70)
		poor(t, s.fund(0, 20))
		if got := s.wallet.Stake().Locked; got != amount(10) {
			t.Errorf("%s are locked", got)
		}
		s.chain.Has(client(1), 15)
		s.pays(0, 20)
		s.tabsAre("a 95/90")
		s.chain.Has(client(1), 200)
		s.pays(0, 40)
		s.tabsAre("a 170/130")
	})
	t.Run("by hand", func(t *testing.T) {
		s := newStreet(t, 1, nil)
		s.chain.Has(client(1), 50)
		_, err := s.wallet.Open(t.Context(), s.place(0), "a", amount(60))
		poor(t, err)
		if _, err := s.wallet.Open(t.Context(), s.place(0), "a", amount(50)); err != nil {
			t.Error(err)
		}
		s.tabsAre("a 50/0")
	})
}

// A channel that is closed and opened again with the same ID goes on where it was. While it is closed, what the server has not collected is not
// prepaid; from when it is open again it is, for the server can collect it then. It is never counted twice.
func TestWalletOpensAgain(t *testing.T) {
	s := newStreet(t, 1, func(s *street) { s.payers[0].One = true })
	prepaid := func(want uint64) {
		t.Helper()
		if got := s.wallet.Stake().Prepaid; got != amount(want) {
			t.Errorf("%s are prepaid, not %d", got, want)
		}
	}
	leave := func() {
		t.Helper()
		id := s.wallet.Stake().Tabs[0].ID
		if b, err := s.wallet.Leave(t.Context(), "a", id, nil); err != nil || b.Closed {
			t.Fatalf("%+v, %v", b, err)
		}
		s.later(2 * time.Hour)
		if b, err := s.wallet.Leave(t.Context(), "a", id, nil); err != nil || !b.Closed {
			t.Fatalf("%+v, %v", b, err)
		}
	}
	s.pays(0, 30)
	prepaid(30)
	leave()
	prepaid(0)
	s.pays(0, 20)
	s.tabsAre("a 110/50")
	prepaid(50)
	leave()
	prepaid(0)
	s.restart()
	s.pays(0, 50)
	s.tabsAre("a 130/100")
	prepaid(100)
	s.beyond(0, 1, "has not served for")
	if stake := s.wallet.Stake(); stake.Today != amount(100) || stake.Locked != amount(30) {
		t.Errorf("%+v", stake)
	}
}

// Killed after a channel was closed, and before that was kept, a wallet does not take the channel that is opened next for it.
func TestWalletOpensAgainAfterCrash(t *testing.T) {
	s := newStreet(t, 1, func(s *street) { s.payers[0].One = true })
	s.pays(0, 30)
	id := s.wallet.Stake().Tabs[0].ID
	if _, err := s.wallet.Leave(t.Context(), "a", id, nil); err != nil {
		t.Fatal(err)
	}
	s.later(2 * time.Hour)
	if err := s.payers[0].Close(t.Context(), id, nil); err != nil { // as far as the payer has come
		t.Fatal(err)
	}
	s.pays(0, 20)
	s.tabsAre("a 110/50")
	if err := s.wallet.Resume(t.Context()); err != nil {
		t.Error(err)
	}
	s.pays(0, 10)
	s.tabsAre("a 110/60")
}

// A server that lies about how the two stand is found out, and gets nothing by it: it is left, and not asked again.
func TestWalletLies(t *testing.T) {
	for name, lie := range map[string]func(s *street, said *pay.Standing){
		"more was promised": func(_ *street, said *pay.Standing) { said.Cumulative = amount(60) },
		"it shows another promise": func(_ *street, said *pay.Standing) {
			said.Cumulative, said.Last = amount(60), fake.Promise{ID: said.ID, Cumulative: 60}.Forge()
		},
		"it shows one of another channel": func(_ *street, said *pay.Standing) {
			said.Cumulative, said.Last = amount(60), fake.Promise{ID: pay.Hash{1}, Cumulative: 60}.Sign()
		},
		"it takes back what it acknowledged": func(_ *street, said *pay.Standing) { said.Cumulative = amount(10) },
		"it forgets the channel's number":    func(_ *street, said *pay.Standing) { said.ID = pay.Hash{} },
		"it names another method":            func(_ *street, said *pay.Standing) { said.Method = "b" },
	} {
		t.Run(name, func(t *testing.T) {
			s := newStreet(t, 1, nil)
			s.pays(0, 40)
			s.shops[0].line.Stand = func(said *pay.Standing) { lie(s, said) }
			// The session has ended, and what was acknowledged is known.
			s.shops[0].line.Before = once("promise", pay.Refuse(pay.NoChannel, "a new session"))
			err := s.fund(0, 10)
			if r, ok := errors.AsType[*pay.Refusal](err); !ok || r.Reason != pay.Contradicts {
				t.Errorf("%v", err)
			}
			if got := s.wallet.Stake().Today; got != amount(50) {
				t.Errorf("%s were promised", got)
			}
			s.isLeft(0, "a 80/50 closing")
		})
	}
	t.Run("more was promised, and the method believes it", func(t *testing.T) {
		s := newStreet(t, 1, func(s *street) { s.payers[0].Trusting = true })
		s.shops[0].line.Stand = func(said *pay.Standing) { said.Cumulative = amount(1) }
		err := s.fund(0, 10)
		if r, ok := errors.AsType[*pay.Refusal](err); !ok || r.Reason != pay.Contradicts {
			t.Errorf("%v", err)
		}
	})
	t.Run("it acknowledges something else", func(t *testing.T) {
		s := newStreet(t, 1, nil)
		s.shops[0].line.Accept = func(a *pay.Accepted) { a.Cumulative = amount(1) }
		if err := s.fund(0, 10); err == nil || !strings.Contains(err.Error(), "acknowledges") {
			t.Errorf("%v", err)
		}
		s.isLeft(0, "a 80/10 closing")
	})
	t.Run("it acknowledges more", func(t *testing.T) {
		s := newStreet(t, 1, nil)
		s.shops[0].line.Accept = func(a *pay.Accepted) { a.Cumulative = amount(11) }
		if err := s.fund(0, 10); err == nil || !strings.Contains(err.Error(), "acknowledges") {
			t.Errorf("%v", err)
		}
		s.isLeft(0, "a 80/10 closing")
	})
	t.Run("it never credits", func(t *testing.T) {
		s := newStreet(t, 1, nil)
		got := uint64(0)
		for s.fund(0, 30) == nil {
			got += 30
			if got > 1000 {
				break
			}
		}
		if got > 100 {
			t.Errorf("it was given %d", got)
		}
	})
	t.Run("it never acknowledges", func(t *testing.T) {
		s := newStreet(t, 1, nil)
		s.shops[0].line.After = func(request string) error {
			if request == "promise" {
				return errLost
			}
			return nil
		}
		for i := range 10 {
			if err := s.fund(0, 30+uint64(i)); err == nil {
				t.Error("it has acknowledged")
			}
			s.restart()
		}
		if got := s.wallet.Stake().Prepaid; got.Cmp(amount(100)) > 0 {
			t.Errorf("it was given %s", got)
		}
	})
	t.Run("it sees no cover", func(t *testing.T) {
		s := newStreet(t, 1, nil)
		s.shops[0].line.Stand = func(said *pay.Standing) { said.Cover = unit.Amount{} }
		err := s.fund(0, 30)
		if r, ok := errors.AsType[*pay.Refusal](err); !ok || r.Reason != pay.Uncovered {
			t.Errorf("%v", err)
		}
		s.tabsAre("a 80/0")
	})
}

// isLeft checks that a server is left: it is not asked for anything, also after a restart and when it is honest again, and its owner is told so.
func (s *street) isLeft(n int, tabs string) {
	s.t.Helper()
	o := s.shops[n]
	o.line.Stand, o.line.Accept = nil, nil
	o.line.Before = func(request string) error {
		s.t.Errorf("it is asked to %s", request)
		return errLost
	}
	for range 2 {
		gone, is := errors.AsType[*pay.LeftError](s.fund(n, 10))
		if !is || !gone.Until.After(s.Now().Add(29*24*time.Hour)) || !strings.Contains(gone.Error(), "UTC") {
			s.t.Errorf("it is not left: %v", gone)
		}
		if left := s.wallet.Stake().Left; len(left) != 1 || left[0].Seller != o.seller || !left[0].Until.Equal(gone.Until) || left[0].Why == "" {
			s.t.Errorf("its owner is told of %+v", left)
		}
		s.tabsAre(tabs)
		s.restart()
	}
	if err := s.wallet.Resume(s.t.Context()); err != nil { // begins to close it
		s.t.Error(err)
	}
	o.line.Before = nil
}

// lies has a server forget what it has acknowledged in this session, and be found out when it is paid 5.
func (s *street) lies(n int) {
	s.t.Helper()
	s.shops[n].line.Stand = func(said *pay.Standing) { said.Cumulative, said.Last = unit.Amount{}, nil }
	s.shops[n].line.Before = once("promise", pay.Refuse(pay.NoChannel, "a new session"))
	err := s.fund(n, 5)
	if _, is := errors.AsType[*pay.LeftError](err); !is {
		s.t.Errorf("it was paid: %v", err)
	}
}

// A server that was left has its channels closed alone, by whatever method; others are paid on. It is paid again when its time is over, or when its owner
// opens a channel there.
func TestWalletLeavesLiar(t *testing.T) {
	caught := func(t *testing.T) *street {
		t.Helper()
		s := newStreet(t, 2, nil)
		if _, err := s.wallet.Open(t.Context(), s.place(0), "b", amount(30)); err != nil {
			t.Fatal(err)
		}
		s.pays(0, 20)
		s.pays(1, 40)
		s.spend(0, 20)
		s.lies(0)
		s.isLeft(0, "a 80/40, b 100/25 closing")
		s.pays(1, 10)
		s.has(1, 50)
		s.later(2 * time.Hour)
		if err := s.wallet.Resume(t.Context()); err != nil {
			t.Error(err)
		}
		s.tabsAre("a 80/50, b 100/25 closed")
		return s
	}
	t.Run("for its time", func(t *testing.T) {
		s := caught(t)
		s.later(29 * 24 * time.Hour)
		if _, is := errors.AsType[*pay.LeftError](s.fund(0, 10)); !is {
			t.Error("it is paid before its time")
		}
		s.later(24 * time.Hour)
		s.pays(0, 10)
		s.has(0, 10)
		if left := s.wallet.Stake().Left; len(left) != 0 {
			t.Errorf("%+v is still left", left)
		}
	})
	t.Run("until its owner opens a channel", func(t *testing.T) {
		s := caught(t)
		if _, err := s.wallet.Open(t.Context(), s.place(0), "a", amount(30)); err != nil {
			t.Fatal(err)
		}
		s.restart()
		s.pays(0, 10)
		s.has(0, 10)
	})
	t.Run("by a clock that ran ahead", func(t *testing.T) {
		s := newStreet(t, 1, nil)
		s.pays(0, 40)
		s.later(10_000 * 24 * time.Hour)
		s.lies(0)
		s.later(-10_000 * 24 * time.Hour)
		s.isLeft(0, "a 80/45 closing")
		s.later(31 * 24 * time.Hour)
		s.pays(0, 10)
	})
	t.Run("when its owner leaves it", func(t *testing.T) {
		s := newStreet(t, 1, nil)
		s.pays(0, 50)
		s.restart()
		s.shops[0].line.Stand = func(said *pay.Standing) { said.Cumulative, said.Last = unit.Amount{}, nil }
		id := s.wallet.Stake().Tabs[0].ID
		_, err := s.wallet.Leave(t.Context(), "a", id, s.shops[0].line)
		if _, is := errors.AsType[*pay.LeftError](err); !is {
			t.Errorf("%v", err)
		}
		s.isLeft(0, "a 80/50 closing")
		s.later(2 * time.Hour)
		if err := s.wallet.Resume(t.Context()); err != nil {
			t.Error(err)
		}
		s.tabsAre("a 80/50 closed")
	})
	t.Run("whose channel is being opened", func(t *testing.T) {
		s := newStreet(t, 1, nil)
		s.payers[1].Step = once("deposit", errLost)
		if _, err := s.wallet.Open(t.Context(), s.place(0), "b", amount(30)); !errors.Is(err, errLost) {
			t.Fatal(err)
		}
		s.restart()
		s.pays(0, 40)
		s.lies(0)
		s.isLeft(0, "a 80/45 closing, b 0/0")
		s.tabsAre("a 80/45 closing, b 30/0 closing")
	})
}

// Who has lost all notes finds the channel again by its name, and what was promised by the server's copy of it.
func TestWalletLostNotes(t *testing.T) {
	s := newStreet(t, 1, nil)
	s.pays(0, 50)
	s.spend(0, 50)
	s.wallet.Close()
	s.disk.Lose()
	s.open()
	s.shops[0].spent = unit.Amount{} // what was charged before is not known any more
	s.pays(0, 60)
	s.has(0, 60)
	s.tabsAre("a 190/110")
	if got := s.wallet.Stake(); got.Today != amount(60) || got.Prepaid != amount(60) {
		t.Errorf("%+v", got)
	}
	s.beyond(0, 41, "has not served for")
	if n := len(s.chain.Locked()); n != 1 {
		t.Errorf("%d channels", n)
	}
}

// Notes that are older than what was signed are brought up to date by the server's copy: a disk that was restored.
func TestWalletOldNotes(t *testing.T) {
	s := newStreet(t, 1, nil)
	s.pays(0, 20)
	old, err := s.disk.All(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	s.pays(0, 30)
	s.wallet.Close()
	if err := s.disk.Save(t.Context(), old[0]); err != nil {
		t.Fatal(err)
	}
	s.open()
	s.spend(0, 50)
	s.pays(0, 10)
	s.has(0, 10)
	s.tabsAre("a 140/60")
}

// What is promised on credit is bounded by it, and locked where the method or the server gives none.
func TestWalletCredit(t *testing.T) {
	s := newStreet(t, 1, func(s *street) { s.config.Limits.Credit = amount(15) })
	s.pays(0, 70)
	s.tabsAre("a 150/70")
	s.spend(0, 70)
	s.pays(0, 90) // the fake method gives none
	s.has(0, 90)
}

// A channel is closed by consent, or alone, or alone after the server was silent; what was not promised comes back, and another
// channel is opened when it is needed.
func TestWalletLeave(t *testing.T) {
	for _, c := range []struct {
		name  string
		alone bool
		mute  bool
	}{{"by consent", false, false}, {"alone", true, false}, {"after silence", false, true}} {
		t.Run(c.name, func(t *testing.T) {
			s := newStreet(t, 1, nil)
			s.pays(0, 50)
			s.spend(0, 20)
			id := s.wallet.Stake().Tabs[0].ID
			line := pay.Line(s.shops[0].line)
			if c.alone {
				line = nil
			}
			if c.mute {
				s.shops[0].line.Before = func(string) error { return errLost }
				if _, err := s.wallet.Leave(t.Context(), "a", id, line); !errors.Is(err, errLost) {
					t.Fatal(err)
				}
				s.restart()
				line = nil
			}
			b, err := s.wallet.Leave(t.Context(), "a", id, line)
			if err != nil || b.Closed == (line == nil) {
				t.Fatalf("%+v, %v", b, err)
			}
			left := uint64(20)
			if line == nil {
				left = 50
				s.tabsAre("a 80/50 closing")
				s.restart()
				s.later(2 * time.Hour)
				ctx, cancel := context.WithCancel(t.Context())
				done := make(chan struct{})
				go func() { s.wallet.Run(ctx); close(done) }()
				for s.tabs() == "a 80/50 closing" {
					time.Sleep(time.Millisecond)
				}
				cancel()
				<-done
			}
			s.tabsAre("a 80/50 closed")
			if got := s.chain.Left(id); got != amount(left) {
				t.Errorf("%s are left to the server", got)
			}
			// What the chain still has for the server stays prepaid until it is charged.
			s.shops[0].line.Before = nil
			s.beyond(0, 101-(left-20), "has not served for")
			s.spend(0, left-20)
			s.pays(0, 100)
			s.tabsAre("a 80/50 closed, a 180/100")
			s.beyond(0, 1, "has not served for")
		})
	}
	s := newStreet(t, 1, nil)
	if _, err := s.wallet.Leave(t.Context(), "a", pay.Hash{1}, nil); !errors.Is(err, pay.ErrNoTab) {
		t.Error(err)
	}
}

// A transaction that the chain would not take any more, for the server has collected meanwhile, is made anew by itself: nobody has to close again. Not for ever.
func TestWalletLeavesOnceMore(t *testing.T) {
	for _, always := range []bool{false, true} {
		s := newStreet(t, 1, nil)
		s.pays(0, 50)
		id := s.wallet.Stake().Tabs[0].ID
		reverted, tries := errors.New("would be reverted"), 0
		s.payers[0].Step = func(what string) error {
			if what != "close" {
				return nil
			}
			if tries++; always || tries == 1 {
				return reverted
			}
			return nil
		}
		b, err := s.wallet.Leave(t.Context(), "a", id, nil)
		if tries != 2 || errors.Is(err, reverted) != always || !always && (err != nil || b.ClosingS == 0) {
			t.Errorf("tried %d times: %+v, %v", tries, b, err)
		}
	}
}

// Whatever a server says that has been spent, and hands out to close a channel with: in the end it is closed, alone.
func TestWalletLeavesLiars(t *testing.T) {
	for name, lie := range map[string]func(*pay.Settled){
		"more was spent than promised": func(out *pay.Settled) { out.Spent = amount(51) },
		"nothing":                      func(out *pay.Settled) { out.Data = nil },
		"garbage":                      func(out *pay.Settled) { out.Data = []byte{1, 2, 3} },
		"damaged":                      func(out *pay.Settled) { out.Data[40]++ },
	} {
		t.Run(name, func(t *testing.T) {
			s := newStreet(t, 1, nil)
			s.pays(0, 50)
			id := s.wallet.Stake().Tabs[0].ID
			s.shops[0].line.Out = lie
			_, err := s.wallet.Leave(t.Context(), "a", id, s.shops[0].line)
			if s.restart(); err != nil { // it was told, and the owner has to do without
				if !strings.Contains(err.Error(), "were promised") {
					t.Error(err)
				}
				if _, err := s.wallet.Leave(t.Context(), "a", id, nil); err != nil {
					t.Error(err)
				}
			}
			s.tabsAre("a 80/50 closing")
			s.later(2 * time.Hour)
			if err := s.wallet.Resume(t.Context()); err != nil {
				t.Error(err)
			}
			s.tabsAre("a 80/50 closed")
			if got := s.chain.Left(id); got != amount(50) {
				t.Errorf("%s are left to the server", got)
			}
		})
	}
}

// What is on its way into a channel when it is left comes back with the rest.
func TestWalletLeavesWhileLocking(t *testing.T) {
	var hold atomic.Bool
	held, release := make(chan struct{}), make(chan struct{})
	s := newStreet(t, 1, func(s *street) {
		s.payers[0].Step = func(what string) error {
			if what == "deposit" && hold.Swap(false) {
				close(held)
				<-release
			}
			return nil
		}
	})
	s.pays(0, 20)
	hold.Store(true)
	if err := s.fund(0, 45); err != nil {
		t.Fatal(err)
	}
	<-held // it locks more ahead of its use
	id := s.wallet.Stake().Tabs[0].ID
	left := make(chan error)
	go func() {
		_, err := s.wallet.Leave(t.Context(), "a", id, s.shops[0].line)
		left <- err
	}()
	select {
	case err := <-left:
		close(release)
		s.settle()
		t.Errorf("left with %v before it was known what is locked", err)
	case <-time.After(20 * time.Millisecond): // most often it would have left by now
		close(release)
		if err := <-left; err != nil {
			t.Error(err)
		}
	}
	b, err := s.payers[0].Balance(t.Context(), id)
	if err != nil || !b.Closed || !b.Deposit.IsZero() {
		t.Errorf("the channel is %+v, %v", b, err)
	}
}

// A server that cannot be asked for a moment when it is left is asked again when its owner wishes, and the channel is not closed alone meanwhile:
// then the server would collect what was not spent.
func TestWalletAsksAgain(t *testing.T) {
	for _, alone := range []bool{false, true} {
		s := newStreet(t, 1, nil)
		s.pays(0, 60)
		s.spend(0, 20)
		id := s.wallet.Stake().Tabs[0].ID
		lost := errors.New("lost")
		s.shops[0].line.Before = func(what string) error {
			if what == "settle" {
				return lost
			}
			return nil
		}
		if _, err := s.wallet.Leave(t.Context(), "a", id, s.shops[0].line); !errors.Is(err, lost) {
			t.Fatal(err)
		}
		s.restart()
		if err := s.wallet.Resume(t.Context()); err != nil {
			t.Fatal(err)
		}
		if b, err := s.payers[0].Balance(t.Context(), id); err != nil || b.ClosingS != 0 || b.Closed {
			t.Fatalf("it is closed alone: %+v, %v", b, err)
		}
		if alone {
			if b, err := s.wallet.Leave(t.Context(), "a", id, nil); err != nil || b.ClosingS == 0 {
				t.Errorf("%+v, %v", b, err)
			}
			continue
		}
		s.shops[0].line.Before = nil
		if b, err := s.wallet.Leave(t.Context(), "a", id, s.shops[0].line); err != nil || !b.Closed || b.Deposit != amount(20) {
			t.Errorf("%+v, %v", b, err)
		}
	}
}

// A payment that waits behind the end of a channel, and is broken off meanwhile, opens no other one, however the two ends fall together.
func TestWalletLeavesBeforePayment(t *testing.T) {
	for range 50 {
		s := newStreet(t, 1, nil)
		s.pays(0, 50)
		id := s.wallet.Stake().Tabs[0].ID
		ctx, cancel := context.WithCancel(t.Context())
		funded, once := make(chan error, 1), false
		s.shops[0].line.Before = func(what string) error {
			if what == "settle" && !once {
				once = true
				go func() { funded <- s.wallet.Fund(ctx, s.place(0), amount(30)) }()
				time.Sleep(time.Millisecond)
				cancel()
			}
			return nil
		}
		if b, err := s.wallet.Leave(t.Context(), "a", id, s.shops[0].line); err != nil || !b.Closed {
			t.Fatalf("%+v, %v", b, err)
		}
		if err := <-funded; !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
		s.tabsAre("a 80/50 closed")
	}
}
