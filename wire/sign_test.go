package wire_test

import (
	"bytes"
	"errors"
	"math/big"
	"testing"

	"github.com/ethereum/go-ethereum/crypto"

	"github.com/candela-les/candela/wire"
)

func signedHead(t *testing.T) wire.Announce5 {
	t.Helper()
	a := wire.Announce5{Head: sampleHead()}
	if err := a.Sign(serverKey(t)); err != nil {
		t.Fatal(err)
	}
	return a
}

func TestVerifyHead(t *testing.T) {
	key := serverKey(t)
	a := signedHead(t)
	if err := a.Verify(&key.PublicKey, hash(0xaa), hash(0xcc)); err != nil {
		t.Fatal(err)
	}
	// A signature says nothing to a client of another chain or configuration,
	// even if the replayed head is changed to name that chain.
	if err := a.Verify(&key.PublicKey, hash(0xab), hash(0xcc)); !errors.Is(err, wire.ErrWrongChain) {
		t.Errorf("another genesis: %v", err)
	}
	if err := a.Verify(&key.PublicKey, hash(0xaa), hash(0xcd)); !errors.Is(err, wire.ErrWrongChain) {
		t.Errorf("another configuration: %v", err)
	}
	for what, change := range map[string]func(*wire.Head){
		"genesis":          func(h *wire.Head) { h.Genesis = hash(0xab) },
		"config":           func(h *wire.Head) { h.Config = hash(0xcd) },
		"number":           func(h *wire.Head) { h.Number++ },
		"hash":             func(h *wire.Head) { h.Hash[31]++ },
		"safe number":      func(h *wire.Head) { h.Safe.Number++ },
		"safe hash":        func(h *wire.Head) { h.Safe.Hash[0]++ },
		"finalized number": func(h *wire.Head) { h.Finalized.Number++ },
		"finalized hash":   func(h *wire.Head) { h.Finalized.Hash[0]++ },
		"reorg depth":      func(h *wire.Head) { h.ReorgDepth++ },
		"helper root":      func(h *wire.Head) { h.HelperRoot[0]++ },
		"timestamp":        func(h *wire.Head) { h.Timestamp++ },
	} {
		b := a
		change(&b.Head)
		if err := b.Verify(&key.PublicKey, b.Head.Genesis, b.Head.Config); !errors.Is(err, wire.ErrSignature) {
			t.Errorf("changed %s: %v", what, err)
		}
	}
}

// TestVerifySignature changes the signature itself: only one form is accepted.
func TestVerifySignature(t *testing.T) {
	key := serverKey(t)
	good := signedHead(t)
	other, err := crypto.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	if err := good.Verify(&other.PublicKey, hash(0xaa), hash(0xcc)); !errors.Is(err, wire.ErrSignature) {
		t.Errorf("another key: %v", err)
	}
	if err := good.Verify(nil, hash(0xaa), hash(0xcc)); !errors.Is(err, wire.ErrSignature) {
		t.Errorf("no key: %v", err)
	}
	for what, change := range map[string]func([]byte) []byte{
		"none":       func([]byte) []byte { return nil },
		"no V":       func(s []byte) []byte { return s[:64] },
		"longer":     func(s []byte) []byte { return append(s, 0) },
		"R":          func(s []byte) []byte { s[5]++; return s },
		"S":          func(s []byte) []byte { s[40]++; return s },
		"other V":    func(s []byte) []byte { s[64] ^= 1; return s },
		"V plus 27":  func(s []byte) []byte { s[64] += 27; return s },
		"zero":       func(s []byte) []byte { clear(s); return s },
		"high s":     highS,
		"all ff":     func(s []byte) []byte { return bytes.Repeat([]byte{0xff}, len(s)) },
		"R is order": func(s []byte) []byte { crypto.S256().Params().N.FillBytes(s[:32]); return s },
	} {
		a := good
		a.Signature = change(bytes.Clone(good.Signature))
		if err := a.Verify(&key.PublicKey, hash(0xaa), hash(0xcc)); !errors.Is(err, wire.ErrSignature) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// highS makes the twin of a signature that plain ECDSA accepts as well.
func highS(sig []byte) []byte {
	n := crypto.S256().Params().N
	s := new(big.Int).SetBytes(sig[32:64])
	new(big.Int).Sub(n, s).FillBytes(sig[32:64])
	sig[64] ^= 1
	return sig
}

// TestHighSRecovers shows that the twin is refused for its form alone: the same
// key is recovered from it.
func TestHighSRecovers(t *testing.T) {
	a := signedHead(t)
	digest := a.Head.Digest()
	twin := highS(bytes.Clone(a.Signature))
	key, err := crypto.SigToPub(digest[:], twin)
	if err != nil {
		t.Fatal(err)
	}
	if !key.Equal(&serverKey(t).PublicKey) {
		t.Fatal("the twin is of another key: the high s case of TestVerifySignature tests nothing")
	}
}

func TestVerifyLegacy(t *testing.T) {
	key := serverKey(t)
	a := wire.Announce4{Hash: hash(1), Number: 5, TD: big.NewInt(99), ReorgDepth: 1}
	if err := a.Sign(key); err != nil {
		t.Fatal(err)
	}
	decoded, err := wire.DecodeAnnounce4(a.Append(nil))
	if err != nil {
		t.Fatal(err)
	}
	if err := decoded.Verify(&key.PublicKey); err != nil {
		t.Fatal(err)
	}
	for what, change := range map[string]func(*wire.Announce4){
		"hash":    func(a *wire.Announce4) { a.Hash[0]++ },
		"number":  func(a *wire.Announce4) { a.Number++ },
		"td":      func(a *wire.Announce4) { a.TD = big.NewInt(100) },
		"high s":  func(a *wire.Announce4) { a.Signature = highS(bytes.Clone(a.Signature)) },
		"missing": func(a *wire.Announce4) { a.Signature = nil },
	} {
		b := *decoded
		change(&b)
		if err := b.Verify(&key.PublicKey); !errors.Is(err, wire.ErrSignature) {
			t.Errorf("changed %s: %v", what, err)
		}
	}
}

// TestVersionsDoNotMix signs with one version and shows it to the other: the
// domain tag keeps a les/4 signature from ever being one of les/5.
func TestVersionsDoNotMix(t *testing.T) {
	key := serverKey(t)
	old := wire.Announce4{Hash: sampleHead().Hash, Number: sampleHead().Number}
	if err := old.Sign(key); err != nil {
		t.Fatal(err)
	}
	a := wire.Announce5{Head: sampleHead(), Signature: old.Signature}
	if err := a.Verify(&key.PublicKey, hash(0xaa), hash(0xcc)); !errors.Is(err, wire.ErrSignature) {
		t.Errorf("les/4 signature on a les/5 head: %v", err)
	}
}

func TestAnnounceHeader(t *testing.T) {
	a := wire.Announce5{Head: sampleHead(), Header: unhex(t, sampleHeader)}
	if _, err := wire.DecodeAnnounce5(a.Append(nil)); !errors.Is(err, wire.ErrMalformed) {
		t.Errorf("another block's header: %v", err)
	}
	a.Head.Hash = wire.Hash(crypto.Keccak256Hash(a.Header))
	got, err := wire.DecodeAnnounce5(a.Append(nil))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got.Header, a.Header) || !got.IsHead() {
		t.Errorf("header %x", got.Header)
	}
	signed := wire.Announce5{Signature: make([]byte, 65)}
	if _, err := wire.DecodeAnnounce5(signed.Append(nil)); !errors.Is(err, wire.ErrMalformed) {
		t.Errorf("signature without a head: %v", err)
	}
}
