package main

import (
	"context"
	"fmt"
	"io"
	"text/tabwriter"
	"time"

	"github.com/candela-les/candela/node/admin"
)

// collectFor is how long a collection may take: claims are waited for until they are sure.
const collectFor = 11 * time.Minute

type adminMethods struct{}

// Help is shown by candela admin methods --help.
func (adminMethods) Help() string {
	return `"grant" is your own hand: candela admin credit. The others are what --pay.methods names. If nothing is taken by one of them
just now, it is said why.

Example:
  candela admin --datadir ./server methods`
}

func (*adminMethods) Run(ctx context.Context, e *env, c *cli) error {
	return c.visit(ctx, e, func(ctx context.Context, d office) error {
		got, err := d.Methods(ctx)
		if err != nil {
			return err
		}
		return d.print(got, func() { showMethods(e.stdout, got) })
	})
}

func showMethods(w io.Writer, got admin.Methods) {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "METHOD\tPAYS\tCLAIMS ARE SIGNED BY\tCONTRACT\tWITHDRAWALS WAIT")
	address := func(a *admin.Address) string {
		if a == nil {
			return ""
		}
		return a.String()
	}
	for _, m := range got.Methods {
		wait := ""
		if m.DelayS > 0 {
			wait = (time.Duration(m.DelayS) * time.Second).String() //nolint:gosec // 30 days at most
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\n", m.Name, address(m.Receiver), address(m.Authorizer), address(m.Contract), wait)
	}
	t.Flush() //nolint:errcheck // as far as it goes
	for _, m := range got.Methods {
		if m.Untaken != "" {
			fmt.Fprintf(w, "\nnothing is taken by %s: %s\n", m.Name, m.Untaken)
		}
		if m.Partner != nil && m.Threshold != nil {
			fmt.Fprintf(w, "\n%s: against what your light client %v takes, up to %s owed by each partner\n", m.Name, m.Partner, amount(got.Money, *m.Threshold))
		}
	}
}

type adminExposure struct{}

// Help is shown by candela admin exposure --help.
func (adminExposure) Help() string {
	return `DUE is what clients have promised and you have not collected: COVERED is locked for you on the chain,
UNCOVERED is not, and a client that lies keeps it. UNSPENT is what clients still have in their accounts.
WORST is what service was given for and would be lost if nothing more could be collected. By offset, what a partner
owes is UNCOVERED until your light client has taken as much at its server.

Example:
  candela admin --datadir ./server exposure --json`
}

func (*adminExposure) Run(ctx context.Context, e *env, c *cli) error {
	return c.visit(ctx, e, func(ctx context.Context, d office) error {
		got, err := d.Exposure(ctx)
		if err != nil {
			return err
		}
		return d.print(got, func() { showExposure(e.stdout, got) })
	})
}

func showExposure(w io.Writer, got admin.Exposures) {
	if len(got.Methods) == 0 {
		fmt.Fprintln(w, "clients cannot pay by themselves here: start the server with --pay.methods")
		return
	}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(t, "METHOD\tCHANNELS\tCLOSING\tDUE %s\tCOVERED\tUNCOVERED\tUNSPENT\tWORST\n", got.Currency)
	for i := range got.Methods {
		m, d := &got.Methods[i], got.Decimals
		fmt.Fprintf(t, "%s\t%d\t%d\t%s\t%s\t%s\t%s\t%s\n", m.Method, m.Channels, m.Closing, m.Due.Tokens(d), m.Covered.Tokens(d),
			m.Uncovered.Tokens(d), m.Unspent.Tokens(d), m.Worst.Tokens(d))
	}
	t.Flush() //nolint:errcheck // as far as it goes
	for i := range got.Methods {
		m := &got.Methods[i]
		if m.Credit != nil {
			fmt.Fprintf(w, "\n%s: at most %s can be uncovered\n", m.Method, amount(got.Money, *m.Credit))
		}
		if m.Doubtful > 0 {
			fmt.Fprintf(w, "\n%s: clients have overspent: %d winners of %s are not covered\n", m.Method, m.Doubtful, m.Doubted.Tokens(got.Decimals))
		}
		if m.Unseen != nil {
			fmt.Fprintf(w, "\n%s: the chain was not seen since %s\n", m.Method, m.Unseen.Local().Format(time.DateTime))
		}
	}
}

type adminCollect struct {
	Method string `arg:"" default:"channel" help:"Method of payment." optional:""`
}

// Help is shown by candela admin collect --help.
func (adminCollect) Help() string {
	return `Payments are collected by themselves when that is worth its gas, or a client begins to take its deposit
back. This collects now whatever is worth more than its gas, and waits until it is sure: some minutes.
UNSPENT stays, for clients may have it back; it is collected by itself when it is at risk.

Example:
  candela admin --datadir ./server collect channel`
}

func (a *adminCollect) Run(ctx context.Context, e *env, c *cli) error {
	return c.visitFor(ctx, e, collectFor, func(ctx context.Context, d office) error {
		got, err := d.Collect(ctx, a.Method)
		if err != nil {
			return err
		}
		return d.print(got, func() {
			switch {
			case got.Asked > 0 || got.Drawn > 0:
			case got.Amount.IsZero():
				e.say("nothing is worth its gas")
				return
			default: // by others, or in kind
				e.say("%s were collected without a transaction", amount(got.Money, got.Amount))
				return
			}
			e.say("collected %s of %d channels", amount(got.Money, got.Amount), got.Asked)
		})
	})
}
