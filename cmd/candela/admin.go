package main

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/candela-les/candela/node/admin"
	"github.com/candela-les/candela/node/usage"
)

// Exit statuses of candela admin, for scripts; see statusOf.
const (
	exitNotRunning    = 3
	exitUnknownClient = 4
	exitOversold      = 5
	exitNothingSold   = 6
)

// askFor is how long a running server may take to answer.
const askFor = 30 * time.Second

type adminCmd struct {
	DataDir string `name:"datadir" help:"Data directory of the running server." placeholder:"DIR" xor:"office"`
	Socket  string `help:"Its socket, if not admin.ipc in the data directory." placeholder:"PATH" xor:"office"`
	JSON    bool   `help:"Print JSON, as docs/spec/admin.md has it."`

	Capacity adminCapacity `cmd:"" help:"Show what the server can do, has promised and does now."`
	Clients  adminClients  `cmd:"" help:"List who is connected."`
	Settings adminSettings `cmd:"" help:"Show what was decided: shares, and grants in the order of age."`
	Grant    adminGrant    `cmd:"" help:"Grant units of capacity to a client, or take them back."`
	Shares   adminShares   `cmd:"" help:"Set which part of the capacity is kept in reserve or for free clients."`
	Freeze   adminFreeze   `cmd:"" help:"Tell a client to stop for a while."`
	Drop     adminDrop     `cmd:"" help:"Disconnect a client, and say when it may come again."`

	Book      adminBook      `cmd:"" help:"Show what is for sale, and who bids for it."`
	Accounts  adminAccounts  `cmd:"" help:"List the accounts of the ledger."`
	Statement adminStatement `cmd:"" help:"Show what was entered in a client's account."`
	Credit    adminCredit    `cmd:"" help:"Enter money that a client has given to you."`

	Methods  adminMethods  `cmd:"" help:"List how clients can pay."`
	Exposure adminExposure `cmd:"" help:"Show what clients have promised and the chain has not paid yet."`
	Collect  adminCollect  `cmd:"" help:"Bring to the chain what is due."`
}

// Help is shown by candela admin --help.
func (adminCmd) Help() string {
	return `Looks at a running candela serve and decides what it promises to whom. Decisions hold at
once, are on disk before the answer, and survive restarts (operator.json in the data directory).

CLIENT is a node id (64 hex digits, as candela admin clients lists it), a public key
(128) or an enode URL, of which only the key counts.

Exit status: 3 no server is running there, 4 the client is not connected or has no units,
5 there are not so many units, 6 the server sells nothing for money.

Examples:
  candela admin --datadir ./server capacity
  candela admin --datadir ./server clients
  candela admin --datadir ./server grant enode://… 10
  candela admin --datadir ./server shares --reserve 20% --free 10%
  candela admin --datadir ./server drop 79be667e… --retry-after 10m
  candela admin --datadir ./server book
  candela admin --datadir ./server exposure
  candela admin --datadir ./server credit 0x71562b71999873DB5b286dF957af199Ec94617F7 2.50`
}

// office is the server that the flags name.
type office struct {
	*admin.Client
	shown
}

// visit asks the server with f, and closes the connection.
func (c *cli) visit(ctx context.Context, e *env, f func(context.Context, office) error) error {
	return c.visitFor(ctx, e, askFor, f)
}

// visitFor is visit for what takes longer.
func (c *cli) visitFor(ctx context.Context, e *env, span time.Duration, f func(context.Context, office) error) error {
	path := c.Admin.Socket
	if path == "" {
		if c.Admin.DataDir == "" {
			return usage.Errorf("which server? name its data directory with --datadir, or its socket with --socket")
		}
		path = admin.SocketIn(c.Admin.DataDir)
	}
	ctx, cancel := context.WithTimeout(ctx, span)
	defer cancel()
	client, err := admin.Dial(ctx, path)
	if err != nil {
		return statusOf(err)
	}
	return errors.Join(statusOf(f(ctx, office{client, shown{e, c.Admin.JSON}})), client.Close())
}

// statusOf gives what a script may want to tell apart an exit status of its own.
func statusOf(err error) error {
	if errors.Is(err, admin.ErrNotRunning) {
		return &statusError{exitNotRunning, err}
	}
	if said, ok := errors.AsType[*admin.Error](err); ok {
		switch said.Code {
		case admin.CodeUnknownClient, admin.CodeNoGrant:
			return &statusError{exitUnknownClient, err}
		case admin.CodeOversold:
			return &statusError{exitOversold, err}
		case admin.CodeNothingSold:
			return &statusError{exitNothingSold, err}
		case admin.CodeInvalid:
			return usage.Errorf("%w", err)
		}
	}
	return err
}

// shown is how results are shown.
type shown struct {
	env  *env
	json bool
}

// print shows a result to a script or to a person.
func (s shown) print(result any, person func()) error {
	if !s.json {
		person()
		return nil
	}
	out := json.NewEncoder(s.env.stdout)
	out.SetIndent("", "  ")
	return out.Encode(result)
}

