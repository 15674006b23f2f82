package embedded

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strconv"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core"
	"github.com/ethereum/go-ethereum/eth"
	"github.com/ethereum/go-ethereum/eth/catalyst"
	"github.com/ethereum/go-ethereum/eth/ethconfig"
	"github.com/ethereum/go-ethereum/node"
	"github.com/ethereum/go-ethereum/p2p"
	"github.com/ethereum/go-ethereum/p2p/enode"
	"github.com/ethereum/go-ethereum/p2p/nat"
	"github.com/ethereum/go-ethereum/params"
)

// networkCacheMB is what a public network needs to keep up.
const networkCacheMB = 2048

// network is what is known of a public network.
type network struct {
	genesis   *core.Genesis
	hash      common.Hash
	bootnodes []string
}

func publicNetwork(name string) (network, error) {
	switch name {
	case "mainnet":
		return network{core.DefaultGenesisBlock(), params.MainnetGenesisHash, params.MainnetBootnodes}, nil
	case "sepolia":
		return network{core.DefaultSepoliaGenesisBlock(), params.SepoliaGenesisHash, params.SepoliaBootnodes}, nil
	case "hoodi":
		return network{core.DefaultHoodiGenesisBlock(), params.HoodiGenesisHash, params.HoodiBootnodes}, nil
	default:
		return network{}, fmt.Errorf("unknown network %q: mainnet, sepolia and hoodi are known", name)
	}
}

// OpenNetwork starts a full node of a public network. It has a head only once a
// consensus client drives it over the Engine API, see AuthEndpoint.
func OpenNetwork(cfg NetworkConfig) (*Node, error) {
	known := network{genesis: cfg.Genesis}
	if cfg.Genesis == nil {
		var err error
		if known, err = publicNetwork(cfg.Network); err != nil {
			return nil, err
		}
		if cfg.CacheMB == 0 {
			cfg.CacheMB = networkCacheMB
		}
	}
	lay := layout{genesis: known.genesis, sync: ethconfig.SnapSync, dropOld: cfg.PostMergeOnly}
	if cfg.FullSync || cfg.Archive {
		lay.sync = ethconfig.FullSync
	}
	peers, err := p2pConfig(cfg.P2P, known.bootnodes)
	if err != nil {
		return nil, err
	}
	if url := params.KnownDNSNetwork(known.hash, "all"); url != "" && !peers.NoDiscovery {
		lay.dns = []string{url}
	}
	lay.node = authConfig(cfg.Auth)
	lay.node.P2P = peers
	auth := net.JoinHostPort(lay.node.AuthAddr, strconv.Itoa(lay.node.AuthPort))
	for _, addr := range []string{auth, peers.ListenAddr} {
		if err := probe(addr); err != nil {
			return nil, err
		}
	}
	lay.register = func(stack *node.Node, backend *eth.Ethereum) error {
		return catalyst.Register(stack, backend)
	}
	n, err := open(cfg.Config, lay)
	if err != nil {
		return nil, err
	}
	if err := n.follow(); err != nil {
		return nil, errors.Join(err, n.Close())
	}
	return n, nil
}

// probe tries a listening address. go-ethereum tries it only after the database
// is open, and then leaves that in the lurch.
func probe(addr string) error {
	if addr == "" {
		return nil
	}
	listener, err := new(net.ListenConfig).Listen(context.Background(), "tcp", addr)
	if err != nil {
		return fmt.Errorf("start the node: %w", err)
	}
	return listener.Close()
}

// authConfig sets up the Engine API and no other endpoint.
func authConfig(cfg AuthConfig) node.Config {
	if cfg.Addr == "" {
		cfg.Addr = node.DefaultAuthHost
	}
	if len(cfg.VHosts) == 0 {
		cfg.VHosts = node.DefaultAuthVhosts
	}
	return node.Config{
		AuthAddr:             cfg.Addr,
		AuthPort:             cfg.Port,
		AuthVirtualHosts:     cfg.VHosts,
		JWTSecret:            cfg.JWTSecret,
		BatchRequestLimit:    node.DefaultConfig.BatchRequestLimit,
		BatchResponseMaxSize: node.DefaultConfig.BatchResponseMaxSize,
	}
}

// p2pConfig sets up the chain's own devp2p side.
func p2pConfig(cfg P2PConfig, bootnodes []string) (p2p.Config, error) {
	c := p2p.Config{
		PrivateKey:  cfg.Key,
		MaxPeers:    cfg.MaxPeers,
		ListenAddr:  cfg.ListenAddr,
		NoDiscovery: cfg.NoDiscovery || cfg.MaxPeers == 0,
		NoDial:      cfg.MaxPeers == 0,
	}
	c.DiscoveryV4, c.DiscoveryV5 = !c.NoDiscovery, !c.NoDiscovery
	var err error
	if c.NAT, err = nat.Parse(cfg.NAT); err != nil {
		return p2p.Config{}, fmt.Errorf("nat %q: %w", cfg.NAT, err)
	}
	if c.BootstrapNodes = cfg.Bootnodes; cfg.Bootnodes == nil && !c.NoDiscovery {
		if c.BootstrapNodes, err = parseNodes(bootnodes); err != nil {
			return p2p.Config{}, err
		}
		if c.BootstrapNodesV5, err = parseNodes(params.V5Bootnodes); err != nil {
			return p2p.Config{}, err
		}
	}
	return c, nil
}

func parseNodes(urls []string) ([]*enode.Node, error) {
	nodes := make([]*enode.Node, 0, len(urls))
	for _, url := range urls {
		n, err := enode.Parse(enode.ValidSchemes, url)
		if err != nil {
			return nil, fmt.Errorf("boot node %s: %w", url, err)
		}
		nodes = append(nodes, n)
	}
	return nodes, nil
}
