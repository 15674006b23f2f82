package bidder

import (
	"context"
	"crypto/ecdsa"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/candela-les/candela/market/buyer"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire/marketwire"
)

// Why a connection is ended; match with errors.Is.
var (
	// ErrLie: the server signed what cannot be, or signed wrongly. It is to be treated like one
	// that gave a wrong answer.
	ErrLie = errors.New("server lied about its market")
	// ErrBroken: the server broke the protocol, and nothing is proven by that.
	ErrBroken = errors.New("server broke the market protocol")
	// ErrSilent: the server does not answer.
	ErrSilent = errors.New("server does not answer about its market")
)

// ErrClosed: the bidder has been closed.
var ErrClosed = errors.New("bidder closed")

// Client is the light client that is bought for. Its methods must not wait.
type Client interface {
	// Measured returns how a server answered since it was last called for it. Span is not looked at.
	Measured(id buyer.ID) buyer.Measured
	// Try has the server asked some of what is asked anyway.
	Try(id buyer.ID)
	// Lied says that the server is proven to cheat: it is to be asked for nothing for a while, like
	// one that gave a wrong answer.
	Lied(id buyer.ID, reason error)
}

// Conn is a connection as its session needs it. Its methods must not wait.
type Conn interface {
	// Send queues a message of market/1. The payload is not changed afterwards.
	Send(code uint64, payload []byte) error
	// End ends the connection, for an error that wraps ErrLie, ErrBroken or ErrSilent.
	End(reason error)
}

// Keeper keeps what has to survive a restart. Save stores a demand unless it is empty, the
// spending, and records of servers beside those that it has; all of it or nothing.
type Keeper interface {
	Load(ctx context.Context) (Saved, error)
	Save(ctx context.Context, s Saved) error
}

// Currency is what prices and budgets are in.
type Currency struct {
	ChainID  uint64         `json:"chainId"`
	Token    common.Address `json:"token"`
	Decimals uint64         `json:"decimals"`
}

// same reports whether it is the same token. Decimals are only how it is shown.
func (c *Currency) same(d *Currency) bool { return c.ChainID == d.ChainID && c.Token == d.Token }

func currencyOf(m *marketwire.Market) Currency {
	return Currency{m.ChainID, common.Address(m.Token), m.Decimals}
}

// Config is what a Bidder is made of.
type Config struct {
	// Key is the light client's devp2p key. Its address names the account at every server, and signs bids.
	Key *ecdsa.PrivateKey
	// Clock tells the time; day and night begin at midnight UTC by it.
	Clock  func() time.Time
	Logger *slog.Logger
	Client Client
	// Demand is in the words of buyer.ParseDemand. Empty is the demand that was kept, or free service.
	Demand string
	// Currency is the only one that is paid in; its Decimals are not looked at. Nil is that of the first server met,
	// which is kept.
	Currency *Currency
	// Fund fills accounts; nil if there is no way to do that but the operator's hand.
	Fund Fund
	// Keeper may be nil: then nothing survives.
	Keeper Keeper
	// Folder is where proofs of fraud are written; empty is nowhere.
	Folder string
	// Seed of the buyer's coins, which servers must not know.
	Seed uint64
}

func (cfg *Config) check() error {
	if cfg.Key == nil || cfg.Clock == nil || cfg.Client == nil {
		return errors.New("bidder needs a key, a clock and a client")
	}
	if cfg.Logger == nil {
		cfg.Logger = slog.New(slog.DiscardHandler)
	}
	return nil
}

// Limits. Times are by this client's clock.
const (
	// answerSpan is how long an answer is waited for, and maxSilent how many may be missing in a row.
	answerSpan = 10 * unit.Second
	maxSilent  = 3
	helloSpan  = 5 * unit.Second
	// returnSpan is for how long a lost connection is waited for before the buyer is told.
	returnSpan = 10 * unit.Second
	// pollSpan is how often prices and the account are looked at while something is to be bought, and
	// idleSpan while nothing is.
	pollSpan = 10 * unit.Second
	idleSpan = 60 * unit.Second
	// meetSpan is how long servers may take to be met before it is a fault that there are none.
	meetSpan = 30 * unit.Second
	// expirySpan is for how long a bid may be on its way.
	expirySpan = 60 * unit.Second
	// refusedSpan is for how long a server is left alone that refuses a bid, unfundedSpan one without
	// money there, and creditSpan how long money may take to arrive.
	refusedSpan  = 60 * unit.Second
	unfundedSpan = 600 * unit.Second
	creditSpan   = 60 * unit.Second
	// fundSpan is how long a payment may take, deposits on a chain and their confirmations included.
	fundSpan = 30 * time.Minute
	// partedSpan is for how long a server is left alone whose account was settled.
	partedSpan = 600 * unit.Second
	// leaveSpan is how long a server that is left may take to say what it charged last.
	leaveSpan = 3 * unit.Second
	closeSpan = unit.Second
	// shunSpan is for how long a server is left alone after a lie that is not proven to others.
	shunSpan = 24 * 3600 * unit.Second

	maxSellers = 512 // remembered
	keptOrders = 64  // own ones, to know what allocations and fees are for
	inboxSize  = 256
	// What a server may send unasked: so many at once, and so many a second.
	unaskedBurst = 256
	unaskedRate  = 32
)

func lie(format string, args ...any) error {
	return fmt.Errorf("%w: %w", ErrLie, fmt.Errorf(format, args...))
}

func broken(format string, args ...any) error {
	return fmt.Errorf("%w: %w", ErrBroken, fmt.Errorf(format, args...))
}
