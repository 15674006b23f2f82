package bench

import (
	"context"
	"log/slog"
	"time"

	"github.com/candela-les/candela/node/usage"
	"github.com/candela-les/candela/wire"
)

// CrowdConfig says how many light clients hold a connection to a server, and how
// seldom they ask.
type CrowdConfig struct {
	Target   string // enode URL
	Clients  int
	Workers  int           // processes, with up to MaxPerWorker clients each
	Duration time.Duration // of the measurement, once they are connected
	Every    time.Duration // between two questions of one client
	Connect  time.Duration // at most so long they may take to connect
	Hosts    int           // source addresses; 0: one for each, if possible
	Version  uint          // of the les protocol
	Accounts int           // that are asked for: Account(0) …
	Seed     uint64        // of the keys
	Place    Place         // of the worker processes
	PID      int           // of the server's process, to watch it; 0 for none

	Command []string // starts a worker: this program, so that it calls RunWorker
	Logger  *slog.Logger
}

func (c *CrowdConfig) check() error {
	target, err := targetOf(c.Target)
	if err != nil {
		return err
	}
	switch {
	case c.Clients < 1 || c.Clients > 1_000_000:
		return usage.Errorf("--clients %d: there can be 1 to a million", c.Clients)
	case c.Duration <= 0 || c.Connect <= 0:
		return usage.Errorf("--duration and --connect must be longer than 0")
	case c.Every < time.Millisecond:
		return usage.Errorf("--every %s: it must be 1ms or longer", c.Every)
	case c.Accounts < 1:
		return usage.Errorf("--accounts %d: at least 1 is needed", c.Accounts)
	case wire.Length(c.Version) == 0:
		return usage.Errorf("--les %d: choose 2 to 5", c.Version)
	}
	if c.Workers == 0 {
		c.Workers = (c.Clients + MaxPerWorker - 1) / MaxPerWorker
	}
	if err := checkWorkers("--processes", c.Clients, c.Workers); err != nil {
		return err
	}
	if c.Hosts, err = checkHosts(target, c.Hosts, c.Clients); err != nil {
		return err
	}
	_, _, err = usageOf(c.PID)
	return err
}

// crowdRest is how long a crowd is left alone, at most, between connecting and being measured.
const crowdRest = 3 * time.Second

// Crowd connects many light clients, which follow heads and ask now and then, and
// measures what they see and what they cost. It starts worker processes and ends them.
func Crowd(ctx context.Context, cfg CrowdConfig) (*CrowdResult, error) {
	if err := cfg.check(); err != nil {
		return nil, err
	}
	f, err := newFleet(ctx, cfg.Command)
	if err != nil {
		return nil, err
	}
	defer f.close()
	load := Load{Kind: "proofs", Version: cfg.Version, Batch: 1, Pipeline: 1, Accounts: cfg.Accounts, Address: DefaultAddress}
	hands, err := f.enlist(job{
		Role: roleCrowd, Target: cfg.Target, Hosts: cfg.Hosts, Seed: cfg.Seed, Load: load, Every: cfg.Every, Place: cfg.Place,
	}, cfg.Clients, min(cfg.Workers, cfg.Clients))
	if err != nil {
		return nil, err
	}
	result := &CrowdResult{Target: cfg.Target, Clients: cfg.Clients, Workers: len(hands), Version: cfg.Version, Every: cfg.Every.Seconds(), Hosts: cfg.Hosts}
	if err := result.measure(f, hands, &cfg); err != nil {
		return nil, err
	}
	return result, nil
}

// measure connects all and takes the figures.
func (r *CrowdResult) measure(f *fleet, hands []*hand, cfg *CrowdConfig) error {
	_, before, err := usageOf(cfg.PID)
	if err != nil {
		return err
	}
	start := time.Now()
	if err := f.orders(hands, order{Do: orderMeasure}, order{Do: orderConnect, Within: cfg.Connect}); err != nil {
		return err
	}
	r.ConnectSeconds = time.Since(start).Seconds()
	connecting, err := f.all(hands, order{Do: orderReport})
	if err != nil {
		return err
	}
	r.arrived(connecting)
	cfg.Logger.Info("connected", "clients", r.Connected, "seconds", r.ConnectSeconds)
	if err := f.sleep(min(crowdRest, cfg.Duration)); err != nil {
		return err
	}
	if err := f.orders(hands, order{Do: orderOpen, Clients: cfg.Clients}, order{Do: orderMeasure}); err != nil {
		return err
	}
	cpu, connected, err := usageOf(cfg.PID)
	if err != nil {
		return err
	}
	start = time.Now()
	if err := f.sleep(cfg.Duration); err != nil {
		return err
	}
	answers, err := f.all(hands, order{Do: orderReport})
	if err != nil {
		return err
	}
	cpuAfter, after, err := usageOf(cfg.PID)
	if err != nil {
		return err
	}
	r.Seconds = time.Since(start).Seconds()
	r.RSS = [3]uint64{before, connected, after}
	r.ServerCPU = (cpuAfter - cpu).Seconds() / r.Seconds
	r.conclude(answers)
	return nil
}
