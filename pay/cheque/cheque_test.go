package cheque_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/candela-les/candela/contracts/bind"
	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/cheque"
	"github.com/candela-les/candela/pay/paytest"
	"github.com/candela-les/candela/unit"
)

// world is one in which a test changes the provider that it has, and the payer.
type world struct {
	*paytest.World
	factories
	server func(*cheque.ProviderConfig)
	client func(*cheque.PayerConfig)
}

func newWorld(t *testing.T, server func(*cheque.ProviderConfig), client func(*cheque.PayerConfig)) *world {
	w := &world{server: server, client: client}
	m := method()
	m.Deploy = w.deploy
	m.Provider = func(s *paytest.Server) (paytest.Provider, error) {
		cfg := w.providerConfig(s)
		if w.server != nil {
			w.server(&cfg)
		}
		return cheque.NewProvider(cfg)
	}
	m.Payer = func(c *paytest.Client) (pay.Payer, error) {
		cfg, err := w.payerConfig(c)
		if err != nil {
			return nil, err
		}
		if w.client != nil {
			w.client(&cfg)
		}
		return cheque.NewPayer(cfg)
	}
	w.World = paytest.NewWorld(t, m)
	return w
}

func (w *world) open(c *paytest.Client, name string, to pay.Payee, deposit uint64) (ch paytest.Channel, err error) {
	err = w.While(func(ctx context.Context) (err error) {
		ch.ID, ch.Opening, err = c.Payer.Open(ctx, name, to, unit.NewAmount(deposit))
		return err
	})
	return ch, err
}

// opened opens a channel to the server, which has to succeed.
func (w *world) opened(c *paytest.Client, deposit uint64) (ch paytest.Channel) {
	w.T.Helper()
	w.Must("opening", func(ctx context.Context) (err error) {
		ch, err = c.Open(ctx, "first", deposit)
		return err
	})
	return ch
}

func (w *world) refused(what string, err error, why pay.Reason) *pay.Refusal {
	w.T.Helper()
	var r *pay.Refusal
	if !errors.As(err, &r) || r.Reason != why {
		w.T.Errorf("%s: %v, and should be refused for reason %d", what, err, why)
		return &pay.Refusal{}
	}
	return r
}

func bookOf(t testing.TB, ch paytest.Channel) common.Address {
	o, err := cheque.DecodeOpening(ch.Opening)
	if err != nil {
		t.Fatal(err)
	}
	return common.Address(o.Book)
}

// What is in a chequebook and not set aside covers nothing.
func TestLiquidBalanceCoversNothing(t *testing.T) {
	w := newWorld(t, nil, nil)
	c := w.NewClient(1000)
	ch := w.opened(c, 100)
	w.Mint(bookOf(t, ch), 5000)
	w.Mine(paytest.Confirmations + 1)
	w.Server.Look()
	_, err := c.Line.Promise(t.Context(), ch.ID, forge(c, ch, unit.NewAmount(101)))
	if r := w.refused("a cheque beyond the hard deposit", err, pay.Uncovered); r.Most != unit.NewAmount(100) {
		t.Errorf("%s are covered", r.Most)
	}
}

// What is beyond the hard deposit is taken up to the credit that the operator gives; a chequebook that has bounced gets none.
func TestCredit(t *testing.T) {
	w := newWorld(t, func(cfg *cheque.ProviderConfig) { cfg.Credit = unit.NewAmount(50) }, nil)
	c := w.NewClient(1000)
	ch := w.opened(c, 100)
	_, err := c.Line.Promise(t.Context(), ch.ID, forge(c, ch, unit.NewAmount(151)))
	if r := w.refused("a cheque beyond hard deposit and credit", err, pay.Uncovered); r.Most != unit.NewAmount(150) {
		t.Errorf("%s are taken", r.Most)
	}
	if _, err := c.Line.Promise(t.Context(), ch.ID, forge(c, ch, unit.NewAmount(150))); err != nil {
		t.Fatalf("a cheque on credit: %v", err)
	}
	if _, err := w.Server.Collect(true); err == nil {
		t.Error("that a cheque has bounced is not told")
	}
	if got := w.Server.Got(); got != unit.NewAmount(100) {
		t.Errorf("of a cheque over 150 %s were there, and should be 100", got)
	}
	x, err := w.Server.Collector.Exposure(t.Context(), cheque.Method)
	if err != nil || x.Uncovered != unit.NewAmount(50) {
		t.Errorf("the operator is told of %+v, %v", x, err)
	}
	if err := w.While(func(ctx context.Context) error { return c.Payer.Increase(ctx, ch.ID, unit.NewAmount(200)) }); err != nil {
		t.Fatal(err)
	}
	w.Server.Look()
	_, err = c.Line.Promise(t.Context(), ch.ID, forge(c, ch, unit.NewAmount(201)))
	if r := w.refused("a cheque on credit after one has bounced", err, pay.Uncovered); r.Most != unit.NewAmount(200) {
		t.Errorf("%s are taken", r.Most)
	}
}

