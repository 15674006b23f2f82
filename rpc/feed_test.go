package rpc

import (
	"math/big"
	"slices"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"pgregory.net/rapid"

	"github.com/candela-les/candela/client"
)

// modelBlock is a block with its logs, as a chain that can be reorganised knows it.
type modelBlock struct {
	header *types.Header
	logs   []*types.Log
}

func drawBlock(t *rapid.T, number, serial int) modelBlock {
	b := modelBlock{}
	receipt := &types.Receipt{}
	for i := range rapid.IntRange(0, 3).Draw(t, "logs") {
		receipt.Logs = append(receipt.Logs, &types.Log{
			Address: common.BytesToAddress([]byte{byte(rapid.IntRange(1, 3).Draw(t, "address"))}),
			Topics:  []common.Hash{common.BytesToHash([]byte{byte(rapid.IntRange(1, 3).Draw(t, "topic"))})},
			Index:   uint(i),
			TxHash:  common.BytesToHash([]byte{byte(serial >> 8), byte(serial)}),
		})
	}
	b.logs = receipt.Logs
	b.header = &types.Header{
		Number: big.NewInt(int64(number)),
		Extra:  []byte{byte(serial >> 8), byte(serial)},
		Bloom:  types.CreateBloom(receipt),
	}
	return b
}

// TestLogFeed: whatever happens to the chain and whenever logs are fetched, applying what the feed reports, additions
// and removals, leaves exactly the matching logs of the canonical chain.
func TestLogFeed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		criteria := &FilterCriteria{}
		if rapid.Bool().Draw(t, "by address") {
			criteria.Addresses = []common.Address{common.BytesToAddress([]byte{1})}
		}
		if rapid.Bool().Draw(t, "by topic") {
			criteria.Topics = [][]common.Hash{{common.BytesToHash([]byte{1}), common.BytesToHash([]byte{2})}}
		}
		var (
			feed   = &logFeed{criteria: criteria}
			chain  []modelBlock
			every  = map[common.Hash]modelBlock{}
			seen   []*types.Log // what a listener believes
			serial int
		)
		fetch := func() {
			h := feed.next()
			if h == nil {
				return
			}
			var matching []*types.Log
			for _, l := range every[h.Hash()].logs {
				if criteria.matches(l) {
					matching = append(matching, l)
				}
			}
			feed.fetched(matching)
		}
		apply := func() {
			for _, l := range feed.take() {
				if !l.Removed {
					seen = append(seen, l)
					continue
				}
				i := slices.IndexFunc(seen, func(s *types.Log) bool { return s.TxHash == l.TxHash && s.Index == l.Index })
				if i < 0 {
					t.Fatalf("removed what was never reported: %v", l)
				}
				seen = slices.Delete(seen, i, i+1)
			}
		}
		t.Repeat(map[string]func(*rapid.T){
			"head": func(t *rapid.T) {
				var e client.HeadEvent
				keep := len(chain) - rapid.IntRange(0, min(3, len(chain))).Draw(t, "removed")
				for _, b := range chain[keep:] {
					e.Removed = append(e.Removed, b.header)
				}
				chain = chain[:keep]
				for range rapid.IntRange(1, 4).Draw(t, "added") {
					serial++
					b := drawBlock(t, len(chain)+1, serial)
					every[b.header.Hash()] = b
					chain = append(chain, b)
					e.Added = append(e.Added, b.header)
				}
				feed.push(e)
			},
			"fetch":  func(*rapid.T) { fetch() },
			"report": func(*rapid.T) { apply() },
		})
		for feed.next() != nil {
			fetch()
		}
		apply()
		var want []*types.Log
		for _, b := range chain {
			for _, l := range b.logs {
				if criteria.matches(l) {
					want = append(want, l)
				}
			}
		}
		if !slices.Equal(seen, want) {
			t.Fatalf("reported %v, the chain has %v", seen, want)
		}
		if feed.pending() != 0 {
			t.Fatalf("%d pending", feed.pending())
		}
	})
}

// TestLogFeedRange: a feed reports only blocks of its range.
func TestLogFeedRange(t *testing.T) {
	header := func(n int64) *types.Header { return &types.Header{Number: big.NewInt(n)} }
	two, three := header(2), header(3)
	hash := three.Hash()
	for _, c := range []struct {
		json string
		want []*types.Header
	}{
		{`{}`, []*types.Header{two, three}},
		{`{"fromBlock":"0x3"}`, []*types.Header{three}},
		{`{"fromBlock":"0x0","toBlock":"0x2"}`, []*types.Header{two}},
		{`{"blockHash":"` + hash.Hex() + `"}`, []*types.Header{three}},
		{`{"address":"0x0000000000000000000000000000000000000001"}`, nil}, // not in the blooms
		{`{"topics":[[],["0x0000000000000000000000000000000000000000000000000000000000000001"]]}`, nil},
	} {
		criteria := new(FilterCriteria)
		if err := criteria.UnmarshalJSON([]byte(c.json)); err != nil {
			t.Fatal(err)
		}
		feed := &logFeed{criteria: criteria}
		feed.push(client.HeadEvent{Added: []*types.Header{two, three}})
		if !slices.Equal(feed.waiting, c.want) {
			t.Errorf("%s: waits for %v, want %v", c.json, feed.waiting, c.want)
		}
	}
}

// TestLogFeedMemory: the feed forgets blocks that are too deep to be reorganised away.
func TestLogFeedMemory(t *testing.T) {
	feed := &logFeed{criteria: new(FilterCriteria)}
	for n := range int64(2 * rememberedBlocks) {
		feed.push(client.HeadEvent{Added: []*types.Header{{Number: big.NewInt(n)}}})
		feed.fetched([]*types.Log{{}})
		feed.take()
	}
	if len(feed.told) != rememberedBlocks {
		t.Errorf("remembers %d blocks, want %d", len(feed.told), rememberedBlocks)
	}
}
