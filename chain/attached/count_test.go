package attached_test

import (
	"errors"
	"math/big"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/candela-les/candela/chain"
	"github.com/candela-les/candela/chain/attached"
	"github.com/candela-les/candela/chain/attached/attachedtest"
	"github.com/candela-les/candela/chain/embedded/devtest"
)

// quiet is a source whose looks at the head do not come in between.
func (b *bed) quiet(t *testing.T) *attached.Node {
	t.Helper()
	cfg := config(t, b.proxy.URL())
	cfg.PollInterval = time.Hour
	source := open(t, cfg)
	until(t, "the first look is over", func() bool { return source.Stats().Requests["eth_getBlockByNumber"] > 0 })
	settled := b.proxy.Total()
	until(t, "nothing more is asked", func() bool {
		before := settled
		time.Sleep(20 * time.Millisecond) // for looks under way; too short a time fails the count below
		settled = b.proxy.Total()
		return before == settled
	})
	return source
}

// TestAskedOnce: of a hundred who ask the same at the same time, one question goes to
// the node; who asks later costs none.
func TestAskedOnce(t *testing.T) {
	noLeaks(t)
	b := newBed(t)
	// State takes three. Who is late by a moment may find a part of it kept, and asks for the
	// rest.
	most := map[string]int{
		"header": 1, "body": 1, "receipts": 2, "number": 1, "state": 8, "absence": 4, "witness": 12, "status": 4,
	}
	for _, q := range b.questions(t) {
		source := b.quiet(t)
		before := b.proxy.Total()
		// Nobody is answered before all have asked.
		var asked sync.WaitGroup
		asked.Add(100)
		b.proxy.Refuse(func(*http.Request, int) int { asked.Wait(); return 0 })
		var all sync.WaitGroup
		for range 100 {
			all.Go(func() {
				asked.Done()
				if got, err := q.ask(t, source); err != nil || !q.right(t, got) {
					t.Errorf("%s: %v", q.name, err)
				}
			})
		}
		all.Wait()
		b.proxy.Refuse(nil)
		first := b.proxy.Total() - before
		t.Logf("%s: %d requests for 100 clients", q.name, first)
		if first == 0 || first > most[q.name] {
			t.Errorf("%s: %d requests, want 1 to %d", q.name, first, most[q.name])
		}
		if _, err := q.ask(t, source); err != nil {
			t.Error(err)
		}
		again := b.proxy.Total() - before - first
		// What is the node's word now may be another one later.
		if again > 0 && q.name != "status" || again > 1 {
			t.Errorf("%s: %d requests for who asks later", q.name, again)
		}
		if s := source.Stats(); q.name != "status" && (s.Hits == 0 || s.Misses == 0) {
			t.Errorf("%s: counters %+v", q.name, s)
		}
		if err := source.Close(); err != nil {
			t.Error(err)
		}
	}
}

// TestCallsAgain: a call that was run on one block needs no trace on the next, only the
// state that it touches; and whoever runs it again on the same block costs nothing.
func TestCallsAgain(t *testing.T) {
	noLeaks(t)
	b := newBed(t)
	source := b.quiet(t)
	call := chain.Call{To: (*chain.Address)(&devtest.Caller), Gas: 200_000, Data: devtest.Word(20)}
	run := func(number uint64) {
		t.Helper()
		block := chain.Hash(b.dev.Chain().GetHeaderByNumber(number).Hash())
		w, err := source.Witness(t.Context(), block, call)
		if err != nil {
			t.Fatal(err)
		}
		at := *b
		at.block.Hash = block
		if !at.returns(t, w, call, big.NewInt(401)) {
			t.Errorf("the call on block %d returns something else", number)
		}
	}
	run(5)
	traces, trips := b.proxy.Calls("debug_traceCall"), b.proxy.Trips()
	run(6)
	if got := b.proxy.Calls("debug_traceCall"); got != traces {
		t.Errorf("traced %d times more", got-traces)
	}
	if got := b.proxy.Trips() - trips; got > 2 { // the header, and all state at once
		t.Errorf("%d round trips", got)
	}
	total := b.proxy.Total()
	run(5)
	run(6)
	if got := b.proxy.Total() - total; got != 0 {
		t.Errorf("%d requests for what was run before", got)
	}
}

