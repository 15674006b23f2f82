package auction

import (
	"errors"
	"slices"

	"github.com/holiman/uint256"

	"github.com/candela-les/candela/unit"
)

// Curve is what is the same for everybody: the prices on both sides of the edge between
// winners and losers, without identities. A seller signs each as a whole. Its lists must
// not be changed once it was handed over.
type Curve struct {
	Seq     uint64       // raised whenever anything else here changes
	Reserve unit.Price   // the lowest price at which a unit is sold
	Units   uint64       // N: for sale now
	Free    uint64       // of these, unsold
	Losing  []unit.Price // at most K, highest first: the best losing prices that are not below the reserve
	Winning []unit.Price // at most K, lowest first: the lowest winning prices
}

// ErrCurve: a curve says what no auction can come to.
var ErrCurve = errors.New("a curve that contradicts itself")

// Valid returns ErrCurve if the curve breaks a rule that needs no other knowledge: lists
// in order and not longer than MaxPrices, no winner below a loser or the reserve, nobody
// losing while units are unsold.
func (c Curve) Valid() error {
	sold := c.Units - c.Free
	switch {
	case c.Free > c.Units,
		c.Free > 0 && len(c.Losing) > 0,
		len(c.Losing) > MaxPrices, len(c.Winning) > MaxPrices,
		uint64(len(c.Winning)) > sold, sold > 0 && len(c.Winning) == 0,
		c.Reserve.Cmp(MaxPrice()) > 0:
		return ErrCurve
	}
	// From the lowest to the highest: reserve, losing, winning.
	at := c.Reserve
	for _, p := range slices.Backward(c.Losing) {
		if p.Cmp(at) < 0 {
			return ErrCurve
		}
		at = p
	}
	for _, p := range c.Winning {
		if p.Cmp(at) < 0 {
			return ErrCurve
		}
		at = p
	}
	if at.Cmp(MaxPrice()) > 0 {
		return ErrCurve
	}
	return nil
}

// Equal reports whether two curves say the same, numbers included.
func (c Curve) Equal(d Curve) bool {
	return c.Seq == d.Seq && c.Reserve == d.Reserve && c.Units == d.Units && c.Free == d.Free &&
		same(c.Losing, d.Losing) && same(c.Winning, d.Winning)
}

// Charge returns what a client whose standing bid has k winning prices pays per hour,
// altogether: the k best losing prices that are not its own, missing ones as the reserve.
// ok is false if a bid cannot have so many.
func (c Curve) Charge(bid []unit.Price, k int) (perHour unit.Price, ok bool) {
	return c.Quote(bid, k, k)
}

// Quote returns what want units would cost per hour, altogether, a client whose standing
// bid is given, of which the first have prices win. A newcomer has none; it pays for
// unsold units the reserve, and then the lowest winning prices, which its own have to
// beat. ok is false if there are not so many, or the curve does not reach as far.
func (c Curve) Quote(bid []unit.Price, have, want int) (perHour unit.Price, ok bool) {
	if have < 0 || have > len(bid) || want < 0 || want > MaxPrices || c.Free > c.Units {
		return unit.Price{}, false
	}
	o := c.others(bid, have)
	var sum uint256.Int
	for j := range want {
		p, _, ok := o.displaced(j)
		if !ok {
			return unit.Price{}, false
		}
		more := wide(p)
		sum.Add(&sum, &more)
	}
	return priceOf(&sum)
}

// Win returns how many units a bid would win at once if it took the place of the standing one, of
// which the first have prices win, and what those would cost per hour, altogether. Neither bid has
// more prices than the auction takes. Where it is as high as another's the other bid is the older.
func (c Curve) Win(standing []unit.Price, have int, bid []unit.Price) (units int, perHour unit.Price) {
	if same(standing, bid) {
		perHour, _ = c.Charge(standing, have)
		return have, perHour
	}
	o := c.others(standing, have)
	for units < len(bid) {
		p, taken, ok := o.displaced(units)
		if order := bid[units].Cmp(p); !ok || order < 0 || order == 0 && taken {
			break
		}
		units++
	}
	perHour, _ = c.Quote(standing, have, units)
	return units, perHour
}

// others are the auction as if one client were not there: those that win, places, and those that
// lose, of which the first would have the places.
type others struct {
	winning, losing []unit.Price
	places          int
	reserve         unit.Price
}

func (c Curve) others(bid []unit.Price, have int) others {
	return others{
		winning: without(c.Winning, bid[:have]), losing: without(c.Losing, bid[have:]),
		places: have + int(min(c.Free, MaxPrices)), reserve: c.Reserve,
	}
}

// displaced returns the price that gives way to the client's unit j, counted from 0: the lowest one
// first. A place that nobody would have counts as the reserve, and is not taken. ok is false
// behind the last that is known.
func (o *others) displaced(j int) (p unit.Price, taken, ok bool) {
	switch {
	case j < o.places && o.places-1-j < len(o.losing):
		return o.losing[o.places-1-j], true, true
	case j < o.places:
		return o.reserve, false, true
	case j-o.places < len(o.winning):
		return o.winning[j-o.places], true, true
	}
	return unit.Price{}, false, false
}

// without returns a list of prices without one of each value in own. It does not matter
// whether it is the client's own or another's of the same value that is left.
func without(list, own []unit.Price) []unit.Price {
	if len(own) == 0 {
		return list
	}
	list = slices.Clone(list)
	for _, p := range own {
		if i := slices.Index(list, p); i >= 0 {
			list = slices.Delete(list, i, i+1)
		}
	}
	return list
}
