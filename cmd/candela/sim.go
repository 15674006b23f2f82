package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"time"

	"github.com/candela-les/candela/node/usage"
	"github.com/candela-les/candela/sim"
)

type simCmd struct {
	Scenario string `arg:"" help:"What is played: a YAML file." placeholder:"SCENARIO"`
	Seed     uint64 `help:"Play what was played with this seed before." default:"1"`
	Out      string `help:"Write series.csv, servers.csv and plots into this folder." placeholder:"DIR"`
	JSON     bool   `help:"Print JSON."`
}

// Help is shown by candela sim --help.
func (simCmd) Help() string {
	return `Servers and clients of a market, without a network. The same scenario and seed give the same files.
Exit status: 0 if money adds up, promises were kept by all that mean to, and what the scenario expects came
true; 1 if not, with what was played until then in the files; 2 if the scenario makes no sense.

Example:
  candela sim sim/scenarios/honest.yaml --seed 1 --out ./honest`
}

func (s *simCmd) Run(ctx context.Context, e *env) error {
	file, err := os.Open(s.Scenario)
	if err != nil {
		return usage.Errorf("scenario: %w", err)
	}
	scenario, err := sim.ReadScenario(file)
	if err = errors.Join(err, file.Close()); err != nil {
		return usage.Errorf("%s: %w", s.Scenario, err)
	}
	if s.Out != "" {
		if err := os.MkdirAll(s.Out, 0o755); err != nil {
			return err
		}
	}
	// A million clients live for as long as the run: memory is scarcer than the time to look through it.
	debug.SetGCPercent(40)
	result, err := sim.Run(ctx, scenario, sim.Config{Seed: s.Seed, Progress: s.progress(e, scenario)})
	if result == nil {
		return err
	}
	if s.Out != "" {
		err = errors.Join(err, result.Write(s.Out))
	}
	if s.JSON {
		return errors.Join(err, json.NewEncoder(e.stdout).Encode(result))
	}
	e.say("%s", result)
	return err
}

// progress says how far it is, once in some seconds.
func (s *simCmd) progress(e *env, scenario *sim.Scenario) func(sim.Point) {
	began := e.Now()
	said := began
	return func(p sim.Point) {
		now := e.Now()
		if now.Sub(said) < 2*time.Second {
			return
		}
		said = now
		at := time.Duration(p.Seconds) * time.Second
		part := at.Seconds() / scenario.Span.Seconds()
		left := time.Duration(float64(now.Sub(began)) * (1 - part) / part).Round(time.Second)
		fmt.Fprintf(e.stderr, "%s: %v of %v played, welfare %.2f %%, price %.0f, %v left\n",
			scenario.Name, at, scenario.Span, 100*p.Welfare/max(p.Optimum, 1), p.Price, left)
	}
}
