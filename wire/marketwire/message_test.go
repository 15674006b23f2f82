package marketwire_test

import (
	"bytes"
	"errors"
	"reflect"
	"runtime"
	"slices"
	"testing"

	"github.com/ethereum/go-ethereum/rlp"
	"pgregory.net/rapid"

	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire"
	mw "github.com/candela-les/candela/wire/marketwire"
)

// draw fills any value of this package's types: integers of all lengths, lists up to
// most values, strings that are names.
func draw(t *rapid.T, v reflect.Value, most int) {
	switch v.Interface().(type) {
	case unit.Price:
		hi := number(t) >> rapid.IntRange(6, 64).Draw(t, "hi") // no more than MaxPrice
		v.Set(reflect.ValueOf(unit.PriceOfWords(hi, number(t))))
		return
	case unit.Amount:
		v.Set(reflect.ValueOf(unit.AmountOfWords(number(t)>>rapid.IntRange(0, 64).Draw(t, "hi"), number(t))))
		return
	}
	switch v.Kind() {
	case reflect.Uint64:
		v.SetUint(max(number(t), 1))
	case reflect.Bool:
		v.SetBool(rapid.Bool().Draw(t, "flag"))
	case reflect.String:
		v.SetString(rapid.StringMatching("[a-zA-Z0-9-]{1,12}").Draw(t, "name"))
	case reflect.Array:
		reflect.Copy(v, reflect.ValueOf(rapid.SliceOfN(rapid.Byte(), v.Len(), v.Len()).Draw(t, "bytes")))
	case reflect.Slice:
		if n := rapid.IntRange(0, most).Draw(t, "values"); n > 0 {
			v.Set(reflect.MakeSlice(v.Type(), n, n))
		}
		for i := range v.Len() {
			if v.Type().Elem().Kind() == reflect.Uint8 {
				v.Index(i).SetUint(uint64(rapid.Byte().Draw(t, "byte")))
			} else {
				draw(t, v.Index(i), most)
			}
		}
	case reflect.Pointer:
		if rapid.Bool().Draw(t, "there") {
			v.Set(reflect.New(v.Type().Elem()))
			draw(t, v.Elem(), most)
		}
	case reflect.Struct:
		for _, field := range v.Fields() {
			draw(t, field, most)
		}
	default:
		t.Fatalf("cannot draw a %v", v.Type())
	}
}

// number draws integers of every length alike.
func number(t *rapid.T) uint64 {
	return rapid.Uint64().Draw(t, "number") >> rapid.IntRange(0, 63).Draw(t, "shift")
}

// drawMessage draws a message that its decoder accepts.
func drawMessage(t *rapid.T, like mw.Message) mw.Message {
	m := reflect.New(reflect.TypeOf(like).Elem())
	draw(t, m.Elem(), 8)
	switch m := m.Interface().(type) {
	case *mw.Hello:
		if m.Market == nil {
			m.Epoch = 0
		} else {
			m.Market.Decimals %= mw.MaxDecimals + 1
		}
	case *mw.Conditions:
		m.Terms.Body.MaxUnits = m.Terms.Body.MaxUnits%mw.MaxUnits + 1
	case *mw.GetCurves:
		m.Max = m.Max%mw.MaxCurves + 1
	case *mw.Curves:
		first := number(t) >> 1
		for i := range m.Curves {
			m.Curves[i].Body.Seq = first + uint64(i)
		}
	case *mw.Bid:
		slices.SortFunc(m.Order.Body.Prices, func(a, b unit.Price) int { return b.Cmp(a) })
	case *mw.BidAccepted:
		m.Allocation.Body.Units %= mw.MaxUnits + 1
	case *mw.Notice:
		m.Allocation.Body.Units %= mw.MaxUnits + 1
	case *mw.Account:
		m.Balance.Body.Units %= mw.MaxUnits + 1
	case *mw.GetStatement:
		m.Max = m.Max%mw.MaxEntries + 1
	case *mw.BalanceLow:
		m.Balance.Body.Units %= mw.MaxUnits + 1
	case *mw.Demoted:
		m.Allocation.Body.Units %= mw.MaxUnits + 1
		m.Balance.Body.Units %= mw.MaxUnits + 1
	case *mw.Charged:
		for i := range m.Receipt.Body.Lines {
			m.Receipt.Body.Lines[i].Units %= mw.MaxUnits + 1
		}
	case *mw.Promise:
		m.Promise = append(m.Promise, 1)
	case *mw.Closed:
		if m.Balance != nil {
			m.Balance.Body.Units %= mw.MaxUnits + 1
		}
	}
	return m.Interface().(mw.Message)
}

