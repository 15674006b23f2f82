package embedded

import (
	"crypto/ecdsa"
	"log/slog"
	"time"

	"github.com/ethereum/go-ethereum/core"
	"github.com/ethereum/go-ethereum/p2p/enode"
)

// Config is what every way to start a node takes.
type Config struct {
	// DataDir is where the chain is kept, in go-ethereum's layout. Empty keeps it
	// in memory, gone after Close.
	DataDir string
	// Archive keeps every state from the block at which it was first switched on.
	// It can only be chosen for a new data directory.
	Archive bool
	// CacheMB bounds go-ethereum's database and trie caches together, in MiB; 0
	// chooses 256, and 2048 for a public network.
	CacheMB int
	// TxHistory is how many recent blocks have their transactions indexed by hash;
	// 0 means all of them.
	TxHistory uint64
	// NetworkID is what LES peers compare; 0 means the chain id.
	NetworkID uint64
	// Logger is where the node tells of imports, feeds and trouble; nil discards.
	Logger *slog.Logger
	// helper is the size of the sections of helper tries in tests of this package;
	// zero is that of the protocol.
	helper helperSize
}

// DevConfig configures OpenDev.
type DevConfig struct {
	Config
	// BlockTime is the time between blocks, in whole seconds; 0 makes a block only
	// when Commit is called.
	BlockTime time.Duration
	// Alloc are further accounts of the genesis; the ten of DevAccounts are
	// always there.
	Alloc Alloc
}

// GenesisConfig configures OpenGenesis.
type GenesisConfig struct {
	Config
	// Genesis is the chain's first block; nil takes the one that DataDir has.
	Genesis *core.Genesis
	// Import is a file of blocks (RLP, one after the other, as geth export writes
	// it) to bring in before the node is shown; empty for none.
	Import string
	// Progress, if set, is called after each imported batch with the last number.
	Progress func(number uint64)
}

// FeedConfig configures OpenFeed.
type FeedConfig struct {
	Config
	// Genesis is the chain's first block; nil takes the one that DataDir has.
	Genesis *core.Genesis
	// URL is the JSON-RPC of the node to follow; http, https, ws or wss.
	URL string
	// Interval is the pause between polls; 0 chooses half a second.
	Interval time.Duration
}

// NetworkConfig configures OpenNetwork.
type NetworkConfig struct {
	Config
	// Network is mainnet, sepolia or hoodi; it is ignored when Genesis is set.
	Network string
	// Genesis makes this a network of its own, for tests and devnets.
	Genesis *core.Genesis
	// FullSync executes every block from the genesis instead of starting from a
	// downloaded state.
	FullSync bool
	// PostMergeOnly leaves out bodies and receipts from before the merge.
	PostMergeOnly bool

	Auth AuthConfig
	P2P  P2PConfig
}

// AuthConfig is the Engine API endpoint for a consensus client.
type AuthConfig struct {
	Addr   string   // listening address; empty chooses localhost
	Port   int      // 0 lets the system choose; geth's own default is 8551
	VHosts []string // accepted Host headers; empty chooses localhost
	// JWTSecret is the file with the shared secret; empty chooses geth's place
	// in the data directory, and makes the file if it is not there.
	JWTSecret string
}

// P2PConfig is the node's own devp2p side: its chain peers, which have nothing to
// do with light clients and their connections.
type P2PConfig struct {
	ListenAddr  string // empty for no listener
	MaxPeers    int    // 0 for none at all
	NoDiscovery bool
	NAT         string            // as geth's --nat; empty for none
	Key         *ecdsa.PrivateKey // nil takes geth's own from the data directory
	Bootnodes   []*enode.Node     // nil takes the network's own
}
