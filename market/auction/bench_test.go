package auction_test

import (
	"fmt"
	"math/bits"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"

	"github.com/candela-les/candela/market/auction"
	"github.com/candela-les/candela/unit"
)

// workload is a way to change bids.
type workload struct {
	name   string
	k      int // most prices in a bid
	prices int // in each bid
	margin bool
	wide   bool // prices of a token with 18 decimals, not one of them round
	alike  bool // only 8 different prices
}

func workloads() []workload {
	return []workload{
		{name: "K=8/units=2/random", k: 8, prices: 2},
		{name: "K=8/units=2/margin", k: 8, prices: 2, margin: true},
		{name: "K=32/units=2/random", k: 32, prices: 2},
		{name: "K=32/units=2/margin", k: 32, prices: 2, margin: true},
		{name: "K=8/units=8/random", k: 8, prices: 8},
		{name: "K=8/units=8/margin", k: 8, prices: 8, margin: true},
		{name: "K=8/units=8/wide", k: 8, prices: 8, wide: true},
		{name: "K=8/units=8/alike", k: 8, prices: 8, alike: true},
	}
}

// gap is the mean distance of two prices in a book.
const gap = 1_000_000

// standing is an auction with bids clients, of whose unit prices half win.
func standing(b *testing.B, w workload, bids int, r *rand.Rand) *auction.Auction {
	a, err := auction.New(0, auction.Config{Prices: w.k, Units: uint64(bids * w.prices / 2), Reserve: unit.NewPrice(1)})
	if err != nil {
		b.Fatal(err)
	}
	for id := range bids {
		if err := a.Open(0, auction.Client(id), w.limit(r), 0); err != nil {
			b.Fatal(err)
		}
		if err := a.Bid(0, auction.Client(id), w.drawn(r, 0, uint64(bids*w.prices)*gap)); err != nil {
			b.Fatal(err)
		}
		a.Effects()
	}
	return a
}

// more is by how much prices and limits of the wide workload are higher.
const more = 1 << 40

// limit is what a client may owe: nobody is depleted meanwhile.
func (w workload) limit(r *rand.Rand) unit.Amount {
	n := 1e9 + r.Uint64N(1e9)
	if w.wide {
		return unit.AmountOfWords(bits.Mul64(n, more))
	}
	return unit.NewAmount(n)
}

// drawn are the prices of a bid from a range, the highest first.
func (w workload) drawn(r *rand.Rand, low, width uint64) []unit.Price {
	prices := make([]unit.Price, w.prices)
	for i := range prices {
		p := low + r.Uint64N(width)
		if w.alike {
			p -= p % (width / 8)
		}
		if w.wide {
			hi, lo := bits.Mul64(p, more)
			prices[i] = unit.PriceOfWords(hi, lo+r.Uint64N(more))
		} else {
			prices[i] = unit.NewPrice(p)
		}
	}
	slices.SortFunc(prices, func(p, q unit.Price) int { return q.Cmp(p) })
	return prices
}

// BenchmarkChange is one change of a bid, with all charging that it causes and the next
// depletion found. The margin workloads put the new prices among the 64 on either side
// of the edge, the others anywhere. The wide one has prices of which the tree keeps two parts, the alike
// one so few different ones that ages decide who comes first.
func BenchmarkChange(b *testing.B) {
	for _, w := range workloads() {
		for _, bids := range []int{1_000, 10_000, 100_000, 1_000_000} {
			b.Run(fmt.Sprintf("%s/bids=%d", w.name, bids), func(b *testing.B) {
				r := rand.New(rand.NewPCG(1, uint64(bids)))
				before := heap()
				a := standing(b, w, bids, r)
				memory := heap() - before
				low, width := uint64(0), uint64(bids*w.prices)*gap
				if w.margin {
					low, width = width/2-64*gap, 128*gap
				}
				// Drawn ahead, so that drawing is not measured; far apart, so that
				// what a change needs is in no cache because of the one before.
				const ahead = 1 << 16
				ids, next := make([]auction.Client, ahead), make([][]unit.Price, ahead)
				for i := range ahead {
					ids[i], next[i] = auction.Client(r.IntN(bids)), w.drawn(r, low, width)
				}
				i, now := 0, a.Now()
				var winners uint64
				runtime.LockOSThread()
				defer runtime.UnlockOSThread()
				began, timed := cpuTime()
				for b.Loop() {
					now += 1000
					if err := a.Bid(now, ids[i%ahead], next[(i+i/ahead)%ahead]); err != nil {
						b.Fatal(err)
					}
					if _, ok := a.Next(); !ok {
						b.Fatal("nobody pays")
					}
					winners += uint64(len(a.Effects()))
					i++
				}
				took := b.Elapsed().Nanoseconds()
				if ended, _ := cpuTime(); timed {
					took = ended - began
					b.ReportMetric(float64(took)/float64(b.N), "cpu-ns/op")
				}
				b.ReportMetric(float64(took)/float64(b.N)/float64(2*w.prices), "ns/price")
				b.ReportMetric(float64(winners)/float64(b.N), "told/op")
				b.ReportMetric(float64(memory)/float64(bids), "B/bid")
			})
		}
	}
}

func heap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}
