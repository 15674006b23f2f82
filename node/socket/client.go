package socket

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"syscall"

	"github.com/ethereum/go-ethereum/rpc"
)

// Client asks at a socket.
type Client struct {
	place Place
	rpc   *rpc.Client
	conn  net.Conn
}

// Dial connects to a socket. It returns p.Nobody, wrapped, if nobody listens there.
func (p Place) Dial(ctx context.Context) (*Client, error) {
	var conn net.Conn
	err := withShortPath(p.Path, func(short string) (err error) {
		conn, err = new(net.Dialer).DialContext(ctx, "unix", short)
		return err
	})
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ECONNREFUSED):
		return nil, fmt.Errorf("%w: nobody listens on %s", p.Nobody, p.Path)
	case err != nil:
		return nil, fmt.Errorf("%s %s: %w", p.Name, p.Path, bare(err))
	}
	client, err := rpc.DialIO(ctx, conn, conn)
	if err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return &Client{p, client, conn}, nil
}

// Call calls a method of the namespace. Errors: a rpc.Error if that is the answer; the context's cause, wrapped, if there was none in time; or that whoever
// answers went away.
func (c *Client) Call(ctx context.Context, result any, method string, args ...any) error {
	err := c.rpc.CallContext(ctx, result, c.place.Namespace+"_"+method, args...)
	if _, said := errors.AsType[rpc.Error](err); err == nil || said && ctx.Err() == nil {
		return err
	}
	if ctx.Err() != nil {
		return fmt.Errorf("%s does not answer: %w", c.place.Who, context.Cause(ctx))
	}
	return fmt.Errorf("%s went away before it answered, and may have done as asked or not: %w", c.place.Who, err)
}

// Close ends the connection.
func (c *Client) Close() error {
	// In this order: the rpc client waits for its reader, which waits for the connection.
	err := c.conn.Close()
	c.rpc.Close()
	return err
}