// TestRoundTrip: what is encoded is decoded.
func TestRoundTrip(t *testing.T) {
	for code := range uint64(mw.Length) {
		empty := emptyMessage(t, code)
		if empty == nil {
			continue
		}
		t.Run(mw.CodeName(code), rapid.MakeCheck(func(t *rapid.T) {
			want := drawMessage(t, empty)
			payload := mw.Append([]byte("before"), want)[len("before"):]
			got, err := mw.Decode(code, payload)
			if err != nil {
				t.Fatalf("%v\n%+v", err, want)
			}
			if !reflect.DeepEqual(want, got) {
				t.Fatalf("is not what was sent\n%+v\n%+v", want, got)
			}
			// The decoded message does not change with the bytes it came from.
			for i := range payload {
				payload[i] ^= 0xff
			}
			if !reflect.DeepEqual(want, got) {
				t.Fatal("shares memory with the payload")
			}
		}))
	}
}

// emptyMessage returns any message of a code.
func emptyMessage(t *testing.T, code uint64) mw.Message {
	t.Helper()
	for _, s := range samples(t) {
		if s.message.Code() == code {
			return s.message
		}
	}
	if mw.FromBuyer(code) || mw.FromSeller(code) {
		t.Fatalf("no sample of code %#x", code)
	}
	return nil
}

// TestMalformed cuts every sample everywhere, and puts something behind it and behind
// the last field of it and of its statement.
func TestMalformed(t *testing.T) {
	for _, s := range samples(t) {
		code, payload := s.message.Code(), s.payload()
		name := mw.CodeName(code) + " " + s.name
		for cut := range payload {
			if _, err := mw.Decode(code, payload[:cut]); !errors.Is(err, wire.ErrMalformed) {
				t.Errorf("%s cut to %d bytes: %v", name, cut, err)
			}
		}
		if _, err := mw.Decode(code, append(slices.Clip(payload), 0x01)); !errors.Is(err, wire.ErrMalformed) {
			t.Errorf("%s with a byte behind it: %v", name, err)
		}
		content, _, err := rlp.SplitList(payload)
		if err != nil {
			t.Fatal(err)
		}
		_, err = mw.Decode(code, list(append(slices.Clip(content), 0x01)))
		if code == mw.CodeHello {
			if err != nil {
				t.Errorf("%s of a later version: %v", name, err)
			}
		} else if !errors.Is(err, wire.ErrMalformed) {
			t.Errorf("%s with one field more: %v", name, err)
		}
	}
}

// list puts a list's header before its content.
func list(content []byte) []byte {
	var out []byte
	switch n := len(content); {
	case n < 56:
		out = []byte{0xc0 + byte(n)}
	case n < 256:
		out = []byte{0xf8, byte(n)}
	default:
		out = []byte{0xf9, byte(n >> 8), byte(n)}
	}
	return append(out, content...)
}

// TestSignedGrow: a statement with one field more is refused, for its signature would
// not cover what is not read.
func TestSignedGrow(t *testing.T) {
	payload := mw.Append(nil, &mw.Notice{Allocation: sign(t, sampleAllocation(t), sellerKey(t))})
	message, _, _ := rlp.SplitList(payload)
	signed, _, _ := rlp.SplitList(message)
	body, signature, _ := rlp.SplitList(signed)
	again := list(list(append(list(body), signature...)))
	if !bytes.Equal(again, payload) {
		t.Fatalf("the test takes it apart wrongly\n%x\n%x", payload, again)
	}
	grown := list(list(append(list(append(slices.Clip(body), 0x01)), signature...)))
	if _, err := mw.Decode(mw.CodeNotice, grown); !errors.Is(err, wire.ErrMalformed) {
		t.Errorf("in the statement: %v", err)
	}
	grown = list(list(append(append(list(body), signature...), 0x01)))
	if _, err := mw.Decode(mw.CodeNotice, grown); !errors.Is(err, wire.ErrMalformed) {
		t.Errorf("behind the signature: %v", err)
	}
}

