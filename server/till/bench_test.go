package till_test

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/candela-les/candela/ledger"
	"github.com/candela-les/candela/ledger/sqlite"
	"github.com/candela-les/candela/server/till"
)

// BenchmarkCharges has 1,000 clients charged once in each round, as a server does every few seconds, and waits until all is
// on disk.
func BenchmarkCharges(b *testing.B) {
	const clients = 1000
	ctx := context.WithoutCancel(b.Context())
	l, err := sqlite.Open(ctx, filepath.Join(b.TempDir(), "ledger.db"), ledger.Options{Now: time.Now})
	if err != nil {
		b.Fatal(err)
	}
	defer l.Close()
	t, err := till.Open(ctx, till.Config{Ledger: l, Owner: "bench", Token: token(), Now: time.Now, HoldFor: time.Hour})
	if err != nil {
		b.Fatal(err)
	}
	defer t.Close(ctx) //nolint:errcheck // the audit says what counts
	who := func(n int) ledger.Address { return ledger.Address{0: byte(n), 1: byte(n >> 8), 2: 1} }
	for n := range clients {
		if _, err := t.Credit(ctx, fmt.Sprint(n), who(n), amount(1<<40)); err != nil {
			b.Fatal(err)
		}
		if _, err := t.Reserve(ctx, who(n), amount(1<<40), amount(1<<40)); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		for n := range clients {
			t.Charge(who(n), till.Charge{Amount: amount(7)})
		}
		for n := range clients {
			for {
				p, err := t.Account(ctx, who(n))
				if err != nil {
					b.Fatal(err)
				}
				if p.Unposted.IsZero() {
					break
				}
			}
		}
	}
	b.ReportMetric(float64(b.N)*clients/b.Elapsed().Seconds(), "charges/s")
	if report, err := l.Audit(ctx); err != nil || len(report.Faults) > 0 {
		b.Error(report, err)
	}
}
