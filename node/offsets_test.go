package node

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/ethclient"

	"github.com/candela-les/candela/chain/embedded"
	"github.com/candela-les/candela/node/admin"
	"github.com/candela-les/candela/node/payments"
	"github.com/candela-les/candela/node/usage"
	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/offset"
	"github.com/candela-les/candela/pay/watch"
	"github.com/candela-les/candela/unit"
)

// operator has a server and a light client that is served by another operator's server.
type operator struct {
	*paychain
	name     string
	receiver string
	hot      embedded.DevAccount // signs claims
	funds    embedded.DevAccount // pays what is not set off
	session  common.Address      // of the light client
	dir      string              // of the light client
	stall    *stall
	light    *Light
	other    *operator
}

// mayOwe is what the two let each other owe, in base units.
const mayOwe = 3000

// sessionIn has a light client make its key in a directory, and returns its address.
func sessionIn(t *testing.T, dir string) common.Address {
	t.Helper()
	l, err := StartLight(t.Context(), testEnv(t), LightConfig{Trusted: []string{nobody}, Fraction: 100, HTTPAddr: "127.0.0.1:0", DataDir: dir})
	if err != nil {
		t.Fatal(err)
	}
	demand, err := l.client.Demand()
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	return common.HexToAddress(demand.Account)
}

// newOperator has a light client make its key.
func newOperator(c *paychain, name, receiver string, hot, funds int) *operator {
	c.t.Helper()
	o := &operator{
		paychain: c, name: name, receiver: receiver, hot: embedded.DevAccounts()[hot], funds: embedded.DevAccounts()[funds], dir: c.t.TempDir(),
	}
	o.session = sessionIn(c.t, o.dir)
	c.give(o.funds.Address, 5_000_000)
	return o
}

// serve opens the server, at which the other one's light client may take service on account.
func (o *operator) serve() {
	o.t.Helper()
	o.stall = openStall(o.t, o.Dev, o.name, taking(o.paychain), func(cfg *ServerConfig) {
		cfg.Take.Methods, cfg.Take.Receiver, cfg.Take.Signer = []string{offset.Method, "channel"}, o.receiver, watch.NewKey(o.hot.Key)
		cfg.Take.Offset = OffsetConfig{Own: o.session.Hex(), Partners: []string{o.other.session.Hex()}, Threshold: "0.003"}
	})
}

// start starts the light client, which buys nothing by itself.
func (o *operator) start() {
	o.t.Helper()
	cfg := LightConfig{
		Trusted: []string{o.other.stall.Enode()}, Fraction: 100, HTTPAddr: "127.0.0.1:0", DataDir: o.dir, Free: true,
		Token: "1337:" + o.Token.Hex(), Pay: spending(o.paychain),
	}
	cfg.Pay.Methods, cfg.Pay.Signer = []string{offset.Method, "channel"}, watch.NewKey(o.funds.Key)
	cfg.Pay.OwnServer, cfg.Pay.Threshold = o.stall.dir, "5000"
	var err error
	if o.light, err = StartLight(o.t.Context(), testEnv(o.t), cfg); err != nil {
		o.t.Fatal(err)
	}
	if err := o.light.Ready(o.t.Context()); err != nil {
		o.t.Fatal(err)
	}
}

// pays pays so much into the account at the other's server.
func (o *operator) pays(amount uint64) {
	o.t.Helper()
	if err := payIn(o.t, o.light, amount); err != nil {
		o.t.Fatalf("%s: %v", o.name, err)
	}
}

// payIn has a light client pay so much into its account at the only server that it knows, once that has said its terms.
func payIn(t *testing.T, l *Light, amount uint64) error {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(time.Second / 10) {
		met, err := l.client.Met()
		if err != nil {
			t.Fatal(err)
		}
		if len(met) == 1 && met[0].Connected && met[0].Methods != nil {
			return l.payer.Fund(t.Context(), met[0].Counter, unit.NewAmount(amount))
		}
		if time.Now().After(deadline) {
			t.Fatalf("no server sells: %+v", met)
		}
	}
}

// promised is what was promised by a method, and acknowledged, as candela pay status says it.
func (o *operator) promised(method string) (sum unit.Amount) {
	o.t.Helper()
	p, err := OpenPayments(o.t.Context(), testEnv(o.t), PaymentsConfig{DataDir: o.dir})
	if err != nil {
		o.t.Fatal(err)
	}
	s, err := p.Status(o.t.Context())
	if err != nil {
		o.t.Fatal(err)
	}
	for i := range s.Channels {
		c := &s.Channels[i]
		if c.Method != method {
			continue
		}
		if sum = c.Promised; c.Acknowledged != sum || c.State != payments.Open || (method == offset.Method) != (c.Owed != nil) ||
			c.Owed != nil && (!c.Left.IsZero() || !c.Locked.IsZero() || c.Owed.Cmp(unit.NewAmount(mayOwe)) > 0) {
			o.t.Errorf("%s: %+v", o.name, c)
		}
	}
	if err := p.Close(o.t.Context()); err != nil {
		o.t.Error(err)
	}
	return sum
}

