package watch_test

import (
	"context"
	"errors"
	"maps"
	"slices"
	"testing"

	ethereum "github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"pgregory.net/rapid"

	"github.com/candela-les/candela/pay/watch"
	"github.com/candela-les/candela/pay/watch/watchtest"
)

// reader is a subject as doc.go wants it: of each word it knows how often it was emitted up to Head and up to Sure, and it
// reads that again only for the words that logs name, and for all of them when it is told to.
type reader struct {
	truth      *truth
	head, sure map[int64]int
	seen       watch.View
}

const allWords = 6

func (r *reader) Filter() watch.Filter { return emitters() }

func (r *reader) See(_ context.Context, v watch.View) error {
	again := map[int64]bool{}
	for _, l := range v.Logs {
		again[l.Topics[0].Big().Int64()] = true
	}
	if v.Again {
		r.head, r.sure = map[int64]int{}, map[int64]int{}
		for n := range int64(allWords) {
			again[n+1] = true
		}
	}
	head, err := r.truth.at(v.Head.Hash)
	if err != nil {
		return err
	}
	sure, err := r.truth.at(v.Sure.Hash)
	if err != nil {
		return err
	}
	for n := range again {
		r.head[n], r.sure[n] = head[n], sure[n]
	}
	r.seen = v
	return nil
}

// truth is the naive twin: it counts from the beginning of the chain.
type truth struct {
	t    *testing.T
	node watch.Node
	up   map[common.Hash]map[int64]int
}

func (o *truth) at(hash common.Hash) (map[int64]int, error) {
	if known := o.up[hash]; known != nil {
		return known, nil
	}
	h, err := o.node.HeaderByHash(o.t.Context(), hash)
	if err != nil {
		return nil, err
	}
	count := map[int64]int{}
	for n := range int64(allWords) {
		count[n+1] = 0
	}
	if h.Number.Sign() > 0 {
		before, err := o.at(h.ParentHash)
		if err != nil {
			return nil, err
		}
		count = maps.Clone(before)
		logs, err := o.node.FilterLogs(o.t.Context(), ethereum.FilterQuery{BlockHash: &hash, Addresses: emitters().Addresses})
		if err != nil {
			return nil, err
		}
		for _, n := range words(logs) {
			count[n]++
		}
	}
	o.up[hash] = count
	return count, nil
}

// A subject that reads only what it is told to read knows all of it, whatever the chain and its provider do.
func TestWatcherWhateverHappens(t *testing.T) {
	watchtest.NoLeaks(t)
	rapid.Check(t, func(rt *rapid.T) {
		ok := t.Run("", func(t *testing.T) { walk(t, rt) })
		if !ok {
			rt.Fatal("see above")
		}
	})
}

func walk(t *testing.T, rt *rapid.T) {
	kept := watchtest.NewMemory()
	o := oneOfMany(t, 3, func(c *watch.Config) { c.Cursors, c.MaxRange = kept, 4 })
	broken := watchtest.RPCError{Code: -32005, Text: "broken by the test"}
	twin := &truth{t, o.chain.Node(), map[common.Hash]map[int64]int{}}
	r := &reader{truth: twin}
	o.w.Watch("r", 1, r)
	steps := rapid.SliceOfN(rapid.SampledFrom([]string{
		"emit", "emit", "mine", "mine", "mine", "mine", "away", "back", "deep", "restart", "fault", "late", "heal", "heal",
	}), 5, 40).Draw(rt, "steps")
	heal := func() {
		o.node.Set(nil)
		o.node.SetLogs(nil)
	}
	check := func() {
		_, err := o.w.Look(t.Context())
		if err != nil {
			if !errors.Is(err, broken) {
				t.Error(err)
			}
			return
		}
		for _, c := range []struct {
			name string
			hash common.Hash
			got  map[int64]int
		}{{"sure", r.seen.Sure.Hash, r.sure}, {"head", r.seen.Head.Hash, r.head}} {
			if want, err := twin.at(c.hash); err != nil || !maps.Equal(want, c.got) {
				t.Errorf("%s: knows %v, is %v, %v", c.name, c.got, want, err)
			}
		}
	}
	for i, step := range steps {
		late := false
		switch step {
		case "emit":
			o.chain.Emit(watchtest.Emitter(), uint64(1+i%allWords))
		case "mine":
			o.chain.Mine(1)
		case "away":
			o.chain.Mine(7)
		case "back", "deep":
			depth := min(map[string]uint64{"back": 2, "deep": 6}[step], o.chain.Head().Number.Uint64())
			if depth > 0 {
				o.chain.Back(depth, i%2 == 0 || !o.quiet())
				o.chain.Mine(int(depth) + i%2)
			}
		case "restart":
			heal()
			o.w.Close()
			o.open()
			o.w.Watch("r", 1, r)
		case "fault":
			method := []string{"Head", "HeaderByNumber", "FilterLogs", "ChainID"}[i%4]
			o.node.Set(func(_ context.Context, m string) error {
				if m == method {
					return broken
				}
				return nil
			})
		case "late":
			late = true
			o.node.SetLogs(func(q ethereum.FilterQuery, logs []types.Log) ([]types.Log, error) {
				return slices.DeleteFunc(logs, func(l types.Log) bool { return l.BlockNumber == o.chain.Head().Number.Uint64() }), nil
			})
		case "heal":
			heal()
		}
		if late {
			o.w.Look(t.Context()) //nolint:errcheck // what it knows of the head is incomplete now
			o.node.SetLogs(nil)
			o.chain.Mine(1)
		}
		check()
	}
	heal()
	o.chain.Mine(1)
	check()
}

// quiet reports whether no transaction waits to be mined.
func (o *world) quiet() bool {
	o.t.Helper()
	pending, err := o.chain.Client().PendingNonceAt(o.t.Context(), o.chain.Address)
	if err != nil {
		o.t.Fatal(err)
	}
	mined, err := o.chain.Client().NonceAt(o.t.Context(), o.chain.Address, nil)
	if err != nil {
		o.t.Fatal(err)
	}
	return pending == mined
}
