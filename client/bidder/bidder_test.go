package bidder_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/candela-les/candela/client/bidder"
	"github.com/candela-les/candela/client/bidder/biddertest"
	"github.com/candela-les/candela/market/auction"
	"github.com/candela-les/candela/market/buyer"
	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire/marketwire"
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
			w.t.Fatalf("units %d and %d; %+v", w.units(a), w.units(b), w.market())
		}
		time.Sleep(30 * time.Minute)
		s := w.spent()
		if paid := w.paid(a, b); s.Today.IsZero() || minus(paid, s.Today) > 30 {
			w.t.Errorf("%v spent, %v paid", s.Today, paid)
		}
		if len(s.Servers) != 2 || s.Servers[0].Charges < 100 || s.Servers[0].Unchecked > 2 {
			w.t.Errorf("%+v", s.Servers)
		}
		d, err := w.b.Demand()
		if err != nil || d.Have != 20_000 || d.Short != "" || d.Demand != wallet {
			w.t.Errorf("%+v, %v", d, err)
		}
		w.honest()
	})
}

// Others bid, units are lost and won, prices change: nothing of that is taken for a lie.
func TestBuysAmongOthers(t *testing.T) {
	inWorld(t, "dapp price=36000 budget=100000000", func(w *world) {
		w.start()
		defer w.close()
		var sellers []*biddertest.Seller
		for n := range byte(4) {
			s := w.seller(n, func(s *biddertest.Seller) { s.Units, s.Fee = 4, uint64(n) })
			sellers = append(sellers, s)
			w.connect(s)
		}
		for n := range 240 {
			s := sellers[n%4]
			var prices []unit.Price
			for k := range n % 5 {
				prices = append(prices, unit.PricePerHour(uint64(70_000-(k+n%7)*5_000)))
			}
			s.Others(byte(n%3), prices...)
			time.Sleep(7 * time.Second)
		}
		time.Sleep(time.Minute)
		s := w.spent()
		if paid := w.paid(sellers...); s.Today.IsZero() || minus(paid, s.Today) > 1000 {
			w.t.Errorf("%v spent, %v paid", s.Today, paid)
		}
		w.honest()
	})
}

// honest fails the test if anybody was accused of anything.
func (w *world) honest() {
	w.t.Helper()
	for _, s := range w.market() {
		if s.Left != "" {
			w.t.Errorf("%s was left: %s", s.ID[:8], s.Left)
		}
	}
	for _, l := range w.links {
		if err := l.why(); err != nil {
			w.t.Errorf("a connection was ended: %v", err)
		}
	}
	if n := w.client.lies(); n > 0 {
		w.t.Errorf("%d lies", n)
	}
}

// Without a demand nothing is bid; prices are known all the same, and it can be changed while it runs.
func TestDemandChanges(t *testing.T) {
	inWorld(t, "", func(w *world) {
		w.start()
		defer w.close()
		a, b := w.seller(1), w.seller(2)
		w.connect(a)
		w.connect(b)
		time.Sleep(5 * time.Minute)
		if a.Got(marketwire.CodeBid) > 0 || !w.paid(a, b).IsZero() {
			w.t.Fatal("a bid without a demand")
		}
		list := w.market()
		if len(list) != 2 || list[0].Book == nil || list[0].Terms == nil || list[0].Book.Reserve != a.Reserve {
			w.t.Errorf("%+v", list)
		}
		var bad *buyer.DemandError
		if err := w.b.SetDemand("wallet price=much"); !errors.As(err, &bad) {
			w.t.Errorf("a demand that makes no sense: %v", err)
		}
		if err := w.b.SetDemand(wallet); err != nil {
			w.t.Fatal(err)
		}
		time.Sleep(30 * time.Second)
		if w.units(a, b) != 2 {
			w.t.Errorf("%d units", w.units(a, b))
		}
		if err := w.b.SetDemand("free"); err != nil {
			w.t.Fatal(err)
		}
		time.Sleep(5 * time.Second)
		if _, bid, _ := a.Has(w.b.Address()); bid != nil {
			w.t.Errorf("%v is still bid", bid)
		}
		if d, err := w.b.Demand(); err != nil || !d.Free || w.keep.saved.Demand != "free" {
			w.t.Errorf("%+v, %v, kept %q", d, err, w.keep.saved.Demand)
		}
		w.honest()
	})
}

