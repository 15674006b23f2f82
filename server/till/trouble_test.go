package till_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/candela-les/candela/ledger"
	"github.com/candela-les/candela/ledger/postgres"
	"github.com/candela-les/candela/ledger/postgres/postgrestest"
	"github.com/candela-les/candela/server/till"
)

func contextFor(t *testing.T, d time.Duration) (context.Context, context.CancelFunc) {
	t.Helper()
	return context.WithTimeout(t.Context(), d)
}

// TestOutage has the ledger fail for a while, in each of the ways that there are: what is charged meanwhile is posted once
// it is back, in order and once.
func TestOutage(t *testing.T) {
	for name, kind := range map[string]fault{"unavailable": unavailable, "full": full, "answers lost": answerLost, "calls lost": callLost} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			tt := w.till("north")
			w.credit("a", 1, 1000)
			tt.reserve(1, 500, 0)
			failed := 0
			tt.flaky.fail(func() fault {
				if failed++; failed > 5 {
					return fine
				}
				return kind
			})
			limit := uint64(500)
			var want []string
			for n := uint64(1); n <= 10; n++ {
				limit -= n
				tt.charge(1, n, 0, limit)
				want = append(want, fmt.Sprintf("client 1: posted %d and 0 as %d and 0", n, n+1))
			}
			p := tt.settled(1)
			if p.Balance != amount(945) || p.Limit != amount(445) || p.Entries != 11 || w.earned() != 55 {
				t.Errorf("%+v, %d earned", p, w.earned())
			}
			tt.hears(want...)
		})
	}
}

// TestDoubt has the answer to a charge be lost for long: nobody reads a balance meanwhile that may or may not have it.
func TestDoubt(t *testing.T) {
	w := newWorld(t)
	tt := w.till("north")
	w.credit("a", 1, 100)
	tt.reserve(1, 50, 0)
	asked := make(chan struct{})
	times := 0
	tt.flaky.fail(func() fault { // it is carried out, and then nothing is for a while
		switch times++; times {
		case 1:
			return answerLost
		case 3:
			close(asked)
		}
		return full
	})
	tt.charge(1, 10, 0, 40)
	<-asked
	ctx, cancel := contextFor(t, 20*time.Millisecond)
	defer cancel()
	if p, err := tt.Account(ctx, client(1)); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%+v, %v", p, err)
	}
	if p, err := tt.Reserve(ctx, client(1), amount(50), amount(0)); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%+v, %v", p, err)
	}
	tt.flaky.fail(nil)
	if p := tt.settled(1); p.Balance != amount(90) {
		t.Errorf("%+v", p)
	}
}

// TestLongOutage lasts for longer than holds do. What others have not taken meanwhile is charged, what they have is forgiven.
func TestLongOutage(t *testing.T) {
	w := newWorld(t)
	tt := w.till("north")
	for c := byte(1); c <= 2; c++ {
		w.credit(fmt.Sprint("a", c), c, 100)
		tt.reserve(c, 50, 0)
	}
	tt.flaky.fail(always(unavailable))
	for c := byte(1); c <= 2; c++ {
		tt.charge(c, 10, 0, 40)
		tt.charge(c, 30, 0, 10)
		tt.charge(c, 5, 0, 5)
	}
	w.clock.pass(2 * time.Minute)
	other := w.till("south")
	if p := other.reserve(2, 80, 80); p.Limit != amount(80) {
		t.Errorf("%+v", p)
	}
	tt.flaky.fail(nil)
	if p := tt.settled(1); p.Balance != amount(55) || p.Limit != amount(50) {
		t.Errorf("%+v", p)
	}
	// Of the second client 20 are left: 10 and 5 fit, 30 do not.
	if p := tt.settled(2); p.Balance != amount(85) || p.Limit != amount(5) || tt.sum(client(2)) != 15 {
		t.Errorf("%+v, %d posted", p, tt.sum(client(2)))
	}
	if w.earned() != 60 {
		t.Errorf("%d earned", w.earned())
	}
	if err := errors.Join(tt.Close(t.Context()), other.Close(t.Context())); err != nil {
		t.Error(err)
	}
}

// TestBeyond charges more than is held, and somebody of whom nothing is held.
func TestBeyond(t *testing.T) {
	w := newWorld(t)
	tt := w.till("north")
	w.credit("a", 1, 100)
	w.credit("b", 2, 100)
	tt.reserve(1, 50, 0)
	tt.charge(1, 70, 0, 0)
	tt.charge(1, 40, 0, 0)
	if p := tt.settled(1); p.Balance != amount(30) || p.Limit != amount(30) {
		t.Errorf("%+v", p)
	}
	tt.charge(2, 70, 0, 0)
	tt.charge(3, 70, 0, 0)
	tt.charge(4, 0, 0, 0)
	for c := byte(2); c <= 4; c++ {
		tt.settled(c)
	}
	if err := tt.Close(t.Context()); err != nil {
		t.Error(err)
	}
	if w.earned() != 140 {
		t.Errorf("%d earned", w.earned())
	}
}

