package devp2p

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"time"

	"github.com/ethereum/go-ethereum/p2p/enode"

	"github.com/candela-les/candela/internal/pause"
)

// dialedConn is a flag of p2p's connections. Its type is unexported there, an untyped
// constant reaches it all the same; a test pins what it does.
const dialedConn = 2

const (
	dialTimeout = 5 * time.Second
	redialMin   = 250 * time.Millisecond
	redialMax   = 15 * time.Second
	// settledAfter tells a connection that works from one that is refused.
	settledAfter = 2 * time.Second
)

// setup shakes hands on a connection that was dialed; afterwards p2p owns it.
func (h *Host) setup(conn net.Conn, dest *enode.Node) error {
	h.mu.Lock()
	if h.mu.closed {
		h.mu.Unlock()
		conn.Close()
		return net.ErrClosed
	}
	h.mu.pending[conn] = struct{}{}
	h.mu.Unlock()
	defer func() {
		h.mu.Lock()
		delete(h.mu.pending, conn)
		h.mu.Unlock()
	}()
	return h.srv.SetupConn(conn, dialedConn, dest)
}

// connect dials the node once and shakes hands. The session then runs on its
// own until the connection is closed, by whichever side.
func (h *Host) connect(ctx context.Context, node *enode.Node) (*watchedConn, error) {
	address := Address(node)
	if address == "" {
		return nil, errors.New("node record has no TCP address")
	}
	dialer := net.Dialer{Timeout: dialTimeout}
	conn, err := dialer.DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, err
	}
	watched := &watchedConn{Conn: conn, closed: make(chan struct{})}
	if err := h.setup(watched, node); err != nil {
		return nil, err
	}
	return watched, nil
}

// Keep holds a connection to the node until the context ends: it dials at once,
// and again whenever the connection is lost, ever more slowly while that fails, and
// not before a server that is full said that it may. It returns at once; the host
// waits for it in Close.
func (h *Host) Keep(ctx context.Context, node *enode.Node) {
	h.loops.Go(func() {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		defer context.AfterFunc(h.ctx, cancel)()
		retries := newBackoff()
		log := outage{log: h.cfg.Logger.With(slog.String("server", node.ID().TerminalString()), slog.String("addr", Address(node)))}
		for ctx.Err() == nil {
			held, err := h.Visit(ctx, node, log.over)
			if ctx.Err() != nil {
				return
			}
			if held < settledAfter {
				log.failed(err)
			}
			wait, full := retries.next(h, held, err)
			if full && h.cfg.Waiting != nil {
				h.cfg.Waiting(node.ID(), wait)
			}
			if pause.For(ctx, wait, nil) != nil {
				return
			}
		}
	})
}
