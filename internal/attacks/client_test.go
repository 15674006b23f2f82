package attacks

import (
	"context"
	"crypto/ecdsa"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/p2p/enode"

	"github.com/candela-les/candela/market/flow"
	"github.com/candela-les/candela/proof"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire"
)

// accounts is how many accounts the chain has that are asked for.
const accounts = 2000

// account is the address of one of them.
func account(index uint64) common.Address {
	return common.BytesToAddress(crypto.Keccak256(binary.BigEndian.AppendUint64(nil, index)))
}

// client is a session of les/5: it knows what it may do, and its user decides whether to
// mind that.
type client struct {
	*conn
	costs wire.CostTable
	grant flow.Params
	flow  *flow.Client
	start time.Time

	head common.Hash // the block that is asked about
	root common.Hash // of its state, once known
	last uint64      // request id
}

// join connects to the server and shakes all hands.
func join(ctx context.Context, target *enode.Node, from string, key *ecdsa.PrivateKey, wrap func(net.Conn) net.Conn) (*client, error) {
	c, err := dial(ctx, target, from, key, wrap)
	if err != nil {
		return nil, err
	}
	cl := &client{conn: c, start: time.Now()}
	defer context.AfterFunc(ctx, func() { c.tcp.Close() })()
	if err := cl.status(); err != nil {
		c.tcp.Close()
		return nil, err
	}
	return cl, nil
}

func (c *client) status() error {
	if err := c.tcp.SetDeadline(time.Now().Add(2 * patience)); err != nil {
		return err
	}
	code, payload, err := c.read()
	if err != nil {
		return fmt.Errorf("status: %w", err)
	}
	if code != wire.CodeStatus {
		return fmt.Errorf("the server begins with %s", wire.CodeName(wire.LES5, code))
	}
	theirs, err := wire.DecodeStatus(wire.LES5, payload)
	if err != nil {
		return err
	}
	ours := wire.Status{
		Version: wire.LES5, NetworkID: theirs.NetworkID, Genesis: theirs.Genesis,
		ForkID: theirs.ForkID, Config: theirs.Config, AnnounceType: wire.AnnounceSimple,
	}
	if err := c.write(wire.CodeStatus, ours.Append(nil)); err != nil {
		return err
	}
	c.costs = theirs.Server.Costs
	c.grant = flow.Params{Limit: theirs.Server.Flow.BL, Recharge: theirs.Server.Flow.MRR}
	c.flow = flow.NewClient(c.now(), c.grant)
	c.head = theirs.Server.Head.Head.Hash
	return c.tcp.SetDeadline(time.Time{})
}

func (c *client) now() unit.Instant { return unit.Instant(time.Since(c.start)) }

// some is a request for so many accounts.
func (c *client) some(n int) *wire.GetState {
	queries := make([]wire.StateQuery, n)
	for i := range queries {
		queries[i] = wire.StateQuery{Block: c.head, Address: account(rand.Uint64N(accounts))} //nolint:gosec // which ones is no secret
	}
	return &wire.GetState{Queries: queries}
}

// cost is the most that a request may be charged.
func (c *client) cost(r wire.Request) unit.Cost {
	cost, _ := c.costs.Of(r)
	return cost
}

// send sends a request, whether it may or not.
func (c *client) send(r wire.Request) error {
	c.last++
	r.SetID(c.last)
	c.flow.Sent(c.now(), c.last, c.cost(r))
	return c.write(r.Code(), r.Append(nil))
}

// event is what one message from the server was.
type event int

const (
	nothing event = iota
	answered
	refused
	stopped
	resumed
)

// receive takes in one message.
func (c *client) receive() (event, wire.Reply, error) {
	code, payload, err := c.read()
	if err != nil {
		return nothing, nil, err
	}
	switch code {
	case wire.CodeAnnounce:
		a, err := wire.DecodeAnnounce5(payload)
		if err == nil && a.Update.Flow != nil {
			c.grant = flow.Params{Limit: a.Update.Flow.BL, Recharge: a.Update.Flow.MRR}
			c.flow.Update(c.now(), c.grant)
		}
		if err == nil && a.Update.Costs != nil {
			c.costs = c.costs.Merge(a.Update.Costs)
		}
		return nothing, nil, err
	case wire.CodeStop:
		c.flow.Stop(c.now())
		return stopped, nil, nil
	case wire.CodeResume:
		bv, err := wire.DecodeResume(wire.LES5, payload)
		if err == nil {
			c.flow.Resume(c.now(), bv)
		}
		return resumed, nil, err
	}
	reply, err := wire.DecodeReply(wire.LES5, code, payload)
	if err != nil {
		return nothing, nil, err
	}
	c.flow.Reply(c.now(), reply.ID(), reply.Buffer())
	if reply.Code() == wire.CodeRefused {
		return refused, reply, nil
	}
	return answered, reply, nil
}

// right says whether a reply to a request for accounts is one, and proves it.
func (c *client) right(asked wire.Request, reply wire.Reply) bool {
	q, ok := asked.(*wire.GetState)
	got, is := reply.(*wire.State)
	if !ok || !is {
		return false
	}
	set := proof.NewNodeSet(got.Nodes...)
	for i := range q.Queries {
		if _, err := proof.Account(c.root, q.Queries[i].Address, set); err != nil {
			return false
		}
	}
	return true
}

// learnRoot fetches the header of the block that is asked about. The server may say
// Stop to a newcomer before it answers.
func (c *client) learnRoot() error {
	ask := true
	for {
		if ask && !c.flow.Frozen() {
			ask = false
			if err := c.send(&wire.GetHeaders{Origin: wire.Origin{Hash: c.head}, Max: 1}); err != nil {
				return err
			}
		}
		what, reply, err := c.receive()
		switch {
		case err != nil:
			return err
		case what == stopped:
			ask = true
		case what == refused:
			return errors.New("refused a header")
		case what != answered:
			continue
		}
		headers, ok := reply.(*wire.Headers)
		if !ok {
			continue
		}
		verified, err := proof.VerifyHeaders(c.head, headers.Headers)
		if err != nil {
			return err
		}
		c.root = verified[0].Root
		return nil
	}
}
