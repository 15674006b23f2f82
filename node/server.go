package node

import (
	"cmp"
	"context"
	"crypto/ecdsa"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/ethereum/go-ethereum/p2p"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/candela-les/candela/chain"
	"github.com/candela-les/candela/chain/attached"
	"github.com/candela-les/candela/node/admin"
	"github.com/candela-les/candela/node/devp2p"
	"github.com/candela-les/candela/node/usage"
	"github.com/candela-les/candela/server"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire"
)

// ServerConfig says what a server serves and to whom.
type ServerConfig struct {
	// Source is the full node to serve from. Nil opens one as the fields below
	// say; a source that is handed in is not closed with the server.
	Source chain.Source

	DataDir string // empty keeps the chain in memory
	Genesis string // genesis file; empty takes what DataDir has, or Network's
	Network string // mainnet, sepolia or hoodi
	Import  string // file of blocks to import first
	Follow  string // JSON-RPC URL of a node to take blocks from
	Archive bool
	CacheMB int // 0 chooses

	// Nodes are JSON-RPC URLs or IPC paths of nodes of one chain, in the order of
	// preference, to serve from instead of opening a chain here.
	Nodes         []string
	NodeJWTSecret string  // file; empty for nodes that want none
	NodeRate      float64 // requests per second and node; 0 for no limit

	ChainAddr  string // host:port for chain peers of a public network
	AuthAddr   string
	AuthPort   uint16
	AuthVHosts []string
	JWTSecret  string

	ListenAddr string            // host:port for light clients
	NodeKey    string            // key file; empty is les.key in DataDir
	Key        *ecdsa.PrivateKey // used instead of NodeKey if set
	MaxClients int               // 0 leaves it to the server's default
	// HandshakePercent of the machine's processor time is the most that new connections
	// may take; 0 leaves it to the host's default.
	HandshakePercent int
	// RetryAfter is what clients are told that find no place, until it is known how
	// often clients leave; 0 leaves it to the server's default.
	RetryAfter time.Duration

	OnlyAnnounce bool

	// AdminDir is where an operator decides what is promised to whom, see node/admin. Empty
	// is DataDir; with neither nothing can be decided.
	AdminDir string
	// Reserve and Free are the parts of the capacity that are not sold, as percentages,
	// until an operator decides others; empty leaves them to the server's defaults.
	Reserve, Free string

	// Discovery makes the server known on the discovery network; it then listens on
	// UDP too, on the same port number.
	Discovery bool
	Bootnodes []string // enode URLs or ENRs; none are those of Network
	NAT       string   // as go-ethereum's flag; empty is none

	// Measure is for a server that has its process to itself: a tenth of a second is spent at
	// start to find out what messages cost on this machine, and the processor
	// time that the process uses says how much of it there is for clients. Without,
	// messages cost what they do on most machines, and capacity is all there could be.
	Measure bool

	// Versions of les to offer; empty offers all that the source can answer. les/2 to
	// les/4 ask by hashed keys, which not every source knows.
	Versions []uint

	// Sell is what is sold for money; without a price nothing is.
	Sell SellConfig
	// Take is how clients pay for it by themselves.
	Take TakeConfig
}

// Server is a running LES server with its source and its connections.
type Server struct {
	host  *devp2p.Host
	les   *server.Server
	life  context.Context // ends when the server cannot go on
	close closers

	office   *admin.Office   // nil where nothing can be decided
	settings server.Settings // to begin with
	takings  admin.Takings   // nil where clients cannot pay by themselves
}

// StartServer opens the chain and serves it.
func StartServer(ctx context.Context, env Env, cfg ServerConfig) (_ *Server, err error) {
	s := new(Server)
	defer func() {
		if err != nil {
			if s.life != nil && ctx.Err() == nil && s.life.Err() != nil {
				err = context.Cause(s.life)
			}
			err = errors.Join(err, s.Close())
		}
	}()
	if err := cmp.Or(cfg.check(), cfg.checkMoney()); err != nil {
		return nil, err
	}
	if err := checkFiles(cfg.MaxClients); err != nil {
		return nil, err
	}
	// What costs nothing to try is tried first: opening a chain takes a while, and
	// importing blocks into it may take days.
	if err := cfg.probe(ctx, env); err != nil {
		return nil, err
	}
	if err := mustBeFolder(cfg.DataDir); err != nil {
		return nil, err
	}
	key := cfg.Key
	if key == nil {
		if key, err = loadKey(cfg.keyFile()); err != nil {
			return nil, err
		}
	}
	if err := s.openOffice(env, &cfg); err != nil {
		return nil, err
	}
	transport := cfg.transport(ctx, env) // while nothing else runs
	var unguard func() error
	s.life, unguard = guardDisk(ctx, cfg.DataDir)
	s.close.add(unguard)
	source := cfg.Source
	if source == nil {
		if err := checkDisk(cfg.DataDir); err != nil {
			return nil, err
		}
		if source, err = openSource(s.life, env, &cfg); err != nil {
			return nil, err
		}
		s.close.add(source.Close)
	}
	if err := s.serve(ctx, env, &cfg, source, transport, key); err != nil {
		return nil, err
	}
	registry := prometheus.NewRegistry()
	registry.MustRegister(newServerCollector(s.les), newGateCollector(s.host), newCapacityCollector(s.les), newSaleCollector(s.les.Book))
	if node, ok := source.(*attached.Node); ok {
		registry.MustRegister(newNodeCollector(node))
	}
	stop, err := startMetrics(ctx, env, registry)
	if err != nil {
		return nil, err
	}
	s.close.add(stop)
	return s, nil
}

