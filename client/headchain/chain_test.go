package headchain_test

import (
	"errors"
	"math/big"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"pgregory.net/rapid"

	"github.com/candela-les/candela/client/headchain"
)

// grow returns n linked headers on top of parent (nil: from number first).
func grow(parent *types.Header, first uint64, n int, salt byte) []*types.Header {
	var out []*types.Header
	for range n {
		h := &types.Header{Number: new(big.Int).SetUint64(first), Difficulty: new(big.Int), Extra: []byte{salt}}
		if parent != nil {
			h.Number.SetUint64(parent.Number.Uint64() + 1)
			h.ParentHash = parent.Hash()
		}
		out, parent = append(out, h), h
	}
	return out
}

func last(hs []*types.Header) *types.Header { return hs[len(hs)-1] }

func add(c *headchain.Chain, hs ...*types.Header) {
	for _, h := range hs {
		c.Add(h.Hash(), h)
	}
}

func numbers(hs []*types.Header) (out []uint64) {
	for _, h := range hs {
		out = append(out, h.Number.Uint64())
	}
	return out
}

func TestGapIsReportedAndFilled(t *testing.T) {
	c := headchain.New()
	hs := grow(nil, 100, 10, 'a')
	add(c, hs[0])
	if _, added, err := c.SetHead(hs[0].Hash(), 100); err != nil || len(added) != 1 {
		t.Fatal(added, err)
	}
	add(c, hs[9])
	_, _, err := c.SetHead(hs[9].Hash(), 109)
	var gap *headchain.GapError
	if !errors.As(err, &gap) || gap.Hash != hs[8].Hash() || gap.Number != 108 || gap.Length != 8 {
		t.Fatalf("gap %+v, error %v", gap, err)
	}
	if c.Head() != hs[0] {
		t.Fatal("a gap moved the head")
	}
	add(c, hs[1:9]...)
	removed, added, err := c.SetHead(hs[9].Hash(), 109)
	if err != nil || len(removed) != 0 || len(added) != 9 || added[0] != hs[1] {
		t.Fatal(numbers(removed), numbers(added), err)
	}
}

func TestReorg(t *testing.T) {
	c := headchain.New()
	a := grow(nil, 1, 10, 'a')
	b := grow(a[4], 0, 3, 'b') // 6 … 8
	add(c, a...)
	add(c, b...)
	for _, h := range a {
		if _, _, err := c.SetHead(h.Hash(), h.Number.Uint64()); err != nil {
			t.Fatal(err)
		}
	}
	removed, added, err := c.SetHead(last(b).Hash(), 8)
	if err != nil || len(removed) != 5 || len(added) != 3 || removed[0] != a[5] || added[0] != b[0] {
		t.Fatal(numbers(removed), numbers(added), err)
	}
	if _, _, ok := c.Canonical(9); ok {
		t.Error("a block above the head is canonical")
	}
	if !c.IsCanonical(6, b[0].Hash()) || c.IsCanonical(6, a[5].Hash()) {
		t.Error("the wrong branch is canonical")
	}
	// And back: what was removed is still known.
	removed, added, err = c.SetHead(last(a).Hash(), 10)
	if err != nil || len(removed) != 3 || len(added) != 5 {
		t.Fatal(numbers(removed), numbers(added), err)
	}
	// A step back to an ancestor only removes.
	removed, added, err = c.SetHead(a[7].Hash(), 8)
	if err != nil || len(removed) != 2 || len(added) != 0 || c.Head() != a[7] {
		t.Fatal(numbers(removed), numbers(added), err)
	}
}

func TestFalseNumber(t *testing.T) {
	c := headchain.New()
	hs := grow(nil, 5, 2, 'a')
	add(c, hs...)
	if _, _, err := c.SetHead(hs[1].Hash(), 7); !errors.Is(err, headchain.ErrNumber) {
		t.Errorf("got %v", err)
	}
}

func TestExtend(t *testing.T) {
	c := headchain.New()
	hs := grow(nil, 1, 20, 'a')
	c.Reset(hs[19].Hash(), hs[19])
	down := []*types.Header{hs[18], hs[17], hs[16]}
	if err := c.Extend(down); err != nil {
		t.Fatal(err)
	}
	if _, hash, ok := c.Canonical(17); !ok || hash != hs[16].Hash() || c.Base() != hs[16] {
		t.Error("block 17 is not canonical")
	}
	if err := c.Extend([]*types.Header{hs[3]}); err == nil {
		t.Error("an unlinked header was accepted")
	}
}

