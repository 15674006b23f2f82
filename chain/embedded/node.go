package embedded

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"

	"github.com/ethereum/go-ethereum/core"
	"github.com/ethereum/go-ethereum/core/history"
	"github.com/ethereum/go-ethereum/core/rawdb"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/eth"
	"github.com/ethereum/go-ethereum/eth/ethconfig"
	"github.com/ethereum/go-ethereum/eth/filters"
	"github.com/ethereum/go-ethereum/ethdb"
	gethlog "github.com/ethereum/go-ethereum/log"
	"github.com/ethereum/go-ethereum/node"
	"github.com/ethereum/go-ethereum/p2p"
	"github.com/ethereum/go-ethereum/rpc"

	"github.com/candela-les/candela/chain"
)

// Alloc are the accounts of a genesis block.
type Alloc = types.GenesisAlloc

// Node is go-ethereum in this process. It is safe for use by many goroutines.
type Node struct {
	stack *node.Node
	eth   *eth.Ethereum
	bc    *core.BlockChain
	db    ethdb.Database
	log   *slog.Logger
	info  chain.Info

	td    *tdTracker
	heads *headTracker
	nodes *nodeCache
	// helpers are the helper tries and their builder.
	helpers *helpers
	// relay, if set, is asked first when a transaction is submitted; the feed puts
	// the node that it follows here.
	relay func(ctx context.Context, tx *types.Transaction) error
	// archiveFrom is the first block of an archive, chain.None without one.
	archiveFrom uint64

	gate gate
	// life ends when Close begins. Every goroutine of the node is in owned.
	life  context.Context
	end   context.CancelFunc
	owned sync.WaitGroup
}

var _ chain.Source = (*Node)(nil)

// Attach returns an in-process JSON-RPC client of the node, so that a test can
// compare answers with go-ethereum's own. The caller closes it.
func (n *Node) Attach() *rpc.Client { return n.stack.Attach() }

// Chain returns go-ethereum's block chain, for tests and tools that have to look
// behind the Source. It must not be used after Close.
func (n *Node) Chain() *core.BlockChain { return n.bc }

// AuthEndpoint is the URL of the Engine API, of use only after OpenNetwork.
func (n *Node) AuthEndpoint() string { return n.stack.HTTPAuthEndpoint() }

// layout is what the four openers decide differently.
type layout struct {
	genesis *core.Genesis
	node    node.Config
	sync    ethconfig.SyncMode
	// dropOld leaves out bodies and receipts from before the merge.
	dropOld bool
	// dns are enrtree URLs with peers of a public network.
	dns []string
	// register adds services before the stack starts.
	register func(*node.Node, *eth.Ethereum) error
}

// open builds and starts the stack. The node has no heads yet: see follow.
func open(cfg Config, lay layout) (*Node, error) {
	if cfg.Logger == nil {
		cfg.Logger = slog.New(slog.DiscardHandler)
	}
	lay.node.Name = "geth" // names the folder inside the data directory
	lay.node.DataDir = cfg.DataDir
	lay.node.UseLightweightKDF = true
	lay.node.Logger = gethlog.NewLogger(cfg.Logger.Handler())
	lay.node.P2P.Logger = lay.node.Logger
	stack, err := node.New(&lay.node)
	if err != nil {
		return nil, dataDirError(cfg.DataDir, err)
	}
	if lay.genesis == nil {
		if err := mustHaveChain(stack, cfg.DataDir); err != nil {
			return nil, errors.Join(err, stack.Close())
		}
	}
	genesis, injected := withTerminalDifficulty(lay.genesis)
	backend, err := eth.New(stack, ethConfig(cfg, genesis, lay))
	if err != nil {
		return nil, errors.Join(dataDirError(cfg.DataDir, err), stack.Close())
	}
	n, err := assemble(cfg, stack, backend, injected)
	if err == nil && genesis != nil {
		err = n.db.SyncKeyValue() // from here on the directory has its chain, crash or not
	}
	if err == nil && lay.register != nil {
		err = lay.register(stack, backend)
	}
	if err == nil {
		err = stack.Start()
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("start the node: %w", err), closeStack(stack, backend))
	}
	return n, nil
}

