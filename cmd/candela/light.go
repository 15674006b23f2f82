package main

import (
	"context"
	"net"
	"strconv"

	"github.com/candela-les/candela/node"
)

type httpFlags struct {
	Addr       string   `help:"JSON-RPC address." default:"127.0.0.1"`
	Port       uint16   `help:"JSON-RPC port, for HTTP and WebSocket; 0 picks one." default:"8545"`
	CORSDomain []string `name:"corsdomain" help:"Origins of web pages that may ask; * for all." placeholder:"ORIGIN"`
	VHosts     []string `name:"vhosts" help:"Host names to answer to; * for any." default:"localhost"`
}

type lightCmd struct {
	Trusted  []string  `help:"Servers whose signed heads count, as enode URLs." required:"" placeholder:"ENODE"`
	Fraction int       `help:"Percentage of the trusted servers that must agree on a head." default:"67"`
	Server   []string  `help:"Further servers to ask for data." placeholder:"ENODE"`
	Network  string    `help:"Public network: mainnet, sepolia or hoodi." placeholder:"NAME"`
	Genesis  string    `help:"Genesis file of the chain. Without it or --network the chain is taken from the trusted servers." type:"existingfile" placeholder:"FILE"`
	DataDir  string    `name:"datadir" help:"Keep what is worth keeping here, in one file. Without it nothing is kept." placeholder:"DIR"`
	HTTP     httpFlags `embed:"" prefix:"http."`
}

// Help is shown by candela light --help.
func (lightCmd) Help() string {
	return `Prints "rpc http://…" on standard output once it can give a proven answer.

Example:
  candela light --trusted enode://…@10.0.0.1:30403,enode://…@10.0.0.2:30403 --fraction 100`
}

func (l *lightCmd) Run(ctx context.Context, e *env) error {
	light, err := node.StartLight(ctx, e.Env, node.LightConfig{
		Trusted:  l.Trusted,
		Fraction: l.Fraction,
		Servers:  l.Server,
		Network:  l.Network,
		Genesis:  l.Genesis,
		DataDir:  l.DataDir,
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
