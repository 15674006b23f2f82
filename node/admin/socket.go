package admin

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"sync"

	"github.com/ethereum/go-ethereum/rpc"
)

const (
	// SocketName is the Unix socket of an office.
	SocketName = "admin.ipc"
	// maxConns is how many may be at the office at once. The next one waits.
	maxConns = 32
)

// Serve answers at the office for this server, until stop is called, which waits for
// all that was begun. takings is nil where clients cannot pay by themselves.
func (d *Office) Serve(ctx context.Context, m Market, takings Takings) (stop func() error, err error) {
	srv := rpc.NewServer()
	seller, _ := m.(Seller)
	if err := srv.RegisterName(Namespace, &api{office: d, market: m, seller: seller, takings: takings}); err != nil {
		return nil, err
	}
	listener, err := d.listen(ctx)
	if err != nil {
		return nil, err
	}
	var conns sync.WaitGroup
	slots := make(chan struct{}, maxConns)
	conns.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return // closed
			}
			slots <- struct{}{}
			conns.Go(func() {
				srv.ServeCodec(rpc.NewCodec(conn), 0)
				<-slots
			})
		}
	})
	d.cfg.Logger.Info("admin", "socket", d.path(SocketName))
	return func() error {
		err := errors.Join(listener.Close(), ignoreMissing(os.Remove(d.path(SocketName))))
		srv.Stop()
		conns.Wait()
		return err
	}, nil
}

// listen makes the socket. The lock is ours, so one that is there was left by a process
// that was killed.
func (d *Office) listen(ctx context.Context) (net.Listener, error) {
	path := d.path(SocketName)
	switch info, err := os.Lstat(path); {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return nil, fmt.Errorf("admin socket %s cannot be made: %w", path, reason(err))
	case info.Mode().Type() != fs.ModeSocket:
		return nil, fmt.Errorf("%s is in the way of the admin socket: move it away", path)
	default:
		if err := os.Remove(path); err != nil {
			return nil, fmt.Errorf("admin socket %s was left behind and cannot be removed: %w", path, reason(err))
		}
	}
	var listener net.Listener
	err := withShortPath(path, func(short string) (err error) {
		config := net.ListenConfig{Control: ownerOnly}
		listener, err = config.Listen(ctx, "unix", short)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("admin socket %s cannot be made: %w", path, unwrapNet(err))
	}
	// Its name may be one that goes away, see withShortPath; we remove it ourselves.
	if unix, ok := listener.(*net.UnixListener); ok {
		unix.SetUnlinkOnClose(false)
	}
	// Where ownerOnly can do nothing, the directory alone guards it until here.
	if err := os.Chmod(path, 0o600); err != nil {
		return nil, errors.Join(fmt.Errorf("admin socket %s cannot be made private: %w", path, reason(err)), listener.Close())
	}
	return listener, nil
}

func ignoreMissing(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// unwrapNet leaves out what the message around it says.
func unwrapNet(err error) error {
	if op, ok := errors.AsType[*net.OpError](err); ok {
		err = op.Err
	}
	if call, ok := errors.AsType[*os.SyscallError](err); ok {
		err = call.Err
	}
	return err
}

// SocketIn is the path of the socket in a data directory.
func SocketIn(dir string) string { return filepath.Join(dir, SocketName) }
