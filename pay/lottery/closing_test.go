package lottery_test

import (
	"context"
	"math/big"
	"testing"

	"github.com/ethereum/go-ethereum/common"

	"github.com/candela-les/candela/contracts/bind"
	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/lottery"
	"github.com/candela-les/candela/pay/lottery/lotterytest"
	"github.com/candela-les/candela/pay/paytest"
	"github.com/candela-les/candela/unit"
)

// opened is a client with a channel.
type opened struct {
	*paytest.Client
	w       *paytest.World
	id      pay.Hash
	opening []byte
}

// newOpened makes one that has so many tokens and has locked so many.
func newOpened(t *testing.T, method paytest.Method, tokens, locked uint64) *opened {
	t.Helper()
	method.Alloc, method.Delay = alloc(), lottery.Delay
	if method.Provider == nil {
		method.Provider = providing(0)
	}
	if method.Payer == nil {
		method.Payer = paying
	}
	w := paytest.NewWorld(t, method)
	o := &opened{Client: w.NewClient(tokens), w: w}
	if err := o.open(locked); err != nil {
		t.Fatal(err)
	}
	return o
}

// open opens the channel, or opens it again.
func (o *opened) open(deposit uint64) error {
	o.w.T.Helper()
	return o.w.While(func(ctx context.Context) (err error) {
		o.id, o.opening, err = o.Payer.Open(ctx, "a name", o.w.Server.Payee(), unit.NewAmount(deposit))
		return err
	})
}

func (o *opened) agree() (s pay.Standing) {
	o.w.T.Helper()
	o.w.Server.Look()
	s, err := o.w.Server.Cashier.Establish(o.w.T.Context(), o.Address(), lottery.Method, o.opening)
	if err == nil {
		err = o.Payer.Agree(o.w.T.Context(), o.id, o.opening, s)
	}
	if err != nil {
		o.w.T.Fatalf("agreeing: %v", err)
	}
	return s
}

func (o *opened) promise(cumulative uint64) ([]byte, error) {
	promise, _, err := o.Payer.Promise(o.w.T.Context(), o.id, unit.NewAmount(cumulative))
	return promise, err
}

// closes has it go on with closing.
func (o *opened) closes() pay.Balance {
	o.w.T.Helper()
	o.Look()
	o.w.Must("closing", func(ctx context.Context) error { return o.Payer.Close(ctx, o.id, nil) })
	o.Look()
	b, err := o.Payer.Balance(o.w.T.Context(), o.id)
	if err != nil {
		o.w.T.Fatal(err)
	}
	return b
}

// drop has a third party lock something for the channel's payee.
func (o *opened) drop(amount int64) {
	o.w.T.Helper()
	opening, err := lottery.DecodeOpening(o.opening)
	if err != nil {
		o.w.T.Fatal(err)
	}
	at, n := common.Address(opening.Contract), big.NewInt(amount)
	o.w.Mint(o.w.Chain.Address, uint64(amount)) //nolint:gosec // not negative
	o.w.Call(o.w.Token, bind.NewTestToken().PackApprove(at, n))
	o.w.Call(at, bind.NewLottery().PackLockFor(o.w.Token, common.Address(opening.Funder), common.Address(opening.Payer), common.Address(opening.Payee), n))
	o.w.Mine(paytest.Confirmations + 1)
}

// A third party that adds to a lock each day keeps nobody's money: what was warned of comes back after a day. Nor does it keep the channel from being
// closed, if what it adds is dust.
func TestDrops(t *testing.T) {
	for name, c := range map[string]struct {
		dust   uint64
		closed bool
	}{"dust": {1, true}, "something": {0, false}} {
		t.Run(name, func(t *testing.T) {
			o := newOpened(t, paytest.Method{Payer: func(client *paytest.Client) (pay.Payer, error) {
				cfg := payerConfig(client)
				cfg.Dust = unit.NewAmount(c.dust)
				return lottery.NewPayer(cfg)
			}}, 10*face, 3*face)
			o.closes()
			for day := range uint64(3) {
				o.w.Later(lottery.Delay / 2)
				o.drop(1)
				if b := o.closes(); b.Closed != (c.closed && day > 0) {
					t.Fatalf("on day %d the channel is %+v", day, b)
				}
				o.w.Later(lottery.Delay / 2)
				b, has := o.closes(), uint64(10*face)
				if !c.closed {
					has += day // what was warned of on the day before
				}
				if b.Closed != c.closed || o.Has() != unit.NewAmount(has) {
					t.Fatalf("on day %d the channel is %+v, and the client has %s, not %d", day, b, o.Has(), has)
				}
			}
		})
	}
}

// A lock that winners have emptied after it was warned of, and to which something was added, is warned of again: of nothing nothing can be taken.
func TestWarnedAndEmptied(t *testing.T) {
	o := newOpened(t, paytest.Method{Provider: lotterytest.ProvidingBy(lottery.Odds{Face: unit.NewAmount(face), Ratio: 1<<64 - 1}, 0)}, 10*face, face)
	o.agree()
	promise, err := o.promise(face)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.w.Server.Cashier.Promise(t.Context(), o.Address(), o.id, promise); err != nil {
		t.Fatal(err)
	}
	if b := o.closes(); b.ClosingS == 0 {
		t.Fatalf("%+v", b)
	}
	o.w.Server.Look()
	if _, err := o.w.Server.Collect(true); err != nil {
		t.Fatal(err)
	}
	o.drop(7)
	if b := o.closes(); b.Closed || b.ClosingS == 0 {
		t.Fatalf("%+v", b)
	}
	o.w.Later(lottery.Delay)
	if b := o.closes(); !b.Closed || o.Has() != unit.NewAmount(9*face+7) {
		t.Errorf("%+v, and the client has %s", b, o.Has())
	}
}
