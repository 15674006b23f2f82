package channel_test

import (
	"testing"

	"github.com/ethereum/go-ethereum/crypto"
	"pgregory.net/rapid"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/channel"
	"github.com/candela-les/candela/pay/eip712"
	"github.com/candela-les/candela/pay/paytest"
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

func back[T any](t *rapid.T, want T, encoded []byte, decode func([]byte) (T, error), limit int) {
	paytest.ComesBack(t, channel.ErrForm, want, encoded, decode, limit)
}

func fuzz[T any](f *testing.F, seed []byte, decode func([]byte) (T, error), encode func(*T) []byte) {
	paytest.FuzzDecoder(f, channel.ErrForm, seed, decode, encode)
}

func FuzzDecodeOpening(f *testing.F) {
	fuzz(f, new(channel.Opening).Encode(), channel.DecodeOpening, (*channel.Opening).Encode)
}

func FuzzDecodeInfo(f *testing.F) {
	fuzz(f, new(channel.Info).Encode(), channel.DecodeInfo, (*channel.Info).Encode)
}

func FuzzDecodeEvidence(f *testing.F) {
	fuzz(f, new(channel.Evidence).Encode(), channel.DecodeEvidence, (*channel.Evidence).Encode)
}

func FuzzDecodeRefund(f *testing.F) {
	fuzz(f, new(channel.Refund).Encode(), channel.DecodeRefund, (*channel.Refund).Encode)
}
