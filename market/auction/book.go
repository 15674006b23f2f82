package auction

import (
	"math/bits"

	"github.com/candela-les/candela/unit"
)

// entry is one unit price of a standing bid.
type entry struct {
	code, tail uint64 // the price, as codeOf has it
	rank       uint64 // the bid's age, and in its last bits the index of the price
	client     Client
}

// rankBits hold an index below MaxPrices.
const rankBits = 6

func newEntry(p unit.Price, age uint64, index int, id Client) entry {
	code, tail := codeOf(p)
	return entry{code: code, tail: tail, rank: age<<rankBits | uint64(index), client: id}
}

// first comes before all entries: its price is MaxPrice, and no bid is so old.
var first = newEntry(MaxPrice(), 0, 0, 0)

// lastAt comes after all entries of a price and before all lower ones.
func lastAt(p unit.Price) entry {
	e := newEntry(p, 0, 0, 0)
	e.rank = 1<<64 - 1
	return e
}

// precedes is the order of the book: price down, age up, index up. No two bids are of
// one age, so it is complete without the client.
func precedes(e, f entry) bool {
	if e.code != f.code {
		return e.code < f.code
	}
	if e.tail != f.tail {
		return e.tail > f.tail
	}
	return e.rank < f.rank
}

func (e entry) price() unit.Price { return priceOfCode(e.code, e.tail) }

func (e entry) below(p unit.Price) bool {
	code, tail := codeOf(p)
	return e.code > code || e.code == code && e.tail < tail
}

// codeBits are those of a price that its code holds, from the highest that is set.
const codeBits = 58

// codeOf cuts a price, of at most 122 bits, in two. Codes are in the order of the book, from the highest
// price to the lowest, and in nearly all comparisons decide alone: one holds how long a price is
// and its first 58 bits. What is behind them is the tail, which is 0 for all prices that are no
// longer or end in zeros.
func codeOf(p unit.Price) (code, tail uint64) {
	hi, lo := p.Words()
	length := bits.Len64(lo)
	if hi != 0 {
		length = 64 + bits.Len64(hi)
	}
	cut := uint(max(length-codeBits, 0)) // at most 64
	head := hi<<(64-cut) | lo>>cut
	return ^(uint64(cut)<<(codeBits-1) + head), lo & (1<<cut - 1)
}

func priceOfCode(code, tail uint64) unit.Price {
	head := ^code
	var cut uint64
	if head>>codeBits != 0 {
		cut = head>>(codeBits-1) - 1
		head -= cut << (codeBits - 1)
	}
	return unit.PriceOfWords(head>>(64-cut), head<<cut|tail)
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
