package attached

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"

	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/params"
	"github.com/ethereum/go-ethereum/rlp"
	"github.com/ethereum/go-ethereum/rpc"

	"github.com/candela-les/candela/chain"
)

// Node is a chain.Source over the JSON-RPC of one or several nodes. It is safe for
// use by many goroutines.
type Node struct {
	cfg     Config
	log     *slog.Logger
	ups     []*upstream
	info    chain.Info
	caps    chain.Capabilities
	config  *params.ChainConfig
	cache   *store
	numbers *numbers
	flights *flights
	heads   *headTracker
	count   counters

	gate gate
	// life ends when Close begins. Every goroutine is in owned.
	life  context.Context
	end   context.CancelFunc
	owned sync.WaitGroup
}

var _ chain.Source = (*Node)(nil)

// Open connects to the nodes and finds out what they have. It fails if none of them
// answers, wrapping chain.ErrUnavailable; if one of them, or the genesis that was given, is
// of another chain, wrapping ErrWrongChain; and with ErrNoConfig if nobody says what the
// chain's configuration is. Nodes that do not answer yet are used once they do, but
// what the source is capable of is what those can that answer now.
func Open(ctx context.Context, cfg Config) (*Node, error) {
	cfg, err := cfg.withDefaults()
	if err != nil {
		return nil, err
	}
	for _, raw := range cfg.URLs {
		if err := CheckURL(raw); err != nil {
			return nil, err
		}
	}
	var auth rpc.HTTPAuth
	if cfg.JWTSecret != "" {
		secret, err := readSecret(cfg.JWTSecret)
		if err != nil {
			return nil, err
		}
		auth = authorize(secret, cfg.Now)
	}
	n := &Node{cfg: cfg, log: cfg.Logger, numbers: newNumbers()}
	n.cache = newStore(cfg.CacheBytes, &n.count)
	n.heads = newHeadTracker(n)
	for _, raw := range cfg.URLs {
		u := newUpstream(&n.cfg, raw, auth, &n.count)
		for i := 2; slices.ContainsFunc(n.ups, func(other *upstream) bool { return other.name == u.name }); i++ {
			u.name = fmt.Sprintf("%s #%d", displayName(raw), i)
		}
		n.ups = append(n.ups, u)
	}
	n.life, n.end = context.WithCancel(context.WithoutCancel(ctx))
	n.flights = newFlights(n.life, &n.owned, &n.count)
	if err := n.start(ctx); err != nil {
		return nil, errors.Join(err, n.Close())
	}
	return n, nil
}

// start finds the chain, then what each node has of it, and follows them.
func (n *Node) start(ctx context.Context) error {
	if err := n.findChain(ctx); err != nil {
		return err
	}
	if err := n.reachAll(ctx); err != nil {
		return err
	}
	n.caps = n.capabilities()
	if err := n.heads.step(ctx); err != nil {
		return err
	}
	if n.Head().TD == nil {
		return fmt.Errorf("no node has a head: %w", chain.ErrUnavailable)
	}
	n.owned.Go(n.heads.run)
	for _, u := range n.ups {
		n.owned.Go(func() { n.watch(u) })
	}
	return nil
}

// findChain asks the first node that answers what chain it is of.
func (n *Node) findChain(ctx context.Context) error {
	var failures []error
	for _, u := range n.ups {
		genesis, enc, err := n.genesis(ctx, u)
		if err == nil {
			var config *params.ChainConfig
			if config, err = n.configOf(ctx, u, genesis); err == nil {
				n.cache.put(kindHeader, genesis.Hash(), enc)
				return n.makeInfo(ctx, u, genesis, config)
			}
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if errors.Is(err, ErrWrongChain) || errors.Is(err, ErrNoConfig) {
			return err
		}
		u.mu.Lock()
		u.mu.err = err
		u.mu.Unlock()
		failures = append(failures, sentinel(err))
	}
	return errors.Join(failures...)
}

// genesis returns the chain's first header as the node has it. One that was given
// stands in where the node no longer has its own.
func (n *Node) genesis(ctx context.Context, u *upstream) (*types.Header, []byte, error) {
	header, enc, err := u.headerAt(ctx, 0)
	if n.cfg.Genesis == nil {
		return header, enc, err
	}
	given := n.cfg.Genesis.ToBlock().Header()
	if f := faultOf(err); f != faultUnknown && f != faultPruned {
		if err == nil && header.Hash() != given.Hash() {
			err = fmt.Errorf("%s: %w: it has genesis %x, the genesis that was given is %x", u.name, ErrWrongChain, header.Hash(), given.Hash())
		}
		return header, enc, err
	}
	enc, err = rlp.EncodeToBytes(given)
	return given, enc, err
}

// reachAll looks at all nodes at the same time. One is enough.
func (n *Node) reachAll(ctx context.Context) error {
	failures := make([]error, len(n.ups))
	var all sync.WaitGroup
	for i, u := range n.ups {
		all.Go(func() {
			if failures[i] = n.reach(ctx, u); failures[i] != nil {
				u.mu.Lock()
				u.mu.err = failures[i]
				u.mu.Unlock()
			}
		})
	}
	all.Wait()
	reached := false
	for i, err := range failures {
		switch {
		case errors.Is(err, ErrWrongChain):
			return err
		case err == nil:
			reached = true
		default:
			n.log.Warn("a node does not answer", "node", n.ups[i].name, "err", err)
		}
	}
	if reached {
		return nil
	}
	for i, err := range failures {
		failures[i] = sentinel(err)
	}
	return errors.Join(failures...)
}

// capabilities are what any node can do.
func (n *Node) capabilities() chain.Capabilities {
	caps := chain.Capabilities{LogCandidates: true}
	for _, u := range n.ups {
		has := u.profile()
		caps.Witness = caps.Witness || has.proof && has.code
		caps.TxRelay = caps.TxRelay || has.send
	}
	return caps
}

// Info returns what does not change.
func (n *Node) Info() chain.Info { return n.info }

// Capabilities returns what the nodes that answered at the start can do. None of them
// can prove by hashed keys.
func (n *Node) Capabilities() chain.Capabilities { return n.caps }

// Close ends all that was started and waits for it. Questions under way end with
// chain.ErrUnavailable, as do later ones.
func (n *Node) Close() error {
	if !n.gate.shut() {
		return nil
	}
	n.end()
	n.gate.wait()
	n.owned.Wait()
	n.heads.feed.close()
	for _, u := range n.ups {
		u.close()
	}
	return nil
}
