package node

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/ethclient"

	"github.com/candela-les/candela/chain/embedded"
	"github.com/candela-les/candela/market/buyer"
	"github.com/candela-les/candela/node/devmoney"
	"github.com/candela-les/candela/node/usage"
	"github.com/candela-les/candela/pay/cheque"
	"github.com/candela-les/candela/pay/lottery"
	"github.com/candela-les/candela/pay/offset"
	"github.com/candela-les/candela/unit"
)

// The money of a dev chain, for people.
const (
	devDecimals = 6
	devCurrency = "CTT"
)

// devCoinPrice is what an ether is worth in tokens: little, for a dev chain's fees are high, and payments are to be collected while one looks on.
const devCoinPrice = "0.1"

// devBudget is what is spent in a day by who does not say how much: a hundred tokens.
const devBudget = " budget=100000000"

// devLottery has a winner now and then: a ticket in five.
var devLottery = LotteryConfig{Revenue: "1000000", Ticket: "0.0001", Prize: "0.0005"}

// What the light client of a dev chain has, and what it may have at stake, in base units. It locks ten tokens at a time.
var (
	devFunds = unit.NewAmount(1_000_000_000_000)
	devStake = PayConfig{
		Confirmations: 1, Stale: time.Hour, MaxFee: 100,
		Prepaid: "10000000", Daily: "1000000000", Locked: "1000000000", Deposit: "10000000", Gas: "0.1",
	}
)

// DevConfig says what a development setup consists of.
type DevConfig struct {
	BlockTime time.Duration
	Servers   int
	Fraction  int
	DataDir   string // empty keeps nothing
	// Demand is what the light client buys, in the words of buyer.ParseDemand, which may leave the budget out. It pays by the methods of Pay, those that are preferred
	// first, with tokens that are made for it. Empty: the servers sell, and nobody pays them.
	Demand   string
	Pay      []string
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
	scratch string          // for ledgers and notes where nothing is kept
	pay     []string        // methods
	money   *devmoney.Money // nil where nobody pays
}

// DevAccount is an account that a dev chain begins with.
type DevAccount struct {
	Address string // hex with checksum
	Key     string // private key, hex
}

// StartDev starts all of it.
func StartDev(ctx context.Context, env Env, cfg DevConfig) (_ *Dev, err error) {
	if slices.Contains(cfg.Pay, offset.Method) {
		return nil, usage.Errorf("--pay offset: nobody takes service here in return")
	}
	if err := checkMethods("--pay", cfg.Pay); err != nil {
		return nil, err
	}
	d := &Dev{pay: cfg.Pay}
	defer func() {
		if err != nil {
			err = errors.Join(err, d.Close())
		}
	}()
	light := LightConfig{
		Fraction: cfg.Fraction,
		DataDir:  cfg.sub("light"),
		Demand:   cfg.demand(),
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
		// An archive writes each state at once, so that a chain that is kept survives kill -9.
		Config:    embedded.Config{DataDir: cfg.sub("chain"), Archive: true, Logger: tameGethLog(env.Logger)},
		BlockTime: cfg.BlockTime,
		Alloc:     devmoney.Alloc(),
	})
	if err != nil {
		return nil, err
	}
	d.close.add(d.Chain.Close)

	if d.scratch, err = os.MkdirTemp("", "candela-dev-"); err != nil {
		return nil, err
	}
	d.close.add(func() error { return os.RemoveAll(d.scratch) })
	if cfg.Demand != "" {
		if err := d.openMoney(ctx, &light); err != nil {
			return nil, err
		}
	}
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

// openMoney makes the chain's token, and has the light client pay with some of it.
func (d *Dev) openMoney(ctx context.Context, light *LightConfig) error {
	client := d.Chain.Attach()
	d.close.add(func() error { client.Close(); return nil })
	var err error
	if d.money, err = devmoney.Open(ctx, ethclient.NewClient(client)); err != nil {
		return err
	}
	funds, err := d.money.Person(ctx, "funds")
	if err != nil {
		return err
	}
	light.Token = fmt.Sprintf("%d:%s", d.money.ChainID, d.money.Token)
	light.Pay = devStake
	light.Pay.Methods, light.Pay.Signer = d.pay, funds
	if slices.Contains(d.pay, cheque.Method) {
		light.Pay.Factories = []string{d.money.Factory.Hex()}
	}
	if slices.Contains(d.pay, lottery.Method) {
		light.Pay.Lotteries = []string{d.money.Lottery.Hex()}
	}
	if light.DataDir == "" {
		light.DataDir = filepath.Join(d.scratch, "light")
	}
	return d.money.Mint(ctx, funds.Address(), devFunds)
}

func (d *Dev) startServer(ctx context.Context, env Env, cfg *DevConfig, index int) (*Server, error) {
	config := ServerConfig{Source: d.Chain, ListenAddr: "127.0.0.1:0", Sell: SellConfig{
		Price: "0.001", Decimals: devDecimals, Currency: devCurrency, Ledger: filepath.Join(d.scratch, fmt.Sprintf("ledger%d.db", index+1)),
	}}
	if d.money != nil {
		operator, err := d.money.Person(ctx, fmt.Sprintf("operator %d", index+1))
		if err != nil {
			return nil, err
		}
		config.Sell.Token = d.money.Token.Hex()
		config.Take = TakeConfig{
			Methods: d.pay, Receiver: operator.Address().Hex(), Signer: operator, Confirmations: devStake.Confirmations,
			Stale: devStake.Stale, Delay: 24 * time.Hour, CoinPrice: devCoinPrice, MaxFee: devStake.MaxFee,
		}
		if slices.Contains(d.pay, cheque.Method) {
			config.Take.Factory = d.money.Factory.Hex()
		}
		if slices.Contains(d.pay, lottery.Method) {
			config.Take.Lottery = devLottery
			config.Take.Lottery.Contract = d.money.Lottery.Hex()
		}
	}
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

// demand is the demand, with a budget.
func (c *DevConfig) demand() string {
	if _, err := buyer.ParseDemand(c.Demand + devBudget); c.Demand == "" || err != nil || strings.Contains(c.Demand, "budget=") {
		return c.Demand
	}
	return c.Demand + devBudget
}

func (c *DevConfig) sub(name string) string {
	if c.DataDir == "" {
		return ""
	}
	return filepath.Join(c.DataDir, name)
}
