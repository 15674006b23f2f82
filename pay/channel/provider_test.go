package channel_test

import (
	"context"
	"errors"
	"math/big"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/candela-les/candela/contracts/bind"
	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/channel"
	"github.com/candela-les/candela/pay/eip712"
	"github.com/candela-les/candela/pay/paytest"
	"github.com/candela-les/candela/unit"
)

// opened is a world with a client that has opened a channel.
type opened struct {
	*paytest.World
	c      *paytest.Client
	ch     paytest.Channel
	config channel.Config
	mine   *channel.Types
}

func open(t *testing.T, deposit uint64) *opened {
	t.Helper()
	return openBy(t, method(), deposit)
}

func openBy(t *testing.T, m paytest.Method, deposit uint64) *opened {
	t.Helper()
	o := &opened{World: paytest.NewWorld(t, m), mine: channel.NewTypes(simulatedChainID)}
	o.c = o.NewClient(10_000)
	o.Must("opening", func(ctx context.Context) (err error) {
		o.ch, err = o.c.Open(ctx, "a channel", deposit)
		return err
	})
	decoded, err := channel.DecodeOpening(o.ch.Opening)
	if err != nil {
		t.Fatal(err)
	}
	o.config = decoded.Config
	return o
}

func (o *opened) pay(n uint64) {
	o.T.Helper()
	if _, err := o.c.Pay(o.T.Context(), o.ch, n); err != nil {
		o.T.Fatal(err)
	}
}

// channel is the provider's.
func (o *opened) channel() pay.Settler {
	o.T.Helper()
	c, err := o.Server.Provider.Open(o.T.Context(), o.c.Address(), o.ch.Opening)
	if err != nil {
		o.T.Fatal(err)
	}
	return c.(pay.Settler)
}

func (o *opened) refused(what string, err error, why pay.Reason) {
	o.T.Helper()
	var r *pay.Refusal
	if !errors.As(err, &r) || r.Reason != why {
		o.T.Errorf("%s: %v, and should be refused for reason %d", what, err, why)
	}
}

func amount(n uint64) unit.Amount { return unit.NewAmount(n) }

// What cannot work is not begun.
func TestNewProvider(t *testing.T) {
	w := paytest.NewWorld(t, method())
	good := channel.ProviderConfig{
		Asset: w.Asset(), Receiver: w.Server.Receiver, Authorizer: w.Server.Authorizer, React: time.Hour,
		Watcher: w.Server.Watcher, Reader: w.Server.Node, Now: w.Server.Now,
	}
	if _, err := channel.NewProvider(good); err != nil {
		t.Errorf("a good configuration: %v", err)
	}
	for what, spoil := range map[string]func(*channel.ProviderConfig){
		"no authorizer":               func(c *channel.ProviderConfig) { c.Authorizer = nil },
		"no watcher":                  func(c *channel.ProviderConfig) { c.Watcher = nil },
		"no clock":                    func(c *channel.ProviderConfig) { c.Now = nil },
		"no receiver":                 func(c *channel.ProviderConfig) { c.Receiver = pay.Address{} },
		"no token":                    func(c *channel.ProviderConfig) { c.Asset.Token = pay.Address{} },
		"another chain":               func(c *channel.ProviderConfig) { c.Asset.ChainID++ },
		"a delay of minutes":          func(c *channel.ProviderConfig) { c.Delay = 14 * time.Minute },
		"a delay of years":            func(c *channel.ProviderConfig) { c.Delay = 1000 * time.Hour },
		"half a second":               func(c *channel.ProviderConfig) { c.Delay = 24*time.Hour + time.Second/2 },
		"a claim that comes too late": func(c *channel.ProviderConfig) { c.React = 24 * time.Hour },
		"no time for a claim":         func(c *channel.ProviderConfig) { c.React = 0 },
	} {
		c := good
		spoil(&c)
		if _, err := channel.NewProvider(c); err == nil {
			t.Errorf("%s is taken", what)
		}
	}
}

