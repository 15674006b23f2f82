package buyer

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/candela-les/candela/unit"
)

// StandardUnit is the capacity, in cost per ms, that prices of a demand are for: a hundredth
// of a thread, as Candela's own servers sell it. The prices of a server whose units have another size
// are converted.
const StandardUnit unit.Cost = 10_000

// RequestCost is what a request costs on average, in ns of a thread: an account's proof takes
// 0.6 ms, the witness of a call about a millisecond for each million of gas that it uses up, a
// block's receipts a millisecond (the table in server/costs.go).
const RequestCost unit.Cost = 1_000_000

// Bounds of a demand.
const (
	// MaxServers is the most servers that a demand can be spread over.
	MaxServers = 16
	// MaxNeed is the most capacity that can be needed: a thousand threads.
	MaxNeed unit.Cost = 1_000_000_000
)

// ErrDemand: what is demanded makes no sense.
var ErrDemand = errors.New("demand makes no sense")

// DemandError says which word of a demand makes no sense, and why.
type DemandError struct {
	Word string // name of the field, or the word that was not understood
	Why  string
}

func (e *DemandError) Error() string { return fmt.Sprintf("%v: %s: %s", ErrDemand, e.Word, e.Why) }

// Unwrap returns ErrDemand.
func (e *DemandError) Unwrap() error { return ErrDemand }

// Demand is what a person wants. The zero Demand is for free service.
type Demand struct {
	// Free service only: nothing is bid, nothing is spent.
	Free bool
	// Need is the least capacity that is of use, in cost per ms, whichever one server is lost.
	Need unit.Cost
	// Servers is how many servers to spread over.
	Servers int
	// MaxPrice is what a standard unit is worth for an hour: no unit is bid more. Zero leaves it to
	// the budget: see Price.
	MaxPrice unit.Price
	// DailyBudget is what may be spent in a day, fees included.
	DailyBudget unit.Amount
}

// FreeDemand asks for free service only.
func FreeDemand() Demand { return Demand{Free: true} }

// Preset returns the demand of that name, without price and budget. All assume that heads,
// chain id and what is cached are answered by the light client itself, without a request.
//
//   - wallet: one person. After a block (12 s) balances and a multicall or two are read again, and a page that opens asks for ten
//     to twenty calls at once. That is under one request a second, and the burst is what has to
//     be quick: one unit sustains 10 a second and its full buffer (6 s) 60 at once. With two servers.
//   - dapp: the pages of some forty users, whose libraries poll every 4 s, a call each: with the calls of those who
//     click, 40 requests a second, that is four units; three servers.
//   - indexer: reads everything while it catches up: receipts at a millisecond and log ranges
//     at 5 ms for 1,024 blocks, some 200 blocks a second with the headers: 24 units; four
//     servers.
func Preset(name string) (Demand, bool) {
	switch name {
	case "free":
		return FreeDemand(), true
	case "wallet":
		return Demand{Need: StandardUnit, Servers: 2}, true
	case "dapp":
		return Demand{Need: 4 * StandardUnit, Servers: 3}, true
	case "indexer":
		return Demand{Need: 24 * StandardUnit, Servers: 4}, true
	}
	return Demand{}, false
}

// ParseDemand reads a demand: words separated by spaces or commas, later ones overriding
// earlier ones, the result valid.
//
//	wallet | dapp | indexer | free   the preset of that name
//	requests=N                       requests a second
//	capacity=N                       the same as cost per ms: 1,000 for each request a second
//	servers=N                        to spread over, 1 to MaxServers
//	price=N                          highest for a standard unit, in base units an hour
//	budget=N                         a day, in base units
func ParseDemand(text string) (Demand, error) {
	d := Demand{Servers: 2}
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == ',' }) {
		key, value, pair := strings.Cut(word, "=")
		if !pair {
			preset, ok := Preset(word)
			if !ok {
				return Demand{}, &DemandError{word, "neither wallet, dapp, indexer, free nor NAME=NUMBER"}
			}
			preset.MaxPrice, preset.DailyBudget = d.MaxPrice, d.DailyBudget
			d = preset
		} else if err := d.set(key, value); err != nil {
			return Demand{}, err
		}
	}
	if err := d.Validate(); err != nil {
		return Demand{}, err
	}
	return d, nil
}

// set understands one NAME=NUMBER.
func (d *Demand) set(key, value string) error {
	if key == "budget" {
		budget, err := unit.ParseAmount(value)
		if err != nil {
			return &DemandError{key, value + " is no whole number of base units"}
		}
		d.DailyBudget = budget
		return nil
	}
	n, err := strconv.ParseUint(value, 10, 64)
	if err != nil {
		return &DemandError{key, value + " is no whole number"}
	}
	switch key {
	case "requests":
		d.Need = unit.Cost(min(n, 1<<32)).Mul(uint64(RequestCost / 1000))
	case "capacity":
		d.Need = unit.Cost(n)
	case "servers":
		d.Servers = int(min(n, MaxServers+1))
	case "price":
		d.MaxPrice = unit.PricePerHour(n)
	default:
		return &DemandError{key, "nobody knows what that is"}
	}
	return nil
}

// Validate says what in a demand makes no sense: a *DemandError.
func (d Demand) Validate() error {
	switch {
	case d.Free:
		return nil
	case d.Need == 0:
		return &DemandError{"requests", "how much is needed? A preset, requests=N or capacity=N says it; free asks for nothing"}
	case d.Need > MaxNeed:
		return &DemandError{"requests", fmt.Sprintf("more than %d a second", MaxNeed/(RequestCost/1000))}
	case d.Servers < 1 || d.Servers > MaxServers:
		return &DemandError{"servers", fmt.Sprintf("from 1 to %d", MaxServers)}
	case d.DailyBudget.IsZero():
		return &DemandError{"budget", "nothing can be bought for nothing; free says that nothing is to be bought"}
	case d.Price().IsZero():
		return &DemandError{"budget", "too little to bid a price above zero"}
	}
	return nil
}

// Want is the capacity that is bid for: so much that Need is left whichever of the servers is
// lost.
func (d Demand) Want() unit.Cost {
	if d.Servers < 2 {
		return d.Need
	}
	n := unit.Cost(d.Servers)
	return (d.Need*n + n - 2) / (n - 1)
}

// Price is the highest price of a standard unit: MaxPrice, or, if that was left open, four
// times what the budget comes to when all that is wanted is had all day. Prices go up and down in a
// day; pacing sees to it that the budget lasts.
func (d Demand) Price() unit.Price {
	if !d.MaxPrice.IsZero() {
		return d.MaxPrice
	}
	units := (d.Want() + StandardUnit - 1) / StandardUnit
	return scale(hourly(d.DailyBudget, uint64(max(units, 1))), 4, 24)
}

// Value is what more capacity is worth to the demand for each standard unit an hour when so
// much is had already: the highest price as far as it is needed, then falling to nothing at Want, for
// what is beyond the need only insures against the loss of a server.
func (d Demand) Value(have unit.Cost) unit.Price {
	want := d.Want()
	switch {
	case d.Free || have >= want:
		return unit.Price{}
	case have < d.Need:
		return d.Price()
	}
	return scale(d.Price(), uint64(want-have), uint64(want-d.Need+StandardUnit))
}