// TestReadAhead: who reads headers in a row gets them in batches, up by number and down
// by parent hashes; who asks for one costs one request.
func TestReadAhead(t *testing.T) {
	noLeaks(t)
	dev := devtest.Open(t, "")
	for range 200 {
		devtest.Commit(t, dev)
	}
	b := &bed{dev: dev, proxy: attachedtest.NewProxy(t, serverOf(t, dev.Node))}
	read := func(t *testing.T, next func(*attached.Node, int) chain.Hash) {
		t.Helper()
		source := b.quiet(t)
		trips, total := b.proxy.Trips(), b.proxy.Total()
		for i := range 150 {
			hash := next(source, i)
			if _, err := source.Header(t.Context(), hash); err != nil {
				t.Fatal(err)
			}
			if i == 0 && b.proxy.Total()-total != 1 {
				t.Errorf("%d requests for one header", b.proxy.Total()-total)
			}
		}
		trips, total = b.proxy.Trips()-trips, b.proxy.Total()-total
		t.Logf("150 headers: %d requests in %d round trips", total, trips)
		if trips > 12 || total > 220 {
			t.Errorf("150 headers took %d requests in %d round trips", total, trips)
		}
	}
	byNumber := func(number func(int) uint64) func(*attached.Node, int) chain.Hash {
		return func(source *attached.Node, i int) chain.Hash {
			hash, err := source.CanonicalHash(t.Context(), number(i))
			if err != nil {
				t.Fatal(err)
			}
			return hash
		}
	}
	t.Run("up", func(t *testing.T) { read(t, byNumber(func(i int) uint64 { return uint64(i + 10) })) })
	t.Run("down", func(t *testing.T) { read(t, byNumber(func(i int) uint64 { return uint64(180 - i) })) })
	t.Run("by hash", func(t *testing.T) {
		read(t, func(_ *attached.Node, i int) chain.Hash {
			return chain.Hash(dev.Chain().GetHeaderByNumber(uint64(180 - i)).Hash())
		})
	})
}

// TestManyAtOnce: what belongs to one question goes in one message.
func TestManyAtOnce(t *testing.T) {
	noLeaks(t)
	b := newBed(t)
	source := b.quiet(t)
	var queries []chain.StateQuery
	for i := range 50 {
		queries = append(queries, chain.StateQuery{Block: b.block.Hash, Address: chain.Address(common.BigToAddress(big.NewInt(int64(i))))})
	}
	trips := b.proxy.Trips()
	if _, err := source.Prove(t.Context(), queries); err != nil {
		t.Fatal(err)
	}
	if got := b.proxy.Trips() - trips; got > 2 { // the header, then all proofs
		t.Errorf("%d round trips for 50 accounts", got)
	}
}

// TestSmallBatches has nodes that take no batches, or small ones only.
func TestSmallBatches(t *testing.T) {
	noLeaks(t)
	for name, most := range map[string]int{"none": 1, "three": 3} {
		t.Run(name, func(t *testing.T) {
			b := newBed(t)
			b.proxy.Refuse(func(_ *http.Request, requests int) int {
				if requests > most {
					return http.StatusRequestEntityTooLarge
				}
				return 0
			})
			b.answers(t, b.cold(t))
		})
	}
}

// TestRate runs on a clock of its own: however much is asked, no node gets more than
// the configured rate, and who would have to wait too long is told.
func TestRate(t *testing.T) {
	const rate, burst = 50, 10
	b := newBed(t)
	all := attachedtest.Handler(serverOf2(t, b.dev.Node))
	block := b.dev.Chain().GetHeaderByNumber(3).Hash()
	synctest.Test(t, func(t *testing.T) {
		var (
			mu   sync.Mutex
			seen []time.Time
		)
		cfg := attached.Config{
			URLs: []string{"http://node.test"}, Now: time.Now, Rate: rate, Burst: burst, CacheBytes: 1,
			HTTP: attachedtest.RoundTripper(func(requests int) {
				mu.Lock()
				defer mu.Unlock()
				for range requests {
					seen = append(seen, time.Now())
				}
			}, all),
		}
		source, err := attached.Open(t.Context(), cfg)
		if err != nil {
			t.Fatal(err)
		}
		var (
			clients       sync.WaitGroup
			busy, answers int
		)
		for i := range 400 {
			clients.Go(func() {
				query := chain.StateQuery{Block: chain.Hash(block), Address: chain.Address{1, byte(i), byte(i >> 8)}}
				_, err := source.Prove(t.Context(), []chain.StateQuery{query})
				mu.Lock()
				defer mu.Unlock()
				switch {
				case err == nil:
					answers++
				case errors.Is(err, chain.ErrUnavailable):
					busy++
				default:
					t.Error(err)
				}
			})
		}
		clients.Wait()
		if err := source.Close(); err != nil {
			t.Error(err)
		}
		if answers == 0 || busy == 0 {
			t.Errorf("%d answers, %d refused", answers, busy)
		}
		for i, from := range seen {
			span := time.Second
			within := 0
			for _, at := range seen[i:] {
				if at.Sub(from) < span {
					within++
				}
			}
			if within > rate+burst {
				t.Fatalf("%d requests within a second", within)
			}
		}
		t.Logf("%d requests, %d answers, %d refused", len(seen), answers, busy)
	})
}
