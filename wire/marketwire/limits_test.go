package marketwire_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire"
	mw "github.com/candela-les/candela/wire/marketwire"
)

func signed[B mw.Body](b B) mw.Signed[B] { return mw.Signed[B]{Body: b} }

// TestLimits sends as much as is permitted, and one more.
func TestLimits(t *testing.T) {
	prices := func(n int) []unit.Price { return make([]unit.Price, n) }
	curve := func(c mw.Curve) mw.Message { return &mw.Curves{Curves: []mw.SignedCurve{signed(c)}} }
	terms := func(t mw.Terms) mw.Message {
		t.MaxUnits = max(t.MaxUnits, 1)
		return &mw.Conditions{Terms: signed(t)}
	}
	market := func(m mw.Market) mw.Message {
		m.Currency += "x"
		return &mw.Hello{Version: 1, Market: &m, Epoch: 1}
	}
	for name, tt := range map[string]struct {
		most int
		make func(n int) mw.Message
	}{
		"prices":      {64, func(n int) mw.Message { return &mw.Bid{Order: signed(mw.Order{Prices: prices(n)})} }},
		"losing":      {64, func(n int) mw.Message { return curve(mw.Curve{Losing: prices(n)}) }},
		"winning":     {64, func(n int) mw.Message { return curve(mw.Curve{Winning: prices(n)}) }},
		"get curves":  {16, func(n int) mw.Message { return &mw.GetCurves{Max: uint64(n)} }},
		"get entries": {256, func(n int) mw.Message { return &mw.GetStatement{First: 1, Max: uint64(n)} }},
		"curves": {16, func(n int) mw.Message {
			p := &mw.Curves{Curves: make([]mw.SignedCurve, n)}
			for i := range p.Curves {
				p.Curves[i].Body.Seq = uint64(i)
			}
			return p
		}},
		"entries": {256, func(n int) mw.Message {
			return &mw.Statement{Page: signed(mw.Page{Entries: make([]mw.Entry, n)})}
		}},
		"lines": {1024, func(n int) mw.Message {
			return &mw.Charged{Receipt: signed(mw.Receipt{Lines: make([]mw.Line, n)})}
		}},
		"charged units": {64, func(n int) mw.Message {
			return &mw.Charged{Receipt: signed(mw.Receipt{Lines: []mw.Line{{Units: uint64(n)}}})}
		}},
		"reference": {32, func(n int) mw.Message {
			return &mw.Statement{Page: signed(mw.Page{Entries: []mw.Entry{{Reference: make([]byte, n)}}})}
		}},
		"units": {64, func(n int) mw.Message {
			return &mw.Notice{Allocation: signed(mw.Allocation{Cause: 1, Units: uint64(n)})}
		}},
		"account units": {64, func(n int) mw.Message { return &mw.BalanceLow{Balance: signed(mw.Balance{Units: uint64(n)})} }},
		"bid units":     {64, func(n int) mw.Message { return terms(mw.Terms{MaxUnits: uint64(n)}) }},
		"falls":         {16, func(n int) mw.Message { return terms(mw.Terms{Falls: make([]mw.Fall, n)}) }},
		"methods": {8, func(n int) mw.Message {
			x := mw.Terms{Methods: make([]mw.Method, n)}
			for i := range x.Methods {
				x.Methods[i].Name = "m"
			}
			return terms(x)
		}},
		"method's name": {16, func(n int) mw.Message {
			return terms(mw.Terms{Methods: []mw.Method{{Name: strings.Repeat("m", n)}}})
		}},
		"method's information": {128, func(n int) mw.Message {
			return terms(mw.Terms{Methods: []mw.Method{{Name: "m", Info: make([]byte, n)}}})
		}},
		"opening": {1024, func(n int) mw.Message { return &mw.Establish{Method: "m", Opening: make([]byte, n)} }},
		"method of a channel": {16, func(n int) mw.Message {
			return &mw.Establish{Method: strings.Repeat("m", n)}
		}},
		"promise":      {2048, func(n int) mw.Message { return &mw.Promise{Promise: make([]byte, n)} }},
		"last promise": {2048, func(n int) mw.Message { return &mw.Standing{Method: "m", Last: make([]byte, n)} }},
		"state":        {1024, func(n int) mw.Message { return &mw.Standing{Method: "m", State: make([]byte, n)} }},
		"settled":      {1024, func(n int) mw.Message { return &mw.Settled{Data: make([]byte, n)} }},
		"decimals":     {77, func(n int) mw.Message { return market(mw.Market{Decimals: uint64(n)}) }},
		"currency":     {15, func(n int) mw.Message { return market(mw.Market{Currency: strings.Repeat("y", n)}) }},
	} {
		for n := range tt.most + 2 {
			m := tt.make(n)
			_, err := mw.Decode(m.Code(), mw.Append(nil, m))
			var limit *wire.LimitError
			switch {
			case n > tt.most && (!errors.As(err, &limit) || !errors.Is(err, wire.ErrOverLimit)):
				t.Errorf("%s %d: %v", name, n, err)
			case n > 0 && n <= tt.most && err != nil:
				t.Errorf("%s %d: %v", name, n, err)
			}
		}
	}
	long := &mw.Refused{Reason: mw.Busy, Text: strings.Repeat("x", 300)}
	got, err := mw.Decode(mw.CodeRefused, mw.Append(nil, long))
	if err != nil || len(got.(*mw.Refused).Text) != mw.MaxText {
		t.Errorf("a long text: %v", err)
	}
}

