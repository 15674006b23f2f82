// Command candela serves Ethereum light clients and is one.
//
// Three commands do the work: serve answers light clients from a full node,
// light is the client with a JSON-RPC endpoint for wallets, and dev runs a chain
// with servers and a client on it, all in one process, to try things on.
// Standard output carries what a script wants to read; everything else goes to
// standard error. Exit status 1 means that the work failed, 2 that the command
// line or the configuration file made no sense, 130 that an interrupt came before
// there was a result. A service that is asked to end has done its work: 0.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"github.com/candela-les/candela/node/usage"
)

// Exit statuses.
const (
	exitFailed      = 1
	exitUsage       = 2
	exitInterrupted = 130 // as a shell has it: 128 and the number of the signal
)

// cli is the command line. Flags that every command knows stand here.
type cli struct {
	Config  kong.ConfigFlag `help:"Read flags from this TOML file; what the command line says wins." type:"existingfile" placeholder:"FILE"`
	Log     logFlags        `embed:"" prefix:"log."`
	Metrics metricsFlags    `embed:"" prefix:"metrics."`

	Dev     devCmd     `cmd:"" help:"Run a development chain, LES servers and a light client, all here."`
	Serve   serveCmd   `cmd:"" help:"Serve light clients from a full node."`
	Light   lightCmd   `cmd:"" help:"Run the ultra light client and its JSON-RPC endpoint."`
	Market  marketCmd  `cmd:"" help:"Look at what a server sells, and for how much."`
	Pay     payCmd     `cmd:"" help:"Look after the money that the light client pays with."`
	Admin   adminCmd   `cmd:"" help:"Look at a running server and decide what it promises to whom."`
	Bench   benchCmd   `cmd:"" help:"Measure a server."`
	Sim     simCmd     `cmd:"" help:"Play a market of many servers and clients, and check it."`
	Version versionCmd `cmd:"" help:"Print the version and the protocols spoken."`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run is main without the process around it: it returns the exit status.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	// Once asked to end, a second signal ends at once.
	defer context.AfterFunc(ctx, func() { signal.Reset(os.Interrupt, syscall.SIGTERM) })()

	var c cli
	exited := -1
	parser, err := kong.New(
		&c,
		kong.Name("candela"),
		kong.Description("Ethereum light clients, served by full nodes; every answer proven."),
		kong.UsageOnError(),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
		kong.Configuration(loadTOML),
		kong.Writers(stdout, stderr),
		kong.Exit(func(code int) { exited = code }),
		kong.BindTo(ctx, (*context.Context)(nil)),
	)
	if err != nil {
		panic(err) // the struct above is malformed
	}
	kctx, err := parser.Parse(args)
	if exited >= 0 {
		return exited // --help
	}
	if err != nil {
		status := fail(stderr, exitUsage, err)
		fmt.Fprintf(stderr, "Try: %s --help\n", command(err))
		return status
	}
	env, err := c.environment(stdout, stderr)
	if err == nil {
		err = kctx.Run(env, &c)
	}
	switch {
	case err == nil:
		return 0
	case usage.Is(err):
		return fail(stderr, exitUsage, err)
	case ctx.Err() != nil && errors.Is(err, context.Canceled):
		return fail(stderr, exitInterrupted, errors.New("interrupted"))
	default:
		status := exitFailed
		if special, ok := errors.AsType[*statusError](err); ok {
			status = special.status
		}
		return fail(stderr, status, err)
	}
}

// statusError is an error with an exit status of its own.
type statusError struct {
	status int
	err    error
}

func (e *statusError) Error() string { return e.err.Error() }

func (e *statusError) Unwrap() error { return e.err }

// fail says on one line what went wrong and returns the exit status.
func fail(stderr io.Writer, status int, err error) int {
	fmt.Fprintf(stderr, "candela: %s\n", strings.ReplaceAll(err.Error(), "\n", "; "))
	return status
}

// command is what was typed before a mistake was made, as far as it is a command.
func command(err error) string {
	if parse, ok := errors.AsType[*kong.ParseError](err); ok {
		if node := parse.Context.Selected(); node != nil {
			return "candela " + node.Path()
		}
	}
	return "candela"
}

// unlessAsked returns nil when a service was asked to end while it started: it
// ends as it would have later.
func unlessAsked(ctx context.Context, err error) error {
	if ctx.Err() != nil && errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}