// TestUnanswered has a hold be asked for without an answer. Nothing of it may be spent, and it is returned all the same.
func TestUnanswered(t *testing.T) {
	w := newWorld(t)
	tt := w.till("north")
	w.credit("a", 1, 100)
	tt.flaky.fail(always(answerLost))
	if p, err := tt.Reserve(t.Context(), client(1), amount(50), amount(0)); !errors.Is(err, ledger.ErrUnknown) {
		t.Errorf("%+v, %v", p, err)
	}
	tt.flaky.fail(nil)
	if limit := tt.Limit(client(1)); !limit.IsZero() {
		t.Errorf("a limit of %s", limit)
	}
	if b := w.total(ledger.ClientAccount(token(), client(1))); b.Held != amount(50) {
		t.Errorf("%+v", b)
	}
	tt.renew()
	if b := w.total(ledger.ClientAccount(token(), client(1))); !b.Held.IsZero() {
		t.Errorf("%+v", b)
	}
	tt.flaky.fail(always(answerLost))
	if p, err := tt.Reserve(t.Context(), client(1), amount(50), amount(0)); !errors.Is(err, ledger.ErrUnknown) {
		t.Errorf("%+v, %v", p, err)
	}
	tt.flaky.fail(nil)
	if err := tt.Close(t.Context()); err != nil {
		t.Error(err)
	}
	if b := w.total(ledger.ClientAccount(token(), client(1))); !b.Held.IsZero() {
		t.Errorf("%+v", b)
	}
}

// TestCrash loses what was charged and not posted. The next till goes on with the rest.
func TestCrash(t *testing.T) {
	w := newWorld(t)
	tt := w.till("north")
	w.credit("a", 1, 100)
	tt.reserve(1, 50, 0)
	tt.charge(1, 10, 1, 39)
	tt.settled(1)
	tt.flaky.fail(always(unavailable))
	tt.charge(1, 20, 0, 19)
	tt.Crash()

	next := w.till("north")
	if b := w.total(ledger.ClientAccount(token(), client(1))); !b.Held.IsZero() || b.Total != ledger.Plus(amount(89)) {
		t.Errorf("%+v", b)
	}
	if p := next.reserve(1, 60, 60); p.Limit != amount(60) || p.Remainder != 10 {
		t.Errorf("%+v", p)
	}
	next.charge(1, 5, 0, 55)
	if p := next.settled(1); p.Balance != amount(84) || p.Entries != 4 {
		t.Errorf("%+v", p)
	}
}

// TestFenced has another process take over. The first one stops, wherever it notices.
func TestFenced(t *testing.T) {
	for name, notice := range map[string]func(w *world, tt *testTill){
		"by a charge": func(w *world, tt *testTill) { tt.Charge(client(1), till.Charge{Amount: amount(1)}) },
		"by a renewal": func(w *world, tt *testTill) {
			w.clock.pass(time.Minute)
			if err := tt.Renew(w.Context()); !errors.Is(err, ledger.ErrFenced) {
				w.Error(err)
			}
		},
		"by a bid": func(w *world, tt *testTill) {
			if _, err := tt.Reserve(w.Context(), client(1), amount(5), amount(5)); !errors.Is(err, ledger.ErrFenced) {
				w.Error(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			tt := w.till("north")
			w.credit("a", 1, 100)
			w.credit("b", 2, 100)
			tt.reserve(1, 50, 0)
			tt.reserve(2, 50, 0)
			w.till("north")
			notice(w, tt)
			tt.waitLost(2)
			for c := byte(1); c <= 2; c++ {
				if left := tt.Charge(client(c), till.Charge{Amount: amount(1)}); !left.IsZero() || !tt.Limit(client(c)).IsZero() {
					t.Errorf("%s are left of client %d", left, c)
				}
			}
			for name, err := range calls(t, tt) {
				if !errors.Is(err, ledger.ErrFenced) {
					t.Errorf("%s: %v", name, err)
				}
			}
			if err := tt.Close(t.Context()); err != nil {
				t.Error(err)
			}
			if w.earned() != 0 {
				t.Errorf("%d earned", w.earned())
			}
		})
	}
}

// waitLost waits until so many clients were told to have lost their holds.
func (tt *testTill) waitLost(n int) {
	tt.w.Helper()
	lost := 0
	for deadline := time.Now().Add(time.Minute); lost < n; time.Sleep(time.Millisecond) {
		for _, text := range tt.heard() {
			if strings.HasSuffix(text, "lost, "+ledger.ErrFenced.Error()) {
				lost++
			}
		}
		if time.Now().After(deadline) {
			tt.w.Fatalf("%d clients were told", lost)
		}
	}
}

// TestTogether has two servers sell to the same clients out of one ledger that fails now and then, while these are
// credited, and servers crash. To the last base unit, what was told is what is there.
func TestTogether(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) {
		w := newWorld(t)
		together(w, w.ledger, 100, false)
	})
	t.Run("crashing", func(t *testing.T) {
		w := newWorld(t)
		together(w, w.ledger, 100, true)
	})
	t.Run("postgres", func(t *testing.T) {
		database := postgrestest.Start(t).Database()
		w := &world{T: t, clock: &clock{at: time.Unix(1_800_000_000, 0)}}
		var both [2]ledger.Ledger
		for i := range both {
			l, err := postgres.Open(t.Context(), database, ledger.Options{Now: w.clock.now})
			if err != nil {
				t.Fatal(err)
			}
			w.own(l)
			both[i] = l
		}
		together(w, both[0], 100, false)
	})
}

