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
	Target   string // enode URL
	Paid     int    // clients at their full allocation; their ids are PaidIDs
	Free     int    // clients that push as hard as the protocol lets them
	Cheaters int    // of each thousand of the free ones; they do not obey flow control
	Duration time.Duration

	WarmUp    time.Duration // of each phase, before it is measured
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
	case c.Duration <= 0 || c.WarmUp < 0 || c.Spend < 0:
		return usage.Errorf("--duration must be longer than 0, --warm-up and --spend not shorter")
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
}

// Overload measures what paid clients are served while free ones ask for more than
// there is, in four phases of one run: one free client alone, the free ones alone, the
// paid ones alone, all together. It starts worker processes and ends them.
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

// run goes through the phases. The free clients come first, so that the paid ones go
// on without a pause from being alone to not being: in both they live on what they are
// given, and not on what they saved.
func (o *overload) run() (*OverloadResult, error) {
	result := newOverloadResult(o.OverloadConfig)
	steps := []struct {
		into    *Phase
		prepare func() error
		hands   []*hand
	}{
		{&result.One, o.openOne, o.free[:1]},
		{&result.FreeAlone, o.openFree, slices.Concat(o.free, o.cheats)},
		{&result.PaidAlone, o.spendPaid, o.paid},
		{&result.Together, o.openFree, o.fleet.hands},
	}
	for _, s := range steps {
		if err := s.prepare(); err != nil {
			return nil, err
		}
		if err := o.measure(s.into, s.hands); err != nil {
			return nil, err
		}
		o.Logger.Info("measured", "phase", s.into.Name)
	}
	result.conclude()
	return result, nil
}

func (o *overload) openOne() error {
	_, err := o.fleet.all(o.free[:1], order{Do: orderOpen, Clients: 1})
	return err
}

func (o *overload) openFree() error { return o.setFree(o.Free) }

// setFree lets so many clients of each worker of free ones make load.
func (o *overload) setFree(clients int) error {
	for _, hands := range [][]*hand{o.free, o.cheats} {
		if _, err := o.fleet.all(hands, order{Do: orderOpen, Clients: clients}); err != nil {
			return err
		}
	}
	return nil
}

// spendPaid lets the paid clients begin, and waits until they have nothing saved.
func (o *overload) spendPaid() error {
	if err := o.setFree(0); err != nil {
		return err
	}
	answers, err := o.fleet.all(o.paid, order{Do: orderSpend, Within: o.Spend})
	if err != nil {
		return err
	}
	if spent := answers[0].Clients; spent < o.Paid {
		o.Logger.Warn("paid clients have more than they could spend in time; what they are served is not their allocation",
			"clients", o.Paid, "at their limit", spent, "after", o.Spend)
	}
	return nil
}

// measure lets a phase warm up and takes its figures.
func (o *overload) measure(into *Phase, hands []*hand) error {
	if err := o.fleet.sleep(o.WarmUp); err != nil {
		return err
	}
	before, _, err := usageOf(o.PID)
	if err != nil {
		return err
	}
	began := time.Now()
	if _, err := o.fleet.all(hands, order{Do: orderMeasure}); err != nil {
		return err
	}
	if err := o.fleet.sleep(o.Duration); err != nil {
		return err
	}
	answers, err := o.fleet.all(hands, order{Do: orderReport})
	if err != nil {
		return err
	}
	after, _, err := usageOf(o.PID)
	if err != nil {
		return err
	}
	into.ServerCPU = (after - before).Seconds() / time.Since(began).Seconds()
	for i, h := range hands {
		switch h.job.Role {
		case rolePaid:
			into.Paid = into.Paid.with(&answers[i])
		case roleFree:
			into.Free = into.Free.with(&answers[i])
		case roleCheat:
			into.Cheaters = into.Cheaters.with(&answers[i])
		}
	}
	return nil
}
