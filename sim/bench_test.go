package sim

import (
	"testing"
	"time"
)

// BenchmarkMillion plays the first minutes of the million scenario with a fiftieth of its clients and servers.
func BenchmarkMillion(b *testing.B) {
	sc := read(b, "scenarios/million.yaml", 50)
	sc.Span, sc.WarmUp, sc.Expect.Welfare = 15*time.Minute, 5*time.Minute, 0
	for b.Loop() {
		if _, err := Run(b.Context(), sc, Config{Seed: 1}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(b.Elapsed().Seconds()/float64(b.N)/sc.Span.Minutes()*1e9/float64(clients(sc)), "ns/client-min")
}
