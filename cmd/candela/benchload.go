package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"time"

	"github.com/candela-les/candela/node/bench"
	"github.com/candela-les/candela/node/usage"
)

// benchPaid says who the paid clients are.
type benchPaid struct {
	Paid int    `help:"How many paid clients." default:"4"`
	Seed uint64 `help:"Be the same clients, asking for the same, as with this seed before." default:"1"`
}

type benchIDs struct {
	benchPaid
}

// Help is shown by candela bench ids --help.
func (benchIDs) Help() string {
	return `A server is told of them before they come, so that it serves them as paid clients.

Example:
  candela bench ids --paid 4`
}

func (b *benchIDs) Run(e *env) error {
	if b.Paid < 1 || b.Paid > bench.MaxPerWorker {
		return usage.Errorf("--paid %d: there can be 1 to %d", b.Paid, bench.MaxPerWorker)
	}
	for _, id := range bench.PaidIDs(b.Seed, b.Paid) {
		e.say("%x", id[:])
	}
	return nil
}

type benchOverload struct {
	benchPaid
	Target   string        `help:"Server to load, as an enode URL." required:"" placeholder:"ENODE"`
	Free     int           `help:"How many free clients." default:"200"`
	Cheaters int           `help:"How many of each thousand free ones do not obey flow control." default:"0" placeholder:"PERMILLE"`
	Rounds   int           `help:"How many times each of the three phases has its turn." default:"12"`
	Duration time.Duration `help:"How long to measure each phase in each round." default:"2s"`
	WarmUp   time.Duration `name:"warm-up" help:"How long each of them runs before it is measured." default:"1500ms"`
	Learn    time.Duration `help:"How long all ask at once before the first round, for a server that learns what requests cost." default:"0s"`
	Spend    time.Duration `help:"How long paid clients may take to use up what they have saved, before they are measured." default:"20s"`
	LES      uint          `name:"les" help:"Protocol version: 2 to 5." enum:"2,3,4,5" default:"5"`
	Accounts int           `help:"Ask for proofs of this many different accounts; absent ones are proven absent." default:"20000"`
	Address  string        `help:"Contract whose code is asked for, hex." default:"0x0000f90827f1c53a10cb7a02335b175320002935"`

	PaidMix benchMix `embed:"" prefix:"paid-"`
	FreeMix struct {
		Requests string `help:"What free clients ask for: ${enum}." enum:"headers,bodies,receipts,proofs,code" default:"proofs"`
		Batch    int    `help:"Items in one request of theirs." default:"1"`
		Pipeline int    `help:"Requests of theirs under way on one connection." default:"16"`
		Nice     int    `help:"Nice level of their processes." default:"0"`
	} `embed:"" prefix:"free-"`
	CheatRate float64 `help:"Requests a second of each cheater." default:"1000"`
	Processes int     `help:"Processes for the free clients; there is one more for the paid ones, and one for cheaters." default:"1"`
	Hosts     int     `help:"Source addresses of the free clients, for a target at 127.0.0.1; 0: one for each of them." default:"0"`
	CPU       string  `help:"Processors for all these processes, such as 1 or 0,2-3." placeholder:"LIST"`
	PID       int     `help:"Process of the server, to see what it uses."`
	JSON      bool    `help:"Print JSON."`
}

type benchMix struct {
	Requests string `help:"What paid clients ask for: ${enum}." enum:"headers,bodies,receipts,proofs,code" default:"proofs"`
	Batch    int    `help:"Items in one request of theirs." default:"1"`
	Pipeline int    `help:"Requests of theirs under way on one connection." default:"1"`
	RealTime bool   `help:"Have their process go before all others, so that they do not wait for the other load; needs privileges." name:"realtime"`
}

// Help is shown by candela bench overload --help.
func (benchOverload) Help() string {
	return `Works against any LES server. Whom it serves as paid clients is for its operator to
say: see candela bench ids. One free client is measured first. Then all free ones alone, the
paid ones alone, and all together take turns: all stay connected, and who has no turn
asks for nothing. Clients are in processes of their own.

Example:
  candela bench overload --target enode://… --paid 4 --free 200 --cheaters 100 --rounds 12`
}

