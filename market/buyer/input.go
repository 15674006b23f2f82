package buyer

import (
	"github.com/candela-les/candela/unit"
)

// ID names a server: its devp2p node id.
type ID [32]byte

// MaxUnits is the most units that one bid may ask for (K).
const MaxUnits = 64

// Conditions are what a server sells and how.
type Conditions struct {
	Unit    unit.Cost   // what a unit promises, cost per ms
	Fee     unit.Amount // for each bid that is placed or replaced
	MaxBid  uint64      // most units in a bid; MaxUnits if zero or more
	Prepaid bool        // whether an account has to be filled before a bid is taken
}

// Curve is what a server's book is at one sequence number, the same for everybody. See
// market/auction.
type Curve struct {
	Seq     uint64
	Reserve unit.Price
	Units   uint64       // for sale
	Free    uint64       // of these, unsold
	Losing  []unit.Price // the best losing prices ≥ reserve, highest first
	Winning []unit.Price // the lowest winning prices, lowest first
}

// Signed is a curve with what proves that its server said it. Who hands it in has checked
// the signature.
type Signed struct {
	Curve
	Message []byte // as signed, with the signature; kept as it is
}

// Allocation says what a bid has won.
type Allocation struct {
	Seq   uint64 // from this state of the book on
	Bid   uint64 // number of the bid, as in the effect that placed it
	Units uint64
}

// Account is what a server says that it holds for this client.
type Account struct {
	Balance  unit.Amount
	Credited unit.Amount // all that was ever credited
}

// Line is a stretch of time in which one rate was charged.
type Line struct {
	First, Last uint64 // states of the book
	Units       uint64
	Rate        unit.Price // an hour, for all units together
	Span        unit.Span
}

// Charge is what a server says that it has debited since the last one.
type Charge struct {
	Lines   []Line
	Amount  unit.Amount // for the lines; what does not make a base unit is kept for the next
	Fees    unit.Amount
	Through unit.Instant // lines reach up to here, by this client's clock
	Message []byte       // as signed; kept as it is
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
