package lottery_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"math/big"
	"testing"

	ethereum "github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/common/math"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/ethclient/simulated"
	"github.com/ethereum/go-ethereum/signer/core/apitypes"
	"pgregory.net/rapid"

	"github.com/candela-les/candela/contracts/bind"
	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/eip712"
	"github.com/candela-les/candela/pay/lottery"
	"github.com/candela-les/candela/pay/watch"
	"github.com/candela-les/candela/unit"
)

// simulatedChainID is that of go-ethereum's simulated chain.
const simulatedChainID = 1337

func aTicket(t *rapid.T) lottery.Ticket {
	o, s := anOpening(t), aSeries(t)
	return lottery.Ticket{
		Funder: o.Funder, Payer: o.Payer, Payee: o.Payee, Token: o.Token, Series: s.Number, Number: rapid.Uint64().Draw(t, "number"),
		Face: s.Face, Ratio: s.Ratio, Commitment: s.Commitment, ExpiryS: s.ExpiryS, Seed: aHash(t, "seed"),
	}
}

// bound is a ticket as the contract's binding has it.
func bound(k *lottery.Ticket) bind.LotteryTicket {
	return bind.LotteryTicket{
		Funder: common.Address(k.Funder), Payer: common.Address(k.Payer), Payee: common.Address(k.Payee), Token: common.Address(k.Token),
		Series: k.Series, Number: k.Number, Face: k.Face.Big(), Ratio: k.Ratio, Commitment: k.Commitment, Expiry: k.ExpiryS, Seed: k.Seed,
	}
}

func keyOf(name string) *watch.Key {
	key, err := crypto.ToECDSA(crypto.Keccak256([]byte(name)))
	if err != nil {
		panic(err)
	}
	return watch.NewKey(key)
}

// The digest is what go-ethereum's general encoder makes of a ticket.
func TestDigestAgainstEncoder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k, chainID, contract := aTicket(t), rapid.Uint64().Draw(t, "its chain"), anAddress(t, "its contract")
		hex := func(a pay.Address) string { return common.Address(a).Hex() }
		num := func(n uint64) *big.Int { return new(big.Int).SetUint64(n) }
		want, _, err := apitypes.TypedDataAndHash(apitypes.TypedData{
			PrimaryType: "Ticket",
			Types: apitypes.Types{
				"EIP712Domain": {{Name: "name", Type: "string"}, {Name: "version", Type: "string"}, {Name: "chainId", Type: "uint256"}, {Name: "verifyingContract", Type: "address"}},
				"Ticket": {
					{Name: "funder", Type: "address"},
					{Name: "payer", Type: "address"},
					{Name: "payee", Type: "address"},
					{Name: "token", Type: "address"},
					{Name: "series", Type: "uint64"},
					{Name: "number", Type: "uint64"},
					{Name: "face", Type: "uint128"},
					{Name: "ratio", Type: "uint64"},
					{Name: "commitment", Type: "bytes32"},
					{Name: "expiry", Type: "uint64"},
					{Name: "seed", Type: "bytes32"},
				},
			},
			Domain: apitypes.TypedDataDomain{Name: "Candela Lottery", Version: "1", ChainId: (*math.HexOrDecimal256)(num(chainID)), VerifyingContract: hex(contract)},
			Message: apitypes.TypedDataMessage{
				"funder": hex(k.Funder), "payer": hex(k.Payer), "payee": hex(k.Payee), "token": hex(k.Token), "series": num(k.Series), "number": num(k.Number),
				"face": k.Face.String(), "ratio": num(k.Ratio), "commitment": k.Commitment[:], "expiry": num(k.ExpiryS), "seed": k.Seed[:],
			},
		})
		if err != nil {
			t.Fatal(err)
		}
		if got := lottery.NewTypes(chainID, contract).Digest(&k); !bytes.Equal(got[:], want) {
			t.Errorf("the digest is %x, and go-ethereum's %x", got, want)
		}
	})
}

