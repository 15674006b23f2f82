package node

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"math/big"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"github.com/ethereum/go-ethereum/ethclient"
	"github.com/ethereum/go-ethereum/params"
	gethrpc "github.com/ethereum/go-ethereum/rpc"

	"github.com/candela-les/candela/chain"
	"github.com/candela-les/candela/ledger"
	"github.com/candela-les/candela/node/usage"
	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/lottery"
	"github.com/candela-les/candela/pay/offset"
	"github.com/candela-les/candela/pay/watch"
	"github.com/candela-les/candela/pay/watch/disk"
	"github.com/candela-les/candela/server"
	"github.com/candela-les/candela/server/till"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire/marketwire"
)

// TakeConfig is how a server takes what clients pay by themselves. Amounts are in whole tokens.
type TakeConfig struct {
	// Methods are those of payment, of methodNames. With none only the operator's hand fills accounts.
	Methods []string
	// RPC is a node of the token's chain: a URL or an IPC path. Empty is the one that is served, if the token is on its chain.
	RPC string
	// Receiver is the address that is paid. Its key is needed for nothing here.
	Receiver string
	// Keystore is a file of go-ethereum's with the key that signs claims and pays for their gas, Password a file whose first
	// line opens it. Signer is used instead if it is set.
	Keystore, Password string
	Signer             watch.Signer
	// Confirmations is how many blocks have to be above a deposit for it to count.
	Confirmations uint64
	// Stale is for how long payments are taken while the chain is not seen; Delay how long clients have to wait for
	// a deposit that they take back.
	Stale, Delay time.Duration
	// Poll is how often the chain is looked at that tells of no blocks by itself; 0: as package watch does.
	Poll time.Duration
	// CoinPrice is what the coin is worth by which gas is paid; MaxFee the most that is paid for a gas, in gwei.
	CoinPrice string
	MaxFee    uint64
	// AtStake is how much may wait to be collected until it is whatever the gas costs; empty: as much as there is.
	AtStake string
	// Factory is the address that has deployed the chequebooks which are taken; Credit how much of each client's cheques is taken beyond
	// what is set aside for this server. Empty: nothing.
	Factory, Credit string
	Lottery         LotteryConfig
	Offset          OffsetConfig
}

const (
	// PaymentsName is the file beside the ledger's that keeps which transactions were sent, and what was seen of the chain.
	PaymentsName = "payments.db"
	// claimSpan is how long the claim that answers a withdrawal may take to be mined for sure.
	claimSpan = 2 * time.Hour
	// gasSpan is how long the node may take to say what gas costs.
	gasSpan = 15 * time.Second
)

// takings are a server's parts that have to do with a chain.
type takings struct {
	cfg     *TakeConfig
	sale    *server.Sale
	node    watch.Node
	coin    *big.Int // what 10¹⁸ wei are worth, in base units
	atStake unit.Amount
	credit  unit.Amount
	wish    lottery.Wish
	owed    unit.Amount // what each partner may owe for service
	open    unit.Amount // what may be lost to a client that pays from an open pot, and to all
	openAll unit.Amount
	log     *slog.Logger
	// unoffered are methods that are not taken now, and only collected, and why.
	unoffered map[string]error
}

// openTakings has a sale take payments; nothing happens if there are no methods.
func (s *Server) openTakings(ctx context.Context, env Env, cfg *ServerConfig, source chain.Source, sale *server.Sale) error {
	c := &cfg.Take
	if len(c.Methods) == 0 {
		return nil
	}
	t := &takings{cfg: c, sale: sale, log: env.Logger, unoffered: make(map[string]error)}
	if err := t.check(cfg.Sell.Decimals); err != nil {
		return err
	}
	var collector atomic.Pointer[pay.Collector] // the providers see the chain before there is one
	m := &taker{
		takings: t, now: env.Now,
		alarm: func(method string) {
			if c := collector.Load(); c != nil {
				c.Wake(method)
			}
		},
	}
	if onChain(c.Methods) {
		if err := s.openChain(ctx, env, cfg, source, m); err != nil {
			return err
		}
	}
	view := &takingsView{unoffered: t.unoffered}
	var providers []pay.Provider
	var collectable []pay.Collectable
	for _, name := range c.Methods {
		provider, err := m.provider(ctx, name)
		if err != nil {
			return err
		}
		behind, err := m.gated(ctx, provider)
		if err != nil {
			return err
		}
		collectable = append(collectable, provider)
		if p, ok := provider.(*offset.Provider); ok {
			view.partners = p
		}
		if t.unoffered[name] != nil {
			continue
		}
		view.gates, providers = append(view.gates, behind), append(providers, behind)
		sale.Methods = append(sale.Methods, marketwire.Method{Name: provider.Method(), Info: provider.Info()})
	}
	book := till.Book{Ledger: sale.Ledger, Token: ledger.Address(sale.Token)}
	collector.Store(pay.NewCollector(pay.CollectorConfig{
		Dues: book, Methods: collectable, Now: env.Now, Logger: env.Logger, MostAtStake: t.atStake,
	}))
	sale.Payments = pay.NewCashier(pay.CashierConfig{Book: book, Providers: providers})
	view.Collector, view.book, s.takings = collector.Load(), book, view
	runs := []func(context.Context){collector.Load().Run}
	for _, g := range view.gates {
		runs = append(runs, func(ctx context.Context) { g.open(ctx, m) })
	}
	s.close.add(running(runs))
	return nil
}