func (b *benchOverload) Run(ctx context.Context, e *env) error {
	command, err := workerCommand()
	if err != nil {
		return err
	}
	cpus, err := bench.ParseCPUs(b.CPU)
	if err != nil {
		return err
	}
	load := bench.Load{Version: b.LES, Accounts: b.Accounts, Address: b.Address, Seed: b.Seed}
	paid, free := load, load
	paid.Kind, paid.Batch, paid.Pipeline = b.PaidMix.Requests, b.PaidMix.Batch, b.PaidMix.Pipeline
	free.Kind, free.Batch, free.Pipeline = b.FreeMix.Requests, b.FreeMix.Batch, b.FreeMix.Pipeline
	result, err := bench.Overload(ctx, bench.OverloadConfig{
		Target: b.Target, Paid: b.Paid, Free: b.Free, Cheaters: b.Cheaters,
		Rounds: b.Rounds, Duration: b.Duration, Learn: b.Learn, WarmUp: b.WarmUp, Spend: b.Spend,
		PaidLoad: paid, FreeLoad: free,
		Workers: b.Processes, Hosts: b.Hosts, CheatRate: b.CheatRate, Seed: b.Seed,
		PaidPlace: bench.Place{CPUs: cpus, RealTime: b.PaidMix.RealTime},
		FreePlace: bench.Place{CPUs: cpus, Nice: b.FreeMix.Nice},
		PID:       b.PID, Command: command, Logger: e.Logger,
	})
	if err != nil {
		return err
	}
	return printResult(e, result, b.JSON)
}

type benchCrowd struct {
	Target    string        `help:"Server to connect to, as an enode URL." required:"" placeholder:"ENODE"`
	Clients   int           `help:"How many light clients to be." default:"1000"`
	Processes int           `help:"Processes that they are in; 0: one for each 9,000." default:"0"`
	Duration  time.Duration `help:"How long to measure, once they are connected." default:"30s"`
	Every     time.Duration `help:"Each asks for an account this often." default:"60s"`
	Connect   time.Duration `help:"How long they may take to connect." default:"2m"`
	LES       uint          `name:"les" help:"Protocol version: 2 to 5." enum:"2,3,4,5" default:"5"`
	Accounts  int           `help:"Ask for this many different accounts; absent ones are proven absent." default:"20000"`
	Hosts     int           `help:"Source addresses, for a target at 127.0.0.1; 0: one for each client." default:"0"`
	Seed      uint64        `help:"Be the same clients as with this seed before." default:"1"`
	CPU       string        `help:"Processors for all these processes, such as 1 or 0,2-3." placeholder:"LIST"`
	Nice      int           `help:"Nice level of them; below 0 needs privileges." default:"0"`
	PID       int           `help:"Process of the server, to see what it uses."`
	JSON      bool          `help:"Print JSON."`
}

// Help is shown by candela bench crowd --help.
func (benchCrowd) Help() string {
	return `They follow heads, and ask now and then. A server that has no place and says when to
come again is obeyed.

Example:
  candela bench crowd --target enode://… --clients 10000 --duration 1m --pid $(pidof candela)`
}

func (b *benchCrowd) Run(ctx context.Context, e *env) error {
	command, err := workerCommand()
	if err != nil {
		return err
	}
	cpus, err := bench.ParseCPUs(b.CPU)
	if err != nil {
		return err
	}
	result, err := bench.Crowd(ctx, bench.CrowdConfig{
		Target: b.Target, Clients: b.Clients, Workers: b.Processes, Duration: b.Duration, Every: b.Every, Connect: b.Connect,
		Hosts: b.Hosts, Version: b.LES, Accounts: b.Accounts, Seed: b.Seed,
		Place: bench.Place{CPUs: cpus, Nice: b.Nice},
		PID:   b.PID, Command: command, Logger: e.Logger,
	})
	if err != nil {
		return err
	}
	return printResult(e, result, b.JSON)
}

func printResult(e *env, result fmt.Stringer, asJSON bool) error {
	if asJSON {
		return json.NewEncoder(e.stdout).Encode(result)
	}
	e.say("%s", result)
	return nil
}

// workerCommand starts a worker process: this program again.
func workerCommand() ([]string, error) {
	program, err := os.Executable()
	if err != nil {
		return nil, err
	}
	return []string{program, "bench", "worker"}, nil
}

type benchWorker struct{}

func (benchWorker) Run(ctx context.Context, e *env) error {
	return bench.RunWorker(ctx, os.Stdin, e.stdout)
}
