package auction

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/candela-les/candela/unit"
)

// Input is one call of an Auction, as it is kept in a log. Whoever wants to play an
// auction again makes its calls through Do and keeps what it gave.
type Input struct {
	At     unit.Instant
	Verb   Verb
	Client Client       // Open, Close, Bid, Limit, Debit
	Prices []unit.Price // Bid
	Limit  unit.Amount  // Open, Limit
	Number uint64       // Open: the rest; Units: how many
	Price  unit.Price   // Reserve
}

// Verb is what an Input does.
type Verb uint8

// The verbs, one for each method of Auction that changes it.
const (
	Open Verb = iota + 1
	Close
	Bid
	Units
	Reserve
	Limit
	Debit
	Tick
)

// verbs are the words for them in a log, and what follows.
var verbs = [...]string{
	Open: "open", Close: "close", Bid: "bid", Units: "units", Reserve: "reserve", Limit: "limit", Debit: "debit", Tick: "tick",
}

// ErrInput: a line is no input.
var ErrInput = errors.New("not an input of an auction")

// Do makes the call that an input stands for. The debit of a Close or Debit is returned.
func (a *Auction) Do(in Input) (debit unit.Amount, err error) {
	switch in.Verb {
	case Open:
		err = a.Open(in.At, in.Client, in.Limit, in.Number)
	case Close:
		debit, _, err = a.Close(in.At, in.Client)
	case Bid:
		err = a.Bid(in.At, in.Client, in.Prices)
	case Units:
		a.SetUnits(in.At, in.Number)
	case Reserve:
		err = a.SetReserve(in.At, in.Price)
	case Limit:
		err = a.SetLimit(in.At, in.Client, in.Limit)
	case Debit:
		debit, _, err = a.Debit(in.At, in.Client)
	case Tick:
		a.Tick(in.At)
	default:
		err = ErrInput
	}
	return debit, err
}

// MarshalText writes an input as a line without its end: the instant, the verb, the
// client, and what else there is, all numbers in decimal.
//
//	17 open 3 1000 0        client, limit, rest
//	18 bid 3 70 70 10       client, prices
//	19 limit 3 2000         client, limit
//	20 units 5
//	21 reserve 12
//	22 debit 3
//	23 close 3
//	24 tick
func (in Input) MarshalText() ([]byte, error) {
	if in.Verb < Open || in.Verb > Tick {
		return nil, ErrInput
	}
	b := strconv.AppendInt(nil, int64(in.At), 10)
	b = append(append(b, ' '), verbs[in.Verb]...)
	word := func(text string) { b = append(append(b, ' '), text...) }
	switch in.Verb {
	case Open, Close, Bid, Limit, Debit:
		word(strconv.FormatUint(uint64(in.Client), 10))
	default:
	}
	switch in.Verb {
	case Open:
		word(in.Limit.String())
		word(strconv.FormatUint(in.Number, 10))
	case Bid:
		for _, p := range in.Prices {
			word(p.String())
		}
	case Limit:
		word(in.Limit.String())
	case Units:
		word(strconv.FormatUint(in.Number, 10))
	case Reserve:
		word(in.Price.String())
	default:
	}
	return b, nil
}

// UnmarshalText reads what MarshalText wrote. What it cannot read is an ErrInput.
func (in *Input) UnmarshalText(text []byte) error {
	if len(text) > maxLine {
		return fmt.Errorf("%w: line of %d bytes", ErrInput, len(text))
	}
	r := reader{words: strings.Fields(string(text))}
	*in = Input{At: unit.Instant(r.signed()), Verb: r.verb()}
	switch in.Verb {
	case Open, Close, Bid, Limit, Debit:
		in.Client = Client(r.number(32))
	default:
	}
	switch in.Verb {
	case Open:
		in.Limit, in.Number = r.amount(), r.number(64)
	case Bid:
		for len(r.words) > 0 && r.err == nil {
			in.Prices = append(in.Prices, r.price())
		}
	case Limit:
		in.Limit = r.amount()
	case Units:
		in.Number = r.number(64)
	case Reserve:
		in.Price = r.price()
	default:
	}
	if r.err == nil && len(r.words) > 0 {
		r.err = errors.New("more than there should be")
	}
	if r.err != nil {
		return fmt.Errorf("%w: %w", ErrInput, r.err)
	}
	return nil
}

// maxLine is more than the longest line that is written: MaxPrices prices of 39 digits.
const maxLine = 4096

// reader takes words off a line until one is wrong.
type reader struct {
	words []string
	err   error
}

func (r *reader) word() string {
	if r.err != nil || len(r.words) == 0 {
		r.fail(errors.New("too short"))
		return ""
	}
	w := r.words[0]
	r.words = r.words[1:]
	return w
}

func (r *reader) fail(err error) {
	if r.err == nil {
		r.err = err
	}
}

func (r *reader) signed() int64 {
	n, err := strconv.ParseInt(r.word(), 10, 64)
	r.fail(err)
	return n
}

func (r *reader) number(bits int) uint64 {
	n, err := strconv.ParseUint(r.word(), 10, bits)
	r.fail(err)
	return n
}

func (r *reader) amount() unit.Amount {
	n, err := unit.ParseAmount(r.word())
	r.fail(err)
	return n
}

func (r *reader) price() unit.Price {
	n, err := unit.ParsePrice(r.word())
	r.fail(err)
	return n
}

func (r *reader) verb() Verb {
	w := r.word()
	for v := Open; v <= Tick; v++ {
		if verbs[v] == w {
			return v
		}
	}
	r.fail(fmt.Errorf("no verb %q", w))
	return 0
}
