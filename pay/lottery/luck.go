package lottery

import (
	"context"
	"fmt"
	"math"
	"sync"

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

// Chooser keeps the odds in line with what gas costs. Its methods may be called from many goroutines.
type Chooser struct {
	wish Wish
	cost func(ctx context.Context, gas uint64) (unit.Amount, error)
	mu   struct {
		sync.Mutex
		now Odds
	}
}

// NewChooser chooses odds for what is wished, of which Gas is asked for by cost: what so much gas costs at present. Errors: ErrTooDear, and those of cost.
func NewChooser(ctx context.Context, wish Wish, cost func(ctx context.Context, gas uint64) (unit.Amount, error)) (*Chooser, error) {
	c := &Chooser{wish: wish, cost: cost}
	if err := c.Renew(ctx); err != nil {
		return nil, err
	}
	return c, nil
}

// Renew looks what gas costs now. A face value that is worth its gas, and not more than four times as large as it would have to be, is kept: 256 series of one
// face value share their place on the chain, and payers have to lock one. If gas has become too dear the odds stay as they are: its share
// is more than is wished then, but what luck can do is bounded as before. Errors: ErrTooDear, and those of cost.
func (c *Chooser) Renew(ctx context.Context) error {
	gas, err := c.cost(ctx, gasOnce+gasEach)
	if err != nil {
		return fmt.Errorf("what a redemption costs: %w", err)
	}
	wish := c.wish
	wish.Gas = gas
	best, err := Choose(wish)
	if err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if has := c.mu.now.Face; has.Cmp(best.Face) < 0 || has.Cmp(best.Face.Plus(best.Face).Plus(best.Face).Plus(best.Face)) > 0 {
		c.mu.now = best
	}
	return nil
}

// Odds is what ProviderConfig wants. It does not wait.
func (c *Chooser) Odds() Odds {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.mu.now
}

// Luck is what these odds can do to the revenue that they are chosen for.
func (c *Chooser) Luck() Luck { return c.Odds().Luck(c.wish.Revenue) }
