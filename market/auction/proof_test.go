package auction_test

import (
	"errors"
	"testing"

	"github.com/candela-les/candela/market/auction"
	"github.com/candela-les/candela/unit"
)

// perSecond is a price of n base units a second.
func perSecond(n uint64) unit.Price { return unit.NewPrice(n * (auction.Divisor / 1_000_000_000)) }

func TestCheats(t *testing.T) {
	honest := auction.Curve{Seq: 7, Reserve: perSecond(1), Units: 3, Losing: []unit.Price{perSecond(3), perSecond(2)}, Winning: []unit.Price{perSecond(4), perSecond(5), perSecond(6)}}
	other := honest
	other.Reserve = perSecond(2)
	bad := honest
	bad.Seq, bad.Free = 8, 1 // unsold, and somebody loses

	bid := []unit.Price{perSecond(6), perSecond(3)} // wins one; its second is the best loser
	line := auction.Line{Seq: 7, Units: 1, Rate: perSecond(2), Span: 10 * unit.Second}
	charge := auction.Charge{Bid: bid, Lines: []auction.Line{line}, Amount: unit.NewAmount(20)}
	off := charge
	off.Lines = []auction.Line{{Seq: 7, Units: 1, Rate: perSecond(3), Span: 10 * unit.Second}}
	off.Amount = unit.NewAmount(30)
	sum := charge
	sum.Amount = unit.NewAmount(21)
	rest := charge
	rest.After = 1
	less := charge
	less.Amount = unit.NewAmount(19)
	unseen := charge
	unseen.Lines = []auction.Line{{Seq: 9, Units: 1, Rate: perSecond(2), Span: 10 * unit.Second}}

	r := auction.NewRecords()
	if p := r.Saw(honest); p != nil {
		t.Fatal(p)
	}
	if p := r.Saw(honest); p != nil {
		t.Fatalf("the same again: %v", p)
	}
	if p, is := r.Saw(other).(auction.TwoCurves); !is || !p.Holds() {
		t.Errorf("two curves: %v", p)
	}
	if p, is := r.Saw(bad).(auction.BadCurve); !is || !p.Holds() {
		t.Errorf("bad curve: %v", p)
	}
	if p, err := r.Check(charge); p != nil || err != nil {
		t.Errorf("honest: %v, %v", p, err)
	}
	if p, err := r.Check(less); p != nil || err != nil {
		t.Errorf("less: %v, %v", p, err)
	}
	p, err := r.Check(off)
	if o, is := p.(auction.OffCurve); !is || err != nil || !o.Holds() {
		t.Errorf("off curve: %v, %v", p, err)
	}
	for _, c := range []auction.Charge{sum, rest} {
		p, err := r.Check(c)
		if o, is := p.(auction.OffSum); !is || err != nil || !o.Holds() {
			t.Errorf("off sum: %v, %v", p, err)
		}
	}
	if p, err := r.Check(unseen); p != nil || !errors.Is(err, auction.ErrUnseen) {
		t.Errorf("unseen: %v, %v", p, err)
	}
	r.Forget(8)
	if p, err := r.Check(charge); p != nil || !errors.Is(err, auction.ErrUnseen) || r.Len() != 1 {
		t.Errorf("forgotten: %v, %v", p, err)
	}

	// What proves nothing does not hold.
	moved := honest
	moved.Seq++
	for _, p := range []auction.Proof{
		auction.TwoCurves{First: honest, Second: honest},
		auction.TwoCurves{First: honest, Second: moved},
		auction.BadCurve{Curve: honest},
		auction.OffCurve{Curve: honest, Charge: charge},
		auction.OffCurve{Curve: moved, Charge: off},
		auction.OffCurve{Curve: honest, Charge: off, Line: 1},
		auction.OffCurve{Curve: honest, Charge: off, Line: -1},
		auction.OffSum{Charge: charge},
	} {
		if p.Holds() {
			t.Errorf("%T holds: %v", p, p)
		}
	}
}
