package lottery_test

import (
	"context"
	"crypto/rand"
	"errors"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/candela-les/candela/contracts/bind"
	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/eip712"
	"github.com/candela-les/candela/pay/lottery"
	"github.com/candela-les/candela/pay/lottery/lotterytest"
	"github.com/candela-les/candela/pay/paytest"
	"github.com/candela-les/candela/pay/watch/watchtest"
	"github.com/candela-les/candela/unit"
)

const (
	potAmount = 1000
	potEscrow = 150
	potCredit = 2 // winners that wait
)

// pooled is a client with an open pot, and several payees that it pays from it. Its funds have ten thousand.
type pooled struct {
	*paytest.Client
	w      *paytest.World
	stolen uint64 // how often
}

func newPooled(t *testing.T) *pooled {
	t.Helper()
	w := paytest.NewWorld(t, paytest.Method{
		Alloc: alloc(), Provider: lotterytest.ProvidingBy(lotterytest.Odds, potCredit), Delay: lottery.Delay, Once: suiteFace,
		Payer: func(c *paytest.Client) (pay.Payer, error) {
			return lottery.NewPayer(lottery.PayerConfig{
				Session: c.Session, Sender: c.Sender, Watcher: c.Watcher, Reader: c.Node, Notes: c.NotesOf(), Random: rand.Reader,
				Contracts: []pay.Address{contractAt}, Pot: lottery.OpenPot{Amount: unit.NewAmount(potAmount), Escrow: unit.NewAmount(potEscrow)},
			})
		},
	})
	return &pooled{Client: w.NewClient(10_000), w: w}
}

// payee is somebody who takes open pots.
func (p *pooled) payee(n byte) pay.Payee {
	to := p.w.Server.Payee()
	if n > 0 {
		info, err := lottery.DecodeInfo(to.Info)
		if err != nil {
			p.w.T.Fatal(err)
		}
		info.Payee, to.Seller = pay.Address{0xa0, n}, pay.Address{0xb0, n}
		to.Info = info.Encode()
	}
	return to
}

// opens opens a channel to a payee, with so much.
func (p *pooled) opens(n byte, deposit uint64) (ch paytest.Channel) {
	p.w.T.Helper()
	p.w.Must("opening", func(ctx context.Context) (err error) {
		ch.ID, ch.Opening, err = p.Payer.Open(ctx, string('a'+rune(n)), p.payee(n), unit.NewAmount(deposit))
		return err
	})
	return ch
}

func (p *pooled) nonce() uint64 {
	p.w.T.Helper()
	n, err := p.w.Chain.Client().PendingNonceAt(p.w.T.Context(), p.Funds.Address())
	if err != nil {
		p.w.T.Fatal(err)
	}
	return n
}

func (p *pooled) pot() bind.LotteryPot {
	p.w.T.Helper()
	l := bind.NewLottery()
	pot, err := l.UnpackPotOf(p.w.Read(common.Address(contractAt), l.PackPotOf(p.w.Token, p.Funds.Address(), p.Session.Address(), common.Address{})))
	if err != nil {
		p.w.T.Fatal(err)
	}
	return bind.LotteryPot(pot)
}

func (p *pooled) state() lottery.PotState {
	p.w.T.Helper()
	p.Look()
	l, _ := p.Payer.(*lottery.Payer)
	pots, err := l.Pots(p.w.T.Context(), p.w.Asset())
	if err != nil || len(pots) != 1 {
		p.w.T.Fatalf("pots %+v, %v", pots, err)
	}
	return pots[0]
}

