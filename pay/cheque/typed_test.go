package cheque_test

import (
	"bytes"
	"encoding/hex"
	"math/big"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/math"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/signer/core/apitypes"
	"pgregory.net/rapid"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/cheque"
	"github.com/candela-les/candela/pay/eip712"
	"github.com/candela-les/candela/unit"
)

// encode returns go-ethereum's digest of a message in Swarm's domain.
func encode(t *rapid.T, chainID uint64, primary string, fields []apitypes.Type, message apitypes.TypedDataMessage) []byte {
	digest, _, err := apitypes.TypedDataAndHash(apitypes.TypedData{
		Types: apitypes.Types{
			"EIP712Domain": {{Name: "name", Type: "string"}, {Name: "version", Type: "string"}, {Name: "chainId", Type: "uint256"}},
			primary:        fields,
		},
		PrimaryType: primary,
		Domain: apitypes.TypedDataDomain{
			Name: "Chequebook", Version: "1.0", ChainId: (*math.HexOrDecimal256)(new(big.Int).SetUint64(chainID)),
		},
		Message: message,
	})
	if err != nil {
		t.Fatal(err)
	}
	return digest
}

// Every digest is what go-ethereum's general encoder makes of the types as Swarm has them.
func TestTypesAgainstEncoder(t *testing.T) {
	text := func(a pay.Address) string { return common.Address(a).Hex() }
	rapid.Check(t, func(t *rapid.T) {
		o, amount := anOpening(t), anAmount(t, "amount")
		got := cheque.NewTypes(o.ChainID).Cheque(o.Book, o.Beneficiary, amount)
		want := encode(t, o.ChainID, "Cheque", []apitypes.Type{
			{Name: "chequebook", Type: "address"},
			{Name: "beneficiary", Type: "address"},
			{Name: "cumulativePayout", Type: "uint256"},
		}, apitypes.TypedDataMessage{
			"chequebook": text(o.Book), "beneficiary": text(o.Beneficiary), "cumulativePayout": amount.String(),
		})
		if !bytes.Equal(got[:], want) {
			t.Errorf("the digest of a cheque is %x, and go-ethereum's %x", got, want)
		}
		c := cheque.Cashout{
			Book: o.Book, Sender: anAddress(t, "sender"), Payout: amount, Recipient: anAddress(t, "recipient"), Fee: anAmount(t, "fee"),
		}
		got = cheque.NewTypes(o.ChainID).Cashout(&c)
		want = encode(t, o.ChainID, "Cashout", []apitypes.Type{
			{Name: "chequebook", Type: "address"},
			{Name: "sender", Type: "address"},
			{Name: "requestPayout", Type: "uint256"},
			{Name: "recipient", Type: "address"},
			{Name: "callerPayout", Type: "uint256"},
		}, apitypes.TypedDataMessage{
			"chequebook": text(c.Book), "sender": text(c.Sender), "requestPayout": c.Payout.String(),
			"recipient": text(c.Recipient), "callerPayout": c.Fee.String(),
		})
		if !bytes.Equal(got[:], want) {
			t.Errorf("the digest of a cashout is %x, and go-ethereum's %x", got, want)
		}
	})
}

// repeated is an address that is easy to see in a hex dump.
func repeated(b byte) (a pay.Address) {
	copy(a[:], bytes.Repeat([]byte{b}, len(a)))
	return a
}

// The vectors of docs/spec/pay-cheque.md, section 3, which the contract's own tests hold as well.
func TestVectorsOfTheSpec(t *testing.T) {
	mine := cheque.NewTypes(1337)
	digest := mine.Cheque(repeated(0x11), repeated(0x33), unit.NewAmount(24_300_000))
	if got := hex.EncodeToString(digest[:]); got != "854feb33fdd966814159d37ce84a76ecfdee2f5200e6f28f1f82e420a372ad40" {
		t.Errorf("the cheque's digest is %s", got)
	}
	cashout := mine.Cashout(&cheque.Cashout{
		Book: repeated(0x11), Sender: repeated(0x77), Payout: unit.NewAmount(24_300_000), Recipient: repeated(0x88), Fee: unit.NewAmount(50_000),
	})
	if got := hex.EncodeToString(cashout[:]); got != "2d69cdb641986a572d76742c73b7cb01ea352da3349501a1b873668b8e711791" {
		t.Errorf("the cashout's digest is %s", got)
	}
	signature := eip712.Signature(common.FromHex("0x5b83d11425fa976374ceaad10035de8fb472acff627a4afc62a749094bbb1df710aab8a6b9f987aaa2759d3833112d66270875f029d334b7f4189d0e87e97e861c"))
	key, err := crypto.ToECDSA(crypto.Keccak256([]byte("issuer")))
	if err != nil {
		t.Fatal(err)
	}
	if by, err := signature.Recover(digest); err != nil || common.Address(by) != crypto.PubkeyToAddress(key.PublicKey) {
		t.Errorf("the cheque is signed by %x (%v)", by, err)
	}
}

func BenchmarkCheque(b *testing.B) {
	mine := cheque.NewTypes(1)
	b.ReportAllocs()
	for n := uint64(0); b.Loop(); n++ {
		mine.Cheque(pay.Address{1}, pay.Address{2}, unit.NewAmount(n))
	}
}
