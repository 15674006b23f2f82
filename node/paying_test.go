package node

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/ethereum/go-ethereum/ethclient"
	gethrpc "github.com/ethereum/go-ethereum/rpc"

	"github.com/candela-les/candela/chain/embedded"
	"github.com/candela-les/candela/client/bidder"
	"github.com/candela-les/candela/node/devmoney"
	"github.com/candela-les/candela/node/usage"
	"github.com/candela-les/candela/pay/watch"
	"github.com/candela-les/candela/unit"
)

// poll is how often tests look at a chain with a block each second.
const poll = 250 * time.Millisecond

// spending is how a light client pays on a dev chain.
func spending(c *paychain) PayConfig {
	return PayConfig{
		Methods: []string{"channel"}, Signer: watch.NewKey(embedded.DevAccounts()[2].Key), Confirmations: 1, Stale: time.Hour, MaxFee: 100, Poll: poll,
		Prepaid: "1000000", Daily: "4000000", Locked: "4000000", Deposit: "2000000",
	}
}

// A light client without an account anywhere sees that a server sells, opens a channel on the chain by its own proven view of it, and is served
// as it pays. Started again, it goes on with the same channel.
func TestLightPays(t *testing.T) {
	t.Parallel()
	c := openPaychain(t)
	s := openStall(t, c.Dev, "takes what clients pay", taking(c))
	funds := embedded.DevAccounts()[2].Address
	c.give(funds, 5_000_000)
	cfg := LightConfig{
		Trusted: []string{s.Enode()}, Fraction: 100, HTTPAddr: "127.0.0.1:0", DataDir: t.TempDir(),
		Demand: "requests=10 servers=1 price=90000 budget=100000000", Token: "1337:" + c.Token.Hex(), Pay: spending(c),
	}
	first := lightPays(t, cfg, unit.Amount{})
	cfg.Demand = "requests=20 servers=1 price=90000 budget=100000000" // of which what was prepaid before covers too little
	second := lightPays(t, cfg, first)
	if left := c.has(funds); left != unit.NewAmount(3_000_000) {
		t.Errorf("of 5,000,000 tokens %s are left: one channel takes 2,000,000", left)
	}
	t.Logf("%s and then %s were credited", first, second)
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	s.audit(t)
}

// lightPays runs a light client until it has units and more credited than before.
func lightPays(t *testing.T, cfg LightConfig, before unit.Amount) (credited unit.Amount) {
	t.Helper()
	l, err := StartLight(t.Context(), testEnv(t), cfg)
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Ready(t.Context()); err != nil {
		t.Fatal(err)
	}
	rpc, err := gethrpc.DialOptions(t.Context(), l.URL(), gethrpc.WithHTTPClient(http.DefaultClient))
	if err != nil {
		t.Fatal(err)
	}
	defer rpc.Close()
	eth := ethclient.NewClient(rpc)
	for deadline := time.Now().Add(3 * time.Minute); ; time.Sleep(100 * time.Millisecond) {
		var list []bidder.SellerStatus
		if err := rpc.CallContext(t.Context(), &list, "candela_market"); err != nil {
			t.Fatal(err)
		}
		asks(t, eth)
		if len(list) == 1 && list[0].Units > 0 && list[0].Account != nil && list[0].Account.Credited.Cmp(before) > 0 {
			credited = list[0].Account.Credited
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("not in time: %+v", list)
		}
	}
	if err := l.Close(); err != nil {
		t.Error(err)
	}
	return credited
}

// asks asks for something that has to be fetched anew after each block, again and again: a server is bid at when it has answered a few times.
func asks(t *testing.T, eth *ethclient.Client) {
	t.Helper()
	for _, a := range embedded.DevAccounts() {
		if _, err := eth.BalanceAt(t.Context(), a.Address, nil); err != nil {
			t.Error(err)
		}
	}
}

// A client that has only just been started is asked again, and not for ever.
func TestPatient(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		early, asked := errors.New("no head yet"), 0
		ask := func() error {
			if asked++; asked < 5 {
				return early
			}
			return nil
		}
		if err := again(t.Context(), ask); err != nil || asked != 5 {
			t.Errorf("%v, asked %d times", err, asked)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		began := time.Now()
		err := again(ctx, func() error { return cmp.Or(ctx.Err(), early) })
		if !errors.Is(err, early) || time.Since(began) != time.Second {
			t.Errorf("%v after %v", err, time.Since(began))
		}
	})
}

