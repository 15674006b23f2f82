package lottery_test

import (
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
