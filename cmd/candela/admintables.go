package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/candela-les/candela/node/admin"
	"github.com/candela-les/candela/unit"
)

// thread is the cost per ms of one thread that does nothing else.
const thread = float64(unit.Millisecond)

type adminCapacity struct{}

// Help is shown by candela admin capacity --help.
func (adminCapacity) Help() string {
	return `Capacity is serving time: 1.00 is one thread. A unit is what is sold of it.

Example:
  candela admin --datadir ./server capacity --json`
}

func (*adminCapacity) Run(ctx context.Context, e *env, c *cli) error {
	return c.visit(ctx, e, func(ctx context.Context, d office) error {
		got, err := d.Capacity(ctx)
		if err != nil {
			return err
		}
		return d.print(got, func() { showCapacity(e.stdout, got) })
	})
}

func showCapacity(w io.Writer, c admin.Capacity) {
	at := "at its best"
	if c.Total < c.Nominal {
		at = fmt.Sprintf("of %.2f at best", threads(c.Nominal))
	}
	fmt.Fprintf(w, "capacity  %.2f threads, %s; %s in reserve, %s for free clients\n",
		threads(c.Total), at, admin.Percent(c.ReservePermille), admin.Percent(c.FreePermille))
	u := c.Units
	fmt.Fprintf(w, "units     %d for sale, %d granted, %d allocated", u.ForSale, u.Granted, u.Allocated)
	if u.Leaving > 0 {
		fmt.Fprintf(w, ", %d leaving", u.Leaving)
	}
	if u.Granted > u.ForSale {
		fmt.Fprintf(w, ": %d too many", u.Granted-u.ForSale)
	}
	fmt.Fprintf(w, "\n          one is %.3f threads, with a buffer of %s\n\n", threads(c.Unit.Recharge), span(c.Unit.Limit))
	for _, load := range []struct {
		name string
		cost unit.Cost
	}{{"paid", c.Load.Paid}, {"free", c.Load.Free}, {"other", c.Load.Other}} {
		fmt.Fprintf(w, "%-6s %s %6.2f threads\n", load.name, bar(load.cost, c.Nominal), threads(load.cost))
	}
	fmt.Fprintf(w, "%d paid requests wait, and %d free ones (%s of work)\n\n", c.Waiting.Paid, c.Waiting.Free, span(c.Queued))
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "request\tper request\tper item\tmeasured\t")
	for _, k := range c.Kinds {
		measured := "–"
		if k.Measured > 0 {
			measured = span(k.Measured)
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t\n", k.Name, span(k.Base), span(k.PerItem), measured)
	}
	table.Flush() //nolint:errcheck // as all of standard output
}

// threads is a rate in threads.
func threads(perMs unit.Cost) float64 { return float64(perMs) / thread }

// span is a cost as the time that it is.
func span(c unit.Cost) string {
	d := time.Duration(min(c, unit.Cost(1<<63-1))) //nolint:gosec // bounded
	switch {
	case d >= time.Second:
		return d.Round(10 * time.Millisecond).String()
	case d >= time.Millisecond:
		return d.Round(10 * time.Microsecond).String()
	default:
		return d.Round(100 * time.Nanosecond).String()
	}
}

// bar shows a part of a whole.
func bar(part, whole unit.Cost) string {
	const width = 40
	full := 0
	if whole > 0 {
		full = min(width, int(float64(part)/float64(whole)*width+0.5))
	}
	return "▕" + strings.Repeat("█", full) + strings.Repeat(" ", width-full) + "▏"
}

type adminClients struct{}

// Help is shown by candela admin clients --help.
func (adminClients) Help() string {
	return `Those with units come first, then by the serving time that they took.

Example:
  candela admin --datadir ./server clients --json | jq -r '.[] | select(.frozen) | .client'`
}

func (*adminClients) Run(ctx context.Context, e *env, c *cli) error {
	return c.visit(ctx, e, func(ctx context.Context, d office) error {
		got, err := d.Clients(ctx)
		if err != nil {
			return err
		}
		return d.print(got, func() { showClients(e.stdout, got, e.Now()) })
	})
}

func showClients(w io.Writer, clients []admin.ClientInfo, now time.Time) {
	if len(clients) == 0 {
		fmt.Fprintln(w, "nobody is connected")
		return
	}
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "CLIENT\tADDRESS\tLES\tCLASS\tUNITS\tTHREADS\tBUFFER\tPENALTY\tREQUESTS\tSPENT\tSINCE\tNAME")
	for _, c := range clients {
		class := c.Class
		if c.Frozen {
			class += ", frozen"
		}
		units := fmt.Sprint(c.Units)
		if c.Units != c.Granted {
			units = fmt.Sprintf("%d of %d", c.Units, c.Granted)
		}
		fmt.Fprintf(table, "%v\t%s\t%d\t%s\t%s\t%.3f\t%s\t%.3g\t%d\t%s\t%s\t%s\n",
			c.Client, c.Address, c.Version, class, units, threads(c.Params.Recharge), percentOf(c.Buffer, c.Params.Limit),
			c.Penalty, c.Requests, span(c.Spent), now.Sub(c.Since).Round(time.Second), printable(c.Name))
	}
	table.Flush() //nolint:errcheck // as all of standard output
}

func percentOf(part, whole unit.Cost) string {
	if whole == 0 {
		return "–"
	}
	return fmt.Sprintf("%.0f%%", 100*float64(part)/float64(whole))
}

// printable leaves out of a name that a stranger chose what a terminal might act on.
func printable(name string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' {
			return '?'
		}
		return r
	}, name)
}

type adminSettings struct{}

// Help is shown by candela admin settings --help.
func (adminSettings) Help() string {
	return `The oldest grant comes first: it is the last one to lose units.

Example:
  candela admin --datadir ./server settings`
}

func (*adminSettings) Run(ctx context.Context, e *env, c *cli) error {
	return c.visit(ctx, e, func(ctx context.Context, d office) error {
		got, err := d.Settings(ctx)
		if err != nil {
			return err
		}
		return d.print(got, func() { showSettings(e.stdout, got) })
	})
}

func showSettings(w io.Writer, s admin.Settings) {
	fmt.Fprintf(w, "reserve %s\nfree    %s\n", admin.Percent(s.ReservePermille), admin.Percent(s.FreePermille))
	if len(s.Grants) == 0 {
		fmt.Fprintln(w, "no grants")
		return
	}
	fmt.Fprintln(w)
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "CLIENT\tGRANTED\tHAS\tSINCE")
	for _, g := range s.Grants {
		has := "not connected"
		if g.Connected {
			has = fmt.Sprint(g.Allocated)
		}
		fmt.Fprintf(table, "%v\t%d\t%s\t%s\n", g.Client, g.Units, has, g.Since.Format(time.RFC3339))
	}
	table.Flush() //nolint:errcheck // as all of standard output
}

// count writes a number and what it counts.
func count(n uint64, what string) string {
	if n != 1 {
		what += "s"
	}
	return fmt.Sprintf("%d %s", n, what)
}
