package node

import (
	"context"
	"crypto/ecdsa"
	"errors"
	"log/slog"
	"net"
	"path/filepath"
	"slices"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/p2p/enode"
	"github.com/ethereum/go-ethereum/params"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/candela-les/candela/chain/embedded"
	"github.com/candela-les/candela/client"
	"github.com/candela-les/candela/client/bidder"
	"github.com/candela-les/candela/market/buyer"
	"github.com/candela-les/candela/node/devp2p"
	"github.com/candela-les/candela/node/discovery"
	"github.com/candela-les/candela/node/payments"
	"github.com/candela-les/candela/node/usage"
	"github.com/candela-les/candela/rpc"
	"github.com/candela-les/candela/wire"
)

// LightConfig says whom a light client trusts and where it answers. What is not left out of its JSON is kept for who looks after payments while
// no light client runs.
type LightConfig struct {
	Trusted  []string // enode URLs
	Fraction int      // percentage of Trusted that elects a head
	Servers  []string // enode URLs of further servers

	// Network or Genesis say which chain it is; with neither, the trusted servers
	// do, once, if DataDir keeps it.
	Network string
	Genesis string
	DataDir string `json:"-"` // empty keeps nothing

	// Discovery looks for servers on the discovery network, DNS in these lists.
	Discovery  bool
	DNS        []string // enrtree:// URLs
	Bootnodes  []string // enode URLs or ENRs; none are those of Network
	UDPAddr    string   `json:"-"` // host:port for discovery; empty picks one
	MaxServers int      // discovered ones to be connected to

	// Demand is what to buy from servers that sell, in the words of buyer.ParseDemand; empty is what was
	// demanded last, or nothing. Free buys nothing from now on, Budget says what a day may cost, in base units.
	Demand string `json:"-"`
	Free   bool   `json:"-"`
	Budget string `json:"-"`
	// Token is what is paid in: CHAINID, for the chain's own coin, or CHAINID:ADDRESS. Empty is that of the first
	// server that sells.
	Token string
	// Fund fills accounts at servers; nil if only their operators can, or Pay says how.
	Fund bidder.Fund `json:"-"`
	Pay  PayConfig
	// idle buys nothing, and does not change what is demanded.
	idle bool
	// patience is how long the desk of payments waits for a server that is not connected; 0: as package payments does.
	patience time.Duration

	HTTPAddr string   `json:"-"`
	CORS     []string `json:"-"`
	VHosts   []string `json:"-"`
}

// Light is a running light client with its connections and its endpoint.
type Light struct {
	client   *client.Client
	finder   *discovery.Finder // nil unless servers are looked for
	payer    *payer            // nil unless it pays by itself
	desk     *payments.Desk    // where its owner looks after that; nil unless it does
	listener net.Listener
	log      *slog.Logger
	close    closers
}

const (
	// readyPoll is the pause between two looks at a client that is not ready yet.
	readyPoll = 20 * time.Millisecond
	// readyRemind is how often the log says that it is not.
	readyRemind = 15 * time.Second
)

// StartLight starts a light client. Its endpoint listens when this returns, and
// answers what can be answered; see Ready.
func StartLight(ctx context.Context, env Env, cfg LightConfig) (_ *Light, err error) {
	tameGethLog(env.Logger)
	l := &Light{log: env.Logger}
	defer func() {
		if err != nil {
			err = errors.Join(err, l.Close())
		}
	}()
	if err := cfg.check(); err != nil {
		return nil, err
	}
	trusted, err := parseNodes("--trusted", cfg.Trusted)
	if err != nil {
		return nil, err
	}
	servers, err := parseNodes("--server", cfg.Servers)
	if err != nil {
		return nil, err
	}
	if err := mustBeFolder(cfg.DataDir); err != nil {
		return nil, err
	}
	// The port first: it is what most often goes wrong, and costs nothing to try.
	if l.listener, err = listenFor(ctx, "--http.port", cfg.HTTPAddr); err != nil {
		return nil, err
	}
	l.close.add(l.listener.Close)
	if err := probe(ctx, "--metrics.addr", env.MetricsAddr); err != nil {
		return nil, err
	}

	if err := l.startClient(ctx, env, &cfg, trusted, servers); err != nil {
		return nil, err
	}
	if err := l.startRPC(env, &cfg); err != nil {
		return nil, err
	}
	registry := prometheus.NewRegistry()
	registry.MustRegister(newClientCollector(l.client))
	stop, err := startMetrics(ctx, env, registry)
	if err != nil {
		return nil, err
	}
	l.close.add(stop)
	l.close.add(l.client.StopBuying) // before anything else ends: paying may need all of it
	if err := l.servePayments(ctx, env, &cfg); err != nil {
		return nil, err
	}
	env.Logger.Info("JSON-RPC listens", "url", l.URL())
	return l, nil
}

