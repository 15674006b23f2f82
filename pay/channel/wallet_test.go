package channel_test

import (
	"context"
	"testing"
	"time"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/channel"
	"github.com/candela-les/candela/pay/eip712"
	"github.com/candela-les/candela/pay/paytest"
	"github.com/candela-les/candela/pay/paytest/fake"
)

// walletOf opens a wallet that pays by channel.
func walletOf(w *paytest.World, c *paytest.Client, limits pay.Limits) (*pay.Wallet, pay.Place) {
	w.T.Helper()
	wallet, err := pay.NewWallet(w.T.Context(), pay.WalletConfig{
		Asset: w.Asset(), Payers: []pay.Payer{c.Payer}, Notes: c.NotesOf(), Purse: fake.NewDisk(), Limits: limits, Now: w.Now, Pause: time.Millisecond,
	})
	if err != nil {
		w.T.Fatal(err)
	}
	w.T.Cleanup(func() { wallet.Close() })
	to := w.Server.Payee()
	return wallet, pay.Place{
		Seller: to.Seller, Asset: to.Asset, Offers: []pay.Offer{{Method: channel.Method, Info: to.Info}}, Line: c.Line,
	}
}

// liar is a server's line that changes what it hands out.
type liar struct {
	pay.Line
	out func() []byte
}

func (l liar) Settle(ctx context.Context, id pay.Hash) (pay.Settled, error) {
	s, err := l.Line.Settle(ctx, id)
	s.Data = l.out()
	return s, err
}

// What a server hands out that closes nothing does not keep a wallet from closing the channel alone.
func TestWalletBadRefunds(t *testing.T) {
	w := paytest.NewWorld(t, method())
	for what, lie := range map[string]func(id pay.Hash, sign func(nonce, n uint64) []byte) []byte{
		"garbage":       func(pay.Hash, func(nonce, n uint64) []byte) []byte { return []byte{1} },
		"a wrong nonce": func(_ pay.Hash, sign func(nonce, n uint64) []byte) []byte { return sign(5, 900) },
		"too little":    func(_ pay.Hash, sign func(nonce, n uint64) []byte) []byte { return sign(0, 1) },
	} {
		c := w.NewClient(1000)
		wallet, at := walletOf(w, c, pay.Limits{Prepaid: amount(100), Daily: amount(1000), Locked: amount(1000), Deposit: amount(500)})
		w.Must("paying", func(ctx context.Context) error { return wallet.Fund(ctx, at, amount(100)) })
		id := wallet.Stake().Tabs[0].ID
		line := liar{c.Line, func() []byte {
			return lie(id, func(nonce, n uint64) []byte {
				s, err := eip712.Sign(w.Server.Authorizer, channel.NewTypes(simulatedChainID).Refund(id, nonce, amount(n)))
				if err != nil {
					t.Error(err)
				}
				r := channel.Refund{Amount: amount(n), Nonce: nonce, Signature: s}
				return r.Encode()
			})
		}}
		var b pay.Balance
		leave := func(line pay.Line) {
			w.Must("leaving: "+what, func(ctx context.Context) (err error) {
				b, err = wallet.Leave(ctx, channel.Method, id, line)
				return err
			})
		}
		leave(line)
		for i := 0; i < 3 && !b.Closed; i++ {
			w.Later(delay)
			c.Look()
			leave(nil)
		}
		if !b.Closed || c.Has() != amount(1000) {
			t.Errorf("%s: the channel is %+v, and the client has %s of 1000", what, b, c.Has())
		}
	}
}

// A wallet locks what there is if that is less than its owner wants in a channel, and more when there is more.
func TestWalletFewTokens(t *testing.T) {
	w := paytest.NewWorld(t, method())
	c := w.NewClient(50)
	wallet, at := walletOf(w, c, pay.Limits{Prepaid: amount(100), Daily: amount(1000), Locked: amount(1000), Deposit: amount(80)})
	w.Must("paying", func(ctx context.Context) error { return wallet.Fund(ctx, at, amount(10)) })
	if tabs := wallet.Stake().Tabs; len(tabs) != 1 || tabs[0].Deposit != amount(50) || c.Has() != amount(0) {
		t.Errorf("%+v, and the client has %s", tabs, c.Has())
	}
	err := w.While(func(ctx context.Context) error { return wallet.Fund(ctx, at, amount(60)) })
	if !isRefused(err, pay.Uncovered) {
		t.Errorf("paying more than there is: %v", err)
	}
	w.Mint(c.Funds.Address(), 500)
	w.Must("paying more", func(ctx context.Context) error { return wallet.Fund(ctx, at, amount(60)) })
	if tabs := wallet.Stake().Tabs; len(tabs) != 1 || tabs[0].Promised != amount(70) || tabs[0].Deposit != amount(90) {
		t.Errorf("%+v", tabs)
	}
}
