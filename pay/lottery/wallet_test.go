package lottery_test

import (
	"context"
	"crypto/rand"
	"fmt"
	mathrand "math/rand/v2"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/candela-les/candela/contracts/bind"
	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/lottery"
	"github.com/candela-les/candela/pay/lottery/lotterytest"
	"github.com/candela-les/candela/pay/paytest"
	"github.com/candela-les/candela/pay/paytest/fake"
	"github.com/candela-les/candela/unit"
)

// walleted is a client whose wallet pays by lottery, and draws as luck has it.
type walleted struct {
	*paytest.Client
	w      *paytest.World
	wallet *pay.Wallet
	disk   *fake.Disk
	spent  unit.Amount
	open   bool // it has an open pot
}

func newWalleted(t *testing.T, limits pay.Limits) *walleted {
	t.Helper()
	return newWalletedBy(t, lotterytest.Method(), lottery.OpenPot{}, limits)
}

// ways are those in which a wallet pays by lottery: a lock for each payee, or an open pot.
var ways = map[string]struct {
	method func() paytest.Method
	pot    lottery.OpenPot
}{
	"":            {method: lotterytest.Method},
	" (open pot)": {lotterytest.OpenMethod, lotterytest.OpenPot},
}

func newWalletedBy(t *testing.T, m paytest.Method, pot lottery.OpenPot, limits pay.Limits) *walleted {
	t.Helper()
	m.Payer = func(c *paytest.Client) (pay.Payer, error) {
		return lottery.NewPayer(lottery.PayerConfig{
			Session: c.Session, Sender: c.Sender, Watcher: c.Watcher, Reader: c.Node, Notes: c.NotesOf(), Random: rand.Reader,
			Contracts: []pay.Address{contractAt}, Pot: pot,
		})
	}
	w := paytest.NewWorld(t, m)
	p := &walleted{Client: w.NewClient(10_000), w: w, disk: fake.NewDisk(), open: !pot.Escrow.IsZero()}
	p.begin(limits)
	t.Cleanup(func() { _ = p.wallet.Close() })
	return p
}

// begin opens the wallet, with what is on disk.
func (p *walleted) begin(limits pay.Limits) {
	p.w.T.Helper()
	if p.wallet != nil {
		_ = p.wallet.Close()
	}
	var err error
	p.wallet, err = pay.NewWallet(p.w.T.Context(), pay.WalletConfig{
		Asset: p.w.Asset(), Payers: []pay.Payer{p.Payer}, Notes: p.NotesOf(), Purse: p.disk, Limits: limits, Now: p.w.Now, Pause: 2 * time.Millisecond,
	})
	if err != nil {
		p.w.T.Fatal(err)
	}
}

func (p *walleted) place() pay.Place {
	to := p.w.Server.Payee()
	return pay.Place{
		Seller: to.Seller, Asset: to.Asset, Offers: []pay.Offer{{Method: lottery.Method, Info: to.Info}}, Line: p.Line, Spent: p.spent,
	}
}

// holds is what is in the client's lock on the chain, or in its open pot.
func (p *walleted) holds() unit.Amount {
	c, payee := bind.NewLottery(), common.Address(p.w.Server.Receiver)
	if p.open {
		payee = common.Address{}
	}
	out := p.w.Read(common.Address(contractAt), c.PackPotOf(p.w.Token, p.Funds.Address(), p.Session.Address(), payee))
	pot, err := c.UnpackPotOf(out)
	if err != nil {
		p.w.T.Fatal(err)
	}
	return unit.NearestAmount(pot.Amount)
}

// free is what of that no winner waits for.
func (p *walleted) free() unit.Amount {
	claims, err := p.w.Server.Book.Claims(p.w.T.Context(), lottery.Method, pay.Hash{}, 1000)
	if err != nil {
		p.w.T.Fatal(err)
	}
	return p.holds().Minus(unit.NewAmount(uint64(len(claims)) * suiteFace))
}

// leave takes everything back.
func (p *walleted) leave() {
	p.w.T.Helper()
	if _, err := p.w.Server.Collect(true); err != nil {
		p.w.T.Fatal(err)
	}
	tabs := p.wallet.Stake().Tabs
	if len(tabs) != 1 {
		p.w.T.Fatalf("%d channels", len(tabs))
	}
	for i := 0; ; i++ {
		var b pay.Balance
		p.w.Must("leaving", func(ctx context.Context) (err error) {
			b, err = p.wallet.Leave(ctx, lottery.Method, tabs[0].ID, p.Line)
			return err
		})
		if b.Closed {
			return
		}
		if i == 3 {
			p.w.T.Fatalf("the channel is %+v in the end", b)
		}
		p.w.Later(lottery.Delay)
		p.Look()
	}
}

