package lottery_test

import (
	"context"
	"errors"
	"math"
	"testing"

	"github.com/candela-les/candela/pay/lottery"
	"github.com/candela-les/candela/unit"
)

// The table of docs/spec/pay-lottery.md, section 6.
func TestLuckOfSpec(t *testing.T) {
	for _, c := range []struct {
		winners                           uint64
		deviation, threeTenths, half, all float64
	}{
		{10, 0.32, 0.64, 0.29, 4.5e-5},
		{100, 0.10, 0.011, 3.7e-6, 4e-44},
		{1000, 0.032, 2.9e-20, 5.2e-55, 0},
	} {
		l := lottery.Odds{Face: unit.NewAmount(50)}.Luck(unit.NewAmount(50 * c.winners))
		for name, pair := range map[string][2]float64{
			"winners": {l.Winners, float64(c.winners)}, "deviation": {l.Deviation, c.deviation}, "three tenths": {l.ThreeTenths, c.threeTenths},
			"half": {l.Half, c.half}, "all": {l.All, c.all},
		} {
			if got, want := pair[0], pair[1]; math.Abs(got-want) > 0.08*want+1e-300 {
				t.Errorf("of %d winners, %s is %g, and the text says %g", c.winners, name, got, want)
			}
		}
	}
}

// What is stated bounds what is: the exact distribution of winners, for tickets of all kinds of odds.
func TestLuckBounds(t *testing.T) {
	for _, mean := range []float64{5, 10, 50, 100, 400} {
		for _, p := range []float64{0.9, 0.5, 0.1, 0.01} {
			n := math.Round(mean / p)
			mu := n * p
			l := lottery.Odds{Face: unit.NewAmount(1000)}.Luck(unit.NewAmount(uint64(1000 * mu)))
			atMost := func(most float64) (sum float64) {
				for k := 0.0; k <= most+1e-9; k++ {
					up, _ := math.Lgamma(n + 1)
					low, _ := math.Lgamma(k + 1)
					rest, _ := math.Lgamma(n - k + 1)
					sum += math.Exp(up - low - rest + k*math.Log(p) + (n-k)*math.Log1p(-p))
				}
				return sum
			}
			const slack = 1 + 1e-9
			if is := atMost(0.7 * mu); is > l.ThreeTenths*slack {
				t.Errorf("%g tickets of %g: three tenths are missing with %g, stated is %g", n, p, is, l.ThreeTenths)
			}
			if is := atMost(0.5 * mu); is > l.Half*slack {
				t.Errorf("%g tickets of %g: half is missing with %g, stated is %g", n, p, is, l.Half)
			}
			if is := atMost(0); is > l.All*slack {
				t.Errorf("%g tickets of %g: all is missing with %g, stated is %g", n, p, is, l.All)
			}
			if is := math.Sqrt(n*p*(1-p)) / mu; is > l.Deviation*1.001 {
				t.Errorf("%g tickets of %g: the deviation is %g, stated is %g", n, p, is, l.Deviation)
			}
		}
	}
}

// Odds follow the price of gas, in steps, and never so far that luck moves more than is wished.
func TestChooser(t *testing.T) {
	price, failed := uint64(1), error(nil)
	cost := func(_ context.Context, gas uint64) (unit.Amount, error) {
		return unit.NewAmount(price * gas), failed
	}
	wish := lottery.Wish{Revenue: unit.NewAmount(10_000_000_000), Ticket: unit.NewAmount(100_000)} // a face of 100,000,000 at most
	c, err := lottery.NewChooser(t.Context(), wish, cost)
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		price, face uint64
		err         error
	}{
		{1, 9_800_000, nil}, // 98,000 of gas are a hundredth
		{1, 9_800_000, nil},
		{2, 20_000_000, nil},
		{1, 20_000_000, nil}, // it is worth its gas, and not much too large
		{10, 98_000_000, nil},
		{11, 98_000_000, lottery.ErrTooDear},
		{4, 98_000_000, nil},
		{1, 9_800_000, nil},
	} {
		price = step.price
		if err := c.Renew(t.Context()); !errors.Is(err, step.err) || c.Odds().Face != unit.NewAmount(step.face) {
			t.Errorf("at a price of %d the face value is %s (%v), and should be %d", step.price, c.Odds().Face, err, step.face)
		}
		if l := c.Luck(); l.Deviation > 0.1 {
			t.Errorf("at a price of %d: %s", step.price, l)
		}
	}
	failed = errors.New("the node does not answer")
	if err := c.Renew(t.Context()); !errors.Is(err, failed) || c.Odds().Face != unit.NewAmount(9_800_000) {
		t.Errorf("%v, %+v", err, c.Odds())
	}
	if _, err := lottery.NewChooser(t.Context(), wish, cost); !errors.Is(err, failed) {
		t.Error(err)
	}
}
