package evm

import (
	"errors"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/consensus"
	"github.com/ethereum/go-ethereum/consensus/clique"
	"github.com/ethereum/go-ethereum/core"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/core/vm"
	"github.com/ethereum/go-ethereum/params"

	"github.com/candela-les/candela/proof"
)

// maxHashDepth is how far below its block a call may ask for block hashes. The
// BLOCKHASH instruction goes no further; only an override of the block number can.
const maxHashDepth = 256

// ErrTooDeep: an override of the block number made BLOCKHASH reach for an ancestor
// that is too far away to be proven by its descendants' headers.
var ErrTooDeep = errors.New("block hash is out of reach")

// chain is the piece of a block chain that a call can see: the ancestors of its
// block, each found by the parent hash of the one above it.
type chain struct {
	config *params.ChainConfig
	view   *view
	// renumbered says that go-ethereum would look for ancestors under numbers that
	// an override made up, and find none.
	renumbered bool
	// missed is the number of the ancestor that the last walk stopped at, or 0.
	missed uint64
}

// GetHeader implements core.ChainContext and records a header that is missing.
func (c *chain) GetHeader(hash common.Hash, number uint64) *types.Header {
	if c.renumbered {
		return nil
	}
	header := c.view.state.ancestor(hash)
	switch {
	case header == nil:
		c.view.header(number)
		c.missed = number
	case header.Number.Uint64() != number:
		c.view.broke(fmt.Errorf("ancestor %s has number %d, not %d", hash, header.Number, number))
		return nil
	}
	return header
}

// Config implements core.ChainContext.
func (c *chain) Config() *params.ChainConfig { return c.config }

// Engine implements core.ChainContext.
func (c *chain) Engine() consensus.Engine { return author{config: c.config} }

// The EVM asks for nothing else; see consensus.ChainHeaderReader.

// CurrentHeader implements core.ChainContext.
func (c *chain) CurrentHeader() *types.Header { return c.view.state.header }

// GetHeaderByNumber implements core.ChainContext.
func (c *chain) GetHeaderByNumber(uint64) *types.Header { return nil }

// GetHeaderByHash implements core.ChainContext.
func (c *chain) GetHeaderByHash(hash common.Hash) *types.Header { return c.view.state.ancestor(hash) }

// hashes wraps the walk over ancestors: where it stopped for want of a header, all
// those it would have gone on to are missing too and can be fetched with it.
func (c *chain) hashes(ref *types.Header) vm.GetHashFunc {
	walk := core.GetHashFn(ref, c)
	top := ref.Number.Uint64()
	return func(number uint64) common.Hash {
		if number < top && top-number > maxHashDepth {
			c.view.broke(fmt.Errorf("%w: %d from block %d", ErrTooDeep, number, top))
			return common.Hash{}
		}
		c.missed = 0
		hash := walk(number)
		for n := c.missed; n > number+1; n-- {
			c.view.header(n - 1)
		}
		return hash
	}
}

// author is as much of a consensus engine as the EVM asks for: who made a block.
type author struct {
	consensus.Engine
	config *params.ChainConfig
}

// Author returns the address that COINBASE yields.
func (a author) Author(header *types.Header) (common.Address, error) {
	if a.config.Clique != nil && header.Difficulty.Sign() != 0 {
		return clique.New(a.config.Clique, nil).Author(header)
	}
	return header.Coinbase, nil
}

// blockContext describes the block that a call runs in, before overrides.
func (c *chain) blockContext(header *types.Header) (vm.BlockContext, error) {
	if _, err := proof.BlobBaseFee(c.config, header); err != nil {
		return vm.BlockContext{}, err
	}
	block := core.NewEVMBlockContext(header, c, nil)
	block.GetHash = c.hashes(header)
	return block, nil
}

// complete fills in the fees that the rules in force demand and the block lacks.
// The block itself never lacks them, if it fits the configuration; one that an
// override moved into a later fork does.
func complete(config *params.ChainConfig, block *vm.BlockContext) params.Rules {
	rules := config.Rules(block.BlockNumber, block.Random != nil, block.Time)
	if block.BaseFee == nil && rules.IsLondon {
		block.BaseFee = new(big.Int)
	}
	if block.BlobBaseFee == nil && rules.IsCancun {
		block.BlobBaseFee = big.NewInt(params.BlobTxMinBlobGasprice)
	}
	return rules
}
