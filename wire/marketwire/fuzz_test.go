package marketwire_test

import (
	"bytes"
	"testing"

	"github.com/candela-les/candela/wire"
	mw "github.com/candela-les/candela/wire/marketwire"
)

// fuzzMessage checks one message: its decoder never panics, and what it accepts has one
// encoding only. Hello alone may carry what is not known here, and loses it.
func fuzzMessage(f *testing.F, code uint64) {
	f.Helper()
	for _, s := range samples(f) {
		if s.message.Code() == code {
			f.Add(s.payload())
		}
	}
	f.Fuzz(func(t *testing.T, payload []byte) {
		m, err := mw.Decode(code, payload)
		if err != nil {
			return
		}
		once := mw.Append(nil, m)
		again, err := mw.Decode(code, once)
		if err != nil {
			t.Fatalf("our own encoding is refused: %v\n%x", err, once)
		}
		if twice := mw.Append(nil, again); !bytes.Equal(once, twice) {
			t.Fatalf("another encoding the second time\n%x\n%x", once, twice)
		}
		if code != mw.CodeHello && !bytes.Equal(payload, once) {
			t.Fatalf("two encodings of one message\n%x\n%x", payload, once)
		}
	})
}

func FuzzHello(f *testing.F)         { fuzzMessage(f, mw.CodeHello) }
func FuzzRefused(f *testing.F)       { fuzzMessage(f, mw.CodeRefused) }
func FuzzGetConditions(f *testing.F) { fuzzMessage(f, mw.CodeGetConditions) }
func FuzzConditions(f *testing.F)    { fuzzMessage(f, mw.CodeConditions) }
func FuzzGetCurves(f *testing.F)     { fuzzMessage(f, mw.CodeGetCurves) }
func FuzzCurves(f *testing.F)        { fuzzMessage(f, mw.CodeCurves) }
func FuzzBid(f *testing.F)           { fuzzMessage(f, mw.CodeBid) }
func FuzzBidAccepted(f *testing.F)   { fuzzMessage(f, mw.CodeBidAccepted) }
func FuzzNotice(f *testing.F)        { fuzzMessage(f, mw.CodeNotice) }
func FuzzGetAccount(f *testing.F)    { fuzzMessage(f, mw.CodeGetAccount) }
func FuzzAccount(f *testing.F)       { fuzzMessage(f, mw.CodeAccount) }
func FuzzGetStatement(f *testing.F)  { fuzzMessage(f, mw.CodeGetStatement) }
func FuzzStatement(f *testing.F)     { fuzzMessage(f, mw.CodeStatement) }
func FuzzBalanceLow(f *testing.F)    { fuzzMessage(f, mw.CodeBalanceLow) }
func FuzzDemoted(f *testing.F)       { fuzzMessage(f, mw.CodeDemoted) }
func FuzzGetCharge(f *testing.F)     { fuzzMessage(f, mw.CodeGetCharge) }
func FuzzCharged(f *testing.F)       { fuzzMessage(f, mw.CodeCharged) }
func FuzzEstablish(f *testing.F)     { fuzzMessage(f, mw.CodeEstablish) }
func FuzzStanding(f *testing.F)      { fuzzMessage(f, mw.CodeStanding) }
func FuzzPromise(f *testing.F)       { fuzzMessage(f, mw.CodePromise) }
func FuzzAccepted(f *testing.F)      { fuzzMessage(f, mw.CodeAccepted) }
func FuzzIncrease(f *testing.F)      { fuzzMessage(f, mw.CodeIncrease) }
func FuzzSettle(f *testing.F)        { fuzzMessage(f, mw.CodeSettle) }
func FuzzSettled(f *testing.F)       { fuzzMessage(f, mw.CodeSettled) }
func FuzzClose(f *testing.F)         { fuzzMessage(f, mw.CodeClose) }
func FuzzClosed(f *testing.F)        { fuzzMessage(f, mw.CodeClosed) }

// FuzzFraudProof checks the bytes and that verifying what nobody signed never panics.
func FuzzFraudProof(f *testing.F) {
	proof := sampleFraud(f)
	f.Add(proof.Append(nil))
	f.Fuzz(func(t *testing.T, enc []byte) {
		p, err := mw.DecodeFraudProof(enc)
		if err != nil {
			return
		}
		if again := p.Append(nil); !bytes.Equal(enc, again) {
			t.Fatalf("two encodings of one proof\n%x\n%x", enc, again)
		}
		if fraud, err := p.Verify(); (fraud == mw.NoFraud) != (err != nil) {
			t.Fatalf("%v, %v", fraud, err)
		}
	})
}

// FuzzOffer checks that an offer is not longer after it was read than before, and fits
// into an answer.
func FuzzOffer(f *testing.F) {
	offer := sampleOffer(f)
	f.Add(offer.Append(nil))
	f.Fuzz(func(t *testing.T, entry []byte) {
		o, err := mw.DecodeOffer(entry)
		if err != nil {
			return
		}
		once := o.Append(nil)
		if len(once) > len(entry) {
			t.Fatalf("longer than what it came from\n%x\n%x", entry, once)
		}
		again, err := mw.DecodeOffer(once)
		if err != nil {
			t.Fatalf("our own encoding is refused: %v\n%x", err, once)
		}
		if twice := again.Append(nil); !bytes.Equal(once, twice) {
			t.Fatalf("another encoding the second time\n%x\n%x", once, twice)
		}
		c := wire.Conditions{Version: 1, Market: [][]byte{once}}
		got, err := wire.DecodeConditions(c.Append(nil), wire.MaxGetConditions)
		if err != nil || !bytes.Equal(got.Market[0], once) {
			t.Fatalf("does not fit into conditions: %v", err)
		}
	})
}
