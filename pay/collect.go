package pay

import (
	"context"

	"github.com/candela-les/candela/unit"
)

// Collectable is a method as a Collector uses it, in one asset. Its methods may be called from many goroutines.
type Collectable interface {
	Method() string
	// Gas returns what it costs at present to bring something to the chain, in base units of the asset: once for
	// whatever is brought together, and for each promise or claim beside.
	Gas(ctx context.Context) (once, each unit.Amount, err error)
	// Look returns how a channel stands on the chain. It waits for the chain only for what cannot be known before. Where promises are collected by their claims only, all
	// that may be collected counts as collected. Errors: a *Refusal, with Stale while the chain is not seen.
	Look(ctx context.Context, e Entry) (OnChain, error)
	// Collect brings promises to the chain and returns when that is confirmed, or its context ends. What it has begun
	// goes on by itself then, also after a restart; asked again it waits for that, and pays no gas twice. Of orders that cannot
	// be carried out it says so in its error, and carries out the others.
	Collect(ctx context.Context, orders []Order) error
}

// Drawer is a Collectable whose promises leave claims.
type Drawer interface {
	Collectable
	// Draw brings claims to the chain, as Collect does promises, and returns what has become of each, in their order. The method
	// decides when it is time; until then a claim is not done. One that is worth no more than gas is not brought there, and only
	// looked at: it may have been paid by somebody else, or be worth nothing any more.
	Draw(ctx context.Context, claims []OpenClaim, gas unit.Amount) ([]Drawn, error)
}

// Doubter is a Drawer that knows of claims which the chain does not cover.
type Doubter interface {
	Drawer
	// Doubtful returns how many there were when they were looked at last, and what they would pay. It does not wait.
	Doubtful() (claims int, sum unit.Amount)
}

// OnChain is how a channel stands on the chain.
type OnChain struct {
	Collected unit.Amount // confirmed, from the channel's beginning on
	Cover     unit.Amount // what can be collected, from the beginning on; of what is on credit the chain covers nothing
	// Most is up to what can be collected if that is done now, from the beginning on: also what its client is taking back, and what else is
	// there of what the chain does not lock. What was promised beyond it will not be collected, whatever gas is paid.
	Most     unit.Amount
	ClosingS uint64 // when its client can take back what was not collected, Unix seconds; 0 if it has not asked for that
}

// Order is a promise to be collected.
type Order struct {
	Entry
	Total unit.Amount // up to what, from the channel's beginning on; at most Entry.Keep()
}

// OpenClaim is a claim that is not settled.
type OpenClaim struct {
	Claim
	Method  string
	Channel Hash
	Client  Address
}

// Drawn says what a claim has come to.
type Drawn struct {
	Done bool        // it is known, for good
	Paid unit.Amount // nothing if it is worth nothing any more
}

// Dues is what a Collector needs of a ledger, in one asset. As with a Book, what a call has done is on disk, and it may
// be repeated.
type Dues interface {
	// Due returns channels of which something is due, behind the given ID in order of IDs.
	Due(ctx context.Context, method string, after Hash, limit int) ([]Entry, error)
	// Collect notes how much of a channel is being collected, and how much was. Both only go up. ok is false if so much was
	// not promised, or was given back, and nothing is noted then.
	Collect(ctx context.Context, method string, id Hash, collecting, collected unit.Amount) (e Entry, ok bool, err error)
	// Claims returns claims that are not settled, behind the given key in order of keys.
	Claims(ctx context.Context, method string, after Hash, limit int) ([]OpenClaim, error)
	// Draw settles a claim with what it has come to, once.
	Draw(ctx context.Context, c OpenClaim, paid unit.Amount) error
	// Unspent returns what a client has in its account.
	Unspent(ctx context.Context, client Address) (unit.Amount, error)
}

// GasOf is Collectable.Gas of a method that needs so much gas once, and so much for each, where cost says what gas costs; nothing if that is nil.
func GasOf(ctx context.Context, cost func(ctx context.Context, gas uint64) (unit.Amount, error), onceGas, eachGas uint64) (once, each unit.Amount, err error) {
	if cost == nil {
		return once, each, nil
	}
	if onceGas > 0 {
		once, err = cost(ctx, onceGas)
	}
	if err == nil {
		each, err = cost(ctx, eachGas)
	}
	return once, each, err
}
