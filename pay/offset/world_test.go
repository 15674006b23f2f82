package offset_test

import (
	"context"
	"errors"
	"time"

	"pgregory.net/rapid"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/offset"
	"github.com/candela-les/candela/pay/paytest/fake"
	"github.com/candela-les/candela/pay/watch"
	"github.com/candela-les/candela/unit"
)

// operator has a server with a ledger, and a light client that is served by the other one's server: a real cashier and a real wallet, that pays by money what
// is not set off.
type operator struct {
	key       *watch.Key
	threshold uint64 // of the server, and of the client
	lets      uint64

	book *fake.Book
	desk *desk
	disk *fake.Disk

	wallet *pay.Wallet
	line   *fake.Line // to the other's server
	away   bool       // the own server does not answer its client
	spent  unit.Amount
	other  *operator
	world  *world
}

type world struct {
	t     rapid.TB
	chain *fake.Chain
	ops   [2]*operator
}

// errAway is what happens on the way.
var errAway = errors.New("nobody answers")

// prepays is what each client prepays at most.
const prepays = 60

// newWorld opens two operators that have named each other. thresholds are those of the servers, lets what the clients let themselves owe.
func newWorld(t rapid.TB, thresholds, lets [2]uint64) *world {
	t.Helper()
	w := &world{t: t, chain: fake.NewChain()}
	for i := range w.ops {
		w.ops[i] = &operator{
			key: person(t, string(rune('a'+i))), threshold: thresholds[i], lets: lets[i], book: fake.NewBook(), disk: fake.NewDisk(), world: w,
			line: new(fake.Line),
		}
	}
	for i, o := range w.ops {
		o.other = w.ops[1-i]
		o.line.Client = addressOf(o.key)
	}
	for _, o := range w.ops {
		o.serve()
	}
	for _, o := range w.ops {
		o.pay()
	}
	return w
}

func (w *world) close() {
	for _, o := range w.ops {
		o.wallet.Close() //nolint:errcheck // the test is over
	}
}

// serve opens the server with what is in its ledger.
func (o *operator) serve() {
	p, err := offset.NewProvider(offset.ProviderConfig{
		Asset: asset(), Own: addressOf(o.key), Partners: []pay.Address{addressOf(o.other.key)}, Threshold: amount(o.threshold),
	})
	if err != nil {
		o.world.t.Fatal(err)
	}
	o.desk = &desk{book: o.book, provider: p, cashier: pay.NewCashier(pay.CashierConfig{Book: o.book, Providers: []pay.Provider{p, o.money()}})}
	o.desk.collector = pay.NewCollector(pay.CollectorConfig{Dues: o.book, Methods: []pay.Collectable{p}, Now: now})
	o.other.line.Cashier = o.desk.cashier
}

func (o *operator) money() *fake.Method { return &fake.Method{Name: "money", Chain: o.world.chain} }

func now() time.Time { return time.Date(2030, 1, 1, 12, 0, 0, 0, time.UTC) }

// pay opens the client's wallet with what is on its disk.
func (o *operator) pay() {
	service, err := offset.NewPayer(offset.PayerConfig{Session: o.key, Notes: o.disk, Own: o, Threshold: amount(o.lets)})
	if err != nil {
		o.world.t.Fatal(err)
	}
	money := &fake.Payer{Name: "money", Chain: o.world.chain, Client: addressOf(o.key), Notes: o.disk, Now: now, Delay: time.Hour}
	o.wallet, err = pay.NewWallet(context.Background(), pay.WalletConfig{
		Asset: asset(), Payers: []pay.Payer{service, money}, Notes: o.disk, Purse: o.disk, Now: now, Pause: time.Millisecond, Looks: 2, Every: time.Hour,
		Limits: pay.Limits{Prepaid: amount(prepays), Daily: unit.MaxAmount(), Locked: amount(1 << 40), Deposit: amount(1 << 30)},
	})
	if err != nil {
		o.world.t.Fatal(err)
	}
}

// Newest implements offset.Own.
func (o *operator) Newest(ctx context.Context, _ pay.Asset, partner pay.Address) ([]byte, error) {
	if o.away {
		return nil, errAway
	}
	return o.desk.provider.Newest(ctx, o.book, partner)
}

// place is the account at the other's server.
func (o *operator) place() pay.Place {
	return pay.Place{
		Seller: addressOf(o.other.key), Asset: asset(), Line: o.line, Spent: o.spent,
		Offers: []pay.Offer{{Method: "money"}, {Method: offset.Method, Info: o.other.desk.provider.Info()}},
	}
}

func (o *operator) fund(n uint64) error {
	return o.wallet.Fund(context.Background(), o.place(), amount(n))
}

// buys takes service worth n at the other's server.
func (o *operator) buys(n uint64) {
	o.world.t.Helper()
	if err := o.fund(n); err != nil {
		o.world.t.Fatal(err)
	}
	o.uses(n)
}

// uses is served for n, or for what is in its account.
func (o *operator) uses(n uint64) {
	o.spent = o.spent.Plus(o.other.book.Spend(addressOf(o.key), amount(n)))
}

func (o *operator) id() pay.Hash {
	id := offset.Opening{Asset: asset(), Client: addressOf(o.key), Partner: addressOf(o.other.key)}
	return id.ID()
}

// taken is what the other's ledger says was taken there on account.
func (o *operator) taken() unit.Amount {
	e, _, err := o.other.book.Entry(context.Background(), offset.Method, o.id())
	if err != nil {
		o.world.t.Fatal(err)
	}
	return e.Cumulative
}

// signed is the highest total that the client has noted.
func (o *operator) signed() unit.Amount {
	n, _, err := o.disk.Load(context.Background(), offset.Method, o.id())
	if err != nil {
		o.world.t.Fatal(err)
	}
	return n.Promised
}

// paid is what was promised in money.
func (o *operator) paid() (sum unit.Amount) {
	for _, t := range o.wallet.Stake().Tabs {
		if t.Method == "money" {
			sum = sum.Plus(t.Promised)
		}
	}
	return sum
}

// owes is what a server shows of what its partner owes.
func (o *operator) owed() pay.Exposure {
	if _, err := o.desk.collector.Pass(context.Background(), offset.Method, false); err != nil {
		o.world.t.Fatal(err)
	}
	x, err := o.desk.collector.Exposure(context.Background(), offset.Method)
	if err != nil {
		o.world.t.Fatal(err)
	}
	return x
}
