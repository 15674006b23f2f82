package lottery_test

import (
	"context"
	"errors"
	"math/big"
	"testing"
	"time"

	ethereum "github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/params"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/lottery"
	"github.com/candela-les/candela/pay/paytest"
	"github.com/candela-les/candela/pay/watch"
	"github.com/candela-les/candela/pay/watch/watchtest"
	"github.com/candela-les/candela/unit"
)

// locks has it lock more, and returns how many transactions that took.
func (o *opened) locks(more uint64) uint64 {
	o.w.T.Helper()
	before := o.sent()
	b, err := o.Payer.Balance(o.w.T.Context(), o.id)
	if err != nil {
		o.w.T.Fatal(err)
	}
	o.w.Must("locking more", func(ctx context.Context) error {
		return o.Payer.Increase(ctx, o.id, b.Deposit.Plus(unit.NewAmount(more)))
	})
	return o.sent() - before
}

func (o *opened) sent() uint64 {
	o.w.T.Helper()
	n, err := o.w.Chain.Client().PendingNonceAt(o.w.T.Context(), o.Funds.Address())
	if err != nil {
		o.w.T.Fatal(err)
	}
	return n
}

// An allowance lasts for several locks, and is made of nothing when it does not.
func TestAllowance(t *testing.T) {
	o := newOpened(t, paytest.Method{}, 100*face, 2*face)
	if n := o.sent(); n != 2 {
		t.Errorf("the first lock takes %d transactions", n)
	}
	for i := range 3 {
		if n := o.locks(4 * face); n != 1 {
			t.Errorf("top-up %d takes %d transactions", i, n)
		}
	}
	if n := o.locks(3 * face); n != 3 {
		t.Errorf("more than is allowed still takes %d transactions", n)
	}
	if n := o.locks(face); n != 1 {
		t.Errorf("after that a lock takes %d transactions", n)
	}
	if o.Has() != unit.NewAmount((100-18)*face) {
		t.Errorf("of 100 faces 18 are locked, and %s are left", o.Has())
	}
}

// A lock that was noted, and not begun, is not made only to be taken back when the channel is closed instead.
func TestClosedBeforeLock(t *testing.T) {
	o := newOpened(t, paytest.Method{}, 100*face, 2*face)
	blind := errors.New("not now")
	o.Node.Set(func(_ context.Context, method string) error {
		if method == "NonceAtHash" { // which is asked for before anything is sent
			return blind
		}
		return nil
	})
	if err := o.w.While(func(ctx context.Context) error { return o.Payer.Increase(ctx, o.id, unit.NewAmount(5*face)) }); !errors.Is(err, blind) {
		t.Fatal(err)
	}
	o.Node.Set(nil)
	sent := o.sent()
	if b := o.closes(); b.ClosingS == 0 || o.sent() != sent+1 || o.Has() != unit.NewAmount(98*face) {
		t.Errorf("%+v, by %d transactions, and the client has %s", b, o.sent()-sent, o.Has())
	}
	o.w.Later(lottery.Delay)
	if b := o.closes(); !b.Closed || o.Has() != unit.NewAmount(100*face) {
		t.Errorf("%+v, and the client has %s", b, o.Has())
	}
}

// A lock that was mined, and was taken to be displaced because the provider did not know it, is not made again.
func TestLockDisplacedInError(t *testing.T) {
	o := newOpened(t, paytest.Method{}, 100*face, 2*face)
	o.Node.Set(func(_ context.Context, method string) error {
		if method == "TransactionReceipt" {
			return ethereum.NotFound
		}
		return nil
	})
	increase := func() error {
		return o.w.While(func(ctx context.Context) error { return o.Payer.Increase(ctx, o.id, unit.NewAmount(5*face)) })
	}
	if err := increase(); err != nil {
		t.Errorf("a lock that the provider does not know: %v", err)
	}
	o.Node.Set(nil)
	o.Start()
	if err := increase(); err != nil || o.Has() != unit.NewAmount(95*face) {
		t.Errorf("5 of 100 faces are locked (%v), and the client has %s", err, o.Has())
	}
}

