package node

import (
	"bufio"
	"cmp"
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/p2p/enode"

	"github.com/candela-les/candela/chain/embedded"
	"github.com/candela-les/candela/client/bidder"
	"github.com/candela-les/candela/market/buyer"
	"github.com/candela-les/candela/node/admin"
	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/channel"
	"github.com/candela-les/candela/pay/watch"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire/marketwire"
)

// partVariable says in JSON what a process of TestKills is.
const partVariable = "CANDELA_PAY_PART"

func TestMain(m *testing.M) {
	text := os.Getenv(partVariable)
	if text == "" {
		os.Exit(m.Run())
	}
	var p part
	err := json.Unmarshal([]byte(text), &p)
	if err == nil {
		err = p.run()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// part is what a process of TestKills is: a server, or a light client if there is a server for it.
type part struct {
	Dir     string
	Chain   string // JSON-RPC
	Genesis string // file
	Token   string
	Addr    string // where it listens: to light clients, or with JSON-RPC
	Server  string // enode
	Seed    uint64
	Leaves  bool // now and then; a server that was left is not bid at for a while
}

func (p *part) run() error {
	ctx, leave := context.WithCancel(context.Background())
	defer leave()
	go func() { // the only line is to leave; at its end the test has ended
		for in := bufio.NewScanner(os.Stdin); in.Scan(); {
			leave()
		}
		os.Exit(1)
	}()
	env := Env{Logger: slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelInfo})), Now: time.Now}
	if p.Server == "" {
		return p.serve(ctx, env)
	}
	return p.pay(ctx, env)
}

// serve is candela serve with --pay, until it is told to end.
func (p *part) serve(ctx context.Context, env Env) error {
	s, err := StartServer(ctx, env, ServerConfig{
		DataDir: p.Dir, Nodes: []string{p.Chain}, Genesis: p.Genesis, ListenAddr: p.Addr,
		Sell: SellConfig{Price: "0.036", Decimals: 6, Currency: "TEST", Token: p.Token, Units: 2, MaxUnits: 4, Fee: "0.000003"},
		Take: TakeConfig{
			Methods: []string{channel.Method}, RPC: p.Chain, Receiver: receiver, Signer: watch.NewKey(embedded.DevAccounts()[1].Key),
			Confirmations: 1, Stale: time.Minute, Delay: 24 * time.Hour, Poll: poll, CoinPrice: "0.000001", MaxFee: 100,
		},
	})
	if err != nil {
		return err
	}
	say("serving", s.Enode())
	<-ctx.Done()
	return s.Close()
}

// killedDemand is what the light client of TestKills buys.
const killedDemand = "requests=10 servers=1 price=90000 budget=100000000"

// pay is candela light with --pay. It also pays by hand, all the time, until it is told to leave: then it closes all its channels, says what it knows of
// them, and ends.
func (p *part) pay(ctx context.Context, env Env) error {
	l, err := StartLight(ctx, env, LightConfig{
		Trusted: []string{p.Server}, Fraction: 100, HTTPAddr: p.Addr, DataDir: p.Dir, Genesis: p.Genesis, Demand: killedDemand, Token: "1337:" + p.Token,
		Pay: PayConfig{
			Methods: []string{channel.Method}, Signer: watch.NewKey(embedded.DevAccounts()[2].Key), Confirmations: 1, Stale: time.Hour, MaxFee: 100, Poll: poll,
			Prepaid: "1000000000", Daily: "1000000000", Locked: "20000", Deposit: "4000",
		},
	})
	if err != nil {
		return err
	}
	id, err := enode.ParseV4(p.Server)
	if err != nil {
		return err
	}
	h := &hand{
		light: l, wallet: l.payer.Wallet, server: buyer.ID(id.ID()), rand: rand.New(rand.NewPCG(p.Seed, 1)), leaves: p.Leaves,
		kept: filepath.Join(p.Dir, "methods.json"), log: env.Logger,
	}
	h.payAll(ctx)
	h.leaveAll(context.WithoutCancel(ctx))
	return l.Close()
}

// hand pays a server by hand.
type hand struct {
	light  *Light
	wallet *pay.Wallet
	server buyer.ID
	rand   *rand.Rand
	leaves bool
	kept   string // file of methods
	known  bool   // they are in it
	log    *slog.Logger
}

// errNotMet: the server is not connected, or has not said its terms yet.
var errNotMet = errors.New("not met yet")

