package client

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/candela-les/candela/client/bidder"
	"github.com/candela-les/candela/client/cache"
	"github.com/candela-les/candela/client/election"
	"github.com/candela-les/candela/client/store"
	"github.com/candela-les/candela/wire"
)

// A Client is an ultra light client. Make one with New, give it sessions through
// Serve, end it with Close. Its methods may be called from many goroutines.
type Client struct {
	cfg     Config
	log     *slog.Logger
	started time.Time
	db      *store.Store
	roster  *roster
	line    *line
	forks   *wire.Forks // nil unless the chain was configured
	flights *flights
	caches  caches
	states  *states
	follow  *follower
	helpers *helperBook
	txs     *ownTxs
	bidder  *bidder.Bidder // nil unless something is bought
	payer   Payer          // nil unless accounts are filled by itself
	unpaid  sync.Once      // it is closed
	last    atomic.Pointer[ProofRecord]
	// discovery says what is known of discovered servers; nil if none are looked for.
	discovery atomic.Pointer[func() DiscoveryStatus]
	offers    atomic.Pointer[func() []bidder.Offer]

	staleWarned atomic.Bool // of a fork that a trusted server knows and this client does not

	ctx    context.Context
	cancel context.CancelFunc
	work   sync.WaitGroup // every goroutine and every Serve
	mu     struct {
		sync.RWMutex
		closed  bool
		network uint64
		genesis common.Hash
		rules   rules
	}
}

// caches hold verified objects, by the hash that verified them. Only runs are found
// otherwise, and have to be linked again by whoever uses them.
type caches struct {
	headers  *cache.Cache[common.Hash, *types.Header]
	runs     *cache.Cache[uint64, *run] // by their first block's number
	bodies   *cache.Cache[common.Hash, *types.Body]
	receipts *cache.Cache[common.Hash, types.Receipts]
	nodes    *cache.Cache[common.Hash, []byte]
	codes    *cache.Cache[common.Hash, []byte]
	// linked are blocks that were proven to be ancestors of a head, with that head.
	linked *cache.Cache[common.Hash, election.Block]
}

// linkedBytes is enough for some thousand blocks.
const linkedBytes = 1 << 20

func newCaches(limit uint64) caches {
	return caches{
		headers:  cache.New[common.Hash, *types.Header](limit / 8),
		runs:     cache.New[uint64, *run](limit / 8),
		bodies:   cache.New[common.Hash, *types.Body](limit / 8),
		receipts: cache.New[common.Hash, types.Receipts](limit / 4),
		nodes:    cache.New[common.Hash, []byte](limit / 4),
		codes:    cache.New[common.Hash, []byte](limit / 8),
		linked:   cache.New[common.Hash, election.Block](linkedBytes),
	}
}

func (k *caches) bytes() uint64 {
	return k.headers.Bytes() + k.runs.Bytes() + k.bodies.Bytes() + k.receipts.Bytes() + k.nodes.Bytes() +
		k.codes.Bytes() + k.linked.Bytes()
}

// New opens the database and starts a client without any session. The error is one
// sentence for people: a configuration that makes no sense, or a database that
// cannot be used (see package store).
func New(cfg Config) (*Client, error) {
	cfg, err := cfg.complete()
	if err != nil {
		return nil, err
	}
	c := &Client{
		cfg: cfg, log: cfg.Logger, started: cfg.Clock(),
		roster: newRoster(cfg.Clock), flights: newFlights(),
		caches: newCaches(cfg.CacheBytes), states: newStates(cfg.CacheBytes / 4),
	}
	c.line = newLine(c)
	c.ctx, c.cancel = context.WithCancel(context.Background())
	c.mu.network, c.mu.genesis = cfg.NetworkID, cfg.Genesis
	if c.db, err = store.Open(c.ctx, cfg.DB); err != nil {
		c.cancel()
		return nil, err
	}
	if err := c.load(); err != nil {
		c.cancel()
		return nil, errors.Join(err, c.db.Close())
	}
	if err := c.openMarket(); err != nil {
		c.cancel()
		return nil, errors.Join(err, c.db.Close())
	}
	c.work.Add(2)
	go c.follow.loop()
	go c.followTxs()
	return c, nil
}

