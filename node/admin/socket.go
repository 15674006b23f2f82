package admin

import (
	"context"
	"path/filepath"

	"github.com/ethereum/go-ethereum/rpc"

	"github.com/candela-les/candela/node/socket"
)

// SocketName is the Unix socket of an office.
const SocketName = "admin.ipc"

// Serve answers at the office for this server, until stop is called, which waits for
// all that was begun. takings is nil where clients cannot pay by themselves.
func (d *Office) Serve(ctx context.Context, m Market, takings Takings) (stop func() error, err error) {
	srv := rpc.NewServer()
	seller, _ := m.(Seller)
	if err := srv.RegisterName(Namespace, &api{office: d, market: m, seller: seller, takings: takings}); err != nil {
		return nil, err
	}
	if stop, err = at(d.path(SocketName)).Serve(ctx, srv); err != nil { // the directory's lock is ours
		return nil, err
	}
	d.cfg.Logger.Info("admin", "socket", d.path(SocketName))
	return stop, nil
}

func at(path string) socket.Place {
	return socket.Place{Path: path, Name: "admin socket", Who: "the server", Namespace: Namespace, Nobody: ErrNotRunning}
}

// SocketIn is the path of the socket in a data directory.
func SocketIn(dir string) string { return filepath.Join(dir, SocketName) }