// A client has the credit once, however many chequebooks it has: each costs it no more than its gas.
func TestCreditOnce(t *testing.T) {
	const credit = 50
	w := newWorld(t, func(cfg *cheque.ProviderConfig) { cfg.Credit = unit.NewAmount(credit) }, nil)
	c := w.NewClient(1000)
	books := []paytest.Channel{w.opened(c, 10)}
	for name, longer := range map[string]time.Duration{"another one": 0, "with a longer timeout": time.Hour} {
		w.client = func(cfg *cheque.PayerConfig) { cfg.Timeout = timeout + longer }
		c.Start()
		other, err := w.open(c, name, w.Server.Payee(), 10)
		if err != nil {
			t.Fatal(err)
		}
		books = append(books, other)
	}
	taken := uint64(0)
	for range 2 {
		for i, ch := range books {
			want := uint64(10)
			if i == 0 {
				want += credit
			}
			s, err := c.Line.Establish(t.Context(), cheque.Method, ch.Opening)
			if err != nil || s.Cover != unit.NewAmount(want) || ch.ID == books[(i+1)%3].ID {
				t.Errorf("of chequebook %d %s are taken (%v), and should be %d", i, s.Cover, err, want)
			}
			a, err := c.Line.Promise(t.Context(), ch.ID, forge(c, ch, s.Cover))
			if err != nil {
				t.Fatal(err)
			}
			_, low := a.Credited.Words()
			taken += low
		}
		w.Server.Start()
	}
	if taken != 3*10+credit {
		t.Errorf("%d are taken of a client that has locked 30", taken)
	}
}

// An operator that wants longer timeouts from now on takes nothing more out of chequebooks with shorter ones, and collects what they have promised.
func TestLongerTimeout(t *testing.T) {
	w := newWorld(t, nil, nil)
	c := w.NewClient(1000)
	ch := w.opened(c, 300)
	if _, err := c.Pay(t.Context(), ch, 200); err != nil {
		t.Fatal(err)
	}
	w.server = func(cfg *cheque.ProviderConfig) { cfg.Timeout = 2 * timeout }
	w.Server.Start()
	_, err := c.Line.Promise(t.Context(), ch.ID, forge(c, ch, unit.NewAmount(250)))
	w.refused("a promise out of a deposit that waits for too short a time", err, pay.Expired)
	w.refused("establishing it", c.Establish(t.Context(), ch), pay.Expired)
	if _, err := w.Server.Collect(true); err != nil {
		t.Error(err)
	}
	if got := w.Server.Got(); got != unit.NewAmount(200) {
		t.Errorf("the server has got %s of 200", got)
	}
}

// A cheque that is worth more than what is there is not cashed for less than its gas.
func TestDrops(t *testing.T) {
	w := newWorld(t, func(cfg *cheque.ProviderConfig) {
		cfg.Credit = unit.NewAmount(500)
		cfg.GasCost = func(context.Context, uint64) (unit.Amount, error) { return unit.NewAmount(20), nil }
	}, nil)
	c := w.NewClient(1000)
	ch := w.opened(c, 100)
	if _, err := c.Line.Promise(t.Context(), ch.ID, forge(c, ch, unit.NewAmount(600))); err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		drop, want uint64
		bounces    bool
	}{{0, 100, true}, {20, 100, false}, {1, 121, true}} {
		if step.drop > 0 {
			w.Mint(bookOf(t, ch), step.drop)
			w.Server.Look()
		}
		if _, err := w.Server.Collect(true); (err != nil) != step.bounces {
			t.Errorf("%d more being there, the cheque bounces: %v, and that is told by %v", step.drop, step.bounces, err)
		}
		if got := w.Server.Got(); got != unit.NewAmount(step.want) {
			t.Errorf("%d more being there, %s have come, and should be %d", step.drop, got, step.want)
		}
	}
}

