package node

import (
	"context"
	"fmt"

	"github.com/ethereum/go-ethereum/core"

	"github.com/candela-les/candela/chain"
	"github.com/candela-les/candela/chain/embedded"
)

// chainPeers is how many chain peers a node on a public network keeps, as
// go-ethereum does; light clients are not among them.
const chainPeers = 50

// openSource opens the node that the configuration asks for.
func openSource(ctx context.Context, env Env, cfg *ServerConfig) (chain.Source, error) {
	if err := mustBeFolder(cfg.DataDir); err != nil {
		return nil, err
	}
	base := embedded.Config{DataDir: cfg.DataDir, Archive: cfg.Archive, CacheMB: cfg.CacheMB, Logger: tameGethLog(env.Logger)}
	if cfg.Network != "" {
		return opened(embedded.OpenNetwork(embedded.NetworkConfig{
			Config:  base,
			Network: cfg.Network,
			Auth: embedded.AuthConfig{
				Addr: cfg.AuthAddr, Port: int(cfg.AuthPort), VHosts: cfg.AuthVHosts, JWTSecret: cfg.JWTSecret,
			},
			P2P: embedded.P2PConfig{ListenAddr: ":30303", MaxPeers: chainPeers},
		}))
	}
	var genesis *core.Genesis
	if cfg.Genesis != "" {
		var err error
		if genesis, err = embedded.ReadGenesis(cfg.Genesis); err != nil {
			return nil, err
		}
	}
	if cfg.Follow != "" {
		if cfg.Import != "" {
			return nil, fmt.Errorf("follow a node or import a file: not both")
		}
		return opened(embedded.OpenFeed(ctx, embedded.FeedConfig{Config: base, Genesis: genesis, URL: cfg.Follow}))
	}
	return opened(embedded.OpenGenesis(ctx, embedded.GenesisConfig{
		Config: base, Genesis: genesis, Import: cfg.Import,
		Progress: func(number uint64) { env.Logger.Info("importing", "block", number) },
	}))
}

// opened keeps a nil *Node from becoming a Source that is not nil.
func opened(n *embedded.Node, err error) (chain.Source, error) {
	if err != nil {
		return nil, err
	}
	return n, nil
}