// TestNonsense decodes what has the form of a message and says nothing.
func TestNonsense(t *testing.T) {
	market := sampleMarket(t)
	unnamed, spaced := market, market
	unnamed.Currency, spaced.Currency = "", "US\nDC"
	terms := sampleTerms(t)
	terms.Methods = []mw.Method{{Name: "a b"}}
	order, dear := sampleOrder(t), sampleOrder(t)
	dear.Prices = []unit.Price{unit.PriceOfWords(1<<58, 0)}
	order.Prices = []unit.Price{price(1), price(2)}
	gap := twoCurves(t)
	gap[1].Body.Seq++
	for name, m := range map[string]mw.Message{
		"version 0":                 &mw.Hello{},
		"a market without an epoch": &mw.Hello{Version: 1, Market: &market},
		"an epoch without a market": &mw.Hello{Version: 1, Epoch: 1},
		"a currency without a name": &mw.Hello{Version: 1, Market: &unnamed, Epoch: 1},
		"a currency of two lines":   &mw.Hello{Version: 1, Market: &spaced, Epoch: 1},
		"a method with a space":     &mw.Conditions{Terms: signed(terms)},
		"prices that rise":          &mw.Bid{Order: signed(order)},
		"a price too high":          &mw.Bid{Order: signed(dear)},
		"curves with a gap":         &mw.Curves{Curves: gap},
		"refused without a reason":  &mw.Refused{},
		"closed without a reason":   &mw.Closed{},
		"allocated without a cause": &mw.Notice{},
		"entries from 0":            &mw.GetStatement{Max: 1},
		"a promise of nothing":      &mw.Promise{},
		"a channel by no method":    &mw.Establish{},
		"a method of two words":     &mw.Standing{Method: "a b"},
		"no curves":                 &mw.GetCurves{},
		"no entries":                &mw.GetStatement{First: 1},
	} {
		_, err := mw.Decode(m.Code(), mw.Append(nil, m))
		if !errors.Is(err, wire.ErrMalformed) && !errors.Is(err, wire.ErrOverLimit) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestLargestMessages: what the limits permit fits into a message.
func TestLargestMessages(t *testing.T) {
	top, all := unit.PriceOfWords(1<<64-1, 1<<64-1), uint64(1<<64-1)
	prices := make([]unit.Price, mw.MaxUnits)
	for i := range prices {
		prices[i] = top
	}
	curves, page := new(mw.Curves), mw.Page{AtNs: all, Newest: all}
	for i := range uint64(mw.MaxCurves) {
		curves.Curves = append(curves.Curves, signed(mw.Curve{
			Epoch: all, Seq: all - 16 + i, AtNs: all, Reserve: top, Units: all, Free: all, Losing: prices, Winning: prices,
		}))
	}
	for range mw.MaxEntries {
		amount := unit.AmountOfWords(all, all)
		page.Entries = append(page.Entries, mw.Entry{
			Number: all, AtNs: all, SinceNs: all, Kind: mw.EntryKind(all), Amount: amount, Balance: amount, Reference: make([]byte, 32),
		})
	}
	receipt := mw.Receipt{Epoch: all, Number: all, Before: all, After: all, Amount: unit.AmountOfWords(all, all)}
	for range mw.MaxLines {
		receipt.Lines = append(receipt.Lines, mw.Line{Seq: all, Units: mw.MaxUnits, Rate: top, SpanNs: all})
	}
	for _, m := range []mw.Message{curves, &mw.Statement{Page: signed(page)}, &mw.Charged{Receipt: signed(receipt)}} {
		payload := mw.Append(nil, m)
		if _, err := mw.Decode(m.Code(), payload); err != nil {
			t.Errorf("%s of %d bytes: %v", mw.CodeName(m.Code()), len(payload), err)
		}
	}
}
