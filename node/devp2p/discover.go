package devp2p

import (
	"errors"
	"net"
	"time"

	"github.com/ethereum/go-ethereum/p2p"
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

// discover adds discovery to the configuration of devp2p.
func (h *Host) discover(config *p2p.Config) error {
	d := h.cfg.Discovery
	addr := d.Addr
	if addr == "" {
		addr = h.listener.Addr().String()
	}
	// Tried first, because devp2p leaves its database open if its own try fails.
	var try net.ListenConfig
	conn, err := try.ListenPacket(h.ctx, "udp", addr)
	if err != nil {
		return err
	}
	conn.Close()
	config.NoDiscovery, config.DiscoveryV5 = false, true
	config.DiscAddr = addr
	config.BootstrapNodesV5 = d.Bootnodes
	config.NAT = d.NAT
	config.NodeDatabase = d.Database
	return nil
}

// anyPort says whether the system chooses the TCP port.
func (h *Host) anyPort() bool {
	_, port, err := net.SplitHostPort(h.cfg.ListenAddr)
	return err == nil && port == "0"
}

func (h *Host) discv5() *discover.UDPv5 { return h.srv.DiscoveryV5() }

// Nodes walks over the discovery network, without end and in no order, until it is
// closed or the host is. It ends at once if there is no discovery.
func (h *Host) Nodes() enode.Iterator {
	if h.discv5() == nil {
		return enode.IterNodes(nil)
	}
	return h.discv5().RandomNodes()
}

// Ask sends a TALKREQ to a node and waits for its answer, for about a second.
func (h *Host) Ask(node *enode.Node, protocol string, request []byte) ([]byte, error) {
	if h.discv5() == nil {
		return nil, ErrNoDiscovery
	}
	if _, ok := node.UDPEndpoint(); !ok {
		return nil, errors.New("node record has no UDP address")
	}
	return h.discv5().TalkRequest(node, protocol, request)
}

// AskRecord asks a node for its own, signed record, for about a second.
func (h *Host) AskRecord(node *enode.Node) (*enode.Node, error) {
	if h.discv5() == nil {
		return nil, ErrNoDiscovery
	}
	if _, ok := node.UDPEndpoint(); !ok {
		return nil, errors.New("node record has no UDP address")
	}
	return h.discv5().RequestENR(node)
}

// Answer has TALKREQs of a protocol answered. The handler must be quick, and may
// return nil for no answer in particular. It does nothing without discovery.
func (h *Host) Answer(protocol string, handler func(node *enode.Node, addr *net.UDPAddr, request []byte) []byte) {
	if h.discv5() != nil {
		h.discv5().RegisterTalkHandler(protocol, handler)
	}
}

// SetEntry puts an entry into the host's own node record.
func (h *Host) SetEntry(e enr.Entry) { h.srv.LocalNode().Set(e) }

// Times of the TCP port's mapping, as go-ethereum maps its own.
const (
	mapLife    = 10 * time.Minute
	mapRefresh = 8 * time.Minute
)

// mapPort keeps the TCP port mapped; devp2p maps the UDP port, which is its own.
func (h *Host) mapPort(mapper nat.Interface) {
	addr, ok := h.listener.Addr().(*net.TCPAddr)
	if !ok || addr.IP.IsLoopback() || addr.IP.IsPrivate() {
		return
	}
	external := 0
	for {
		port, err := mapper.AddMapping("tcp", external, addr.Port, "les", mapLife)
		switch {
		case err != nil:
			h.cfg.Logger.Debug("TCP port not mapped", "nat", mapper, "err", err)
		case int(port) != external:
			external = int(port)
			h.SetEntry(enr.TCP(port))
			h.cfg.Logger.Info("TCP port mapped", "nat", mapper, "port", port)
		}
		if !sleep(h.ctx, mapRefresh) {
			break
		}
	}
	if external != 0 {
		mapper.DeleteMapping("tcp", external, addr.Port) //nolint:errcheck // it ends by itself
	}
}