// Deposits that wait for too short a time are refused, and chequebooks of a factory that nobody knows.
func TestWhatIsRefused(t *testing.T) {
	w := newWorld(t, nil, func(cfg *cheque.PayerConfig) { cfg.Timeout = time.Hour })
	c := w.NewClient(1000)
	to := w.Server.Payee()
	info, err := cheque.DecodeInfo(to.Info)
	if err != nil {
		t.Fatal(err)
	}
	for _, lie := range []struct {
		what   string
		change func(*cheque.Info)
		why    pay.Reason
	}{
		{"a factory that is not known", func(i *cheque.Info) { i.Factory[3]++ }, pay.WrongChain},
		{"nobody to be paid", func(i *cheque.Info) { i.Beneficiary = pay.Address{} }, pay.Malformed},
		{"a deposit for years", func(i *cheque.Info) { i.TimeoutS = cheque.MostTimeoutS }, pay.TooMuch},
	} {
		changed := info
		lie.change(&changed)
		other := to
		other.Info = changed.Encode()
		_, _, err := c.Payer.Open(t.Context(), "first", other, unit.NewAmount(100))
		w.refused("opening with "+lie.what, err, lie.why)
	}

	changed := info
	changed.TimeoutS = 3600 // as if the server would take it
	to.Info = changed.Encode()
	ch, err := w.open(c, "first", to, 100)
	if err != nil {
		t.Fatal(err)
	}
	w.refused("a deposit that waits for an hour", c.Establish(t.Context(), ch), pay.Expired)

	// The same chequebook's code, deployed by somebody else's factory.
	code := append(common.FromHex(bind.ChequebookFactoryMetaData.Bin), bind.NewChequebookFactory().PackConstructor(w.Token)...)
	factory := pay.Address(w.Deploy(code))
	w.Mine(paytest.Confirmations + 1)
	w.client = func(cfg *cheque.PayerConfig) { cfg.Factories = []pay.Address{factory} }
	c.Start()
	changed = info
	changed.Factory = factory
	to.Info = changed.Encode()
	if ch, err = w.open(c, "second", to, 100); err != nil {
		t.Fatal(err)
	}
	w.refused("a chequebook of another factory", c.Establish(t.Context(), ch), pay.NoChannel)
}

