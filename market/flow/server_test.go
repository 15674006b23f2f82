package flow_test

import (
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"github.com/candela-les/candela/market/flow"
	"github.com/candela-les/candela/unit"
)

// naive is the server's account as a book would define it: exact rationals, one
// level, a reserve, and a list of what was accepted and when.
type naive struct {
	level, limit, rate *big.Rat // rate per ns
	reserve, spare     unit.Cost
	last               unit.Instant
	accepted           []unit.Cost
}

func newNaive(now unit.Instant, p flow.Params) *naive {
	limit := new(big.Rat).SetUint64(uint64(p.Limit))
	return &naive{
		level: limit, limit: limit, last: now, reserve: p.Limit / 4, spare: p.Limit / 4,
		rate: big.NewRat(int64(p.Recharge), int64(unit.Millisecond)),
	}
}

func (n *naive) add(d *big.Rat) {
	n.level = new(big.Rat).Add(n.level, d)
	if n.level.Cmp(n.limit) > 0 {
		n.level = n.limit
	}
	if low := new(big.Rat).Neg(n.limit); n.level.Cmp(low) < 0 {
		n.level = low
	}
}

// settle gives back what cost − realCost is, or takes it: always by way of the reserve.
func (n *naive) settle(cost, realCost unit.Cost) {
	d := new(big.Int).Sub(new(big.Int).SetUint64(uint64(cost)), new(big.Int).SetUint64(uint64(realCost)))
	reserve := new(big.Int).Add(new(big.Int).SetUint64(uint64(n.reserve)), d)
	rest := new(big.Int)
	switch {
	case reserve.Sign() < 0:
		rest.Set(reserve)
		n.reserve = 0
	case reserve.Cmp(new(big.Int).SetUint64(uint64(n.spare))) > 0:
		rest.Sub(reserve, new(big.Int).SetUint64(uint64(n.spare)))
		n.reserve = n.spare
	default:
		n.reserve = unit.Cost(reserve.Uint64())
	}
	n.add(new(big.Rat).SetInt(rest))
}

func (n *naive) at(now unit.Instant) {
	span := new(big.Rat).SetInt64(int64(now.Since(n.last)))
	n.last = now
	n.add(span.Mul(span, n.rate))
}

// floor of the level plus what was accepted from index i on, at least zero.
func (n *naive) value(i int) unit.Cost {
	sum := new(big.Rat).Set(n.level)
	for _, c := range n.accepted[i:] {
		sum.Add(sum, new(big.Rat).SetUint64(uint64(c)))
	}
	if sum.Sign() < 0 {
		return 0
	}
	return unit.Cost(new(big.Int).Quo(sum.Num(), sum.Denom()).Uint64())
}

// The reported buffer values are exact to the last unit, after any mixture of
// requests, debts and pauses.
func TestServerAgainstNaiveTwin(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, now := drawParams(t), unit.Instant(0)
		p.Recharge++ // without recharge an underrun is for ever
		s, twin := flow.NewServer(now, p), newNaive(now, p)
		type open struct {
			ticket flow.Ticket
			cost   unit.Cost
			index  int
		}
		var jobs []open
		t.Repeat(map[string]func(*rapid.T){
			"accept": func(t *rapid.T) {
				cost := unit.Cost(rapid.Uint64Range(0, uint64(p.Limit)+1).Draw(t, "cost"))
				if rapid.Bool().Draw(t, "all") {
					cost = s.Value(now)
				}
				twin.at(now)
				ticket, verdict := s.Accept(now, cost)
				if want := cost <= twin.value(len(twin.accepted)); (verdict == flow.Accepted) != want {
					t.Fatalf("verdict %d, twin accepts: %v", verdict, want)
				}
				if verdict != flow.Accepted {
					now = s.ThawAt(now)
					twin.at(now)
					if _, ok := s.Resume(now); !ok {
						t.Fatal("not resumed at ThawAt")
					}
					return
				}
				twin.add(new(big.Rat).SetInt64(-int64(cost)))
				twin.accepted = append(twin.accepted, cost)
				jobs = append(jobs, open{ticket, cost, len(twin.accepted)})
			},
			"done": func(t *rapid.T) {
				if len(jobs) == 0 {
					return
				}
				i := rapid.IntRange(0, len(jobs)-1).Draw(t, "which")
				j := jobs[i]
				jobs = append(jobs[:i], jobs[i+1:]...)
				realCost := unit.Cost(rapid.Uint64Range(0, 3*uint64(j.cost)+1).Draw(t, "real"))
				twin.at(now)
				twin.settle(j.cost, realCost)
				if got, want := s.Done(now, j.ticket, realCost), twin.value(j.index); got != want {
					t.Fatalf("reported %d, twin %d", got, want)
				}
			},
			"charge": func(t *rapid.T) {
				cost := rapid.Uint64Range(0, 3*uint64(p.Limit)).Draw(t, "charge")
				s.Charge(now, unit.Cost(cost))
				twin.at(now)
				twin.add(new(big.Rat).SetInt64(-int64(cost)))
			},
			"pass": func(t *rapid.T) {
				now = now.Add(unit.Span(rapid.Int64Range(0, int64(unit.Second)).Draw(t, "span")))
			},
			"look": func(t *rapid.T) {
				// Looking often must not change what is seen later.
				now++
				twin.at(now)
				if got, want := s.Value(now), twin.value(len(twin.accepted)); got != want {
					t.Fatalf("value %d, twin %d", got, want)
				}
			},
		})
	})
}

