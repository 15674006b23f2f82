package server_test

import (
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"github.com/ethereum/go-ethereum/rlp"

	"github.com/candela-les/candela/ledger"
	"github.com/candela-les/candela/market"
	"github.com/candela-les/candela/server"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire"
	"github.com/candela-les/candela/wire/marketwire"
)

// counter is a shop with one client that has an account, on a ledger that can be made deaf.
type counter struct {
	*shop
	b *shopper
	d *deaf
}

// raw sends a request as it is written here: the id, and what follows.
func (c *counter) raw(code uint64, fields ...any) {
	c.t.Helper()
	payload, err := rlp.EncodeToBytes(append([]any{uint64(rawID)}, fields...))
	if err != nil {
		c.t.Fatal(err)
	}
	if err := c.b.end.WriteMsg(wire.FirstMarket+code, payload); err != nil {
		c.t.Fatal(err)
	}
}

// rawID is an id that Shopper does not come to.
const rawID = 1 << 40

// Why requests are refused besides what TestBrokenRules has: by the table of docs/spec/market1.md §10. The session goes
// on after each.
func TestRefusals(t *testing.T) {
	type nothing = []any
	raw := func(code uint64, fields ...any) func(*counter) {
		return func(c *counter) { c.raw(code, fields...) }
	}
	for name, tt := range map[string]struct {
		ask   func(*counter)
		want  marketwire.Reason
		retry time.Duration // at most; and something
	}{
		"GetConditions with a field too many": {raw(marketwire.CodeGetConditions, uint64(1)), marketwire.Malformed, 0},
		"GetCurves without max":               {raw(marketwire.CodeGetCurves, uint64(1)), marketwire.Malformed, 0},
		"GetCurves of a list":                 {raw(marketwire.CodeGetCurves, nothing{}, uint64(1)), marketwire.Malformed, 0},
		"GetAccount of somebody":              {raw(marketwire.CodeGetAccount, make([]byte, 20)), marketwire.Malformed, 0},
		"GetStatement of half a number":       {raw(marketwire.CodeGetStatement, []byte{0, 1}, uint64(1)), marketwire.Malformed, 0},
		"GetCharge without a number":          {raw(marketwire.CodeGetCharge), marketwire.Malformed, 0},
		"Bid without a bid":                   {raw(marketwire.CodeBid, nothing{}), marketwire.Malformed, 0},
		"Bid with a short signature":          {raw(marketwire.CodeBid, nothing{nothing{}, make([]byte, 64)}), marketwire.Malformed, 0},
		"Close with a reason":                 {raw(marketwire.CodeClose, "bye"), marketwire.Malformed, 0},

		"GetCurves of none":          {raw(marketwire.CodeGetCurves, uint64(1), uint64(0)), marketwire.OverLimit, 0},
		"GetStatement of too much":   {raw(marketwire.CodeGetStatement, uint64(1), uint64(marketwire.MaxEntries+1)), marketwire.OverLimit, 0},
		"GetStatement from nothing":  {raw(marketwire.CodeGetStatement, uint64(0), uint64(1)), marketwire.Malformed, 0},
		"GetCurves of an old book":   {raw(marketwire.CodeGetCurves, uint64(1), uint64(1)), marketwire.Unknown, 0},
		"GetCurves that are to come": {raw(marketwire.CodeGetCurves, uint64(1<<63), uint64(1)), marketwire.Unknown, 0},
		"GetCharge of a deposit":     {raw(marketwire.CodeGetCharge, uint64(1)), marketwire.Unknown, 0},

		"too many at once": {func(c *counter) {
			c.d.be(nil, make(chan struct{}))
			for n := range uint64(16) {
				c.b.Tell(&marketwire.GetAccount{Tag: marketwire.Tag{ReqID: rawID + 1 + n}})
			}
			c.raw(marketwire.CodeGetAccount)
		}, marketwire.Busy, time.Second},
		"too many in a short time": {func(c *counter) {
			for range 64 {
				c.b.Ask(new(marketwire.GetConditions))
			}
			c.raw(marketwire.CodeGetConditions)
		}, marketwire.Busy, 63 * time.Millisecond},
		"the ledger is gone": {func(c *counter) {
			c.d.be(ledger.ErrUnavailable, nil)
			c.raw(marketwire.CodeGetAccount)
		}, marketwire.Busy, time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "ledger.db")
			synctest.Test(t, func(t *testing.T) {
				c := openCounter(t, path)
				defer c.close()
				tt.ask(c)
				c.wantRefused(tt.want, tt.retry)
				c.d.be(nil, nil)
				c.b.CatchUp() // the session goes on
				c.b.leave()
				synctest.Wait()
			})
		})
	}
}

func openCounter(t *testing.T, path string) *counter {
	t.Helper()
	d := new(deaf)
	s := openShop(t, path, server.Sale{Units: 1, Reserve: unit.PricePerHour(36_000), Ledger: d})
	c := &counter{s, s.shopper("asks"), d}
	s.credit(c.b, 1000)
	c.b.CatchUp()
	time.Sleep(5 * time.Second) // what it may ask is as much as ever
	return c
}

// wantRefused reads on until the answer to what raw has asked.
func (c *counter) wantRefused(want marketwire.Reason, retry time.Duration) {
	c.t.Helper()
	for {
		answer, ok := c.b.Read().(interface{ ID() uint64 })
		if !ok || answer.ID() != rawID {
			continue // to others
		}
		r, ok := answer.(*marketwire.Refused)
		if !ok || r.Reason != want || r.Text == "" {
			c.t.Fatalf("answered with %+v, want it refused: %v", answer, want)
		}
		if wait := time.Duration(r.RetryAfterMs) * time.Millisecond; wait > retry || (wait == 0) != (retry == 0) {
			c.t.Errorf("to be asked again in %v, want at most %v", wait, retry)
		}
		return
	}
}

// While there is nothing for sale nothing can be bid, and what is bid can be taken back.
func TestNothingForSale(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger.db")
	synctest.Test(t, func(t *testing.T) {
		s := openShop(t, path, server.Sale{Units: 2, Reserve: unit.PricePerHour(36_000)})
		defer s.close()
		b := s.shopper("late")
		s.credit(b, 100_000)
		b.Bid(40_000)
		settings := market.DefaultSettings()
		settings.FreePermille = 1000 - settings.ReservePermille
		s.srv.Apply(settings)
		time.Sleep(11 * time.Second) // it is announced
		b.CatchUp()
		if b.Allocation.Units != 0 || b.Allocation.Cause != marketwire.UnitsFell {
			t.Errorf("told %+v", b.Allocation)
		}
		if r := b.BidRefused(b.Order(50_000), marketwire.NotSold); r.Seq == 0 || !r.Need.IsZero() {
			t.Errorf("%+v", r)
		}
		b.Bid()
		if b.Allocation.Order != (marketwire.Hash{}) {
			t.Errorf("it stands: %+v", b.Allocation)
		}
		b.leave()
		synctest.Wait()
	})
}
