package cheque_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/cheque"
	"github.com/candela-les/candela/pay/eip712"
	"github.com/candela-les/candela/pay/paytest"
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

func back[T any](t *rapid.T, want T, encoded []byte, decode func([]byte) (T, error), limit int) {
	paytest.ComesBack(t, cheque.ErrForm, want, encoded, decode, limit)
}

func fuzz[T any](f *testing.F, seed []byte, decode func([]byte) (T, error), encode func(*T) []byte) {
	paytest.FuzzDecoder(f, cheque.ErrForm, seed, decode, encode)
}

func FuzzDecodeOpening(f *testing.F) {
	fuzz(f, new(cheque.Opening).Encode(), cheque.DecodeOpening, (*cheque.Opening).Encode)
}

func FuzzDecodeInfo(f *testing.F) {
	fuzz(f, new(cheque.Info).Encode(), cheque.DecodeInfo, (*cheque.Info).Encode)
}

func FuzzDecodeEvidence(f *testing.F) {
	fuzz(f, new(cheque.Evidence).Encode(), cheque.DecodeEvidence, (*cheque.Evidence).Encode)
}
