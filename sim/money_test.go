package sim

import (
	"errors"
	"testing"
	"time"

	"github.com/candela-les/candela/market/auction"
	"github.com/candela-les/candela/unit"
)

// played is a market in the middle of trade, after everything that was said was heard.
func played(t *testing.T) *world {
	t.Helper()
	sc := read(t, "scenarios/small.yaml", 10)
	sc.Span, sc.WarmUp, sc.Twins = 6*time.Minute, 0, 100
	w, err := newWorld(sc, 1)
	if err != nil {
		t.Fatal(err)
	}
	round := unit.Span(sc.Round)
	for at := unit.Instant(0); at < unit.Instant(sc.Span); at = at.Add(round) {
		for i := range shards {
			w.shard(i, at, at.Add(round))
		}
		for i := range w.sellers {
			w.serve(i, at, at.Add(round))
		}
	}
	for i := range shards {
		w.shard(i, w.sellers[0].auction.Now(), w.sellers[0].auction.Now())
	}
	if err := w.checkMoney(); err != nil {
		t.Fatal(err)
	}
	return w
}

// One base unit that is lost, made or moved anywhere is noticed.
func TestAUnitOfMoneyIsMissed(t *testing.T) {
	account := func(s *seller) *deposit {
		for i := range s.accounts {
			if s.accounts[i].debited > 0 {
				return &s.accounts[i]
			}
		}
		t.Fatal("nobody has paid")
		return nil
	}
	for name, harm := range map[string]func(w *world){
		"an operator is credited less":        func(w *world) { w.sellers[1].books.revenue-- },
		"an account is debited more":          func(w *world) { account(w.sellers[0]).debited++ },
		"an account is filled with nothing":   func(w *world) { account(w.sellers[0]).credited++ },
		"a fee is lost":                       func(w *world) { account(w.sellers[0]).fees-- },
		"a client was charged more":           func(w *world) { w.clients[3].charged++ },
		"a client paid more":                  func(w *world) { w.clients[4].paid++ },
		"a refund is lost":                    func(w *world) { w.clients[5].refunded++ },
		"more is held than was filled":        func(w *world) { w.sellers[0].books.held++ },
		"books and account agree on too much": func(w *world) { w.sellers[0].books.fill(1); account(w.sellers[0]).credited++ },
	} {
		t.Run(name, func(t *testing.T) {
			w := played(t)
			harm(w)
			if err := w.checkMoney(); !errors.Is(err, ErrMoney) {
				t.Errorf("not noticed: %v", err)
			}
		})
	}
}

// The twin notices a part of a base unit.
func TestTwinCountsParts(t *testing.T) {
	w := played(t)
	s := w.sellers[0]
	now := s.auction.Now()
	for slot := range s.accounts {
		v, err := s.auction.View(auction.Client(slot))
		if err != nil || v.Units == 0 {
			continue
		}
		o := &s.twin.all[slot]
		s.twin.advance(now)
		o.owed.SubUint64(&o.owed, 1)
		s.charge(now, uint32(slot))
		if s.twin.wrong == nil {
			s.pass(now + 1)
			s.charge(now+1, uint32(slot))
		}
		if err := w.checkMoney(); !errors.Is(err, ErrMoney) {
			t.Errorf("not noticed: %v", err)
		}
		return
	}
	t.Fatal("nobody has won")
}