const ms = unit.Millisecond

// at is so many milliseconds after the start.
func at(n int64) unit.Instant { return unit.Instant(n * int64(ms)) }

func accept(t *testing.T, s *flow.Server, now unit.Instant, cost unit.Cost, want flow.Verdict) flow.Ticket {
	t.Helper()
	ticket, verdict := s.Accept(now, cost)
	if verdict != want {
		t.Fatalf("verdict %d, want %d (buffer %d)", verdict, want, s.Value(now))
	}
	return ticket
}

func wantValue(t *testing.T, got, want unit.Cost) {
	t.Helper()
	if got != want {
		t.Fatalf("buffer value %d, want %d", got, want)
	}
}

// A reply reports the buffer as if what came after the request had not come.
func TestReportAddsBackLaterRequests(t *testing.T) {
	s := flow.NewServer(at(0), flow.Params{Limit: 1000, Recharge: 1})
	first := accept(t, s, at(0), 300, flow.Accepted)
	second := accept(t, s, at(0), 200, flow.Accepted)
	wantValue(t, s.Done(at(10), first, 50), 1000-300-200+10+250+200)
	wantValue(t, s.Done(at(10), second, 190), 770)
}

// What exceeds its price is paid from the reserve, then from the buffer, and what
// later requests leave over fills the reserve first.
func TestExcessIsPaid(t *testing.T) {
	s := flow.NewServer(at(0), flow.Params{Limit: 1000, Recharge: 1})
	done := func(cost, realCost, want unit.Cost) {
		t.Helper()
		wantValue(t, s.Done(at(0), accept(t, s, at(0), cost, flow.Accepted), realCost), want)
	}
	done(100, 300, 900) // 200 of the reserve's 250
	done(100, 200, 750) // 50, and 50 of the buffer
	done(100, 0, 650)   // goes to the reserve
	done(100, 0, 550)
	done(100, 0, 500) // the reserve is full again
	done(100, 0, 500)
	done(500, 2000, 0)
	accept(t, s, at(0), 0, flow.Accepted)
	accept(t, s, at(0), 1, flow.Underrun)
	// 250 from the reserve, 1250 from the buffer, which cannot owe more than 1000.
	if got := s.ThawAt(at(0)); got != at(1000+16) {
		t.Errorf("thaws at %d", got)
	}
}

func TestUnderrunFreezesAndResumes(t *testing.T) {
	s := flow.NewServer(at(0), flow.Params{Limit: 64_000, Recharge: 1})
	accept(t, s, at(0), 64_000, flow.Accepted)
	accept(t, s, at(0), 1, flow.Underrun)
	accept(t, s, at(699), 1, flow.Frozen)
	if _, ok := s.Resume(at(700)); ok {
		t.Fatal("resumed with less than a sixty-fourth in the buffer")
	}
	if got := s.ThawAt(at(700)); got != at(1001) {
		t.Fatalf("thaws at %d", got)
	}
	bv, ok := s.Resume(at(1001))
	if !ok {
		t.Fatal("not resumed")
	}
	wantValue(t, bv, 1001)
	accept(t, s, at(1001), 1001, flow.Accepted)
}

func TestFreezeHoldsEvenWithAFullBuffer(t *testing.T) {
	s := flow.NewServer(at(0), flow.Params{Limit: 8000, Recharge: 1})
	s.Freeze(at(0))
	if got := s.ThawAt(at(0)); got != at(700) {
		t.Fatalf("thaws at %d", got)
	}
	if bv, ok := s.Resume(at(700)); !ok || bv != 8000 {
		t.Fatalf("resume %d %v", bv, ok)
	}
}