// One deposit is enough for several payees, whose parts are never more than there is; and what one gives back is there for others, without a transaction.
func TestOpenPotIsShared(t *testing.T) {
	p := newPooled(t)
	first := p.opens(0, 300)
	sent := p.nonce()
	if sent != 2 { // it is allowed to the contract, and deposited
		t.Errorf("the first channel takes %d transactions", sent)
	}
	second := p.opens(1, 300)
	p.opens(2, 400)
	if s := p.state(); p.nonce() != sent || s.Free != (unit.Amount{}) || s.Allotted != unit.NewAmount(potAmount) || s.Escrow != unit.NewAmount(potEscrow) {
		t.Fatalf("after %d more transactions the pot is %+v", p.nonce()-sent, s)
	}
	p.w.Must("closing one", func(ctx context.Context) error { return p.Payer.Close(ctx, second.ID, nil) })
	p.w.Must("increasing another", func(ctx context.Context) error { return p.Payer.Increase(ctx, first.ID, unit.NewAmount(600)) })
	if b, err := p.Payer.Balance(t.Context(), second.ID); err != nil || !b.Closed || p.nonce() != sent {
		t.Errorf("closed, it is %+v, %v; %d transactions", b, err, p.nonce()-sent)
	}
	p.w.Must("opening another", func(ctx context.Context) error {
		_, _, err := p.Payer.Open(ctx, "d", p.payee(3), unit.NewAmount(50))
		return err
	})
	if s := p.state(); p.nonce() != sent+1 || s.Amount != unit.NewAmount(potAmount+50) || s.Allotted != unit.NewAmount(1050) {
		t.Errorf("with nothing free, %d transactions later the pot is %+v", p.nonce()-sent, s)
	}
}

