package devp2p

import (
	"context"
	"log/slog"
	"net"
	"sync"

	gethlog "github.com/ethereum/go-ethereum/log"
)

// watchedConn tells when it has been closed.
type watchedConn struct {
	net.Conn
	once   sync.Once
	closed chan struct{}
}

func (c *watchedConn) Close() error {
	c.once.Do(func() { close(c.closed) })
	return c.Conn.Close()
}

// quiet drops what p2p has to say below errors: it logs every peer that comes and
// goes, which the sessions' owner does too and better, and warns that a server
// without its own listener and dialer is useless.
type quiet struct{ slog.Handler }

func (q quiet) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= gethlog.LevelError && q.Handler.Enabled(ctx, level)
}

func (q quiet) WithAttrs(attrs []slog.Attr) slog.Handler { return quiet{q.Handler.WithAttrs(attrs)} }
func (q quiet) WithGroup(name string) slog.Handler       { return quiet{q.Handler.WithGroup(name)} }