// openChain has the methods see the token's chain, and send transactions.
func (s *Server) openChain(ctx context.Context, env Env, cfg *ServerConfig, source chain.Source, m *taker) (err error) {
	c := m.cfg
	if m.signer, err = c.signer(); err != nil {
		return err
	}
	if err := s.openNode(ctx, m.takings, cfg, source); err != nil {
		return err
	}
	if err := cfg.mayPay(ctx, env, m.sale.Ledger); err != nil {
		return err
	}
	tables, err := disk.Open(ctx, c.file(cfg))
	if err != nil {
		return err
	}
	s.close.add(tables.Close)
	m.watcher, err = watch.New(watch.Config{
		Chain: m.node, ChainID: m.sale.ChainID, Confirmations: c.Confirmations, Stale: c.Stale, Poll: c.Poll, Now: env.Now, Cursors: tables,
		Logger: env.Logger,
	})
	if err != nil {
		return err
	}
	s.close.add(m.watcher.Close)
	m.sender, err = m.watcher.NewSender(ctx, watch.SenderConfig{
		Node: m.node, Signer: m.signer, Outbox: tables, Logger: env.Logger,
		MaxFee: new(big.Int).Mul(new(big.Int).SetUint64(c.MaxFee), big.NewInt(params.GWei)),
	})
	return err
}

// running runs something until the function is called that it returns.
func running(all []func(context.Context)) (stop func() error) {
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	for _, one := range all {
		running.Go(func() { one(ctx) })
	}
	return func() error {
		cancel()
		running.Wait()
		return nil
	}
}

// check reads what is said in words. decimals are the token's.
func (t *takings) check(decimals uint64) error {
	c := t.cfg
	if err := checkMethods("--pay.methods", c.Methods); err != nil {
		return err
	}
	if t.sale.Token == [20]byte{} {
		return usage.Errorf("--pay.methods needs a token that is a contract: --sell.token")
	}
	if err := cmp.Or(t.checkCheques(decimals), t.checkLottery(decimals), t.checkOffset(decimals)); err != nil || !onChain(c.Methods) {
		return err
	}
	switch {
	case !isAddress(c.Receiver):
		return usage.Errorf("--pay.receiver %q %s: say who is paid", c.Receiver, notAddress(c.Receiver))
	case c.MaxFee == 0:
		return usage.Errorf("--pay.max-fee 0 buys no gas")
	case c.Stale <= 0 || c.Delay <= c.Stale+claimSpan:
		return usage.Errorf("--pay.delay %v: clients must wait for longer than --pay.stale, %v, and the %v that a claim may take", c.Delay, c.Stale, claimSpan)
	}
	worth, err := unit.ParseTokens(c.CoinPrice, decimals)
	if err != nil || worth.IsZero() {
		return usage.Errorf("--pay.coin-price %q: say what the coin that gas is paid by is worth in whole tokens, with at most %d decimals", c.CoinPrice, decimals)
	}
	t.coin = worth.Big()
	if c.AtStake != "" {
		if t.atStake, err = unit.ParseTokens(c.AtStake, decimals); err != nil {
			return usage.Errorf("--pay.at-stake: %w", err)
		}
	}
	return nil
}

// signer opens the key that signs claims.
func (c *TakeConfig) signer() (watch.Signer, error) {
	switch {
	case c.Signer != nil:
		return c.Signer, nil
	case c.Keystore == "" || c.Password == "":
		return nil, usage.Errorf("--pay.methods needs --pay.keystore and --pay.password: the key that signs claims, and pays for their gas")
	}
	return watch.OpenKeystore(c.Keystore, c.Password)
}

// file is where the transactions are kept that were sent; empty is nowhere.
func (c *TakeConfig) file(cfg *ServerConfig) string {
	for _, dir := range []string{cfg.DataDir, cfg.AdminDir} {
		if dir != "" {
			return filepath.Join(dir, PaymentsName)
		}
	}
	return ""
}

// attaches is a source that has a node in this process.
type attaches interface{ Attach() *gethrpc.Client }

// openNode connects to a node of the token's chain.
func (s *Server) openNode(ctx context.Context, t *takings, cfg *ServerConfig, source chain.Source) error {
	where, served := t.cfg.RPC, source.Info().ChainID.Uint64() == t.sale.ChainID
	var client *gethrpc.Client
	switch own, ok := source.(attaches); {
	case where == "" && served && ok:
		client = own.Attach()
	case where == "" && served && len(cfg.Nodes) > 0 && cfg.NodeJWTSecret == "":
		where = cfg.Nodes[0]
	case where == "":
		return usage.Errorf("--pay.rpc: name a node of chain %d, on which the token is", t.sale.ChainID)
	}
	if client == nil {
		var err error
		if client, err = dialNode(ctx, where); err != nil {
			return err
		}
	}
	t.node = ethclient.NewClient(client)
	s.close.add(func() error { client.Close(); return nil })
	return nil
}

var errPrice = errors.New("gas costs more than any amount")

// gasCost is what so much gas costs now, in base units, rounded up. It waits no longer for the node than a watcher does for an answer.
func (t *takings) gasCost(ctx context.Context, gas uint64) (cost unit.Amount, err error) {
	ctx, cancel := context.WithTimeout(ctx, gasSpan)
	defer cancel()
	head, err := t.node.HeaderByNumber(ctx, nil)
	if err != nil {
		return cost, err
	}
	price, err := t.node.SuggestGasTipCap(ctx)
	if err != nil {
		return cost, err
	}
	if head.BaseFee != nil {
		price = new(big.Int).Add(price, head.BaseFee)
	}
	worth := new(big.Int).Mul(new(big.Int).SetUint64(gas), price)
	worth.Mul(worth, t.coin)
	worth.Add(worth, big.NewInt(params.Ether-1))
	cost, ok := unit.AmountOfBig(worth.Div(worth, big.NewInt(params.Ether)))
	if !ok {
		return cost, errPrice
	}
	return cost, nil
}
