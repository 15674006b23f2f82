package proof_test

import (
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"pgregory.net/rapid"

	"github.com/candela-les/candela/proof"
)

// Few different addresses and topics, so that filters hit now and then.
var (
	someAddress = rapid.Custom(func(t *rapid.T) common.Address {
		return common.Address{19: rapid.SampledFrom([]byte{1, 2, 3, 4}).Draw(t, "address")}
	})
	someTopic = rapid.Custom(func(t *rapid.T) common.Hash {
		return common.Hash{31: rapid.SampledFrom([]byte{1, 2, 3, 4}).Draw(t, "topic")}
	})
	someLog = rapid.Custom(func(t *rapid.T) *types.Log {
		return &types.Log{
			Address: someAddress.Draw(t, "log address"),
			Topics:  rapid.SliceOfN(someTopic, 0, 4).Draw(t, "log topics"),
		}
	})
	someFilter = rapid.Custom(func(t *rapid.T) *proof.LogFilter {
		return &proof.LogFilter{
			Addresses: rapid.SliceOfN(someAddress, 0, 3).Draw(t, "addresses"),
			Topics:    rapid.SliceOfN(rapid.SliceOfN(someTopic, 0, 3), 0, 4).Draw(t, "topics"),
		}
	})
)

// naiveMatch is the specification of eth_getLogs, word for word: the log is
// excluded by the first thing that it lacks.
func naiveMatch(f *proof.LogFilter, log *types.Log) bool {
	if len(f.Addresses) > 0 && !oneOf(f.Addresses, log.Address) {
		return false
	}
	for i := range f.Topics {
		if i >= len(log.Topics) {
			return false
		}
		if len(f.Topics[i]) > 0 && !oneOf(f.Topics[i], log.Topics[i]) {
			return false
		}
	}
	return true
}

func oneOf[T comparable](list []T, item T) bool {
	set := map[T]bool{}
	for _, i := range list {
		set[i] = true
	}
	return set[item]
}

// TestLogFilter compares selection with the naive twin, and shows the property
// that completeness stands on: a bloom never denies a block that has a match.
func TestLogFilter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		filter := someFilter.Draw(t, "filter")
		var receipts types.Receipts
		var bloom types.Bloom
		want := 0
		for _, logs := range rapid.SliceOfN(rapid.SliceOfN(someLog, 0, 3), 0, 3).Draw(t, "receipts") {
			receipt := &types.Receipt{Logs: logs}
			receipt.Bloom = types.CreateBloom(receipt)
			receipts = append(receipts, receipt)
			for _, log := range logs {
				if naiveMatch(filter, log) != filter.Match(log) {
					t.Fatalf("%+v and %+v: twin disagrees", filter, log)
				}
				if filter.Match(log) {
					want++
				}
			}
		}
		bloom = types.MergeBloom(receipts)
		if got := filter.Select(receipts); len(got) != want {
			t.Fatalf("selected %d logs, want %d", len(got), want)
		}
		if want > 0 && !proof.NewBloomMatcher(filter).MayMatch(&bloom) {
			t.Fatal("the bloom denies a block with a match")
		}
	})
}

// TestBloomMatcherIsExact compares the precomputed bits with go-ethereum's own, on
// blooms that hold part of what is asked.
func TestBloomMatcherIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		filter := someFilter.Draw(t, "filter")
		var bloom types.Bloom
		bloom.Add([]byte("somebody else's log"))
		for _, log := range rapid.SliceOfN(someLog, 0, 3).Draw(t, "logs") {
			bloom.Add(log.Address[:])
			for _, topic := range log.Topics {
				bloom.Add(topic[:])
			}
		}
		want := len(filter.Addresses) == 0
		for _, addr := range filter.Addresses {
			want = want || types.BloomLookup(bloom, addr)
		}
		for _, alternatives := range filter.Topics {
			one := len(alternatives) == 0
			for _, topic := range alternatives {
				one = one || types.BloomLookup(bloom, topic)
			}
			want = want && one
		}
		if got := proof.NewBloomMatcher(filter).MayMatch(&bloom); got != want {
			t.Fatalf("got %t, want %t", got, want)
		}
	})
}

func TestEmptyBloomHasNoLogs(t *testing.T) {
	if proof.NewBloomMatcher(&proof.LogFilter{}).MayMatch(new(types.Bloom)) {
		t.Error("a filter for everything matches a block without logs")
	}
	var bloom types.Bloom
	bloom.Add(crypto.Keccak256([]byte("x")))
	if !proof.NewBloomMatcher(&proof.LogFilter{}).MayMatch(&bloom) {
		t.Error("a filter for everything denies a block with logs")
	}
}
