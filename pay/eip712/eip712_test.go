package eip712_test

import (
	"bytes"
	"crypto/ecdsa"
	"errors"
	"math/big"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/math"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/signer/core/apitypes"
	"pgregory.net/rapid"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/eip712"
	"github.com/candela-les/candela/unit"
)

func hashOf(t *rapid.T, name string) (h [32]byte) {
	copy(h[:], rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, name))
	return h
}

// A domain and a struct of each kind of member come to what go-ethereum's encoder makes of them.
func TestAgainstEncoder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name, version := rapid.StringN(1, 40, -1).Draw(t, "name"), rapid.StringN(1, 9, -1).Draw(t, "version")
		chainID, id := rapid.Uint64().Draw(t, "chain"), hashOf(t, "id")
		var contract, who pay.Address
		copy(contract[:], rapid.SliceOfN(rapid.Byte(), 20, 20).Draw(t, "contract"))
		copy(who[:], rapid.SliceOfN(rapid.Byte(), 20, 20).Draw(t, "who"))
		amount := unit.AmountOfWords(rapid.Uint64().Draw(t, "high"), rapid.Uint64().Draw(t, "low"))
		when := rapid.Uint64Max(1<<40-1).Draw(t, "when")
		with := rapid.Bool().Draw(t, "with a contract")

		data := apitypes.TypedData{
			Types: apitypes.Types{
				"EIP712Domain": {{Name: "name", Type: "string"}, {Name: "version", Type: "string"}, {Name: "chainId", Type: "uint256"}},
				"Outer": {
					{Name: "id", Type: "bytes32"},
					{Name: "who", Type: "address"},
					{Name: "amount", Type: "uint128"},
					{Name: "when", Type: "uint40"},
					{Name: "inner", Type: "Inner[]"},
				},
				"Inner": {{Name: "n", Type: "uint256"}},
			},
			PrimaryType: "Outer",
			Domain:      apitypes.TypedDataDomain{Name: name, Version: version, ChainId: (*math.HexOrDecimal256)(new(big.Int).SetUint64(chainID))},
			Message: apitypes.TypedDataMessage{
				"id": id[:], "who": common.Address(who).Hex(), "amount": amount.String(), "when": new(big.Int).SetUint64(when),
				"inner": []any{map[string]any{"n": "7"}, map[string]any{"n": new(big.Int).SetUint64(when)}},
			},
		}
		domain := eip712.NewDomain(name, version, chainID, nil)
		if with {
			data.Types["EIP712Domain"] = append(data.Types["EIP712Domain"], apitypes.Type{Name: "verifyingContract", Type: "address"})
			data.Domain.VerifyingContract = common.Address(contract).Hex()
			domain = eip712.NewDomain(name, version, chainID, &contract)
		}
		want, _, err := apitypes.TypedDataAndHash(data)
		if err != nil {
			t.Fatal(err)
		}
		inner := eip712.TypeHash("Inner(uint256 n)")
		got := domain.Digest(eip712.Struct(
			eip712.TypeHash("Outer(bytes32 id,address who,uint128 amount,uint40 when,Inner[] inner)Inner(uint256 n)"),
			id, eip712.OfAddress(who), eip712.OfAmount(amount), eip712.OfUint(when),
			eip712.Array([]eip712.Word{eip712.Struct(inner, eip712.OfUint(7)), eip712.Struct(inner, eip712.OfUint(when))})))
		if !bytes.Equal(got[:], want) {
			t.Fatalf("the digest is %x, and go-ethereum's %x", got, want)
		}
	})
}

func TestSign(t *testing.T) {
	key := keyOf(t, 1)
	digest := pay.Hash(crypto.Keccak256Hash([]byte("a digest")))
	s, err := eip712.Sign(key, digest)
	if err != nil {
		t.Fatal(err)
	}
	if by, err := s.Recover(digest); err != nil || by != pay.Address(key.Address()) {
		t.Errorf("it is the signature of %x (%v), and should be %x's", by, err, pay.Address(key.Address()))
	}
	if again, err := eip712.Sign(key, digest); err != nil || again != s {
		t.Errorf("signed again it is another signature (%v)", err)
	}
	if by, err := s.Recover(pay.Hash{1}); err == nil && by == pay.Address(key.Address()) {
		t.Error("it is good for another digest too")
	}
}

