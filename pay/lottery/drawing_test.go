package lottery_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/lottery"
	"github.com/candela-les/candela/pay/paytest/fake"
	"github.com/candela-les/candela/unit"
)

// errDisk is what a ledger fails with.
var errDisk = errors.New("the disk is full")

// evict has the server forget the channel, as it does when others need the place: what it knows is what the ledger has.
func (p *payer) evict() { p.cashier(unit.Amount{}) }

func (p *payer) cashier(least unit.Amount) {
	p.Server.Cashier = pay.NewCashier(pay.CashierConfig{Book: p.Server.Book, Providers: []pay.Provider{p.Server.Provider}, Least: least})
}

func (p *payer) book() *fake.Book {
	p.T.Helper()
	book, ok := p.Server.Book.(*fake.Book)
	if !ok {
		p.T.Fatal("the ledger is another one")
	}
	return book
}

// once has the next write of the ledger fail: before it, or when it was carried out.
func (p *payer) once(before, after error) {
	hook := func(err error) func(string) error {
		return func(call string) error {
			if call != "Advance" {
				return nil
			}
			now := err
			err = nil
			return now
		}
	}
	p.book().Before, p.book().After = hook(before), hook(after)
}

// from makes a promise of tickets from some number on.
func (p *payer) from(number uint64, wins ...bool) []byte {
	next := p.next
	p.next = number
	promise := p.tickets(wins...)
	p.next = next
	return promise
}

// Whatever a promise is refused for, its payer learns nothing of what it draws: a winner and a loser get the same answer and leave the same
// series, and when they come again, the winner is paid. Otherwise it could try tickets for nothing, and send only losers.
func TestNothingTried(t *testing.T) {
	lockMore := func(p *payer) { p.lock(2 * face) }
	for name, c := range map[string]struct {
		before  func(p *payer) // the promise is refused
		first   uint64         // number of its first ticket
		why     pay.Reason     // 0: another error
		instead func(p *payer) // and is accepted after that
	}{
		"gap":       {lockMore, 2, pay.Gap, func(p *payer) { p.accepted(p.from(1, false), credit) }},
		"uncovered": {func(p *payer) { p.lock(face / 2) }, 1, pay.Uncovered, lockMore},
		"too small": {
			func(p *payer) {
				lockMore(p)
				p.cashier(unit.NewAmount(3 * credit))
				p.establish()
			}, 1, pay.TooSmall, func(p *payer) {
				p.evict()
				p.establish()
			},
		},
		"an account that is full": {
			func(p *payer) {
				lockMore(p)
				p.once(pay.Refuse(pay.TooMuch, "full"), nil)
			}, 1, pay.TooMuch, func(*payer) {},
		},
		"a ledger that fails": {
			func(p *payer) {
				lockMore(p)
				p.once(errDisk, nil)
			}, 1, 0, func(*payer) {},
		},
	} {
		for _, evicted := range []bool{false, true} {
			for _, wins := range []bool{false, true} {
				t.Run(fmt.Sprintf("%s, evicted %t, wins %t", name, evicted, wins), func(t *testing.T) {
					p := newPayer(t, 0)
					if c.before(p); p.series.Number == 0 {
						p.establish()
					}
					promise, announced := p.from(c.first, false, wins), p.series
					if c.why == 0 {
						if _, err := p.send(promise); !errors.Is(err, errDisk) {
							t.Fatalf("a ledger that fails: %v", err)
						}
					} else {
						p.refused(promise, c.why)
					}
					if s := p.establish(); p.series != announced || !s.Cumulative.IsZero() || p.open() != 0 {
						t.Fatalf("after the refusal: %+v, %+v, %d claims", s, p.series, p.open())
					}
					if evicted {
						p.evict()
						p.establish()
					}
					c.instead(p)
					p.accepted(promise, 2*credit)
					claims := map[bool]int{true: 1}[wins]
					if p.establish(); p.open() != claims || p.series.Number != announced.Number+uint64(claims) {
						t.Errorf("%d claims, and %+v", p.open(), p.series)
					}
				})
			}
		}
	}
}

// A winner may be in the ledger though its writing failed. Its series is over then, whatever the payer sends in its place.
func TestWinnerWrittenUnanswered(t *testing.T) {
	for _, again := range []bool{false, true} {
		t.Run(fmt.Sprintf("again %t", again), func(t *testing.T) {
			p := newPayer(t, 0)
			p.lock(2 * face)
			p.establish()
			p.accepted(p.tickets(false), credit)
			winner := p.from(2, true)
			p.once(nil, errDisk)
			if _, err := p.send(winner); !errors.Is(err, errDisk) {
				t.Fatal(err)
			}
			if again {
				p.accepted(winner, 0)
			} else {
				p.refused(p.from(2, false, false), pay.Expired)
			}
			p.refused(p.from(3, false), pay.Expired)
			if s := p.establish(); s.Cumulative != unit.NewAmount(2*credit) || p.series.Number != p.first+1 || p.open() != 1 {
				t.Errorf("after a winner whose writing failed: %+v, %+v, %d claims", s, p.series, p.open())
			}
			p.accepted(p.tickets(false), credit)
			p.collect(face)
		})
	}
}

// twin is how a channel stands: it has one series in use, of which some tickets lost.
type twin struct {
	series, top, claims, cumulative uint64
}

