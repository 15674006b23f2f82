package payments

import (
	"context"
	"errors"
	"fmt"

	"github.com/ethereum/go-ethereum/rpc"

	"github.com/candela-les/candela/node/socket"
)

// ErrNotRunning: no light client that pays has this directory.
var ErrNotRunning = errors.New("no light client is running that pays")

// ErrWentAway: the light client has ended while it was asked.
var ErrWentAway = errors.New("what it has noted goes on when candela light or candela pay is started again, and status shows it then")

// Client asks at a desk. Its methods return an *Error when the desk says no.
type Client struct{ conn *socket.Client }

// Dial connects to the desk of the light client that has this data directory. It returns ErrNotRunning, wrapped, if there is none.
func Dial(ctx context.Context, dir string) (*Client, error) {
	conn, err := at(dir).Dial(ctx)
	if err != nil {
		return nil, err
	}
	return &Client{conn}, nil
}

// Close ends the connection. Jobs go on.
func (c *Client) Close() error { return c.conn.Close() }

// Status asks what is locked, promised and spent.
func (c *Client) Status(ctx context.Context) (out Status, err error) {
	return out, c.call(ctx, &out, "status")
}

// History asks what has happened, for so many entries, the newest first.
func (c *Client) History(ctx context.Context, limit uint64) (out History, err error) {
	return out, c.call(ctx, &out, "history", limit)
}

// Open has channels opened.
func (c *Client) Open(ctx context.Context, o Order) (out Job, err error) {
	return out, c.call(ctx, &out, "open", o)
}

// TopUp has more locked in channels.
func (c *Client) TopUp(ctx context.Context, o Order) (out Job, err error) {
	return out, c.call(ctx, &out, "topUp", o)
}

// CloseChannels has channels closed.
func (c *Client) CloseChannels(ctx context.Context, o Order) (out Job, err error) {
	return out, c.call(ctx, &out, "close", o)
}

// Job is how a job stands now.
func (c *Client) Job(ctx context.Context, id uint64) (out Job, err error) {
	return out, c.call(ctx, &out, "job", id, 0, 0)
}

// Follow looks at a job until it is over, and calls show with whatever is new. The context ends the looking, and not the job.
func (c *Client) Follow(ctx context.Context, j Job, show func(Job)) (Job, error) {
	for {
		show(j)
		if j.Done {
			return j, nil
		}
		var next Job
		if err := c.call(ctx, &next, "job", j.ID, len(j.Steps), j.Block); err != nil {
			return j, err
		}
		j = next
	}
}

func (c *Client) call(ctx context.Context, result any, method string, args ...any) error {
	err := c.conn.Call(ctx, result, method, args...)
	if said, ok := errors.AsType[rpc.Error](err); ok {
		return &Error{said.ErrorCode(), said.Error()}
	}
	if err != nil && ctx.Err() == nil {
		return fmt.Errorf("%w; %w", err, ErrWentAway)
	}
	return err
}
