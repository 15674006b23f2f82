package node

import (
	"context"
	"math/big"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/ethclient"
	"github.com/ethereum/go-ethereum/params"
	gethrpc "github.com/ethereum/go-ethereum/rpc"

	"github.com/candela-les/candela/chain/embedded"
	"github.com/candela-les/candela/node/admin"
	"github.com/candela-les/candela/node/devmoney"
	"github.com/candela-les/candela/node/usage"
	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/channel"
	"github.com/candela-les/candela/pay/watch"
	"github.com/candela-les/candela/pay/watch/disk"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire/marketwire"
)

// paychain is a dev chain with a block each second, the contracts of channels and a token.
type paychain struct {
	*embedded.Dev
	*devmoney.Money
	eth *ethclient.Client
	t   *testing.T
}

func openPaychain(t *testing.T) *paychain {
	t.Helper()
	dev, err := embedded.OpenDev(embedded.DevConfig{Alloc: devmoney.Alloc(), BlockTime: time.Second})
	if err != nil {
		t.Fatal(err)
	}
	client := dev.Attach()
	t.Cleanup(func() {
		client.Close()
		if err := dev.Close(); err != nil {
			t.Error(err)
		}
	})
	eth := ethclient.NewClient(client)
	money, err := devmoney.Open(t.Context(), eth)
	if err != nil {
		t.Fatal(err)
	}
	return &paychain{dev, money, eth, t}
}

// give gives somebody tokens, in base units.
func (c *paychain) give(to common.Address, amount uint64) {
	c.t.Helper()
	if err := c.Mint(c.t.Context(), to, unit.NewAmount(amount)); err != nil {
		c.t.Fatal(err)
	}
}

// has is how many tokens somebody has.
func (c *paychain) has(who common.Address) unit.Amount {
	c.t.Helper()
	amount, err := c.Has(c.t.Context(), who)
	if err != nil {
		c.t.Fatal(err)
	}
	return amount
}

// notes are a payer's, in memory.
type notes struct {
	mu  sync.Mutex
	all map[pay.Hash]pay.Note
}

func (n *notes) Save(_ context.Context, one pay.Note) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.all == nil {
		n.all = make(map[pay.Hash]pay.Note)
	}
	n.all[one.ID] = one
	return nil
}

func (n *notes) Load(_ context.Context, _ string, id pay.Hash) (pay.Note, bool, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	one, ok := n.all[id]
	return one, ok, nil
}

func (n *notes) All(context.Context) (list []pay.Note, err error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, one := range n.all {
		list = append(list, one)
	}
	return list, nil
}

// payer pays from one of the dev chain's accounts.
func (c *paychain) payer(session watch.Signer) *channel.Payer {
	c.t.Helper()
	tables, err := disk.Open(c.t.Context(), "")
	if err != nil {
		c.t.Fatal(err)
	}
	env := testEnv(c.t)
	watcher, err := watch.New(watch.Config{
		Chain: c.eth, ChainID: c.Info().ChainID.Uint64(), Stale: time.Hour, Now: env.Now, Logger: env.Logger, Poll: poll,
	})
	if err != nil {
		c.t.Fatal(err)
	}
	c.t.Cleanup(func() {
		if err := watcher.Close(); err != nil {
			c.t.Error(err)
		}
		if err := tables.Close(); err != nil {
			c.t.Error(err)
		}
	})
	funds := watch.NewKey(embedded.DevAccounts()[2].Key)
	sender, err := watcher.NewSender(c.t.Context(), watch.SenderConfig{
		Node: c.eth, Signer: funds, Outbox: tables, MaxFee: big.NewInt(100 * params.GWei), Logger: env.Logger,
	})
	if err != nil {
		c.t.Fatal(err)
	}
	p, err := channel.NewPayer(channel.PayerConfig{
		Funds: funds, Session: session, Sender: sender, Watcher: watcher, Reader: c.eth, Notes: new(notes),
	})
	if err != nil {
		c.t.Fatal(err)
	}
	return p
}

// receiver is who is paid.
const receiver = "0x00000000000000000000000000000000c01d0001"

