package server

import (
	"context"
	"errors"
	"fmt"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire/marketwire"
)

// Payments takes in what clients pay, whatever the method: pay.Cashier does. Its methods wait for the disk and perhaps for
// the chain, are called from many goroutines, several of one client among them, and return a *pay.Refusal where
// a payment is not taken. When Promise returns, what it credits is durable and in the ledger of the Sale.
type Payments interface {
	// Establish looks for a channel that the client says it has opened. Called again, it says how the two stand.
	Establish(ctx context.Context, client pay.Address, method string, opening []byte) (pay.Standing, error)
	// Promise takes a promise over an established channel.
	Promise(ctx context.Context, client pay.Address, channel pay.Hash, promise []byte) (pay.Accepted, error)
	// Increase looks at the chain now.
	Increase(ctx context.Context, client pay.Address, channel pay.Hash) (pay.Standing, error)
	// Settle takes what is free of the client's account out of it, as far as it came over the channel. Nothing of it is held by
	// this server when it is called. Called again, it says the same.
	Settle(ctx context.Context, client pay.Address, channel pay.Hash) (pay.Settled, error)
}

// Both packages say the same of what comes from outside: each of these overflows where one does not.
const (
	_ = uint(marketwire.MaxMethodName - pay.MaxMethod)
	_ = uint(pay.MaxMethod - marketwire.MaxMethodName)
	_ = uint(marketwire.MaxMethodInfo - pay.MaxInfo)
	_ = uint(pay.MaxInfo - marketwire.MaxMethodInfo)
	_ = uint(marketwire.MaxOpening - pay.MaxOpening)
	_ = uint(pay.MaxOpening - marketwire.MaxOpening)
	_ = uint(marketwire.MaxState - pay.MaxState)
	_ = uint(pay.MaxState - marketwire.MaxState)
	_ = uint(marketwire.MaxPromise - pay.MaxPromise)
	_ = uint(pay.MaxPromise - marketwire.MaxPromise)
	_ = uint(marketwire.MaxSettled - pay.MaxSettled)
	_ = uint(pay.MaxSettled - marketwire.MaxSettled)
)

// checkMethods says why terms cannot name these methods.
func checkMethods(methods []marketwire.Method) error {
	if len(methods) > marketwire.MaxMethods {
		return fmt.Errorf("server: %d methods of payment; terms name at most %d", len(methods), marketwire.MaxMethods)
	}
	seen := make(map[string]bool)
	for i := range methods {
		m := &methods[i]
		if m.Name == "" || len(m.Name) > marketwire.MaxMethodName || len(m.Info) > marketwire.MaxMethodInfo || seen[m.Name] {
			return fmt.Errorf("server: terms cannot name the method %q with %d bytes about it", m.Name, len(m.Info))
		}
		seen[m.Name] = true
	}
	return nil
}

// refusalOfPayment puts a payment's refusal into the protocol's words.
func refusalOfPayment(r *pay.Refusal) *marketwire.Refused {
	return &marketwire.Refused{Reason: marketwire.Payments + marketwire.Reason(r.Reason), Need: r.Most, Text: brief(r.Text)}
}

// inWords returns err, a *marketwire.Refused if it is one of a payment.
func inWords(err error) error {
	if refusal, ok := errors.AsType[*pay.Refusal](err); ok {
		return refusalOfPayment(refusal)
	}
	return err
}

// standingOf is how the two stand, as it goes over the wire.
func standingOf(tag marketwire.Tag, s *pay.Standing) (*marketwire.Standing, error) {
	if len(s.Last) > marketwire.MaxPromise || len(s.State) > marketwire.MaxState {
		return nil, fmt.Errorf("a standing by %s of %d and %d bytes", s.Method, len(s.Last), len(s.State))
	}
	return &marketwire.Standing{
		Tag: tag, Method: s.Method, Channel: marketwire.Hash(s.ID), Cumulative: s.Cumulative, Cover: s.Cover, Last: s.Last, State: s.State,
	}, nil
}

// channels are those that were established in a session.
type channels struct {
	list    []channel
	covered bool // one of them has had something locked for it
}

// channel is one of them, by what the client has said of it.
type channel struct {
	method, opening string
	id              marketwire.Hash
}

// maxChannels is how many a session may have.
const maxChannels = 8

// room reports whether there is room for what the client says of a channel.
func (c *channels) room(method string, opening []byte) bool {
	if len(c.list) < maxChannels {
		return true
	}
	for i := range c.list {
		if c.list[i].method == method && c.list[i].opening == string(opening) {
			return true
		}
	}
	return false
}

// add notes a channel; false if there is no room.
func (c *channels) add(one channel, cover unit.Amount) bool {
	if !c.room(one.method, []byte(one.opening)) {
		return false
	}
	c.covered = c.covered || !cover.IsZero()
	for i := range c.list {
		if c.list[i].id == one.id {
			c.list[i] = one
			return true
		}
	}
	c.list = append(c.list, one)
	return true
}

func (c *channels) has(id marketwire.Hash) bool {
	for i := range c.list {
		if c.list[i].id == id {
			return true
		}
	}
	return false
}
