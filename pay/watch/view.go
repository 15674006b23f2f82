package watch

import (
	"context"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
)

// Block is a block as far as it matters here.
type Block struct {
	Number uint64
	Hash   common.Hash
	TimeS  uint64 // Unix seconds
}

func blockOf(h *types.Header) Block { return Block{h.Number.Uint64(), h.Hash(), h.Time} }

// View is the chain as it was seen at one moment.
type View struct {
	Head Block // the newest block
	Sure Block // the newest block that is confirmed
	// Logs are those that the subject's filter lets through, ascending, of all blocks after the last view's
	// Sure. What they name has to be read again. Those that have left the chain come first, with Removed set.
	Logs []types.Log
	// Again: what the subject has read before may be wrong, all of it. So it is at the first view, and
	// after a reorganization that went deeper than the confirmations.
	Again bool
	// More: there are more blocks to catch up with; the next view follows at once.
	More bool
}

// Filter says which logs a subject wants. Without addresses it wants none.
type Filter struct {
	Addresses []common.Address
	Events    []common.Hash // first topics; empty: all events
}

// Subject is something on the chain that is watched.
type Subject interface {
	// Filter returns what is wanted now. It may change at any time; an address that is new
	// gets its logs from the last Sure on.
	Filter() Filter
	// See tells of a view. It may ask the chain, by the view's block hashes. An error means that it has not
	// been seen: the same logs are told again with the next view. Calls do not overlap, neither with those of one
	// subject nor with those of several.
	See(ctx context.Context, v View) error
}
