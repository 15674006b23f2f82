package lottery_test

import (
	"bytes"
	"context"
	"errors"
	"testing"
	"time"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/lottery"
	"github.com/candela-les/candela/pay/lottery/lotterytest"
	"github.com/candela-les/candela/pay/paytest"
	"github.com/candela-les/candela/unit"
)

// tooLate is when the winners of a series could come too late, after it was announced.
const tooLate = lottery.Delay - 2*paytest.Stale + 10*time.Minute

// later lets time go by, which both see.
func (o *opened) later(d time.Duration) {
	o.w.T.Helper()
	o.w.Later(d)
	o.Look()
	o.w.Server.Look()
}

// signs promises, which has to succeed.
func (o *opened) signs(cumulative uint64) []byte {
	o.w.T.Helper()
	promise, err := o.promise(cumulative)
	if err != nil {
		o.w.T.Fatalf("promising %d: %v", cumulative, err)
	}
	return promise
}

func (o *opened) sends(promise []byte) (pay.Accepted, error) {
	return o.w.Server.Cashier.Promise(o.w.T.Context(), o.Address(), o.id, promise)
}

func numberIn(t *testing.T, s pay.Standing) uint64 {
	t.Helper()
	state, err := lottery.DecodeState(s.State)
	if err != nil {
		t.Fatal(err)
	}
	return state.Number
}

func isExpired(err error) bool {
	var r *pay.Refusal
	return errors.As(err, &r) && r.Reason == pay.Expired
}

// A series that is used first when it is too late for its tickets is announced anew, and then it can be paid by. What was signed before counts as given,
// and one face value covers both.
func TestRenewed(t *testing.T) {
	o := newOpened(t, paytest.Method{}, 10*face, face)
	number := numberIn(t, o.agree())
	late := o.signs(credit)
	o.later(tooLate)
	if _, err := o.sends(late); !isExpired(err) {
		t.Fatalf("a ticket that comes too late: %v", err)
	}
	if again := numberIn(t, o.agree()); again != number {
		t.Fatalf("series %d is announced after series %d, of which nothing was accepted", again, number)
	}
	promise := o.signs(credit)
	if a, err := o.sends(promise); err != nil || a.Credited != unit.NewAmount(credit) {
		t.Fatalf("%+v, %v", a, err)
	}
	note, _, err := o.Notes.Load(t.Context(), lottery.Method, o.id)
	if err != nil || note.Given() != unit.NewAmount(2*credit) {
		t.Errorf("two tickets were given, and the note says %s (%v)", note.Given(), err)
	}
}

// A server that was restarted takes tickets by what it had announced before, after its client has signed by what it announces now: the client goes back to
// that.
func TestRenewedTooSoon(t *testing.T) {
	o := newOpened(t, lotterytest.Method(), 1000, 200)
	o.agree()
	if _, err := o.sends(o.signs(lotterytest.Face)); err != nil { // it wins, so that the ledger knows of a series before
		t.Fatal(err)
	}
	number := numberIn(t, o.agree())
	before := o.signs(lotterytest.Face + lotterytest.Worth)
	o.later(12 * time.Hour)
	o.w.Server.Start()
	if again := numberIn(t, o.agree()); again != number {
		t.Fatalf("series %d is announced after series %d, of which nothing was accepted", again, number)
	}
	if bytes.Equal(o.signs(lotterytest.Face+lotterytest.Worth), before) {
		t.Fatal("the ticket is that which was signed before")
	}
	if a, err := o.sends(before); err != nil || a.Credited != unit.NewAmount(lotterytest.Worth) {
		t.Fatalf("a ticket of the announcement before: %+v, %v", a, err)
	}
	const total = lotterytest.Face + 2*lotterytest.Worth
	if _, err := o.sends(o.signs(total)); !isExpired(err) {
		t.Fatalf("a ticket of the later announcement: %v", err)
	}
	o.agree()
	if a, err := o.sends(o.signs(total)); err != nil || a.Cumulative != unit.NewAmount(total) {
		t.Errorf("%+v, %v", a, err)
	}
}

// A wallet whose first payment was not heard, and that comes back when it is too late for it, closes nothing for that.
func TestWalletRenewed(t *testing.T) {
	p := newWalleted(t, pay.Limits{
		Prepaid: unit.NewAmount(700), Daily: unit.NewAmount(9000), Locked: unit.NewAmount(1000), Deposit: unit.NewAmount(300),
	})
	pays := func() error {
		return p.w.While(func(ctx context.Context) error {
			return p.wallet.Fund(ctx, p.place(), unit.NewAmount(lotterytest.Worth))
		})
	}
	p.Line.Silent = func(request string) bool { return request == "promise" }
	if err := pays(); err == nil {
		t.Fatal("it was not heard")
	}
	p.Line.Silent = nil
	p.w.Later(tooLate)
	p.Look()
	p.w.Server.Look()
	if err := pays(); err != nil {
		t.Fatal(err)
	}
	if tabs := p.wallet.Stake().Tabs; len(tabs) != 1 || tabs[0].Promised != unit.NewAmount(lotterytest.Worth) {
		t.Errorf("%+v", tabs)
	}
	if err := pays(); err != nil {
		t.Error(err)
	}
}
