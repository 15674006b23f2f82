package flow_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/candela-les/candela/market/flow"
	"github.com/candela-les/candela/unit"
)

func TestFundPaysForNewcomers(t *testing.T) {
	p := flow.Params{Limit: 8000, Recharge: 1}
	f := flow.NewFund(at(0), 10, p) // holds 60,000: 6 s of the capacity
	wantValue(t, f.Value(at(0)), 60_000)
	for range 3 {
		if s := f.Open(at(0), p); s.Frozen() || !s.Full(at(0)) {
			t.Fatal("not full though the fund is")
		}
	}
	wantValue(t, f.Value(at(0)), 30_000)
	if s := f.Open(at(0), p); s.Frozen() {
		t.Fatal("not full though the fund is half full")
	}
	// From here on an eighth, which is enough to go on after the shortest freeze.
	wantValue(t, f.Value(at(0)), 20_000)
	s := f.Open(at(0), p)
	if !s.Frozen() || s.ThawAt(at(0)) != at(700) {
		t.Fatalf("frozen %v until %d", s.Frozen(), s.ThawAt(at(0)))
	}
	wantValue(t, s.Value(at(0)), 1001)
	wantValue(t, f.Value(at(0)), 18_999)
	for range 18 {
		f.Open(at(0), p)
	}
	wantValue(t, f.Open(at(0), p).Value(at(0)), 18_999-18*1001)
	s = f.Open(at(0), p)
	wantValue(t, s.Value(at(0)), 0)
	if s.ThawAt(at(0)) != at(1001) {
		t.Errorf("earns its first eighth by %d", s.ThawAt(at(0)))
	}
	wantValue(t, f.Value(at(0)), 0)
	wantValue(t, f.Value(at(100)), 100) // a tenth of the capacity
}

// However little may be spent, the first client starts as it is told.
func TestFundOfASmallServer(t *testing.T) {
	p := flow.Params{Limit: 8000, Recharge: 1}
	f := flow.NewFund(at(0), 1, p)
	if f.Open(at(0), p).Frozen() {
		t.Error("the first is frozen")
	}
	if !f.Open(at(0), p).Frozen() {
		t.Error("the second is not")
	}
	if s := f.Open(at(0), flow.Params{}); s.Frozen() {
		t.Error("frozen though there is nothing to be had")
	}
	f.SetCapacity(at(0), 1000)
	wantValue(t, f.Value(at(10)), 1000)
}

func TestAwayNothingRecharges(t *testing.T) {
	p := flow.Params{Limit: 8000, Recharge: 1}
	s := flow.NewServer(at(0), p)
	s.SetBoost(at(0), 10_000)
	accept(t, s, at(0), 3000, flow.Accepted)
	away := s.Leave(at(10))
	wantValue(t, s.Value(at(20)), 5110) // what was left behind is of no account
	away.Rejoin(at(10_000), p)
	wantValue(t, away.Value(at(10_000)), 5100)
	wantValue(t, away.Value(at(10_010)), 5110)
	if !away.Frozen() || away.ThawAt(at(10_000)) != at(10_700) {
		t.Error("not told that its buffer is not full")
	}
	full := flow.NewServer(at(0), p).Leave(at(1))
	if full.Rejoin(at(2), p); full.Frozen() {
		t.Error("frozen though full")
	}
	if full.Rejoin(at(2), flow.Params{Limit: 9000, Recharge: 1}); !full.Frozen() {
		t.Error("a larger buffer is not full")
	}
	f := flow.NewFund(at(0), 1, p)
	f.Open(at(0), p)
	f.Return(at(0), away)
	wantValue(t, f.Value(at(0)), 5110+2000)
}

// However many clients come and go, under as many names as they like, and whatever
// their requests turn out to cost: what they get done is no more than the full fund,
// what the fund and the connected have recharged, and for each request that was
// under way at the end what it may exceed its price by.
func TestNamesMintNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const places = 4
		p := flow.Params{
			Limit:    unit.Cost(rapid.Uint64Range(100, 1<<20).Draw(t, "BL")),
			Recharge: unit.Cost(rapid.Uint64Range(1, 1000).Draw(t, "MRR")),
		}
		capacity := p.Recharge * places
		now := at(0)
		fund := flow.NewFund(now, capacity, p)
		budget := fund.Value(now)
		var here [places]*flow.Server
		var away []*flow.Server
		var spent unit.Cost
		slot := func(t *rapid.T) int { return rapid.IntRange(0, places-1).Draw(t, "place") }
		leave := func(t *rapid.T) {
			if i := slot(t); here[i] != nil {
				away = append(away, here[i].Leave(now))
				here[i] = nil
			}
		}
		t.Repeat(map[string]func(*rapid.T){
			"come": func(t *rapid.T) {
				if i := slot(t); here[i] == nil {
					here[i] = fund.Open(now, p)
				}
			},
			"leave": leave,
			"return": func(t *rapid.T) {
				if i := slot(t); here[i] == nil && len(away) > 0 {
					here[i] = away[0]
					away = away[1:]
					here[i].Rejoin(now, p)
				}
			},
			"forget": func(*rapid.T) {
				if len(away) > 0 {
					fund.Return(now, away[0])
					away = away[1:]
				}
			},
			"work": func(t *rapid.T) {
				s := here[slot(t)]
				if s == nil {
					return
				}
				cost := s.Value(now)
				if rapid.Bool().Draw(t, "part") {
					cost = unit.Cost(rapid.Uint64Range(0, uint64(cost)).Draw(t, "cost"))
				}
				ticket, verdict := s.Accept(now, cost)
				if verdict != flow.Accepted {
					s.Resume(now)
					return
				}
				// A request is cut off before it exceeds its price by a buffer.
				realCost := cost + unit.Cost(rapid.Uint64Range(0, uint64(p.Limit)).Draw(t, "more"))
				if rapid.Bool().Draw(t, "less") {
					realCost = unit.Cost(rapid.Uint64Range(0, uint64(cost)).Draw(t, "real"))
				}
				s.Done(now, ticket, realCost)
				spent += realCost
			},
			"churn": func(*rapid.T) { // the worst of all: a new name for each excess
				s := fund.Open(now, p)
				cost := s.Value(now)
				if ticket, verdict := s.Accept(now, cost); verdict == flow.Accepted {
					realCost := cost + p.Limit
					s.Done(now, ticket, realCost)
					spent += realCost
				}
				fund.Return(now, s.Leave(now))
			},
			"pass": func(t *rapid.T) {
				span := rapid.Int64Range(1, 5000).Draw(t, "ms")
				now = now.Add(unit.Span(span) * ms)
				rate := capacity / 10
				for _, s := range here {
					if s != nil {
						rate += p.Recharge
					}
				}
				budget += rate * unit.Cost(span)
			},
			"": func(t *rapid.T) {
				if most := budget + places*p.Limit + unit.Cost(len(away))*p.Limit; spent > most {
					t.Fatalf("%d done, %d allowed", spent, most)
				}
			},
		})
	})
}