// The contract is looked for before anybody relies on it.
func TestCheck(t *testing.T) {
	w := paytest.NewWorld(t, method())
	provider := w.Server.Provider.(*channel.Provider)
	if err := provider.Check(t.Context()); err != nil {
		t.Errorf("the contract is not found: %v", err)
	}
	m := method()
	m.Alloc[common.Address(channel.Settlement)] = m.Alloc[common.Address(channel.Collector)]
	w = paytest.NewWorld(t, m)
	if err := w.Server.Provider.(*channel.Provider).Check(t.Context()); err == nil {
		t.Error("another contract is taken for it")
	}
	c := w.NewClient(1000)
	_, err := c.Open(t.Context(), "on another contract", 500)
	if !errors.Is(err, channel.ErrNoContract) {
		t.Errorf("opening: %v", err)
	}
	delete(m.Alloc, common.Address(channel.Settlement))
	w = paytest.NewWorld(t, m)
	if err := w.Server.Provider.(*channel.Provider).Check(t.Context()); !errors.Is(err, channel.ErrNoContract) {
		t.Errorf("without a contract: %v", err)
	}
}

// A token that takes no signed transfers, as that of another chain's address, is said to be none before anything is signed or noted.
func TestCheckToken(t *testing.T) {
	w := paytest.NewWorld(t, method())
	c := w.NewClient(1000)
	for what, token := range map[string]pay.Address{
		"nobody's address": {0xaa}, "a contract that is no token": channel.Settlement, "one that is an account": pay.Address(c.Funds.Address()),
	} {
		cfg := providerConfig(w.Server)
		cfg.Asset.Token = token
		provider, err := channel.NewProvider(cfg)
		if err != nil {
			t.Fatal(err)
		}
		if err := provider.Check(t.Context()); !errors.Is(err, channel.ErrNoToken) {
			t.Errorf("%s is a token: %v", what, err)
		}
		to := w.Server.Payee()
		to.Asset.Token = token
		_, _, err = c.Payer.Open(t.Context(), what, to, amount(500))
		var refused *pay.Refusal
		if !errors.Is(err, channel.ErrNoToken) || !errors.As(err, &refused) || refused.Reason != pay.WrongChain {
			t.Errorf("opening a channel of %s: %v", what, err)
		}
	}
	notes, err := c.Notes.All(t.Context())
	if err != nil || len(notes) != 0 {
		t.Errorf("noted are %+v, %v", notes, err)
	}
	w.Server.Node.Set(func(context.Context, string) error { return errors.New("away") })
	err = w.Server.Provider.(*channel.Provider).Check(t.Context())
	if err == nil || errors.Is(err, channel.ErrNoToken) || errors.Is(err, channel.ErrNoContract) {
		t.Errorf("while the chain is away: %v", err)
	}
}

// What a channel is made of has to be as the provider wants it, and its deposit has to be sure.
func TestOpen(t *testing.T) {
	o := open(t, 500)
	for what, try := range map[string]struct {
		change func(*channel.Config)
		why    pay.Reason
	}{
		"a short delay":          {func(c *channel.Config) { c.WithdrawDelayS-- }, pay.Expired},
		"a delay for years":      {func(c *channel.Config) { c.WithdrawDelayS = channel.MostDelayS + 1 }, pay.Malformed},
		"no key for promises":    {func(c *channel.Config) { c.PayerAuthorizer = pay.Address{} }, pay.WrongClient},
		"another key for claims": {func(c *channel.Config) { c.ReceiverAuthorizer[3]++ }, pay.WrongPayee},
		"another salt":           {func(c *channel.Config) { c.Salt[3]++ }, pay.NoChannel},
		"another payer":          {func(c *channel.Config) { c.Payer[3]++ }, pay.NoChannel},
	} {
		config := o.config
		try.change(&config)
		opening := channel.Opening{ChainID: simulatedChainID, Config: config}
		_, err := o.Server.Provider.Open(t.Context(), o.c.Address(), opening.Encode())
		o.refused(what, err, try.why)
	}
	zero := channel.Opening{ChainID: simulatedChainID, Config: o.config}
	zero.Config.PayerAuthorizer = pay.Address{}
	_, err := o.Server.Provider.Open(t.Context(), pay.Address{}, zero.Encode())
	o.refused("a client without a key", err, pay.WrongClient)

	// A deposit that is in the chain, and not sure.
	var second channel.Opening
	done := make(chan error, 1)
	go func() {
		_, _, err := o.c.Payer.Open(t.Context(), "another", o.Server.Payee(), amount(100))
		done <- err
	}()
	second.ChainID, second.Config = simulatedChainID, o.config
	second.Config.Salt = pay.Hash(keccak([]byte("candela channel\x00another")))
	var last error
	for range 2000 {
		o.Mine(1)
		if _, last = o.Server.Provider.Open(t.Context(), o.c.Address(), second.Encode()); isRefused(last, pay.Unconfirmed) {
			break
		}
		time.Sleep(time.Millisecond)
	}
	o.refused("a deposit that is not sure", last, pay.Unconfirmed)
	o.Mine(paytest.Confirmations)
	if _, err := o.Server.Provider.Open(t.Context(), o.c.Address(), second.Encode()); err != nil {
		t.Errorf("once it is sure: %v", err)
	}
	o.Must("opening", func(context.Context) error { return <-done })
}

