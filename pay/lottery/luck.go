package lottery

import (
	"fmt"
	"math"

	"github.com/candela-les/candela/unit"
)

// Luck is what the draws of a period can do to what is earned in it, relative to what was expected; docs/spec/pay-lottery.md, section 6. How many payers
// there are makes no difference, for draws are independent.
type Luck struct {
	Winners   float64 // that are expected
	Deviation float64 // of what is drawn, as a standard deviation, at most: 0.1 is a tenth
	// How probable it is, at most, that at least three tenths are missing, or a half, or all.
	ThreeTenths, Half, All float64
}

// Luck says what odds can do to a revenue.
func (o Odds) Luck(revenue unit.Amount) Luck {
	winners := ratio(revenue, o.Face)
	short := func(part float64) float64 { return math.Exp(-part * part * winners / 2) }
	return Luck{Winners: winners, Deviation: 1 / math.Sqrt(winners), ThreeTenths: short(0.3), Half: short(0.5), All: math.Exp(-winners)}
}

// String says it to an operator.
func (l Luck) String() string {
	return fmt.Sprintf("%.0f winners are expected; what they are paid varies by %.1f %%, and is short by 30 %% with a probability of at most %.2g, by half of at most %.2g",
		l.Winners, 100*l.Deviation, l.ThreeTenths, l.Half)
}

func ratio(a, b unit.Amount) float64 {
	one, _ := a.Big().Float64()
	other, _ := b.Big().Float64()
	return one / other
}