// Who has left a seller pays it again, as often as they like.
func TestWalletComesBack(t *testing.T) {
	limits := pay.Limits{Prepaid: unit.NewAmount(700), Daily: unit.NewAmount(9000), Locked: unit.NewAmount(1000), Deposit: unit.NewAmount(300)}
	for name, way := range ways {
		t.Run("lock"+name, func(t *testing.T) { comesBack(newWalletedBy(t, way.method(), way.pot, limits), limits) })
	}
}

func comesBack(p *walleted, limits pay.Limits) {
	t := p.w.T
	t.Helper()
	for range 3 {
		n := unit.NewAmount(200)
		p.w.Must("paying", func(ctx context.Context) error { return p.wallet.Fund(ctx, p.place(), n) })
		p.spent = p.spent.Plus(p.w.Server.Book.Spend(p.Address(), n))
		p.leave()
		if locked := p.wallet.Stake().Locked; !p.holds().IsZero() || !locked.IsZero() {
			t.Fatalf("having left, %s are locked, as the wallet has it %s", p.holds(), locked)
		}
		p.Start()
		p.begin(limits)
	}
	if p.spent != unit.NewAmount(600) || p.Has().Plus(p.w.Server.Got()) != unit.NewAmount(10_000) {
		t.Errorf("%s were spent; the server has %s, the client %s", p.spent, p.w.Server.Got(), p.Has())
	}
}

// A wallet pays by lottery like by any other method, with luck as it comes: it is credited what it funds, as often as it does; it opens and tops up
// by what is drawn, not by what is promised, so that neither good luck nor bad has it lock more than its owner allows; both sides start anew in
// between; and in the end what the server has is what was drawn, and the rest is back.
func TestWalletsLuck(t *testing.T) {
	for i := range uint64(6) {
		name, seed := []string{"", " (open pot)"}[i%2], i/2
		way := ways[name]
		t.Run(fmt.Sprintf("seed %d%s", seed, name), func(t *testing.T) {
			r := mathrand.New(mathrand.NewPCG(seed, 3))
			limits := pay.Limits{
				Prepaid: unit.NewAmount(700), Daily: unit.NewAmount(9000), Locked: unit.NewAmount(1000), Deposit: unit.NewAmount(300),
			}
			p := newWalletedBy(t, way.method(), way.pot, limits)
			funded := unit.Amount{}
			for turn := range 40 {
				n := unit.NewAmount(10 * (1 + r.Uint64N(30)))
				if turn%2 == 0 {
					n = unit.NewAmount(10)
				}
				p.w.Must("paying", func(ctx context.Context) error { return p.wallet.Fund(ctx, p.place(), n) })
				funded = funded.Plus(n)
				used := p.w.Server.Book.Spend(p.Address(), unit.NewAmount(1<<40))
				if p.spent = p.spent.Plus(used); p.spent != funded {
					t.Fatalf("%s are credited of %s that were paid", p.spent, funded)
				}
				most := limits.Locked.Plus(unit.NewAmount(suiteFace)) // less than that is of no use to anybody
				if at := p.wallet.Stake(); at.Locked.Cmp(limits.Locked) > 0 || p.free().Cmp(most) > 0 {
					t.Fatalf("%s are locked, as the wallet has it %s, and %s are allowed", p.free(), at.Locked, limits.Locked)
				}
				switch r.IntN(5) {
				case 0:
					if _, err := p.w.Server.Collect(true); err != nil {
						t.Fatal(err)
					}
				case 1:
					p.w.Server.Start()
				case 2:
					p.Start()
					p.begin(limits)
				}
			}
			p.leave()
			book, _ := p.w.Server.Book.(*fake.Book)
			drawn := book.Drawn()
			if p.w.Server.Got() != drawn || p.Has().Plus(drawn) != unit.NewAmount(10_000) || !p.holds().IsZero() {
				t.Errorf("%s were drawn; the server has %s, the client %s, and %s are locked", drawn, p.w.Server.Got(), p.Has(), p.holds())
			}
			t.Logf("%s were promised, and %s drawn", funded, drawn)
		})
	}
}
