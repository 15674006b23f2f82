package client_test

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/rlp"

	"github.com/candela-les/candela/client"
	"github.com/candela-les/candela/client/clienttest"
	"github.com/candela-les/candela/wire"
)

// longBlocks is a chain of eleven pieces of headers, the first and last cut off.
const longBlocks = 2000

var longChain = sync.OnceValue(func() *world { return build(longBlocks, 0) })

// long makes a world on the long chain: honest trusted servers, and whoever is
// given beside them, first.
func long(t testing.TB, trusted int, latency time.Duration, beside ...*clienttest.Server) *world {
	t.Helper()
	base := longChain()
	w := &world{chain: base.chain, blocks: base.blocks, config: base.config}
	now := func() uint64 { return uint64(time.Now().Unix()) }
	w.config.Trusted = nil
	for _, s := range beside {
		s.Now = now
		w.config.Servers = append(w.config.Servers, s.Node())
	}
	for i := range trusted {
		s := clienttest.NewServer(w.chain, byte(100+i), w.head())
		s.Now, s.Latency = now, latency
		w.servers = append(w.servers, s)
		w.config.Trusted = append(w.config.Trusted, s.Node())
	}
	w.open(t)
	for _, s := range beside {
		s.Connect(t, w.client)
	}
	eventually(t, func() bool {
		n := 0
		for _, s := range w.client.Status().Servers {
			if s.Connected {
				n++
			}
		}
		return n == len(beside)
	})
	for _, s := range w.servers {
		s.Connect(t, w.client)
	}
	w.waitHead(t, w.head())
	return w
}

// everyThird are the numbers of the blocks that log.
func everyThird(first, last uint64) (numbers []uint64) {
	for n := first; n <= last; n++ {
		if n%3 == 0 && n > 0 {
			numbers = append(numbers, n)
		}
	}
	return numbers
}

func (w *world) wantLogs(t testing.TB, first, last uint64) {
	t.Helper()
	logs, err := w.client.Logs(t.Context(), client.LogFilter{From: first, To: last, Addresses: []common.Address{clienttest.Logger}})
	if err != nil {
		t.Fatal(err)
	}
	want := everyThird(first, last)
	if len(logs) != len(want) {
		t.Fatalf("%d logs in blocks %d to %d, want %d", len(logs), first, last, len(want))
	}
	for i, l := range logs {
		if l.BlockNumber != want[i] || l.BlockHash != w.blocks[want[i]].Hash() {
			t.Fatalf("log %d is of block %d, want %d", i, l.BlockNumber, want[i])
		}
	}
}

// requests counts what a server was asked.
func requests(servers ...*clienttest.Server) (headers, byNumber, receipts, bodies int) {
	for _, s := range servers {
		for _, req := range s.Requests() {
			switch req := req.(type) {
			case *wire.GetHeaders:
				headers++
				if req.Origin.Hash == (wire.Hash{}) {
					byNumber++
				}
			case *wire.GetReceipts:
				receipts++
			case *wire.GetBodies:
				bodies++
			}
		}
	}
	return headers, byNumber, receipts, bodies
}

// How many replies a wide search waits for, one after another: on virtual time the
// latency is all that passes.
func TestWideLogsWaitForFewReplies(t *testing.T) {
	longChain()
	for _, c := range []struct {
		name   string
		filter client.LogFilter
		logs   int
		delays int
	}{
		// Eleven pieces, eight at a time.
		{"no hits", client.LogFilter{Topics: [][]common.Hash{{word(1)}}}, 0, 2},
		// And twenty-one batches of blocks, four at a time.
		{"a hit in every third block", client.LogFilter{Addresses: []common.Address{clienttest.Logger}}, longBlocks / 3, 8},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				const latency = 100 * time.Millisecond
				w := long(t, 2, latency)
				requests(w.servers...)
				c.filter.From, c.filter.To = 1, longBlocks
				started := time.Now()
				logs, err := w.client.Logs(t.Context(), c.filter)
				delays := int((time.Since(started) + latency/2) / latency)
				if err != nil || len(logs) != c.logs || delays > c.delays {
					t.Errorf("%d logs after %d replies, want %d after %d: %v", len(logs), delays, c.logs, c.delays, err)
				}
				headers, byNumber, receipts, bodies := requests(w.servers...)
				if pieces := 11; headers != pieces || byNumber != pieces-1 {
					t.Errorf("%d requests for headers, %d by number", headers, byNumber)
				}
				if batches := (c.logs + 31) / 32; receipts != batches || bodies != batches {
					t.Errorf("%d requests for receipts, %d for bodies, want %d", receipts, bodies, batches)
				}
				if p := w.client.LastProof(); p.Requests != headers+receipts+bodies || p.RoundTrips != p.Requests {
					t.Errorf("proof record: %d requests, %d round trips", p.Requests, p.RoundTrips)
				}
				// What was searched is remembered, whatever is searched for.
				other := c.filter
				other.Addresses, other.Topics = nil, [][]common.Hash{{word(2)}}
				if _, err := w.client.Logs(t.Context(), other); err != nil {
					t.Error(err)
				}
				if headers, _, _, _ := requests(w.servers...); headers > 2 {
					t.Errorf("%d requests for headers that are known", headers)
				}
				w.client.Close()
			})
		})
	}
}

