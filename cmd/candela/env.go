package main

import (
	"fmt"
	"io"
	"log/slog"
	"time"

	"github.com/candela-les/candela/node"
	"github.com/candela-les/candela/node/usage"
)

type logFlags struct {
	Level  string `help:"Log from this level up: debug, info, warn or error." enum:"debug,info,warn,error" default:"info"`
	Format string `help:"Write log lines as text or json." enum:"text,json" default:"text"`
}

type metricsFlags struct {
	Addr string `help:"Serve Prometheus metrics (/metrics) and profiles (/debug/pprof/) on this host:port." placeholder:"ADDR"`
}

// env is what every command runs in.
type env struct {
	stdout, stderr io.Writer
	warnings       func() *slog.Logger // a logger of warnings and errors only
	node.Env
}

func (c *cli) environment(stdout, stderr io.Writer) (*env, error) {
	var level slog.Level
	if err := level.UnmarshalText([]byte(c.Log.Level)); err != nil {
		return nil, usage.Errorf("--log.level: %w", err)
	}
	logger := func(from slog.Level) *slog.Logger {
		options := &slog.HandlerOptions{Level: from}
		if c.Log.Format == "json" {
			return slog.New(slog.NewJSONHandler(stderr, options))
		}
		return slog.New(slog.NewTextHandler(stderr, options))
	}
	return &env{
		stdout:   stdout,
		stderr:   stderr,
		warnings: func() *slog.Logger { return logger(max(level, slog.LevelWarn)) },
		Env: node.Env{
			Logger:      logger(level),
			Now:         time.Now,
			MetricsAddr: c.Metrics.Addr,
		},
	}, nil
}

// say writes a line that a script may be waiting for.
func (e *env) say(format string, args ...any) {
	fmt.Fprintf(e.stdout, format+"\n", args...)
}
