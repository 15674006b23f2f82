package buyer

import (
	"github.com/candela-les/candela/market/auction"
	"github.com/candela-les/candela/unit"
)

// ID names a server: its devp2p node id.
type ID [32]byte

// MaxUnits is the most units that one bid may ask for (K).
const MaxUnits = auction.MaxPrices

// Conditions are what a server sells and how: the terms of market/1 as far as they matter here.
type Conditions struct {
	Unit   unit.Cost   // what a unit promises, cost per ms
	Fee    unit.Amount // for each bid that is placed or replaced
	MaxBid uint64      // most units in a bid; MaxUnits if zero or more
	// An account is filled before a bid, when it holds less than Refill of what the bid would cost at
	// its own prices, to at most Prepaid of it, and a new one by Least at least. Without Prepaid no account is
	// needed.
	Refill, Prepaid unit.Span
	Least           unit.Amount
}

// Signed is a curve that a server has published, with the Message that proves it. Who hands it in has
// checked the signature. Instants are those of the server's clock.
type Signed = auction.Dated

// Allocation says what a bid has won.
type Allocation struct {
	Epoch unit.Instant
	Since unit.Instant // by the server's clock
	Seq   uint64       // of the curve by which it is charged then
	Bid   uint64       // number of the bid, as in the effect that placed it
	// Fell: the bid does not stand any more, because the account was used up. No unit is won then.
	Fell  bool
	Units uint64
	Rate  unit.Price // an hour, for all of them
	// Message is the allocation as signed; kept as it is.
	Message []byte
}

// Account is what a server says that it holds for this client.
type Account struct {
	Balance  unit.Amount // and not used up
	Credited unit.Amount // all that was ever credited
}

// Charge is what a server says that it has debited.
type Charge struct {
	Since, At unit.Instant // for what was used in between, by the server's clock
	Amount    unit.Amount  // what does not make a base unit is kept for the next
	Fees      unit.Amount
	Through   unit.Instant // At by this client's clock, or earlier
	// Unchecked: it is not known here what was bid and won in its time. It is spent all the same.
	Unchecked bool
	// Most is what Amount is at most, by the prices of the bids that it may be for: that is all that an Amount is held to
	// that cannot be checked.
	Most unit.Amount
	// Apart: what was owed before Since, less than a base unit, may be in it, and is not to be checked.
	Apart   bool
	Message []byte // as signed; kept as it is
}

// Measured is how a server answered in an interval.
type Measured struct {
	Span    unit.Span // how long the interval was
	Served  unit.Cost // of all valid answers
	Answers uint64    // valid ones
	Late    uint64    // of them, later than promised
	Failed  uint64    // time-outs, refusals, answers cut short
	Lies    uint64    // answers proven wrong
}

// View is what is known of a server, for people.
type View struct {
	Quality   uint64 // permille of what was asked that was answered well
	Known     bool   // it has been seen answering
	Units     uint64 // won
	Bid       []unit.Price
	Unchecked int          // charges that wait for curves
	Shunned   unit.Instant // not bid at before
}
