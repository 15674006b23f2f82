package pay

import (
	"fmt"

	"github.com/candela-les/candela/unit"
)

// Reason says why something was refused. The numbers go over the wire.
type Reason uint8

// Reasons.
const (
	Malformed   Reason = 1  // not of the method's form
	NoMethod    Reason = 2  // there is no such method here
	NoChannel   Reason = 3  // the channel is not known; establish it
	WrongClient Reason = 4  // the channel is another client's
	WrongPayee  Reason = 5  // it pays somebody else
	WrongChain  Reason = 6  // another chain, contract or token
	BadSign     Reason = 7  // not signed by who has to
	Uncovered   Reason = 8  // the chain does not lock as much; Most says up to what cumulative amount it does
	Stale       Reason = 9  // the chain is not seen at present; what was paid for is served
	Closing     Reason = 10 // the client is taking its deposit back
	TooSmall    Reason = 11 // less than what is worth accepting; Most says how much that is
	Gap         Reason = 12 // promises before this one are missing; Most says up to what they have come
	TooMuch     Reason = 13 // more than the provider takes in advance; Most says up to what it does
	Unconfirmed Reason = 14 // on the chain, and not deep enough yet
	Expired     Reason = 15 // its time is over
	Contradicts Reason = 16 // it is not what was signed before
	Busy        Reason = 17 // too much of this client waits already; later
	NoConsent   Reason = 18 // the method cannot be closed by consent: close without
)

// Refusal is why a payment, or a channel, is not taken. It is an error that a client can act on.
type Refusal struct {
	Reason Reason
	Most   unit.Amount // where the reason has one
	Text   string      // for people
}

func (r *Refusal) Error() string { return fmt.Sprintf("payment refused: %s", r.Text) }

// Refuse returns a Refusal without an amount.
func Refuse(why Reason, format string, args ...any) *Refusal {
	return &Refusal{Reason: why, Text: fmt.Sprintf(format, args...)}
}