// place is where the server is paid now.
func (h *hand) place() (at pay.Place, err error) {
	list, err := h.light.client.Met()
	i := slices.IndexFunc(list, func(m bidder.Met) bool { return m.Server == h.server && m.Connected })
	if err != nil || i < 0 {
		return at, cmp.Or(err, errNotMet)
	}
	c := list[i]
	if c.Methods, err = h.methods(c.Methods); err != nil {
		return at, err
	}
	at = pay.Place{
		Seller: pay.Address(c.Market.Seller), Asset: pay.Asset{ChainID: c.Market.ChainID, Token: pay.Address(c.Market.Token)},
		Line: telling{c.Line}, Spent: c.Spent,
	}
	for _, m := range c.Methods {
		at.Offers = append(at.Offers, pay.Offer{Method: m.Name, Info: m.Info})
	}
	return at, nil
}

// methods are those that the terms list, or have listed: who has left a server asks for them only now and then.
func (h *hand) methods(now []marketwire.Method) (list []marketwire.Method, err error) {
	switch {
	case len(now) > 0 && h.known:
		return now, nil
	case len(now) > 0:
		h.known = true
		text, err := json.Marshal(now)
		if err == nil {
			err = admin.Replace(filepath.Dir(h.kept), filepath.Base(h.kept), text)
		}
		return now, err
	}
	text, err := os.ReadFile(h.kept)
	if err == nil {
		err = json.Unmarshal(text, &list)
	}
	return list, err
}

// burst is how many promises are made at once, and calm how long none is after that: a server bounds how much it is asked.
const (
	burst = 8
	calm  = 1200 * time.Millisecond
)

// payAll pays small amounts and, if it is to, leaves the channel now and then, so that there is another one.
func (h *hand) payAll(ctx context.Context) {
	for n := 1; ctx.Err() == nil; n++ {
		at, err := h.place()
		switch {
		case err != nil:
			time.Sleep(10 * time.Millisecond)
			continue
		case h.leaves && h.rand.Uint64N(10*burst) == 0:
			for _, t := range h.wallet.Stake().Tabs {
				if !t.Closed && !t.Closing {
					_, err := h.leave(ctx, at.Line, t.ID) // in the end at the latest
					h.log.Info("leaving by hand", "err", err)
				}
			}
		default:
			if err := h.fund(ctx, at, unit.NewAmount(1+h.rand.Uint64N(200))); err != nil {
				h.log.Info("paying by hand", "err", err)
			}
		}
		if n%burst == 0 {
			select {
			case <-time.After(calm):
			case <-ctx.Done():
			}
		}
	}
}

func (h *hand) fund(ctx context.Context, at pay.Place, amount unit.Amount) error {
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	return h.wallet.Fund(ctx, at, amount)
}

// leave closes a channel.
func (h *hand) leave(ctx context.Context, line pay.Line, id pay.Hash) (pay.Balance, error) {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	return h.wallet.Leave(ctx, channel.Method, id, line)
}

// leaveAll leaves for good, and says how all channels were left: what was promised over each, and what is still locked there. That is only in one that a
// crash in the middle of leaving has had the wallet ask back alone, which takes a day.
func (h *hand) leaveAll(ctx context.Context) {
	locked := make(map[pay.Hash]unit.Amount)
	for open := true; open; {
		open = false
		for _, t := range h.wallet.Stake().Tabs {
			if _, waits := locked[t.ID]; t.Closed || waits {
				continue
			}
			open = true
			at, err := h.place()
			var b pay.Balance
			if err == nil {
				b, err = h.leave(ctx, at.Line, t.ID)
			}
			switch {
			case err != nil:
				h.log.Info("leaving for good", "err", err)
				time.Sleep(time.Second)
			case !b.Closed && b.ClosingS != 0:
				locked[t.ID] = b.Deposit
			}
		}
	}
	for _, t := range h.wallet.Stake().Tabs {
		say("left", hex.EncodeToString(t.ID[:]), t.Promised, locked[t.ID])
	}
}

// telling is a line that says what was acknowledged over it.
type telling struct{ *bidder.Line }

// Promise implements pay.Line.
func (l telling) Promise(ctx context.Context, id pay.Hash, promise []byte) (pay.Accepted, error) {
	a, err := l.Line.Promise(ctx, id, promise)
	if err == nil {
		say("acknowledged", hex.EncodeToString(id[:]), a.Cumulative)
	}
	return a, err
}

// say tells the test something, in one line that is there when this returns.
func say(words ...any) { fmt.Println(words...) }
