package buyer

import (
	"testing"

	"github.com/candela-les/candela/unit"
)

func TestQuality(t *testing.T) {
	for _, tt := range []struct {
		name     string
		m        Measured
		from, to uint64 // permille
	}{
		{"unknown", Measured{}, 500, 500},
		{"a hundred good answers", Measured{Answers: 100}, 910, 920},
		{"many good answers", Measured{Answers: 1 << 40}, 998, 1000},
		{"all late", Measured{Answers: 10_000, Late: 10_000}, 499, 501},
		{"a tenth failed", Measured{Answers: 9_000, Failed: 1_000}, 898, 901},
		{"all failed", Measured{Failed: 1 << 40}, 1, 2},
		{"a lie among a thousand", Measured{Answers: 1_000, Lies: 1}, 660, 670},
		{"more late than answered", Measured{Answers: 10, Late: 1 << 60}, 490, 510},
	} {
		var q quality
		q.measured(tt.m)
		if v := q.value(); v < tt.from || v > tt.to {
			t.Errorf("%s: %d, want %d to %d", tt.name, v, tt.from, tt.to)
		}
	}
}

// What was seen counts half after a half-life, however often anybody looks, and nothing in the end.
func TestQualityFades(t *testing.T) {
	var often, once quality
	for _, q := range []*quality{&often, &once} {
		q.measured(Measured{Failed: 1000})
	}
	for now := unit.Instant(0); now <= unit.Instant(qualityHalfLife); now = now.Add(unit.Second) {
		often.age(now)
	}
	once.age(unit.Instant(qualityHalfLife))
	if often != once || once.bad < 499*answerWeight || once.bad > 501*answerWeight {
		t.Errorf("%+v, %+v", often, once)
	}
	once.age(1<<63 - 1)
	if once.value() != 500 {
		t.Errorf("for ever after: %+v", once)
	}
}

// Both the bids that stand and those to be placed have to fit into the budget, to the last base unit.
func TestFits(t *testing.T) {
	b := New(0, Config{Demand: Demand{DailyBudget: unit.NewAmount(13)}, Spent: unit.NewAmount(3)})
	b.Join(0, ID{1})
	b.Join(0, ID{2})
	b.Conditions(0, ID{2}, Conditions{Unit: StandardUnit, Fee: unit.NewAmount(1)})
	reached := unit.PricePerHour(30) // comes to one until reach
	b.find(ID{1}).debt.set(0, total([]unit.Price{reached, reached, reached}), grace)
	for n, want := range map[int]bool{0: true, 6: true, 7: false} {
		bid := make([]unit.Price, n)
		for i := range bid {
			bid[i] = reached
		}
		ch := []change{{choice: choice{server: b.find(ID{2})}, prices: bid}}
		if got := b.fits(0, ch); got != want {
			t.Errorf("3 spent, 3 at one server, %d and a fee at another, of 13: %v", n, got)
		}
	}
}
