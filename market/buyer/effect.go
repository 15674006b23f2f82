package buyer

import (
	"errors"

	"github.com/candela-les/candela/unit"
)

// Action is what an Effect asks for.
type Action uint8

// The actions.
const (
	// Bid: place a bid of Prices at the server, in place of the one that stands there.
	Bid Action = iota + 1
	// Withdraw the bid.
	Withdraw
	// Refill the account at the server by Amount.
	Refill
	// Fetch the server's curves from number Seq on, to check a charge; hand them in by Curve in their order,
	// or say by NoCurve that Seq is the number that comes next.
	Fetch
	// Try the server: ask it, for free, some of what is asked anyway.
	Try
	// Leave the server, for Reason. With a Proof if it is proven to cheat.
	Leave
	// Report Reason to the user: why there is no paid service now; nil: there is again.
	Report
)

// Effect is something for the caller to do.
type Effect struct {
	Action Action
	Server ID
	Number uint64       // Bid and Withdraw: counts them, by server
	Prices []unit.Price // Bid: for the first, second, … unit
	Amount unit.Amount  // Refill
	Seq    uint64       // Fetch
	Reason error        // Leave and Report
	Proof  *Proof       // Leave
}

// Proof is what shows a third party that a server cheats: what it signed, and what was bid.
type Proof struct {
	Curves      []Signed // two that contradict each other, or all those of a charge
	Charge      *Charge
	Allocations []Allocation
	Bids        [][]unit.Price // of the allocations
}

// Why a server is left.
var (
	// ErrTwoCurves: it signed two curves under one number.
	ErrTwoCurves = errors.New("two curves under one number")
	// ErrTime: by its curves time runs back, or it has two books at once.
	ErrTime = errors.New("two curves in the wrong order")
	// ErrCurve: it signed a curve that no auction can have.
	ErrCurve = errors.New("a curve that contradicts itself")
	// ErrAllocation: by its own curve the bid has won another number of units.
	ErrAllocation = errors.New("the allocation contradicts the curve")
	// ErrCharge: it charged more than its curves say.
	ErrCharge = errors.New("the charge is more than the curves say")
	// ErrBound: it charged more than the bids can have cost, for a time of which no more is known.
	ErrBound = errors.New("the charge is more than the bids can have cost")
	// ErrFee: it took fees for bids that were not made.
	ErrFee = errors.New("more fees than bids")
	// ErrUnproven: it did not show the curves that its charge is said to follow from.
	ErrUnproven = errors.New("no curve was shown for a charge")
	// ErrShill: its price follows this client's bid. No proof, but hardly chance.
	ErrShill = errors.New("the price follows the bid")
)

// Why there is no paid service.
var (
	// ErrNoServer: no server that can be bid at is known.
	ErrNoServer = errors.New("no server sells what is needed")
	// ErrTrying: there are servers that can be bid at, and all are unknown and still tried for free.
	ErrTrying = errors.New("servers are tried for free first")
	// ErrTooDear: the least that is needed costs more than the demand allows.
	ErrTooDear = errors.New("what is needed costs more than it is worth")
	// ErrSpent: the rest of the day's budget does not carry any bid.
	ErrSpent = errors.New("the budget of the day is spent")
)

// Effects returns what has to be done since it was last called, in the order in which it was
// decided.
func (b *Buyer) Effects() []Effect {
	list := b.effects
	b.effects = nil
	return list
}

func (b *Buyer) emit(e Effect) { b.effects = append(b.effects, e) }
