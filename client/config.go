package client

import (
	"context"
	"crypto/ecdsa"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/p2p/enode"
	"github.com/ethereum/go-ethereum/params"

	"github.com/candela-les/candela/client/bidder"
	"github.com/candela-les/candela/client/store"
	"github.com/candela-les/candela/unit"
)

// Limits of what the client does for one question. They are constants because
// documents and error messages name them.
const (
	// HistoryLimit is how many headers below the known ones are fetched by their
	// parent hashes to reach an old block.
	HistoryLimit = 2048
	// LogRangeLimit is how many blocks one log query may span.
	LogRangeLimit = 10_000
	// CallRounds is how often a call is run again after fetching what it missed.
	CallRounds = 64
	// RequestLimit ends any single question, whatever its caller's context says.
	RequestLimit = 30 * time.Second
	// HandshakeLimit ends a handshake.
	HandshakeLimit = 5 * time.Second
)

// Config is what a Client goes by.
type Config struct {
	// Trusted servers elect the head; they serve data too unless they only announce.
	Trusted []*enode.Node
	// Servers serve data and are not believed in anything.
	Servers []*enode.Node
	// FractionPercent of the trusted servers must sign a head, 1 … 100; 0 means 67.
	FractionPercent int

	// DB is the path of the database file; empty keeps everything in memory.
	DB string

	// NetworkID is the chain's network id; 0 takes that of the first server.
	NetworkID uint64
	// Genesis is the genesis block's hash, GenesisTime its timestamp (for the fork
	// id). A zero hash is learned from the elected fraction.
	Genesis     common.Hash
	GenesisTime uint64
	// Chain is the chain configuration; nil is learned from the elected fraction
	// and then kept in the database.
	Chain *params.ChainConfig

	// CacheBytes bounds the caches of verified objects; 0 means 32 MiB.
	CacheBytes uint64

	// ServerWait is how long a question waits for a server when none is connected; 0
	// means 2 seconds.
	ServerWait time.Duration

	// Buy has the client buy service from servers that sell it; nil: it uses what is free.
	Buy *BuyConfig

	// Clock tells the time; it must not be nil. Logger may be nil.
	Clock  func() time.Time
	Logger *slog.Logger
}

// BuyConfig is what a Client goes by that buys. What is kept of it is in the database.
type BuyConfig struct {
	// Key is the devp2p key, by which servers know this client; its address names its accounts.
	Key *ecdsa.PrivateKey
	// Demand is in the words of buyer.ParseDemand. Empty is what was demanded last, or free service.
	Demand string
	// Idle has nothing bought whatever was demanded last, and that kept; Demand is to be empty.
	Idle bool
	// Currency is the only one that is paid in; nil is that of the first seller met.
	Currency *bidder.Currency
	// Fund fills accounts; nil if only operators can, or OpenPayer opens what does.
	Fund      bidder.Fund
	OpenPayer OpenPayer
	// Folder is where proofs of fraud are written; empty is nowhere.
	Folder string
}

// OpenPayer opens what fills accounts, which has to note in this file what it promises, before it does.
type OpenPayer func(ctx context.Context, file *store.Store) (Payer, error)

// Payer fills accounts.
type Payer interface {
	// Fund is a bidder.Fund.
	Fund(ctx context.Context, at bidder.Counter, amount unit.Amount) error
	// Close ends what it does by itself. It is not called before the last Fund has returned.
	Close() error
}

const (
	defaultPercent = 67
	defaultCache   = 32 << 20
	defaultWait    = 2 * time.Second
)

// complete checks the configuration and fills in what was left out.
func (cfg Config) complete() (Config, error) {
	if cfg.Clock == nil {
		return cfg, errors.New("client needs a clock")
	}
	if cfg.Logger == nil {
		cfg.Logger = slog.New(slog.DiscardHandler)
	}
	if cfg.FractionPercent == 0 {
		cfg.FractionPercent = defaultPercent
	}
	if cfg.CacheBytes == 0 {
		cfg.CacheBytes = defaultCache
	}
	if cfg.ServerWait == 0 {
		cfg.ServerWait = defaultWait
	}
	for _, n := range append(append([]*enode.Node(nil), cfg.Trusted...), cfg.Servers...) {
		if n == nil || n.Pubkey() == nil {
			return cfg, fmt.Errorf("server %v has no public key", n)
		}
	}
	return cfg, nil
}
