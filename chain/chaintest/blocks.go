package chaintest

import (
	"bytes"
	"errors"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/rlp"
	"github.com/ethereum/go-ethereum/trie"

	"github.com/candela-les/candela/chain"
	"github.com/candela-les/candela/wire"
)

func (h *Harness) testInfo(t *testing.T) {
	info := h.Source.Info()
	if info.ChainID == nil || info.ChainID.Cmp(h.Config.ChainID) != 0 {
		t.Errorf("chain id %v, want %v", info.ChainID, h.Config.ChainID)
	}
	genesis, err := h.Source.CanonicalHash(testContext(t), 0)
	if err != nil || genesis != info.Genesis {
		t.Errorf("genesis %x (%v), but info says %x", genesis, err, info.Genesis)
	}
	want, err := wire.EncodeConfig(h.Config)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(info.Config, want) {
		t.Errorf("configuration\n %x, want\n %x", info.Config, want)
	}
	if config, err := wire.DecodeConfig(info.Config); err != nil || config.ChainID.Cmp(info.ChainID) != 0 {
		t.Errorf("configuration does not decode: %v", err)
	}
}

// testBlocks fetches every known block in pieces and rebuilds what they hash to.
func (h *Harness) testBlocks(t *testing.T) {
	ctx := testContext(t)
	for _, b := range h.Blocks {
		hash := b.Hash()
		if got, err := h.Source.CanonicalHash(ctx, b.NumberU64()); err != nil || got != hash {
			t.Fatalf("canonical hash of block %d: %x (%v), want %x", b.NumberU64(), got, err, hash)
		}
		header, err := h.Source.Header(ctx, hash)
		if err != nil {
			t.Fatalf("header of block %d: %v", b.NumberU64(), err)
		}
		if crypto.Keccak256Hash(header) != hash {
			t.Fatalf("header of block %d hashes to %x, want %x", b.NumberU64(), crypto.Keccak256(header), hash)
		}
		h.checkBody(t, b)
		h.checkReceipts(t, b)
	}
}

func (h *Harness) checkBody(t *testing.T, b Block) {
	t.Helper()
	blob, err := h.Source.Body(testContext(t), b.Hash())
	if err != nil {
		t.Fatalf("body of block %d: %v", b.NumberU64(), err)
	}
	var body types.Body
	if err := rlp.DecodeBytes(blob, &body); err != nil {
		t.Fatalf("body of block %d: %v", b.NumberU64(), err)
	}
	header := b.Header()
	if got := types.DeriveSha(types.Transactions(body.Transactions), trie.NewStackTrie(nil)); got != header.TxHash {
		t.Fatalf("body of block %d has transaction root %x, want %x", b.NumberU64(), got, header.TxHash)
	}
	if got := types.CalcUncleHash(body.Uncles); got != header.UncleHash {
		t.Fatalf("body of block %d has uncle hash %x, want %x", b.NumberU64(), got, header.UncleHash)
	}
	if (body.Withdrawals != nil) != (header.WithdrawalsHash != nil) {
		t.Fatalf("body of block %d has withdrawals: %t", b.NumberU64(), body.Withdrawals != nil)
	}
	if header.WithdrawalsHash != nil {
		got := types.DeriveSha(types.Withdrawals(body.Withdrawals), trie.NewStackTrie(nil))
		if got != *header.WithdrawalsHash {
			t.Fatalf("body of block %d has withdrawals root %x, want %x", b.NumberU64(), got, *header.WithdrawalsHash)
		}
	}
}

func (h *Harness) checkReceipts(t *testing.T, b Block) {
	t.Helper()
	blob, err := h.Source.Receipts(testContext(t), b.Hash())
	if err != nil {
		t.Fatalf("receipts of block %d: %v", b.NumberU64(), err)
	}
	var receipts types.Receipts
	if err := rlp.DecodeBytes(blob, &receipts); err != nil {
		t.Fatalf("receipts of block %d: %v", b.NumberU64(), err)
	}
	if got := types.DeriveSha(receipts, trie.NewStackTrie(nil)); got != b.ReceiptHash() {
		t.Fatalf("receipts of block %d have root %x, want %x", b.NumberU64(), got, b.ReceiptHash())
	}
	if b.Receipts == nil {
		return
	}
	if want, err := rlp.EncodeToBytes(b.Receipts); err != nil || !bytes.Equal(blob, want) {
		t.Fatalf("receipts of block %d differ from the known ones (%v)", b.NumberU64(), err)
	}
}

// testRanges takes the source at its word: the first block of each range and the
// head have to be there.
func (h *Harness) testRanges(t *testing.T) {
	ctx := testContext(t)
	ranges, head := h.Source.Ranges(), h.Source.Head()
	t.Logf("%+v, head %d", ranges, head.Number)
	for _, r := range []struct {
		name  string
		first uint64
		get   func(hash chain.Hash) error
	}{
		{"headers", ranges.Headers, func(hash chain.Hash) error { _, err := h.Source.Header(ctx, hash); return err }},
		{"bodies", ranges.Bodies, func(hash chain.Hash) error { _, err := h.Source.Body(ctx, hash); return err }},
		{"receipts", ranges.Receipts, func(hash chain.Hash) error { _, err := h.Source.Receipts(ctx, hash); return err }},
		{"state", ranges.State, func(hash chain.Hash) error {
			_, err := h.Source.Prove(ctx, []chain.StateQuery{{Block: hash}})
			return err
		}},
	} {
		if r.first == chain.None {
			continue
		}
		if r.first > head.Number {
			t.Errorf("%s from block %d on, above the head %d", r.name, r.first, head.Number)
			continue
		}
		for _, number := range []uint64{r.first, (r.first + head.Number) / 2, head.Number} {
			hash, err := h.Source.CanonicalHash(ctx, number)
			if err == nil {
				err = r.get(hash)
			}
			if err != nil {
				t.Errorf("%s of block %d, in the announced range from %d: %v", r.name, number, r.first, err)
			}
		}
	}
	for _, gone := range h.Gone {
		_, err := h.Source.Prove(ctx, []chain.StateQuery{{Block: gone}})
		if !errors.Is(err, chain.ErrPruned) {
			t.Errorf("state after block %x: %v, want ErrPruned", gone, err)
		}
	}
}

// testUnknown asks for what is on no chain.
func (h *Harness) testUnknown(t *testing.T) {
	for name, ask := range h.questions(missing()) {
		if err := ask(testContext(t)); !errors.Is(err, chain.ErrUnknown) {
			t.Errorf("%s of a block that does not exist: %v, want ErrUnknown", name, err)
		}
	}
	beyond := h.Source.Head().Number + 1<<20
	if _, err := h.Source.CanonicalHash(testContext(t), beyond); !errors.Is(err, chain.ErrUnknown) {
		t.Errorf("canonical hash of block %d: %v, want ErrUnknown", beyond, err)
	}
	if !h.Source.Capabilities().HashedKeys {
		return
	}
	head := h.Source.Head().Hash
	account := common.HexToHash("0x01").Bytes()
	if _, err := h.Source.CodeHashed(testContext(t), head, account); !errors.Is(err, chain.ErrUnknown) {
		t.Errorf("code of an account that does not exist: %v, want ErrUnknown", err)
	}
	query := chain.HashedQuery{Block: head, Account: account, Key: account}
	if err := h.Source.ProveHashed(testContext(t), query, func([]byte) {}); !errors.Is(err, chain.ErrUnknown) {
		t.Errorf("slot of an account that does not exist: %v, want ErrUnknown", err)
	}
}
