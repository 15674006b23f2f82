package pay

import (
	"context"
	"errors"

	"github.com/candela-les/candela/unit"
)

// Entry is how a channel stands in the ledger. Collecting + Returned ≤ Cumulative, and Collected ≤ Collecting.
type Entry struct {
	Method     string
	ID         Hash
	Client     Address
	Cumulative unit.Amount // promised, from the channel's beginning on
	Evidence   []byte      // of the highest promise; nil if there was none
	Returned   unit.Amount // given back by settlements
	Collecting unit.Amount // was collected or is about to be
	Collected  unit.Amount // is on the chain, for good

	Settled     unit.Amount // Cumulative when something was given back last
	Settlements uint64      // how often it was settled: something was handed out
	Handed      []byte      // what was, the last time
}

// Keep is what of the promises is not given back: as much may be collected.
func (e Entry) Keep() unit.Amount { return e.Cumulative.Minus(e.Returned) }

// Due is what of it is not collected.
func (e Entry) Due() unit.Amount { return e.Keep().Minus(e.Collected) }

// ErrSettled: the channel was settled since, by this server or another one on the same ledger.
var ErrSettled = errors.New("the channel was settled since")

// Book is what a Cashier needs of a ledger, in one asset. What a call has done is on disk when it returns without error; a
// call that failed, or whose answer was lost, is repeated as it was. Errors are a *Refusal if the client is to be told, and
// otherwise the ledger's.
type Book interface {
	// Entry returns how a channel stands; ok is false if the ledger does not know it.
	Entry(ctx context.Context, method string, id Hash) (e Entry, ok bool, err error)
	// Advance credits the client with what a promise is worth beyond those before, and keeps its evidence and claims. It returns what the
	// channel has promised from now on. A promise that is no higher than that credits nothing and changes nothing.
	// Errors: a *Refusal with Gap, WrongClient, Contradicts or TooMuch; ErrSettled unless the channel was settled so often.
	Advance(ctx context.Context, c Claimant, settlements uint64, p Promised) (present, credited unit.Amount, err error)
	// GiveBack takes what the client has not spent out of its account, at most what the channel has promised and was neither given back
	// nor is being collected. Called again it returns the same, unless there is more to give back since.
	// Errors: a *Refusal with WrongClient.
	GiveBack(ctx context.Context, c Claimant) (Entry, error)
	// HandOut keeps what the client is going to be handed out for that, and counts a settlement unless it is there already. Errors: ErrSettled if the
	// channel was not settled so often, or something was promised since GiveBack.
	HandOut(ctx context.Context, c Claimant, settlements uint64, data []byte) (Entry, error)
}

// Claimant says whose channel it is.
type Claimant struct {
	Method string
	ID     Hash
	Client Address
}