// office asks at the server.
func (o *operator) office(ask func(*admin.Client)) {
	o.t.Helper()
	d, err := admin.Dial(o.t.Context(), admin.SocketIn(o.stall.dir))
	if err != nil {
		o.t.Fatal(err)
	}
	defer d.Close() //nolint:errcheck // it was asked
	ask(d)
}

// exposure is what the server shows of a method.
func (o *operator) exposure(method string) (e admin.Exposure) {
	o.t.Helper()
	o.office(func(d *admin.Client) {
		if _, err := d.Collect(o.t.Context(), offset.Method); err != nil { // so that it does not wait for its next round
			o.t.Fatal(err)
		}
		all, err := d.Exposure(o.t.Context())
		if err != nil {
			o.t.Fatal(err)
		}
		for _, one := range all.Methods {
			if one.Method == method {
				e = one
			}
		}
	})
	return e
}

// stands checks what the light client has taken on account and paid by the chain, in its own books and in those of the server that serves it.
func (o *operator) stands(onAccount, paid uint64) {
	o.t.Helper()
	if a, b := o.promised(offset.Method), o.promised("channel"); a != unit.NewAmount(onAccount) || b != unit.NewAmount(paid) {
		o.t.Errorf("%s owes %s and has paid %s, not %d and %d", o.name, a, b, onAccount, paid)
	}
	o.other.office(func(d *admin.Client) {
		if got, err := d.Taken(o.t.Context(), admin.Address(o.session)); err != nil || got.Total != unit.NewAmount(onAccount) {
			o.t.Errorf("%s owes %d, and the ledger says %+v, %v", o.name, onAccount, got, err)
		}
		s, err := d.Statement(o.t.Context(), admin.Address(o.session), nil)
		if err != nil {
			o.t.Fatal(err)
		}
		var credited unit.Amount
		for _, e := range s.Entries {
			if e.Kind == "deposit" {
				credited = credited.Plus(e.Amount)
			}
		}
		if credited != unit.NewAmount(onAccount+paid) {
			o.t.Errorf("%s owes %d, has paid %d and was credited %s", o.name, onAccount, paid, credited)
		}
	})
	if e := o.other.exposure("channel"); e.Due != unit.NewAmount(paid) || e.Covered != e.Due {
		o.t.Errorf("%s has paid %d, and at stake is %+v", o.name, paid, e)
	}
}

// Two operators, each with a server and a light client that is served by the other's server, over real connections. As long as they take as much of each
// other as they give, nothing is sent to the chain. Of what one takes more, only what is beyond the threshold is paid, over a channel; what the
// other takes in return is set off first. Both books agree, and at last both are served for it.
func TestServiceForService(t *testing.T) {
	t.Parallel()
	c := openPaychain(t)
	a := newOperator(c, "operator a", "0x00000000000000000000000000000000c01d000a", 1, 2)
	b := newOperator(c, "operator b", "0x00000000000000000000000000000000c01d000b", 3, 4)
	a.other, b.other = b, a
	a.serve()
	b.serve()
	a.start()
	b.start()
	for range 4 {
		a.pays(2000)
		b.pays(2500)
		a.pays(500)
	}
	a.stands(10_000, 0)
	b.stands(10_000, 0)
	for _, o := range []*operator{a, b} {
		nonce, err := c.eth.NonceAt(t.Context(), o.funds.Address, nil)
		if has := c.has(o.funds.Address); err != nil || nonce != 0 || has != unit.NewAmount(5_000_000) {
			t.Errorf("%s has sent %d transactions and has %s tokens: service was to be set off (%v)", o.name, nonce, has, err)
		}
	}

	a.pays(4000)
	a.pays(500)
	a.stands(10_000+mayOwe, 1500)
	if e := b.exposure(offset.Method); e.Due != unit.NewAmount(mayOwe) || e.Uncovered != e.Due || e.Credit == nil || *e.Credit != e.Due || e.Unseen != nil {
		t.Errorf("b is owed %d, and at stake is %+v", mayOwe, e)
	}
	b.pays(2000)
	a.pays(2500)
	a.stands(12_000+mayOwe, 2000)
	b.stands(12_000, 0)
	if e := a.exposure(offset.Method); !e.Due.IsZero() {
		t.Errorf("a is owed nothing, and at stake is %+v", e)
	}
	if err := a.light.Close(); err != nil {
		t.Error(err)
	}
	a.start() // and knows how the two stand
	a.pays(100)
	a.stands(12_000+mayOwe, 2100)
	if has := c.has(a.funds.Address); has != unit.NewAmount(3_000_000) {
		t.Errorf("a has %s tokens: 2,000,000 of 5,000,000 are in its channel", has)
	}
	serveEachOther(t, a, b)
}