// Pieces go to several servers; to which ones is for their measured speed to say,
// and the clock here is the real one.
func TestPiecesAreSpread(t *testing.T) {
	w := long(t, 3, 5*time.Millisecond)
	requests(w.servers...)
	w.wantLogs(t, 1, longBlocks)
	asked := 0
	for _, s := range w.servers {
		if headers, _, _, _ := requests(s); headers > 0 {
			asked++
		}
	}
	if asked < 2 {
		t.Errorf("%d of %d servers were asked for headers", asked, len(w.servers))
	}
}

// Ranges whose ends are anywhere in a piece.
func TestRangesOfAnyShape(t *testing.T) {
	w := long(t, 2, 0)
	for _, r := range [][2]uint64{{0, 5}, {191, 193}, {192, 383}, {100, 1000}, {383, 384}, {1, 1999}, {0, 2000}, {700, 700}} {
		w.wantLogs(t, r[0], r[1])
	}
}

// wrongPieces are ways to answer a request for headers by number. Quiet ones cannot
// be told from an honest server that does not have it.
func wrongPieces(t *testing.T) map[string]func(honest [][]byte) [][]byte {
	base := longChain()
	// Another chain of the same length, with valid links of its own.
	fork := base.chain.Grow(base.blocks[10], 1500, 77)
	encode := func(v any) []byte {
		enc, err := rlp.EncodeToBytes(v)
		if err != nil {
			t.Fatal(err)
		}
		return enc
	}
	number := func(enc []byte) uint64 {
		info, err := wire.PeekHeader(enc)
		if err != nil {
			t.Fatal(err)
		}
		return info.Number
	}
	shifted := func(by uint64) func([][]byte) [][]byte {
		return func(honest [][]byte) [][]byte {
			var out [][]byte
			for _, enc := range honest {
				n := number(enc) + by
				if n > longBlocks {
					return honest
				}
				out = append(out, encode(base.blocks[n].Header()))
			}
			return out
		}
	}
	return map[string]func(honest [][]byte) [][]byte{
		"another chain": func(honest [][]byte) [][]byte {
			out := slices.Clone(honest)
			for i, enc := range honest {
				if n := number(enc); n > 10 && n <= 1510 {
					out[i] = encode(fork[n-11].Header())
				}
			}
			return out
		},
		"other numbers":      shifted(1),
		"other numbers, far": shifted(192),
		"a gap": func(honest [][]byte) [][]byte {
			return append(slices.Clone(honest[:5]), honest[6:]...)
		},
		"a gap, filled up": func(honest [][]byte) [][]byte {
			out := append(slices.Clone(honest[:5]), honest[6:]...)
			return append(out, honest[len(honest)-1])
		},
		"one twice": func(honest [][]byte) [][]byte {
			out := slices.Clone(honest)
			out[7] = out[6]
			return out
		},
		"all the same": func(honest [][]byte) [][]byte {
			out := slices.Clone(honest)
			for i := range out {
				out[i] = out[0]
			}
			return out
		},
		"reversed": func(honest [][]byte) [][]byte {
			out := slices.Clone(honest)
			slices.Reverse(out)
			return out
		},
		"one bit": func(honest [][]byte) [][]byte {
			out := slices.Clone(honest)
			out[3] = slices.Clone(out[3])
			out[3][200] ^= 1 // in the bloom
			return out
		},
		"one bit of the newest": func(honest [][]byte) [][]byte {
			out := slices.Clone(honest)
			n := len(out) - 1
			out[n] = slices.Clone(out[n])
			out[n][200] ^= 1
			return out
		},
		"too few":  func(honest [][]byte) [][]byte { return honest[:len(honest)/2] },
		"nothing":  func([][]byte) [][]byte { return nil },
		"no block": func(honest [][]byte) [][]byte { return append(slices.Clone(honest[1:]), []byte{0xc0}) },
	}
}

func TestWrongPiecesNeverChangeAnAnswer(t *testing.T) {
	for name, forge := range wrongPieces(t) {
		for _, alone := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, alone %t", name, alone), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) { tryWrongPieces(t, forge, alone) })
			})
		}
	}
}

