package proof_test

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/params"
	"github.com/google/go-cmp/cmp"

	"github.com/candela-les/candela/proof"
	"github.com/candela-les/candela/proof/prooftest"
)

// TestConformanceChain verifies every block of a chain with every fork, receipts
// before Byzantium and contract creations included, and compares all that was
// derived with what go-ethereum has.
func TestConformanceChain(t *testing.T) {
	chain := prooftest.Conformance(t)
	kinds := map[uint8]int{}
	for number := uint64(1); number <= chain.CurrentHeader().Number.Uint64(); number++ {
		block := chain.GetBlockByNumber(number)
		header, err := proof.VerifyHeader(chain.HeaderRLP(number), block.Hash())
		if err != nil {
			t.Fatalf("block %d: %v", number, err)
		}
		body, err := proof.VerifyBody(header, prooftest.Encode(t, block.Body()))
		if err != nil {
			t.Fatalf("block %d: %v", number, err)
		}
		enc := chain.ReceiptsRLP(block.Hash())
		receipts, err := proof.VerifyReceipts(chain.Config(), header, body, enc)
		if err != nil {
			t.Fatalf("block %d: %v", number, err)
		}
		want := chain.GetReceiptsByHash(block.Hash())
		if diff := cmp.Diff(asJSON(t, want), asJSON(t, receipts)); diff != "" {
			t.Fatalf("block %d: receipts differ (-want +got):\n%s", number, diff)
		}
		for _, r := range receipts {
			kinds[r.Type]++
			if len(r.PostState) > 0 {
				kinds[255]++
			}
			if r.ContractAddress != (common.Address{}) {
				kinds[254]++
			}
		}
		// Receipts of another block, and another block's body, are caught.
		other := chain.GetBlockByNumber(number - 1)
		if other.ReceiptHash() == block.ReceiptHash() {
			continue
		}
		if _, err := proof.VerifyReceiptRoot(other.Header(), enc); !errors.Is(err, proof.ErrMismatch) {
			t.Errorf("block %d: receipts taken for those of %d: %v", number, number-1, err)
		}
		if len(other.Transactions()) != len(receipts) {
			if _, err := proof.VerifyReceipts(chain.Config(), header, other.Body(), enc); !errors.Is(err, proof.ErrMismatch) {
				t.Errorf("block %d: receipts of the body of %d: %v", number, number-1, err)
			}
		}
	}
	for _, kind := range []uint8{0, 1, 2, 3, 4, 254, 255} {
		if kinds[kind] == 0 {
			t.Errorf("no receipt of kind %d was seen", kind)
		}
	}
}

func asJSON(t *testing.T, v any) string {
	enc, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(enc)
}

// TestConformanceState proves every account of the head state.
func TestConformanceState(t *testing.T) {
	chain := prooftest.Conformance(t)
	header := chain.CurrentHeader()
	var head struct {
		Accounts map[common.Address]struct {
			Balance  string
			Nonce    uint64
			Root     common.Hash
			CodeHash common.Hash
			Storage  map[common.Hash]string
		}
	}
	prooftest.JSON(t, &head, "execution-apis", "headstate.json")
	if len(head.Accounts) < 100 {
		t.Fatalf("only %d accounts", len(head.Accounts))
	}
	slots := 0
	for addr, want := range head.Accounts {
		set := proof.NewNodeSet(chain.ProveAccount(header, addr)...)
		got, err := proof.Account(header.Root, addr, set)
		if err != nil || got == nil {
			t.Fatalf("%s: %v, %v", addr, got, err)
		}
		if got.Balance.Dec() != want.Balance || got.Nonce != want.Nonce || got.Root != want.Root || common.Hash(got.CodeHash) != want.CodeHash {
			t.Errorf("%s: got %+v, want %+v", addr, got, want)
		}
		if hash := common.Hash(got.CodeHash); hash != types.EmptyCodeHash {
			if err := proof.VerifyCode(hash, chain.Code(hash)); err != nil {
				t.Errorf("%s: %v", addr, err)
			}
		}
		for slot, hexValue := range want.Storage {
			value, err := proof.Storage(got.Root, slot, proof.NewNodeSet(chain.ProveSlot(header, addr, slot)...))
			if err != nil || value != common.HexToHash(hexValue) {
				t.Errorf("%s: slot %s is %s, %v; want %s", addr, slot, value, err, hexValue)
			}
			slots++
		}
		// Whatever was never written is provably zero.
		slot := common.Hash{0: 0xab, 31: 0xcd}
		value, err := proof.Storage(got.Root, slot, proof.NewNodeSet(chain.ProveSlot(header, addr, slot)...))
		if err != nil || value != (common.Hash{}) {
			t.Errorf("%s: unwritten slot is %s, %v", addr, value, err)
		}
	}
	if slots < 30 {
		t.Errorf("only %d slots were seen", slots)
	}
	absent := common.Address{1: 0xfe}
	got, err := proof.Account(header.Root, absent, proof.NewNodeSet(chain.ProveAccount(header, absent)...))
	if got != nil || err != nil {
		t.Errorf("absent account: %v, %v", got, err)
	}
}

