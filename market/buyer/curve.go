package buyer

import (
	"slices"

	"github.com/holiman/uint256"

	"github.com/candela-les/candela/unit"
)

// sound reports whether an auction can have such a curve.
func (c *Curve) sound() bool {
	sold := c.Units - c.Free
	switch {
	case c.Free > c.Units, len(c.Losing) > MaxUnits:
		return false
	case len(c.Winning) > MaxUnits, uint64(len(c.Winning)) > sold, sold > 0 && len(c.Winning) == 0:
		return false
	case c.Free > 0 && len(c.Losing) > 0: // an unsold unit goes to anybody at the reserve
		return false
	case !slices.IsSortedFunc(c.Winning, unit.Price.Cmp), !slices.IsSortedFunc(c.Losing, descending):
		return false
	case len(c.Losing) > 0 && c.Losing[len(c.Losing)-1].Cmp(c.Reserve) < 0:
		return false
	case len(c.Winning) > 0 && c.Winning[0].Cmp(c.Reserve) < 0:
		return false
	}
	return len(c.Losing) == 0 || len(c.Winning) == 0 || c.Losing[0].Cmp(c.Winning[0]) <= 0
}

func descending(p, q unit.Price) int { return q.Cmp(p) }

func (c *Curve) equal(d *Curve) bool {
	return c.Seq == d.Seq && c.Reserve == d.Reserve && c.Units == d.Units && c.Free == d.Free &&
		slices.Equal(c.Losing, d.Losing) && slices.Equal(c.Winning, d.Winning)
}

// without returns the prices of a list that are not own ones, and whether all own ones were
// there that had to be: it may end before them.
func without(list, own []unit.Price, order func(p, q unit.Price) int) (rest []unit.Price, complete bool) {
	rest, complete = slices.Clone(list), true
	for _, p := range own {
		if i := slices.Index(rest, p); i >= 0 {
			rest = slices.Delete(rest, i, i+1)
		} else if len(list) > 0 && order(p, list[len(list)-1]) < 0 {
			complete = false
		}
	}
	return rest, complete
}

// book is a curve as one bidder sees it: what others bid.
type book struct {
	*Curve
	losing, winning []unit.Price // of others
	agrees          bool         // the bidder's own prices are where its allocation says
}

// seen returns a curve without the prices of a bid that has won so many units.
func (c *Curve) seen(bid []unit.Price, units uint64) book {
	b := book{Curve: c}
	k := int(min(units, uint64(len(bid))))
	lost := k // own losing prices; those at the reserve change nothing, whether listed or not
	for lost < len(bid) && bid[lost].Cmp(c.Reserve) > 0 {
		lost++
	}
	var won, rest bool
	b.winning, won = without(c.Winning, bid[:k], unit.Price.Cmp)
	b.losing, rest = without(c.Losing, bid[k:lost], descending)
	b.agrees = won && rest && units <= uint64(len(bid))
	return b
}

// charge is what so many units cost their owner an hour: the best losing prices of others,
// missing ones count as the reserve.
func (b *book) charge(units uint64) *uint256.Int {
	sum := new(uint256.Int)
	for k := range units {
		sum.Add(sum, wideOf(b.displaced(int(k))))
	}
	return sum
}

// displaced is the losing price of others at place i, counted from the margin: −1 is the
// lowest winning one, −2 the one after it.
func (b *book) displaced(i int) unit.Price {
	switch {
	case i >= 0 && i < len(b.losing):
		return b.losing[i]
	case i < 0 && -i <= len(b.winning):
		return b.winning[-i-1]
	}
	return b.Reserve
}

// next is what the n-th more unit costs, n from 1: an unsold one the reserve, another one the
// winning price that it displaces. It is not ok if the curve does not reach that far.
func (b *book) next(n uint64) (p unit.Price, ok bool) {
	switch {
	case n <= b.Free:
		return b.Reserve, true
	case n-b.Free <= uint64(len(b.winning)):
		return b.winning[n-b.Free-1], true
	}
	return unit.Price{}, false
}
