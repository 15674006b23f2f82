package node

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/candela-les/candela/chain/embedded"
	"github.com/candela-les/candela/client/bidder"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire"
)

// DevConfig says what a development setup consists of.
type DevConfig struct {
	BlockTime time.Duration
	Servers   int
	Fraction  int
	DataDir   string // empty keeps nothing
	// Demand is what the light client buys, in the words of buyer.ParseDemand. The servers sell for a
	// currency of nothing, and credit the client whatever it wants to prepay.
	Demand   string
	HTTPAddr string
	CORS     []string
	VHosts   []string
}

// Dev is a chain that makes its own blocks, LES servers on it, and a light client
// that trusts them. They share a process and nothing else: the light client knows
// the chain only through its connections.
type Dev struct {
	Chain   *embedded.Dev
	Servers []*Server
	Light   *Light
	close   closers
	started chan struct{} // closed when Light is there
	payment atomic.Uint64
	scratch string // for the servers' ledgers where nothing is kept
}

// DevAccount is an account that a dev chain begins with.
type DevAccount struct {
	Address string // hex with checksum
	Key     string // private key, hex
}

// StartDev starts all of it.
func StartDev(ctx context.Context, env Env, cfg DevConfig) (_ *Dev, err error) {
	d := &Dev{started: make(chan struct{})}
	defer func() {
		if err != nil {
			err = errors.Join(err, d.Close())
		}
	}()
	light := LightConfig{
		Fraction: cfg.Fraction,
		DataDir:  cfg.sub("light"),
		Demand:   cfg.Demand,
		Fund:     d.fund,
		HTTPAddr: cfg.HTTPAddr,
		CORS:     cfg.CORS,
		VHosts:   cfg.VHosts,
	}
	if err := light.check(); err != nil {
		return nil, err
	}
	// The port is taken last, and is what most often goes wrong.
	if err := probe(ctx, "--http.port", cfg.HTTPAddr); err != nil {
		return nil, err
	}
	if err := mustBeFolder(cfg.DataDir); err != nil {
		return nil, err
	}
	if err := checkDisk(cfg.DataDir); err != nil {
		return nil, err
	}
	d.Chain, err = embedded.OpenDev(embedded.DevConfig{
		Config:    embedded.Config{DataDir: cfg.sub("chain"), Logger: tameGethLog(env.Logger)},
		BlockTime: cfg.BlockTime,
		Alloc:     devAlloc(),
	})
	if err != nil {
		return nil, err
	}
	d.close.add(d.Chain.Close)

	if d.scratch, err = os.MkdirTemp("", "candela-dev-"); err != nil {
		return nil, err
	}
	d.close.add(func() error { return os.RemoveAll(d.scratch) })
	quiet := env
	quiet.MetricsAddr = "" // the light client's are served
	for i := range cfg.Servers {
		server, err := d.startServer(ctx, quiet, &cfg, i)
		if err != nil {
			return nil, err
		}
		d.Servers = append(d.Servers, server)
		d.close.add(server.Close)
		light.Trusted = append(light.Trusted, server.Enode())
	}
	if d.Light, err = StartLight(ctx, env, light); err != nil {
		return nil, err
	}
	d.close.add(d.Light.Close)
	close(d.started)
	return d, nil
}

// fund credits the light client at one of the servers, as if it had paid.
func (d *Dev) fund(ctx context.Context, at bidder.Counter, amount unit.Amount) error {
	select {
	case <-d.started:
	case <-ctx.Done():
		return ctx.Err()
	}
	demand, err := d.Light.client.Demand()
	if err != nil {
		return err
	}
	account := wire.Address(common.HexToAddress(demand.Account))
	for _, s := range d.Servers {
		if s.ID() == at.Server {
			key := fmt.Sprintf("dev-%d-%d", time.Now().UnixNano(), d.payment.Add(1))
			return s.Credit(ctx, key, account, amount)
		}
	}
	return errors.New("that server is none of this setup's")
}

func (d *Dev) startServer(ctx context.Context, env Env, cfg *DevConfig, index int) (*Server, error) {
	config := ServerConfig{Source: d.Chain, ListenAddr: "127.0.0.1:0", Sell: SellConfig{
		Price: "0.001", Decimals: 6, Currency: "TEST", Ledger: filepath.Join(d.scratch, fmt.Sprintf("ledger%d.db", index+1)),
	}}
	if cfg.DataDir != "" {
		config.AdminDir = cfg.sub(fmt.Sprintf("server%d", index+1))
		config.Sell.Ledger = filepath.Join(config.AdminDir, LedgerName)
		config.NodeKey = cfg.sub(fmt.Sprintf("server%d.key", index+1))
		return StartServer(ctx, env, config)
	}
	key, err := crypto.GenerateKey()
	if err != nil {
		return nil, err
	}
	config.Key = key
	return StartServer(ctx, env, config)
}

// Accounts returns the prefunded accounts.
func (d *Dev) Accounts() []DevAccount {
	var accounts []DevAccount
	for _, a := range embedded.DevAccounts() {
		accounts = append(accounts, DevAccount{
			Address: a.Address.Hex(),
			Key:     "0x" + hex.EncodeToString(crypto.FromECDSA(a.Key)),
		})
	}
	return accounts
}

// Close ends all of it.
func (d *Dev) Close() error { return d.close.close() }

func (c *DevConfig) sub(name string) string {
	if c.DataDir == "" {
		return ""
	}
	return filepath.Join(c.DataDir, name)
}
