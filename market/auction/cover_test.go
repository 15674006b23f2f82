package auction_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/candela-les/candela/market/auction"
	"github.com/candela-les/candela/unit"
)

func TestCover(t *testing.T) {
	most := unit.PriceOfWords(1<<58-1, 1<<64-1)
	for _, c := range []struct {
		bid  []unit.Price
		span unit.Span
		is   unit.Amount
		ok   bool
	}{
		{nil, auction.CoverSpan, unit.NewAmount(0), true},
		{[]unit.Price{perSecond(3), perSecond(2)}, auction.CoverSpan, unit.NewAmount(100), true},
		{[]unit.Price{perSecond(3), perSecond(2)}, 1, unit.NewAmount(1), true}, // rounded up
		{[]unit.Price{perSecond(3)}, 0, unit.NewAmount(0), true},
		{[]unit.Price{perSecond(3)}, -5, unit.NewAmount(0), true},
		{[]unit.Price{unit.NewPrice(auction.Divisor)}, 1, unit.NewAmount(1), true},
		{[]unit.Price{unit.NewPrice(auction.Divisor), unit.NewPrice(1)}, 1, unit.NewAmount(2), true},
		{slices.Repeat([]unit.Price{most}, auction.MaxPrices), 1<<63 - 1, unit.Amount{}, false},
	} {
		if got, ok := auction.Cover(c.bid, c.span); ok != c.ok || ok && got != c.is {
			t.Errorf("Cover(%v, %d) = %s, %v, not %s, %v", c.bid, c.span, got, ok, c.is, c.ok)
		}
	}
}

func TestFee(t *testing.T) {
	five, none := unit.NewAmount(5), unit.Amount{}
	one, two := []unit.Price{perSecond(1)}, []unit.Price{perSecond(2)}
	for _, c := range []struct {
		standing, bid []unit.Price
		is            unit.Amount
	}{
		{nil, one, five}, {one, two, five}, {one, one, none}, {one, nil, none}, {nil, nil, none},
	} {
		if got := auction.Fee(c.standing, c.bid, five); got != c.is {
			t.Errorf("from %v to %v for %s", c.standing, c.bid, got)
		}
	}
}

// What an auction publishes and debits is no proof of anything, whatever is bid.
func TestHonestSellerIsNoCheat(t *testing.T) {
	const clients, epoch = 6, 12_345
	r := rand.New(rand.NewPCG(5, 5))
	a, err := auction.New(epoch, auction.Config{Prices: 4, Units: 7, Reserve: perSecond(1), FirstSeq: 9, Curves: true})
	if err != nil {
		t.Fatal(err)
	}
	for id := range auction.Client(clients) {
		if err := a.Open(epoch, id, unit.NewAmount(1_000_000_000), 0); err != nil {
			t.Fatal(err)
		}
	}
	bid := []unit.Price{perSecond(7), perSecond(6), perSecond(4), perSecond(2)} // of client 0, as long as it stands
	if err := a.Bid(epoch, 0, bid); err != nil {
		t.Fatal(err)
	}
	seen := new(auction.Records)
	charge := auction.Charge{Epoch: epoch, Bid: bid}
	charged := 0
	saw := func() {
		for _, d := range a.Curves() {
			if p := seen.Saw(d); p != nil {
				t.Fatal(p)
			}
		}
	}
	saw()
	for step := range unit.Instant(3000) {
		at := epoch + step*1_000_000_007
		last := a.Curve()
		v, _ := a.View(0)
		charge.Lines = append(charge.Lines, auction.Line{Seq: last.Seq, Units: v.Units, Rate: v.Rate, Span: 1_000_000_007})
		var err error
		switch at += 1_000_000_007; r.IntN(8) {
		case 0:
			a.SetUnits(at, r.Uint64N(14))
		case 1:
			err = a.SetReserve(at, perSecond(r.Uint64N(4)))
		case 2:
			if charge.Amount, charge.After, err = a.Debit(at, 0); err != nil {
				break
			}
			if p, err := seen.Check(charge); p != nil || err != nil {
				t.Fatalf("%v, %v: %+v", p, err, charge)
			}
			cheat := charge
			cheat.Amount, _ = cheat.Amount.Add(unit.NewAmount(1))
			if p, _ := seen.Check(cheat); p == nil {
				t.Fatalf("one more proves nothing: %+v", cheat)
			}
			charged++
			charge = auction.Charge{Epoch: epoch, Bid: bid, Before: charge.After}
		default:
			var b []unit.Price
			for _, p := range draw(r, r.IntN(5), 9) {
				b = append(b, perSecond(p))
			}
			err = a.Bid(at, auction.Client(1+r.IntN(clients-1)), b)
		}
		if err != nil {
			t.Fatal(err)
		}
		saw()
	}
	if charged < 100 {
		t.Errorf("charged %d times", charged)
	}
}