// Digest and draw are what the contract makes of a ticket, on a chain.
func TestAgainstContract(t *testing.T) {
	contract := pay.Address{0x11}
	at := common.Address(contract)
	backend := simulated.NewBackend(types.GenesisAlloc{at: {Code: common.FromHex(bind.LotteryRuntime), Balance: new(big.Int)}})
	t.Cleanup(func() { _ = backend.Close() })
	abi, mine := bind.NewLottery(), lottery.NewTypes(simulatedChainID, contract)
	call := func(rt *rapid.T, data []byte) []byte {
		out, err := backend.Client().CallContract(t.Context(), ethereum.CallMsg{To: &at, Data: data}, nil)
		if err != nil {
			rt.Fatal(err)
		}
		return out
	}
	rapid.Check(t, func(t *rapid.T) {
		k, reveal := aTicket(t), aHash(t, "reveal")
		digest := mine.Digest(&k)
		if want, err := abi.UnpackDigestOf(call(t, abi.PackDigestOf(bound(&k)))); err != nil || digest != want {
			t.Errorf("the digest is %x, and the contract's %x (%v)", digest, want, err)
		}
		drawn := lottery.Draw(digest, reveal)
		for _, ratio := range []uint64{k.Ratio, drawn, drawn - 1, drawn + 1, 0, 1<<64 - 1} {
			if want, err := abi.UnpackWins(call(t, abi.PackWins(digest, reveal, ratio))); err != nil || lottery.Wins(digest, reveal, ratio) != want {
				t.Errorf("drawn %d of ratio %d: wins in the contract: %t (%v)", drawn, ratio, want, err)
			}
		}
	})
}

// The vector of docs/spec/pay-lottery.md.
func TestVector(t *testing.T) {
	fill := func(b byte, n int) []byte { return bytes.Repeat([]byte{b}, n) }
	payer, reveal := keyOf("payer"), pay.Hash(fill(0x55, 32))
	k := lottery.Ticket{
		Funder: pay.Address(fill(0x22, 20)), Payer: pay.Address(payer.Address()), Payee: pay.Address(fill(0x33, 20)), Token: pay.Address(fill(0x44, 20)),
		Series: 7, Number: 3, Face: unit.NewAmount(24_300_000), Ratio: 184_467_440_737_095_515,
		Commitment: lottery.CommitmentTo(reveal), ExpiryS: 1_800_000_000, Seed: pay.Hash(fill(0x66, 32)),
	}
	digest := lottery.NewTypes(simulatedChainID, pay.Address(fill(0x11, 20))).Digest(&k)
	signature, err := eip712.Sign(payer, digest)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ what, got, want string }{
		{"commitment", hexutil.Encode(k.Commitment[:]), "0xc30a517db8ecf1fc211fc219992fc80a7575415052543287dc5d173259cc97f8"},
		{"digest", hexutil.Encode(digest[:]), "0xb9b5cc581fe2f82b8b34748daae4b8cc59e4886f3775c32d9a296d6f1c247887"},
		{"signature", hexutil.Encode(signature[:]), "0xcbbde656f0c18efd1ef4d81c29019f98f9f5d26d6c3bf07ed09af1c7e70fffd77a55dc7b9332a70979aacf6daac5c31d7a0763409d44de572015d58a5006f5b91c"},
	} {
		if c.got != c.want {
			t.Errorf("the %s is %s, not %s", c.what, c.got, c.want)
		}
	}
	if got := lottery.Draw(digest, reveal); got != 7926575354017949295 {
		t.Errorf("it draws %d", got)
	}
}

// What a ticket is worth, and what several come to, against numbers of any size.
func TestCredit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, n := aSeries(t), rapid.Uint64().Draw(t, "n")
		want := new(big.Int).Mul(s.Face.Big(), new(big.Int).Add(new(big.Int).SetUint64(s.Ratio), big.NewInt(1)))
		want.Rsh(want, 64)
		if got := s.Credit(); got.Big().Cmp(want) != 0 {
			t.Errorf("a ticket is worth %s, and should be %s", got, want)
		}
		want.Mul(want, new(big.Int).SetUint64(n)).Add(want, s.Base.Big())
		if got, ok := s.After(n); ok != (want.BitLen() <= 128) || ok && got.Big().Cmp(want) != 0 {
			t.Errorf("%d tickets come to %s (%t), and should to %s", n, got, ok, want)
		}
	})
}

// A reveal is that of its series, payer and chain only, and the same at any time.
func TestReveal(t *testing.T) {
	secret := lottery.Secret{1}
	o := lottery.Opening{ChainID: 1, Contract: pay.Address{2}, Funder: pay.Address{3}, Payer: pay.Address{4}, Token: pay.Address{5}}
	is := secret.Reveal(&o, 7)
	if is != secret.Reveal(&o, 7) {
		t.Error("the same series has two reveals")
	}
	others := map[string]pay.Hash{"series": secret.Reveal(&o, 8), "secret": new(lottery.Secret).Reveal(&o, 7)}
	for name, change := range map[string]func(*lottery.Opening){
		"chain": func(o *lottery.Opening) { o.ChainID++ }, "contract": func(o *lottery.Opening) { o.Contract[0]++ },
		"funder": func(o *lottery.Opening) { o.Funder[0]++ }, "payer": func(o *lottery.Opening) { o.Payer[0]++ },
		"token": func(o *lottery.Opening) { o.Token[0]++ },
	} {
		other := o
		change(&other)
		others[name] = secret.Reveal(&other, 7)
	}
	for name, reveal := range others {
		if reveal == is {
			t.Errorf("another %s has the same reveal", name)
		}
	}
}

