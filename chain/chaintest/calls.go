package chaintest

import (
	"bytes"
	"errors"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/rlp"
	"github.com/holiman/uint256"

	"github.com/candela-les/candela/chain"
	"github.com/candela-les/candela/proof/evm"
)

// testWitness runs each call again on its witness alone, and once more without
// each piece of it: a witness is complete, and a witness holds nothing idle.
func (h *Harness) testWitness(t *testing.T) {
	for _, c := range h.Calls {
		t.Run(c.Name, func(t *testing.T) {
			w, err := h.Source.Witness(testContext(t), c.Block, c.Call)
			if err != nil {
				t.Fatal(err)
			}
			index(t, w.Nodes) // fails if one comes twice
			result, missing, err := h.rerun(t, c, w)
			if errors.Is(err, evm.ErrIncomplete) {
				t.Fatalf("the witness lacks %+v", missing)
			}
			if failed := err != nil || result.Failed(); failed != c.Fails {
				t.Fatalf("fails: %t (%v), want %t", failed, err, c.Fails)
			}
			if err == nil && !bytes.Equal(result.ReturnData, c.Return) {
				t.Errorf("returns %x, want %x", result.ReturnData, c.Return)
			}
			if c.Headers > 0 && len(w.Headers) != c.Headers {
				t.Errorf("%d headers, want %d", len(w.Headers), c.Headers)
			}
			h.checkLess(t, c, w)
		})
	}
}

// checkLess takes pieces out of a witness. A result without one would mean that
// the re-run above does not see what is missing.
func (h *Harness) checkLess(t *testing.T, c Call, w chain.Witness) {
	t.Helper()
	without := func(list [][]byte, i int) [][]byte {
		return append(append([][]byte(nil), list[:i]...), list[i+1:]...)
	}
	for i := range w.Codes {
		if _, _, err := h.rerun(t, c, chain.Witness{Nodes: w.Nodes, Codes: without(w.Codes, i), Headers: w.Headers}); err == nil {
			t.Errorf("code %d of %d is idle", i, len(w.Codes))
		}
	}
	for i := range w.Headers {
		if _, _, err := h.rerun(t, c, chain.Witness{Nodes: w.Nodes, Codes: w.Codes, Headers: without(w.Headers, i)}); err == nil {
			t.Errorf("header %d of %d is idle", i, len(w.Headers))
		}
	}
	for i := range w.Nodes {
		if c.Fails {
			break // what it read before it failed may not decide how
		}
		_, _, err := h.rerun(t, c, chain.Witness{Nodes: without(w.Nodes, i), Codes: w.Codes, Headers: w.Headers})
		if err == nil {
			t.Logf("node %d of %d is idle", i, len(w.Nodes))
		}
	}
}

// rerun runs a call with nothing but a witness.
func (h *Harness) rerun(t *testing.T, c Call, w chain.Witness) (*core.ExecutionResult, evm.Missing, error) {
	t.Helper()
	var header *types.Header
	for _, b := range h.Blocks {
		if b.Hash() == c.Block {
			header = b.Header()
		}
	}
	if header == nil {
		t.Fatalf("the harness does not have block %x", c.Block)
	}
	state := evm.NewState(header)
	state.Add(w.Nodes, w.Codes, w.Headers)
	return evm.Run(testContext(t), state, evm.Call{Config: h.Config, Msg: message(t, c.Call)})
}

// message is the suite's own reading of a call.
func message(t *testing.T, c chain.Call) *core.Message {
	t.Helper()
	msg := &core.Message{
		From:     c.From,
		To:       (*common.Address)(c.To),
		GasLimit: c.Gas,
		Data:     c.Data,
	}
	if c.Value != nil {
		msg.Value = uint256.MustFromBig(c.Value)
	}
	if c.GasPrice != nil {
		msg.GasPrice = uint256.MustFromBig(c.GasPrice)
		msg.GasFeeCap, msg.GasTipCap = msg.GasPrice, msg.GasPrice
	}
	for _, entry := range c.AccessList {
		tuple := types.AccessTuple{Address: entry.Address}
		for _, slot := range entry.Slots {
			tuple.StorageKeys = append(tuple.StorageKeys, slot)
		}
		msg.AccessList = append(msg.AccessList, tuple)
	}
	for _, hash := range c.BlobHashes {
		msg.BlobHashes = append(msg.BlobHashes, hash)
	}
	for _, blob := range c.Authorizations {
		var auth types.SetCodeAuthorization
		if err := rlp.DecodeBytes(blob, &auth); err != nil {
			t.Fatal(err)
		}
		msg.SetCodeAuthorizations = append(msg.SetCodeAuthorizations, auth)
	}
	return msg
}