// tryWrongPieces searches beside a liar, on virtual time: the liar is there at once
// and the others are not, so it is asked.
func tryWrongPieces(t *testing.T, forge func([][]byte) [][]byte, alone bool) {
	t.Helper()
	told := 0
	var mu sync.Mutex
	lie := func(req wire.Request, reply wire.Reply) wire.Reply {
		h, ok := reply.(*wire.Headers)
		q, asked := req.(*wire.GetHeaders)
		if !ok || !asked || q.Origin.Hash != (wire.Hash{}) || len(h.Headers) < 8 {
			return reply
		}
		mu.Lock()
		defer mu.Unlock()
		told++
		h.Headers = forge(h.Headers)
		return h
	}
	var w *world
	liar := 0
	if alone {
		// The only server: it is right about what is asked by hash, so the
		// answer is found nevertheless.
		w = long(t, 1, 0)
		w.servers[0].Forge(lie)
	} else {
		s := clienttest.NewServer(longChain().chain, 1, longChain().head())
		s.Forge(lie)
		w = long(t, 2, 100*time.Millisecond, s)
		liar = 2
	}
	w.wantLogs(t, 1, longBlocks)
	mu.Lock()
	forged := told
	mu.Unlock()
	if forged == 0 {
		t.Fatal("nothing was forged")
	}
	st := w.client.Status().Servers[liar]
	if st.Lies+st.Failures == 0 {
		t.Error("not scored")
	}
	for i, other := range w.client.Status().Servers {
		if i != liar && other.Lies > 0 {
			t.Errorf("honest server %d was taken for a liar", i)
		}
	}
	// What was wrong has not been kept.
	w.wantLogs(t, 1, longBlocks)
	w.client.Close()
}

// A server on another branch is honest: its pieces do not link, which costs it some
// of its standing, not its place.
func TestPiecesOfAnotherBranch(t *testing.T) {
	base := longChain()
	branch := base.chain.Grow(base.blocks[1000], longBlocks-1000+5, 55)
	other := clienttest.NewServer(base.chain, 1, branch[len(branch)-1])
	w := long(t, 2, 0, other)
	w.wantLogs(t, 1, longBlocks)
	if st := w.client.Status().Servers[2]; st.Lies != 0 || !st.Connected {
		t.Errorf("%d lies, connected %t", st.Lies, st.Connected)
	}
}

// Kept runs are of the chain that they were found on, and not of another one.
func TestKeptPiecesAfterAReorganisation(t *testing.T) {
	base := longChain()
	branch := base.chain.Grow(base.blocks[1990], 12, 56)
	w := long(t, 2, 0)
	w.wantLogs(t, 1, longBlocks)
	for _, s := range w.servers {
		s.SetHead(branch[11], nil, nil)
	}
	w.waitHead(t, branch[11])
	w.blocks = append(slices.Clone(base.blocks[:1991]), branch...)
	requests(w.servers...)
	w.wantLogs(t, 1, uint64(len(w.blocks)-1))
	if headers, _, _, _ := requests(w.servers...); headers > 3 {
		t.Errorf("%d requests for headers that are known", headers)
	}
}

// Batches of receipts and bodies from which something is missing or wrong.
func TestWrongBatches(t *testing.T) {
	cut := func(l *[][]byte, change func([][]byte) [][]byte) { *l = change(slices.Clone(*l)) }
	for name, change := range map[string]func([][]byte) [][]byte{
		"the first left out":  func(l [][]byte) [][]byte { return l[1:] },
		"every other one":     func(l [][]byte) [][]byte { return slices.DeleteFunc(l, func(b []byte) bool { return len(b)%2 == 0 }) },
		"only the first":      func(l [][]byte) [][]byte { return l[:1] },
		"nothing":             func([][]byte) [][]byte { return nil },
		"two changed round":   func(l [][]byte) [][]byte { l[0], l[len(l)-1] = l[len(l)-1], l[0]; return l },
		"one twice":           func(l [][]byte) [][]byte { return append(l, l[0]) },
		"a flipped bit":       func(l [][]byte) [][]byte { l[0] = slices.Clone(l[0]); l[0][len(l[0])-1] ^= 1; return l },
		"something else":      func(l [][]byte) [][]byte { l[len(l)/2] = []byte{0xc0}; return l },
		"the first one twice": func(l [][]byte) [][]byte { l[len(l)-1] = l[0]; return l },
	} {
		t.Run(name, func(t *testing.T) {
			s := clienttest.NewServer(longChain().chain, 1, longChain().head())
			s.Forge(func(_ wire.Request, reply wire.Reply) wire.Reply {
				switch r := reply.(type) {
				case *wire.Receipts:
					if len(r.Receipts) > 1 {
						cut(&r.Receipts, change)
					}
				case *wire.Bodies:
					if len(r.Bodies) > 1 {
						cut(&r.Bodies, change)
					}
				}
				return reply
			})
			w := long(t, 2, 0, s)
			w.wantLogs(t, 1, 900)
		})
	}
}

// A search that is given up leaves nothing behind; goleak looks for it.
func TestSearchIsCancelled(t *testing.T) {
	w := long(t, 1, 20*time.Millisecond)
	w.servers[0].Forge(func(req wire.Request, reply wire.Reply) wire.Reply {
		if _, ok := req.(*wire.GetReceipts); ok {
			go w.client.Close()
		}
		return reply
	})
	_, err := w.client.Logs(t.Context(), client.LogFilter{From: 1, To: longBlocks})
	if !errors.Is(err, client.ErrClosed) {
		t.Errorf("got %v", err)
	}
}
