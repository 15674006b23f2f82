package channel_test

import (
	"bytes"
	"errors"
	"testing"

	"github.com/ethereum/go-ethereum/crypto"
	"pgregory.net/rapid"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/channel"
	"github.com/candela-les/candela/pay/eip712"
)

func keccak(b []byte) [32]byte { return crypto.Keccak256Hash(b) }

func TestEncoding(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		signature := eip712.Signature(rapid.SliceOfN(rapid.Byte(), 65, 65).Draw(t, "signature"))
		opening := channel.Opening{ChainID: rapid.Uint64().Draw(t, "chain"), Config: aConfig(t)}
		promise := channel.Promise{Cumulative: anAmount(t, "cumulative"), Signature: signature}
		evidence := channel.Evidence{Opening: opening, Promise: promise}
		refund := channel.Refund{Amount: anAmount(t, "refund"), Nonce: rapid.Uint64().Draw(t, "nonce"), Signature: signature}
		info := channel.Info{
			Receiver: anAddress(t, "receiver"), ReceiverAuthorizer: anAddress(t, "authorizer"),
			DelayS: rapid.Uint64Max(1<<40-1).Draw(t, "delay"),
		}
		back(t, opening, opening.Encode(), channel.DecodeOpening, pay.MaxOpening)
		back(t, promise, promise.Encode(), channel.DecodePromise, pay.MaxPromise)
		back(t, evidence, evidence.Encode(), channel.DecodeEvidence, pay.MaxEvidence)
		back(t, refund, refund.Encode(), channel.DecodeRefund, pay.MaxSettled)
		back(t, info, info.Encode(), channel.DecodeInfo, pay.MaxInfo)
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
		if _, err := decode(other); !errors.Is(err, channel.ErrForm) {
			t.Errorf("%T of %d bytes: %v", want, len(other), err)
		}
	}
}

// What is decoded is encoded to the same bytes: nothing has two encodings.
func fuzz[T any](f *testing.F, size int, first byte, decode func([]byte) (T, error), encode func(*T) []byte) {
	seed := make([]byte, size)
	seed[0] = first
	f.Add(seed)
	f.Fuzz(func(t *testing.T, b []byte) {
		v, err := decode(b)
		if err != nil {
			if !errors.Is(err, channel.ErrForm) {
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
	fuzz(f, 146, 1, channel.DecodeOpening, (*channel.Opening).Encode)
}

func FuzzDecodeInfo(f *testing.F) { fuzz(f, 46, 1, channel.DecodeInfo, (*channel.Info).Encode) }

func FuzzDecodePromise(f *testing.F) {
	fuzz(f, 81, 0, channel.DecodePromise, (*channel.Promise).Encode)
}

func FuzzDecodeEvidence(f *testing.F) {
	fuzz(f, 227, 1, channel.DecodeEvidence, (*channel.Evidence).Encode)
}

func FuzzDecodeRefund(f *testing.F) { fuzz(f, 89, 0, channel.DecodeRefund, (*channel.Refund).Encode) }