// With the last channel all comes back, escrow and all, though another could not be opened; and none of it before. Who comes back meanwhile takes the
// warning back.
func TestOpenPotComesBack(t *testing.T) {
	p := newPooled(t)
	first, second := p.opens(0, 300), p.opens(1, 300)
	err := p.w.While(func(ctx context.Context) error {
		_, _, err := p.Payer.Open(ctx, "c", p.payee(2), unit.NewAmount(20_000))
		return err
	})
	var refused *pay.Refusal
	if !errors.As(err, &refused) || refused.Reason != pay.Uncovered {
		t.Fatalf("more than there is: %v", err)
	}
	closes := func(ch paytest.Channel) (b pay.Balance) {
		t.Helper()
		p.w.Must("closing", func(ctx context.Context) error { return p.Payer.Close(ctx, ch.ID, nil) })
		p.Look()
		b, err := p.Payer.Balance(t.Context(), ch.ID)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	if b := closes(first); !b.Closed || p.pot().UnlockAt != 0 {
		t.Errorf("with one channel closed, %+v, the pot is %+v", b, p.pot())
	}
	if b := closes(second); b.Closed || b.ClosingS == 0 || p.pot().UnlockAt == 0 {
		t.Errorf("with both closed, %+v, the pot is %+v", b, p.pot())
	}
	p.w.Must("coming back", func(ctx context.Context) error {
		_, _, err := p.Payer.Open(ctx, "d", p.payee(0), unit.NewAmount(400))
		return err
	})
	if p.pot().UnlockAt != 0 || p.nonce() != 4 {
		t.Errorf("come back, after %d transactions the pot is %+v", p.nonce(), p.pot())
	}
	closes(first)
	for range 3 {
		p.w.Later(lottery.Delay)
		p.Look()
		closes(first)
	}
	if b := closes(second); !b.Closed || p.Has() != unit.NewAmount(10_000) {
		t.Errorf("in the end %+v, the client has %s, and the pot is %+v", b, p.Has(), p.pot())
	}
}

// Several at once do not take the same of what is free.
func TestOpenPotAtOnce(t *testing.T) {
	p := newPooled(t)
	done := make(chan error, 8)
	p.w.Must("opening", func(ctx context.Context) error {
		for n := range byte(8) {
			go func() {
				_, _, err := p.Payer.Open(ctx, string('a'+rune(n)), p.payee(n), unit.NewAmount(150))
				done <- err
			}()
		}
		for range 8 {
			if err := <-done; err != nil {
				return err
			}
		}
		return nil
	})
	if s := p.state(); s.Allotted != unit.NewAmount(8*150) || s.Amount.Cmp(s.Allotted) < 0 {
		t.Errorf("the pot is %+v", s)
	}
}

// Who takes no open pots, or wants more in escrow, gets a lock.
func TestLocksForOthers(t *testing.T) {
	for name, credit := range map[string]uint8{"none": 0, "more than is in escrow": 4} {
		t.Run(name, func(t *testing.T) {
			p := newPooled(t)
			to := p.payee(1)
			info, err := lottery.DecodeInfo(to.Info)
			if err != nil {
				t.Fatal(err)
			}
			info.Credit = credit
			to.Info = info.Encode()
			p.w.Must("opening", func(ctx context.Context) error {
				_, _, err := p.Payer.Open(ctx, "a", to, unit.NewAmount(300))
				return err
			})
			if pot := p.pot(); pot.Amount.Sign() != 0 || p.Has() != unit.NewAmount(9700) {
				t.Errorf("the open pot is %+v, and the client has %s", pot, p.Has())
			}
		})
	}
}

// What is in a pot whose notes were lost is not promised again for as long as what was signed may win.
func TestOpenPotLostNotes(t *testing.T) {
	p := newPooled(t)
	p.opens(0, 300)
	p.Notes.Lose()
	p.Start()
	p.opens(1, 200)
	if s := p.state(); s.Amount != unit.NewAmount(potAmount+200) || s.Free != (unit.Amount{}) {
		t.Errorf("with lost notes the pot is %+v", s)
	}
	p.w.Later(lottery.Delay + 2*time.Hour)
	if s := p.state(); s.Free != unit.NewAmount(potAmount) {
		t.Errorf("a day later the pot is %+v", s)
	}
}

// thief signs a winner by the client's session key, and takes so much out of the pot.
func (p *pooled) thief(n uint64) {
	p.w.T.Helper()
	p.stolen++
	own := lottery.Ticket{
		Funder: pay.Address(p.Funds.Address()), Payer: p.Address(), Payee: pay.Address{0xee}, Token: pay.Address(p.w.Token), Series: p.stolen, Number: 1,
		Face: unit.NewAmount(n), Ratio: 1<<64 - 1, Commitment: lottery.CommitmentTo(pay.Hash{1}), ExpiryS: uint64(p.w.Now().Add(time.Hour).Unix()),
	}
	signature, err := eip712.Sign(p.Session, lottery.NewTypes(watchtest.ChainID, contractAt).Digest(&own))
	if err != nil {
		p.w.T.Fatal(err)
	}
	p.w.Call(common.Address(contractAt), bind.NewLottery().PackRedeem(bound(&own), pay.Hash{1}, signature[:]))
	p.w.Mine(paytest.Confirmations + 1)
}

// robbed has the server hold a winner that is not covered any more, and protest.
func robbed(t *testing.T) (*pooled, paytest.Channel) {
	t.Helper()
	p := newPooled(t)
	ch := p.opens(0, 300)
	p.w.Must("agreeing", func(ctx context.Context) error { return p.Establish(ctx, ch) })
	for paid := uint64(10); p.claims() == 0; paid += 10 {
		if _, err := p.Pay(t.Context(), ch, paid); err != nil {
			t.Fatal(err)
		}
	}
	p.thief(potAmount)
	p.w.Server.Look()
	if _, err := p.w.Server.Collect(false); err == nil {
		t.Fatal("a winner is redeemed that is not covered")
	}
	return p, ch
}

func (p *pooled) claims() int {
	p.w.T.Helper()
	claims, err := p.w.Server.Book.Claims(p.w.T.Context(), lottery.Method, pay.Hash{}, 100)
	if err != nil {
		p.w.T.Fatal(err)
	}
	return len(claims)
}

// makesGood has the client make good what it sees.
func (p *pooled) makesGood() error {
	p.w.T.Helper()
	p.Look()
	l, _ := p.Payer.(*lottery.Payer)
	return p.w.While(l.MakeGood)
}

// A client about whom a payee protests makes good within the grace, whether it sees that at once or after a restart: the winner is paid, and the escrow
// stays. Nothing is promised from a pot out of which somebody else has taken.
func TestClientMakesGood(t *testing.T) {
	for name, between := range map[string]func(p *pooled){
		"at once":         func(*pooled) {},
		"after a restart": func(p *pooled) { p.Look(); p.Start() }, // what it has seen is noted
		"after it was away": func(p *pooled) { // for half of the grace
			p.w.Later(lottery.Grace / 2)
			p.Start()
		},
	} {
		t.Run(name, func(t *testing.T) {
			p, ch := robbed(t)
			between(p)
			if s := p.state(); s.Accused != 1 {
				t.Errorf("accused, the pot is %+v", s)
			}
			for range 2 {
				if err := p.makesGood(); err != nil {
					t.Fatal(err)
				}
			}
			p.w.Server.Look()
			if _, err := p.w.Server.Collect(false); err != nil {
				t.Fatal(err)
			}
			if p.claims() != 0 || p.w.Server.Got() != unit.NewAmount(suiteFace) || p.Has() != unit.NewAmount(10_000-potAmount-potEscrow-suiteFace) {
				t.Errorf("%d claims are open; the server has got %s, the client has %s", p.claims(), p.w.Server.Got(), p.Has())
			}
			b, err := p.Payer.Balance(t.Context(), ch.ID)
			if err != nil {
				t.Fatal(err)
			}
			if _, _, err := p.Payer.Promise(t.Context(), ch.ID, b.Promised.Plus(unit.NewAmount(1))); err == nil {
				t.Error("it is promised from a pot that somebody else empties")
			}
			if err := p.w.While(func(ctx context.Context) error {
				return p.Payer.Increase(ctx, ch.ID, b.Deposit.Plus(unit.NewAmount(300)))
			}); err == nil {
				t.Error("a pot is filled that somebody else empties")
			}
			p.w.Later(lottery.Grace + lottery.Window + time.Hour)
			if err := p.makesGood(); err != nil {
				t.Fatal(err)
			}
			if s := p.state(); s.Accused != 0 || s.Escrow != unit.NewAmount(potEscrow) {
				t.Errorf("in the end the pot is %+v", s)
			}
		})
	}
}

// Whoever has the session key has no more made good than the escrow that it saves; then that is burned.
func TestMakesGoodWithinEscrow(t *testing.T) {
	p, _ := robbed(t)
	var err error
	for range potEscrow / suiteFace {
		if err = p.makesGood(); err != nil {
			t.Fatal(err)
		}
		p.thief(suiteFace)
	}
	if err = p.makesGood(); err == nil {
		t.Fatal("more is made good than the escrow")
	}
	p.w.Later(lottery.Grace)
	p.w.Server.Look()
	if _, err := p.w.Server.Collect(false); err != nil {
		t.Log(err)
	}
	if p.pot().Escrow.Sign() != 0 {
		t.Error("the escrow is not burned")
	}
	p.Look()
	if err := p.makesGood(); err != nil {
		t.Error(err)
	}
	if s := p.state(); s.Accused != 0 || p.Has() != unit.NewAmount(10_000-potAmount-2*potEscrow) {
		t.Errorf("in the end the pot is %+v, and the client has %s", s, p.Has())
	}
}

// A client that has no tokens just then makes good when it has some again, however often it has tried.
func TestMakesGoodOnceItCan(t *testing.T) {
	p, _ := robbed(t)
	has := p.Has()
	p.w.Must("spending", func(ctx context.Context) error {
		return p.Call(ctx, "spend", p.w.Token, bind.NewTestToken().PackTransfer(common.Address{0xdd}, has.Big()))
	})
	for range potEscrow/suiteFace + 1 {
		if err := p.makesGood(); err == nil {
			t.Fatal("it was made good out of nothing")
		}
	}
	p.w.Mint(p.Funds.Address(), suiteFace)
	p.w.Mine(paytest.Confirmations + 1)
	if err := p.makesGood(); err != nil {
		t.Fatal(err)
	}
	p.w.Server.Look()
	if _, err := p.w.Server.Collect(false); err != nil {
		t.Fatal(err)
	}
	if p.claims() != 0 || p.w.Server.Got() != unit.NewAmount(suiteFace) || p.pot().Escrow.Int64() != potEscrow {
		t.Errorf("%d claims are open; the server has got %s, and the pot is %+v", p.claims(), p.w.Server.Got(), p.pot())
	}
}

// A winner whose payee protests is paid though it expires meanwhile: what it needs is given to nobody else until the protest is over.
func TestAccusedKeepsItsPart(t *testing.T) {
	p, _ := robbed(t)
	if err := p.makesGood(); err != nil {
		t.Fatal(err)
	}
	p.w.Later(lottery.Delay + 2*time.Hour) // the payee waits, and enforces then
	p.Look()
	if err := p.makesGood(); err != nil {
		t.Fatal(err)
	}
	if s := p.state(); s.Free != (unit.Amount{}) || s.Amount != unit.NewAmount(suiteFace) {
		t.Errorf("a day after the protest the pot is %+v", s)
	}
	p.w.Server.Look()
	if _, err := p.w.Server.Collect(false); err != nil {
		t.Fatal(err)
	}
	if p.w.Server.Got() != unit.NewAmount(suiteFace) || p.pot().Escrow.Int64() != potEscrow {
		t.Errorf("the server has got %s, and the pot is %+v", p.w.Server.Got(), p.pot())
	}
}