// Without a way to fill accounts the person is told what to do, and service is bought once it was done.
func TestOperatorCredits(t *testing.T) {
	inWorld(t, "wallet servers=1 price=36000 budget=1000000", func(w *world) {
		w.cfg.Fund = nil
		w.start()
		defer w.close()
		a, b := w.seller(1), w.seller(2, func(s *biddertest.Seller) { s.Reserve = unit.PricePerHour(7200) })
		w.connect(a)
		w.connect(b)
		time.Sleep(3 * time.Minute)
		if w.units(a, b) != 0 {
			w.t.Fatal("units without money")
		}
		list := w.market()
		i := slices.IndexFunc(list, func(s bidder.SellerStatus) bool { return s.Account != nil && !s.Account.Needs.IsZero() })
		if i < 0 {
			w.t.Fatalf("nobody is said to need money: %+v", list)
		}
		if n := a.Got(marketwire.CodeBid) + b.Got(marketwire.CodeBid); n > 4 {
			w.t.Errorf("%d bids without money", n)
		}
		// The dearer one is credited: what cannot be bought at the other is bought there.
		b.Credit(w.b.Address(), unit.NewAmount(1000))
		time.Sleep(2 * time.Minute)
		if w.units(b) != 1 {
			w.t.Errorf("%d units: %+v", w.units(b), w.market())
		}
		w.honest()
	})
}

// What is paid in elsewhere is not bid.
func TestAnotherCurrency(t *testing.T) {
	inWorld(t, wallet, func(w *world) {
		w.start()
		defer w.close()
		a, b := w.seller(1), w.seller(2, func(s *biddertest.Seller) { s.Token = 9 })
		w.connect(a)
		time.Sleep(time.Second)
		w.connect(b)
		time.Sleep(5 * time.Minute)
		if w.units(a) != 1 || b.Got(marketwire.CodeBid) != 0 {
			w.t.Errorf("%d units, %d bids in another currency", w.units(a), b.Got(marketwire.CodeBid))
		}
		list := w.market()
		if i := slices.IndexFunc(list, func(s bidder.SellerStatus) bool { return s.Foreign }); i < 0 || list[i].Book == nil {
			w.t.Errorf("%+v", list)
		}
	})
}

// An answer that is lost is asked for again, with the same bid: it is charged once.
func TestLostAnswer(t *testing.T) {
	inWorld(t, wallet, func(w *world) {
		w.start()
		defer w.close()
		a := w.seller(1)
		lost := 0
		a.Cheat(biddertest.Cheats{Mangle: func(m marketwire.Message) marketwire.Message {
			if _, ok := m.(*marketwire.BidAccepted); ok && lost < 2 {
				lost++
				return nil
			}
			return m
		}})
		w.connect(a)
		time.Sleep(3 * time.Minute)
		if w.units(a) != 1 || lost != 2 || a.Got(marketwire.CodeBid) != 3 {
			w.t.Errorf("%d units, %d answers lost, %d bids", w.units(a), lost, a.Got(marketwire.CodeBid))
		}
		if s := w.spent().Servers[0]; s.Fees != unit.NewAmount(1) {
			w.t.Errorf("fees %v", s.Fees)
		}
		w.honest()
	})
}

