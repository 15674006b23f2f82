package client

import (
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/candela-les/candela/wire"
)

// This file is what whoever dials servers asks the client: which of them are worth
// it, and which chain they have to be on. Dialing is not the client's business.

// Standing returns how fast the server is expected to answer, by all that is known
// of it, and until when it is banned (a time in the past if it is not).
func (c *Client) Standing(id [32]byte) (expected time.Duration, banned time.Time) {
	now := c.now()
	r := c.roster
	r.mu.Lock()
	defer r.mu.Unlock()
	s, ok := r.mu.servers[id]
	if !ok {
		s = new(server)
	}
	return s.record.Expected(now), s.record.Banned
}

// SetRetry notes for Status when a server that is full will be tried again.
func (c *Client) SetRetry(id [32]byte, at time.Time) {
	r := c.roster
	r.mu.Lock()
	defer r.mu.Unlock()
	if s, ok := r.mu.servers[id]; ok {
		s.retryAt = at
	}
}

// Useless says that a connected server has no data to give.
func (c *Client) Useless(id [32]byte) bool {
	r := c.roster
	r.mu.Lock()
	defer r.mu.Unlock()
	s, ok := r.mu.servers[id]
	return ok && s.session != nil && !s.session.can(need{wire.ServesState, anyBlock})
}

// Fits says whether a server that announces this genesis block and fork id can be
// on the client's chain, as far as the client knows that by now.
func (c *Client) Fits(genesis common.Hash, fork wire.ForkID) error {
	if known := c.Genesis(); known != (common.Hash{}) && genesis != known {
		return wire.ErrWrongChain
	}
	return c.FitsFork(fork)
}

// FitsFork is Fits for who announces only a fork id.
func (c *Client) FitsFork(fork wire.ForkID) error {
	if c.forks == nil {
		return nil
	}
	number, at := c.headNumberTime()
	return c.forks.Check(fork, number, at)
}

// ReportDiscovery has Status call this function for what is known of discovered
// servers. It must not wait.
func (c *Client) ReportDiscovery(status func() DiscoveryStatus) { c.discovery.Store(&status) }
