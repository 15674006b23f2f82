package lottery_test

import (
	"errors"
	"testing"

	"pgregory.net/rapid"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/eip712"
	"github.com/candela-les/candela/pay/lottery"
	"github.com/candela-les/candela/pay/paytest"
	"github.com/candela-les/candela/unit"
)

func anAddress(t *rapid.T, name string) pay.Address {
	return pay.Address(rapid.SliceOfN(rapid.Byte(), 20, 20).Draw(t, name))
}

func aHash(t *rapid.T, name string) pay.Hash {
	return pay.Hash(rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, name))
}

func anAmount(t *rapid.T, name string) unit.Amount {
	return unit.AmountOfWords(rapid.Uint64().Draw(t, name+", high"), rapid.Uint64().Draw(t, name+", low"))
}

func anOpening(t *rapid.T) lottery.Opening {
	return lottery.Opening{
		ChainID: rapid.Uint64().Draw(t, "chain"), Contract: anAddress(t, "contract"), Funder: anAddress(t, "funder"),
		Payer: anAddress(t, "payer"), Payee: anAddress(t, "payee"), Token: anAddress(t, "token"),
	}
}

func aSeries(t *rapid.T) lottery.Series {
	return lottery.Series{
		Number: rapid.Uint64().Draw(t, "series"), Base: anAmount(t, "base"), Face: anAmount(t, "face"),
		Ratio: rapid.Uint64().Draw(t, "ratio"), Commitment: aHash(t, "commitment"), ExpiryS: rapid.Uint64().Draw(t, "expiry"),
		Seal: [16]byte(rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(t, "seal")),
	}
}

func aSigned(t *rapid.T) lottery.Signed {
	return lottery.Signed{
		Seed: aHash(t, "seed"), Signature: eip712.Signature(rapid.SliceOfN(rapid.Byte(), 65, 65).Draw(t, "signature")),
	}
}

func aPromise(t *rapid.T, most int) lottery.Promise {
	p := lottery.Promise{Series: aSeries(t), First: rapid.Uint64Range(1, 1<<63).Draw(t, "first")}
	for range rapid.IntRange(1, most).Draw(t, "tickets") {
		p.Tickets = append(p.Tickets, aSigned(t))
	}
	return p
}

func TestEncoding(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		opening, series, promise := anOpening(t), aSeries(t), aPromise(t, lottery.MaxTickets)
		evidence := lottery.Evidence{Opening: opening, Promise: promise}
		for range rapid.IntRange(0, lottery.MaxUnpaid).Draw(t, "unpaid") {
			evidence.Unpaid = append(evidence.Unpaid, lottery.Unpaid{
				Series: rapid.Uint64().Draw(t, "of"), Face: anAmount(t, "unpaid face"), ExpiryS: rapid.Uint64().Draw(t, "until"),
			})
		}
		info := lottery.Info{
			Contract: anAddress(t, "its contract"), Payee: anAddress(t, "its payee"), Face: anAmount(t, "its face"), Credit: rapid.Byte().Draw(t, "credit"),
		}
		claim := lottery.Claim{Opening: opening, Series: series, Number: promise.First, Ticket: promise.Tickets[0]}
		back(t, opening, opening.Encode(), lottery.DecodeOpening, pay.MaxOpening)
		back(t, series, series.Encode(), lottery.DecodeSeries, pay.MaxState)
		state := lottery.State{Series: series}
		if rapid.Bool().Draw(t, "reveals") {
			state.Reveal = pay.Hash{31: 1}
		}
		back(t, state, state.Encode(), lottery.DecodeState, pay.MaxState)
		back(t, promise, promise.Encode(), lottery.DecodePromise, pay.MaxPromise)
		back(t, evidence, evidence.Encode(), lottery.DecodeEvidence, pay.MaxEvidence)
		back(t, info, info.Encode(), lottery.DecodeInfo, pay.MaxInfo)
		back(t, claim, claim.Encode(), lottery.DecodeClaim, pay.MaxEvidence)
	})
}

func back[T any](t *rapid.T, want T, encoded []byte, decode func([]byte) (T, error), limit int) {
	paytest.ComesBack(t, lottery.ErrForm, want, encoded, decode, limit)
}

// The largest promise and the largest evidence keep within the limits of messages and ledger.
func TestLargest(t *testing.T) {
	p := lottery.Promise{First: 1, Tickets: make([]lottery.Signed, lottery.MaxTickets)}
	e := lottery.Evidence{Unpaid: make([]lottery.Unpaid, lottery.MaxUnpaid), Promise: p}
	if n := len(p.Encode()); n > pay.MaxPromise {
		t.Errorf("a promise may have %d bytes, and the limit is %d", n, pay.MaxPromise)
	}
	if n := len(e.Encode()); n > pay.MaxEvidence {
		t.Errorf("an evidence may have %d bytes, and the limit is %d", n, pay.MaxEvidence)
	}
	p.Tickets = append(p.Tickets, lottery.Signed{})
	if _, err := lottery.DecodePromise(p.Encode()); !errors.Is(err, lottery.ErrForm) {
		t.Errorf("one ticket more than may be: %v", err)
	}
	p = lottery.Promise{First: 0, Tickets: make([]lottery.Signed, 1)}
	if _, err := lottery.DecodePromise(p.Encode()); !errors.Is(err, lottery.ErrForm) {
		t.Errorf("a ticket with number 0: %v", err)
	}
}

func fuzz[T any](f *testing.F, seed []byte, decode func([]byte) (T, error), encode func(*T) []byte) {
	paytest.FuzzDecoder(f, lottery.ErrForm, seed, decode, encode)
}

func FuzzDecodeOpening(f *testing.F) {
	fuzz(f, new(lottery.Opening).Encode(), lottery.DecodeOpening, (*lottery.Opening).Encode)
}

func FuzzDecodeInfo(f *testing.F) {
	fuzz(f, new(lottery.Info).Encode(), lottery.DecodeInfo, (*lottery.Info).Encode)
}

func FuzzDecodeSeries(f *testing.F) {
	fuzz(f, new(lottery.Series).Encode(), lottery.DecodeSeries, (*lottery.Series).Encode)
}

func FuzzDecodeState(f *testing.F) {
	s := lottery.State{Reveal: pay.Hash{1}}
	fuzz(f, s.Encode(), lottery.DecodeState, (*lottery.State).Encode)
}

func FuzzDecodePromise(f *testing.F) {
	p := lottery.Promise{First: 1, Tickets: make([]lottery.Signed, 2)}
	fuzz(f, p.Encode(), lottery.DecodePromise, (*lottery.Promise).Encode)
}

func FuzzDecodeClaim(f *testing.F) {
	c := lottery.Claim{Number: 1}
	fuzz(f, c.Encode(), lottery.DecodeClaim, (*lottery.Claim).Encode)
}

func FuzzDecodeEvidence(f *testing.F) {
	e := lottery.Evidence{Unpaid: make([]lottery.Unpaid, 1), Promise: lottery.Promise{First: 1, Tickets: make([]lottery.Signed, 1)}}
	fuzz(f, e.Encode(), lottery.DecodeEvidence, (*lottery.Evidence).Encode)
}