func isRefused(err error, why pay.Reason) bool {
	var r *pay.Refusal
	return errors.As(err, &r) && r.Reason == why
}

// A promise has one form; only the session key signs it, for this channel.
func TestVerify(t *testing.T) {
	o := open(t, 500)
	ch := o.channel()
	good := forge(o.c, o.ch, amount(100))
	p, err := ch.Verify(good)
	if err != nil || p.Cumulative != amount(100) || !p.From.IsZero() || len(p.Claims) != 0 || p.Chance {
		t.Errorf("a good promise: %+v, %v", p, err)
	}
	if _, last, err := o.Server.Provider.Restore(t.Context(), o.c.Address(), p.Evidence); err != nil || string(last) != string(good) {
		t.Errorf("the evidence gives promise %x (%v), and should give %x", last, err, good)
	}
	if n, err := ch.Read(good); err != nil || n != amount(100) {
		t.Errorf("it says of itself that it comes to %s (%v)", n, err)
	}
	decoded, err := channel.DecodePromise(good)
	if err != nil {
		t.Fatal(err)
	}
	spoilt := func(spoil func(*channel.Promise)) []byte {
		p := decoded
		spoil(&p)
		return p.Encode()
	}
	funds, err := eip712.Sign(o.c.Funds, o.mine.Voucher(o.ch.ID, amount(100)))
	if err != nil {
		t.Fatal(err)
	}
	order, _ := new(big.Int).SetString("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16)
	for what, try := range map[string]struct {
		promise []byte
		why     pay.Reason
	}{
		"nothing":            {nil, pay.Malformed},
		"too long":           {append(good, 0), pay.Malformed},
		"another amount":     {spoilt(func(p *channel.Promise) { p.Cumulative = amount(101) }), pay.BadSign},
		"the key with funds": {spoilt(func(p *channel.Promise) { p.Signature = funds }), pay.BadSign},
		"v from 0":           {spoilt(func(p *channel.Promise) { p.Signature[64] -= 27 }), pay.BadSign},
		"high s": {spoilt(func(p *channel.Promise) {
			new(big.Int).Sub(order, new(big.Int).SetBytes(p.Signature[32:64])).FillBytes(p.Signature[32:64])
			p.Signature[64] ^= 27 ^ 28
		}), pay.BadSign},
	} {
		_, err := ch.Verify(try.promise)
		o.refused(what, err, try.why)
	}
}

// What a client asks back counts as gone at once, be it a part; and a part does not end the channel.
func TestPartialWithdrawal(t *testing.T) {
	o := open(t, 1000)
	o.pay(300)
	ch := o.channel()
	contract := bind.NewBatchSettlement()
	config := bound(o.config)
	o.do("withdraw a part", contract.PackInitiateWithdraw(config, big.NewInt(400)))
	o.Server.Look()
	if cover, err := ch.Cover(); err != nil || cover != amount(600) {
		t.Errorf("of 1000, with 400 asked back, %s are covered (%v)", cover, err)
	}
	o.pay(600)
	e, _, err := o.Server.Book.Entry(t.Context(), channel.Method, o.ch.ID)
	if err != nil {
		t.Fatal(err)
	}
	on, err := o.Server.Provider.Look(t.Context(), e)
	if err != nil || on.ClosingS == 0 || on.Cover != amount(600) {
		t.Errorf("the collector sees %+v (%v)", on, err)
	}
	o.Later(delay)
	o.do("finish it", contract.PackFinalizeWithdraw(config))
	o.Server.Look()
	if cover, err := ch.Cover(); err != nil || cover != amount(600) {
		t.Errorf("with 400 taken back, %s are covered (%v)", cover, err)
	}
	o.do("withdraw the rest", contract.PackInitiateWithdraw(config, big.NewInt(600)))
	o.Server.Look()
	_, err = ch.Cover()
	o.refused("a channel whose deposit is taken back", err, pay.Closing)
	if _, err := o.Server.Collect(false); err != nil {
		t.Fatal(err)
	}
	if got := o.Server.Got(); got != amount(600) {
		t.Errorf("the receiver has got %s", got)
	}
	// More money does not take the withdrawal back: what is asked for stays asked for.
	o.Must("locking more", func(ctx context.Context) error { return o.c.Payer.Increase(ctx, o.ch.ID, amount(900)) })
	o.Server.Look()
	_, err = ch.Cover()
	o.refused("a channel with 300 that are not claimed and 600 that are asked back", err, pay.Closing)
}

// do has the client call the contract, and waits until that is sure.
func (o *opened) do(what string, data []byte) {
	o.T.Helper()
	o.Must(what, func(ctx context.Context) error {
		return o.c.Call(ctx, what, common.Address(channel.Settlement), data)
	})
}

// A settlement hands out exactly what is not spent, whatever is in the chain and not sure; asked again after it was used it hands out no more; and
// what was collected cannot be given back.
func TestSettle(t *testing.T) {
	o := open(t, 1000)
	o.pay(600)
	ch := o.channel()
	data, err := ch.Settle(t.Context(), amount(250), amount(350))
	if err != nil {
		t.Fatal(err)
	}
	r, err := channel.DecodeRefund(data)
	if err != nil || r.Amount != amount(750) || r.Nonce != 0 {
		t.Errorf("of 1000 with 250 spent a refund of %s with nonce %d is handed out (%v)", r.Amount, r.Nonce, err)
	}
	if by, err := r.Signature.Recover(o.mine.Refund(o.ch.ID, 0, amount(750))); err != nil || by != pay.Address(o.Server.Authorizer.Address()) {
		t.Errorf("it is signed by %x (%v)", by, err)
	}
	// It was not kept, so nothing has happened.
	if cover, err := ch.Cover(); err != nil || cover != amount(1000) || ch.State() != nil {
		t.Errorf("before it was kept, %s are covered (%v)", cover, err)
	}
	if err := ch.Remember(data); err != nil {
		t.Fatal(err)
	}
	_, err = ch.Cover()
	o.refused("a settled channel", err, pay.Closing)
	if string(ch.State()) != string(data) {
		t.Errorf("its state is %x", ch.State())
	}
	if again, err := ch.Settle(t.Context(), amount(250), amount(350)); err != nil || string(again) != string(data) {
		t.Errorf("settled again it gives %x (%v)", again, err)
	}
	if err := ch.Remember(data[1:]); err == nil {
		t.Error("what is no refund is remembered")
	}
	// More is locked, and is not sure.
	sure := o.increaseUnsure(1500)
	if again, err := ch.Settle(t.Context(), amount(250), amount(350)); err != nil || string(again) != string(data) {
		t.Errorf("with 500 more that are not sure it gives %x (%v)", again, err)
	}
	o.Must("locking more", sure)
	o.Server.Look()
	more, err := ch.Settle(t.Context(), amount(250), amount(350))
	if err != nil {
		t.Fatal(err)
	}
	if r, err := channel.DecodeRefund(more); err != nil || r.Amount != amount(1250) || r.Nonce != 0 {
		t.Errorf("of 1500 with 250 spent a refund of %s with nonce %d is handed out (%v)", r.Amount, r.Nonce, err)
	}
	// The first is used. Until that is sure no other one is signed, or both might be good.
	o.doUnsure(bind.NewBatchSettlement().PackRefundWithSignature(bound(o.config), big.NewInt(750), big.NewInt(0), r.Signature[:]))
	_, err = ch.Settle(t.Context(), amount(250), amount(350))
	o.refused("a second refund while the first is not sure", err, pay.Unconfirmed)
	o.Mine(paytest.Confirmations)
	o.Server.Look()
	last, err := ch.Settle(t.Context(), amount(250), amount(350))
	if err != nil {
		t.Fatal(err)
	}
	if r, err := channel.DecodeRefund(last); err != nil || r.Amount != amount(500) || r.Nonce != 1 {
		t.Errorf("of 750 with 250 spent a refund of %s with nonce %d is handed out (%v)", r.Amount, r.Nonce, err)
	}
	if err := ch.Remember(last); err != nil {
		t.Fatal(err)
	}
	// Once nothing is left there is nothing to hand out.
	if r, err = channel.DecodeRefund(last); err != nil {
		t.Fatal(err)
	}
	o.do("use it", bind.NewBatchSettlement().PackRefundWithSignature(bound(o.config), big.NewInt(500), big.NewInt(1), r.Signature[:]))
	o.Server.Look()
	fresh := o.channel() // of a server that was started anew and has forgotten
	none, err := fresh.Settle(t.Context(), amount(250), amount(350))
	if err != nil {
		t.Fatal(err)
	}
	if r, err := channel.DecodeRefund(none); err != nil || !r.Amount.IsZero() {
		t.Errorf("of 250 with 250 spent a refund of %s is handed out (%v)", r.Amount, err)
	}
	e, _, err := o.Server.Book.Entry(t.Context(), channel.Method, o.ch.ID)
	if err != nil {
		t.Fatal(err)
	}
	o.Must("collecting", func(ctx context.Context) error {
		return o.Server.Provider.Collect(ctx, []pay.Order{{Entry: e, Total: amount(250)}})
	})
	if _, err := fresh.Settle(t.Context(), amount(100), amount(500)); err == nil {
		t.Error("what was collected is given back")
	}
}

// What is spent stays for the receiver in whatever order a withdrawal, which waited before or begins after the refund was signed, and
// the refund come to the chain.
func TestSettleWhileWithdrawing(t *testing.T) {
	contract := bind.NewBatchSettlement()
	for _, try := range []struct {
		name          string
		before, after int64 // asked back before, and after, the refund is signed
		spent, refund uint64
		order         string // f: the withdrawal is finished, r: the refund is used
		left          uint64 // in the channel, in the end
	}{
		{"all that is covered is spent", 500, 0, 500, 0, "f", 500},
		{"finished first", 500, 0, 300, 200, "fr", 300},
		{"refunded first", 500, 0, 300, 200, "rf", 500},
		{"refunded and over with it", 100, 0, 300, 600, "r", 400},
		{"all is asked back", 1000, 0, 0, 0, "f", 0},
		{"begun later, finished first", 0, 1000, 300, 700, "fr", 300},
		{"begun later, refunded first", 0, 1000, 300, 700, "rf", 300},
	} {
		t.Run(try.name, func(t *testing.T) {
			o := open(t, 1000)
			config := bound(o.config)
			if try.before > 0 {
				o.do("withdraw", contract.PackInitiateWithdraw(config, big.NewInt(try.before)))
				o.Later(delay) // it can be finished at any moment
				o.Server.Look()
			}
			if try.spent > 0 {
				o.pay(500)
			}
			o.Server.Book.Spend(o.c.Address(), amount(try.spent))
			s, err := o.c.Line.Settle(t.Context(), o.ch.ID)
			if err != nil {
				t.Fatal(err)
			}
			r, err := channel.DecodeRefund(s.Data)
			if err != nil || r.Amount != amount(try.refund) {
				t.Errorf("with %d spent a refund of %s is handed out, and not of %d (%v)", try.spent, r.Amount, try.refund, err)
			}
			if try.after > 0 {
				o.do("withdraw", contract.PackInitiateWithdraw(config, big.NewInt(try.after)))
				o.Server.Look()
				if _, err := o.Server.Collect(false); err != nil { // as it does by itself, within the delay
					t.Fatal(err)
				}
				o.Later(delay)
			}
			for _, do := range try.order {
				if do == 'f' {
					o.do("finish it", contract.PackFinalizeWithdraw(config))
				} else {
					o.do("use the refund", contract.PackRefundWithSignature(config, r.Amount.Big(), big.NewInt(0), r.Signature[:]))
				}
			}
			o.Server.Look()
			if balance := o.balance(); balance.Uint64() != try.left {
				t.Errorf("%s are left in the channel, and not %d", balance, try.left)
			}
			if _, err := o.Server.Collect(true); err != nil {
				t.Fatal(err)
			}
			if got := o.Server.Got(); got != amount(try.spent) {
				t.Errorf("the receiver has got %s of %d that were spent", got, try.spent)
			}
		})
	}
}

// A client that has begun to withdraw alone can still settle: it takes a refund of what it has not asked back.
func TestConsentWhileWithdrawing(t *testing.T) {
	o := open(t, 1000)
	o.pay(600)
	o.Server.Book.Spend(o.c.Address(), amount(250))
	o.Must("withdrawing alone", func(ctx context.Context) error { return o.c.Payer.Close(ctx, o.ch.ID, nil) })
	o.Server.Look()
	o.Must("settling", func(ctx context.Context) error {
		_, err := o.c.Settle(ctx, o.ch)
		return err
	})
	if _, err := o.Server.Collect(false); err != nil {
		t.Fatal(err)
	}
	o.Later(delay)
	o.c.Look()
	o.Must("finishing it", func(ctx context.Context) error { return o.c.Payer.Close(ctx, o.ch.ID, nil) })
	if b, err := o.c.Payer.Balance(t.Context(), o.ch.ID); err != nil || !b.Closed || o.Server.Got() != amount(250) || o.c.Has() != amount(9750) {
		t.Errorf("the channel is %+v (%v), the receiver has got %s and the client has %s", b, err, o.Server.Got(), o.c.Has())
	}
}

// What an operator wants of new channels keeps nobody from collecting, and giving back, what was promised over old ones.
func TestOtherConfiguration(t *testing.T) {
	for name, try := range map[string]struct {
		change    func(*channel.ProviderConfig)
		establish pay.Reason
		promise   pay.Reason // 0: it is taken
	}{
		"a longer delay":            {func(c *channel.ProviderConfig) { c.Delay = 2 * delay }, pay.Expired, 0},
		"more time to claim":        {func(c *channel.ProviderConfig) { c.Delay, c.React = 2*delay, delay }, pay.Expired, pay.Expired},
		"another receiver":          {func(c *channel.ProviderConfig) { c.Receiver[0]++ }, pay.WrongPayee, pay.WrongPayee},
		"another, who pays for gas": {func(c *channel.ProviderConfig) { c.Receiver = pay.Address(c.Sender.Address()) }, pay.WrongPayee, pay.WrongPayee},
		"nothing else":              {func(*channel.ProviderConfig) {}, 0, 0},
	} {
		t.Run(name, func(t *testing.T) {
			change := func(*channel.ProviderConfig) {}
			m := method()
			m.Provider = func(s *paytest.Server) (paytest.Provider, error) {
				c := providerConfig(s)
				change(&c)
				return channel.NewProvider(c)
			}
			o := openBy(t, m, 1000)
			o.pay(600)
			o.Server.Book.Spend(o.c.Address(), amount(250))
			change = try.change
			o.Server.Start()
			_, err := o.c.Line.Promise(t.Context(), o.ch.ID, forge(o.c, o.ch, amount(700)))
			o.becomes("a promise", err, try.promise)
			_, err = o.c.Line.Establish(t.Context(), channel.Method, o.ch.Opening)
			o.becomes("establishing it", err, try.establish)
			s, err := o.c.Line.Settle(t.Context(), o.ch.ID)
			if err != nil || s.Spent != amount(250) {
				t.Errorf("settled it gives %+v (%v)", s, err)
			}
			if _, err := o.Server.Collect(true); err != nil {
				t.Error(err)
			}
			if got := o.Server.Got(); got != amount(250) {
				t.Errorf("the receiver has got %s", got)
			}
		})
	}
}

func (o *opened) becomes(what string, err error, why pay.Reason) {
	o.T.Helper()
	if why != 0 {
		o.refused(what, err, why)
	} else if err != nil {
		o.T.Errorf("%s: %v", what, err)
	}
}

// increaseUnsure has more locked, in a block that is not sure yet, and returns what waits until it is.
func (o *opened) increaseUnsure(total uint64) (sure func(context.Context) error) {
	o.T.Helper()
	done := make(chan error, 1)
	go func() { done <- o.c.Payer.Increase(o.T.Context(), o.ch.ID, amount(total)) }()
	o.untilHead(func(balance *big.Int) bool { return balance.Uint64() == total })
	return func(context.Context) error { return <-done }
}

// doUnsure has the contract called, in a block that is not sure yet.
func (o *opened) doUnsure(data []byte) {
	o.T.Helper()
	before := o.balance()
	go func() { _ = o.c.Call(o.T.Context(), "not sure", common.Address(channel.Settlement), data) }() // it ends with the test
	o.untilHead(func(balance *big.Int) bool { return balance.Cmp(before) != 0 })
}

// balance is the channel's at the newest block.
func (o *opened) balance() *big.Int {
	o.T.Helper()
	contract := bind.NewBatchSettlement()
	out, err := contract.UnpackChannels(o.Read(common.Address(channel.Settlement), contract.PackChannels(o.ch.ID)))
	if err != nil {
		o.T.Fatal(err)
	}
	return out.Balance
}

// untilHead mines until the channel's balance is as it should be at the newest block, and the server has seen that.
func (o *opened) untilHead(is func(*big.Int) bool) {
	o.T.Helper()
	for range 2000 {
		if is(o.balance()) {
			o.Server.Look()
			return
		}
		time.Sleep(time.Millisecond)
		o.Mine(1)
	}
	o.T.Fatal("the channel's balance never comes to be so")
}
