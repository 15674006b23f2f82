package cheque_test

import (
	"bytes"
	"errors"
	"testing"

	"pgregory.net/rapid"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/cheque"
	"github.com/candela-les/candela/pay/eip712"
	"github.com/candela-les/candela/unit"
)

func anAddress(t *rapid.T, name string) pay.Address {
	return pay.Address(rapid.SliceOfN(rapid.Byte(), 20, 20).Draw(t, name))
}

func anAmount(t *rapid.T, name string) unit.Amount {
	return unit.AmountOfWords(rapid.Uint64().Draw(t, name+", high"), rapid.Uint64().Draw(t, name+", low"))
}

func anOpening(t *rapid.T) cheque.Opening {
	return cheque.Opening{
		ChainID: rapid.Uint64().Draw(t, "chain"), Book: anAddress(t, "chequebook"), Beneficiary: anAddress(t, "beneficiary"),
	}
}

func TestEncoding(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		opening := anOpening(t)
		signature := eip712.Signature(rapid.SliceOfN(rapid.Byte(), 65, 65).Draw(t, "signature"))
		promise := cheque.Promise{Cumulative: anAmount(t, "cumulative"), Signature: signature}
		evidence := cheque.Evidence{Opening: opening, Promise: promise}
		info := cheque.Info{
			Beneficiary: anAddress(t, "to"), Factory: anAddress(t, "factory"), TimeoutS: rapid.Uint64().Draw(t, "timeout"),
		}
		back(t, opening, opening.Encode(), cheque.DecodeOpening, pay.MaxOpening)
		back(t, promise, promise.Encode(), cheque.DecodePromise, pay.MaxPromise)
		back(t, evidence, evidence.Encode(), cheque.DecodeEvidence, pay.MaxEvidence)
		back(t, info, info.Encode(), cheque.DecodeInfo, pay.MaxInfo)
	})
}

// Whatever differs in an opening makes another channel.
func TestIDIsOfAllOfAnOpening(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		one, other := anOpening(t), anOpening(t)
		if (one.ID() == other.ID()) != (one == other) {
			t.Errorf("%+v and %+v are %x and %x", one, other, one.ID(), other.ID())
		}
		same := one
		for what, change := range map[string]func(){
			"the chain":       func() { same.ChainID++ },
			"the chequebook":  func() { same.Book[7]++ },
			"the beneficiary": func() { same.Beneficiary[19]++ },
		} {
			if same = one; same.ID() != one.ID() {
				t.Errorf("the ID of %+v is not always the same", one)
			}
			if change(); same.ID() == one.ID() {
				t.Errorf("the ID does not tell of %s", what)
			}
		}
	})
}

// back checks that what was encoded is decoded to the same, keeps within its limit, and that no other length is taken.
func back[T comparable](t *rapid.T, want T, encoded []byte, decode func([]byte) (T, error), limit int) {
	if got, err := decode(encoded); err != nil || got != want {
		t.Errorf("%+v comes back as %+v (%v)", want, got, err)
	}
	if len(encoded) > limit {
		t.Errorf("%T has %d bytes, and may have %d", want, len(encoded), limit)
	}
	for _, other := range [][]byte{nil, encoded[:len(encoded)-1], append(bytes.Clone(encoded), 0)} {
		if _, err := decode(other); !errors.Is(err, cheque.ErrForm) {
			t.Errorf("%T of %d bytes: %v", want, len(other), err)
		}
	}
}

// What is decoded is encoded to the same bytes: nothing has two encodings.
func fuzz[T any](f *testing.F, size int, decode func([]byte) (T, error), encode func(*T) []byte) {
	for first := range byte(2) {
		seed := make([]byte, size)
		seed[0] = first
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		v, err := decode(b)
		if err != nil {
			if !errors.Is(err, cheque.ErrForm) {
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
	fuzz(f, 49, cheque.DecodeOpening, (*cheque.Opening).Encode)
}

func FuzzDecodeInfo(f *testing.F) { fuzz(f, 49, cheque.DecodeInfo, (*cheque.Info).Encode) }

func FuzzDecodePromise(f *testing.F) {
	fuzz(f, 81, cheque.DecodePromise, (*cheque.Promise).Encode)
}

func FuzzDecodeEvidence(f *testing.F) {
	fuzz(f, 130, cheque.DecodeEvidence, (*cheque.Evidence).Encode)
}