// A connection that comes back in time finds its bid as it was.
func TestReconnects(t *testing.T) {
	inWorld(t, wallet, func(w *world) {
		w.start()
		defer w.close()
		a, b := w.seller(1), w.seller(2)
		l := w.connect(a)
		w.connect(b)
		time.Sleep(2 * time.Minute)
		bids, fees := a.Got(marketwire.CodeBid), w.spent()
		l.cut()
		a.Others(1, unit.PricePerHour(50_000)) // news that is missed
		time.Sleep(3 * time.Second)
		a.Others(1)
		l = w.connect(a)
		time.Sleep(time.Minute)
		if got := a.Got(marketwire.CodeBid); got != bids+1 || w.units(a) != 1 {
			w.t.Errorf("%d bids before, %d now, %d units", bids, got, w.units(a))
		}
		if s := w.spent(); s.Servers[0].Fees != fees.Servers[0].Fees || s.Servers[1].Fees != fees.Servers[1].Fees {
			w.t.Errorf("fees %+v before, %+v now", fees.Servers, s.Servers)
		}
		// Away for longer: the bid has fallen, and is made anew.
		l.cut()
		time.Sleep(2 * time.Minute)
		if w.units(a) != 0 {
			w.t.Error("a bid stands without its client")
		}
		w.connect(a)
		time.Sleep(3 * time.Minute)
		if w.units(a) != 1 {
			w.t.Errorf("%d units: %+v", w.units(a), w.market())
		}
		w.honest()
	})
}

// After a server's restart its book is empty: it is bid anew.
func TestServerRestarts(t *testing.T) {
	inWorld(t, wallet, func(w *world) {
		w.start()
		defer w.close()
		a, b := w.seller(1), w.seller(2)
		l := w.connect(a)
		w.connect(b)
		time.Sleep(2 * time.Minute)
		for range 3 {
			l.cut()
			time.Sleep(2 * time.Second)
			a.Begin()
			l = w.connect(a)
			time.Sleep(2 * time.Minute)
			if w.units(a) != 1 {
				w.t.Fatalf("%d units: %+v", w.units(a), w.market())
			}
		}
		w.honest()
	})
}

// A seller that ends business is not bid at until it sells again.
func TestSellerStops(t *testing.T) {
	inWorld(t, wallet, func(w *world) {
		w.start()
		defer w.close()
		a, b, c := w.seller(1), w.seller(2), w.seller(3)
		w.connect(a)
		w.connect(b)
		time.Sleep(2 * time.Minute)
		bids := a.Got(marketwire.CodeBid)
		a.Stop()
		w.connect(c)
		time.Sleep(3 * time.Minute)
		if a.Got(marketwire.CodeBid) != bids || w.units(b) != 1 || w.units(c) != 1 {
			w.t.Errorf("%d bids more, units %d %d", a.Got(marketwire.CodeBid)-bids, w.units(b), w.units(c))
		}
		w.honest()
	})
}

// An account that is used up demotes; when it is filled again, it is bid again.
func TestAccountUsedUp(t *testing.T) {
	inWorld(t, "wallet servers=1 price=36000 budget=1000000", func(w *world) {
		began := time.Now()
		w.mu.fund = func(_ context.Context, s *biddertest.Seller, amount unit.Amount) error {
			if at := time.Since(began); at > 100*time.Second && at < 20*time.Minute {
				return errors.New("no money today")
			}
			s.Credit(w.b.Address(), amount)
			return nil
		}
		w.start()
		defer w.close()
		a := w.seller(1)
		w.connect(a)
		time.Sleep(100 * time.Second)
		if w.units(a) != 1 {
			w.t.Fatal("nothing is bought")
		}
		demoted := false
		for range 1200 {
			time.Sleep(time.Second)
			demoted = demoted || w.units(a) == 0
		}
		time.Sleep(11 * time.Minute)
		if !demoted || w.units(a) != 1 {
			w.t.Errorf("demoted: %v, %d units; funded %d times; %+v", demoted, w.units(a), w.mu.funded[a.ID()], w.market())
		}
		w.honest()
	})
}