// TestHistory reads ancestors' hashes from the EIP-2935 contract, at the fork and
// after it.
func TestHistory(t *testing.T) {
	chain := prooftest.Conformance(t)
	config := chain.Config()
	inside, before := 0, 0
	for _, head := range []uint64{40, 44, 45, 54} {
		header := chain.GetHeaderByNumber(head)
		contract, err := proof.Account(header.Root, proof.HistoryAddress(), proof.NewNodeSet(chain.ProveAccount(header, proof.HistoryAddress())...))
		if err != nil {
			t.Fatal(err)
		}
		for number := uint64(0); number <= head+1; number++ {
			covered := proof.InHistory(config, header, number)
			if active := config.IsPrague(header.Number, header.Time); covered != (active && number < head) {
				t.Errorf("block %d in history of %d: %t", number, head, covered)
			}
			if !covered {
				continue
			}
			nodes := chain.ProveSlot(header, proof.HistoryAddress(), proof.HistorySlot(number))
			got, err := proof.HistoryHash(contract, number, proof.NewNodeSet(nodes...))
			if err != nil {
				t.Fatal(err)
			}
			// The first block of the fork stores its parent's hash.
			child := chain.GetHeaderByNumber(number + 1)
			var want common.Hash
			if config.IsPrague(child.Number, child.Time) {
				want = child.ParentHash
				inside++
			} else {
				before++
			}
			if got != want {
				t.Errorf("block %d in history of %d: hash %s, want %s", number, head, got, want)
			}
		}
	}
	if inside == 0 || before == 0 {
		t.Errorf("%d hashes inside, %d before the fork: both must be covered", inside, before)
	}
}

func TestHistorySlot(t *testing.T) {
	for number, want := range map[uint64]common.Hash{
		0: {}, 1: {31: 1}, 255: {31: 255}, 256: {30: 1}, 8190: {30: 0x1f, 31: 0xfe}, 8191: {}, 8192: {31: 1},
	} {
		if got := proof.HistorySlot(number); got != want {
			t.Errorf("slot of %d: %s, want %s", number, got, want)
		}
	}
	head := &types.Header{Number: common.Big256, Time: 10}
	config := *params.MergedTestChainConfig
	if !proof.InHistory(&config, head, 255) || proof.InHistory(&config, head, 256) {
		t.Error("the parent is in history, the head is not")
	}
	config.PragueTime = new(uint64)
	*config.PragueTime = 11
	if proof.InHistory(&config, head, 255) {
		t.Error("in history before the fork")
	}
	if hash, err := proof.HistoryHash(nil, 255, nil); hash != (common.Hash{}) || err != nil {
		t.Errorf("chain without the contract: %s, %v", hash, err)
	}
}