// The factory is looked at before anybody relies on it.
func TestCheck(t *testing.T) {
	w := newWorld(t, nil, nil)
	if err := w.Server.Provider.(*cheque.Provider).Check(t.Context()); err != nil {
		t.Error(err)
	}
	for what, try := range map[string]struct {
		change func(*cheque.ProviderConfig)
		want   error
	}{
		"another token":   {func(c *cheque.ProviderConfig) { c.Asset.Token[0]++ }, cheque.ErrToken},
		"a token":         {func(c *cheque.ProviderConfig) { c.Factory = c.Asset.Token }, cheque.ErrNoFactory},
		"nobody's":        {func(c *cheque.ProviderConfig) { c.Factory = pay.Address{0xaa} }, cheque.ErrNoFactory},
		"as it should be": {func(*cheque.ProviderConfig) {}, nil},
	} {
		cfg := w.providerConfig(w.Server)
		try.change(&cfg)
		p, err := cheque.NewProvider(cfg)
		if err != nil {
			t.Fatal(err)
		}
		if err := p.Check(t.Context()); !errors.Is(err, try.want) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// One chequebook pays several: what is set aside for one is not touched by what another one cashes, or the issuer takes back from it.
func TestOneChequebookPaysSeveral(t *testing.T) {
	w := newWorld(t, nil, nil)
	c := w.NewClient(1000)
	ch := w.opened(c, 300)
	to := w.Server.Payee()
	info, err := cheque.DecodeInfo(to.Info)
	if err != nil {
		t.Fatal(err)
	}
	info.Beneficiary = pay.Address(w.Key("another server").Address())
	to.Info = info.Encode()
	other, err := w.open(c, "other", to, 200)
	if err != nil {
		t.Fatal(err)
	}
	if bookOf(t, ch) != bookOf(t, other) {
		t.Fatalf("two servers are paid out of chequebooks %v and %v", bookOf(t, ch), bookOf(t, other))
	}
	for range 2 { // prepare; decrease and withdraw
		w.Must("closing", func(ctx context.Context) error { return c.Payer.Close(ctx, other.ID, nil) })
		w.Later(timeout)
		c.Look()
	}
	if b, err := c.Payer.Balance(t.Context(), other.ID); err != nil || !b.Closed {
		t.Errorf("the other channel is %+v, %v", b, err)
	}
	if c.Has() != unit.NewAmount(700) {
		t.Errorf("the client has %s", c.Has())
	}
	w.Server.Look() // two days have gone by
	if _, err := c.Pay(t.Context(), ch, 300); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Server.Collect(true); err != nil {
		t.Fatal(err)
	}
	if got := w.Server.Got(); got != unit.NewAmount(300) {
		t.Errorf("the server has got %s", got)
	}
}

// A channel that was closed is opened again under another name, with the same chequebook, and its amounts go on.
func TestOpenedAgain(t *testing.T) {
	w := newWorld(t, nil, nil)
	c := w.NewClient(1000)
	ch := w.opened(c, 300)
	if _, err := c.Pay(t.Context(), ch, 100); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Server.Collect(true); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		w.Must("closing", func(ctx context.Context) error { return c.Payer.Close(ctx, ch.ID, nil) })
		w.Later(timeout)
		c.Look()
	}
	if c.Has() != unit.NewAmount(900) {
		t.Errorf("having closed, the client has %s", c.Has())
	}
	var again paytest.Channel
	w.Must("opening again", func(ctx context.Context) (err error) {
		again, err = c.Open(ctx, "second", 300)
		return err
	})
	if again.ID != ch.ID || c.Has() != unit.NewAmount(600) {
		t.Errorf("opened again, channel %x is %x, and the client has %s", ch.ID, again.ID, c.Has())
	}
	if a, err := c.Pay(t.Context(), again, 400); err != nil || a.Credited != unit.NewAmount(300) {
		t.Errorf("paying all that is locked again: %+v, %v", a, err)
	}
}

// A chequebook of which a cheque can still be cashed, though the channel is closed, gets no more money: neither for the same server, which could
// cash it then, nor for another one.
func TestOwing(t *testing.T) {
	w := newWorld(t, nil, nil)
	c := w.NewClient(1000)
	ch := w.opened(c, 300)
	if _, err := c.Pay(t.Context(), ch, 100); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		w.Must("closing", func(ctx context.Context) error { return c.Payer.Close(ctx, ch.ID, nil) })
		w.Later(timeout)
		c.Look()
	}
	if c.Has() != unit.NewAmount(1000) {
		t.Errorf("the server has cashed nothing, and the client has %s", c.Has())
	}
	to := w.Server.Payee()
	info, err := cheque.DecodeInfo(to.Info)
	if err != nil {
		t.Fatal(err)
	}
	info.Beneficiary = pay.Address(w.Key("another server").Address())
	elsewhere := to
	elsewhere.Info = info.Encode()
	for name, to := range map[string]pay.Payee{"second": to, "other": elsewhere} {
		again, err := w.open(c, name, to, 300)
		if err != nil {
			t.Fatal(err)
		}
		if bookOf(t, again) == bookOf(t, ch) {
			t.Errorf("%s is paid out of the same chequebook", name)
		}
		c.Start()
		if same, err := w.open(c, name, to, 300); err != nil || same.ID != again.ID {
			t.Errorf("%s: channel %x has become %x, %v", name, again.ID, same.ID, err)
		}
	}
	if c.Has() != unit.NewAmount(400) {
		t.Errorf("the client has %s", c.Has())
	}
	w.Server.Look()
	if _, err := w.Server.Collect(true); err != nil {
		t.Error(err)
	}
	x, err := w.Server.Collector.Exposure(t.Context(), cheque.Method)
	if err != nil || x.Uncovered != unit.NewAmount(100) {
		t.Errorf("the operator is told of %+v, %v", x, err)
	}
	if got := w.Server.Got(); !got.IsZero() {
		t.Errorf("the server has got %s", got)
	}
}

// A beneficiary that pays for its own gas cashes without a signature of its own.
func TestBeneficiaryCashes(t *testing.T) {
	w := newWorld(t, nil, nil)
	key := w.Key("gas of the server")
	w.server = func(cfg *cheque.ProviderConfig) { cfg.Beneficiary = key }
	w.Server.Start()
	c := w.NewClient(1000)
	ch := w.opened(c, 300)
	if _, err := c.Pay(t.Context(), ch, 250); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Server.Collect(true); err != nil {
		t.Fatal(err)
	}
	if got := w.Server.Got(); got != unit.NewAmount(250) {
		t.Errorf("the server has got %s", got)
	}
}
