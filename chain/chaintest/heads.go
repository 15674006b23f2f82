package chaintest

import (
	"math/big"
	"testing"

	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/rlp"

	"github.com/candela-les/candela/chain"
)

// grown is how many blocks testHeads lets the chain grow.
const grown = 5

// testHeads lets the chain grow and compares what is delivered with what is there.
func (h *Harness) testHeads(t *testing.T) {
	slow := make(chan chain.Head)
	stopSlow := h.Source.Heads(slow)
	defer stopSlow()
	fast := make(chan chain.Head, 64)
	stop := h.Source.Heads(fast)
	defer stop()

	last := h.Source.Head()
	for range grown {
		h.Grow(t)
		seen := h.follow(t, fast, last)
		if seen.Number <= last.Number {
			t.Fatalf("head %d did not grow beyond %d", seen.Number, last.Number)
		}
		last = seen
	}
	// Nobody has read the slow one: it may have lost some, not the newest.
	h.await(t, slow, func(head chain.Head) bool { return same(head, h.Source.Head()) })
	stopSlow()
	stop()
	h.Grow(t)
	select {
	case head := <-slow:
		t.Errorf("head %d after stop", head.Number)
	default:
	}
}

// testReorg checks the depth that a change of branch is announced with.
func (h *Harness) testReorg(t *testing.T) {
	heads := make(chan chain.Head, 256)
	stop := h.Source.Heads(heads)
	defer stop()
	before := h.Source.Head()
	left := h.Reorg(t)
	var depth uint64
	last := before
	h.await(t, heads, func(head chain.Head) bool {
		h.checkHead(t, head)
		depth += h.checkStep(t, last, head)
		last = head
		return same(head, h.Source.Head())
	})
	if depth == 0 {
		t.Error("no reorganization was announced")
	}
	hash, err := h.Source.CanonicalHash(testContext(t), before.Number)
	if err == nil && hash == left {
		t.Errorf("block %d is still the one that was left", before.Number)
	}
	// What was left is no longer canonical, yet still there by its hash.
	if _, err := h.Source.Header(testContext(t), left); err != nil {
		t.Errorf("header of the block that was left: %v", err)
	}
}

// follow reads heads until the present one and checks each.
func (h *Harness) follow(t *testing.T, heads <-chan chain.Head, last chain.Head) chain.Head {
	t.Helper()
	h.await(t, heads, func(head chain.Head) bool {
		h.checkHead(t, head)
		h.checkStep(t, last, head)
		last = head
		return same(head, h.Source.Head())
	})
	return last
}

// await reads heads until done says so.
func (h *Harness) await(t *testing.T, heads <-chan chain.Head, done func(chain.Head) bool) {
	t.Helper()
	ctx := testContext(t)
	for {
		select {
		case head := <-heads:
			if done(head) {
				return
			}
		case <-ctx.Done():
			t.Fatal("the head that was waited for never came")
		}
	}
}

// checkHead checks one head by itself.
func (h *Harness) checkHead(t *testing.T, head chain.Head) {
	t.Helper()
	header := decode(t, head)
	if header.Number.Uint64() != head.Number || crypto.Keccak256Hash(head.Header) != head.Hash {
		t.Errorf("head %d %x comes with header %d %x", head.Number, head.Hash, header.Number, header.Hash())
	}
	if head.TD == nil {
		t.Fatalf("head %d has no total difficulty", head.Number)
	}
	for _, mark := range []chain.Block{head.Safe, head.Finalized} {
		if mark.Number > head.Number {
			t.Errorf("head %d has a mark above it, %d", head.Number, mark.Number)
		}
	}
	if head.Finalized.Number > head.Safe.Number {
		t.Errorf("head %d: finalized %d above safe %d", head.Number, head.Finalized.Number, head.Safe.Number)
	}
}

// checkStep checks two heads that were delivered one after the other, and returns
// the announced depth.
func (h *Harness) checkStep(t *testing.T, last, head chain.Head) uint64 {
	t.Helper()
	if same(last, head) {
		t.Errorf("head %d was delivered twice", head.Number)
	}
	if head.ReorgDepth == 0 && (head.Safe.Number < last.Safe.Number || head.Finalized.Number < last.Finalized.Number) {
		t.Errorf("head %d takes marks back: safe %d to %d, finalized %d to %d", head.Number,
			last.Safe.Number, head.Safe.Number, last.Finalized.Number, head.Finalized.Number)
	}
	if head.ReorgDepth > last.Number {
		t.Errorf("head %d after %d: reorganized %d deep", head.Number, last.Number, head.ReorgDepth)
	}
	// Total difficulty grows by the difficulties in between, as long as the source
	// can still say what these are.
	if head.ReorgDepth == 0 {
		sum := new(big.Int).Set(last.TD)
		for at := decode(t, head); at.Number.Uint64() > last.Number; {
			sum.Add(sum, at.Difficulty)
			blob, err := h.Source.Header(testContext(t), at.ParentHash)
			if err != nil {
				t.Fatalf("parent of block %d: %v", at.Number, err)
			}
			at = new(types.Header)
			if err := rlp.DecodeBytes(blob, at); err != nil {
				t.Fatal(err)
			}
		}
		if sum.Cmp(head.TD) != 0 {
			t.Errorf("head %d has total difficulty %v, want %v", head.Number, head.TD, sum)
		}
	}
	return head.ReorgDepth
}

func decode(t *testing.T, head chain.Head) *types.Header {
	t.Helper()
	header := new(types.Header)
	if err := rlp.DecodeBytes(head.Header, header); err != nil {
		t.Fatalf("header of head %d: %v", head.Number, err)
	}
	return header
}

func same(a, b chain.Head) bool {
	return a.Block == b.Block && a.Safe == b.Safe && a.Finalized == b.Finalized
}
