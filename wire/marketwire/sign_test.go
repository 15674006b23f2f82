package marketwire_test

import (
	"crypto/ecdsa"
	"errors"
	"math/big"
	"reflect"
	"testing"

	"github.com/ethereum/go-ethereum/crypto"
	"pgregory.net/rapid"

	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire"
	mw "github.com/candela-les/candela/wire/marketwire"
)

// each runs a generic check of every kind of statement.
func each(t *testing.T, k func(kind string) *ecdsa.PrivateKey, check func(t *testing.T, kind string, s statement)) {
	t.Helper()
	check(t, "Terms", newStatement(t, sampleTerms(t), k("Terms")))
	check(t, "Curve", newStatement(t, sampleCurve(t), k("Curve")))
	check(t, "Order", newStatement(t, sampleOrder(t), k("Order")))
	check(t, "Allocation", newStatement(t, sampleAllocation(t), k("Allocation")))
	check(t, "Balance", newStatement(t, sampleBalance(t), k("Balance")))
	check(t, "Page", newStatement(t, samplePage(t), k("Page")))
	check(t, "Receipt", newStatement(t, sampleReceipt(t), k("Receipt")))
}

// statement is a signed statement of any kind, as the checks need it.
type statement struct {
	signed reflect.Value // pointer to the mw.Signed
	verify func(m *mw.Market, client mw.Address) error
	digest func() mw.Hash
	sign   func(k *ecdsa.PrivateKey)
}

func newStatement[B mw.Body](t *testing.T, b B, k *ecdsa.PrivateKey) statement {
	t.Helper()
	s := sign(t, b, k)
	return statement{
		signed: reflect.ValueOf(&s), verify: s.Verify,
		digest: func() mw.Hash { return mw.Digest(s.Body) },
		sign:   func(k *ecdsa.PrivateKey) { s.Signature = sign(t, s.Body, k).Signature },
	}
}

// rightKey is who has to sign: the client its orders, the seller all else.
func rightKey(tb testing.TB) func(kind string) *ecdsa.PrivateKey {
	return func(kind string) *ecdsa.PrivateKey {
		if kind == "Order" {
			return clientKey(tb)
		}
		return sellerKey(tb)
	}
}

func wrongKey(tb testing.TB) func(kind string) *ecdsa.PrivateKey {
	return func(kind string) *ecdsa.PrivateKey {
		if kind == "Order" {
			return sellerKey(tb)
		}
		return clientKey(tb)
	}
}

func TestVerify(t *testing.T) {
	market, client := sampleMarket(t), addressOf(clientKey(t))
	each(t, rightKey(t), func(t *testing.T, kind string, s statement) {
		if err := s.verify(&market, client); err != nil {
			t.Errorf("%s: %v", kind, err)
		}
		if err := s.verify(&market, mw.Address{1}); !errors.Is(err, mw.ErrClient) && (err != nil || kind != "Curve" && kind != "Terms") {
			t.Errorf("%s to another client: %v", kind, err)
		}
	})
	each(t, wrongKey(t), func(t *testing.T, kind string, s statement) {
		if err := s.verify(&market, client); !errors.Is(err, wire.ErrSignature) {
			t.Errorf("%s by the other side: %v", kind, err)
		}
	})
}

// TestOtherMarkets: nothing that was said in one market counts in another one, be it
// only that the token has other decimals.
func TestOtherMarkets(t *testing.T) {
	client := addressOf(clientKey(t))
	for what, change := range map[string]func(*mw.Market){
		"chain":    func(m *mw.Market) { m.ChainID++ },
		"token":    func(m *mw.Market) { m.Token[0]++ },
		"decimals": func(m *mw.Market) { m.Decimals++ },
		"currency": func(m *mw.Market) { m.Currency = "USDT" },
		"seller":   func(m *mw.Market) { m.Seller[0]++ },
		"node":     func(m *mw.Market) { m.Node[0]++ },
	} {
		market := sampleMarket(t)
		change(&market)
		each(t, rightKey(t), func(t *testing.T, kind string, s statement) {
			if err := s.verify(&market, client); !errors.Is(err, mw.ErrMarket) {
				t.Errorf("%s, another %s: %v", kind, what, err)
			}
			// Nor if it is changed to say so.
			s.signed.Elem().FieldByName("Body").FieldByName("Market").Set(reflect.ValueOf(market.ID()))
			if err := s.verify(&market, client); !errors.Is(err, wire.ErrSignature) {
				t.Errorf("%s changed to another %s: %v", kind, what, err)
			}
		})
	}
}

// TestEveryFieldIsSigned changes one field after the other, down to the elements of
// lists.
func TestEveryFieldIsSigned(t *testing.T) {
	market, client := sampleMarket(t), addressOf(clientKey(t))
	each(t, rightKey(t), func(t *testing.T, kind string, s statement) {
		fields := 0
		visit(s.signed.Elem().FieldByName("Body"), kind, func(path string, v reflect.Value) {
			fields++
			old, before := reflect.ValueOf(v.Interface()), s.digest()
			change(t, v)
			if s.digest() == before {
				t.Errorf("%s is not in the digest", path)
			}
			if err := s.verify(&market, client); err == nil {
				t.Errorf("%s is not signed", path)
			}
			v.Set(old)
		})
		if err := s.verify(&market, client); err != nil || fields < 8 {
			t.Errorf("%s after %d fields: %v", kind, fields, err)
		}
	})
}