// taking is how a server takes payments on the dev chain.
func taking(c *paychain) func(cfg *ServerConfig) {
	return func(cfg *ServerConfig) {
		cfg.Sell.Token = c.Token.Hex()
		cfg.Take = TakeConfig{
			Methods: []string{"channel"}, Receiver: receiver,
			Signer: watch.NewKey(embedded.DevAccounts()[1].Key), Confirmations: 1, Stale: time.Minute, Delay: 24 * time.Hour,
			Poll: poll, CoinPrice: "0.000001", MaxFee: 100, // gas costs next to nothing
		}
	}
}

// A client that no operator has ever heard of opens a channel on the chain, has an account by its first promise, wins units and has
// the rest of its deposit back at once when it ends business.
func TestTakesPayments(t *testing.T) {
	t.Parallel()
	c := openPaychain(t)
	s := openStall(t, c.Dev, "takings", taking(c))
	b := s.visit(t, "payer")
	funds := embedded.DevAccounts()[2].Address
	c.give(funds, 5_000_000)
	p := c.payer(watch.NewKey(b.Key))

	terms := b.Ask(&marketwire.GetConditions{}).(*marketwire.Conditions).Terms.Body
	if len(terms.Methods) != 2 || terms.Methods[1].Name != "channel" {
		t.Fatalf("the terms list %v", terms.Methods)
	}
	id, opening, err := p.Open(t.Context(), "first", pay.Payee{
		Seller: pay.Address(b.Market.Seller), Asset: pay.Asset{ChainID: b.Market.ChainID, Token: pay.Address(c.Token)}, Info: terms.Methods[1].Info,
	}, unit.NewAmount(4_000_000))
	if err != nil {
		t.Fatal(err)
	}
	ask := func(q marketwire.Request) marketwire.Message {
		t.Helper()
		for deadline := time.Now().Add(time.Minute); ; time.Sleep(time.Second / 4) {
			m := b.Ask(q)
			r, ok := m.(*marketwire.Refused)
			if !ok {
				return m
			}
			if waits := r.Reason == marketwire.Unconfirmed || r.Reason == marketwire.ChainUnseen || r.Reason == marketwire.NoChannel || r.Reason == marketwire.Uncovered; !waits || time.Now().After(deadline) {
				t.Fatalf("%s: %v", marketwire.CodeName(q.Code()), r)
			}
		}
	}
	st := ask(&marketwire.Establish{Method: "channel", Opening: opening}).(*marketwire.Standing)
	if st.Channel != marketwire.Hash(id) {
		t.Fatalf("%+v", st)
	}
	if err := p.Agree(t.Context(), id, opening, pay.Standing{
		Method: st.Method, ID: id, Cumulative: st.Cumulative, Cover: st.Cover, Last: st.Last, State: st.State,
	}); err != nil {
		t.Fatal(err)
	}
	promise, comesTo, err := p.Promise(t.Context(), id, unit.NewAmount(1_000_000))
	if err != nil || comesTo != unit.NewAmount(1_000_000) {
		t.Fatal(comesTo, err)
	}
	if a, ok := ask(&marketwire.Promise{Channel: st.Channel, Promise: promise}).(*marketwire.Accepted); !ok || a.Credited != unit.NewAmount(1_000_000) {
		t.Fatalf("%+v", a)
	}
	b.Bid(36_000_000)                                  // of which it pays the reserve, 10 a second
	for b.Account().Owed.Cmp(unit.NewAmount(20)) < 0 { // more than the gas of a claim, which is 1 or 2 here
		time.Sleep(time.Second / 4)
	}
	b.Ask(new(marketwire.Close))
	settled := b.Settle(st.Channel)
	if settled.Unspent.IsZero() || settled.Spent.IsZero() {
		t.Errorf("%s was spent and %s given back", settled.Spent, settled.Unspent)
	}
	if err := p.Close(t.Context(), id, settled.Data); err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(time.Second / 4) {
		if want, _ := unit.NewAmount(5_000_000).Sub(settled.Spent); c.has(funds) == want {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("the client has %s tokens again, and has spent %s of 5,000,000", c.has(funds), settled.Spent)
		}
	}
	s.collects(t, c, settled.Spent)
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	s.audit(t)
}

