package server_test

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/ethereum/go-ethereum/crypto"

	"github.com/candela-les/candela/ledger"
	"github.com/candela-les/candela/ledger/sqlite"
	"github.com/candela-les/candela/market/auction"
	"github.com/candela-les/candela/server"
	"github.com/candela-les/candela/server/servertest"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire"
	"github.com/candela-les/candela/wire/marketwire"
	"github.com/candela-les/candela/wire/wiretest"
)

// shop is a server that sells, on a ledger of its own, in the virtual time of a synctest bubble.
type shop struct {
	t     *testing.T
	src   *servertest.FakeSource
	books *ledger.Journal
	srv   *server.Server
}

func openShop(t *testing.T, path string, sale server.Sale) *shop {
	t.Helper()
	return openShopAt(t, path, sale, time.Now)
}

// openShopAt opens it by a clock of its own.
func openShopAt(t *testing.T, path string, sale server.Sale, now func() time.Time) *shop {
	t.Helper()
	s := &shop{t: t, src: servertest.NewFakeSource(10)}
	var err error
	if s.books, err = sqlite.Open(t.Context(), path, ledger.Options{Now: now}); err != nil {
		t.Fatal(err)
	}
	sale.Token, sale.Currency, sale.Decimals, sale.ChainID = wire.Address{0x70}, "TEST", 6, 1337
	sale.Owner = "shop"
	if d, ok := sale.Ledger.(*deaf); ok {
		d.Ledger = s.books
	} else {
		sale.Ledger = s.books
	}
	// 20 units of 10,000 cost per ms, of which seven tenths can be sold.
	s.srv, err = server.New(t.Context(), server.Config{
		Source: s.src, Key: testKey(), Now: now, Workers: 2, Capacity: 200_000, Sale: &sale,
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// close ends it in the order in which a node does.
func (s *shop) close() {
	s.t.Helper()
	if err := errors.Join(s.srv.Close(), s.books.Close()); err != nil {
		s.t.Error(err)
	}
}

// credit gives a shopper money.
func (s *shop) credit(b *shopper, amount uint64) {
	s.t.Helper()
	if _, err := s.srv.Credit(s.t.Context(), fmt.Sprint(b.Name, time.Now().UnixNano()), b.Address(), unit.NewAmount(amount)); err != nil {
		s.t.Fatal(err)
	}
}

// audit sums up all that was ever posted.
func (s *shop) audit() {
	s.t.Helper()
	report, err := s.books.Audit(s.t.Context())
	if err != nil || len(report.Faults) > 0 {
		s.t.Errorf("audit: %v, %v", report.Faults, err)
	}
}

// shopper is one on a pipe of its own.
type shopper struct {
	*servertest.Shopper
	end   *wiretest.End
	ended chan error
}

func (s *shop) shopper(name string) *shopper {
	s.t.Helper()
	key, err := crypto.ToECDSA(crypto.Keccak256([]byte(name)))
	if err != nil {
		s.t.Fatal(err)
	}
	b := &shopper{Shopper: &servertest.Shopper{T: s.t, Name: name, Key: key}}
	b.come(s)
	return b
}

func (b *shopper) come(s *shop) {
	b.T.Helper()
	here, there := wiretest.Pipe()
	b.end, b.ended = here, make(chan error, 1)
	go func() { b.ended <- s.srv.Serve(context.WithoutCancel(b.T.Context()), b.Peer(), there) }()
	b.Come(here, hello(s.src, wire.LES5))
}

func (b *shopper) leave() {
	b.end.Close()
	<-b.ended
}

func wantBook(t *testing.T, units int, reserve uint64, bids servertest.Book, shoppers ...*shopper) {
	t.Helper()
	won, pays := bids.VCG(units, reserve)
	for _, b := range shoppers {
		b.CatchUp()
		a := b.Account()
		if a.Units != won[b.Name] || a.Rate != unit.PricePerHour(pays[b.Name]) || b.Allocation.Units != won[b.Name] {
			t.Errorf("%s has %d units for %v an hour, was told of %d; from scratch: %d for %d",
				b.Name, a.Units, a.Rate, b.Allocation.Units, won[b.Name], pays[b.Name])
		}
	}
}

// Units go to the highest values, each pays what the others lose by it, a higher bid takes the place of the
// lowest, whose connection stays; and what is charged is what the curves say, to the last base unit.
func TestAuctionOverTheWire(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger.db")
	synctest.Test(t, func(t *testing.T) {
		const reserve = 1000
		s := openShop(t, path, server.Sale{
			Units: 3, MaxUnits: 4, Reserve: unit.PricePerHour(reserve), BidFee: unit.NewAmount(2), LeastAccount: unit.NewAmount(100),
			Methods: []marketwire.Method{{Name: "grant"}},
		})
		defer s.close()
		var shoppers []*shopper
		bids := servertest.Book{}
		for _, c := range []struct {
			name   string
			prices []uint64
		}{{"ann", []uint64{90_000, 50_000}}, {"bob", []uint64{70_000, 30_000}}, {"cid", []uint64{60_000}}} {
			b := s.shopper(c.name)
			shoppers = append(shoppers, b)
			if need := b.BidRefused(b.Order(c.prices...), marketwire.AccountUnknown).Need; need != unit.NewAmount(100) {
				t.Errorf("%s should pay in %s first", b.Name, need)
			}
			s.credit(b, 100_000)
			b.Bid(c.prices...)
			bids[c.name] = c.prices
			wantBook(t, 3, reserve, bids, shoppers...)
		}
		time.Sleep(10 * time.Minute)
		wantBook(t, 3, reserve, bids, shoppers...)

		// Dan displaces Cid, who is told, stays connected and pays no more.
		dan := s.shopper("dan")
		s.credit(dan, 100_000)
		dan.Bid(65_000)
		shoppers, bids["dan"] = append(shoppers, dan), []uint64{65_000}
		wantBook(t, 3, reserve, bids, shoppers...)
		cid := shoppers[2]
		if cid.Allocation.Cause != marketwire.Outbid || cid.Allocation.Order == (marketwire.Hash{}) {
			t.Errorf("cid is told %+v", cid.Allocation)
		}
		before := cid.Account()
		time.Sleep(5 * time.Minute)
		after := cid.Account()
		had, _ := before.Balance.Sub(before.Owed)
		if has, _ := after.Balance.Sub(after.Owed); has != had {
			t.Errorf("without units cid has %s after %s", has, had)
		}

		// Prices fall when demand leaves.
		curve := dan.Curve()
		bobs := shoppers[1]
		if m, ok := bobs.Ask(new(marketwire.Close)).(*marketwire.Closed); !ok || m.Balance == nil || !m.Balance.Body.Owed.IsZero() || m.End != marketwire.Asked {
			t.Fatalf("closed: %+v", m)
		}
		delete(bids, "bob")
		bobs.Allocation.Units = 0
		if fell := dan.Curve(); fell.Losing[0].Cmp(curve.Losing[0]) >= 0 {
			t.Errorf("the best losing price was %v and is %v", curve.Losing, fell.Losing)
		}
		wantBook(t, 3, reserve, bids, shoppers[0], cid, dan)
		time.Sleep(time.Minute)

		for _, b := range shoppers {
			b.CheckCharges()
			b.leave()
		}
		synctest.Wait()
		s.audit()
	})
}

// A client whose money is used up is told so, loses its units at that moment and keeps its connection; a credit
// and a new bid bring it back.
func TestRunningDry(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger.db")
	synctest.Test(t, func(t *testing.T) {
		s := openShop(t, path, server.Sale{Units: 1, Reserve: unit.PricePerHour(36_000)}) // 10 a second
		defer s.close()
		b := s.shopper("dry")
		s.credit(b, 250)
		if need := b.BidRefused(b.Order(60_000), marketwire.NoCover).Need; need.Cmp(unit.NewAmount(250)) <= 0 {
			t.Errorf("250 are too little, and %s are needed", need)
		}
		b.Bid(36_000)
		begun := time.Now()
		time.Sleep(24 * time.Second)
		b.CatchUp()
		if b.Demoted != 0 || b.Low != 1 || b.Account().Units != 1 {
			t.Errorf("after 24 s: demoted %d times, told %d times that it is low", b.Demoted, b.Low)
		}
		time.Sleep(3 * time.Second)
		b.CatchUp()
		if b.Demoted != 1 || b.Allocation.Units != 0 || b.Allocation.Cause != marketwire.Depleted || b.Allocation.Order != (marketwire.Hash{}) {
			t.Errorf("demoted %d times, %+v", b.Demoted, b.Allocation)
		}
		if span := time.Unix(0, int64(b.Allocation.SinceNs)).Sub(begun); span != 25*time.Second {
			t.Errorf("the units lasted for %v", span)
		}
		if a := b.Account(); !a.Balance.IsZero() && a.Balance != a.Owed || a.Units != 0 {
			t.Errorf("%s are left, %s owed", a.Balance, a.Owed)
		}
		s.credit(b, 1000)
		b.Bid(36_000)
		if b.Allocation.Units != 1 {
			t.Errorf("after a credit it has %d units", b.Allocation.Units)
		}
		b.leave()
		synctest.Wait()
	})
}

// deaf is a ledger that cannot say what is in an account, at once or for long, while it is told to be.
type deaf struct {
	ledger.Ledger
	mu   sync.Mutex
	fail error         // at once
	hang chan struct{} // until it is closed
}

func (d *deaf) Balance(ctx context.Context, a ledger.Account) (ledger.Balance, error) {
	d.mu.Lock()
	fail, hang := d.fail, d.hang
	d.mu.Unlock()
	switch {
	case fail != nil:
		return ledger.Balance{}, fail
	case hang != nil:
		select {
		case <-hang:
		case <-ctx.Done():
			return ledger.Balance{}, ctx.Err()
		}
	}
	return d.Ledger.Balance(ctx, a)
}

// be sets how deaf it is; what hung goes on.
func (d *deaf) be(fail error, hang chan struct{}) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.hang != nil {
		close(d.hang)
	}
	d.fail, d.hang = fail, hang
}

// Those who run dry are told soon, whatever the ledger does: no allocation is missing, or the client would end the
// connection.
func TestDemotedWithoutLedger(t *testing.T) {
	for name, fail := range map[string]error{"fails": ledger.ErrUnavailable, "hangs": nil} {
		path := filepath.Join(t.TempDir(), "ledger.db")
		synctest.Test(t, func(t *testing.T) {
			d := new(deaf)
			s := openShop(t, path, server.Sale{Units: 2, Reserve: unit.PricePerHour(36_000), Ledger: d}) // 10 a second
			defer s.close()
			shoppers := []*shopper{s.shopper("dry"), s.shopper("drier")}
			for _, b := range shoppers {
				s.credit(b, 250)
				b.Bid(36_000)
			}
			time.Sleep(20 * time.Second)
			for _, b := range shoppers {
				b.CatchUp()
			}
			d.be(fail, make(chan struct{}))
			time.Sleep(5*time.Second + 3*time.Second)
			for _, b := range shoppers {
				b.CatchUp()
				if b.Allocation.Cause != marketwire.Depleted || b.Allocation.Units != 0 || b.Demoted != 0 {
					t.Errorf("%s, %s: told %+v, and the account %d times", name, b.Name, b.Allocation, b.Demoted)
				}
			}
			d.be(nil, nil)
			time.Sleep(time.Second)
			for _, b := range shoppers {
				s.credit(b, 1000)
				b.Bid(36_000) // numbers go on without a gap
			}
			time.Sleep(20 * time.Second) // what is held for a bid that fell was given back, for this one not
			for _, b := range shoppers {
				if a := b.Account(); a.Units != 1 || b.Allocation.Units != 1 {
					t.Errorf("%s, %s: %+v, told %+v", name, b.Name, a, b.Allocation)
				}
				b.leave()
			}
			synctest.Wait()
		})
	}
}

// A bid outlives its client's connection by half a minute, and a server that is started anew begins a new book
// on the same accounts.
func TestComingBack(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger.db")
	synctest.Test(t, func(t *testing.T) {
		sale := server.Sale{Units: 2, Reserve: unit.PricePerHour(3600), BidFee: unit.NewAmount(2)}
		s := openShop(t, path, sale)
		b, c := s.shopper("back"), s.shopper("other")
		s.credit(b, 10_000)
		order := b.Order(5000, 4000)
		if m := b.Send(order); m.Code() != marketwire.CodeBidAccepted {
			t.Fatal(m)
		}
		before := b.Allocation
		b.leave()
		time.Sleep(20 * time.Second)
		b.come(s)
		if a := b.Account(); a.Units != 2 {
			t.Errorf("after 20 s it has %d units", a.Units)
		}
		// It may have lost the answer: the same bytes again cost nothing.
		if m := b.Send(order); m.Code() != marketwire.CodeBidAccepted || b.Allocation != before {
			t.Errorf("the same bid again: %+v, %+v instead of %+v", m, b.Allocation, before)
		}
		if fees := countKind(b.Statement(), marketwire.Fee); fees != 1 {
			t.Errorf("one bid has cost %d fees", fees)
		}
		b.leave()
		time.Sleep(31 * time.Second)
		if got := c.Curve(); got.Free != 2 {
			t.Errorf("after 31 s %d units are free", got.Free)
		}
		b.come(s)
		entries := b.Statement()
		epoch := b.Epoch
		b.leave()
		c.leave()
		s.close()

		s = openShop(t, path, sale)
		defer s.close()
		b.come(s)
		if b.Epoch <= epoch {
			t.Errorf("epoch %d after %d", b.Epoch, epoch)
		}
		b.Allocation, b.Nonce = marketwire.Allocation{}, 0
		if got := b.Statement(); len(got) < len(entries) || !slices.EqualFunc(entries, got[:len(entries)], sameEntry) {
			t.Errorf("%d entries were %d before", len(got), len(entries))
		}
		b.Bid(5000)
		b.leave()
		synctest.Wait()
		s.audit()
	})
}

// A client that is connected is told at once that its account was credited, also before it has ever bid; and one
// credit is told once.
func TestCreditIsTold(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger.db")
	synctest.Test(t, func(t *testing.T) {
		s := openShop(t, path, server.Sale{Units: 1, Reserve: unit.PricePerHour(36_000)})
		defer s.close()
		b, other := s.shopper("new"), s.shopper("other")
		for n, bids := range []bool{false, true} {
			if bids {
				b.Bid(36_000)
			}
			time.Sleep(time.Millisecond) // a credit's key has the time in it
			s.credit(b, 1000)
			synctest.Wait()
			b.Last = nil
			b.CatchUp()
			other.CatchUp()
			if b.Credited != n+1 || other.Credited != 0 || b.Last == nil {
				t.Fatalf("bids: %v: told %d times, the other one %d times", bids, b.Credited, other.Credited)
			}
			if want := unit.NewAmount(1000 * uint64(n+1)); b.Last.Balance != want || b.Last.Client != b.Address() {
				t.Errorf("bids: %v: told %+v, want a balance of %s", bids, b.Last, want)
			}
		}
		b.leave()
		other.leave()
		synctest.Wait()
	})
}

// What is left of a base unit when a bid ends is part of the next charge, which begins where the next bid does,
// whether that replaces it, comes later, or after a restart. docs/spec/market1.md §9 says so.
func TestRestGoesOn(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger.db")
	synctest.Test(t, func(t *testing.T) {
		sale := server.Sale{Units: 1, Reserve: unit.PricePerHour(36)} // 0.3 in half a minute
		s := openShop(t, path, sale)
		b := s.shopper("small")
		s.credit(b, 1000)
		const spans = 4
		var since uint64
		for n := range spans {
			b.Bid(uint64(40 + n))
			since = b.Allocation.SinceNs
			time.Sleep(30 * time.Second)
			switch n {
			case 0: // the next one replaces it
			case 1:
				b.Bid()
				time.Sleep(time.Hour)
			case 2:
				b.leave()
				s.close()
				s = openShop(t, path, sale)
				b.Allocation = marketwire.Allocation{}
				b.come(s)
			}
			if got := countKind(b.Statement(), marketwire.Charge); n < spans-1 && got > 0 {
				t.Fatalf("charged after %d half minutes", n+1)
			}
		}
		b.Bid()
		entries := b.Statement()
		last := entries[len(entries)-1]
		if last.Kind != marketwire.Charge || last.Amount != unit.NewAmount(1) || last.SinceNs != since || last.AtNs-last.SinceNs > uint64(30*time.Second) {
			t.Fatalf("four half minutes are entered as %+v, the last bid stood since %d", last, since)
		}
		m, ok := b.Ask(&marketwire.GetCharge{Number: last.Number}).(*marketwire.Charged)
		if !ok {
			t.Fatal("the charge is not explained")
		}
		const tenth = auction.Divisor / 10
		// Each server forgets nothing of what it has entered; the charge is of the last bid.
		r := m.Receipt.Body
		var sum uint64
		for _, l := range r.Lines {
			rate := l.Rate.Bytes()
			sum += new(big.Int).SetBytes(rate[:]).Uint64() * l.SpanNs
		}
		if r.Before != 9*tenth || r.Before+sum-auction.Divisor != r.After {
			t.Errorf("before %d and %d more, %d are left", r.Before, sum, r.After)
		}
		b.leave()
		s.close()
	})
}

func countKind(entries []marketwire.Entry, kind marketwire.EntryKind) (n int) {
	for _, e := range entries {
		if e.Kind == kind {
			n++
		}
	}
	return n
}

func sameEntry(a, b marketwire.Entry) bool {
	return a.Number == b.Number && a.Amount == b.Amount && a.Balance == b.Balance
}

// What breaks the rules of market/1 ends the session or is refused, as docs/spec/market1.md §10 says.
func TestBrokenRules(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger.db")
	synctest.Test(t, func(t *testing.T) {
		s := openShop(t, path, server.Sale{Units: 2, MaxUnits: 2, Reserve: unit.PricePerHour(10)})
		defer s.close()
		b := s.shopper("rude")
		b.BidRefused(b.Order(), marketwire.AccountUnknown) // nothing is taken back
		s.credit(b, 10_000)
		order := b.Order(50)
		order.Client[0]++
		b.BidRefused(order, marketwire.BadSignature)
		order = b.Order(50)
		order.Epoch--
		b.BidRefused(order, marketwire.StaleCurve)
		order = b.Order(50)
		order.ExpiresNs = uint64(time.Now().UnixNano())
		b.BidRefused(order, marketwire.BadNonce)
		if r := b.BidRefused(b.Order(50, 50, 50), marketwire.TooManyUnits); r.Need != unit.NewAmount(2) {
			t.Errorf("%+v", r)
		}
		if r := b.BidRefused(b.Order(9), marketwire.BelowReserve); r.Need != unit.AmountOfBytes(unit.PricePerHour(10).Bytes()) {
			t.Errorf("%+v", r)
		}
		order = b.Order(50, 50)
		order.Most = unit.PricePerHour(19)
		if r := b.BidRefused(order, marketwire.StaleCurve); r.Need != unit.AmountOfBytes(unit.PricePerHour(20).Bytes()) {
			t.Errorf("%+v", r)
		}
		b.Bid(50)
		nonce := b.Nonce
		b.Nonce--
		b.BidRefused(b.Order(60), marketwire.BadNonce)
		b.Nonce = nonce
		b.Refused(&marketwire.GetCurves{First: 1, Max: 1}, marketwire.Unknown)
		b.Refused(&marketwire.GetCharge{Number: 1}, marketwire.Unknown)
		b.Tell(&marketwire.Hello{Version: 1})
		b.wantEnd(server.ReasonMalformed)

		b.come(s)
		b.Tell(&marketwire.Notice{})
		b.wantEnd(server.ReasonUnknownCode)
		b.come(s)
		if err := b.end.WriteMsg(wire.FirstMarket+marketwire.CodeGetCurves, []byte{0xc0}); err != nil {
			t.Fatal(err)
		}
		b.wantEnd(server.ReasonMalformed)
		b.come(s)
		if err := b.end.WriteMsg(wire.FirstMarket+marketwire.CodeGetCurves, []byte{0xc3, 5, 1, 17}); err != nil {
			t.Fatal(err)
		}
		if r, ok := b.Read().(*marketwire.Refused); !ok || r.Reason != marketwire.OverLimit || r.ReqID != 5 {
			t.Errorf("17 curves at once: %+v", r)
		}
		b.leave()
		synctest.Wait()
	})
}

func (b *shopper) wantEnd(want server.Reason) {
	b.T.Helper()
	var d *server.Disconnect
	if err := <-b.ended; !errors.As(err, &d) || d.Reason != want {
		b.T.Errorf("%s: the session ended with %v, want: %v", b.Name, err, want)
	}
	b.end.Close()
}
