package rpc

import (
	"slices"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	gethrpc "github.com/ethereum/go-ethereum/rpc"

	"github.com/candela-les/candela/client"
)

// rememberedBlocks is how many blocks' logs a log feed keeps to take back when they are reorganised away.
const rememberedBlocks = 256

// logFeed turns head events into the logs that one filter or subscription reports, without I/O: the caller fetches the
// logs of the block that next returns and hands them back. Logs of a removed block are reported again with removed set
// if, and only if, they were reported before; nothing is skipped when fetching fails, for the block stays next.
type logFeed struct {
	criteria *FilterCriteria
	ready    []*types.Log    // to be reported
	waiting  []*types.Header // blocks whose logs are not fetched yet, ascending
	told     []toldBlock     // blocks whose logs were fetched, oldest first, at most rememberedBlocks
}

type toldBlock struct {
	hash common.Hash
	logs []*types.Log
}

// push takes in a change of the head.
func (f *logFeed) push(event client.HeadEvent) {
	for _, h := range slices.Backward(event.Removed) {
		f.remove(h)
	}
	for _, h := range event.Added {
		if f.wants(h) {
			f.waiting = append(f.waiting, h)
		}
	}
}

// wants says whether the block is in the filter's range and can have a matching log.
func (f *logFeed) wants(h *types.Header) bool {
	number := gethrpc.BlockNumber(h.Number.Int64())
	from, to := f.criteria.bounds()
	switch {
	case from >= 0 && number < from, to >= 0 && number > to:
		return false
	case f.criteria.BlockHash != nil && *f.criteria.BlockHash != h.Hash():
		return false
	}
	return f.criteria.mayMatch(h.Bloom)
}

func (f *logFeed) remove(h *types.Header) {
	hash := h.Hash()
	if i := slices.IndexFunc(f.waiting, func(w *types.Header) bool { return w.Hash() == hash }); i >= 0 {
		f.waiting = slices.Delete(f.waiting, i, i+1)
		return
	}
	i := slices.IndexFunc(f.told, func(t toldBlock) bool { return t.hash == hash })
	if i < 0 {
		return
	}
	for _, l := range f.told[i].logs {
		gone := *l
		gone.Removed = true
		f.ready = append(f.ready, &gone)
	}
	f.told = slices.Delete(f.told, i, i+1)
}

// next returns the block whose logs are needed, nil if none is.
func (f *logFeed) next() *types.Header {
	if len(f.waiting) == 0 {
		return nil
	}
	return f.waiting[0]
}

// fetched hands in the logs of the block that next returned.
func (f *logFeed) fetched(logs []*types.Log) {
	hash := f.waiting[0].Hash()
	f.waiting = f.waiting[1:]
	if len(logs) == 0 {
		return
	}
	f.ready = append(f.ready, logs...)
	f.told = append(f.told, toldBlock{hash, logs})
	if len(f.told) > rememberedBlocks {
		f.told = f.told[1:]
	}
}

// take returns what is to be reported, and forgets it.
func (f *logFeed) take() []*types.Log {
	logs := f.ready
	f.ready = nil
	return logs
}

// pending is the amount of work and reports that wait.
func (f *logFeed) pending() int { return len(f.waiting) + len(f.ready) }
