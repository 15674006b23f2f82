package node

import (
	"context"
	"errors"
	"fmt"
	"runtime"

	"github.com/ethereum/go-ethereum/core"

	"github.com/candela-les/candela/chain"
	"github.com/candela-les/candela/chain/attached"
	"github.com/candela-les/candela/chain/embedded"
	"github.com/candela-les/candela/node/usage"
)

// chainPeers is how many chain peers a node on a public network keeps, as
// go-ethereum does; light clients are not among them.
const chainPeers = 50

// openSource opens the node that the configuration asks for.
func openSource(ctx context.Context, env Env, cfg *ServerConfig) (chain.Source, error) {
	if len(cfg.Nodes) > 0 {
		return openAttached(ctx, env, cfg)
	}
	base := embedded.Config{DataDir: cfg.DataDir, Archive: cfg.Archive, CacheMB: cfg.CacheMB, Logger: tameGethLog(env.Logger)}
	if cfg.Network != "" {
		switch cfg.Network {
		case "mainnet", "sepolia", "hoodi":
		default:
			return nil, unknownNetwork(cfg.Network)
		}
		return opened(embedded.OpenNetwork(embedded.NetworkConfig{
			Config:  base,
			Network: cfg.Network,
			Auth: embedded.AuthConfig{
				Addr: cfg.AuthAddr, Port: int(cfg.AuthPort), VHosts: cfg.AuthVHosts, JWTSecret: cfg.JWTSecret,
			},
			P2P: embedded.P2PConfig{ListenAddr: cfg.ChainAddr, MaxPeers: chainPeers},
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
		return opened(embedded.OpenFeed(ctx, embedded.FeedConfig{Config: base, Genesis: genesis, URL: cfg.Follow}))
	}
	return opened(embedded.OpenGenesis(ctx, embedded.GenesisConfig{
		Config: base, Genesis: genesis, Import: cfg.Import,
		Progress: func(number uint64) { env.Logger.Info("importing", "block", number) },
	}))
}

// openAttached connects to the nodes that run elsewhere.
func openAttached(ctx context.Context, env Env, cfg *ServerConfig) (chain.Source, error) {
	c := attached.Config{
		URLs: cfg.Nodes, JWTSecret: cfg.NodeJWTSecret, Rate: cfg.NodeRate, CacheBytes: uint64(cfg.CacheMB) << 20,
		Now: env.Now, Logger: env.Logger,
	}
	if cfg.Genesis != "" {
		var err error
		if c.Genesis, err = embedded.ReadGenesis(cfg.Genesis); err != nil {
			return nil, err
		}
	}
	n, err := attached.Open(ctx, c)
	switch {
	case errors.Is(err, attached.ErrNoConfig):
		return nil, usage.Errorf("%w: give the chain's genesis file with --genesis", err)
	case err != nil:
		return nil, fmt.Errorf("--node: %w", err)
	}
	return n, nil
}

// waiters is how many requests for each processor are served at a time from a node that
// runs elsewhere: they mostly wait for it.
const waiters = 16

// workers says how many requests are to be served at once; 0 is the server's default.
func workers(source chain.Source) int {
	if _, ok := source.(*attached.Node); ok {
		return waiters * runtime.GOMAXPROCS(0)
	}
	return 0
}

// opened keeps a nil *Node from becoming a Source that is not nil.
func opened(n *embedded.Node, err error) (chain.Source, error) {
	switch {
	case errors.Is(err, embedded.ErrNoChain):
		return nil, fmt.Errorf("%w: say with --genesis or --network which chain to keep there", err)
	case err != nil:
		return nil, err
	}
	return n, nil
}

func unknownNetwork(name string) error {
	return usage.Errorf("--network %q is not known: mainnet, sepolia and hoodi are", name)
}
