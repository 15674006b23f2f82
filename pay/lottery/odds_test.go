package lottery_test

import (
	"errors"
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"github.com/candela-les/candela/pay/lottery"
	"github.com/candela-les/candela/unit"
)

// The example of docs/spec/pay-lottery.md.
func TestOddsOfExample(t *testing.T) {
	got, err := lottery.Choose(lottery.Wish{Gas: unit.NewAmount(243_000), Revenue: unit.NewAmount(2_500_000_000), Ticket: unit.NewAmount(243_000)})
	if err != nil || got.Face != unit.NewAmount(25_000_000) {
		t.Errorf("%+v (%v)", got, err)
	}
	if _, err := lottery.Choose(lottery.Wish{Gas: unit.NewAmount(243_000), Revenue: unit.NewAmount(2_499_999_999), Ticket: unit.NewAmount(243_000)}); !errors.Is(err, lottery.ErrTooDear) {
		t.Errorf("for too little revenue: %v", err)
	}
	for _, w := range []lottery.Wish{{Revenue: unit.NewAmount(1)}, {Gas: unit.AmountOfWords(1<<60, 0), Ticket: unit.NewAmount(1), Revenue: unit.AmountOfWords(1<<63, 0)}} {
		if got, err := lottery.Choose(w); err == nil {
			t.Errorf("%+v gives %+v", w, got)
		}
	}
}

// What is chosen keeps its bounds, and a ticket is worth what was wished or a base unit less.
func TestOddsKeepBounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := lottery.Wish{
			Gas: unit.NewAmount(rapid.Uint64Max(1e15).Draw(t, "gas")), Share: rapid.Uint64Range(1, 500).Draw(t, "share"),
			Revenue: unit.AmountOfWords(rapid.Uint64Max(1e6).Draw(t, "revenue"), 0), Swing: rapid.Uint64Range(1, 500).Draw(t, "swing"),
			Ticket: unit.NewAmount(rapid.Uint64Range(1, 1e9).Draw(t, "ticket")),
		}
		got, err := lottery.Choose(w)
		if err != nil {
			return
		}
		product := func(a unit.Amount, by ...uint64) *big.Int {
			n := a.Big()
			for _, b := range by {
				n.Mul(n, new(big.Int).SetUint64(b))
			}
			return n
		}
		if product(w.Gas, 1000).Cmp(product(got.Face, w.Share)) > 0 {
			t.Errorf("%+v: gas is more than its share of %s", w, got.Face)
		}
		if product(got.Face, 1e6).Cmp(product(w.Revenue, w.Swing, w.Swing)) > 0 {
			t.Errorf("%+v: luck moves more with %s", w, got.Face)
		}
		s := lottery.Series{Face: got.Face, Ratio: got.Ratio}
		if short, ok := w.Ticket.Sub(s.Credit()); !ok || short.Cmp(unit.NewAmount(1)) > 0 {
			t.Errorf("%+v: a ticket is worth %s", w, s.Credit())
		}
		// What is cut off is at most a hundredth, for no payer takes more.
		cut := new(big.Int).Mul(got.Face.Big(), new(big.Int).Add(new(big.Int).SetUint64(got.Ratio), big.NewInt(1)))
		cut.Sub(cut, new(big.Int).Lsh(s.Credit().Big(), 64))
		if cut.Mul(cut, big.NewInt(100)).Cmp(new(big.Int).Lsh(s.Credit().Big(), 64)) > 0 {
			t.Errorf("%+v: a ticket draws more than the %s that it is worth", w, s.Credit())
		}
	})
}

// The smallest tickets that somebody sells for.
func TestOddsOfLittle(t *testing.T) {
	for ticket := range uint64(200) {
		w := lottery.Wish{Ticket: unit.NewAmount(ticket + 1), Face: unit.NewAmount(500), Revenue: unit.NewAmount(1_000_000)}
		got, err := lottery.Choose(w)
		if err != nil {
			t.Fatalf("%+v: %v", w, err)
		}
		s := lottery.Series{Face: got.Face, Ratio: got.Ratio}
		if c := s.Credit(); c != w.Ticket && (ticket < 99 || c != w.Ticket.Minus(unit.NewAmount(1))) {
			t.Errorf("%+v: a ticket is worth %s", w, c)
		}
	}
}
