package auction_test

import (
	"cmp"
	"errors"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/candela-les/candela/market/auction"
	"github.com/candela-les/candela/unit"
)

// perSecond is a price of n base units a second.
func perSecond(n uint64) unit.Price { return unit.NewPrice(n * (auction.Divisor / 1_000_000_000)) }

func TestCheats(t *testing.T) {
	honest := auction.Dated{Epoch: 100, At: 150, Curve: auction.Curve{
		Seq: 7, Reserve: perSecond(1), Units: 3,
		Losing: []unit.Price{perSecond(3), perSecond(2)}, Winning: []unit.Price{perSecond(4), perSecond(5), perSecond(6)},
	}}
	other := honest
	other.Curve.Reserve = perSecond(2)
	bad := honest
	bad.Curve.Seq, bad.Curve.Free = 8, 1 // unsold, and somebody loses
	restarted := honest
	restarted.Epoch, restarted.At, restarted.Curve.Seq = 200, 200, 8

	bid := []unit.Price{perSecond(6), perSecond(3)} // wins one; its second is the best loser
	line := auction.Line{Seq: 7, Units: 1, Rate: perSecond(2), Span: 10 * unit.Second}
	charge := auction.Charge{Epoch: 100, Bid: bid, Lines: []auction.Line{line}, Amount: unit.NewAmount(20)}
	off := charge
	off.Lines = []auction.Line{{Seq: 7, Units: 1, Rate: perSecond(3), Span: 10 * unit.Second}}
	off.Amount = unit.NewAmount(30)
	sum := charge
	sum.Amount = unit.NewAmount(21)
	rest := charge
	rest.After = 1
	less := charge
	less.Amount = unit.NewAmount(19)
	old := charge
	old.Lines = []auction.Line{line, {Seq: 8, Units: 1, Rate: perSecond(2), Span: 10 * unit.Second}}
	unseen := charge
	unseen.Lines = []auction.Line{{Seq: 9, Units: 1, Rate: perSecond(2), Span: 10 * unit.Second}}

	r := new(auction.Records)
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
	if p := r.Saw(restarted); p != nil {
		t.Errorf("after a restart: %v", p)
	}
	if p, err := r.Check(charge); p != nil || err != nil {
		t.Errorf("honest: %v, %v", p, err)
	}
	if p, err := r.Check(less); p != nil || err != nil {
		t.Errorf("less: %v, %v", p, err)
	}
	for _, c := range []auction.Charge{off, old} {
		p, err := r.Check(c)
		if o, is := p.(auction.OffCurve); !is || err != nil || !o.Holds() {
			t.Errorf("off curve: %v, %v", p, err)
		}
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
	moved.Curve.Seq++
	for _, p := range []auction.Proof{
		auction.TwoCurves{First: honest, Second: honest},
		auction.TwoCurves{First: honest, Second: moved},
		auction.TwoCurves{First: restarted, Second: honest},
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

// What two curves prove is what a fraud proof of market/1 proves; either way round.
func TestTwoCurves(t *testing.T) {
	seen := auction.Dated{Epoch: 100, At: 150, Curve: auction.Curve{Seq: 7}}
	for name, tt := range map[string]struct {
		c     auction.Dated
		holds bool
	}{
		"the next":                {auction.Dated{Epoch: 100, At: 151, Curve: auction.Curve{Seq: 8}}, false},
		"the next at once":        {auction.Dated{Epoch: 100, At: 150, Curve: auction.Curve{Seq: 8}}, false},
		"after a restart":         {auction.Dated{Epoch: 151, At: 151, Curve: auction.Curve{Seq: 9}}, false},
		"an older book had ended": {auction.Dated{Epoch: 1, At: 99, Curve: auction.Curve{Seq: 6}}, false},
		"another instant":         {auction.Dated{Epoch: 100, At: 151, Curve: auction.Curve{Seq: 7}}, true},
		"one number, two books":   {auction.Dated{Epoch: 151, At: 151, Curve: auction.Curve{Seq: 7}}, true},
		"numbers begin again":     {auction.Dated{Epoch: 151, At: 151, Curve: auction.Curve{Seq: 1}}, true},
		"time runs back":          {auction.Dated{Epoch: 100, At: 149, Curve: auction.Curve{Seq: 8}}, true},
		"an older book comes up":  {auction.Dated{Epoch: 99, At: 151, Curve: auction.Curve{Seq: 8}}, true},
		"a second book":           {auction.Dated{Epoch: 150, At: 150, Curve: auction.Curve{Seq: 8}}, true},
		"an older book went on":   {auction.Dated{Epoch: 1, At: 100, Curve: auction.Curve{Seq: 6}}, true},
	} {
		for _, p := range []auction.TwoCurves{{First: seen, Second: tt.c}, {First: tt.c, Second: seen}} {
			if p.Holds() != tt.holds {
				t.Errorf("%s: holds %v: %v", name, p.Holds(), p)
			}
		}
	}
}

// Records prove what any two of the curves that they were given prove, though they compare few.
func TestRecords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := new(auction.Records)
		var kept []auction.Dated
		for range rapid.IntRange(1, 12).Draw(t, "curves") {
			c := auction.Dated{Curve: auction.Curve{
				Seq: rapid.Uint64Max(9).Draw(t, "seq"), Reserve: unit.NewPrice(rapid.Uint64Max(1).Draw(t, "reserve")),
			}}
			// Mostly what fits, or few would be kept.
			c.At = unit.Instant(c.Curve.Seq*10) + unit.Instant(rapid.IntRange(0, 12).Draw(t, "at"))
			c.Epoch = c.At - c.At%30 + unit.Instant(rapid.SampledFrom([]int{0, 0, 0, 1, -30}).Draw(t, "epoch"))
			want := c.Valid() != nil
			for _, seen := range kept {
				want = want || auction.TwoCurves{First: seen, Second: c}.Holds()
			}
			proof := r.Saw(c)
			if proof != nil != want || want && !proof.Holds() {
				t.Fatalf("%+v after %+v: %v", c, kept, proof)
			}
			if !want && !slices.ContainsFunc(kept, c.Equal) {
				kept = append(kept, c)
			}
		}
		if r.Len() != len(kept) {
			t.Fatalf("%d on record, should be %d", r.Len(), len(kept))
		}
	})
}

