package bind_test

import (
	"encoding/binary"
	"fmt"
	"math/big"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/signer/core/apitypes"

	contracts "github.com/candela-les/candela/contracts/bind"
)

// repeated is an address or a word that is easy to see in a hex dump.
func repeated(b byte, n int) []byte {
	return []byte(strings.Repeat(string([]byte{b}), n))
}

// wantVector fails for each line of name and value that a document does not have.
func wantVector(t *testing.T, document string, lines [][2]string) {
	t.Helper()
	text, err := os.ReadFile("../../docs/spec/" + document)
	if err != nil {
		t.Fatal(err)
	}
	spaces := regexp.MustCompile(` +`)
	have := spaces.ReplaceAllString(string(text), " ")
	for _, line := range lines {
		if want := fmt.Sprintf("\n %s %s\n", line[0], line[1]); !strings.Contains(have, want) {
			t.Errorf("%s lacks %q", document, strings.TrimSpace(want))
		}
	}
}

// hashes are the parts of a digest, by name.
func hashes(t *testing.T, data apitypes.TypedData) [][2]string {
	t.Helper()
	domain, err := data.HashStruct("EIP712Domain", data.Domain.Map())
	if err != nil {
		t.Fatal(err)
	}
	content, err := data.HashStruct(data.PrimaryType, data.Message)
	if err != nil {
		t.Fatal(err)
	}
	return [][2]string{
		{"type", hexutil.Encode(data.TypeHash(data.PrimaryType))},
		{"domain", hexutil.Encode(domain)},
		{"content", hexutil.Encode(content)},
		{"digest", typedDigest(t, data).Hex()},
	}
}

func TestSpecOfLotteryHasItsVector(t *testing.T) {
	known := common.BytesToHash(repeated(0x55, 32))
	payer := newPerson(t, "payer")
	ticket := contracts.LotteryTicket{
		Funder: common.BytesToAddress(repeated(0x22, 20)), Payer: payer.address,
		Payee: common.BytesToAddress(repeated(0x33, 20)), Token: common.BytesToAddress(repeated(0x44, 20)),
		Series: 7, Number: 3, Face: big.NewInt(24_300_000), Ratio: 184_467_440_737_095_515,
		Commitment: crypto.Keccak256Hash(known[:]), Expiry: 1_800_000_000, Seed: common.BytesToHash(repeated(0x66, 32)),
	}
	data := ticketData(chainID, common.BytesToAddress(repeated(0x11, 20)), ticket)
	digest := typedDigest(t, data)
	word := crypto.Keccak256(digest[:], known[:])
	wantVector(t, "pay-lottery.md", append(hashes(t, data),
		[2]string{"payer", payer.address.Hex()},
		[2]string{"commitment", common.Hash(ticket.Commitment).Hex()},
		[2]string{"signature", hexutil.Encode(payer.sign(t, digest))},
		[2]string{"draw", fmt.Sprint(binary.BigEndian.Uint64(word[24:]))},
	))
}

func TestSpecOfChequeHasItsVectors(t *testing.T) {
	book, payee := common.BytesToAddress(repeated(0x11, 20)), common.BytesToAddress(repeated(0x33, 20))
	relay, cold := common.BytesToAddress(repeated(0x77, 20)), common.BytesToAddress(repeated(0x88, 20))
	issuer := newPerson(t, "issuer")
	data := chequeData(chainID, book, payee, 24_300_000)
	lines := append(hashes(t, data),
		[2]string{"issuer", issuer.address.Hex()},
		[2]string{"signature", hexutil.Encode(issuer.sign(t, typedDigest(t, data)))})
	lines = append(lines, hashes(t, cashoutData(chainID, book, relay, 24_300_000, cold, 50_000))...)
	lines = append(lines, hashes(t, timeoutData(chainID, book, payee, 172_800))...)
	wantVector(t, "pay-cheque.md", lines)
}