// A server that the wallet does not pay any more is left, and not asked again and again; the others are bought from and paid on.
func TestUnpaidIsLeft(t *testing.T) {
	inWorld(t, wallet, func(w *world) {
		liar := w.seller(1)
		refused := 0
		w.mu.fund = func(_ context.Context, s *biddertest.Seller, amount unit.Amount) error {
			if s == liar {
				refused++
				return &pay.LeftError{Until: time.Now().Add(30 * 24 * time.Hour), Why: errors.New("it says less")}
			}
			s.Credit(w.b.Address(), amount)
			return nil
		}
		w.start()
		defer w.close()
		b, c := w.seller(2), w.seller(3)
		w.connect(liar)
		w.connect(b)
		w.connect(c)
		time.Sleep(20 * time.Hour)
		if refused != 1 || liar.Got(marketwire.CodeBid) > 2 {
			w.t.Errorf("%d payments and %d bids", refused, liar.Got(marketwire.CodeBid))
		}
		if w.units(b) != 1 || w.units(c) != 1 {
			w.t.Errorf("units %d %d", w.units(b), w.units(c))
		}
		list := w.market()
		i := slices.IndexFunc(list, func(s bidder.SellerStatus) bool { return s.Left != "" })
		if i < 0 || !strings.Contains(list[i].Left, "it says less") {
			w.t.Errorf("%+v", list)
		}
		time.Sleep(5 * time.Hour)
		if refused > 2 {
			w.t.Errorf("%d payments", refused)
		}
	})
}

// The answer to a payment is lost, and so is what is said of the account after it: no other payment is made before the account was
// looked at. So there is never more than is to be prepaid.
func TestPaymentAnswerLost(t *testing.T) {
	inWorld(t, "wallet servers=1 price=36000 budget=1000000", func(w *world) {
		lost, refused := 0, 0
		began := time.Now()
		w.mu.fund = func(_ context.Context, s *biddertest.Seller, amount unit.Amount) error {
			switch at := time.Since(began); {
			case at > time.Minute && at < 30*time.Minute && lost < 5:
				lost++
				s.Cheat(biddertest.Cheats{
					Mute:   map[uint64]bool{marketwire.CodeGetAccount: true},
					Mangle: func(m marketwire.Message) marketwire.Message { return unlessNews(m) },
				})
				time.AfterFunc(19*time.Second, func() { s.Cheat(biddertest.Cheats{}) })
				s.Credit(w.b.Address(), amount)
				return errors.New("no answer")
			case at > 30*time.Minute && refused < 2:
				refused++
				return errors.New("no money at the moment")
			}
			s.Credit(w.b.Address(), amount)
			return nil
		}
		w.start()
		defer w.close()
		a := w.seller(1)
		w.connect(a)
		for range 60 * 60 {
			time.Sleep(time.Second)
			_, bid, balance := a.Has(w.b.Address())
			if most, _ := auction.Cover(bid, auction.PrepaidSpan); len(bid) > 0 && balance.Cmp(most.Plus(unit.NewAmount(a.Fee))) > 0 {
				w.t.Fatalf("%v: %v are prepaid, the most for %v is %v", time.Since(began), balance, bid, most)
			}
		}
		if lost < 5 || refused < 2 || w.units(a) != 1 {
			w.t.Errorf("%d answers lost, %d payments refused, %d units: %+v", lost, refused, w.units(a), w.market())
		}
		w.honest()
	})
}

// unlessNews drops what is said of an account unasked.
func unlessNews(m marketwire.Message) marketwire.Message {
	if m, ok := m.(*marketwire.Account); ok && m.ReqID == 0 {
		return nil
	}
	return m
}

// Money that is slow in coming to one server keeps nobody else waiting.
func TestSlowMoney(t *testing.T) {
	inWorld(t, wallet, func(w *world) {
		slow := biddertest.New(1, time.Now).ID()
		w.mu.fund = func(ctx context.Context, s *biddertest.Seller, amount unit.Amount) error {
			if s.ID() == slow {
				<-ctx.Done()
				return ctx.Err()
			}
			s.Credit(w.b.Address(), amount)
			return nil
		}
		w.start()
		defer w.close()
		a, b := w.seller(1), w.seller(2)
		w.connect(a)
		w.connect(b)
		time.Sleep(50 * time.Second)
		if w.units(b) != 1 || w.units(a) != 0 {
			w.t.Errorf("units %d %d", w.units(a), w.units(b))
		}
		w.honest()
	})
}