// serve starts the LES server and its listener.
func (s *Server) serve(ctx context.Context, env Env, cfg *ServerConfig, source chain.Source, transport devp2p.TransportCost, key *ecdsa.PrivateKey) error {
	precedence, err := devp2p.NewPrecedence()
	if err != nil {
		return err
	}
	s.close.add(func() error { precedence.Close(); return nil })
	config := server.Config{
		Source:       source,
		Key:          key,
		Now:          env.Now,
		Logger:       env.Logger,
		OnlyAnnounce: cfg.OnlyAnnounce,
		MaxSessions:  cfg.MaxClients,
		RetryAfter:   cfg.RetryAfter,
		Versions:     cfg.Versions,
		Workers:      workers(source),
		MessageCost:  unit.Cost(transport.Message),
		KiBCost:      unit.Cost(1024 * transport.Byte),
		Settings:     &s.settings,
		GiveWay:      precedence.GiveWay,
	}
	if cfg.Measure {
		config.CPUTime, config.CPUWait, config.CPUIdle = processorTime(), cpuWait(), cpuIdle()
	}
	if config.Sale, err = s.openSelling(ctx, env, cfg, source, wire.NodeOf(&key.PublicKey)); err != nil {
		return err
	}
	les, err := server.New(ctx, config)
	if errors.Is(err, server.ErrVersions) {
		return usage.Errorf("--les %v: this node can be served over les/5 only", cfg.Versions)
	}
	if err != nil {
		return err
	}
	s.les = les
	s.close.add(les.Close)
	if err := s.serveOffice(ctx); err != nil {
		return err
	}
	if !source.Capabilities().HashedKeys {
		env.Logger.Info("les/4 is not offered", "why", "it asks for state by hashed keys, a node's JSON-RPC proves plain ones only")
	}
	discovery, err := cfg.discovery()
	if err != nil {
		return err
	}
	s.host, err = devp2p.NewHost(devp2p.Config{
		Key:        key,
		Name:       clientName,
		ListenAddr: cfg.ListenAddr,
		Discovery:  discovery,
		MaxPeers:   maxConnections(cfg.MaxClients),
		Admission:  devp2p.Admission{Permille: 10 * cfg.HandshakePercent, MaxPending: maxPending(cfg.MaxClients)},
		Precedence: precedence,
		Versions:   les.Versions(),
		Market:     config.Sale != nil,
		Handler:    les.Serve,
		Disconnect: disconnectReason,
		Logger:     env.Logger,
	})
	if _, refused := errors.AsType[*net.OpError](err); refused {
		return cannotListen("--port", cfg.ListenAddr, err)
	}
	if err != nil {
		return err
	}
	s.close.add(func() error { s.host.Close(); return nil })
	if cfg.Discovery {
		s.close.add(announce(s.host, env, les))
	}
	return nil
}

// maxConnections leaves room for connections that are told why they are not
// wanted: LES has the number of clients to say no with, devp2p has not.
func maxConnections(clients int) int {
	if clients <= 0 {
		clients = server.DefaultMaxSessions
	}
	return clients + clients/10 + 10
}

// Wait returns when the context ends, or with an error when the server cannot go
// on because its disk is nearly full.
func (s *Server) Wait(ctx context.Context) error {
	select {
	case <-ctx.Done():
	case <-s.life.Done():
	}
	if ctx.Err() != nil {
		return nil
	}
	return context.Cause(s.life)
}

// Credit enters money in a client's account, once for each key. It is for who has the server in its own process;
// an operator does it through the office.
func (s *Server) Credit(ctx context.Context, key string, client wire.Address, amount unit.Amount) error {
	_, err := s.les.Credit(ctx, key, client, amount)
	return err
}

// ID is the server's devp2p id.
func (s *Server) ID() [32]byte { return s.host.Self().ID() }

// Enode is the URL under which light clients reach the server.
func (s *Server) Enode() string { return s.host.URL() }

// Connections returns the counters of connections that came, and what became of them.
func (s *Server) Connections() devp2p.Stats { return s.host.Stats() }

// Stats returns the LES server's counters.
func (s *Server) Stats() server.Stats { return s.les.Stats() }

// Close ends all sessions, then the source if it was opened here.
func (s *Server) Close() error { return s.close.close() }

func (c *ServerConfig) keyFile() string {
	if c.NodeKey != "" {
		return c.NodeKey
	}
	return filepath.Join(c.DataDir, "les.key")
}

