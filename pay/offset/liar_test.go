package offset_test

import (
	"context"
	"testing"

	"pgregory.net/rapid"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/offset"
	"github.com/candela-les/candela/pay/paytest/fake"
	"github.com/candela-les/candela/unit"
)

// An operator that lies as its client and as its server has no more of the other one, beyond what it gives, than what may be owed and what the other's client
// prepays. It signs what it likes, shows whatever the other's client has ever signed, for it or for others, credits nothing, shows its client
// nothing, answers what it likes, and serves when it likes.
func TestLiar(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		threshold := rapid.Uint64Range(1, 100).Draw(rt, "threshold")
		w := newWorld(rt, [2]uint64{1 << 40, threshold}, [2]uint64{1 << 40, rapid.Uint64Range(1, 200).Draw(rt, "b lets")})
		defer w.close()
		l := &liar{operator: w.ops[0], honest: w.ops[1]}
		for range rapid.IntRange(1, 60).Draw(rt, "turns") {
			l.turn(rt)
			gave, has := l.honest.spent, l.taken()
			if most := gave.Plus(amount(threshold + prepays)); has.Cmp(most) > 0 {
				rt.Fatalf("the liar has taken %s and given %s: more than %s", has, gave, most)
			}
		}
	})
}

// liar is an operator. What it serves is what counts as given.
type liar struct {
	*operator
	honest *operator
	heard  []offset.Statement // that the honest client has signed
}

func (l *liar) turn(t *rapid.T) {
	n := rapid.Uint64Range(1, 300).Draw(t, "how much")
	switch rapid.SampledFrom([]string{"takes", "takes", "is paid", "is paid", "serves", "restart"}).Draw(t, "turn") {
	case "takes":
		l.takes(t, n)
	case "is paid": // and says of it what it likes
		l.hears()
		place := l.honest.placeAt(&lyingLine{t: t, l: l, n: amount(n)})
		l.honest.wallet.Fund(context.Background(), place, amount(n)) //nolint:errcheck // what it says does not count
		l.hears()
	case "serves": // and charges no more than it serves for, which is what an honest client believes of it
		l.honest.spent = l.honest.spent.Plus(amount(n)).Min(l.honest.signed().Plus(l.honest.paid()))
	case "restart":
		l.honest.wallet.Close() //nolint:errcheck // it is opened again
		l.honest.serve()
		l.honest.pay()
	}
}

// placeAt is the account at the other's server, over another line.
func (o *operator) placeAt(line pay.Line) pay.Place {
	at := o.place()
	at.Line, at.Offers = line, at.Offers[1:]
	return at
}

// hears takes over what the honest client has signed last.
func (l *liar) hears() {
	n, ok, err := l.honest.disk.Load(context.Background(), offset.Method, l.honest.id())
	if err != nil || !ok || len(n.Promise) == 0 {
		return
	}
	if s, err := offset.DecodeStatement(n.Promise); err == nil {
		l.heard = append(l.heard, s)
	}
}

// takes shows something and takes service at the honest server.
func (l *liar) takes(t *rapid.T, n uint64) {
	o := offset.Opening{Asset: asset(), Client: addressOf(l.key), Partner: addressOf(l.honest.key)}
	if len(l.heard) > 0 && rapid.Bool().Draw(t, "something is shown") {
		s := l.heard[rapid.IntRange(0, len(l.heard)-1).Draw(t, "which")]
		if rapid.IntRange(0, 3).Draw(t, "forged") == 0 {
			s.Cumulative = s.Cumulative.Plus(amount(n))
		}
		o.Shown = &s
	}
	cashier, client := l.honest.desk.cashier, addressOf(l.key)
	standing, err := cashier.Establish(context.Background(), client, offset.Method, o.Encode())
	total := l.taken().Plus(amount(n))
	if err == nil && rapid.Bool().Draw(t, "all that there is") {
		total = standing.Cover
	}
	s, err := offset.Sign(l.key, asset(), addressOf(l.honest.key), total)
	if err != nil {
		t.Fatal(err)
	}
	cashier.Promise(context.Background(), client, l.id(), s.Encode()) //nolint:errcheck // it tries
}

// lyingLine answers an honest wallet whatever comes to mind.
type lyingLine struct {
	fake.Line
	t *rapid.T
	l *liar
	n unit.Amount
}

func (y *lyingLine) standing() pay.Standing {
	s := pay.Standing{Method: offset.Method, ID: y.l.honest.id(), Cover: y.n.Plus(y.l.honest.signed())}
	if heard := y.l.heard; len(heard) > 0 {
		last := heard[len(heard)-1]
		s.Last, s.Cumulative = last.Encode(), last.Cumulative
	}
	switch rapid.IntRange(0, 50).Draw(y.t, "lie about the standing") { // by these it is left
	case 1:
		s.Cumulative = s.Cumulative.Plus(y.n)
	case 2:
		s.Cumulative, s.Last = unit.Amount{}, nil
	}
	return s
}

// Establish implements pay.Line.
func (y *lyingLine) Establish(context.Context, string, []byte) (pay.Standing, error) {
	return y.standing(), nil
}

// Promise implements pay.Line.
func (y *lyingLine) Promise(_ context.Context, _ pay.Hash, promise []byte) (pay.Accepted, error) {
	s, err := offset.DecodeStatement(promise)
	if err != nil {
		return pay.Accepted{}, err
	}
	switch rapid.IntRange(0, 3).Draw(y.t, "answer") {
	case 0:
		return pay.Accepted{}, pay.Refuse(pay.Uncovered, "no")
	case 1:
		return pay.Accepted{}, errAway
	}
	return pay.Accepted{Cumulative: s.Cumulative, Credited: s.Cumulative}, nil
}