// What was spent today is known after a restart, what was charged meanwhile included, and the demand too.
func TestRestart(t *testing.T) {
	inWorld(t, wallet, func(w *world) {
		w.start()
		a, b := w.seller(1), w.seller(2)
		w.connect(a)
		w.connect(b)
		time.Sleep(5 * time.Minute)
		// It is gone without a word.
		for _, l := range w.links {
			l.cut()
		}
		before := w.paid(a, b)
		crashed := w.b
		w.cfg.Demand = ""
		time.Sleep(20 * time.Second)
		w.start()
		defer w.close()
		defer crashed.Close()
		w.connect(a)
		w.connect(b)
		time.Sleep(time.Second)
		if d, err := w.b.Demand(); err != nil || d.Demand != wallet {
			w.t.Errorf("%+v, %v", d, err)
		}
		time.Sleep(3 * time.Minute)
		s := w.spent()
		if paid := w.paid(a, b); paid == before || minus(paid, s.Today) > 30 || w.units(a, b) != 2 {
			w.t.Errorf("%v spent, %v paid, %d units", s.Today, paid, w.units(a, b))
		}
		w.honest()
	})
}

// When the light client ends, bids are taken back, and what was charged last is counted.
func TestClose(t *testing.T) {
	inWorld(t, wallet, func(w *world) {
		w.start()
		a, b := w.seller(1), w.seller(2)
		w.connect(a)
		w.connect(b)
		time.Sleep(5 * time.Minute)
		w.close()
		if _, bid, _ := a.Has(w.b.Address()); bid != nil {
			t.Errorf("%v still stands", bid)
		}
		if got := w.keep.saved.Spending.Spent; got != w.paid(a, b) || got.IsZero() {
			t.Errorf("%v kept, %v paid", got, w.paid(a, b))
		}
		if err := w.b.SetDemand("free"); !errors.Is(err, bidder.ErrClosed) {
			t.Errorf("after the end: %v", err)
		}
	})
}

// A day's budget holds, and the next day there is another one.
func TestBudgetOfADay(t *testing.T) {
	inWorld(t, "wallet servers=1 price=36000 budget=2000", func(w *world) {
		w.start()
		defer w.close()
		a := w.seller(1)
		w.connect(a)
		time.Sleep(24*time.Hour - time.Second) // a bubble begins at midnight
		today := w.paid(a)
		if today.Cmp(unit.NewAmount(2000)) > 0 || today.Cmp(unit.NewAmount(1000)) < 0 {
			w.t.Errorf("%v spent in a day", today)
		}
		time.Sleep(8 * time.Hour)
		if next := minus(w.paid(a), today); next < 50 || w.spent().Today.Cmp(unit.NewAmount(next)) > 0 {
			w.t.Errorf("%v spent the next day, it says %v", next, w.spent().Today)
		}
		w.honest()
	})
}

// Nobody is waited for who says nothing: silent ones are left, others are bought from.
func TestSilentSellers(t *testing.T) {
	for name, mute := range map[string][]uint64{
		"to everything": {
			marketwire.CodeGetConditions, marketwire.CodeGetCurves, marketwire.CodeGetAccount, marketwire.CodeBid, marketwire.CodeGetStatement,
		},
		"to bids":        {marketwire.CodeBid},
		"to the account": {marketwire.CodeGetAccount},
	} {
		t.Run(name, func(t *testing.T) {
			inWorld(t, wallet, func(w *world) {
				w.start()
				defer w.close()
				a, b, c := w.seller(1), w.seller(2), w.seller(3)
				cheat := biddertest.Cheats{Mute: make(map[uint64]bool)}
				for _, code := range mute {
					cheat.Mute[code] = true
				}
				a.Cheat(cheat)
				l := w.connect(a)
				w.connect(b)
				w.connect(c)
				time.Sleep(6 * time.Minute)
				if len(mute) > 2 && !errors.Is(l.why(), bidder.ErrSilent) {
					w.t.Errorf("ended: %v", l.why())
				}
				if w.units(b) != 1 {
					w.t.Errorf("units %d %d %d: %+v", w.units(a), w.units(b), w.units(c), w.market())
				}
				if w.client.lies() > 0 {
					w.t.Error("silence is no lie")
				}
			})
		})
	}
}

