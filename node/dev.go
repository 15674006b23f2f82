package node

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"github.com/ethereum/go-ethereum/crypto"

	"github.com/candela-les/candela/chain/embedded"
)

// DevConfig says what a development setup consists of.
type DevConfig struct {
	BlockTime time.Duration
	Servers   int
	Fraction  int
	DataDir   string // empty keeps nothing
	HTTPAddr  string
	CORS      []string
	VHosts    []string
}

// Dev is a chain that makes its own blocks, LES servers on it, and a light client
// that trusts them. They share a process and nothing else: the light client knows
// the chain only through its connections.
type Dev struct {
	Chain   *embedded.Dev
	Servers []*Server
	Light   *Light
	close   closers
}

// DevAccount is an account that a dev chain begins with.
type DevAccount struct {
	Address string // hex with checksum
	Key     string // private key, hex
}

// StartDev starts all of it.
func StartDev(ctx context.Context, env Env, cfg DevConfig) (_ *Dev, err error) {
	d := new(Dev)
	defer func() {
		if err != nil {
			err = errors.Join(err, d.Close())
		}
	}()
	light := LightConfig{
		Fraction: cfg.Fraction,
		DataDir:  cfg.sub("light"),
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
	})
	if err != nil {
		return nil, err
	}
	d.close.add(d.Chain.Close)

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
	return d, nil
}

func (d *Dev) startServer(ctx context.Context, env Env, cfg *DevConfig, index int) (*Server, error) {
	config := ServerConfig{Source: d.Chain, ListenAddr: "127.0.0.1:0"}
	if cfg.DataDir != "" {
		config.AdminDir = cfg.sub(fmt.Sprintf("server%d", index+1))
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
