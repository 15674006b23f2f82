package codec_test

import (
	"bytes"
	"errors"
	"math/big"
	"testing"

	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/rlp"
	"pgregory.net/rapid"

	"github.com/candela-les/candela/wire/internal/codec"
)

// TestAgainstReflection compares what is appended and read with go-ethereum's encoder.
func TestAgainstReflection(t *testing.T) {
	type value struct {
		Wide, Big *big.Int
		Small     uint64
		Flag      bool
		Hash      codec.Hash
		Address   codec.Address
		Text      string
		Hashes    []codec.Hash
		Strings   [][]byte
	}
	rapid.Check(t, func(t *rapid.T) {
		number := func(name string) uint64 {
			return rapid.Uint64().Draw(t, name) >> rapid.IntRange(0, 63).Draw(t, "shift")
		}
		hi, lo, blob := number("hi")&-(number("wide")&1), number("lo"), rapid.SliceOfN(rapid.Byte(), 0, 300)
		v := value{
			Wide: new(big.Int).Or(new(big.Int).Lsh(new(big.Int).SetUint64(hi), 64), new(big.Int).SetUint64(lo)),
			Big:  new(big.Int).SetBytes(rapid.SliceOfN(rapid.Byte(), 0, 32).Draw(t, "big")), Small: number("small"),
			Flag: rapid.Bool().Draw(t, "flag"), Text: string(blob.Draw(t, "text")),
			Hashes:  make([]codec.Hash, rapid.IntRange(0, 9).Draw(t, "hashes")),
			Strings: rapid.SliceOfN(blob, 0, 4).Draw(t, "strings"),
		}
		v.Hash[7], v.Address[7] = byte(lo), byte(hi)
		want, err := rlp.EncodeToBytes(&v)
		if err != nil {
			t.Fatal(err)
		}
		got, at := codec.OpenList([]byte("before"))
		got = codec.AppendBig(codec.AppendWide(got, hi, lo), v.Big)
		got = codec.AppendBool(codec.AppendUint(got, v.Small), v.Flag)
		got = codec.AppendAddress(codec.AppendHash(got, v.Hash), v.Address)
		got = codec.AppendHashes(codec.AppendString(got, v.Text), v.Hashes)
		got = codec.CloseList(codec.AppendStrings(got, v.Strings), at)[len("before"):]
		if !bytes.Equal(got, want) {
			t.Fatalf("appended\n%x, not\n%x", got, want)
		}

		outer := codec.Reader{Rest: got}
		r := outer.List()
		if h, l := r.Wide("wide"); h != hi || l != lo {
			t.Fatalf("%x %x is read as %x %x", hi, lo, h, l)
		}
		same := r.Big("big", 256).Cmp(v.Big) == 0 && r.Uint() == v.Small && r.Bool() == v.Flag &&
			r.Hash() == v.Hash && r.Address() == v.Address && string(r.Bytes("text", 300)) == v.Text &&
			len(r.Hashes("hashes", 9)) == len(v.Hashes) && len(r.Strings("strings", 4)) == len(v.Strings)
		outer.Leave(&r)
		if outer.End(); !same || outer.Err != nil {
			t.Fatalf("is read otherwise: %v", outer.Err)
		}
	})
}

// TestLists closes lists of all lengths of header around what is there already.
func TestLists(t *testing.T) {
	for _, n := range []int{0, 1, 55, 56, 255, 256, 65_535, 65_536, 1<<24 - 1, 1 << 24} {
		content := bytes.Repeat([]byte{0x05}, n)
		dst, at := codec.OpenList([]byte{1, 2, 3})
		dst = codec.CloseList(append(dst, content...), at)
		got, rest, err := rlp.SplitList(dst[3:])
		if err != nil || len(rest) != 0 || !bytes.Equal(got, content) || !bytes.Equal(dst[:3], []byte{1, 2, 3}) {
			t.Errorf("%d bytes: %v", n, err)
		}
	}
}

// TestErrorsStick: what is read after an error is zero, and the first error stays.
func TestErrorsStick(t *testing.T) {
	r := codec.Reader{Rest: []byte{0x05, 0x82, 0x01, 0x02, 0x07}, ReqID: 9}
	if r.Uint() != 5 || r.Bytes("text", 1) != nil {
		t.Fatal("a string over its limit is read")
	}
	var limit *codec.LimitError
	if !errors.As(r.Err, &limit) || limit.What != "text" || limit.Have != 2 || limit.Max != 1 || limit.ReqID != 9 {
		t.Fatalf("%+v", r.Err)
	}
	l := r.List()
	hi, lo := r.Wide("wide")
	if hi|lo|r.Uint() != 0 || r.More() || l.More() || r.Count("values", 9) != 0 || r.Raw() != nil || r.Fixed(1) != nil {
		t.Error("something is read after an error")
	}
	r.Leave(&l)
	var still *codec.LimitError
	if r.End(); !errors.As(r.Err, &still) || still != limit {
		t.Errorf("another error: %v", r.Err)
	}
}

// TestVerify: key and address are two names of one signer.
func TestVerify(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		seed := rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(rt, "key")
		key, err := crypto.ToECDSA(crypto.Keccak256(seed))
		if err != nil {
			rt.Skip(err)
		}
		other, err := crypto.ToECDSA(crypto.Keccak256(seed, []byte{1}))
		if err != nil {
			rt.Skip(err)
		}
		digest := codec.Hash(crypto.Keccak256(seed, []byte{2}))
		sig, err := codec.SignDigest(digest, key)
		if err != nil {
			rt.Fatal(err)
		}
		right, wrong := codec.Address(crypto.PubkeyToAddress(key.PublicKey)), codec.Address(crypto.PubkeyToAddress(other.PublicKey))
		if err := errors.Join(codec.VerifyAddress(digest, sig, right), codec.VerifyDigest(digest, sig, &key.PublicKey)); err != nil {
			rt.Fatal(err)
		}
		digest[0]++
		for _, err := range []error{
			codec.VerifyAddress(digest, sig, right), codec.VerifyDigest(digest, sig, &key.PublicKey),
		} {
			if !errors.Is(err, codec.ErrSignature) {
				rt.Fatalf("of another digest: %v", err)
			}
		}
		digest[0]--
		for _, err := range []error{
			codec.VerifyAddress(digest, sig, wrong), codec.VerifyDigest(digest, sig, &other.PublicKey),
			codec.VerifyAddress(digest, sig[:64], right), codec.VerifyAddress(digest, nil, right),
		} {
			if !errors.Is(err, codec.ErrSignature) {
				rt.Fatalf("by another key, or cut: %v", err)
			}
		}
	})
}

// Behind the first error nothing is made any more, of however many fields.
func TestErrorOnce(t *testing.T) {
	r := codec.Reader{Rest: []byte{0x81}}
	r.Uint()
	first := r.Err
	if first == nil {
		t.Fatal("half a number is read")
	}
	if n := testing.AllocsPerRun(100, func() {
		l := r.List()
		l.Bool()
		l.Fixed(65)
		l.Bytes("text", 3)
		l.Wide("price")
		l.Raw()
		l.Hashes("hashes", 4)
		r.Leave(&l)
		r.Hash()
		r.Raws("values", 4)
		r.Strings("texts", 4)
		r.End()
	}); n != 0 {
		t.Errorf("%v allocations after an error", n)
	}
	if r.Err != first { //nolint:errorlint // the very same
		t.Errorf("%v became %v", first, r.Err)
	}
}
