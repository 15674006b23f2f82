package flow

import (
	"errors"
	"fmt"
	"math/bits"
	"slices"

	"github.com/candela-les/candela/unit"
)

// MaxCode is the number of message codes that a table can hold: more than any
// version of LES has, and few enough for a lookup to be an index.
const MaxCode = 64

// Errors of NewTable.
var (
	// ErrCode: a message code is listed twice or is not below MaxCode.
	ErrCode = errors.New("message code out of range or repeated")
	// ErrLimit: the buffer limit cannot hold even the smallest request.
	ErrLimit = errors.New("buffer limit too small")
)

// Price is the maximum cost of one kind of request: Base + PerItem · amount.
type Price struct {
	Base, PerItem unit.Cost
}

// Of returns the maximum cost of a request for so many items.
func (p Price) Of(amount uint64) unit.Cost { return p.Base.Add(p.PerItem.Mul(amount)) }

// Fits returns how many items can be asked for in one request within a budget.
func (p Price) Fits(budget unit.Cost) uint64 {
	switch {
	case budget < p.Base:
		return 0
	case p.PerItem == 0:
		return 1<<64 - 1
	}
	return uint64((budget - p.Base) / p.PerItem)
}

// within returns the price scaled down so that amount items cost no more than
// limit. Both parts shrink alike, so that small requests keep their proportion.
func (p Price) within(amount uint64, limit unit.Cost) Price {
	full := p.Of(amount)
	if full <= limit {
		return p
	}
	p.Base = scale(p.Base, limit, full)
	p.PerItem = min(scale(p.PerItem, limit, full), (limit-p.Base)/unit.Cost(max(amount, 1)))
	return p
}

// scale returns c · num / den, rounded down, for num ≤ den.
func scale(c, num, den unit.Cost) unit.Cost {
	hi, lo := bits.Mul64(uint64(c), uint64(num))
	q, _ := bits.Div64(hi, lo, uint64(den))
	return unit.Cost(q)
}

// Entry is the price of one kind of request, as it is announced.
type Entry struct {
	Code uint64
	Price
}

// Offer is what one kind of request would cost by measurement, and the largest
// amount that one request may ask for.
type Offer struct {
	Entry
	MaxAmount uint64
}

// FullCost returns the largest cost of any request in offers: the buffer limit at
// which a table can charge every one of them what it was measured at.
func FullCost(offers []Offer) unit.Cost {
	var full unit.Cost
	for _, o := range offers {
		full = max(full, o.Of(o.MaxAmount))
	}
	return full
}

// Table holds the prices that a server announces (MRC). The zero Table has none.
type Table struct {
	prices [MaxCode]Price
	known  [MaxCode]bool
}

// NewTable makes a table in which no permitted request costs more than limit: a
// client that waits for a full buffer can always send it. Prices that are too high
// for that are lowered; use a limit of at least FullCost to have none lowered.
func NewTable(offers []Offer, limit unit.Cost) (*Table, error) {
	if limit == 0 {
		return nil, ErrLimit
	}
	t := new(Table)
	for _, o := range offers {
		if o.Code >= MaxCode || t.known[o.Code] {
			return nil, fmt.Errorf("price of message %#x: %w", o.Code, ErrCode)
		}
		t.known[o.Code] = true
		t.prices[o.Code] = o.within(o.MaxAmount, limit)
	}
	return t, nil
}

// Price returns the price of a message code, and whether the table has one.
func (t *Table) Price(code uint64) (Price, bool) {
	if code >= MaxCode {
		return Price{}, false
	}
	return t.prices[code], t.known[code]
}

// Entries returns the table in ascending order of codes.
func (t *Table) Entries() []Entry {
	var list []Entry
	for code, known := range t.known {
		if known {
			list = append(list, Entry{uint64(code), t.prices[code]})
		}
	}
	return slices.Clip(list)
}
