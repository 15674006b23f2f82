package client_test

import (
	"errors"
	"sync"
	"testing"

	"github.com/ethereum/go-ethereum/core/types"

	"github.com/candela-les/candela/client"
	"github.com/candela-les/candela/client/clienttest"
)

// old is a world whose first blocks are beyond everything but helper tries: its chain
// has no history contract (it lies before that fork) and is longer than parent hashes
// are followed.
func old(servers int) (*world, *clienttest.Helper) {
	c := oldChain()
	return newWorld(c.chain, c.blocks, servers), c.helper
}

type oldWorld struct {
	chain  *clienttest.Chain
	blocks []*types.Block
	helper *clienttest.Helper
}

// oldChain is made once: that takes longer than any test of it.
var oldChain = sync.OnceValue(func() oldWorld {
	c := clienttest.NewCancunChain()
	blocks := append([]*types.Block{c.Genesis}, c.Grow(c.Genesis, oldBlocks, 0)...)
	return oldWorld{c, blocks, clienttest.NewHelper(c, blocks[oldBlocks], oldSection, 2, nil)}
})

const (
	oldSection = 64
	oldBlocks  = 2*oldSection + 8 + client.HistoryLimit + 200
)

// startOld starts the client with short sections.
func (w *world) startOld(t testing.TB) *types.Header {
	t.Helper()
	w.open(t)
	w.client.SetHelperBlocks(oldSection)
	for _, s := range w.servers {
		s.Connect(t, w.client)
	}
	return w.waitHead(t, w.head())
}

func TestOldHeader(t *testing.T) {
	w, helper := old(3)
	for _, s := range w.servers {
		s.UseHelper(helper, 1)
	}
	w.startOld(t)
	for _, number := range []uint64{5, oldSection - 1, oldSection, 2*oldSection - 1} {
		header, err := w.client.HeaderByNumber(t.Context(), number)
		if err != nil {
			t.Fatal(err)
		}
		if header.Hash() != w.blocks[number].Hash() {
			t.Errorf("block %d is %x", number, header.Hash())
		}
		if p := w.client.LastProof(); p.RoundTrips != 1 || p.Requests != 1 {
			t.Errorf("block %d took %d round trips, %d requests", number, p.RoundTrips, p.Requests)
		}
		// Known now: nobody is asked.
		if _, err := w.client.HeaderByNumber(t.Context(), number); err != nil {
			t.Fatal(err)
		}
		if p := w.client.LastProof(); p.RoundTrips != 0 || p.Cached == 0 {
			t.Errorf("block %d, warm: %d round trips", number, p.RoundTrips)
		}
	}
	_, err := w.client.HeaderByNumber(t.Context(), 2*oldSection)
	var far *client.OutOfReachError
	if !errors.As(err, &far) || far.HelperEnd != 2*oldSection-1 {
		t.Errorf("block %d, above the tries: %v", 2*oldSection, err)
	}
}