// A lock that was displaced is made again, once.
func TestLockDisplaced(t *testing.T) {
	o := newOpened(t, paytest.Method{}, 100*face, 2*face)
	o.Node.Set(func(_ context.Context, method string) error {
		if method == "SendTransaction" {
			return errors.New("nobody hears it")
		}
		return nil
	})
	increasing := make(chan error, 1)
	go func() {
		increasing <- o.Payer.Increase(context.WithoutCancel(t.Context()), o.id, unit.NewAmount(5*face))
	}()
	for len(o.Sender.Pending()) == 0 || o.Sender.Pending()[0].State != watch.Waiting {
		time.Sleep(time.Millisecond)
	}
	to := o.w.Chain.Address // somebody else uses the key
	tx, err := o.Funds.SignTx(types.NewTx(&types.DynamicFeeTx{
		ChainID: big.NewInt(watchtest.ChainID), Nonce: o.sent(), To: &to, Gas: 21_000, Value: big.NewInt(1),
		GasTipCap: big.NewInt(params.GWei), GasFeeCap: big.NewInt(100 * params.GWei),
	}), big.NewInt(watchtest.ChainID))
	if err != nil {
		t.Fatal(err)
	}
	if err := o.w.Chain.Client().SendTransaction(t.Context(), tx); err != nil {
		t.Fatal(err)
	}
	err = o.w.While(func(context.Context) error { return <-increasing })
	if displaced := new(watch.DisplacedError); !errors.As(err, &displaced) {
		t.Fatalf("a lock whose nonce another transaction has: %v", err)
	}
	o.Node.Set(nil)
	if n := o.locks(3 * face); n != 1 || o.Has() != unit.NewAmount(95*face) {
		t.Errorf("locked again by %d transactions, and the client has %s", n, o.Has())
	}
}

// Who has lost its notes, and not what it has sent, takes no lock of before for a new one.
func TestLockAfterLostNotes(t *testing.T) {
	o := newOpened(t, paytest.Method{}, 100*face, 2*face)
	o.locks(3 * face)
	o.Notes.Lose()
	o.Start()
	if err := o.open(5 * face); err != nil {
		t.Fatal(err)
	}
	for i := range uint64(3) {
		if n := o.locks(face); n != 1 || o.Has() != unit.NewAmount((94-i)*face) {
			t.Errorf("top-up %d takes %d transactions, and the client has %s", i, n, o.Has())
		}
	}
	o.closes()
	o.w.Later(lottery.Delay)
	if b := o.closes(); !b.Closed || o.Has() != unit.NewAmount(100*face) {
		t.Fatalf("%+v, and the client has %s", b, o.Has())
	}
	o.Notes.Lose()
	o.Start()
	if err := o.open(2 * face); err != nil || o.Has() != unit.NewAmount(98*face) {
		t.Fatalf("%v, and the client has %s", err, o.Has())
	}
	o.closes()
	o.w.Later(lottery.Delay)
	if b := o.closes(); !b.Closed || o.Has() != unit.NewAmount(100*face) {
		t.Fatalf("%+v, and the client has %s", b, o.Has())
	}
}

// Who has too few tokens sends nothing at all, however often it tries.
func TestPoorSendsNothing(t *testing.T) {
	w := paytest.NewWorld(t, paytest.Method{Alloc: alloc(), Provider: providing(0), Payer: paying, Delay: lottery.Delay})
	o := &opened{Client: w.NewClient(face), w: w}
	for range 3 {
		err := o.open(2 * face)
		if r := new(pay.Refusal); !errors.As(err, &r) || r.Reason != pay.Uncovered || r.Most != unit.NewAmount(face) {
			t.Errorf("locking more than there is: %v", err)
		}
		o.Start()
	}
	if n := o.sent(); n != 0 {
		t.Errorf("%d transactions were sent", n)
	}
}
