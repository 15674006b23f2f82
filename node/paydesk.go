package node

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/ethereum/go-ethereum/crypto"

	"github.com/candela-les/candela/client"
	"github.com/candela-les/candela/client/bidder"
	"github.com/candela-les/candela/client/store"
	"github.com/candela-les/candela/market/buyer"
	"github.com/candela-les/candela/node/admin"
	"github.com/candela-les/candela/node/payments"
	"github.com/candela-les/candela/node/usage"
	"github.com/candela-les/candela/pay"
)

// PayName is the file in a light client's data directory that says how one was started that pays, so that its owner can look after payments while
// none runs. It names the files of key and password, and holds neither.
const PayName = "pay.json"

// payVersion is that of the file.
const payVersion = 1

// paidAs is what is in the file.
type paidAs struct {
	Version int         `json:"version"`
	Light   LightConfig `json:"light"`
}

// keepPayer has the light client know its payer.
func (l *Light) keepPayer(open client.OpenPayer) client.OpenPayer {
	if open == nil {
		return nil
	}
	return func(ctx context.Context, file *store.Store) (client.Payer, error) {
		opened, err := open(ctx, file)
		if err == nil {
			l.payer, _ = opened.(*payer)
		}
		return opened, err
	}
}

// servePayments lets the owner look after payments, if there are any.
func (l *Light) servePayments(ctx context.Context, env Env, cfg *LightConfig) error {
	p := l.payer
	if p == nil {
		return nil
	}
	if err := cfg.keepPay(); err != nil {
		return err
	}
	servers := payments.ServersOf(l.client)
	if cfg.idle {
		servers = payments.ServersOf(asleep{l.client, p.demanded})
	}
	desk := payments.New(ctx, payments.Config{
		Wallet: p.Wallet, Methods: cfg.Pay.Methods, Asset: p.asset, Servers: servers, Chain: p.watcher, Reader: p.node, Pending: p.pending, Unopened: p.unopened,
		Record: p.history, Funds: pay.Address(p.funds.Address()), Session: pay.Address(crypto.PubkeyToAddress(p.session.PublicKey)),
		Now: env.Now, Logger: env.Logger, Idle: cfg.idle, Patience: cfg.patience, OpenedBy: p.sessions.opener, Pots: p.pots,
	})
	l.desk = desk
	l.close.add(desk.Close)
	stop, err := desk.Serve(ctx, cfg.DataDir)
	if err != nil {
		return err
	}
	l.close.add(stop)
	return nil
}

// asleep is a client that buys nothing now, and what it is to buy when it does.
type asleep struct {
	*client.Client
	words string
}

// Demand implements payments.Buyer.
func (a asleep) Demand() (bidder.DemandStatus, error) {
	s, err := a.Client.Demand()
	if a.words != "" {
		s.Demand = a.words
	}
	return s, err
}

// Spending implements payments.Buyer.
func (a asleep) Spending() (bidder.SpendingStatus, error) {
	s, err := a.Client.Spending()
	if d, bad := buyer.ParseDemand(a.words); bad == nil {
		s.Budget = d.DailyBudget
	}
	return s, err
}

// keepPay writes down how this client pays. One that has its key from elsewhere cannot be started like this again.
func (c *LightConfig) keepPay() error {
	if c.idle || c.Pay.Signer != nil {
		return nil
	}
	kept := *c
	for _, path := range []*string{&kept.Genesis, &kept.Pay.Keystore, &kept.Pay.Password, &kept.Pay.RPC, &kept.Pay.OwnServer} {
		if *path == "" || strings.Contains(*path, "://") {
			continue
		}
		absolute, err := filepath.Abs(*path)
		if err != nil {
			return err
		}
		*path = absolute
	}
	enc, err := json.MarshalIndent(paidAs{payVersion, kept}, "", "  ")
	if err != nil {
		return err
	}
	if err := admin.Replace(c.DataDir, PayName, append(enc, '\n')); err != nil {
		return fmt.Errorf("%s cannot be written: %w", filepath.Join(c.DataDir, PayName), reason(err))
	}
	return nil
}

