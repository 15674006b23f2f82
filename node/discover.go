package node

import (
	"errors"
	"path/filepath"
	"time"

	gethlog "github.com/ethereum/go-ethereum/log"
	"github.com/ethereum/go-ethereum/p2p/dnsdisc"
	"github.com/ethereum/go-ethereum/p2p/enode"
	"github.com/ethereum/go-ethereum/p2p/nat"
	"github.com/ethereum/go-ethereum/params"

	"github.com/candela-les/candela/client"
	"github.com/candela-les/candela/node/devp2p"
	"github.com/candela-les/candela/node/discovery"
	"github.com/candela-les/candela/node/usage"
	"github.com/candela-les/candela/server"
)

// DefaultMaxServers is how many discovered servers a light client connects to.
const DefaultMaxServers = 5

// discovery is a server's part in the discovery network, nil for none.
func (c *ServerConfig) discovery() (*devp2p.Discovery, error) {
	if !c.Discovery {
		return nil, nil
	}
	bootnodes, err := bootnodes(c.Bootnodes, c.Network)
	if err != nil {
		return nil, err
	}
	mapper, err := nat.Parse(c.NAT)
	if err != nil {
		return nil, usage.Errorf("--nat %q is none of any, none, upnp, pmp, stun and extip:ADDRESS: %w", c.NAT, err)
	}
	database := ""
	if c.DataDir != "" {
		database = filepath.Join(c.DataDir, "les-nodes")
	}
	return &devp2p.Discovery{Bootnodes: bootnodes, NAT: mapper, Database: database}, nil
}

// announce makes a server known, until what it returns is called.
func announce(host *devp2p.Host, env Env, les *server.Server) (stop func() error) {
	return discovery.Announce(host, env.Now, les.Conditions).Close
}

// search is where a light client looks for servers.
type search struct {
	wanted    bool
	network   *devp2p.Discovery // nil without the discovery network
	bootnodes []*enode.Node
	lists     []enode.Iterator
}

// search prepares what the configuration asks for.
func (c *LightConfig) search(env Env) (s search, err error) {
	if s.bootnodes, err = bootnodes(c.Bootnodes, c.Network); err != nil {
		return s, err
	}
	if len(c.DNS) > 0 {
		lists := dnsdisc.NewClient(dnsdisc.Config{Logger: gethlog.NewLogger(tameGethLog(env.Logger).Handler())})
		list, err := lists.NewIterator(c.DNS...)
		if err != nil {
			return s, usage.Errorf("--dns: %w", err)
		}
		s.lists = append(s.lists, list)
	}
	// Servers from lists are asked for their conditions over the same network.
	s.wanted = c.MaxServers > 0 && (c.Discovery || len(c.DNS) > 0)
	if s.wanted {
		s.network = &devp2p.Discovery{Addr: c.udpAddr(), Database: c.file("nodes")}
	}
	if c.Discovery && s.wanted {
		s.network.Bootnodes = s.bootnodes
	}
	return s, nil
}

func (c *LightConfig) udpAddr() string {
	if c.UDPAddr == "" {
		return "0.0.0.0:0"
	}
	return c.UDPAddr
}

// checkDiscovery finds what cannot be meant.
func (c *LightConfig) checkDiscovery() error {
	switch {
	case c.MaxServers < 0:
		return usage.Errorf("--maxservers %d: it cannot be less than 0", c.MaxServers)
	case !c.Discovery && len(c.Bootnodes) > 0:
		return usage.Errorf("--bootnodes is of no use without --discovery")
	case c.Discovery && len(c.Bootnodes) == 0 && c.Network == "":
		return usage.Errorf("--discovery needs a place to begin: name nodes with --bootnodes, or a public network with --network")
	}
	return nil
}

// bootnodes reads those that were given, or returns the network's.
func bootnodes(urls []string, network string) ([]*enode.Node, error) {
	if len(urls) == 0 {
		urls = nil
		if network != "" {
			urls = params.V5Bootnodes // one discovery network for all chains
		}
	}
	var nodes []*enode.Node
	for _, url := range urls {
		n, err := enode.Parse(enode.ValidSchemes, url)
		if err == nil && n.UDP() == 0 {
			err = errors.New("it has no UDP port")
		}
		if err != nil {
			return nil, usage.Errorf("--bootnodes: %q is neither an enode URL nor an ENR: %w", url, err)
		}
		nodes = append(nodes, n)
	}
	return nodes, nil
}

// retryAfter says of a session's error for how long a full server is to be left alone.
func retryAfter(err error) time.Duration {
	if full, ok := errors.AsType[*client.FullError](err); ok {
		return max(full.RetryAfter, time.Second)
	}
	return 0
}
