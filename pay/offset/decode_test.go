package offset_test

import (
	"bytes"
	"errors"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/eip712"
	"github.com/candela-les/candela/pay/offset"
	"github.com/candela-les/candela/unit"
)

func anAddress(t *rapid.T, name string) pay.Address {
	return pay.Address(rapid.SliceOfN(rapid.Byte(), 20, 20).Draw(t, name))
}

func anAmount(t *rapid.T, name string) unit.Amount {
	return unit.AmountOfWords(rapid.Uint64().Draw(t, name+", high"), rapid.Uint64().Draw(t, name+", low"))
}

func anAsset(t *rapid.T) pay.Asset {
	return pay.Asset{ChainID: rapid.Uint64().Draw(t, "chain"), Token: anAddress(t, "token")}
}

func aStatement(t *rapid.T) offset.Statement {
	return offset.Statement{
		Cumulative: anAmount(t, "total"), Signature: eip712.Signature(rapid.SliceOfN(rapid.Byte(), 65, 65).Draw(t, "signature")),
	}
}

func anOpening(t *rapid.T) offset.Opening {
	o := offset.Opening{Asset: anAsset(t), Client: anAddress(t, "client"), Partner: anAddress(t, "partner")}
	if rapid.Bool().Draw(t, "something is shown") {
		s := aStatement(t)
		o.Shown = &s
	}
	return o
}

func TestEncoding(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		opening, promise := anOpening(t), aStatement(t)
		evidence := offset.Evidence{Opening: opening, Promise: promise}
		info := offset.Info{Partner: anAddress(t, "own"), Threshold: anAmount(t, "threshold")}
		back(t, opening, opening.Encode(), offset.DecodeOpening, pay.MaxOpening)
		back(t, promise, promise.Encode(), offset.DecodeStatement, pay.MaxPromise)
		back(t, evidence, evidence.Encode(), offset.DecodeEvidence, pay.MaxEvidence)
		back(t, info, info.Encode(), offset.DecodeInfo, pay.MaxInfo)
	})
}

// Whose service it is, who takes it and what it is counted in make a channel; what is shown does not.
func TestID(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		one := anOpening(t)
		for what, change := range map[string]func(*offset.Opening){
			"the chain":   func(o *offset.Opening) { o.Asset.ChainID++ },
			"the token":   func(o *offset.Opening) { o.Asset.Token[3]++ },
			"the client":  func(o *offset.Opening) { o.Client[7]++ },
			"the partner": func(o *offset.Opening) { o.Partner[19]++ },
		} {
			other := one
			if change(&other); other.ID() == one.ID() {
				t.Errorf("the ID does not tell of %s", what)
			}
		}
		shown := one
		s := aStatement(t)
		if shown.Shown = &s; shown.ID() != one.ID() {
			t.Error("what is shown makes another channel")
		}
	})
}

// back checks that what was encoded is decoded to the same, keeps within its limit, and that no other length is taken.
func back[T any](t *rapid.T, want T, encoded []byte, decode func([]byte) (T, error), limit int) {
	if got, err := decode(encoded); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v comes back as %+v (%v)", want, got, err)
	}
	if len(encoded) > limit {
		t.Errorf("%T has %d bytes, and may have %d", want, len(encoded), limit)
	}
	for _, other := range [][]byte{nil, encoded[:len(encoded)-1], append(bytes.Clone(encoded), 0)} {
		if _, err := decode(other); !errors.Is(err, offset.ErrForm) {
			t.Errorf("%T of %d bytes: %v", want, len(other), err)
		}
	}
}

// What is decoded is encoded to the same bytes: nothing has two encodings.
func fuzz[T any](f *testing.F, decode func([]byte) (T, error), encode func(*T) []byte, sizes ...int) {
	for _, size := range sizes {
		seed := make([]byte, size)
		seed[0] = 1
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		v, err := decode(b)
		if err != nil {
			if !errors.Is(err, offset.ErrForm) {
				t.Fatal(err)
			}
			return
		}
		if got := encode(&v); !bytes.Equal(got, b) {
			t.Fatalf("%x was decoded to %+v, which is encoded as %x", b, v, got)
		}
	})
}

func FuzzDecodeOpening(f *testing.F) {
	fuzz(f, offset.DecodeOpening, (*offset.Opening).Encode, 69, 150)
}

func FuzzDecodeInfo(f *testing.F) { fuzz(f, offset.DecodeInfo, (*offset.Info).Encode, 37) }

func FuzzDecodeStatement(f *testing.F) {
	fuzz(f, offset.DecodeStatement, (*offset.Statement).Encode, 81)
}

func FuzzDecodeEvidence(f *testing.F) {
	fuzz(f, offset.DecodeEvidence, (*offset.Evidence).Encode, 150, 231)
}