type adminGrant struct {
	Client string `arg:"" help:"Node id, public key or enode URL."`
	Units  uint64 `arg:"" help:"How many units it has from now on; 0 takes them back."`
}

// Help is shown by candela admin grant --help.
func (adminGrant) Help() string {
	return `A grant is a standing order: it holds whenever the client is connected. It replaces the
client's earlier one and keeps its age. If capacity falls below what is granted, the youngest
grants lose units first. See candela admin capacity for what a unit is.

Examples:
  candela admin --datadir ./server grant enode://… 10
  candela admin --datadir ./server grant 79be667e… 0`
}

func (g *adminGrant) Run(ctx context.Context, e *env, c *cli) error {
	id, err := client(g.Client)
	if err != nil {
		return err
	}
	return c.visit(ctx, e, func(ctx context.Context, d office) error {
		got, err := d.Grant(ctx, id, g.Units)
		if err != nil {
			return err
		}
		return d.print(got, func() {
			if got.Units == 0 {
				e.say("took back the units of %v; %d of %d are left to be granted", got.Client, got.Left, got.ForSale)
				return
			}
			e.say("granted %s to %v; %d of %d are left to be granted", count(got.Units, "unit"), got.Client, got.Left, got.ForSale)
		})
	})
}

// client reads the name of a client.
func client(name string) (admin.ID, error) {
	id, err := admin.ParseID(name)
	if err != nil {
		return id, usage.Errorf("%w", err)
	}
	return id, nil
}

type adminShares struct {
	Reserve *string `help:"This much is promised to nobody, so that what is promised can be kept." placeholder:"PERCENT"`
	Free    *string `help:"This much is never sold, for clients without units." placeholder:"PERCENT"`
}

// Help is shown by candela admin shares --help.
func (adminShares) Help() string {
	return `What is left of the capacity is for sale, in units. Free clients also have all that paid
ones do not use. A share that is not given stays; one that was set here wins over the flags of
candela serve.

Example:
  candela admin --datadir ./server shares --reserve 20% --free 12.5%`
}

func (s *adminShares) Run(ctx context.Context, e *env, c *cli) error {
	reserve, err := share("--reserve", s.Reserve)
	if err != nil {
		return err
	}
	free, err := share("--free", s.Free)
	if err != nil {
		return err
	}
	if reserve == nil && free == nil {
		return usage.Errorf("which share? give --reserve, --free or both")
	}
	return c.visit(ctx, e, func(ctx context.Context, d office) error {
		got, err := d.SetShares(ctx, reserve, free)
		if err != nil {
			return err
		}
		return d.print(got, func() {
			e.say("%s is kept in reserve, %s for free clients", admin.Percent(got.ReservePermille), admin.Percent(got.FreePermille))
		})
	})
}

// share reads a percentage, if there is one.
func share(flag string, percent *string) (*uint64, error) {
	if percent == nil {
		return nil, nil
	}
	permille, err := admin.ParsePercent(*percent)
	if err != nil {
		return nil, usage.Errorf("%s: %w", flag, err)
	}
	return &permille, nil
}

type adminFreeze struct {
	Client string `arg:"" help:"Node id, public key or enode URL."`
}

// Help is shown by candela admin freeze --help.
func (adminFreeze) Help() string {
	return `The client is told to stop asking, and to go on as soon as its buffer has recharged, as if
it had asked for too much.

Example:
  candela admin --datadir ./server freeze 79be667e…`
}

func (f *adminFreeze) Run(ctx context.Context, e *env, c *cli) error {
	id, err := client(f.Client)
	if err != nil {
		return err
	}
	return c.visit(ctx, e, func(ctx context.Context, d office) error {
		if err := d.Freeze(ctx, id); err != nil {
			return err
		}
		return d.print(map[string]any{"client": id}, func() { e.say("froze %v", id) })
	})
}

type adminDrop struct {
	Client     string        `arg:"" help:"Node id, public key or enode URL."`
	RetryAfter time.Duration `help:"Not to come again before." default:"0s"`
}

// Help is shown by candela admin drop --help.
func (adminDrop) Help() string {
	return `What the client was granted stays granted: take that back first if it is to lose it.
Clients of les/5 heed when they may come again; older ones cannot be told.

Example:
  candela admin --datadir ./server drop 79be667e… --retry-after 10m`
}

func (a *adminDrop) Run(ctx context.Context, e *env, c *cli) error {
	id, err := client(a.Client)
	if err != nil {
		return err
	}
	if a.RetryAfter < 0 || a.RetryAfter > admin.MaxRetryAfter {
		return usage.Errorf("--retry-after %s: it is a time from 0s to %s", a.RetryAfter, admin.MaxRetryAfter)
	}
	return c.visit(ctx, e, func(ctx context.Context, d office) error {
		if err := d.Drop(ctx, id, a.RetryAfter); err != nil {
			return err
		}
		return d.print(map[string]any{"client": id, "retryAfter": a.RetryAfter.Seconds()}, func() { e.say("dropped %v", id) })
	})
}