// TestNumbers: integers have one form, and 17 bytes are no price.
func TestNumbers(t *testing.T) {
	most := []byte{0x90}
	most = append(most, bytes.Repeat([]byte{0xff}, 16)...)
	for name, tt := range map[string]struct {
		need []byte
		want error
	}{
		"zero":          {[]byte{0x80}, nil},
		"one":           {[]byte{0x01}, nil},
		"128 bits":      {most, nil},
		"129 bits":      {append([]byte{0x91, 0x01}, make([]byte, 16)...), wire.ErrOverLimit},
		"a zero byte":   {[]byte{0x00}, wire.ErrMalformed},
		"leading zero":  {[]byte{0x82, 0x00, 0x80}, wire.ErrMalformed},
		"one as string": {[]byte{0x81, 0x01}, wire.ErrMalformed},
		"a list":        {[]byte{0xc0}, wire.ErrMalformed},
	} {
		payload := list(append(append([]byte{0x05, 0x03, 0x80, 0x80}, tt.need...), 0x80))
		m, err := mw.Decode(mw.CodeRefused, payload)
		if !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", name, err, tt.want)
		} else if err == nil && !bytes.Equal(mw.Append(nil, m), payload) {
			t.Errorf("%s: %+v", name, m)
		}
	}
}

func TestUnknownCodes(t *testing.T) {
	for code := range uint64(mw.Length + 8) {
		_, err := mw.Decode(code, nil)
		spare := code >= mw.FirstSpare && code < mw.FirstMoney || code >= mw.LastSpare
		if known := !errors.Is(err, wire.ErrUnknownCode); known == spare || known != (mw.FromBuyer(code) || mw.FromSeller(code)) {
			t.Errorf("code %#x is known: %v", code, known)
		}
	}
	if _, err := mw.Decode(mw.CodeClose, make([]byte, mw.MaxMessage+1)); !errors.Is(err, wire.ErrTooLarge) {
		t.Errorf("too large: %v", err)
	}
}

// TestRequestsKeepTheirID: who decodes half of a request can still refuse it.
func TestRequestsKeepTheirID(t *testing.T) {
	for _, s := range samples(t) {
		q, ok := s.message.(mw.Request)
		if !ok || !mw.FromBuyer(q.Code()) {
			continue
		}
		q.SetID(4711)
		content, _, _ := rlp.SplitList(mw.Append(nil, q))
		_, err := mw.Decode(q.Code(), list(append(slices.Clip(content), 0x01)))
		var decode *mw.DecodeError
		if !errors.As(err, &decode) || decode.ReqID != 4711 || decode.Code != q.Code() {
			t.Errorf("%s: %+v", s.name, err)
		}
	}
}

// TestHugeSizes declares far more than is there. Whatever comes of it, no decoder may
// allocate more than what was really sent and a constant.
func TestHugeSizes(t *testing.T) {
	empties := bytes.Repeat([]byte{0xc0}, 60_000) // a list of many empty lists
	inside := append([]byte{0xf9, 0xea, 0x60}, empties...)
	huge := [][]byte{
		{0xff, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff},
		{0xbf, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff},
		{0xca, 0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff},
		{0xcb, 0x01, 0x01, 0xfb, 0xff, 0xff, 0xff, 0xff},
		inside,
		list(append([]byte{0x01}, inside...)),
		list(inside),
		list(list(inside)),
	}
	// Every sample with each of its lists in turn made into one of many empty lists.
	for _, s := range samples(t) {
		huge = append(huge, stuffed(s.payload(), inside)...)
	}
	for code := range uint64(mw.Length) {
		if !mw.FromBuyer(code) && !mw.FromSeller(code) {
			continue
		}
		for i, payload := range huge {
			var err error
			n := allocated(func() { _, err = mw.Decode(code, payload) })
			if err == nil {
				t.Errorf("%s: payload %d is accepted", mw.CodeName(code), i)
			}
			if n > 1<<13 {
				t.Errorf("%s: payload %d: %d bytes allocated", mw.CodeName(code), i, n)
			}
		}
	}
}

// stuffed returns the value once for each list inside of it, with that one replaced.
func stuffed(value, with []byte) (out [][]byte) {
	content, _, err := rlp.SplitList(value)
	if err != nil {
		return nil
	}
	for at := 0; at < len(content); {
		kind, _, rest, err := rlp.Split(content[at:])
		if err != nil {
			return out
		}
		end := len(content) - len(rest)
		if kind == rlp.List {
			for _, inner := range append(stuffed(content[at:end], with), with) {
				whole := append(append(slices.Clone(content[:at]), inner...), content[end:]...)
				out = append(out, list(whole))
			}
		}
		at = end
	}
	return out
}

// allocated returns how many bytes f allocates: the least of several runs, since the
// runtime allocates now and then as well.
func allocated(f func()) uint64 {
	least := uint64(1 << 62)
	for range 3 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		f()
		runtime.ReadMemStats(&after)
		least = min(least, after.TotalAlloc-before.TotalAlloc)
	}
	return least
}
