// Package devp2p runs LES sessions over real devp2p connections.
//
// A Host owns one p2p.Server that does nothing but LES: it has its own key, its
// own peers and its own accept loop, so that light clients never take a
// connection from the chain's peers, nor the other way round. go-ethereum's own
// listener and dialer are left out, because they are made for a gossip network:
// the listener turns away a second client from one address for half a minute,
// and the dialer does not look at a lost server again for 35 seconds. Connections
// that are accepted do without p2p.Server altogether (peer.go): it is made for 50
// peers, and lets each of them do what no flow control sees.
//
// What runs on a connection is the caller's business: a Handler gets the peer
// and its message stream, and the connection ends when it returns.
package devp2p

import (
	"context"
	"crypto/ecdsa"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"runtime"
	"sync"
	"syscall"
	"time"

	"github.com/ethereum/go-ethereum/event"
	gethlog "github.com/ethereum/go-ethereum/log"
	"github.com/ethereum/go-ethereum/p2p"
	"github.com/ethereum/go-ethereum/p2p/discover"
	"github.com/ethereum/go-ethereum/p2p/enode"
	"github.com/ethereum/go-ethereum/p2p/enr"

	"github.com/candela-les/candela/wire"
)

// Handler runs one session. The connection is closed when it returns; the
// context ends when the connection or the host does.
type Handler func(ctx context.Context, peer wire.Peer, conn wire.Conn) error

// Config says what a Host is.
type Config struct {
	Key  *ecdsa.PrivateKey
	Name string // shown to peers, e.g. candela/v0.1.0

	// ListenAddr is host:port to accept connections on; empty accepts none.
	ListenAddr string
	MaxPeers   int
	// Admission bounds what connections may cost that are not peers yet.
	Admission Admission

	// Discovery makes the host part of a discovery network; nil keeps it out.
	Discovery *Discovery

	// Precedence lets accepted connections go first that their handlers Prefer; nil: none
	// can.
	Precedence *Precedence

	Versions []uint // of the les capability
	// Market says that the host speaks market/1. It does so beside les/5 only; a session on
	// which both ends do has wire.Peer.Market set.
	Market  bool
	Handler Handler
	// Disconnect picks the devp2p reason that a session's error is told the
	// peer with. Nil means that every error is a breach of the subprotocol.
	Disconnect func(error) p2p.DiscReason
	// RetryAfter says of a session's error for how long the server wants to be left
	// alone, 0 for not at all. Nil means that no error says so.
	RetryAfter func(error) time.Duration
	// Waiting is told of a kept node that is full when it will be dialed again. It may
	// be nil.
	Waiting func(id [32]byte, wait time.Duration)

	Logger *slog.Logger
}

// A Host has live devp2p connections. Close ends and waits for all of them.
type Host struct {
	cfg      Config
	srv      *p2p.Server
	listener net.Listener
	udp      *net.UDPConn       // of discovery
	disc     *discover.UDPv5    // nil without discovery
	drops    event.Subscription // of connections

	ctx    context.Context
	cancel context.CancelFunc
	loops  sync.WaitGroup // accept loop, handshakes, dial loops

	gate  *gate         // nil if the host does not listen
	slots chan struct{} // for connections that are agreeing on keys
	price time.Duration // of processor time, for one connection
	stats counters
	hello []byte // the host's own greeting

	mu struct {
		sync.Mutex
		pending map[net.Conn]struct{} // dialed connections still shaking hands
		visits  map[enode.ID]*visit   // connections that were dialed
		peers   map[enode.ID]*peer    // connections that were accepted
		closed  bool
	}
}

// NewHost starts a host. It listens, if it does, from the moment this returns.
func NewHost(cfg Config) (*Host, error) {
	if cfg.Logger == nil {
		cfg.Logger = slog.New(slog.DiscardHandler)
	}
	h := &Host{cfg: cfg, slots: make(chan struct{}, (runtime.GOMAXPROCS(0)+3)/4)}
	h.mu.pending = make(map[net.Conn]struct{})
	h.mu.visits = make(map[enode.ID]*visit)
	h.mu.peers = make(map[enode.ID]*peer)
	h.ctx, h.cancel = context.WithCancel(context.Background())
	if err := h.start(); err != nil {
		h.cancel()
		return nil, err
	}
	h.watchDrops()
	if h.listener != nil {
		if err := h.startGate(); err != nil {
			h.Close()
			return nil, err
		}
	}
	if h.mappable() {
		h.loops.Go(func() { h.mapPorts(cfg.Discovery.NAT) })
	}
	return h, nil
}

