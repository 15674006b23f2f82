package rpc

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/big"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/ethereum/go-ethereum/params"
	gethrpc "github.com/ethereum/go-ethereum/rpc"
)

// Config says what a [Server] serves, to whom, and how much. Zero limits mean the defaults named.
type Config struct {
	Backend Backend
	// Version is what web3_clientVersion answers.
	Version string
	// Clock tells filters their age.
	Clock  func() time.Time
	Logger *slog.Logger

	// CORS lists the origins whose pages may ask, "*" for all; none by default. The same pages may open a WebSocket,
	// and without any also those of localhost.
	CORS []string
	// Hosts lists the names under which the endpoint may be addressed besides IP addresses, "*" for all; localhost by
	// default. Without it a page could reach the endpoint through a name of its own that resolves to it.
	Hosts []string

	BatchItems    int           // requests in a batch; 1000
	BatchBytes    int           // answers to a batch, bytes; 25 MB
	BodyBytes     int           // an HTTP request, bytes; 5 MiB. A WebSocket message: the same.
	Filters       int           // filters at the same time; 1000
	Subscriptions int           // subscriptions at the same time; 1000
	Connections   int           // connections at the same time; 1000
	LogRange      uint64        // blocks of one log query; 0: what the backend takes
	GasCap        uint64        // gas of a call; 50,000,000
	FeeCap        *big.Int      // wei of fee of a sent transaction; 1 ether. Negative: no limit.
	Timeout       time.Duration // of one question to the backend; 25 s
}

func (c *Config) defaults() {
	setDefault(&c.Hosts, []string{"localhost"}, len(c.Hosts) == 0)
	setDefault(&c.BatchItems, 1000, c.BatchItems == 0)
	setDefault(&c.BatchBytes, 25_000_000, c.BatchBytes == 0)
	setDefault(&c.BodyBytes, 5<<20, c.BodyBytes == 0)
	setDefault(&c.Filters, 1000, c.Filters == 0)
	setDefault(&c.Subscriptions, 1000, c.Subscriptions == 0)
	setDefault(&c.Connections, 1000, c.Connections == 0)
	setDefault(&c.GasCap, 50_000_000, c.GasCap == 0)
	setDefault(&c.FeeCap, big.NewInt(params.Ether), c.FeeCap == nil)
	setDefault(&c.Timeout, 25*time.Second, c.Timeout == 0)
	if c.FeeCap.Sign() < 0 {
		c.FeeCap = nil
	}
}

func setDefault[T any](field *T, value T, unset bool) {
	if unset {
		*field = value
	}
}

// Time limits of HTTP. Writing must outlast the backend's time limit, so that its error still reaches the wallet.
const (
	readTimeout  = 30 * time.Second
	writeSlack   = 5 * time.Second
	idleTimeout  = 2 * time.Minute
	closeTimeout = 3 * time.Second
)

// Server is the endpoint. It may serve several listeners, each speaking HTTP and WebSocket.
type Server struct {
	cfg  Config
	geth *gethrpc.Server
	http *http.Server
	hub  *hub
	subs *subscribeAPI

	ctx    context.Context // ends everything that a request started
	cancel context.CancelFunc
	wg     sync.WaitGroup

	mu struct {
		sync.Mutex
		conns  map[string]net.Conn // by remote address
		closed bool
	}
}

// New builds a Server. It follows the backend's heads from now on, until Close.
func New(cfg Config) (*Server, error) {
	if cfg.Backend == nil || cfg.Clock == nil || cfg.Logger == nil {
		return nil, errors.New("rpc: backend, clock and logger are needed")
	}
	cfg.defaults()
	s := &Server{cfg: cfg, geth: gethrpc.NewServer()}
	s.mu.conns = make(map[string]net.Conn)
	s.ctx, s.cancel = context.WithCancel(context.Background())
	s.geth.SetBatchLimits(cfg.BatchItems, cfg.BatchBytes)
	s.geth.SetHTTPBodyLimit(cfg.BodyBytes)
	s.geth.SetWebsocketReadLimit(int64(cfg.BodyBytes))
	if err := s.register(); err != nil {
		s.cancel()
		return nil, err
	}
	s.http = &http.Server{
		Handler:           s.handler(),
		ReadTimeout:       readTimeout,
		ReadHeaderTimeout: readTimeout,
		WriteTimeout:      cfg.Timeout + writeSlack,
		IdleTimeout:       idleTimeout,
		BaseContext:       func(net.Listener) context.Context { return s.ctx },
		ErrorLog:          slog.NewLogLogger(cfg.Logger.Handler(), slog.LevelDebug),
	}
	return s, nil
}

// register puts the methods in their namespaces. It also starts what runs without being asked, so it comes last of
// what can fail.
func (s *Server) register() error {
	c := &chain{&guard{s.cfg.Backend, s.cfg.Timeout}}
	search := &logSearch{c, s.cfg.LogRange}
	fees := newOracle(c)
	s.hub = newHub(s.cfg.Backend)
	filters := newFilterAPI(search, s.hub, s.cfg.Clock, s.cfg.Filters)
	s.subs = &subscribeAPI{
		s:      search,
		hub:    s.hub,
		log:    s.cfg.Logger,
		hangUp: s.hangUp,
		slots:  make(chan struct{}, s.cfg.Subscriptions),
		ctx:    s.ctx,
	}
	for _, service := range []struct {
		namespace string
		api       any
	}{
		{"eth", &blockAPI{c}},
		{"eth", &stateAPI{c}},
		{"eth", &callAPI{c, fees, s.cfg.GasCap}},
		{"eth", &txAPI{c, s.cfg.FeeCap}},
		{"eth", &feeAPI{fees}},
		{"eth", &configAPI{c}},
		{"eth", filters},
		{"eth", s.subs},
		{"net", &netAPI{c}},
		{"web3", &web3API{s.cfg.Version}},
		{"candela", &candelaAPI{c}},
		{"debug", &debugAPI{c}},
	} {
		if err := s.geth.RegisterName(service.namespace, service.api); err != nil {
			s.hub.close()
			return fmt.Errorf("rpc: %s: %w", service.namespace, err)
		}
	}
	s.wg.Go(func() { filters.sweep(s.ctx) })
	return nil
}

// Serve answers on l until Close, and closes l. The error is nil after Close.
func (s *Server) Serve(l net.Listener) error {
	err := s.http.Serve(&tracked{Listener: l, server: s, slots: make(chan struct{}, s.cfg.Connections)})
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

// Close ends all connections and waits until nothing that they started runs any more. Requests under way get a moment
// to finish.
func (s *Server) Close() error {
	s.mu.Lock()
	closed := s.mu.closed
	s.mu.closed = true
	s.mu.Unlock()
	if closed {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), closeTimeout)
	defer cancel()
	s.geth.Stop() // WebSocket connections
	if s.http.Shutdown(ctx) != nil {
		s.cancel() // whoever still waits for a server gets an error now
		_ = s.http.Close()
	}
	s.cancel()
	s.wg.Wait()
	s.subs.wg.Wait()
	s.hub.close()
	return nil
}
