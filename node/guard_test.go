package node

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/channel"
	"github.com/candela-les/candela/pay/lottery"
	"github.com/candela-les/candela/unit"
)

// opens is a payer that only opens channels.
type opens struct {
	pay.Payer
	method string
	opened int
	err    error
}

func (o *opens) Method() string { return o.method }

func (o *opens) Open(context.Context, string, pay.Payee, unit.Amount) (pay.Hash, []byte, error) {
	o.opened++
	return pay.Hash{1}, []byte{2}, o.err
}

// A lottery whose prizes are larger than the owner wants is not taken part in, before anything is locked; the owner is told why a channel was not opened,
// until one is.
func TestGuard(t *testing.T) {
	of := func(prize uint64) pay.Payee {
		return pay.Payee{Seller: pay.Address{7}, Info: (&lottery.Info{Face: unit.NewAmount(prize)}).Encode()}
	}
	for _, c := range []struct {
		name   string
		method string
		to     pay.Payee
		err    error
		opened int
		why    string
	}{
		{"a prize that is large enough", lottery.Method, of(1000), nil, 1, ""},
		{"one that is too large", lottery.Method, of(1001), nil, 0, "--pay.most-prize is 1000"},
		{"terms that make no sense", lottery.Method, pay.Payee{}, pay.Refuse(pay.Malformed, "no form"), 1, "no form"},
		{"another method", channel.Method, of(1001), nil, 1, ""},
		{"no such contract", channel.Method, of(1), pay.Refuse(pay.WrongChain, "not there"), 1, "not there"},
		{"nobody knows", channel.Method, of(1), errors.New("away"), 1, ""},
	} {
		o := &opens{method: c.method, err: c.err}
		g := &guard{Payer: o, prize: unit.NewAmount(1000)}
		_, _, err := g.Open(t.Context(), "first", c.to, unit.NewAmount(1))
		last := g.last()
		if o.opened != c.opened || (err == nil) != (c.err == nil && c.why == "") || (last == nil) != (c.why == "") {
			t.Errorf("%s: opened %d times, %v, and its owner is told %+v", c.name, o.opened, err, last)
		}
		if last != nil && (last.Method != c.method || last.Seller != c.to.Seller || !strings.Contains(last.Why, c.why)) {
			t.Errorf("%s: its owner is told %+v", c.name, last)
		}
		if o.err = nil; last != nil && c.opened == 1 {
			if _, _, err := g.Open(t.Context(), "first", c.to, unit.NewAmount(1)); err != nil || g.last() != nil {
				t.Errorf("%s: when it was opened its owner is told %+v, %v", c.name, g.last(), err)
			}
		}
	}
}

// Who does not say how large prizes may be has them be a quarter of what may be locked at most.
func TestMostPrize(t *testing.T) {
	for _, c := range []struct {
		say    string
		locked uint64
		most   uint64 // 0: an error
	}{
		{"", 4000, 1000}, {"", 3, 1}, {"70", 4000, 70}, {"5000", 4000, 5000}, {"0", 4000, 0}, {"all", 4000, 0},
	} {
		got, err := (&PayConfig{MostPrize: c.say}).prize(&pay.Limits{Locked: unit.NewAmount(c.locked)})
		if (err == nil) != (c.most > 0) || err == nil && got != unit.NewAmount(c.most) {
			t.Errorf("%q of %d: %s, %v", c.say, c.locked, got, err)
		}
	}
}
