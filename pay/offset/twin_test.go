package offset_test

import (
	"context"
	"errors"
	"testing"

	"pgregory.net/rapid"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/offset"
	"github.com/candela-les/candela/unit"
)

// errDead is what everything ends with from a crash on.
var errDead = errors.New("the process is dead")

// fuse kills at one of the steps to come: nothing is done any more then, until it is renewed.
type fuse struct{ left int } // -1: it does not burn; 0: dead

func (f *fuse) step(string) error {
	switch {
	case f.left < 0:
		return nil
	case f.left > 0:
		f.left--
	}
	if f.left == 0 {
		return errDead
	}
	return nil
}

// Two operators that serve each other at random, over crashes of any part at any step, lost links, restarts and lost notes: what one owes the other
// is never more than the threshold, money is only paid when as much as may be owed is, every base unit that was credited is accounted for, and when all is well again
// books and notes agree.
func TestTwin(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		thresholds := [2]uint64{rapid.Uint64Range(1, 100).Draw(rt, "threshold of a"), rapid.Uint64Range(1, 100).Draw(rt, "threshold of b")}
		lets := [2]uint64{rapid.Uint64Range(1, 100).Draw(rt, "a lets"), rapid.Uint64Range(1, 100).Draw(rt, "b lets")}
		w := newWorld(rt, thresholds, lets)
		defer w.close()
		for range rapid.IntRange(1, 40).Draw(rt, "turns") {
			o := w.ops[rapid.IntRange(0, 1).Draw(rt, "who")]
			n := rapid.Uint64Range(1, prepays).Draw(rt, "how much")
			switch rapid.SampledFrom([]string{"buy", "buy", "buy", "buy", "use", "crash", "away", "lose", "restart"}).Draw(rt, "turn") {
			case "buy":
				o.trades(rt, n)
			case "use":
				o.uses(n)
			case "crash":
				o.crashes(rt, n, rapid.IntRange(1, 30).Draw(rt, "at step"))
			case "away":
				o.away = !o.away
			case "lose":
				o.wallet.Close() //nolint:errcheck // it is opened again
				o.disk.Lose()
				o.pay()
			case "restart":
				o.wallet.Close() //nolint:errcheck // it is opened again
				o.serve()
				o.pay()
			}
			w.check(rt)
		}
		w.agree(rt)
	})
}

// trades buys service, and checks that money is the last resort.
func (o *operator) trades(t *rapid.T, n uint64) {
	before := o.other.credited(t, o, "money")
	err := o.fund(n)
	if _, limit := errors.AsType[*pay.LimitError](err); err != nil && !limit {
		t.Fatalf("%d are not paid: %v", n, err)
	}
	if err == nil && !o.away && o.other.credited(t, o, "money") != before {
		debt, most := o.taken().Minus(o.other.taken()), amount(min(o.lets, o.other.threshold))
		if debt != most {
			t.Fatalf("money was paid when %s of %s were owed", debt, most)
		}
	}
	o.uses(n)
}

// crashes kills client and server in the middle of a payment, and starts both again.
func (o *operator) crashes(t *rapid.T, n uint64, at int) {
	f := &fuse{at}
	o.disk.Step, o.line.Before, o.line.After, o.other.book.Before, o.other.book.After = f.step, f.step, f.step, f.step, f.step
	if err := o.fund(n); err != nil && f.left == 0 && !errors.Is(err, errDead) {
		if r := reasonOf(err); r == 0 {
			t.Logf("a crash shows as %v", err)
		}
	}
	f.left = 0
	o.wallet.Close() //nolint:errcheck // it is dead
	f.left = -1
	o.other.serve()
	o.pay()
}

// credited is what a server's ledger has of a client by a method.
func (o *operator) credited(t *rapid.T, from *operator, method string) (sum unit.Amount) {
	if method == offset.Method {
		return from.taken()
	}
	due, err := o.book.Due(context.Background(), method, pay.Hash{}, 1000)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range due { // nothing of it is ever collected here
		if e.Client == addressOf(from.key) {
			sum = sum.Plus(e.Cumulative)
		}
	}
	return sum
}

func (w *world) check(t *rapid.T) {
	for _, o := range w.ops {
		// The server has credited no more than may be owed, by what its own client has signed; and it can show what its client has signed.
		if most := o.signed().Max(o.taken()).Plus(amount(o.threshold)); o.other.taken().Cmp(most) > 0 && !o.lost() {
			t.Fatalf("%s were taken here, and covered are %s", o.other.taken(), most)
		}
		left, err := o.book.Unspent(context.Background(), addressOf(o.other.key))
		if err != nil {
			t.Fatal(err)
		}
		credited := o.credited(t, o.other, offset.Method).Plus(o.credited(t, o.other, "money"))
		if credited != left.Plus(o.other.spent) {
			t.Fatalf("%s were credited, %s are left and %s were used", credited, left, o.other.spent)
		}
		if x := o.owed(); x.Due.Cmp(amount(o.threshold)) > 0 || x.Due != x.Uncovered {
			t.Fatalf("what is owed may be %d: %+v", o.threshold, x)
		}
	}
}

// lost reports whether the client's notes are gone, and it has not talked to the server since.
func (o *operator) lost() bool { return o.signed().IsZero() }

// agree makes all well again: then each side knows what the other does.
func (w *world) agree(t *rapid.T) {
	for range 2 {
		for _, o := range w.ops {
			o.away = false
			o.trades(t, 1) // sends what was not acknowledged, and shows the newest
		}
	}
	w.check(t)
	for _, o := range w.ops {
		if o.signed() != o.taken() {
			t.Fatalf("%s are noted, and %s in the ledger", o.signed(), o.taken())
		}
	}
}