func (l *Light) startClient(ctx context.Context, env Env, cfg *LightConfig, trusted, servers []*enode.Node) error {
	chain, err := cfg.chain()
	if err != nil {
		return err
	}
	key, err := cfg.sessionKey()
	if err != nil {
		return err
	}
	// By this name an operator grants it capacity.
	env.Logger.Info("servers know this client by its node id", "id", enode.PubkeyToIDV4(&key.PublicKey),
		"account", crypto.PubkeyToAddress(key.PublicKey))
	buy, err := cfg.buying(env, key, l.URL())
	if err != nil {
		return err
	}
	buy.OpenPayer = l.keepPayer(buy.OpenPayer)
	l.client, err = client.New(client.Config{
		Trusted:         trusted,
		Servers:         servers,
		FractionPercent: cfg.Fraction,
		Genesis:         chain.genesis,
		GenesisTime:     chain.time,
		Chain:           chain.config,
		NetworkID:       chain.networkID,
		DB:              cfg.file("light.db"),
		Buy:             buy,
		Clock:           env.Now,
		Logger:          env.Logger,
	})
	if err != nil {
		return err
	}
	l.close.add(l.client.Close)
	search, err := cfg.search(env)
	if err != nil {
		return err
	}
	versions := []uint{wire.LES4, wire.LES5}
	host, err := devp2p.NewHost(devp2p.Config{
		Key:        key,
		Name:       clientName,
		MaxPeers:   2 * (len(trusted) + len(servers) + cfg.MaxServers),
		Discovery:  search.network,
		Versions:   versions,
		Market:     true,
		Handler:    l.client.Serve,
		RetryAfter: retryAfter,
		Waiting:    func(id [32]byte, wait time.Duration) { l.client.SetRetry(id, env.Now().Add(wait)) },
		Logger:     env.Logger,
	})
	if _, refused := errors.AsType[*net.OpError](err); refused {
		return cannotListen("--udp.port", cfg.UDPAddr, err)
	}
	if err != nil {
		return err
	}
	l.close.add(func() error {
		err := l.client.StopBuying() // while servers can still be told
		host.Close()
		return err
	})
	dialed := make(map[enode.ID]bool)
	for _, n := range slices.Concat(trusted, servers) {
		if !dialed[n.ID()] {
			dialed[n.ID()] = true
			host.Keep(context.WithoutCancel(ctx), n)
		}
	}
	if search.wanted {
		l.finder = discovery.Find(discovery.Config{
			Host: host, Client: l.client, Versions: versions, Max: cfg.MaxServers,
			Bootnodes: search.bootnodes, Lists: search.lists,
			Except: slices.Concat(trusted, servers),
			Offers: true, // what is demanded may change, and who looks at prices may not demand anything yet
			Now:    env.Now, Logger: env.Logger,
		})
		l.close.add(l.finder.Close)
		l.client.ReportOffers(l.offers)
		l.client.ReportDiscovery(func() client.DiscoveryStatus {
			st := l.finder.Stats()
			return client.DiscoveryStatus{
				Known: st.Known, Free: st.Free, Full: st.Full, Connected: st.Visited,
				Wanted: cfg.MaxServers, NextRetry: st.Retry,
			}
		})
	}
	return nil
}

// offers are what found servers offer.
func (l *Light) offers() (list []bidder.Offer) {
	for _, o := range l.finder.Offers() {
		offer := bidder.Offer{ID: buyer.ID(o.Server.ID()), At: o.At.UTC(), Offer: o.Offer}
		if at, ok := o.Server.TCPEndpoint(); ok {
			offer.Address = at.String()
		}
		list = append(list, offer)
	}
	return list
}

