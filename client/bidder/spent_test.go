package bidder_test

import (
	"testing"
	"time"

	"github.com/candela-les/candela/client/bidder/biddertest"
	"github.com/candela-les/candela/market/auction"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire/marketwire"
)

const oneServer = "wallet servers=1 price=36000 budget=1000000"

// served is what counts as served for at a seller.
func (w *world) served(s *biddertest.Seller) unit.Amount {
	w.t.Helper()
	at, err := w.b.Counter(s.ID())
	if err != nil {
		w.t.Fatal(err)
	}
	return at.Spent
}

// All that an honest server charges counts as served for: over connections that are lost, its restarts and those of this client, while others
// bid and while bids are changed.
func TestServedIsWhatIsCharged(t *testing.T) {
	inWorld(t, oneServer, func(w *world) {
		w.start()
		a := w.seller(1, func(s *biddertest.Seller) { s.Units = 2 })
		l := w.connect(a)
		b := w.b
		for n := range 60 {
			time.Sleep(time.Duration(40+7*n%45) * time.Second)
			a.Others(byte(n%2), unit.PricePerHour(uint64(5_000+n*517%25_000)))
			switch n % 10 {
			case 3: // for a moment
				l.cut()
				time.Sleep(3 * time.Second)
				l = w.connect(a)
			case 5: // until the bid has fallen
				l.cut()
				time.Sleep(time.Minute)
				l = w.connect(a)
			case 7: // the server is started again
				l.cut()
				time.Sleep(2 * time.Second)
				a.Begin()
				l = w.connect(a)
			case 9: // this client crashes, just after a bid or a while after it
				if n%20 == 9 {
					if err := b.SetDemand([]string{oneServer, "wallet servers=1 price=30000 budget=1000000"}[n/20%2]); err != nil {
						w.t.Fatal(err)
					}
					time.Sleep(1100 * time.Millisecond)
				}
				l.cut()
				saved := w.keep.copied()
				if err := b.Close(); err != nil {
					w.t.Fatal(err)
				}
				w.keep.set(saved)
				time.Sleep(time.Duration(n%20) * time.Second)
				w.start()
				b = w.b
				l = w.connect(a)
			}
		}
		defer w.close()
		time.Sleep(2 * time.Minute)
		// What was entered in the last seconds is not read yet.
		if served, paid := w.served(a), w.paid(a); served.IsZero() || minus(paid, served) > 30 {
			w.t.Errorf("%v served, %v paid", served, paid)
		}
		if at, err := w.b.Counter(a.ID()); err != nil || at.Credited.Cmp(w.paid(a)) < 0 {
			w.t.Errorf("%v credited, %v", at.Credited, err)
		}
		w.honest()
	})
}

// Whatever a server signs: what counts as served for is no more than the bids can have cost.
func TestServedIsBounded(t *testing.T) {
	for name, cheats := range map[string]biddertest.Cheats{
		"before all bids":         {Timeless: true, Overcharge: 60, LinesToo: true},
		"as if it were long over": {Backdate: 601 * time.Second, Overcharge: 60, LinesToo: true},
		"for what was used":       {Overcharge: 60, LinesToo: true},
	} {
		inWorld(t, oneServer, func(w *world) {
			w.start()
			defer w.close()
			a := w.seller(1)
			a.Cheat(cheats)
			began := time.Now()
			w.connect(a)
			time.Sleep(10 * time.Minute)
			charged, served := w.paid(a), w.served(a)
			most, _ := auction.Cover([]unit.Price{unit.PricePerHour(36_000)}, unit.Span(time.Since(began)))
			if charged.Cmp(unit.NewAmount(61)) < 0 || charged.Cmp(unit.NewAmount(600)) > 0 || served.Cmp(most) > 0 || served.Cmp(charged) > 0 {
				t.Errorf("%s: %v charged, %v served, the bid is %v", name, charged, served, most)
			}
			if cheats.Timeless && served.Cmp(unit.NewAmount(1)) > 0 { // the fee
				t.Errorf("%s: %v served for no time", name, served)
			}
			if w.units(a) != 0 || w.market()[0].Left == "" {
				t.Errorf("%s: it is not left: %+v", name, w.market())
			}
		})
	}
}

// A charge for a long time is checked like others, and one that is as it should be is no fault.
func TestLongCharges(t *testing.T) {
	for _, more := range []uint64{0, 3} {
		inWorld(t, "wallet servers=1 price=360 budget=1000000", func(w *world) {
			w.start()
			defer w.close()
			a := w.seller(1, func(s *biddertest.Seller) { s.Reserve = unit.PricePerHour(36) })
			a.Cheat(biddertest.Cheats{Seldom: 11 * time.Minute, Overcharge: more, LinesToo: true})
			l := w.connect(a)
			for n := range 60 {
				a.Others(1, unit.PricePerHour(uint64(30+n%9*3)))
				time.Sleep(time.Minute)
			}
			if more == 0 {
				if s := w.spent(); s.Servers[0].Charges < 4 || w.served(a) != w.paid(a) {
					t.Errorf("%+v; %v served, %v paid", s, w.served(a), w.paid(a))
				}
				w.honest()
				return
			}
			if !w.market()[0].Proven || l.why() == nil {
				t.Errorf("%d more in each charge: %+v", more, w.market())
			}
		})
	}
}

// What costs less than a base unit in ten minutes is charged for later, also when the bid has fallen meanwhile. That is no fault.
func TestRemainders(t *testing.T) {
	for _, perHour := range []uint64{1, 4, 11} {
		inWorld(t, "wallet servers=1 price=100 budget=1000000", func(w *world) {
			w.start()
			defer w.close()
			a := w.seller(1, func(s *biddertest.Seller) { s.Reserve, s.Fee = unit.PricePerHour(perHour), 0 })
			for n := range 60 {
				l := w.connect(a)
				time.Sleep(time.Duration(3+n%7) * time.Minute)
				if n%3 > 0 {
					l.cut()
					time.Sleep(time.Duration(n%3*20) * time.Second)
				}
			}
			if paid := w.paid(a); paid.IsZero() || w.served(a) != paid {
				t.Errorf("at %d an hour: %v served, %v paid", perHour, w.served(a), paid)
			}
			w.honest()
		})
	}
}

// The fee of a bid counts as served for as well where the client has crashed before it has read of it.
func TestFeeOfEarlierRun(t *testing.T) {
	inWorld(t, oneServer, func(w *world) {
		w.start()
		a := w.seller(1, func(s *biddertest.Seller) { s.Fee = 5000 })
		l := w.connect(a)
		for n := range 5 {
			time.Sleep(2 * time.Minute)
			a.Cheat(biddertest.Cheats{Mute: map[uint64]bool{marketwire.CodeGetStatement: true}})
			if err := w.b.SetDemand([]string{"wallet servers=1 price=30000 budget=1000000", oneServer}[n%2]); err != nil {
				t.Fatal(err)
			}
			time.Sleep(3 * time.Second)
			l.cut()
			saved := w.keep.copied()
			if err := w.b.Close(); err != nil {
				t.Fatal(err)
			}
			w.keep.set(saved)
			a.Cheat(biddertest.Cheats{})
			w.start()
			l = w.connect(a)
		}
		defer w.close()
		time.Sleep(2 * time.Minute)
		if served, paid := w.served(a), w.paid(a); paid.Cmp(unit.NewAmount(5*5000)) < 0 || minus(paid, served) >= 5000 {
			t.Errorf("%v served, %v paid", served, paid)
		}
		w.honest()
	})
}