// together runs both servers; the second one is on the world's own ledger. One that crashes may not have told what it
// had posted last.
func together(w *world, first ledger.Ledger, rounds int, crashes bool) {
	const clients = 5
	seed := rand.Uint64()
	w.Logf("seed %d", seed)
	var servers sync.WaitGroup
	credited := [clients]uint64{}
	for c := range byte(clients) {
		credited[c] = 300
		w.credit(fmt.Sprint("begin ", c), c, 300)
	}
	var told, made atomic.Uint64
	for i, owner := range []ledger.Owner{"north", "south"} {
		servers.Go(func() {
			random := rand.New(rand.NewPCG(seed, uint64(i)))
			s := &seller{w: w, random: random, crashes: crashes, owner: owner, ledger: []ledger.Ledger{first, w.ledger}[i]}
			for round := range rounds {
				s.step(round)
			}
			s.close()
			told.Add(s.told)
			made.Add(s.made)
		})
	}
	for n := range rounds / 3 {
		c := byte(n % clients)
		w.credit(fmt.Sprint("more ", n), c, 50)
		credited[c] += 50
		w.clock.pass(10 * time.Second)
	}
	servers.Wait()
	all := w.earned()
	w.Logf("%d charged, %d told, %d earned", made.Load(), told.Load(), all)
	if all == 0 || all < told.Load() || all > made.Load() || all != told.Load() && !crashes {
		w.Errorf("%d charged, %d told, %d earned", made.Load(), told.Load(), all)
	}
	left := uint64(0)
	for c := range byte(clients) {
		b := w.total(ledger.ClientAccount(token(), client(c)))
		if !b.Held.IsZero() {
			w.Errorf("%s are held of client %d", b.Held, c)
		}
		left += number(b.Total.Size())
	}
	put := uint64(0)
	for _, n := range credited {
		put += n
	}
	if put != left+all {
		w.Errorf("%d were credited, %d are left and %d earned", put, left, all)
	}
}

// seller is a server that sells as its random numbers say.
type seller struct {
	w      *world
	random *rand.Rand
	owner  ledger.Owner
	ledger ledger.Ledger
	till   *testTill

	crashes    bool
	told, made uint64
}

func (s *seller) step(round int) {
	if s.till == nil || s.crashes && round%20 == 19 {
		if s.till != nil && round%40 == 39 {
			s.settle() // or a machine that is busy with something else may have posted nothing at all
		}
		s.crash()
		s.open()
	}
	c := byte(s.random.IntN(5))
	switch s.random.IntN(5) {
	case 0:
		want := s.random.Uint64N(200)
		_, err := s.till.Reserve(s.w.Context(), client(c), amount(want), amount(want/4))
		for _, kind := range []error{nil, ledger.ErrInsufficient, ledger.ErrUnavailable, ledger.ErrFull, ledger.ErrUnknown} {
			if errors.Is(err, kind) {
				return
			}
		}
		s.w.Error(err)
	case 1:
		s.till.Renew(s.w.Context()) //nolint:errcheck // the ledger fails as it was told
	default:
		limit := number(s.till.Limit(client(c)))
		n := s.random.Uint64N(limit/3 + 1)
		s.made += n + n%2
		s.till.Charge(client(c), till.Charge{Amount: amount(n), Fee: amount(n % 2), Bid: bid(c)})
	}
}

func (s *seller) open() {
	s.till = s.w.tillOn(s.owner, s.ledger)
	var mu sync.Mutex
	random := rand.New(rand.NewPCG(s.random.Uint64(), 0))
	s.till.flaky.fail(func() fault {
		mu.Lock()
		defer mu.Unlock()
		if random.IntN(4) > 0 {
			return fine
		}
		return fault(random.IntN(5))
	})
}

// settle waits until nothing waits to be posted.
func (s *seller) settle() {
	for c := range byte(5) {
		s.till.settled(c)
	}
}

// crash ends the till without a word.
func (s *seller) crash() {
	if s.till == nil {
		return
	}
	s.till.Crash()
	s.count()
}

func (s *seller) close() {
	s.till.flaky.fail(nil)
	if err := s.till.Close(s.w.Context()); err != nil {
		s.w.Error(err)
	}
	s.count()
}

func (s *seller) count() {
	for c := range byte(5) {
		s.told += s.till.sum(client(c))
	}
}