// sent says what becomes of a promise: what it credits, and how all stands if it is written.
func (w twin) sent(series, first uint64, wins []bool) (credited uint64, then twin) {
	last, won := first+uint64(len(wins))-1, false
	for i, win := range wins {
		if win {
			last, won = first+uint64(i), true
			break
		}
	}
	if series != w.series || first > w.top+1 || last <= w.top {
		return 0, w
	}
	credited = (last - w.top) * credit
	w.cumulative += credited
	w.top = last
	if won {
		w.series, w.top, w.claims = w.series+1, 0, w.claims+1
	}
	return credited, w
}

// Whatever a payer sends, in whatever order, and whatever the ledger and the server do meanwhile: a series ends with its first winner in the ledger, and
// with nothing else; nothing behind it earns; and every winner is claimed.
func TestDrawingTwin(t *testing.T) {
	for seed := range uint64(12) {
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) {
			r := rand.New(rand.NewPCG(seed, 7))
			p := newPayer(t, 0)
			p.lock(40 * face)
			p.establish()
			w, before := twin{series: p.first}, [][]byte{}
			for range 60 {
				switch r.IntN(12) {
				case 0:
					p.Server.Start()
					p.establish()
				case 1:
					p.evict() // and what the payer sends finds the channel in the ledger, or has to be established
					p.establish()
				case 2:
					if len(before) > 0 {
						p.repeated(before[r.IntN(len(before))])
					}
				default:
					before = append(before, p.step(r, &w))
				}
				s := p.establish()
				if s.Cumulative != unit.NewAmount(w.cumulative) || p.series.Number != w.series || uint64(p.open()) != w.claims {
					t.Fatalf("%+v, series %d, %d claims, and should be %+v", s, p.series.Number, p.open(), w)
				}
			}
		})
	}
}

// repeated sends what was sent before, which credits nothing unless it was refused then: so it is sent only if it was not.
func (p *payer) repeated(promise []byte) {
	p.T.Helper()
	d, err := lottery.DecodePromise(promise)
	if err != nil {
		p.T.Fatal(err)
	}
	if d.Series.Number == p.series.Number && d.Last() >= p.next {
		return
	}
	if a, err := p.send(promise); !a.Credited.IsZero() {
		p.T.Fatalf("a promise credits %s again (%v)", a.Credited, err)
	}
}

// step sends some promise, over a ledger that may fail.
func (p *payer) step(r *rand.Rand, w *twin) (promise []byte) {
	p.T.Helper()
	series, wins := p.series, make([]bool, 1+r.IntN(4))
	for i := range wins {
		wins[i] = r.IntN(8) == 0
	}
	first := max(1, w.top+1+r.Uint64N(3)-min(w.top, r.Uint64N(3)))
	promise = p.from(first, wins...)
	credited, then := w.sent(series.Number, first, wins)
	fails := r.IntN(6)
	switch fails {
	case 0:
		p.once(errDisk, nil)
	case 1:
		p.once(nil, errDisk)
	}
	a, err := p.send(promise)
	p.once(nil, nil)
	switch failed := errors.Is(err, errDisk); {
	case failed && (fails > 1 || credited == 0):
		p.T.Fatalf("a ledger that does not fail: %v", err)
	case failed && fails == 0: // nothing has happened
	case failed || credited == 0 && a.Credited.IsZero() || err == nil && a.Credited == unit.NewAmount(credited):
		*w = then
	default:
		p.T.Fatalf("tickets of series %d from %d on that win %v are accepted as %+v (%v), and %d were to be credited to %+v", series.Number, first, wins, a, err, credited, w)
	}
	return promise
}

// Promises that come at the same time, in any order, come to what they would have come to one after the other.
func TestDrawnAtOnce(t *testing.T) {
	for seed := range uint64(20) {
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) {
			r := rand.New(rand.NewPCG(seed, 8))
			p := newPayer(t, 0)
			p.lock(2 * face)
			p.establish()
			const promises, each = 8, 2
			winner := 1 + r.Uint64N(2*promises*each) // none, half of the time
			var all [][]byte
			for n := uint64(1); n <= promises*each; n += each {
				all = append(all, p.from(n, n == winner, n+1 == winner))
			}
			credited := p.atOnce(r, all)
			want := min(winner, promises*each) * credit
			if s := p.establish(); s.Cumulative != unit.NewAmount(want) || credited != unit.NewAmount(want) {
				t.Fatalf("seed %d: %s are accepted and %s credited, with a winner at %d", seed, s.Cumulative, credited, winner)
			}
			claims := map[bool]int{true: 1}[winner <= promises*each]
			if p.open() != claims || p.series.Number != p.first+uint64(claims) {
				t.Fatalf("seed %d: %d claims, and %+v, with a winner at %d", seed, p.open(), p.series, winner)
			}
		})
	}
}

// atOnce sends promises at the same time, and those again that came before what they go on from. It returns what they have credited.
func (p *payer) atOnce(r *rand.Rand, all [][]byte) (credited unit.Amount) {
	p.T.Helper()
	for len(all) > 0 {
		r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		var wait sync.WaitGroup
		var mu sync.Mutex
		var again [][]byte
		for _, promise := range all {
			wait.Go(func() {
				a, err := p.send(promise)
				var refused *pay.Refusal
				mu.Lock()
				defer mu.Unlock()
				switch {
				case errors.As(err, &refused) && refused.Reason == pay.Gap:
					again = append(again, promise)
				case errors.As(err, &refused) && refused.Reason == pay.Expired:
				case err != nil:
					p.T.Errorf("sent at once: %v", err)
				}
				credited = credited.Plus(a.Credited)
			})
		}
		wait.Wait()
		if p.T.Failed() {
			p.T.FailNow()
		}
		all = again
	}
	return credited
}