// serveEachOther has both buy units, and ends everything.
func serveEachOther(t *testing.T, all ...*operator) {
	t.Helper()
	for _, o := range all {
		if err := o.light.client.SetDemand("requests=10 servers=1 price=90000 budget=100000000"); err != nil {
			t.Fatal(err)
		}
	}
	for _, o := range all {
		for deadline := time.Now().Add(2 * time.Minute); ; time.Sleep(time.Second / 10) {
			eth, err := ethclient.DialContext(t.Context(), o.light.URL())
			if err != nil {
				t.Fatal(err)
			}
			if _, err := eth.BalanceAt(t.Context(), o.session, nil); err != nil {
				t.Error(err)
			}
			eth.Close()
			market, err := o.light.client.Market()
			if err != nil {
				t.Fatal(err)
			}
			if len(market) == 1 && market[0].Units > 0 && market[0].Account != nil && !market[0].Account.Owed.IsZero() {
				break
			}
			if time.Now().After(deadline) {
				t.Fatalf("%s has no units: %+v", o.name, market)
			}
		}
	}
	var taken []unit.Amount
	for _, o := range all {
		if err := o.light.Close(); err != nil {
			t.Error(err)
		}
		var stake pay.Stake
		if stake = o.light.payer.Stake(); len(stake.Begun) > 0 {
			t.Errorf("%s has begun %+v", o.name, stake.Begun)
		}
		o.other.office(func(d *admin.Client) {
			got, err := d.Taken(t.Context(), admin.Address(o.session))
			if err != nil {
				t.Error(err)
			}
			taken = append(taken, got.Total)
		})
	}
	if x, y := taken[0], taken[1]; x.Minus(y).Cmp(unit.NewAmount(mayOwe)) > 0 || y.Minus(x).Cmp(unit.NewAmount(mayOwe)) > 0 {
		t.Errorf("%s and %s were taken, which is more than %d apart", x, y, mayOwe)
	}
	for _, o := range all {
		if err := o.stall.Close(); err != nil {
			t.Error(err)
		}
		o.stall.audit(t)
	}
}