// collects has the operator look at what is due, and bring it to the chain.
func (s *stall) collects(t *testing.T, c *paychain, due unit.Amount) {
	t.Helper()
	office, err := admin.Dial(t.Context(), admin.SocketIn(s.dir))
	if err != nil {
		t.Fatal(err)
	}
	defer office.Close() //nolint:errcheck // the test is over
	methods, err := office.Methods(t.Context())
	if err != nil || len(methods.Methods) != 2 || methods.Methods[1].Receiver.String() != receiver || methods.Methods[1].DelayS != 24*60*60 {
		t.Errorf("the methods are %+v (%v)", methods, err)
	}
	before, err := office.Exposure(t.Context())
	if err != nil || len(before.Methods) != 1 {
		t.Fatal(before, err)
	}
	if e := before.Methods[0]; e.Channels != 1 || e.Due != due || e.Covered != due || !e.Uncovered.IsZero() || e.Worst != due || e.Unseen != nil {
		t.Errorf("%s is due, and at stake is %+v", due, e)
	}
	got, err := office.Collect(t.Context(), "channel")
	if err != nil || got.Asked != 1 || got.Amount != due {
		t.Errorf("collected %+v (%v) of %s", got, err, due)
	}
	if has := c.has(common.HexToAddress(receiver)); has != due {
		t.Errorf("the receiver has %s of %s", has, due)
	}
	after, err := office.Exposure(t.Context())
	if err != nil || len(after.Methods) != 1 || !after.Methods[0].Due.IsZero() || after.Methods[0].Channels != 0 {
		t.Errorf("after it was collected, at stake is %+v (%v)", after, err)
	}
	if _, err := office.Collect(t.Context(), "barter"); err == nil || !strings.Contains(err.Error(), "barter") {
		t.Errorf("collecting what nobody pays by: %v", err)
	}
}

// What makes no sense is said in a sentence that names the flag.
func TestTakesNonsense(t *testing.T) {
	source, err := embedded.OpenDev(embedded.DevConfig{})
	if err != nil {
		t.Fatal(err)
	}
	defer source.Close()
	c := &paychain{Dev: source, Money: &devmoney.Money{Token: common.Address{0xaa}}, t: t}
	for want, change := range map[string]func(cfg *ServerConfig){
		"--sell.price":         func(cfg *ServerConfig) { cfg.Sell.Price = "" },
		"--pay.methods":        func(cfg *ServerConfig) { cfg.Take.Methods = []string{"barter"} },
		"each once":            func(cfg *ServerConfig) { cfg.Take.Methods = []string{"channel", "channel"} },
		"--sell.token":         func(cfg *ServerConfig) { cfg.Sell.Token = "" },
		"--pay.receiver":       func(cfg *ServerConfig) { cfg.Take.Receiver = "0x0000000000000000000000000000000000000000" },
		"--pay.keystore":       func(cfg *ServerConfig) { cfg.Take.Signer = nil },
		"--pay.coin-price":     func(cfg *ServerConfig) { cfg.Take.CoinPrice = "0" },
		"--pay.methods cheque": func(cfg *ServerConfig) { cfg.Take.Credit = "1" },
		"--pay.factory":        func(cfg *ServerConfig) { cfg.Take.Methods = []string{"cheque"} },
		"--pay.credit: ": func(cfg *ServerConfig) {
			cfg.Take.Methods, cfg.Take.Factory, cfg.Take.Credit = []string{"cheque"}, receiver, "some"
		},
		"--pay.open-all need --pay.methods": func(cfg *ServerConfig) { cfg.Take.Lottery.Open = "1" },
		"--pay.open ": func(cfg *ServerConfig) {
			cfg.Take.Methods, cfg.Take.Lottery = []string{"lottery"}, LotteryConfig{Contract: receiver, Revenue: "1000", Open: "much"}
		},
		"--pay.open-all needs": func(cfg *ServerConfig) {
			cfg.Take.Methods, cfg.Take.Lottery = []string{"lottery"}, LotteryConfig{Contract: receiver, Revenue: "1000", OpenAll: "1"}
		},
		"is less than what may be lost to one": func(cfg *ServerConfig) {
			cfg.Take.Methods, cfg.Take.Lottery = []string{"lottery"}, LotteryConfig{Contract: receiver, Revenue: "1000", Open: "2", OpenAll: "1"}
		},
		"--pay.at-stake": func(cfg *ServerConfig) { cfg.Take.AtStake = "much" },
		"--pay.delay":    func(cfg *ServerConfig) { cfg.Take.Delay = 2 * time.Hour },
		"--pay.max-fee":  func(cfg *ServerConfig) { cfg.Take.MaxFee = 0 },
		"--pay.rpc":      func(cfg *ServerConfig) { cfg.Sell.ChainID = 8453 },
	} {
		cfg := ServerConfig{
			Source: source, ListenAddr: "127.0.0.1:0", Key: embedded.DevAccounts()[3].Key, AdminDir: t.TempDir(),
			Sell: SellConfig{Price: "0.036", Decimals: 6, Currency: "TEST", Ledger: filepath.Join(t.TempDir(), LedgerName)},
		}
		taking(c)(&cfg)
		change(&cfg)
		s, err := StartServer(t.Context(), testEnv(t), cfg)
		if err == nil {
			s.Close()
		}
		if err == nil || !strings.Contains(err.Error(), want) || !usage.Is(err) {
			t.Errorf("%s: %v", want, err)
		}
	}
}

