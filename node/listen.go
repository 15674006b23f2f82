package node

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
	"syscall"

	"github.com/candela-les/candela/node/usage"
)

// cannotListen says in one sentence why nobody can listen on an address, and
// which flag chose it.
func cannotListen(flag, addr string, err error) error {
	var unknown *net.DNSError
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return fmt.Errorf("%s is in use by another program: end that, or choose another port with %s", addr, flag)
	case errors.Is(err, syscall.EADDRNOTAVAIL):
		return fmt.Errorf("%s is no address of this machine: choose another with %s", addr, strings.Replace(flag, "port", "addr", 1))
	case errors.Is(err, syscall.EACCES):
		return fmt.Errorf("%s may not be listened on: choose a port above 1023 with %s", addr, flag)
	case errors.As(err, &unknown):
		return fmt.Errorf("%s is no address of this machine: choose another with %s (%w)", addr, strings.Replace(flag, "port", "addr", 1), err)
	default:
		return fmt.Errorf("cannot listen on %s, see %s: %w", addr, flag, err)
	}
}

// listenFor listens on an address that this flag has chosen.
func listenFor(ctx context.Context, flag, addr string) (net.Listener, error) {
	if _, _, err := net.SplitHostPort(addr); err != nil {
		return nil, usage.Errorf("%s %q is no host:port", flag, addr)
	}
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", addr)
	if err != nil {
		return nil, cannotListen(flag, addr, err)
	}
	return listener, nil
}

// probe tries an address that is listened on later, so that a port in use is told
// of before a chain is opened and its blocks are imported. An empty one is none.
func probe(ctx context.Context, flag, addr string) error {
	if addr == "" {
		return nil
	}
	listener, err := listenFor(ctx, flag, addr)
	if err != nil {
		return err
	}
	return listener.Close()
}
