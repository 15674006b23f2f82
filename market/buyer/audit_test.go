package buyer

import (
	"errors"
	"testing"

	"github.com/holiman/uint256"
	"pgregory.net/rapid"

	"github.com/candela-les/candela/market/auction"
	"github.com/candela-les/candela/unit"
)

// prices makes a list.
func prices(n ...uint64) (l []unit.Price) {
	for _, p := range n {
		l = append(l, unit.NewPrice(p))
	}
	return l
}

func curveAt(epoch, at unit.Instant, seq uint64, losing ...uint64) Signed {
	return Signed{Epoch: epoch, At: at, Curve: auction.Curve{Seq: seq, Units: 1, Winning: prices(1000), Losing: prices(losing...)}}
}

// What two curves of one server prove.
func TestContradictions(t *testing.T) {
	for _, tt := range []struct {
		name string
		a, b Signed
		want error
	}{
		{"the same twice", curveAt(0, 5, 1, 7), curveAt(0, 5, 1, 7), nil},
		{"one after the other", curveAt(0, 5, 1, 7), curveAt(0, 6, 2, 8), nil},
		{"at one instant", curveAt(0, 5, 1, 7), curveAt(0, 5, 2, 8), nil},
		{"the other way round", curveAt(0, 6, 2, 8), curveAt(0, 5, 1, 7), nil},
		{"another losing price", curveAt(0, 5, 1, 7), curveAt(0, 5, 1, 8), ErrTwoCurves},
		{"another instant", curveAt(0, 5, 1, 7), curveAt(0, 6, 1, 7), ErrTwoCurves},
		{"time runs back", curveAt(0, 5, 1, 7), curveAt(0, 4, 2, 7), ErrTime},
		{"time runs back, the other way round", curveAt(0, 4, 2, 7), curveAt(0, 5, 1, 7), ErrTime},
		{"a later book", curveAt(0, 5, 1, 7), curveAt(6, 6, 2, 8), nil},
		{"an earlier book, late", curveAt(6, 6, 2, 8), curveAt(0, 5, 1, 7), nil},
		{"two books", curveAt(0, 8, 1, 7), curveAt(6, 9, 2, 8), ErrTime},
		{"two books, the other way round", curveAt(6, 9, 2, 8), curveAt(0, 8, 1, 7), ErrTime},
		{"one number in two books", curveAt(0, 5, 1, 7), curveAt(6, 6, 1, 7), ErrTwoCurves},
		{"numbers go back with a later book", curveAt(0, 5, 2, 7), curveAt(6, 6, 1, 8), ErrTime},
		{"numbers go back, the other way round", curveAt(6, 6, 1, 8), curveAt(0, 5, 2, 7), ErrTime},
		{"a loser above a winner", curveAt(0, 5, 1, 7), curveAt(0, 6, 2, 1001), ErrCurve},
	} {
		var a auditor
		if _, err := a.curve(tt.a); err != nil {
			t.Fatalf("%s: %v", tt.name, err)
		}
		proof, err := a.curve(tt.b)
		if !errors.Is(err, tt.want) || (proof != nil) != (tt.want != nil) {
			t.Errorf("%s: %v with %+v, want %v", tt.name, err, proof, tt.want)
		}
	}
}

// Curves of an earlier book are kept to compare numbers with; nothing else is asked about it any more.
func TestChargeOfEarlierBook(t *testing.T) {
	var a auditor
	for _, c := range []Signed{curveAt(0, 5, 1, 7), curveAt(0, 6, 2, 8), curveAt(9, 9, 4, 8)} {
		if _, err := a.curve(c); err != nil {
			t.Fatal(err)
		}
	}
	if got := a.latest(); got == nil || got.Seq != 4 {
		t.Fatalf("the latest is %+v", got)
	}
	if err := a.charge(&Charge{Since: 5, At: 8, Amount: unit.NewAmount(1), Most: unit.NewAmount(1)}); err != nil {
		t.Fatal(err)
	}
	if fetch, proof, err := a.work(10); fetch != 0 || proof != nil || err != nil || len(a.open) != 0 {
		t.Errorf("fetches %d, proves %+v, %v, %d wait", fetch, proof, err, len(a.open))
	}
}