func (l *Light) startRPC(env Env, cfg *LightConfig) error {
	srv, err := rpc.New(rpc.Config{
		Backend: l.client,
		Version: clientName,
		Clock:   env.Now,
		Logger:  env.Logger,
		CORS:    cfg.CORS,
		Hosts:   cfg.VHosts,
	})
	if err != nil {
		return err
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := srv.Serve(l.listener); err != nil {
			env.Logger.Error("serving JSON-RPC ended", "err", err)
		}
	}()
	l.close.add(func() error {
		err := srv.Close()
		<-done
		return err
	})
	return nil
}

// URL is where the endpoint answers, HTTP and WebSocket alike.
func (l *Light) URL() string {
	addr := l.listener.Addr().String()
	if host, port, err := net.SplitHostPort(addr); err == nil && net.ParseIP(host).IsUnspecified() {
		addr = net.JoinHostPort("127.0.0.1", port)
	}
	return "http://" + addr
}

// Client is the light client itself.
func (l *Light) Client() *client.Client { return l.client }

// Ready waits until the client has proven something about the head's state, which
// is when it can answer whatever a wallet asks. While that takes its time, the log
// says what is missing.
func (l *Light) Ready(ctx context.Context) error {
	ticker := time.NewTicker(readyPoll)
	defer ticker.Stop()
	remind := time.NewTicker(readyRemind)
	defer remind.Stop()
	for {
		err := l.prove(ctx)
		if err == nil {
			return nil
		}
		select {
		case <-ticker.C:
		case <-remind.C:
			l.log.Warn("no proven answer can be given yet", "err", err)
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// prove asks for an account at the head.
func (l *Light) prove(ctx context.Context) error {
	heads, err := l.client.Heads()
	if err != nil {
		return err
	}
	if l.client.Config() == nil {
		return client.ErrNoConfig
	}
	_, err = l.client.Account(ctx, heads.Latest, common.Address{})
	return err
}

// Close ends the endpoint, the connections and the client.
func (l *Light) Close() error {
	err := l.close.close()
	if errors.Is(err, net.ErrClosed) {
		return nil // the endpoint closed its listener before we did
	}
	return err
}

// check finds what cannot be meant.
func (c *LightConfig) check() error {
	switch {
	case c.Fraction < 1 || c.Fraction > 100:
		return usage.Errorf("--fraction %d: it is a percentage from 1 to 100", c.Fraction)
	case c.Genesis != "" && c.Network != "":
		return usage.Errorf("--genesis and --network both name a chain: give one of them")
	}
	if _, err := c.demand(); err != nil {
		return err
	}
	return c.checkDiscovery()
}

// knownChain is what a light client knows of its chain beforehand; the zero value
// is nothing.
type knownChain struct {
	genesis   common.Hash
	time      uint64 // of the genesis block
	config    *params.ChainConfig
	networkID uint64
}

func (c *LightConfig) chain() (knownChain, error) {
	if c.Genesis != "" {
		genesis, err := embedded.ReadGenesis(c.Genesis)
		if err != nil {
			return knownChain{}, err
		}
		return known(genesis.ToBlock().Hash(), genesis.Timestamp, genesis.Config), nil
	}
	// The genesis blocks of public networks are known by their hashes: building
	// mainnet's takes more memory than all else that a light client does.
	switch c.Network {
	case "":
		return knownChain{}, nil
	case "mainnet":
		return known(params.MainnetGenesisHash, 0, params.MainnetChainConfig), nil
	case "sepolia":
		return known(params.SepoliaGenesisHash, 1633267481, params.SepoliaChainConfig), nil
	case "hoodi":
		return known(params.HoodiGenesisHash, 1742212800, params.HoodiChainConfig), nil
	default:
		return knownChain{}, unknownNetwork(c.Network)
	}
}

func known(genesis common.Hash, at uint64, config *params.ChainConfig) knownChain {
	return knownChain{genesis: genesis, time: at, config: config, networkID: config.ChainID.Uint64()}
}

func (c *LightConfig) file(name string) string {
	if c.DataDir == "" {
		return ""
	}
	return filepath.Join(c.DataDir, name)
}

// sessionKey is the key that servers know this client by.
func (c *LightConfig) sessionKey() (*ecdsa.PrivateKey, error) {
	if c.DataDir == "" {
		return crypto.GenerateKey()
	}
	return loadKey(c.file("session.key"))
}
