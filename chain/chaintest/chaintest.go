// Package chaintest is the conformance suite of chain.Source: what every source
// must pass, whatever node it stands on, for each capability that it announces.
//
// A test opens a source over a chain that it knows from somewhere else, describes
// that chain in a Harness, and calls Run. The suite believes the source in nothing:
// it hashes headers, rebuilds body and receipt roots, verifies every proof against
// the state root with go-ethereum's own verifier, and runs each call again on
// nothing but its witness.
package chaintest

import (
	"context"
	"math/big"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/params"

	"github.com/candela-les/candela/chain"
)

// patience bounds everything that a source is waited for. It is no measure of
// speed: reaching it is a failure.
const patience = 60 * time.Second

// Harness is a source under test and what is known about its chain from elsewhere.
// Fields that are zero leave the tests out that need them.
type Harness struct {
	Source chain.Source
	Config *params.ChainConfig
	// Blocks are canonical blocks in ascending order, the genesis among them if its
	// body is served.
	Blocks []Block
	// Accounts are what some accounts hold after some blocks.
	Accounts []Account
	Calls    []Call
	// HelperBlocks is how many blocks a section of helper tries has, 0 for as many as
	// the protocol says. They are tested if the head names a section.
	HelperBlocks uint64
	// Gone are blocks whose state the source no longer has.
	Gone []chain.Hash

	// Grow lets the chain grow by at least one block.
	Grow func(t *testing.T)
	// Reorg replaces at least one block at the top by a longer branch and returns
	// the hash of the head that was left.
	Reorg func(t *testing.T) chain.Hash
	// NewTx returns a transaction that the node accepts and that the next Grow
	// includes; BadTx one that it refuses, and how geth words that.
	NewTx func(t *testing.T) *types.Transaction
	BadTx func(t *testing.T) (tx *types.Transaction, wording string)

	// proves: a source may stand on a node that proves no state at all.
	proves bool
}

// Block is a block known from elsewhere; Receipts may be nil.
type Block struct {
	*types.Block
	Receipts types.Receipts
}

// Account is what an account holds after a block. With Absent there is none.
type Account struct {
	Block   chain.Hash
	Address common.Address
	Absent  bool
	Nonce   uint64
	Balance *big.Int
	Code    []byte
	// Slots may name slots that are zero.
	Slots map[common.Hash]common.Hash
}

// Call is a call and how it ends, as eth_call tells it.
type Call struct {
	Name  string
	Block chain.Hash
	Call  chain.Call
	// Return is what it returns, or the data that it reverts with.
	Return []byte
	// Fails: it reverts, or ends in another error.
	Fails bool
	// Headers is how many headers BLOCKHASH needs, if known.
	Headers int
}

// Run runs the whole suite. The source is closed at its end, and must not be used
// by anyone else meanwhile.
func Run(t *testing.T, h *Harness) {
	t.Helper()
	if len(h.Blocks) == 0 {
		t.Fatal("a harness needs blocks")
	}
	t.Run("Info", h.testInfo)
	t.Run("Blocks", h.testBlocks)
	t.Run("Ranges", h.testRanges)
	t.Run("Unknown", h.testUnknown)
	h.proves = h.Source.Ranges().State != chain.None
	if h.proves {
		t.Run("Prove", h.testProve)
	}
	if h.Source.Capabilities().HashedKeys {
		t.Run("ProveHashed", h.testProveHashed)
	}
	if h.Source.Capabilities().Witness {
		t.Run("Witness", h.testWitness)
	}
	if h.Source.Capabilities().LogCandidates {
		t.Run("LogCandidates", h.testLogs)
	}
	if h.Source.Capabilities().HelperTries {
		t.Run("HelperTries", h.testHelper)
	}
	t.Run("TxStatus", h.testTxStatus)
	t.Run("Cancelled", h.testCancelled)
	t.Run("Concurrent", h.testConcurrent)
	if h.Source.Capabilities().TxRelay && h.NewTx != nil {
		t.Run("SubmitTx", h.testSubmit)
	}
	if h.Grow != nil {
		t.Run("Heads", h.testHeads)
	}
	if h.Reorg != nil {
		t.Run("Reorg", h.testReorg)
	}
	t.Run("Closed", h.testClosed)
}

// head is the newest block that the harness knows.
func (h *Harness) head() Block { return h.Blocks[len(h.Blocks)-1] }

// missing is a hash that no chain has.
func missing() chain.Hash { return common.HexToHash("0x6d697373696e67") }

// testContext ends with the test, or when patience does.
func testContext(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	t.Cleanup(cancel)
	return ctx
}