// Whoever says nothing at all is no seller, and its connection is not waited for.
func TestNoHello(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, wallet)
		w.start()
		defer w.close()
		a := w.seller(1)
		a.Cheat(biddertest.Cheats{Mangle: func(marketwire.Message) marketwire.Message { return nil }})
		l := w.connect(a)
		time.Sleep(6 * time.Second)
		if !errors.Is(l.why(), bidder.ErrSilent) {
			t.Errorf("ended: %v", l.why())
		}
	})
}

// proofs are the files in which frauds are proven.
func (w *world) proofs() (all [][]byte) {
	names, err := filepath.Glob(filepath.Join(w.cfg.Folder, "fraud-*.rlp"))
	if err != nil {
		w.t.Fatal(err)
	}
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			w.t.Fatal(err)
		}
		all = append(all, b)
	}
	return all
}

// What servers offer that were not met is told beside what those sell that were.
func TestOffersOfOthers(t *testing.T) {
	inWorld(t, "", func(w *world) {
		w.start()
		defer w.close()
		met, other := w.seller(2), w.seller(1, func(s *biddertest.Seller) { s.Token = 7 })
		w.connect(met)
		time.Sleep(time.Minute)
		at := time.Now()
		offer := func(s *biddertest.Seller) bidder.Offer {
			return bidder.Offer{
				ID: s.ID(), Address: "192.0.2.1:30303", At: at,
				Offer: marketwire.Offer{Market: s.Market(), Seq: 5, Reserve: unit.NewPrice(9), MaxUnits: 3, Methods: []string{"grant"}},
			}
		}
		list, err := w.b.Market(offer(met), offer(other))
		if err != nil || len(list) != 2 {
			t.Fatalf("%+v, %v", list, err)
		}
		slices.SortFunc(list, func(a, b bidder.SellerStatus) int { return a.Offered.Compare(b.Offered) })
		if one := list[0]; !one.Connected || !one.Offered.IsZero() || one.Book.Reserve != met.Reserve {
			t.Errorf("the one that was met: %+v", one)
		}
		one := list[1]
		if one.Connected || one.Offered != at || !one.Foreign || one.Book.Reserve != unit.NewPrice(9) || one.Terms.MaxUnits != 3 ||
			!slices.Equal(one.Terms.Methods, []string{"grant"}) {
			t.Errorf("the one that was not met: %+v, %+v, %+v", one, one.Terms, one.Book)
		}
	})
}

// Before servers could be met nobody is told that there are none; after a while one is, and likewise when there is
// none any more.
func TestQuietAtFirst(t *testing.T) {
	for name, tt := range map[string]struct {
		meet    time.Duration // a server is met after that; 0: none is
		unasked bool          // and nothing is known of how it serves
		run     time.Duration
		told    int
	}{
		"just started":           {0, false, 25 * time.Second, 0},
		"none is met":            {0, false, 5 * time.Minute, 1},
		"one is met":             {10 * time.Second, false, 5 * time.Minute, 0},
		"one, too late":          {50 * time.Second, false, 5 * time.Minute, 1},
		"one is tried":           {10 * time.Second, true, 5 * time.Minute, 0},
		"one is tried, too late": {50 * time.Second, true, 5 * time.Minute, 1},
		"one is still tried":     {25 * time.Second, true, 80 * time.Second, 0},
	} {
		inWorld(t, "wallet servers=1 price=36000 budget=1000000", func(w *world) {
			var log bytes.Buffer
			w.cfg.Logger = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelWarn}))
			w.client.unasked = tt.unasked
			w.start()
			if tt.meet > 0 {
				time.Sleep(tt.meet)
				w.connect(w.seller(1))
			}
			time.Sleep(tt.run - tt.meet)
			d, err := w.b.Demand()
			served := tt.meet > 0 && (!tt.unasked || tt.run > tt.meet+time.Minute)
			if err != nil || (d.Short == "") != served {
				t.Errorf("%s: %+v, %v", name, d, err)
			}
			w.close()
			if n := bytes.Count(log.Bytes(), []byte("no service is bid for yet")); n != tt.told {
				t.Errorf("%s: told %d times, want %d:\n%s", name, n, tt.told, &log)
			}
		})
	}
}
