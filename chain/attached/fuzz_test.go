package attached

import (
	"encoding/json"
	"math/big"
	"testing"

	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/rlp"
)

// FuzzHeader reads any JSON as a header: what is accepted hashes to what it says, and
// is the same when it is read again from its RLP.
func FuzzHeader(f *testing.F) {
	header := &types.Header{Number: big.NewInt(5), Difficulty: new(big.Int), BaseFee: big.NewInt(7)}
	form, err := json.Marshal(header) // hash among the fields
	if err != nil {
		f.Fatal(err)
	}
	f.Add([]byte(form))
	f.Add([]byte(`null`))
	f.Add([]byte(`{"hash":"0x01"}`))
	f.Add([]byte(`{"number":"0xffffffffffffffffffffffffffffffff"}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		header, enc, err := decodeHeader(raw)
		if err != nil {
			return
		}
		if crypto.Keccak256Hash(enc) != header.Hash() {
			t.Errorf("header %x hashes to %x", header.Hash(), crypto.Keccak256(enc))
		}
		again := new(types.Header)
		if err := rlp.DecodeBytes(enc, again); err != nil || again.Hash() != header.Hash() {
			t.Errorf("read again: %x, %v", again.Hash(), err)
		}
	})
}

// FuzzAnswers reads any JSON in every form that is read from nodes.
func FuzzAnswers(f *testing.F) {
	for _, seed := range []string{
		`null`, `[]`, `{}`, `"0x"`, `{"accountProof":["0x01"],"storageProof":[{"proof":["0x02"]}]}`,
		`{"blockHash":null,"hash":"0x01"}`, `[{"blockNumber":"0x1","blockHash":null}]`,
		`[{"status":"0x1","logs":[],"cumulativeGasUsed":"0x1"}]`, `[null]`,
		`{"0x00000000000000000000000000000000000000aa":{"code":"0x01","storage":{}}}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(_ *testing.T, raw []byte) {
		u := &upstream{name: "node"}
		r := &request{method: "any", answer: raw}
		if proof, err := read[accountProof](u, r); err == nil {
			proof.nodes()
		}
		_, _ = read[txPlace](u, r)
		_, _ = read[[]place](u, r)
		if list, err := read[types.Receipts](u, r); err == nil && whole(list) {
			_, _ = rlp.EncodeToBytes(list)
		}
	})
}
