package voucher_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"testing"

	"github.com/ethereum/go-ethereum/crypto"
	"pgregory.net/rapid"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/eip712"
	"github.com/candela-les/candela/pay/voucher"
	"github.com/candela-les/candela/pay/watch"
	"github.com/candela-les/candela/unit"
)

func key(t testing.TB, seed byte) *watch.Key {
	t.Helper()
	k, err := crypto.ToECDSA(bytes.Repeat([]byte{seed}, 32))
	if err != nil {
		t.Fatal(err)
	}
	return watch.NewKey(k)
}

func channelOf(k *watch.Key) voucher.Channel {
	return voucher.Channel{ID: pay.Hash{1}, Payer: pay.Address(k.Address()), Digest: func(n unit.Amount) pay.Hash {
		b := n.Bytes()
		return pay.Hash(crypto.Keccak256Hash([]byte("a voucher"), b[:]))
	}}
}

func reason(err error) pay.Reason {
	if r, ok := errors.AsType[*pay.Refusal](err); ok {
		return r.Reason
	}
	return 0
}

// What is noted of a channel only rises, whoever says what: a payer promises no more than is locked, a provider is believed no more than was signed and no less
// than it has said before, and notes that were lost come back by what it shows.
func TestRules(t *testing.T) {
	k := key(t, 7)
	c := channelOf(k)
	rapid.Check(t, func(rt *rapid.T) {
		n := pay.Note{ID: c.ID, Deposit: unit.NewAmount(50)}
		signed := map[uint64][]byte{} // all that ever was, on whatever disk
		amount := func(name string) uint64 { return rapid.Uint64Range(0, 60).Draw(rt, name) }
		rt.Repeat(map[string]func(*rapid.T){
			"promise": func(rt *rapid.T) {
				before, to, closing := n, amount("to"), rapid.IntRange(0, 9).Draw(rt, "closing") == 0
				err := c.Sign(&n, k, unit.NewAmount(to), closing)
				_, promised := before.Promised.Words()
				switch {
				case before.Promise != nil && to <= promised:
					if !errors.Is(err, pay.ErrSame) {
						rt.Fatalf("%d after %d: %v", to, promised, err)
					}
				case closing || to > 50:
					if why := reason(err); closing != (why == pay.Closing) || !closing && why != pay.Uncovered {
						rt.Fatalf("%d of 50, closing %v: %v", to, closing, err)
					}
				default:
					p, bad := c.Verify(n.Promise)
					if err != nil || bad != nil || p.Cumulative != unit.NewAmount(to) || n.Promised != unit.NewAmount(to) {
						rt.Fatalf("%d: %+v, %v, %v", to, n, err, bad)
					}
					signed[to] = n.Promise
					return
				}
				if n.Promised != before.Promised || !bytes.Equal(n.Promise, before.Promise) {
					rt.Fatalf("what was not promised is noted: %+v", n)
				}
			},
			"hear": func(rt *rapid.T) {
				before, accepted, shown, collected := n, amount("accepted"), amount("shown"), amount("collected")
				s := pay.Standing{ID: c.ID, Cumulative: unit.NewAmount(accepted), Last: signed[shown]}
				if s.Last == nil {
					shown = 0
				}
				last, err := c.Shown(s, unit.NewAmount(collected))
				if (collected <= accepted && accepted <= shown) != (err == nil) {
					rt.Fatalf("%d are collected, %d accepted and %d signed: %v", collected, accepted, shown, err)
				}
				if err == nil {
					err = voucher.Accepted(&n, s, last)
				}
				if err != nil {
					if reason(err) != pay.Contradicts || n.Accepted != before.Accepted || n.Promised != before.Promised {
						rt.Fatalf("%v, %+v", err, n)
					}
					return
				}
				if n.Accepted != unit.NewAmount(accepted) || n.Accepted.Cmp(before.Accepted) < 0 || n.Promised != before.Promised.Max(unit.NewAmount(shown)) {
					rt.Fatalf("%+v after %+v", n, before)
				}
			},
			"lose the notes": func(*rapid.T) { n.Promised, n.Promise, n.Accepted = unit.Amount{}, nil, unit.Amount{} },
		})
	})
}

// A promise counts only with its own payer's signature of its own amount.
func TestVerify(t *testing.T) {
	k, other := key(t, 7), key(t, 8)
	c := channelOf(k)
	sign := func(by *watch.Key, n uint64) []byte {
		s, err := eip712.Sign(by, c.Digest(unit.NewAmount(n)))
		if err != nil {
			t.Fatal(err)
		}
		p := voucher.Promise{Cumulative: unit.NewAmount(n), Signature: s}
		return p.Encode()
	}
	raised := sign(k, 5)
	binary.BigEndian.PutUint64(raised[8:], 6)
	for name, try := range map[string]struct {
		promise []byte
		why     pay.Reason
		shown   pay.Reason
	}{
		"as it should be":   {sign(k, 5), 0, 0},
		"somebody else's":   {sign(other, 5), pay.BadSign, pay.Contradicts},
		"another amount":    {raised, pay.BadSign, pay.Contradicts},
		"too short":         {sign(k, 5)[:80], pay.Malformed, pay.Malformed},
		"too long":          {append(sign(k, 5), 0), pay.Malformed, pay.Malformed},
		"without signature": {make([]byte, voucher.Size), pay.BadSign, pay.Contradicts},
	} {
		if _, err := c.Verify(try.promise); reason(err) != try.why || err == nil != (try.why == 0) {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := c.Shown(pay.Standing{Last: try.promise}, unit.Amount{}); reason(err) != try.shown || err == nil != (try.shown == 0) {
			t.Errorf("%s, shown: %v", name, err)
		}
	}
	if n, err := voucher.Read(sign(other, 9)); err != nil || n != unit.NewAmount(9) {
		t.Errorf("%s, %v", n, err)
	}
}

// What is decoded is encoded to the same bytes: nothing has two encodings.
func FuzzDecode(f *testing.F) {
	f.Add(make([]byte, voucher.Size))
	f.Fuzz(func(t *testing.T, b []byte) {
		p, err := voucher.Decode(b)
		if len(b) != voucher.Size {
			if !errors.Is(err, voucher.ErrForm) {
				t.Fatal(err)
			}
			return
		}
		if err != nil || !bytes.Equal(p.Encode(), b) {
			t.Fatalf("%x was decoded to %+v, which is encoded as %x (%v)", b, p, p.Encode(), err)
		}
	})
}