func TestChargeGoesIntoDebtAndNoDeeper(t *testing.T) {
	s := flow.NewServer(at(0), flow.Params{Limit: 1000, Recharge: 1})
	s.Charge(at(0), 1<<63)
	wantValue(t, s.Value(at(0)), 0)
	wantValue(t, s.Value(at(1000)), 0)
	wantValue(t, s.Value(at(1001)), 1)
}

func TestUpdates(t *testing.T) {
	small, large := flow.Params{Limit: 1000, Recharge: 1}, flow.Params{Limit: 3000, Recharge: 3}
	t.Run("a larger limit is earned", func(t *testing.T) {
		s := flow.NewServer(at(0), small)
		s.Update(at(0), large, false)
		wantValue(t, s.Value(at(0)), 1000)
		wantValue(t, s.Value(at(100)), 1300)
	})
	t.Run("or granted", func(t *testing.T) {
		s := flow.NewServer(at(0), small)
		s.Update(at(0), large, true)
		wantValue(t, s.Value(at(0)), 3000)
	})
	t.Run("a smaller one waits", func(t *testing.T) {
		s := flow.NewServer(at(0), large)
		s.Update(at(0), small, false)
		accept(t, s, at(4999), 3000, flow.Accepted)
		wantValue(t, s.Value(at(5000)), 3)
		wantValue(t, s.Value(at(5100)), 103) // at the smaller rate from 5 s on
	})
	t.Run("and is lost when it comes", func(t *testing.T) {
		s := flow.NewServer(at(0), large)
		s.Update(at(0), small, false)
		wantValue(t, s.Value(at(5000)), 1000)
	})
	t.Run("many are bounded", func(t *testing.T) {
		s := flow.NewServer(at(0), large)
		for i := range 100 {
			p := small
			p.Limit += unit.Cost(i % 7)
			s.Update(at(int64(i)), p, false)
		}
		wantValue(t, s.Value(at(99)), 3000)
		wantValue(t, s.Value(at(5000)), 3000) // merged with a younger one: favours the client
		wantValue(t, s.Value(at(6000)), 1001)
	})
}

func TestBoostOnlyAdds(t *testing.T) {
	s := flow.NewServer(at(0), flow.Params{Limit: 100_000, Recharge: 10})
	accept(t, s, at(0), 100_000, flow.Accepted)
	s.SetBoost(at(0), 2500)
	wantValue(t, s.Value(at(100)), 2500)
	s.SetBoost(at(100), 0)
	wantValue(t, s.Value(at(200)), 3500)
}

func BenchmarkServerRoundTrip(b *testing.B) {
	s := flow.NewServer(0, flow.Params{Limit: 1 << 30, Recharge: 1 << 20})
	now := unit.Instant(0)
	b.ReportAllocs()
	for b.Loop() {
		now += 10_000
		ticket, _ := s.Accept(now, 1_200_000)
		s.Done(now+5000, ticket, 5000)
	}
}

// A client that has to earn its buffer is served all of its recharge from the first
// moment on: its cover grows besides.
func TestEarningCostsNothing(t *testing.T) {
	s := flow.NewEarning(at(0), flow.Params{Limit: 6400, Recharge: 16})
	wantValue(t, s.Value(at(0)), 101)
	// Nothing is withheld of what comes back.
	wantValue(t, s.Done(at(10), accept(t, s, at(10), 200, flow.Accepted), 100), 101+160-100)
	// Ten units of cover have grown by now, and one more for each millisecond.
	wantValue(t, s.Done(at(10), accept(t, s, at(10), 100, flow.Accepted), 115), 161-100-5)
	wantValue(t, s.Done(at(12), accept(t, s, at(12), 50, flow.Accepted), 52), 56+32-50)
	// What was owed is given back first: 12 in all.
	wantValue(t, s.Done(at(12), accept(t, s, at(12), 38, flow.Accepted), 18), 38-18-12)
	// A quarter of the limit is the most there is.
	now := at(100_000)
	wantValue(t, s.Value(now), 6400)
	wantValue(t, s.Done(now, accept(t, s, now, 100, flow.Accepted), 100+1600), 6300)
	wantValue(t, s.Done(now, accept(t, s, now, 100, flow.Accepted), 101), 6199)
}
