package admin

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/ethereum/go-ethereum/rpc"

	"github.com/candela-les/candela/node/socket"
	"github.com/candela-les/candela/unit"
)

// ErrNotRunning: nobody answers at the socket.
var ErrNotRunning = errors.New("no server is running")

// Client asks at an office. Its methods return an *Error when the office says no.
type Client struct{ conn *socket.Client }

// Dial connects to the office of this socket. It returns ErrNotRunning, wrapped, if nobody
// listens there.
func Dial(ctx context.Context, path string) (*Client, error) {
	conn, err := at(path).Dial(ctx)
	if err != nil {
		return nil, err
	}
	return &Client{conn}, nil
}

// Close ends the connection.
func (c *Client) Close() error { return c.conn.Close() }

// Capacity asks what the server can do, has promised and does now.
func (c *Client) Capacity(ctx context.Context) (out Capacity, err error) {
	return out, c.call(ctx, &out, "capacity")
}

// Clients asks who is connected: those with units first, then by what they spent.
func (c *Client) Clients(ctx context.Context) (out []ClientInfo, err error) {
	return out, c.call(ctx, &out, "clients")
}

// Settings asks what the operator has decided.
func (c *Client) Settings(ctx context.Context) (out Settings, err error) {
	return out, c.call(ctx, &out, "settings")
}

// Grant gives a client units, in place of what it was granted before; 0 takes them back.
func (c *Client) Grant(ctx context.Context, client ID, units uint64) (out Granted, err error) {
	return out, c.call(ctx, &out, "grant", client, units)
}

// SetShares sets parts of the capacity, in thousandths; nil leaves one as it is.
func (c *Client) SetShares(ctx context.Context, reserve, free *uint64) (out Settings, err error) {
	return out, c.call(ctx, &out, "setShares", reserve, free)
}

// Freeze tells a client to stop for a while.
func (c *Client) Freeze(ctx context.Context, client ID) error {
	return c.call(ctx, nil, "freeze", client)
}

// Drop disconnects a client and tells it when to come again, in whole seconds.
func (c *Client) Drop(ctx context.Context, client ID, retryAfter time.Duration) error {
	return c.call(ctx, nil, "drop", client, uint64(retryAfter/time.Second)) //nolint:gosec // the office bounds it
}

// Book returns what is for sale, and who bids for it.
func (c *Client) Book(ctx context.Context) (out Book, err error) {
	return out, c.call(ctx, &out, "book")
}

// Accounts returns the accounts behind the given one; nil is before all.
func (c *Client) Accounts(ctx context.Context, after *Address) (out Accounts, err error) {
	return out, c.call(ctx, &out, "accounts", after)
}

// Statement returns entries of an account from number first on; nil is for the newest ones.
func (c *Client) Statement(ctx context.Context, account Address, first *uint64) (out Statement, err error) {
	return out, c.call(ctx, &out, "statement", account, first)
}

// Credit enters money for a client's account, once for each key.
func (c *Client) Credit(ctx context.Context, account Address, amount unit.Amount, key string) (out Credited, err error) {
	return out, c.call(ctx, &out, "credit", account, amount, key)
}

// Methods returns how clients can pay.
func (c *Client) Methods(ctx context.Context) (out Methods, err error) {
	return out, c.call(ctx, &out, "methods")
}

// Taken returns how much service a partner has taken on account.
func (c *Client) Taken(ctx context.Context, partner Address) (out Taken, err error) {
	return out, c.call(ctx, &out, "taken", partner)
}

// Exposure returns what is at stake, method by method.
func (c *Client) Exposure(ctx context.Context) (out Exposures, err error) {
	return out, c.call(ctx, &out, "exposure")
}

// Collect brings to the chain what is due of a method, and returns when that is sure.
func (c *Client) Collect(ctx context.Context, method string) (out Collected, err error) {
	return out, c.call(ctx, &out, "collect", method)
}

func (c *Client) call(ctx context.Context, result any, method string, args ...any) error {
	err := c.conn.Call(ctx, result, method, args...)
	if said, ok := errors.AsType[rpc.Error](err); ok {
		return errorOf(said)
	}
	return err
}

// errorOf reads an Error back from what the wire makes of it.
func errorOf(said rpc.Error) *Error {
	e := &Error{Code: said.ErrorCode(), Message: said.Error()}
	if data, ok := said.(rpc.DataError); ok {
		if raw, err := json.Marshal(data.ErrorData()); err == nil {
			json.Unmarshal(raw, &e.Data) //nolint:errcheck // what is no ErrorData stays empty
		}
	}
	return e
}
