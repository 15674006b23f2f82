package devp2p

import (
	"errors"
	"fmt"
	"net"
	"time"

	"github.com/ethereum/go-ethereum/p2p/discover"
	"github.com/ethereum/go-ethereum/p2p/enode"
	"github.com/ethereum/go-ethereum/p2p/enr"
	"github.com/ethereum/go-ethereum/p2p/nat"
)

// Discovery says how a host is part of a discovery network (discv5).
type Discovery struct {
	// Addr is the UDP host:port; empty takes the address and port number of the TCP
	// listener.
	Addr string
	// Bootnodes are asked first for others.
	Bootnodes []*enode.Node
	// NAT maps the ports to the public address, or knows that address; nil does not.
	NAT nat.Interface
	// Database is a directory in which nodes are remembered; empty remembers none.
	Database string
}

// ErrNoDiscovery: the host is not part of a discovery network.
var ErrNoDiscovery = errors.New("discovery is off")

// pingInterval is the longest pause between two pings of nodes that have not been
// pinged before. Only after that are others told of them: with go-ethereum's 3 s a network
// of twenty nodes that start together takes half a minute to know itself.
const pingInterval = time.Second

// listenUDP opens the port of discovery.
func (h *Host) listenUDP() error {
	d := h.cfg.Discovery
	if d == nil {
		return nil
	}
	addr := d.Addr
	if addr == "" && h.listener != nil {
		addr = h.listener.Addr().String()
	}
	var config net.ListenConfig
	conn, err := config.ListenPacket(h.ctx, "udp", addr)
	if err != nil {
		return fmt.Errorf("listen for discovery: %w", err)
	}
	h.udp = conn.(*net.UDPConn)
	return nil
}

// startDiscovery makes the host part of the network. It is not p2p.Server's own
// discovery because that has no way to set the interval above.
func (h *Host) startDiscovery() (err error) {
	d := h.cfg.Discovery
	if d == nil {
		return nil
	}
	ln := h.srv.LocalNode()
	ln.SetFallbackUDP(port(h.udp.LocalAddr()))
	if d.NAT != nil {
		if ip, ok := d.NAT.(nat.ExtIP); ok {
			ln.SetStaticIP(net.IP(ip))
		}
	}
	config := discover.Config{PrivateKey: h.cfg.Key, Bootnodes: d.Bootnodes, Log: h.srv.Logger}
	if h.listener != nil {
		config.PingInterval = pingInterval // else nobody is told anything by this node
	}
	h.disc, err = discover.ListenV5(h.udp, ln, config)
	return err
}

// port is the number of a TCP or UDP address.
func port(addr net.Addr) int {
	switch a := addr.(type) {
	case *net.TCPAddr:
		return a.Port
	case *net.UDPAddr:
		return a.Port
	default:
		return 0
	}
}

// anyPort says whether the system chooses the TCP port.
func (h *Host) anyPort() bool {
	_, port, err := net.SplitHostPort(h.cfg.ListenAddr)
	return err == nil && port == "0"
}

// Nodes walks over the discovery network, without end and in no order, until it is
// closed or the host is. It ends at once if there is no discovery.
func (h *Host) Nodes() enode.Iterator {
	if h.disc == nil {
		return enode.IterNodes(nil)
	}
	return h.disc.RandomNodes()
}

// Ask sends a TALKREQ to a node and waits for its answer, for about a second.
func (h *Host) Ask(node *enode.Node, protocol string, request []byte) ([]byte, error) {
	if h.disc == nil {
		return nil, ErrNoDiscovery
	}
	if _, ok := node.UDPEndpoint(); !ok {
		return nil, errors.New("node record has no UDP address")
	}
	return h.disc.TalkRequest(node, protocol, request)
}

// AskRecord asks a node for its own, signed record, for about a second.
func (h *Host) AskRecord(node *enode.Node) (*enode.Node, error) {
	if h.disc == nil {
		return nil, ErrNoDiscovery
	}
	if _, ok := node.UDPEndpoint(); !ok {
		return nil, errors.New("node record has no UDP address")
	}
	return h.disc.RequestENR(node)
}

// Answer has TALKREQs of a protocol answered. The handler must be quick, and may
// return nil for no answer in particular. It does nothing without discovery.
func (h *Host) Answer(protocol string, handler func(node *enode.Node, addr *net.UDPAddr, request []byte) []byte) {
	if h.disc != nil {
		h.disc.RegisterTalkHandler(protocol, handler)
	}
}

// SetEntry puts an entry into the host's own node record.
func (h *Host) SetEntry(e enr.Entry) { h.srv.LocalNode().Set(e) }
