// Package socket lets the owner of a running process talk to it, and nobody else: JSON-RPC 2.0 over a Unix socket
// in its data directory that only its owner, and root, may open.
//
// Whoever serves has to own the directory by some lock before: a socket that is there then was left by a process that was
// killed, and is replaced.
package socket

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"sync"
	"time"

	"github.com/ethereum/go-ethereum/rpc"

	"github.com/candela-les/candela/internal/pause"
)

// maxConns is how many may be connected at once. The next one waits.
const maxConns = 32

// acceptPause is between two attempts to accept a connection when the first has failed.
const acceptPause = 100 * time.Millisecond

// Place is where a socket is, and what it is called in errors and logs.
type Place struct {
	Path string
	Name string // such as "admin socket"
	// Who answers there, such as "the server", and by what namespace.
	Who, Namespace string
	// Nobody is the error that nobody does.
	Nobody error
}

// Serve answers at a socket until stop is called, which waits for all that was begun.
func (p Place) Serve(ctx context.Context, srv *rpc.Server) (stop func() error, err error) {
	listener, err := p.listen(ctx)
	if err != nil {
		return nil, err
	}
	running, end := context.WithCancel(context.WithoutCancel(ctx))
	var conns sync.WaitGroup
	slots := make(chan struct{}, maxConns)
	conns.Go(func() {
		for {
			conn, err := accept(running, listener)
			if err != nil {
				return // stopped
			}
			slots <- struct{}{}
			conns.Go(func() {
				srv.ServeCodec(rpc.NewCodec(conn), 0)
				<-slots
			})
		}
	})
	return func() error {
		end()
		err := errors.Join(listener.Close(), ignoreMissing(os.Remove(p.Path)))
		srv.Stop()
		conns.Wait()
		return err
	}, nil
}

// accept waits for a connection until the listener is closed or the context ends. What keeps it from accepting one, such as too many files that are open,
// may be over with the next.
func accept(ctx context.Context, listener net.Listener) (net.Conn, error) {
	for {
		conn, err := listener.Accept()
		if err == nil || errors.Is(err, net.ErrClosed) {
			return conn, err
		}
		if err := pause.For(ctx, acceptPause, nil); err != nil {
			return nil, err
		}
	}
}

// listen makes the socket.
func (p Place) listen(ctx context.Context) (net.Listener, error) {
	switch info, err := os.Lstat(p.Path); {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return nil, fmt.Errorf("%s %s cannot be made: %w", p.Name, p.Path, bare(err))
	case info.Mode().Type() != fs.ModeSocket:
		return nil, fmt.Errorf("%s is in the way of the %s: move it away", p.Path, p.Name)
	default:
		if err := os.Remove(p.Path); err != nil {
			return nil, fmt.Errorf("%s %s was left behind and cannot be removed: %w", p.Name, p.Path, bare(err))
		}
	}
	var listener net.Listener
	err := withShortPath(p.Path, func(short string) (err error) {
		config := net.ListenConfig{Control: ownerOnly}
		listener, err = config.Listen(ctx, "unix", short)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("%s %s cannot be made: %w", p.Name, p.Path, bare(err))
	}
	// Its name may be one that goes away, see withShortPath; we remove it ourselves.
	if unix, ok := listener.(*net.UnixListener); ok {
		unix.SetUnlinkOnClose(false)
	}
	// Where ownerOnly can do nothing, the directory alone guards it until here.
	if err := os.Chmod(p.Path, 0o600); err != nil {
		return nil, errors.Join(fmt.Errorf("%s %s cannot be made private: %w", p.Name, p.Path, bare(err)), listener.Close())
	}
	return listener, nil
}

func ignoreMissing(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// bare leaves out what the message around it says.
func bare(err error) error {
	if op, ok := errors.AsType[*net.OpError](err); ok {
		err = op.Err
	}
	if path, ok := errors.AsType[*fs.PathError](err); ok {
		err = path.Err
	}
	if call, ok := errors.AsType[*os.SyscallError](err); ok {
		err = call.Err
	}
	return err
}