// Grinding payee: it chooses among many reveals, before it commits, the one by which most of the coming tickets win. Against seeds that
// are drawn afterwards that gains it nothing; against seeds that it can foresee it would.
func TestGrindingPayee(t *testing.T) {
	const tickets, tries = 20, 4000
	mine, ratio := lottery.NewTypes(1, pay.Address{1}), uint64(1<<64/100)
	wins := func(reveal pay.Hash, seed func(n uint64) pay.Hash) (won int) {
		for n := uint64(1); n <= tickets; n++ {
			k := lottery.Ticket{Series: 1, Number: n, Ratio: ratio, Seed: seed(n)} // a commitment in it would change nothing: it is fixed by the reveal
			if lottery.Wins(mine.Digest(&k), reveal, ratio) {
				won++
			}
		}
		return won
	}
	reveal := func(i uint64) pay.Hash { return sha256.Sum256(binary.BigEndian.AppendUint64(nil, i)) }
	foreseen := func(n uint64) pay.Hash { return pay.Hash{31: byte(n)} }
	best, most := pay.Hash{}, 0
	for i := range uint64(tries) {
		if won := wins(reveal(i), foreseen); won > most {
			best, most = reveal(i), won
		}
	}
	if most < 3 {
		t.Errorf("grinding %d reveals makes %d of %d win: the case shows nothing", tries, most, tickets)
	}
	total := 0
	for round := range uint64(200) {
		total += wins(best, func(n uint64) pay.Hash {
			return sha256.Sum256(binary.BigEndian.AppendUint64([]byte("drawn later"), round<<32|n))
		})
	}
	// 4000 tickets at 1 %: 40 by expectation, and a standard deviation of 6.3.
	if total > 40+5*7 {
		t.Errorf("with seeds drawn afterwards %d of %d win, and 40 should", total, 200*tickets)
	}
}

// Two encodings of a signature: only one is taken. The draw has no place for any, see TestRefused.
func TestTwoEncodingsOfASignature(t *testing.T) {
	payer, digest := keyOf("payer"), pay.Hash{1}
	one, err := eip712.Sign(payer, digest)
	if err != nil {
		t.Fatal(err)
	}
	if by, err := one.Recover(digest); err != nil || by != pay.Address(payer.Address()) {
		t.Errorf("the signature is %x's (%v)", by, err)
	}
	for i, other := range otherEncodings(one) {
		if by, err := other.Recover(digest); err == nil {
			t.Errorf("encoding %d of a signature is taken, as %x's", i, by)
		}
	}
}

// otherEncodings are those by which some recover the same key: the upper s, and v from 0 on.
func otherEncodings(one eip712.Signature) (others []eip712.Signature) {
	upper, low := one, one
	new(big.Int).Sub(crypto.S256().Params().N, new(big.Int).SetBytes(one[32:64])).FillBytes(upper[32:64])
	upper[64] = 27 + 28 - one[64]
	low[64] -= 27
	return []eip712.Signature{upper, low}
}

func BenchmarkDigestAndDraw(b *testing.B) {
	mine, k := lottery.NewTypes(1, pay.Address{1}), lottery.Ticket{Series: 1, Number: 1}
	b.ReportAllocs()
	for b.Loop() {
		lottery.Draw(mine.Digest(&k), pay.Hash{1})
	}
}

// A series is known again by who has announced it, and by no other payee, for no other channel, and not if anything in it was changed.
func TestAnnounced(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		secret, o := lottery.Secret(aHash(t, "secret")), anOpening(t)
		s := secret.Announce(&o, aSeries(t))
		if !secret.Announced(&o, &s) || s.Commitment != lottery.CommitmentTo(secret.Reveal(&o, s.Number)) {
			t.Fatal("what was announced is not known")
		}
		at := rapid.IntRange(0, len(s.Encode())-1).Draw(t, "changed at")
		b := s.Encode()
		b[at] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
		changed, err := lottery.DecodeSeries(b)
		if err != nil {
			t.Fatal(err)
		}
		other := o
		other.Payee[at%20]++
		if secret.Announced(&o, &changed) || secret.Announced(&other, &s) || new(lottery.Secret).Announced(&o, &s) {
			t.Errorf("a series is known that was not announced, with byte %d changed or for another payee", at)
		}
	})
}