// What makes no sense is said in a sentence that names the flag.
func TestLightPaysNonsense(t *testing.T) {
	c := &paychain{Money: new(devmoney.Money), t: t}
	const token = "1337:0x00000000000000000000000000000000000000aa"
	for want, change := range map[string]func(cfg *LightConfig){
		"--pay \"barter\"":           func(cfg *LightConfig) { cfg.Pay.Methods = []string{"barter"} },
		"need --pay METHOD":          func(cfg *LightConfig) { cfg.Pay.Methods = nil },
		"--datadir":                  func(cfg *LightConfig) { cfg.DataDir = "" },
		"--token":                    func(cfg *LightConfig) { cfg.Token = "1337" },
		"--pay.keystore":             func(cfg *LightConfig) { cfg.Pay.Signer = nil },
		"--pay.max-fee":              func(cfg *LightConfig) { cfg.Pay.MaxFee = 0 },
		"--pay.prepaid":              func(cfg *LightConfig) { cfg.Pay.Prepaid = "" },
		"--pay.daily":                func(cfg *LightConfig) { cfg.Pay.Daily = "0" },
		"--pay.locked":               func(cfg *LightConfig) { cfg.Pay.Locked = "some" },
		"--pay.deposit":              func(cfg *LightConfig) { cfg.Pay.Deposit = "-1" },
		"--pay.credit":               func(cfg *LightConfig) { cfg.Pay.Credit = "none" },
		"--pay.lottery and":          func(cfg *LightConfig) { cfg.Pay.Lotteries = []string{receiver} },
		"--pay.prepaid and the like": func(cfg *LightConfig) { cfg.Pay = PayConfig{Escrow: "5"} },
		"--pay.most-prize need":      func(cfg *LightConfig) { cfg.Pay.MostPrize = "5" },
		"--pay.most-prize \"": func(cfg *LightConfig) {
			cfg.Pay.Methods, cfg.Pay.Lotteries, cfg.Pay.MostPrize = []string{"lottery"}, []string{receiver}, "0"
		},
		"lotteries which you trust": func(cfg *LightConfig) { cfg.Pay.Methods = []string{"lottery"} },
		"--pay.factory needs":       func(cfg *LightConfig) { cfg.Pay.Factories = []string{receiver} },
		"which you trust":           func(cfg *LightConfig) { cfg.Pay.Methods = []string{"cheque"} },
		"is no address": func(cfg *LightConfig) {
			cfg.Pay.Methods, cfg.Pay.Factories = []string{"cheque"}, []string{"0x12"}
		},
		"--pay.pot needs":    func(cfg *LightConfig) { cfg.Pay.Pot = "1" },
		"need --pay lottery": func(cfg *LightConfig) { cfg.Pay.Escrow = "1" },
		"--pay.escrow \"some\"": func(cfg *LightConfig) {
			cfg.Pay.Methods, cfg.Pay.Lotteries, cfg.Pay.Escrow = []string{"lottery"}, []string{receiver}, "some"
		},
		"no more than --pay.locked": func(cfg *LightConfig) {
			cfg.Pay.Methods, cfg.Pay.Lotteries, cfg.Pay.Escrow, cfg.Pay.Pot = []string{"lottery"}, []string{receiver}, "1", "4000001"
		},
		"--pay.gas": func(cfg *LightConfig) {
			cfg.Pay.Methods, cfg.Pay.Factories, cfg.Pay.Gas = []string{"cheque"}, []string{receiver}, "a bit"
		},
	} {
		cfg := LightConfig{
			Trusted: []string{nobody}, Fraction: 100, HTTPAddr: "127.0.0.1:0", DataDir: t.TempDir(),
			Demand: "wallet price=90000 budget=100000000", Token: token, Pay: spending(c),
		}
		change(&cfg)
		l, err := StartLight(t.Context(), testEnv(t), cfg)
		if err == nil {
			l.Close()
		}
		if err == nil || !strings.Contains(err.Error(), want) || !usage.Is(err) {
			t.Errorf("%s: %v", want, err)
		}
	}
}

// nobody is a server that does not exist.
const nobody = "enode://6f8a80d14311c39f35f516fa664deaaaa13e85b2f7493f37f6144d86991ec012937307647bd3b9a82abe2974e1407241d54947bbb39763a4cac9f77166ad92a0@127.0.0.1:1"
