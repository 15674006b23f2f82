package devp2p

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/ethereum/go-ethereum/p2p"

	"github.com/candela-les/candela/wire"
	"github.com/candela-les/candela/wire/marketwire"
)

// A connection has one capability or two, les and market, and one session for both.
//
// devp2p numbers the messages of all capabilities that both ends have announced, in
// the order of their names, each with its highest common version: those of market
// follow those of les, whichever version that is. Market is used beside les/5 only.
// Beside an older one its codes are numbered all the same, and nobody may send them.

// marketCap is how market/1 is announced.
func marketCap() p2p.Cap {
	return p2p.Cap{Name: marketwire.Protocol, Version: marketwire.Version}
}

// trades says whether market/1 is announced.
func (c *Config) trades() bool { return c.Market && slices.Contains(c.Versions, wire.LES5) }

// checkCode returns an error that wraps wire.ErrUnknownCode for a code that is none of
// the session's, counted from the first one of les.
func checkCode(peer *wire.Peer, code uint64) error {
	codes := wire.Length(peer.Version)
	if peer.Market {
		codes += marketwire.Length
	}
	if code >= codes {
		return fmt.Errorf("code %#x of %#x: %w", code, codes, wire.ErrUnknownCode)
	}
	return nil
}

// maxPayload is how many bytes a message with this code has at most.
func maxPayload(peer *wire.Peer, code uint64) int {
	if _, market := peer.MarketCode(code); market {
		return marketwire.MaxMessage
	}
	return wire.MaxMessage
}

// protocols are what p2p runs on dialed connections. It gives each capability a
// goroutine and messages of its own, and that way a client could not tell what came first.
// Therefore les is said to have the codes of market too, which begin where its own end;
// only the number of codes before a capability is of any consequence on the wire. What p2p
// knows as market has none left.
func (h *Host) protocols() []p2p.Protocol {
	protocols := make([]p2p.Protocol, 0, len(h.cfg.Versions)+1)
	for _, version := range h.cfg.Versions {
		length := wire.Length(version)
		if h.cfg.trades() {
			length += marketwire.Length
		}
		protocols = append(protocols, p2p.Protocol{
			Name: wire.Protocol, Version: version, Length: length,
			Run: func(p *p2p.Peer, rw p2p.MsgReadWriter) error { return h.run(version, p, rw) },
		})
	}
	if h.cfg.trades() {
		protocols = append(protocols, p2p.Protocol{
			Name: marketwire.Protocol, Version: marketwire.Version, Run: h.runMarket,
		})
	}
	return protocols
}

// run hands one dialed connection to the handler.
func (h *Host) run(version uint, p *p2p.Peer, rw p2p.MsgReadWriter) error {
	ctx, cancel := context.WithCancel(h.ctx)
	defer cancel()
	s := &stream{rw: rw, is: wire.Peer{
		ID:      p.ID(),
		Key:     p.Node().Pubkey(),
		Name:    p.Fullname(),
		Addr:    p.RemoteAddr().String(),
		Version: version,
		Market:  version == wire.LES5 && p.RunningCap(marketwire.Protocol, []uint{marketwire.Version}),
	}}
	err := h.cfg.Handler(ctx, s.is, s)
	if v := h.visitTo(p.ID()); v != nil {
		v.session(err)
	}
	switch {
	case err == nil || h.ctx.Err() != nil:
		return p2p.DiscQuitting
	case s.fault.Load():
		return p2p.DiscProtocolError
	case h.cfg.Disconnect == nil || errors.Is(err, errConnectionLost):
		return err
	default:
		return h.cfg.Disconnect(err)
	}
}

// runMarket waits for the end of a dialed connection whose other end announced market/1. Run
// has its messages.
func (h *Host) runMarket(p *p2p.Peer, rw p2p.MsgReadWriter) error {
	if p.RunningCap(wire.Protocol, h.cfg.Versions) {
		_, err := rw.ReadMsg()
		return err
	}
	if v := h.visitTo(p.ID()); v != nil {
		v.session(p2p.DiscUselessPeer)
	}
	return p2p.DiscUselessPeer
}
