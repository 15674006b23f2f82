package paytest

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/paytest/fake"
	"github.com/candela-les/candela/unit"
)

// steppedPurse is on a client's disk: each write is a step.
type steppedPurse struct {
	*fake.Disk
	p    *process
	dead *atomic.Bool
}

// SavePurse implements pay.Purse.
func (s *steppedPurse) SavePurse(ctx context.Context, of pay.Asset, kept []byte) error {
	return s.p.step(s.dead, "keep a purse", func() error { return s.Disk.SavePurse(ctx, of, kept) })
}

// purser is a client that pays by a wallet, which begins anew with what is on disk each time that it is used.
type purser struct {
	*Client
	disk  *fake.Disk
	spent uint64
}

func (p *purser) with(ctx context.Context, do func(*pay.Wallet, pay.Place) error) error {
	to, n := p.w.Server.Payee(), unit.NewAmount
	wallet, err := pay.NewWallet(ctx, pay.WalletConfig{
		Asset: p.w.Asset(), Payers: []pay.Payer{p.Payer}, Notes: p.NotesOf(), Purse: &steppedPurse{p.disk, p.process, p.dead},
		Limits: pay.Limits{Prepaid: n(700), Daily: n(3000), Locked: n(1500), Deposit: n(500)},
		Now:    p.Now, Pause: 2 * time.Millisecond,
	})
	if err != nil {
		return err
	}
	err = do(wallet, pay.Place{
		Seller: to.Seller, Asset: to.Asset, Offers: []pay.Offer{{Method: p.Payer.Method(), Info: to.Info}}, Line: p.Line, Spent: n(p.spent),
	})
	return errors.Join(err, wallet.Close())
}

// fill pays until the server holds so much, as a buyer does who sees what that is.
func (p *purser) fill(want uint64) func(context.Context) error {
	return func(ctx context.Context) error {
		more, _ := unit.NewAmount(want).Sub(p.unspent())
		return p.with(ctx, func(w *pay.Wallet, at pay.Place) error { return w.Fund(ctx, at, more) })
	}
}

func (p *purser) spend(n uint64) {
	p.w.T.Helper()
	p.use(n)
	p.spent += n
}

// walletRun has a wallet open a channel, pay, lock more and leave; a wallet that crashes at a step begins anew. It returns how
// many steps the client has made.
func walletRun(w *World, at int, after bool) (steps int) {
	w.T.Helper()
	p := &purser{Client: w.NewClient(5000), disk: fake.NewDisk()}
	p.crashAt(at, after)
	w.insist("paying the first time", p.Client, p.fill(400))
	p.spend(400)
	w.insist("paying more than is locked", p.Client, p.fill(600))
	p.spend(350)
	w.insist("paying again", p.Client, p.fill(300))
	if held := p.unspent(); held != unit.NewAmount(300) {
		w.T.Errorf("the server holds %s, and should hold 300", held)
	}
	w.insist("leaving", p.Client, p.goes)
	notes, err := p.Notes.All(w.T.Context())
	if err != nil || len(notes) != 1 || !notes[0].Closed || notes[0].Promised != unit.NewAmount(1050) {
		w.T.Errorf("channels %+v, %v", notes, err)
	}
	w.Server.collect()
	paid := uint64(1050)
	if w.Method.Consent {
		paid = p.spent // the rest was given back
	}
	w.Server.got(paid)
	p.has(5000 - paid)
	p.crash.Lock()
	defer p.crash.Unlock()
	return p.crash.steps
}

// goes leaves the channel, by consent where the method has that.
func (p *purser) goes(ctx context.Context) error {
	return p.with(ctx, func(w *pay.Wallet, at pay.Place) error {
		for _, tab := range w.Stake().Tabs {
			line := pay.Line(p.Line)
			if !p.w.Method.Consent {
				line = nil
				p.w.Server.collect()
			}
			b, err := w.Leave(ctx, tab.Method, tab.ID, line)
			if err == nil && !b.Closed && b.ClosingS > 0 {
				p.w.Later(p.w.Method.Delay)
				p.Look()
				_, err = w.Leave(ctx, tab.Method, tab.ID, nil)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// walletFewTokens: a wallet locks what there is, if that is less than its owner wants in a channel and enough for what is to be paid; and more when there
// is more.
func walletFewTokens(w *World) {
	p := &purser{Client: w.NewClient(200), disk: fake.NewDisk()}
	w.Must("paying with few tokens", p.fill(100))
	p.spend(100)
	p.has(0)
	err := w.While(p.fill(400))
	w.refused("paying more than there is", err, pay.Uncovered)
	sent := p.sent()
	w.refused("paying it again", w.While(p.fill(400)), pay.Uncovered)
	if n := p.sent() - sent; n > 0 {
		w.T.Errorf("%d transactions are sent to lock what is not there", n)
	}
	w.Mint(p.Funds.Address(), 400)
	w.Must("paying, with some more", p.fill(400))
	w.Mint(p.Funds.Address(), 2000)
	p.spend(400)
	w.Must("paying, with enough", p.fill(600))
	p.spend(600)
	w.insist("leaving", p.Client, p.goes)
	w.Server.collect()
	w.Server.got(1100)
	p.has(2600 - 1100)
}

// walletCrashes is at how many steps, spread over all of them, a wallet is killed: each is a world of its own run.
const walletCrashes = 12

// walletCrash: killed at any step, a wallet goes on where it was.
func walletCrash(w *World) {
	steps := walletRun(w, 0, false)
	for i := range walletCrashes {
		walletRun(NewWorld(w.T, w.Method), 1+i*steps/walletCrashes, i%2 == 1)
	}
}
