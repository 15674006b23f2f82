package wire_test

import (
	"bytes"
	"testing"

	"github.com/ethereum/go-ethereum/params"

	"github.com/candela-les/candela/wire"
)

// fuzzMessage checks one message: its decoder never panics, and what it accepts
// is encoded to bytes that decode to the same again. All but key lists and
// headers' origins have one encoding only, so there even the first bytes return.
func fuzzMessage(f *testing.F, version uint, code uint64) {
	f.Helper()
	for _, s := range samples(f) {
		if s.code == code && s.in(version) {
			f.Add(s.payload)
		}
	}
	f.Fuzz(func(t *testing.T, payload []byte) {
		once, err := recode(version, code, payload)
		if err != nil {
			return
		}
		twice, err := recode(version, code, once)
		if err != nil {
			t.Fatalf("our own encoding is refused: %v\n%x", err, once)
		}
		if !bytes.Equal(once, twice) {
			t.Fatalf("another encoding the second time\n%x\n%x", once, twice)
		}
		free := code == wire.CodeStatus || code == wire.CodeAnnounce || code == wire.CodeGetHeaders
		if !free && !bytes.Equal(payload, once) {
			t.Fatalf("two encodings of one message\n%x\n%x", payload, once)
		}
	})
}

func FuzzStatus2(f *testing.F)         { fuzzMessage(f, wire.LES2, wire.CodeStatus) }
func FuzzStatus3(f *testing.F)         { fuzzMessage(f, wire.LES3, wire.CodeStatus) }
func FuzzStatus4(f *testing.F)         { fuzzMessage(f, wire.LES4, wire.CodeStatus) }
func FuzzStatus5(f *testing.F)         { fuzzMessage(f, wire.LES5, wire.CodeStatus) }
func FuzzAnnounce4(f *testing.F)       { fuzzMessage(f, wire.LES4, wire.CodeAnnounce) }
func FuzzAnnounce5(f *testing.F)       { fuzzMessage(f, wire.LES5, wire.CodeAnnounce) }
func FuzzGetHeaders(f *testing.F)      { fuzzMessage(f, wire.LES5, wire.CodeGetHeaders) }
func FuzzHeaders(f *testing.F)         { fuzzMessage(f, wire.LES5, wire.CodeHeaders) }
func FuzzGetBodies(f *testing.F)       { fuzzMessage(f, wire.LES5, wire.CodeGetBodies) }
func FuzzBodies(f *testing.F)          { fuzzMessage(f, wire.LES5, wire.CodeBodies) }
func FuzzGetReceipts(f *testing.F)     { fuzzMessage(f, wire.LES5, wire.CodeGetReceipts) }
func FuzzReceipts(f *testing.F)        { fuzzMessage(f, wire.LES5, wire.CodeReceipts) }
func FuzzSendTx(f *testing.F)          { fuzzMessage(f, wire.LES5, wire.CodeSendTx) }
func FuzzGetTxStatus(f *testing.F)     { fuzzMessage(f, wire.LES5, wire.CodeGetTxStatus) }
func FuzzTxStatus(f *testing.F)        { fuzzMessage(f, wire.LES5, wire.CodeTxStatus) }
func FuzzStop(f *testing.F)            { fuzzMessage(f, wire.LES5, wire.CodeStop) }
func FuzzResume(f *testing.F)          { fuzzMessage(f, wire.LES5, wire.CodeResume) }
func FuzzGetCode(f *testing.F)         { fuzzMessage(f, wire.LES4, wire.CodeGetCode) }
func FuzzCode(f *testing.F)            { fuzzMessage(f, wire.LES4, wire.CodeCode) }
func FuzzGetProofs(f *testing.F)       { fuzzMessage(f, wire.LES4, wire.CodeGetProofs) }
func FuzzProofs(f *testing.F)          { fuzzMessage(f, wire.LES4, wire.CodeProofs) }
func FuzzGetHelperProofs(f *testing.F) { fuzzMessage(f, wire.LES5, wire.CodeGetHelperProofs) }
func FuzzHelperProofs(f *testing.F)    { fuzzMessage(f, wire.LES5, wire.CodeHelperProofs) }
func FuzzGetState(f *testing.F)        { fuzzMessage(f, wire.LES5, wire.CodeGetState) }
func FuzzState(f *testing.F)           { fuzzMessage(f, wire.LES5, wire.CodeState) }
func FuzzGetWitness(f *testing.F)      { fuzzMessage(f, wire.LES5, wire.CodeGetWitness) }
func FuzzWitness(f *testing.F)         { fuzzMessage(f, wire.LES5, wire.CodeWitness) }
func FuzzGetConfig(f *testing.F)       { fuzzMessage(f, wire.LES5, wire.CodeGetConfig) }
func FuzzConfig(f *testing.F)          { fuzzMessage(f, wire.LES5, wire.CodeConfig) }
func FuzzGetLogRange(f *testing.F)     { fuzzMessage(f, wire.LES5, wire.CodeGetLogRange) }
func FuzzLogRange(f *testing.F)        { fuzzMessage(f, wire.LES5, wire.CodeLogRange) }
func FuzzRefused(f *testing.F)         { fuzzMessage(f, wire.LES5, wire.CodeRefused) }

// FuzzChainConfig checks that a configuration has one encoding only.
func FuzzChainConfig(f *testing.F) {
	for _, c := range []*params.ChainConfig{params.MainnetChainConfig, params.AllCliqueProtocolChanges, params.MergedTestChainConfig} {
		enc, err := wire.EncodeConfig(c)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(enc)
	}
	f.Fuzz(func(t *testing.T, config []byte) {
		c, err := wire.DecodeConfig(config)
		if err != nil {
			return
		}
		again, err := wire.EncodeConfig(c)
		if err != nil {
			t.Fatalf("decoded but cannot be encoded: %v", err)
		}
		if !bytes.Equal(config, again) {
			t.Fatalf("two encodings of one configuration\n%x\n%x", config, again)
		}
		if _, err := wire.NewForks(config, wire.Hash{}, 0); err != nil {
			t.Fatalf("no fork schedule: %v", err)
		}
	})
}

// FuzzPeekHeader checks that no bytes make it panic, and that it names the bytes
// that it was given by their own hash.
func FuzzPeekHeader(f *testing.F) {
	f.Add(unhex(f, sampleHeader))
	f.Fuzz(func(t *testing.T, header []byte) {
		info, err := wire.PeekHeader(header)
		if err == nil && info.Hash != wire.ConfigHash(header) { // both are keccak256
			t.Fatalf("hash %x", info.Hash)
		}
	})
}
