package marketwire_test

import (
	"errors"
	"testing"

	"pgregory.net/rapid"

	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire"
	mw "github.com/candela-les/candela/wire/marketwire"
)

func TestVerifyCurve(t *testing.T) {
	market := sampleMarket(t)
	for name, tt := range map[string]struct {
		change func(*mw.Curve)
		want   error
	}{
		"good":                   {func(*mw.Curve) {}, nil},
		"empty":                  {func(c *mw.Curve) { c.Losing, c.Winning, c.Free = nil, nil, c.Units }, nil},
		"nothing for sale":       {func(c *mw.Curve) { c.Losing, c.Winning, c.Units = nil, nil, 0 }, nil},
		"a tie":                  {func(c *mw.Curve) { c.Losing[0] = c.Winning[0] }, nil},
		"at the reserve":         {func(c *mw.Curve) { c.Losing[2] = c.Reserve }, nil},
		"no number":              {func(c *mw.Curve) { c.Seq = 0 }, mw.ErrSenseless},
		"older than its book":    {func(c *mw.Curve) { c.AtNs = c.Epoch - 1 }, mw.ErrSenseless},
		"more unsold than there": {func(c *mw.Curve) { c.Losing, c.Free = nil, c.Units+1 }, mw.ErrSenseless},
		"more winners than sold": {func(c *mw.Curve) { c.Losing, c.Free = nil, c.Units-3 }, mw.ErrSenseless},
		"sold to nobody":         {func(c *mw.Curve) { c.Winning = nil }, mw.ErrSenseless},
		"a price too high":       {func(c *mw.Curve) { c.Winning[3] = unit.PriceOfWords(1<<58, 0) }, mw.ErrSenseless},
		"the highest price":      {func(c *mw.Curve) { c.Winning[3] = mw.MaxPrice() }, nil},
		"unsold and losing":      {func(c *mw.Curve) { c.Free = 1 }, mw.ErrSenseless},
		"losing below reserve":   {func(c *mw.Curve) { c.Losing[2] = price(249_999_999) }, mw.ErrSenseless},
		"losing unsorted":        {func(c *mw.Curve) { c.Losing[1] = price(320_000_000) }, mw.ErrSenseless},
		"winning unsorted":       {func(c *mw.Curve) { c.Winning[3] = price(329_999_999) }, mw.ErrSenseless},
		"winning below losing":   {func(c *mw.Curve) { c.Winning[0] = price(309_999_999) }, mw.ErrSenseless},
		"winning below reserve":  {func(c *mw.Curve) { c.Losing, c.Winning[0] = nil, price(249_999_999) }, mw.ErrSenseless},
		"another market":         {func(c *mw.Curve) { c.Market[0]++ }, mw.ErrMarket},
	} {
		c := sampleCurve(t)
		tt.change(&c)
		s := sign(t, c, sellerKey(t))
		if err := mw.VerifyCurve(&market, &s); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", name, err, tt.want)
		}
		// Evidence can be handed on.
		if _, err := mw.Decode(mw.CodeCurves, mw.Append(nil, &mw.Curves{Curves: []mw.SignedCurve{s}})); err != nil {
			t.Errorf("%s cannot be decoded: %v", name, err)
		}
	}
	forged := sign(t, sampleCurve(t), clientKey(t))
	if err := mw.VerifyCurve(&market, &forged); !errors.Is(err, wire.ErrSignature) {
		t.Errorf("forged: %v", err)
	}
}

