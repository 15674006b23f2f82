package marketwire_test

import (
	"errors"
	"math"
	"reflect"
	"slices"
	"testing"

	"github.com/ethereum/go-ethereum/rlp"
	"pgregory.net/rapid"

	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire"
	mw "github.com/candela-les/candela/wire/marketwire"
)

// drawOffer draws any offer.
func drawOffer(t *rapid.T) mw.Offer {
	var o mw.Offer
	draw(t, reflect.ValueOf(&o).Elem(), mw.MaxOfferPrices)
	o.Market.Decimals %= mw.MaxDecimals + 1
	o.MaxUnits = o.MaxUnits%mw.MaxUnits + 1
	return o
}

// TestOffer: an offer comes back, but for what there is no room for, and is not longer
// than it may be, whatever is in it. Of a later version what is known is read.
func TestOffer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := drawOffer(t)
		entry := want.Append([]byte("before"))[len("before"):]
		got, err := mw.DecodeOffer(entry)
		if err != nil {
			t.Fatalf("%d bytes: %v", len(entry), err)
		}
		if n := len(got.Winning); n < len(want.Winning) || len(got.Methods) < len(want.Methods) {
			if len(entry) < mw.MaxOffer-40 {
				t.Fatalf("shortened to %d bytes", len(entry))
			}
			want.Winning = slices.Clone(want.Winning[:n])
			want.Methods = slices.Clone(want.Methods[:len(got.Methods)])
		}
		if len(want.Winning) == 0 {
			want.Winning = nil
		}
		if len(want.Methods) == 0 {
			want.Methods = nil
		}
		if !reflect.DeepEqual(&want, got) {
			t.Fatalf("is not what was sent\n%+v\n%+v", want, got)
		}
		content, _, err := rlp.SplitList(entry)
		if err != nil {
			t.Fatal(err)
		}
		if later := list(append(slices.Clip(content), 0xc1, 0x05)); len(later) <= mw.MaxOffer {
			if again, err := mw.DecodeOffer(later); err != nil || !reflect.DeepEqual(got, again) {
				t.Fatalf("of a later version: %v", err)
			}
		}
	})
}

// TestOfferFits puts the largest offer there can be into the largest answer there can
// be otherwise.
func TestOfferFits(t *testing.T) {
	top, all := unit.PriceOfWords(math.MaxUint64, math.MaxUint64), uint64(math.MaxUint64)
	money := unit.AmountOfWords(all, all)
	m := mw.Market{ChainID: all, Decimals: mw.MaxDecimals, Currency: "sixteen.letters."}
	c := mw.Curve{Epoch: all, Seq: all, Reserve: top, Units: all, Free: all, Winning: make([]unit.Price, 64)}
	for i := range c.Winning {
		c.Winning[i] = top
	}
	terms := mw.Terms{UnitRate: all, UnitBuffer: all, MaxUnits: 64, BidFee: money, CoverMs: all, RefillMs: all, PrepaidMs: all, LeastAccount: money}
	for range mw.MaxMethods {
		terms.Methods = append(terms.Methods, mw.Method{Name: "sixteen.letters."})
	}
	o := mw.NewOffer(&m, &terms, &c)
	entry := o.Append(nil)
	got, err := mw.DecodeOffer(entry)
	if err != nil || len(entry) > mw.MaxOffer || len(got.Methods) == 0 {
		t.Fatalf("%d bytes: %+v, %v", len(entry), got, err)
	}
	conditions := wire.Conditions{
		Version: wire.ConditionsVersion, Protocols: []uint64{2, 3, 4, 5}, ForkID: wire.ForkID{Next: all},
		Serves: wire.Capability(all), Total: all, Free: all, RetryAfterMs: all, Market: [][]byte{entry},
	}
	if n := len(conditions.Append(nil)); n > wire.MaxGetConditions {
		t.Errorf("an answer of %d bytes", n)
	}
}

func TestOfferRefused(t *testing.T) {
	good := sampleOffer(t)
	with := func(f func(o *mw.Offer)) []byte {
		o := good
		f(&o)
		return o.Append(nil)
	}
	for name, tt := range map[string]struct {
		entry []byte
		want  error
	}{
		"nothing":        {nil, wire.ErrMalformed},
		"an empty list":  {[]byte{0xc0}, wire.ErrMalformed},
		"a string":       {[]byte{0x83, 'x', 'y', 'z'}, wire.ErrMalformed},
		"bytes behind":   {append(good.Append(nil), 0), wire.ErrMalformed},
		"version 0":      {with(func(o *mw.Offer) { o.Version = 0 }), wire.ErrMalformed},
		"no units a bid": {with(func(o *mw.Offer) { o.MaxUnits = 0 }), wire.ErrOverLimit},
		"too many":       {with(func(o *mw.Offer) { o.MaxUnits = 65 }), wire.ErrOverLimit},
		"too long":       {make([]byte, mw.MaxOffer+1), wire.ErrOverLimit},
		"no currency":    {with(func(o *mw.Offer) { o.Market.Currency = "" }), wire.ErrMalformed},
		"five prices":    {with(func(o *mw.Offer) { o.Winning = make([]unit.Price, 5) }), wire.ErrOverLimit},
		"nine methods":   {with(func(o *mw.Offer) { o.Methods = slices.Repeat([]string{"m"}, 9) }), wire.ErrOverLimit},
	} {
		if _, err := mw.DecodeOffer(tt.entry); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", name, err, tt.want)
		}
	}
	entry := good.Append(nil)
	for cut := range entry {
		if _, err := mw.DecodeOffer(entry[:cut]); !errors.Is(err, wire.ErrMalformed) {
			t.Errorf("cut to %d bytes: %v", cut, err)
		}
	}
	proof := sampleFraud(t)
	enc := proof.Append(nil)
	for cut := range enc {
		if _, err := mw.DecodeFraudProof(enc[:cut]); !errors.Is(err, wire.ErrMalformed) {
			t.Errorf("proof cut to %d bytes: %v", cut, err)
		}
	}
}
