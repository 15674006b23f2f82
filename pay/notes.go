package pay

import (
	"context"

	"github.com/candela-les/candela/unit"
)

// Note is what a client keeps of a channel. The payer of its method writes it, all of it; a Wallet reads To, Opening, Deposit,
// Promised, Promise, Void, Accepted and Closed.
type Note struct {
	Method   string
	ID       Hash
	Name     string // under which it was opened
	To       Payee
	Opening  []byte
	Deposit  unit.Amount // that was confirmed on the chain; once it is closed, less what was taken back
	Promised unit.Amount // the most that was ever signed
	Promise  []byte      // that promise
	// Void is what was signed beside Promised, and is void by the provider's word alone: of a lottery, the tickets of series that the provider has ended
	// without showing a winner before them. For what a client has given it counts like Promised.
	Void     unit.Amount
	Accepted unit.Amount // what the provider has acknowledged
	Data     []byte      // the method's own
	Closed   bool
}

// Given is what a provider was given by a channel, whatever it says of it.
func (n *Note) Given() unit.Amount { return n.Promised.Plus(n.Void) }

// Notes keeps notes on disk: what Save was given is there after a crash, once it has returned. None is ever dropped, not of a channel that is closed
// either: the contracts know it for ever, and who has forgotten how much was promised over it would promise that again when it is opened again. Each
// has cost its owner a transaction, which bounds how many there are; one in which nothing could be locked is used for the next.
type Notes interface {
	Save(ctx context.Context, n Note) error
	Load(ctx context.Context, method string, id Hash) (n Note, ok bool, err error)
	All(ctx context.Context) ([]Note, error)
}
