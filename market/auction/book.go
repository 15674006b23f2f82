package auction

import "github.com/candela-les/candela/unit"

// entry is one unit price of a standing bid.
type entry struct {
	hi, lo uint64 // the price
	rank   uint64 // the bid's age, and in its last bits the index of the price
	client Client
}

// rankBits hold an index below MaxPrices.
const rankBits = 6

func newEntry(p unit.Price, age uint64, index int, id Client) entry {
	hi, lo := p.Words()
	return entry{hi: hi, lo: lo, rank: age<<rankBits | uint64(index), client: id}
}

// first comes before all entries: its price is above MaxPrice.
var first = entry{hi: 1<<64 - 1, lo: 1<<64 - 1}

// lastAt comes after all entries of a price and before all lower ones.
func lastAt(p unit.Price) entry {
	hi, lo := p.Words()
	return entry{hi: hi, lo: lo, rank: 1<<64 - 1}
}

// precedes is the order of the book: price down, age up, index up. No two bids are of
// one age, so it is complete without the client.
func precedes(e, f entry) bool {
	if e.hi != f.hi {
		return e.hi > f.hi
	}
	if e.lo != f.lo {
		return e.lo > f.lo
	}
	return e.rank < f.rank
}

func (e entry) price() unit.Price { return unit.PriceOfWords(e.hi, e.lo) }

func (e entry) below(p unit.Price) bool {
	hi, lo := p.Words()
	return e.hi < hi || e.hi == hi && e.lo < lo
}

// book holds all entries in their order. It is one tree for winners and losers: what
// divides them is a place in the order, so that an entry that changes sides stays
// where it is.
type book struct {
	tree
	list []entry // written over by each look around
}

// until returns at most n entries that do not come after edge, the last first. The list
// is good until the next look.
func (b *book) until(edge entry, n int) []entry {
	b.list = b.tree.until(edge, b.list[:0], n)
	return b.list
}

// beyond returns at most n entries that come after edge, in their order. The list is
// good until the next look.
func (b *book) beyond(edge entry, n int) []entry {
	b.list = b.tree.beyond(edge, b.list[:0], n)
	return b.list
}

// worst returns the last entry that does not come after edge. There must be one.
func (b *book) worst(edge entry) entry { return b.until(edge, 1)[0] }
