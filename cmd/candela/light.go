package main

import (
	"context"
	"net"
	"strconv"

	"github.com/candela-les/candela/market/buyer"
	"github.com/candela-les/candela/node"
	"github.com/candela-les/candela/node/usage"
)

type httpFlags struct {
	Addr       string   `help:"JSON-RPC address." default:"127.0.0.1"`
	Port       uint16   `help:"JSON-RPC port, for HTTP and WebSocket; 0 picks one." default:"8545"`
	CORSDomain []string `name:"corsdomain" help:"Origins of web pages that may ask; * for all." placeholder:"ORIGIN"`
	VHosts     []string `name:"vhosts" help:"Host names to answer to; * for any." default:"localhost"`
}

type lightCmd struct {
	Trusted  []string `help:"Servers whose signed heads count, as enode URLs." required:"" placeholder:"ENODE"`
	Fraction int      `help:"Percentage of the trusted servers that must agree on a head." default:"67"`
	Server   []string `help:"Further servers to ask for data." placeholder:"ENODE"`
	Network  string   `help:"Public network: mainnet, sepolia or hoodi." placeholder:"NAME"`
	Genesis  string   `help:"Genesis file of the chain. Without it or --network the chain is taken from the trusted servers." type:"existingfile" placeholder:"FILE"`
	DataDir  string   `name:"datadir" help:"Keep what is worth keeping here, in one file. Without it nothing is kept." placeholder:"DIR"`

	Demand string `help:"Buy guaranteed service, as much as these words say: wallet, dapp, indexer or free, requests=N a second, servers=N, price=N, budget=N. It holds until another is given, here or by candela_demand." placeholder:"WORDS" xor:"demand"`
	Budget string `help:"Spend at most so much a day, in base units of the servers' token; the same as budget=N in --demand." placeholder:"N"`
	Free   bool   `help:"Buy nothing, whatever was demanded before." xor:"demand"`

	Discovery  bool     `help:"Look for further servers on the discovery network (discv5). Heads are elected by the trusted servers all the same."`
	Bootnodes  []string `help:"Nodes to begin discovery with, as enode URLs or ENRs. Default: those of the public network." placeholder:"NODE"`
	DNS        []string `name:"dns" help:"Look for further servers in these lists of nodes (EIP-1459)." placeholder:"ENRTREE"`
	MaxServers int      `name:"maxservers" help:"Most discovered servers to be connected to at once." default:"5" placeholder:"N"`
	UDP        udpFlags `embed:"" prefix:"udp."`

	HTTP httpFlags `embed:"" prefix:"http."`
}

type udpFlags struct {
	Addr string `help:"Address for discovery." default:"0.0.0.0"`
	Port uint16 `help:"UDP port for discovery; 0 picks one." default:"0"`
}

// Help is shown by candela light --help.
func (lightCmd) Help() string {
	return `Prints "rpc http://…" on standard output once it can give a proven answer.

Examples:
  candela light --trusted enode://…@10.0.0.1:30403,enode://…@10.0.0.2:30403 --fraction 100
  candela light --trusted enode://…@10.0.0.1:30403 --discovery --network mainnet --maxservers 3
  candela light --trusted enode://…@10.0.0.1:30403 --discovery --bootnodes enode://…@10.0.0.3:30403
  candela light --trusted enode://…@10.0.0.1:30403 --dns enrtree://AM5F…@les.example.org
  candela light --trusted enode://…@10.0.0.1:30403 --datadir ./light --demand wallet --budget 500000`
}

// demand is what is bought, in words; empty if nothing was said about it.
func (l *lightCmd) demand() (string, error) {
	words := l.Demand
	if l.Free {
		words = "free"
	}
	if l.Budget != "" {
		words += " budget=" + l.Budget
	}
	if words == "" {
		return "", nil
	}
	if _, err := buyer.ParseDemand(words); err != nil {
		return "", usage.Errorf("--demand: %w", err)
	}
	return words, nil
}

func (l *lightCmd) Run(ctx context.Context, e *env) error {
	demand, err := l.demand()
	if err != nil {
		return err
	}
	light, err := node.StartLight(ctx, e.Env, node.LightConfig{
		Trusted:  l.Trusted,
		Fraction: l.Fraction,
		Servers:  l.Server,
		Network:  l.Network,
		Genesis:  l.Genesis,
		DataDir:  l.DataDir,
		Demand:   demand,

		Discovery:  l.Discovery,
		DNS:        l.DNS,
		Bootnodes:  l.Bootnodes,
		UDPAddr:    hostPort(l.UDP.Addr, l.UDP.Port),
		MaxServers: l.MaxServers,

		HTTPAddr: hostPort(l.HTTP.Addr, l.HTTP.Port),
		CORS:     l.HTTP.CORSDomain,
		VHosts:   l.HTTP.VHosts,
	})
	if err != nil {
		return unlessAsked(ctx, err)
	}
	if err := light.Ready(ctx); err == nil {
		e.say("rpc %s", light.URL())
		<-ctx.Done()
	}
	return light.Close()
}

// hostPort joins an address and a port as net.Listen wants them.
func hostPort(addr string, port uint16) string {
	return net.JoinHostPort(addr, strconv.Itoa(int(port)))
}
