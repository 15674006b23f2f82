package main

import (
	"context"
	"encoding/json"
	"time"

	"github.com/candela-les/candela/node/bench"
)

type benchCmd struct {
	LES      benchLES      `cmd:"" name:"les" help:"Load an LES server with requests, within the flow control it announces."`
	Overload benchOverload `cmd:"" help:"Load a server with more than it can serve, and see what its paid clients notice."`
	Crowd    benchCrowd    `cmd:"" help:"Connect thousands of light clients to a server that ask little."`
	IDs      benchIDs      `cmd:"" name:"ids" help:"Print the node ids of the paid clients of an overload, one a line, before it runs."`
	Worker   benchWorker   `cmd:"" hidden:"" help:"Serve another process of this program; not for people."`
	Genesis  benchGenesis  `cmd:"" help:"Write a genesis file with many accounts to serve, for any go-ethereum."`
}

type benchGenesis struct {
	Accounts uint64 `help:"How many accounts." default:"1000000"`
}

// Help is shown by candela bench genesis --help.
func (benchGenesis) Help() string {
	return "Example:\n  candela bench genesis --accounts 1000000 > genesis.json"
}

func (b *benchGenesis) Run(e *env) error { return bench.WriteGenesis(e.stdout, b.Accounts) }

type benchLES struct {
	Target      string        `help:"Server to load, as an enode URL." required:"" placeholder:"ENODE"`
	Requests    string        `help:"What to ask for: ${enum}." enum:"headers,bodies,receipts,proofs,code" default:"proofs"`
	Connections int           `help:"How many light clients to be." default:"8"`
	Duration    time.Duration `help:"How long to measure." default:"10s"`
	LES         uint          `name:"les" help:"Protocol version: 2 to 5." enum:"2,3,4,5" default:"5"`
	Batch       int           `help:"Items in one request." default:"1"`
	Pipeline    int           `help:"Requests under way on one connection." default:"1"`
	Address     string        `help:"Contract whose code is asked for, hex." default:"0x0000f90827f1c53a10cb7a02335b175320002935"`
	Accounts    int           `help:"Ask for proofs of this many different accounts; absent ones are proven absent." default:"20000"`
	Seed        uint64        `help:"Ask for the same accounts and blocks as with this seed before." default:"1"`
	JSON        bool          `help:"Print JSON."`
}

// Help is shown by candela bench les --help.
func (benchLES) Help() string {
	return `Works against any LES server, Candela or not.

Example:
  candela bench les --target enode://… --requests proofs --connections 64 --duration 20s --les 4`
}

func (b *benchLES) Run(ctx context.Context, e *env) error {
	result, err := bench.Run(ctx, bench.Config{
		Target:      b.Target,
		Connections: b.Connections,
		Duration:    b.Duration,
		Load: bench.Load{
			Kind: b.Requests, Version: b.LES, Batch: b.Batch, Pipeline: b.Pipeline,
			Accounts: b.Accounts, Address: b.Address, Seed: b.Seed,
		},
		Logger: e.Logger,
		Now:    e.Now,
	})
	if err != nil {
		return err
	}
	if b.JSON {
		return json.NewEncoder(e.stdout).Encode(result)
	}
	e.say("%s", result)
	return nil
}
