package node

import (
	"context"
	"errors"
	"math/big"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/accounts/keystore"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/ethclient"
	gethrpc "github.com/ethereum/go-ethereum/rpc"
	"github.com/google/go-cmp/cmp"

	"github.com/candela-les/candela/chain/embedded"
	"github.com/candela-les/candela/node/payments"
	"github.com/candela-les/candela/node/usage"
	"github.com/candela-les/candela/unit"
)

// sealed writes an account's key into files as candela light is given it.
func sealed(t *testing.T, account embedded.DevAccount) (key, password string) {
	t.Helper()
	dir := t.TempDir()
	made, err := keystore.NewKeyStore(dir, keystore.LightScryptN, keystore.LightScryptP).ImportECDSA(account.Key, "open sesame")
	if err != nil {
		t.Fatal(err)
	}
	password = filepath.Join(dir, "password")
	if err := os.WriteFile(password, []byte("open sesame\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return made.URL.Path, password
}

// owner looks after what a light client pays with.
type owner struct {
	*paychain
	env   Env
	dir   string
	waits time.Duration // for servers
	funds common.Address
	began *big.Int // its coin
}

// opened does something at the desk.
func (o *owner) opened(running bool, do func(p *Payments)) {
	o.t.Helper()
	p, err := OpenPayments(o.t.Context(), o.env, PaymentsConfig{DataDir: o.dir, Patience: o.waits})
	if err != nil {
		o.t.Fatal(err)
	}
	if p.Running() != running {
		o.t.Errorf("a light client runs: %v", p.Running())
	}
	do(p)
	if err := p.Close(o.t.Context()); err != nil {
		o.t.Error(err)
	}
}

// done has a job done, and returns its only result.
func (o *owner) done(p *Payments, begin func(context.Context, payments.Order) (payments.Job, error), order payments.Order) payments.Result {
	o.t.Helper()
	j, err := begin(o.t.Context(), order)
	if err != nil {
		o.t.Fatal(err)
	}
	j, err = p.Follow(o.t.Context(), j, func(payments.Job) {})
	if err != nil || len(j.Results) != 1 {
		o.t.Fatalf("%+v, %v", j, err)
	}
	for _, step := range j.Steps {
		o.t.Logf("%s: %s", j.Action, step.Text)
	}
	return j.Results[0]
}

// agrees compares status and history with the chain, to the last base unit and wei, and returns them.
func (o *owner) agrees(p *Payments) (payments.Status, payments.History) {
	o.t.Helper()
	s, err := p.Status(o.t.Context())
	if err != nil {
		o.t.Fatal(err)
	}
	h, err := p.Client.History(o.t.Context(), 100)
	if err != nil {
		o.t.Fatal(err)
	}
	if s.Unseen != "" || s.Decimals == nil || *s.Decimals != 6 || s.Currency == "" || h.Currency != s.Currency {
		o.t.Fatalf("the chain is not seen: %+v", s)
	}
	coin, err := o.eth.BalanceAt(o.t.Context(), o.funds, nil)
	if err != nil {
		o.t.Fatal(err)
	}
	tokens, fees := unit.NewAmount(5_000_000), new(big.Int).Set(o.began)
	for i := len(h.Entries) - 1; i >= 0; i-- {
		e := &h.Entries[i]
		switch e.What {
		case "opened", "locked":
			tokens = tokens.Minus(*e.Amount)
		case "returned", "closed":
			tokens = tokens.Plus(*e.Amount)
		}
		if e.Tx == nil {
			continue
		}
		fee, ok := new(big.Int).SetString(e.Tx.FeeWei, 10)
		if !ok || e.Tx.Failed != "" || e.Tx.Block == 0 {
			o.t.Errorf("transaction %+v", e.Tx)
			continue
		}
		fees.Sub(fees, fee)
	}
	if has := o.has(o.funds); has != tokens || s.Funds.Tokens == nil || *s.Funds.Tokens != has {
		o.t.Errorf("the key has %s tokens, by the history %s, by the status %v", has, tokens, s.Funds.Tokens)
	}
	if coin.Cmp(fees) != 0 || s.Funds.CoinWei != coin.String() {
		o.t.Errorf("the key has %v wei, by the history %v, by the status %s", coin, fees, s.Funds.CoinWei)
	}
	return s, h
}

// An owner looks after payments by hand, with a light client that runs and without: locks more, has the rest back with the server's consent, opens
// a channel, and has it back alone when the server is gone and the delay over. Status and history agree with the chain.
func TestLookAfterPayments(t *testing.T) {
	t.Parallel()
	c := openPaychain(t)
	shop := openStall(t, c.Dev, "is paid and goes", taking(c))
	plain := startServer(t, c.Dev, nil)
	account := embedded.DevAccounts()[2]
	o := &owner{paychain: c, env: testEnv(t), dir: t.TempDir(), funds: account.Address}
	c.give(o.funds, 5_000_000)
	var err error
	if o.began, err = c.eth.BalanceAt(t.Context(), o.funds, nil); err != nil {
		t.Fatal(err)
	}
	pays := spending(c)
	pays.Signer = nil
	pays.Keystore, pays.Password = sealed(t, account)
	if _, err := OpenPayments(t.Context(), o.env, PaymentsConfig{DataDir: o.dir}); !errors.Is(err, ErrNoPayments) {
		t.Errorf("before anything was paid: %v", err)
	}
	l, err := StartLight(t.Context(), o.env, LightConfig{
		Trusted: []string{plain.Enode()}, Servers: []string{shop.Enode()}, Fraction: 100, HTTPAddr: "127.0.0.1:0", DataDir: o.dir,
		Demand: "requests=10 servers=1 price=90000 budget=100000000", Token: "1337:" + c.Token.Hex(), Pay: pays,
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Ready(t.Context()); err != nil {
		t.Fatal(err)
	}
	o.buys(l)

	o.opened(true, func(p *Payments) {
		if _, err := OpenPayments(t.Context(), o.env, PaymentsConfig{DataDir: o.dir, RPC: "http://127.0.0.1:1"}); !usage.Is(err) {
			t.Errorf("another node while a light client runs: %v", err)
		}
		s, _ := o.agrees(p)
		ch := s.Channels[0]
		if len(s.Channels) != 1 || ch.State != payments.Open || !ch.Connected || ch.Server == "" || ch.Locked != unit.NewAmount(2_000_000) ||
			ch.Promised.IsZero() || ch.Acknowledged != ch.Promised || ch.Left != ch.Locked.Minus(ch.Promised) || s.Promised != ch.Promised {
			t.Errorf("status of channel %+v: promised today %s, locked %s", ch, s.Promised, s.Locked)
		}
		if s.Limits.Daily != unit.NewAmount(4_000_000) || s.Budget != unit.NewAmount(100_000_000) || s.Locked != ch.Left {
			t.Errorf("status: a limit of %s and a budget of %s a day, %s locked and %s left", s.Limits.Daily, s.Budget, s.Locked, ch.Left)
		}
		r := o.done(p, p.TopUp, payments.Order{Which: payments.Which{Server: ch.Server}, Amount: unit.NewAmount(500_000)})
		if r.Error != nil || r.Locked != unit.NewAmount(2_500_000) || c.has(o.funds) != unit.NewAmount(2_500_000) {
			t.Errorf("locked more: %+v", r)
		}
		r = o.done(p, p.TopUp, payments.Order{Which: payments.Which{All: true}, Amount: unit.NewAmount(2_500_000)})
		if r.Error == nil || r.Error.Code != payments.CodeLimit {
			t.Errorf("beyond the limit: %+v", r.Error)
		}
		r = o.done(p, p.CloseChannels, payments.Order{Which: payments.Which{All: true}})
		if r.Error != nil || r.State != payments.Closed || r.Returned.IsZero() || r.Locked.Plus(*r.Returned) != unit.NewAmount(2_500_000) {
			t.Fatalf("closed: %+v", r)
		}
		_, h := o.agrees(p)
		var what []string
		for _, e := range h.Entries {
			what = append(what, e.What)
			switch {
			case e.What == "settled" && (*e.Amount != r.Locked || e.Unspent == nil):
				t.Errorf("settled: %+v, and %s stays there", e, r.Locked)
			case e.What != "settled" && e.What != "promised" && e.Tx == nil:
				t.Errorf("no transaction did this: %+v", e)
			}
		}
		if diff := cmp.Diff([]string{"closed", "settled", "locked", "promised", "opened"}, what); diff != "" {
			t.Error(diff)
		}
	})
	if err := l.Close(); err != nil {
		t.Error(err)
	}
	o.alone(shop)
}

// buys waits until something was paid for.
func (o *owner) buys(l *Light) {
	o.t.Helper()
	rpc, err := gethrpc.DialOptions(o.t.Context(), l.URL(), gethrpc.WithHTTPClient(http.DefaultClient))
	if err != nil {
		o.t.Fatal(err)
	}
	defer rpc.Close()
	for deadline := time.Now().Add(3 * time.Minute); ; time.Sleep(100 * time.Millisecond) {
		list, err := l.Client().Market()
		if err != nil {
			o.t.Fatal(err)
		}
		asks(o.t, ethclient.NewClient(rpc))
		for _, s := range list {
			if s.Units > 0 && s.Account != nil && !s.Account.Credited.IsZero() {
				return
			}
		}
		if time.Now().After(deadline) {
			o.t.Fatalf("not in time: %+v", list)
		}
	}
}

// alone is what is done while no light client runs.
func (o *owner) alone(shop *stall) {
	t := o.t
	var id payments.Which
	o.opened(false, func(p *Payments) {
		s, h := o.agrees(p)
		if len(s.Channels) != 1 || s.Channels[0].State != payments.Closed || len(h.Entries) != 5 || s.Budget != unit.NewAmount(100_000_000) || s.Demand == "free" {
			t.Errorf("status %+v\nhistory %+v", s, h)
		}
		r := o.done(p, p.Open, payments.Order{Which: payments.Which{Server: serverID(shop.Server)}, Amount: unit.NewAmount(1_000_000)})
		if r.Error != nil || r.State != payments.Open || r.Locked != unit.NewAmount(1_000_000) {
			t.Fatalf("opened: %+v", r)
		}
		id.Channel = "0x" + common.Bytes2Hex(r.ID[:4])
		o.agrees(p)
	})
	if err := shop.Close(); err != nil {
		t.Error(err)
	}
	o.waits = 3 * time.Second // it does not come
	o.opened(false, func(p *Payments) {
		r := o.done(p, p.CloseChannels, payments.Order{Which: id})
		if r.Error == nil || r.Error.Code != payments.CodeAway || r.State != payments.Open {
			t.Errorf("closed by the consent of a server that is gone: %+v", r)
		}
		r = o.done(p, p.CloseChannels, payments.Order{Which: id, Alone: true})
		if r.Error != nil || r.State != payments.Closing || r.Back == nil || r.Back.Before(time.Now().Add(23*time.Hour)) {
			t.Fatalf("closed alone: %+v", r)
		}
		if s, _ := o.agrees(p); s.Channels[0].State != payments.Closing || s.Channels[0].Back == nil || !s.Channels[0].Back.Equal(*r.Back) {
			t.Errorf("status %+v", s)
		}
	})
	if err := o.Later(25 * time.Hour); err != nil {
		t.Fatal(err)
	}
	o.env.Now = func() time.Time { return time.Now().Add(25 * time.Hour) }
	o.opened(false, func(p *Payments) {
		r := o.done(p, p.CloseChannels, payments.Order{Which: id})
		if r.Error != nil || r.State != payments.Closed {
			t.Errorf("closed after the delay: %+v, %v", r, r.Error)
		}
		_, h := o.agrees(p)
		if e := h.Entries[0]; e.What != "closed" || *e.Amount != unit.NewAmount(1_000_000) || e.Tx == nil {
			t.Errorf("the end of it: %+v", e)
		}
	})
}
