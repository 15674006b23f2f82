package buyer

import (
	"slices"

	"github.com/holiman/uint256"

	"github.com/candela-les/candela/market/auction"
	"github.com/candela-les/candela/unit"
)

func descending(p, q unit.Price) int { return q.Cmp(p) }

// without returns the prices of a list that are not own ones, and whether all own ones were
// there that had to be: it may end before them. What is returned may be the list itself.
func without(list, own []unit.Price, order func(p, q unit.Price) int) (rest []unit.Price, complete bool) {
	if len(own) == 0 {
		return list, true
	}
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
	*auction.Curve
	losing, winning []unit.Price // of others
	agrees          bool         // the bidder's own prices are where its allocation says
}

// look returns a curve without the prices of a bid that has won so many units.
func look(c *auction.Curve, bid []unit.Price, units uint64) book {
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