// An allocation that is not what the curve says.
func TestAllocations(t *testing.T) {
	c := Signed{Curve: auction.Curve{Seq: 9, Units: 2, Reserve: unit.NewPrice(10), Winning: prices(50, 60), Losing: prices(40, 30, 20)}}
	for _, tt := range []struct {
		name  string
		bid   []unit.Price
		units uint64
		rate  uint64
		want  error
	}{
		{"won", prices(60), 1, 40, nil},
		{"an own loser is not paid for", prices(60, 40), 1, 30, nil},
		{"lost", prices(30), 0, 0, nil},
		{"below the reserve", prices(60, 5), 1, 40, nil},
		{"another rate", prices(60), 1, 41, ErrAllocation},
		{"it should have won", prices(55), 0, 0, ErrAllocation},
		{"it cannot have won", prices(45), 1, 40, ErrAllocation},
		{"more units than bid for", prices(60), 2, 70, ErrAllocation},
	} {
		for _, first := range []bool{true, false} {
			var a auditor
			at := term{Allocation{Seq: 9, Units: tt.units, Rate: unit.NewPrice(tt.rate)}, tt.bid}
			var err1, err2 error
			if first {
				_, err1 = a.curve(c)
				_, err2 = a.allocated(at)
			} else {
				_, err1 = a.allocated(at)
				_, err2 = a.curve(c)
			}
			if err := errors.Join(err1, err2); !errors.Is(err, tt.want) || tt.want == nil && err != nil {
				t.Errorf("%s: %v, want %v", tt.name, err, tt.want)
			}
		}
	}
}

// Charges are checked to the last base unit but one, in whatever order curves are shown, and a curve that
// is not shown in time is not waited for.
func TestCharges(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		var a auditor
		bid := prices(1 << 62)
		owed := uint256.NewInt(rapid.Uint64Range(0, divisor-1).Draw(rt, "remainder"))
		now, shown := unit.Instant(0), uint64(0)
		all := []Signed{curveOf(0, 1, 5)}
		show := func(seq uint64) {
			if _, err := a.curve(all[seq-1]); err != nil {
				rt.Fatal(err)
			}
		}
		show(1)
		if _, err := a.allocated(term{Allocation{Seq: 1, Units: 1, Rate: unit.NewPrice(5)}, bid}); err != nil {
			rt.Fatal(err)
		}
		for range rapid.IntRange(1, 10).Draw(rt, "charges") {
			since := now
			for range rapid.IntRange(0, 5).Draw(rt, "curves") {
				last := all[len(all)-1]
				span := unit.Span(rapid.Int64Range(0, int64(hour)).Draw(rt, "span"))
				owed.Add(owed, over(wideOf(last.Losing[0]), span))
				now = now.Add(span)
				all = append(all, curveOf(now, uint64(len(all)+1), rapid.Uint64Range(1, 1<<61).Draw(rt, "price")))
			}
			amount := amountOf(new(uint256.Int).Div(owed, uint256.NewInt(divisor)))
			owed.Mod(owed, uint256.NewInt(divisor))
			if err := a.charge(&Charge{Since: since, At: now, Amount: amount}); err != nil {
				rt.Fatal(err)
			}
			shown = a.serve(rt, all, shown)
			if len(a.open) > 0 {
				rt.Fatalf("not checked: %+v", a.open[0])
			}
		}
		if err := a.charge(&Charge{Since: now, At: now, Amount: unit.NewAmount(2)}); err != nil {
			rt.Fatal(err)
		}
		for {
			fetch, proof, err := a.work(0)
			if errors.Is(err, ErrCharge) && proof != nil {
				return
			}
			if fetch == 0 || err != nil {
				rt.Fatalf("two base units too much are believed: %v", err)
			}
			a.none = fetch
		}
	})
}

func curveOf(at unit.Instant, seq, price uint64) Signed {
	return Signed{At: at, Curve: auction.Curve{Seq: seq, Units: 1, Winning: prices(1 << 62), Losing: prices(price)}}
}

// serve shows what an auditor asks for, at most three curves at a time.
func (a *auditor) serve(rt *rapid.T, all []Signed, shown uint64) uint64 {
	for {
		fetch, _, err := a.work(0)
		if err != nil {
			rt.Fatal(err)
		}
		if fetch == 0 {
			return shown
		}
		if fetch > uint64(len(all)) {
			a.none = fetch
		}
		for seq := fetch; seq <= min(uint64(len(all)), fetch+2); seq++ {
			if _, err := a.curve(all[seq-1]); err != nil {
				rt.Fatal(err)
			}
		}
	}
}