// Records keep the last curves, in order, and know which book each is of.
func TestRecordsLimit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var r auction.Records
		var kept []auction.Dated // by number
		for range rapid.IntRange(1, 20).Draw(t, "steps") {
			most := rapid.IntRange(1, 5).Draw(t, "most")
			r.Limit(most)
			seq := rapid.Uint64Range(1, 30).Draw(t, "seq")
			at := unit.Instant(seq * 10)
			c := auction.Dated{Epoch: at - at%70, At: at, Curve: auction.Curve{Seq: seq}}
			if p := r.Saw(c); p != nil {
				t.Fatal(p)
			}
			kept = kept[max(len(kept)-most, 0):]
			if !slices.ContainsFunc(kept, c.Equal) {
				kept = append(kept, c)
			}
			slices.SortFunc(kept, func(a, b auction.Dated) int { return cmp.Compare(a.Seq, b.Seq) })
			kept = kept[max(len(kept)-most, 0):]
			for epoch := range unit.Instant(310) {
				var want []auction.Dated
				for _, one := range kept {
					if one.Epoch == epoch {
						want = append(want, one)
					}
				}
				if !slices.EqualFunc(r.Of(epoch), want, auction.Dated.Equal) {
					t.Fatalf("of book %d: %+v, want %+v", epoch, r.Of(epoch), want)
				}
			}
			for seq := range uint64(31) {
				one, found := r.Find(seq)
				i := slices.IndexFunc(kept, func(c auction.Dated) bool { return c.Seq == seq })
				if found != (i >= 0) || found && !one.Equal(kept[i]) {
					t.Fatalf("curve %d: %v %+v, kept %+v", seq, found, one, kept)
				}
			}
		}
	})
}

// A book that is begun at the end of time is one like others.
func TestLastBook(t *testing.T) {
	const never = unit.Instant(1<<63 - 1)
	var r auction.Records
	last := auction.Dated{Epoch: never, At: never, Curve: auction.Curve{Seq: 2}}
	for _, c := range []auction.Dated{{Curve: auction.Curve{Seq: 1}}, last} {
		if p := r.Saw(c); p != nil {
			t.Fatal(p)
		}
	}
	if got := r.Of(never); len(got) != 1 || !got[0].Equal(last) {
		t.Errorf("%+v", got)
	}
}