// samePortTries is how often a port of the system's choice is tried that has to be
// free for TCP and UDP.
const samePortTries = 10

// start listens and starts devp2p.
func (h *Host) start() error {
	for try := 1; ; try++ {
		err := h.listen()
		if err == nil {
			err = h.listenUDP()
		}
		if err == nil {
			err = h.startServer()
		}
		if err == nil {
			return nil
		}
		h.unlisten()
		if try == samePortTries || !h.anyPort() || !errors.Is(err, syscall.EADDRINUSE) {
			return err
		}
	}
}

// unlisten closes the ports.
func (h *Host) unlisten() {
	if h.listener != nil {
		h.listener.Close()
	}
	if h.udp != nil {
		h.udp.Close()
	}
}

// listen opens the TCP port.
func (h *Host) listen() error {
	if h.cfg.ListenAddr == "" {
		return nil
	}
	var config net.ListenConfig
	l, err := config.Listen(h.ctx, "tcp", h.cfg.ListenAddr)
	if err != nil {
		return fmt.Errorf("listen for light clients: %w", err)
	}
	h.listener = l
	return nil
}

// startServer starts devp2p, and discovery with it.
func (h *Host) startServer() error {
	config := p2p.Config{
		PrivateKey:  h.cfg.Key,
		Name:        h.cfg.Name,
		MaxPeers:    h.cfg.MaxPeers,
		NoDiscovery: true,
		NoDial:      true,
		Protocols:   h.protocols(),
		Logger:      gethlog.NewLogger(quiet{h.cfg.Logger.Handler()}),
	}
	if d := h.cfg.Discovery; d != nil {
		config.NodeDatabase = d.Database
	}
	h.srv = &p2p.Server{Config: config}
	if err := h.srv.Start(); err != nil {
		return fmt.Errorf("start devp2p: %w", err)
	}
	if h.listener != nil {
		h.announceAddress()
	}
	if err := h.startDiscovery(); err != nil {
		h.srv.Stop()
		return fmt.Errorf("start discovery: %w", err)
	}
	return nil
}

// announceAddress puts the port (and the address, where it is a definite one)
// of the listener into the node record.
func (h *Host) announceAddress() {
	addr, ok := h.listener.Addr().(*net.TCPAddr)
	if !ok {
		return
	}
	ln := h.srv.LocalNode()
	ln.Set(enr.TCP(addr.Port)) //nolint:gosec // a port fits
	if !addr.IP.IsUnspecified() && (h.cfg.Discovery == nil || h.cfg.Discovery.NAT == nil) {
		ln.SetStaticIP(addr.IP)
	}
}

// Self returns the host's own node record.
func (h *Host) Self() *enode.Node { return h.srv.Self() }

// URL is the enode URL to give out: key, address and TCP port. (The record's own
// would add that there is no UDP port, for every reader to wonder about.)
func (h *Host) URL() string {
	self := h.srv.Self()
	return enode.NewV4(self.Pubkey(), self.IP(), self.TCP(), self.TCP()).URLv4()
}

// PeerCount returns the number of live connections.
func (h *Host) PeerCount() int {
	h.mu.Lock()
	accepted := len(h.mu.peers)
	h.mu.Unlock()
	return h.srv.PeerCount() + accepted
}

// Close ends all connections and waits until their handlers have returned.
func (h *Host) Close() {
	h.mu.Lock()
	if h.mu.closed {
		h.mu.Unlock()
		return
	}
	h.mu.closed = true
	pending := make([]net.Conn, 0, len(h.mu.pending))
	for c := range h.mu.pending {
		pending = append(pending, c)
	}
	h.mu.Unlock()

	h.cancel()
	if h.listener != nil {
		h.listener.Close()
	}
	if h.disc != nil {
		h.disc.Close() // before the server closes the database
	}
	for _, c := range pending {
		c.Close()
	}
	h.srv.Stop()
	h.drops.Unsubscribe()
	h.loops.Wait()
}