// disconnectReason chooses what devp2p tells a client that a session has ended
// for; the server's own log has the details.
func disconnectReason(err error) p2p.DiscReason {
	var d *server.Disconnect
	if !errors.As(err, &d) {
		return p2p.DiscSubprotocolError
	}
	switch d.Reason {
	case server.ReasonLeft, server.ReasonClosing:
		return p2p.DiscQuitting
	case server.ReasonTooMany:
		return p2p.DiscTooManyPeers
	case server.ReasonDuplicate:
		return p2p.DiscAlreadyConnected
	case server.ReasonTimeout, server.ReasonSlow:
		return p2p.DiscReadTimeout
	case server.ReasonVersion:
		return p2p.DiscIncompatibleVersion
	case server.ReasonNetwork, server.ReasonGenesis, server.ReasonFork, server.ReasonUseless:
		return p2p.DiscUselessPeer
	default:
		return p2p.DiscSubprotocolError
	}
}

// check finds what cannot be meant.
func (c *ServerConfig) check() error {
	switch {
	case c.HandshakePercent < 0 || c.HandshakePercent > 100:
		return usage.Errorf("--handshakes %d: give a share of 1 to 100 percent", c.HandshakePercent)
	case c.Source != nil && !c.Discovery:
		return nil
	case !c.Discovery && len(c.Bootnodes) > 0:
		return usage.Errorf("--bootnodes is of no use without --discovery")
	case !c.Discovery && c.NAT != "":
		return usage.Errorf("--nat is of no use without --discovery")
	case c.Source != nil:
		return nil
	case len(c.Nodes) > 0:
		return c.checkNodes()
	case c.NodeJWTSecret != "" || c.NodeRate != 0:
		return usage.Errorf("--node.jwtsecret and --node.rate are of no use without --node")
	case c.Genesis != "" && c.Network != "":
		return usage.Errorf("--genesis and --network both name a chain: give one of them")
	case c.Follow != "" && c.Import != "":
		return usage.Errorf("--follow and --import both bring blocks: give one of them")
	case c.Network != "" && (c.Follow != "" || c.Import != ""):
		return usage.Errorf("--network brings its own blocks: give it without --import and --follow")
	case c.Follow != "" && !hasHost(c.Follow):
		return usage.Errorf("--follow %q is no URL of a node's JSON-RPC, such as http://127.0.0.1:8545", c.Follow)
	case c.DataDir == "":
		return usage.Errorf("--datadir is empty: name a directory to keep the chain in")
	case c.MaxClients < 0:
		return usage.Errorf("--max-clients %d: it cannot be less than 1", c.MaxClients)
	case c.CacheMB < 0:
		return usage.Errorf("--cache %d: memory is given in MiB, 0 for the default", c.CacheMB)
	}
	return nil
}

// checkNodes finds what does not go together with a chain that is kept elsewhere.
func (c *ServerConfig) checkNodes() error {
	for _, other := range []struct {
		flag  string
		given bool
	}{
		{"--network", c.Network != ""},
		{"--import", c.Import != ""},
		{"--follow", c.Follow != ""},
		{"--archive", c.Archive},
	} {
		if other.given {
			return usage.Errorf("--node serves a chain that is kept elsewhere: give it without %s", other.flag)
		}
	}
	for _, raw := range c.Nodes {
		if err := attached.CheckURL(raw); err != nil {
			return usage.Errorf("--node: %w", err)
		}
	}
	switch {
	case c.DataDir == "":
		return usage.Errorf("--datadir is empty: name a directory to keep the server's key in")
	case c.NodeRate < 0:
		return usage.Errorf("--node.rate %v: it cannot be less than 0, which is no limit", c.NodeRate)
	case c.MaxClients < 0:
		return usage.Errorf("--max-clients %d: it cannot be less than 1", c.MaxClients)
	case c.CacheMB < 0:
		return usage.Errorf("--cache %d: memory is given in MiB, 0 for the default", c.CacheMB)
	}
	return nil
}

func hasHost(rawURL string) bool {
	u, err := url.Parse(rawURL)
	return err == nil && u.Host != ""
}

// probe tries all ports that will be listened on.
func (c *ServerConfig) probe(ctx context.Context, env Env) error {
	if err := probe(ctx, "--port", c.ListenAddr); err != nil {
		return err
	}
	if c.Network != "" {
		if err := probe(ctx, "--authrpc.port", net.JoinHostPort(c.AuthAddr, strconv.Itoa(int(c.AuthPort)))); err != nil {
			return err
		}
		if err := probe(ctx, "--chain.port", c.ChainAddr); err != nil {
			return err
		}
	}
	return probe(ctx, "--metrics.addr", env.MetricsAddr)
}

// mustBeFolder makes the data directory, so that a bad one is told of before
// anything is started.
func mustBeFolder(dir string) error {
	if dir == "" {
		return nil
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("--datadir %s cannot be used: %w", dir, reason(err))
	}
	return nil
}
