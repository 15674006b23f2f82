package bidder_test

import (
	"testing"
	"time"
)

// A wallet's demand is served by two sellers, charges are checked and add up.
func TestBuys(t *testing.T) {
	inWorld(t, wallet, func(w *world) {
		w.start()
		defer w.close()
		a, b := w.seller(1), w.seller(2)
		w.connect(a)
		w.connect(b)
		time.Sleep(3 * time.Minute)
		if w.units(a) != 1 || w.units(b) != 1 {
			t.Fatalf("units %d and %d; %+v", w.units(a), w.units(b), w.market())
		}
		time.Sleep(30 * time.Minute)
		time.Sleep(15 * time.Second) // what was charged last has been read
		s := w.spent()
		if paid := w.paid(a, b); s.Today.IsZero() || minus(paid, s.Today) > 30 {
			t.Errorf("%v spent, %v paid", s.Today, paid)
		}
		if len(s.Servers) != 2 || s.Servers[0].Charges < 100 || s.Servers[0].Unchecked > 2 || w.client.lies() > 0 {
			t.Errorf("%+v, %d lies", s.Servers, w.client.lies())
		}
		d, err := w.b.Demand()
		if err != nil || d.Have != 20_000 || d.Short != "" || d.Demand != wallet {
			t.Errorf("%+v, %v", d, err)
		}
	})
}
