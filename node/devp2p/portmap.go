package devp2p

import (
	"log/slog"
	"net"
	"strings"
	"time"

	"github.com/ethereum/go-ethereum/p2p/enr"
	"github.com/ethereum/go-ethereum/p2p/nat"

	"github.com/candela-les/candela/internal/pause"
)

// Times of port mappings, as go-ethereum has them for its own.
const (
	mapLife    = 10 * time.Minute
	mapRefresh = 8 * time.Minute
	mapRetry   = 2 * time.Minute
)

// mapping is one port at a router.
type mapping struct {
	protocol           string // TCP or UDP
	internal, external int    // external is 0 while it is not mapped
	publish            func(port int)
}

// mapPorts keeps the ports mapped at the router, and its address in the node record,
// until the host is closed.
func (h *Host) mapPorts(router nat.Interface) {
	ln := h.srv.LocalNode()
	ports := []*mapping{
		{protocol: "TCP", internal: port(h.listener.Addr()), publish: func(port int) { ln.Set(enr.TCP(port)) }}, //nolint:gosec // a port fits
		{protocol: "UDP", internal: port(h.udp.LocalAddr()), publish: ln.SetFallbackUDP},
	}
	log := h.cfg.Logger.With(slog.String("nat", router.String()))
	var known net.IP
	for wait := time.Duration(0); pause.For(h.ctx, wait, nil) == nil; {
		wait = mapRefresh
		if ip, err := router.ExternalIP(); err != nil {
			log.Debug("public address not known", "err", err)
			wait = mapRetry
		} else if !ip.Equal(known) {
			known = ip
			ln.SetStaticIP(ip)
			log.Info("public address", "ip", ip)
		}
		for _, m := range ports {
			if err := m.refresh(router); err != nil {
				log.Debug("port not mapped", "protocol", m.protocol, "port", m.internal, "err", err)
				wait = mapRetry
			}
		}
	}
	for _, m := range ports {
		if m.external != 0 {
			router.DeleteMapping(strings.ToLower(m.protocol), m.external, m.internal) //nolint:errcheck // it ends by itself
		}
	}
}

// refresh makes or renews the mapping.
func (m *mapping) refresh(router nat.Interface) error {
	port, err := router.AddMapping(strings.ToLower(m.protocol), m.external, m.internal, "les "+m.protocol, mapLife)
	if err != nil {
		return err
	}
	if int(port) != m.external {
		m.external = int(port)
		m.publish(m.external)
	}
	return nil
}

// mappable says whether there is a router to be asked, and a port that it could map.
func (h *Host) mappable() bool {
	d := h.cfg.Discovery
	if d == nil || d.NAT == nil || h.listener == nil {
		return false
	}
	if _, known := d.NAT.(nat.ExtIP); known {
		return false
	}
	addr, ok := h.listener.Addr().(*net.TCPAddr)
	return ok && !addr.IP.IsLoopback()
}
