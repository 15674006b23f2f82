package bench

import (
	"context"
	"log/slog"
	"slices"
	"time"

	"github.com/candela-les/candela/node/usage"
)

// OverloadConfig says how a server is overloaded.
type OverloadConfig struct {
	Target   string        // enode URL
	Paid     int           // clients at their full allocation; their ids are PaidIDs
	Free     int           // clients that push as hard as the protocol lets them
	Cheaters int           // of each thousand of the free ones; they do not obey flow control
	Rounds   int           // so many times each phase is measured
	Duration time.Duration // of each phase in each round

	Learn     time.Duration // all together, before anything is measured
	WarmUp    time.Duration // of each phase in each round, before it is measured
	Spend     time.Duration // at most so long paid clients use up what they have saved
	PaidLoad  Load
	FreeLoad  Load
	Workers   int     // processes for the free ones
	Hosts     int     // source addresses of the free ones; 0: one for each, if possible
	CheatRate float64 // requests a second of each cheater
	Seed      uint64  // of keys, accounts and blocks

	PaidPlace, FreePlace Place // of the worker processes
	PID                  int   // of the server's process, to watch it; 0 for none

	Command []string // starts a worker: this program, so that it calls RunWorker
	Logger  *slog.Logger
}

// connectWithin is how long all clients of an overload together may take to connect.
const connectWithin = time.Minute

// maxRounds keeps a result readable.
const maxRounds = 1000

func (c *OverloadConfig) check() error {
	target, err := targetOf(c.Target)
	if err != nil {
		return err
	}
	switch {
	case c.Paid < 1 || c.Free < 1:
		return usage.Errorf("--paid %d, --free %d: at least one of each is needed", c.Paid, c.Free)
	case c.Paid > MaxPerWorker:
		return usage.Errorf("--paid %d: there can be %d", c.Paid, MaxPerWorker)
	case c.Cheaters < 0 || c.Cheaters > 1000:
		return usage.Errorf("--cheaters %d: of a thousand there are 0 to 1000", c.Cheaters)
	case c.Free == c.cheaters():
		return usage.Errorf("--cheaters %d: at least one free client must be honest", c.Cheaters)
	case c.Rounds < 1 || c.Rounds > maxRounds:
		return usage.Errorf("--rounds %d: there can be 1 to %d", c.Rounds, maxRounds)
	case c.Duration <= 0 || c.Learn < 0 || c.WarmUp < 0 || c.Spend < 0:
		return usage.Errorf("--duration must be longer than 0, --learn, --warm-up and --spend not shorter")
	case c.CheatRate <= 0 || c.CheatRate > 1e6:
		return usage.Errorf("--cheat-rate %g: it must be above 0 and at most a million", c.CheatRate)
	}
	if err := checkWorkers("--processes", c.Free, c.Workers); err != nil {
		return err
	}
	if c.Hosts, err = checkHosts(target, c.Hosts, c.Free); err != nil {
		return err
	}
	if err := c.PaidLoad.check("paid-"); err != nil {
		return err
	}
	_, _, err = usageOf(c.PID)
	if err == nil {
		err = c.FreeLoad.check("free-")
	}
	return err
}

// cheaters is how many of the free clients do not obey.
func (c *OverloadConfig) cheaters() int { return c.Free * c.Cheaters / 1000 }

// overload is a measurement under way.
type overload struct {
	*OverloadConfig
	fleet              *fleet
	paid, free, cheats []*hand
	asking             phaseKind // who makes load now
}

// Overload measures what paid clients are served while free ones ask for more than
// there is: the free ones alone, the paid ones alone and all together take turns, in
// short rounds of one run. It starts worker processes and ends them.
func Overload(ctx context.Context, cfg OverloadConfig) (*OverloadResult, error) {
	if err := cfg.check(); err != nil {
		return nil, err
	}
	f, err := newFleet(ctx, cfg.Command)
	if err != nil {
		return nil, err
	}
	defer f.close()
	o := &overload{OverloadConfig: &cfg, fleet: f}
	if err := o.staff(); err != nil {
		return nil, err
	}
	return o.run()
}

// staff starts the workers and connects their clients, the paid ones first.
func (o *overload) staff() error {
	base := job{Target: o.Target, Seed: o.Seed, Rate: o.CheatRate}
	paid, free, cheat := base, base, base
	paid.Role, paid.Clients, paid.Load, paid.Place = rolePaid, o.Paid, o.PaidLoad, o.PaidPlace
	free.Role, free.Hosts, free.Load, free.Place = roleFree, o.Hosts, o.FreeLoad, o.FreePlace
	cheat.Role, cheat.Hosts, cheat.Load, cheat.Place = roleCheat, o.Hosts, o.FreeLoad, o.FreePlace
	var err error
	if o.paid, err = o.fleet.enlist(paid, o.Paid, 1); err != nil {
		return err
	}
	honest := o.Free - o.cheaters()
	if o.free, err = o.fleet.enlist(free, honest, min(o.Workers, honest)); err != nil {
		return err
	}
	if o.cheaters() > 0 {
		cheat.First = honest
		if o.cheats, err = o.fleet.enlist(cheat, o.cheaters(), 1); err != nil {
			return err
		}
	}
	for _, hands := range [][]*hand{o.paid, slices.Concat(o.free, o.cheats)} {
		answers, err := o.fleet.all(hands, order{Do: orderConnect, Within: connectWithin})
		if err != nil {
			return err
		}
		for i, a := range answers {
			o.Logger.Info("connected", "worker", hands[i].name, "connections", a.Clients)
		}
	}
	return nil
}
