package offset_test

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
	"github.com/candela-les/candela/pay/offset"
	"github.com/candela-les/candela/pay/watch"
	"github.com/candela-les/candela/unit"
)

// The digest is what go-ethereum's general encoder makes of the type.
func TestTypesAgainstEncoder(t *testing.T) {
	text := func(a pay.Address) string { return common.Address(a).Hex() }
	rapid.Check(t, func(t *rapid.T) {
		o, total := anOpening(t), anAmount(t, "total")
		want, _, err := apitypes.TypedDataAndHash(apitypes.TypedData{
			Types: apitypes.Types{
				"EIP712Domain": {
					{Name: "name", Type: "string"},
					{Name: "version", Type: "string"},
					{Name: "chainId", Type: "uint256"},
					{Name: "verifyingContract", Type: "address"},
				},
				"Taken": {{Name: "client", Type: "address"}, {Name: "partner", Type: "address"}, {Name: "total", Type: "uint128"}},
			},
			PrimaryType: "Taken",
			Domain: apitypes.TypedDataDomain{
				Name: "Candela Offset", Version: "1", ChainId: (*math.HexOrDecimal256)(new(big.Int).SetUint64(o.Asset.ChainID)),
				VerifyingContract: text(o.Asset.Token),
			},
			Message: apitypes.TypedDataMessage{"client": text(o.Client), "partner": text(o.Partner), "total": total.String()},
		})
		if err != nil {
			t.Fatal(err)
		}
		if got := offset.Digest(o.Asset, o.Client, o.Partner, total); !bytes.Equal(got[:], want) {
			t.Errorf("the digest is %x, and go-ethereum's %x", got, want)
		}
	})
}

// person is who has the key that is made of a name.
func person(t rapid.TB, name string) *watch.Key {
	t.Helper()
	key, err := crypto.ToECDSA(crypto.Keccak256([]byte(name)))
	if err != nil {
		t.Fatal(err)
	}
	return watch.NewKey(key)
}

// repeated is an address that is easy to see in a hex dump.
func repeated(b byte) (a pay.Address) {
	copy(a[:], bytes.Repeat([]byte{b}, len(a)))
	return a
}

// The vectors of docs/spec/pay-offset.md.
func TestVectorsOfTheSpec(t *testing.T) {
	asset, client := pay.Asset{ChainID: 1337, Token: repeated(0x11)}, person(t, "client")
	s, err := offset.Sign(client, asset, repeated(0x33), unit.NewAmount(24_300_000))
	if err != nil {
		t.Fatal(err)
	}
	digest := offset.Digest(asset, pay.Address(client.Address()), repeated(0x33), s.Cumulative)
	o := offset.Opening{Asset: asset, Client: pay.Address(client.Address()), Partner: repeated(0x33)}
	id := o.ID()
	for _, v := range []struct{ what, got, want string }{
		{"client", client.Address().Hex(), "0xD5e069BC58dedb2a3A348995ee753Eef0274004F"},
		{"id", hex.EncodeToString(id[:]), "52b791663c44779c026bc3d2c2e447f4622389bca36c0a07f3ff13ac65591684"},
		{"digest", hex.EncodeToString(digest[:]), "536d509dbc16292b9bc63cb03bed89d46bcc6dc9f2552985501ffa3d4dd93f04"},
		{"statement", hex.EncodeToString(s.Encode()), "0000000000000000000000000172c9e0" +
			"dbd496c70d26c3e57e73d8b206e310cc93a8fe404c9f1bb3e76f5e7966e3c7c07a3961670c30befa3fb47ab8a70dfcb6bcc4e016a027f63f752d0a0d84c24cc31b"},
	} {
		if v.got != v.want {
			t.Errorf("the %s is %s, not %s", v.what, v.got, v.want)
		}
	}
}
