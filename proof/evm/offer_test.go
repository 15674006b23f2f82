package evm_test

import (
	"bytes"
	"errors"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/candela-les/candela/proof"
	"github.com/candela-les/candela/proof/evm"
	"github.com/candela-les/candela/proof/prooftest"
)

// TestOffer runs on offered evidence: what the run came upon stays, the rest and
// all that was offered once too often does not.
func TestOffer(t *testing.T) {
	chain := prooftest.Conformance(t)
	header := chain.CurrentHeader()
	call := hashCall(chain, header.Number.Uint64()-3)
	// A first run finds out what is needed.
	full := evm.NewState(header)
	var nodes, codes, headers [][]byte
	for {
		_, missing, err := evm.Run(t.Context(), full, call)
		if err == nil {
			break
		}
		if !errors.Is(err, evm.ErrIncomplete) {
			t.Fatal(err)
		}
		n, c, h := chain.Evidence(header, missing)
		full.Add(n, c, h)
		nodes, codes, headers = append(nodes, copies(n)...), append(codes, copies(c)...), append(headers, copies(h)...)
	}
	st := evm.NewState(header)
	junk := bytes.Repeat([]byte{7}, 5000)
	known := nodes[0]
	st.Add(copies([][]byte{known}), nil, nil)
	offer := st.Offer(append(nodes, junk, junk, known), append(codes, junk), append(headers, junk))
	other := st.Offer(nodes, nil, nil) // by somebody else at the same time
	result, _, err := evm.Run(t.Context(), st, call)
	if err != nil || len(result.ReturnData) == 0 {
		t.Fatal(err)
	}
	used, also := offer.Withdraw(), other.Withdraw()
	if used.Unused < 4*len(junk) || used.Unused > 4*len(junk)+16_000 || len(used.Headers) != 2 {
		t.Errorf("%d bytes unused, %d headers used", used.Unused, len(used.Headers))
	}
	if len(also.Nodes) != len(used.Nodes) {
		t.Errorf("of equal offers %d and %d nodes were used", len(used.Nodes), len(also.Nodes))
	}
	if _, ok := st.Code(crypto.Keccak256Hash(junk)); ok {
		t.Error("junk stayed")
	}
	// What was used is still there, and was copied.
	for _, p := range [][][]byte{nodes, codes, headers} {
		for _, b := range p {
			clear(b)
		}
	}
	if _, _, err := evm.Run(t.Context(), st, call); err != nil {
		t.Errorf("after the offer: %v", err)
	}
	late := evm.NewState(header)
	late.Offer([][]byte{junk}, nil, nil).Withdraw()
	if _, err := late.Account(common.Address{1}); !errors.Is(err, proof.ErrMissingNode) {
		t.Errorf("nothing was offered: %v", err)
	}
}

func copies(pieces [][]byte) (out [][]byte) {
	for _, p := range pieces {
		out = append(out, bytes.Clone(p))
	}
	return out
}
