package ledgertest

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/candela-les/candela/ledger"
)

// Bench measures how many credits a second are acknowledged, to 1, 16 and 256 callers at a time, with
// group commit and with a transaction for each. Each call of fresh prepares an empty database.
func Bench(b *testing.B, fresh func(b *testing.B) Open) {
	for _, callers := range []int{1, 16, 256} {
		for name, most := range map[string]int{"group": 0, "one by one": 1} {
			b.Run(fmt.Sprintf("%s/%d", name, callers), func(b *testing.B) {
				l, err := fresh(b)(b.Context(), ledger.Options{Now: time.Now, MaxBatch: most})
				if err != nil {
					b.Fatal(err)
				}
				defer l.Close()
				credited(b, l, callers)
			})
		}
	}
}

// credited has callers credit clients of their own, b.N times together.
func credited(b *testing.B, l ledger.Ledger, callers int) {
	var next atomic.Int64
	ctx := context.WithoutCancel(b.Context())
	b.ResetTimer()
	together(callers, func(i int) {
		for {
			n := next.Add(1)
			if n > int64(b.N) {
				return
			}
			client := ledger.Address{0: byte(i), 1: byte(i >> 8), 2: 1}
			if _, err := l.Post(ctx, ledger.CreditOf(fmt.Sprint("bench ", n), token(), client, amount(1))); err != nil {
				b.Error(err)
				return
			}
		}
	})
	b.StopTimer()
	report, err := l.Audit(ctx)
	if err != nil || len(report.Faults) > 0 {
		b.Fatal(report, err)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "credits/s")
	b.ReportMetric(float64(b.N)/float64(report.Batches), "credits/sync")
}