// elsewhere is a node of chain 1.
type elsewhere struct{}

// ChainId is what eth_chainId answers.
func (elsewhere) ChainId() hexutil.Uint64 { return 1 }

// What does not fit the chain ends the start with a sentence that names the flag; a chain that is away does not.
func TestTakesMisfits(t *testing.T) {
	t.Parallel()
	c := openPaychain(t)
	other := gethrpc.NewServer()
	defer other.Stop()
	if err := other.RegisterName("eth", elsewhere{}); err != nil {
		t.Fatal(err)
	}
	wrong := httptest.NewServer(other)
	defer wrong.Close()
	for _, try := range []struct {
		want   string // nothing: it starts
		change func(cfg *ServerConfig)
	}{
		{"--sell.token", func(cfg *ServerConfig) { cfg.Sell.Token = receiver }},
		{"--pay.factory", func(cfg *ServerConfig) { cfg.Take.Methods, cfg.Take.Factory = []string{"cheque"}, c.Token.Hex() }},
		{"--pay.factory", func(cfg *ServerConfig) {
			cfg.Take.Methods, cfg.Take.Factory, cfg.Sell.Token = []string{"cheque"}, c.Factory.Hex(), receiver
		}},
		{"--sell.token", func(cfg *ServerConfig) {
			cfg.Take.Methods, cfg.Take.Lottery, cfg.Sell.Token = []string{"lottery"}, devLottery, receiver
			cfg.Take.Lottery.Contract = c.Lottery.Hex()
		}},
		{"--pay.lottery", func(cfg *ServerConfig) {
			cfg.Take.Methods, cfg.Take.Lottery = []string{"lottery"}, devLottery
			cfg.Take.Lottery.Contract = c.Token.Hex()
		}},
		{"--pay.rpc", func(cfg *ServerConfig) { cfg.Take.RPC = wrong.URL }},
		{"--sell.decimals 18: the contract of token", func(cfg *ServerConfig) { cfg.Sell.Decimals = 18 }},
		{"", func(cfg *ServerConfig) { cfg.Take.RPC = "http://127.0.0.1:1" }},
		{"", func(cfg *ServerConfig) {
			cfg.Take.Methods, cfg.Take.Factory = []string{"channel", "cheque"}, c.Factory.Hex()
		}},
	} {
		cfg := ServerConfig{
			Source: c.Dev, ListenAddr: "127.0.0.1:0", Key: embedded.DevAccounts()[3].Key, AdminDir: t.TempDir(),
			Sell: SellConfig{Price: "0.036", Decimals: 6, Currency: "TEST", Ledger: filepath.Join(t.TempDir(), LedgerName)},
		}
		taking(c)(&cfg)
		try.change(&cfg)
		s, err := StartServer(t.Context(), testEnv(t), cfg)
		if err == nil {
			err = s.Close()
		}
		if try.want == "" && err != nil || try.want != "" && (err == nil || !strings.Contains(err.Error(), try.want) || !usage.Is(err)) {
			t.Errorf("%q: %v", try.want, err)
		}
	}
}