// Of the many byte strings that a contract or a library might take for the same signature one is taken here.
func TestOneForm(t *testing.T) {
	key, digest := keyOf(t, 2), pay.Hash{9}
	good, err := eip712.Sign(key, digest)
	if err != nil {
		t.Fatal(err)
	}
	order := crypto.S256().Params().N
	highS := good
	new(big.Int).Sub(order, new(big.Int).SetBytes(good[32:64])).FillBytes(highS[32:64])
	highS[64] = 27 + (28 - good[64])
	cases := map[string]eip712.Signature{
		"high s": highS, "v 0 or 1": with(good, 64, good[64]-27), "v 29": with(good, 64, 29), "v 255": with(good, 64, 255),
		"v of EIP-155": with(good, 64, good[64]+10), "all zero": {64: 27}, "r zero": zeroed(good, 0, 32), "s zero": zeroed(good, 32, 64),
		"r too large": filled(good, 0, 32),
	}
	for name, s := range cases {
		t.Run(name, func(t *testing.T) {
			if by, err := s.Recover(digest); err == nil {
				t.Errorf("it is taken, for %x's", by)
			}
		})
	}
	// It would be the same key's to a library that does not look at s.
	highS[64] -= 27
	if pub, err := crypto.SigToPub(digest[:], highS[:]); err != nil || pay.Address(crypto.PubkeyToAddress(*pub)) != pay.Address(key.Address()) {
		t.Errorf("the case of a high s shows nothing: %v", err)
	}
}

func with(s eip712.Signature, at int, b byte) eip712.Signature { s[at] = b; return s }

func zeroed(s eip712.Signature, from, to int) eip712.Signature {
	clear(s[from:to])
	return s
}

func filled(s eip712.Signature, from, to int) eip712.Signature {
	for i := from; i < to; i++ {
		s[i] = 0xff
	}
	return s
}

// key is a Signer whose signatures are spoilt if it says so.
type key struct {
	*ecdsa.PrivateKey
	spoil func([]byte) []byte
}

func (k key) Address() common.Address { return crypto.PubkeyToAddress(k.PublicKey) }

func (k key) SignDigest(digest common.Hash) ([]byte, error) {
	raw, err := crypto.Sign(digest[:], k.PrivateKey)
	if err != nil {
		return nil, err
	}
	raw[64] += 27
	if k.spoil != nil {
		raw = k.spoil(raw)
	}
	return raw, nil
}

func keyOf(t *testing.T, n int64) key {
	t.Helper()
	private, err := crypto.ToECDSA(big.NewInt(n).FillBytes(make([]byte, 32)))
	if err != nil {
		t.Fatal(err)
	}
	return key{PrivateKey: private}
}

// A signer that signs something else, or in another form, is noticed before anybody is handed its signature.
func TestSpoilt(t *testing.T) {
	other := keyOf(t, 4)
	for name, spoil := range map[string]func([]byte) []byte{
		"short": func(b []byte) []byte { return b[:64] },
		"v 0 or 1": func(b []byte) []byte {
			b[64] -= 27
			return b
		},
		"another key's": func([]byte) []byte {
			s, _ := eip712.Sign(other, pay.Hash{3})
			return s[:]
		},
	} {
		t.Run(name, func(t *testing.T) {
			k := keyOf(t, 3)
			k.spoil = spoil
			if _, err := eip712.Sign(k, pay.Hash{3}); !errors.Is(err, eip712.ErrSignature) {
				t.Errorf("signing gives %v", err)
			}
		})
	}
}

func FuzzRecover(f *testing.F) {
	f.Add(make([]byte, 65), make([]byte, 32))
	f.Fuzz(func(t *testing.T, sig, digest []byte) {
		if len(sig) != 65 || len(digest) != 32 {
			return
		}
		s, d := eip712.Signature(sig), pay.Hash(digest)
		by, err := s.Recover(d)
		if err != nil {
			return
		}
		raw := bytes.Clone(sig)
		raw[64] -= 27
		pub, err := crypto.SigToPub(digest, raw)
		if err != nil || pay.Address(crypto.PubkeyToAddress(*pub)) != by {
			t.Fatalf("it is %x's here, and not for go-ethereum (%v)", by, err)
		}
	})
}

func BenchmarkStruct(b *testing.B) {
	typeHash := eip712.TypeHash("Voucher(bytes32 channelId,uint128 maxClaimableAmount)")
	domain := eip712.NewDomain("x402 Batch Settlement", "1", 1, &pay.Address{1})
	b.ReportAllocs()
	for b.Loop() {
		domain.Digest(eip712.Struct(typeHash, eip712.OfUint(1), eip712.OfUint(2)))
	}
}