// A server and a light client that set service off, and do nothing else, need no chain, key or price of gas.
func TestOffsetNeedsNoChain(t *testing.T) {
	source, err := embedded.OpenDev(embedded.DevConfig{})
	if err != nil {
		t.Fatal(err)
	}
	defer source.Close()
	dir := t.TempDir()
	session := sessionIn(t, dir)
	s := openStall(t, source, "sets off", func(cfg *ServerConfig) {
		cfg.Take = TakeConfig{
			Methods: []string{offset.Method}, RPC: "http://127.0.0.1:1",
			Offset: OffsetConfig{Own: receiver, Partners: []string{session.Hex()}, Threshold: "1"},
		}
	})
	defer s.Close() //nolint:errcheck // the test is over
	office, err := admin.Dial(t.Context(), admin.SocketIn(s.dir))
	if err != nil {
		t.Fatal(err)
	}
	defer office.Close() //nolint:errcheck // the test is over
	got, err := office.Methods(t.Context())
	if err != nil || len(got.Methods) != 2 || got.Methods[1].Partner.String() != receiver || *got.Methods[1].Threshold != unit.NewAmount(1_000_000) {
		t.Errorf("%+v, %v", got, err)
	}
	if taken, err := office.Taken(t.Context(), admin.Address{1}); err != nil || !taken.Total.IsZero() || taken.Statement != "" {
		t.Errorf("%+v, %v", taken, err)
	}
	own := ownServer{s.dir}
	if enc, err := own.Newest(t.Context(), pay.Asset{ChainID: 1337, Token: pay.Address{19: 0xaa}}, pay.Address{1}); err != nil || len(enc) != 0 {
		t.Errorf("%x, %v", enc, err)
	}
	if _, err := own.Newest(t.Context(), pay.Asset{ChainID: 1, Token: pay.Address{19: 0xaa}}, pay.Address{1}); err == nil || !strings.Contains(err.Error(), "of chain 1") {
		t.Errorf("another token: %v", err)
	}
	if _, err := (ownServer{t.TempDir()}).Newest(t.Context(), pay.Asset{}, pay.Address{1}); err == nil {
		t.Error("nobody answers")
	}
	l, err := StartLight(t.Context(), testEnv(t), LightConfig{
		Trusted: []string{s.Enode()}, Fraction: 100, HTTPAddr: "127.0.0.1:0", DataDir: dir, Free: true,
		Token: "1337:0x00000000000000000000000000000000000000aa",
		Pay: PayConfig{
			Methods: []string{offset.Method}, OwnServer: t.TempDir(), Threshold: "2000000", Prepaid: "4000000", Daily: "4000000", Locked: "1", Stale: time.Hour,
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close() //nolint:errcheck // the test is over
	if err := payIn(t, l, 700_000); err != nil {
		t.Error(err)
	}
	err = payIn(t, l, 700_000)
	if r, ok := errors.AsType[*pay.Refusal](err); !ok || r.Reason != pay.Uncovered {
		t.Errorf("more than may be owed: %v", err)
	}
	if taken, err := office.Taken(t.Context(), admin.Address(session)); err != nil || taken.Total != unit.NewAmount(1_000_000) {
		t.Errorf("%+v, %v", taken, err)
	}
	looksAfterOwed(t, dir, serverID(s.Server))
}

// looksAfterOwed has an owner look at what is owed, find that nothing is locked, and end it.
func looksAfterOwed(t *testing.T, dir, server string) {
	t.Helper()
	o := &owner{paychain: &paychain{t: t}, env: testEnv(t), dir: dir}
	o.opened(true, func(p *Payments) {
		all := payments.Order{Which: payments.Which{All: true}, Amount: unit.NewAmount(1)}
		j, err := p.TopUp(t.Context(), all)
		if err == nil {
			j, err = p.Follow(t.Context(), j, func(payments.Job) {})
		}
		if err != nil || len(j.Results) != 0 {
			t.Errorf("something is topped up: %+v, %v", j.Results, err)
		}
		if r := o.done(p, p.Open, payments.Order{Which: payments.Which{Server: server}, Amount: unit.NewAmount(1)}); r.Error == nil {
			t.Errorf("something is opened: %+v", r)
		}
		r := o.done(p, p.CloseChannels, payments.Order{Which: payments.Which{All: true}})
		if r.Error != nil || r.State != payments.Closed || r.Returned == nil || !r.Returned.IsZero() || r.Promised != unit.NewAmount(1_000_000) {
			t.Errorf("%+v", r)
		}
		h, err := p.Client.History(t.Context(), 10)
		if err != nil || len(h.Entries) != 2 || h.Entries[0].What != "closed" || h.Entries[1].What != "promised" || *h.Entries[1].Amount != unit.NewAmount(1_000_000) {
			t.Errorf("%+v, %v", h.Entries, err)
		}
	})
}

// What makes no sense is said in a sentence that names the flag.
func TestOffsetNonsense(t *testing.T) {
	const another = "0x00000000000000000000000000000000c01d0002"
	sane := func() OffsetConfig { return OffsetConfig{Own: receiver, Partners: []string{another}, Threshold: "1"} }
	for want, change := range map[string]func(*TakeConfig){
		"need --pay.methods offset":  func(c *TakeConfig) { c.Methods = nil },
		"--pay.own-client":           func(c *TakeConfig) { c.Offset.Own = "" },
		"--pay.partner \"0x12\"":     func(c *TakeConfig) { c.Offset.Partners = []string{"0x12"} },
		"is --pay.own-client":        func(c *TakeConfig) { c.Offset.Partners = []string{another, strings.ToUpper(receiver[2:])} },
		"each once":                  func(c *TakeConfig) { c.Offset.Partners = []string{another, another} },
		"--pay.threshold \"\"":       func(c *TakeConfig) { c.Offset.Threshold = "" },
		"--pay.threshold \"0\"":      func(c *TakeConfig) { c.Offset.Threshold = "0" },
		"--pay.threshold \"plenty\"": func(c *TakeConfig) { c.Offset.Threshold = "plenty" },
	} {
		c := &TakeConfig{Methods: []string{offset.Method}, Offset: sane()}
		change(c)
		if err := (&takings{cfg: c}).checkOffset(6); err == nil || !strings.Contains(err.Error(), want) || !usage.Is(err) {
			t.Errorf("%s: %v", want, err)
		}
	}
	if _, err := StartDev(t.Context(), testEnv(t), DevConfig{Servers: 1, Fraction: 100, Pay: []string{offset.Method}}); err == nil || !usage.Is(err) {
		t.Errorf("a dev setup sets off: %v", err)
	}
	for want, p := range map[string]PayConfig{
		"need --pay offset":     {Methods: []string{"channel"}, Threshold: "1"},
		"--pay.own-server":      {Methods: []string{offset.Method}, Threshold: "1"},
		"--pay.threshold \"0\"": {Methods: []string{offset.Method}, OwnServer: "x", Threshold: "0"},
	} {
		if _, err := p.offsets(); err == nil || !strings.Contains(err.Error(), want) || !usage.Is(err) {
			t.Errorf("%s: %v", want, err)
		}
	}
}
