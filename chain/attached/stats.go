package attached

import (
	"maps"
	"sync"
	"sync/atomic"
)

// Stats are counters since Open.
type Stats struct {
	// Requests are those sent to nodes, by JSON-RPC method; each element of a batch
	// is one. Trips are messages that carried them: HTTP requests, or frames.
	Requests map[string]uint64
	Trips    uint64
	// Hits and Misses count questions that were answered from what is kept, and not.
	Hits, Misses uint64
	// Merged counts questions that waited for the same one, asked by somebody else.
	Merged uint64
	// Failovers counts questions that another node was asked again.
	Failovers uint64
	// Lies counts wrong answers.
	Lies uint64
	// CacheBytes is the size of what is kept.
	CacheBytes uint64
	Upstreams  []UpstreamStats
}

// UpstreamStats are those of one node, in the order of Config.URLs.
type UpstreamStats struct {
	Name   string // its URL without what may be secret in it
	Ready  bool   // it can be asked now
	Chosen bool   // it says what the head is
	Head   uint64 // its head when it was last looked at
	Lies   uint64
	Err    string // why it cannot be asked, or empty
}

// counters are what Stats is made of.
type counters struct {
	hits, misses, merged, failovers, lies, trips atomic.Uint64

	mu       sync.Mutex
	requests map[string]uint64
}

func (c *counters) asked(method string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.requests == nil {
		c.requests = make(map[string]uint64)
	}
	c.requests[method]++
}

// Stats returns a copy of the counters.
func (n *Node) Stats() Stats {
	c := &n.count
	s := Stats{
		Trips: c.trips.Load(), Hits: c.hits.Load(), Misses: c.misses.Load(), Merged: c.merged.Load(),
		Failovers: c.failovers.Load(), Lies: c.lies.Load(), CacheBytes: n.cache.blobs.Size(),
	}
	c.mu.Lock()
	s.Requests = maps.Clone(c.requests)
	c.mu.Unlock()
	chosen := n.chosen()
	for _, u := range n.ups {
		one := u.stats()
		one.Chosen = u == chosen
		s.Upstreams = append(s.Upstreams, one)
	}
	return s
}
