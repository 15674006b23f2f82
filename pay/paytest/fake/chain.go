// Package fake is a method of payment for tests of what all methods share: a chain in memory, and promises with a checksum
// that is keyed in place of a signature. Nothing in it is safe, and none of it is ever paid with.
package fake

import (
	"sync"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/unit"
)

// Chain is where channels lock money. Its methods may be called from many goroutines.
type Chain struct {
	mu       sync.Mutex
	channels map[pay.Hash]*locked
	tokens   map[pay.Address]unit.Amount // of clients that have not as many as they want
	stale    bool
}

// locked is a channel on the chain.
type locked struct {
	client    pay.Address
	deposit   unit.Amount // from the beginning on
	collected unit.Amount
	refunded  unit.Amount
	refunds   uint64 // how often; what was handed out is good for one of them
	closingS  uint64
}

// NewChain returns an empty chain.
func NewChain() *Chain {
	return &Chain{channels: map[pay.Hash]*locked{}, tokens: map[pay.Address]unit.Amount{}}
}

// Deposit locks more in a channel, which begins with it.
func (c *Chain) Deposit(id pay.Hash, client pay.Address, n uint64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	l := c.channels[id]
	if l == nil {
		l = &locked{client: client}
		c.channels[id] = l
	}
	l.deposit, _ = l.deposit.Add(unit.NewAmount(n))
}

// Has says how many tokens a client has to lock. It has as many as it wants if that was never said.
func (c *Chain) Has(client pay.Address, n uint64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.tokens[client] = unit.NewAmount(n)
}

// Lose has a reorganization drop a channel's deposit.
func (c *Chain) Lose(id pay.Hash) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.channels[id].deposit = unit.Amount{}
}

// See has the chain be seen, or not.
func (c *Chain) See(seen bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.stale = !seen
}

// Close has the client begin to take its deposit back, which it can at that time.
func (c *Chain) Close(id pay.Hash, atS uint64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.channels[id].closingS = atS
}

// Refund has a client bring what it was handed out, which is a Settle's data, and reports whether it is good still.
func (c *Chain) Refund(data []byte) bool {
	r, ok := parseRefund(data)
	c.mu.Lock()
	defer c.mu.Unlock()
	l := c.channels[r.id]
	if !ok || l == nil || r.number != l.refunds {
		return false
	}
	free, _ := l.left().Sub(l.collected)
	if r.amount.Cmp(free) > 0 {
		return false
	}
	l.refunded, _ = l.refunded.Add(r.amount)
	l.refunds++
	return true
}

// left is what can be collected, from the beginning on.
func (l *locked) left() unit.Amount {
	left, _ := l.deposit.Sub(l.refunded)
	return left
}

// Left says what can be collected of a channel, from its beginning on.
func (c *Chain) Left(id pay.Hash) unit.Amount {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.channels[id].left()
}

// Collected says what of a channel was collected.
func (c *Chain) Collected(id pay.Hash) unit.Amount {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.channels[id].collected
}

// collect collects up to a total, if it is there.
func (c *Chain) collect(id pay.Hash, total unit.Amount) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	l := c.channels[id]
	if total.Cmp(l.left()) > 0 {
		return false
	}
	if total.Cmp(l.collected) > 0 {
		l.collected = total
	}
	return true
}

// look returns a channel as it is seen.
func (c *Chain) look(id pay.Hash) (locked, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	l := c.channels[id]
	switch {
	case c.stale:
		return locked{}, pay.Refuse(pay.Stale, "the chain is not seen")
	case l == nil:
		return locked{}, pay.Refuse(pay.NoChannel, "there is no such channel")
	}
	return *l, nil
}