// assemble makes a Node of a stack that is not started yet.
func assemble(cfg Config, stack *node.Node, backend *eth.Ethereum, injected bool) (*Node, error) {
	stack.RegisterAPIs([]rpc.API{{
		Namespace: "eth",
		Service:   filters.NewFilterAPI(filters.NewFilterSystem(backend.APIBackend, filters.Config{})),
	}})
	n := &Node{
		stack: stack,
		eth:   backend,
		bc:    backend.BlockChain(),
		db:    backend.ChainDb(),
		log:   cfg.Logger,
		nodes: new(nodeCache),
	}
	n.life, n.end = context.WithCancel(context.Background())
	var err error
	if n.info, err = chainInfo(n.bc, cfg.NetworkID, injected); err != nil {
		return nil, err
	}
	if n.td, err = newTDTracker(n.bc, n.db); err != nil {
		return nil, err
	}
	if n.helpers, err = newHelpers(n, cfg.helper); err != nil {
		return nil, err
	}
	n.archiveFrom = n.markArchive(cfg.Archive)
	n.owned.Go(n.prepareBlobs)
	return n, nil
}

// ethConfig turns our few choices into go-ethereum's many.
func ethConfig(cfg Config, genesis *core.Genesis, lay layout) *ethconfig.Config {
	c := ethconfig.Defaults
	c.Genesis = genesis
	c.NetworkId = cfg.NetworkID
	c.SyncMode = lay.sync
	c.EthDiscoveryURLs = lay.dns
	c.SnapDiscoveryURLs = lay.dns
	if lay.dropOld {
		c.HistoryMode = history.HistoryPolicy{Mode: history.KeepPostMerge}
	}
	c.TransactionHistory = cfg.TxHistory
	c.TxPool.NoLocals = true
	// Without this, closing a node with the hash scheme never returns. Blooms of
	// headers answer for logs here, so the index would have no reader anyway.
	c.LogNoHistory = true
	mb := cfg.CacheMB
	if mb == 0 {
		mb = 256
	}
	c.DatabaseCache = mb / 2
	c.TrieCleanCache = mb / 4
	c.TrieDirtyCache = mb / 8
	c.SnapshotCache = mb / 8
	c.DatabaseHandles = 1024
	if cfg.Archive {
		// Only the hash scheme keeps the nodes of every state readable by root.
		c.StateScheme = rawdb.HashScheme
		c.NoPruning = true
		c.Preimages = false
	}
	return &c
}

// isolated is the devp2p side of a node that has no chain peers.
func isolated() node.Config {
	return node.Config{P2P: p2p.Config{NoDiscovery: true, NoDial: true, MaxPeers: 0}}
}

// Close stops everything that the node started and waits for it. Requests that
// are under way end first; later ones get chain.ErrUnavailable.
func (n *Node) Close() error {
	if !n.gate.shut() {
		return nil
	}
	n.end()
	n.gate.wait()
	n.owned.Wait()
	if n.heads != nil {
		n.heads.close()
	}
	err := n.td.save()
	return errors.Join(err, n.stack.Close())
}

// closeStack closes a stack that did not come to run. A stack closes only services
// that it started, so the chain has to be stopped here, before its database goes.
func closeStack(stack *node.Node, backend *eth.Ethereum) error {
	if backend.ChainDb().Put(probeKey, nil) != nil {
		return nil // Start failed, and closed the databases itself
	}
	err := backend.ChainDb().Delete(probeKey)
	err = errors.Join(err, backend.TxPool().Close())
	backend.BlockChain().Stop()
	return errors.Join(err, stack.Close())
}

// gate counts requests under way, so that Close never pulls the database out from
// under one of them.
type gate struct {
	mu struct {
		sync.Mutex
		shut bool
	}
	inside sync.WaitGroup
}

// enter lets one request in, or fails when the gate is shut. After nil, the
// caller calls leave exactly once.
func (g *gate) enter(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.mu.shut {
		return fmt.Errorf("node is closed: %w", chain.ErrUnavailable)
	}
	g.inside.Add(1)
	return nil
}

func (g *gate) leave() { g.inside.Done() }

// shut closes the gate and reports whether it was open.
func (g *gate) shut() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	was := !g.mu.shut
	g.mu.shut = true
	return was
}

func (g *gate) wait() { g.inside.Wait() }
