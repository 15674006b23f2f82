// Package node puts Candela's rooms together: it opens a chain source, starts a
// server on it, starts a light client and its JSON-RPC endpoint, or all of them
// at once for development. It is the only room that knows which concrete parts
// are used, and the one that owns clocks, files and sockets.
//
// Everything that a Start function begins has ended when Close returns.
package node

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/pprof"
	"slices"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Version is Candela's version, as peers and web3_clientVersion see it.
const Version = "0.1.0"

// clientName is the devp2p name of this software.
const clientName = "candela/v" + Version

// Env is what every part runs in.
type Env struct {
	Logger *slog.Logger
	Now    func() time.Time
	// MetricsAddr is where Prometheus metrics are served; empty for nowhere.
	MetricsAddr string
}

// closers ends things in the reverse order of their start.
type closers []func() error

func (c *closers) add(f func() error) { *c = append(*c, f) }

func (c *closers) close() error {
	var errs []error
	for _, end := range slices.Backward(*c) {
		errs = append(errs, end())
	}
	*c = nil
	return errors.Join(errs...)
}

// startMetrics serves the registry, and what Go knows of this process, at
// /metrics, and Go's profiles at /debug/pprof/. The returned function ends it.
func startMetrics(ctx context.Context, env Env, registry *prometheus.Registry) (stop func() error, err error) {
	if env.MetricsAddr == "" {
		return func() error { return nil }, nil
	}
	registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	listener, err := listenFor(ctx, "--metrics.addr", env.MetricsAddr)
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.Handle("/metrics", promhttp.HandlerFor(registry, promhttp.HandlerOpts{}))
	mux.HandleFunc("/debug/pprof/", pprof.Index)
	mux.HandleFunc("/debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("/debug/pprof/trace", pprof.Trace)
	srv := &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second}
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := srv.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			env.Logger.Error("serving metrics ended", "err", err)
		}
	}()
	env.Logger.Info("metrics", "url", "http://"+listener.Addr().String()+"/metrics")
	return func() error {
		ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
		defer cancel()
		err := srv.Shutdown(ctx)
		<-done
		return err
	}, nil
}
