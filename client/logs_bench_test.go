package client_test

import (
	"sync"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/candela-les/candela/client"
	"github.com/candela-les/candela/client/clienttest"
)

// benchBlocks is how many blocks the wide searches span: less than the limit, for
// the time that it takes to make them.
const benchBlocks = 6000

var wideChain = sync.OnceValue(func() *world { return build(benchBlocks, 0) })

// BenchmarkWideLogs searches a range of which nothing is known, over lines with a
// latency that outweighs all computing. What it reports in delays/op is how many
// replies one search had to wait for, one after another.
func BenchmarkWideLogs(b *testing.B) {
	const latency = 50 * time.Millisecond
	for _, test := range []struct {
		name   string
		filter client.LogFilter
	}{
		{"no hits", client.LogFilter{Topics: [][]common.Hash{{word(1)}}}},
		{"2000 hits", client.LogFilter{Addresses: []common.Address{clienttest.Logger}}},
	} {
		b.Run(test.name, func(b *testing.B) {
			base := wideChain()
			test.filter.From, test.filter.To = 1, benchBlocks
			var spent time.Duration
			for b.Loop() {
				b.StopTimer()
				w := &world{chain: base.chain, blocks: base.blocks, config: base.config}
				w.config.Trusted = nil
				for i := range byte(3) {
					s := clienttest.NewServer(w.chain, i, w.head())
					s.Now, s.Latency = func() uint64 { return uint64(time.Now().Unix()) }, latency
					w.servers, w.config.Trusted = append(w.servers, s), append(w.config.Trusted, s.Node())
				}
				w.start(b)
				w.waitHead(b, w.head())
				started := time.Now()
				b.StartTimer()
				if _, err := w.client.Logs(b.Context(), test.filter); err != nil {
					b.Fatal(err)
				}
				spent += time.Since(started)
				b.StopTimer()
				if err := w.client.Close(); err != nil {
					b.Fatal(err)
				}
				b.StartTimer()
			}
			b.ReportMetric(float64(spent)/float64(latency)/float64(b.N), "delays/op")
		})
	}
}
