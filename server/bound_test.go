package server_test

import (
	"errors"
	"path/filepath"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/candela-les/candela/server"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire/marketwire"
)

// bound is a time on a disk that can fail.
type bound struct {
	mu    sync.Mutex
	ns    uint64
	fails error
	kept  int
}

func (b *bound) Load() (uint64, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.ns, b.fails
}

func (b *bound) Keep(ns uint64) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.fails == nil {
		b.ns = ns
		b.kept++
	}
	return b.fails
}

// crash returns what is on the disk, to be used by the next server: what the old one keeps from now on is not there.
func (b *bound) crash() *bound {
	b.mu.Lock()
	defer b.mu.Unlock()
	return &bound{ns: b.ns}
}

// A server whose clock is set back between two starts does not contradict itself: its curves go on in number and in
// time, after an orderly end as after a crash.
func TestClockSetBack(t *testing.T) {
	for name, tt := range map[string]struct {
		back    time.Duration
		crashes bool
		lead    time.Duration // how far the new book may begin ahead of the clock, at most
	}{
		"not set back":              {0, false, 0},
		"crash":                     {0, true, 30 * time.Second},
		"an hour":                   {time.Hour, false, time.Hour},
		"an hour, crash":            {time.Hour, true, time.Hour + 30*time.Second},
		"before the first book":     {30 * 24 * time.Hour, false, 30 * 24 * time.Hour},
		"a second, a moment before": {time.Second, true, 31 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "ledger.db")
			synctest.Test(t, func(t *testing.T) {
				disk := new(bound)
				sale := server.Sale{Units: 1, Reserve: unit.PricePerHour(36_000), Bound: disk}
				s := openShop(t, path, sale)
				b := s.shopper("old")
				s.credit(b, 100_000)
				b.Bid(36_000)
				time.Sleep(47 * time.Second)
				b.Bid(40_000)
				before := b.SignedCurve()
				market := b.Market
				disk = disk.crash() // what is kept when it closes comes too late
				if b.leave(); !tt.crashes {
					s.close()
					disk = sale.Bound.(*bound)
				} else {
					defer s.close()
				}

				sale.Bound = disk
				clock := func() time.Time { return time.Now().Add(-tt.back) }
				if tt.crashes {
					path += ".other" // the old one has not closed it
				}
				s = openShopAt(t, path, sale, clock)
				defer s.close()
				b = s.shopper("new")
				after := b.SignedCurve()
				proof := marketwire.FraudProof{Market: market, A: before, B: after}
				if fraud, err := proof.Verify(); !errors.Is(err, marketwire.ErrNoFraud) {
					t.Errorf("it is proven a fraud: %v, %v\n%+v\n%+v", fraud, err, before.Body, after.Body)
				}
				if after.Body.Seq <= before.Body.Seq {
					t.Errorf("curve %d after curve %d", after.Body.Seq, before.Body.Seq)
				}
				if lead := time.Unix(0, int64(b.Epoch)).Sub(clock()); lead > tt.lead+time.Millisecond {
					t.Errorf("the book was begun %v ahead of the clock", lead)
				}
				// Business is done by the times that are told.
				s.credit(b, 100_000)
				b.Bid(36_000)
				time.Sleep(20 * time.Second)
				b.CheckCharges()
				b.leave()
				synctest.Wait()
			})
		})
	}
}

// A bound that cannot be read or kept is an error at the start, and later one in the log.
func TestNoBound(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger.db")
	synctest.Test(t, func(t *testing.T) {
		failed := errors.New("disk failed")
		disk := new(bound)
		s := openShop(t, path, server.Sale{Units: 1, Reserve: unit.PricePerHour(36_000), Bound: disk})
		time.Sleep(10 * time.Minute)
		disk.mu.Lock()
		if disk.kept < 20 || disk.kept > 60 {
			t.Errorf("kept %d times in ten minutes", disk.kept)
		}
		disk.fails = failed
		disk.mu.Unlock()
		time.Sleep(time.Minute)
		b := s.shopper("still served")
		b.Curve()
		b.leave()
		if err := s.srv.Close(); !errors.Is(err, failed) {
			t.Errorf("closed with %v", err)
		}
		_, err := server.New(t.Context(), server.Config{
			Source: s.src, Key: testKey(), Now: time.Now, Workers: 2, Capacity: 200_000,
			Sale: &server.Sale{Ledger: s.books, Owner: "shop", Currency: "TEST", Bound: disk},
		})
		if !errors.Is(err, failed) {
			t.Errorf("started with %v", err)
		}
		if err := s.books.Close(); err != nil {
			t.Error(err)
		}
	})
}