// visit calls f for every value that has no parts.
func visit(v reflect.Value, path string, f func(path string, v reflect.Value)) {
	switch v.Interface().(type) {
	case unit.Price, unit.Amount, []byte:
		f(path, v)
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			visit(v.Field(i), path+"."+v.Type().Field(i).Name, f)
		}
	case reflect.Slice:
		for i := range v.Len() {
			visit(v.Index(i), path+"[]", f)
		}
	default:
		f(path, v)
	}
}

func change(t *testing.T, v reflect.Value) {
	t.Helper()
	switch x := v.Interface().(type) {
	case unit.Price:
		hi, lo := x.Words()
		v.Set(reflect.ValueOf(unit.PriceOfWords(hi^1, lo)))
		return
	case unit.Amount:
		hi, lo := x.Words()
		v.Set(reflect.ValueOf(unit.AmountOfWords(hi^1, lo)))
		return
	case []byte:
		v.SetBytes(append([]byte{1}, x...))
		return
	}
	switch v.Kind() {
	case reflect.Uint64:
		v.SetUint(v.Uint() + 1)
	case reflect.Bool:
		v.SetBool(!v.Bool())
	case reflect.String:
		v.SetString(v.String() + "x")
	case reflect.Array:
		v.Index(v.Len() - 1).SetUint(v.Index(v.Len()-1).Uint() ^ 1)
	default:
		t.Fatalf("cannot change a %v", v.Type())
	}
}

// TestOneSignature: of the two signatures that plain ECDSA accepts only one counts.
func TestOneSignature(t *testing.T) {
	market, client := sampleMarket(t), addressOf(clientKey(t))
	each(t, rightKey(t), func(t *testing.T, kind string, s statement) {
		signature := s.signed.Elem().FieldByName("Signature").Addr().Interface().(*mw.Signature)
		good := *signature
		n := crypto.S256().Params().N
		new(big.Int).Sub(n, new(big.Int).SetBytes(good[32:64])).FillBytes(signature[32:64])
		signature[64] ^= 1
		digest := s.digest()
		if twin, err := crypto.SigToPub(digest[:], signature[:]); err != nil || !twin.Equal(&rightKey(t)(kind).PublicKey) {
			t.Fatalf("%s: this is no twin: the test tests nothing", kind)
		}
		if err := s.verify(&market, client); !errors.Is(err, wire.ErrSignature) {
			t.Errorf("%s with a high s: %v", kind, err)
		}
		for i := range good {
			*signature = good
			signature[i] ^= 0x40
			if err := s.verify(&market, client); !errors.Is(err, wire.ErrSignature) {
				t.Errorf("%s, byte %d of the signature: %v", kind, i, err)
			}
		}
	})
}

// TestKindsDoNotMix: statements with the same fields have different digests.
func TestKindsDoNotMix(t *testing.T) {
	seen := make(map[mw.Hash]string)
	add := func(kind string, digest mw.Hash) {
		if other, ok := seen[digest]; ok {
			t.Errorf("%s and %s have one digest", kind, other)
		}
		seen[digest] = kind
	}
	add("Terms", mw.Digest(mw.Terms{}))
	add("Curve", mw.Digest(mw.Curve{}))
	add("Order", mw.Digest(mw.Order{}))
	add("Allocation", mw.Digest(mw.Allocation{}))
	add("Balance", mw.Digest(mw.Balance{}))
	add("Page", mw.Digest(mw.Page{}))
	add("Receipt", mw.Digest(mw.Receipt{}))
	add("Market", new(mw.Market).ID())
	domains := map[string]bool{wire.HeadDomain: true}
	for _, d := range []string{
		mw.MarketDomain, mw.TermsDomain, mw.CurveDomain, mw.OrderDomain, mw.AllocationDomain, mw.BalanceDomain, mw.PageDomain, mw.ReceiptDomain,
	} {
		if domains[d] {
			t.Errorf("domain %s twice", d)
		}
		domains[d] = true
	}
}

// TestSignedSurvivesTheWire: a decoded statement still verifies, whatever is in it.
func TestSignedSurvivesTheWire(t *testing.T) {
	market, client := sampleMarket(t), clientKey(t)
	rapid.Check(t, func(rt *rapid.T) {
		bid := drawMessage(rt, new(mw.Bid)).(*mw.Bid)
		bid.Order.Body.Market, bid.Order.Body.Client = market.ID(), addressOf(client)
		bid.Order = sign(t, bid.Order.Body, client)
		got, err := mw.Decode(mw.CodeBid, mw.Append(nil, bid))
		if err != nil {
			rt.Fatal(err)
		}
		if err := got.(*mw.Bid).Order.Verify(&market, addressOf(client)); err != nil {
			rt.Fatal(err)
		}
	})
}