// TestFraud gives a third party two curves, both ways round, as bytes.
func TestFraud(t *testing.T) {
	for name, tt := range map[string]struct {
		change func(*mw.Curve)
		want   mw.Fraud
	}{
		"the same":                {func(*mw.Curve) {}, mw.NoFraud},
		"other losing prices":     {func(c *mw.Curve) { c.Losing[0] = price(311_000_000) }, mw.TwoCurves},
		"a shorter list":          {func(c *mw.Curve) { c.Winning = c.Winning[:3] }, mw.TwoCurves},
		"another reserve":         {func(c *mw.Curve) { c.Reserve = price(255_000_000) }, mw.TwoCurves},
		"other units":             {func(c *mw.Curve) { c.Units++ }, mw.TwoCurves},
		"another time":            {func(c *mw.Curve) { c.AtNs++ }, mw.TwoCurves},
		"the next":                {func(c *mw.Curve) { c.Seq, c.AtNs = c.Seq+1, c.AtNs+1 }, mw.NoFraud},
		"at the same moment":      {func(c *mw.Curve) { c.Seq++ }, mw.NoFraud},
		"the next, earlier":       {func(c *mw.Curve) { c.Seq, c.AtNs = c.Seq+1, c.AtNs-1 }, mw.BackInTime},
		"the one before, later":   {func(c *mw.Curve) { c.Seq, c.AtNs = c.Seq-1, c.AtNs+1 }, mw.BackInTime},
		"after a restart":         {func(c *mw.Curve) { c.Epoch, c.AtNs, c.Seq = now+1, now+1, c.Seq+9 }, mw.NoFraud},
		"numbers begin again":     {func(c *mw.Curve) { c.Epoch, c.AtNs, c.Seq = now+1, now+1, 1 }, mw.BackInTime},
		"one number, two books":   {func(c *mw.Curve) { c.Epoch, c.AtNs = now+1, now+1 }, mw.TwoCurves},
		"a second book":           {func(c *mw.Curve) { c.Epoch, c.AtNs, c.Seq = now-1, now+1, c.Seq+1 }, mw.TwoBooks},
		"a second book, no later": {func(c *mw.Curve) { c.Epoch, c.AtNs, c.Seq = now, now, c.Seq+1 }, mw.TwoBooks},
		"an older book went on":   {func(c *mw.Curve) { c.Epoch, c.AtNs, c.Seq = epoch-9, epoch, c.Seq-1 }, mw.TwoBooks},
		"an older book had ended": {func(c *mw.Curve) { c.Epoch, c.AtNs, c.Seq = epoch-9, epoch-1, c.Seq-1 }, mw.NoFraud},
		"an older book comes up":  {func(c *mw.Curve) { c.Epoch, c.AtNs, c.Seq = epoch-9, now+1, c.Seq+1 }, mw.BackInTime},
	} {
		other := sampleCurve(t)
		tt.change(&other)
		proof := mw.FraudProof{Market: sampleMarket(t), A: sign(t, sampleCurve(t), sellerKey(t)), B: sign(t, other, sellerKey(t))}
		for range 2 {
			proof.A, proof.B = proof.B, proof.A
			p, err := mw.DecodeFraudProof(proof.Append(nil))
			if err != nil {
				t.Fatal(err)
			}
			got, err := p.Verify()
			if got != tt.want || errors.Is(err, mw.ErrNoFraud) != (tt.want == mw.NoFraud) {
				t.Errorf("%s: %v, %v", name, got, err)
			}
		}
	}
}

// TestFraudNeedsSignatures: nobody can be accused with what he did not sign.
func TestFraudNeedsSignatures(t *testing.T) {
	proof := sampleFraud(t)
	if got, err := proof.Verify(); got != mw.TwoCurves || err != nil {
		t.Fatalf("%v, %v", got, err)
	}
	forged := proof
	forged.B = sign(t, proof.B.Body, clientKey(t))
	if got, err := forged.Verify(); got != mw.NoFraud || !errors.Is(err, wire.ErrSignature) {
		t.Errorf("forged: %v, %v", got, err)
	}
	// The accuser names another seller, whose curves these would then be.
	framed := proof
	framed.Market.Seller = addressOf(clientKey(t))
	if got, err := framed.Verify(); got != mw.NoFraud || !errors.Is(err, mw.ErrMarket) {
		t.Errorf("framed: %v, %v", got, err)
	}
	// Two servers of one seller have a book each.
	elsewhere := sampleMarket(t)
	elsewhere.Node = hash(0xef)
	other := proof.B.Body
	other.Market = elsewhere.ID()
	second := proof
	second.B = sign(t, other, sellerKey(t))
	if got, err := second.Verify(); got != mw.NoFraud || !errors.Is(err, mw.ErrMarket) {
		t.Errorf("of another server: %v, %v", got, err)
	}
}

// TestHonestSellers: curves that a seller makes in order, over restarts, prove nothing,
// whichever two are compared.
func TestHonestSellers(t *testing.T) {
	market, k := sampleMarket(t), sellerKey(t)
	rapid.Check(t, func(rt *rapid.T) {
		var curves []mw.SignedCurve
		c := mw.Curve{Market: market.ID(), Epoch: 1, Seq: 1, AtNs: 1}
		for range rapid.IntRange(2, 6).Draw(rt, "curves") {
			switch at := c.AtNs + rapid.Uint64Range(0, 2).Draw(rt, "later"); {
			case rapid.IntRange(0, 3).Draw(rt, "restart") == 0:
				c.Epoch, c.Seq = c.AtNs+1+rapid.Uint64Range(0, 2).Draw(rt, "down"), c.Seq+rapid.Uint64Range(1, 3).Draw(rt, "gap")
				c.AtNs = c.Epoch
			case len(curves) > 0:
				c.Seq, c.AtNs = c.Seq+1, at
			}
			c.Units = rapid.Uint64Range(0, 3).Draw(rt, "units")
			c.Reserve = unit.NewPrice(rapid.Uint64Range(0, 3).Draw(rt, "reserve"))
			curves = append(curves, sign(t, c, k))
		}
		for i := range curves {
			for j := range curves {
				p := mw.FraudProof{Market: market, A: curves[i], B: curves[j]}
				if fraud, err := p.Verify(); fraud != mw.NoFraud || !errors.Is(err, mw.ErrNoFraud) {
					rt.Fatalf("%v, %v\n%+v\n%+v", fraud, err, curves[i].Body, curves[j].Body)
				}
			}
		}
	})
}
