package rpc

import (
	"context"
	"fmt"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/forkid"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/core/vm"
	"github.com/ethereum/go-ethereum/params"
)

// ForkConfig is one fork's configuration, EIP-7910.
type ForkConfig struct {
	ActivationTime  uint64                    `json:"activationTime"` // Unix seconds, 0 if active at genesis
	BlobSchedule    *params.BlobConfig        `json:"blobSchedule"`
	ChainID         *hexutil.Big              `json:"chainId"`
	ForkID          hexutil.Bytes             `json:"forkId"` // the hash of EIP-6122
	Precompiles     map[string]common.Address `json:"precompiles"`
	SystemContracts map[string]common.Address `json:"systemContracts"`
}

// ForkConfigs is the answer of eth_config: the fork in force, the next and the last one that are scheduled.
type ForkConfigs struct {
	Current *ForkConfig `json:"current"`
	Next    *ForkConfig `json:"next"`
	Last    *ForkConfig `json:"last"`
}

// configAPI serves eth_config.
type configAPI struct {
	c *chain
}

// Config serves eth_config.
func (api *configAPI) Config(ctx context.Context) (*ForkConfigs, error) {
	head, cfg, err := api.c.latestWithConfig(ctx)
	if err != nil {
		return nil, err
	}
	genesis, err := api.c.byNumber(ctx, 0)
	if err != nil {
		return nil, fmt.Errorf("unable to load genesis: %w", err)
	}
	current, last := cfg.LatestFork(head.Time), cfg.LatestFork(^uint64(0))
	answer := &ForkConfigs{Current: forkConfig(cfg, genesis, cfg.Timestamp(current))}
	for f := current + 1; f <= last; f++ {
		// Forks in between may be left out of a schedule.
		if at := cfg.Timestamp(f); at != nil {
			answer.Next = forkConfig(cfg, genesis, at)
			answer.Last = forkConfig(cfg, genesis, cfg.Timestamp(last))
			break
		}
	}
	return answer, nil
}

// forkConfig is nil for a fork that is not scheduled by time.
func forkConfig(cfg *params.ChainConfig, genesis *types.Header, at *uint64) *ForkConfig {
	if at == nil {
		return nil
	}
	precompiles := make(map[string]common.Address)
	for address, p := range vm.ActivePrecompiledContracts(cfg.Rules(cfg.LondonBlock, true, *at)) {
		precompiles[p.Name()] = address
	}
	f := &ForkConfig{
		ActivationTime:  *at,
		BlobSchedule:    cfg.BlobConfig(cfg.LatestFork(*at)),
		ChainID:         (*hexutil.Big)(cfg.ChainID),
		Precompiles:     precompiles,
		SystemContracts: cfg.ActiveSystemContracts(*at),
	}
	if genesis.Time >= *at {
		f.ActivationTime = 0
	}
	// No block number is high enough to be before a fork by block.
	id := forkid.NewID(cfg, types.NewBlockWithHeader(genesis), ^uint64(0), *at).Hash
	f.ForkID = id[:]
	return f
}
