package main

import (
	"context"
	"path/filepath"
	"time"

	"github.com/candela-les/candela/node"
	"github.com/candela-les/candela/node/usage"
)

type devCmd struct {
	BlockTime time.Duration `help:"A block this often, in whole seconds." default:"2s"`
	Servers   int           `help:"How many LES servers to run." default:"3"`
	Fraction  int           `help:"Percentage of the servers that must agree on a head." default:"60"`
	DataDir   string        `name:"datadir" help:"Keep the chain and the light client's file here. Without it nothing is kept." placeholder:"DIR"`
	Demand    string        `help:"What the light client buys from the servers, in words as for candela light, by default for at most a hundred tokens a day; it pays with tokens that are made for it." placeholder:"WORDS"`
	Pay       []string      `help:"How it pays: channel, cheque, lottery. The first that works is taken." default:"channel" placeholder:"METHOD"`
	HTTP      httpFlags     `embed:"" prefix:"http."`
}

// Help is shown by candela dev --help.
func (devCmd) Help() string {
	return `Everything runs in this process but talks over real connections: a chain that
makes its own blocks, servers with keys of their own, and an ultra light client
that trusts them. Point a wallet at the address that is printed.

With --demand the light client buys service and pays for it: a token is deployed, channels are opened on the
chain or chequebooks filled, and promises go to the servers. The first unit comes after a minute of trying them for free. With --datadir,
candela pay and candela admin look at it while it runs: the light client is in DIR/light, the servers in DIR/server1 and so on.

Example:
  candela dev --block-time 1s --http.port 8545
  candela dev --demand wallet
  candela dev --demand "wallet budget=1000000" --pay cheque --datadir DIR
  candela pay --datadir DIR/light status`
}

func (d *devCmd) Run(ctx context.Context, e *env) error {
	if d.BlockTime < time.Second || d.BlockTime%time.Second != 0 {
		return usage.Errorf("--block-time %s: block times are whole seconds, 1s or more", d.BlockTime)
	}
	if d.Servers < 1 {
		return usage.Errorf("--servers %d: at least one server is needed", d.Servers)
	}
	dev, err := node.StartDev(ctx, e.Env, node.DevConfig{
		BlockTime: d.BlockTime,
		Servers:   d.Servers,
		Fraction:  d.Fraction,
		DataDir:   d.DataDir,
		Demand:    d.Demand,
		Pay:       d.Pay,
		HTTPAddr:  hostPort(d.HTTP.Addr, d.HTTP.Port),
		CORS:      d.HTTP.CORSDomain,
		VHosts:    d.HTTP.VHosts,
	})
	if err != nil {
		return unlessAsked(ctx, err)
	}
	if err := dev.Light.Ready(ctx); err == nil {
		d.welcome(e, dev)
		<-ctx.Done()
	}
	return dev.Close()
}

// welcome prints what a person needs to start.
func (d *devCmd) welcome(e *env, dev *node.Dev) {
	e.say("Prefunded accounts, 10,000 ETH each (everybody has these keys: never use them elsewhere):")
	for _, account := range dev.Accounts() {
		e.say("  %s  key %s", account.Address, account.Key)
	}
	e.say("\nLES servers:")
	for _, server := range dev.Servers {
		e.say("  %s", server.Enode())
	}
	e.say("\nAsk for a proven balance:")
	e.say(`  curl -s -H 'content-type: application/json' -d '{"jsonrpc":"2.0","id":1,"method":"eth_getBalance","params":["%s","latest"]}' %s`,
		dev.Accounts()[0].Address, dev.Light.URL())
	if d.Demand != "" && d.DataDir != "" {
		e.say("\nSee what it pays:\n  candela pay --datadir %s status", filepath.Join(d.DataDir, "light"))
	}
	e.say("\nrpc %s", dev.Light.URL())
}