func TestBounded(t *testing.T) {
	c := headchain.New()
	hs := grow(nil, 0, headchain.Window+1000, 'a')
	for _, h := range hs {
		c.Add(h.Hash(), h)
		if _, _, err := c.SetHead(h.Hash(), h.Number.Uint64()); err != nil {
			t.Fatal(err)
		}
	}
	if got := c.Head().Number.Uint64() - c.Base().Number.Uint64() + 1; got < headchain.Window || got > headchain.Window*5/4 {
		t.Errorf("window of %d", got)
	}
	if _, ok := c.Get(hs[0].Hash()); ok {
		t.Error("a header that left the window is still held")
	}
}

// TestListenerNeverSkips moves the head at random over a random tree. A listener
// that applies the events must always hold the path to the head.
func TestListenerNeverSkips(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		tree := grow(nil, 0, 1, 'r')
		for i := range rapid.IntRange(1, 40).Draw(rt, "blocks") {
			parent := rapid.SampledFrom(tree).Draw(rt, "parent")
			tree = append(tree, grow(parent, 0, 1, byte(i))...)
		}
		byHash := make(map[common.Hash]*types.Header)
		for _, h := range tree {
			byHash[h.Hash()] = h
		}
		c := headchain.New()
		var seen []*types.Header
		for range rapid.IntRange(1, 20).Draw(rt, "moves") {
			head := rapid.SampledFrom(tree).Draw(rt, "head")
			removed, added := move(rt, c, byHash, head)
			for i := range removed {
				if got := removed[len(removed)-1-i]; len(seen) == 0 || seen[len(seen)-1] != got {
					rt.Fatalf("removed %d, which is not the listener's last", got.Number)
				}
				seen = seen[:len(seen)-1]
			}
			for _, h := range added {
				if len(seen) > 0 && h.ParentHash != last(seen).Hash() {
					rt.Fatalf("added %d after %d", h.Number, last(seen).Number)
				}
				seen = append(seen, h)
			}
			if len(seen) == 0 || last(seen) != head {
				rt.Fatal("the listener is not at the head")
			}
		}
	})
}

// move sets the head, giving the chain a missing header whenever it asks for one.
func move(rt *rapid.T, c *headchain.Chain, byHash map[common.Hash]*types.Header, head *types.Header) (removed, added []*types.Header) {
	for {
		removed, added, err := c.SetHead(head.Hash(), head.Number.Uint64())
		var gap *headchain.GapError
		if !errors.As(err, &gap) {
			if err != nil {
				rt.Fatal(err)
			}
			return removed, added
		}
		if _, known := c.Get(gap.Hash); known {
			rt.Fatal("asked for a header that is known")
		}
		c.Add(gap.Hash, byHash[gap.Hash])
	}
}

func TestForget(t *testing.T) {
	c := headchain.New()
	hs := grow(nil, 100, 3, 'a')
	add(c, hs...)
	if _, _, err := c.SetHead(hs[0].Hash(), 100); err != nil {
		t.Fatal(err)
	}
	c.Forget(hs[0].Hash())
	c.Forget(hs[2].Hash())
	c.Forget(hs[2].Hash()) // twice, and one that was never there
	c.Forget(common.Hash{1})
	for i, kept := range []bool{true, true, false} {
		if _, ok := c.Get(hs[i].Hash()); ok != kept {
			t.Errorf("header %d: kept %v, want %v", i, ok, kept)
		}
	}
	if c.Head() != hs[0] {
		t.Error("the head was forgotten")
	}
	// What was forgotten is missing again, and can come back.
	var gap *headchain.GapError
	if _, _, err := c.SetHead(hs[2].Hash(), 102); !errors.As(err, &gap) || gap.Hash != hs[2].Hash() {
		t.Errorf("after Forget: %v", err)
	}
	add(c, hs[2])
	if _, added, err := c.SetHead(hs[2].Hash(), 102); err != nil || len(added) != 2 {
		t.Errorf("after it came back: %v, %v", numbers(added), err)
	}
}

// Few headers beside the window may be large: they are bounded by bytes too, and the
// oldest go first.
func TestSideIsBoundedInBytes(t *testing.T) {
	c := headchain.New()
	base := grow(nil, 100, 1, 'a')[0]
	add(c, base)
	if _, _, err := c.SetHead(base.Hash(), 100); err != nil {
		t.Fatal(err)
	}
	var large []common.Hash
	for i := range 24 {
		h := &types.Header{
			Number: big.NewInt(101), Difficulty: new(big.Int), ParentHash: base.Hash(),
			Extra: append(make([]byte, 1<<20), byte(i)),
		}
		c.Add(h.Hash(), h)
		large = append(large, h.Hash())
	}
	var kept int
	for i, hash := range large {
		_, ok := c.Get(hash)
		if ok {
			kept++
		} else if i >= len(large)-8 {
			t.Errorf("a header of the last eight, %d, is gone", i)
		}
	}
	if kept < 8 || kept > 16 {
		t.Errorf("%d MiB of headers are kept beside the window", kept)
	}
	if c.Head() != base {
		t.Error("the head has changed")
	}
}
