package chaintest

import (
	"errors"
	"slices"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/candela-les/candela/chain"
)

// testLogs asks for every address and topic that any known log has, alone and
// combined, and compares with a search through all the receipts.
func (h *Harness) testLogs(t *testing.T) {
	first, last := h.Blocks[0].NumberU64(), h.head().NumberU64()
	for _, q := range h.logQueries() {
		q.First, q.Last = first, last
		h.checkLogs(t, q)
		if last > first { // and an inner part of the range
			q.First, q.Last = first+(last-first)/3, last-(last-first)/4
			h.checkLogs(t, q)
		}
	}
	if found, err := h.Source.LogCandidates(testContext(t), chain.LogQuery{First: last, Last: first}); last > first &&
		(err != nil || len(found) != 0) {
		t.Errorf("a range that ends before it begins: %v (%v)", found, err)
	}
	beyond := h.Source.Head().Number + 1<<20
	_, err := h.Source.LogCandidates(testContext(t), chain.LogQuery{First: last, Last: beyond})
	if !errors.Is(err, chain.ErrUnknown) {
		t.Errorf("logs up to block %d: %v, want ErrUnknown", beyond, err)
	}
}

// logQueries are made of the logs themselves, so that most of them match.
func (h *Harness) logQueries() []chain.LogQuery {
	queries := []chain.LogQuery{
		{},
		{Addresses: []chain.Address{{1, 2, 3}}},
		{Topics: [][]chain.Hash{{missing()}}},
	}
	for _, b := range h.Blocks {
		for _, receipt := range b.Receipts {
			for _, log := range receipt.Logs {
				if len(queries) > 400 {
					return queries
				}
				queries = append(queries,
					chain.LogQuery{Addresses: []chain.Address{log.Address}},
					chain.LogQuery{Addresses: []chain.Address{{9}, log.Address}})
				for i, topic := range log.Topics {
					topics := make([][]chain.Hash, i+1)
					topics[i] = []chain.Hash{missing(), topic}
					queries = append(queries,
						chain.LogQuery{Topics: topics},
						chain.LogQuery{Addresses: []chain.Address{log.Address}, Topics: topics})
				}
			}
		}
	}
	return queries
}

func (h *Harness) checkLogs(t *testing.T, q chain.LogQuery) {
	t.Helper()
	found, err := h.Source.LogCandidates(testContext(t), q)
	if err != nil {
		t.Fatalf("log candidates: %v", err)
	}
	for i, block := range found {
		if block.Number < q.First || block.Number > q.Last || (i > 0 && found[i-1].Number >= block.Number) {
			t.Errorf("candidates %v are not in order within [%d, %d]", found, q.First, q.Last)
		}
		if hash, err := h.Source.CanonicalHash(testContext(t), block.Number); err != nil || hash != block.Hash {
			t.Errorf("candidate %d is %x, the canonical block %x (%v)", block.Number, block.Hash, hash, err)
		}
	}
	for _, b := range h.Blocks {
		number := b.NumberU64()
		if number < q.First || number > q.Last || !slices.ContainsFunc(b.Receipts, func(r *types.Receipt) bool {
			return slices.ContainsFunc(r.Logs, func(l *types.Log) bool { return matches(q, l) })
		}) {
			continue
		}
		if !slices.Contains(found, chain.Block{Number: number, Hash: b.Hash()}) {
			t.Errorf("block %d has a matching log and is no candidate for %+v", number, q)
		}
	}
}

// matches is the rule of eth_getLogs, spelled out.
func matches(q chain.LogQuery, log *types.Log) bool {
	if len(q.Addresses) > 0 && !slices.Contains(q.Addresses, chain.Address(log.Address)) {
		return false
	}
	if len(q.Topics) > len(log.Topics) {
		return false
	}
	for i, topics := range q.Topics {
		if len(topics) > 0 && !slices.ContainsFunc(topics, func(h chain.Hash) bool { return common.Hash(h) == log.Topics[i] }) {
			return false
		}
	}
	return true
}
