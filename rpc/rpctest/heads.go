package rpctest

import (
	"slices"
	"testing"

	"github.com/ethereum/go-ethereum/core/types"

	"github.com/candela-les/candela/client"
)

// SubscribeHeads implements rpc.Backend.
func (d *Double) SubscribeHeads(ch chan<- client.HeadEvent) func() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.mu.headSubs[ch] = true
	return func() {
		d.mu.Lock()
		defer d.mu.Unlock()
		delete(d.mu.headSubs, ch)
	}
}

// SubscribePendingTransactions implements rpc.Backend.
func (d *Double) SubscribePendingTransactions(ch chan<- *types.Transaction) func() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.mu.txSubs[ch] = true
	return func() {
		d.mu.Lock()
		defer d.mu.Unlock()
		delete(d.mu.txSubs, ch)
	}
}

// Insert adds blocks, which become canonical, and tells subscribers what changed.
func (d *Double) Insert(tb testing.TB, blocks types.Blocks) {
	tb.Helper()
	old := d.chain.CurrentBlock()
	if _, err := d.chain.InsertChain(blocks); err != nil {
		tb.Fatal(err)
	}
	if d.chain.CurrentBlock().Hash() != blocks[len(blocks)-1].Hash() {
		if _, err := d.chain.SetCanonical(blocks[len(blocks)-1]); err != nil {
			tb.Fatal(err)
		}
	}
	d.Emit(d.change(tb, old, d.chain.CurrentBlock()))
}

// Emit tells subscribers of a change of the head, whether or not there was one.
func (d *Double) Emit(e client.HeadEvent) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for sub := range d.mu.headSubs {
		sub <- e
	}
}

func (d *Double) change(tb testing.TB, from, to *types.Header) (e client.HeadEvent) {
	tb.Helper()
	parent := func(h *types.Header) *types.Header { return d.chain.GetHeader(h.ParentHash, h.Number.Uint64()-1) }
	for from.Hash() != to.Hash() {
		if from.Number.Cmp(to.Number) >= 0 {
			e.Removed = append(e.Removed, from)
			from = parent(from)
			continue
		}
		e.Added = append(e.Added, to)
		to = parent(to)
	}
	slices.Reverse(e.Removed)
	slices.Reverse(e.Added)
	return e
}
