package server_test

import (
	"fmt"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"github.com/candela-les/candela/server"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire/marketwire"
)

// A charge has at most as many lines as it may, however fast the book changes and however slowly a base unit is
// owed: all are explained.
func TestManyCurves(t *testing.T) {
	for name, tt := range map[string]struct {
		curves int
		every  time.Duration
		first  uint64 // losing price, in base units; each one is higher than the last
		step   uint64 // by so much, in millionths
	}{
		"more than a charge has lines in a second":    {1200, 700 * time.Microsecond, 36_000, 10_000_000},
		"more than a charge has lines in a base unit": {1500, 67 * time.Millisecond, 36, 1000},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "ledger.db")
			synctest.Test(t, func(t *testing.T) {
				s := openShop(t, path, server.Sale{Units: 1, Reserve: unit.PricePerHour(tt.first)})
				defer s.close()
				payer := s.shopper("payer")
				s.credit(payer, 1_000_000)
				payer.Bid(100_000)
				var losers []*shopper
				for n := range 80 {
					b := s.shopper(fmt.Sprint("loser ", n))
					s.credit(b, 1000)
					losers = append(losers, b)
				}
				price := 1_000_000 * tt.first
				for n := range tt.curves {
					b := losers[n%len(losers)]
					price += tt.step
					order := b.Order(0)
					order.Prices[0] = unit.NewPrice(price)
					if m := b.Send(order); m.Code() != marketwire.CodeBidAccepted {
						t.Fatal(m)
					}
					time.Sleep(tt.every)
				}
				time.Sleep(12 * time.Second)
				payer.CheckCharges()
				for _, b := range append(losers, payer) {
					b.leave()
				}
				synctest.Wait()
				s.audit()
			})
		})
	}
}