// load takes over the configuration and what the database knows.
func (c *Client) load() error {
	if c.cfg.Chain != nil {
		enc, err := wire.EncodeConfig(c.cfg.Chain)
		if err != nil {
			return fmt.Errorf("chain configuration: %w", err)
		}
		c.mu.rules.chain = &chainConfig{params: c.cfg.Chain, enc: enc, hash: wire.ConfigHash(enc)}
		if c.cfg.Genesis != (common.Hash{}) {
			if c.forks, err = wire.NewForks(enc, c.cfg.Genesis, c.cfg.GenesisTime); err != nil {
				return fmt.Errorf("chain configuration: %w", err)
			}
		}
	}
	if err := c.loadMeta(); err != nil {
		return err
	}
	if err := c.loadServers(); err != nil {
		return err
	}
	el := election.Config{Percent: c.cfg.FractionPercent, Genesis: c.mu.genesis}
	for _, n := range c.cfg.Trusted {
		el.Trusted = append(el.Trusted, [32]byte(n.ID()))
	}
	state, err := election.New(el)
	if err != nil {
		return err
	}
	c.follow, c.helpers = newFollower(c, state), newHelperBook(el)
	headers, err := c.db.Headers(c.ctx)
	if err != nil {
		return err
	}
	c.follow.restore(headers)
	if err := c.loadRules(headers); err != nil {
		return err
	}
	c.txs, err = loadOwnTxs(c)
	return err
}

// loadMeta checks that the database belongs to this chain.
func (c *Client) loadMeta() error {
	genesis, err := c.db.Meta(c.ctx, store.MetaGenesis)
	if err != nil {
		return err
	}
	known := len(genesis) == common.HashLength
	switch {
	case known && c.mu.genesis == (common.Hash{}):
		c.mu.genesis = common.Hash(genesis)
	case known && c.mu.genesis != common.Hash(genesis):
		return fmt.Errorf("database %s belongs to the chain with genesis %x, not to %x", c.cfg.DB, genesis, c.mu.genesis)
	}
	if !known && c.mu.genesis != (common.Hash{}) {
		if err := c.db.PutMeta(c.ctx, store.MetaGenesis, c.mu.genesis[:]); err != nil {
			return err
		}
	}
	return nil
}

func (c *Client) loadServers() error {
	records, err := c.db.Servers(c.ctx)
	if err != nil {
		return err
	}
	for _, n := range c.cfg.Trusted {
		s := c.roster.get([32]byte(n.ID()))
		s.node, s.trusted = n, true
	}
	for _, n := range c.cfg.Servers {
		s := c.roster.get([32]byte(n.ID()))
		s.node = n
	}
	configured := len(c.roster.mu.order)
	var dropped [][32]byte
	for id, record := range records {
		if _, known := c.roster.mu.servers[id]; !known && len(c.roster.mu.order) >= configured+maxMet {
			dropped = append(dropped, id)
			continue
		}
		c.roster.get(id).record = record
	}
	return c.db.DeleteServers(c.ctx, dropped)
}

// enter counts a goroutine or session in, unless the client is closed.
func (c *Client) enter() bool {
	c.mu.RLock()
	defer c.mu.RUnlock()
	if c.mu.closed {
		return false
	}
	c.work.Add(1)
	return true
}

// Close ends all sessions and everything that waits, and closes the database.
func (c *Client) Close() error {
	c.mu.Lock()
	if c.mu.closed {
		c.mu.Unlock()
		return nil
	}
	c.mu.closed = true
	c.mu.Unlock()
	stopped := c.StopBuying()
	c.cancel()
	c.work.Wait()
	c.line.close()
	c.follow.subscribers.close()
	c.txs.subscribers.close()
	c.flushServers()
	return errors.Join(stopped, c.db.Close())
}

// NetworkID returns the chain's network id, 0 while it is not known.
func (c *Client) NetworkID() uint64 {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.mu.network
}

// metNetwork takes over the network id of the first server if none was configured.
func (c *Client) metNetwork(id uint64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.mu.network == 0 {
		c.mu.network = id
	}
}

// Genesis returns the hash of the genesis block, zero while it is not known.
func (c *Client) Genesis() common.Hash {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.mu.genesis
}

// LastProof returns the proof behind the last answer, nil before the first one.
func (c *Client) LastProof() *ProofRecord { return c.last.Load() }

// saveServers writes what was measured of servers, in the background of whoever
// noticed something worth keeping.
func (c *Client) saveServers() {
	if !c.enter() {
		return
	}
	go func() {
		defer c.work.Done()
		c.flushServers()
	}()
}

func (c *Client) flushServers() {
	records := c.roster.takeDirty()
	if records == nil {
		return
	}
	// Not c.ctx: the last call is made when that has ended.
	if err := c.db.PutServers(context.WithoutCancel(c.ctx), records); err != nil {
		c.log.Error("cannot store what is known of servers", "err", err)
	}
}
