package socket

import (
	"context"
	"errors"
	"net"
	"syscall"
	"testing"
	"testing/synctest"
)

// troubled is a listener that fails as it is told to, and then accepts.
type troubled struct {
	net.Listener
	errs []error
}

func (l *troubled) Accept() (net.Conn, error) {
	if len(l.errs) == 0 {
		return new(net.UnixConn), nil
	}
	err := l.errs[0]
	l.errs = l.errs[1:]
	return nil, err
}

// A socket goes on when a connection could not be accepted, until it is stopped.
func TestAccept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		full := &net.OpError{Op: "accept", Err: syscall.EMFILE}
		if conn, err := accept(t.Context(), &troubled{errs: []error{full, full}}); conn == nil || err != nil {
			t.Errorf("it ended by %v", err)
		}
		closed := &net.OpError{Op: "accept", Err: net.ErrClosed}
		if _, err := accept(t.Context(), &troubled{errs: []error{full, closed}}); !errors.Is(err, net.ErrClosed) {
			t.Errorf("closed: %v", err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := accept(ctx, &troubled{errs: []error{full}}); !errors.Is(err, context.Canceled) {
			t.Errorf("stopped: %v", err)
		}
	})
}