// PaymentsConfig says whose payments are looked after.
type PaymentsConfig struct {
	DataDir string // of the light client
	// RPC is a node of the token's chain to see it by, instead of what the light client sees it by; only while none runs.
	RPC string
	// Servers are enode URLs of servers to be connected to beside those that the light client knows; only while none runs.
	Servers []string
	// Patience is how long a server is waited for that is not connected, or the chain if it is not seen; 0: ten seconds. Only while none runs.
	Patience time.Duration
}

// Payments is a way to the desk of a light client that pays.
type Payments struct {
	*payments.Client
	light *Light // nil: it runs elsewhere
}

// ErrNoPayments: no light client has ever paid from that directory, or how is not kept.
var ErrNoPayments = errors.New("no light client has paid from this directory")

// How long a light client is waited for that has the directory and does not answer yet, and the pause between two looks.
const (
	startSpan  = 20 * time.Second
	startPause = 500 * time.Millisecond
)

// OpenPayments finds the light client that has a data directory, or starts one that buys nothing until Close is called. Errors: ErrNoPayments,
// the context's, and what keeps a light client from starting.
func OpenPayments(ctx context.Context, env Env, cfg PaymentsConfig) (*Payments, error) {
	waits, cancel := context.WithTimeout(ctx, startSpan)
	defer cancel()
	for {
		desk, err := payments.Dial(waits, cfg.DataDir)
		switch {
		case ctx.Err() != nil && err != nil:
			return nil, ctx.Err()
		case err == nil && cfg.RPC != "":
			return nil, errors.Join(usage.Errorf("--rpc: a light client runs with this directory, and sees the chain by itself"), desk.Close())
		case err == nil:
			return &Payments{Client: desk}, nil
		case !errors.Is(err, payments.ErrNotRunning):
			return nil, err
		}
		own, err := startPayments(context.WithoutCancel(ctx), env, &cfg)
		if !errors.Is(err, store.ErrInUse) {
			return own, err
		}
		select { // somebody has it who may be about to answer
		case <-time.After(startPause):
		case <-waits.Done():
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			return nil, fmt.Errorf("%w; if that is candela light without --pay, end it first", err)
		}
	}
}

// startPayments starts a light client that buys nothing.
func startPayments(ctx context.Context, env Env, cfg *PaymentsConfig) (*Payments, error) {
	light, err := readPay(cfg.DataDir)
	if err != nil {
		return nil, err
	}
	light.Servers, light.patience = append(light.Servers, cfg.Servers...), cfg.Patience
	if cfg.RPC != "" {
		light.Pay.RPC = cfg.RPC
	}
	env.MetricsAddr = ""
	own, err := StartLight(ctx, env, light)
	if err != nil {
		return nil, err
	}
	desk, err := payments.Dial(ctx, cfg.DataDir)
	if err != nil {
		return nil, errors.Join(err, own.Close())
	}
	return &Payments{desk, own}, nil
}

// readPay reads how a light client was started that pays.
func readPay(dir string) (LightConfig, error) {
	path := filepath.Join(dir, PayName)
	enc, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return LightConfig{}, fmt.Errorf("%w: there is no %s, which candela light --pay makes; the light client of candela dev can be asked only while that runs", ErrNoPayments, path)
	case err != nil:
		return LightConfig{}, fmt.Errorf("%s cannot be read: %w", path, reason(err))
	}
	var kept paidAs
	if err := json.Unmarshal(enc, &kept); err != nil {
		return LightConfig{}, fmt.Errorf("%s makes no sense (%w): start candela light --pay once, which writes it anew", path, err)
	}
	if kept.Version != payVersion {
		return LightConfig{}, fmt.Errorf("%s has version %d, and this program knows %d", path, kept.Version, payVersion)
	}
	light := kept.Light
	light.DataDir, light.HTTPAddr, light.idle = dir, "127.0.0.1:0", true
	return light, nil
}

// Running reports whether the light client runs elsewhere, and goes on when this is closed; Status.Idle says whether it buys.
func (p *Payments) Running() bool { return p.light == nil }

// Close ends what was started. A light client that others have found meanwhile has done their orders before, unless the context ends.
func (p *Payments) Close(ctx context.Context) error {
	err := p.Client.Close()
	if p.light == nil {
		return err
	}
	p.light.desk.Rest(ctx) //nolint:errcheck // it ends either way
	return errors.Join(err, p.light.Close())
}
